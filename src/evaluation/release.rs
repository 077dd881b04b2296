//! `releases/<edition>.yaml` -> [`Release`], as typed.
//!
//! A release is not yet judged: nothing in it can be displayed, serialised or copied into a page. The only way
//! on is [`judge`](super::disclosure::judge).

use super::disclosure::{self, Policy};
use super::keys;
use super::seal::{self, Seal};
use super::survey;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::path::file_name;
use crate::source::{FileId, Sources, Span, Spanned};
use crate::yaml::{self, Entry, Fields, Kind, Node};
use jiff::civil::Date;

/// What a cell may say.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Value {
    Count(u32),
    Few,
    NearlyAll,
    Withheld,
    Unpublished,
    Mentioned,
    Rounded { value: u32, to: u32 },
    Percent(Decimal),
}

/// A decimal as it was printed, and its value in units of its last place.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) text: String,
    pub(super) scaled: u64,
    pub(super) places: u32,
}

/// A mean, minimum or maximum, or a word instead.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Statistic {
    Number(Decimal),
    Withheld,
    Unpublished,
}

/// What a release gives for one question, wave and group.
pub(super) struct Answer {
    pub(super) span: Span,
    pub(super) answered: Option<Spanned<Base>>,
    pub(super) shape: Shape,
}

/// The number who answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    Known(u32),
    /// Rounded by a rule of the sector.
    Rounded {
        value: u32,
        to: u32,
    },
    /// Too few for the number to be said, by such a rule.
    Low,
    NotReported,
}

impl Base {
    /// How many, where that is known.
    pub(super) fn known(self) -> Option<u32> {
        match self {
            Base::Known(n) => Some(n),
            Base::Rounded { .. } | Base::Low | Base::NotReported => None,
        }
    }
}

pub(super) enum Shape {
    /// One word for all of it.
    Whole(Spanned<Value>),
    Parts(Box<Parts>),
}

#[derive(Default)]
pub(super) struct Parts {
    pub(super) counts: Option<Vec<(Spanned<String>, Spanned<Value>)>>,
    pub(super) tops: Option<Vec<(Spanned<String>, Spanned<Value>)>>,
    pub(super) bins: Option<Vec<(Spanned<String>, Spanned<Value>)>>,
    pub(super) most: Option<Spanned<String>>,
    pub(super) mean: Option<Spanned<Statistic>>,
    pub(super) min: Option<Spanned<Statistic>>,
    pub(super) max: Option<Spanned<Statistic>>,
}

impl Parts {
    /// Whether they say how many gave any answer, or which range most did.
    pub(super) fn counts_any(&self) -> bool {
        let lists = [&self.counts, &self.tops, &self.bins];
        let is_said = |value: &Value| !matches!(value, Value::Withheld | Value::Unpublished);
        self.most.is_some() || lists.into_iter().flatten().flatten().any(|(_, value)| is_said(&value.value))
    }
}

/// A release as typed: no `Debug`, no `Display`, no `Serialize`.
pub(super) struct Release {
    pub(super) span: Span,
    pub(super) edition: Spanned<String>,
    /// It has a key that only corrections have.
    pub(super) claim: Option<Claim>,
    pub(super) correction: Option<Correction>,
    /// Earlier editions whose answers are in it too.
    pub(super) includes: Vec<Spanned<String>>,
    pub(super) collected: Vec<Spanned<String>>,
    pub(super) policy: Option<Policy>,
    /// Wave (empty where the survey has none), group, base.
    pub(super) respondents: Vec<(Spanned<String>, Spanned<String>, Spanned<Base>)>,
    /// Wave, group, how many were invited, where that is known.
    pub(super) invited: Vec<(String, String, Spanned<u32>)>,
    pub(super) flow: Vec<(String, String, Spanned<u32>)>,
    pub(super) tallies: Vec<(String, Spanned<u32>)>,
    pub(super) answers: Vec<Given>,
    /// Themes with their values.
    pub(super) themes: Vec<Themes>,
    pub(super) seal: Option<Seal>,
}

/// What a file says of itself that has a key of corrections, also where the others are missing or wrong.
pub(super) struct Claim {
    pub(super) corrects: Option<String>,
    pub(super) date: Option<Date>,
}

/// What makes a release a correction of another.
pub(super) struct Correction {
    pub(super) corrects: Spanned<String>,
    /// The day from which on it holds.
    pub(super) date: Spanned<Date>,
    pub(super) reason: String,
}

