//! Changes to a map of one key a line -> splices of its text.

use super::{Change, Splice, column, indented, is_flow, line_end, line_start, value};
use crate::yaml::{Entry, Kind, Node};

/// `start` is where the map begins.
pub(super) fn splices(
    text: &str,
    entries: &[Entry],
    start: usize,
    changes: &[Change],
    order: &[&str],
) -> Vec<Splice> {
    let margin = column(text, start);
    let mut splices = Vec::new();
    let goes = |key: &str| changes.iter().any(|(other, value)| *other == key && value.is_none());
    for (key, new) in changes {
        let entry = entries.iter().find(|entry| entry.key.value == *key);
        match (entry, new) {
            (Some(entry), Some(new)) => splices.extend(change(text, entry, &indented(new, margin))),
            (Some(entry), None) => splices.push(take_out(text, entry)),
            (None, Some(new)) => {
                let neighbour = neighbour(entries, key, order, &goes);
                splices.extend(neighbour.map(|entry| add(text, entry, margin, key, new)));
            }
            (None, None) => {}
        }
    }
    splices
}

/// The entry after which a new key comes.
fn neighbour<'e>(
    entries: &'e [Entry],
    key: &str,
    order: &[&str],
    goes: &dyn Fn(&str) -> bool,
) -> Option<&'e Entry> {
    let stays = || entries.iter().filter(|entry| !goes(&entry.key.value));
    let rank = order.iter().position(|other| *other == key);
    let before = rank.and_then(|rank| {
        order[..rank].iter().rev().find_map(|name| stays().find(|entry| entry.key.value == *name))
    });
    before.or_else(|| stays().last())
}

fn add(text: &str, after: &Entry, margin: usize, key: &str, new: &str) -> Splice {
    let line = format!("{}{}:{}", " ".repeat(margin), value::scalar(key), spaced(&indented(new, margin)));
    let end = end_of(text, &after.value, after.key.span.range().end);
    if column(text, end) == 0 && end > 0 {
        // A text that keeps its last empty lines ends where the next line begins.
        let closing = if text[..end].ends_with('\n') { "\n" } else { "" };
        return Splice::new(end..end, line + closing);
    }
    let end = line_end(text, end);
    Splice::new(end..end, format!("\n{line}"))
}

/// A value as it stands after the colon.
fn spaced(value: &str) -> String {
    if value.is_empty() || value.starts_with('\n') { value.to_owned() } else { format!(" {value}") }
}

fn change(text: &str, entry: &Entry, new: &str) -> Vec<Splice> {
    let old = entry.value.span.range();
    let key_end = entry.key.span.range().end;
    let colon = text[key_end..].find(':').map_or(key_end, |at| key_end + at + 1);
    if is_empty(&entry.value) {
        return vec![Splice::new(colon..colon, spaced(new))];
    }
    let end = end_of(text, &entry.value, key_end);
    let header_end = line_end(text, colon);
    let (first, rest) = new.split_at(new.find('\n').unwrap_or(new.len()));
    if old.start <= header_end {
        // Beside its key.
        let after = line_end(text, end);
        if rest.is_empty() {
            return vec![Splice::new(old.start..end, first)];
        }
        let comment = text[end..after].trim_end();
        return vec![Splice::new(old.start..after, format!("{first}{comment}{rest}"))];
    }
    // Below its key: a block of text, a list or a map, or a text that begins on the next line.
    let header = &text[colon..header_end];
    let comment = header.find(" #").map_or("", |at| &header[header[..at].trim_end().len()..]);
    let is_block_text = header.trim_start().starts_with(['|', '>']);
    let from = if is_block_text { header_end } else { line_start(text, old.start) - 1 };
    // What ends at the start of a line has that line's break as its own.
    let to = if column(text, end) == 0 { end - 1 } else { line_end(text, end) };
    vec![
        Splice::new(colon..header_end, format!("{}{comment}", spaced(first))),
        Splice::new(from.max(header_end)..to, rest),
    ]
}

fn take_out(text: &str, entry: &Entry) -> Splice {
    let start = entry.key.span.range().start;
    let end = end_of(text, &entry.value, entry.key.span.range().end);
    let after = if column(text, end) == 0 { end } else { (line_end(text, end) + 1).min(text.len()) };
    let line = line_start(text, start);
    if text[line..start].trim().is_empty() {
        return Splice::new(line..after, "");
    }
    // The first key beside a hyphen: the next one takes its place.
    let rest = &text[after..];
    let next = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
    Splice::new(start..after + next, "")
}

