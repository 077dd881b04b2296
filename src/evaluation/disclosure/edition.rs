//! A release against its edition: the survey's policy, what the office knows, and which questions were asked in it.

use super::judge::Judge;
use super::sector::{rounded, step};
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::evaluation::survey::Question;
use crate::source::{Span, Spanned};

impl<'a> Judge<'a> {
    /// A release under a looser policy than its survey's says on whose decision.
    pub(super) fn looser(&mut self) {
        if let Some(strict) = &self.survey.policy
            // What `as-published` must say is asked for where it is read.
            && self.policy.is_judged()
            && self.policy.is_looser_than(strict)
            && !self.policy.is_accounted_for()
        {
            self.push(
                Diagnostic::new(Code::PolicyLooser, self.policy.span, "the release was made under a looser policy than its survey's")
                    .related(strict.span, "the survey's")
                    .help("make it under the survey's policy, or say `source:` or `minutes:`, `reason:` and `approved_by:`"),
            );
        }
    }

    /// What the office knows of the edition is what the release says.
    pub(super) fn office(&mut self) {
        let edition = self.release.edition.span;
        let Some(facts) = self.survey.editions.get(self.edition) else {
            if !self.survey.editions.is_empty() {
                let known: Vec<&str> = self.survey.editions.keys().map(String::as_str).collect();
                self.push(
                    Diagnostic::new(
                        Code::EditionDiffers,
                        edition,
                        format!("survey.yaml has no edition `{}`", self.edition),
                    )
                    .help(one_of(self.edition, known)),
                );
            }
            return;
        };
        let collected =
            |dates: &[Spanned<String>]| dates.iter().map(|date| date.value.clone()).collect::<Vec<_>>();
        if !facts.collected.is_empty() && collected(&facts.collected) != collected(&self.release.collected) {
            let span = self.release.collected.first().map_or(self.release.span, |date| date.span);
            let related = facts.collected[0].span;
            self.push(
                Diagnostic::new(Code::EditionDiffers, span, "survey.yaml gives other dates for this edition")
                    .related(related, "there")
                    .help("correct the one that is wrong"),
            );
        }
        for (unit, step, count) in &facts.flow {
            let given = self.release.flow.iter().find(|(other, name, _)| other == unit && name == step);
            self.agree(&format!("{unit}.{step}"), count, given.map(|(_, _, given)| given));
        }
        for (thing, count) in &facts.tallies {
            let given = self.release.tallies.iter().find(|(name, _)| name == thing);
            self.agree(thing, count, given.map(|(_, given)| given));
        }
    }

    /// A figure of the office and the same figure in the release.
    fn agree(&mut self, name: &str, office: &Spanned<u32>, given: Option<&Spanned<u32>>) {
        // Numbers of people are rounded by a sector's rule, on their way into the scheme too.
        let is_same = |given: u32| {
            let step =
                step(self.policy.name).filter(|_| self.policy.approved_by.is_none() && name.contains('.'));
            given == step.map_or(office.value, |step| rounded(office.value, step))
        };
        match given {
            Some(given) if is_same(given.value) => {}
            Some(given) => self.push(
                Diagnostic::new(
                    Code::EditionDiffers,
                    given.span,
                    format!("`{name}` is {} here and {} in survey.yaml", given.value, office.value),
                )
                .related(office.span, "there")
                .help("correct the one that is wrong"),
            ),
            // A step that few people took is left out.
            None if name.contains('.') && self.hides_step(office.value) => {}
            None => self.push(
                Diagnostic::new(
                    Code::MissingCell,
                    self.release.span,
                    format!("`{name}` is in survey.yaml for this edition, and not in the release"),
                )
                .related(office.span, "there")
                .help("add it to the release"),
            ),
        }
    }

    /// The questions of this edition.
    pub(super) fn asked(&self) -> impl Iterator<Item = &'a Question> + use<'a> {
        let edition = self.edition;
        self.survey.questions.iter().filter(move |question| question.asked.is_in(edition))
    }

    /// Whether a question belongs to this edition; a line of one that does not is a finding.
    pub(super) fn is_of_edition(&mut self, question: &Question, span: Span) -> bool {
        let is_asked = question.asked.is_in(self.edition);
        if !is_asked {
            self.push(
                Diagnostic::new(
                    Code::NotAsked,
                    span,
                    format!("`{}` was not asked in the edition `{}`", question.id, self.edition),
                )
                .related(question.span, "see its `since` and `until`")
                .help("take the line out; what was not asked has no line"),
            );
        }
        is_asked
    }
}
