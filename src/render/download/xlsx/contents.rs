//! A report -> the sheets of its workbook and the words on its cover.

use super::sheet::{Cell, Names, Sheet};
use crate::evaluation::disclosure::PolicyName;
use crate::evaluation::{PublishedTable, Show, ThemeRow, ThemeSheet};
use crate::render::download::Download;
use crate::render::{correction, view};

/// What a workbook holds.
pub(super) struct Contents {
    /// Facts of the whole report: on whose word it is, and where it stands.
    pub(super) facts: Vec<(String, String)>,
    /// The list of the other sheets.
    pub(super) cover: Sheet,
    /// The other sheets.
    pub(super) sheets: Vec<Sheet>,
}

impl Contents {
    pub(super) fn of(download: &Download) -> Contents {
        let mut compiler = Compiler { download, names: Names::default() };
        // The cover comes first, also where two sheets want one name.
        let name = compiler.names.give(&download.say("workbook.cover"));
        let sheets = compiler.sheets();
        Contents { facts: compiler.facts(), cover: cover(download, name, &sheets), sheets }
    }
}

struct Compiler<'a> {
    download: &'a Download<'a>,
    names: Names,
}

impl Compiler<'_> {
    fn say(&self, key: &str) -> String {
        self.download.say(key)
    }

    /// Notes, one table a sheet, and the dictionary.
    fn sheets(&mut self) -> Vec<Sheet> {
        let download = self.download;
        let (published, first) = (download.report.published, download.site.project.first_language());
        let notes = self.notes();
        let hint = download.interface.say("workbook.one-table", &[("notes", &notes.name)]);
        let mut sheets = vec![notes];
        for id in published.table_ids() {
            match published.theme_sheets(id, download.interface, first) {
                Some(themes) => {
                    let themes = named(id, themes);
                    sheets.extend(themes.map(|(name, themes)| self.themes(&name, themes)));
                }
                None => {
                    let tables = published.tables(id, Show::Count, download.interface, first);
                    let tables = named(id, tables.unwrap_or_default());
                    sheets.extend(tables.map(|(name, table)| self.table(&name, table)));
                }
            }
        }
        for sheet in sheets.iter_mut().skip(1) {
            sheet.hint = Some(hint.clone());
        }
        sheets.push(self.dictionary());
        sheets
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
        if policy.name == PolicyName::SmallSurvey {
            let band = policy.band.to_string();
            let few = interface.say("value.few", &[("band", &band)]);
            let nearly = interface.say("value.nearly-all", &[("from", "…")]);
            rows.insert(0, (self.say("value.withheld"), self.say("note.withheld")));
            rows.push((few, interface.say("note.few", &[("band", &band)])));
            rows.push((nearly, self.say("note.nearly-all")));
        }
        rows.push((self.say("column.answered"), self.say("note.answered")));
        let method = self.download.method();
        rows.extend(method.promise.map(|promise| (self.say("report.method"), promise)));
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
            name: self.names.give(&name),
            hint: None,
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
        Sheet { name: self.names.give(name), title, rows, header, hint: None }
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
        Sheet { name: self.names.give(name), title, rows, header, hint: None }
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
            name: self.names.give(&name),
            hint: None,
            title: self.say("workbook.dictionary-of"),
            header: header.iter().map(|key| self.say(&format!("workbook.column.{key}"))).collect(),
            rows,
        }
    }

    /// What the workbook is, and on whose word.
    fn facts(&self) -> Vec<(String, String)> {
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
        facts
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
}

/// The tables of an id, each with the name that its sheet would have: with a number where there are several.
fn named<T>(id: &str, tables: Vec<T>) -> impl Iterator<Item = (String, T)> {
    let several = tables.len() > 1;
    let name = move |at: usize| if several { format!("{id} {}", at + 1) } else { id.to_owned() };
    tables.into_iter().enumerate().map(move |(at, table)| (name(at), table))
}

/// What is in the workbook.
fn cover(download: &Download, name: String, sheets: &[Sheet]) -> Sheet {
    Sheet {
        title: String::new(),
        header: vec![download.say("workbook.sheet"), download.say("workbook.holds")],
        rows: sheets
            .iter()
            .map(|sheet| vec![Cell::Sheet(sheet.name.clone()), Cell::Text(sheet.title.clone())])
            .collect(),
        name,
        hint: None,
    }
}
