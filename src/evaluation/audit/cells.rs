//! One cell of a release, and whom it is of -> what it says of their counts, as linear constraints.

use super::mean::Scale;
use super::model::{Display, Item, Size};
use super::search::{Linear, Var};
use super::statements::{Place, Reader, scale};
use crate::evaluation::release::{Decimal, Parts, Statistic, Value};
use crate::evaluation::survey::Question;
use crate::source::{Span, Spanned};

impl Reader<'_> {
    /// A count, a word for one, or a share. `band` says whether an exact number is within the band because it is shown.
    #[expect(clippy::too_many_arguments, reason = "a cell: where it stands, what it says, of whom")]
    pub(super) fn value(
        &mut self,
        question: &Question,
        group: &str,
        id: &str,
        value: &Spanned<Value>,
        sum: &[(Var, i64)],
        place: &Place,
        band: bool,
    ) {
        let of = format!("`{}.{id}` of `{group}`", question.id);
        let width = i64::from(self.policy.band);
        let terms = || sum.iter().copied();
        let (says, linears) = match &value.value {
            Value::Count(count) => {
                let mut all = vec![Linear::exactly(terms(), i64::from(*count))];
                if let (true, Some(n)) = (band, place.n) {
                    all.push(Linear::new(terms(), vec![(width, n - width)]));
                }
                (count.to_string(), all)
            }
            Value::Few => ("few".to_owned(), vec![Linear::at_most(terms(), width - 1)]),
            Value::NearlyAll => {
                let (all, n) = self.against(sum, place, 1);
                ("nearly-all".to_owned(), vec![Linear::at_least(all, n - width + 1)])
            }
            Value::Mentioned => ("mentioned".to_owned(), vec![Linear::at_least(terms(), 1)]),
            Value::Rounded { value, to } => {
                let (value, to) = (i64::from(*value), i64::from((*to).max(1)));
                let double = sum.iter().map(|(var, factor)| (*var, 2 * factor));
                (
                    format!("{value}, rounded to {to}"),
                    vec![Linear::new(double, vec![(2 * value - to, 2 * value + to - 1)])],
                )
            }
            Value::Percent(percent) => {
                let Some(mut linears) = self.percent(percent, sum, place) else {
                    return self.unreadable(place, &of);
                };
                if let (true, Some(n)) = (band, place.n) {
                    linears.push(Linear::new(terms(), vec![(width, n - width)]));
                }
                (format!("{} %", percent.text), linears)
            }
            Value::Withheld | Value::Unpublished => return,
        };
        let statement = self.statement(value.span, of, says);
        self.block.displays.extend(linears.into_iter().map(|linear| Display { linear, statement }));
    }

    /// A sum less a multiple of how many answered, and the multiple where that is a known number.
    fn against(&self, sum: &[(Var, i64)], place: &Place, times: i64) -> (Vec<(Var, i64)>, i64) {
        match (place.n, place.unknown) {
            (Some(n), _) => (sum.to_vec(), n * times),
            (None, Some(base)) => (sum.iter().copied().chain([(base, -times)]).collect(), 0),
            (None, None) => {
                let bases = place.units.iter().filter_map(|unit| match self.block.units[*unit].base {
                    Size::Unknown(var) => Some((var, -times)),
                    Size::Known(_) => None,
                });
                let known: i64 =
                    place.units.iter().filter_map(|unit| self.block.units[*unit].base.known()).sum();
                (sum.iter().copied().chain(bases).collect(), known * times)
            }
        }
    }

    /// `N (p - half) <= 100 c < N (p + half)`, in units of half of the last place.
    fn percent(&self, percent: &Decimal, sum: &[(Var, i64)], place: &Place) -> Option<Vec<Linear>> {
        let shown = i128::from(percent.scaled);
        let unit = 200 * 10_i128.pow(percent.places);
        if let Some(n) = place.n {
            let edge = |double: i128| i64::try_from(-(-(i128::from(n) * double)).div_euclid(unit)).ok();
            return Some(vec![Linear::new(
                sum.iter().copied(),
                vec![(edge(2 * shown - 1)?, edge(2 * shown + 1)? - 1)],
            )]);
        }
        let unit = i64::try_from(unit).ok()?;
        let scaled: Vec<(Var, i64)> = sum.iter().map(|(var, factor)| (*var, factor * unit)).collect();
        let low = self.against(&scaled, place, i64::try_from(2 * shown - 1).ok()?);
        let high = self.against(&scaled, place, i64::try_from(2 * shown + 1).ok()?);
        Some(vec![Linear::at_least(low.0, low.1), Linear::at_most(high.0, high.1 - 1)])
    }

    /// The most common bin: none has more.
    pub(super) fn most(&mut self, question: &Question, group: &str, most: &Spanned<String>, place: &Place) {
        let bins: Vec<(String, Vec<(Var, i64)>)> = question
            .bins
            .iter()
            .map(|bin| {
                let is_in =
                    |item: &Item| i64::from(bin.from) <= item.values.0 && item.values.1 <= i64::from(bin.to);
                (bin.id.clone(), self.sum(place, is_in))
            })
            .collect();
        let Some((_, first)) = bins.iter().find(|(id, _)| *id == most.value) else { return };
        let of = format!("`{}.most` of `{group}`", question.id);
        let statement = self.statement(most.span, of, most.value.clone());
        for (_, other) in bins.iter().filter(|(id, _)| *id != most.value) {
            let less = other.iter().map(|(var, factor)| (*var, -factor));
            let linear = Linear::at_least(first.iter().copied().chain(less), 0);
            self.block.displays.push(Display { linear, statement });
        }
    }

    pub(super) fn statistics(&mut self, question: &Question, group: &str, parts: &Parts, place: &Place) {
        if let Some(Spanned { value, span }) = &parts.mean {
            match value {
                Statistic::Number(mean) => self.mean(question, group, mean, *span, place),
                // Beside a count of any answer it is withheld because that is shown, whatever the mean.
                Statistic::Withheld if parts.counts_any() => {}
                Statistic::Withheld => self.withheld_mean(question, group, place, *span),
                Statistic::Unpublished => {}
            }
        }
        for (name, statistic, is_min) in [("min", &parts.min, true), ("max", &parts.max, false)] {
            let Some(Spanned { value: Statistic::Number(number), span }) = statistic else { continue };
            let unit = 10_i128.pow(number.places);
            let shown = i128::from(number.scaled);
            let at = |item: &Item| {
                i128::from(item.values.0) * unit <= shown && shown <= i128::from(item.values.1) * unit
            };
            let beyond = |item: &Item| match is_min {
                true => i128::from(item.values.1) * unit < shown,
                false => i128::from(item.values.0) * unit > shown,
            };
            let (at, beyond) = (self.sum(place, at), self.sum(place, beyond));
            let of = format!("`{}.{name}` of `{group}`", question.id);
            let statement = self.statement(*span, of, number.text.clone());
            for linear in [Linear::at_least(at, 1), Linear::at_most(beyond, 0)] {
                self.block.displays.push(Display { linear, statement });
            }
        }
    }

    /// The scale of a question, where it has two ends and the number who answered is known.
    fn scale(&self, question: &Question, place: &Place) -> Option<Scale> {
        scale(question, place.n?)
    }

    fn values(&self, place: &Place) -> Option<Vec<(Var, i64)>> {
        let items = place.units.iter().flat_map(|unit| &self.block.units[*unit].items);
        items.map(|item| (!item.is_rest()).then_some((item.var, item.values.0))).collect()
    }

    fn mean(&mut self, question: &Question, group: &str, mean: &Decimal, span: Span, place: &Place) {
        let of = format!("the mean of `{}` of `{group}`", question.id);
        if let (Some(base), Some(values)) = (place.unknown, self.values(place)) {
            return self.mean_of_unknown(mean, base, &values, span, of);
        }
        let sums = self.scale(question, place).and_then(|scale| scale.sums(mean.scaled.into(), mean.places));
        let (Some(sums), Some(terms)) = (sums, self.values(place)) else {
            // Of a scale without two ends, or of nobody knows how many, the rule of means tells all there is to tell.
            if self.scale(question, place).is_some() {
                self.unreadable(place, &of);
            }
            return;
        };
        self.says(span, of, mean.text.clone(), Linear::new(terms, vec![sums]));
    }

    /// A mean of a number of people that is itself not known: what it says ties the two together.
    fn mean_of_unknown(&mut self, mean: &Decimal, base: Var, values: &[(Var, i64)], span: Span, of: String) {
        let factors = || {
            let double = 2 * 10_i64.checked_pow(mean.places)?;
            let shown = 2 * i64::try_from(mean.scaled).ok()?;
            let sum: Option<Vec<(Var, i64)>> =
                values.iter().map(|(var, value)| Some((*var, value.checked_mul(double)?))).collect();
            Some((sum?, shown))
        };
        let Some((sum, shown)) = factors() else { return };
        let statement = self.statement(span, of, mean.text.clone());
        let above = sum.iter().copied().chain([(base, 1 - shown)]);
        let below = sum.iter().map(|(var, factor)| (*var, -factor)).chain([(base, shown + 1)]);
        let linears = [Linear::at_least(above, 0), Linear::at_least(below, 1)];
        self.block.displays.extend(linears.map(|linear| Display { linear, statement }));
    }

    /// A mean that could be shown as far as the number who answered goes, and is not: its sum is outside the bounds.
    pub(super) fn withheld_mean(&mut self, question: &Question, group: &str, place: &Place, span: Span) {
        let policy = self.policy;
        let is_due = |n: i64| n >= i64::from(policy.mean_base) && n >= i64::from(policy.min_group);
        if !policy.is_audited() || !place.n.is_some_and(is_due) {
            return;
        }
        let outside = self
            .scale(question, place)
            .and_then(|scale| scale.outside(policy.coalition.into(), policy.mean_decimals));
        let (Some(outside), Some(terms)) = (outside, self.values(place)) else { return };
        let of = format!("the mean of `{}` of `{group}`", question.id);
        self.says(span, of, "withheld".to_owned(), Linear::new(terms, outside));
    }
}
