//! What was asked for -> the survey and edition that are meant, and whether its survey says enough to make a release.

use super::Protect;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::evaluation::disclosure::Policy;
use crate::evaluation::{Evaluation, Evaluations, Form, FormGroup, Question, QuestionKind, Survey, Unit};
use crate::failure::Failure;
use crate::source::Spanned;
use jiff::civil::Date;

/// The edition of a survey that a release is made of.
pub(super) struct Chosen<'e> {
    /// As it was in this edition.
    survey: &'e Survey,
    pub(super) edition: String,
    pub(super) policy: &'e Policy,
    /// The first and the last day on which its answers were sent; `None` where all rows are meant.
    pub(super) collected: Option<(Date, Date)>,
}

/// The survey and the edition that were asked for.
pub(super) fn choose<'e>(
    evaluations: &'e Evaluations,
    wanted: &Protect,
) -> Result<(&'e Evaluation, String), Failure> {
    let evaluation = survey(evaluations, wanted.survey.as_deref())?;
    let edition = edition(evaluation, wanted)?;
    Ok((evaluation, edition))
}

impl<'e> Chosen<'e> {
    /// An edition of a survey as it was then.
    pub(super) fn new(survey: &'e Survey, edition: String) -> Result<Chosen<'e>, Failure> {
        let Some(policy) = &survey.policy else {
            return Err(Failure::refused(
                format!("`{}` has no policy that could be read", survey.id),
                "mend `disclosure:` in its survey.yaml first: mentorpress check",
            ));
        };
        let collected = match &survey.editions[&edition].collected[..] {
            [] => None,
            [first, .., last] | [first @ last] => first_day(&first.value).zip(last_day(&last.value)),
        };
        Ok(Chosen { survey, edition, policy, collected })
    }

    /// The exports of people who were asked in this edition.
    pub(super) fn forms(&self) -> impl Iterator<Item = &'e Form> + use<'e> {
        let survey = self.survey;
        survey.forms.iter().filter(move |form| match &form.group {
            FormGroup::One(group) => survey.strata().any(|stratum| stratum == group),
            FormGroup::Asked { .. } => true,
        })
    }

    pub(super) fn survey(&self) -> &'e Survey {
        self.survey
    }

    /// The questions of this edition that a form asks.
    pub(super) fn questions(&self) -> impl Iterator<Item = &'e Question> + use<'e> {
        let edition = self.edition.clone();
        let questions = self.survey.questions.iter();
        questions
            .filter(move |question| question.kind != QuestionKind::Gathered && question.asked.is_in(&edition))
    }

    /// What a release needs of the survey and the site does not.
    pub(super) fn check(&self, found: &mut Diagnostics) {
        let survey = self.survey();
        if survey.forms.is_empty() {
            let span = crate::source::Span::new(survey.file, 0..0);
            found.push(
                Diagnostic::new(Code::MissingKey, span, format!("`{}` names no forms", survey.id)).help(
                    "add `forms:` with the export of each: forms: [{wave: …, group: …, file: answers.xlsx}]",
                ),
            );
        }
        for question in self.questions().filter(|question| question.unit == Unit::Pairs) {
            if question.pairs_from.is_none() {
                found.push(
                    Diagnostic::new(
                        Code::MissingKey,
                        question.span,
                        format!("`{}` counts pairs, and does not say by whose answers", question.id),
                    )
                    .note("both of a pair may have answered; each pair is counted once")
                    .help("add `pairs_from:` with the group of which there is one in each pair"),
                );
            }
        }
        self.overlaps(found);
    }

    /// Rows that two editions would both count.
    fn overlaps(&self, found: &mut Diagnostics) {
        let editions = &self.survey().editions;
        let own = &editions[&self.edition];
        let Some((from, to)) = self.collected else { return };
        for (name, other) in editions.iter().filter(|(name, _)| **name != self.edition) {
            let (Some(first), Some(last)) = (other.collected.first(), other.collected.last()) else {
                continue;
            };
            let (Some(begins), Some(ends)) = (first_day(&first.value), last_day(&last.value)) else {
                continue;
            };
            let includes =
                |one: &[Spanned<String>], other: &str| one.iter().any(|known| known.value == other);
            if begins <= to
                && from <= ends
                && !includes(&own.includes, name)
                && !includes(&other.includes, &self.edition)
            {
                found.push(
                    Diagnostic::new(
                        Code::EditionDiffers,
                        own.collected[0].span,
                        format!("answers of `{}` would be of `{name}` too: their dates overlap", self.edition),
                    )
                    .related(first.span, "the other's dates")
                    .help("correct one of the dates, or say that the later edition includes the earlier one: includes: [2022-23]"),
                );
            }
        }
    }
}

fn survey<'e>(evaluations: &'e Evaluations, wanted: Option<&str>) -> Result<&'e Evaluation, Failure> {
    let ids: Vec<&str> = evaluations.ids().collect();
    // The only one need not be named.
    let wanted = wanted.or(match &ids[..] {
        [only] => Some(*only),
        _ => None,
    });
    match (wanted, &ids[..]) {
        (_, []) => Err(Failure::refused(
            "this site has no survey",
            "begin one from the exports of its forms: mentorpress protect --init --survey evaluation FORM.xlsx",
        )),
        (Some(id), _) => evaluations.get(id).ok_or_else(|| {
            Failure::refused(format!("there is no survey `{id}`"), one_of(id, ids.iter().copied()))
        }),
        (None, _) => Err(Failure::refused(
            "this site has several surveys",
            format!("name one: --survey {}", ids.join(" or --survey ")),
        )),
    }
}

fn edition(evaluation: &Evaluation, wanted: &Protect) -> Result<String, Failure> {
    let survey = &evaluation.survey;
    let names: Vec<&str> = survey.editions.keys().map(String::as_str).collect();
    if let Some(name) = &wanted.edition {
        return match survey.editions.contains_key(name) {
            true => Ok(name.clone()),
            false => Err(Failure::refused(
                format!("`editions` of `{}` has no `{name}`", survey.id),
                if names.is_empty() {
                    format!("add it: editions: {{{name}: {{collected: [2026-09, 2027-07]}}}}")
                } else {
                    one_of(name, names.iter().copied())
                },
            )),
        };
    }
    let new: Vec<&str> =
        names.iter().copied().filter(|name| !evaluation.editions.contains_key(*name)).collect();
    match (&new[..], &names[..]) {
        ([only], _) | ([], [only]) => Ok((*only).to_owned()),
        (_, []) => Err(Failure::refused(
            format!("`{}` has no editions", survey.id),
            "add one with the dates of its answers: editions: {2026-27: {collected: [2026-09, 2027-07]}}",
        )),
        _ => Err(Failure::refused(
            format!("`{}` has several editions", survey.id),
            format!("name one: --edition {}", names.join(" or --edition ")),
        )),
    }
}

/// The first day of a day or month as written.
fn first_day(written: &str) -> Option<Date> {
    written.parse().or_else(|_| format!("{written}-01").parse()).ok()
}

/// The last day of a day or month as written.
fn last_day(written: &str) -> Option<Date> {
    written.parse().or_else(|_| format!("{written}-01").parse().map(Date::last_of_month)).ok()
}
