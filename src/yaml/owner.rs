//! What is known of a format's keys, and whose entry a map is -> findings that say where to write what.
//!
//! A value in a message is copied. So none is ever given as a sample: what is not known stands as `…` or `YYYY-MM-DD`, which
//! no reader of these files takes for an answer.

use super::line::spaces;
use super::read::{as_date, as_number, scalar};
use super::tree::{Entry, Node};
use crate::source::{Sources, Span};

/// A key of a format, with what people who write it have to know.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// A value as it should read, for editors that show how it is done; never for a finding.
    pub example: &'static str,
    /// What stands in a finding for a value that is not known.
    pub blank: Blank,
    /// What people write for it elsewhere.
    pub also: &'static [&'static str],
    /// What it is, in a sentence.
    pub about: &'static str,
}

/// What stands for a value that somebody has to find out.
#[derive(Clone, Copy, Debug)]
pub enum Blank {
    /// Of a text.
    Text,
    /// Of a whole number.
    Number,
    /// Of a date.
    Date,
    /// Of anything else: the value with openings, and the words that say what goes into them.
    Shape(&'static str, &'static str),
}

impl Blank {
    pub(super) fn text(self) -> &'static str {
        match self {
            Blank::Text | Blank::Number => "…",
            Blank::Date => "YYYY-MM-DD",
            Blank::Shape(text, _) => text,
        }
    }

    pub(super) fn fill(self) -> &'static str {
        match self {
            Blank::Text => "with what is true of her in place of …",
            Blank::Number => "with that number in place of …",
            Blank::Date => "with that day (year-month-day) in place of YYYY-MM-DD",
            Blank::Shape(_, fill) => fill,
        }
    }
}

impl Key {
    /// The value that was typed for another key, if it can stand here as it is.
    pub(super) fn as_typed(&self, value: &Node) -> Option<String> {
        let typed = scalar(value).filter(|text| !text.is_empty() && !text.contains(['\n', '#', ':', '"']))?;
        let fits = match self.blank {
            Blank::Text => true,
            Blank::Number => as_number(value).is_ok(),
            Blank::Date => as_date(value).is_ok(),
            Blank::Shape(..) => false,
        };
        fits.then(|| typed.to_owned())
    }

    /// What to do with a line that has openings.
    pub(super) fn with_openings(&self, told: impl Fn(&str) -> String) -> String {
        format!("{} {}", told(&format!("{}: {}", self.name, self.blank.text())), self.blank.fill())
    }
}

/// Whose entry a map is, and where another line of hers goes. Lines are counted only where they are told: of somebody far
/// down in a long file that takes as long as reading the file up to her.
#[derive(Clone, Copy)]
pub(super) struct Owner<'n> {
    pub(super) name: &'n str,
    sources: &'n Sources,
    span: Span,
    last: &'n Entry,
    is_alone: bool,
}

impl<'n> Owner<'n> {
    /// Somebody's entry in a file of her own, or of several people.
    pub(super) fn of(
        sources: &'n Sources,
        span: Span,
        entries: &'n [Entry],
        name: &'n str,
        is_alone: bool,
    ) -> Option<Owner<'n>> {
        Some(Owner { name, sources, span, last: entries.last()?, is_alone })
    }

    /// The last line that it takes.
    fn last_line(&self) -> usize {
        let (key, value) = (self.last.key.span, self.last.value.span);
        let start = key.range().start;
        let end = value.range().end.max(key.range().end);
        let end = start + self.sources.slice(Span::new(self.span.file, start..end)).trim_end().len();
        self.sources.line_column(Span::new(self.span.file, end..end)).0
    }

    /// The lines that it takes.
    pub(super) fn lines(&self) -> String {
        let (first, last) = (self.sources.line_column(self.span).0, self.last_line());
        if first == last { format!("line {first}") } else { format!("lines {first} to {last}") }
    }

    /// Where another line goes, up to what it says.
    pub(super) fn place(&self) -> String {
        let whose = if self.is_alone { String::new() } else { format!("in the entry of {}, ", self.name) };
        let last = self.last_line();
        match self.last.line.indent() {
            None => format!("{whose}before its closing brace in line {last}, with a comma in front, add:"),
            Some(0) => format!("{whose}under line {last}, at the left edge, add:"),
            Some(count) => {
                format!("{whose}under line {last}, with the same {} in front, add:", spaces(count))
            }
        }
    }
}
