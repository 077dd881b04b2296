//! What is published -> [`Block`]s: whole numbers that nobody outside knows, and what every reader knows of them.
//!
//! A [`Unit`] is one question as one group answered it in one wave: a count for each of its items. What is published is a
//! list of [`Display`]s, linear constraints on counts that each come from a [`Statement`]. What the instrument allows is
//! in the units themselves (`shape`), because it holds of some of the people as well as of all.

use super::search::{Linear, Var};
use crate::source::Span;
use std::collections::BTreeMap;

/// One question, wave and group.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) question: String,
    /// Empty where the survey has none.
    pub(super) wave: String,
    pub(super) group: String,
    /// How many answered this question.
    pub(super) base: Size,
    pub(super) answers: Answers,
    pub(super) items: Vec<Item>,
    /// The answer that all of them gave, where only those who gave it were asked.
    pub(super) routed: Option<Routed>,
    /// Nobody decided that the policy does not bind here.
    pub(super) is_protected: bool,
    /// What is said of it that cannot be put into numbers.
    pub(super) unreadable: Option<String>,
}

impl Unit {
    /// Whether there was only one answer to give: everybody gave it, and nobody had to publish that.
    fn is_settled(&self) -> bool {
        let is_filled = match self.answers {
            Answers::One => true,
            Answers::Many(ticks) => ticks.filled != Filled::No,
        };
        is_filled && self.items.len() == 1
    }
}

/// How many people.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Size {
    Known(i64),
    Unknown(Var),
}

impl Size {
    pub(super) fn known(self) -> Option<i64> {
        match self {
            Size::Known(n) => Some(n),
            Size::Unknown(_) => None,
        }
    }
}

/// How a question is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Answers {
    /// Each gave one answer.
    One,
    /// Each ticked what applies.
    Many(Ticks),
}

/// What holds of each person's ticks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Ticks {
    pub(super) filled: Filled,
    /// At most so many.
    pub(super) most: Option<i64>,
    /// Exclusive items stand alone.
    pub(super) excludes: bool,
}

impl Ticks {
    /// Each item by itself.
    pub(super) const FREE: Ticks = Ticks { filled: Filled::No, most: None, excludes: false };
}

/// Whether each person who is counted ticked something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Filled {
    No,
    /// Readers will take it so, unless the figures speak against it.
    Assumed,
    Yes,
}

/// The answer to another question on which one was asked. How many answered the second is then a count of the first: so many
/// gave that answer, or more, if some of them passed the second over.
///
/// A unit without items stands for nothing but this: who answered, of a question whose answers are looked at elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Routed {
    /// The unit of the other question.
    pub(super) unit: usize,
    /// How many gave the answer.
    pub(super) var: Var,
    /// Nobody could pass it over.
    pub(super) all: bool,
    /// Where it is published how many answered.
    pub(super) statement: usize,
}

/// What can be answered: an option, a point of a scale, a theme; or several points that nothing tells apart.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) var: Var,
    pub(super) exclusive: bool,
    /// The numbers of its points, of a scale of numbers; the place of a verbal point.
    pub(super) values: (i64, i64),
}

impl Item {
    /// Whether it is more than one point: nobody is told how many chose "one of the others".
    pub(super) fn is_rest(&self) -> bool {
        self.values.0 < self.values.1
    }
}

/// Groups together.
#[derive(Clone, Debug)]
pub(super) struct Union {
    pub(super) group: String,
    /// How many answered, where that is known although it is not of each part.
    pub(super) n: Option<i64>,
    /// Places in the list of units.
    pub(super) units: Vec<usize>,
}

/// A number, or a word for one, where it is published.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) span: Span,
    /// "`advice` of `mentee`".
    pub(super) of: String,
    /// "7", "few".
    pub(super) says: String,
}

/// What a statement says of counts.
#[derive(Clone, Debug)]
pub(super) struct Display {
    pub(super) linear: Linear,
    pub(super) statement: usize,
}

