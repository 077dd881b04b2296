//! Mentors -> for each, the few who are most like her.
//!
//! Those come first who share the most disciplines with her, among equals those who share the most offers, among these
//! those with places, and at last whoever follows her soonest in the directory's own order, which begins again at its
//! end: so that the first of the alphabet are not everybody's choice.
//!
//! Who shares something is looked up by discipline, and by offer only where disciplines give too few.

use crate::directory::{Profile, State};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Of those who share a term with somebody, as many are looked at as follow her soonest: what one mentor costs does not
/// grow with the directory.
const WINDOW: usize = 512;

/// For each of `mentors`, which are in the order of a list, the `wanted` most similar, the most similar first.
pub(super) fn similar<'p>(mentors: &[&'p Profile], wanted: usize) -> BTreeMap<&'p str, Vec<&'p Profile>> {
    if wanted == 0 {
        return BTreeMap::new();
    }
    let disciplines = Shared::new(mentors, Profile::disciplines);
    let offers = Shared::new(mentors, Profile::offers);
    // Whom a candidate was last one for, so that nobody is one twice.
    let mut candidate_of = vec![usize::MAX; mentors.len()];
    let mut candidates = Vec::new();
    let mut found = BTreeMap::new();
    for (at, profile) in mentors.iter().enumerate() {
        candidates.clear();
        for shared in [&disciplines, &offers] {
            if candidates.len() >= wanted {
                break;
            }
            for other in shared.followers(at) {
                if std::mem::replace(&mut candidate_of[other], at) != at {
                    candidates.push(other);
                }
            }
        }
        let mut best: Vec<Rank> = Vec::with_capacity(wanted + 1);
        for &other in &candidates {
            let in_common = Reverse(disciplines.in_common(at, other));
            // Most share less than those that are there already, and need not be looked at further.
            if best.len() == wanted && best.last().is_some_and(|last| last.0 < in_common) {
                continue;
            }
            let is_full = mentors[other].state() == State::Full;
            let distance = (other + mentors.len() - at) % mentors.len();
            let rank = (in_common, Reverse(offers.in_common(at, other)), is_full, distance, other);
            let place = best.partition_point(|better| *better < rank);
            best.insert(place, rank);
            best.truncate(wanted);
        }
        found.insert(profile.id(), best.iter().map(|(.., other)| mentors[*other]).collect());
    }
    found
}

/// Disciplines and offers in common, whether she is full, how far she is in the list, and which she is: the least is best.
type Rank = (Reverse<usize>, Reverse<usize>, bool, usize, usize);

/// Who has which term.
struct Shared {
    /// Mentors by term, in their order.
    by_term: Vec<Vec<usize>>,
    /// Terms by mentor, in order, without repetition.
    by_mentor: Vec<Vec<u32>>,
    /// The same as bits, so many words a mentor: what two have in common is counted millions of times.
    bits: Vec<u64>,
    width: usize,
}

impl Shared {
    fn new<'p>(mentors: &[&'p Profile], terms_of: impl Fn(&'p Profile) -> &'p [String]) -> Shared {
        let mut shared = Shared { by_term: Vec::new(), by_mentor: Vec::new(), bits: Vec::new(), width: 0 };
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        for (at, profile) in mentors.iter().enumerate() {
            let mut own = Vec::new();
            for term in terms_of(profile) {
                let next = shared.by_term.len();
                let number = *numbers.entry(term).or_insert(next as u32);
                if number as usize == next {
                    shared.by_term.push(Vec::new());
                }
                own.push(number);
            }
            own.sort_unstable();
            own.dedup();
            for term in &own {
                shared.by_term[*term as usize].push(at);
            }
            shared.by_mentor.push(own);
        }
        shared.width = shared.by_term.len().div_ceil(64);
        shared.bits = vec![0; shared.width * mentors.len()];
        for (at, own) in shared.by_mentor.iter().enumerate() {
            for term in own {
                shared.bits[at * shared.width + *term as usize / 64] |= 1 << (term % 64);
            }
        }
        shared
    }

    /// Whoever shares a term with a mentor, once for each term, beginning with who follows her.
    fn followers(&self, at: usize) -> impl Iterator<Item = usize> {
        self.by_mentor[at].iter().flat_map(move |term| {
            let people = &self.by_term[*term as usize];
            let here = people.partition_point(|other| *other <= at);
            // Once round: the last is herself.
            let round = people[here..].iter().chain(&people[..here]).take(people.len() - 1);
            round.take(WINDOW).copied()
        })
    }

    fn in_common(&self, a: usize, b: usize) -> usize {
        let of = |mentor: usize| &self.bits[mentor * self.width..][..self.width];
        of(a).iter().zip(of(b)).map(|(a, b)| (a & b).count_ones() as usize).sum()
    }
}
