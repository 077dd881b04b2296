//! A plan -> the new texts of people's files, and what the directory would find in them.

use super::answers::Trouble;
use super::field::Field;
use super::person::{ORDER, map_below};
use super::plan::{Change, Changed, Plan};
use super::value::Value;
use crate::committee::record::Record;
use crate::config::{SiteConfig, Vocabulary};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::directory;
use crate::source::{FileId, Sources, Span};
use crate::yaml::{Kind, Node, edit};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The new texts by path, and whom nobody can change by a program: their records are written in a way of their own.
pub(super) fn texts(
    plan: &Plan,
    roll: &BTreeMap<String, Record>,
    sources: &Sources,
) -> (BTreeMap<String, String>, Vec<(String, Trouble)>) {
    let mut texts: BTreeMap<String, String> =
        plan.new.iter().map(|new| (new.path.clone(), new.text.clone())).collect();
    let mut troubles = Vec::new();
    let mut by_file: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    for changed in plan.changed.iter().filter(|changed| !changed.changes.is_empty()) {
        let Some(known) = roll.get(&changed.id) else { continue };
        let file = sources.file(known.file);
        match edits(known, &changed.changes, &file.text) {
            Some(changes) => {
                by_file.entry(known.file).or_default().push(Edit {
                    changed,
                    start: known.span.range().start,
                    changes,
                });
            }
            None => troubles.push((changed.id.clone(), by_hand(changed, &file.path))),
        }
    }
    for (file, mut edits) in by_file {
        let file = sources.file(file);
        // From the last record to the first, so that places before it stay true.
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.start));
        let mut impossible = Vec::new();
        let text = carried_out(file.text.clone(), &edits, &mut impossible);
        troubles.extend(impossible.iter().map(|changed| (changed.id.clone(), by_hand(changed, &file.path))));
        if impossible.len() < edits.len() {
            texts.insert(file.path.clone(), text);
        }
    }
    (texts, troubles)
}

/// The changes of one record.
struct Edit<'p> {
    changed: &'p Changed,
    start: usize,
    changes: Vec<edit::Change<'static>>,
}

/// All edits of a text at once; where that is not possible, half of them and then the other half, until it is known whose
/// record cannot be changed.
fn carried_out<'p>(text: String, edits: &[Edit<'p>], impossible: &mut Vec<&'p Changed>) -> String {
    let records: Vec<_> = edits.iter().map(|edit| (edit.start, edit.changes.clone())).collect();
    if let Some(edited) = edit::set_all(&text, &records, &ORDER) {
        return edited;
    }
    if let [edit] = edits {
        impossible.push(edit.changed);
        return text;
    }
    let (last, first) = edits.split_at(edits.len() / 2);
    let text = carried_out(text, last, impossible);
    carried_out(text, first, impossible)
}

fn by_hand(changed: &Changed, path: &str) -> Trouble {
    let fields: Vec<String> = changed.changes.iter().map(|change| change.field.name()).collect();
    Trouble {
        row: changed.row,
        message: format!(
            "row {}: the record of `{}` is written in a way that the program does not change ({})",
            changed.row,
            changed.id,
            fields.join(", ")
        ),
        help: format!("change it in {path} by hand"),
    }
}

