//! A file of either kind -> its rows as they lie in it.

use super::delimited::{self, Table};
use super::row::{Layout, Row};
use super::workbook::{self, Book};
use crate::failure::Failure;
use std::sync::Arc;

/// A file that was looked at, whose rows are still in it.
pub(super) enum Body {
    Table(Box<Table>),
    Book(Box<Book>),
}

impl Body {
    pub(super) fn lines(&mut self, layout: &Arc<Layout>) -> Result<Lines<'_>, Failure> {
        Ok(match self {
            Body::Table(table) => Lines::Table(Box::new(table.rows(layout)?)),
            Body::Book(book) => Lines::Book(Box::new(book.rows(layout)?)),
        })
    }
}

/// Rows as they lie in the file.
pub(super) enum Lines<'b> {
    Table(Box<delimited::Rows<'b>>),
    Book(Box<workbook::Rows<'b>>),
}

impl Lines<'_> {
    /// How many bytes of the file were read, of how many; not known of a workbook, which is packed.
    pub(super) fn bytes(&self) -> Option<(u64, u64)> {
        match self {
            Lines::Table(rows) => rows.bytes(),
            Lines::Book(_) => None,
        }
    }

    pub(super) fn next(&mut self, row: &mut Row) -> Result<bool, Failure> {
        match self {
            Lines::Table(rows) => rows.next(row),
            Lines::Book(rows) => rows.next(row),
        }
    }
}
