//! Changes to a map in braces -> splices of its text.

use super::{Change, Splice, read, value};
use crate::yaml::{Entry, Kind, Node};

/// `start` is where the brace is. `None` where a value cannot be written within braces.
pub(super) fn splices(
    text: &str,
    entries: &[Entry],
    start: usize,
    changes: &[Change],
) -> Option<Vec<Splice>> {
    let mut splices = Vec::new();
    let mut added = String::new();
    let goes = |key: &str| changes.iter().any(|(other, value)| *other == key && value.is_none());
    for (key, new) in changes {
        let at = entries.iter().position(|entry| entry.key.value == *key);
        let new = match new {
            Some(new) => Some(written(&read(new.trim_start_matches('\n'))?.root)?),
            None => None,
        };
        match (at, new) {
            (Some(at), Some(new)) => splices.push(change(text, &entries[at], &new)),
            (Some(at), None) => splices.extend(take_out(text, entries, at, &goes)),
            (None, Some(new)) => added.push_str(&format!("{}: {new}, ", value::flow_scalar(key, true))),
            (None, None) => {}
        }
    }
    if let Some(added) = added.strip_suffix(", ") {
        // Before the first key there is no question of commas and comments.
        let comma = if entries.iter().any(|entry| !goes(&entry.key.value)) { ", " } else { "" };
        let first = entries.first().map_or(start + 1, |entry| entry.key.span.range().start);
        match entries.iter().rev().find(|entry| !goes(&entry.key.value)) {
            Some(last) => {
                let end = end_of(text, last);
                splices.push(Splice::new(end..end, format!(", {added}")));
            }
            None => splices.push(Splice::new(first..first, format!("{added}{comma}"))),
        }
    }
    Some(splices)
}

fn end_of(text: &str, entry: &Entry) -> usize {
    let range = entry.value.span.range();
    let key_end = entry.key.span.range().end;
    if range.is_empty() { colon(text, key_end).unwrap_or(key_end) } else { range.end }
}

/// The place after the colon of a key, where there is one.
fn colon(text: &str, key_end: usize) -> Option<usize> {
    let rest = &text[key_end..];
    let inner = rest.trim_start();
    inner.starts_with(':').then(|| key_end + rest.len() - inner.len() + 1)
}

fn change(text: &str, entry: &Entry, new: &str) -> Splice {
    let range = entry.value.span.range();
    if range.is_empty() {
        let key_end = entry.key.span.range().end;
        return match colon(text, key_end) {
            Some(at) => Splice::new(at..at, format!(" {new}")),
            None => Splice::new(key_end..key_end, format!(": {new}")),
        };
    }
    Splice::new(range, new)
}

/// An entry goes with the comma after it, or, where nothing that stays comes after, with the one before.
fn take_out(text: &str, entries: &[Entry], at: usize, goes: &dyn Fn(&str) -> bool) -> Vec<Splice> {
    let start = entries[at].key.span.range().start;
    let end = end_of(text, &entries[at]);
    let stays_after = entries[at + 1..].iter().any(|entry| !goes(&entry.key.value));
    if stays_after || entries[..at].iter().all(|entry| goes(&entry.key.value)) {
        let Some(comma) = comma(text, end) else { return vec![Splice::new(start..end, "")] };
        let rest = &text[comma + 1..];
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        return vec![Splice::new(start..end, ""), Splice::new(comma..comma + 1 + spaces, "")];
    }
    let before = end_of(text, &entries[at - 1]);
    let Some(comma) = comma(text, before) else { return vec![Splice::new(start..end, "")] };
    let spaces = text[comma + 1..start].len() - text[comma + 1..start].trim_end_matches([' ', '\t']).len();
    vec![Splice::new(comma..comma + 1, ""), Splice::new(start - spaces..end, "")]
}

/// The next comma, past white space and comments.
fn comma(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = &text[at..];
        let inner = rest.trim_start();
        at += rest.len() - inner.len();
        if inner.starts_with(',') {
            return Some(at);
        }
        if !inner.starts_with('#') {
            return None;
        }
        at += inner.find('\n')?;
    }
}

/// A node as it may stand within braces; `None` for an empty key.
pub(super) fn written(node: &Node) -> Option<String> {
    Some(match &node.kind {
        Kind::Null => "null".to_owned(),
        Kind::Scalar { text, plain } => value::flow_scalar(text, *plain),
        Kind::List(items) => {
            let items: Option<Vec<String>> = items.iter().map(written).collect();
            format!("[{}]", items?.join(", "))
        }
        Kind::Map(entries) => {
            let entries: Option<Vec<String>> = entries
                .iter()
                .map(|entry| {
                    Some(format!(
                        "{}: {}",
                        value::flow_scalar(&entry.key.value, true),
                        written(&entry.value)?
                    ))
                })
                .collect();
            format!("{{{}}}", entries?.join(", "))
        }
    })
}
