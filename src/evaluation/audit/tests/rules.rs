//! The rules of bands and of means over all small cases, against the search and against sums that are counted out.

use super::super::Part;
use super::super::mean::Scale;
use super::super::measure::Promise;
use super::super::model::Answers;
use super::super::search::Linear;
use super::by_hand::{BAND, Plan, USUAL, told};
use super::sums::Sums;
use std::collections::BTreeMap;

/// What is shown of how many said yes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Shown {
    /// Fewer than so many.
    Few(i64),
    /// More than all less so many.
    NearlyAll(i64),
    Exact(i64),
}

impl Shown {
    fn of(count: i64, n: i64, lower: i64, upper: i64) -> Shown {
        match count {
            count if count < lower => Shown::Few(lower),
            count if count > n - upper => Shown::NearlyAll(upper),
            count => Shown::Exact(count),
        }
    }
}

/// Splits of so many people with a band below and one above whose ranges do not overlap.
fn splits() -> impl Iterator<Item = (i64, i64, i64)> {
    let of = |n: i64| (1..=6).flat_map(move |lower| (1..=6).map(move |upper| (n, lower, upper)));
    (2..=12).flat_map(of).filter(|(n, lower, upper)| lower + upper <= n + 1)
}

/// Splits that were searched, by how many people, what is shown of them and what is promised.
#[derive(Default)]
struct Searched(BTreeMap<(i64, Shown, [i64; 3]), Vec<Part>>);

impl Searched {
    /// What is given away; `band` says which determined numbers are too near to nobody or everybody.
    fn leaks(&mut self, n: i64, shown: Shown, promise: &Promise, band: i64) -> Vec<String> {
        let key = (n, shown, [promise.coalition, promise.width, promise.insider]);
        told(self.0.entry(key).or_insert_with(|| split(n, shown).parts(promise)), band)
    }
}

fn split(n: i64, shown: Shown) -> Plan {
    let mut plan = Plan::new();
    let vars = plan.unit("mentee", n, Answers::One, &["yes", "no"]);
    let of = |allowed| vec![Linear::new([(vars[0], 1)], vec![allowed])];
    match shown {
        Shown::Few(lower) => plan.linear("yes", "few", of((0, lower - 1))),
        Shown::NearlyAll(upper) => plan.linear("yes", "nearly-all", of((n - upper + 1, n))),
        Shown::Exact(count) => plan.exact("yes", &vars[..1], count),
    }
    plan
}

/// Readers keep v values and k people who took part u, whatever was answered, if and only if both bands are at least v and
/// at least u + k. Of 2 to 12 people there are 992 splits with coalitions that leave somebody, and six promises for each.
#[test]
fn bands_keep_what_they_promise() {
    let mut searched = Searched::default();
    let mut cases = 0;
    for (n, lower, upper) in splits() {
        for k in 0..=3.min(n - 1) {
            for (v, u) in [(2, 2), (2, 3), (3, 2), (3, 3), (4, 2), (4, 3)] {
                let promise = Promise { coalition: k, width: v - 1, insider: u - 1 };
                // What an exact number does where the bands differ is another matter, and told below.
                let band = lower.min(upper);
                let passes = (0..=n).all(|count| {
                    let shown = Shown::of(count, n, lower, upper);
                    searched.leaks(n, shown, &promise, band).is_empty()
                });
                let promised = band >= v.max(u + k);
                assert_eq!(passes, promised, "n {n}, k {k}, bands {lower} and {upper}, v {v}, u {u}");
                cases += 1;
            }
        }
    }
    assert_eq!(cases, 5_952);
}

/// Of nine people and bands of 3 and 4, "yes" is 3 and shown exactly; that makes "no" 6, which is to be a range.
#[test]
fn unequal_bands_contradict_themselves() {
    let mut searched = Searched::default();
    let promise = Promise { coalition: 0, width: 0, insider: 0 };
    let mut cases = 0;
    for (n, lower, upper) in splits().filter(|(n, lower, upper)| lower + upper <= *n) {
        let is_range = |count: i64| !matches!(Shown::of(count, n, lower, upper), Shown::Exact(_));
        let contradicts = (lower..=n - upper).any(|yes| is_range(n - yes));
        assert_eq!(contradicts, lower != upper, "n {n}, bands {lower} and {upper}");
        let is_found = (lower..=n - upper).any(|yes| {
            let leaks = searched.leaks(n, Shown::Exact(yes), &promise, lower.max(upper));
            leaks.contains(&"determined mentee no".to_owned())
        });
        assert_eq!(is_found, contradicts, "n {n}, bands {lower} and {upper}");
        cases += usize::from(contradicts);
    }
    assert_eq!(cases, 180);
}

/// The mean of a sum in units of its last place, halves up.
fn rounded(sum: i64, n: i64, places: u32) -> i64 {
    let scaled = sum * 10_i64.pow(places);
    scaled / n + i64::from(2 * (scaled % n) >= n)
}

fn people(n: i64) -> usize {
    usize::try_from(n).expect("few")
}

/// Every sum of every small group, 4,393 with who puts answers together, as a mean to none, one and two places: the rule lets it
/// through if and only if no sum that looks like it makes anybody certain of anything.
#[test]
fn the_rule_of_means_is_what_counting_out_finds() {
    let mut cases = 0;
    for (from, to) in [(1, 5), (0, 10), (1, 3)] {
        let sums = Sums::on(from, to, 13);
        for n in 2..=13 {
            let scale = Scale { from, to, n };
            for (k, places) in (0..=2.min(n - 1)).flat_map(|k| (0..=2).map(move |places| (k, places))) {
                let mut is_safe: BTreeMap<i64, bool> = BTreeMap::new();
                for sum in n * from..=n * to {
                    *is_safe.entry(rounded(sum, n, places)).or_insert(true) &=
                        sums.is_safe(people(n), people(k), sum);
                }
                for sum in n * from..=n * to {
                    let shown = scale.rounded(sum, places).expect("small numbers");
                    let like = scale.sums(shown, places).expect("small numbers");
                    assert_eq!(
                        scale.allows(k, like),
                        is_safe[&rounded(sum, n, places)],
                        "{from} to {to}, n {n}, k {k}, sum {sum}, {places} places"
                    );
                    cases += 1;
                }
            }
        }
    }
    assert_eq!(cases, 13_179);
}

