//! A cell -> the answer to its question, or what is wrong with it, in words that never repeat what stands there.

use crate::config::Text;
use crate::evaluation::{Choice, Question, QuestionKind};
use crate::forms::{Cell, Content, plain, plain_parts};
use std::collections::HashMap;
use std::rc::Rc;

/// What somebody answered to one question. Private: it is counted and nothing else.
#[derive(Clone)]
pub(super) enum Answer {
    /// Nothing.
    Skipped,
    /// Options, each once, by their place in the question's list.
    Options(Rc<[usize]>),
    /// A number, in hundredths.
    Number(i64),
    /// Words.
    Words,
}

/// So many different cells of a question are remembered with what they mean, and none that is longer: few are met again and again,
/// and to compare one as people would is much work.
const MOST_MET: usize = 1024;
const LONGEST_MET: usize = 256;

/// Why a cell is no answer: what is wrong, and what to do.
pub(super) type Wrong = (&'static str, String);

/// How the answers to one question are read in one group.
pub(super) struct Reading<'q> {
    question: &'q Question,
    group: &'q str,
    /// What forms say for each option, made comparable.
    words: HashMap<String, usize>,
    /// The longest option, in parts between semicolons.
    most_parts: usize,
    other: Option<usize>,
    /// Cells met before, as they stand there.
    met: HashMap<String, Answer>,
}

impl<'q> Reading<'q> {
    pub(super) fn new(question: &'q Question, group: &'q str) -> Reading<'q> {
        let mut words = HashMap::new();
        let mut most_parts = 1;
        for (at, option) in question.options.iter().enumerate() {
            for said in spoken(option) {
                let key = plain_parts(&said);
                most_parts = most_parts.max(key.split("; ").count());
                words.entry(key).or_insert(at);
            }
        }
        let other = question.options.iter().position(|option| option.is_other && option.is_offered_to(group));
        Reading { question, group, words, most_parts, other, met: HashMap::new() }
    }

    /// Reads a cell.
    pub(super) fn read(&mut self, cell: &Cell) -> Result<Answer, Wrong> {
        match cell.content() {
            Content::Formula => {
                return Err((
                    "a formula, and not what somebody answered",
                    "export the form again, or paste the column as values".to_owned(),
                ));
            }
            Content::Fault => {
                return Err((
                    "the spreadsheet could not calculate this cell",
                    "export the form again".to_owned(),
                ));
            }
            Content::Empty => return Ok(Answer::Skipped),
            _ => {}
        }
        if self.question.kind.is_free_text() {
            return Ok(Answer::Words);
        }
        // A number that the file calls one is no text that looks like it.
        if cell.content() != Content::Text {
            return self.closed(cell);
        }
        let text = cell.text();
        if let Some(answer) = self.met.get(&*text) {
            return Ok(answer.clone());
        }
        let answer = self.closed(cell)?;
        if self.met.len() < MOST_MET && text.len() <= LONGEST_MET {
            self.met.insert(text.into_owned(), answer.clone());
        }
        Ok(answer)
    }

    fn closed(&self, cell: &Cell) -> Result<Answer, Wrong> {
        match self.question.kind {
            QuestionKind::ChooseAll => self.several(&cell.text()),
            QuestionKind::Stars | QuestionKind::Score | QuestionKind::Number => self.number(cell),
            _ => self.one(&cell.text()),
        }
    }

    fn one(&self, text: &str) -> Result<Answer, Wrong> {
        match self.words.get(&plain_parts(text)).copied().or(self.other) {
            Some(at) => self.offered(at).map(|at| Answer::Options(Rc::new([at]))),
            None => Err(self.unknown()),
        }
    }

    /// Options may hold semicolons themselves: the longest that fits is meant.
    fn several(&self, text: &str) -> Result<Answer, Wrong> {
        let parts: Vec<String> = text.split(';').map(plain).filter(|part| !part.is_empty()).collect();
        let mut chosen = Vec::new();
        let mut at = 0;
        while at < parts.len() {
            let longest = (1..=self.most_parts.min(parts.len() - at)).rev().find_map(|length| {
                self.words.get(&parts[at..at + length].join("; ")).map(|option| (length, *option))
            });
            let (length, option) = match (longest, self.other) {
                (Some(found), _) => found,
                (None, Some(other)) => (1, other),
                (None, None) => return Err(self.unknown()),
            };
            let option = self.offered(option)?;
            if !chosen.contains(&option) {
                chosen.push(option);
            }
            at += length;
        }
        let question = self.question;
        if chosen.len() > 1 && chosen.iter().any(|at| question.options[*at].exclusive) {
            return Err((
                "an option that excludes the others was chosen beside another",
                format!(
                    "take `exclusive` out of it in `{}`, since the form did not hold people to it",
                    question.id
                ),
            ));
        }
        match question.max_choices {
            Some(most) if chosen.len() > most as usize => Err((
                "more options were chosen than `max_choices` allows",
                format!("correct `max_choices` of `{}`, if the form allowed more", question.id),
            )),
            _ => Ok(Answer::Options(chosen.into())),
        }
    }

    fn offered(&self, at: usize) -> Result<usize, Wrong> {
        match self.question.options[at].is_offered_to(self.group) {
            true => Ok(at),
            false => Err((
                "an option was chosen that the survey says was not offered to this group",
                format!("correct `asked_of` of the option in `{}`", self.question.id),
            )),
        }
    }

    fn unknown(&self) -> Wrong {
        (
            "an answer is none of the question's options",
            format!(
                "look at the cell; then add the option to `{}`, its words to `in_form`, or an option with `other: true`",
                self.question.id
            ),
        )
    }

    fn number(&self, cell: &Cell) -> Result<Answer, Wrong> {
        let hundredths = match (cell.number(), cell.content()) {
            (Some(number), _) => from_float(number),
            (None, Content::Text) => from_text(&plain(&cell.text())),
            _ => None,
        };
        let id = &self.question.id;
        let Some(number) = hundredths else {
            return Err((
                "an answer is not a number",
                format!(
                    "look at the cell; if people could write words, give `{id}` another type, such as text"
                ),
            ));
        };
        let is_whole = number % 100 == 0;
        if !is_whole && self.question.kind != QuestionKind::Number {
            return Err((
                "an answer lies between two points of the scale",
                format!("correct the type of `{id}`"),
            ));
        }
        match self.question.bounds {
            Some((from, to)) if !(i64::from(from) * 100..=i64::from(to) * 100).contains(&number) => Err((
                "an answer lies outside the scale",
                format!("correct `from` and `to` of `{id}`, or its scale"),
            )),
            _ => Ok(Answer::Number(number)),
        }
    }
}

