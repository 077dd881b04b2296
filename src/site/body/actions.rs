//! `::actions` -> a numbered table of what came of the suggestions.

use super::Resolver;
use super::numbered::{self, Kind};
use super::survey::Missing;
use crate::config::Text;
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::evaluation::Action;
use crate::markdown::Directive;
use std::collections::BTreeSet;

/// A table of actions with its number, in the page's language.
pub struct Actions {
    /// `table-actions`.
    pub id: String,
    /// "Table 3".
    pub label: String,
    /// Its caption.
    pub caption: String,
    /// In the order of the file.
    pub rows: Vec<ActionRow>,
}

/// A suggestion and what came of it.
pub struct ActionRow {
    /// What was suggested.
    pub suggestion: String,
    /// "Done".
    pub status: String,
    /// What was done.
    pub what: Option<String>,
    /// When, in words.
    pub date: Option<String>,
}

impl Actions {
    /// Whether there is a day or month to show.
    pub fn has_dates(&self) -> bool {
        self.rows.iter().any(|row| row.date.is_some())
    }
}

impl Resolver<'_, '_, '_> {
    pub(super) fn actions(&mut self, directive: &Directive) -> Result<Actions, Missing> {
        self.keys(directive, &["id", "caption", "from", "survey"]);
        let evaluation = self.survey_of(directive)?;
        let survey = &evaluation.survey.id;
        let path = format!("content/evaluations/{survey}/actions.yaml");
        let Some((file, _)) = self.context.sources.find(&path) else {
            let message = format!("the survey `{survey}` has no actions.yaml");
            self.push(
                Diagnostic::new(Code::UnknownAction, directive.span, message)
                    .help(format!("write what came of the suggestions to {path}")),
            );
            return Err(Missing::Said);
        };
        if self.context.left_out.files.contains(&file) {
            return Err(Missing::NotToday);
        }
        let from = directive.get("from");
        let fits = |action: &&Action| from.is_none_or(|from| action.question.as_ref() == Some(&from.value));
        let rows: Vec<ActionRow> =
            evaluation.actions.iter().filter(fits).map(|action| self.row(action)).collect();
        if rows.is_empty() {
            // A list of nothing has findings of its own, or will be written.
            let known: BTreeSet<&str> =
                evaluation.actions.iter().filter_map(|action| action.question.as_deref()).collect();
            let (span, message, help) = match from {
                Some(from) if !evaluation.actions.is_empty() => (
                    from.span,
                    format!("actions.yaml has nothing from `{}`", from.value),
                    one_of(&from.value, known),
                ),
                _ => (
                    directive.span,
                    "actions.yaml has no action that can be shown".to_owned(),
                    "write an entry with `suggestion` and `status`".to_owned(),
                ),
            };
            self.push(Diagnostic::new(Code::UnknownAction, span, message).help(help));
            return Err(Missing::Said);
        }
        let id = numbered::id(directive).ok_or(Missing::Said)?;
        let caption = directive.get("caption").map(|caption| caption.value.clone());
        Ok(Actions {
            id: format!("table-{}", id.value),
            label: self.label(Kind::Table, &id.value).unwrap_or_default(),
            caption: caption.unwrap_or_else(|| self.interface.say("actions.caption", &[])),
            rows,
        })
    }

    fn row(&self, action: &Action) -> ActionRow {
        ActionRow {
            suggestion: self.words(&action.suggestion),
            status: self.interface.say(action.status.key(), &[]),
            what: action.what.as_ref().map(|what| self.words(what)),
            date: action.date.as_ref().map(|date| self.interface.day_or_month(date)),
        }
    }

    /// A text in the page's language.
    pub(super) fn words(&self, text: &Text) -> String {
        text.get(self.language, self.context.first()).value.clone()
    }
}
