//! A report's tables -> a workbook: cover, notes, one table a sheet, data dictionary. The only file that knows
//! rust_xlsxwriter.
//!
//! Set out as the Analysis Function of the UK government advises for people who listen to a workbook or read it
//! enlarged: one table a sheet with one header row, no merged cells, no cell without a word.

use super::{Download, allowed};
use crate::evaluation::disclosure::PolicyName;
use crate::evaluation::{PublishedTable, Show, TableCell, ThemeRow, ThemeSheet};
use crate::render::{correction, view};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Table, TableColumn, TableStyle, Url, Workbook,
    Worksheet, XlsxError,
};
use std::collections::BTreeSet;

/// What a cell, a table's header and a sheet's name may hold, in UTF-16 units.
const CELL: usize = 32_767;
const HEADER: usize = 255;
const SHEET: usize = 31;

/// Widths of columns, in characters.
const NARROW: usize = 12;
const WIDE: usize = 60;
const COVER: [usize; 2] = [28, 80];

/// What is wider is printed across.
const PORTRAIT: usize = 120;

/// The height of a line, in points.
const LINE: u32 = 15;

pub(super) fn xlsx(download: &Download) -> Result<Vec<u8>, String> {
    Writer::new(download).write().map_err(|error| error.to_string())
}

/// A table on its way onto a sheet.
struct Sheet {
    name: String,
    title: String,
    rows: Vec<Vec<Cell>>,
    header: Vec<String>,
}

enum Cell {
    Text(String),
    /// A number, and how many of its decimals were printed.
    Number(f64, usize),
    /// A link to a sheet.
    Sheet(String),
}

impl Cell {
    /// A text, or the number that it is.
    fn read(text: &str) -> Cell {
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
    fn of(cell: &TableCell) -> Cell {
        if cell.is_number { Cell::read(cell.words.as_str()) } else { Cell::Text(cell.words.to_string()) }
    }

    fn text(&self) -> &str {
        match self {
            Cell::Text(text) | Cell::Sheet(text) => text,
            Cell::Number(..) => "",
        }
    }

    fn len(&self) -> usize {
        match self {
            Cell::Text(text) | Cell::Sheet(text) => text.lines().map(|line| line.chars().count()).max(),
            Cell::Number(number, decimals) => Some(format!("{number:.decimals$}").len()),
        }
        .unwrap_or(0)
    }
}

struct Writer<'a> {
    download: &'a Download<'a>,
    workbook: Workbook,
    names: BTreeSet<String>,
}

impl<'a> Writer<'a> {
    fn new(download: &'a Download<'a>) -> Self {
        Writer { download, workbook: Workbook::new(), names: BTreeSet::new() }
    }

    fn say(&self, key: &str) -> String {
        self.download.say(key)
    }

    fn write(mut self) -> Result<Vec<u8>, XlsxError> {
        let download = self.download;
        let cover = self.name(&self.say("workbook.cover"));
        let notes = self.notes();
        let mut sheets = vec![notes];
        for id in download.report.published.table_ids() {
            let first = download.site.project.first_language();
            if let Some(themes) = download.report.published.theme_sheets(id, download.interface, first) {
                let several = themes.len() > 1;
                for (at, themes) in themes.into_iter().enumerate() {
                    let name = if several { format!("{id} {}", at + 1) } else { id.to_owned() };
                    sheets.push(self.themes(&name, themes));
                }
                continue;
            }
            let tables = download.report.published.tables(id, Show::Count, download.interface, first);
            let tables = tables.unwrap_or_default();
            let several = tables.len() > 1;
            for (at, table) in tables.into_iter().enumerate() {
                let name = if several { format!("{id} {}", at + 1) } else { id.to_owned() };
                sheets.push(self.table(&name, table));
            }
        }
        sheets.push(self.dictionary());
        self.cover(cover, &sheets)?;
        let notes = sheets.first().map(|sheet| sheet.name.clone()).unwrap_or_default();
        for (at, sheet) in sheets.iter().enumerate() {
            let is_table = at > 0 && at + 1 < sheets.len();
            let hint = is_table.then(|| download.interface.say("workbook.one-table", &[("notes", &notes)]));
            self.sheet(sheet, hint)?;
        }
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

    /// A name that a sheet may have and that no other has: Excel does not tell upper from lower case.
    fn name(&mut self, wanted: &str) -> String {
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
            if !name.eq_ignore_ascii_case("history") && self.names.insert(name.to_lowercase()) {
                return name;
            }
            number += 1;
        }
    }

