//! `evaluations/<survey>/survey.yaml` -> [`Survey`]: the instrument, and what of it will be shown.
//!
//! What is displayed is declared here, before the answers are seen; the release is held against it.

use super::disclosure::{self, Policy};
use crate::config::Text;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::language::Localised;
use crate::path::{file_name, folder, is_id};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::yaml::{self, Fields, Kind, Node};
use std::collections::BTreeMap;

/// The pseudo-group of all who were asked.
pub const EVERYONE: &str = "everyone";

/// Ids that mean something else where an id may stand.
const RESERVED: [&str; 13] = [
    "null",
    "all",
    EVERYONE,
    "page",
    "few",
    "nearly-all",
    "withheld",
    "unpublished",
    "mentioned",
    "most",
    "not-reported",
    "respondents",
    "flow",
];

/// A questionnaire with its groups and waves.
#[derive(Debug)]
pub struct Survey {
    /// Its folder's name.
    pub id: String,
    /// `survey.yaml`.
    pub file: FileId,
    /// Its title.
    pub title: Text,
    /// Groups in the order written.
    pub groups: Vec<Labelled>,
    /// Waves in the order written; empty where there is only one occasion.
    pub waves: Vec<Labelled>,
    /// Questions in the order written.
    pub questions: Vec<Question>,
    /// What the office knows of each edition.
    pub editions: BTreeMap<String, Edition>,
    /// The policy that releases are made under.
    pub policy: Option<Policy>,
    /// What a report says about itself.
    pub report: ReportFacts,
}

/// An id with its words.
#[derive(Clone, Debug)]
pub struct Labelled {
    /// The id.
    pub id: String,
    /// The words.
    pub label: Text,
}

/// How a question is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QuestionKind {
    /// One of several options.
    ChooseOne,
    /// Any number of options.
    ChooseAll,
    /// A point of a verbal scale.
    Scale,
    /// Stars.
    Stars,
    /// A point of a scale of numbers.
    Score,
    /// A number.
    Number,
    /// Free text.
    Text,
    /// About the person: age, role, ethnicity; never crossed with anything.
    About,
}

impl QuestionKind {
    /// Whether each respondent gives one answer, so that counts of all answers sum to those who answered.
    pub fn has_one_answer(self) -> bool {
        !matches!(self, QuestionKind::ChooseAll | QuestionKind::Text)
    }
}

/// What a question counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// People.
    People,
    /// Pairs of mentor and mentee.
    Pairs,
}

/// One thing that is shown of a question's answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Display {
    /// A count for each option.
    Counts,
    /// A count of those at the top of the scale, by the top's name.
    Top(String),
    /// The mean.
    Mean,
    /// The smallest and the largest answer.
    Range,
    /// The most frequent bin, and counts of single bins.
    Bins,
}

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// Where it is declared.
    pub span: Span,
    /// Waves it was asked in; empty where the survey has none.
    pub waves: Vec<String>,
    /// Its words.
    pub ask: Text,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What it counts.
    pub unit: Unit,
    /// Its options, or the points of its scale.
    pub options: Vec<Choice>,
    /// Smallest and largest number, of stars, scores and numbers.
    pub bounds: Option<(u32, u32)>,
    /// Declared splits of a scale.
    pub tops: Vec<Top>,
    /// Declared ranges of a number.
    pub bins: Vec<Bin>,
    /// The groups asked.
    pub asked_of: Vec<String>,
    /// What is shown of each group, or of everyone.
    pub show: BTreeMap<String, Vec<Display>>,
    /// At most so many options could be chosen.
    pub max_choices: Option<u32>,
    /// At least one option had to be chosen.
    pub required: bool,
    /// The codebook of a free text.
    pub themes: Vec<Labelled>,
}

impl Question {
    /// Whether a group was asked this question at all.
    pub fn asks(&self, group: &str) -> bool {
        group == EVERYONE || self.asked_of.iter().any(|asked| asked == group)
    }
}

/// An option, or a point of a scale.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its words.
    pub label: Text,
    /// Groups that were offered it, where not all were.
    pub asked_of: Option<Vec<String>>,
    /// Whoever chose it could choose no other.
    pub exclusive: bool,
}

