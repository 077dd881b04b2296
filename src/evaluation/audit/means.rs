//! The means of a release, each against the rule of means -> findings.

use super::words::{named, people};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::evaluation::disclosure::{Judged, Policy, wave_names};
use crate::evaluation::release::{Shape, Statistic};
use crate::evaluation::survey::{Question, Survey};
use crate::source::Spanned;

/// A mean is shown only if every sum that rounds to it is within the bounds, and beside no other display.
pub(super) fn find(survey: &Survey, judged: &Judged) -> Diagnostics {
    let policy = judged.policy();
    let mut found = Diagnostics::new();
    for given in &judged.release().answers {
        let Some(question) = survey.questions.iter().find(|question| question.id == given.question.value)
        else {
            continue;
        };
        let waves = wave_names(question);
        let wave = given.wave.as_ref().map_or(waves[0], |wave| &wave.value);
        let group = &given.group.value;
        let is_exempt = policy.exceptions.iter().any(|exception| exception.covers(wave, &question.id, group));
        let Shape::Parts(parts) = &given.answer.shape else { continue };
        let Some(Spanned { value: Statistic::Number(mean), span }) = &parts.mean else { continue };
        if is_exempt {
            continue;
        }
        let n = judged.answer(&question.id, wave, group).and_then(|answer| answer.base.known());
        let message = match n {
            None => Some(format!("a mean of {}, of a number of people that is not reported", mean.text)),
            Some(_) if parts.counts_any() => {
                Some(format!("a mean of {} beside another display of `{}`", mean.text, question.id))
            }
            Some(n) => too_near(question, policy, i64::from(n), mean.scaled.into(), mean.places, &mean.text),
        };
        if let Some(message) = message {
            found.push(
                Diagnostic::new(Code::DisclosureMean, *span, message)
                    .related(question.span, "asked here")
                    .note(format!(
                        "rule: with {} who took part, no sum that rounds to a mean may come near to everybody's lowest or highest answer; a mean stands alone, on a scale of three points or more ({})",
                        people(i64::from(policy.coalition)),
                        named(policy)
                    ))
                    .help("write `mean: withheld`"),
            );
        }
    }
    found
}

/// What is wrong with a mean near the end of its scale.
fn too_near(
    question: &Question,
    policy: &Policy,
    n: i64,
    shown: i128,
    places: u32,
    text: &str,
) -> Option<String> {
    let Some(scale) = super::statements::scale(question, n) else {
        return Some(format!("a mean of {text} on a scale without two ends"));
    };
    let sums = scale.sums(shown, places)?;
    if sums.0 > sums.1 || scale.allows(policy.coalition.into(), sums) {
        // One that no answers give is told as such.
        return None;
    }
    let (low, high) = scale.bounds(policy.coalition.into());
    let sums = if sums.0 == sums.1 { sums.0.to_string() } else { format!("{} to {}", sums.0, sums.1) };
    let bounds = if low <= high && scale.to - scale.from >= 2 {
        format!("it may be {low} to {high}")
    } else {
        "no sum of so few, or on so short a scale, may be shown".to_owned()
    };
    Some(format!(
        "a mean of {text} among {n} people on a scale from {} to {} is a sum of {sums}, and {bounds}",
        scale.from, scale.to
    ))
}
