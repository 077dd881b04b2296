//! An `.xlsx` workbook -> the rows of its one sheet with answers, one at a time. Its shared texts are in memory, its sheets
//! are not.

use super::cell::Cell;
use super::file::{Seekable, Source};
use super::header::{letters, may_be_repeated};
use super::markup::Scan;
use super::row::{Layout, Row, no_header};
use super::text::clean;
use super::value;
use super::{Limits, MOST_COLUMNS, MOST_IN_A_CELL};
use crate::archive::{self, Unsound};
use crate::failure::Failure;
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader};
use std::sync::Arc;

type File = Box<dyn Seekable>;

/// A workbook of which all but the rows is known.
pub(super) struct Book {
    source: Source,
    workbook: Xlsx<File>,
    /// The sheet with answers.
    sheet: String,
    is_1904: bool,
    most_rows: usize,
    /// The row of the headers, from 0.
    header_row: usize,
    pub(super) notes: Vec<String>,
}

impl Book {
    /// Unpacks all of a workbook once, to see that it is sound, and reads its headers.
    pub(super) fn open(source: Source, limits: &Limits) -> Result<(Book, Vec<Cell>), Failure> {
        if source.length().is_some_and(|length| length > limits.workbook) {
            return Err(source.too_large(limits.workbook));
        }
        refuse_other_archives(&source)?;
        let seen = Seen::look(&source, limits)?;
        let workbook = Xlsx::new(source.seekable()?).map_err(|_| broken(&source.name))?;
        let is_1904 = workbook.has_1904_epoch();
        let most_rows = limits.rows;
        let (sheet, notes) = (String::new(), Vec::new());
        let mut book = Book { source, workbook, sheet, is_1904, most_rows, header_row: 0, notes };
        let mut hidden = Vec::new();
        let Some(sheet) = book.find_sheet(&mut hidden)? else { return Ok((book, Vec::new())) };
        book.sheet = sheet;
        let headers = book.read_headers()?;
        if seen.has_merged {
            book.refuse_merged_answers()?;
        }
        book.notes.extend(seen.note(&book.source.name));
        book.notes.extend(hidden);
        Ok((book, headers))
    }

    /// The one sheet that is to be seen and holds something.
    fn find_sheet(&mut self, notes: &mut Vec<String>) -> Result<Option<String>, Failure> {
        let mut with_answers = Vec::new();
        for (number, sheet) in (1..).zip(self.workbook.sheets_metadata().to_vec()) {
            if sheet.typ != SheetType::WorkSheet || !self.holds_something(&sheet.name)? {
                continue;
            }
            let name = clean(&sheet.name);
            let shown =
                if may_be_repeated(&name) { format!("\"{name}\"") } else { format!("number {number}") };
            if sheet.visible == SheetVisible::Visible {
                with_answers.push((sheet.name, shown));
            } else {
                notes.push(format!("the hidden sheet {shown} was not read"));
            }
        }
        if with_answers.len() > 1 {
            let shown: Vec<&str> = with_answers.iter().map(|(_, shown)| shown.as_str()).collect();
            return Err(Failure::refused(
                format!(
                    "{} has {} sheets with something in them: {}",
                    self.source.name,
                    shown.len(),
                    shown.join(", ")
                ),
                "an export of a form has one; remove the others from a copy",
            ));
        }
        Ok(with_answers.pop().map(|(name, _)| name))
    }

