//! A block and the policy's promises -> [`Quantity`]s: what a reader, and people who took part, can tell of each count.
//!
//! For every count it *exhibits* as many different values as are promised; extremes alone would not do. Whatever is
//! exhibited is handed to a witness, who looks at it once more in another way (`republish`).

use super::coalition::{each_answers, kinds, people};
use super::model::{Block, Population};
use super::pool::Pool;
use super::robust;
use super::search::{Budget, Exhausted};
use super::shape::Coalition;
use super::subsets;
use super::target::{Target, Together, taken};

/// Nodes of the search that one block may take. It belongs to the format: with another number other releases are refused.
pub(super) const NODES: u64 = 400_000;

/// What a policy promises.
#[derive(Clone, Copy, Debug)]
pub(super) struct Promise {
    /// How many people may put their answers together.
    pub(super) coalition: i64,
    /// Values besides the true one, for any reader.
    pub(super) width: i64,
    /// The same among the others, for people who took part.
    pub(super) insider: i64,
}

/// Why nothing can be said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Undecided {
    /// The search gave up.
    Exhausted,
    /// A world that was exhibited would not have been published in this way: one of the two computations is wrong.
    Disagreement,
}

impl From<Exhausted> for Undecided {
    fn from(_: Exhausted) -> Undecided {
        Undecided::Exhausted
    }
}

/// What can be told of one count.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    pub(super) population: Population,
    pub(super) item: String,
    /// How many people it is of, where that is known.
    pub(super) base: Option<i64>,
    /// Its value, where every world has the same.
    pub(super) determined: Option<i64>,
    /// Values found for a reader, of those that are needed.
    pub(super) values: i64,
    pub(super) needed: i64,
    /// The same among the others for people who took part, where they find fewest.
    pub(super) insider: Sight,
    /// Who can be certain that all of the others, or none, gave this answer.
    pub(super) certain: Option<Certainty>,
}

/// The least that some coalition leaves open.
#[derive(Clone, Debug)]
pub(super) struct Sight {
    pub(super) values: i64,
    /// Of those needed for that coalition.
    pub(super) needed: i64,
    pub(super) coalition: Option<Coalition>,
}

/// People who know what each of the others answered.
#[derive(Clone, Debug)]
pub(super) struct Certainty {
    pub(super) coalition: Coalition,
    /// All of the others gave the answer; else none did.
    pub(super) all: bool,
}

/// Everything of one block.
#[derive(Clone, Default, Debug)]
pub(super) struct Measured {
    pub(super) quantities: Vec<Quantity>,
    pub(super) together: Vec<Together>,
}

/// Looks at a world; whether it would have been published in this way.
pub(super) type Witness<'w> = &'w (dyn Fn(&Block, &[i64]) -> bool + Sync);

/// The protected counts of a block.
pub(super) fn targets(block: &Block) -> Vec<Target> {
    let mut targets = Vec::new();
    for population in block.populations() {
        let (members, most) = (block.members(population), block.most(population));
        for (item, sum) in block.sums(population) {
            if most > 0 && !item.is_rest() {
                let (item, base, members) = (item.id.clone(), block.size(population), members.clone());
                targets.push(Target { population, members, item, sum, base, most });
            }
        }
    }
    targets
}

/// Measures a block. `None` where no answers at all could have been published in this way.
pub(super) fn measure(
    block: &Block,
    promise: &Promise,
    witness: Witness,
) -> Result<Option<Measured>, Undecided> {
    let mut budget = Budget::new(NODES);
    let mut measuring = Measuring { block, promise, witness, targets: targets(block), found: Vec::new() };
    let Some(together) = measuring.reader(&mut budget)? else { return Ok(None) };
    for people in people(block, promise.coalition) {
        measuring.coalitions(&people, &mut budget)?;
    }
    measuring.share();
    Ok(Some(Measured { quantities: measuring.found, together }))
}

struct Measuring<'a> {
    block: &'a Block,
    promise: &'a Promise,
    witness: Witness<'a>,
    targets: Vec<Target>,
    /// By the place of the target.
    found: Vec<Quantity>,
}

