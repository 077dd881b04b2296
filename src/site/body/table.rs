//! `::table` -> a numbered table of released questions, in parts where there are several.

use super::Resolver;
use super::notes::{TableNote, notes};
use super::numbered::{self, Kind};
use super::survey::Missing;
use super::written::{nth_word, split_survey};
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluation::{PublishedTable, Unresolved};
use crate::markdown::Directive;
use crate::output::WrittenLink;
use crate::path::Address;
use crate::site::directory;

/// A table with its number.
pub struct ReportTable {
    /// `table-developed`.
    pub id: String,
    /// "Table 3".
    pub label: String,
    /// Its caption.
    pub caption: String,
    /// One table a question (and wave, and unit).
    pub parts: Vec<Part>,
    /// What words in them mean.
    pub notes: Vec<TableNote>,
}

/// A part of a table.
pub struct Part {
    /// `table-developed-personal`, or the table's own id where it is the only one.
    pub id: String,
    /// "Table 3a", where there are several.
    pub label: Option<String>,
    /// The rows.
    pub table: PublishedTable,
    /// The address of its CSV, where it has one.
    pub csv: Option<Address>,
}

impl ReportTable {
    /// One table or several, with letters, and with the notes that their words need. `label` says "Table 3" and, of a
    /// letter, "Table 3a".
    pub(in crate::site) fn new(
        id: String,
        caption: String,
        tables: Vec<PublishedTable>,
        label: impl Fn(&str) -> String,
    ) -> ReportTable {
        let several = tables.len() > 1;
        let letters = ('a'..='z').map(String::from).chain((27..).map(|n: usize| format!("-{n}")));
        let part = |(at, (table, letter)): (usize, (PublishedTable, String))| Part {
            id: if several { format!("{id}-{}", at + 1) } else { id.clone() },
            label: several.then(|| label(&letter)),
            csv: None,
            table,
        };
        let parts: Vec<Part> = tables.into_iter().zip(letters).enumerate().map(part).collect();
        let notes = notes(&id, &parts);
        ReportTable { label: label(""), id, caption, parts, notes }
    }

    /// Its number and caption: "Table 3. What was gained".
    pub fn name(&self) -> String {
        format!("{}. {}", self.label, self.caption)
    }
}

impl Part {
    /// Its letter and title, where it is one of several: "Table 3a. Faculty level".
    pub fn name(&self) -> Option<String> {
        self.label.as_ref().map(|label| format!("{label}. {}", self.table.title))
    }
}

impl Resolver<'_, '_, '_> {
    pub(super) fn table(&mut self, directive: &Directive) -> Result<ReportTable, Missing> {
        self.keys(directive, &["questions", "id", "caption", "edition", "show"]);
        let Some(questions) = directive.get("questions") else {
            self.push(Diagnostic::new(Code::MissingKey, directive.span, "`::table` needs `questions`").help(
                "name one or more: ::table{questions=\"personal professional\" id=developed caption=\"…\"}",
            ));
            return Err(Missing::Said);
        };
        let (survey, rest) = split_survey(questions);
        let published = self.release(directive, questions)?;
        let parts = ["reports", self.survey_name(survey.as_ref()).unwrap_or_default(), published.edition()];
        let report = directory::prefixed(self.language, self.context.first(), &parts);
        let id = numbered::id(directive).ok_or(Missing::Said)?;
        let wanted: Vec<&str> = rest.value.split_whitespace().collect();
        let show = self.show(directive, published, &wanted);
        let mut tables: Vec<PublishedTable> = Vec::new();
        for (at, question) in wanted.into_iter().enumerate() {
            match published.tables(question, show, self.interface, self.context.first()) {
                // Themes of texts that nobody has coded: an empty list would read as if there had been none.
                Some(more) if more.iter().all(|table| table.rows.is_empty()) => {
                    let unresolved =
                        Unresolved::Value(format!("the release gives no themes of `{question}`"));
                    self.unresolved(directive, &nth_word(&rest, at), unresolved);
                }
                Some(more) => tables.extend(more),
                None => {
                    let unresolved = published.unknown(question, published.table_ids());
                    self.unresolved(directive, &nth_word(&rest, at), unresolved);
                }
            }
        }
        let caption = directive.get("caption").map(|caption| caption.value.clone());
        let themes = |id: &str| published.themes_caption(id, self.interface, self.context.first());
        let caption = caption
            .or_else(|| themes(rest.value.split_whitespace().next()?))
            .or_else(|| tables.first().map(|table| table.title.clone()))
            .unwrap_or_default();
        let label = |letter: &str| self.part_label(Kind::Table, &id.value, letter).unwrap_or_default();
        let mut table = ReportTable::new(format!("table-{}", id.value), caption, tables, label);
        // Figures of a report that is not public, or not in this language, have no file beside it.
        for part in &mut table.parts {
            let address = directory::data_address(&report, &part.table.id);
            part.csv = self.context.register.is_public(&address).then_some(address);
        }
        let files = table.parts.iter().filter_map(|part| part.csv.as_ref());
        let files = files.map(|address| self.context.project.site.base.href(address));
        let links = table.notes.iter().map(|note| format!("#{}", note.id)).chain(files);
        self.body.links.extend(links.map(|href| WrittenLink { href, span: directive.span }));
        Ok(table)
    }
}