    fn holds_something(&mut self, sheet: &str) -> Result<bool, Failure> {
        let broken = |_| broken(&self.source.name);
        let mut reader = self.workbook.worksheet_cells_reader(sheet).map_err(broken)?;
        let mut held = Cell::default();
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(broken)? {
            value::set(&mut held, &cell.value, cell.formula.is_some(), self.is_1904);
            if !held.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn read_headers(&mut self) -> Result<Vec<Cell>, Failure> {
        let broken = |_| broken(&self.source.name);
        let mut reader = self.workbook.worksheet_cells_reader(&self.sheet).map_err(broken)?;
        let (mut headers, mut row) = (Vec::new(), None);
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(broken)? {
            let mut held = Cell::default();
            value::set(&mut held, &cell.value, cell.formula.is_some(), self.is_1904);
            if held.is_empty() {
                continue;
            }
            if *row.get_or_insert(cell.pos.0) != cell.pos.0 {
                break;
            }
            let column = cell.pos.1 as usize;
            if column >= MOST_COLUMNS {
                return Err(too_wide(&self.source.name));
            }
            if headers.len() <= column {
                headers.resize(column + 1, Cell::default());
            }
            headers[column] = held;
        }
        self.header_row = row.unwrap_or_default() as usize;
        Ok(headers)
    }

    /// Of merged cells only the first holds something, and nobody knows whose answers it stands for.
    fn refuse_merged_answers(&mut self) -> Result<(), Failure> {
        let merged = self.workbook.merge_cells_by_sheet_name(&self.sheet);
        let merged = merged.map_err(|_| broken(&self.source.name))?;
        let answers = merged.iter().filter(|cells| cells.end.0 as usize > self.header_row);
        let Some(cells) = answers.min_by_key(|cells| cells.start) else { return Ok(()) };
        let place = |(row, column): (u32, u32)| format!("{}{}", letters(column as usize), u64::from(row) + 1);
        Err(Failure::refused(
            format!(
                "the cells {} to {} of {} are merged, and nobody knows whose answer that is",
                place(cells.start),
                place(cells.end),
                self.source.name
            ),
            "export the form again, or take the merging back in a copy: Home, Merge & Center",
        ))
    }

    pub(super) fn rows(&mut self, layout: &Arc<Layout>) -> Result<Rows<'_>, Failure> {
        let name = &self.source.name;
        let cells = self.workbook.worksheet_cells_reader(&self.sheet).map_err(|_| broken(name))?;
        Ok(Rows {
            source: &self.source,
            cells,
            ahead: None,
            layout: Arc::clone(layout),
            is_1904: self.is_1904,
            most_rows: self.most_rows,
            header_row: self.header_row,
            before: self.header_row,
            count: 0,
            is_over: false,
        })
    }
}

/// A value of the file, and where it is.
struct Place<'b> {
    row: usize,
    column: usize,
    value: DataRef<'b>,
    is_formula: bool,
}

/// The rows below the headers.
pub(super) struct Rows<'b> {
    source: &'b Source,
    cells: XlsxCellReader<'b, File>,
    /// The first cell of the next row.
    ahead: Option<Place<'b>>,
    layout: Arc<Layout>,
    is_1904: bool,
    most_rows: usize,
    header_row: usize,
    /// The last row of which something was read.
    before: usize,
    count: usize,
    is_over: bool,
}

impl<'b> Rows<'b> {
    /// Reads the next row that holds something; `false` where there is none.
    pub(super) fn next(&mut self, row: &mut Row) -> Result<bool, Failure> {
        let Some(first) = self.next_cell()? else {
            self.source.check_unchanged()?;
            return Ok(false);
        };
        self.count += 1;
        if self.count > self.most_rows {
            return Err(too_large(&self.source.name, &format!("it has more than {} rows", self.most_rows)));
        }
        let at = first.row;
        row.begin(at + 1);
        let mut cell = Some(first);
        while let Some(place) = cell {
            if place.row != at {
                self.ahead = Some(place);
                break;
            }
            if let Some(room) = row.room(place.column) {
                value::set(room, &place.value, place.is_formula, self.is_1904);
                if room.bytes() > MOST_IN_A_CELL * 4 {
                    return Err(too_large(
                        &self.source.name,
                        &format!("column {} of row {} holds too much", letters(place.column), at + 1),
                    ));
                }
            }
            cell = self.next_cell()?;
        }
        row.finish();
        Ok(true)
    }