/// One exact sum, as a plan.
fn mean(scale: Scale, sum: i64) -> Plan {
    let points: Vec<String> = (scale.from..=scale.to).map(|point| point.to_string()).collect();
    let points: Vec<&str> = points.iter().map(String::as_str).collect();
    let mut plan = Plan::new();
    let vars = plan.unit("mentee", scale.n, Answers::One, &points);
    plan.linear("mean", "a mean", vec![Linear::exactly(vars.into_iter().zip(scale.from..), sum)]);
    plan
}

/// The same of the search, where that is fast: it finds somebody certain where counting out does, and the rule refuses.
#[test]
fn the_rule_of_means_is_what_the_search_finds() {
    let mut cases = 0;
    for (from, to, most) in [(1, 3, 10), (1, 5, 8), (0, 10, 3)] {
        let sums = Sums::on(from, to, people(most));
        for n in 2..=most {
            let scale = Scale { from, to, n };
            for k in 0..=2.min(n - 1) {
                for sum in n * from..=n * to {
                    let promise = Promise { coalition: k, width: 0, insider: 0 };
                    let leaks = mean(scale, sum).leaks(&promise, 0);
                    let is_safe = !leaks.iter().any(|leak| leak.starts_with("certain"));
                    assert_eq!(
                        [scale.allows(k, (sum, sum)), sums.is_safe(people(n), people(k), sum)],
                        [is_safe; 2],
                        "{from} to {to}, n {n}, k {k}, sum {sum}: {leaks:?}"
                    );
                    cases += 1;
                }
            }
        }
    }
    assert!(cases > 500, "{cases}");
}

/// Whatever the rule lets through keeps three values of each point for readers and two for one who took part: counted out,
/// and by the search, which looks at sums of several points too (of eleven points only where it is fast).
#[test]
fn a_mean_that_is_shown_keeps_the_widths() {
    for (from, to, searched) in [(1, 3, 13), (1, 4, 13), (1, 5, 13), (0, 10, 9)] {
        let sums = Sums::on(from, to, 13);
        for n in 8..=13 {
            let scale = Scale { from, to, n };
            let mut shown = 0;
            for sum in (n * from..=n * to).filter(|sum| scale.allows(1, (*sum, *sum))) {
                let fewest = [0, 1].map(|taken| sums.fewest(people(n), taken, sum));
                assert!(fewest[0] >= 3 && fewest[1] >= 2, "{from} to {to}, n {n}, sum {sum}: {fewest:?}");
                if n <= searched {
                    let leaks = mean(scale, sum).leaks(&USUAL, BAND);
                    assert_eq!(leaks, [""; 0], "{from} to {to}, n {n}, sum {sum}");
                }
                shown += 1;
            }
            assert!(shown > 4, "{from} to {to}, n {n}: {shown}");
        }
    }
}

/// A mean of 0.25 of eight people who answered 0 or 1 is two people.
#[test]
fn a_mean_on_two_points_is_a_count() {
    let sums = Sums::on(0, 1, 13);
    for n in 2..=13 {
        for sum in 0..=n {
            let scale = Scale { from: 0, to: 1, n };
            assert!(!scale.allows(0, (sum, sum)) && !scale.allows(1, (sum, sum)), "n {n}, sum {sum}");
            assert_eq!(sums.fewest(people(n), 0, sum), 1, "n {n}, sum {sum}");
        }
    }
    let leaks = mean(Scale { from: 0, to: 1, n: 8 }, 2).leaks(&USUAL, BAND);
    assert_eq!(leaks, ["determined mentee 0", "determined mentee 1"]);
}

#[test]
fn of_nine_people_and_five_stars_means_from_1_9_to_4_1_are_shown() {
    let scale = Scale { from: 1, to: 5, n: 9 };
    let shown: Vec<i128> = (10..=50)
        .filter(|tenths| scale.sums(*tenths, 1).is_some_and(|sums| sums.0 <= sums.1 && scale.allows(1, sums)))
        .collect();
    assert_eq!((shown.first(), shown.last()), (Some(&19), Some(&41)));
    assert_eq!(scale.outside(1, 1), Some(vec![(9, 16), (38, 45)]));
}

/// Sums of larger groups round together: one beyond the bounds hides those that look like it.
#[test]
fn a_withheld_mean_is_every_mean_that_is_not_shown() {
    for (from, to, n, k, places) in
        [(1, 5, 30, 1, 1), (0, 10, 47, 2, 1), (1, 5, 9, 1, 0), (1, 3, 100, 1, 1), (1, 5, 5, 3, 1)]
    {
        let scale = Scale { from, to, n };
        let outside = scale.outside(k, places).expect("small numbers");
        for sum in n * from..=n * to {
            let shown = scale.rounded(sum, places).expect("small numbers");
            let like = scale.sums(shown, places).expect("small numbers");
            assert!(like.0 <= sum && sum <= like.1, "{sum}");
            let is_outside = outside.iter().any(|(low, high)| (*low..=*high).contains(&sum));
            assert_eq!(is_outside, !scale.allows(k, like), "{from} to {to} of {n}, sum {sum}");
        }
    }
}
