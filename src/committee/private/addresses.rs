//! The text of `private/addresses.yaml` and changes of addresses -> the same text with them, comments and order kept.

use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use crate::yaml::{Kind, Node, edit, parse};

/// A key that keeps the map from being empty while its last line is taken out; no id has a full stop.
const LAST: &str = "the.last";

/// `None` where the changes cannot be made without changing something else.
pub(super) fn edited(text: &str, changes: &[edit::Change]) -> Option<String> {
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Some(added(text, changes));
    }
    let node = read(text)?;
    let Kind::Map(entries) = &node.kind else { return None };
    let start = node.span.range().start;
    let is_gone = |key: &str| changes.iter().any(|(id, value)| *id == key && value.is_none());
    let stays = entries.iter().any(|entry| !is_gone(&entry.key.value));
    if stays || entries.is_empty() {
        return edit::set(text, start..start, changes);
    }
    let (gone, new): (Vec<_>, Vec<_>) = changes.iter().cloned().partition(|(_, value)| value.is_none());
    let last = [(LAST, Some("x".to_owned()))];
    let with_last = edit::set(text, start..start, &[&new[..], &last].concat())?;
    let without = edit::set(&with_last, start..start, &gone)?;
    if !new.is_empty() {
        let start = read(&without)?.span.range().start;
        return edit::set(&without, start..start, &[(LAST, None)]);
    }
    let at = without.find(LAST)?;
    let line = format!("{LAST}: x");
    let is_alone =
        without[at..].starts_with(&line) && without[..at].rfind('\n').map_or(0, |end| end + 1) == at;
    let end = at + line.len();
    let end = if is_alone && without[end..].starts_with('\n') { end + 1 } else { end };
    Some(format!("{}{}", &without[..at], &without[end..]))
}

/// New addresses after whatever there is.
pub(super) fn added(text: &str, changes: &[edit::Change]) -> String {
    let mut text = text.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for (id, address) in changes {
        if let Some(address) = address {
            text.push_str(&format!("{}: {address}\n", edit::scalar(id)));
        }
    }
    text
}

fn read(text: &str) -> Option<Node> {
    let mut sources = Sources::default();
    sources.add_builtin("", text);
    let (file, _) = sources.iter().next()?;
    parse(&sources, file, 0..text.len(), &mut Diagnostics::new())
}
