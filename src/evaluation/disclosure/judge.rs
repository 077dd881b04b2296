//! A release, its survey and a policy -> [`Judged`], or findings and nothing.
//!
//! 1. the edition and its policy are held against the survey's (`edition`);
//! 2. `respondents`: how many answered, the base of everything else;
//! 3. every answer given (`answers`): known question, wave, group and option; asked; in the declared shape; no count
//!    above its base, and totals that fit (`totals`, `everyone`); the plain rules of the policy (`rules`): floors, bands, bases of
//!    means and percentages, one display a question;
//! 4. how many answered what only some were asked (`follow_ups`): a count like any other;
//! 5. every answer due (`due`): a forgotten line is a finding, so that it can never read as "not asked";
//! 6. the same of the themes of free texts (`themes`).
//!
//! These are rules on single displays. What several give away together is searched for by the audit.

use super::policy::Policy;
use super::row::{Cell, Row, wave_names};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::evaluation::release::{Base, Release};
use crate::evaluation::survey::{EVERYONE, Question, Survey};
use crate::source::{Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// One question, wave and group, judged.
#[derive(PartialEq, Eq)]
pub(in crate::evaluation) struct JudgedAnswer {
    /// The number who answered, as it may be shown.
    pub(in crate::evaluation) base: Base,
    pub(in crate::evaluation) cells: BTreeMap<Row, Cell>,
    /// Of rows that are of fewer people: themes of those who gave one answer.
    pub(super) row_bases: BTreeMap<Row, Base>,
}

impl JudgedAnswer {
    /// The number of people that a row is of.
    pub(in crate::evaluation) fn base_of(&self, row: &Row) -> Base {
        self.row_bases.get(row).copied().unwrap_or(self.base)
    }
}

/// A release that passed. Made by [`judge`] and nowhere else; there is no other way to its numbers.
pub(in crate::evaluation) struct Judged {
    release: Release,
    policy: Policy,
    bases: BTreeMap<(String, String), Base>,
    answers: BTreeMap<(String, String, String), JudgedAnswer>,
    themes: BTreeMap<(String, String, String), JudgedAnswer>,
    checks: BTreeSet<&'static str>,
}

impl Judged {
    pub(in crate::evaluation) fn release(&self) -> &Release {
        &self.release
    }

    pub(in crate::evaluation) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The number who answered at all in a wave (empty where there is only one) and group.
    pub(in crate::evaluation) fn base(&self, wave: &str, group: &str) -> Option<Base> {
        self.bases.get(&(wave.to_owned(), group.to_owned())).copied()
    }

    pub(in crate::evaluation) fn bases(&self) -> impl Iterator<Item = (&str, &str, Base)> {
        self.bases.iter().map(|((wave, group), base)| (wave.as_str(), group.as_str(), *base))
    }

    pub(in crate::evaluation) fn answer(
        &self,
        question: &str,
        wave: &str,
        group: &str,
    ) -> Option<&JudgedAnswer> {
        self.answers.get(&(question.to_owned(), wave.to_owned(), group.to_owned()))
    }

    /// The themes that a group's answers to a free text were sorted into.
    pub(in crate::evaluation) fn themes(
        &self,
        question: &str,
        wave: &str,
        group: &str,
    ) -> Option<&JudgedAnswer> {
        self.themes.get(&(question.to_owned(), wave.to_owned(), group.to_owned()))
    }

    /// Waves, groups and answers of a question.
    pub(in crate::evaluation) fn answers_to(
        &self,
        question: &str,
    ) -> impl Iterator<Item = (&str, &str, &JudgedAnswer)> {
        of_question(&self.answers, question)
    }

    /// Waves, groups and themes of a question.
    pub(in crate::evaluation) fn themes_of(
        &self,
        question: &str,
    ) -> impl Iterator<Item = (&str, &str, &JudgedAnswer)> {
        of_question(&self.themes, question)
    }

    /// Interface keys of the checks that ran.
    pub(in crate::evaluation) fn checks(&self) -> impl Iterator<Item = &'static str> {
        self.checks.iter().copied()
    }
}

fn of_question<'j>(
    judged: &'j BTreeMap<(String, String, String), JudgedAnswer>,
    question: &str,
) -> impl Iterator<Item = (&'j str, &'j str, &'j JudgedAnswer)> {
    let of_question = judged.iter().filter(move |((id, _, _), _)| id == question);
    of_question.map(|((_, wave, group), answer)| (wave.as_str(), group.as_str(), answer))
}