impl Choice {
    /// Whether a group was offered this option.
    pub fn is_offered_to(&self, group: &str) -> bool {
        group == EVERYONE
            || self.asked_of.as_ref().is_none_or(|asked| asked.iter().any(|asked| asked == group))
    }
}

/// A declared split of a scale.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Top {
    /// Its name.
    pub id: String,
    /// What belongs to it.
    pub of: TopOf,
}

/// What belongs to a split.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TopOf {
    /// Points of a verbal scale.
    Points(Vec<String>),
    /// Numbers from, to.
    Numbers(u32, u32),
}

/// A declared range of a number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bin {
    /// Its name.
    pub id: String,
    /// Smallest number in it.
    pub from: u32,
    /// Largest number in it.
    pub to: u32,
}

/// What the office knows of an edition, to hold the release against.
#[derive(Default, Debug)]
pub struct Edition {
    /// When answers were collected, as written.
    pub collected: Vec<Spanned<String>>,
    /// Unit, step and count.
    pub flow: Vec<(String, String, Spanned<u32>)>,
    /// Thing and count.
    pub tallies: Vec<(String, Spanned<u32>)>,
}

/// What a report says about itself.
#[derive(Clone, Default, Debug)]
pub struct ReportFacts {
    /// "Given Family", in order.
    pub authors: Vec<String>,
    /// Who publishes it.
    pub institution: Option<String>,
    /// Its number in a series.
    pub number: Option<String>,
    /// Search words.
    pub keywords: Vec<String>,
    /// The number of its ethics approval, as written.
    pub ethics: Option<String>,
    /// Who paid.
    pub funding: Option<String>,
    /// Declared interests.
    pub interests: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// Its own DOI.
    pub doi: Option<String>,
    /// Related works.
    pub related: Vec<String>,
}

const KEYS: [&str; 10] = [
    "title",
    "groups",
    "waves",
    "scales",
    "questions",
    "forms",
    "ignore",
    "editions",
    "disclosure",
    "report",
];

/// A scale that several questions share.
struct Scale {
    points: Vec<(String, Text)>,
    bounds: Option<(u32, u32)>,
    tops: Vec<Top>,
}

/// Reads a survey; `None` where the file is not YAML at all.
pub(super) fn read(sources: &Sources, file: FileId, found: &mut Diagnostics) -> Option<Survey> {
    let source = sources.file(file);
    let node = yaml::parse(sources, file, 0..source.text.len(), found)?;
    let fields = yaml::fields(&node, "survey.yaml", &KEYS, found)?;
    let id = file_name(folder(&source.path)).to_owned();
    let span = sources.whole(file);
    if !is_id(&id) {
        found.push(yaml::bad_id(&id, span));
    }
    let title = fields.need("title", found).and_then(|node| yaml::localised(node, found));
    let groups = fields
        .need("groups", found)
        .map(|node| labelled(node, "groups", &["part_of"], found))
        .unwrap_or_default();
    let waves = fields.get("waves").map(|node| labelled(node, "waves", &[], found)).unwrap_or_default();
    let scales = fields.get("scales").map(|node| scales(node, found)).unwrap_or_default();
    let mut survey = Survey {
        title: title.unwrap_or_else(|| Localised::everywhere(Spanned::new(id.clone(), span))),
        id,
        file,
        groups,
        waves,
        questions: Vec::new(),
        editions: BTreeMap::new(),
        policy: None,
        report: fields.get("report").map(|node| report(node, found)).unwrap_or_default(),
    };
    let mut questions: Vec<Question> = Vec::new();
    for node in fields.need("questions", found).map(|node| yaml::items(node, found)).unwrap_or_default() {
        let Some(question) = Reader { survey: &survey, scales: &scales }.question(node, found) else {
            continue;
        };
        if let Some(first) = questions.iter().find(|other| other.id == question.id) {
            found.push(
                Diagnostic::new(
                    Code::DuplicateId,
                    question.span,
                    format!("two questions have the id `{}`", question.id),
                )
                .related(first.span, "first here")
                .help("rename one of the two"),
            );
            continue;
        }
        questions.push(question);
    }
    survey.questions = questions;
    if let Some(node) = fields.get("editions") {
        for entry in yaml::pairs(node, "editions", found).unwrap_or_default() {
            let edition = edition(&entry.value, found);
            survey.editions.insert(entry.key.value.clone(), edition);
        }
    }
    survey.policy = fields.need("disclosure", found).and_then(|node| disclosure::read(node, found));
    forms(&fields, &survey, found);
    Some(survey)
}

