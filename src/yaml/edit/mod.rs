//! A text of YAML and what is to change in it -> the same text, changed in that place and nowhere else.
//!
//! Comments, order, quotes and empty lines stay as people wrote them. Every edit is read again before it is handed out: a
//! text in which anything but the wish has changed is never returned.

mod block;
mod flow;
mod value;

pub use value::{block, list, map, scalar};

use super::tree::{self, Entry, Kind, Node};
use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use std::collections::BTreeMap;
use std::ops::Range;

/// A key of a map, and the YAML text of its new value: `2`, `[grants, promotion]`, or several lines, of which those after
/// the first are indented as below a key at the left edge. `None` takes the key out.
pub type Change<'c> = (&'c str, Option<String>);

/// A range of a text and what comes in its place.
struct Splice {
    range: Range<usize>,
    text: String,
}

impl Splice {
    fn new(range: Range<usize>, text: impl Into<String>) -> Splice {
        Splice { range, text: text.into() }
    }
}

/// Changes top-level keys of one record: a file's whole map, or one item of its list. `record` is the range of the
/// record's node; only its start is looked at. `None` where there is no such record, or where the change cannot be made
/// without changing something else.
pub fn set(text: &str, record: Range<usize>, changes: &[Change]) -> Option<String> {
    set_in_order(text, record, changes, &[])
}

/// Like [`set`]; a key that was not there comes after the nearest one that stands before it in `order`, or else last.
pub fn set_in_order(text: &str, record: Range<usize>, changes: &[Change], order: &[&str]) -> Option<String> {
    let before = read(text)?;
    let place = place_of(&before.root, record.start)?;
    let entries = entries_at(&before.root, place)?;
    let splices = if is_flow(text, record.start) {
        flow::splices(text, entries, record.start, changes)?
    } else {
        block::splices(text, entries, record.start, changes, order)
    };
    let edited = apply(text, splices);
    let after = read(&edited)?;
    let is_meant = after.findings <= before.findings
        && same_around(&before.root, &after.root, place)
        && is_changed(entries, entries_at(&after.root, place)?, changes);
    is_meant.then_some(edited)
}

/// Like [`set_in_order`] for several records of one text at once, each by where it begins: the text is read once before and
/// once after, however many there are. `None` where one of the changes cannot be made.
pub fn set_all(text: &str, records: &[(usize, Vec<Change>)], order: &[&str]) -> Option<String> {
    let before = read(text)?;
    let mut splices = Vec::new();
    let mut places = BTreeMap::new();
    for (start, changes) in records {
        let place = place_of(&before.root, *start)?;
        let entries = entries_at(&before.root, place)?;
        splices.extend(if is_flow(text, *start) {
            flow::splices(text, entries, *start, changes)?
        } else {
            block::splices(text, entries, *start, changes, order)
        });
        if places.insert(place, (entries, changes)).is_some() {
            return None;
        }
    }
    let edited = apply(text, splices);
    let after = read(&edited)?;
    let around = match (items(&before.root), items(&after.root)) {
        (Some(before), Some(after)) => {
            before.len() == after.len()
                && before
                    .iter()
                    .zip(after)
                    .enumerate()
                    .all(|(at, (before, after))| places.contains_key(&Some(at)) || same(before, after))
        }
        (None, None) => true,
        _ => false,
    };
    let is_meant = around
        && after.findings <= before.findings
        && places.iter().all(|(place, (entries, changes))| {
            entries_at(&after.root, *place).is_some_and(|after| is_changed(entries, after, changes))
        });
    is_meant.then_some(edited)
}

/// The comments directly above an item of a list of people, which belong to it: their ranges, in order. `start` is where its
/// map begins; a whole file's map has none that are not its own.
pub fn comments_above(text: &str, start: usize) -> Vec<Range<usize>> {
    block::comments_of_item(text, start).into_iter().map(|splice| splice.range).collect()
}

/// Where an item of a list of people ends whose map has these entries: with its last value and the comments that are indented
/// like its keys. The node's own span may go on to the next item, and to comments on that.
pub fn end_of_item(text: &str, entries: &[Entry], record: Range<usize>) -> usize {
    if is_flow(text, record.start) { record.end } else { block::end_of_record(text, entries, record.start) }
}

/// Puts another record in the place of one, with all that it says, comments within it and directly above it included. `new`
/// is a map in lines at the left edge. `None` as for [`set`].
pub fn replace(text: &str, record: Range<usize>, new: &str) -> Option<String> {
    let before = read(text)?;
    let place = place_of(&before.root, record.start)?;
    let wanted = read(new)?.root;
    let splice = if is_flow(text, record.start) {
        let node = match place {
            None => &before.root,
            Some(at) => items(&before.root)?.get(at)?,
        };
        Splice::new(node.span.range(), flow::written(&wanted)?)
    } else {
        let column = column(text, record.start);
        let end = match place {
            None => text.len(),
            Some(_) => block::end_of_record(text, entries_at(&before.root, place)?, record.start),
        };
        let closing = if text[record.start..end].ends_with('\n') { "\n" } else { "" };
        Splice::new(record.start..end, indented(new.trim_end(), column) + closing)
    };
    let mut splices = vec![splice];
    if place.is_some() {
        splices.extend(block::comments_of_item(text, record.start));
    }
    let edited = apply(text, splices);
    let after = read(&edited)?;
    let record = match place {
        None => &after.root,
        Some(at) => items(&after.root)?.get(at)?,
    };
    let is_meant = after.findings <= before.findings
        && same_around(&before.root, &after.root, place)
        && same(record, &wanted);
    is_meant.then_some(edited)
}

