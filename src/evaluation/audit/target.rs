//! What is protected: counts of people, and answers that are determined together.

use super::model::{Answers, Block, Population};
use super::search::Var;

/// A count that is protected.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) population: Population,
    pub(super) members: Vec<usize>,
    pub(super) item: String,
    pub(super) sum: Vec<(Var, i64)>,
    pub(super) base: Option<i64>,
    /// No more people than these, where the number is not known.
    pub(super) most: i64,
}

/// Answers of one question that are determined together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Together {
    pub(super) population: Population,
    pub(super) items: Vec<String>,
    pub(super) value: i64,
}

/// Those of a coalition who are among the people of a target.
pub(super) fn taken(target: &Target, people: &[i64]) -> i64 {
    target.members.iter().map(|unit| people[*unit]).sum()
}

/// Whether a unit's answers can be looked at with one witness for many.
pub(super) fn is_ticked(block: &Block, unit: usize) -> bool {
    matches!(block.units[unit].answers, Answers::Many(_))
}
