//! A CSV file -> its rows, one at a time: encoding and delimiter are found out, since every office program has its own.

use super::cell::{Cell, is_blank};
use super::encoding::{MARK, Text, Written};
use super::file::Source;
use super::row::{Layout, Row, no_header};
use super::{Limits, MOST_COLUMNS, MOST_IN_A_CELL};
use crate::failure::Failure;
use std::borrow::Cow;
use std::sync::Arc;

/// The beginning of a file, by which its delimiter is found: of a longer first record its columns so far count.
const HEAD: usize = 256 << 10;

/// A CSV file of which all but the rows is known.
pub(super) struct Table {
    source: Source,
    written: Written,
    delimiter: u8,
    /// Whether the first line says what the delimiter is.
    has_separator_line: bool,
    most_rows: usize,
    /// The row of the headers.
    header_row: usize,
    pub(super) notes: Vec<String>,
}

impl Table {
    /// Reads all of a file once, and its headers.
    pub(super) fn open(source: Source, limits: &Limits) -> Result<(Table, Vec<Cell>), Failure> {
        let written = Written::find(&source, limits.bytes)?;
        let mut notes = Vec::new();
        if written.is_old {
            notes.push(format!(
                "{} is not UTF-8 and was read as Windows-1252, in which older office programs save: look at the accented letters",
                source.name
            ));
        }
        if written.is_broken {
            notes.push(format!("{} has characters that cannot be read; each is a \u{FFFD} now", source.name));
        }
        let head = written.text(&source)?.head(HEAD).map_err(source.unread())?;
        let said = separator(&head);
        let has_separator_line = said.is_some();
        let delimiter = said.unwrap_or_else(|| delimiter(&head));
        let most_rows = limits.rows;
        let mut table =
            Table { source, written, delimiter, has_separator_line, most_rows, header_row: 0, notes };
        let mut records = table.records()?;
        let mut headers = Vec::new();
        while records.next()? {
            if records.is_blank() {
                continue;
            }
            let fields: Vec<Cow<'_, str>> = records.record.iter().map(String::from_utf8_lossy).collect();
            headers = fields.iter().map(|field| Cell::of_text(field)).collect();
            break;
        }
        if headers.len() > MOST_COLUMNS {
            return Err(too_large(&table.source.name, &format!("it has more than {MOST_COLUMNS} columns")));
        }
        let header_row = records.number;
        drop(records);
        table.header_row = header_row;
        Ok((table, headers))
    }

    pub(super) fn rows(&self, layout: &Arc<Layout>) -> Result<Rows<'_>, Failure> {
        let mut records = self.records()?;
        while records.number < self.header_row && records.next()? {}
        let mut row = Row::new(layout);
        let read = (0..layout.width).filter(|place| row.room(*place).is_some()).collect();
        Ok(Rows { table: self, records, layout: Arc::clone(layout), read, count: 0, values: 0 })
    }

    fn records(&self) -> Result<Records<'_>, Failure> {
        let mut text = self.written.text(&self.source)?;
        if self.has_separator_line {
            text.skip_line().map_err(self.source.unread())?;
        }
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .buffer_capacity(64 << 10)
            .from_reader(text);
        Ok(Records {
            source: &self.source,
            reader,
            record: csv::ByteRecord::new(),
            number: 0,
            lines_within: 0,
            is_ended: false,
            marks: 0,
        })
    }
}

fn refuse(name: &str, why: &str) -> Failure {
    Failure::refused(
        format!("{name} cannot be read as a table: {why}"),
        "open it in a spreadsheet program and look at that row, or export the form again",
    )
}

fn too_large(name: &str, why: &str) -> Failure {
    refuse(name, &format!("it is larger than the answers of any form: {why}"))
}

/// Records with the rows they are in.
struct Records<'t> {
    source: &'t Source,
    reader: csv::Reader<Text<'t>>,
    record: csv::ByteRecord,
    /// The row, as a spreadsheet counts it: empty lines are rows too.
    number: usize,
    /// Line ends within the records so far.
    lines_within: usize,
    /// Whether the mark behind the text was met.
    is_ended: bool,
    /// Rows since the last record that hold nothing but such a mark.
    marks: usize,
}

