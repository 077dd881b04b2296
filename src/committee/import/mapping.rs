//! `private/registration.yaml` -> [`Mapping`]: which column of a registration form is what.

use super::field::{Field, TERMS};
use super::keys::{ASKED, COLUMNS, OTHERWISE, REGISTRATION, ROLES};
use crate::config::Vocabulary;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::directory::Purpose;
use crate::forms::{DateOrder, plain, plain_parts};
use crate::language::Language;
use crate::source::{FileId, Sources, Span, Spanned};
use crate::yaml::{self, Fields, Kind, Node};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Where it lies in a site's folder.
pub(super) const PATH: &str = "private/registration.yaml";

/// What `registration.yaml` says.
#[derive(Debug)]
pub(super) struct Mapping {
    /// The file's first line.
    pub(super) span: Span,
    /// The column of the time of sending, where Forms' own is not to be used.
    pub(super) completed: Option<Spanned<String>>,
    /// The order of dates written as texts.
    pub(super) dates: Option<DateOrder>,
    /// The column of the address by which people are known.
    pub(super) email: Option<Spanned<String>>,
    /// Fields and the headers of their columns.
    pub(super) columns: Vec<(Field, Spanned<String>)>,
    /// Who wants to be a mentor.
    pub(super) roles: Option<Roles>,
    /// Who has agreed to what.
    pub(super) consent: Vec<(Purpose, Question)>,
    /// Answers in [`plain`] form, and the words they stand for.
    pub(super) terms: BTreeMap<Field, BTreeMap<String, String>>,
    /// What a field is where nothing was answered, or nobody was asked.
    pub(super) otherwise: BTreeMap<Field, String>,
    /// Headers of columns that are knowingly not read.
    pub(super) ignore: Vec<Spanned<String>>,
}

/// How answers give roles.
#[derive(Debug)]
pub(super) enum Roles {
    /// The form is for mentors alone.
    Mentors,
    /// A question asks, with these answers in [`plain`] form.
    Asked {
        /// Its header.
        column: Spanned<String>,
        /// Answers, and the roles they give.
        answers: BTreeMap<String, Vec<&'static str>>,
    },
}

/// A question for consent.
#[derive(Debug)]
pub(super) struct Question {
    /// Its header.
    pub(super) column: Spanned<String>,
    /// Answers in [`plain`] form that give consent.
    pub(super) yes: Vec<String>,
    /// Answers that do not.
    pub(super) no: Vec<String>,
    /// Wordings with the first day on which the form had each, in the order of days.
    pub(super) wordings: Vec<(Option<Date>, String)>,
}

impl Question {
    /// The wording that stood in the form on a day.
    pub(super) fn wording(&self, day: Date) -> Option<&str> {
        let mut until = self.wordings.iter().rev();
        until.find(|(from, _)| from.is_none_or(|from| from <= day)).map(|(_, wording)| wording.as_str())
    }
}

impl Mapping {
    /// Reads the file.
    pub(super) fn read(
        sources: &Sources,
        file: FileId,
        vocabulary: &Vocabulary,
        found: &mut Diagnostics,
    ) -> Option<Mapping> {
        let text = &sources.file(file).text;
        let before = found.len();
        let Some(node) = yaml::parse(sources, file, 0..text.len(), found) else {
            if found.len() == before {
                let finding =
                    Diagnostic::new(Code::MissingKey, sources.whole(file), "registration.yaml is empty");
                found.push(
                    finding.help("remove it and let the program write a draft: mentors import EXPORT --init"),
                );
            }
            return None;
        };
        let fields = REGISTRATION.read(&node, found)?;
        let (email, columns) = columns(&fields, found);
        let otherwise = otherwise(&fields, vocabulary, found);
        let mapping = Mapping {
            span: sources.whole(file),
            completed: fields.get("completed").and_then(|node| yaml::text(node, found)),
            dates: fields.filled("dates", found).and_then(|node| order(node, found)),
            email,
            columns,
            roles: fields.need("roles", found).and_then(|node| roles(node, found)),
            consent: fields.need("consent", found).map(|node| consent(node, found)).unwrap_or_default(),
            terms: fields.get("terms").map(|node| terms(node, vocabulary, found)).unwrap_or_default(),
            otherwise,
            ignore: headers(fields.get("ignore"), found),
        };
        if let Some(place) = fields.key_span("columns") {
            mapping.look_for_what_is_needed(place, found);
        }
        Some(mapping)
    }

