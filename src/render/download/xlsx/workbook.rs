//! Sheets -> the bytes of a workbook. The only file that knows rust_xlsxwriter.

use super::contents::Contents;
use super::sheet::{Cell, Sheet, cut};
use crate::render::download::Download;
use crate::render::xml::allowed;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Table, TableColumn, TableStyle, Url, Workbook,
    Worksheet, XlsxError,
};
use std::collections::BTreeSet;

/// What a cell and a table's header may hold, in UTF-16 units.
const CELL: usize = 32_767;
const HEADER: usize = 255;

/// Widths of columns, in characters.
const NARROW: usize = 12;
const WIDE: usize = 60;
const COVER: [usize; 2] = [28, 80];

/// What is wider is printed across.
const PORTRAIT: usize = 120;

/// The height of a line, in points.
const LINE: u32 = 15;

pub(super) fn write(download: &Download, contents: &Contents) -> Result<Vec<u8>, XlsxError> {
    let mut writer = Writer { download, workbook: Workbook::new() };
    writer.cover(contents)?;
    for sheet in &contents.sheets {
        writer.sheet(sheet)?;
    }
    writer.finish()
}

struct Writer<'a> {
    download: &'a Download<'a>,
    workbook: Workbook,
}

impl Writer<'_> {
    /// What the workbook is, on whose word, and what is in it.
    fn cover(&mut self, contents: &Contents) -> Result<(), XlsxError> {
        let download = self.download;
        let right_to_left = download.is_right_to_left();
        let worksheet = self.workbook.add_worksheet();
        begin(worksheet, &contents.cover.name, right_to_left)?;
        heading(worksheet, 0, download.title())?;
        let label = Format::new().set_bold().set_align(FormatAlign::Top).set_text_wrap();
        let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let mut row = 1;
        for (name, text) in &contents.facts {
            worksheet.write_string_with_format(row, 0, text_of(name), &label)?;
            worksheet.write_string_with_format(row, 1, text_of(text), &wrap)?;
            let lines = lines(name, COVER[0]).max(lines(text, COVER[1]));
            worksheet.set_row_height(row, lines * LINE)?;
            row += 1;
        }
        fill(worksheet, row, &contents.cover, &COVER)?;
        Ok(())
    }

    /// A sheet with its heading, a sentence on what stands there, and its table.
    fn sheet(&mut self, sheet: &Sheet) -> Result<(), XlsxError> {
        let right_to_left = self.download.is_right_to_left();
        let worksheet = self.workbook.add_worksheet();
        begin(worksheet, &sheet.name, right_to_left)?;
        heading(worksheet, 0, &sheet.title)?;
        let mut row = 1;
        if let Some(hint) = &sheet.hint {
            worksheet.write_string(row, 0, text_of(hint))?;
            row += 1;
        }
        let widths: Vec<usize> = sheet
            .header
            .iter()
            .enumerate()
            .map(|(at, header)| {
                let cells = sheet.rows.iter().filter_map(|row| row.get(at));
                let longest = cells.map(Cell::len).max().unwrap_or(0);
                longest.max(header.chars().count()).clamp(NARROW, WIDE) + 2
            })
            .collect();
        if widths.iter().sum::<usize>() > PORTRAIT {
            worksheet.set_landscape();
        }
        fill(worksheet, row, sheet, &widths)?;
        Ok(())
    }

    /// The bytes, of the day that the report is of and not of the hour.
    fn finish(mut self) -> Result<Vec<u8>, XlsxError> {
        let download = self.download;
        let (year, month, day) = download.day();
        let part = |n: i8| u8::try_from(n).unwrap_or(1);
        let created = ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(2000), part(month), part(day));
        let mut properties = DocProperties::new()
            .set_title(allowed(download.title()))
            .set_author(allowed(&download.authors()))
            .set_company(allowed(download.publisher()));
        properties =
            properties.set_creation_datetime(&created.or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))?);
        self.workbook.set_properties(&properties);
        self.workbook.save_to_buffer()
    }
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn begin(worksheet: &mut Worksheet, name: &str, right_to_left: bool) -> Result<(), XlsxError> {
    worksheet.set_name(name)?;
    worksheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    worksheet.set_right_to_left(right_to_left);
    Ok(())
}

fn heading(worksheet: &mut Worksheet, row: u32, text: &str) -> Result<(), XlsxError> {
    let format = Format::new().set_bold().set_font_size(14);
    worksheet.write_string_with_format(row, 0, text_of(text), &format)?;
    Ok(())
}

