//! A judged number -> its words within a sentence: in digits or words, as a share, with its noun.

use super::table::base_text;
use super::{Absence, Link, Manner, Published, Reference, Style, Unresolved, Words};
use crate::diagnostic::one_of;
use crate::evaluation::disclosure::{Cell, JudgedAnswer, Row, row_name};
use crate::evaluation::release::{Base, Statistic, Value};
use crate::evaluation::survey::Question;
use crate::theme::Interface;

impl Published {
    /// A number bound in running text.
    ///
    /// # Errors
    /// The survey or the release does not have it; the text says what to write instead.
    pub fn number(&self, reference: &Reference, interface: &Interface) -> Result<Words, Unresolved> {
        if let (Some(question), Link::Option(id)) = (self.themed_question(reference.question), reference.link)
        {
            let place = (reference.wave, reference.group);
            return self.theme_number(question, id, place, &reference.manner, interface);
        }
        let (question, wave, group) = self.locate(reference.question, reference.wave, reference.group)?;
        let answer = self.judged.answer(&question.id, wave, group).ok_or_else(|| {
            Unresolved::Value(format!("the release gives nothing of `{}` for `{group}`", question.id))
        })?;
        let row = match reference.link {
            Link::Option(id) => {
                let ids: Vec<&str> = question
                    .options
                    .iter()
                    .map(|option| option.id.as_str())
                    .chain(question.bins.iter().map(|bin| bin.id.as_str()))
                    .collect();
                if !ids.contains(&id) {
                    return Err(Unresolved::Option(one_of(id, ids.iter().copied())));
                }
                if question.bins.iter().any(|bin| bin.id == id) {
                    Row::Bin(id.to_owned())
                } else {
                    Row::Option(id.to_owned())
                }
            }
            Link::Top(id) => {
                let ids: Vec<&str> = question.tops.iter().map(|top| top.id.as_str()).collect();
                if !ids.contains(&id) {
                    return Err(Unresolved::Option(one_of(id, ids.iter().copied())));
                }
                Row::Top(id.to_owned())
            }
            Link::Mean => Row::Mean,
            Link::Range => return self.range(answer, question, group, &reference.manner, interface),
            Link::Most => return self.most(answer, question, group, &reference.manner, interface),
        };
        let cell = answer.cells.get(&row);
        if let (None, Row::Option(id)) = (cell, &row)
            && question.options.iter().any(|option| option.id == *id && !option.is_offered_to(group))
        {
            return Err(Unresolved::Value(format!("`{id}` was not offered to `{group}`")));
        }
        let cell = cell.ok_or_else(|| {
            let name = row_name(&row);
            Unresolved::Value(format!("`show` declares no `{name}` of `{}` for `{group}`", question.id))
        })?;
        let base = answer.base.known();
        self.in_prose(cell, base, &reference.manner, interface)
    }

    fn range(
        &self,
        answer: &JudgedAnswer,
        question: &Question,
        group: &str,
        manner: &Manner,
        interface: &Interface,
    ) -> Result<Words, Unresolved> {
        let end = |row: &Row| match answer.cells.get(row) {
            Some(Cell::Statistic(Statistic::Number(number))) => Some(number.text.clone()),
            _ => None,
        };
        let is_withheld =
            |row: &Row| matches!(answer.cells.get(row), Some(Cell::Statistic(Statistic::Withheld)));
        match (end(&Row::Min), end(&Row::Max)) {
            (Some(min), Some(max)) => {
                let text = interface.say("value.range", &[("min", &min), ("max", &max)]);
                in_sentence(text, None, manner, interface)
            }
            _ if [Row::Min, Row::Max].iter().any(is_withheld) => {
                in_sentence(interface.say("value.withheld", &[]), None, manner, interface)
            }
            _ => Err(Unresolved::Value(format!(
                "the release has no minimum and maximum of `{}` for `{group}`",
                question.id
            ))),
        }
    }

    fn most(
        &self,
        answer: &JudgedAnswer,
        question: &Question,
        group: &str,
        manner: &Manner,
        interface: &Interface,
    ) -> Result<Words, Unresolved> {
        let Some(Cell::Bin(id)) = answer.cells.get(&Row::Most) else {
            return Err(Unresolved::Value(format!(
                "the release has no most common answer of `{}` for `{group}`",
                question.id
            )));
        };
        let range = question.bins.iter().find(|bin| bin.id == *id);
        match range {
            Some(bin) if bin.from == bin.to => number_in_sentence(bin.from, manner, interface),
            _ => in_sentence(self.bin_label(question, id, interface), None, manner, interface),
        }
    }

