//! A mean as it is shown -> the sums that round to it, and whether any of them tells somebody what the others answered.
//!
//! With k people who put their answers together, of n on a scale from a to b, a mean may be shown if every sum S that rounds
//! to it has `k b + (n - k) a + (b - a) <= S <= k a + (n - k) b - (b - a)`: then the others' sum is far enough from
//! what it would be if all had given the lowest answer, or the highest (`docs/disclosure.md`).

/// A question's scale and who answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Scale {
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) n: i64,
}

impl Scale {
    /// The sums there can be.
    fn whole(self) -> (i128, i128) {
        (i128::from(self.n) * i128::from(self.from), i128::from(self.n) * i128::from(self.to))
    }

    /// Sums whose mean, rounded to some places with halves up, is the one shown in units of the last of them.
    pub(super) fn sums(self, shown: i128, places: u32) -> Option<(i64, i64)> {
        let unit = 2 * 10_i128.checked_pow(places)?;
        let n = i128::from(self.n);
        let edge = |double: i128| n.checked_mul(double).map(|edge| -(-edge).div_euclid(unit));
        let (low, high) = (edge(2 * shown - 1)?, edge(2 * shown + 1)? - 1);
        let (least, most) = self.whole();
        Some((i64::try_from(low.max(least)).ok()?, i64::try_from(high.min(most)).ok()?))
    }

    /// The mean of a sum as it is shown.
    pub(super) fn rounded(self, sum: i64, places: u32) -> Option<i128> {
        let n = i128::from(self.n);
        let tens = 10_i128.checked_pow(places)?;
        Some((i128::from(sum).checked_mul(2 * tens)? + n).div_euclid(2 * n))
    }

    /// The lowest and the highest sum that tells `k` people nothing certain; none where the first is above the second.
    pub(super) fn bounds(self, k: i64) -> (i128, i128) {
        let (a, b, n, k) = (i128::from(self.from), i128::from(self.to), i128::from(self.n), i128::from(k));
        let spread = b - a;
        (k * b + (n - k) * a + spread, k * a + (n - k) * b - spread)
    }

    /// Whether a mean may be shown: every sum that rounds to it is within the bounds.
    pub(super) fn allows(self, k: i64, sums: (i64, i64)) -> bool {
        let (low, high) = self.bounds(k);
        self.to - self.from >= 2 && low <= i128::from(sums.0) && i128::from(sums.1) <= high
    }

    /// The sums of means that may not be shown, as intervals: what a withheld mean says.
    pub(super) fn outside(self, k: i64, places: u32) -> Option<Vec<(i64, i64)>> {
        let (least, most) = self.whole();
        let (low, high) = self.bounds(k);
        let (least, most) = (i64::try_from(least).ok()?, i64::try_from(most).ok()?);
        let all = Some(vec![(least, most)]);
        let (Ok(low), Ok(high)) = (i64::try_from(low), i64::try_from(high)) else { return all };
        if self.to - self.from < 2 || low > high {
            return all;
        }
        let around = |sum: i64| self.sums(self.rounded(sum, places)?, places);
        // A sum at the edge is not shown either if it is rounded together with one beyond.
        let (first, last) = (around(low)?, around(high)?);
        let first = if first.0 < low { first.1 + 1 } else { low };
        let last = if last.1 > high { last.0 - 1 } else { high };
        if first > last {
            return all;
        }
        let sides = [(least, first - 1), (last + 1, most)];
        Some(sides.into_iter().filter(|(low, high)| low <= high).collect())
    }
}