/// How many lines a text takes in a column of so many characters. Some programs do not work it out themselves.
fn lines(text: &str, width: usize) -> u32 {
    let lines = text.lines().map(|line| line.chars().count().div_ceil(width.saturating_sub(2).max(1)).max(1));
    u32::try_from(lines.sum::<usize>()).unwrap_or(1).clamp(1, 26)
}

/// A table from a row on: its header and its cells, in columns of so many characters.
fn fill(worksheet: &mut Worksheet, top: u32, sheet: &Sheet, widths: &[usize]) -> Result<(), XlsxError> {
    for (at, width) in widths.iter().enumerate() {
        worksheet.set_column_width(column(at), u32::try_from(*width).unwrap_or(12))?;
    }
    let tallest = |texts: &mut dyn Iterator<Item = (&str, &usize)>| {
        texts.map(|(text, width)| lines(text, *width)).max().unwrap_or(1)
    };
    let height = tallest(&mut sheet.header.iter().map(String::as_str).zip(widths));
    worksheet.set_row_height(top, height * LINE)?;
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let figure = Format::new().set_align(FormatAlign::Right).set_align(FormatAlign::Top);
    let link = Format::new()
        .set_align(FormatAlign::Top)
        .set_font_color(0x05_63C1)
        .set_underline(rust_xlsxwriter::FormatUnderline::Single);
    // A column of figures has its words, too, under a header on the right.
    let is_figures = |at: usize| sheet.rows.iter().any(|row| matches!(row.get(at), Some(Cell::Number(..))));
    for (row, cells) in (top + 1..).zip(&sheet.rows) {
        let height = tallest(&mut cells.iter().map(Cell::text).zip(widths));
        worksheet.set_row_height(row, height * LINE)?;
        for (at, cell) in cells.iter().enumerate() {
            let format = if is_figures(at) { &figure } else { &text };
            match cell {
                Cell::Text(words) => {
                    worksheet.write_string_with_format(row, column(at), text_of(words), format)?;
                }
                Cell::Number(number, decimals) => {
                    let decimals = "0".repeat(*decimals);
                    let places = if decimals.is_empty() { "0".to_owned() } else { format!("0.{decimals}") };
                    let format = figure.clone().set_num_format(places);
                    worksheet.write_number_with_format(row, column(at), *number, &format)?;
                }
                Cell::Sheet(name) => {
                    let url = Url::new(format!("internal:'{name}'!A1")).set_text(text_of(name));
                    worksheet.write_url_with_format(row, column(at), url, &link)?;
                }
            }
        }
    }
    let columns: Vec<TableColumn> = headers(&sheet.header)
        .into_iter()
        .enumerate()
        .map(|(at, header)| {
            let align = if is_figures(at) { FormatAlign::Right } else { FormatAlign::Left };
            let format = Format::new().set_bold().set_text_wrap().set_align(align);
            TableColumn::new().set_header(header).set_header_format(format)
        })
        .collect();
    let last = top + u32::try_from(sheet.rows.len()).unwrap_or(0);
    if last > top && !columns.is_empty() {
        let table = Table::new().set_autofilter(false).set_style(TableStyle::Light1).set_columns(&columns);
        worksheet.add_table(top, 0, last, column(columns.len() - 1), &table)?;
    }
    Ok(())
}

/// Headers of a table, none of which Excel takes for another.
fn headers(wanted: &[String]) -> Vec<String> {
    let mut known = BTreeSet::new();
    let unique = |header: &String| {
        let text = allowed(header).replace(['\n', '\r', '\t'], " ");
        let text = if text.trim().is_empty() { "–" } else { text.trim() };
        let mut number = 1;
        loop {
            let end = if number == 1 { String::new() } else { format!(" ({number})") };
            let header = cut(text, HEADER - end.len()).to_owned() + &end;
            if known.insert(header.to_lowercase()) {
                return header;
            }
            number += 1;
        }
    };
    wanted.iter().map(unique).collect()
}

/// What a cell may hold of a text; a cell is never empty.
fn text_of(text: &str) -> String {
    let text = allowed(text);
    let text = cut(&text, CELL);
    if text.trim().is_empty() { "–".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_differ_whatever_their_case() {
        let wanted = ["Group", "group", "", "\u{1}"].map(str::to_owned);
        assert_eq!(headers(&wanted), ["Group", "group (2)", "–", "– (2)"]);
    }
}
