//! A spreadsheet that a form was exported to (`.xlsx`, `.csv`) -> columns by their headers, and answers row by row.
//!
//! - [`open`](fn@open) reads an export of any length: what is known of it before its rows is [`Opened`], and [`Answers::rows`] hands
//!   out one row at a time, of which only the [`Wanted`] columns are there. This is for evaluations.
//! - [`Export`] is all of a small one, collected from the same rows. This is for registrations, which carry names and
//!   addresses.
//!
//! The quirks of Microsoft Forms and of what office programs make of its exports end here: leading columns in several
//! languages, white space of every kind in headers, digits after repeated titles, encodings and delimiters; and the long
//! form, in which other programs hand over theirs. Nothing is known here about people or surveys, and nothing is guessed
//! about dates. Of a workbook only its cells are read: its properties carry the name of whoever exported it.
//!
//! Everything is read within bounds. Messages name the file, the row and the column, and never what was answered
//! ([`may_be_repeated`] says which headers they name).

mod cell;
mod delimited;
mod encoding;
mod file;
mod header;
mod lines;
mod long;
mod markup;
mod moment;
mod open;
mod row;
mod text;
mod value;
mod workbook;

pub use cell::{Cell, Content};
pub use header::{Column, Columns, Found, Kind, may_be_repeated};
pub use moment::{DateOrder, NoMoment};
pub use open::{Answers, Opened, Rows, open, open_stream};
pub use row::{Row, Wanted};
pub use text::{latin, plain, plain_parts, seen, tidy};

use crate::failure::Failure;
use file::Source;
use std::path::Path;

/// The most columns that an export may have.
const MOST_COLUMNS: usize = 1_000;
/// What one cell of a spreadsheet can hold, in characters. More comes of a quotation mark that is never closed.
const MOST_IN_A_CELL: usize = 32_767;

/// How much is read.
struct Limits {
    /// Bytes of a text file.
    bytes: u64,
    /// Bytes of a workbook.
    workbook: u64,
    /// Bytes that a workbook may unpack to.
    unpacked: u64,
    /// How much of that may be in memory: all but the sheets.
    in_memory: u64,
    rows: usize,
}

/// Answers to evaluations, of which one row is in memory at a time.
const ANSWERS: Limits = Limits {
    bytes: 16 << 30,
    workbook: 512 << 20,
    unpacked: 4 << 30,
    in_memory: 128 << 20,
    rows: 10_000_000,
};
/// Registrations, which are collected.
const REGISTRATIONS: Limits =
    Limits { bytes: 32 << 20, workbook: 32 << 20, unpacked: 64 << 20, in_memory: 64 << 20, rows: 100_000 };
/// The most cells and bytes of registrations.
const MOST_CELLS: usize = 5_000_000;
const MOST_BYTES: usize = 32 << 20;

/// All answers of a small export.
#[derive(Debug)]
pub struct Export {
    /// The file's name, without its folder.
    pub name: String,
    /// The columns with a header, in their order.
    pub columns: Columns,
    /// The rows below the headers in their order; those without any answer are left out.
    pub rows: Vec<Row>,
    /// What whoever reads the export should know: an old encoding, hidden rows.
    pub notes: Vec<String>,
}

impl Export {
    /// Reads a file.
    ///
    /// # Errors
    /// The system refuses to read it; or a plain refusal of what is no export: another kind of file, one with a password,
    /// one that is broken or unpacks to more than any form's answers, two sheets with answers, no headers.
    pub fn open(path: &Path) -> Result<Export, Failure> {
        Export::collect(Opened::read(Source::open(path)?, &REGISTRATIONS)?)
    }

    /// The same for a file of this name that is in memory.
    ///
    /// # Errors
    /// As [`Export::open`].
    pub fn read(name: &str, bytes: &[u8]) -> Result<Export, Failure> {
        Export::collect(Opened::read(Source::of_bytes(name, bytes), &REGISTRATIONS)?)
    }

    fn collect(opened: Opened) -> Result<Export, Failure> {
        let Opened { name, columns, notes, mut answers } = opened;
        let mut rows = answers.rows(&Wanted::everything(&columns))?;
        let mut kept = Vec::new();
        let (mut cells, mut bytes) = (0, 0);
        while let Some(row) = rows.next_row()? {
            let row = row.kept();
            cells += row.cells.len();
            bytes += row.cells.iter().map(Cell::bytes).sum::<usize>();
            if cells > MOST_CELLS || bytes > MOST_BYTES {
                return Err(Failure::refused(
                    format!("{name} is larger than the answers of any form"),
                    "export the form again: Responses, then Open in Excel",
                ));
            }
            kept.push(row);
        }
        drop(rows);
        Ok(Export { name, columns, rows: kept, notes })
    }

    /// The column that a header typed by hand means ([`Columns::find`]).
    pub fn find(&self, typed: &str) -> Found<'_> {
        self.columns.find(typed)
    }

    /// The first column of a kind.
    pub fn first(&self, kind: Kind) -> Option<&Column> {
        self.columns.first(kind)
    }

    /// The column whose header is nearest to one that is not there.
    pub fn nearest(&self, typed: &str) -> Option<&Column> {
        self.columns.nearest(typed)
    }

    /// What to do about a header that is not there.
    pub fn suggest(&self, typed: &str) -> String {
        self.columns.suggest(typed)
    }

    /// A place in words: `row 3, column F ("What can you help with?")`.
    pub fn place(&self, row: &Row, column: &Column) -> String {
        row.place(column)
    }
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
        let at = |text: &str, order| Cell::of_text(text).moment(order).map(|moment| moment.to_string());
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
        let serial = Cell(cell::Value::Number(45_943.5)).moment(None).map(|moment| moment.to_string());
        assert_eq!(serial.as_deref(), Ok("2025-10-13T12:00:00"));
        assert_eq!(Cell(cell::Value::Number(7.0)).moment(None), Err(NoMoment::NotADate));
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
