//! Whole numbers between bounds and linear constraints -> one assignment that fulfils them, or the proof that there is none.
//!
//! Bounds are propagated to a fixed point; where that decides nothing the smallest domain is halved. No floating point,
//! and no sum can overflow: [`System::is_small`] is asked before anything is searched.

use std::collections::BTreeMap;

/// A variable by its number.
pub(super) type Var = usize;

/// Variables with what each is multiplied by.
type Terms = Vec<(Var, i64)>;

/// What may be left of the search: nodes, counted the same way on every machine.
pub(super) struct Budget(u64);

/// The search gave up; nothing is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Exhausted;

impl Budget {
    pub(super) fn new(nodes: u64) -> Budget {
        Budget(nodes)
    }

    pub(super) fn spend(&mut self) -> Result<(), Exhausted> {
        self.0 = self.0.checked_sub(1).ok_or(Exhausted)?;
        Ok(())
    }
}

/// A sum of multiples that lies in one of some closed intervals, which rise and do not touch.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Linear {
    /// In the order of variables, none with 0.
    pub(super) terms: Vec<(Var, i64)>,
    pub(super) allowed: Vec<(i64, i64)>,
}

/// Wide enough for "no bound", and small enough to be added to.
pub(super) const UNBOUND: i64 = i64::MAX / 8;

impl Linear {
    pub(super) fn new(terms: impl IntoIterator<Item = (Var, i64)>, allowed: Vec<(i64, i64)>) -> Linear {
        let mut terms: Vec<(Var, i64)> = terms.into_iter().collect();
        terms.sort_unstable();
        terms.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = kept.1.saturating_add(next.1);
            }
            same
        });
        terms.retain(|(_, factor)| *factor != 0);
        Linear { terms, allowed }
    }

    pub(super) fn at_least(terms: impl IntoIterator<Item = (Var, i64)>, least: i64) -> Linear {
        Linear::new(terms, vec![(least, UNBOUND)])
    }

    pub(super) fn at_most(terms: impl IntoIterator<Item = (Var, i64)>, most: i64) -> Linear {
        Linear::new(terms, vec![(-UNBOUND, most)])
    }

    pub(super) fn exactly(terms: impl IntoIterator<Item = (Var, i64)>, value: i64) -> Linear {
        Linear::new(terms, vec![(value, value)])
    }

    /// The sum of an assignment.
    pub(super) fn of(&self, world: &[i64]) -> i64 {
        self.terms.iter().map(|(var, factor)| world[*var] * factor).sum()
    }

    fn admits(&self, value: i64) -> bool {
        self.allowed.iter().any(|(low, high)| (*low..=*high).contains(&value))
    }

    /// The same of variables that are smaller by what `less` says.
    pub(super) fn shifted(&self, less: &[i64]) -> Linear {
        let by = self.of(less);
        if by == 0 {
            return self.clone();
        }
        let allowed = self.allowed.iter().map(|(low, high)| (low - by, high - by)).collect();
        Linear { terms: self.terms.clone(), allowed }
    }
}

/// Variables with their bounds, and what holds of them.
#[derive(Clone, Debug)]
pub(super) struct System {
    pub(super) domains: Vec<(i64, i64)>,
    pub(super) constraints: Vec<Linear>,
}

impl System {
    /// Whether no sum of it can leave the numbers of the machine.
    pub(super) fn is_small(&self) -> bool {
        let most = |var: Var| {
            let (low, high) = self.domains[var];
            low.unsigned_abs().max(high.unsigned_abs())
        };
        self.constraints.iter().all(|constraint| {
            let sums = constraint
                .terms
                .iter()
                .map(|(var, factor)| u128::from(most(*var)) * u128::from(factor.unsigned_abs()));
            sums.sum::<u128>() < u128::from(UNBOUND.unsigned_abs())
        })
    }