    fn look_for_what_is_needed(&self, place: Span, found: &mut Diagnostics) {
        if self.email.is_none() {
            found.push(
                Diagnostic::new(Code::MissingKey, place, "`columns` needs `email`: people are known by it")
                    .help(
                        "write `email:` and the question that asks for it, as in the first row of the export",
                    ),
            );
        }
        for field in Field::NEEDED {
            let is_asked = self.columns.iter().any(|(other, _)| *other == field);
            if !is_asked && (field == Field::Name || !self.otherwise.contains_key(&field)) {
                let name = field.name();
                let help = if field == Field::Name {
                    "write `name:` and the question that asks for it".to_owned()
                } else {
                    format!(
                        "write `{name}:` and the question that asks for it; if the form has none, say what to write instead: `otherwise: {{{name}: …}}`"
                    )
                };
                found.push(
                    Diagnostic::new(
                        Code::MissingKey,
                        place,
                        format!("`columns` needs `{name}`: no profile is without it"),
                    )
                    .help(help),
                );
            }
        }
    }
}

fn order(node: &Node, found: &mut Diagnostics) -> Option<DateOrder> {
    let orders = [("mdy", DateOrder::MonthFirst), ("dmy", DateOrder::DayFirst), ("iso", DateOrder::Iso)];
    yaml::word(node, "an order of dates", &orders, found)
}

type Columns = (Option<Spanned<String>>, Vec<(Field, Spanned<String>)>);

fn columns(fields: &Fields, found: &mut Diagnostics) -> Columns {
    let Some(map) =
        fields.need("columns", found).and_then(|node| yaml::fields(node, "columns", &COLUMNS, found))
    else {
        return (None, Vec::new());
    };
    let columns = Field::COLUMNS
        .iter()
        .filter_map(|(name, field)| Some((*field, map.get(name).and_then(|node| yaml::text(node, found))?)));
    let columns = columns.collect();
    (map.get("email").and_then(|node| yaml::text(node, found)), columns)
}

fn roles(node: &Node, found: &mut Diagnostics) -> Option<Roles> {
    if let Kind::Scalar { .. } = node.kind {
        yaml::word(node, "a role that all who register have", &[("mentor", ())], found)?;
        return Some(Roles::Mentors);
    }
    let map = ROLES.read(node, found)?;
    let column = map.need("column", found).and_then(|node| yaml::text(node, found))?;
    let mut answers = BTreeMap::new();
    for (key, roles) in
        [("mentor", vec!["mentor"]), ("mentee", vec!["mentee"]), ("both", vec!["mentor", "mentee"])]
    {
        for answer in headers(map.get(key), found) {
            answers.insert(plain(&answer.value), roles.clone());
        }
    }
    if !answers.values().any(|roles| roles.contains(&"mentor")) {
        found.push(
            Diagnostic::new(Code::MissingKey, map.span, "`roles` names no answer of mentors")
                .help("write the answer as it stands in the form: mentor: [\"A mentor\"]"),
        );
    }
    Some(Roles::Asked { column, answers })
}

fn consent(node: &Node, found: &mut Diagnostics) -> Vec<(Purpose, Question)> {
    let names = Purpose::ALL.map(|(name, _)| name);
    let Some(map) = yaml::fields(node, "consent", &names, found) else { return Vec::new() };
    map.need("profile", found);
    let mut questions = Vec::new();
    for (name, purpose) in Purpose::ALL {
        let question = map.get(name).and_then(|node| question(node, found));
        questions.extend(question.map(|question| (purpose, question)));
    }
    questions
}