    fn notes(&mut self) -> Sheet {
        let interface = self.download.interface;
        let policy = self.download.report.published.policy();
        let mut rows: Vec<(String, String)> = vec![
            (self.say("value.not-asked"), self.say("note.not-asked")),
            (self.say("value.unpublished"), self.say("note.unpublished")),
            (self.say("value.unreported"), self.say("note.unreported")),
        ];
        if self.download.report.published.has_themes() {
            rows.insert(0, (self.say("value.mentioned"), self.say("note.mentioned")));
        }
        if policy.name != PolicyName::AsPublished {
            let band = policy.band.to_string();
            let few = interface.say("value.few", &[("band", &band)]);
            let nearly = interface.say("value.nearly-all", &[("from", "…")]);
            rows.insert(0, (self.say("value.withheld"), self.say("note.withheld")));
            rows.push((few, interface.say("note.few", &[("band", &band)])));
            rows.push((nearly, self.say("note.nearly-all")));
        }
        rows.push((self.say("column.answered"), self.say("note.answered")));
        let method = self.download.method();
        for (key, sentences) in [
            ("report.rules", method.rules),
            ("report.exceptions", method.exceptions),
            ("report.percentages", method.notes),
            ("report.limits", method.limits),
            ("report.checks", method.checks),
        ] {
            rows.extend(sentences.into_iter().map(|sentence| (self.say(key), sentence)));
        }
        let name = self.say("workbook.notes");
        Sheet {
            name: self.name(&name),
            title: self.say("workbook.notes-of"),
            header: vec![self.say("workbook.word"), self.say("workbook.meaning")],
            rows: rows.into_iter().map(|(word, note)| vec![Cell::Text(word), Cell::Text(note)]).collect(),
        }
    }

    fn table(&mut self, name: &str, table: PublishedTable) -> Sheet {
        let interface = self.download.interface;
        let title = match table.id.as_str() {
            "respondents" => self.say("workbook.respondents"),
            "flow" => interface.say("workbook.flow", &[("unit", &table.title)]),
            _ => table.title,
        };
        let mut header = vec![table.row_header];
        header.extend(table.columns.iter().map(|column| column.label.clone()));
        let mut rows: Vec<Vec<Cell>> = table
            .rows
            .into_iter()
            .map(|row| std::iter::once(Cell::Text(row.label)).chain(row.cells.iter().map(Cell::of)).collect())
            .collect();
        if table.columns.iter().all(|column| column.answered.is_some()) {
            let answered = table.columns.iter().flat_map(|column| &column.answered);
            let cells = answered.map(|words| Cell::read(words.as_str()));
            rows.push(std::iter::once(Cell::Text(self.say("column.answered"))).chain(cells).collect());
        }
        Sheet { name: self.name(name), title, rows, header }
    }

    /// Themes with what they are told apart by in columns of their own: no cell is merged, and none is empty.
    fn themes(&mut self, name: &str, themes: ThemeSheet) -> Sheet {
        let ThemeSheet { title, header, rows, answered } = themes;
        let texts = header.len() - answered.len();
        let row = |row: ThemeRow| -> Vec<Cell> {
            row.texts.into_iter().map(Cell::Text).chain(row.cells.iter().map(Cell::of)).collect()
        };
        let mut rows: Vec<Vec<Cell>> = rows.into_iter().map(row).collect();
        let mut last = vec![Cell::Text(self.say("column.answered"))];
        last.resize_with(texts, || Cell::Text(self.say("workbook.none")));
        last.extend(answered.iter().map(|words| Cell::read(words.as_str())));
        rows.push(last);
        Sheet { name: self.name(name), title, rows, header }
    }

    fn dictionary(&mut self) -> Sheet {
        let download = self.download;
        let first = download.site.project.first_language();
        let mut rows = Vec::new();
        for entry in download.report.published.dictionary(download.interface, first) {
            let once = self.say("workbook.once");
            let waves = if entry.waves.is_empty() { once } else { entry.waves.join(", ") };
            let mut options = entry.options;
            if options.is_empty() {
                let number = match entry.bounds {
                    Some((from, to)) => download
                        .interface
                        .say("value.range", &[("min", &from.to_string()), ("max", &to.to_string())]),
                    None => self.say("workbook.number"),
                };
                options.push((self.say("workbook.number"), number));
            }
            for (id, label) in options {
                let texts = [
                    entry.id.clone(),
                    entry.ask.clone(),
                    self.say(entry.kind),
                    entry.groups.join(", "),
                    waves.clone(),
                    id,
                    label,
                ];
                rows.push(texts.into_iter().map(Cell::Text).collect());
            }
        }
        let header = ["question", "ask", "type", "groups", "waves", "answer", "label"];
        let name = self.say("workbook.dictionary");
        Sheet {
            name: self.name(&name),
            title: self.say("workbook.dictionary-of"),
            header: header.iter().map(|key| self.say(&format!("workbook.column.{key}"))).collect(),
            rows,
        }
    }