/// Units that are looked at together.
#[derive(Clone, Default, Debug)]
pub(super) struct Block {
    /// Bounds of every variable.
    pub(super) vars: Vec<(i64, i64)>,
    pub(super) units: Vec<Unit>,
    pub(super) unions: Vec<Union>,
    pub(super) statements: Vec<Statement>,
    pub(super) displays: Vec<Display>,
}

/// Whose counts are protected.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Population {
    Unit(usize),
    Union(usize),
}

impl Block {
    /// What is said of some unit that cannot be put into numbers.
    pub(super) fn unreadable(&self) -> Option<&str> {
        self.units.iter().find_map(|unit| unit.unreadable.as_deref())
    }

    /// All populations that are protected, single groups first.
    pub(super) fn populations(&self) -> Vec<Population> {
        let is_open = |unit: &usize| {
            let unit = &self.units[*unit];
            unit.is_protected && !unit.is_settled() && !unit.items.is_empty()
        };
        let units = (0..self.units.len()).filter(is_open);
        let unions = (0..self.unions.len()).filter(|union| self.unions[*union].units.iter().all(&is_open));
        units.map(Population::Unit).chain(unions.map(Population::Union)).collect()
    }

    pub(super) fn members(&self, population: Population) -> Vec<usize> {
        match population {
            Population::Unit(unit) => vec![unit],
            Population::Union(union) => self.unions[union].units.clone(),
        }
    }

    pub(super) fn group(&self, population: Population) -> &str {
        match population {
            Population::Unit(unit) => &self.units[unit].group,
            Population::Union(union) => &self.unions[union].group,
        }
    }

    /// How many people, where that is known.
    pub(super) fn size(&self, population: Population) -> Option<i64> {
        let parts = || self.members(population).into_iter().map(|unit| self.units[unit].base.known()).sum();
        match population {
            Population::Unit(_) => parts(),
            Population::Union(union) => self.unions[union].n.or_else(parts),
        }
    }

    /// No more people than these.
    pub(super) fn most(&self, population: Population) -> i64 {
        let most = |unit: usize| match self.units[unit].base {
            Size::Known(n) => n,
            Size::Unknown(var) => self.vars[var].1,
        };
        let parts: i64 = self.members(population).into_iter().map(most).sum();
        self.size(population).map_or(parts, |n| n.min(parts))
    }

    /// The items of a population in their order, each with the counts that it is the sum of.
    pub(super) fn sums(&self, population: Population) -> Vec<(&Item, Vec<(Var, i64)>)> {
        let mut sums: Vec<(&Item, Vec<(Var, i64)>)> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for item in self.members(population).into_iter().flat_map(|unit| &self.units[unit].items) {
            let place = *places.entry(item.id.as_str()).or_insert(sums.len());
            if place == sums.len() {
                sums.push((item, Vec::new()));
            }
            sums[place].1.push((item.var, 1));
        }
        sums
    }

    /// Of a number who answered that is known the answers say no more of the question before: the number stands by itself.
    pub(super) fn part_from_numbers(&mut self) {
        for place in 0..self.units.len() {
            let unit = &mut self.units[place];
            if unit.base.known().is_none() || unit.items.is_empty() {
                continue;
            }
            if let Some(routed) = unit.routed.take() {
                let answers = Answers::Many(Ticks::FREE);
                let number = Unit {
                    items: Vec::new(),
                    answers,
                    routed: Some(routed),
                    unreadable: None,
                    ..unit.clone()
                };
                self.units.push(number);
            }
        }
    }