    /// The number who answered in a wave and group, as `:respondents[wave]{group=…}`.
    ///
    /// # Errors
    /// There is no such wave or group.
    pub fn respondents(
        &self,
        wave: &str,
        group: Option<&str>,
        manner: &Manner,
        interface: &Interface,
    ) -> Result<Words, Unresolved> {
        let (wave, group) = self.answering(wave, group)?;
        match self.judged.base(wave, group) {
            Some(Base::Known(n)) => number_in_sentence(n, manner, interface),
            Some(other) => in_sentence(base_text(other, interface), None, manner, interface),
            None => Err(Unresolved::Value(format!(
                "the release does not say how many of `{group}` answered in `{wave}`"
            ))),
        }
    }

    /// The share of those invited who answered, as `:rate[wave]{group=…}`.
    ///
    /// # Errors
    /// There is no such wave or group, or the release does not say how many were invited.
    pub fn rate(
        &self,
        wave: &str,
        group: Option<&str>,
        manner: &Manner,
        interface: &Interface,
    ) -> Result<Words, Unresolved> {
        let (wave, group) = self.answering(wave, group)?;
        match (self.judged.base(wave, group), self.invited(wave, group)) {
            (Some(Base::Known(n)), Some(invited)) => self.share(n, Some(invited), manner, interface),
            _ => Err(Unresolved::Value(format!(
                "the release does not say how many of `{group}` were invited: {group}: {{answered: …, invited: …}}"
            ))),
        }
    }

    /// A step on the way into the scheme, `unit.step`.
    ///
    /// # Errors
    /// There is no such step.
    pub fn flow(&self, step: &str, manner: &Manner, interface: &Interface) -> Result<Words, Unresolved> {
        let flow = &self.judged.release().flow;
        let names: Vec<String> = flow.iter().map(|(unit, step, _)| format!("{unit}.{step}")).collect();
        match flow.iter().zip(&names).find(|(_, name)| *name == step) {
            Some(((_, _, count), _)) => number_in_sentence(count.value, manner, interface),
            None => Err(Unresolved::Option(one_of(step, names.iter().map(String::as_str)))),
        }
    }

    /// A count of things.
    ///
    /// # Errors
    /// There is no such count.
    pub fn tally(&self, thing: &str, manner: &Manner, interface: &Interface) -> Result<Words, Unresolved> {
        let tallies = &self.judged.release().tallies;
        match tallies.iter().find(|(name, _)| name == thing) {
            Some((_, count)) => number_in_sentence(count.value, manner, interface),
            None => Err(Unresolved::Option(one_of(thing, tallies.iter().map(|(name, _)| name.as_str())))),
        }
    }

    /// A cell within a sentence.
    pub(super) fn in_prose(
        &self,
        cell: &Cell,
        base: Option<u32>,
        manner: &Manner,
        interface: &Interface,
    ) -> Result<Words, Unresolved> {
        match (cell, manner.style) {
            (Cell::Value(Value::Count(count)), Style::Digits | Style::Words) => {
                number_in_sentence(*count, manner, interface)
            }
            (Cell::Value(Value::Count(count)), Style::Of | Style::Percent) => {
                self.share(*count, base, manner, interface)
            }
            _ => {
                let (words, is_number, absence) = self.words(cell, base, interface);
                if absence == Some(Absence::Mentioned) {
                    // By how many is just what it does not say: no noun can follow.
                    let bare = Manner { noun: Vec::new(), ..manner.clone() };
                    return in_sentence(words.0, None, &bare, interface);
                }
                if manner.noun.is_empty() || is_number || absence.is_none() {
                    return in_sentence(words.0, None, manner, interface);
                }
                // "withheld mentees" would be something else.
                let bare = Manner { noun: Vec::new(), ..manner.clone() };
                let noun = interface.form(None, &manner.noun).ok_or(Unresolved::Noun(interface.forms()))?;
                let places = [("words", words.0.as_str()), ("noun", noun)];
                in_sentence(interface.say("value.absent-of", &places), None, &bare, interface)
            }
        }
    }
}

/// A number in digits or words, with its noun.
pub(super) fn number_in_sentence(
    n: u32,
    manner: &Manner,
    interface: &Interface,
) -> Result<Words, Unresolved> {
    let text = if manner.style == Style::Words { interface.number_word(n) } else { n.to_string() };
    in_sentence(text, Some(n), manner, interface)
}

/// What stands for a number, with its noun in the form for `n` (or for an uncertain number), and a capital letter where
/// it begins a sentence.
pub(super) fn in_sentence(
    text: String,
    n: Option<u32>,
    manner: &Manner,
    interface: &Interface,
) -> Result<Words, Unresolved> {
    let text = match manner.noun[..] {
        [] => text,
        _ => {
            let noun = interface.form(n, &manner.noun).ok_or(Unresolved::Noun(interface.forms()))?;
            interface.say("value.counted", &[("number", &text), ("noun", noun)])
        }
    };
    let mut letters = text.chars();
    Ok(Words(match letters.next() {
        Some(first) if manner.begins => first.to_uppercase().chain(letters).collect(),
        _ => text,
    }))
}
