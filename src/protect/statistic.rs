//! Private counts -> splits, means and ends of a scale, in whole numbers from the answers to the last decimal.

use super::figures::Figure;
use super::shown::Shown;
use crate::evaluation::{QuestionKind, TopOf};

impl Shown<'_> {
    /// How many are in a declared split.
    pub(super) fn top(&self, id: &str) -> u32 {
        let Some(top) = self.question.tops.iter().find(|top| top.id == id) else { return 0 };
        match &top.of {
            TopOf::Numbers(from, to) => self.counted.between(*from, *to),
            TopOf::Points(points) => {
                let options = self.question.options.iter().enumerate();
                let of_top = options.filter(|(_, option)| points.contains(&option.id));
                of_top.map(|(at, _)| self.counted.option(at)).sum()
            }
        }
    }

    /// The mean to the policy's decimals, halves going up, without floating point.
    pub(super) fn mean(&self) -> Figure {
        let n = i128::from(self.counted.answered);
        if n == 0 {
            return Figure::Withheld;
        }
        decimal(self.sum(), n, self.policy.mean_decimals)
    }

    /// Whether no sum that rounds to the mean tells people who took part what all others answered (`docs/disclosure.md`):
    /// with k of them on a scale from a to b, all such sums lie between `k b + (n - k) a + (b - a)` and
    /// `k a + (n - k) b - (b - a)`.
    pub(super) fn is_mean_open(&self) -> bool {
        let ends = match self.question.options.len() {
            0 => self.question.bounds.map(|(from, to)| (i128::from(from), i128::from(to))),
            points => Some((1, points as i128)),
        };
        // Without ends, a number may be anything, and the rule says nothing.
        let Some((a, b)) = ends.filter(|(a, b)| b - a >= 2) else { return false };
        let (n, k) = (i128::from(self.counted.answered), i128::from(self.policy.coalition));
        let low = k * b + (n - k) * a + (b - a);
        let high = k * a + (n - k) * b - (b - a);
        // Sums, in hundredths or in whole points, whose mean rounds as this one does, halves up.
        let step = if self.question.kind == QuestionKind::Number { 100 } else { 1 };
        let unit = 10_i128.pow(self.policy.mean_decimals);
        let sum = self.sum() * step / 100;
        let shown = (2 * sum * unit + n * step).div_euclid(2 * n * step);
        let edge = |double: i128| -(-n * step * double).div_euclid(2 * unit);
        let (least, most) = (edge(2 * shown - 1), edge(2 * shown + 1) - 1);
        low * step <= least && most <= high * step
    }

    /// The sum of all answers in hundredths; points of a verbal scale count from 1.
    fn sum(&self) -> i128 {
        match self.question.options.is_empty() {
            true => self.counted.sum(),
            false => self
                .counted
                .options
                .iter()
                .map(|(at, count)| (*at as i128 + 1) * 100 * i128::from(*count))
                .sum(),
        }
    }

    pub(super) fn extreme(&self, number: Option<&i64>) -> Figure {
        number.map_or(Figure::Withheld, |number| Figure::Decimal(plain_decimal(*number)))
    }
}

/// A sum of hundredths, divided among `n` and rounded to `places`, halves away from zero.
fn decimal(hundredths: i128, n: i128, places: u32) -> Figure {
    let unit = 10_i128.pow(places);
    let (numerator, denominator) = (hundredths.abs() * unit, n * 100);
    let rounded = (2 * numerator + denominator) / (2 * denominator);
    let sign = if hundredths < 0 && rounded > 0 { "-" } else { "" };
    let (whole, part) = (rounded / unit, rounded % unit);
    Figure::Decimal(match places {
        0 => format!("{sign}{whole}"),
        places => format!("{sign}{whole}.{part:0>width$}", width = places as usize),
    })
}

/// A number of hundredths as people write it.
fn plain_decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
    match part {
        0 => format!("{sign}{whole}"),
        part => format!("{sign}{whole}.{}", format!("{part:02}").trim_end_matches('0')),
    }
}
#[cfg(test)]
mod tests {
    use super::{Figure, decimal, plain_decimal};

    #[test]
    fn halves_go_up_and_nothing_is_a_float() {
        let mean = |sum, n| match decimal(sum, n, 1) {
            Figure::Decimal(text) => text,
            _ => String::new(),
        };
        assert_eq!(mean(4100, 9), "4.6");
        assert_eq!(mean(1500, 4), "3.8");
        assert_eq!(mean(3500, 13), "2.7");
        assert_eq!(mean(25, 100), "0.0");
        assert_eq!([plain_decimal(500), plain_decimal(450), plain_decimal(-5)], ["5", "4.5", "-0.05"]);
    }
}
