//! A release, its survey and a policy -> [`Judged`], or findings and nothing.
//!
//! 1. the edition and its policy are held against the survey's;
//! 2. every answer given: known question, wave, group and option; asked; in the declared shape; no count above its
//!    base; totals that fit;
//! 3. every answer due: a forgotten line is a finding, so that it can never read as "not asked";
//! 4. the plain rules of the policy: floors, bands, bases of means and percentages, one display a question.
//!
//! These are rules on single displays. They do not yet search for what several displays give away together.

use super::policy::Policy;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::evaluation::release::{Answer, Base, Given, Parts, Release, Shape, Statistic, Value};
use crate::evaluation::survey::{Choice, Display, EVERYONE, Question, QuestionKind, Survey, Unit};
use crate::source::{Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// A row of a question's table.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::evaluation) enum Row {
    Option(String),
    Theme(String),
    Top(String),
    Bin(String),
    Most,
    Mean,
    Min,
    Max,
}

/// What a judged cell says.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::evaluation) enum Cell {
    Value(Value),
    Statistic(Statistic),
    /// The most frequent bin.
    Bin(String),
}

/// The number who answered, as it may be shown.
pub(in crate::evaluation) type Answered = Base;

/// One question, wave and group, judged.
#[derive(PartialEq, Eq)]
pub(in crate::evaluation) struct JudgedAnswer {
    pub(in crate::evaluation) base: Answered,
    pub(in crate::evaluation) cells: BTreeMap<Row, Cell>,
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
        let of_question = self.answers.iter().filter(move |((id, _, _), _)| id == question);
        of_question.map(|((_, wave, group), answer)| (wave.as_str(), group.as_str(), answer))
    }

    /// Interface keys of the checks that ran.
    pub(in crate::evaluation) fn checks(&self) -> impl Iterator<Item = &'static str> {
        self.checks.iter().copied()
    }
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
    pub(super) span: Span,
    /// The policy does not bind here: it is loose, or the cell is exempt.
    pub(super) exempt: bool,
}

impl<'a> Judge<'a> {
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    fn respondents(&mut self) {
        let waves: Vec<&str> = self.survey.waves.iter().map(|wave| wave.id.as_str()).collect();
        for (wave, group, base) in &self.release.respondents {
            if !wave.value.is_empty() && !waves.contains(&wave.value.as_str()) {
                self.unknown_wave(wave);
                continue;
            }
            if !self.is_group(group) {
                continue;
            }
            self.bases.insert((wave.value.clone(), group.value.clone()), base.value);
        }
        for (wave, group, invited) in &self.release.invited {
            if let Some(Base::Known(n)) = self.bases.get(&(wave.clone(), group.clone()))
                && *n > invited.value
            {
                let message = format!("{n} of `{group}` answered, and {} were invited", invited.value);
                self.push(
                    Diagnostic::new(Code::CountAboveBase, invited.span, message)
                        .help("correct `answered` or `invited`"),
                );
            }
        }
        // Every wave that some question was asked in has respondents of each group asked.
        let mut due: BTreeSet<(String, String)> = BTreeSet::new();
        let counts = |question: &&Question| question.kind != QuestionKind::Gathered;
        for question in self.asked().filter(counts) {
            for wave in wave_names(question) {
                due.extend(question.asked_of.iter().map(|group| (wave.to_owned(), group.clone())));
            }
        }
        for (wave, group) in due {
            if !self.bases.contains_key(&(wave.clone(), group.clone())) {
                let place = if wave.is_empty() { String::new() } else { format!(" in `{wave}`") };
                self.push(
                    Diagnostic::new(
                        Code::MissingCell,
                        self.release.span,
                        format!("`respondents` does not say how many of `{group}` answered{place}"),
                    )
                    .help(format!("add `{group}: {{answered: …}}`, or `answered: not-reported`")),
                );
            }
        }
    }

