//! Columns that somebody wants -> [`Wanted`], and what is read of one submission -> [`Row`], which has room for no others.
//!
//! A row cannot be printed either:
//!
//! ```compile_fail
//! fn print(row: &mentorpress::forms::Row) -> String {
//!     row.to_string()
//! }
//! ```
//!
//! ```compile_fail
//! fn print(row: &mentorpress::forms::Row) -> String {
//!     serde_json::to_string(row).unwrap_or_default()
//! }
//! ```
//!
//! ```compile_fail
//! fn all(row: mentorpress::forms::Row) -> Vec<mentorpress::forms::Cell> {
//!     row.cells
//! }
//! ```
//!
//! One asks it for the answer in a column:
//!
//! ```
//! use mentorpress::forms::{Column, Row};
//! fn print(row: &Row, column: &Column) -> String {
//!     row.cell(column).text().into_owned()
//! }
//! ```

use super::cell::{Cell, EMPTY, Value};
use super::header::Kind;
use super::header::{Column, Columns};
use super::moment::{DateOrder, NoMoment};
use crate::failure::Failure;
use jiff::civil::DateTime;
use std::fmt;
use std::sync::Arc;

/// Which columns are read. Of the others nothing is kept: neither who sent an answer, nor what else she answered.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Their places.
    columns: Vec<usize>,
    completed: Option<(usize, Option<DateOrder>)>,
    submission: Option<Submissions>,
}

/// Where the number of a submission stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Submissions {
    /// In a column of its own.
    Column(usize),
    /// In the long form it is the respondent.
    Respondent,
}

impl Wanted {
    /// The answers in a column too.
    ///
    /// # Errors
    /// A refusal of a column that tells who sent an answer, or when ([`Kind::identifies`](super::Kind::identifies)).
    pub fn answers(mut self, column: &Column) -> Result<Wanted, Failure> {
        if column.kind.identifies() {
            return Err(Failure::refused(
                format!(
                    "{} tells who sent an answer, or when, and is never read as an answer",
                    column.place()
                ),
                "name a question of the form; a question of such a name has a digit behind it in the export: Name2",
            ));
        }
        self.columns.push(column.at);
        Ok(self)
    }

    /// When an answer was sent too: as a [moment](Row::completed), and not the text that stands there.
    pub fn completed(mut self, column: &Column, order: Option<DateOrder>) -> Wanted {
        self.completed = Some((column.at, order));
        self
    }

    /// The number of each submission too, where there is one: by it rows are told apart and texts found again, and it is
    /// never an answer ([`Row::submission`]).
    pub fn submissions(mut self, columns: &Columns) -> Wanted {
        let own = columns.first(Kind::Id).map(|column| Submissions::Column(column.at));
        self.submission = Some(own.unwrap_or(Submissions::Respondent));
        self
    }

    /// All columns, as they are.
    pub(super) fn everything(columns: &Columns) -> Wanted {
        Wanted { columns: columns.iter().map(|column| column.at).collect(), ..Wanted::default() }
    }

    /// Columns by their places.
    pub(super) fn places(columns: &[usize]) -> Wanted {
        Wanted { columns: columns.to_vec(), ..Wanted::default() }
    }
}

/// Where in a row's cells the column of each place is.
#[derive(Debug)]
pub(super) struct Layout {
    /// By place in the file.
    slots: Vec<Option<usize>>,
    /// The place of each cell.
    pub(super) places: Vec<usize>,
    pub(super) completed: Option<(usize, Option<DateOrder>)>,
    submission: Option<Submissions>,
    /// Places that have a header.
    headed: Vec<bool>,
    /// Places among the headers that have none.
    pub(super) unheaded: Vec<usize>,
    /// How many headers there are, those without a text too.
    pub(super) width: usize,
}

impl Layout {
    pub(super) fn new(wanted: &Wanted, columns: &Columns, width: usize) -> Arc<Layout> {
        let mut headed = vec![false; width];
        for column in columns {
            headed[column.at] = true;
        }
        let mut slots = vec![None; width];
        let mut places = Vec::new();
        for place in &wanted.columns {
            if slots[*place].is_none() {
                slots[*place] = Some(places.len());
                places.push(*place);
            }
        }
        let unheaded = (0..width).filter(|place| !headed[*place]).collect();
        let Wanted { completed, submission, .. } = *wanted;
        Arc::new(Layout { slots, places, completed, submission, headed, unheaded, width })
    }

    /// Whether a place has a header.
    pub(super) fn is_headed(&self, place: usize) -> bool {
        self.headed.get(place).is_some_and(|is_headed| *is_headed)
    }
}

/// One submission, of which only what was wanted is there. Its `Debug` tells nothing of what was answered.
#[derive(Clone)]
pub struct Row {
    /// The row as the spreadsheet counts it: the headers are row 1. In the long form, the respondent's first.
    pub number: usize,
    pub(super) cells: Vec<Cell>,
    /// In the long form, the row of each cell's answer; 0 where there is none.
    pub(super) lines: Vec<usize>,
    layout: Arc<Layout>,
    /// Room for the completion time as it stands there.
    sent: Cell,
    completed: Option<Result<DateTime, NoMoment>>,
    submission: Cell,
}

impl Row {
    pub(super) fn new(layout: &Arc<Layout>) -> Row {
        Row {
            number: 0,
            cells: vec![Cell::default(); layout.places.len()],
            lines: Vec::new(),
            layout: Arc::clone(layout),
            sent: Cell::default(),
            completed: None,
            submission: Cell::default(),
        }
    }

