//! What must hold whatever was answered: no count above its base, numbers on their scale, sums that fit.

use super::judge::{At, Judge};
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluation::release::{Decimal, Parts, Statistic, Value};
use crate::evaluation::survey::TopOf;
use crate::source::Spanned;

impl Judge<'_> {
    /// A single count against its base.
    pub(super) fn count(&mut self, at: At, value: &Spanned<Value>) {
        match (&value.value, at.n) {
            (Value::Count(count), Some(n)) if *count > n => self.push(
                Diagnostic::new(Code::CountAboveBase, value.span, format!("{count} of {n} who answered"))
                    .help("correct the count, or the number under `respondents` or `answered`"),
            ),
            (Value::Percent(percent), _) if percent.scaled > 100 * 10_u64.pow(percent.places) => self.push(
                Diagnostic::new(Code::CountAboveBase, value.span, format!("{} per cent", percent.text))
                    .help("a share is at most 100"),
            ),
            _ => {}
        }
    }

    pub(super) fn within_scale(&mut self, at: At, statistic: &Spanned<Statistic>) {
        let (Statistic::Number(number), Some((from, to))) = (&statistic.value, at.question.bounds) else {
            return;
        };
        let unit = 10_u64.pow(number.places);
        if number.scaled < u64::from(from) * unit || number.scaled > u64::from(to) * unit {
            self.push(
                Diagnostic::new(
                    Code::ReleaseShape,
                    statistic.span,
                    format!("{} is not on the scale from {from} to {to}", number.text),
                )
                .help("correct the number, or the scale in survey.yaml"),
            );
        }
    }

    pub(super) fn order_of_statistics(&mut self, parts: &Parts) {
        let number = |statistic: &Option<Spanned<Statistic>>| match statistic {
            Some(Spanned { value: Statistic::Number(number), span }) => Some((number.clone(), *span)),
            _ => None,
        };
        // Decimals have at most nine digits before the point and four after it: this cannot overflow.
        let above =
            |a: &Decimal, b: &Decimal| a.scaled * 10_u64.pow(b.places) > b.scaled * 10_u64.pow(a.places);
        let ordered = [number(&parts.min), number(&parts.mean), number(&parts.max)];
        let given: Vec<_> = ordered.into_iter().flatten().collect();
        for pair in given.windows(2) {
            if above(&pair[0].0, &pair[1].0) {
                self.push(
                    Diagnostic::new(
                        Code::TotalsDoNotFit,
                        pair[1].1,
                        format!(
                            "{} cannot come after {}: minimum, mean and maximum rise",
                            pair[1].0.text, pair[0].0.text
                        ),
                    )
                    .help("correct the one that is wrong"),
                );
            }
        }
    }

    /// Sums that must hold whatever was answered.
    pub(super) fn totals(&mut self, at: At, parts: &Parts) {
        let Some(n) = at.n else { return };
        let Some(counts) = &parts.counts else { return };
        let span = counts.first().map_or(at.span, |(id, _)| id.span);
        let exact: Vec<(&str, u32)> = counts
            .iter()
            .filter_map(|(id, value)| match value.value {
                Value::Count(count) => Some((id.value.as_str(), count)),
                _ => None,
            })
            .collect();
        let sum = total(exact.iter().map(|(_, count)| *count));
        let whole = exact.len() == counts.len();
        if at.question.kind.has_one_answer() {
            let (least, most) = self.bounds(n, counts.iter().map(|(_, value)| &value.value));
            if !whole && (least > u64::from(n) || most < u64::from(n)) {
                self.push(
                    Diagnostic::new(
                        Code::TotalsDoNotFit,
                        span,
                        format!(
                            "{n} answered `{}`, and these counts stand for {least} to {most}",
                            at.question.id
                        ),
                    )
                    .note("a range stands for all its values, and each of those who answered gave one answer")
                    .help("correct a count or a range, or give `answered:` if some left this question out"),
                );
            }
            if whole && sum != n {
                self.push(
                    Diagnostic::new(Code::TotalsDoNotFit, span, format!("the counts of `{}` add up to {sum}, and {n} answered", at.question.id))
                        .help("each of them gave one answer: correct a count, or give `answered:` if some left this question out"),
                );
            }
            self.tops_against_counts(&exact, whole, at, parts);
            return;
        }
        let exclusive =
            |id: &str| at.question.options.iter().any(|option| option.id == id && option.exclusive);
        let none = total(exact.iter().filter(|(id, _)| exclusive(id)).map(|(_, count)| *count));
        for (id, count) in exact.iter().filter(|(id, _)| none > 0 && !exclusive(id)) {
            if u64::from(*count) + u64::from(none) > u64::from(n) {
                self.push(
                    Diagnostic::new(
                        Code::TotalsDoNotFit,
                        span,
                        format!("{none} of {n} chose none of these, so `{id}` cannot have {count}"),
                    )
                    .help("correct one of the two"),
                );
            }
        }
        if whole && at.question.required && sum < n {
            self.push(
                Diagnostic::new(
                    Code::TotalsDoNotFit,
                    span,
                    format!("{n} answered and chose {sum} in all, though at least one was required"),
                )
                .help("correct a count, or `required` in survey.yaml"),
            );
        }
        if let Some(most) = at.question.max_choices
            && u64::from(sum) > u64::from(most) * u64::from(n)
        {
            self.push(
                Diagnostic::new(
                    Code::TotalsDoNotFit,
                    span,
                    format!("{n} people could choose {most} each, and {sum} were chosen"),
                )
                .help("correct a count, or `max_choices` in survey.yaml"),
            );
        }
    }

    /// A top is the sum of its points, where both are given.
    fn tops_against_counts(&mut self, exact: &[(&str, u32)], whole: bool, at: At, parts: &Parts) {
        for (id, value) in parts.tops.iter().flatten() {
            let Some(TopOf::Points(points)) =
                at.question.tops.iter().find(|top| top.id == id.value).map(|top| &top.of)
            else {
                continue;
            };
            let of_points = exact.iter().filter(|(name, _)| points.iter().any(|point| point == name));
            let sum = total(of_points.map(|(_, count)| *count));
            if let Value::Count(top) = value.value
                && (sum > top || (whole && sum != top))
            {
                self.push(
                    Diagnostic::new(
                        Code::TotalsDoNotFit,
                        value.span,
                        format!("`{}` is {top}, and the counts of its points add up to {sum}", id.value),
                    )
                    .help("correct one of them"),
                );
            }
        }
    }

    /// The smallest and the largest number of people that cells can stand for, among `n`.
    pub(super) fn bounds<'v>(&self, n: u32, values: impl Iterator<Item = &'v Value>) -> (u64, u64) {
        let band = self.policy.band;
        let (mut least, mut most) = (0_u64, 0_u64);
        for value in values {
            let (low, high) = match value {
                Value::Count(count) => (*count, *count),
                Value::Few => (0, band.saturating_sub(1).min(n)),
                Value::NearlyAll => (n.saturating_sub(band.saturating_sub(1)), n),
                Value::Mentioned => (1, n),
                Value::Withheld | Value::Unpublished | Value::Rounded { .. } | Value::Percent(_) => (0, n),
            };
            least += u64::from(low);
            most += u64::from(high);
        }
        (least, most)
    }

    /// Bins that do not overlap cannot hold more people than answered.
    pub(super) fn bins(&mut self, at: At, parts: &Parts) {
        let (Some(n), Some(bins)) = (at.n, &parts.bins) else { return };
        let ranges: Vec<(u32, u32)> = bins
            .iter()
            .filter_map(|(id, _)| {
                at.question.bins.iter().find(|bin| bin.id == id.value).map(|bin| (bin.from, bin.to))
            })
            .collect();
        let overlap = |a: &(u32, u32), b: &(u32, u32)| a.0 <= b.1 && b.0 <= a.1;
        let apart = ranges.iter().enumerate().all(|(at, a)| ranges[at + 1..].iter().all(|b| !overlap(a, b)));
        let counts = bins.iter().filter_map(|(_, value)| match value.value {
            Value::Count(count) => Some(count),
            _ => None,
        });
        let sum = total(counts);
        if apart && sum > n {
            let span = bins.first().map_or(at.span, |(id, _)| id.span);
            self.push(
                Diagnostic::new(
                    Code::TotalsDoNotFit,
                    span,
                    format!("the bins of `{}` hold {sum}, and {n} answered", at.question.id),
                )
                .help("correct a count; bins that do not overlap cannot hold more than answered"),
            );
        }
    }
}

/// A sum that a hostile release cannot make overflow.
fn total(counts: impl Iterator<Item = u32>) -> u32 {
    counts.fold(0, u32::saturating_add)
}
