//! The words of a directive -> the survey, question and answer they name, and findings of what none of them is.

use super::Resolver;
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::evaluation::{Link, Unresolved};
use crate::markdown::Directive;
use crate::source::{Span, Spanned};

impl Resolver<'_, '_, '_> {
    /// Keys that a directive does not have.
    pub(super) fn keys(&mut self, directive: &Directive, known: &[&str]) {
        for attribute in
            directive.attributes.iter().filter(|attribute| !known.contains(&attribute.key.value.as_str()))
        {
            let key = &attribute.key;
            let help = if known.is_empty() {
                "take it out: it has none".to_owned()
            } else {
                one_of(&key.value, known.iter().copied())
            };
            self.push(
                Diagnostic::new(
                    Code::UnknownKey,
                    key.span,
                    format!("`{}` has no key `{}`", directive.name.value, key.value),
                )
                .help(help),
            );
        }
    }

    /// What a release cannot say, at the words that ask for it.
    pub(super) fn unresolved(
        &mut self,
        directive: &Directive,
        label: &Spanned<String>,
        unresolved: Unresolved,
    ) {
        let at = |key: &str| directive.get(key).map_or(directive.span, |value| value.span);
        let finding = match unresolved {
            Unresolved::Question(help) => {
                let question = label.value.split(['.', ':']).next().unwrap_or_default();
                Diagnostic::new(
                    Code::UnknownQuestion,
                    label.span,
                    format!("the survey has no question `{question}`"),
                )
                .help(help)
            }
            Unresolved::Option(help) => {
                Diagnostic::new(Code::UnknownOption, label.span, format!("there is no `{}`", label.value))
                    .help(help)
            }
            Unresolved::Group(help) => {
                let message = match directive.get("group") {
                    Some(group) => format!("there is no group `{}` here", group.value),
                    None => "the group must be named".to_owned(),
                };
                Diagnostic::new(Code::UnknownGroup, at("group"), message).help(help)
            }
            Unresolved::Wave(help) => {
                let span = if directive.name.value == "respondents" { label.span } else { at("wave") };
                Diagnostic::new(Code::UnknownWave, span, "the wave must be named, and be one of the survey's")
                    .help(help)
            }
            Unresolved::Noun(forms) => {
                Diagnostic::new(Code::UnknownValue, at("noun"), "the noun has another number of forms than the language")
                    .help(match forms {
                        1 => "write the one form there is: noun=…".to_owned(),
                        2 => "write the form for one and that for several: noun=\"mentee|mentees\"".to_owned(),
                        n => format!("write one form, or {n} with | between them, in the order zero, one, two, few, many, other (those the language has)"),
                    })
            }
            Unresolved::Value(reason) => {
                Diagnostic::new(Code::NotPublished, directive.span, "the release does not give this number")
                    .note(reason)
                    .help("bind a number that the tables of the report show")
            }
            Unresolved::Kind(help) => {
                let kind = directive.get("kind").map_or("", |kind| kind.value.as_str());
                let message = format!("`{}` cannot be drawn as `{kind}`", label.value);
                Diagnostic::new(Code::FigureKind, at("kind"), message).help(help)
            }
        };
        self.push(finding);
    }
}

/// The first question that a table or figure shows: its id where it has none of its own.
pub(super) fn first_question(directive: &Directive) -> Option<Spanned<String>> {
    let questions = directive.get("questions").or_else(|| directive.get("question"))?;
    let (_, rest) = split_survey(questions);
    let first = rest.value.split_whitespace().next()?;
    // Of a trend, what of the question is drawn is not a part of its id.
    Some(Spanned::new(linked(first).0.to_owned(), rest.span))
}

/// `wanted.advice` -> question and option, `helpful:agreed` -> question and top.
pub(super) fn linked(label: &str) -> (&str, Option<Link<'_>>) {
    match (label.split_once('.'), label.split_once(':')) {
        (Some((question, option)), _) => (question, Some(Link::Option(option))),
        (None, Some((question, top))) => (question, Some(Link::Top(top))),
        (None, None) => (label, None),
    }
}

/// `aimms/wanted.advice` -> survey and the rest.
pub(super) fn split_survey(label: &Spanned<String>) -> (Option<Spanned<String>>, Spanned<String>) {
    match label.value.split_once('/') {
        Some((survey, rest)) => {
            let start = label.span.start as usize;
            let cut = start + survey.len();
            let file = label.span.file;
            (
                Some(Spanned::new(survey.to_owned(), Span::new(file, start..cut))),
                Spanned::new(rest.to_owned(), Span::new(file, cut + 1..cut + 1 + rest.len())),
            )
        }
        None => (None, label.clone()),
    }
}

/// The word of a text that has a place among its words.
pub(super) fn nth_word(text: &Spanned<String>, at: usize) -> Spanned<String> {
    let Some(word) = text.value.split_whitespace().nth(at) else { return text.clone() };
    // A word is a part of the text, so that their addresses tell where it begins.
    let start = text.span.start as usize + (word.as_ptr() as usize - text.value.as_ptr() as usize);
    Spanned::new(word.to_owned(), Span::new(text.span.file, start..start + word.len()))
}
