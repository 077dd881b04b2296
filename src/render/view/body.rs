//! What stands in a text and has a template of its own -> what that sees.

use super::{Link, OwnedLink};
use crate::evaluation::Words;
use serde::Serialize;

#[derive(Serialize)]
pub(in crate::render) struct TableView<'a> {
    pub table: Table<'a>,
}

#[derive(Serialize)]
pub(in crate::render) struct Table<'a> {
    pub id: &'a str,
    pub label: &'a str,
    pub caption: &'a str,
    pub parts: Vec<Part<'a>>,
    pub notes: Vec<Note<'a>>,
    pub remarks: &'a [String],
    pub lists: bool,
    pub csv: Vec<Link<'a>>,
}

#[derive(Serialize)]
pub(in crate::render) struct Part<'a> {
    pub id: &'a str,
    pub label: Option<&'a str>,
    pub title: Option<&'a str>,
    pub row_header: &'a str,
    pub columns: Vec<Column<'a>>,
    pub rows: Vec<Row<'a>>,
    pub csv: Vec<Link<'a>>,
}

/// What a word in a table means. A cell and a column have one without its text.
#[derive(Serialize)]
pub(in crate::render) struct Note<'a> {
    pub id: &'a str,
    pub letter: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Serialize)]
pub(in crate::render) struct Column<'a> {
    pub label: &'a str,
    pub n: Option<&'a Words>,
    pub note: Option<Note<'a>>,
}

#[derive(Serialize)]
pub(in crate::render) struct Row<'a> {
    pub label: &'a str,
    pub cells: Vec<Cell<'a>>,
}

#[derive(Serialize)]
pub(in crate::render) struct Cell<'a> {
    pub text: &'a Words,
    pub kind: &'static str,
    pub note: Option<Note<'a>>,
}

#[derive(Serialize)]
pub(in crate::render) struct FigureView<'a> {
    pub figure: Figure<'a>,
}

#[derive(Serialize)]
pub(in crate::render) struct Figure<'a> {
    pub id: &'a str,
    pub label: &'a str,
    pub caption: &'a str,
    pub svg: String,
    pub kind: &'static str,
    pub tables: Vec<OwnedLink<'a>>,
    pub notes: Vec<String>,
}

#[derive(Serialize)]
pub(in crate::render) struct QuotesView<'a> {
    pub quotes: Quotes<'a>,
}

#[derive(Serialize)]
pub(in crate::render) struct Quotes<'a> {
    pub id: Option<&'a str>,
    pub label: Option<&'a str>,
    pub caption: Option<&'a str>,
    pub quotes: Vec<Quote>,
}

#[derive(Serialize)]
pub(in crate::render) struct Quote {
    pub text: String,
    pub credit: String,
    pub edited: bool,
}

#[derive(Serialize)]
pub(in crate::render) struct ActionsView<'a> {
    pub actions: Actions<'a>,
}

#[derive(Serialize)]
pub(in crate::render) struct Actions<'a> {
    pub id: &'a str,
    pub label: &'a str,
    pub caption: &'a str,
    pub dated: bool,
    pub rows: Vec<Action<'a>>,
}

#[derive(Serialize)]
pub(in crate::render) struct Action<'a> {
    pub suggestion: &'a str,
    pub status: &'a str,
    pub what: Option<&'a str>,
    pub date: Option<&'a str>,
}

#[derive(Serialize)]
pub(in crate::render) struct QuestionnaireView<'a> {
    pub questions: Vec<Asked<'a>>,
}

#[derive(Serialize)]
pub(in crate::render) struct Asked<'a> {
    pub ask: &'a str,
    pub only: Option<&'a str>,
    pub how: &'a str,
    pub options: Vec<Offered<'a>>,
    pub kind: &'static str,
}

#[derive(Serialize)]
pub(in crate::render) struct Offered<'a> {
    pub label: &'a str,
    pub only: Option<&'a str>,
}

#[derive(Serialize)]
pub(in crate::render) struct People {
    pub entries: Vec<String>,
}
