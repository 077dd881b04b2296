//! A spreadsheet that a form was exported to (`.xlsx`, `.csv`) -> [`Export`]: columns by their headers, and answers.
//!
//! The quirks of Microsoft Forms and of what office programs make of its exports end here: leading columns in several
//! languages, white space of every kind in headers, digits after repeated titles, encodings and delimiters. Nothing is
//! known here about people or surveys, and nothing is guessed about dates. Of a workbook only its cells are read: its
//! properties carry the name of whoever exported it.
//!
//! Workbooks are read cell by cell within bounds, after everything in them was seen to unpack to a bounded size.

mod delimited;
mod header;
mod moment;
mod text;
mod workbook;

pub use header::{Column, Found, Kind};
pub use moment::{DateOrder, NoMoment};
pub use text::{latin, plain, plain_parts, seen, tidy};

use crate::archive;
use crate::diagnostic::nearest;
use crate::failure::Failure;
use jiff::civil::DateTime;

/// The largest file that is read.
const MOST_BYTES: u64 = 32 << 20;
/// The most rows, columns, cells and characters that an export may have.
const MOST_ROWS: usize = 100_000;
const MOST_CELLS: usize = 5_000_000;
const MOST_COLUMNS: usize = 1_000;
const MOST_CHARACTERS: usize = 32 << 20;
/// What one cell of a spreadsheet can hold. More comes of a quotation mark that is never closed.
const MOST_IN_A_CELL: usize = 32_767;

/// A form's answers.
#[derive(Debug)]
pub struct Export {
    /// The file's name, without its folder.
    pub name: String,
    /// The columns with a header, in their order.
    pub columns: Vec<Column>,
    /// The rows below the headers in their order; those without any answer are left out.
    pub rows: Vec<Row>,
    /// What whoever reads the export should know: an old encoding, hidden rows.
    pub notes: Vec<String>,
}

/// One submission.
#[derive(Clone, Debug)]
pub struct Row {
    /// The row as the spreadsheet counts it: the headers are row 1.
    pub number: usize,
    cells: Vec<Cell>,
}

/// One answer.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text, without control characters; its lines end in `\n`.
    Text(String),
    /// A number.
    Number(f64),
    /// A day and time.
    Moment(DateTime),
    /// What the spreadsheet shows where it could not calculate: `#N/A`.
    Fault(String),
    /// A formula: what it gives is not what somebody answered.
    Formula,
}

impl Cell {
    /// What the cell shows; nothing for a formula.
    pub fn text(&self) -> String {
        match self {
            Cell::Empty | Cell::Formula => String::new(),
            Cell::Text(text) | Cell::Fault(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Moment(moment) => moment.to_string(),
        }
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => tidy(text).is_empty(),
            _ => false,
        }
    }

    /// The options ticked in a choose-all answer: its parts between semicolons, the last of which is often followed by
    /// one too.
    pub fn parts(&self) -> Vec<String> {
        self.text().split(';').map(tidy).filter(|part| !part.is_empty()).collect()
    }
}

impl Row {
    /// The answer in a column.
    pub fn cell(&self, column: &Column) -> &Cell {
        self.cells.get(column.at).unwrap_or(&Cell::Empty)
    }
}

impl Export {
    /// Reads a file of this name.
    ///
    /// # Errors
    /// A plain refusal of what is no export: another kind of file, one with a password, one that is broken or unpacks
    /// to more than any form's answers, two sheets with answers, no headers.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Export, Failure> {
        if bytes.len() as u64 > MOST_BYTES {
            return Err(Failure::refused(
                format!("{name} is larger than {} MiB", MOST_BYTES >> 20),
                "export the answers of one form; no form has so many",
            ));
        }
        let sheet = if archive::is_archive(bytes) {
            workbook::read(name, bytes)?
        } else {
            refuse_strangers(name, bytes)?;
            delimited::read(name, bytes)?
        };
        sheet.into_export(name)
    }

    /// The column that a header typed by hand means: the same after [`plain`], else the only one that is the same but
    /// for the digit that Forms puts after a title it has used before.
    pub fn find(&self, typed: &str) -> Found<'_> {
        header::find(&self.columns, typed)
    }

    /// The first column of a kind.
    pub fn first(&self, kind: Kind) -> Option<&Column> {
        self.columns.iter().find(|column| column.kind == kind)
    }

    /// The column whose header is nearest to one that is not there.
    pub fn nearest(&self, typed: &str) -> Option<&Column> {
        let near = nearest(typed, self.columns.iter().map(|column| column.header.as_str()))?;
        self.columns.iter().find(|column| column.header == near)
    }

    /// What to do about a header that is not there.
    pub fn suggest(&self, typed: &str) -> String {
        match self.nearest(typed) {
            Some(column) => format!("did you mean \"{}\"?", column.header),
            None => "copy the question from the first row of the export".to_owned(),
        }
    }

    /// A place in words: `row 3, column F ("What can you help with?")`.
    pub fn place(&self, row: &Row, column: &Column) -> String {
        format!("row {}, {}", row.number, column.place())
    }
}

