//! A scale -> what the sum of some people's answers tells, counted out one person after the other. It knows neither the rule
//! of means nor the search.

use std::collections::{BTreeMap, BTreeSet};

/// What is left open by a sum that some people can have.
pub(super) struct Told {
    /// How many values the number of them at a point can have, of the point of which most is told.
    pub(super) values: usize,
    /// All of them gave some answer, or none did.
    pub(super) is_certain: bool,
}

/// Sums of up to so many people on a scale.
pub(super) struct Sums {
    /// By how many they are, then by their sum, if they can have it.
    of: Vec<BTreeMap<i64, Told>>,
}

impl Sums {
    pub(super) fn on(from: i64, to: i64, most: usize) -> Sums {
        let points: Vec<i64> = (from..=to).collect();
        let elsewhere = |point: &i64| {
            let others: Vec<i64> = points.iter().copied().filter(|other| other != point).collect();
            (*point, reached(&others, most))
        };
        let elsewhere: Vec<(i64, Vec<BTreeSet<i64>>)> = points.iter().map(elsewhere).collect();
        // How many of them can be at a point: as many as leave the rest a sum without it.
        let at = |people: usize, sum: i64| {
            elsewhere.iter().map(move |(point, without)| -> BTreeSet<usize> {
                let left = |at: usize| sum - point * i64::try_from(at).expect("few");
                (0..=people).filter(|at| without[people - at].contains(&left(*at))).collect()
            })
        };
        let told = |people: usize, sum: i64| Told {
            values: at(people, sum).map(|counts| counts.len()).min().unwrap_or(0),
            is_certain: at(people, sum).any(|counts| {
                counts.iter().all(|count| *count == 0) || counts.iter().all(|count| *count == people)
            }),
        };
        let of = reached(&points, most).into_iter().enumerate();
        let of = of.map(|(people, sums)| sums.into_iter().map(|sum| (sum, told(people, sum))).collect());
        Sums { of: of.collect() }
    }

    /// What `people` out of n learn of the others from the sum of all, for each sum that their own answers can have.
    pub(super) fn of_others(&self, n: usize, people: usize, sum: i64) -> impl Iterator<Item = &Told> {
        self.of[people].keys().filter_map(move |own| self.of[n - people].get(&(sum - own)))
    }

    /// Whether nobody's answer is certain, for a reader and for up to k people who took part.
    pub(super) fn is_safe(&self, n: usize, k: usize, sum: i64) -> bool {
        (0..=k).all(|people| self.of_others(n, people, sum).all(|told| !told.is_certain))
    }

    /// The fewest values that are left for how many of the others gave an answer.
    pub(super) fn fewest(&self, n: usize, people: usize, sum: i64) -> usize {
        self.of_others(n, people, sum).map(|told| told.values).min().expect("a sum that there is")
    }
}

/// By number of people: every sum of answers among some points.
fn reached(points: &[i64], most: usize) -> Vec<BTreeSet<i64>> {
    let mut all = vec![BTreeSet::from([0])];
    for people in 0..most {
        all.push(all[people].iter().flat_map(|sum| points.iter().map(move |point| sum + point)).collect());
    }
    all
}
