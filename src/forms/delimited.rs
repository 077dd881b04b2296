//! Bytes of a CSV file -> its cells: encoding and delimiter are found out, since every office program has its own.

use super::text::clean;
use super::{Cell, MOST_CHARACTERS, MOST_COLUMNS, MOST_IN_A_CELL, MOST_ROWS, Sheet};
use crate::failure::Failure;
use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;

pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Sheet, Failure> {
    let mut sheet = Sheet::default();
    let (text, is_old) = decode(bytes);
    if is_old {
        sheet.notes.push(format!(
            "{name} is not UTF-8 and was read as Windows-1252, in which older office programs save: look at the accented letters"
        ));
    }
    let (delimiter, text) = delimiter(&text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut characters = 0;
    let mut width = None;
    for record in reader.records() {
        let record = record.map_err(|error| refuse(name, &error.to_string()))?;
        let number = sheet.rows.len() + 1;
        let cells: Vec<Cell> = record.iter().map(cell).collect();
        let width = *width.get_or_insert(cells.len());
        if cells.iter().skip(width).any(|cell| !cell.is_empty()) {
            return Err(refuse(
                name,
                &format!("row {number} has {} values, and there are {width} headers", cells.len()),
            ));
        }
        if let Some(long) = record.iter().find(|field| field.len() > MOST_IN_A_CELL * 4) {
            return Err(refuse(
                name,
                &format!(
                    "row {number} has a value of {} characters; a quotation mark is not closed",
                    long.chars().count()
                ),
            ));
        }
        characters += record.as_slice().len();
        if number > MOST_ROWS || width > MOST_COLUMNS || characters > MOST_CHARACTERS {
            return Err(refuse(name, "it is larger than the answers of any form"));
        }
        sheet.rows.push((number, cells));
    }
    Ok(sheet)
}

fn refuse(name: &str, why: &str) -> Failure {
    Failure::refused(
        format!("{name} cannot be read as a table: {why}"),
        "open it in a spreadsheet program and look at that row, or export the form again",
    )
}

fn cell(field: &str) -> Cell {
    let text = clean(field);
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

/// Bytes as text, and whether they were in an older encoding. A byte-order mark says which encoding it is.
fn decode(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (encoding.decode_without_bom_handling(&bytes[mark..]).0, false);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), false),
        Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0, true),
    }
}

/// What stands between two values (`sep=` in the first line says it, else whatever makes most columns of the first
/// record), and the text without such a line.
fn delimiter(text: &str) -> (u8, &str) {
    if let Some((first, rest)) = text.split_once('\n')
        && let Some(&[delimiter]) = first.trim_end().strip_prefix("sep=").map(str::as_bytes)
    {
        return (delimiter, rest);
    }
    let columns = |delimiter: u8| {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(text.as_bytes());
        reader.records().next().and_then(Result::ok).map_or(0, |record| record.len())
    };
    let best = [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| columns(*delimiter));
    (best.unwrap_or(b','), text)
}