/// An answer and where it belongs.
pub(super) struct Given {
    pub(super) question: Spanned<String>,
    /// Only where it was written.
    pub(super) wave: Option<Spanned<String>>,
    pub(super) group: Spanned<String>,
    pub(super) answer: Answer,
}

/// The themes of one question and group.
pub(super) struct Themes {
    pub(super) question: Spanned<String>,
    /// Only where it was written.
    pub(super) wave: Option<Spanned<String>>,
    pub(super) group: Spanned<String>,
    /// One word for all of them.
    pub(super) all: Option<Spanned<Value>>,
    pub(super) values: Vec<(Spanned<String>, Spanned<Value>)>,
}

/// Reads a release; `has_waves` says whether the survey has any.
pub(super) fn read(
    sources: &Sources,
    file: FileId,
    waves: &[String],
    found: &mut Diagnostics,
) -> Option<Release> {
    let source = sources.file(file);
    let node = yaml::parse(sources, file, 0..source.text.len(), found)?;
    let fields = keys::RELEASE.read(&node, found)?;
    let stem = file_name(&source.path).trim_end_matches(".yaml").to_owned();
    let span = sources.whole(file);
    let edition = fields
        .need("edition", found)
        .and_then(|node| yaml::text(node, found))
        .unwrap_or(Spanned::new(stem.clone(), span));
    if edition.value != stem {
        found.push(
            Diagnostic::new(
                Code::EditionDiffers,
                edition.span,
                format!("the file is named {stem}.yaml, and this says `{}`", edition.value),
            )
            .help("give the file the edition's name"),
        );
    }
    let includes = fields.need("includes", found).filter(|node| yaml::scalar(node) != Some("none"));
    let includes = includes.map(|node| yaml::items(node, found)).unwrap_or_default();
    let includes = includes.iter().filter_map(|item| yaml::text(item, found)).collect();
    let (claim, correction) = correction(&fields, found).unzip();
    let mut release = Release {
        span,
        edition,
        claim,
        correction: correction.flatten(),
        includes,
        collected: fields
            .need("collected", found)
            .map(|node| survey::collected(node, found))
            .unwrap_or_default(),
        policy: fields.need("disclosure", found).and_then(|node| disclosure::read(node, found)),
        respondents: Vec::new(),
        invited: Vec::new(),
        flow: fields.get("flow").map(|node| survey::flow(node, found)).unwrap_or_default(),
        tallies: fields.get("tallies").map(|node| survey::counts(node, "tallies", found)).unwrap_or_default(),
        answers: Vec::new(),
        themes: Vec::new(),
        seal: fields.get("seal").and_then(|node| seal::read(node, found)),
    };
    if let Some(node) = fields.need("respondents", found) {
        respondents(node, !waves.is_empty(), &mut release, found);
    }
    if let Some(node) = fields.need("answers", found) {
        for question in yaml::pairs(node, "answers", found).unwrap_or_default() {
            answers(question, waves, &mut release, found);
        }
    }
    if let Some(node) = fields.get("themes") {
        for question in yaml::pairs(node, "themes", found).unwrap_or_default() {
            themes(question, waves, &mut release, found);
        }
    }
    Some(release)
}

/// `corrects:`, `date:` and `reason:` are given together.
fn correction(fields: &Fields, found: &mut Diagnostics) -> Option<(Claim, Option<Correction>)> {
    if keys::CORRECTION.iter().all(|key| fields.get(key).is_none()) {
        return None;
    }
    let corrects = fields.need("corrects", found).and_then(|node| yaml::text(node, found));
    let date = fields.need("date", found);
    let date = date.and_then(|node| Some(Spanned::new(yaml::date(node, found)?, node.span)));
    let reason = fields.need("reason", found).and_then(|node| yaml::text(node, found));
    let reason = reason.filter(|reason| is_reason(reason, found));
    let claim = Claim {
        corrects: corrects.as_ref().map(|corrects| corrects.value.clone()),
        date: date.as_ref().map(|date| date.value),
    };
    let correction = corrects.zip(date).zip(reason);
    let correction =
        correction.map(|((corrects, date), reason)| Correction { corrects, date, reason: reason.value });
    Some((claim, correction))
}

/// Readers are told why figures changed.
fn is_reason(reason: &Spanned<String>, found: &mut Diagnostics) -> bool {
    let is_given = !reason.value.trim().is_empty();
    if !is_given {
        found.push(
            Diagnostic::new(Code::MissingKey, reason.span, "the reason of the correction is empty")
                .help("say in a sentence what was wrong; readers see it above the report"),
        );
    }
    is_given
}

