//! What a block gives away -> the fewest published statements that still give it away, found by leaving out one after the
//! other.

use super::measure::NODES;
use super::model::{Block, Population};
use super::pool::Pool;
use super::search::{Budget, Exhausted, UNBOUND, Var};
use super::shape::Coalition;
use super::target::Together;

/// Something that can be told from what is published.
#[derive(Clone, Debug)]
pub(super) enum Leak {
    /// One value only.
    Determined { population: Population, items: Vec<String>, value: i64 },
    /// Fewer values than are promised, to a coalition or, with nobody in it, to every reader.
    Narrow { population: Population, item: String, values: i64, needed: i64, coalition: Coalition },
    /// What all others answered.
    Certain { population: Population, item: String, all: bool, coalition: Coalition },
}

impl Leak {
    pub(super) fn together(together: &Together) -> Leak {
        Leak::Determined {
            population: together.population,
            items: together.items.clone(),
            value: together.value,
        }
    }

    pub(super) fn population(&self) -> Population {
        match self {
            Leak::Determined { population, .. }
            | Leak::Narrow { population, .. }
            | Leak::Certain { population, .. } => *population,
        }
    }

    /// Whether it can still be told without some statements.
    fn stands(&self, block: &Block, without: &[usize], budget: &mut Budget) -> Result<bool, Exhausted> {
        let nobody = Coalition::nobody(block);
        let (coalition, items) = match self {
            Leak::Determined { items, .. } => (&nobody, &items[..]),
            Leak::Narrow { item, coalition, .. } | Leak::Certain { item, coalition, .. } => {
                (coalition, std::slice::from_ref(item))
            }
        };
        let Some(mut pool) = Pool::open(block.system(coalition, without), budget)? else { return Ok(false) };
        let sum = sum(block, self.population(), items);
        match self {
            Leak::Determined { value, .. } => {
                let below = pool.within(&sum, (-UNBOUND, value - 1), budget)?;
                Ok(below.is_none() && pool.within(&sum, (value + 1, UNBOUND), budget)?.is_none())
            }
            Leak::Narrow { needed, .. } => {
                let wanted = usize::try_from(*needed).unwrap_or(usize::MAX);
                Ok(pool.values(&sum, wanted, budget)?.len() < wanted)
            }
            Leak::Certain { all, coalition, .. } => {
                let others = others(block, self.population(), coalition);
                let bounds = if *all { (0, others - 1) } else { (1, others) };
                Ok(pool.within(&sum, bounds, budget)?.is_none())
            }
        }
    }

    /// Places of the statements that it rests on.
    pub(super) fn rests_on(&self, block: &Block) -> Vec<usize> {
        let mut budget = Budget::new(NODES);
        let mut without: Vec<usize> = Vec::new();
        for statement in 0..block.statements.len() {
            without.push(statement);
            // Where the search gives up the statement stays among the evidence.
            if !self.stands(block, &without, &mut budget).unwrap_or(false) {
                without.pop();
            }
        }
        (0..block.statements.len()).filter(|statement| !without.contains(statement)).collect()
    }
}

/// The counts of some items of a population, as a sum.
pub(super) fn sum(block: &Block, population: Population, items: &[String]) -> Vec<(Var, i64)> {
    let sums = block.sums(population);
    let meant = sums.into_iter().filter(|(item, _)| items.contains(&item.id));
    meant.flat_map(|(_, sum)| sum).collect()
}

/// Those of a population who are not of a coalition; as many as there can be.
fn others(block: &Block, population: Population, coalition: &Coalition) -> i64 {
    let members = block.members(population);
    let of = |unit: &usize| {
        let size = match block.units[*unit].base {
            super::model::Size::Known(n) => n,
            super::model::Size::Unknown(var) => block.vars[var].1,
        };
        size - coalition.people[*unit]
    };
    members.iter().map(of).sum()
}
