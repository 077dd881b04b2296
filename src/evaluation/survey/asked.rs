//! `since`, `until` and `replaces` of questions -> when each was asked, and which answers may be compared.
//!
//! Editions are compared by name as text. A question that was reworded is a new one, which says what it replaces and
//! whether answers to the two may be set beside each other.

use super::{Choice, Question, QuestionKind, Survey};
use crate::config::Text;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::evaluation::keys;
use crate::source::Spanned;
use crate::yaml::{self, Fields};

/// The editions that a question was asked in.
#[derive(Clone, Default, Debug)]
pub struct Asked {
    /// The first, where it was not asked from the beginning.
    pub since: Option<Spanned<String>>,
    /// The last, where it is no longer asked.
    pub until: Option<Spanned<String>>,
    /// The question whose place it took.
    pub replaces: Option<Replaces>,
}

/// A question that another took the place of.
#[derive(Clone, Debug)]
pub struct Replaces {
    /// Its id.
    pub question: Spanned<String>,
    /// Whether answers to the two may be set beside each other.
    pub comparable: bool,
}

impl Asked {
    /// Whether it was asked in an edition.
    pub fn is_in(&self, edition: &str) -> bool {
        self.since.as_ref().is_none_or(|since| since.value.as_str() <= edition)
            && self.until.as_ref().is_none_or(|until| edition <= until.value.as_str())
    }
}

impl Asked {
    /// Whether there can be an edition in which both were asked.
    fn meets(&self, other: &Asked) -> bool {
        let begins_in_time = |one: &Asked, other: &Asked| match (&one.since, &other.until) {
            (Some(since), Some(until)) => since.value <= until.value,
            _ => true,
        };
        begins_in_time(self, other) && begins_in_time(other, self)
    }
}

/// Reads the three keys of a question.
pub(super) fn read(fields: &Fields, found: &mut Diagnostics) -> Asked {
    let edition =
        |key: &str, found: &mut Diagnostics| fields.get(key).and_then(|node| yaml::text(node, found));
    let since = edition("since", found);
    let until = edition("until", found);
    if let (Some(since), Some(until)) = (&since, &until)
        && since.value > until.value
    {
        found.push(
            Diagnostic::new(
                Code::EditionDiffers,
                until.span,
                format!("asked until `{}`, and only since `{}`", until.value, since.value),
            )
            .related(since.span, "since")
            .note("editions are compared by name, as text")
            .help("correct the one that is wrong"),
        );
    }
    let replaces = fields.get("replaces").and_then(|node| {
        let fields = keys::REPLACES.read(node, found)?;
        let question = fields.need("question", found).and_then(|node| yaml::text(node, found));
        let comparable = fields.need("comparable", found).and_then(|node| yaml::boolean(node, found));
        Some(Replaces { question: question?, comparable: comparable? })
    });
    Asked { since, until, replaces }
}

/// Holds the questions of a survey against its editions and against each other.
pub(super) fn check(survey: &Survey, found: &mut Diagnostics) {
    for since in survey.since.values() {
        if !survey.editions.is_empty() && !survey.editions.contains_key(&since.value) {
            found.push(
                Diagnostic::new(
                    Code::EditionDiffers,
                    since.span,
                    format!("`editions` has no edition `{}`", since.value),
                )
                .help(one_of(&since.value, survey.editions.keys().map(String::as_str))),
            );
        }
    }
    for question in &survey.questions {
        let Asked { since, until, replaces } = &question.asked;
        for edition in [since, until].into_iter().flatten() {
            if !survey.editions.is_empty() && !survey.editions.contains_key(&edition.value) {
                found.push(
                    Diagnostic::new(
                        Code::EditionDiffers,
                        edition.span,
                        format!("`editions` has no edition `{}`", edition.value),
                    )
                    .help(one_of(&edition.value, survey.editions.keys().map(String::as_str))),
                );
            }
        }
        if let Some(replaces) = replaces {
            replaced(survey, question, replaces, found);
        }
    }
}