    /// Parts that have nothing to do with each other.
    pub(super) fn split(&self) -> Vec<Block> {
        let mut links = Links::new(self.vars.len());
        for display in &self.displays {
            links.join(display.linear.terms.iter().map(|(var, _)| *var));
        }
        for unit in &self.units {
            let base = match unit.base {
                Size::Unknown(var) => Some(var),
                Size::Known(_) => None,
            };
            let vars = unit.items.iter().map(|item| item.var);
            if unit.answers == Answers::Many(Ticks::FREE) {
                if let Some(base) = base {
                    links.join(vars.chain([base]));
                }
            } else {
                links.join(vars.chain(base));
            }
            if let Some(routed) = unit.routed {
                links.join(base.into_iter().chain([routed.var]));
            }
        }
        for union in 0..self.unions.len() {
            for (_, sum) in self.sums(Population::Union(union)) {
                links.join(sum.into_iter().map(|(var, _)| var));
            }
        }
        let mut parts: BTreeMap<usize, Vec<Var>> = BTreeMap::new();
        for var in 0..self.vars.len() {
            parts.entry(links.root(var)).or_default().push(var);
        }
        parts.into_values().map(|vars| self.part(&vars)).filter(|part| !part.units.is_empty()).collect()
    }

    /// The part with some variables, renumbered.
    fn part(&self, vars: &[Var]) -> Block {
        let new: BTreeMap<Var, Var> = vars.iter().enumerate().map(|(new, old)| (*old, new)).collect();
        let mut part = Block { vars: vars.iter().map(|var| self.vars[*var]).collect(), ..Block::default() };
        let mut units: BTreeMap<usize, usize> = BTreeMap::new();
        for (place, unit) in self.units.iter().enumerate() {
            let items =
                unit.items.iter().filter_map(|item| Some(Item { var: *new.get(&item.var)?, ..item.clone() }));
            let items: Vec<Item> = items.collect();
            let is_told_here =
                unit.items.is_empty() && unit.routed.is_some_and(|routed| new.contains_key(&routed.var));
            if items.is_empty() && !is_told_here {
                continue;
            }
            let base = match unit.base {
                Size::Unknown(var) => Size::Unknown(new[&var]),
                known @ Size::Known(_) => known,
            };
            units.insert(place, part.units.len());
            part.units.push(Unit { items, base, ..unit.clone() });
        }
        for union in &self.unions {
            let inner: Vec<usize> = union.units.iter().filter_map(|unit| units.get(unit).copied()).collect();
            if !inner.is_empty() {
                part.unions.push(Union { group: union.group.clone(), n: union.n, units: inner });
            }
        }
        let mut statements: BTreeMap<usize, usize> = BTreeMap::new();
        let mut statement = |place: usize, part: &mut Block| {
            *statements.entry(place).or_insert_with(|| {
                part.statements.push(self.statements[place].clone());
                part.statements.len() - 1
            })
        };
        for place in 0..part.units.len() {
            let routed = part.units[place].routed.and_then(|routed| {
                let (unit, var) = (*units.get(&routed.unit)?, *new.get(&routed.var)?);
                Some(Routed { unit, var, statement: statement(routed.statement, &mut part), ..routed })
            });
            part.units[place].routed = routed;
        }
        for display in &self.displays {
            let terms: Option<Vec<(Var, i64)>> =
                display.linear.terms.iter().map(|(var, factor)| Some((*new.get(var)?, *factor))).collect();
            let Some(terms) = terms.filter(|terms| !terms.is_empty()) else { continue };
            let statement = statement(display.statement, &mut part);
            let linear = Linear { terms, allowed: display.linear.allowed.clone() };
            part.displays.push(Display { linear, statement });
        }
        part
    }
}

/// Which variables hang together.
struct Links(Vec<usize>);

impl Links {
    fn new(count: usize) -> Links {
        Links((0..count).collect())
    }

    fn root(&mut self, var: usize) -> usize {
        let mut root = var;
        while self.0[root] != root {
            root = self.0[root];
        }
        self.0[var] = root;
        root
    }

    fn join(&mut self, vars: impl Iterator<Item = usize>) {
        let mut first = None;
        for var in vars {
            let root = self.root(var);
            match first {
                None => first = Some(root),
                Some(first) => self.0[root] = first,
            }
        }
    }
}