/// Changes of fields as changes of top-level keys.
fn edits(known: &Record, changes: &[Change], text: &str) -> Option<Vec<(&'static str, Option<String>)>> {
    let mut edits: Vec<(&'static str, Option<String>)> = Vec::new();
    for change in changes {
        let (key, inner) = change.field.place();
        if edits.iter().any(|(other, _)| *other == key) {
            continue;
        }
        let value = match inner {
            None => change.to.as_ref().map(|value| value.yaml(change.field.is_number())),
            Some(_) => of_map(known.get(key), key, changes, text)?,
        };
        edits.push((key, value));
    }
    Some(edits)
}

/// A map with some of its keys changed: in braces where it was, else a line a key. `None` where it holds what no import
/// writes; `Some(None)` where nothing is left.
#[expect(clippy::option_option, reason = "not possible, taken out, or a value")]
fn of_map(node: Option<&Node>, key: &str, changes: &[Change], text: &str) -> Option<Option<String>> {
    let of_key = || {
        changes.iter().filter_map(|change| {
            let (own, inner) = change.field.place();
            Some((inner.filter(|_| own == key)?, change.to.clone()))
        })
    };
    let mut parts: Vec<(String, Value)> = Vec::new();
    let before = match node.map(|node| &node.kind) {
        Some(Kind::Map(entries)) => entries.as_slice(),
        None | Some(Kind::Null) => &[],
        _ => return None,
    };
    for entry in before {
        let name = &entry.key.value;
        let value = match of_key().find(|(inner, _)| inner == name) {
            Some((_, value)) => value,
            None => Value::of(&entry.value),
        };
        parts.extend(value.map(|value| (name.clone(), value)));
    }
    for (inner, value) in of_key() {
        if !before.iter().any(|entry| entry.key.value == inner) {
            parts.extend(value.map(|value| (inner.to_owned(), value)));
        }
    }
    if parts.iter().any(|(_, value)| *value == Value::Other) {
        return None;
    }
    let parts: Vec<(&str, &Value)> = parts.iter().map(|(key, value)| (key.as_str(), value)).collect();
    let in_braces = node.is_some_and(|node| text[node.span.range().start..].starts_with('{'));
    Some((!parts.is_empty()).then(|| {
        if in_braces {
            let pairs: Vec<String> =
                parts.iter().map(|(key, value)| format!("{key}: {}", value.yaml(false))).collect();
            format!("{{{}}}", pairs.join(", "))
        } else {
            map_below(&parts)
        }
    }))
}

/// What the directory's own reader would find in the new texts.
pub(super) struct Objection {
    pub(super) id: String,
    pub(super) row: usize,
    /// The fields it is about; none where it is about the whole record.
    pub(super) fields: Vec<Field>,
    pub(super) finding: Diagnostic,
}

impl Objection {
    /// What is told of it.
    pub(super) fn trouble(&self, folder: &str, roll: &BTreeMap<String, Record>) -> Trouble {
        let names: Vec<String> = self.fields.iter().map(|field| field.name()).collect();
        let is_left_out = !self.fields.is_empty() && self.fields.iter().all(|field| can_be_left_out(*field));
        let message = format!("row {} (`{}`): {}", self.row, self.id, self.finding.message);
        // An address can be allowed in a record, where it can be seen; not in an export.
        let reason = match &self.finding.help {
            Some(help) if self.finding.code != Code::EmailInProfile => format!(": {help}"),
            _ => String::new(),
        };
        let file = if roll.contains_key(&self.id) {
            "her record".to_owned()
        } else {
            format!("{folder}{}.yaml", self.id)
        };
        let help = if is_left_out {
            let keep: Vec<String> = names.iter().map(|name| format!("--keep {}.{name}", self.id)).collect();
            format!(
                "{} is left out and the rest imported; write it into {file} by hand, then run this again with {}",
                names.join(" and "),
                keep.join(" ")
            )
        } else {
            format!("she is not imported until this is mended in a copy of the export{reason}")
        };
        Trouble { row: self.row, message, help }
    }
}

/// Reads what would be, and collects errors that the import would bring in.
pub(super) fn objections(
    plan: &Plan,
    roll: &BTreeMap<String, Record>,
    sources: &Sources,
    texts: &BTreeMap<String, String>,
    site: &SiteConfig,
    today: Date,
) -> Vec<Objection> {
    let after = sources.with(texts);
    let mut found = Diagnostics::new();
    let vocabulary = Vocabulary::read(&after, &mut Diagnostics::new());
    directory::read(&after, site, &vocabulary, today, &mut found);
    found.retain(|finding| {
        finding.code.severity() == Severity::Error && texts.contains_key(&after.file(finding.span.file).path)
    });
    if found.is_empty() {
        return Vec::new();
    }
    let mut after_roll = super::roll::read(&after, site, &mut Diagnostics::new());
    let mut objections = Vec::new();
    let new = plan.new.iter().map(|new| (&new.id, new.row, new.values.keys().copied().collect::<Vec<_>>()));
    let changed = plan.changed.iter().map(|changed| {
        (&changed.id, changed.row, changed.changes.iter().map(|change| change.field).collect::<Vec<_>>())
    });
    for (id, row, fields) in new.chain(changed) {
        let Some(known) = after_roll.remove(id) else { continue };
        let is_new = !roll.contains_key(id);
        for finding in found.iter().filter(|finding| finding.span.file == known.file) {
            let concerned: Vec<Field> =
                fields.iter().copied().filter(|field| concerns(&known, *field, finding.span)).collect();
            if !concerned.is_empty() || is_new {
                objections.push(Objection {
                    id: id.clone(),
                    row,
                    fields: concerned,
                    finding: finding.clone(),
                });
            }
        }
    }
    objections
}

fn concerns(known: &Record, field: Field, span: Span) -> bool {
    let (key, inner) = field.place();
    let Some(entry) = known.entries().iter().find(|entry| entry.key.value == key) else { return false };
    let entry = match (inner, &entry.value.kind) {
        (Some(inner), Kind::Map(entries)) => {
            let Some(entry) = entries.iter().find(|entry| entry.key.value == inner) else { return false };
            entry
        }
        _ => entry,
    };
    let range = entry.key.span.range().start..entry.value.span.range().end;
    range.contains(&span.range().start)
}

/// Fields that a record can do without.
pub(super) fn can_be_left_out(field: Field) -> bool {
    !Field::NEEDED.contains(&field) && !matches!(field, Field::Roles | Field::Consent(_))
}