    /// The next cell below the headers that holds something.
    fn next_cell(&mut self) -> Result<Option<Place<'b>>, Failure> {
        if let Some(place) = self.ahead.take() {
            return Ok(Some(place));
        }
        if self.is_over {
            return Ok(None);
        }
        let name = &self.source.name;
        while let Some(cell) = self.cells.next_cell_with_formula_metadata().map_err(|_| broken(name))? {
            let (row, column) = (cell.pos.0 as usize, cell.pos.1 as usize);
            let is_formula = cell.formula.is_some();
            if row <= self.header_row || (!is_formula && value::is_blank(&cell.value)) {
                continue;
            }
            if row < self.before {
                return Err(Failure::refused(
                    format!("the rows of {name} are not in their order"),
                    "open it in a spreadsheet program and save it",
                ));
            }
            self.before = row;
            if column >= MOST_COLUMNS {
                return Err(too_wide(name));
            }
            if !self.layout.is_headed(column) {
                return Err(no_header(name, column, row + 1));
            }
            return Ok(Some(Place { row, column, value: cell.value, is_formula }));
        }
        self.is_over = true;
        Ok(None)
    }
}

/// What is learnt of a workbook by unpacking it.
#[derive(Default)]
struct Seen {
    hidden: usize,
    has_merged: bool,
}

impl Seen {
    /// Unpacks everything, which is not kept.
    fn look(source: &Source, limits: &Limits) -> Result<Seen, Failure> {
        let (mut seen, mut scan) = (Seen::default(), Scan::default());
        let (mut is_bounded, mut in_memory) = (true, 0);
        let size = archive::look_through(source.seekable()?, limits.unpacked, |part, piece| {
            scan.add(piece);
            if !is_sheet(part) {
                in_memory += piece.len() as u64;
            }
            if piece.is_empty() {
                let ended = std::mem::take(&mut scan);
                is_bounded &= ended.is_bounded() || !part.ends_with(".xml");
                if is_sheet(part) {
                    seen.hidden += ended.hidden;
                    seen.has_merged |= ended.has_merged;
                }
            }
        });
        let is_large = size == Err(Unsound::TooLarge) || in_memory > limits.in_memory || !is_bounded;
        if size.is_err() || is_large {
            let why = if is_large { "unpacks to more than the answers of any form" } else { "is damaged" };
            return Err(Failure::refused(format!("{} {why}", source.name), AGAIN));
        }
        Ok(seen)
    }

    fn note(&self, name: &str) -> Option<String> {
        match self.hidden {
            0 => None,
            1 => Some(format!("1 hidden row of {name} (a filter, perhaps) is read like the others")),
            rows => {
                Some(format!("{rows} hidden rows of {name} (a filter, perhaps) are read like the others"))
            }
        }
    }
}

/// Which parts of a workbook hold cells. The others are in memory when it is read.
fn is_sheet(part: &str) -> bool {
    part.starts_with("xl/worksheets/sheet")
}

const AGAIN: &str = "export the form again: Responses, then Open in Excel";

fn broken(name: &str) -> Failure {
    Failure::refused(format!("{name} is not a whole workbook"), AGAIN)
}

fn too_large(name: &str, why: &str) -> Failure {
    Failure::refused(format!("{name} is larger than the answers of any form: {why}"), AGAIN)
}

fn too_wide(name: &str) -> Failure {
    too_large(name, &format!("it has more than {MOST_COLUMNS} columns"))
}

/// Archives that are no workbook.
fn refuse_other_archives(source: &Source) -> Result<(), Failure> {
    // The directory at an archive's end has the names as they are.
    let [document, numbers, keynote, word, binary, book] = source.holds([
        b"application/vnd.oasis.opendocument",
        b"Index/Document.iwa",
        b"index.apxl",
        b"word/document.xml",
        b"xl/workbook.bin",
        b"xl/workbook.xml",
    ])?;
    let what = if document {
        "is an OpenDocument file"
    } else if numbers || keynote {
        "is a document of Numbers"
    } else if word {
        "is a Word document"
    } else if binary {
        "is a binary workbook (.xlsb)"
    } else if !book {
        "is an archive (.zip) and not a workbook"
    } else {
        return Ok(());
    };
    let again = "open it in its own program and save it as .xlsx";
    Err(Failure::refused(format!("{} {what}", source.name), again))
}
