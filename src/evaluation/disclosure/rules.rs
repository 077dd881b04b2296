//! The plain rules of a policy on single displays: floors, bands, bases of means and percentages, one display a
//! question (`docs/disclosure.md`).

use super::judge::{At, Judge};
use super::policy::{Policy, PolicyName};
use super::sector::step;
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluation::release::{Base, Parts, Statistic, Value};
use crate::evaluation::survey::Display;
use crate::source::{Span, Spanned};

impl Judge<'_> {
    pub(super) fn policy_of_parts(&mut self, at: At, displays: &[Display], parts: &Parts) {
        let policy = self.policy;
        if step(policy.name).is_some() {
            return self.sector_parts(at, parts);
        }
        self.checks.extend([
            "check.group-size",
            "check.bands",
            "check.means",
            "check.percentages",
            "check.one-display",
        ]);
        let under = format!("policy {}", policy.name.name());
        if self.is_small(at) {
            return;
        }
        let n = at.n.unwrap_or(0);
        for (id, value) in parts.counts.iter().chain(&parts.tops).chain(&parts.bins).flatten() {
            match &value.value {
                Value::Count(count) if *count < policy.band => {
                    self.band(&id.value, value.span, *count, n, "few");
                }
                Value::Count(count) if *count <= n && *count > n.saturating_sub(policy.band) => {
                    self.band(&id.value, value.span, *count, n, "nearly-all");
                }
                Value::Percent(percent) if n < policy.percentage_base => self.push(
                    Diagnostic::new(
                        Code::PolicyPercentage,
                        value.span,
                        format!("{} per cent of {n} people", percent.text),
                    )
                    .note(format!("rule: percentages on {} or more ({under})", policy.percentage_base))
                    .help("give the count, `few` or `nearly-all`"),
                ),
                Value::Percent(percent) => {
                    // What the percentage rounds from: a share of few people is few people.
                    // Wider than any product of a share as typed and a base: a hostile release cannot make it overflow.
                    let unit = 10_u128.pow(percent.places) * 100;
                    let people = (2 * u128::from(percent.scaled) * u128::from(n) + unit) / (2 * unit);
                    let people = u32::try_from(people).unwrap_or(u32::MAX);
                    if people < policy.band {
                        self.band(&id.value, value.span, people, n, "few");
                    } else if people > n.saturating_sub(policy.band) {
                        self.band(&id.value, value.span, people, n, "nearly-all");
                    }
                }
                Value::Rounded { value: rounded, to } => self.push(
                    Diagnostic::new(
                        Code::PolicyBand,
                        value.span,
                        format!("`{}` is {rounded}, rounded to {to}", id.value),
                    )
                    .note(format!("rule: counts are exact, `few` or `nearly-all`, never rounded ({under})"))
                    .help(format!("write the count, or `{}: withheld`", id.value)),
                ),
                _ => {}
            }
        }
        if let Some(Spanned { value: Statistic::Number(mean), span }) = &parts.mean
            && n < policy.mean_base
        {
            self.push(
                Diagnostic::new(Code::PolicyMean, *span, format!("a mean of {} among {n} people", mean.text))
                    .note(format!("rule: means on {} or more ({under})", policy.mean_base))
                    .help("write `mean: withheld`"),
            );
        }
        for statistic in [&parts.min, &parts.max].into_iter().flatten() {
            if let Statistic::Number(number) = &statistic.value {
                self.push(
                    Diagnostic::new(
                        Code::PolicyMean,
                        statistic.span,
                        format!("{} is one person's own answer", number.text),
                    )
                    .note(format!("rule: no minimum or maximum ({under})"))
                    .help("take `range` out of `show`, and min and max out of the release"),
                );
            }
        }
        self.one_display(at, displays, parts, &under);
    }

    /// Whether too few answered for anything to be shown of them, which is a finding.
    pub(super) fn is_small(&mut self, at: At) -> bool {
        let policy = self.policy;
        self.checks.insert("check.group-size");
        let is_small = at.n.is_none_or(|n| n < policy.min_group);
        if is_small {
            let answered = at.n.map_or("a number that is not reported".to_owned(), |n| n.to_string());
            self.push(
                Diagnostic::new(
                    Code::PolicyGroupSize,
                    at.span,
                    format!("`{}` of `{}` is shown, and {answered} answered", at.question.id, at.group),
                )
                .note(format!("rule: min_group {} (policy {})", policy.min_group, policy.name.name()))
                .help(format!("write `{}: withheld`", at.group)),
            );
        }
        is_small
    }

    pub(super) fn band(&mut self, id: &str, span: Span, count: u32, n: u32, word: &str) {
        let (low, high) = (self.policy.band, n.saturating_sub(self.policy.band));
        self.push(
            Diagnostic::new(
                Code::PolicyBand,
                span,
                format!("`{id}` is {count} of {n}: an exact count inside the band"),
            )
            .note(format!(
                "rule: exact counts from {low} to {high} of {n} (band {low}, policy {})",
                self.policy.name.name()
            ))
            .help(format!("write `{id}: {word}`")),
        );
    }

    /// A single-answer question shows one thing only: one split, or a mean.
    fn one_display(&mut self, at: At, displays: &[Display], parts: &Parts, under: &str) {
        if !at.question.kind.has_one_answer() {
            return;
        }
        let shown = displays.iter().filter(|display| is_shown(display, parts)).count();
        let too_many = if shown > 1 {
            Some(format!("`{}` shows {shown} things of one answer", at.question.id))
        } else if parts.bins.as_ref().is_some_and(|bins| bins.len() + usize::from(parts.most.is_some()) > 1) {
            Some(format!("`{}` shows several bins of one answer", at.question.id))
        } else if parts.counts.is_some() && at.question.options.len() > 2 {
            Some(format!(
                "`{}` shows the counts of {} answers of which each gave one",
                at.question.id,
                at.question.options.len()
            ))
        } else {
            None
        };
        if let Some(message) = too_many {
            self.push(
                Diagnostic::new(Code::PolicySecondDisplay, at.span, message)
                    .related(at.question.span, "`show` of this question")
                    .note(format!(
                        "rule: one split or a mean ({under}); together, several give single answers away"
                    ))
                    .help("declare one top in `show`, and give that alone"),
            );
        }
    }

    /// Whether a step that so many took is not shown.
    pub(super) fn hides_step(&self, people: u32) -> bool {
        let Policy { name, approved_by, band, .. } = self.policy;
        *name == PolicyName::SmallSurvey && approved_by.is_none() && people < *band
    }

    /// Numbers of people on their way into the scheme: bands apply unless somebody approved them.
    pub(super) fn flow(&mut self) {
        if step(self.policy.name).is_some() && self.policy.approved_by.is_none() {
            for (_, _, count) in &self.release.flow {
                if let Some(step) = step(self.policy.name)
                    && count.value % step != 0
                {
                    self.sector_base(&Spanned::new(Base::Known(count.value), count.span));
                }
            }
        }
        for (unit, step, count) in &self.release.flow {
            if self.hides_step(count.value) {
                self.push(
                    Diagnostic::new(
                        Code::PolicyBand,
                        count.span,
                        format!("`{unit}.{step}` is {}: an exact count inside the band", count.value),
                    )
                    .note(format!("rule: band {} (policy {})", self.policy.band, self.policy.name.name()))
                    .help(
                        "leave the step out, or name who approved it with `approved_by:` under `disclosure:`",
                    ),
                );
            }
        }
    }
}

/// Whether anything is said of a display: it is declared, and not all of it is kept back.
fn is_shown(display: &Display, parts: &Parts) -> bool {
    type Values = Option<Vec<(Spanned<String>, Spanned<Value>)>>;
    let is_said = |value: &Value| !matches!(value, Value::Withheld | Value::Unpublished);
    let any = |values: &Values| values.iter().flatten().any(|(_, value)| is_said(&value.value));
    let is_number = |statistic: &Option<Spanned<Statistic>>| {
        statistic.as_ref().is_some_and(|statistic| matches!(statistic.value, Statistic::Number(_)))
    };
    match display {
        Display::Counts => any(&parts.counts),
        Display::Top(id) => {
            parts.tops.iter().flatten().any(|(top, value)| top.value == *id && is_said(&value.value))
        }
        Display::Mean => is_number(&parts.mean),
        Display::Range => is_number(&parts.min) || is_number(&parts.max),
        Display::Bins => parts.most.is_some() || any(&parts.bins),
    }
}
