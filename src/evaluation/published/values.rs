//! A judged release -> [`Values`], its figures for programs: numbers as numbers, and the words that stand for one.
//! And the [`Entry`]s that explain them: what each question asked, of whom, and what could be answered.

use super::themes::ThemesValues;
use super::{Published, Show, Tongue, is_shown};
use crate::evaluation::disclosure::{Cell, JudgedAnswer, Row, wave_names};
use crate::evaluation::release::{Base, Decimal, Statistic, Value};
use crate::evaluation::survey::{Question, QuestionKind};
use crate::language::Language;
use crate::output::GENERATOR;
use crate::theme::Interface;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::collections::BTreeMap;

/// The name and version of the format.
const FORMAT: &str = "mentorpress-report/1";

/// Everything that is published of one edition, to be written as data. Only this room makes one, and only of a
/// release that was judged.
#[derive(Serialize)]
pub struct Values<'p> {
    format: &'static str,
    survey: &'p str,
    title: &'p str,
    edition: &'p str,
    language: &'p str,
    release: ReleaseValues<'p>,
    corrections: Vec<CorrectionValues<'p>>,
    generator: &'static str,
    policy: PolicyValues<'p>,
    collected: Vec<&'p str>,
    groups: Vec<Named<'p>>,
    waves: Vec<Named<'p>>,
    respondents: Vec<Respondents<'p>>,
    flow: Vec<Step<'p>>,
    tallies: Vec<Tally<'p>>,
    questions: Vec<QuestionValues<'p>>,
    themes: Vec<ThemesValues<'p>>,
}

#[derive(Serialize)]
struct ReleaseValues<'p> {
    sha256: &'p str,
}

#[derive(Serialize)]
struct CorrectionValues<'p> {
    date: String,
    reason: &'p str,
    changed: &'p [String],
}

#[derive(Serialize)]
struct PolicyValues<'p> {
    name: &'static str,
    /// `few` is a count below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    band: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    approved_by: Option<&'p str>,
    exceptions: Vec<ExceptionValues<'p>>,
}

#[derive(Serialize)]
struct ExceptionValues<'p> {
    cells: String,
    reason: &'p str,
    approved_by: &'p str,
}

#[derive(Serialize)]
struct Named<'p> {
    id: &'p str,
    label: String,
}

#[derive(Serialize)]
struct Respondents<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    wave: Option<&'p str>,
    group: &'p str,
    answered: Figure<'p>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invited: Option<u32>,
}

#[derive(Serialize)]
struct Step<'p> {
    unit: &'p str,
    step: &'p str,
    count: u32,
}

#[derive(Serialize)]
struct Tally<'p> {
    of: &'p str,
    count: u32,
}

#[derive(Serialize)]
struct QuestionValues<'p> {
    id: &'p str,
    ask: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    wave: Option<&'p str>,
    groups: Vec<&'p str>,
    answered: BTreeMap<&'p str, Figure<'p>>,
    rows: Vec<RowValues<'p>>,
}

#[derive(Serialize)]
struct RowValues<'p> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    label: String,
    values: BTreeMap<&'p str, Figure<'p>>,
}

/// A figure as it was released.
pub(super) enum Figure<'p> {
    Count(u32),
    Decimal(&'p Decimal),
    Rounded(u32, u32),
    Percent(&'p Decimal),
    /// A word of the release instead of a number, or the id of the most common range.
    Word(&'p str),
}

/// A decimal as a JSON number.
fn number<S: Serializer>(decimal: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    match decimal.text.parse::<f64>() {
        Ok(value) if decimal.places > 0 => serializer.serialize_f64(value),
        _ => serializer.serialize_u64(decimal.scaled),
    }
}

struct Number<'p>(&'p Decimal);

impl Serialize for Number<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        number(self.0, serializer)
    }
}

impl Serialize for Figure<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Figure::Count(count) => serializer.serialize_u32(*count),
            Figure::Decimal(decimal) => number(decimal, serializer),
            Figure::Rounded(value, to) => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("rounded", value)?;
                map.serialize_entry("to", to)?;
                map.end()
            }
            Figure::Percent(decimal) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("percent", &Number(decimal))?;
                map.end()
            }
            Figure::Word(word) => serializer.serialize_str(word),
        }
    }
}

