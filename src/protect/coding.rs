//! Free texts of the exports -> `coding.xlsx`, in which people give each its themes; and what they mark as worth quoting ->
//! candidates for `quotes.yaml`. Both stay in `private/`.
//!
//! What is coded is kept: texts that are new are added, and one that changed is to be coded again.

use super::Protect;
use super::codes::{self, COLUMNS, Code, Codes, FILE, Key, NONE, Text};
use super::edition::Chosen;
use super::exports;
use crate::check::Filter;
use crate::diagnostic::Diagnostics;
use crate::failure::Failure;
use crate::forms::{plain, tidy};
use crate::pipeline::{self, Request};
use crate::source::{Access, Sources, write_whole};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Note, Workbook, XlsxError};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The file of candidates.
const CANDIDATES: &str = "quotes-to-consider.yaml";
/// What the filter found in a text.
const FILTER: &str = "may tell who wrote it";
const WIDTHS: [f64; 7] = [22.0, 12.0, 18.0, 70.0, 30.0, 10.0, 24.0];
const THEMES: u16 = 4;

/// What became of the workbook.
pub(super) struct Written {
    pub(super) path: PathBuf,
    pub(super) texts: usize,
    pub(super) coded: usize,
    /// Texts of other editions, whose rows stay.
    pub(super) kept: usize,
    /// Candidates, where there are any, with their file.
    pub(super) candidates: Option<(usize, PathBuf)>,
}

/// One line of the workbook.
struct Line {
    key: Key,
    text: String,
    themes: String,
    quotable: String,
    rules: String,
    /// Wave and group, of the edition's own.
    of: Option<(String, String)>,
}

/// Writes the workbook of an edition's texts, with what is coded already.
pub(super) fn write(
    chosen: &Chosen,
    wanted: &Protect,
    texts: Vec<Text>,
    codes: Codes,
) -> Result<Written, Failure> {
    let folder = exports::folder(chosen, wanted);
    let filter = filter(wanted)?;
    let rules = |text: &str| {
        let hits: BTreeSet<&str> = filter.rules(text).into_iter().map(|(_, rule)| rule).collect();
        hits.into_iter().collect::<Vec<_>>().join(", ")
    };
    let mut lines: Vec<Line> = Vec::new();
    let mut own: BTreeSet<Key> = BTreeSet::new();
    for Text { key, text, wave, group } in texts {
        let known = codes.get(&key).filter(|code| plain(&code.text) == plain(&text));
        let Code { themes, quotable, .. } = known.cloned().unwrap_or_default();
        own.insert(key.clone());
        lines.push(Line { rules: rules(&text), key, text, themes, quotable, of: Some((wave, group)) });
    }
    let (count, coded) = (lines.len(), lines.iter().filter(|line| !line.themes.is_empty()).count());
    let others = codes.into_iter().filter(|(key, _)| !own.contains(key));
    for (key, Code { text, themes, quotable, .. }) in others {
        lines.push(Line { rules: rules(&text), key, text, themes, quotable, of: None });
    }
    let path = folder.join(FILE);
    let bytes = workbook(chosen, &lines).map_err(|error| {
        Failure::refused(
            format!("{} cannot be written: {error}", path.display()),
            "a cell of a workbook holds 32,767 characters: shorten a longer text in the export",
        )
    })?;
    if !wanted.dry_run {
        write_whole(&path, &bytes, Access::Owner)?;
    }
    let candidates = candidates(&folder, chosen, wanted, &lines)?;
    Ok(Written { path, texts: count, coded, kept: lines.len() - count, candidates })
}

/// The filter of quotations, with the words of this site.
fn filter(wanted: &Protect) -> Result<Filter, Failure> {
    let mut sources = Sources::read(&wanted.site)?;
    let request = Request::look(wanted.site.clone(), wanted.date);
    // What is wrong with the rest of the site is no matter here.
    let project = pipeline::type_all(&request, &mut sources, &mut Diagnostics::new())?;
    Ok(Filter::new(&project))
}

fn workbook(chosen: &Chosen, lines: &[Line]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let sheet = workbook.add_worksheet();
    sheet.set_name("coding")?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, (header, width)) in COLUMNS.iter().chain([&FILTER]).zip(WIDTHS).enumerate() {
        let at = u16::try_from(at).unwrap_or(u16::MAX);
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(0, at, *header, &bold)?;
    }
    let note = Note::new(codebook(chosen)).set_author("").set_width(420).set_height(320);
    sheet.insert_note(0, THEMES, &note)?;
    for (line, row) in lines.iter().zip(1_u32..) {
        let (form, submission, question) = &line.key;
        let cells = [form, submission, question, &line.text, &line.themes, &line.quotable, &line.rules];
        for (cell, at) in cells.iter().zip(0_u16..) {
            sheet.write_string_with_format(row, at, cell.as_str(), &wrapped)?;
        }
    }
    workbook.save_to_buffer()
}

/// The themes that there are, for whoever codes.
fn codebook(chosen: &Chosen) -> String {
    let mut text = format!("Ids with semicolons between them; {NONE} where none fits.\n");
    for question in codes::coded(chosen) {
        _ = write!(text, "\n{}", question.id);
        if question.has_one_theme {
            text.push_str(" (one)");
        }
        text.push('\n');
        for theme in &question.themes {
            let label = theme.label.values().next().map_or("", |label| label.value.as_str());
            _ = writeln!(text, "  {}: {label}", theme.id);
        }
    }
    // What a note holds.
    text.chars().take(30_000).collect()
}

/// What was marked as worth quoting, as entries for `quotes.yaml`; without consent until somebody asked.
fn candidates(
    folder: &Path,
    chosen: &Chosen,
    wanted: &Protect,
    lines: &[Line],
) -> Result<Option<(usize, PathBuf)>, Failure> {
    let marked: Vec<(&Line, &(String, String))> = lines
        .iter()
        .filter(|line| codes::is_quotable(&line.quotable))
        .filter_map(|line| Some((line, line.of.as_ref()?)))
        .collect();
    if marked.is_empty() {
        return Ok(None);
    }
    let mut text = format!(
        "# Texts of the edition {} that were marked as worth quoting. Private. Ask each who wrote one, change what could tell who\n\
         # it was [in square brackets], set `consent: true`, and only then put the entry into quotes.yaml.\n",
        chosen.edition
    );
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for (line, (wave, group)) in &marked {
        let (form, submission, question) = &line.key;
        let number = numbers.entry(question).or_default();
        *number += 1;
        _ = writeln!(text, "# {form}, submission {submission}");
        if !line.rules.is_empty() {
            _ = writeln!(text, "# the filter found: {}", line.rules);
        }
        _ = writeln!(text, "- id: {}-{number}", question.replace('_', "-"));
        _ = writeln!(text, "  question: {question}");
        if !wave.is_empty() {
            _ = writeln!(text, "  wave: {wave}");
        }
        _ = writeln!(text, "  group: {group}\n  edition: \"{}\"", chosen.edition);
        let words = tidy(&line.text).replace('\\', "\\\\").replace('"', "\\\"");
        _ = writeln!(text, "  text: \"{words}\"\n  consent: false");
    }
    let path = folder.join(CANDIDATES);
    if !wanted.dry_run {
        write_whole(&path, text.as_bytes(), Access::Owner)?;
    }
    Ok(Some((marked.len(), path)))
}
