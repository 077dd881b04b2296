//! What is said of an edition beside its figures: its policy, its release, its corrections, its exceptions.

use super::{Correction, Published, Tongue};
use crate::evaluation::disclosure::{Exception, JudgedAnswer, Policy, PolicyName, wave_names};
use crate::evaluation::release::Base;
use crate::evaluation::survey::{Question, ReportFacts, words_of};
use crate::language::Language;
use crate::theme::Interface;

/// What is said of an edition beside its figures.
pub(in crate::evaluation) struct Stated {
    /// Its name, also where its figures were corrected.
    pub(in crate::evaluation) edition: String,
    /// Of the release that the figures are of.
    pub(in crate::evaluation) sha256: String,
    /// In the order they were made.
    pub(in crate::evaluation) corrections: Vec<Correction>,
    /// No other release is about the same people.
    pub(in crate::evaluation) is_alone: bool,
}

impl Published {
    /// The edition's name.
    pub fn edition(&self) -> &str {
        &self.stated.edition
    }

    /// What the report says about itself.
    pub fn facts(&self) -> &ReportFacts {
        &self.facts
    }

    /// The policy it was judged by.
    pub fn policy(&self) -> &Policy {
        self.judged.policy()
    }

    /// Interface keys of the checks that ran.
    pub fn checks(&self) -> Vec<&'static str> {
        let audited = self.policy().is_audited().then_some("check.audit");
        self.judged.checks().chain(audited).collect()
    }

    /// Whether all of it keeps what its policy promises: it was audited, nothing in it is exempt, and no other release is
    /// about the same people, because two are not set against each other.
    pub fn keeps_promise(&self) -> bool {
        self.keeps_promise && self.stated.is_alone
    }

    /// When answers were collected, in words; "not reported" where it is not.
    pub fn collected(&self, interface: &Interface) -> String {
        match &self.judged.release().collected[..] {
            [] => interface.say("value.unreported", &[]),
            [day] => interface.day_or_month(&day.value),
            [from, .., to] => interface.say(
                "date.range",
                &[("from", &interface.day_or_month(&from.value)), ("to", &interface.day_or_month(&to.value))],
            ),
        }
    }

    /// The policy's words for the reader: an interface key.
    pub fn policy_key(&self) -> &'static str {
        match self.policy().name {
            PolicyName::SmallSurvey => "policy.small-survey",
            PolicyName::Hesa => "policy.hesa",
            PolicyName::Ofs => "policy.ofs",
            PolicyName::AsPublished => "policy.as-published",
            PolicyName::AsApproved => "policy.as-approved",
        }
    }

    /// The SHA-256 of the release that the figures are of ([`Sources::sha256`](crate::source::Sources::sha256)).
    pub fn sha256(&self) -> &str {
        &self.stated.sha256
    }

    /// Earlier editions whose answers are in this one too.
    pub fn includes(&self) -> Vec<&str> {
        self.judged.release().includes.iter().map(|edition| edition.value.as_str()).collect()
    }

    /// The corrections that the figures have in them, in the order they were made.
    pub fn corrections(&self) -> &[Correction] {
        &self.stated.corrections
    }

    /// What a table is called where it is not shown: a question's words, or those of the tables that are of no question.
    pub fn table_name(&self, id: &str, interface: &Interface, first: &Language) -> String {
        let tongue = Tongue { interface, first };
        match (id, self.questions.iter().find(|question| question.id == id)) {
            (_, Some(question)) => tongue.text(&question.ask),
            ("respondents" | "flow" | "tallies", None) => tongue.say(&format!("correction.{id}")),
            (_, None) => words_of(id),
        }
    }

    /// What an exception from the policy covers, in words: "Would you recommend it?, Mentors, At six months".
    pub fn exempt(&self, exception: &Exception, interface: &Interface, first: &Language) -> String {
        let tongue = Tongue { interface, first };
        let [wave, question, group] = exception.parts();
        let all = |key: &str| Some(tongue.say(key));
        let question = match self.questions.iter().find(|known| known.id == question) {
            Some(question) => Some(tongue.text(&question.ask)),
            None if question == "*" => all("exception.questions"),
            None => Some(question.to_owned()),
        };
        let group =
            if group == "*" { all("exception.groups") } else { Some(self.group_label(group, tongue)) };
        let wave = self.waves.iter().find(|known| known.id == wave).map(|wave| tongue.text(&wave.label));
        [question, group, wave].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Whether any percentage is shown whose base is not reported, of answers or of themes.
    pub fn has_unbased(&self) -> bool {
        let of_answers = |question: &Question| {
            self.judged.answers_to(&question.id).any(|(_, _, answer)| is_unbased(answer))
        };
        let of_themes = |question: &Question| {
            let waves = wave_names(question);
            waves.iter().any(|wave| self.theme_answers(question, wave).into_iter().flatten().any(is_unbased))
        };
        self.questions.iter().any(|question| of_answers(question) || of_themes(question))
    }
}

/// Whether there is a percentage of a number that is not reported.
fn is_unbased(answer: &JudgedAnswer) -> bool {
    let mut cells = answer.cells.iter();
    cells.any(|(row, cell)| cell.is_percentage() && answer.base_of(row) == Base::NotReported)
}