/// Cells as they lie in a sheet, before the first row is taken for headers.
#[derive(Default)]
struct Sheet {
    /// Row by row, with the row's number.
    rows: Vec<(usize, Vec<Cell>)>,
    notes: Vec<String>,
}

impl Sheet {
    fn into_export(self, name: &str) -> Result<Export, Failure> {
        let mut rows = self.rows.into_iter().filter(|(_, cells)| !cells.iter().all(Cell::is_empty));
        let Some((_, headers)) = rows.next() else {
            return Err(Failure::refused(
                format!("{name} is empty"),
                "export the form again: Responses, then Open in Excel",
            ));
        };
        let rows: Vec<Row> = rows.map(|(number, cells)| Row { number, cells }).collect();
        let columns = header::read(&headers);
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        for at in (0..width).filter(|at| columns.iter().all(|column| column.at != *at)) {
            let answered = rows.iter().find(|row| row.cells.get(at).is_some_and(|cell| !cell.is_empty()));
            if let Some(row) = answered {
                return Err(Failure::refused(
                    format!(
                        "column {} of {name} has no header, and an answer in row {}",
                        header::letters(at),
                        row.number
                    ),
                    "write the question into the first row (a merged cell there hides it), or export the form again",
                ));
            }
        }
        Ok(Export { name: name.to_owned(), columns, rows, notes: self.notes })
    }
}