impl Measuring<'_> {
    /// A reader with no answers of her own.
    fn reader(&mut self, budget: &mut Budget) -> Result<Option<Vec<Together>>, Undecided> {
        let nobody = Coalition::nobody(self.block);
        let Some(mut pool) = Pool::open(self.block.system(&nobody, &[]), budget)? else { return Ok(None) };
        for target in &self.targets {
            let needed = (self.promise.width + 1).min(target.most + 1);
            // One value more than one is asked for in any case: it decides what is determined.
            let values = pool.values(&target.sum, width(needed.max(2)), budget)?;
            let determined = if values.len() == 1 { values.first().copied() } else { None };
            let certain = certain(target, target.most, &nobody, &mut pool, budget)?;
            self.found.push(Quantity {
                population: target.population,
                item: target.item.clone(),
                base: target.base,
                determined,
                values: count(values.len()).min(needed),
                needed,
                insider: Sight { values: i64::MAX, needed: 0, coalition: None },
                certain,
            });
        }
        let together = subsets::determined(self.block, &mut pool, budget)?;
        self.look_again(&pool, &nobody)?;
        Ok(Some(together))
    }

    /// Every combination of answers of the people of one coalition.
    fn coalitions(&mut self, people: &[i64], budget: &mut Budget) -> Result<(), Undecided> {
        let mut open: Vec<usize> = Vec::new();
        for place in 0..self.targets.len() {
            // Of what every reader knows people who took part need not be kept.
            let is_open = self.found[place].determined.is_none();
            let needed = if is_open { self.needed(place, people) } else { 1 };
            match robust::values(self.block, people, &self.targets[place], needed, budget)? {
                Some(worlds) => {
                    self.all_agree(&worlds, &Coalition::nobody(self.block))?;
                    if is_open {
                        self.least(place, Sight { values: needed, needed, coalition: None });
                    }
                }
                None => open.push(place),
            }
        }
        if open.is_empty() {
            return Ok(());
        }
        let mut trouble = None;
        each_answers(self.block, people, budget, &mut |coalition, budget| match self
            .coalition(coalition, &open, budget)
        {
            Ok(()) => Ok(()),
            Err(undecided) => {
                trouble = Some(undecided);
                Err(Exhausted)
            }
        })
        .map_err(|exhausted| trouble.unwrap_or(exhausted.into()))
    }

    /// One coalition with one combination of answers.
    fn coalition(
        &mut self,
        coalition: &Coalition,
        open: &[usize],
        budget: &mut Budget,
    ) -> Result<(), Undecided> {
        let Some(mut pool) = Pool::open(self.block.system(coalition, &[]), budget)? else { return Ok(()) };
        for place in open {
            let target = self.targets[*place].clone();
            let needed = self.needed(*place, &coalition.people);
            let others = target.most - taken(&target, &coalition.people);
            if self.found[*place].determined.is_none() {
                let values = pool.values(&target.sum, width(needed), budget)?;
                let values = count(values.len()).min(needed);
                self.least(*place, Sight { values, needed, coalition: Some(coalition.clone()) });
            }
            if self.found[*place].certain.is_none() {
                self.found[*place].certain = certain(&target, others, coalition, &mut pool, budget)?;
            }
        }
        self.look_again(&pool, coalition)
    }

    /// Of answers that can change places one stood for all: what somebody can tell of one of them, somebody else, who
    /// answered with the one in place of the other, can tell of the other.
    fn share(&mut self) {
        let kinds = kinds(self.block);
        let kind = |id: &str| kinds.iter().find(|(known, _)| known == id).map(|(_, kind)| *kind);
        for place in 0..self.found.len() {
            for other in 0..self.found.len() {
                let (one, two) = (&self.targets[place], &self.targets[other]);
                if place == other || one.population != two.population || kind(&one.item) != kind(&two.item) {
                    continue;
                }
                let (one, two) = (one.item.clone(), two.item.clone());
                let mut sight = self.found[other].insider.clone();
                sight.coalition = sight.coalition.map(|coalition| self.exchanged(coalition, &one, &two));
                self.least(place, sight);
                if self.found[place].certain.is_none()
                    && let Some(Certainty { coalition, all }) = self.found[other].certain.clone()
                {
                    let coalition = self.exchanged(coalition, &one, &two);
                    self.found[place].certain = Some(Certainty { coalition, all });
                }
            }
        }
    }

    /// A coalition that answered with one item in place of another.
    fn exchanged(&self, mut coalition: Coalition, one: &str, other: &str) -> Coalition {
        for unit in &self.block.units {
            let find = |id: &str| unit.items.iter().find(|item| item.id == id).map(|item| item.var);
            if let (Some(one), Some(other)) = (find(one), find(other)) {
                coalition.answers.swap(one, other);
            }
        }
        coalition
    }

    /// Values that must be left among the others.
    fn needed(&self, place: usize, people: &[i64]) -> i64 {
        let target = &self.targets[place];
        (self.promise.insider + 1).min(target.most - taken(target, people) + 1)
    }

    fn least(&mut self, place: usize, sight: Sight) {
        let known = &mut self.found[place].insider;
        let is_short = |sight: &Sight| sight.values < sight.needed;
        let rank = |sight: &Sight| (!is_short(sight), sight.values);
        if rank(&sight) < rank(known) {
            *known = sight;
        }
    }

    fn look_again(&self, pool: &Pool, coalition: &Coalition) -> Result<(), Undecided> {
        self.all_agree(pool.worlds(), coalition)
    }

    fn all_agree(&self, worlds: &[Vec<i64>], coalition: &Coalition) -> Result<(), Undecided> {
        let agrees = |world: &Vec<i64>| {
            let whole: Vec<i64> =
                world.iter().zip(&coalition.answers).map(|(others, own)| others + own).collect();
            (self.witness)(self.block, &whole)
        };
        if worlds.iter().all(agrees) { Ok(()) } else { Err(Undecided::Disagreement) }
    }
}

/// Whether nobody of the others can have given an answer, or nobody can have left it.
fn certain(
    target: &Target,
    others: i64,
    coalition: &Coalition,
    pool: &mut Pool,
    budget: &mut Budget,
) -> Result<Option<Certainty>, Exhausted> {
    // What is certain of a whole is certain of its parts, where it is told.
    let is_single = matches!(target.population, Population::Unit(_));
    if others < 1 || !is_single || target.base.is_none() {
        return Ok(None);
    }
    for (bounds, all) in [((1, others), false), ((0, others - 1), true)] {
        if pool.within(&target.sum, bounds, budget)?.is_none() {
            return Ok(Some(Certainty { coalition: coalition.clone(), all }));
        }
    }
    Ok(None)
}

fn width(needed: i64) -> usize {
    usize::try_from(needed).unwrap_or(usize::MAX)
}

fn count(values: usize) -> i64 {
    i64::try_from(values).unwrap_or(i64::MAX)
}