fn respondents(node: &Node, waves: bool, release: &mut Release, found: &mut Diagnostics) {
    let mut of_wave = |wave: Spanned<String>, node: &Node, found: &mut Diagnostics| {
        for group in yaml::pairs(node, "respondents by group", found).unwrap_or_default() {
            let Some(fields) = keys::RESPONDENTS.read(&group.value, found) else { continue };
            let node = fields.get("invited");
            let invited = node.and_then(|node| Some((node.span, yaml::number(node, found)?)));
            if let Some((span, number)) = invited {
                let number = Spanned::new(number, span);
                release.invited.push((wave.value.clone(), group.key.value.clone(), number));
            }
            if let Some(base) = fields.need("answered", found).and_then(|node| base(node, found)) {
                release.respondents.push((wave.clone(), group.key.clone(), base));
            }
        }
    };
    if waves {
        for wave in yaml::pairs(node, "respondents by wave", found).unwrap_or_default() {
            of_wave(wave.key.clone(), &wave.value, found);
        }
    } else {
        of_wave(Spanned::new(String::new(), node.span), node, found);
    }
}

fn base(node: &Node, found: &mut Diagnostics) -> Option<Spanned<Base>> {
    if yaml::scalar(node) == Some("not-reported") {
        return Some(Spanned::new(Base::NotReported, node.span));
    }
    if yaml::scalar(node) == Some("low") {
        return Some(Spanned::new(Base::Low, node.span));
    }
    if matches!(node.kind, Kind::Map(_)) {
        let fields = keys::ROUNDED.read(node, found)?;
        let value = fields.need("rounded", found).and_then(|node| yaml::number(node, found));
        let to = fields.need("to", found).and_then(|node| yaml::number(node, found));
        return Some(Spanned::new(Base::Rounded { value: value?, to: to? }, node.span));
    }
    yaml::number(node, found).map(|n| Spanned::new(Base::Known(n), node.span))
}

/// question -> wave (only if the question has several) -> group -> answer.
fn answers(question: &Entry, waves: &[String], release: &mut Release, found: &mut Diagnostics) {
    for entry in everyone_last(yaml::pairs(&question.value, "answers by group", found)) {
        let is_wave = waves.contains(&entry.key.value);
        let wave = is_wave.then(|| entry.key.clone());
        let groups = if is_wave {
            everyone_last(yaml::pairs(&entry.value, "answers by group", found))
        } else {
            vec![entry]
        };
        for group in groups {
            if let Some(answer) = answer(&group.value, found) {
                let (question, group) = (question.key.clone(), group.key.clone());
                release.answers.push(Given { question, wave: wave.clone(), group, answer });
            }
        }
    }
}

/// Groups in the order written, and then everyone: how many they are together is learnt from what is known of each.
fn everyone_last(entries: Option<&[Entry]>) -> Vec<&Entry> {
    let mut entries: Vec<&Entry> = entries.into_iter().flatten().collect();
    entries.sort_by_key(|entry| entry.key.value == survey::EVERYONE);
    entries
}

/// question -> wave (only if the question has several) -> group -> themes.
fn themes(question: &Entry, waves: &[String], release: &mut Release, found: &mut Diagnostics) {
    const BY_GROUP: &str = "a question's themes by group";
    for entry in yaml::pairs(&question.value, BY_GROUP, found).unwrap_or_default() {
        let is_wave = waves.contains(&entry.key.value);
        let wave = is_wave.then(|| entry.key.clone());
        let groups = if is_wave {
            yaml::pairs(&entry.value, BY_GROUP, found).unwrap_or_default()
        } else {
            std::slice::from_ref(entry)
        };
        for group in groups {
            let is_one = yaml::scalar(&group.value).is_some();
            let all = if is_one { value(&group.value, found) } else { None };
            let values = if is_one { Vec::new() } else { cells(&group.value, "themes", found) };
            let (question, group) = (question.key.clone(), group.key.clone());
            release.themes.push(Themes { question, wave: wave.clone(), group, all, values });
        }
    }
}