    /// An assignment with more constraints than its own, or none.
    pub(super) fn find(&self, more: &[Linear], budget: &mut Budget) -> Result<Option<Vec<i64>>, Exhausted> {
        let mut all: Vec<Linear> = self.constraints.iter().chain(more).cloned().collect();
        // What is asked for, set against each thing that is known: of two sums that share terms the difference says at once
        // what bounds find out by going through all of them.
        for asked in more {
            for known in &self.constraints {
                all.extend([1, -1].into_iter().filter_map(|times| asked.combined(known, times)));
            }
        }
        let Some(merged) = merged(all) else { return Ok(None) };
        search(self.domains.clone(), &merged.iter().collect::<Vec<_>>(), budget)
    }

    /// The bounds that follow from bounds, or none where they contradict each other.
    pub(super) fn narrowed(&self) -> Option<Vec<(i64, i64)>> {
        let all: Vec<&Linear> = self.constraints.iter().collect();
        let mut domains = self.domains.clone();
        propagate(&mut domains, &all).then_some(domains)
    }
}

impl Linear {
    /// Another sum added so many times, where the result has fewer terms than the longer of the two.
    fn combined(&self, other: &Linear, times: i64) -> Option<Linear> {
        let ([own], [more]) = (&self.allowed[..], &other.allowed[..]) else { return None };
        let bounds = |low: i64, high: i64| (low.clamp(-UNBOUND, UNBOUND), high.clamp(-UNBOUND, UNBOUND));
        let more = if times > 0 { *more } else { (-more.1, -more.0) };
        let terms = other.terms.iter().map(|(var, factor)| (*var, factor * times));
        let sum = Linear::new(
            self.terms.iter().copied().chain(terms),
            vec![bounds(own.0.saturating_add(more.0), own.1.saturating_add(more.1))],
        );
        let longest = self.terms.len().max(other.terms.len());
        (sum.terms.len() < longest).then_some(sum)
    }

    /// The same with the smallest factors, the first of them positive.
    fn reduced(mut self) -> Linear {
        let common = self.terms.iter().fold(0, |common, (_, factor)| common_divisor(common, factor.abs()));
        let by = if self.terms.first().is_some_and(|(_, factor)| *factor < 0) { -common } else { common };
        if by == 0 || by == 1 {
            return self;
        }
        self.terms.iter_mut().for_each(|(_, factor)| *factor /= by);
        for bounds in &mut self.allowed {
            let (low, high) = if by > 0 { *bounds } else { (-bounds.1, -bounds.0) };
            *bounds = (-(-low).div_euclid(common), high.div_euclid(common));
        }
        self.allowed.retain(|(low, high)| low <= high);
        self.allowed.sort_unstable();
        self
    }
}

fn common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

/// One constraint for each sum; nothing where two leave no value for one.
fn merged(constraints: Vec<Linear>) -> Option<Vec<Linear>> {
    let mut all: BTreeMap<Terms, Vec<(i64, i64)>> = BTreeMap::new();
    for Linear { terms, allowed } in constraints.into_iter().map(Linear::reduced) {
        let left = match all.remove(&terms) {
            None => allowed,
            Some(known) => {
                let both = known.iter().flat_map(|one| {
                    allowed.iter().map(move |other| (one.0.max(other.0), one.1.min(other.1)))
                });
                both.filter(|(low, high)| low <= high).collect()
            }
        };
        let is_void =
            left.is_empty() || (terms.is_empty() && !left.iter().any(|(low, high)| *low <= 0 && 0 <= *high));
        if is_void {
            return None;
        }
        all.insert(terms, left);
    }
    Some(
        all.into_iter()
            .filter(|(terms, _)| !terms.is_empty())
            .map(|(terms, allowed)| Linear { terms, allowed })
            .collect(),
    )
}

fn search(
    mut domains: Vec<(i64, i64)>,
    constraints: &[&Linear],
    budget: &mut Budget,
) -> Result<Option<Vec<i64>>, Exhausted> {
    budget.spend()?;
    if !propagate(&mut domains, constraints) {
        return Ok(None);
    }
    let open = domains.iter().enumerate().filter(|(_, (low, high))| low < high);
    let Some((var, (low, high))) =
        open.min_by_key(|(_, (low, high))| high - low).map(|(var, domain)| (var, *domain))
    else {
        let world: Vec<i64> = domains.into_iter().map(|(low, _)| low).collect();
        // Between the intervals of one constraint bounds see nothing.
        let holds = constraints.iter().all(|constraint| constraint.admits(constraint.of(&world)));
        return Ok(holds.then_some(world));
    };
    let middle = low + (high - low) / 2;
    for half in [(low, middle), (middle + 1, high)] {
        let mut inner = domains.clone();
        inner[var] = half;
        if let Some(world) = search(inner, constraints, budget)? {
            return Ok(Some(world));
        }
    }
    Ok(None)
}