    /// Each correction: its day and why, and the tables that changed.
    fn corrections(&self) -> Vec<(String, String)> {
        let download = self.download;
        let (published, first) = (download.report.published, download.site.project.first_language());
        let notices = correction::notices(published, &download.page.body, download.interface, first);
        let fact = |notice: view::Correction| {
            let mut text = notice.reason.to_owned();
            if !notice.changed.is_empty() {
                let names: Vec<String> = notice.changed.into_iter().map(|changed| changed.name).collect();
                text += &format!(" {} {}", self.say("correction.changed"), names.join("; "));
            }
            (notice.sentence, text)
        };
        notices.into_iter().map(fact).collect()
    }

    /// What the workbook is, on whose word, and what is in it.
    fn cover(&mut self, name: String, sheets: &[Sheet]) -> Result<(), XlsxError> {
        let download = self.download;
        let published = download.report.published;
        let policy = published.policy();
        let method = download.method();
        let mut facts = vec![
            (self.say("workbook.authors"), download.authors()),
            (self.say("workbook.publisher"), download.publisher().to_owned()),
            (self.say("report.method"), method.sentence),
            (self.say("report.policy"), method.policy.to_owned()),
        ];
        let more = [
            ("report.source", &policy.source),
            ("report.reason", &policy.reason),
            ("report.approved", &policy.approved_by),
            ("report.licence", &published.facts().licence),
        ];
        facts.extend(more.iter().filter_map(|(key, text)| Some((self.say(key), text.as_ref()?.clone()))));
        facts.extend(method.provenance.into_iter().map(|fact| (fact.label, fact.text)));
        facts.extend(self.corrections());
        facts.push((self.say("workbook.page"), download.absolute(&download.page.page.address)));
        facts.push((self.say("workbook.contact"), download.site.project.site.contact.email.clone()));
        facts.retain(|(_, text)| !text.is_empty());
        let list = Sheet {
            title: String::new(),
            header: vec![self.say("workbook.sheet"), self.say("workbook.holds")],
            rows: sheets
                .iter()
                .map(|sheet| vec![Cell::Sheet(sheet.name.clone()), Cell::Text(sheet.title.clone())])
                .collect(),
            name,
        };
        let right_to_left = download.is_right_to_left();
        let worksheet = self.workbook.add_worksheet();
        begin(worksheet, &list.name, right_to_left)?;
        heading(worksheet, 0, download.title())?;
        let label = Format::new().set_bold().set_align(FormatAlign::Top).set_text_wrap();
        let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let mut row = 1;
        for (name, text) in &facts {
            worksheet.write_string_with_format(row, 0, text_of(name), &label)?;
            worksheet.write_string_with_format(row, 1, text_of(text), &wrap)?;
            let lines = lines(name, COVER[0]).max(lines(text, COVER[1]));
            worksheet.set_row_height(row, lines * LINE)?;
            row += 1;
        }
        fill(worksheet, row, &list, &COVER)?;
        Ok(())
    }

    /// A sheet with its heading, a sentence on what stands there, and its table.
    fn sheet(&mut self, sheet: &Sheet, hint: Option<String>) -> Result<(), XlsxError> {
        let right_to_left = self.download.is_right_to_left();
        let worksheet = self.workbook.add_worksheet();
        begin(worksheet, &sheet.name, right_to_left)?;
        heading(worksheet, 0, &sheet.title)?;
        let mut row = 1;
        if let Some(hint) = hint {
            worksheet.write_string(row, 0, text_of(&hint))?;
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

/// The beginning of a text, of so many UTF-16 units.
fn cut(text: &str, units: usize) -> &str {
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
    fn headers_differ_whatever_their_case() {
        let wanted = ["Group", "group", "", "\u{1}"].map(str::to_owned);
        assert_eq!(headers(&wanted), ["Group", "group (2)", "–", "– (2)"]);
    }

    #[test]
    fn only_digits_are_numbers() {
        assert!(matches!(Cell::read("2.70"), Cell::Number(number, 2) if (number - 2.7).abs() < 1e-9));
        for text in ["83%", "about 35", "1e5", "inf", "-1", "=1", "1.2.3", ""] {
            assert!(matches!(Cell::read(text), Cell::Text(_)), "{text}");
        }
    }
}
