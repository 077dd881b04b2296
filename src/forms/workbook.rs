//! Bytes of an `.xlsx` workbook -> the cells of its one sheet with answers.

use super::text::clean;
use super::{Cell, MOST_CELLS, MOST_CHARACTERS, MOST_COLUMNS, MOST_IN_A_CELL, MOST_ROWS, Sheet, moment};
use crate::archive;
use crate::failure::Failure;
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use std::collections::BTreeMap;
use std::io::Cursor;

pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Sheet, Failure> {
    refuse_other_archives(name, bytes)?;
    let broken = |_| broken(name);
    let mut workbook: Xlsx<Cursor<&[u8]>> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let is_1904 = workbook.has_1904_epoch();
    let mut with_answers: Vec<(String, Sheet)> = Vec::new();
    let mut hidden = Vec::new();
    for sheet in workbook.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let cells = read_sheet(&mut workbook, &sheet.name, is_1904, name)?;
        if cells.rows.is_empty() {
            continue;
        }
        if sheet.visible == SheetVisible::Visible {
            with_answers.push((sheet.name, cells));
        } else {
            hidden.push(format!("the hidden sheet \"{}\" was not read", clean(&sheet.name)));
        }
    }
    if with_answers.len() > 1 {
        let names: Vec<String> =
            with_answers.iter().map(|(name, _)| format!("\"{}\"", clean(name))).collect();
        return Err(Failure::refused(
            format!("{name} has {} sheets with something in them: {}", names.len(), names.join(", ")),
            "an export of a form has one; remove the others from a copy",
        ));
    }
    let mut sheet = with_answers.pop().map(|(_, sheet)| sheet).unwrap_or_default();
    let rows = hidden_rows(bytes);
    if rows > 0 {
        let (rows, are) = if rows == 1 {
            ("1 hidden row".to_owned(), "is")
        } else {
            (format!("{rows} hidden rows"), "are")
        };
        sheet.notes.push(format!("{rows} of {name} (a filter, perhaps) {are} read like the others"));
    }
    sheet.notes.extend(hidden);
    Ok(sheet)
}

fn broken(name: &str) -> Failure {
    Failure::refused(
        format!("{name} is not a whole workbook"),
        "export the form again: Responses, then Open in Excel",
    )
}

/// Archives that are no workbook, and those that unpack to more than a workbook of answers.
fn refuse_other_archives(name: &str, bytes: &[u8]) -> Result<(), Failure> {
    // The directory at an archive's end has the names as they are.
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    let again = "open it in its own program and save it as .xlsx";
    let what = if holds(b"application/vnd.oasis.opendocument") {
        "is an OpenDocument file"
    } else if holds(b"Index/Document.iwa") || holds(b"index.apxl") {
        "is a document of Numbers"
    } else if holds(b"word/document.xml") {
        "is a Word document"
    } else if holds(b"xl/workbook.bin") {
        "is a binary workbook (.xlsb)"
    } else if !holds(b"xl/workbook.xml") {
        "is an archive (.zip) and not a workbook"
    } else if !archive::is_sound(bytes) {
        return Err(Failure::refused(
            format!("{name} is damaged, or unpacks to more than the answers of any form"),
            "export the form again: Responses, then Open in Excel",
        ));
    } else {
        return Ok(());
    };
    Err(Failure::refused(format!("{name} {what}"), again))
}

fn read_sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    is_1904: bool,
    name: &str,
) -> Result<Sheet, Failure> {
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(|_| broken(name))?;
    let mut rows: BTreeMap<usize, Vec<Cell>> = BTreeMap::new();
    let (mut count, mut characters, mut places) = (0, 0, 0);
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|_| broken(name))? {
        let (row, column) = (cell.pos.0 as usize, cell.pos.1 as usize);
        let value = if cell.formula.is_some() { Cell::Formula } else { value(&cell.value, is_1904) };
        if value.is_empty() {
            continue;
        }
        if let Cell::Text(text) = &value {
            characters += text.len();
        }
        let cells = rows.entry(row + 1).or_default();
        count += usize::from(cells.is_empty());
        places += (column + 1).saturating_sub(cells.len());
        let too_large = count > MOST_ROWS
            || column >= MOST_COLUMNS
            || characters > MOST_CHARACTERS
            || places > MOST_CELLS
            || matches!(&value, Cell::Text(text) if text.len() > MOST_IN_A_CELL * 4);
        if too_large {
            return Err(Failure::refused(
                format!("{name} is larger than the answers of any form"),
                "export the form again: Responses, then Open in Excel",
            ));
        }
        if cells.len() <= column {
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = value;
    }
    Ok(Sheet { rows: rows.into_iter().collect(), notes: Vec::new() })
}

fn value(value: &DataRef<'_>, is_1904: bool) -> Cell {
    let text = |text: &str| {
        let text = clean(&unescape(text));
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    };
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(value) | DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => text(value),
        DataRef::SharedString(value) => text(value),
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(value) => Cell::Text(if *value { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::DateTime(serial) => {
            // Workbooks of old Macs count from 1904.
            let days = serial.as_f64() + if is_1904 { 1_462.0 } else { 0.0 };
            moment::from_serial(days).map_or(Cell::Number(days), Cell::Moment)
        }
        DataRef::Error(error) => Cell::Fault(error.to_string()),
    }
}

/// `_x000D_` is how a workbook writes a character that XML cannot hold.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// How many rows of all sheets are hidden.
fn hidden_rows(bytes: &[u8]) -> usize {
    let mut hidden = 0;
    archive::read(bytes, &mut archive::Budget::default(), |path, content| {
        if path.starts_with("xl/worksheets/") {
            let text = String::from_utf8_lossy(&content);
            let rows = text.split("<row ").skip(1).filter_map(|row| row.split_once('>'));
            hidden += rows
                .filter(|(tag, _)| tag.contains("hidden=\"1\"") || tag.contains("hidden=\"true\""))
                .count();
        }
    });
    hidden
}
