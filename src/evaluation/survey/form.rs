//! `forms:` of a survey -> which exports there are, and whose answers each holds.

use super::Survey;
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::evaluation::keys;
use crate::forms::DateOrder;
use crate::source::Spanned;
use crate::yaml::{self, Fields, Kind, Node};
use std::collections::BTreeMap;

/// An export of one form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its file, from the folder that the survey's exports lie in.
    pub file: Spanned<String>,
    /// The wave that it is of; empty where there is one occasion.
    pub wave: String,
    /// Who filled it in.
    pub group: FormGroup,
    /// How dates are written in it, where they are texts.
    pub dates: Option<DateOrder>,
}

/// Who filled in a form.
#[derive(Clone, Debug)]
pub enum FormGroup {
    /// One group.
    One(String),
    /// Several, told apart by a question.
    Asked {
        /// Headers of the question.
        headers: Vec<Spanned<String>>,
        /// Groups, with the answers that mean each.
        answers: Vec<(String, Vec<Spanned<String>>)>,
    },
}

/// The forms of a survey whose groups and waves are known.
pub(super) fn forms(fields: &Fields, survey: &Survey, found: &mut Diagnostics) -> Vec<Form> {
    let items = fields.get("forms").map(|node| yaml::items(node, found)).unwrap_or_default();
    items.iter().filter_map(|item| form(item, survey, found)).collect()
}

fn form(node: &Node, survey: &Survey, found: &mut Diagnostics) -> Option<Form> {
    let fields = keys::FORM.read(node, found)?;
    let file = fields.need("file", found).and_then(|node| yaml::text(node, found));
    let wave = wave(&fields, node, survey, found);
    let group = group(&fields, node, survey, found);
    let dates =
        fields.get("dates").and_then(|node| yaml::word(node, "an order of dates", &keys::ORDERS, found));
    Some(Form { file: file?, wave: wave?, group: group?, dates })
}

fn wave(fields: &Fields, form: &Node, survey: &Survey, found: &mut Diagnostics) -> Option<String> {
    let known = || survey.waves.iter().map(|wave| wave.id.as_str());
    let Some(node) = fields.get("wave") else {
        return match &survey.waves[..] {
            [] => Some(String::new()),
            [only] => Some(only.id.clone()),
            [first, ..] => {
                found.push(
                    Diagnostic::new(
                        Code::MissingKey,
                        form.span,
                        "this form does not say which wave it is of",
                    )
                    .help(format!("add `wave: {}`, or another of the survey's", first.id)),
                );
                None
            }
        };
    };
    let wave = yaml::text(node, found)?;
    if !known().any(|id| id == wave.value) {
        found.push(
            Diagnostic::new(Code::UnknownWave, wave.span, format!("there is no wave `{}`", wave.value))
                .help(one_of(&wave.value, known())),
        );
        return None;
    }
    Some(wave.value)
}

fn group(fields: &Fields, form: &Node, survey: &Survey, found: &mut Diagnostics) -> Option<FormGroup> {
    let strata: Vec<&str> = survey.strata().collect();
    let Some(node) = fields.get("group") else {
        if let [only] = strata[..] {
            return Some(FormGroup::One(only.to_owned()));
        }
        found.push(
            Diagnostic::new(Code::MissingKey, form.span, "this form does not say who filled it in").help(
                "add `group:` with the group, or with the question that tells it: \
                 group: {column: …, answers: {mentee: …, mentor: …}}",
            ),
        );
        return None;
    };
    let reader = Reader { survey, scales: &BTreeMap::new() };
    if !matches!(node.kind, Kind::Map(_)) {
        let group = yaml::text(node, found)?;
        return stratum(&reader, &strata, &group, found).then_some(FormGroup::One(group.value));
    }
    let inner = keys::FORM_GROUP.read(node, found)?;
    let headers = inner.need("column", found).map(|node| yaml::one_or_more(node, found));
    let mut answers = Vec::new();
    let node = inner.need("answers", found);
    for entry in node.and_then(|node| yaml::pairs(node, "answers", found)).unwrap_or_default() {
        if stratum(&reader, &strata, &entry.key, found) {
            answers.push((entry.key.value.clone(), yaml::one_or_more(&entry.value, found)));
        }
    }
    Some(FormGroup::Asked { headers: headers?, answers })
}

/// Whoever fills in a form is of one group that has no parts.
fn stratum(reader: &Reader, strata: &[&str], group: &Spanned<String>, found: &mut Diagnostics) -> bool {
    if !reader.is_group(group, false, found) {
        return false;
    }
    let is_stratum = strata.contains(&group.value.as_str());
    if !is_stratum {
        found.push(
            Diagnostic::new(
                Code::UnknownValue,
                group.span,
                format!("`{}` has parts, and a form is of one of them", group.value),
            )
            .help(one_of(&group.value, strata.iter().copied())),
        );
    }
    is_stratum
}
