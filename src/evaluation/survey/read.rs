//! The file as a whole: groups, waves, editions, what a report says about itself.

use super::asked;
use super::form;
use super::id::check_id;
use super::reader::Reader;
use super::scale::scales;
use super::{Edition, Labelled, Question, ReportFacts, Survey, follow_up, in_flow, theme};
use crate::config::Author;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::evaluation::disclosure::Attribute;
use crate::evaluation::{disclosure, keys};
use crate::language::Localised;
use crate::path::{file_name, folder, is_id};
use crate::source::{FileId, Sources, Spanned};
use crate::yaml::{self, Format, Kind, Node};
use std::collections::BTreeMap;

/// Reads a survey; `None` where the file is not YAML at all.
pub(in crate::evaluation) fn read(
    sources: &Sources,
    file: FileId,
    found: &mut Diagnostics,
) -> Option<Survey> {
    let source = sources.file(file);
    let node = yaml::parse(sources, file, 0..source.text.len(), found)?;
    let fields = keys::SURVEY.read(&node, found)?;
    let id = file_name(folder(&source.path)).to_owned();
    let span = sources.whole(file);
    if !is_id(&id) {
        found.push(yaml::bad_id(&id, span));
    }
    let title = fields.need("title", found).and_then(|node| yaml::localised(node, found));
    let (groups, parts, since) =
        fields.need("groups", found).map(|node| groups(node, found)).unwrap_or_default();
    let waves =
        fields.get("waves").map(|node| labelled(node, "waves", &keys::WAVE, found)).unwrap_or_default();
    let scales = fields.get("scales").map(|node| scales(node, found)).unwrap_or_default();
    let mut survey = Survey {
        title: title.unwrap_or_else(|| Localised::everywhere(Spanned::new(id.clone(), span))),
        id,
        file,
        groups,
        waves,
        parts,
        since,
        questions: Vec::new(),
        forms: Vec::new(),
        ignored: fields.get("ignore").map(|node| yaml::one_or_more(node, found)).unwrap_or_default(),
        editions: BTreeMap::new(),
        policy: fields.need("disclosure", found).and_then(|node| disclosure::read(node, found)),
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
    theme::check(&questions, found);
    follow_up::check(&questions, found);
    survey.questions = questions;
    if let Some(node) = fields.get("editions") {
        for entry in yaml::pairs(node, "editions", found).unwrap_or_default() {
            let edition = edition(&entry.value, &survey.waves, &survey.questions, found);
            survey.editions.insert(entry.key.value.clone(), edition);
        }
    }
    asked::check(&survey, found);
    in_flow::check(&survey, found);
    credited_by_wave(&survey, found);
    survey.forms = form::forms(&fields, &survey, found);
    Some(survey)
}

/// A quotation cannot be credited with the wave where there is one occasion.
fn credited_by_wave(survey: &Survey, found: &mut Diagnostics) {
    let Some(policy) = survey.policy.as_ref().filter(|policy| policy.attributes.contains(&Attribute::Wave))
    else {
        return;
    };
    if survey.waves.is_empty() {
        found.push(
            Diagnostic::new(
                Code::UnknownValue,
                policy.span,
                "quotations are to be credited with the wave, and the survey has none",
            )
            .help("take `wave` out of `attributes`"),
        );
    }
}

/// `{mentee: Mentees}` or `{mentee: {label: Mentees, part_of: women}}`.
fn labelled(
    node: &Node,
    what: &'static str,
    format: &'static Format,
    found: &mut Diagnostics,
) -> Vec<Labelled> {
    let mut list = Vec::new();
    for entry in yaml::pairs(node, what, found).unwrap_or_default() {
        check_id(&entry.key, found);
        let label = match &entry.value.kind {
            Kind::Map(inner) if inner.iter().any(|inner| inner.key.value == "label") => {
                let fields = format.read(&entry.value, found);
                let label = fields.and_then(|fields| fields.need("label", found));
                label.and_then(|node| yaml::localised(node, found))
            }
            _ => yaml::localised(&entry.value, found),
        };
        if let Some(label) = label {
            list.push(Labelled { id: entry.key.value.clone(), label });
        }
    }
    list
}

/// Groups, each with something that was written of it.
type ByGroup = BTreeMap<String, Spanned<String>>;

/// Groups, which of them are part of another, and since when those are there that came later.
fn groups(node: &Node, found: &mut Diagnostics) -> (Vec<Labelled>, ByGroup, ByGroup) {
    let groups = labelled(node, "groups", &keys::GROUP, found);
    let (mut parts, mut since) = (ByGroup::new(), ByGroup::new());
    for entry in yaml::pairs(node, "groups", &mut Diagnostics::new()).unwrap_or_default() {
        let Kind::Map(inner) = &entry.value.kind else { continue };
        if let Some(first) = inner.iter().find(|inner| inner.key.value == "since")
            && let Some(first) = yaml::text(&first.value, found)
        {
            since.insert(entry.key.value.clone(), first);
        }
        let Some(whole) = inner.iter().find(|inner| inner.key.value == "part_of") else { continue };
        let Some(whole) = yaml::text(&whole.value, found) else { continue };
        let known = groups.iter().map(|group| group.id.as_str()).filter(|id| *id != entry.key.value);
        if !known.clone().any(|id| id == whole.value) {
            found.push(
                Diagnostic::new(
                    Code::UnknownGroup,
                    whole.span,
                    format!("there is no other group `{}`", whole.value),
                )
                .help(one_of(&whole.value, known)),
            );
            continue;
        }
        let mut above = Some(whole.value.as_str());
        while let Some(group) = above.filter(|group| *group != entry.key.value) {
            above = parts.get(group).map(|whole| whole.value.as_str());
        }
        if above.is_some() {
            let message = format!("`{}` would be a part of itself", entry.key.value);
            found.push(
                Diagnostic::new(Code::UnknownValue, whole.span, message)
                    .help("take one of the two `part_of` out"),
            );
            continue;
        }
        parts.insert(entry.key.value.clone(), whole);
    }
    (groups, parts, since)
}

/// `{mentee: 28}`, or by wave where there are several.
fn invited(node: &Node, waves: &[Labelled], found: &mut Diagnostics) -> Vec<(String, String, Spanned<u32>)> {
    let mut all = Vec::new();
    for entry in yaml::pairs(node, "invited", found).unwrap_or_default() {
        let is_wave = waves.iter().any(|wave| wave.id == entry.key.value);
        if is_wave {
            let of_wave = counts(&entry.value, "invited by group", found);
            all.extend(of_wave.into_iter().map(|(group, n)| (entry.key.value.clone(), group, n)));
        } else if let Some(n) = yaml::number(&entry.value, found) {
            let wave = waves.first().filter(|_| waves.len() == 1).map(|wave| wave.id.clone());
            all.push((wave.unwrap_or_default(), entry.key.value.clone(), Spanned::new(n, entry.value.span)));
        }
    }
    all
}

fn edition(node: &Node, waves: &[Labelled], questions: &[Question], found: &mut Diagnostics) -> Edition {
    let Some(fields) = keys::EDITION.read(node, found) else { return Edition::default() };
    let includes = fields.get("includes").filter(|node| yaml::scalar(node) != Some("none"));
    Edition {
        collected: fields.get("collected").map(|node| collected(node, found)).unwrap_or_default(),
        includes: includes.map(|node| yaml::one_or_more(node, found)).unwrap_or_default(),
        invited: fields.get("invited").map(|node| invited(node, waves, found)).unwrap_or_default(),
        flow: fields.get("flow").map(|node| flow(node, found)).unwrap_or_default(),
        tallies: fields.get("tallies").map(|node| counts(node, "tallies", found)).unwrap_or_default(),
        gathered: fields
            .get("gathered")
            .map(|node| theme::gathered(node, questions, found))
            .unwrap_or_default(),
    }
}

/// `[2022-02-11, 2023-07]`, one day or month, or `not-reported`.
pub(in crate::evaluation) fn collected(node: &Node, found: &mut Diagnostics) -> Vec<Spanned<String>> {
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
pub(in crate::evaluation) fn flow(
    node: &Node,
    found: &mut Diagnostics,
) -> Vec<(String, String, Spanned<u32>)> {
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
pub(in crate::evaluation) fn counts(
    node: &Node,
    what: &str,
    found: &mut Diagnostics,
) -> Vec<(String, Spanned<u32>)> {
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
    let Some(fields) = keys::REPORT.read(node, found) else { return ReportFacts::default() };
    let text = |key: &str, found: &mut Diagnostics| {
        fields.get(key).and_then(|node| yaml::text(node, found)).map(|text| text.value)
    };
    ReportFacts {
        authors: fields.get("authors").map(|node| Author::list(node, found)).unwrap_or_default(),
        institution: text("institution", found),
        number: text("number", found),
        keywords: fields.get("keywords").map(|node| yaml::texts(node, found)).unwrap_or_default(),
        ethics: text("ethics", found),
        funding: text("funding", found),
        interests: text("interests", found),
        licence: text("licence", found),
        doi: text("doi", found),
        related: fields.get("related").map(|node| yaml::texts(node, found)).unwrap_or_default(),
    }
}
