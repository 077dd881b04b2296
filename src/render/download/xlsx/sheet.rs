//! A table on its way onto a sheet: what its cells hold, and the names that sheets may have.

use crate::evaluation::TableCell;
use crate::render::xml::allowed;
use std::collections::BTreeSet;

/// How long the name of a sheet may be, in UTF-16 units.
const SHEET: usize = 31;

/// A table on its way onto a sheet.
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) header: Vec<String>,
    /// A sentence above the table.
    pub(super) hint: Option<String>,
}

pub(super) enum Cell {
    Text(String),
    /// A number, and how many of its decimals were printed.
    Number(f64, usize),
    /// A link to a sheet.
    Sheet(String),
}

impl Cell {
    /// A text, or the number that it is.
    pub(super) fn read(text: &str) -> Cell {
        let plain = text.starts_with(|c: char| c.is_ascii_digit())
            && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        match text.parse() {
            Ok(number) if plain => {
                Cell::Number(number, text.split_once('.').map_or(0, |(_, decimals)| decimals.len()))
            }
            _ => Cell::Text(text.to_owned()),
        }
    }

    /// A cell of a table: a text, or a number where it is one.
    pub(super) fn of(cell: &TableCell) -> Cell {
        if cell.is_number { Cell::read(cell.words.as_str()) } else { Cell::Text(cell.words.to_string()) }
    }

    pub(super) fn text(&self) -> &str {
        match self {
            Cell::Text(text) | Cell::Sheet(text) => text,
            Cell::Number(..) => "",
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Cell::Text(text) | Cell::Sheet(text) => text.lines().map(|line| line.chars().count()).max(),
            Cell::Number(number, decimals) => Some(format!("{number:.decimals$}").len()),
        }
        .unwrap_or(0)
    }
}

/// The names of a workbook's sheets.
#[derive(Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// A name that a sheet may have and that no other has: Excel does not tell upper from lower case.
    pub(super) fn give(&mut self, wanted: &str) -> String {
        let clean: String = allowed(wanted)
            .chars()
            .map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c })
            .collect();
        let clean = if clean.trim().is_empty() { "-" } else { clean.trim() };
        let mut number = 1;
        loop {
            let end = if number == 1 { String::new() } else { format!(" ({number})") };
            let name = cut(clean, SHEET - end.len()).trim_end().to_owned() + &end;
            // Excel keeps `History` for itself.
            if !name.eq_ignore_ascii_case("history") && self.0.insert(name.to_lowercase()) {
                return name;
            }
            number += 1;
        }
    }
}

/// The beginning of a text, of so many UTF-16 units.
pub(super) fn cut(text: &str, units: usize) -> &str {
    let mut left = units;
    for (at, c) in text.char_indices() {
        match left.checked_sub(c.len_utf16()) {
            Some(less) => left = less,
            None => return &text[..at],
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(cut("abc", 2), "ab");
        assert_eq!(cut("a😀b", 2), "a");
        assert_eq!(cut("a😀b", 3), "a😀");
    }

    #[test]
    fn only_digits_are_numbers() {
        assert!(matches!(Cell::read("2.70"), Cell::Number(number, 2) if (number - 2.7).abs() < 1e-9));
        for text in ["83%", "about 35", "1e5", "inf", "-1", "=1", "1.2.3", ""] {
            assert!(matches!(Cell::read(text), Cell::Text(_)), "{text}");
        }
    }
}
