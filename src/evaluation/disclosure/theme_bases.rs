//! A theme -> the number of people that it is of: those who answered the questionnaire, or those of them who gave the
//! answer that it belongs to.

use super::judge::Judge;
use super::row::{Cell, Row};
use crate::evaluation::release::{Base, Value};
use crate::evaluation::survey::{EVERYONE, Question, QuestionKind, When};

impl Judge<'_> {
    /// The number who answered, of a group or of all who were asked. What was gathered elsewhere is of no number.
    pub(super) fn base_of_themes(&self, question: &Question, wave: &str, group: &str) -> Base {
        if question.kind == QuestionKind::Gathered {
            return Base::NotReported;
        }
        let of = |group: &str| self.bases.get(&(wave.to_owned(), group.to_owned())).copied();
        let known = |group: &str| of(group).and_then(Base::known);
        match (of(group), group) {
            (Some(base), _) => base,
            (None, EVERYONE) => sum(question.asked_of.iter().map(|group| known(group))),
            (None, _) => Base::NotReported,
        }
    }

    /// The number who gave the answer that a theme belongs to, in its wave and group; known only where the release gives it
    /// as an exact count.
    pub(super) fn base_of_answer(&self, when: &When, wave: &str, group: &str) -> Base {
        let count = |group: &str| {
            let key = (when.question.value.clone(), wave.to_owned(), group.to_owned());
            match self.answers.get(&key)?.cells.get(&Row::Option(when.option.value.clone()))? {
                Cell::Value(Value::Count(count)) => Some(*count),
                _ => None,
            }
        };
        if let Some(count) = count(group) {
            return Base::Known(count);
        }
        let question = self.survey.questions.iter().find(|question| question.id == when.question.value);
        match question {
            Some(question) if group == EVERYONE => sum(offered_to(question, &when.option.value).map(count)),
            _ => Base::NotReported,
        }
    }
}

/// The groups that could give an answer.
fn offered_to<'q>(question: &'q Question, option: &str) -> impl Iterator<Item = &'q str> {
    let option = question.options.iter().find(|known| known.id == option);
    let groups = question.asked_of.iter().map(String::as_str);
    groups.filter(move |group| option.is_some_and(|option| option.is_offered_to(group)))
}

/// All of them together, where each is known and there is any.
fn sum(numbers: impl Iterator<Item = Option<u32>>) -> Base {
    let known: Option<Vec<u32>> = numbers.collect();
    match known {
        Some(known) if !known.is_empty() => Base::Known(known.into_iter().fold(0, u32::saturating_add)),
        _ => Base::NotReported,
    }
}