/// `{mentee: Mentees}` or `{mentee: {label: Mentees, part_of: women}}`.
fn labelled(node: &Node, what: &'static str, more: &[&str], found: &mut Diagnostics) -> Vec<Labelled> {
    let mut list = Vec::new();
    for entry in yaml::pairs(node, what, found).unwrap_or_default() {
        check_id(&entry.key, found);
        let label = match &entry.value.kind {
            Kind::Map(inner) if inner.iter().any(|inner| inner.key.value == "label") => {
                let known: Vec<&str> = std::iter::once("label").chain(more.iter().copied()).collect();
                yaml::fields(&entry.value, "a group", &known, found).and_then(|fields| {
                    fields.need("label", found).and_then(|node| yaml::localised(node, found))
                })
            }
            _ => yaml::localised(&entry.value, found),
        };
        if let Some(label) = label {
            list.push(Labelled { id: entry.key.value.clone(), label });
        }
    }
    list
}

fn check_id(id: &Spanned<String>, found: &mut Diagnostics) {
    if !is_id(&id.value) {
        found.push(yaml::bad_id(&id.value, id.span));
    } else if RESERVED.contains(&id.value.as_str()) {
        found.push(
            Diagnostic::new(
                Code::ReservedId,
                id.span,
                format!("`{}` means something else in a survey", id.value),
            )
            .help("choose another id"),
        );
    }
}

fn scales(node: &Node, found: &mut Diagnostics) -> BTreeMap<String, Scale> {
    let mut scales = BTreeMap::new();
    for entry in yaml::pairs(node, "scales", found).unwrap_or_default() {
        let Some(fields) =
            yaml::fields(&entry.value, "a scale", &["points", "middle", "from", "to", "tops"], found)
        else {
            continue;
        };
        let mut points: Vec<(String, Text)> = Vec::new();
        for item in fields.get("points").map(|node| yaml::items(node, found)).unwrap_or_default() {
            let point = match &item.kind {
                Kind::Map(_) => yaml::fields(item, "a point", &["id", "label"], found).and_then(|fields| {
                    let id = fields.need("id", found).and_then(|node| yaml::text(node, found))?;
                    let label = fields.need("label", found).and_then(|node| yaml::localised(node, found))?;
                    Some((id, label))
                }),
                _ => yaml::text(item, found).map(|id| {
                    let label = Localised::everywhere(Spanned::new(words_of(&id.value), id.span));
                    (id, label)
                }),
            };
            if let Some((id, label)) = point {
                check_id(&id, found);
                points.push((id.value, label));
            }
        }
        let ids: Vec<&str> = points.iter().map(|(id, _)| id.as_str()).collect();
        if let Some(middle) = fields.get("middle").and_then(|node| yaml::text(node, found)) {
            unknown_point(&middle, &ids, found);
        }
        let bounds = bounds(&fields, found);
        let tops = fields.get("tops").map(|node| tops(node, &ids, bounds, found)).unwrap_or_default();
        scales.insert(entry.key.value.clone(), Scale { points, bounds, tops });
    }
    scales
}

