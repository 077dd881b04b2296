//! `::questionnaire` -> the instrument as it was put to people: every question of an edition and wave, how it was
//! answered, and what could be chosen.

use super::Resolver;
use super::survey::Missing;
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::evaluation::{Evaluation, Question, QuestionKind, Survey};
use crate::markdown::Directive;
use std::collections::BTreeSet;

/// A questionnaire in the page's language.
pub struct Questionnaire {
    /// In the survey's order.
    pub questions: Vec<Asked>,
}

/// A question as it was put.
pub struct Asked {
    /// Its words.
    pub ask: String,
    /// The groups that alone were asked, in words.
    pub only: Option<String>,
    /// "Choose one".
    pub how: String,
    /// What could be chosen, each with the groups that alone were offered it.
    pub options: Vec<(String, Option<String>)>,
    /// How it was answered.
    pub kind: QuestionKind,
}

impl<'p> Resolver<'_, 'p, '_> {
    pub(super) fn questionnaire(&mut self, directive: &Directive) -> Result<Questionnaire, Missing> {
        self.keys(directive, &["wave", "group", "survey", "edition"]);
        let evaluation = self.survey_of(directive)?;
        let survey = &evaluation.survey;
        let edition = self.edition_put(directive, evaluation)?;
        let (Some(wave), Some(group)) = (self.wave_of(directive, survey), self.group_of(directive, survey))
        else {
            return Err(Missing::Said);
        };
        let is_put = |question: &&Question| {
            question.kind != QuestionKind::Gathered
                && edition.as_ref().is_none_or(|edition| question.asked.is_in(edition))
                && wave.is_none_or(|wave| question.waves.iter().any(|known| known == wave))
                && group.is_none_or(|group| question.asks(group))
        };
        let questions: Vec<Asked> = survey
            .questions
            .iter()
            .filter(is_put)
            .map(|question| self.asked(survey, question, group))
            .collect();
        if questions.is_empty() {
            self.push(
                Diagnostic::new(Code::NotAsked, directive.span, "no question of the survey was put so")
                    .help("name another wave, group or edition, or take the directive out"),
            );
            return Err(Missing::Said);
        }
        Ok(Questionnaire { questions })
    }

    /// The edition whose questions are printed: the one named, or else the report's own, or else the latest; `None` where
    /// the survey has none yet. One that is planned may be named.
    fn edition_put(
        &mut self,
        directive: &Directive,
        evaluation: &Evaluation,
    ) -> Result<Option<String>, Missing> {
        let survey = &evaluation.survey;
        let released = evaluation.editions.keys();
        let known: BTreeSet<&str> =
            released.clone().chain(survey.editions.keys()).map(String::as_str).collect();
        if let Some(named) = directive.get("edition") {
            if known.contains(named.value.as_str()) {
                return Ok(Some(named.value.clone()));
            }
            let message = format!("the survey has no edition `{}`", named.value);
            let help = one_of(&named.value, known);
            self.push(Diagnostic::new(Code::EditionDiffers, named.span, message).help(help));
            return Err(Missing::Said);
        }
        if let Some((_, own)) = self.report.filter(|(of, _)| *of == survey.id) {
            return Ok(Some(own.to_owned()));
        }
        let latest = released.map(String::as_str).next_back().or(known.last().copied());
        Ok(latest.map(str::to_owned))
    }

    /// The wave that is printed; `Some(None)` where the survey has none. `None` where there is a finding.
    fn wave_of(&mut self, directive: &Directive, survey: &'p Survey) -> Option<Option<&'p str>> {
        let known: Vec<&str> = survey.waves.iter().map(|wave| wave.id.as_str()).collect();
        let named = directive.get("wave");
        match (named, &known[..]) {
            (None, []) => return Some(None),
            (None, [only]) => return Some(Some(*only)),
            (Some(named), _) => {
                if let Some(wave) = known.iter().find(|wave| **wave == named.value) {
                    return Some(Some(*wave));
                }
            }
            (None, _) => {}
        }
        let (span, message, help) = match named {
            Some(named) if known.is_empty() => (
                named.span,
                format!("there is no wave `{}`", named.value),
                "this survey has no waves: take `wave` out".to_owned(),
            ),
            Some(named) => {
                (named.span, format!("there is no wave `{}`", named.value), one_of(&named.value, known))
            }
            None => (
                directive.span,
                "the wave must be named".to_owned(),
                format!("name it: {{wave={}}}", known.join("} or {wave=")),
            ),
        };
        self.push(Diagnostic::new(Code::UnknownWave, span, message).help(help));
        None
    }

    /// The group that it is printed for; `Some(None)` for all. `None` where there is a finding.
    fn group_of(&mut self, directive: &Directive, survey: &'p Survey) -> Option<Option<&'p str>> {
        let Some(named) = directive.get("group") else { return Some(None) };
        let known = survey.groups.iter().map(|group| group.id.as_str());
        if let Some(group) = known.clone().find(|group| *group == named.value) {
            return Some(Some(group));
        }
        let message = format!("there is no group `{}`", named.value);
        let help = one_of(&named.value, known);
        self.push(Diagnostic::new(Code::UnknownGroup, named.span, message).help(help));
        None
    }

    fn asked(&self, survey: &Survey, question: &Question, group: Option<&str>) -> Asked {
        let offered =
            question.options.iter().filter(|option| group.is_none_or(|group| option.is_offered_to(group)));
        // What everybody was asked who was asked the question needs no word at its options.
        let options = offered.map(|option| {
            let only = option.asked_of.as_ref().filter(|asked| {
                group.is_none() && question.asked_of.iter().any(|group| !asked.contains(group))
            });
            (self.words(&option.label), only.map(|groups| self.only(survey, groups)))
        });
        let some = group.is_none() && survey.groups.iter().any(|group| !question.asks(&group.id));
        Asked {
            ask: self.words(&question.ask),
            only: some.then(|| self.only(survey, &question.asked_of)),
            how: self.how(question),
            options: options.collect(),
            kind: question.kind,
        }
    }

    /// "Mentors only".
    fn only(&self, survey: &Survey, groups: &[String]) -> String {
        let named = survey.groups.iter().filter(|group| groups.contains(&group.id));
        let labels: Vec<String> = named.map(|group| self.words(&group.label)).collect();
        self.interface.say("questionnaire.only", &[("groups", &labels.join(", "))])
    }

    /// How a question was answered.
    fn how(&self, question: &Question) -> String {
        let say = |key: &str| self.interface.say(key, &[]);
        let range = |key: &str| match question.bounds {
            Some((from, to)) => {
                let ends = [("from", from.to_string()), ("to", to.to_string())];
                self.interface.say(key, &ends.each_ref().map(|(place, end)| (*place, end.as_str())))
            }
            None => say("questionnaire.number"),
        };
        match question.kind {
            QuestionKind::ChooseOne => say("questionnaire.choose-one"),
            QuestionKind::ChooseAll => match question.max_choices {
                Some(most) => self.interface.count("questionnaire.choose-up-to", most as usize, &[]),
                None => say("questionnaire.choose-all"),
            },
            QuestionKind::Scale => say("questionnaire.scale"),
            QuestionKind::Stars => range("questionnaire.stars"),
            QuestionKind::Score | QuestionKind::Number => range("questionnaire.range"),
            QuestionKind::Text | QuestionKind::Gathered => say("questionnaire.text"),
            QuestionKind::About => say("questionnaire.about"),
        }
    }
}
