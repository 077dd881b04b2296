//! A block and a number of people -> every coalition of them, by group, with every combination of their answers; of
//! answers that are told apart by nothing that is published, one stands for all.

use super::model::{Answers, Block};
use super::search::{Budget, Exhausted, Linear};
use super::shape::Coalition;

/// Every way to take up to `k` people from the units of a block. Whoever answered a question that not everybody was asked
/// has answered the one before it too, and is one person.
pub(super) fn people(block: &Block, k: i64) -> Vec<Vec<i64>> {
    let mut all: Vec<Vec<i64>> = vec![vec![0; block.units.len()]];
    let (firsts, seconds): (Vec<usize>, Vec<usize>) =
        (0..block.units.len()).partition(|unit| block.units[*unit].routed.is_none());
    for unit in &firsts {
        let most = block.units[*unit].base.known().unwrap_or(k);
        let left = |taken: &[i64]| (k - firsts.iter().map(|first| taken[*first]).sum::<i64>()).min(most);
        all = with(all, *unit, left);
    }
    for unit in seconds {
        let most = block.units[unit].base.known().unwrap_or(k);
        let first = first_of(block, unit);
        all = with(all, unit, |taken| taken[first].min(most));
    }
    all
}

/// The unit of the question that everybody was asked, at the beginning of a chain.
fn first_of(block: &Block, mut unit: usize) -> usize {
    while let Some(routed) = block.units[unit].routed {
        unit = routed.unit;
    }
    unit
}

/// Each with every number of people of one unit more.
fn with(all: Vec<Vec<i64>>, unit: usize, most: impl Fn(&[i64]) -> i64) -> Vec<Vec<i64>> {
    let each = |taken: Vec<i64>| {
        (0..=most(&taken)).map(move |people| {
            let mut taken = taken.clone();
            taken[unit] = people;
            taken
        })
    };
    all.into_iter().flat_map(|taken| each(taken).collect::<Vec<_>>()).collect()
}

/// Hands over every combination of answers of a coalition, up to what nothing tells apart.
pub(super) fn each_answers(
    block: &Block,
    people: &[i64],
    budget: &mut Budget,
    visit: &mut dyn FnMut(&Coalition, &mut Budget) -> Result<(), Exhausted>,
) -> Result<(), Exhausted> {
    let kinds = kinds(block);
    let mut coalition = Coalition { people: people.to_vec(), answers: vec![0; block.vars.len()] };
    let mut units: Vec<usize> = (0..block.units.len()).filter(|unit| people[*unit] > 0).collect();
    // Only the first unit's answers are put in order: with them items of one kind are no longer interchangeable.
    let ordered = units.first().copied();
    units.reverse();
    let mut walk = Walk { block, kinds: &kinds, ordered, visit };
    walk.unit(&mut units, &mut coalition, budget)
}

struct Walk<'a> {
    block: &'a Block,
    /// By the item's id: the first item of its kind.
    kinds: &'a [(String, usize)],
    ordered: Option<usize>,
    visit: &'a mut dyn FnMut(&Coalition, &mut Budget) -> Result<(), Exhausted>,
}

impl Walk<'_> {
    fn unit(
        &mut self,
        units: &mut Vec<usize>,
        coalition: &mut Coalition,
        budget: &mut Budget,
    ) -> Result<(), Exhausted> {
        let Some(unit) = units.pop() else {
            let mut of_units = self.block.units.iter().zip(&coalition.people);
            let is_possible = of_units.all(|(unit, people)| {
                unit.routed.is_none_or(|routed| routed.is_possible(*people, &coalition.answers))
            });
            return if is_possible { (self.visit)(coalition, budget) } else { Ok(()) };
        };
        self.item(unit, 0, units, coalition, budget)?;
        units.push(unit);
        Ok(())
    }

    fn item(
        &mut self,
        unit: usize,
        place: usize,
        units: &mut Vec<usize>,
        coalition: &mut Coalition,
        budget: &mut Budget,
    ) -> Result<(), Exhausted> {
        let known = &self.block.units[unit];
        let people = coalition.people[unit];
        let Some(item) = known.items.get(place) else {
            budget.spend()?;
            if self.block.is_possible(known, people, &coalition.answers) {
                self.unit(units, coalition, budget)?;
            }
            return Ok(());
        };
        let mut most = people;
        if known.answers == Answers::One {
            most -= known.items[..place].iter().map(|item| coalition.answers[item.var]).sum::<i64>();
        }
        if self.ordered == Some(unit) {
            let kind = self.kind(&item.id);
            let before = known.items[..place].iter().rev().find(|other| self.kind(&other.id) == kind);
            most = before.map_or(most, |other| most.min(coalition.answers[other.var]));
        }
        for ticks in 0..=most {
            coalition.answers[item.var] = ticks;
            self.item(unit, place + 1, units, coalition, budget)?;
        }
        coalition.answers[item.var] = 0;
        Ok(())
    }

    fn kind(&self, id: &str) -> usize {
        self.kinds.iter().find(|(known, _)| known == id).map_or(usize::MAX, |(_, kind)| *kind)
    }
}

/// The items of a block, each with the place of the first that it can change places with.
pub(super) fn kinds(block: &Block) -> Vec<(String, usize)> {
    let mut ids: Vec<&str> = Vec::new();
    for item in block.units.iter().flat_map(|unit| &unit.items) {
        if !ids.contains(&item.id.as_str()) {
            ids.push(&item.id);
        }
    }
    let readers = block.system(&Coalition::nobody(block), &[]);
    let held = canonical(&readers.constraints);
    let mut kinds: Vec<(String, usize)> = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        let firsts = kinds.iter().enumerate().filter(|(at, (_, kind))| at == kind);
        let same = firsts.map(|(at, _)| at).find(|first| {
            swapped(block, ids[*first], id, &readers.domains, &readers.constraints)
                .is_some_and(|swapped| swapped == held)
        });
        kinds.push(((*id).to_owned(), same.unwrap_or(place)));
    }
    kinds
}

/// The constraints with two items in each other's place; `None` where their bounds differ, or they are not of the same
/// units.
fn swapped(
    block: &Block,
    one: &str,
    other: &str,
    domains: &[(i64, i64)],
    constraints: &[Linear],
) -> Option<Vec<Linear>> {
    let mut places: Vec<usize> = (0..block.vars.len()).collect();
    for unit in &block.units {
        let find = |id: &str| unit.items.iter().find(|item| item.id == id);
        match (find(one), find(other)) {
            (None, None) => {}
            (Some(one), Some(other))
                if one.exclusive == other.exclusive && one.is_rest() == other.is_rest() =>
            {
                if domains[one.var] != domains[other.var] {
                    return None;
                }
                places.swap(one.var, other.var);
            }
            _ => return None,
        }
    }
    let moved = constraints.iter().map(|linear| {
        let terms = linear.terms.iter().map(|(var, factor)| (places[*var], *factor));
        Linear::new(terms, linear.allowed.clone())
    });
    Some(canonical(&moved.collect::<Vec<_>>()))
}

fn canonical(constraints: &[Linear]) -> Vec<Linear> {
    let mut all = constraints.to_vec();
    all.sort();
    all
}
