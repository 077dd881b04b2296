//! Answers -> counts by question, wave and group. Respondents of different waves are not linked.

use super::answer::Answer;
use std::collections::BTreeMap;
use std::fmt;

/// A question, wave (empty where there is one occasion) and group that has no parts.
pub(super) type Stratum = (String, String, String);

/// Private counts. They can be added to and suppressed, and not be shown: there is no way to print or write them.
#[derive(Default)]
pub struct Tally {
    /// Those who answered anything, by wave and group.
    respondents: BTreeMap<(String, String), u32>,
    answers: BTreeMap<Stratum, Counted>,
    /// Of free texts that were coded; by the place of a theme in the codebook.
    themes: BTreeMap<Stratum, BTreeMap<usize, u32>>,
}

impl fmt::Debug for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tally(private)")
    }
}

/// The answers to one question, counted. Private too.
#[derive(Clone, Default)]
pub(super) struct Counted {
    /// How many answered.
    pub(super) answered: u32,
    /// How many chose each option, by its place in the question's list.
    pub(super) options: BTreeMap<usize, u32>,
    /// How many gave each number, in hundredths.
    pub(super) numbers: BTreeMap<i64, u32>,
}

impl Counted {
    /// How many chose an option.
    pub(super) fn option(&self, at: usize) -> u32 {
        self.options.get(&at).copied().unwrap_or(0)
    }

    /// How many gave a number from one to another, in whole units.
    pub(super) fn between(&self, from: u32, to: u32) -> u32 {
        self.numbers.range(i64::from(from) * 100..=i64::from(to) * 100).map(|(_, count)| count).sum()
    }

    /// The sum of all numbers, in hundredths.
    pub(super) fn sum(&self) -> i128 {
        self.numbers.iter().map(|(number, count)| i128::from(*number) * i128::from(*count)).sum()
    }

    /// Counts an answer.
    pub(super) fn add(&mut self, answer: &Answer) {
        match answer {
            Answer::Skipped => return,
            Answer::Options(chosen) => {
                for at in chosen.iter() {
                    *self.options.entry(*at).or_default() += 1;
                }
            }
            Answer::Number(number) => *self.numbers.entry(*number).or_default() += 1,
            Answer::Words => {}
        }
        self.answered += 1;
    }

    fn merge(&mut self, other: &Counted) {
        self.answered += other.answered;
        for (at, count) in &other.options {
            *self.options.entry(*at).or_default() += count;
        }
        for (number, count) in &other.numbers {
            *self.numbers.entry(*number).or_default() += count;
        }
    }
}

impl Tally {
    /// Takes in so many who answered anything.
    pub(super) fn take_respondents(&mut self, wave: &str, group: &str, count: u32) {
        *self.respondents.entry((wave.to_owned(), group.to_owned())).or_default() += count;
    }

    /// Takes in the answers to a question in one export.
    pub(super) fn take(&mut self, question: &str, wave: &str, group: &str, counted: &Counted) {
        let key = (question.to_owned(), wave.to_owned(), group.to_owned());
        self.answers.entry(key).or_default().merge(counted);
    }

    /// Counts the themes of one text.
    pub(super) fn coded(&mut self, question: &str, wave: &str, group: &str, themes: &[usize]) {
        let key = (question.to_owned(), wave.to_owned(), group.to_owned());
        let counts = self.themes.entry(key).or_default();
        for at in themes {
            *counts.entry(*at).or_default() += 1;
        }
    }

    /// How many spoke of a theme, in a wave, of several groups together.
    pub(super) fn theme(&self, question: &str, wave: &str, groups: &[&str], at: usize) -> u32 {
        let of = |group: &&str| {
            let key = (question.to_owned(), wave.to_owned(), (*group).to_owned());
            self.themes.get(&key).and_then(|counts| counts.get(&at)).copied().unwrap_or(0)
        };
        groups.iter().map(of).sum()
    }

    /// How many answered anything.
    pub(super) fn respondents(&self, wave: &str, group: &str) -> u32 {
        self.respondents.get(&(wave.to_owned(), group.to_owned())).copied().unwrap_or(0)
    }

    /// The answers to a question in a wave, of several groups together.
    pub(super) fn counted(&self, question: &str, wave: &str, groups: &[&str]) -> Counted {
        let mut all = Counted::default();
        for group in groups {
            let key = (question.to_owned(), wave.to_owned(), (*group).to_owned());
            if let Some(counted) = self.answers.get(&key) {
                all.merge(counted);
            }
        }
        all
    }
}
