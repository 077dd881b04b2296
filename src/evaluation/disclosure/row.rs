//! A question and one of its displays -> the rows of its table, and what stands in their cells.

use crate::evaluation::release::{Statistic, Value};
use crate::evaluation::survey::{Display, Question};

/// A row of a question's table.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::evaluation) enum Row {
    Option(String),
    Theme(String),
    Top(String),
    Bin(String),
    Most,
    Mean,
    Min,
    Max,
}

/// What a judged cell says.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::evaluation) enum Cell {
    Value(Value),
    Statistic(Statistic),
    /// The most frequent bin.
    Bin(String),
}

impl Cell {
    pub(in crate::evaluation) fn is_percentage(&self) -> bool {
        matches!(self, Cell::Value(Value::Percent(_)))
    }
}

/// The waves of a question; one without name where the survey has none.
pub(in crate::evaluation) fn wave_names(question: &Question) -> Vec<&str> {
    if question.waves.is_empty() { vec![""] } else { question.waves.iter().map(String::as_str).collect() }
}

/// The rows that a display has for a group.
pub(in crate::evaluation) fn rows(question: &Question, group: &str, display: &Display) -> Vec<Row> {
    match display {
        Display::Counts => question
            .options
            .iter()
            .filter(|option| option.is_offered_to(group))
            .map(|option| Row::Option(option.id.clone()))
            .collect(),
        Display::Top(id) => vec![Row::Top(id.clone())],
        Display::Mean => vec![Row::Mean],
        Display::Range => vec![Row::Min, Row::Max],
        Display::Bins => std::iter::once(Row::Most)
            .chain(question.bins.iter().map(|bin| Row::Bin(bin.id.clone())))
            .collect(),
    }
}

/// A row's name in files.
pub(in crate::evaluation) fn row_name(row: &Row) -> &str {
    match row {
        Row::Option(id) | Row::Theme(id) | Row::Top(id) | Row::Bin(id) => id,
        Row::Most => "most",
        Row::Mean => "mean",
        Row::Min => "min",
        Row::Max => "max",
    }
}
