//! Questions that only some were asked -> findings where the number who answered tells a count that may not be told: so many
//! gave the answer on which they were asked.

use super::judge::{Judge, JudgedAnswer};
use super::row::{Cell, Row, wave_names};
use super::sector::step;
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluation::release::{Base, Given, Shape, Value};
use crate::evaluation::survey::{Question, When};
use crate::source::Span;

impl<'a> Judge<'a> {
    pub(super) fn follow_ups(&mut self) {
        if !self.policy.is_judged() || step(self.policy.name).is_some() {
            return;
        }
        let release = self.release;
        for given in &release.answers {
            let Some(question) = self.survey.questions.iter().find(|known| known.id == given.question.value)
            else {
                continue;
            };
            if let Some(when) = &question.asked_if {
                self.follow_up(question, when, given);
            }
        }
    }

    fn follow_up(&mut self, question: &'a Question, when: &When, given: &'a Given) {
        let group = &given.group.value;
        let wave = match (&given.wave, &wave_names(question)[..]) {
            (Some(wave), _) => wave.value.clone(),
            (None, [only]) => (*only).to_owned(),
            (None, _) => return,
        };
        if self.is_exempt(&wave, &question.id, group) {
            return;
        }
        let before = self.answers.get(&(when.question.value.clone(), wave.clone(), group.clone()));
        let asked = format!("`{}.{}`", when.question.value, when.option.value);
        if let Some(word) = before.and_then(|before| range(before, when))
            && (given.answer.answered.is_some() || matches!(given.answer.shape, Shape::Parts(_)))
        {
            self.tells(
                given.answer.span,
                format!("`{}` of `{group}` was asked if {asked}, and that is `{word}`", question.id),
                group,
            );
            return;
        }
        let Some(answered) = &given.answer.answered else { return };
        let whole =
            before.map(|before| before.base).or_else(|| self.bases.get(&(wave, group.clone())).copied());
        let (Base::Known(n), Some(Base::Known(all))) = (answered.value, whole) else { return };
        let band = self.policy.band;
        if n < band || n > all.saturating_sub(band) {
            self.tells(
                answered.span,
                format!("{n} of {all} of `{group}` answered `{}`, asked if {asked}", question.id),
                group,
            );
        }
    }

    fn tells(&mut self, span: Span, message: String, group: &str) {
        self.push(
            Diagnostic::new(Code::PolicyBand, span, message)
                .note(format!(
                    "rule: how many answered is how many gave that answer, a count like any other (band {}, policy {})",
                    self.policy.band,
                    self.policy.name.name()
                ))
                .help(format!("write `{group}: withheld`, without `answered`")),
        );
    }
}

/// The word that stands for the count of the answer on which a question was asked, where one does.
fn range(before: &JudgedAnswer, when: &When) -> Option<&'static str> {
    match before.cells.get(&Row::Option(when.option.value.clone()))? {
        Cell::Value(Value::Few) => Some("few"),
        Cell::Value(Value::NearlyAll) => Some("nearly-all"),
        _ => None,
    }
}
