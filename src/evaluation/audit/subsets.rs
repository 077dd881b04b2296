//! Worlds of a question that allows one answer -> the sets of its answers whose sum is the same in every world.
//!
//! The sums that are the same in all worlds found so far are the solutions of a system of equations, one for the
//! difference of each world to the first. It is solved among the residues of a prime, which loses no solution; each is
//! then looked at for itself, and a world that refutes one joins the others.

use super::model::{Answers, Block};
use super::pool::Pool;
use super::search::{Budget, Exhausted, UNBOUND, Var};
use super::target::Together;

/// Sets of up to two to the power of so many are gone through.
const MOST_FREE: usize = 12;
/// A prime below the root of the largest number of 128 bits.
const PRIME: i128 = (1 << 61) - 1;

/// The sets of answers that are determined, of each population in which each gave one; of two that are the rest of each
/// other the one without the first answer.
pub(super) fn determined(
    block: &Block,
    pool: &mut Pool,
    budget: &mut Budget,
) -> Result<Vec<Together>, Exhausted> {
    let mut all = Vec::new();
    for population in block.populations() {
        let members = block.members(population);
        let is_single = members.iter().all(|unit| block.units[*unit].answers == Answers::One);
        if !is_single || block.size(population).is_none_or(|n| n == 0) {
            continue;
        }
        let items = block.sums(population);
        let sums: Vec<&[(Var, i64)]> = items.iter().map(|(_, sum)| &sum[..]).collect();
        for (set, value) in constant(&sums, pool, budget)? {
            let ids = set.into_iter().map(|place| items[place].0.id.clone()).collect();
            all.push(Together { population, items: ids, value });
        }
    }
    Ok(all)
}

fn constant(
    sums: &[&[(Var, i64)]],
    pool: &mut Pool,
    budget: &mut Budget,
) -> Result<Vec<(Vec<usize>, i64)>, Exhausted> {
    let mut proven: Vec<(Vec<usize>, i64)> = Vec::new();
    'again: loop {
        let worlds: Vec<Vec<i64>> =
            pool.worlds().iter().map(|world| sums.iter().map(|sum| of(sum, world)).collect()).collect();
        for set in candidates(&worlds, sums.len())? {
            budget.spend()?;
            if proven.iter().any(|(known, _)| *known == set) {
                continue;
            }
            let sum: Vec<(Var, i64)> = set.iter().flat_map(|place| sums[*place]).copied().collect();
            let value = of(&sum, &pool.worlds()[0]);
            for gap in [(-UNBOUND, value - 1), (value + 1, UNBOUND)] {
                if pool.within(&sum, gap, budget)?.is_some() {
                    continue 'again;
                }
            }
            proven.push((set, value));
        }
        return Ok(proven);
    }
}

fn of(sum: &[(Var, i64)], world: &[i64]) -> i64 {
    sum.iter().map(|(var, factor)| world[*var] * factor).sum()
}

/// Sets without the first answer, and not empty, whose sums are the same in some worlds.
fn candidates(worlds: &[Vec<i64>], count: usize) -> Result<Vec<Vec<usize>>, Exhausted> {
    let mut rows: Vec<Vec<i128>> = Vec::new();
    for world in &worlds[1..] {
        let mut row: Vec<i128> =
            world.iter().zip(&worlds[0]).map(|(a, b)| i128::from(a - b).rem_euclid(PRIME)).collect();
        for (pivot, known) in pivots(&rows) {
            let times = row[pivot];
            take(&mut row, &rows[known], times);
        }
        let Some(pivot) = row.iter().position(|entry| *entry != 0) else { continue };
        let inverse = power(row[pivot], PRIME - 2);
        row.iter_mut().for_each(|entry| *entry = *entry * inverse % PRIME);
        for known in &mut rows {
            let times = known[pivot];
            take(known, &row, times);
        }
        rows.push(row);
    }
    let pivots: Vec<(usize, usize)> = pivots(&rows).collect();
    let is_pivot = |place: usize| pivots.iter().any(|(pivot, _)| *pivot == place);
    let free: Vec<usize> = (0..count).filter(|place| !is_pivot(*place)).collect();
    if free.len() > MOST_FREE {
        return Err(Exhausted);
    }
    let mut sets = Vec::new();
    for chosen in 0..1_usize << free.len() {
        let mut is_in = vec![0_i128; count];
        for (bit, place) in free.iter().enumerate() {
            is_in[*place] = i128::from(u8::from(chosen >> bit & 1 == 1));
        }
        for (pivot, row) in &pivots {
            let sum: i128 = free.iter().map(|place| rows[*row][*place] * is_in[*place]).sum();
            is_in[*pivot] = (-sum).rem_euclid(PRIME);
        }
        let is_set = is_in.iter().all(|entry| *entry <= 1) && is_in.contains(&1) && is_in[0] == 0;
        if is_set {
            sets.push((0..count).filter(|place| is_in[*place] == 1).collect());
        }
    }
    Ok(sets)
}

/// The first entry of each row that is not nothing, and the row.
fn pivots(rows: &[Vec<i128>]) -> impl Iterator<Item = (usize, usize)> {
    let first = |row: &Vec<i128>| row.iter().position(|entry| *entry != 0);
    rows.iter().enumerate().filter_map(move |(place, row)| Some((first(row)?, place)))
}

fn take(row: &mut [i128], other: &[i128], times: i128) {
    for (entry, other) in row.iter_mut().zip(other) {
        *entry = (*entry - times * other % PRIME).rem_euclid(PRIME);
    }
}

fn power(base: i128, mut exponent: i128) -> i128 {
    let (mut base, mut result) = (base, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}
