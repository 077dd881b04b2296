//! Rows of cells -> `w:tbl`, in columns as wide as what stands in them.

use super::Story;
use crate::html::escape;
use crate::render::xml::allowed;

/// The width of the text in twentieths of a point: A4 less its margins.
const WIDTH: usize = 9070;

/// Tables of so many rows stay on one page.
const TOGETHER: usize = 20;

/// A cell of a table.
pub(in super::super) struct Cell {
    /// Its paragraphs.
    pub(super) xml: String,
    /// How wide it would like to be, in characters.
    pub(super) length: usize,
    /// It names its row or column.
    pub(super) is_header: bool,
}

#[derive(Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) cell: Option<Cell>,
}

impl Story<'_> {
    /// A cell of plain text, with the letter of its note.
    pub(in super::super) fn cell(
        &mut self,
        text: &str,
        is_header: bool,
        is_figure: bool,
        note: Option<&str>,
    ) -> Cell {
        self.end();
        let around = self.table.take();
        self.begin_cell(is_header, is_figure);
        self.write(text);
        if let Some(letter) = note {
            self.raw("\u{A0}");
            self.letter(letter);
        }
        let cell = self.end_cell();
        self.table = around;
        cell.unwrap_or(Cell { xml: String::new(), length: 0, is_header })
    }

    /// A table; its first row is its header.
    pub(in super::super) fn rows(&mut self, caption: &str, rows: Vec<Vec<Cell>>) {
        self.end();
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        if self.after_table {
            // Two tables with nothing between them are one to Word.
            self.xml += "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\"/></w:pPr></w:p>";
        }
        let widths = widths(&rows, columns);
        let title = match caption {
            "" => String::new(),
            caption => format!("<w:tblCaption w:val=\"{}\"/>", escape(&allowed(caption))),
        };
        let direction = if self.right_to_left { "<w:bidiVisual/>" } else { "" };
        self.xml += &format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"ReportTable\"/>{direction}<w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>{title}</w:tblPr><w:tblGrid>"
        );
        for width in &widths {
            self.xml += &format!("<w:gridCol w:w=\"{width}\"/>");
        }
        self.xml += "</w:tblGrid>";
        let last = rows.len() - 1;
        for (at, mut row) in rows.into_iter().enumerate() {
            let header = if at == 0 { "<w:tblHeader/>" } else { "" };
            self.xml += &format!("<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>");
            // A row that is short of cells has empty ones, so that columns stay columns.
            while row.len() < columns {
                row.push(Cell { xml: String::new(), length: 0, is_header: false });
            }
            for (cell, width) in row.into_iter().zip(&widths) {
                let mut text = if cell.xml.is_empty() { "<w:p/>".to_owned() } else { cell.xml };
                if last <= TOGETHER && at < last {
                    let style = "<w:pStyle w:val=\"TableText\"/>";
                    text = text.replace(style, &format!("{style}<w:keepNext/>"));
                }
                self.xml +=
                    &format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{text}</w:tc>");
            }
            self.xml += "</w:tr>";
        }
        self.xml += "</w:tbl>";
        self.after_table = true;
    }

    pub(super) fn begin_cell(&mut self, is_header: bool, is_figure: bool) {
        self.end();
        let cell = Cell { xml: String::new(), length: 0, is_header };
        self.table.get_or_insert_default().cell = Some(cell);
        self.begin("TableText");
        if let Some(paragraph) = &mut self.paragraph
            && is_figure
        {
            paragraph.properties += "<w:jc w:val=\"right\"/>";
        }
    }

    pub(super) fn end_cell(&mut self) -> Option<Cell> {
        self.end();
        self.table.as_mut()?.cell.take()
    }

    pub(super) fn end_table(&mut self) {
        drop(self.end_cell());
        if let Some(table) = self.table.take() {
            let rows = table.rows.into_iter().filter(|row| !row.is_empty()).collect();
            self.rows("", rows);
        }
    }
}

/// Widths of columns that fill the text, by what stands in them.
fn widths(rows: &[Vec<Cell>], columns: usize) -> Vec<usize> {
    let wish = |column: usize| {
        let longest = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.length).max();
        longest.unwrap_or(0).clamp(10, 45) + 4
    };
    let wishes: Vec<usize> = (0..columns).map(wish).collect();
    let all: usize = wishes.iter().sum::<usize>().max(1);
    wishes.iter().map(|wish| (wish * WIDTH / all).max(1)).collect()
}
