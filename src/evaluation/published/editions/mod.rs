//! Published editions of a survey -> [`Editions`]: what was asked in which, and which answers may be set side by side.
//!
//! Nothing new is said here: every cell is one that its own edition publishes, in the same words. `over_time` sets answers side by side
//! in tables, `trend` in a figure.

mod over_time;
mod trend;

pub use over_time::OverTime;
pub use trend::TrendRequest;

use super::{Column, Correction, Published, PublishedTable, TableCell, TableRow, Tongue, Words, is_shown};
use crate::evaluation::disclosure::wave_names;
use crate::evaluation::survey::{Question, QuestionKind, Survey};
use crate::language::Language;
use crate::theme::Interface;

/// Editions that readers may see, the oldest first.
pub struct Editions<'p> {
    pub(super) survey: &'p Survey,
    pub(super) list: Vec<&'p Published>,
}

/// How an edition asked a question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wording {
    /// In these words.
    Same,
    /// In other words; whether the answers can be compared.
    Other { comparable: bool },
    /// Not at all.
    None,
}

/// A question, and those before and after it whose answers may be set beside its own.
pub(super) struct Chain<'p> {
    /// The oldest first.
    pub(super) questions: Vec<&'p Question>,
    /// The question before them, whose answers may not.
    pub(super) before: Option<&'p Question>,
    /// The question after them, whose answers may not.
    pub(super) after: Option<&'p Question>,
}

impl<'p> Chain<'p> {
    /// The question of the chain that an edition asked.
    pub(super) fn asked_in(&self, edition: &str) -> Option<&'p Question> {
        self.questions.iter().copied().find(|question| question.asked.is_in(edition))
    }
}