/// An id as words: `strongly-agree` is "Strongly agree".
pub(super) fn words_of(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

fn unknown_point(typed: &Spanned<String>, points: &[&str], found: &mut Diagnostics) {
    if !points.contains(&typed.value.as_str()) {
        found.push(
            Diagnostic::new(
                Code::UnknownOption,
                typed.span,
                format!("`{}` is not a point of this scale", typed.value),
            )
            .help(one_of(&typed.value, points.iter().copied())),
        );
    }
}

fn bounds(fields: &Fields, found: &mut Diagnostics) -> Option<(u32, u32)> {
    let from = fields.get("from").and_then(|node| yaml::number(node, found));
    let to = fields.get("to").and_then(|node| yaml::number(node, found));
    match (from, to) {
        (Some(from), Some(to)) if from < to => Some((from, to)),
        (Some(from), Some(to)) => {
            if let Some(node) = fields.get("to") {
                found.push(
                    Diagnostic::new(
                        Code::UnknownValue,
                        node.span,
                        format!("a scale from {from} to {to} has no points"),
                    )
                    .help("write the larger number after `to`"),
                );
            }
            None
        }
        _ => None,
    }
}

fn tops(node: &Node, points: &[&str], bounds: Option<(u32, u32)>, found: &mut Diagnostics) -> Vec<Top> {
    let mut tops = Vec::new();
    for entry in yaml::pairs(node, "tops", found).unwrap_or_default() {
        check_id(&entry.key, found);
        let items = yaml::items(&entry.value, found);
        let of = if bounds.is_some() {
            match range(&entry.value, items, found) {
                Some((from, to)) => TopOf::Numbers(from, to),
                None => continue,
            }
        } else {
            let chosen: Vec<Spanned<String>> =
                items.iter().filter_map(|item| yaml::text(item, found)).collect();
            for point in &chosen {
                unknown_point(point, points, found);
            }
            TopOf::Points(chosen.into_iter().map(|point| point.value).collect())
        };
        tops.push(Top { id: entry.key.value.clone(), of });
    }
    tops
}

/// `[7, 10]`.
fn range(node: &Node, items: &[Node], found: &mut Diagnostics) -> Option<(u32, u32)> {
    let numbers: Vec<u32> = items.iter().filter_map(|item| yaml::number(item, found)).collect();
    match numbers[..] {
        [from, to] if from <= to => Some((from, to)),
        _ => {
            found.push(
                Diagnostic::new(Code::WrongType, node.span, "a range is due here")
                    .help("write its two ends: [7, 10]"),
            );
            None
        }
    }
}

struct Reader<'a> {
    survey: &'a Survey,
    scales: &'a BTreeMap<String, Scale>,
}

const KINDS: [(&str, QuestionKind); 8] = [
    ("choose-one", QuestionKind::ChooseOne),
    ("choose-all", QuestionKind::ChooseAll),
    ("scale", QuestionKind::Scale),
    ("stars", QuestionKind::Stars),
    ("score", QuestionKind::Score),
    ("number", QuestionKind::Number),
    ("text", QuestionKind::Text),
    ("about", QuestionKind::About),
];

const QUESTION_KEYS: [&str; 19] = [
    "id",
    "waves",
    "ask",
    "type",
    "unit",
    "column",
    "options",
    "scale",
    "from",
    "to",
    "tops",
    "bins",
    "asked_of",
    "asked_if",
    "show",
    "required",
    "max_choices",
    "themes",
    "coded",
];