    fn unknown_wave(&mut self, wave: &Spanned<String>) {
        let known: Vec<&str> = self.survey.waves.iter().map(|wave| wave.id.as_str()).collect();
        self.push(
            Diagnostic::new(Code::UnknownWave, wave.span, format!("there is no wave `{}`", wave.value))
                .help(one_of(&wave.value, known)),
        );
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

    fn answer(&mut self, given: &'a Given) {
        let Given { question: id, wave, group, answer } = given;
        let Some(question) = self.question(id) else { return };
        if !self.is_of_edition(question, id.span) {
            return;
        }
        let Some(wave) = self.wave_of(question, wave.as_ref(), group) else { return };
        if !self.is_group(group) {
            return;
        }
        let key = (question.id.clone(), wave.to_owned(), group.value.clone());
        self.given.insert(key.clone());
        if !question.asks(&group.value) {
            self.push(
                Diagnostic::new(
                    Code::NotAsked,
                    group.span,
                    format!("`{}` was not asked of `{}`", question.id, group.value),
                )
                .help("take the line out; what was not asked has no line"),
            );
            return;
        }
        let Some(displays) = question.show.get(&group.value).filter(|displays| !displays.is_empty()) else {
            self.push(
                Diagnostic::new(
                    Code::ReleaseShape,
                    group.span,
                    format!("`show` declares nothing of `{}` for `{}`", group.value, question.id),
                )
                .related(question.span, "declared here")
                .help(
                    "take the line out of the release; what is shown is declared before the answers are seen",
                ),
            );
            return;
        };
        let base = self.base(question, wave, &group.value, answer);
        let exempt = !self.policy.is_judged() || self.is_exempt(wave, &question.id, &group.value);
        let n = match base {
            Base::Known(n) => Some(n),
            Base::NotReported => None,
        };
        let at = At { question, group: &group.value, n, span: answer.span, exempt };
        let cells = self.cells(at, displays, answer);
        self.answers.insert(key, JudgedAnswer { base, cells });
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

    /// The number who answered this question: beside the answer, or that of the wave and group.
    fn base(&mut self, question: &Question, wave: &str, group: &str, answer: &Answer) -> Base {
        let whole = self.bases.get(&(wave.to_owned(), group.to_owned())).copied();
        if let Some(own) = &answer.answered {
            if let (Base::Known(n), Some(Base::Known(all)), false) =
                (own.value, whole, question.unit == Unit::Pairs)
                && n > all
            {
                self.push(
                    Diagnostic::new(
                        Code::CountAboveBase,
                        own.span,
                        format!("{n} answered `{}`, and {all} answered at all", question.id),
                    )
                    .help("correct `answered` here or under `respondents`"),
                );
            }
            return own.value;
        }
        // Of everyone, where only the groups are given: not reported, rather than a sum nobody stated.
        whole.unwrap_or(Base::NotReported)
    }

    fn cells(&mut self, at: At<'a>, displays: &[Display], answer: &'a Answer) -> BTreeMap<Row, Cell> {
        let mut cells = BTreeMap::new();
        match &answer.shape {
            Shape::Whole(value) => {
                if !matches!(value.value, Value::Withheld | Value::Unpublished) {
                    self.push(
                        Diagnostic::new(Code::ReleaseShape, value.span, format!("this cannot stand for all of `{}`", at.question.id))
                            .help("write `withheld` or `unpublished` for all of it, or `counts:`, `tops:`, `mean:` with their values"),
                    );
                    return cells;
                }
                for row in displays.iter().flat_map(|display| rows(at.question, at.group, display)) {
                    let cell = match row {
                        Row::Mean | Row::Min | Row::Max if value.value == Value::Withheld => {
                            Cell::Statistic(Statistic::Withheld)
                        }
                        Row::Mean | Row::Min | Row::Max => Cell::Statistic(Statistic::Unpublished),
                        _ => Cell::Value(value.value.clone()),
                    };
                    cells.insert(row, cell);
                }
            }
            Shape::Parts(parts) => {
                self.parts(at, displays, parts, &mut cells);
                if !at.exempt {
                    self.policy_of_parts(at, displays, parts);
                }
            }
        }
        cells
    }

    fn parts(&mut self, at: At<'a>, displays: &[Display], parts: &'a Parts, cells: &mut BTreeMap<Row, Cell>) {
        let shows = |wanted: fn(&Display) -> bool| displays.iter().any(wanted);
        self.declared(at, parts.counts.is_some(), shows(|d| *d == Display::Counts), "counts");
        self.declared(at, parts.tops.is_some(), shows(|d| matches!(d, Display::Top(_))), "tops");
        self.declared(at, parts.mean.is_some(), shows(|d| *d == Display::Mean), "mean");
        self.declared(
            at,
            parts.min.is_some() || parts.max.is_some(),
            shows(|d| *d == Display::Range),
            "min and max",
        );
        self.declared(
            at,
            parts.bins.is_some() || parts.most.is_some(),
            shows(|d| *d == Display::Bins),
            "bins",
        );
        let options: Vec<(&str, Option<&Choice>)> =
            at.question.options.iter().map(|option| (option.id.as_str(), Some(option))).collect();
        for (id, value) in parts.counts.iter().flatten() {
            if let Some(option) = self.known(at, id, &options, "option")
                && let Some(option) = option
            {
                if !option.is_offered_to(at.group) {
                    self.push(
                        Diagnostic::new(
                            Code::NotAsked,
                            id.span,
                            format!("`{}` was not offered to `{}`", id.value, at.group),
                        )
                        .help("take it out; what was not asked has no line"),
                    );
                    continue;
                }
                self.count(at, value);
                cells.insert(Row::Option(id.value.clone()), Cell::Value(value.value.clone()));
            }
        }
        let tops: Vec<(&str, Option<&Choice>)> =
            at.question.tops.iter().map(|top| (top.id.as_str(), None)).collect();
        for (id, value) in parts.tops.iter().flatten() {
            if self.known(at, id, &tops, "top").is_some() {
                if !displays.contains(&Display::Top(id.value.clone())) {
                    self.declared(at, true, false, &id.value);
                }
                self.count(at, value);
                cells.insert(Row::Top(id.value.clone()), Cell::Value(value.value.clone()));
            }
        }
        let bins: Vec<(&str, Option<&Choice>)> =
            at.question.bins.iter().map(|bin| (bin.id.as_str(), None)).collect();
        for (id, value) in parts.bins.iter().flatten() {
            if self.known(at, id, &bins, "bin").is_some() {
                self.count(at, value);
                cells.insert(Row::Bin(id.value.clone()), Cell::Value(value.value.clone()));
            }
        }
        if let Some(most) = &parts.most
            && self.known(at, most, &bins, "bin").is_some()
        {
            cells.insert(Row::Most, Cell::Bin(most.value.clone()));
        }
        for (row, statistic) in [(Row::Mean, &parts.mean), (Row::Min, &parts.min), (Row::Max, &parts.max)] {
            if let Some(statistic) = statistic {
                self.within_scale(at, statistic);
                cells.insert(row, Cell::Statistic(statistic.value.clone()));
            }
        }
        self.order_of_statistics(parts);
        self.totals(at, parts);
        self.bins(at, parts);
    }

    /// A display that is given though it was not declared.
    fn declared(&mut self, at: At, given: bool, declared: bool, what: &str) {
        if given && !declared {
            self.push(
                Diagnostic::new(
                    Code::ReleaseShape,
                    at.span,
                    format!(
                        "`{}` gives {what} of `{}`, and `show` does not declare them",
                        at.question.id, at.group
                    ),
                )
                .related(at.question.span, "declared here")
                .help("give what `show` declares; it is fixed before the answers are seen"),
            );
        }
    }

    /// An id among those there are.
    fn known<'o>(
        &mut self,
        at: At,
        id: &Spanned<String>,
        among: &[(&str, Option<&'o Choice>)],
        what: &str,
    ) -> Option<Option<&'o Choice>> {
        let entry = among.iter().find(|(name, _)| *name == id.value).map(|(_, choice)| *choice);
        if entry.is_none() {
            self.push(
                Diagnostic::new(
                    Code::UnknownOption,
                    id.span,
                    format!("`{}` has no {what} `{}`", at.question.id, id.value),
                )
                .help(one_of(&id.value, among.iter().map(|(name, _)| *name))),
            );
        }
        entry
    }

    /// Everything that is due and was not given.
    fn forgotten(&mut self) {
        for question in self.asked() {
            for wave in wave_names(question) {
                for (group, displays) in &question.show {
                    self.forgotten_of(question, wave, group, displays);
                }
            }
        }
    }

    fn forgotten_of(&mut self, question: &'a Question, wave: &'a str, group: &str, displays: &[Display]) {
        if displays.is_empty() || !question.asks(group) {
            return;
        }
        let key = (question.id.clone(), wave.to_owned(), group.to_owned());
        let place = if wave.is_empty() { String::new() } else { format!(" in `{wave}`") };
        let Some(answer) = self.answers.get(&key) else {
            if !self.given.contains(&key) {
                self.push(
                    Diagnostic::new(Code::MissingCell, self.release.span, format!("`{}` was asked of `{group}`{place}, and the release says nothing", question.id))
                        .related(question.span, "asked here")
                        .help("add its values, `withheld` or `unpublished`; if it was not asked, say so with `asked_of` in survey.yaml"),
                );
            }
            return;
        };
        let missing: Vec<String> = displays
            .iter()
            .flat_map(|display| rows(question, group, display))
            .filter(|row| !answer.cells.contains_key(row) && *row != Row::Most && !matches!(row, Row::Bin(_)))
            .map(|row| format!("`{}`", row_name(&row)))
            .collect();
        if missing.is_empty() {
            return;
        }
        let span = self
            .release
            .answers
            .iter()
            .find(|given| {
                given.question.value == question.id
                    && given.group.value == group
                    && given.wave.as_ref().is_none_or(|given| given.value == wave)
            })
            .map_or(self.release.span, |given| given.group.span);
        self.push(
            Diagnostic::new(Code::MissingCell, span, format!("{} of `{}` for `{group}`{place}: forgotten", missing.join(", "), question.id))
                .help("add the count, `withheld` or `unpublished`; an option that was not offered is declared with `asked_of` in survey.yaml"),
        );
    }

    pub(super) fn is_exempt(&self, wave: &str, question: &str, group: &str) -> bool {
        self.policy.exceptions.iter().any(|exception| exception.covers(wave, question, group))
    }
}

/// The waves of a question; one without name where the survey has none.
pub(in crate::evaluation) fn wave_names(question: &Question) -> Vec<&str> {
    if question.waves.is_empty() { vec![""] } else { question.waves.iter().map(String::as_str).collect() }
}

/// The rows that a display has for a group.
pub(in crate::evaluation) fn rows(question: &Question, group: &str, display: &Display) -> Vec<Row> {
    match display {
        Display::Counts => question
            .options
            .iter()
            .filter(|option| option.is_offered_to(group))
            .map(|option| Row::Option(option.id.clone()))
            .collect(),
        Display::Top(id) => vec![Row::Top(id.clone())],
        Display::Mean => vec![Row::Mean],
        Display::Range => vec![Row::Min, Row::Max],
        Display::Bins => std::iter::once(Row::Most)
            .chain(question.bins.iter().map(|bin| Row::Bin(bin.id.clone())))
            .collect(),
    }
}

/// A row's name in files.
pub(in crate::evaluation) fn row_name(row: &Row) -> &str {
    match row {
        Row::Option(id) | Row::Theme(id) | Row::Top(id) | Row::Bin(id) => id,
        Row::Most => "most",
        Row::Mean => "mean",
        Row::Min => "min",
        Row::Max => "max",
    }
}
