//! `offers+=grants`, `offers-=grants` -> the list as it is written, with that item more or less and all its comments.

use super::assignment::Act;
use super::record::Record;
use super::scheme::Scheme;
use crate::diagnostic::one_of;
use crate::failure::Failure;
use crate::yaml::{self, Kind, Node, edit};

/// The YAML text of a list after a change; `None` where nothing is left in it.
pub(super) fn changed(
    scheme: &Scheme,
    record: &Record,
    key: &str,
    act: Act,
    value: &str,
) -> Result<Option<String>, Failure> {
    let typed: Vec<String> =
        value.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect();
    let nodes: Vec<&Node> = match record.get(key) {
        Some(Node { kind: Kind::List(items), .. }) => items.iter().collect(),
        Some(Node { kind: Kind::Null, .. }) | None => Vec::new(),
        // One item may stand there without a list.
        Some(node) => vec![node],
    };
    let text = &scheme.sources.file(record.file).text;
    let start = record.get(key).map(|node| node.span.range().start);
    let is_block =
        start.is_some_and(|start| text[start..].starts_with("- ") || text[start..].starts_with("-\n"));
    if act == Act::Put {
        return Ok(written(typed.iter().map(String::as_str).collect(), is_block));
    }
    let refuse = |why: &str| {
        Failure::refused(
            format!("`{key}` of {} {why}", scheme.sources.place(record.span)),
            "open the file and change it there",
        )
    };
    let old: Vec<&str> = nodes.iter().copied().filter_map(yaml::scalar).collect();
    if old.len() != nodes.len() {
        return Err(refuse("holds something that is neither a word nor a text, and would lose it"));
    }
    let mut gone = Vec::new();
    let mut more: Vec<&str> = Vec::new();
    match act {
        Act::Take if old.contains(&value.trim()) => {
            gone.extend(old.iter().position(|item| *item == value.trim()));
        }
        Act::Take => {
            for item in &typed {
                let at = (0..old.len()).find(|at| old[*at] == item && !gone.contains(at));
                let none = || {
                    Failure::refused(
                        format!("`{item}` is not among her {key}"),
                        one_of(item, old.iter().copied()),
                    )
                };
                gone.push(at.ok_or_else(none)?);
            }
        }
        _ => more.extend(typed.iter().map(String::as_str).filter(|item| !old.contains(item))),
    }
    if gone.len() == old.len() && more.is_empty() {
        return Ok(None);
    }
    if is_block {
        return Ok(Some(block(text, &nodes, &gone, &more)));
    }
    let span = record.get(key).map(|node| &text[node.span.range()]).unwrap_or_default();
    if span.contains('\n') && span.contains('#') {
        return Err(refuse("has comments between its brackets, which would go"));
    }
    let kept = old.iter().enumerate().filter(|(at, _)| !gone.contains(at)).map(|(_, item)| *item);
    Ok(written(kept.chain(more).collect(), false))
}

fn written(items: Vec<&str>, is_block: bool) -> Option<String> {
    if items.is_empty() {
        return None;
    }
    // A list that stood one item a line stays so.
    Some(match is_block {
        true => items.iter().map(|item| format!("\n  - {}", edit::scalar(item))).collect(),
        false => edit::list(items),
    })
}

/// The lines of a list of one item a line, with lines out of it and others after its last.
fn block(text: &str, nodes: &[&Node], gone: &[usize], more: &[&str]) -> String {
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line_end = |at: usize| text[at..].find('\n').map_or(text.len(), |end| at + end);
    let hyphen = |node: &Node| line_start(node.span.range().start);
    // A text of several lines ends with its last; one that keeps its empty lines, before the next.
    let end = |node: &Node| {
        let range = node.span.range();
        line_end(range.start + text[range].trim_end().len())
    };
    let Some((first, last)) = nodes.first().zip(nodes.last()) else { return String::new() };
    let (from, to) = (hyphen(first), end(last));
    let margin: usize = text[from..].chars().take_while(|c| *c == ' ').count();
    let mut lines = String::new();
    let mut at = from;
    for number in gone_in_order(gone) {
        lines.push_str(&text[at..hyphen(nodes[number])]);
        at = (end(nodes[number]) + 1).min(to.max(at));
    }
    lines.push_str(&text[at.min(to)..to]);
    let mut out = String::new();
    // Every line moves to where the record's keys stand: the list is put below its key again.
    for line in lines.trim_end_matches('\n').split('\n') {
        let spaces = line.chars().take_while(|c| *c == ' ').count();
        out.push_str(&format!("\n  {}", &line[spaces.min(margin)..]));
    }
    for item in more {
        out.push_str(&format!("\n  - {}", edit::scalar(item)));
    }
    out
}

fn gone_in_order(gone: &[usize]) -> Vec<usize> {
    let mut gone = gone.to_vec();
    gone.sort_unstable();
    gone
}
