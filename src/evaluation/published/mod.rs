//! A judged release -> tables, figures, numbers and [`Words`] that pages may show.
//!
//! `table` makes the tables of questions, `taking_part` those of respondents and of the flow, `share` percentages in
//! them; `figure` what may be drawn. `reference` finds what a directive means, `prose` says it within a sentence,
//! `bindings` names the directive of each number. `themes` does all of this for free texts. `stated` is what is said of an
//! edition beside its figures, `corrected` what a correction changed, `values` everything as data. `editions` holds what
//! several editions have in common, as tables over time and as trends; `difference` is what the maker of a release is told of
//! the one before it.

mod bindings;
mod corrected;
mod difference;
mod editions;
mod figure;
mod prose;
mod reference;
mod share;
mod stated;
mod table;
mod taking_part;
mod themes;
mod values;

pub use bindings::Binding;
pub use corrected::Correction;
pub(super) use corrected::changed;
pub use difference::{Change, Difference, Reworded, Seen};
pub use editions::{Editions, OverTime, TrendRequest};
pub use figure::{FigureGroup, FigureKind, FigureRequest, FigureRow, Mark, Panel, PublishedFigure, Side};
pub use reference::{Link, Manner, Reference, Style, Unresolved};
pub use share::{Show, TooFew};
pub(super) use stated::Stated;
pub use table::{Column, PublishedTable, TableCell, TableRow};
pub use themes::{ThemeRow, ThemeSheet};
pub use values::{Entry, Values};

use super::audit::Audited;
use super::disclosure::{Attribute, Cell, Judged, Row};
use super::release::{Base, Decimal, Statistic, Value};
use super::survey::{Labelled, Question, ReportFacts, Survey, When, words_of};
use crate::language::Language;
use crate::theme::Interface;
use serde::Serialize;
use std::fmt;

/// Text that may be shown: a number that was judged, or the words that stand instead of one. Only this room makes
/// them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Words(String);

impl Words {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a cell leaves unsaid: each kind is explained once under a table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Absence {
    /// The instrument did not ask this group.
    NotAsked,
    /// Kept back by the policy.
    Withheld,
    /// The source does not give it.
    Unpublished,
    /// The source does not say how many answered.
    Unreported,
    /// Somebody said so; how many is not given.
    Mentioned,
    /// A percentage, and not of how many.
    Base,
}

impl Absence {
    /// The interface string that explains it.
    pub fn note(self) -> &'static str {
        match self {
            Absence::NotAsked => "note.not-asked",
            Absence::Withheld => "note.withheld",
            Absence::Unpublished => "note.unpublished",
            Absence::Unreported => "note.unreported",
            Absence::Mentioned => "note.mentioned",
            Absence::Base => "note.base",
        }
    }
}

/// What may be shown of one edition.
pub struct Published {
    judged: Judged,
    /// The audit found that all of it keeps what its policy promises.
    keeps_promise: bool,
    stated: Stated,
    facts: ReportFacts,
    groups: Vec<Labelled>,
    waves: Vec<Labelled>,
    /// Those that were asked in this edition.
    questions: Vec<Question>,
    /// Ids of the survey's others.
    unasked: Vec<String>,
}

impl fmt::Debug for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Published({})", self.edition())
    }
}

/// The languages a page is written in: its own, and the site's first.
#[derive(Clone, Copy)]
struct Tongue<'a> {
    interface: &'a Interface,
    first: &'a Language,
}

impl Tongue<'_> {
    fn text(&self, text: &crate::config::Text) -> String {
        text.get(self.interface.language(), self.first).value.clone()
    }

    fn say(&self, key: &str) -> String {
        self.interface.say(key, &[])
    }
}

impl Published {
    pub(super) fn new(survey: &Survey, audited: Audited, stated: Stated) -> Published {
        let keeps_promise = audited.keeps_promise();
        let judged = audited.into_judged();
        let questions = survey.questions.iter().cloned();
        let (questions, unasked): (Vec<_>, Vec<_>) =
            questions.partition(|question| question.asked.is_in(&stated.edition));
        Published {
            judged,
            keeps_promise,
            stated,
            facts: survey.report.clone(),
            groups: survey.groups.clone(),
            waves: survey.waves.clone(),
            questions,
            unasked: unasked.into_iter().map(|question| question.id).collect(),
        }
    }

    /// Ids that `::table` knows: the questions with anything to show, and the two tables that are not of questions.
    pub fn table_ids(&self) -> Vec<&str> {
        let flow = (!self.judged.release().flow.is_empty()).then_some("flow");
        let tabled = self.questions.iter().filter(|question| is_shown(question) || self.is_themed(question));
        tabled.map(|question| question.id.as_str()).chain(["respondents"]).chain(flow).collect()
    }