/// Narrows every domain to what its constraints leave; `false` where one leaves nothing.
fn propagate(domains: &mut [(i64, i64)], constraints: &[&Linear]) -> bool {
    if domains.iter().any(|(low, high)| low > high) {
        return false;
    }
    loop {
        let mut changed = false;
        for constraint in constraints {
            match narrow(domains, constraint) {
                Some(narrowed) => changed |= narrowed,
                None => return false,
            }
        }
        if !changed {
            return true;
        }
    }
}

/// Whether a constraint narrowed a domain; `None` where it cannot hold.
fn narrow(domains: &mut [(i64, i64)], constraint: &Linear) -> Option<bool> {
    let (mut least, mut most) = (0, 0);
    for (var, factor) in &constraint.terms {
        let (low, high) = scaled(domains[*var], *factor);
        least += low;
        most += high;
    }
    let from = constraint.allowed.iter().find(|(_, high)| *high >= least)?.0.max(least);
    let to = constraint.allowed.iter().rev().find(|(low, _)| *low <= most)?.1.min(most);
    if from > to {
        return None;
    }
    if from == least && to == most {
        return Some(false);
    }
    let mut changed = false;
    for (var, factor) in &constraint.terms {
        let (low, high) = scaled(domains[*var], *factor);
        // What is left for this term where all others are as large, or as small, as they can be.
        let (own_from, own_to) = (from - (most - high), to - (least - low));
        let (from, to) = if *factor > 0 { (own_from, own_to) } else { (-own_to, -own_from) };
        let size = factor.abs();
        let (from, to) = (-(-from).div_euclid(size), to.div_euclid(size));
        let domain = &mut domains[*var];
        let narrowed = (domain.0.max(from), domain.1.min(to));
        if narrowed.0 > narrowed.1 {
            return None;
        }
        if narrowed != *domain {
            *domain = narrowed;
            changed = true;
            // The sums are of the old domains and stay valid, if not the narrowest.
        }
    }
    Some(changed)
}

fn scaled((low, high): (i64, i64), factor: i64) -> (i64, i64) {
    if factor > 0 { (low * factor, high * factor) } else { (high * factor, low * factor) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worlds(system: &System) -> usize {
        let mut budget = Budget::new(10_000);
        usize::from(system.find(&[], &mut budget).expect("within the budget").is_some())
    }

    #[test]
    fn the_middle_of_three_points_is_none_or_two() {
        // Eight people, a scale of three points, a sum of 22: the middle can be 0 and 2, and not 1.
        let counts = [(0, 1), (1, 1), (2, 1)];
        let system = System {
            domains: vec![(0, 8); 3],
            constraints: vec![Linear::exactly(counts, 8), Linear::exactly([(0, 1), (1, 2), (2, 3)], 22)],
        };
        for (middle, there) in [(0, 1), (1, 0), (2, 1), (3, 0)] {
            let mut with = system.clone();
            with.domains[1] = (middle, middle);
            assert_eq!(worlds(&with), there, "{middle}");
        }
    }

    #[test]
    fn intervals_have_gaps() {
        let system = System {
            domains: vec![(3, 5), (0, 0)],
            constraints: vec![Linear::new([(0, 1), (1, 1)], vec![(0, 2), (6, 9)])],
        };
        assert_eq!(worlds(&system), 0);
    }

    #[test]
    fn nothing_is_decided_without_nodes() {
        let system = System { domains: vec![(0, 1)], constraints: Vec::new() };
        assert_eq!(system.find(&[], &mut Budget::new(0)), Err(Exhausted));
    }
}