/// A question as the dictionary of a report's data explains it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its words.
    pub ask: String,
    /// The interface string that says how it was answered.
    pub kind: &'static str,
    /// The groups that were asked.
    pub groups: Vec<String>,
    /// When it was asked; empty where there was one occasion.
    pub waves: Vec<String>,
    /// Ids and words of what could be chosen, or of the themes of a free text.
    pub options: Vec<(String, String)>,
    /// The smallest and largest number, of a question that asks for one.
    pub bounds: Option<(u32, u32)>,
}

/// How a question is answered, as an interface string.
fn kind_key(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::ChooseOne => "question.choose-one",
        QuestionKind::ChooseAll => "question.choose-all",
        QuestionKind::Scale => "question.scale",
        QuestionKind::Stars => "question.stars",
        QuestionKind::Score => "question.score",
        QuestionKind::Number => "question.number",
        QuestionKind::Text => "question.text",
        QuestionKind::About => "question.about",
        QuestionKind::Gathered => "question.gathered",
    }
}

pub(super) fn answered<'p>(base: Option<Base>) -> Figure<'p> {
    match base {
        Some(Base::Known(n)) => Figure::Count(n),
        Some(Base::Rounded { value, to }) => Figure::Rounded(value, to),
        Some(Base::Low) => Figure::Word("low"),
        _ => Figure::Word("not-reported"),
    }
}

