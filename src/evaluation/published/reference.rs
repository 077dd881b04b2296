//! What a directive asks for -> the question, wave and group it means, or what to write instead.

use super::Published;
use crate::diagnostic::one_of;
use crate::evaluation::disclosure::wave_names;
use crate::evaluation::survey::{EVERYONE, Question};

/// How a number stands in a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Style {
    /// "9".
    #[default]
    Digits,
    /// "nine".
    Words,
    /// "8 of 9".
    Of,
    /// "89%".
    Percent,
}

/// How a number stands in its sentence.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Manner<'a> {
    /// Digits, words, a share.
    pub style: Style,
    /// The forms of the noun that follows ("mentee", "mentees"), in the order of the language's plural forms.
    pub noun: Vec<&'a str>,
    /// It is the first word of its sentence.
    pub begins: bool,
}

/// What a directive asks for.
#[derive(Clone, Debug)]
pub struct Reference<'a> {
    /// The question.
    pub question: &'a str,
    /// What of it.
    pub link: Link<'a>,
    /// The wave, if named.
    pub wave: Option<&'a str>,
    /// The group, if named.
    pub group: Option<&'a str>,
    /// How it is to stand.
    pub manner: Manner<'a>,
}

/// What of a question is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Link<'a> {
    /// `question.option`.
    Option(&'a str),
    /// `question:top`.
    Top(&'a str),
    /// The mean.
    Mean,
    /// From the smallest to the largest.
    Range,
    /// The most common range of a number.
    Most,
}

/// Why there is no such number: what is wrong, and the way out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unresolved {
    /// No such question.
    Question(String),
    /// No such option or top.
    Option(String),
    /// No such group, or one must be named.
    Group(String),
    /// No such wave, or one must be named.
    Wave(String),
    /// The release does not hold it.
    Value(String),
    /// The noun has another number of forms than the language: how many there are to be.
    Noun(usize),
    /// It cannot be drawn so.
    Kind(String),
}

impl Published {
    pub(super) fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// Why there is no such question among those that could be meant here.
    pub fn unknown<'k>(&self, id: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> Unresolved {
        if self.unasked.iter().any(|other| other == id) {
            return Unresolved::Value(format!("`{id}` was not asked in the edition `{}`", self.edition()));
        }
        Unresolved::Question(one_of(id, known))
    }

    /// The question, wave and group that a reference means.
    pub(super) fn locate<'s>(
        &'s self,
        id: &str,
        wave: Option<&str>,
        group: Option<&str>,
    ) -> Result<(&'s Question, &'s str, &'s str), Unresolved> {
        let known = self.questions.iter().map(|question| question.id.as_str());
        let question = self.question(id).ok_or_else(|| self.unknown(id, known))?;
        let wave = self.wave(question, wave)?;
        let shown: Vec<&str> = question
            .show
            .iter()
            .filter(|(_, displays)| !displays.is_empty())
            .map(|(group, _)| group.as_str())
            .collect();
        let group = group.map(group_id);
        let group = match (group, &shown[..]) {
            (None, [only]) => only,
            (None, _) => return Err(name_a_group(&shown)),
            (Some(group), _) => {
                let found = shown.iter().find(|name| **name == group);
                match found {
                    Some(name) => name,
                    None if self.groups.iter().any(|known| known.id == group) => {
                        return Err(Unresolved::Value(format!("nothing of `{id}` is shown for `{group}`")));
                    }
                    None => return Err(Unresolved::Group(one_of(group, shown.iter().copied()))),
                }
            }
        };
        Ok((question, wave, group))
    }

    /// The wave that a reference to a question means.
    pub(super) fn wave<'s>(
        &'s self,
        question: &'s Question,
        wave: Option<&str>,
    ) -> Result<&'s str, Unresolved> {
        let waves = wave_names(question);
        match (wave, &waves[..]) {
            (None, [only]) => Ok(*only),
            (None, _) => {
                Err(Unresolved::Wave(format!("name the wave: {{wave={}}}", waves.join("} or {wave="))))
            }
            (Some(_), [""]) => {
                Err(Unresolved::Wave("this survey has only one wave: take `wave` out".to_owned()))
            }
            (Some(wave), _) => waves
                .iter()
                .copied()
                .find(|name| *name == wave)
                .ok_or_else(|| Unresolved::Wave(one_of(wave, waves.iter().copied()))),
        }
    }

    /// The wave and group whose answers are counted.
    pub(super) fn answering<'s>(
        &'s self,
        wave: &'s str,
        group: Option<&'s str>,
    ) -> Result<(&'s str, &'s str), Unresolved> {
        let waves: Vec<&str> = self.waves.iter().map(|wave| wave.id.as_str()).collect();
        let wave = if waves.is_empty() { "" } else { wave };
        if !waves.is_empty() && !waves.contains(&wave) {
            return Err(Unresolved::Wave(one_of(wave, waves.iter().copied())));
        }
        let groups: Vec<&str> = self.groups.iter().map(|group| group.id.as_str()).collect();
        let group = match (group, &groups[..]) {
            (Some(group), _) => group,
            (None, [only]) => only,
            (None, _) => return Err(name_a_group(&groups)),
        };
        if !groups.contains(&group) {
            return Err(Unresolved::Group(one_of(group, groups)));
        }
        Ok((wave, group))
    }
}

/// The group as files call it: people say "all" of everyone.
pub(super) fn group_id(group: &str) -> &str {
    if group == "all" { EVERYONE } else { group }
}

/// Several groups could be meant.
pub(super) fn name_a_group(groups: &[&str]) -> Unresolved {
    Unresolved::Group(format!("name the group: {{group={}}}", groups.join("} or {group=")))
}
