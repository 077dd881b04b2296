//! Mentors -> for each, the few who are most like her.
//!
//! Those come first who share the most disciplines with her, among equals those who share the most offers, among these
//! those with places, and at last whoever follows her soonest in the directory's own order, which begins again at its
//! end: so that the first of the alphabet are not everybody's choice.
//!
//! Who shares something is looked up by discipline, and by offer only where disciplines give too few.

use crate::directory::{Profile, State};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Of those who share a term with somebody, as many are looked at as follow her soonest: what one mentor costs does not
/// grow with the directory.
const WINDOW: usize = 256;

/// For each of `mentors`, which are in the order of a list, and about whom is asked, the `wanted` most similar, the most
/// similar first.
pub(super) fn similar<'p>(
    mentors: &[&'p Profile],
    wanted: usize,
    is_asked: &(dyn Fn(&Profile) -> bool + Sync),
) -> BTreeMap<&'p str, Vec<&'p Profile>> {
    if wanted == 0 {
        return BTreeMap::new();
    }
    let directory = Compared {
        disciplines: Shared::new(mentors, Profile::disciplines),
        offers: Shared::new(mentors, Profile::offers),
        is_full: mentors.iter().map(|mentor| mentor.state() == State::Full).collect(),
    };
    let asked: Vec<usize> = (0..mentors.len()).filter(|at| is_asked(mentors[*at])).collect();
    let best: Vec<Vec<Rank>> = asked
        .par_iter()
        .map_init(
            || Candidates::among(mentors.len()),
            |candidates, at| directory.best(*at, wanted, candidates),
        )
        .collect();
    let names = |best: Vec<Rank>| best.iter().map(|(.., other)| mentors[*other]).collect();
    asked.iter().map(|at| mentors[*at].id()).zip(best.into_iter().map(names)).collect()
}

/// What of a directory's mentors is compared.
struct Compared {
    disciplines: Shared,
    offers: Shared,
    is_full: Vec<bool>,
}

/// Whoever comes into question for somebody.
struct Candidates {
    list: Vec<usize>,
    /// For whom each mentor was last a candidate, so that nobody is one twice.
    of: Vec<usize>,
}

impl Candidates {
    fn among(mentors: usize) -> Candidates {
        Candidates { list: Vec::new(), of: vec![usize::MAX; mentors] }
    }
}

impl Compared {
    /// The most similar to one mentor, in order.
    fn best(&self, at: usize, wanted: usize, candidates: &mut Candidates) -> Vec<Rank> {
        let Candidates { list, of } = candidates;
        list.clear();
        for shared in [&self.disciplines, &self.offers] {
            if list.len() >= wanted {
                break;
            }
            for other in shared.followers(at) {
                if std::mem::replace(&mut of[other], at) != at {
                    list.push(other);
                }
            }
        }
        let mut best: Vec<Rank> = Vec::with_capacity(wanted + 1);
        for &other in &*list {
            let in_common = Reverse(self.disciplines.in_common(at, other));
            // Most share less than those that are there already, and need not be looked at further.
            if best.len() == wanted && best.last().is_some_and(|last| last.0 < in_common) {
                continue;
            }
            let distance = (other + of.len() - at) % of.len();
            let offers = Reverse(self.offers.in_common(at, other));
            let rank = (in_common, offers, self.is_full[other], distance, other);
            let place = best.partition_point(|better| *better < rank);
            best.insert(place, rank);
            best.truncate(wanted);
        }
        best
    }
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
        if self.width == 1 {
            return (self.bits[a] & self.bits[b]).count_ones() as usize;
        }
        let of = |mentor: usize| &self.bits[mentor * self.width..][..self.width];
        of(a).iter().zip(of(b)).map(|(a, b)| (a & b).count_ones() as usize).sum()
    }
}
