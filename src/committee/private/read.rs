//! A file of `private/` -> what it holds; what is wrong with it is said by line, and never by value.

use super::{FOLDER, Fields};
use crate::diagnostic::Diagnostics;
use crate::failure::Failure;
use crate::path::is_id;
use crate::source::{Sources, read_text};
use crate::yaml::{self, Kind, Node};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;

/// Ids become names of files: nothing else may stand for one.
const NO_ID: &str = "what stands before the colon is no id: lower-case letters, digits, `-` and `_` are due";

/// A key of 32 bytes from 64 digits.
pub(super) fn bytes_of(key: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = key.chars().map(|c| c.to_digit(16)?.try_into().ok()).collect();
    let digits = digits.filter(|digits| digits.len() == 64)?;
    Some(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// One file of the folder as YAML.
pub(super) struct Reader {
    name: &'static str,
    text: String,
}

impl Reader {
    pub(super) fn of(folder: &Path, name: &'static str) -> Result<Reader, Failure> {
        Ok(Reader { name, text: read_text(&folder.join(name))?.unwrap_or_default() })
    }

    /// Calls back with the tree; what is wrong with the file's form is said by line alone.
    fn tree(&self, wrong: &mut Vec<String>, mut take: impl FnMut(&Node, &mut dyn FnMut(&Node, &str))) {
        let name = self.name;
        let mut sources = Sources::default();
        sources.add_builtin("", &self.text);
        let Some((file, _)) = sources.iter().next() else { return };
        let mut found = Diagnostics::new();
        let node = yaml::parse(&sources, file, 0..self.text.len(), &mut found);
        for finding in found.iter() {
            let (line, _) = sources.line_column(finding.span);
            wrong
                .push(format!("{FOLDER}/{name}, line {line}: this cannot be read ({})", finding.code.name()));
        }
        let mut complain = |node: &Node, what: &str| {
            let (line, _) = sources.line_column(node.span);
            wrong.push(format!("{FOLDER}/{name}, line {line}: {what}"));
        };
        if let Some(node) = node {
            take(&node, &mut complain);
        }
    }

    /// A map of texts.
    pub(super) fn texts(&self, wrong: &mut Vec<String>) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        self.tree(wrong, |node, complain| {
            let Kind::Map(entries) = &node.kind else {
                return complain(node, "a line is written `id: address`");
            };
            for entry in entries {
                if !is_id(&entry.key.value) {
                    complain(&entry.value, NO_ID);
                    continue;
                }
                match yaml::scalar(&entry.value).map(str::trim).filter(|text| text.contains('@')) {
                    Some(text) => drop(texts.insert(entry.key.value.clone(), text.to_owned())),
                    None => complain(&entry.value, "an e-mail address is due after the colon"),
                }
            }
        });
        texts
    }

    /// A map of maps of texts.
    pub(super) fn people(&self, wrong: &mut Vec<String>) -> BTreeMap<String, Fields> {
        let mut people = BTreeMap::new();
        self.tree(wrong, |node, complain| {
            let Kind::Map(entries) = &node.kind else {
                return complain(node, "a map of ids is due");
            };
            for person in entries {
                if !is_id(&person.key.value) {
                    complain(&person.value, NO_ID);
                    continue;
                }
                let Kind::Map(entries) = &person.value.kind else {
                    complain(&person.value, "a map of fields is due");
                    continue;
                };
                let mut fields = Fields::new();
                for entry in entries {
                    match yaml::scalar(&entry.value) {
                        Some(text) => drop(fields.insert(entry.key.value.clone(), text.to_owned())),
                        None => complain(&entry.value, "a text is due after the colon"),
                    }
                }
                people.insert(person.key.value.clone(), fields);
            }
        });
        people
    }

    /// A list of `{hash, on}`.
    pub(super) fn hashes(&self, wrong: &mut Vec<String>) -> BTreeMap<String, Date> {
        let mut hashes = BTreeMap::new();
        self.tree(wrong, |node, complain| {
            let Kind::List(items) = &node.kind else {
                return complain(node, "a list is due");
            };
            for item in items {
                let value = |key: &str| match &item.kind {
                    Kind::Map(entries) => entries
                        .iter()
                        .find(|entry| entry.key.value == key)
                        .and_then(|entry| yaml::scalar(&entry.value)),
                    _ => None,
                };
                let hash = value("hash").filter(|hash| bytes_of(hash).is_some());
                let on = value("on").and_then(|on| on.parse().ok());
                match (hash, on) {
                    (Some(hash), Some(on)) => drop(hashes.insert(hash.to_owned(), on)),
                    _ => complain(item, "a hash of 64 digits and a date are due: {hash: …, on: 2027-01-10}"),
                }
            }
        });
        hashes
    }
}
