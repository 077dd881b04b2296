//! What keeps an export from being read as the survey describes it.

use crate::forms::{Column, Row};
use std::collections::BTreeMap;

/// How many rows are named of one trouble.
const NAMED: usize = 5;

/// One kind of trouble in one export: where, what, and what to do; never what somebody answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trouble {
    /// The export.
    pub file: String,
    /// The column in words, where it is of one; its header is the form's own.
    pub column: Option<String>,
    /// Rows as the spreadsheet counts them; the first few.
    pub rows: Vec<usize>,
    /// How many rows there are of it.
    pub count: usize,
    /// What is wrong.
    pub what: String,
    /// The way out.
    pub help: String,
}

impl Trouble {
    /// Where it is: `baseline-mentee.xlsx, column F ("…"), rows 3, 8 and 2 more`.
    pub fn place(&self) -> String {
        let mut place = self.file.clone();
        if let Some(column) = &self.column {
            place.push_str(&format!(", {column}"));
        }
        let rows: Vec<String> = self.rows.iter().map(usize::to_string).collect();
        match (&rows[..], self.count - self.rows.len()) {
            ([], _) => {}
            ([row], 0) => place.push_str(&format!(", row {row}")),
            ([rows @ .., last], 0) => place.push_str(&format!(", rows {} and {last}", rows.join(", "))),
            (rows, more) => place.push_str(&format!(", rows {} and {more} more", rows.join(", "))),
        }
        place
    }
}

/// Troubles of one export, each kind once with its rows.
pub(super) struct Troubles {
    file: String,
    list: Vec<Trouble>,
    known: BTreeMap<(Option<String>, String), usize>,
}

impl Troubles {
    pub(super) fn of(file: &str) -> Troubles {
        Troubles { file: file.to_owned(), list: Vec::new(), known: BTreeMap::new() }
    }

    /// Of the export as such, or of one column.
    pub(super) fn whole(
        &mut self,
        column: Option<&Column>,
        what: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.list.push(Trouble {
            file: self.file.clone(),
            column: column.map(Column::place),
            rows: Vec::new(),
            count: 0,
            what: what.into(),
            help: help.into(),
        });
    }

    /// Of one row.
    pub(super) fn row(&mut self, row: &Row, column: Option<&Column>, what: &str, help: &str) {
        let number = column.map_or(row.number, |column| row.line(column));
        self.at(number, column, what, help);
    }

    /// Of a row by its number.
    pub(super) fn at(&mut self, number: usize, column: Option<&Column>, what: &str, help: &str) {
        let column = column.map(Column::place);
        let known = self.known.entry((column.clone(), what.to_owned())).or_insert_with(|| {
            self.list.push(Trouble {
                file: self.file.clone(),
                column,
                rows: Vec::new(),
                count: 0,
                what: what.to_owned(),
                help: help.to_owned(),
            });
            self.list.len() - 1
        });
        let trouble = &mut self.list[*known];
        trouble.count += 1;
        if trouble.rows.len() < NAMED {
            trouble.rows.push(number);
        }
    }

    pub(super) fn into_list(self) -> Vec<Trouble> {
        self.list
    }
}
