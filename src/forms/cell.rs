//! What a cell of an export holds -> [`Cell`], which says what kind of thing it is, and its text only to those who ask.
//!
//! Exports hold what people answered in confidence, and messages end up in mails and logs. So a cell cannot be printed:
//!
//! ```compile_fail
//! fn print(cell: &mentorpress::forms::Cell) -> String {
//!     cell.to_string()
//! }
//! ```
//!
//! ```compile_fail
//! fn print(cell: &mentorpress::forms::Cell) -> String {
//!     serde_json::to_string(cell).unwrap_or_default()
//! }
//! ```
//!
//! ```compile_fail
//! fn print(cell: &mentorpress::forms::Cell) -> String {
//!     format!("{}", cell.0)
//! }
//! ```
//!
//! Whoever needs its text says so:
//!
//! ```
//! fn print(cell: &mentorpress::forms::Cell) -> String {
//!     serde_json::to_string(&*cell.text()).unwrap_or_default()
//! }
//! ```

use super::text::clean_into;
use jiff::civil::DateTime;
use std::borrow::Cow;
use std::fmt;

/// One answer. Its `Debug` tells kind and length, and nothing of what was answered.
#[derive(Clone, Default)]
pub struct Cell(pub(super) Value);

/// What a cell holds.
#[derive(Clone, Default)]
pub(super) enum Value {
    #[default]
    Empty,
    /// Without control characters; its lines end in `\n`. Empty where a buffer is kept for the next row.
    Text(String),
    Number(f64),
    Moment(DateTime),
    Fault(String),
    Formula,
}

/// What kind of thing a cell holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Content {
    /// Nothing, or white space.
    Empty,
    /// A text.
    Text,
    /// A number.
    Number,
    /// A day and time.
    Moment,
    /// What the spreadsheet shows where it could not calculate: `#N/A`.
    Fault,
    /// A formula: what it gives is not what somebody answered.
    Formula,
}

/// A cell with nothing in it.
pub(super) const EMPTY: Cell = Cell(Value::Empty);

impl Cell {
    /// A cell with a text, cleaned as those of files are.
    pub fn of_text(text: &str) -> Cell {
        let mut cell = Cell::default();
        cell.set_text(text);
        cell
    }

    /// What kind of thing it holds.
    pub fn content(&self) -> Content {
        match &self.0 {
            Value::Empty => Content::Empty,
            Value::Text(text) if is_blank(text) => Content::Empty,
            Value::Text(_) => Content::Text,
            Value::Number(_) => Content::Number,
            Value::Moment(_) => Content::Moment,
            Value::Fault(_) => Content::Fault,
            Value::Formula => Content::Formula,
        }
    }

    /// What the cell shows; nothing for a formula. Numbers are as short as they can be: `2021`, `2.5`.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            Value::Empty | Value::Formula => Cow::Borrowed(""),
            Value::Text(text) | Value::Fault(text) => Cow::Borrowed(text),
            Value::Number(number) => Cow::Owned(number.to_string()),
            Value::Moment(moment) => Cow::Owned(moment.to_string()),
        }
    }

    /// The number that it holds, where the file says that it is one.
    pub fn number(&self) -> Option<f64> {
        match self.0 {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        self.content() == Content::Empty
    }

    /// The options ticked in a choose-all answer: its parts between semicolons, the last of which is often followed by
    /// one too.
    pub fn parts(&self) -> Vec<String> {
        self.text().split(';').map(super::tidy).filter(|part| !part.is_empty()).collect()
    }

    /// Puts a text there, in the memory of the one before.
    pub(super) fn set_text(&mut self, text: &str) {
        let mut kept = match std::mem::take(&mut self.0) {
            Value::Text(mut kept) => {
                kept.clear();
                kept
            }
            _ => String::new(),
        };
        clean_into(text, &mut kept);
        self.0 = Value::Text(kept);
    }

    /// Puts another part of an answer behind the one that is there: `A;B`.
    pub(super) fn add_part(&mut self, more: &Cell) {
        let is_answer = |cell: &Cell| !matches!(cell.content(), Content::Fault | Content::Formula);
        if self.is_empty() || !is_answer(more) {
            self.clone_from(more);
        } else if !more.is_empty() && is_answer(self) {
            let both = format!("{};{}", self.text().trim_end_matches([';', ' ']), more.text());
            self.0 = Value::Text(both);
        }
    }

    /// Empties it, and keeps its memory for the next.
    pub(super) fn clear(&mut self) {
        match &mut self.0 {
            Value::Text(text) => text.clear(),
            other => *other = Value::Empty,
        }
    }

    /// How many bytes its text has.
    pub(super) fn bytes(&self) -> usize {
        match &self.0 {
            Value::Text(text) | Value::Fault(text) => text.len(),
            _ => 0,
        }
    }
}

/// Whether a text shows nothing.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || matches!(c, '\u{FEFF}' | '\u{200B}'))
}

impl PartialEq for Cell {
    fn eq(&self, other: &Cell) -> bool {
        self.content() == other.content() && (self.is_empty() || self.text() == other.text())
    }
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Value::Text(text) if !self.is_empty() => write!(f, "Text of {} characters", text.chars().count()),
            _ => write!(f, "{:?}", self.content()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_debugged_tells_nothing_of_an_answer() {
        let mut cell = Cell::of_text("Siân told me");
        assert_eq!(format!("{cell:?} {:?}", Cell(Value::Number(7.0))), "Text of 12 characters Number");
        cell.clear();
        assert_eq!((format!("{cell:?}"), cell.content()), ("Empty".to_owned(), Content::Empty));
        assert_eq!(cell, EMPTY);
    }

    #[test]
    fn parts_of_an_answer_come_together() {
        let mut cell = Cell::default();
        for part in ["", "Networks;", "Advice; how to get on", " "] {
            cell.add_part(&Cell::of_text(part));
        }
        assert_eq!(cell.text(), "Networks;Advice; how to get on");
        cell.add_part(&Cell(Value::Number(2.0)));
        assert_eq!(cell.parts(), ["Networks", "Advice", "how to get on", "2"]);
        // What is no answer makes none of the others.
        for part in [Cell(Value::Formula), Cell::of_text("Networks")] {
            cell.add_part(&part);
            assert_eq!(cell.content(), Content::Formula);
        }
    }
}