impl Reader<'_> {
    fn question(&self, node: &Node, found: &mut Diagnostics) -> Option<Question> {
        let fields = yaml::fields(node, "a question", &QUESTION_KEYS, found)?;
        let id = fields.need("id", found).and_then(|node| yaml::text(node, found));
        let ask = fields.need("ask", found).and_then(|node| yaml::localised(node, found));
        let kind =
            fields.need("type", found).and_then(|node| yaml::word(node, "a type of question", &KINDS, found));
        let (id, ask, kind) = (id?, ask?, kind?);
        check_id(&id, found);
        let scale = fields.get("scale").and_then(|node| yaml::text(node, found)).and_then(|name| {
            let scale = self.scales.get(&name.value);
            if scale.is_none() {
                found.push(
                    Diagnostic::new(
                        Code::UnknownValue,
                        name.span,
                        format!("there is no scale `{}`", name.value),
                    )
                    .help(one_of(&name.value, self.scales.keys().map(String::as_str))),
                );
            }
            scale
        });
        let own_bounds = bounds(&fields, found);
        let bounds = own_bounds.or(scale.and_then(|scale| scale.bounds));
        let options = self.options(&fields, scale, found);
        let points: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
        let mut tops = scale.map(|scale| scale.tops.clone()).unwrap_or_default();
        if let Some(node) = fields.get("tops") {
            tops = self::tops(node, &points, bounds, found);
        }
        let asked_of = match fields.get("asked_of") {
            Some(node) => self.group_list(node, found),
            None => self.survey.groups.iter().map(|group| group.id.clone()).collect(),
        };
        let waves = self.waves(&fields, &id, found);
        if let Some(node) = fields.get("coded") {
            yaml::word(node, "a way of coding", &[("one", ()), ("all", ())], found);
        }
        let mut question = Question {
            span: id.span,
            id: id.value,
            waves,
            ask,
            kind,
            unit: fields
                .get("unit")
                .and_then(|node| {
                    yaml::word(node, "a unit", &[("people", Unit::People), ("pairs", Unit::Pairs)], found)
                })
                .unwrap_or(Unit::People),
            options,
            bounds,
            tops,
            bins: fields.get("bins").map(|node| bins(node, found)).unwrap_or_default(),
            asked_of,
            show: BTreeMap::new(),
            max_choices: fields.get("max_choices").and_then(|node| yaml::number(node, found)),
            required: fields.get("required").and_then(|node| yaml::boolean(node, found)).unwrap_or(false),
            themes: fields.get("themes").map(|node| themes(node, found)).unwrap_or_default(),
        };
        question.show = self.show(&fields, &question, found);
        self.fits(&question, found);
        Some(question)
    }

    /// What a type of question must have.
    fn fits(&self, question: &Question, found: &mut Diagnostics) {
        use QuestionKind::{About, ChooseAll, ChooseOne, Scale, Score, Stars};
        let missing = match question.kind {
            ChooseOne | ChooseAll | About if question.options.is_empty() => {
                Some(("options", "options: [{id: …, label: …}]"))
            }
            Scale if question.options.is_empty() => {
                Some(("scale", "scale: and the name of a scale with points"))
            }
            Stars | Score if question.bounds.is_none() => {
                Some(("from` and `to", "from: 1 and to: 5, or the name of a scale that has them"))
            }
            _ => None,
        };
        if let Some((key, line)) = missing {
            found.push(
                Diagnostic::new(
                    Code::MissingKey,
                    question.span,
                    format!("the question `{}` needs `{key}`", question.id),
                )
                .help(format!("add {line}")),
            );
        }
    }

    fn waves(&self, fields: &Fields, id: &Spanned<String>, found: &mut Diagnostics) -> Vec<String> {
        let known: Vec<&str> = self.survey.waves.iter().map(|wave| wave.id.as_str()).collect();
        let Some(node) = fields.get("waves") else {
            if known.len() > 1 {
                found.push(
                    Diagnostic::new(
                        Code::MissingKey,
                        id.span,
                        format!("the question `{}` does not say in which wave it was asked", id.value),
                    )
                    .help(format!(
                        "add `waves: [{}]`, or those of them that it was asked in",
                        known.join(", ")
                    )),
                );
            }
            return known.first().map(|wave| vec![(*wave).to_owned()]).unwrap_or_default();
        };
        let mut waves = Vec::new();
        for item in yaml::items(node, found) {
            let Some(wave) = yaml::text(item, found) else { continue };
            if known.contains(&wave.value.as_str()) {
                waves.push(wave.value);
            } else {
                found.push(
                    Diagnostic::new(
                        Code::UnknownWave,
                        wave.span,
                        format!("there is no wave `{}`", wave.value),
                    )
                    .help(one_of(&wave.value, known.iter().copied())),
                );
            }
        }
        waves
    }

    fn group_list(&self, node: &Node, found: &mut Diagnostics) -> Vec<String> {
        let mut groups = Vec::new();
        for item in yaml::items(node, found) {
            let Some(group) = yaml::text(item, found) else { continue };
            if self.is_group(&group, false, found) {
                groups.push(group.value);
            }
        }
        groups
    }

    fn is_group(&self, typed: &Spanned<String>, everyone: bool, found: &mut Diagnostics) -> bool {
        let known = self.survey.groups.iter().any(|group| group.id == typed.value)
            || (everyone && typed.value == EVERYONE);
        if !known {
            found.push(
                Diagnostic::new(
                    Code::UnknownGroup,
                    typed.span,
                    format!("there is no group `{}`", typed.value),
                )
                .help(one_of(&typed.value, self.survey.groups.iter().map(|group| group.id.as_str()))),
            );
        }
        known
    }

    fn options(&self, fields: &Fields, scale: Option<&Scale>, found: &mut Diagnostics) -> Vec<Choice> {
        let Some(node) = fields.get("options") else {
            return scale
                .map(|scale| {
                    let points = scale.points.iter();
                    points
                        .map(|(id, label)| Choice {
                            id: id.clone(),
                            label: label.clone(),
                            asked_of: None,
                            exclusive: false,
                        })
                        .collect()
                })
                .unwrap_or_default();
        };
        let mut options: Vec<Choice> = Vec::new();
        for item in yaml::items(node, found) {
            let known = ["id", "label", "in_form", "asked_of", "other", "exclusive"];
            let Some(option) = yaml::fields(item, "an option", &known, found) else { continue };
            let id = option.need("id", found).and_then(|node| yaml::text(node, found));
            let label = option.need("label", found).and_then(|node| yaml::localised(node, found));
            let asked_of = option.get("asked_of").map(|node| self.group_list(node, found));
            let exclusive =
                option.get("exclusive").and_then(|node| yaml::boolean(node, found)).unwrap_or(false);
            if let Some(node) = option.get("other") {
                yaml::boolean(node, found);
            }
            if let Some(node) = option.get("in_form") {
                texts(node, found);
            }
            let (Some(id), Some(label)) = (id, label) else { continue };
            check_id(&id, found);
            if options.iter().any(|other| other.id == id.value) {
                found.push(
                    Diagnostic::new(
                        Code::DuplicateId,
                        id.span,
                        format!("two options have the id `{}`", id.value),
                    )
                    .help("rename one of the two"),
                );
                continue;
            }
            options.push(Choice { id: id.value, label, asked_of, exclusive });
        }
        options
    }

    /// `show: counts`, `show: {mentee: agreed, mentor: [mean, range]}` or `show: {everyone: counts}`.
    fn show(
        &self,
        fields: &Fields,
        question: &Question,
        found: &mut Diagnostics,
    ) -> BTreeMap<String, Vec<Display>> {
        let usual = if question.options.is_empty() { Vec::new() } else { vec![Display::Counts] };
        let for_all = |displays: &Vec<Display>| {
            question.asked_of.iter().map(|group| (group.clone(), displays.clone())).collect()
        };
        let Some(node) = fields.get("show") else {
            if !matches!(question.kind, QuestionKind::Text) && usual.is_empty() {
                found.push(
                    Diagnostic::new(
                        Code::MissingKey,
                        question.span,
                        format!("the question `{}` does not say what is shown of its answers", question.id),
                    )
                    .help("add `show:` with counts, a top's name, mean, range, bins or nothing"),
                );
            }
            return if question.kind == QuestionKind::Text { BTreeMap::new() } else { for_all(&usual) };
        };
        let Kind::Map(entries) = &node.kind else {
            let displays = self.displays(node, question, found);
            return for_all(&displays);
        };
        let mut show = BTreeMap::new();
        for entry in entries {
            if !self.is_group(&entry.key, true, found) {
                continue;
            }
            if !question.asks(&entry.key.value) {
                found.push(
                    Diagnostic::new(
                        Code::NotAsked,
                        entry.key.span,
                        format!("`{}` was not asked `{}`", entry.key.value, question.id),
                    )
                    .help("take it out of `show`, or add the group to `asked_of`"),
                );
            }
            show.insert(entry.key.value.clone(), self.displays(&entry.value, question, found));
        }
        if !show.contains_key(EVERYONE) {
            for group in question.asked_of.iter().filter(|group| !show.contains_key(*group)) {
                found.push(
                    Diagnostic::new(
                        Code::MissingKey,
                        node.span,
                        format!("`show` does not say what is shown of `{group}`"),
                    )
                    .help(format!("add `{group}: counts`, another display, or `{group}: nothing`")),
                );
            }
        }
        show
    }

    fn displays(&self, node: &Node, question: &Question, found: &mut Diagnostics) -> Vec<Display> {
        let one = std::slice::from_ref(node);
        let items = if matches!(node.kind, Kind::List(_)) { yaml::items(node, found) } else { one };
        let mut displays = Vec::new();
        for item in items {
            let Some(typed) = yaml::text(item, found) else { continue };
            let display = match typed.value.as_str() {
                "nothing" => continue,
                "counts" if !question.options.is_empty() => Some(Display::Counts),
                "mean" if !matches!(question.kind, QuestionKind::ChooseAll | QuestionKind::ChooseOne) => {
                    Some(Display::Mean)
                }
                "range" if question.options.is_empty() => Some(Display::Range),
                "bins" if !question.bins.is_empty() => Some(Display::Bins),
                name => {
                    question.tops.iter().find(|top| top.id == name).map(|top| Display::Top(top.id.clone()))
                }
            };
            match display {
                Some(display) => displays.push(display),
                None => {
                    let tops = question.tops.iter().map(|top| top.id.as_str());
                    let mut known: Vec<&str> = tops.collect();
                    if question.options.is_empty() {
                        known.extend(["mean", "range"]);
                    } else {
                        known.push("counts");
                    }
                    known.push("nothing");
                    found.push(
                        Diagnostic::new(
                            Code::UnknownValue,
                            typed.span,
                            format!("`{}` cannot be shown of `{}`", typed.value, question.id),
                        )
                        .help(one_of(&typed.value, known.iter().copied())),
                    );
                }
            }
        }
        displays
    }
}