/// Where what a value says ends; `otherwise` where nothing was written. A block of text that keeps its last empty lines
/// ends at the start of the line after them.
fn end_of(text: &str, value: &Node, otherwise: usize) -> usize {
    let range = value.span.range();
    match &value.kind {
        _ if is_empty(value) => text[otherwise..].find(':').map_or(otherwise, |at| otherwise + at + 1),
        Kind::List(items) if !is_flow(text, range.start) => {
            items.last().map_or(range.end, |last| end_of_item(text, last))
        }
        Kind::Map(entries) if !is_flow(text, range.start) => {
            entries.last().map_or(range.end, |last| end_of(text, &last.value, last.key.span.range().end))
        }
        Kind::Scalar { plain: false, .. }
            if !text[range.start..].starts_with(['"', '\'']) || is_block(text, range.start) =>
        {
            if keeps(text, range.start) {
                range.end
            } else {
                range.start + text[range.clone()].trim_end().len()
            }
        }
        _ => range.end,
    }
}

fn end_of_item(text: &str, item: &Node) -> usize {
    if is_empty(item) { item.span.range().end } else { end_of(text, item, item.span.range().end) }
}

fn is_empty(value: &Node) -> bool {
    value.kind == Kind::Null && value.span.range().is_empty()
}

/// The line that announces the block of text which begins at `start`: `bio: |  # a comment`.
fn header(text: &str, start: usize) -> &str {
    let above = text[..line_start(text, start)].trim_end();
    let header = &above[line_start(text, above.len())..];
    header.split(" #").next().unwrap_or_default().trim_end()
}

/// Its last word: `|`, `>-`, `|2+`.
fn indicator(text: &str, start: usize) -> &str {
    header(text, start).rsplit(char::is_whitespace).next().unwrap_or_default()
}

fn is_block(text: &str, start: usize) -> bool {
    let mut letters = indicator(text, start).chars();
    matches!(letters.next(), Some('|' | '>')) && letters.all(|c| c.is_ascii_digit() || matches!(c, '+' | '-'))
}

/// Whether the block of text that begins at `start` keeps its last empty lines (`|+`).
fn keeps(text: &str, start: usize) -> bool {
    is_block(text, start) && indicator(text, start).contains('+')
}

/// The comments that belong to an item of a list without standing in it: those in the lines directly above its hyphen and no
/// further right than it, and those between the hyphen and its first key. Each with what stands in its place.
pub(super) fn comments_of_item(text: &str, start: usize) -> Vec<Splice> {
    let Some(hyphen) = hyphen(text, start) else { return Vec::new() };
    let (line, margin) = (line_start(text, hyphen), column(text, hyphen));
    let mut from = line;
    for above in text[..line].split_inclusive('\n').rev() {
        let inner = above.trim_start_matches(' ');
        // A line for editors is about the file.
        let is_comment =
            inner.starts_with('#') && !inner[1..].trim_start().starts_with("yaml-language-server:");
        if !is_comment || above.len() - inner.len() > margin {
            break;
        }
        from -= above.len();
    }
    let mut splices = Vec::new();
    if from < line {
        splices.push(Splice::new(from..line, ""));
    }
    if text[hyphen..start].contains('#') {
        splices.push(Splice::new(hyphen + 1..start, format!("\n{}", " ".repeat(column(text, start)))));
    }
    splices
}

/// The hyphen of an item whose first key is at `start`: before it, or on a line above it.
fn hyphen(text: &str, start: usize) -> Option<usize> {
    let mut end = start;
    loop {
        let line = line_start(text, end);
        let before = text[line..end].split('#').next().unwrap_or_default();
        match before.trim() {
            "-" => return before.find('-').map(|at| line + at),
            "" => end = line.checked_sub(1)?,
            _ => return None,
        }
    }
}

/// Where an item of a list of people ends: after the comments that are indented like its keys.
pub(super) fn end_of_record(text: &str, entries: &[Entry], start: usize) -> usize {
    let margin = column(text, start);
    let end = entries.last().map_or(start, |last| end_of(text, &last.value, last.key.span.range().end));
    let mut end =
        if column(text, end) == 0 && end > 0 { end } else { (line_end(text, end) + 1).min(text.len()) };
    let mut at = end;
    for line in text[end..].split_inclusive('\n') {
        at += line.len();
        let inner = line.trim_start_matches(' ');
        if inner.starts_with('#') && line.len() - inner.len() >= margin {
            end = at;
        } else if !line.trim().is_empty() {
            break;
        }
    }
    end
}
