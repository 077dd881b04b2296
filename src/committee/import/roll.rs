//! The files of people -> [`Known`]: every record there is, where it is and what it says.

use super::field::Field;
use super::value::Value;
use crate::config::SiteConfig;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::directory;
use crate::path::file_name;
use crate::source::{FileId, Sources};
use crate::yaml::{self, Entry, Kind, Node};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A record.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// Its file.
    pub(super) file: FileId,
    /// Where its map begins.
    pub(super) start: usize,
    pub(super) entries: Vec<Entry>,
}

impl Known {
    /// The value of a top-level key.
    pub(super) fn node(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
    }

    /// What it says of a field.
    pub(super) fn value(&self, field: Field) -> Option<Value> {
        let (key, inner) = field.place();
        let node = self.node(key)?;
        match (inner, &node.kind) {
            (None, _) => Value::of(node),
            (Some(inner), Kind::Map(entries)) => entries
                .iter()
                .find(|entry| entry.key.value == inner)
                .and_then(|entry| Value::of(&entry.value)),
            (Some(_), Kind::Null) => None,
            (Some(_), _) => Some(Value::Other),
        }
    }

    /// Her name.
    pub(super) fn name(&self) -> &str {
        self.node("name").and_then(yaml::scalar).unwrap_or_default()
    }

    /// Whether she has withdrawn, and when if the record says it.
    pub(super) fn withdrawn(&self) -> Option<Option<Date>> {
        let is_withdrawn = self.node("status").and_then(yaml::scalar) == Some("withdrawn");
        is_withdrawn.then(|| self.node("on").and_then(yaml::scalar).and_then(|on| on.trim().parse().ok()))
    }
}

/// Reads all records by id. Findings are of files that cannot be read, or of records without an id: then it is not known
/// who is in them.
pub(super) fn read(sources: &Sources, site: &SiteConfig, found: &mut Diagnostics) -> BTreeMap<String, Known> {
    let mut roll = BTreeMap::new();
    let folder = directory::folder(site);
    let files = sources.below(&folder).filter(|(_, file)| file.path.ends_with(".yaml"));
    for (id, source) in files {
        let Some(node) = yaml::parse(sources, id, 0..source.text.len(), found) else { continue };
        let stem = file_name(&source.path).trim_end_matches(".yaml").to_owned();
        match &node.kind {
            Kind::List(items) => {
                for item in items {
                    add(item, None, id, &mut roll, found);
                }
            }
            _ => add(&node, Some(stem), id, &mut roll, found),
        }
    }
    roll
}

fn add(
    node: &Node,
    stem: Option<String>,
    file: FileId,
    roll: &mut BTreeMap<String, Known>,
    found: &mut Diagnostics,
) {
    let Some(entries) = yaml::pairs(node, "a person", found) else { return };
    let id = match (stem, entries.iter().find(|entry| entry.key.value == "id")) {
        (Some(stem), _) => Some(stem),
        (None, Some(entry)) => yaml::id(&entry.value, found).map(|id| id.value),
        (None, None) => {
            found.push(
                Diagnostic::new(Code::MissingKey, node.span, "a person in a list needs `id`")
                    .help("add a line `id: …`"),
            );
            None
        }
    };
    if let Some(id) = id {
        roll.insert(id, Known { file, start: node.span.range().start, entries: entries.to_vec() });
    }
}
