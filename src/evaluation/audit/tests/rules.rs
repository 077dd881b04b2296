//! The rules of bands and of means against the search, over all small cases.

use super::super::mean::Scale;
use super::super::measure::Promise;
use super::super::model::Answers;
use super::super::search::Linear;
use super::by_hand::Plan;

/// A split of n people with a band keeps v values for readers and u for k who took part, whatever was answered, if and only if
/// the band is at least v and at least u + k.
#[test]
fn bands_keep_what_they_promise() {
    let mut cases = 0;
    for n in 2..=12_i64 {
        for k in 0..=3_i64 {
            for band in (1..=6_i64).filter(|band| 2 * band - 1 <= n && n >= 2 * k + 2) {
                for v in 2..=4_i64 {
                    for u in 2..=3_i64 {
                        let promise = Promise { coalition: k, width: v - 1, insider: u - 1 };
                        let passes =
                            (0..=n).all(|count| split(n, band, count).leaks(&promise, band).is_empty());
                        let promised = band >= v.max(u + k);
                        assert_eq!(passes, promised, "n {n}, k {k}, band {band}, v {v}, u {u}");
                        cases += 1;
                    }
                }
            }
        }
    }
    assert!(cases > 500, "{cases}");
}

fn split(n: i64, band: i64, count: i64) -> Plan {
    let mut plan = Plan::new();
    let vars = plan.unit("mentee", n, Answers::One, &["yes", "no"]);
    let of = |allowed| vec![Linear::new([(vars[0], 1)], vec![allowed])];
    if count < band {
        plan.linear("yes", "few", of((0, band - 1)));
    } else if count > n - band {
        plan.linear("yes", "nearly-all", of((n - band + 1, n)));
    } else {
        plan.exact("yes", &vars[..1], count);
    }
    plan
}

/// Every sum of every small group: the rule lets it through if and only if nobody who took part can be certain of anything.
#[test]
fn the_rule_of_means_is_what_the_search_finds() {
    let mut cases = 0;
    for (from, to, most) in [(1, 3, 10), (1, 5, 8), (0, 10, 3)] {
        for n in 2..=most {
            for k in 0..=2.min(n - 1) {
                for sum in n * from..=n * to {
                    let points: Vec<String> = (from..=to).map(|point| point.to_string()).collect();
                    let points: Vec<&str> = points.iter().map(String::as_str).collect();
                    let mut plan = Plan::new();
                    let vars = plan.unit("mentee", n, Answers::One, &points);
                    plan.linear("mean", "a mean", vec![Linear::exactly(vars.into_iter().zip(from..), sum)]);
                    let promise = Promise { coalition: k, width: 0, insider: 0 };
                    let leaks = plan.leaks(&promise, 0);
                    let is_safe = !leaks.iter().any(|leak| leak.starts_with("certain"));
                    let scale = Scale { from, to, n };
                    assert_eq!(
                        scale.allows(k, (sum, sum)),
                        is_safe,
                        "{from} to {to}, n {n}, k {k}, sum {sum}: {leaks:?}"
                    );
                    cases += 1;
                }
            }
        }
    }
    assert!(cases > 500, "{cases}");
}

/// Whatever the rule lets through keeps three values for readers and two for one who took part.
#[test]
fn a_mean_that_is_shown_keeps_the_widths() {
    for (from, to) in [(1, 3), (1, 5)] {
        for n in 8..=13 {
            let scale = Scale { from, to, n };
            for sum in (n * from..=n * to).filter(|sum| scale.allows(1, (*sum, *sum))) {
                let points: Vec<String> = (from..=to).map(|point| point.to_string()).collect();
                let points: Vec<&str> = points.iter().map(String::as_str).collect();
                let mut plan = Plan::new();
                let vars = plan.unit("mentee", n, Answers::One, &points);
                plan.linear("mean", "a mean", vec![Linear::exactly(vars.into_iter().zip(from..), sum)]);
                assert_eq!(
                    plan.leaks(&super::by_hand::USUAL, 3),
                    [""; 0],
                    "{from} to {to}, n {n}, sum {sum}"
                );
            }
        }
    }
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