    /// The answer in a column.
    ///
    /// # Panics
    /// The column was not wanted: nobody may take what was not read for what was not answered.
    pub fn cell(&self, column: &Column) -> &Cell {
        match self.layout.slots.get(column.at) {
            Some(Some(slot)) => self.cells.get(*slot).unwrap_or(&EMPTY),
            _ => panic!("{} was not asked for", column.place()),
        }
    }

    /// When it was sent; `None` where that was not wanted.
    pub fn completed(&self) -> Option<Result<DateTime, NoMoment>> {
        self.completed
    }

    /// The number of the submission; nothing where that was not wanted, or there is none.
    pub fn submission(&self) -> &Cell {
        &self.submission
    }

    /// Notes the respondent of the long form, where that was wanted.
    pub(super) fn note_respondent(&mut self, respondent: &str) {
        if self.layout.submission == Some(Submissions::Respondent) {
            self.submission.set_text(respondent);
        }
    }

    /// The row of the file that an answer stands in; in the long form each has its own.
    pub fn line(&self, column: &Column) -> usize {
        let slot = self.layout.slots.get(column.at).copied().flatten();
        let line = slot.and_then(|slot| self.lines.get(slot)).copied().filter(|line| *line > 0);
        line.unwrap_or(self.number)
    }

    /// A place in words: `row 3, column F ("What can you help with?")`.
    pub fn place(&self, column: &Column) -> String {
        format!("row {}, {}", self.line(column), column.place())
    }

    /// Makes room for the next submission.
    pub(super) fn begin(&mut self, number: usize) {
        self.number = number;
        self.completed = None;
        self.cells.iter_mut().for_each(Cell::clear);
        self.sent.clear();
        self.submission.clear();
        self.lines.clear();
    }

    /// Where a cell of the file goes, if anywhere.
    pub(super) fn room(&mut self, place: usize) -> Option<&mut Cell> {
        match self.layout.slots.get(place) {
            Some(Some(slot)) => self.cells.get_mut(*slot),
            _ if self.layout.completed.is_some_and(|(sent, _)| sent == place) => Some(&mut self.sent),
            _ if self.layout.submission == Some(Submissions::Column(place)) => Some(&mut self.submission),
            _ => None,
        }
    }

    /// Notes the line of a cell.
    pub(super) fn note_line(&mut self, place: usize, line: usize) {
        if let Some(Some(slot)) = self.layout.slots.get(place) {
            self.lines.resize(self.cells.len(), 0);
            self.lines[*slot] = line;
        }
    }

    /// Turns the completion time into a moment, of which the text is forgotten.
    pub(super) fn finish(&mut self) {
        let Some((place, order)) = self.layout.completed else { return };
        let slot = self.layout.slots.get(place).copied().flatten();
        let sent = slot.map_or(&self.sent, |slot| &self.cells[slot]);
        self.completed = Some(sent.moment(order));
        self.sent.clear();
    }

    /// The row to be kept: without room for the next, and without cells at its end that hold nothing.
    pub(super) fn kept(&self) -> Row {
        let count = self.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let mut cells = self.cells[..count].to_vec();
        for cell in cells.iter_mut().filter(|cell| cell.is_empty()) {
            cell.0 = Value::Empty;
        }
        Row { cells, layout: Arc::clone(&self.layout), ..Row { sent: Cell::default(), ..self.clone() } }
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("number", &self.number)
            .field("cells", &self.cells)
            .finish_non_exhaustive()
    }
}

/// A refusal of an answer for which there is no question.
pub(super) fn no_header(name: &str, place: usize, row: usize) -> Failure {
    Failure::refused(
        format!(
            "column {} of {name} has no header, and an answer in row {row}",
            super::header::letters(place)
        ),
        "write the question into the first row (a merged cell there hides it), or export the form again",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::{Kind, header};

    fn columns() -> Columns {
        header::read(&["ID", "Completion time", "Email", "Name", "Better?", "", "Worse?"].map(Cell::of_text))
    }

    #[test]
    fn who_sent_an_answer_is_never_an_answer() {
        let columns = columns();
        let refused: Vec<Kind> = columns
            .iter()
            .filter(|column| Wanted::default().answers(column).is_err())
            .map(|column| column.kind)
            .collect();
        assert_eq!(refused, [Kind::Id, Kind::Completed, Kind::Email, Kind::Name]);
    }

    #[test]
    fn a_row_has_room_for_what_was_wanted_alone() {
        let columns = columns();
        let wanted = Wanted::default().answers(&columns[5]).expect("a question").completed(&columns[1], None);
        let mut row = Row::new(&Layout::new(&wanted, &columns, 7));
        row.begin(2);
        for place in [0, 2, 3, 4, 5, 7] {
            assert!(row.room(place).is_none(), "{place}");
        }
        row.room(6).expect("room").set_text("Much");
        row.room(1).expect("room").0 = Value::Number(45_943.5);
        row.finish();
        assert_eq!(row.cell(&columns[5]).text(), "Much");
        assert!(matches!(row.completed(), Some(Ok(sent)) if sent.to_string() == "2025-10-13T12:00:00"));
        assert!(row.sent.is_empty());
        assert_eq!(row.place(&columns[5]), "row 2, column G (\"Worse?\")");
        assert_eq!(format!("{row:?}"), "Row { number: 2, cells: [Text of 4 characters], .. }");
    }

    #[test]
    #[should_panic(expected = "column E (\"Better?\") was not asked for")]
    fn what_was_not_read_is_not_taken_for_unanswered() {
        let columns = columns();
        Row::new(&Layout::new(&Wanted::default(), &columns, 7)).cell(&columns[4]);
    }
}
