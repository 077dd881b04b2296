//! The codebook of a free text: its themes, the levels that they speak of, and the answers that they belong to.

use super::id::check_id;
use super::reader::Reader;
use super::{EVERYONE, Labelled, Question, QuestionKind, Theme, ThemesShown, When};
use crate::config::Text;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::evaluation::keys;
use crate::source::Spanned;
use crate::yaml::{self, Fields, Kind, Node};
use std::collections::BTreeMap;

/// `levels: {faculty: Faculty level}`: ids and their words, in order.
pub(super) fn levels(fields: &Fields, found: &mut Diagnostics) -> Vec<Labelled> {
    let Some(node) = fields.get("levels") else { return Vec::new() };
    let mut levels = Vec::new();
    for entry in yaml::pairs(node, "levels", found).unwrap_or_default() {
        check_id(&entry.key, found);
        if let Some(label) = yaml::localised(&entry.value, found) {
            levels.push(Labelled { id: entry.key.value.clone(), label });
        }
    }
    levels
}

/// The themes of a question. Where it has levels, each theme is of one.
pub(super) fn themes(fields: &Fields, levels: &[Labelled], found: &mut Diagnostics) -> Vec<Theme> {
    let mut themes: Vec<Theme> = Vec::new();
    for item in fields.get("themes").map(|node| yaml::items(node, found)).unwrap_or_default() {
        let Some((theme, id)) = theme(item, levels, found) else { continue };
        if themes.iter().any(|other| other.id == theme.id) {
            found.push(
                Diagnostic::new(Code::DuplicateId, id.span, format!("two themes have the id `{}`", theme.id))
                    .help("rename one of the two"),
            );
            continue;
        }
        themes.push(theme);
    }
    themes
}

fn theme(node: &Node, levels: &[Labelled], found: &mut Diagnostics) -> Option<(Theme, Spanned<String>)> {
    let fields = keys::THEME.read(node, found)?;
    let id = fields.need("id", found).and_then(|node| yaml::text(node, found));
    let label: Option<Text> = fields.need("label", found).and_then(|node| yaml::localised(node, found));
    let level = fields.get("level").and_then(|node| yaml::text(node, found));
    let level = level.filter(|level| is_level(level, levels, found));
    let when = fields.get("when").and_then(|node| when(node, "when", found));
    let (id, label) = (id?, label?);
    check_id(&id, found);
    if fields.get("level").is_none() && !levels.is_empty() {
        let ids: Vec<&str> = levels.iter().map(|level| level.id.as_str()).collect();
        found.push(
            Diagnostic::new(Code::MissingKey, id.span, format!("the theme `{}` is of no level", id.value))
                .help(format!("add `level:` with {}", ids.join(" or "))),
        );
    }
    let level = level.map(|level| level.value);
    Some((Theme { id: id.value.clone(), label, level, when }, id))
}

fn is_level(typed: &Spanned<String>, levels: &[Labelled], found: &mut Diagnostics) -> bool {
    let known = levels.iter().any(|level| level.id == typed.value);
    if !known {
        let help = if levels.is_empty() {
            format!("give the question its levels: levels: {{{}: …}}", typed.value)
        } else {
            one_of(&typed.value, levels.iter().map(|level| level.id.as_str()))
        };
        found.push(
            Diagnostic::new(
                Code::UnknownValue,
                typed.span,
                format!("the question has no level `{}`", typed.value),
            )
            .help(help),
        );
    }
    known
}

/// `{harder: "yes"}`: one question and one answer to it.
pub(super) fn when(node: &Node, key: &'static str, found: &mut Diagnostics) -> Option<When> {
    let entries = yaml::pairs(node, key, found)?;
    let [entry] = entries else {
        found.push(
            Diagnostic::new(
                Code::WrongType,
                node.span,
                format!("`{key}` names one question with one answer to it"),
            )
            .help(format!("write {key}: {{question: answer}}")),
        );
        return None;
    };
    let option = yaml::text(&entry.value, found)?;
    Some(When { question: entry.key.clone(), option })
}