fn bins(node: &Node, found: &mut Diagnostics) -> Vec<Bin> {
    let mut bins = Vec::new();
    for entry in yaml::pairs(node, "bins", found).unwrap_or_default() {
        check_id(&entry.key, found);
        let items = yaml::items(&entry.value, found);
        if let Some((from, to)) = range(&entry.value, items, found) {
            bins.push(Bin { id: entry.key.value.clone(), from, to });
        }
    }
    bins
}

fn themes(node: &Node, found: &mut Diagnostics) -> Vec<Labelled> {
    let mut themes = Vec::new();
    for item in yaml::items(node, found) {
        let Some(fields) = yaml::fields(item, "a theme", &["id", "label", "level", "when"], found) else {
            continue;
        };
        let id = fields.need("id", found).and_then(|node| yaml::text(node, found));
        let label = fields.need("label", found).and_then(|node| yaml::localised(node, found));
        if let Some(node) = fields.get("level") {
            yaml::localised(node, found);
        }
        if let Some(node) = fields.get("when") {
            yaml::pairs(node, "when", found);
        }
        if let (Some(id), Some(label)) = (id, label) {
            check_id(&id, found);
            themes.push(Labelled { id: id.value, label });
        }
    }
    themes
}

/// A text or a list of texts.
fn texts(node: &Node, found: &mut Diagnostics) -> Vec<String> {
    match node.kind {
        Kind::List(_) => yaml::items(node, found)
            .iter()
            .filter_map(|item| yaml::text(item, found))
            .map(|text| text.value)
            .collect(),
        _ => yaml::text(node, found).map(|text| text.value).into_iter().collect(),
    }
}