/// What an option is called in forms: its label in every language, and its own words there.
fn spoken(option: &Choice) -> Vec<String> {
    let label: &Text = &option.label;
    let labels = label.values().map(|text| text.value.clone());
    labels.chain(option.in_form.iter().map(|text| text.value.clone())).collect()
}

/// The largest number that is read: no answer to a question of a form is larger.
const MOST: i64 = 1_000_000_000;

/// A number of a cell, in hundredths, where it has no more than two decimals.
fn from_float(number: f64) -> Option<i64> {
    let hundredths = (number * 100.0).round();
    let is_exact = (hundredths - number * 100.0).abs() < 1e-6;
    (is_exact && hundredths.abs() <= (MOST * 100) as f64).then_some(hundredths as i64)
}

/// `4`, `4.5`, `4,50`.
fn from_text(text: &str) -> Option<i64> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let is_number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || !is_number(whole) || !is_number(part) || part.len() > 2 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    (whole <= MOST).then_some(sign * (whole * 100 + part))
}

#[cfg(test)]
mod tests {
    use super::{from_float, from_text};

    #[test]
    fn numbers_are_read_in_hundredths_and_nothing_is_rounded() {
        for (text, number) in [("4", 400), ("4.5", 450), ("4,05", 405), ("-1", -100), ("0", 0)] {
            assert_eq!(from_text(text), Some(number), "{text}");
        }
        for text in ["", "4.", "four", "4.555", "1.000,5", "1e3", "99999999999", "-", ".5"] {
            assert_eq!(from_text(text).filter(|_| text != "4."), None, "{text}");
        }
        assert_eq!([from_float(2.7), from_float(1.0 / 3.0), from_float(f64::NAN)], [Some(270), None, None]);
    }
}
