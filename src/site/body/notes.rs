//! The words in the cells of a table -> the notes that say what they mean, each with a letter, in reading order.

use super::{Part, ReportTable};
use crate::evaluation::{Absence, Column, PublishedTable, TableCell};

/// What a word in a table means: said below it, and named by a letter where the word stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableNote {
    /// `table-developed-note-a`.
    pub id: String,
    /// "a".
    pub letter: String,
    /// The interface string.
    pub key: &'static str,
}

const SMALL_BASE: &str = "note.small-base";

/// The notes that the parts of a table need.
pub(super) fn notes(table: &str, parts: &[Part]) -> Vec<TableNote> {
    let mut keys: Vec<&'static str> = Vec::new();
    let mut need = |key| {
        if !keys.contains(&key) {
            keys.push(key);
        }
    };
    for Part { table, .. } in parts {
        // A list says what was mentioned, without a word for it.
        if table.is_list() {
            need(Absence::Mentioned.note());
        }
        for at in 0..table.columns.len() {
            column_key(table, at).into_iter().for_each(&mut need);
        }
        for row in &table.rows {
            row.cells.iter().filter_map(|cell| cell.absence).map(Absence::note).for_each(&mut need);
        }
    }
    let letters = ('a'..='z').map(String::from);
    let note = |(key, letter): (&'static str, String)| TableNote {
        id: format!("{table}-note-{letter}"),
        letter,
        key,
    };
    keys.into_iter().zip(letters).map(note).collect()
}

/// What is to be said of a whole column.
fn column_key(table: &PublishedTable, at: usize) -> Option<&'static str> {
    let whole = whole_column(table, at).map(Absence::note);
    whole.or_else(|| table.columns[at].is_small.then_some(SMALL_BASE))
}

/// The one word that stands in all rows of a column: its note is named once, in the column's head.
fn whole_column(table: &PublishedTable, at: usize) -> Option<Absence> {
    let mut absences = table.rows.iter().map(|row| row.cells.get(at).and_then(|cell| cell.absence));
    let first = absences.next()??;
    (table.rows.len() > 1 && absences.all(|other| other == Some(first))).then_some(first)
}

impl ReportTable {
    /// The columns of a part, each with the note that its head names.
    pub fn columns<'t>(
        &'t self,
        part: &'t Part,
    ) -> impl Iterator<Item = (&'t Column, Option<&'t TableNote>)> {
        part.table.columns.iter().enumerate().map(|(at, column)| (column, self.column_note(part, at)))
    }

    /// The cells of each row of a part, with the note that each names; before them the row's label.
    pub fn rows<'t>(
        &'t self,
        part: &'t Part,
    ) -> impl Iterator<Item = (&'t str, Vec<(&'t TableCell, Option<&'t TableNote>)>)> {
        part.table.rows.iter().map(|row| {
            let cells = row.cells.iter().enumerate();
            let noted = cells.map(|(at, cell)| (cell, self.cell_note(part, cell, at)));
            (row.label.as_str(), noted.collect())
        })
    }

    /// The note that belongs to a column's head.
    fn column_note(&self, part: &Part, at: usize) -> Option<&TableNote> {
        self.note(column_key(&part.table, at)?)
    }

    /// The note that belongs to a cell.
    fn cell_note(&self, part: &Part, cell: &TableCell, at: usize) -> Option<&TableNote> {
        let absence = cell.absence?;
        if whole_column(&part.table, at).is_some() { None } else { self.note(absence.note()) }
    }

    fn note(&self, key: &str) -> Option<&TableNote> {
        self.notes.iter().find(|note| note.key == key)
    }
}
