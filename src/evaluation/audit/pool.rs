//! A system -> worlds that were exhibited, and the values that a sum has in them. What one search found serves the next.

use super::search::{Budget, Exhausted, Linear, System, UNBOUND, Var};
use std::collections::BTreeSet;

/// Worlds of one system, as far as they were looked for.
pub(super) struct Pool {
    system: System,
    worlds: Vec<Vec<i64>>,
}

impl Pool {
    /// `None` where there is no world at all.
    pub(super) fn open(system: System, budget: &mut Budget) -> Result<Option<Pool>, Exhausted> {
        if !system.is_small() {
            return Err(Exhausted);
        }
        let first = system.find(&[], budget)?;
        Ok(first.map(|world| Pool { system, worlds: vec![world] }))
    }

    pub(super) fn worlds(&self) -> &[Vec<i64>] {
        &self.worlds
    }

    /// Values that a sum has, in worlds that were found: `wanted` of them, or all there are.
    pub(super) fn values(
        &mut self,
        sum: &[(Var, i64)],
        wanted: usize,
        budget: &mut Budget,
    ) -> Result<BTreeSet<i64>, Exhausted> {
        let form = Linear::new(sum.iter().copied(), Vec::new());
        let mut values: BTreeSet<i64> = self.worlds.iter().map(|world| form.of(world)).collect();
        let mut closed: BTreeSet<(i64, i64)> = BTreeSet::new();
        while values.len() < wanted {
            let Some(gap) = gaps(&values).find(|gap| !closed.contains(gap)) else { break };
            match self.within(sum, gap, budget)? {
                Some(value) => drop(values.insert(value)),
                None => drop(closed.insert(gap)),
            }
        }
        Ok(values)
    }

    /// A value of a sum between bounds, if there is one.
    pub(super) fn within(
        &mut self,
        sum: &[(Var, i64)],
        bounds: (i64, i64),
        budget: &mut Budget,
    ) -> Result<Option<i64>, Exhausted> {
        let form = Linear::new(sum.iter().copied(), vec![bounds]);
        let known = self.worlds.iter().map(|world| form.of(world));
        if let Some(value) = known.into_iter().find(|value| (bounds.0..=bounds.1).contains(value)) {
            return Ok(Some(value));
        }
        let world = self.system.find(std::slice::from_ref(&form), budget)?;
        Ok(world.map(|world| {
            let value = form.of(&world);
            self.worlds.push(world);
            value
        }))
    }
}

/// What lies below, between and above values.
fn gaps(values: &BTreeSet<i64>) -> impl Iterator<Item = (i64, i64)> {
    let below = values.iter().map(|value| value - 1).chain([UNBOUND]);
    let above = std::iter::once(-UNBOUND).chain(values.iter().map(|value| value + 1));
    above.zip(below).filter(|(low, high)| low <= high)
}
