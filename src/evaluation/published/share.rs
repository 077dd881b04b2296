//! A count and the number of people it is a part of -> "8 of 9", "89%", "8 (89%)": in a sentence, and in the cells of a
//! table.

use super::prose::in_sentence;
use super::{Manner, Published, Style, Unresolved, Words};
use crate::evaluation::disclosure::{Cell, JudgedAnswer, Row, wave_names};
use crate::evaluation::release::{Base, Value};
use crate::theme::Interface;

/// What the cells of a table show of an exact count.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Show {
    /// "8".
    #[default]
    Count,
    /// "89%".
    Percent,
    /// "8 (89%)".
    Both,
}

impl Show {
    /// All there are.
    pub const ALL: [Show; 3] = [Show::Count, Show::Percent, Show::Both];

    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Show::Count => "count",
            Show::Percent => "percent",
            Show::Both => "both",
        }
    }

    /// The one of this name.
    pub fn find(name: &str) -> Option<Show> {
        Show::ALL.into_iter().find(|show| show.name() == name)
    }
}

/// A group of too few people for percentages: its id, and how many answered where that is known.
pub type TooFew = (String, Option<u32>);

impl Published {
    /// Whether a table of this id has counts that are a part of those who answered: that of a question has.
    pub fn has_shares(&self, id: &str) -> bool {
        self.shown().any(|question| question.id == id)
    }

    /// The groups of which a table of a question cannot show percentages, each with its number once.
    pub fn too_few(&self, id: &str) -> Vec<TooFew> {
        let mut few: Vec<TooFew> = Vec::new();
        for question in self.shown().filter(|question| question.id == id) {
            for wave in wave_names(question) {
                for group in self.columns(question) {
                    let Some(answer) = self.judged.answer(id, wave, group) else { continue };
                    let has_counts =
                        answer.cells.values().any(|cell| matches!(cell, Cell::Value(Value::Count(_))));
                    let known = answer.base.known();
                    let entry = (group.to_owned(), known);
                    if has_counts && self.share_base(answer).is_none() && !few.contains(&entry) {
                        few.push(entry);
                    }
                }
            }
        }
        few
    }

    /// The number that percentages of an answer are of, where the policy allows any.
    fn share_base(&self, answer: &JudgedAnswer) -> Option<u32> {
        let Base::Known(n) = answer.base else { return None };
        let is_allowed = n > 0 && (!self.policy().is_judged() || n >= self.policy().percentage_base);
        is_allowed.then_some(n)
    }

    /// An exact count as a table shows it, if it is one and is to be shown with its percentage; and whether the base is
    /// so small that the page says so.
    pub(super) fn shared(
        &self,
        answer: Option<&JudgedAnswer>,
        row: &Row,
        show: Show,
        interface: &Interface,
    ) -> Option<(Words, bool)> {
        let answer = answer.filter(|_| show != Show::Count)?;
        let Some(Cell::Value(Value::Count(count))) = answer.cells.get(row) else { return None };
        let n = self.share_base(answer)?;
        let percent = interface.say("value.percent", &[("n", &percent(*count, n).to_string())]);
        let text = match show {
            Show::Both => {
                interface.say("value.both", &[("count", &count.to_string()), ("percent", &percent)])
            }
            _ => percent,
        };
        Some((Words(text), n < self.policy().percentage_base))
    }

    /// "8 of 9", "89%" in a sentence.
    pub(super) fn share(
        &self,
        count: u32,
        base: Option<u32>,
        manner: &Manner,
        interface: &Interface,
    ) -> Result<Words, Unresolved> {
        let Some(n) = base.filter(|n| *n > 0) else {
            return Err(Unresolved::Value("the number who answered is not reported".to_owned()));
        };
        if manner.style != Style::Percent {
            let text = interface.say("value.of", &[("count", &count.to_string()), ("base", &n.to_string())]);
            return in_sentence(text, Some(n), manner, interface);
        }
        let policy = self.policy();
        if policy.is_judged() && n < policy.percentage_base {
            return Err(Unresolved::Value(format!(
                "the policy allows percentages of {} people or more, and these are {n}",
                policy.percentage_base
            )));
        }
        let share = interface.say("value.percent", &[("n", &percent(count, n).to_string())]);
        if manner.noun.is_empty() {
            return Ok(Words(share));
        }
        let noun = interface.form(None, &manner.noun).ok_or(Unresolved::Noun(interface.forms()))?;
        Ok(Words(interface.say("value.share-of", &[("share", &share), ("noun", noun)])))
    }
}

/// A whole percentage, half rounded up. `n` is not 0.
fn percent(count: u32, n: u32) -> u64 {
    (200 * u64::from(count) + u64::from(n)) / (2 * u64::from(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_per_cent_is_rounded_up() {
        assert_eq!(percent(1, 8), 13, "12.5");
        assert_eq!(percent(8, 9), 89, "88.9");
        assert_eq!((percent(0, 9), percent(9, 9)), (0, 100));
        assert_eq!(percent(1, 200), 1, "0.5");
        assert_eq!(percent(u32::MAX, u32::MAX), 100);
    }

    #[test]
    fn every_way_to_show_is_found_by_its_name() {
        for show in Show::ALL {
            assert_eq!(Show::find(show.name()), Some(show));
        }
    }
}
