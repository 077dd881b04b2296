//! `::figure{kind=trend}` -> one answer in all editions that readers may see; on a report only up to its own edition, so
//! that it never changes when another comes.

use super::Resolver;
use super::survey::Missing;
use super::written::{linked, split_survey};
use crate::evaluation::{Editions, Link, PublishedFigure, TrendRequest, Unresolved};
use crate::markdown::Directive;
use crate::site::directory::prefixed;
use crate::site::reported;
use crate::source::Spanned;

impl<'p> Resolver<'_, 'p, '_> {
    /// The figure, and the questions whose tables have its numbers.
    pub(super) fn trend(
        &mut self,
        directive: &Directive,
        questions: &Spanned<String>,
    ) -> Result<(PublishedFigure, Vec<&'p str>), Missing> {
        let (_, rest) = split_survey(questions);
        let editions = self.editions(directive, questions)?;
        let value = |key: &str| directive.get(key).map(|value| value.value.as_str());
        let (question, link) = linked(rest.value.trim());
        let link = link.unwrap_or(Link::Mean);
        let request = TrendRequest { question, link, wave: value("wave"), group: value("group") };
        let several = rest.value.trim().contains(char::is_whitespace);
        let figure = if several {
            Err(Unresolved::Kind("a trend is of one question".to_owned()))
        } else {
            editions.trend(&request, self.interface, self.context.first())
        };
        match figure {
            Ok(figure) => Ok((figure, editions.comparable(question))),
            Err(unresolved) => {
                self.unresolved(directive, &rest, unresolved);
                Err(Missing::Said)
            }
        }
    }

    /// The page that has all editions of a survey side by side.
    pub(super) fn all_editions(&self, survey: Option<&str>) -> Option<(String, String)> {
        let address = prefixed(self.language, self.context.first(), &["reports", survey?]);
        let is_there = self.context.register.is_public(&address);
        let href = is_there.then(|| self.context.project.site.base.href(&address))?;
        Some((self.interface.say("figure.editions", &[]), href))
    }

    /// The editions that a directive draws.
    fn editions(
        &mut self,
        directive: &Directive,
        questions: &Spanned<String>,
    ) -> Result<Editions<'p>, Missing> {
        let (survey, _) = split_survey(questions);
        let project = self.context.project;
        let name = self.survey_name(survey.as_ref());
        let edition = directive.get("edition").map(|edition| edition.value.as_str());
        let known = name.and_then(|name| Some((name, project.evaluations.get(name)?)));
        let is_known = |edition: &str| known.is_some_and(|(_, known)| known.editions.contains_key(edition));
        let Some((name, evaluation)) = known.filter(|_| edition.is_none_or(is_known)) else {
            // There is no such survey or edition: said as it is of every other figure.
            self.release(directive, questions)?;
            return Err(Missing::Said);
        };
        let own = self.report.filter(|(survey, _)| *survey == name).map(|(_, edition)| edition);
        let editions = reported::public(self.context, name, evaluation, own, edition.or(own));
        if editions.is_empty() { Err(Missing::NotToday) } else { Ok(editions) }
    }
}
