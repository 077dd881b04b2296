//! A block, and a coalition that knows its own answers -> the [`System`] of what the others may have answered.
//!
//! What the instrument allows holds of all who answered and of any of them: so it is put up for the others, whose number
//! is smaller, and what is published is put up for all, which is the others and the coalition.

use super::model::{Answers, Block, Filled, Routed, Size, Ticks, Unit};
use super::search::{Linear, System, Var};

/// People who took part and put their answers together; a reader is a coalition of nobody.
#[derive(Clone, Debug)]
pub(super) struct Coalition {
    /// How many of each unit.
    pub(super) people: Vec<i64>,
    /// How many of them gave each answer, by variable.
    pub(super) answers: Vec<i64>,
}

impl Coalition {
    /// A reader with no answers of her own.
    pub(super) fn nobody(block: &Block) -> Coalition {
        Coalition { people: vec![0; block.units.len()], answers: vec![0; block.vars.len()] }
    }
}

/// Of a long scale so many weights are enough.
const WEIGHTS: usize = 24;

impl Block {
    /// What holds of the others' counts. `without` are statements that are left out.
    pub(super) fn system(&self, coalition: &Coalition, without: &[usize]) -> System {
        let mut domains = self.vars.clone();
        let mut constraints = Vec::new();
        for (unit, people) in self.units.iter().zip(&coalition.people) {
            let most = match unit.base {
                Size::Known(n) => n - people,
                Size::Unknown(base) => {
                    domains[base].0 = domains[base].0.max(*people);
                    self.vars[base].1 - people
                }
            };
            for item in &unit.items {
                domains[item.var] = (0, most.min(self.vars[item.var].1));
            }
            shape(unit, *people, &mut constraints);
            if let Some(routed) = unit.routed.filter(|routed| !without.contains(&routed.statement)) {
                constraints.push(routed.among(unit.base, *people));
            }
        }
        for display in self.displays.iter().filter(|display| !without.contains(&display.statement)) {
            let linear = display.linear.shifted(&coalition.answers);
            match (&linear.terms[..], &linear.allowed[..]) {
                ([(var, 1)], [(low, high)]) => {
                    let domain = &mut domains[*var];
                    *domain = (domain.0.max(*low), domain.1.min(*high));
                }
                _ => {
                    self.against_each_weight(&linear, coalition, &mut constraints);
                    constraints.push(linear);
                }
            }
        }
        System { domains, constraints }
    }

    /// A weighted sum of the answers of a question that allows one, less a multiple of how many gave one: it follows, and
    /// bounds see by it at once what neither the sum nor the number of people tells by itself (nobody below 5, and a mean
    /// below 5). One for each weight.
    fn against_each_weight(&self, linear: &Linear, coalition: &Coalition, constraints: &mut Vec<Linear>) {
        let is_of =
            |unit: &Unit| linear.terms.iter().all(|(var, _)| unit.items.iter().any(|item| item.var == *var));
        let Some(place) = self.units.iter().position(is_of) else { return };
        let unit = &self.units[place];
        let (Answers::One, Size::Known(n)) = (unit.answers, unit.base) else { return };
        let left = n - coalition.people[place];
        let weight =
            |var: Var| linear.terms.iter().find(|(known, _)| *known == var).map_or(0, |(_, weight)| *weight);
        let mut weights: Vec<i64> = unit.items.iter().map(|item| weight(item.var)).collect();
        weights.sort_unstable();
        weights.dedup();
        let step = weights.len().div_ceil(WEIGHTS).max(1);
        for by in weights.into_iter().step_by(step).filter(|by| *by != 0) {
            let terms = unit.items.iter().map(|item| (item.var, weight(item.var).saturating_sub(by)));
            let less = by.saturating_mul(left);
            let allowed = linear
                .allowed
                .iter()
                .map(|(low, high)| (low.saturating_sub(less), high.saturating_sub(less)));
            constraints.push(Linear::new(terms, allowed.collect()));
        }
    }

    /// Whether a coalition's answers are answers that its people can have given.
    pub(super) fn is_possible(&self, unit: &Unit, people: i64, answers: &[i64]) -> bool {
        let mut all = Vec::new();
        shape(&Unit { base: Size::Known(people), ..unit.clone() }, 0, &mut all);
        let fits = |linear: &Linear| {
            let sum = linear.of(answers);
            linear.allowed.iter().any(|(low, high)| (*low..=*high).contains(&sum))
        };
        unit.items.iter().all(|item| answers[item.var] <= people) && all.iter().all(fits)
    }
}