    /// A cell as it stands in a table: its text, whether it is a number, and what absence it is.
    fn words(&self, cell: &Cell, base: Option<u32>, interface: &Interface) -> (Words, bool, Option<Absence>) {
        let band = self.policy().band;
        let say = |key: &str, places: &[(&str, &str)]| Words(interface.say(key, places));
        match cell {
            Cell::Value(Value::Count(count)) => (Words(count.to_string()), true, None),
            Cell::Value(Value::Few) => (say("value.few", &[("band", &band.to_string())]), false, None),
            Cell::Value(Value::NearlyAll) => {
                let from = base.unwrap_or(0).saturating_sub(band.saturating_sub(1));
                (say("value.nearly-all", &[("from", &from.to_string())]), false, None)
            }
            Cell::Value(Value::Rounded { value, .. }) => {
                (say("value.rounded", &[("n", &value.to_string())]), true, None)
            }
            Cell::Value(Value::Percent(percent)) => {
                (say("value.percent", &[("n", &percent.text)]), true, None)
            }
            Cell::Value(Value::Mentioned) => (say("value.mentioned", &[]), false, Some(Absence::Mentioned)),
            Cell::Value(Value::Withheld) | Cell::Statistic(Statistic::Withheld) => {
                (say("value.withheld", &[]), false, Some(Absence::Withheld))
            }
            Cell::Value(Value::Unpublished) | Cell::Statistic(Statistic::Unpublished) => {
                (say("value.unpublished", &[]), false, Some(Absence::Unpublished))
            }
            Cell::Statistic(Statistic::Number(Decimal { text, .. })) => (Words(text.clone()), true, None),
            Cell::Bin(id) => (Words(words_of(id)), false, None),
        }
    }

    /// Whether somebody of a group may be quoted with an answer to a question.
    ///
    /// # Errors
    /// How many answered it, in words, and how many are needed.
    pub fn may_quote(&self, question: &str, wave: &str, group: &str) -> Result<(), (String, u32)> {
        let policy = self.policy();
        let (least, words) = match self.base_of(question, wave, group) {
            Some(Base::Known(n)) => (Some(n), n.to_string()),
            // Halves were rounded up, so that it may have been half a step less.
            Some(Base::Rounded { value, to }) => {
                (Some(value.saturating_sub(to / 2)), format!("{value} (to the nearest {to})"))
            }
            Some(Base::Low) => (None, "too few to say".to_owned()),
            Some(Base::NotReported) | None => (None, "a number that is not reported".to_owned()),
        };
        let is_enough = least.is_some_and(|least| least >= policy.quote_base);
        if is_enough || !policy.is_judged() { Ok(()) } else { Err((words, policy.quote_base)) }
    }

    /// How many answered a question: of a free text those who took part, or those who gave the answer on which it was asked.
    fn base_of(&self, question: &str, wave: &str, group: &str) -> Option<Base> {
        if let Some(answer) = self.judged.answer(question, wave, group)
            && answer.base != Base::NotReported
        {
            return Some(answer.base);
        }
        let asked_if = self.questions.iter().find(|known| known.id == question)?.asked_if.as_ref();
        let Some(When { question, option }) = asked_if else { return self.judged.base(wave, group) };
        let before = self.judged.answer(&question.value, wave, group)?;
        match before.cells.get(&Row::Option(option.value.clone()))? {
            Cell::Value(Value::Count(n)) => Some(Base::Known(*n)),
            Cell::Value(Value::Rounded { value, to }) => Some(Base::Rounded { value: *value, to: *to }),
            _ => None,
        }
    }

    /// All that is said of who is quoted: what the policy allows of her group and of when she was asked. It may be nothing.
    pub fn credit(&self, wave: &str, group: &str, interface: &Interface, first: &Language) -> String {
        let tongue = Tongue { interface, first };
        let says = |attribute| self.policy().attributes.contains(&attribute);
        let group = says(Attribute::Group).then(|| self.group_label(group, tongue));
        let wave = self.waves.iter().find(|known| known.id == wave && says(Attribute::Wave));
        match (group, wave.map(|wave| tongue.text(&wave.label))) {
            (Some(group), Some(wave)) => interface.say("quote.credit", &[("group", &group), ("wave", &wave)]),
            (group, wave) => group.or(wave).unwrap_or_default(),
        }
    }
}

/// Whether anything is shown of the answers of a question.
fn is_shown(question: &Question) -> bool {
    question.show.values().any(|displays| !displays.is_empty())
}