struct Document {
    root: Node,
    findings: usize,
}

fn read(text: &str) -> Option<Document> {
    let mut sources = Sources::default();
    sources.add_builtin("", text);
    let (file, _) = sources.iter().next()?;
    let mut found = Diagnostics::new();
    let root = tree::parse(&sources, file, 0..text.len(), &mut found)?;
    Some(Document { root, findings: found.len() })
}

/// Where a record is: `Some(None)` for the whole file's map, the number of its item in a list of people.
#[expect(clippy::option_option, reason = "no record, the whole file, or an item")]
fn place_of(root: &Node, start: usize) -> Option<Option<usize>> {
    let begins = |node: &Node| node.span.range().start == start && matches!(node.kind, Kind::Map(_));
    match &root.kind {
        Kind::List(items) => items.iter().position(begins).map(Some),
        _ => begins(root).then_some(None),
    }
}

fn items(root: &Node) -> Option<&[Node]> {
    match &root.kind {
        Kind::List(items) => Some(items),
        _ => None,
    }
}

fn entries_at(root: &Node, place: Option<usize>) -> Option<&[Entry]> {
    let node = match place {
        None => root,
        Some(at) => items(root)?.get(at)?,
    };
    match &node.kind {
        Kind::Map(entries) => Some(entries),
        _ => None,
    }
}

/// Whether two documents say the same but for one record.
fn same_around(before: &Node, after: &Node, place: Option<usize>) -> bool {
    let Some(place) = place else { return true };
    let (Some(before), Some(after)) = (items(before), items(after)) else { return false };
    before.len() == after.len()
        && before
            .iter()
            .zip(after)
            .enumerate()
            .all(|(at, (before, after))| at == place || same(before, after))
}

/// Whether a record says what it said, with the changes and nothing else.
fn is_changed(before: &[Entry], after: &[Entry], changes: &[Change]) -> bool {
    let changed = |key: &str| changes.iter().rev().find(|(other, _)| *other == key);
    let kept = before.iter().filter(|entry| changed(&entry.key.value).is_none());
    let still = after.iter().filter(|entry| changed(&entry.key.value).is_none());
    let unchanged = kept.clone().count() == still.clone().count()
        && kept.zip(still).all(|(a, b)| a.key.value == b.key.value && same(&a.value, &b.value));
    unchanged
        && changes.iter().all(|(key, value)| {
            let there = after.iter().find(|entry| entry.key.value == *key);
            match (value, there) {
                (None, there) => there.is_none(),
                (Some(_), None) => false,
                (Some(value), Some(entry)) => read(value.trim_start_matches('\n'))
                    .is_some_and(|wanted| same(&wanted.root, &entry.value)),
            }
        })
}

/// Whether two nodes say the same. A number or a boolean says something else in quotes.
fn same(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Null, Kind::Null) => true,
        (Kind::Scalar { text: a, plain: a_plain }, Kind::Scalar { text: b, plain: b_plain }) => {
            a == b && (a_plain == b_plain || !is_typed(a))
        }
        (Kind::List(a), Kind::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Kind::Map(a), Kind::Map(b)) => {
            a.len() == b.len()
                && a.iter().zip(b).all(|(a, b)| a.key.value == b.key.value && same(&a.value, &b.value))
        }
        _ => false,
    }
}

/// Whether a scalar without quotes could be read as something other than a text.
fn is_typed(text: &str) -> bool {
    matches!(text, "true" | "false" | "null" | "~") || text.bytes().all(|b| b.is_ascii_digit())
}

fn is_flow(text: &str, start: usize) -> bool {
    text[start..].starts_with(['{', '['])
}

/// How far from the left edge of its line a place is.
fn column(text: &str, at: usize) -> usize {
    at - line_start(text, at)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// The end of the line that a place is on, without its `\n`.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end)
}

/// All lines after the first moved to the right; empty ones stay empty.
fn indented(text: &str, columns: usize) -> String {
    let margin = " ".repeat(columns);
    let mut lines = text.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&margin);
        }
        out.push_str(line);
    }
    out
}

fn apply(text: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|splice| splice.range.start);
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for splice in splices {
        // Splices that overlap give a text that does not read back as meant.
        out.push_str(text.get(at..splice.range.start).unwrap_or_default());
        out.push_str(&splice.text);
        at = splice.range.end.max(at);
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests;