impl Routed {
    /// What holds of the others when `people` of those who answered are taken out: so many of the others gave the answer on
    /// which they were asked as answered, or more.
    fn among(self, base: Size, people: i64) -> Linear {
        let (terms, n) = match base {
            Size::Known(n) => (vec![(self.var, 1)], n - people),
            Size::Unknown(base) => (vec![(self.var, 1), (base, -1)], -people),
        };
        if self.all { Linear::exactly(terms, n) } else { Linear::at_least(terms, n) }
    }

    /// Whether so many of a coalition can have answered, who gave these answers to the other question.
    pub(super) fn is_possible(self, people: i64, answers: &[i64]) -> bool {
        if self.all { people == answers[self.var] } else { people <= answers[self.var] }
    }
}

/// What the instrument allows of those of a unit who are left when `people` of them are taken out.
fn shape(unit: &Unit, people: i64, constraints: &mut Vec<Linear>) {
    // The sum of terms, less a multiple of how many are left, and a bound: in one linear form, whether the base is known
    // or not.
    let against = |terms: Vec<(Var, i64)>, times: i64| -> (Vec<(Var, i64)>, i64) {
        match unit.base {
            Size::Known(n) => (terms, times * (n - people)),
            Size::Unknown(base) => (terms.into_iter().chain([(base, -times)]).collect(), -times * people),
        }
    };
    let all = |factor: i64| unit.items.iter().map(move |item| (item.var, factor));
    match unit.answers {
        Answers::One => {
            let (terms, sum) = against(all(1).collect(), 1);
            constraints.push(Linear::exactly(terms, sum));
        }
        Answers::Many(Ticks { filled, most, excludes }) => {
            let exclusive: Vec<Var> =
                unit.items.iter().filter(|item| item.exclusive).map(|item| item.var).collect();
            if matches!(unit.base, Size::Unknown(_)) {
                for item in &unit.items {
                    let (terms, bound) = against(vec![(item.var, 1)], 1);
                    constraints.push(Linear::at_most(terms, bound));
                }
            }
            if filled != Filled::No {
                let (terms, bound) = against(all(1).collect(), 1);
                constraints.push(Linear::at_least(terms, bound));
            }
            if let Some(most) = most {
                let weight = |item: &super::model::Item| if item.exclusive { most } else { 1 };
                let terms = unit.items.iter().map(|item| (item.var, weight(item))).collect();
                let (terms, bound) = against(terms, most);
                constraints.push(Linear::at_most(terms, bound));
            }
            if excludes && !exclusive.is_empty() {
                let alone = || exclusive.iter().map(|var| (*var, 1));
                let (terms, bound) = against(alone().collect(), 1);
                constraints.push(Linear::at_most(terms, bound));
                for item in unit.items.iter().filter(|item| !item.exclusive) {
                    let (terms, bound) = against(alone().chain([(item.var, 1)]).collect(), 1);
                    constraints.push(Linear::at_most(terms, bound));
                }
            }
        }
    }
}

impl Block {
    /// The same without what holds anyway, for everybody and for each coalition of up to `k`: ticks that each stand for
    /// themselves can be looked at by themselves.
    pub(super) fn loosened(&self, k: i64) -> Block {
        let mut block = self.clone();
        // Bounds that are published, and not those that follow from what is looked at here.
        let domains = self.system(&Coalition::nobody(self), &[]).domains;
        for unit in &mut block.units {
            let (Answers::Many(ticks), Size::Known(n)) = (unit.answers, unit.base) else { continue };
            if holds_anyway(unit, ticks, n, k, &domains) {
                unit.answers = Answers::Many(Ticks::FREE);
            }
        }
        block
    }
}

/// Whether bounds alone make sure of everything that ties a unit's ticks to each other, whoever is taken out.
fn holds_anyway(unit: &Unit, ticks: Ticks, n: i64, k: i64, domains: &[(i64, i64)]) -> bool {
    let low = |var: Var, people: i64| (domains[var].0 - people).max(0);
    let high = |var: Var, left: i64| domains[var].1.min(left);
    (0..=k.min(n)).all(|people| {
        let left = n - people;
        let least: i64 = unit.items.iter().map(|item| low(item.var, people)).sum();
        let sum = |of_exclusive: bool| -> i64 {
            let items = unit.items.iter().filter(|item| item.exclusive == of_exclusive);
            items.map(|item| high(item.var, left)).sum()
        };
        let exclusive = if ticks.excludes { sum(true) } else { 0 };
        let largest = unit
            .items
            .iter()
            .filter(|item| !item.exclusive)
            .map(|item| high(item.var, left))
            .max()
            .unwrap_or(0);
        let is_filled = ticks.filled == Filled::No || least >= left;
        let is_within = ticks.most.is_none_or(|most| sum(false) + most * sum(true) <= most * left);
        is_filled && is_within && (exclusive == 0 || exclusive + largest <= left)
    })
}