impl Published {
    /// What is published of this edition, as data: `title` is the survey's, words are in the language of `interface`.
    pub fn values<'p>(
        &'p self,
        survey: &'p str,
        title: &'p str,
        interface: &'p Interface,
        first: &'p Language,
    ) -> Values<'p> {
        let tongue = Tongue { interface, first };
        let policy = self.policy();
        let release = self.judged.release();
        let named = |list: &'p [crate::evaluation::survey::Labelled]| -> Vec<Named<'p>> {
            list.iter().map(|known| Named { id: &known.id, label: tongue.text(&known.label) }).collect()
        };
        let questions = self.shown().flat_map(|question| {
            wave_names(question).into_iter().map(move |wave| self.question_values(question, wave, tongue))
        });
        Values {
            format: FORMAT,
            survey,
            title,
            edition: self.edition(),
            language: interface.language().code(),
            release: ReleaseValues { sha256: self.sha256() },
            corrections: self
                .corrections()
                .iter()
                .map(|correction| CorrectionValues {
                    date: correction.date.to_string(),
                    reason: &correction.reason,
                    changed: &correction.changed,
                })
                .collect(),
            generator: GENERATOR,
            policy: PolicyValues {
                name: policy.name.name(),
                band: policy.is_audited().then_some(policy.band),
                source: policy.source.as_deref(),
                reason: policy.reason.as_deref(),
                approved_by: policy.approved_by.as_deref(),
                exceptions: policy
                    .exceptions
                    .iter()
                    .map(|exception| ExceptionValues {
                        cells: exception.cells(),
                        reason: &exception.reason,
                        approved_by: &exception.approved_by,
                    })
                    .collect(),
            },
            collected: release.collected.iter().map(|date| date.value.as_str()).collect(),
            groups: named(&self.groups),
            waves: named(&self.waves),
            respondents: self
                .judged
                .bases()
                .map(|(wave, group, base)| Respondents {
                    wave: (!wave.is_empty()).then_some(wave),
                    group,
                    answered: answered(Some(base)),
                    invited: self.invited(wave, group),
                })
                .collect(),
            flow: release
                .flow
                .iter()
                .map(|(unit, step, count)| Step { unit, step, count: count.value })
                .collect(),
            tallies: release.tallies.iter().map(|(of, count)| Tally { of, count: count.value }).collect(),
            questions: questions.collect(),
            themes: self.themes_values(tongue),
        }
    }

    fn question_values<'p>(
        &'p self,
        question: &'p Question,
        wave: &'p str,
        tongue: Tongue<'p>,
    ) -> QuestionValues<'p> {
        let grid = self.grid(question, wave, Show::Count, tongue);
        let answer = |group: &str| self.judged.answer(&question.id, wave, group);
        let rows = grid.rows.into_iter().map(|(row, table_row)| {
            let figures =
                grid.groups.iter().map(|group| (*group, figure(question, group, &row, answer(group))));
            let values = figures.collect();
            let (kind, id) = match row {
                Row::Option(id) => ("option", Some(id)),
                Row::Theme(id) => ("theme", Some(id)),
                Row::Top(id) => ("top", Some(id)),
                Row::Bin(id) => ("range", Some(id)),
                Row::Most => ("most", None),
                Row::Mean => ("mean", None),
                Row::Min => ("lowest", None),
                Row::Max => ("highest", None),
            };
            RowValues { kind, id, label: table_row.label, values }
        });
        QuestionValues {
            id: &question.id,
            ask: tongue.text(&question.ask),
            kind: question.kind.name(),
            wave: (!wave.is_empty()).then_some(wave),
            groups: grid.groups.clone(),
            answered: grid
                .groups
                .iter()
                .map(|group| (*group, answered(answer(group).map(|answer| answer.base))))
                .collect(),
            rows: rows.collect(),
        }
    }

    /// The questions with anything to show, in the order of the survey.
    pub(super) fn shown(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| is_shown(question))
    }

    /// The questions with anything to show, or themes, explained.
    pub fn dictionary(&self, interface: &Interface, first: &Language) -> Vec<Entry> {
        let tongue = Tongue { interface, first };
        let entry = |question: &Question| Entry {
            id: question.id.clone(),
            ask: tongue.text(&question.ask),
            kind: kind_key(question.kind),
            groups: self
                .groups
                .iter()
                .filter(|group| question.asks(&group.id))
                .map(|group| tongue.text(&group.label))
                .collect(),
            waves: self
                .waves
                .iter()
                .filter(|wave| question.waves.contains(&wave.id))
                .map(|wave| tongue.text(&wave.label))
                .collect(),
            options: question
                .options
                .iter()
                .map(|option| (option.id.clone(), tongue.text(&option.label)))
                .chain(question.themes.iter().map(|theme| (theme.id.clone(), tongue.text(&theme.label))))
                .collect(),
            bounds: question.bounds,
        };
        let explained =
            self.questions.iter().filter(|question| is_shown(question) || self.is_themed(question));
        explained.map(entry).collect()
    }
}

/// A cell; one that the release does not give was not asked, or is not published.
pub(super) fn figure<'p>(
    question: &Question,
    group: &str,
    row: &Row,
    answer: Option<&'p JudgedAnswer>,
) -> Figure<'p> {
    let Some(cell) = answer.and_then(|answer| answer.cells.get(row)) else {
        let offered = match row {
            Row::Option(id) => {
                question.options.iter().any(|option| option.id == *id && option.is_offered_to(group))
            }
            _ => true,
        };
        let asked = question.asks(group) && offered;
        return Figure::Word(if asked { "unpublished" } else { "not-asked" });
    };
    match cell {
        Cell::Value(Value::Count(count)) => Figure::Count(*count),
        Cell::Value(Value::Few) => Figure::Word("few"),
        Cell::Value(Value::NearlyAll) => Figure::Word("nearly-all"),
        Cell::Value(Value::Rounded { value, to }) => Figure::Rounded(*value, *to),
        Cell::Value(Value::Percent(percent)) => Figure::Percent(percent),
        Cell::Value(Value::Mentioned) => Figure::Word("mentioned"),
        Cell::Value(Value::Withheld) | Cell::Statistic(Statistic::Withheld) => Figure::Word("withheld"),
        Cell::Value(Value::Unpublished) | Cell::Statistic(Statistic::Unpublished) => {
            Figure::Word("unpublished")
        }
        Cell::Statistic(Statistic::Number(decimal)) => Figure::Decimal(decimal),
        Cell::Bin(id) => Figure::Word(id),
    }
}
