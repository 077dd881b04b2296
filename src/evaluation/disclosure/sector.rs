//! The rules of the sector, to the letter: `hesa` (rounding) and `ofs` (transparency), as findings about single values.
//!
//! HESA's rounding and suppression for its open data: counts of people to the nearest 5 (0, 1 and 2 become 0), no percentage
//! of fewer than 22.5 people, no average of 7 or fewer. The Office for Students' transparency return: numbers of people to
//! the nearest 10, fewer than 23 marked as low, no numerator of 2 or fewer or within 2 of its denominator. Neither
//! keeps what `small-survey` promises; the audit reports what they leave open.

use super::judge::{At, Judge};
use super::policy::PolicyName;
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluation::release::{Base, Parts, Statistic, Value};
use crate::source::{Span, Spanned};
use std::fmt::Display;

/// What people are counted in under a sector's rule; `None` under the policies that have none.
pub(in crate::evaluation) fn step(policy: PolicyName) -> Option<u32> {
    match policy {
        PolicyName::Hesa => Some(5),
        PolicyName::Ofs => Some(10),
        _ => None,
    }
}

/// A number of people to the nearest of a step, halves up.
pub fn rounded(n: u32, step: u32) -> u32 {
    let step = u64::from(step.max(1));
    let whole = (2 * u64::from(n) + step) / (2 * step) * step;
    u32::try_from(whole).unwrap_or(u32::MAX)
}

impl Judge<'_> {
    /// A number of people who answered, were invited or came a step further.
    pub(super) fn sector_base(&mut self, base: &Spanned<Base>) {
        let Some(step) = step(self.policy.name) else { return };
        let what = match base.value {
            Base::Known(n) => format!("{n} people, not rounded"),
            Base::Rounded { value, to } if to != step || value % step != 0 => {
                format!("{value}, rounded to {to}")
            }
            Base::Low if self.policy.name == PolicyName::Hesa => "`low` in place of a number".to_owned(),
            _ => return,
        };
        let help = match self.policy.name {
            PolicyName::Ofs => {
                format!(
                    "write {{rounded: …, to: {step}}}, or `low` where it is below {}",
                    self.policy.percentage_base
                )
            }
            _ => format!("write {{rounded: …, to: {step}}}"),
        };
        self.of_sector(
            Code::PolicyBand,
            base.span,
            what,
            format!("people are counted to the nearest {step}"),
            help,
        );
    }

    /// What is given of one question, wave and group.
    pub(super) fn sector_parts(&mut self, at: At, parts: &Parts) {
        let base = at.base;
        self.checks.insert("check.sector");
        for (id, value) in parts.counts.iter().chain(&parts.tops).chain(&parts.bins).flatten() {
            match self.policy.name {
                PolicyName::Hesa => self.hesa_value(&id.value, base, value),
                _ => self.ofs_value(&id.value, base, value),
            }
        }
        let least = if self.policy.name == PolicyName::Hesa {
            self.policy.mean_base
        } else {
            self.policy.percentage_base
        };
        if let Some(Spanned { value: Statistic::Number(mean), span }) = &parts.mean
            && !is_at_least(base, least)
        {
            let rule = format!("means of {least} people or more");
            self.of_sector(
                Code::PolicyMean,
                *span,
                format!("a mean of {} among fewer people", mean.text),
                rule,
                "write `mean: withheld`".to_owned(),
            );
        }
        for statistic in [&parts.min, &parts.max].into_iter().flatten() {
            if let Statistic::Number(number) = &statistic.value {
                self.of_sector(
                    Code::PolicyMean,
                    statistic.span,
                    format!("{} is one person's own answer", number.text),
                    "no minimum or maximum",
                    "write `withheld`, or take `range` out of `show`".to_owned(),
                );
            }
        }
        if let Some(most) = &parts.most {
            self.of_sector(
                Code::PolicyBand,
                most.span,
                format!("`{}` is said to be the most common of `{}`", most.value, at.question.id),
                "numbers of people, rounded",
                "take the line out: the bins say it as far as it may be said".to_owned(),
            );
        }
    }

    fn hesa_value(&mut self, id: &str, base: Base, value: &Spanned<Value>) {
        let rule = "counts of people to the nearest 5".to_owned();
        match &value.value {
            Value::Rounded { value: number, to: 5 } if number % 5 == 0 => {
                if let Base::Rounded { value: of, .. } = base
                    && *number > of
                {
                    let what = format!("`{id}` rounds to {number}, and those who answered to {of}");
                    self.of_sector(
                        Code::CountAboveBase,
                        value.span,
                        what,
                        rule,
                        format!("write `{id}: withheld`"),
                    );
                }
            }
            Value::Percent(percent) if !is_at_least(base, self.policy.percentage_base) => {
                let what = format!("{} per cent of few people", percent.text);
                self.of_sector(
                    Code::PolicyPercentage,
                    value.span,
                    what,
                    "percentages of 22.5 people or more".to_owned(),
                    format!("write `{id}: {{rounded: …, to: 5}}`"),
                );
            }
            Value::Count(_) | Value::Few | Value::NearlyAll | Value::Rounded { .. } | Value::Mentioned => {
                self.of_sector(
                    Code::PolicyBand,
                    value.span,
                    format!("`{id}` is not rounded to 5"),
                    rule,
                    format!("write `{id}: {{rounded: …, to: 5}}`"),
                );
            }
            Value::Percent(_) | Value::Withheld | Value::Unpublished => {}
        }
    }

    fn ofs_value(&mut self, id: &str, base: Base, value: &Spanned<Value>) {
        match &value.value {
            Value::Percent(percent) if !is_at_least(base, self.policy.percentage_base) => {
                let what = format!("{} per cent of few people", percent.text);
                let rule = format!("percentages of {} people or more", self.policy.percentage_base);
                self.of_sector(
                    Code::PolicyPercentage,
                    value.span,
                    what,
                    rule,
                    format!("write `{id}: withheld`"),
                );
            }
            Value::Count(_) | Value::Few | Value::NearlyAll | Value::Rounded { .. } | Value::Mentioned => {
                self.of_sector(
                    Code::PolicyBand,
                    value.span,
                    format!("`{id}` is not a percentage"),
                    "percentages, where more than 2 and fewer than all but 2 are counted".to_owned(),
                    format!("write `{id}: {{percent: …}}` or `{id}: withheld`"),
                );
            }
            Value::Percent(_) | Value::Withheld | Value::Unpublished => {}
        }
    }

    fn of_sector(
        &mut self,
        code: Code,
        span: Span,
        what: impl Into<String>,
        rule: impl Display,
        help: impl Into<String>,
    ) {
        let name = self.policy.name.name();
        self.push(Diagnostic::new(code, span, what).note(format!("rule: {rule} (policy {name})")).help(help));
    }
}

/// Whether there may be so many people behind a base as it is given.
fn is_at_least(base: Base, least: u32) -> bool {
    match base {
        Base::Known(n) => n >= least,
        Base::Rounded { value, to } => value.saturating_add(to / 2) >= least,
        Base::Low | Base::NotReported => false,
    }
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn halves_go_up() {
        let to_five = [0, 1, 2, 3, 7, 8, 12, 13, 22, 23].map(|n| rounded(n, 5));
        assert_eq!(to_five, [0, 0, 0, 5, 5, 10, 10, 15, 20, 25]);
        let to_ten = [0, 4, 5, 14, 15, 24, 25, 23].map(|n| rounded(n, 10));
        assert_eq!(to_ten, [0, 0, 10, 10, 20, 20, 30, 20]);
    }
}
