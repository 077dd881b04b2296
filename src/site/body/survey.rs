//! `survey=` of a directive, or the report's own -> the survey that it speaks of, whatever edition.

use super::Resolver;
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::evaluation::Evaluation;
use crate::markdown::Directive;

/// Why there is nothing to show of a survey.
pub(super) enum NoSurvey {
    /// A finding was made.
    Said,
    /// It has findings of its own, or was left out: the page says "not available today".
    NotToday,
}

impl<'p> Resolver<'_, 'p, '_> {
    /// The survey that a directive names, or that the report is of.
    pub(super) fn survey_of(&mut self, directive: &Directive) -> Result<&'p Evaluation, NoSurvey> {
        let named = directive.get("survey");
        let name = named.map(|named| named.value.as_str()).or(self.report.map(|(survey, _)| survey));
        let project = self.context.project;
        let Some(name) = name else {
            let help = match project.evaluations.ids().next() {
                Some(survey) => format!("add survey={survey}"),
                None => "this site has no evaluations".to_owned(),
            };
            let message = "this page is not a report, so the survey must be named";
            self.push(Diagnostic::new(Code::UnknownSurvey, directive.span, message).help(help));
            return Err(NoSurvey::Said);
        };
        let Some(evaluation) = project.evaluations.get(name) else {
            let path = format!("content/evaluations/{name}/survey.yaml");
            if self.context.sources.find(&path).is_some() {
                return Err(NoSurvey::NotToday);
            }
            if let Some(named) = named {
                let message = format!("there is no survey `{name}`");
                let help = one_of(name, project.evaluations.ids());
                self.push(Diagnostic::new(Code::UnknownSurvey, named.span, message).help(help));
            }
            return Err(NoSurvey::Said);
        };
        if self.context.left_out.files.contains(&evaluation.survey.file) {
            return Err(NoSurvey::NotToday);
        }
        Ok(evaluation)
    }
}
