//! Elements and texts of the HTML -> paragraphs, lists, tables and runs of the story.

use super::Story;
use super::paragraph::List;
use super::table::Table;
use crate::html::{Attributes, Token, decode, tokens};

/// Styles of blocks that have one; the others pass on that of the block around them.
fn style(name: &str, class: &str) -> Option<&'static str> {
    Some(match name {
        "h1" | "h2" => "Heading1",
        "h3" => "Heading2",
        "h4" => "Heading3",
        "h5" | "h6" => "Heading4",
        "caption" | "figcaption" => "Caption",
        "p" if class == "caption" => "Caption",
        "p" if class == "notes" => "Notes",
        "p" if class == "credit" => "Credit",
        "blockquote" => "Quote",
        "pre" => "Code",
        "dd" => "Definition",
        "div" if class == "note" => "Box",
        "section" if class == "box" => "Box",
        _ => return None,
    })
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "caption"
            | "figcaption"
            | "blockquote"
            | "pre"
            | "dt"
            | "dd"
            | "dl"
            | "div"
            | "section"
            | "figure"
            | "ul"
            | "ol"
            | "li"
            | "details"
            | "summary"
            | "hr"
            | "article"
            | "aside"
            | "header"
            | "footer"
            | "nav"
    )
}

impl Story<'_> {
    /// A piece of finished HTML.
    pub(in super::super) fn html(&mut self, html: &str) {
        for token in tokens(html) {
            match token {
                Token::Text(text) => self.text(text),
                Token::Open { name, attributes } => self.open(&name.to_ascii_lowercase(), &attributes),
                Token::Close(name) => self.close(&name.to_ascii_lowercase()),
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.mute {
            return;
        }
        let text = decode(text);
        if let Some(description) = &mut self.description {
            description.push_str(&text);
        } else if self.picture == 0 {
            if self.inner("pre") {
                // The last line of code ends with the block.
                let text = text.strip_suffix('\n').unwrap_or(&text);
                let mut lines = text.split('\n').peekable();
                while let Some(line) = lines.next() {
                    self.raw(line);
                    if lines.peek().is_some() {
                        self.line_break();
                    }
                }
            } else {
                self.write(&text);
            }
        }
    }

    fn open(&mut self, name: &str, attributes: &Attributes) {
        let value = |wanted: &str| {
            attributes
                .clone()
                .find(|attribute| attribute.name == wanted)
                .map(|attribute| decode(attribute.value))
        };
        if self.picture > 0 || name == "svg" {
            match name {
                "svg" => self.picture += 1,
                "desc" => self.description = Some(String::new()),
                "style" | "script" => self.mute = true,
                _ => {}
            }
            return;
        }
        if let Some(id) = value("id") {
            if is_block(name) || name == "table" {
                self.end();
            }
            self.mark(&id);
        }
        match name {
            "strong" | "b" => self.face.bold += 1,
            "em" | "i" | "cite" => self.face.italic += 1,
            "code" => self.face.code += 1,
            "del" | "s" => self.face.strike += 1,
            "sup" => self.face.raised += 1,
            "sub" => self.face.lowered += 1,
            "br" => self.line_break(),
            "style" | "script" => self.mute = true,
            "a" => self.link = value("href").map(|href| self.reference(&href)),
            "img" => {
                self.face.italic += 1;
                self.write(&value("alt").unwrap_or_default());
                self.face.italic -= 1;
            }
            "table" if self.table.is_none() => {
                self.end();
                self.table = Some(Table::default());
            }
            "tr" => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            "th" | "td" => {
                let is_figure = value("class").is_some_and(|class| class == "right");
                let names_column = name == "th" && value("scope").as_deref() != Some("row");
                self.begin_cell(names_column, is_figure);
            }
            _ if is_block(name) => {
                self.open_block(name, &value("class").unwrap_or_default(), value("start").as_deref());
            }
            _ => {}
        }
    }

    fn open_block(&mut self, name: &str, class: &str, start: Option<&str>) {
        self.end();
        match name {
            "ul" => self.lists.push(List { numbering: 1, unmarked: false }),
            "ol" => {
                self.starts.push(start.and_then(|start| start.parse().ok()).unwrap_or(1));
                self.lists.push(List { numbering: self.starts.len() + 1, unmarked: false });
            }
            "li" => {
                if let Some(list) = self.lists.last_mut() {
                    list.unmarked = true;
                }
            }
            "dt" => self.face.bold += 1,
            "hr" => return,
            _ => {}
        }
        let around = self.blocks.last().map_or("Normal", |(_, style)| *style);
        self.blocks.push((name.to_owned(), style(name, class).unwrap_or(around)));
    }

    fn close(&mut self, name: &str) {
        if matches!(name, "style" | "script") {
            self.mute = false;
            return;
        }
        if self.picture > 0 {
            match name {
                "desc" => self.told = self.description.take().unwrap_or_default(),
                "svg" => {
                    self.picture -= 1;
                    if self.picture == 0 {
                        self.end();
                        let told = std::mem::take(&mut self.told);
                        self.plain("Description", &told);
                    }
                }
                _ => {}
            }
            return;
        }
        match name {
            "strong" | "b" => self.face.bold = self.face.bold.saturating_sub(1),
            "em" | "i" | "cite" => self.face.italic = self.face.italic.saturating_sub(1),
            "code" => self.face.code = self.face.code.saturating_sub(1),
            "del" | "s" => self.face.strike = self.face.strike.saturating_sub(1),
            "sup" => self.face.raised = self.face.raised.saturating_sub(1),
            "sub" => self.face.lowered = self.face.lowered.saturating_sub(1),
            "a" => self.link = None,
            "th" | "td" => {
                let cell = self.end_cell();
                if let (Some(table), Some(cell)) = (&mut self.table, cell) {
                    match table.rows.last_mut() {
                        Some(row) => row.push(cell),
                        None => table.rows.push(vec![cell]),
                    }
                }
            }
            "table" => self.end_table(),
            _ if is_block(name) => self.close_block(name),
            _ => {}
        }
    }

    fn close_block(&mut self, name: &str) {
        self.end();
        match name {
            "ul" | "ol" => drop(self.lists.pop()),
            "dt" => self.face.bold = self.face.bold.saturating_sub(1),
            _ => {}
        }
        if let Some(at) = self.blocks.iter().rposition(|(open, _)| open == name) {
            self.blocks.truncate(at);
        }
    }

    fn inner(&self, name: &str) -> bool {
        self.blocks.iter().any(|(open, _)| open == name)
    }
}
