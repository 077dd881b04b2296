//! What a directive names, or the report it stands in -> the survey and the release that it speaks of.

use super::written::split_survey;
use super::{Resolver, Segment, numbered};
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::evaluation::{Evaluation, Published};
use crate::html::escape;
use crate::markdown::Directive;
use crate::site::reported;
use crate::source::{Span, Spanned};

/// Why there is nothing to show.
pub(super) enum Missing {
    /// A finding was made.
    Said,
    /// It has findings of its own, or was left out: the page says "not available today".
    NotToday,
}

impl<'p> Resolver<'_, 'p, '_> {
    /// The survey that is named, or that the report is of.
    pub(super) fn survey_name<'s>(&'s self, named: Option<&'s Spanned<String>>) -> Option<&'s str> {
        named.map(|named| named.value.as_str()).or(self.report.map(|(survey, _)| survey))
    }

    /// The survey that is named, or that the report is of, whether or not it was left out. `way_out` says how one is
    /// named at `place`.
    fn survey(
        &mut self,
        named: Option<&Spanned<String>>,
        place: Span,
        way_out: impl Fn(&str) -> String,
    ) -> Result<&'p Evaluation, Missing> {
        let project = self.context.project;
        let Some(name) = self.survey_name(named) else {
            let help = match project.evaluations.ids().next() {
                Some(survey) => way_out(survey),
                None => "this site has no evaluations".to_owned(),
            };
            let message = "this page is not a report, so the survey must be named";
            self.push(Diagnostic::new(Code::UnknownSurvey, place, message).help(help));
            return Err(Missing::Said);
        };
        if let Some(evaluation) = project.evaluations.get(name) {
            return Ok(evaluation);
        }
        if self.context.sources.find(&format!("content/evaluations/{name}/survey.yaml")).is_some() {
            return Err(Missing::NotToday);
        }
        if let Some(named) = named {
            let message = format!("there is no survey `{}`", named.value);
            let help = one_of(&named.value, project.evaluations.ids());
            self.push(Diagnostic::new(Code::UnknownSurvey, named.span, message).help(help));
        }
        Err(Missing::Said)
    }

    /// The survey of `survey=`, or that the report is of.
    pub(super) fn survey_of(&mut self, directive: &Directive) -> Result<&'p Evaluation, Missing> {
        let way_out = |survey: &str| format!("add survey={survey}");
        let evaluation = self.survey(directive.get("survey"), directive.span, way_out)?;
        let left_out = self.context.left_out.files.contains(&evaluation.survey.file);
        if left_out { Err(Missing::NotToday) } else { Ok(evaluation) }
    }

    /// The release that a directive speaks of: of the survey in front of its words, in the edition of `edition=`.
    pub(super) fn published(
        &mut self,
        directive: &Directive,
        words: &Spanned<String>,
        way_out: impl Fn(&str) -> String,
    ) -> Result<&'p Published, Missing> {
        let (named, _) = split_survey(words);
        let evaluation = self.survey(named.as_ref(), words.span, way_out)?;
        let edition = directive.get("edition");
        let wanted = self.edition(&evaluation.survey.id, edition.map(|edition| edition.value.as_str()));
        let found = wanted.and_then(|wanted| evaluation.editions.get(wanted));
        let Some(found) = found else {
            let Some(edition) = edition else { return Err(Missing::NotToday) };
            let message = format!("the survey has no edition `{}`", edition.value);
            let help = one_of(&edition.value, evaluation.editions.keys().map(String::as_str));
            self.push(Diagnostic::new(Code::EditionDiffers, edition.span, message).help(help));
            return Err(Missing::Said);
        };
        let left_out = found.is_left_out(&self.context.left_out.files)
            || self.context.left_out.files.contains(&evaluation.survey.file);
        let published = found.published.as_ref().filter(|_| !left_out).ok_or(Missing::NotToday)?;
        let survey = &evaluation.survey.id;
        let is_own = self.report == Some((survey.as_str(), published.edition()));
        if is_own || reported::has_report(self.context, survey, published.edition()) {
            return Ok(published);
        }
        let message =
            format!("the edition {} of `{survey}` has no report that is public today", published.edition());
        let unavailable = self.interface.say("value.unavailable", &[]);
        self.push(
            Diagnostic::new(Code::EditionNotPublic, words.span, message)
                .note(format!("the page says \"{unavailable}\" in its place"))
                .help(
                    "nothing need be done if the report is still to come; or name another edition: edition=…",
                ),
        );
        Err(Missing::NotToday)
    }

    /// The edition of a survey that is meant: the one named, or else the report's own, or else the latest whose report is
    /// public today.
    pub(super) fn edition<'s>(&'s self, survey: &str, named: Option<&'s str>) -> Option<&'s str> {
        match (named, self.report) {
            (Some(edition), _) => Some(edition),
            (None, Some((own, edition))) if own == survey => Some(edition),
            _ => {
                let editions = &self.context.project.evaluations.get(survey)?.editions;
                let mut names = editions.keys().map(String::as_str);
                let public = names.clone().rfind(|name| reported::has_report(self.context, survey, name));
                public.or_else(|| names.next_back())
            }
        }
    }

    /// The release that a table or figure takes its numbers from.
    pub(super) fn release(
        &mut self,
        directive: &Directive,
        questions: &Spanned<String>,
    ) -> Result<&'p Published, Missing> {
        let (_, rest) = split_survey(questions);
        let in_front = |survey: &str| format!("put the survey in front: \"{survey}/{}\"", rest.value);
        self.published(directive, questions, in_front)
    }

    /// A block that has a number of its own. One that cannot be made leaves its place, so that what refers to it is not
    /// called broken too.
    pub(super) fn block(&mut self, directive: &Directive, made: Result<Segment<'p>, Missing>) {
        match (made, numbered::fragment(directive)) {
            (Ok(segment), _) => self.body.segments.push(segment),
            (Err(missing), None) => self.missing(&missing),
            (Err(missing), Some(fragment)) => {
                self.html(&format!("<div id=\"{}\">", escape(&fragment)));
                self.missing(&missing);
                self.html("</div>\n");
            }
        }
    }

    /// What stands where a block is missing.
    pub(super) fn missing(&mut self, missing: &Missing) {
        match missing {
            Missing::Said => {}
            Missing::NotToday => self.not_today(),
        }
    }

    /// What stands for a block of a report that is not public today.
    fn not_today(&mut self) {
        let words = escape(&self.interface.say("value.unavailable", &[])).into_owned();
        self.html(&format!("<p>{words}</p>\n"));
    }
}
