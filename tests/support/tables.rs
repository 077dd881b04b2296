//! A page -> its tables as a reader has them.

use mentorpress::html::{Token, decode, tokens};
use std::collections::BTreeMap;

/// A table as a reader of the page has it: column headers, and for each row its header and cells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<(String, Vec<String>)>,
}

impl Table {
    #[track_caller]
    pub fn cell(&self, row: &str, column: &str) -> &str {
        let at = self
            .columns
            .iter()
            .position(|name| name.starts_with(column))
            .unwrap_or_else(|| panic!("no column {column} in {self:?}"));
        let (_, cells) = self
            .rows
            .iter()
            .find(|(name, _)| name == row)
            .unwrap_or_else(|| panic!("no row {row} in {self:?}"));
        &cells[at - 1]
    }
}

/// Every `<table>` of a page, by the id of the element round it.
pub fn tables(page: &str) -> BTreeMap<String, Table> {
    let mut tables = BTreeMap::new();
    let (mut id, mut caption) = (String::new(), String::new());
    let mut table = Table { columns: Vec::new(), rows: Vec::new() };
    let mut cell: Option<(bool, String)> = None;
    let mut header_row = true;
    let mut by_hand = false;
    // The letter of a note is no part of what a cell says.
    let mut in_letter = false;
    for token in tokens(page) {
        match token {
            Token::Open { name, attributes } => {
                let value = |wanted: &str| attributes.clone().find(|a| a.name == wanted).map(|a| a.value);
                match name {
                    "div" => {
                        if let Some(found) = value("id").filter(|id| id.starts_with("table-")) {
                            id = found.to_owned();
                            by_hand = value("class").is_some_and(|class| class.contains("by-hand"));
                        }
                    }
                    "table" => table = Table { columns: Vec::new(), rows: Vec::new() },
                    "caption" => caption = value("id").unwrap_or_default().to_owned(),
                    "th" => cell = Some((value("scope") == Some("row"), String::new())),
                    "td" => cell = Some((false, String::new())),
                    "tr" => header_row = table.columns.is_empty(),
                    "sup" => in_letter = true,
                    _ => {}
                }
            }
            Token::Close("sup") => in_letter = false,
            Token::Text(text) => {
                if let Some((_, content)) = cell.as_mut().filter(|_| !in_letter) {
                    content.push_str(&decode(text));
                }
            }
            Token::Close("th" | "td") => {
                let (is_row_header, content) = cell.take().expect("an open cell");
                let content = content.trim_end().to_owned();
                if is_row_header {
                    table.rows.push((content, Vec::new()));
                } else if header_row {
                    table.columns.push(content);
                } else {
                    table.rows.last_mut().expect("a row header first").1.push(content);
                }
            }
            // One made by hand has its caption before it.
            Token::Close("table") if std::mem::take(&mut by_hand) => {}
            Token::Close("table") => {
                assert_eq!(caption, format!("{id}-caption"));
                tables.insert(id.clone(), table.clone());
            }
            Token::Close(_) => {}
        }
    }
    tables
}
