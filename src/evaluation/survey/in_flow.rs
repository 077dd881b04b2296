//! `in_flow` of questions: which answers the office counts too, on which step of the way into the scheme.

use super::Survey;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::source::Spanned;
use crate::yaml::{self, Fields};

/// An answer whose givers are among those who are counted on a step of `flow`.
#[derive(Clone, Debug)]
pub struct InFlow {
    /// The answer.
    pub option: Spanned<String>,
    /// Whom the step counts: `pairs`.
    pub unit: String,
    /// The step: `ended_early`.
    pub step: Spanned<String>,
}

/// `{ended: pairs.ended_early}`.
pub(super) fn read(fields: &Fields, found: &mut Diagnostics) -> Vec<InFlow> {
    let Some(node) = fields.get("in_flow") else { return Vec::new() };
    let mut all = Vec::new();
    for entry in yaml::pairs(node, "options with a step of `flow`", found).unwrap_or_default() {
        let Some(typed) = yaml::text(&entry.value, found) else { continue };
        match typed.value.split_once('.') {
            Some((unit, step)) => {
                let step = Spanned::new(step.to_owned(), typed.span);
                all.push(InFlow { option: entry.key.clone(), unit: unit.to_owned(), step });
            }
            None => found.push(
                Diagnostic::new(
                    Code::UnknownValue,
                    typed.span,
                    format!("`{}` is no step of `flow`", typed.value),
                )
                .help("write whom it counts and the step, with a full stop between: pairs.ended_early"),
            ),
        }
    }
    all
}

/// Holds the answers against their questions, and the steps against those that some edition has.
pub(super) fn check(survey: &Survey, found: &mut Diagnostics) {
    let of_editions = survey.editions.values().flat_map(|edition| &edition.flow);
    let mut steps: Vec<String> = of_editions.map(|(unit, step, _)| format!("{unit}.{step}")).collect();
    steps.sort_unstable();
    steps.dedup();
    for question in &survey.questions {
        for InFlow { option, unit, step } in &question.in_flow {
            question.check_option(option, found);
            let name = format!("{unit}.{}", step.value);
            // Without `editions` nobody says beforehand which steps there are.
            if !steps.is_empty() && !steps.contains(&name) {
                let message = format!("no edition has a step `{name}`");
                found.push(
                    Diagnostic::new(Code::UnknownValue, step.span, message)
                        .help(one_of(&name, steps.iter().map(String::as_str))),
                );
            }
        }
    }
}
