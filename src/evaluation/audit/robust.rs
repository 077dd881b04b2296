//! A count of ticks -> worlds that hold whatever else a coalition ticked, so that its combinations need not be gone through.
//!
//! Each of the coalition knows which of sixteen options she ticked, and there are 65,535 such sheets. For a count that is
//! looked at, its own tick matters; the others matter only as far as some of the instrument's bounds are near. So the
//! bounds are put up for the worst that the coalition can have ticked, and a world within them stands for every sheet. Where
//! there are too few such worlds nothing is decided, and all combinations are gone through.

use super::model::{Answers, Block, Filled, Size};
use super::pool::Pool;
use super::search::{Budget, Exhausted, Linear, System};
use super::shape::Coalition;
use super::target::{Target, is_ticked, taken};

/// Worlds (of everybody) that give a coalition of `people` as many values as are needed, and leave it certain of nobody; for
/// every combination of its answers.
pub(super) fn values(
    block: &Block,
    people: &[i64],
    target: &Target,
    needed: i64,
    budget: &mut Budget,
) -> Result<Option<Vec<Vec<i64>>>, Exhausted> {
    let taken_of: Vec<usize> =
        (0..people.len()).filter(|unit| people[*unit] > 0 && !block.units[*unit].items.is_empty()).collect();
    let [unit] = taken_of[..] else { return Ok(None) };
    if !is_ticked(block, unit) || block.units[unit].items.len() < 2 {
        return Ok(None);
    }
    let own =
        block.units[unit].items.iter().position(|item| target.sum.iter().any(|(var, _)| *var == item.var));
    let ticks = if own.is_some() { 0..=people[unit] } else { 0..=0 };
    let others = target.most - taken(target, people);
    let mut worlds = Vec::new();
    for ticked in ticks {
        let Some(system) = worst(block, unit, people, own, ticked) else { return Ok(None) };
        let Some(mut pool) = Pool::open(system, budget)? else { return Ok(None) };
        let wanted = usize::try_from(needed).unwrap_or(usize::MAX);
        if pool.values(&target.sum, wanted, budget)?.len() < wanted {
            return Ok(None);
        }
        // As counts of all: the others' are smaller by what the coalition ticked.
        for bounds in [(ticked + 1, ticked + others), (ticked, ticked + others - 1)] {
            if others > 0 && pool.within(&target.sum, bounds, budget)?.is_none() {
                return Ok(None);
            }
        }
        worlds.extend_from_slice(pool.worlds());
    }
    Ok(Some(worlds))
}

/// What holds of all counts together, whatever the people of a unit ticked besides `ticked` of the item `own`.
fn worst(block: &Block, unit: usize, taken: &[i64], own: Option<usize>, ticked: i64) -> Option<System> {
    let mut system = block.system(&Coalition::nobody(block), &[]);
    let (known, people) = (&block.units[unit], taken[unit]);
    let (Size::Known(n), Answers::Many(ticks)) = (known.base, known.answers) else { return None };
    let left = n - people;
    for (place, item) in known.items.iter().enumerate() {
        let bounds = if Some(place) == own { (ticked, left + ticked) } else { (people, left) };
        let domain = &mut system.domains[item.var];
        *domain = (domain.0.max(bounds.0), domain.1.min(bounds.1));
        if domain.0 > domain.1 {
            return None;
        }
    }
    // Of those who could answer what follows an answer so many have: the others gave that answer at least as often as others
    // answered it.
    for (follows, answered) in block.units.iter().zip(taken) {
        let Some(routed) = follows.routed else { continue };
        let (true, Size::Known(n)) = (routed.unit == unit, follows.base) else { return None };
        let is_own = own.is_some_and(|own| known.items[own].var == routed.var);
        let most = if is_own { ticked } else { people };
        let domain = &mut system.domains[routed.var];
        domain.0 = domain.0.max(n - answered + if routed.all { 0 } else { most });
        if domain.0 > domain.1 {
            return None;
        }
    }
    // The most and the least that the coalition can have ticked of an item.
    let most = |place: usize| if Some(place) == own { ticked } else { people };
    let least = |place: usize| if Some(place) == own { ticked } else { 0 };
    let items = || known.items.iter().enumerate();
    if ticks.filled != Filled::No {
        let taken: i64 = items().map(|(place, _)| most(place)).sum();
        system.constraints.push(Linear::at_least(items().map(|(_, item)| (item.var, 1)), left + taken));
    }
    if let Some(limit) = ticks.most {
        let weight = |exclusive: bool| if exclusive { limit } else { 1 };
        let taken: i64 = items().map(|(place, item)| weight(item.exclusive) * least(place)).sum();
        let terms = items().map(|(_, item)| (item.var, weight(item.exclusive)));
        system.constraints.push(Linear::at_most(terms, limit * left + taken));
    }
    if ticks.excludes {
        let alone: Vec<usize> = items().filter(|(_, item)| item.exclusive).map(|(place, _)| place).collect();
        for with in items().map(|(place, _)| place).filter(|_| !alone.is_empty()) {
            let mut places = alone.clone();
            if !alone.contains(&with) {
                places.push(with);
            }
            let taken: i64 = places.iter().map(|place| least(*place)).sum();
            let terms = places.iter().map(|place| (known.items[*place].var, 1));
            system.constraints.push(Linear::at_most(terms, left + taken));
        }
    }
    Some(system)
}