/// Judges a release of an edition, whose last it may be. What is wrong is reported; a release with any finding gives nothing.
pub(in crate::evaluation) fn judge(
    survey: &Survey,
    edition: &str,
    release: Release,
    is_last: bool,
    found: &mut Diagnostics,
) -> Option<Judged> {
    let policy = release.policy.clone()?;
    let mut judge = Judge {
        survey,
        edition,
        release: &release,
        policy: &policy,
        bases: BTreeMap::new(),
        answers: BTreeMap::new(),
        themes: BTreeMap::new(),
        given: BTreeSet::new(),
        checks: BTreeSet::from(["check.shape", "check.totals", "check.asked", "check.complete"]),
        found: Diagnostics::new(),
    };
    judge.looser();
    if is_last {
        judge.office();
    }
    judge.respondents();
    for given in &release.answers {
        judge.answer(given);
    }
    judge.everyone();
    judge.follow_ups();
    judge.forgotten();
    judge.themes();
    judge.flow();
    let Judge { bases, answers, themes, checks, found: more, .. } = judge;
    let sound = !more.has_errors();
    found.extend(more);
    sound.then_some(Judged { release, policy, bases, answers, themes, checks })
}

pub(super) struct Judge<'a> {
    pub(super) survey: &'a Survey,
    /// The edition's name, also of a correction.
    pub(super) edition: &'a str,
    pub(super) release: &'a Release,
    pub(super) policy: &'a Policy,
    pub(super) bases: BTreeMap<(String, String), Base>,
    pub(super) answers: BTreeMap<(String, String, String), JudgedAnswer>,
    pub(super) themes: BTreeMap<(String, String, String), JudgedAnswer>,
    /// Question, wave and group of what was given, right or wrong, so that it is not called forgotten too.
    pub(super) given: BTreeSet<(String, String, String)>,
    pub(super) checks: BTreeSet<&'static str>,
    pub(super) found: Diagnostics,
}

/// Where an answer stands.
#[derive(Clone, Copy)]
pub(super) struct At<'q> {
    pub(super) question: &'q Question,
    pub(super) group: &'q str,
    pub(super) n: Option<u32>,
    pub(super) base: Base,
    pub(super) span: Span,
    /// The policy does not bind here: it is loose, or the cell is exempt.
    pub(super) exempt: bool,
}

impl<'a> Judge<'a> {
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    pub(super) fn is_group(&mut self, group: &Spanned<String>) -> bool {
        let known: Vec<&str> = self.survey.groups.iter().map(|group| group.id.as_str()).collect();
        if group.value == EVERYONE || known.contains(&group.value.as_str()) {
            return true;
        }
        let suggestion = one_of(&group.value, known);
        self.push(
            Diagnostic::new(Code::UnknownGroup, group.span, format!("there is no group `{}`", group.value))
                .help(suggestion),
        );
        false
    }

    pub(super) fn question(&mut self, id: &Spanned<String>) -> Option<&'a Question> {
        let question = self.survey.questions.iter().find(|question| question.id == id.value);
        if question.is_none() {
            let known: Vec<&str> =
                self.survey.questions.iter().map(|question| question.id.as_str()).collect();
            self.push(
                Diagnostic::new(
                    Code::UnknownQuestion,
                    id.span,
                    format!("the survey has no question `{}`", id.value),
                )
                .help(one_of(&id.value, known)),
            );
        }
        question
    }

    /// The wave that a line of the release belongs to: the one it names, or the only one there is.
    pub(super) fn wave_of(
        &mut self,
        question: &'a Question,
        wave: Option<&Spanned<String>>,
        group: &Spanned<String>,
    ) -> Option<&'a str> {
        let waves = wave_names(question);
        let finding = match (wave, &waves[..]) {
            (None, [only]) => return Some(*only),
            (Some(wave), _) => match waves.iter().find(|name| **name == wave.value) {
                Some(name) => return Some(*name),
                None => Diagnostic::new(
                    Code::UnknownWave,
                    wave.span,
                    format!("`{}` was not asked in `{}`", question.id, wave.value),
                )
                .help(one_of(&wave.value, waves.iter().copied())),
            },
            (None, _) => Diagnostic::new(
                Code::UnknownWave,
                group.span,
                format!("`{}` was asked in several waves", question.id),
            )
            .help(format!("put its groups under {}", waves.join(" and "))),
        };
        self.push(finding);
        None
    }

    pub(super) fn is_exempt(&self, wave: &str, question: &str, group: &str) -> bool {
        self.policy.exceptions.iter().any(|exception| exception.covers(wave, question, group))
    }
}
