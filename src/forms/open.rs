//! A path or a stream -> [`Opened`]: the columns of an export and what should be known of it, and [`Answers`], which hand out
//! [`Rows`].
//!
//! ```
//! use mentorpress::forms::{Found, Wanted, open_stream};
//! let file = "ID,Email,How was it?,Anything else?\n1,x@example.org,Good,secret\n2,y@example.org,Bad,secret\n";
//! let mut opened = open_stream("form.csv", move || Ok(Box::new(file.as_bytes())))?;
//! let Found::One(how) = opened.columns.find("how was it?") else { panic!("no such question") };
//! let mut rows = opened.answers.rows(&Wanted::default().answers(how)?)?;
//! let mut good = 0;
//! while let Some(row) = rows.next_row()? {
//!     good += usize::from(row.cell(how).text() == "Good");
//! }
//! assert_eq!(good, 1);
//! # Ok::<(), mentorpress::failure::Failure>(())
//! ```
//!
//! What was not wanted is not there, nor can all of it be wanted at once:
//!
//! ```compile_fail
//! fn all(columns: &mentorpress::forms::Columns) -> mentorpress::forms::Wanted {
//!     mentorpress::forms::Wanted::everything(columns)
//! }
//! ```

use super::delimited::Table;
use super::file::Source;
use super::header::Columns;
use super::lines::{Body, Lines};
use super::long::{self, Long};
use super::row::{Layout, Row, Wanted};
use super::workbook::Book;
use super::{ANSWERS, Limits, header};
use crate::archive;
use crate::failure::Failure;
use std::fmt;
use std::io::{self, Read};
use std::path::Path;

/// An export of which everything but its rows was looked at.
#[derive(Debug)]
pub struct Opened {
    /// The file's name, without its folder.
    pub name: String,
    /// The columns with a header, in their order; in the long form the questions, in the order in which they come.
    pub columns: Columns,
    /// What whoever reads the export should know: an old encoding, hidden rows.
    pub notes: Vec<String>,
    /// Its rows.
    pub answers: Answers,
}

/// Opens an export: a text file is read once from its beginning to its end, a workbook unpacked, and nothing of either is
/// kept but the headers and a workbook's shared texts.
///
/// # Errors
/// The system refuses to read it; or a plain refusal of what is no export.
pub fn open(path: &Path) -> Result<Opened, Failure> {
    Opened::read(Source::open(path)?, &ANSWERS)
}

/// The same for CSV from anywhere: `start` gives all of it, each time it is called.
///
/// # Errors
/// As [`open`](fn@open).
pub fn open_stream(
    name: &str,
    start: impl Fn() -> io::Result<Box<dyn Read>> + 'static,
) -> Result<Opened, Failure> {
    Opened::read(Source::of_stream(name, start), &ANSWERS)
}

impl Opened {
    /// Whether it is what a form's answers are exported to, with a row or more for each person: by the columns that tell who
    /// sent each answer and when, or by the three of the long form.
    pub fn is_by_person(&self) -> bool {
        let headed = &self.answers.headed;
        self.answers.long.is_some() || headed.iter().filter(|column| column.kind.identifies()).count() >= 2
    }

    pub(super) fn read(source: Source, limits: &Limits) -> Result<Opened, Failure> {
        let name = source.name.clone();
        if source.length().is_some_and(|length| length > limits.bytes) {
            return Err(source.too_large(limits.bytes));
        }
        let (mut body, headers, notes) = if archive::is_archive(&source.head(4)?) {
            let (mut book, headers) = Book::open(source, limits)?;
            let notes = std::mem::take(&mut book.notes);
            (Body::Book(Box::new(book)), headers, notes)
        } else {
            source.refuse_strangers()?;
            let (mut table, headers) = Table::open(source, limits)?;
            let notes = std::mem::take(&mut table.notes);
            (Body::Table(Box::new(table)), headers, notes)
        };
        if headers.is_empty() {
            return Err(Failure::refused(
                format!("{name} is empty"),
                "export the form again: Responses, then Open in Excel",
            ));
        }
        let headed = header::read(&headers);
        let width = headers.len();
        let mut long = Long::find(&headed);
        let columns = match &mut long {
            Some(long) => {
                let layout = Layout::new(&long.wanted(), &headed, width);
                long.survey(&mut body.lines(&layout)?, Row::new(&layout), &name)?
            }
            None => headed.clone(),
        };
        let answers = Answers { body, headed, width, long, columns: columns.clone(), name: name.clone() };
        Ok(Opened { name, columns, notes, answers })
    }
}

/// The rows of an export, still in its file.
pub struct Answers {
    body: Body,
    /// The columns of the file.
    headed: Columns,
    width: usize,
    long: Option<Long>,
    /// The columns that rows are handed out with.
    columns: Columns,
    name: String,
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answers").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Answers {
    /// Reads the rows, from the first on, with the columns that are wanted.
    ///
    /// # Errors
    /// The system refuses, or somebody changed the file.
    pub fn rows(&mut self, wanted: &Wanted) -> Result<Rows<'_>, Failure> {
        let Some(long) = self.long else {
            let layout = Layout::new(wanted, &self.headed, self.width);
            return Ok(Rows { row: Row::new(&layout), from: From::Lines(self.body.lines(&layout)?) });
        };
        let layout = Layout::new(&long.wanted(), &self.headed, self.width);
        let lines = self.body.lines(&layout)?;
        let row = Row::new(&long::layout(wanted, &self.columns));
        let rows = long::Rows::new(lines, Row::new(&layout), long, &self.columns, &self.name);
        Ok(Rows { row, from: From::Respondents(Box::new(rows)) })
    }
}

enum From<'b> {
    Lines(Lines<'b>),
    Respondents(Box<long::Rows<'b>>),
}

/// One row after another, each in the place of the one before.
pub struct Rows<'b> {
    from: From<'b>,
    row: Row,
}

impl Rows<'_> {
    /// Reads the next row that holds something; `None` behind the last. Only then is it certain that the file is whole and
    /// was the same all the time.
    ///
    /// # Errors
    /// The system refuses; or a plain refusal, by row and column, of what is no table of answers.
    pub fn next_row(&mut self) -> Result<Option<&Row>, Failure> {
        let is_there = match &mut self.from {
            From::Lines(lines) => lines.next(&mut self.row)?,
            From::Respondents(rows) => rows.next(&mut self.row)?,
        };
        Ok(is_there.then_some(&self.row))
    }

    /// How many bytes of the file were read so far, and how many it has: to say how far it is. `None` of a workbook and of a
    /// stream, of which nobody knows beforehand.
    pub fn bytes(&self) -> Option<(u64, u64)> {
        match &self.from {
            From::Lines(lines) => lines.bytes(),
            From::Respondents(rows) => rows.bytes(),
        }
    }
}

impl fmt::Debug for Rows<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows").field("row", &self.row).finish_non_exhaustive()
    }
}
