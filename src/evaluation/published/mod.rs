//! A judged release -> tables, numbers and words that pages may show.

mod bindings;
mod corrected;
mod editions;
mod figure;
mod over_time;
mod share;
mod stated;
mod table;
mod taking_part;
mod theme_figures;
mod theme_prose;
mod theme_values;
mod themes;
mod trend;
mod values;

pub use bindings::Binding;
pub use corrected::Correction;
pub(super) use corrected::changed;
pub use editions::Editions;
pub use figure::{FigureGroup, FigureKind, FigureRequest, FigureRow, Mark, Panel, PublishedFigure, Side};
pub use over_time::OverTime;
pub use share::{Show, TooFew};
pub(super) use stated::Stated;
pub use table::{Column, PublishedTable, TableCell, TableRow};
pub use themes::{ThemeRow, ThemeSheet};
pub use trend::TrendRequest;
pub use values::{Entry, Values};

use super::disclosure::{Cell, Judged, JudgedAnswer, Row, row_name, wave_names};
use super::release::{Base, Decimal, Statistic, Value};
use super::survey::{EVERYONE, Labelled, Question, ReportFacts, Survey, words_of};
use crate::diagnostic::one_of;
use crate::language::Language;
use crate::theme::Interface;
use serde::Serialize;
use std::fmt;

/// Text that may be shown: a number that was judged, or the words that stand instead of one. Only this file makes
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

/// What may be shown of one edition.
pub struct Published {
    judged: Judged,
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
    pub(super) fn new(survey: &Survey, judged: Judged, stated: Stated) -> Published {
        let questions = survey.questions.iter().cloned();
        let (questions, unasked): (Vec<_>, Vec<_>) =
            questions.partition(|question| question.asked.is_in(&stated.edition));
        Published {
            judged,
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
        let base = match answer.base {
            Base::Known(n) => Some(n),
            Base::NotReported => None,
        };
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
        match (end(&Row::Min), end(&Row::Max)) {
            (Some(min), Some(max)) => {
                let text = interface.say("value.range", &[("min", &min), ("max", &max)]);
                in_sentence(text, None, manner, interface)
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
            Some(Base::NotReported) => {
                in_sentence(interface.say("value.unreported", &[]), None, manner, interface)
            }
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

    /// The wave and group whose answers are counted.
    fn answering<'s>(
        &'s self,
        wave: &'s str,
        group: Option<&'s str>,
    ) -> Result<(&'s str, &'s str), Unresolved> {
        let waves: Vec<&str> = self.waves.iter().map(|wave| wave.id.as_str()).collect();
        let wave = if waves.is_empty() { "" } else { wave };
        if !waves.is_empty() && !waves.contains(&wave) {
            return Err(Unresolved::Wave(one_of(wave, waves.iter().copied())));
        }
        let group = match group {
            Some(group) => group,
            None => match &self.groups[..] {
                [only] => &only.id,
                _ => return Err(self.name_a_group()),
            },
        };
        if !self.groups.iter().any(|known| known.id == group) {
            return Err(Unresolved::Group(one_of(group, self.groups.iter().map(|group| group.id.as_str()))));
        }
        Ok((wave, group))
    }

    fn name_a_group(&self) -> Unresolved {
        let groups: Vec<&str> = self.groups.iter().map(|group| group.id.as_str()).collect();
        Unresolved::Group(format!("name the group: {{group={}}}", groups.join("} or {group=")))
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

    fn question(&self, id: &str) -> Option<&Question> {
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
    fn locate<'s>(
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
        // People say "all" of what files call everyone.
        let group = group.map(|group| if group == "all" { EVERYONE } else { group });
        let group = match (group, &shown[..]) {
            (None, [only]) => only,
            (None, _) => {
                return Err(Unresolved::Group(format!(
                    "name the group: {{group={}}}",
                    shown.join("} or {group=")
                )));
            }
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
    fn wave<'s>(&'s self, question: &'s Question, wave: Option<&str>) -> Result<&'s str, Unresolved> {
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

    /// A cell within a sentence.
    fn in_prose(
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

    /// Whether somebody of a group may be quoted.
    ///
    /// # Errors
    /// How many answered, where that is known, and how many are needed.
    pub fn may_quote(&self, wave: &str, group: &str) -> Result<(), (Option<u32>, u32)> {
        let answered = match self.judged.base(wave, group) {
            Some(Base::Known(n)) => Some(n),
            _ => None,
        };
        let policy = self.policy();
        let enough = answered.is_some_and(|n| n >= policy.quote_base);
        if enough || !policy.is_judged() { Ok(()) } else { Err((answered, policy.quote_base)) }
    }

    /// All that is said of who is quoted: her group.
    pub fn credit(&self, group: &str, interface: &Interface, first: &Language) -> String {
        self.group_label(group, Tongue { interface, first })
    }
}

/// Whether a percentage stands among some cells.
fn has_percentage(answer: &JudgedAnswer) -> bool {
    answer.cells.values().any(|cell| matches!(cell, Cell::Value(Value::Percent(_))))
}

/// Whether anything is shown of the answers of a question.
fn is_shown(question: &Question) -> bool {
    question.show.values().any(|displays| !displays.is_empty())
}

/// A number in digits or words, with its noun.
fn number_in_sentence(n: u32, manner: &Manner, interface: &Interface) -> Result<Words, Unresolved> {
    let text = if manner.style == Style::Words { interface.number_word(n) } else { n.to_string() };
    in_sentence(text, Some(n), manner, interface)
}

/// What stands for a number, with its noun in the form for `n` (or for an uncertain number), and a capital letter where
/// it begins a sentence.
fn in_sentence(
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
