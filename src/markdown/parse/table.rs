//! Events of a Markdown table -> its HTML; in a `:::table` each row is named by its first cell.

use super::Writer;
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::{Directive, Piece};
use pulldown_cmark::Alignment;
use std::ops::Range;

/// A block that is open, and how many tables were met in it.
pub(super) struct Container {
    pub(super) directive: Directive,
    pub(super) tables: usize,
}

impl Container {
    fn is_table(&self) -> bool {
        self.directive.name.value == "table"
    }
}

/// Where in a table the next cell stands.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// It is the numbered table of a `:::table`.
    is_framed: bool,
    /// The element of the cell that is open.
    cell: &'static str,
}

impl Writer<'_, '_> {
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        let frame = self.containers.iter_mut().rfind(|container| container.is_table());
        let is_framed = frame.is_some();
        if let Some(frame) = frame {
            frame.tables += 1;
        }
        self.table = Table { alignments, is_framed, ..Table::default() };
        self.push(Piece::Table);
    }

    pub(super) fn start_row(&mut self, in_head: bool) {
        self.table.column = 0;
        self.table.in_head = in_head;
        self.write(if in_head { "<thead>\n<tr>" } else { "<tr>" });
    }

    pub(super) fn start_cell(&mut self, range: Range<usize>) {
        self.at_line_start = true;
        let text = self.source.text[range.clone()].trim().trim_matches('|').trim();
        let is_empty = text.is_empty();
        let Table { column, in_head, is_framed, .. } = self.table;
        let names_row = is_framed && !in_head && column == 0;
        if is_framed && is_empty && (in_head || column == 0) {
            self.nameless(range.clone());
        }
        let class = match self.table.alignments.get(column) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"center\"",
            _ => "",
        };
        // A header without words would be read out as one: an empty corner is an ordinary cell.
        let (element, scope) = match (in_head, names_row) {
            _ if is_empty => ("td", ""),
            (true, _) => ("th", " scope=\"col\""),
            (false, true) => ("th", " scope=\"row\""),
            (false, false) => ("td", ""),
        };
        self.table.cell = element;
        self.cell = Some(range);
        self.write(&format!("<{element}{scope}{class}>"));
    }

    pub(super) fn end_cell(&mut self) {
        self.cell = None;
        self.table.column += 1;
        self.write(&format!("</{}>", self.table.cell));
    }

    /// A cell that names a column or a row has no words.
    fn nameless(&mut self, range: Range<usize>) {
        let (what, help) = match (self.table.in_head, self.table.column) {
            (true, 0) => {
                ("the table's first corner has no words", "say what the first column holds: | Year | Women |")
            }
            (true, _) => ("a column of the table has no name", "say in its first row what the column holds"),
            (false, _) => ("a row of the table has no name", "say in its first cell what the row is about"),
        };
        // An empty cell has no characters of its own: its row is shown.
        let text = self.source.text;
        let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[range.start..].find('\n').map_or(text.len(), |at| range.start + at);
        let finding = Diagnostic::new(Code::TableByHand, self.source.span(start..end), what)
            .note("who listens to a table hears these words before each of its cells")
            .help(help);
        self.found.push(finding);
    }

    /// A `:::table` numbers one table.
    pub(super) fn check_frame(&mut self, container: &Container) {
        if !container.is_table() || container.tables == 1 {
            return;
        }
        let (what, help) = match container.tables {
            0 => (
                "`:::table` has no table in it",
                "write a Markdown table in it, with a row of names above a row of hyphens; a picture stands in :::figure",
            ),
            _ => (
                "`:::table` has more than one table in it",
                "give each a :::table of its own, with its caption",
            ),
        };
        self.found.push(Diagnostic::new(Code::TableByHand, container.directive.span, what).help(help));
    }
}