fn answer(node: &Node, found: &mut Diagnostics) -> Option<Answer> {
    if !matches!(node.kind, Kind::Map(_)) {
        let value = value(node, found)?;
        return Some(Answer { span: node.span, answered: None, shape: Shape::Whole(value) });
    }
    let fields = keys::ANSWER.read(node, found)?;
    let list =
        |key: &'static str, found: &mut Diagnostics| fields.get(key).map(|node| cells(node, key, found));
    let statistic = |key: &str, found: &mut Diagnostics| {
        fields.get(key).and_then(|node| statistic(node, found).map(|value| Spanned::new(value, node.span)))
    };
    let parts = Parts {
        counts: list("counts", found),
        tops: list("tops", found),
        bins: list("bins", found),
        most: fields.get("most").and_then(|node| yaml::text(node, found)),
        mean: statistic("mean", found),
        min: statistic("min", found),
        max: statistic("max", found),
    };
    let answered = fields.get("answered").and_then(|node| base(node, found));
    Some(Answer { span: node.span, answered, shape: Shape::Parts(Box::new(parts)) })
}

fn cells(node: &Node, what: &str, found: &mut Diagnostics) -> Vec<(Spanned<String>, Spanned<Value>)> {
    yaml::pairs(node, what, found)
        .unwrap_or_default()
        .iter()
        .filter_map(|entry| value(&entry.value, found).map(|value| (entry.key.clone(), value)))
        .collect()
}

const WORDS: [(&str, Value); 5] = [
    ("few", Value::Few),
    ("nearly-all", Value::NearlyAll),
    ("withheld", Value::Withheld),
    ("unpublished", Value::Unpublished),
    ("mentioned", Value::Mentioned),
];

fn value(node: &Node, found: &mut Diagnostics) -> Option<Spanned<Value>> {
    let value = match &node.kind {
        Kind::Map(entries) if entries.iter().any(|entry| entry.key.value == "percent") => {
            let fields = keys::PERCENTAGE.read(node, found)?;
            Value::Percent(fields.need("percent", found).and_then(|node| decimal(node, found))?)
        }
        Kind::Map(_) => {
            let fields = keys::ROUNDED.read(node, found)?;
            let value = fields.need("rounded", found).and_then(|node| yaml::number(node, found));
            let to = fields.need("to", found).and_then(|node| yaml::number(node, found));
            Value::Rounded { value: value?, to: to? }
        }
        Kind::Scalar { text, plain: true } if text.bytes().all(|b| b.is_ascii_digit()) => {
            Value::Count(yaml::number(node, found)?)
        }
        Kind::Scalar { text, .. } => match WORDS.iter().find(|(word, _)| word == text) {
            Some((_, value)) => value.clone(),
            None => {
                found.push(
                    Diagnostic::new(
                        Code::UnknownValue,
                        node.span,
                        format!("`{text}` is neither a count nor a word for one"),
                    )
                    .help(one_of(text, WORDS.iter().map(|(word, _)| *word))),
                );
                return None;
            }
        },
        Kind::Null => {
            found.push(
                Diagnostic::new(Code::MissingCell, node.span, "nothing is written here")
                    .help("write the count, or `unpublished`; what was not asked is left out altogether"),
            );
            return None;
        }
        Kind::List(_) => {
            yaml::number(node, found);
            return None;
        }
    };
    Some(Spanned::new(value, node.span))
}

fn statistic(node: &Node, found: &mut Diagnostics) -> Option<Statistic> {
    match yaml::scalar(node) {
        Some("withheld") => Some(Statistic::Withheld),
        Some("unpublished") => Some(Statistic::Unpublished),
        _ => decimal(node, found).map(Statistic::Number),
    }
}

/// A decimal number from the text as written, `4.60` keeping its zero.
fn decimal(node: &Node, found: &mut Diagnostics) -> Option<Decimal> {
    let typed = yaml::scalar(node).unwrap_or_default();
    let (whole, fraction) = typed.split_once('.').unwrap_or((typed, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let shaped = (1..=9).contains(&whole.len())
        && digits(whole)
        && digits(fraction)
        && fraction.len() <= 4
        && !typed.ends_with('.');
    let scaled = format!("{whole}{fraction}").parse().ok().filter(|_| shaped);
    let places = u32::try_from(fraction.len()).unwrap_or(0);
    if let Some(scaled) = scaled {
        return Some(Decimal { text: typed.to_owned(), scaled, places });
    }
    found.push(
        Diagnostic::new(Code::WrongType, node.span, format!("a number is due here, not `{typed}`"))
            .help("write it as it is printed, with a point: 4.6"),
    );
    None
}