fn replaced(survey: &Survey, question: &Question, replaces: &Replaces, found: &mut Diagnostics) {
    let Replaces { question: id, comparable } = replaces;
    let Some(old) = survey.questions.iter().find(|other| other.id == id.value && other.id != question.id)
    else {
        let known = survey.questions.iter().map(|other| other.id.as_str()).filter(|id| *id != question.id);
        found.push(
            Diagnostic::new(
                Code::UnknownQuestion,
                id.span,
                format!("the survey has no other question `{}`", id.value),
            )
            .help(one_of(&id.value, known))
            .note("a question that is no longer asked stays in the file, because its reports do"),
        );
        return;
    };
    let Some(until) = &old.asked.until else {
        found.push(
            Diagnostic::new(
                Code::MissingKey,
                id.span,
                format!("`{}` is replaced, and has no `until`", old.id),
            )
            .related(old.span, "this question")
            .help("say there in which edition it was asked for the last time: until: 2022-23"),
        );
        return;
    };
    let follows = question.asked.since.as_ref().is_some_and(|since| since.value > until.value);
    if !follows {
        found.push(
            Diagnostic::new(
                Code::EditionDiffers,
                question.asked.since.as_ref().map_or(id.span, |since| since.span),
                format!("`{}` replaces `{}`, and is asked beside it", question.id, old.id),
            )
            .related(until.span, "asked until")
            .help(format!("write `since:` with the first edition after {}", until.value)),
        );
    }
    if !comparable {
        return;
    }
    if let Some(difference) = difference(old, question) {
        found.push(
            Diagnostic::new(
                Code::UnknownValue,
                id.span,
                format!("`{}` and `{}` are not answered in the same way: {difference}", old.id, question.id),
            )
            .related(old.span, "the other")
            .help("write `comparable: false`"),
        );
    }
    // Figures over time have one question an edition.
    let others = survey.questions.iter().take_while(|other| other.id != question.id);
    let is_beside = |other: &&Question| {
        let same = |replaces: &Replaces| replaces.comparable && replaces.question.value == id.value;
        other.asked.replaces.as_ref().is_some_and(same) && question.asked.meets(&other.asked)
    };
    if let Some(other) = others.into_iter().find(is_beside) {
        found.push(
            Diagnostic::new(
                Code::EditionDiffers,
                id.span,
                format!(
                    "`{}` and `{}` both take the place of `{}` in one edition",
                    other.id, question.id, old.id
                ),
            )
            .related(other.span, "the other")
            .help("write `comparable: false` for one of them"),
        );
    }
}

/// What keeps answers to two questions from being set beside each other: whatever is called the same has to be the same.
fn difference(old: &Question, new: &Question) -> Option<String> {
    if old.kind != new.kind {
        return Some(format!("one is {}, the other {}", old.kind.name(), new.kind.name()));
    }
    if old.bounds != new.bounds {
        return Some("their scales have other ends".to_owned());
    }
    let points = |question: &Question| -> Vec<String> {
        question.options.iter().map(|point| point.id.clone()).collect()
    };
    if old.kind == QuestionKind::Scale && points(old) != points(new) {
        return Some("their scales have other points".to_owned());
    }
    let tops = new.tops.iter().find(|top| old.tops.iter().any(|known| known.id == top.id && known != *top));
    let bins = new.bins.iter().find(|bin| old.bins.iter().any(|known| known.id == bin.id && known != *bin));
    let option = |option: &&Choice| {
        old.options.iter().any(|known| known.id == option.id && !reads_alike(&known.label, &option.label))
    };
    let options = new.options.iter().find(option).map(|option| &option.id);
    let id = tops.map(|top| &top.id).or(bins.map(|bin| &bin.id)).or(options);
    id.map(|id| format!("`{id}` means something else"))
}

/// Whether two labels have a text in common: one may have been translated since.
fn reads_alike(one: &Text, other: &Text) -> bool {
    one.values().any(|text| other.values().any(|known| known.value == text.value))
}