fn question(node: &Node, found: &mut Diagnostics) -> Option<Question> {
    let map = ASKED.read(node, found)?;
    let column = map.need("column", found).and_then(|node| yaml::text(node, found));
    let plain_of = |node: Option<&Node>, found: &mut Diagnostics| {
        headers(node, found).iter().map(|answer| plain(&answer.value)).collect::<Vec<_>>()
    };
    let yes = plain_of(map.need("yes", found), found);
    let no = plain_of(map.get("no"), found);
    if let Some(both) = yes.iter().find(|answer| no.contains(answer)) {
        found.push(
            Diagnostic::new(
                Code::UnknownValue,
                map.span,
                format!("\"{both}\" stands under `yes` and under `no`"),
            )
            .help("keep one of the two"),
        );
    }
    let wordings = map.need("wording", found).map(|node| wordings(node, found)).unwrap_or_default();
    Some(Question { column: column?, yes, no, wordings })
}

/// `v3`, or `{v2: 2025-09-01, v3: 2026-09-01}`.
fn wordings(node: &Node, found: &mut Diagnostics) -> Vec<(Option<Date>, String)> {
    let Kind::Map(entries) = &node.kind else {
        return yaml::text(node, found).map(|text| vec![(None, text.value)]).unwrap_or_default();
    };
    let mut wordings: Vec<(Option<Date>, String)> = entries
        .iter()
        .filter_map(|entry| Some((Some(yaml::date(&entry.value, found)?), entry.key.value.clone())))
        .collect();
    wordings.sort();
    wordings
}

fn terms(
    node: &Node,
    vocabulary: &Vocabulary,
    found: &mut Diagnostics,
) -> BTreeMap<Field, BTreeMap<String, String>> {
    let known = Field::COLUMNS.into_iter().filter(|(name, _)| TERMS.contains(name));
    let Some(map) = yaml::fields(node, "terms", &TERMS, found) else { return BTreeMap::new() };
    let mut terms = BTreeMap::new();
    for (name, field) in known {
        let Some(pairs) = map.get(name).and_then(|node| yaml::pairs(node, name, found)) else { continue };
        let mut of_field = BTreeMap::new();
        for entry in pairs {
            if let Some(word) = word_of(field, &entry.value, vocabulary, found) {
                of_field.insert(plain_parts(&entry.key.value), word);
            }
        }
        terms.insert(field, of_field);
    }
    terms
}

fn otherwise(fields: &Fields, vocabulary: &Vocabulary, found: &mut Diagnostics) -> BTreeMap<Field, String> {
    let known = Field::COLUMNS.iter().filter(|(name, _)| OTHERWISE.contains(name));
    let Some(map) =
        fields.get("otherwise").and_then(|node| yaml::fields(node, "otherwise", &OTHERWISE, found))
    else {
        return BTreeMap::new();
    };
    let words =
        known.filter_map(|(name, field)| Some((*field, word_of(*field, map.get(name)?, vocabulary, found)?)));
    words.collect()
}

/// A word of a record's own: an id of the vocabulary, a language, a number.
fn word_of(field: Field, node: &Node, vocabulary: &Vocabulary, found: &mut Diagnostics) -> Option<String> {
    if field == Field::Capacity {
        return yaml::number(node, found).map(|number| number.to_string());
    }
    let typed = yaml::text(node, found)?;
    let help = match field {
        Field::Languages if Language::read(&typed.value).is_none() => {
            "write the code of a language: en, cy".to_owned()
        }
        Field::Pathway if !matches!(typed.value.as_str(), "clinical" | "non-clinical") => {
            one_of(&typed.value, ["clinical", "non-clinical"])
        }
        _ => match field.facet().map(|facet| vocabulary.terms(facet)) {
            Some(terms) if terms.get(&typed.value).is_none() => terms.suggest(&typed.value),
            _ => return Some(typed.value),
        },
    };
    let message = format!("`{}` is not a word that a profile may have as {}", typed.value, field.name());
    found.push(Diagnostic::new(Code::UnknownValue, typed.span, message).help(help));
    None
}

/// A text or a list of texts, with their places.
fn headers(node: Option<&Node>, found: &mut Diagnostics) -> Vec<Spanned<String>> {
    match node {
        Some(node) if matches!(node.kind, Kind::List(_)) => {
            yaml::items(node, found).iter().filter_map(|item| yaml::text(item, found)).collect()
        }
        Some(node) => yaml::text(node, found).into_iter().collect(),
        None => Vec::new(),
    }
}