impl<'p> Editions<'p> {
    /// Editions of a survey, in the order of their names.
    pub fn new(survey: &'p Survey, editions: impl IntoIterator<Item = &'p Published>) -> Editions<'p> {
        let mut list: Vec<&Published> = editions.into_iter().collect();
        list.sort_by(|a, b| a.edition().cmp(b.edition()));
        Editions { survey, list }
    }

    /// Whether there are any.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are: two can be compared.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The questions of which anything is shown.
    pub(super) fn shown(&self) -> impl Iterator<Item = &'p Question> + use<'p> {
        self.survey.questions.iter().filter(|question| is_shown(question))
    }

    /// Whether readers see anything of a question that somebody was asked: answers, or themes of what was written.
    fn is_told(&self, question: &Question) -> bool {
        let is_text = question.kind == QuestionKind::Text;
        let has_themes = || self.list.iter().any(|published| published.is_themed(question));
        is_shown(question) || (is_text && has_themes())
    }

    /// The question that another took the place of.
    fn replaced(&self, question: &Question) -> Option<(&'p Question, bool)> {
        let replaces = question.asked.replaces.as_ref()?;
        let old = self.survey.questions.iter().find(|other| other.id == replaces.question.value)?;
        Some((old, replaces.comparable))
    }

    /// The question that took the place of another; one that can be compared before one that cannot.
    fn replacement(&self, question: &Question) -> Option<(&'p Question, bool)> {
        let new = self.survey.questions.iter().filter_map(|new| {
            let replaces = new.asked.replaces.as_ref()?;
            (replaces.question.value == question.id).then_some((new, replaces.comparable))
        });
        new.max_by_key(|(_, comparable)| *comparable)
    }

    /// A question with those before and after it, as long as their answers can be compared.
    pub(super) fn chain(&self, question: &'p Question) -> Chain<'p> {
        let mut chain = Chain { questions: vec![question], before: None, after: None };
        for (old, comparable) in self.walk(question, Self::replaced) {
            if !comparable {
                chain.before = Some(old);
                break;
            }
            chain.questions.insert(0, old);
        }
        for (new, comparable) in self.walk(question, Self::replacement) {
            if !comparable {
                chain.after = Some(new);
                break;
            }
            chain.questions.push(new);
        }
        chain
    }

    /// From a question to the next, and on from there; with whether each can be compared with the one before it.
    /// A survey with findings may lead round in a circle, so no more steps are made than there are questions.
    fn walk(
        &self,
        from: &'p Question,
        next: fn(&Self, &Question) -> Option<(&'p Question, bool)>,
    ) -> impl Iterator<Item = (&'p Question, bool)> {
        let steps = std::iter::successors(next(self, from), move |(at, _)| next(self, at));
        steps.take(self.survey.questions.len()).take_while(move |(at, _)| at.id != from.id)
    }

    /// How an edition asked a question: the words before or after are looked for as far as they go.
    fn wording(&self, question: &'p Question, edition: &str) -> Wording {
        if question.asked.is_in(edition) {
            return Wording::Same;
        }
        for next in [Self::replaced, Self::replacement] {
            let mut comparable = true;
            for (other, can) in self.walk(question, next) {
                comparable &= can;
                if other.asked.is_in(edition) {
                    return Wording::Other { comparable };
                }
            }
        }
        Wording::None
    }

    /// A row a question and a column an edition: asked, not asked, or asked in other words.
    pub fn asked(&self, interface: &Interface, first: &Language) -> PublishedTable {
        let tongue = Tongue { interface, first };
        let mut rows = Vec::new();
        for question in self.survey.questions.iter().filter(|question| self.is_told(question)) {
            let wordings: Vec<Wording> =
                self.list.iter().map(|published| self.wording(question, published.edition())).collect();
            if !wordings.contains(&Wording::Same) {
                continue;
            }
            let cell = |wording: &Wording| {
                let words = Words(tongue.say(words_for(*wording)));
                TableCell { words, is_number: false, absence: None }
            };
            rows.push(TableRow {
                label: tongue.text(&question.ask),
                cells: wordings.iter().map(cell).collect(),
            });
        }
        PublishedTable {
            id: "asked".to_owned(),
            title: tongue.say("editions.asked"),
            row_header: tongue.say("column.question"),
            columns: self.list.iter().map(|published| edition_column(published, None)).collect(),
            rows,
        }
    }

    /// What readers are told of other words before and after those of a chain.
    pub(super) fn breaks(&self, chain: &Chain, tongue: Tongue) -> Vec<String> {
        let mut notes = Vec::new();
        let since = chain.questions.first().and_then(|question| question.asked.since.as_ref());
        let seen = |question: &Question| self.list.iter().any(|one| question.asked.is_in(one.edition()));
        if let (Some(old), Some(since)) = (chain.before.filter(|old| seen(old)), since) {
            let places = [("edition", since.value.as_str()), ("ask", &tongue.text(&old.ask))];
            notes.push(tongue.interface.say("editions.before", &places));
        }
        if let Some(new) = chain.after.filter(|new| seen(new))
            && let Some(since) = &new.asked.since
        {
            let places = [("edition", since.value.as_str()), ("ask", &tongue.text(&new.ask))];
            notes.push(tongue.interface.say("editions.after", &places));
        }
        notes
    }

    /// What readers are told of the words that changed within a chain.
    pub(super) fn rewordings(&self, chain: &Chain, tongue: Tongue) -> Vec<String> {
        let seen = |question: &Question| self.list.iter().any(|one| question.asked.is_in(one.edition()));
        let older = chain.questions.split_last().map(|(_, older)| older).unwrap_or_default();
        older
            .iter()
            .filter(|question| seen(question))
            .filter_map(|question| {
                let until = question.asked.until.as_ref()?;
                let places = [("edition", until.value.as_str()), ("ask", &tongue.text(&question.ask))];
                Some(tongue.interface.say("editions.reworded", &places))
            })
            .collect()
    }

    /// What readers are told of editions whose figures of a chain, or numbers of people behind them, were corrected.
    pub(super) fn corrected(&self, chain: &Chain, tongue: Tongue) -> Vec<String> {
        let note = |published: &&Published| {
            let edition = published.edition();
            let asked = chain.asked_in(edition)?;
            let is_of_these = |correction: &&Correction| {
                correction.changed.iter().any(|id| *id == asked.id || id == "respondents")
            };
            let last = published.corrections().iter().rfind(is_of_these)?;
            let date = tongue.interface.day(last.date);
            Some(tongue.interface.say("editions.corrected", &[("edition", edition), ("date", &date)]))
        };
        self.list.iter().filter_map(note).collect()
    }
}

fn words_for(wording: Wording) -> &'static str {
    match wording {
        Wording::Same => "asked.same",
        Wording::Other { comparable: true } => "asked.comparable",
        Wording::Other { comparable: false } => "asked.not-comparable",
        Wording::None => "value.not-asked",
    }
}

/// The column of an edition.
pub(super) fn edition_column(published: &Published, n: Option<Words>) -> Column {
    Column { label: published.edition().to_owned(), n, is_small: false, answered: None }
}

/// The wave of a question that has this name: a wave may be new in a later wording.
pub(super) fn has_wave(question: &Question, wave: &str) -> bool {
    wave_names(question).contains(&wave)
}