fn edition(node: &Node, found: &mut Diagnostics) -> Edition {
    let Some(fields) =
        yaml::fields(node, "an edition", &["collected", "includes", "invited", "flow", "tallies"], found)
    else {
        return Edition::default();
    };
    Edition {
        collected: fields.get("collected").map(|node| collected(node, found)).unwrap_or_default(),
        flow: fields.get("flow").map(|node| flow(node, found)).unwrap_or_default(),
        tallies: fields.get("tallies").map(|node| counts(node, "tallies", found)).unwrap_or_default(),
    }
}

/// `[2022-02-11, 2023-07]`, one day or month, or `not-reported`.
pub(super) fn collected(node: &Node, found: &mut Diagnostics) -> Vec<Spanned<String>> {
    if yaml::scalar(node) == Some("not-reported") {
        return Vec::new();
    }
    match node.kind {
        Kind::List(_) => {
            yaml::items(node, found).iter().filter_map(|item| yaml::day_or_month(item, found)).collect()
        }
        _ => yaml::day_or_month(node, found).into_iter().collect(),
    }
}

/// `{women: {registered: 33}}` -> unit, step, count.
pub(super) fn flow(node: &Node, found: &mut Diagnostics) -> Vec<(String, String, Spanned<u32>)> {
    let mut steps = Vec::new();
    for unit in yaml::pairs(node, "flow", found).unwrap_or_default() {
        check_id(&unit.key, found);
        for (step, count) in counts(&unit.value, "steps with their counts", found) {
            steps.push((unit.key.value.clone(), step, count));
        }
    }
    steps
}