/// What people take for an export and is none.
fn refuse_strangers(name: &str, bytes: &[u8]) -> Result<(), Failure> {
    let again = "export the form again: Responses, then Open in Excel (.xlsx), or save it as CSV UTF-8";
    let start: String = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_lowercase();
    let start = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let (what, help) = if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        let is_encrypted =
            bytes.windows(32).any(|window| window == b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0");
        if is_encrypted {
            ("is protected with a password", "save a copy without one: File, Info, Protect Workbook, Encrypt")
        } else {
            ("is a workbook of the old kind (.xls)", "open it and save it as .xlsx")
        }
    } else if start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<table")
    {
        ("is a web page and not a workbook, whatever its name says", again)
    } else if start.starts_with("<?xml") {
        ("is XML and not a workbook", again)
    } else if start.starts_with("%pdf") {
        ("is a PDF file", again)
    } else {
        return Ok(());
    };
    Err(Failure::refused(format!("{name} {what}"), help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn export(bytes: &[u8]) -> Export {
        Export::read("form.csv", bytes).expect("an export")
    }

    fn refusal(bytes: &[u8]) -> String {
        Export::read("form.xlsx", bytes).expect_err("a refusal").to_string()
    }

    #[test]
    fn headers_are_found_whatever_became_of_their_spaces() {
        let text = "ID,Completion time,Email,Name,\"Tell us \u{A0}more\n(optional) \",When,When2,Email2,Points - When\n1,2,3,4,5,6,7,8,9\n";
        let export = export(text.as_bytes());
        let header = |typed: &str| match export.find(typed) {
            Found::One(column) => Some(column.at),
            _ => None,
        };
        assert_eq!(header("tell us more (optional)"), Some(4));
        assert_eq!([header("When"), header("When2")], [Some(5), Some(6)]);
        assert_eq!([header("Email2"), header("Email")], [Some(7), Some(2)]);
        assert_eq!([header("Where"), header(""), header("E")], [None; 3]);
        let kinds: Vec<Kind> = export.columns.iter().map(|column| column.kind).collect();
        assert_eq!(kinds[..4], [Kind::Id, Kind::Completed, Kind::Email, Kind::Name]);
        assert_eq!((kinds[4], kinds[7], kinds[8]), (Kind::Question, Kind::Question, Kind::Quiz));
    }

    #[test]
    fn a_digit_after_a_title_may_be_left_out_where_one_column_has_it() {
        let english = export(b"ID,Email,Email2,When2,When3\n1,a,b,c,d\n");
        assert!(matches!(english.find("When"), Found::Several(..)));
        assert!(matches!(english.find("Email"), Found::One(column) if column.at == 1));
        let german = export(b"ID;Startzeit;Fertigstellungszeit;E-Mail;Name;Name2\n1;2;3;4;5;6\n");
        assert!(matches!(german.first(Kind::Completed), Some(column) if column.at == 2));
        assert!(matches!(german.find("name2"), Found::One(column) if column.at == 5));
    }

    #[test]
    fn encodings_and_delimiters_are_found_out() {
        let text = "ID;Name\n1;Siân; \n\n2;\"a;b\nc\"\n";
        let mut marked = b"\xEF\xBB\xBF".to_vec();
        marked.extend(text.as_bytes());
        let old: Vec<u8> = text.chars().map(|c| c as u8).collect();
        let wide: Vec<u8> =
            std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for (bytes, notes) in [(text.as_bytes().to_vec(), 0), (marked, 0), (old, 1), (wide, 0)] {
            let export = export(&bytes);
            let name = &export.columns[1];
            assert_eq!(name.header, "Name");
            assert_eq!(export.rows[0].cell(name).text(), "Siân");
            assert_eq!(export.rows[1].cell(name).text(), "a;b\nc");
            assert_eq!((export.rows.len(), export.notes.len()), (2, notes));
        }
        assert_eq!(export(b"sep=|\r\nID|a,b\r\n1|x\r\n").columns[1].header, "a,b");
    }

    #[test]
    fn what_is_no_export_is_refused_in_plain_words() {
        assert!(refusal(b"<!DOCTYPE html><table>").contains("a web page"));
        assert!(refusal(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").contains("old kind"));
        assert!(refusal(b"PK\x03\x04rubbish").contains("an archive"));
        assert!(refusal(b"").contains("empty"));
        assert!(
            refusal(b"a,,c\n1,2,3\n").contains("column B of form.xlsx has no header, and an answer in row 2")
        );
        assert!(refusal(b"a,b\n1,2,3\n").contains("row 2 has 3 values, and there are 2 headers"));
        assert!(refusal(format!("a,b\n1,\"{}", "x\n".repeat(100_000)).as_bytes()).contains("not closed"));
    }

    #[test]
    fn days_are_read_in_the_order_that_was_said_and_in_no_other() {
        let at =
            |text: &str, order| Cell::Text(text.to_owned()).moment(order).map(|moment| moment.to_string());
        let [mdy, dmy, iso] = [DateOrder::MonthFirst, DateOrder::DayFirst, DateOrder::Iso].map(Some);
        assert_eq!(at("7/27/26 14:03:22", mdy).as_deref(), Ok("2026-07-27T14:03:22"));
        assert_eq!(at("10/9/2024 2:03 PM", mdy).as_deref(), Ok("2024-10-09T14:03:00"));
        assert_eq!(at("10/9/2024, 12:03:04 a.m.", dmy).as_deref(), Ok("2024-09-10T00:03:04"));
        assert_eq!(at("27.07.2026 14:03", dmy).as_deref(), Ok("2026-07-27T14:03:00"));
        assert_eq!(at("2026-07-27T14:03:22Z", iso).as_deref(), Ok("2026-07-27T14:03:22"));
        assert_eq!(at("10/9/2024", None), Err(NoMoment::OrderUnknown));
        for (text, order) in [
            ("27/7/26", mdy),
            ("7/27/26", dmy),
            ("7/27/26", iso),
            ("26-07-27", iso),
            ("soon", mdy),
            ("1/1/26 25:00", mdy),
        ] {
            assert_eq!(at(text, order), Err(NoMoment::NotADate), "{text}");
        }
        let serial = Cell::Number(45_943.5).moment(None).map(|moment| moment.to_string());
        assert_eq!(serial.as_deref(), Ok("2025-10-13T12:00:00"));
        assert_eq!(Cell::Number(7.0).moment(None), Err(NoMoment::NotADate));
    }

    #[test]
    fn texts_become_letters_of_an_address() {
        for (text, letters) in [
            ("Siân O’Brien-Ng", "sian-obrien-ng"),
            ("Łukasz  Ørsted", "lukasz-orsted"),
            ("Ελένη", "eleni"),
            ("Яна Щук", "yana-shchuk"),
            ("أمل", ""),
            ("A.\u{200B}B.", "ab"),
        ] {
            assert_eq!(latin(text), letters);
        }
        assert_eq!(plain("  Tell\u{A0}us\u{200B} ‘More’\n"), "tell us 'more'");
    }
}
