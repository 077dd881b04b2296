//! Texts -> YAML that this project reads as the same texts.

use super::read;
use crate::yaml::{Kind, Node};

/// A text as the value of a key, in quotes only where it would be read otherwise.
pub fn scalar(text: &str) -> String {
    let line = format!("k: {text}");
    let is_plain = !super::is_typed(text) || is_number(text);
    let reads = || {
        read(&line).is_some_and(|document| {
            document.findings == 0
                && value(&document.root)
                    .is_some_and(|node| node.kind == Kind::Scalar { text: text.to_owned(), plain: true })
        })
    };
    if is_plain && !text.contains('\n') && reads() { text.to_owned() } else { quoted(text) }
}

/// A scalar within braces or brackets; `plain` where it may be a number or a boolean.
pub(super) fn flow_scalar(text: &str, plain: bool) -> String {
    if plain && super::is_typed(text) && !text.is_empty() {
        return text.to_owned();
    }
    let line = scalar(text);
    if line.starts_with(['"', '\'']) || !text.contains([',', '[', ']', '{', '}']) {
        line
    } else {
        quoted(text)
    }
}

/// Several texts as a list in brackets.
pub fn list<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let items: Vec<String> = texts.into_iter().map(|text| flow_scalar(text, false)).collect();
    format!("[{}]", items.join(", "))
}

/// Keys and texts as a map in braces.
pub fn map<'t>(pairs: impl IntoIterator<Item = (&'t str, &'t str)>) -> String {
    let pairs: Vec<String> = pairs
        .into_iter()
        .map(|(key, text)| format!("{}: {}", flow_scalar(key, false), flow_scalar(text, false)))
        .collect();
    format!("{{{}}}", pairs.join(", "))
}

/// A text of several lines as a block below its key, where it can stand as one (it ends in one line break or none); else in quotes.
pub fn block(text: &str) -> String {
    let body = text.trim_end_matches('\n');
    if body.is_empty() || !text.contains('\n') {
        return scalar(text);
    }
    let last = match text.len() - body.len() {
        0 => "-",
        1 => "",
        // How many blank lines a block ends with depends on what follows it.
        _ => return quoted(text),
    };
    let indent = if body.starts_with([' ', '\n']) { "2" } else { "" };
    let mut out = format!("|{indent}{last}");
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.push_str("  ");
            out.push_str(line);
        }
    }
    let document = read(&format!("k: {out}\nlast: 1\n"));
    let reads = document.is_some_and(|document| {
        document.findings == 0
            && value(&document.root)
                .is_some_and(|node| node.kind == Kind::Scalar { text: text.to_owned(), plain: false })
    });
    if reads { out } else { quoted(text) }
}

/// The first value of a map.
fn value(root: &Node) -> Option<&Node> {
    match &root.kind {
        Kind::Map(entries) => entries.first().map(|entry| &entry.value),
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A text in double quotes, with escapes for what cannot be seen.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control()
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}') =>
            {
                let code = c as u32;
                out.push_str(&if code < 0x100 { format!("\\x{code:02X}") } else { format!("\\u{code:04X}") });
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