/// `{universities: 22}`.
pub(super) fn counts(node: &Node, what: &str, found: &mut Diagnostics) -> Vec<(String, Spanned<u32>)> {
    let mut counts = Vec::new();
    for entry in yaml::pairs(node, what, found).unwrap_or_default() {
        check_id(&entry.key, found);
        if let Some(count) = yaml::number(&entry.value, found) {
            counts.push((entry.key.value.clone(), Spanned::new(count, entry.value.span)));
        }
    }
    counts
}

fn report(node: &Node, found: &mut Diagnostics) -> ReportFacts {
    let known = [
        "authors",
        "institution",
        "number",
        "keywords",
        "ethics",
        "funding",
        "interests",
        "licence",
        "doi",
        "related",
    ];
    let Some(fields) = yaml::fields(node, "report", &known, found) else { return ReportFacts::default() };
    let text = |key: &str, found: &mut Diagnostics| {
        fields.get(key).and_then(|node| yaml::text(node, found)).map(|text| text.value)
    };
    let mut authors = Vec::new();
    for item in fields.get("authors").map(|node| yaml::items(node, found)).unwrap_or_default() {
        let Some(author) = yaml::fields(item, "an author", &["family", "given"], found) else { continue };
        let family = author.need("family", found).and_then(|node| yaml::text(node, found));
        let given = author.get("given").and_then(|node| yaml::text(node, found));
        if let Some(family) = family {
            authors.push(
                given.map_or(family.value.clone(), |given| format!("{} {}", given.value, family.value)),
            );
        }
    }
    ReportFacts {
        authors,
        institution: text("institution", found),
        number: text("number", found),
        keywords: fields.get("keywords").map(|node| texts(node, found)).unwrap_or_default(),
        ethics: text("ethics", found),
        funding: text("funding", found),
        interests: text("interests", found),
        licence: text("licence", found),
        doi: text("doi", found),
        related: fields.get("related").map(|node| texts(node, found)).unwrap_or_default(),
    }
}

/// How exports are read matters only to the command that reads them; here it has to be well formed.
fn forms(fields: &Fields, survey: &Survey, found: &mut Diagnostics) {
    let reader = Reader { survey, scales: &BTreeMap::new() };
    for item in fields.get("forms").map(|node| yaml::items(node, found)).unwrap_or_default() {
        let Some(form) = yaml::fields(item, "a form", &["wave", "group", "file", "dates", "language"], found)
        else {
            continue;
        };
        form.need("file", found).and_then(|node| yaml::text(node, found));
        if let Some(group) = form.get("group").and_then(|node| yaml::text(node, found)) {
            reader.is_group(&group, false, found);
        }
        if let Some(wave) = form.get("wave").and_then(|node| yaml::text(node, found))
            && !survey.waves.iter().any(|known| known.id == wave.value)
        {
            found.push(
                Diagnostic::new(Code::UnknownWave, wave.span, format!("there is no wave `{}`", wave.value))
                    .help(one_of(&wave.value, survey.waves.iter().map(|wave| wave.id.as_str()))),
            );
        }
        if let Some(dates) = form.get("dates") {
            yaml::word(dates, "an order of dates", &[("mdy", ()), ("dmy", ()), ("iso", ())], found);
        }
    }
    if let Some(node) = fields.get("ignore") {
        texts(node, found);
    }
}