impl Records<'_> {
    /// Reads the next record.
    fn next(&mut self) -> Result<bool, Failure> {
        loop {
            self.reader.get_mut().begin_record();
            match self.reader.read_byte_record(&mut self.record) {
                Ok(true) => {}
                Ok(false) if self.is_ended => return self.close(),
                Ok(false) => return Err(self.unclosed(self.number)),
                Err(_) if self.reader.get_ref().is_endless() => {
                    return Err(self.unclosed(self.number + 1));
                }
                Err(error) => {
                    return Err(match error.into_kind() {
                        csv::ErrorKind::Io(reason) => self.source.unread()(reason),
                        _ => refuse(&self.source.name, &format!("row {} is broken", self.number + 1)),
                    });
                }
            }
            // A file may hold the mark too: it counts where nothing comes after it.
            self.is_ended = self.record.len() == 1 && self.record.as_slice() == MARK;
            if self.is_ended {
                self.marks += 1;
                continue;
            }
            self.count_rows();
            let holds_the_end = || self.record.as_slice().ends_with(&[MARK, b"\n"].concat());
            if self.reader.get_ref().is_over() && self.reader.is_done() && holds_the_end() {
                return Err(self.unclosed(self.number));
            }
            return Ok(true);
        }
    }

    /// Counts the row of the record, and those before it that hold nothing.
    fn count_rows(&mut self) {
        let ends = usize::try_from(self.reader.position().line()).unwrap_or(usize::MAX) - 1;
        let least = self.number + 1 + std::mem::take(&mut self.marks);
        // Most records have one line each.
        if ends > least + self.lines_within {
            self.lines_within += memchr::memchr_iter(b'\n', self.record.as_slice()).count();
        }
        self.number = least.max(ends.saturating_sub(self.lines_within));
    }

    /// Looks at a file of which everything was read.
    fn close(&self) -> Result<bool, Failure> {
        if !self.reader.get_ref().is_same() {
            return Err(self.source.changed());
        }
        self.source.check_unchanged()?;
        Ok(false)
    }

    fn unclosed(&self, row: usize) -> Failure {
        refuse(&self.source.name, &format!("in row {row} a quotation mark is not closed"))
    }

    fn is_blank(&self) -> bool {
        self.record.iter().all(is_blank_field)
    }
}

fn is_blank_field(field: &[u8]) -> bool {
    std::str::from_utf8(field).is_ok_and(is_blank)
}

/// The rows below the headers.
pub(super) struct Rows<'t> {
    table: &'t Table,
    records: Records<'t>,
    layout: Arc<Layout>,
    /// Places for which a row has room.
    read: Vec<usize>,
    count: usize,
    /// How many values the last row had.
    values: usize,
}

impl Rows<'_> {
    /// How many bytes of the file were read, and how many it has, where that is known.
    pub(super) fn bytes(&self) -> Option<(u64, u64)> {
        let whole = self.table.source.length()?;
        Some((self.records.reader.get_ref().bytes_read(), whole))
    }

    /// Reads the next row that holds something; `false` where there is none.
    pub(super) fn next(&mut self, row: &mut Row) -> Result<bool, Failure> {
        while self.records.next()? {
            if self.records.is_blank() {
                continue;
            }
            self.count += 1;
            if self.count > self.table.most_rows {
                let most = self.table.most_rows;
                return Err(too_large(&self.table.source.name, &format!("it has more than {most} rows")));
            }
            self.check()?;
            self.fill(row)?;
            self.values = self.records.record.len();
            return Ok(true);
        }
        self.check_end().map(|()| false)
    }

    /// Refuses a file whose last row stops in its middle.
    fn check_end(&self) -> Result<(), Failure> {
        let is_short = self.count > 0 && self.values < self.layout.width;
        if !is_short || self.records.reader.get_ref().ends_with_a_line() {
            return Ok(());
        }
        let (row, values, width) = (self.records.number, self.values, self.layout.width);
        let why =
            format!("row {row}, the last, has {values} of {width} values and no end: the file was cut off");
        Err(refuse(&self.table.source.name, &why))
    }

    fn check(&self) -> Result<(), Failure> {
        let Records { record, number, .. } = &self.records;
        let (name, width) = (&self.table.source.name, self.layout.width);
        if record.len() > width && record.iter().skip(width).any(|field| !is_blank_field(field)) {
            let why = format!("row {number} has {} values, and there are {width} headers", record.len());
            return Err(refuse(name, &why));
        }
        for place in &self.layout.unheaded {
            if record.get(*place).is_some_and(|field| !is_blank_field(field)) {
                return Err(no_header(name, *place, *number));
            }
        }
        if record.as_slice().len() <= MOST_IN_A_CELL * 4 {
            return Ok(());
        }
        if let Some(long) = record.iter().find(|field| field.len() > MOST_IN_A_CELL * 4) {
            let characters = String::from_utf8_lossy(long).chars().count();
            let why = format!(
                "row {number} has a value of {characters} characters; a quotation mark is not closed"
            );
            return Err(refuse(name, &why));
        }
        Ok(())
    }

    fn fill(&self, row: &mut Row) -> Result<(), Failure> {
        let Records { record, number, .. } = &self.records;
        row.begin(*number);
        for place in &self.read {
            let (Some(field), Some(cell)) = (record.get(*place), row.room(*place)) else { continue };
            // What was text when all of it was read first is none now.
            let text = std::str::from_utf8(field).map_err(|_| self.table.source.changed())?;
            cell.set_text(text);
        }
        row.finish();
        Ok(())
    }
}

/// What the first line says to stand between two values: `sep=;`.
fn separator(head: &[u8]) -> Option<u8> {
    let line = &head[..memchr::memchr(b'\n', head)?];
    match line.trim_ascii_end().strip_prefix(b"sep=")? {
        [delimiter] if delimiter.is_ascii_punctuation() && *delimiter != b'"' => Some(*delimiter),
        [] if line.ends_with(b"\t") => Some(b'\t'),
        _ => None,
    }
}

/// What stands between two values: whatever makes most columns of the first record.
fn delimiter(head: &[u8]) -> u8 {
    let columns = |delimiter: u8| {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(head);
        reader.byte_records().next().and_then(Result::ok).map_or(0, |record| record.len())
    };
    let best = [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| columns(*delimiter));
    best.unwrap_or(b',')
}