/// `show` of a free text: `counts`, `mentioned`, `nothing`, or a map of these by group. Without it, what anybody mentioned.
pub(super) fn shown(
    fields: &Fields,
    reader: &Reader,
    asked_of: &[String],
    has_themes: bool,
    found: &mut Diagnostics,
) -> BTreeMap<String, ThemesShown> {
    const WAYS: [(&str, Option<ThemesShown>); 3] = [
        ("counts", Some(ThemesShown::Counts)),
        ("mentioned", Some(ThemesShown::Mentioned)),
        ("nothing", None),
    ];
    let way = |node: &Node, found: &mut Diagnostics| {
        yaml::word(node, "what is shown of themes", &WAYS, found).flatten()
    };
    let Some(node) = fields.get("show") else {
        let usual = has_themes.then(|| (EVERYONE.to_owned(), ThemesShown::Mentioned));
        return usual.into_iter().collect();
    };
    let Kind::Map(entries) = &node.kind else {
        let way = way(node, found);
        return asked_of.iter().filter_map(|group| Some((group.clone(), way?))).collect();
    };
    let mut shown = BTreeMap::new();
    for entry in entries {
        if reader.is_group(&entry.key, true, found)
            && let Some(way) = way(&entry.value, found)
        {
            shown.insert(entry.key.value.clone(), way);
        }
    }
    if shown.contains_key(EVERYONE) && shown.len() > 1 {
        found.push(
            Diagnostic::new(Code::UnknownValue, node.span, "`show` names everyone and a group")
                .note("the other group could be had by taking one from the other")
                .help("name either `everyone` or each group"),
        );
    }
    shown
}

/// `{improve: [training, webinar]}`: of questions that were gathered, the themes that came up.
pub(super) fn gathered(
    node: &Node,
    questions: &[Question],
    found: &mut Diagnostics,
) -> Vec<(Spanned<String>, Vec<Spanned<String>>)> {
    let mut all = Vec::new();
    for entry in yaml::pairs(node, "gathered", found).unwrap_or_default() {
        let known = || questions.iter().filter(|question| question.kind == QuestionKind::Gathered);
        let id = &entry.key;
        let Some(question) = known().find(|question| question.id == id.value) else {
            found.push(
                Diagnostic::new(
                    Code::UnknownQuestion,
                    id.span,
                    format!("no question `{}` was gathered", id.value),
                )
                .help(one_of(&id.value, known().map(|question| question.id.as_str()))),
            );
            continue;
        };
        let themes: Vec<Spanned<String>> =
            yaml::items(&entry.value, found).iter().filter_map(|item| yaml::text(item, found)).collect();
        for theme in themes.iter().filter(|theme| question.themes.iter().all(|known| known.id != theme.value))
        {
            found.push(
                Diagnostic::new(
                    Code::UnknownOption,
                    theme.span,
                    format!("`{}` has no theme `{}`", question.id, theme.value),
                )
                .help(one_of(&theme.value, question.themes.iter().map(|theme| theme.id.as_str()))),
            );
        }
        all.push((id.clone(), themes));
    }
    all
}

/// Holds every question's codebook against the survey, once all questions are known.
pub(super) fn check(questions: &[Question], found: &mut Diagnostics) {
    for question in questions {
        let has_themes = !question.themes.is_empty() || !question.levels.is_empty();
        if has_themes && !question.kind.is_free_text() {
            found.push(
                Diagnostic::new(
                    Code::UnknownKey,
                    question.span,
                    format!("`{}` is no free text, and has themes", question.id),
                )
                .help("give the themes to a question of `type: text`, or of `type: gathered`"),
            );
        }
        let of_themes = question.themes.iter().filter_map(|theme| theme.when.as_ref());
        for when in of_themes.chain(&question.asked_if) {
            check_when(when, questions, found);
        }
    }
}

fn check_when(when: &When, questions: &[Question], found: &mut Diagnostics) {
    let When { question: id, option } = when;
    let Some(question) = questions.iter().find(|question| question.id == id.value) else {
        let known = questions.iter().map(|question| question.id.as_str());
        found.push(
            Diagnostic::new(
                Code::UnknownQuestion,
                id.span,
                format!("the survey has no question `{}`", id.value),
            )
            .help(one_of(&id.value, known)),
        );
        return;
    };
    question.check_option(option, found);
}
