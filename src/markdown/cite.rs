//! `[@key]`, `[@key, p. 3]` and `[@one; @two]` in source text -> candidates, as inline directives are.
//!
//! A citation is handed on as a directive of the name [`CITE`], which no author can write, with the keys in its label:
//! it stands where an inline directive can, and nowhere else.

use super::directive::{Candidate, line_end};
use super::{Directive, Text};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;

/// The name under which citations come out of a text.
pub const CITE: &str = "@";

/// Every citation of a text, in order.
pub(super) fn scan(source: &Text) -> Vec<Candidate> {
    let text = source.text;
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("[@").map(|at| at + from) {
        from = at + 2;
        if text[..at].ends_with('\\') || !text[from..].starts_with(is_key) {
            continue;
        }
        let line_end = line_end(text, at);
        let Some(close) = text[from..line_end].find(']').map(|end| from + end) else { continue };
        let label = &text[at + 1..close];
        let range = at..close + 1;
        from = range.end;
        let read = if cited(label).all(|cited| cited.is_some()) {
            Ok(Directive {
                name: Spanned::new(CITE.to_owned(), source.span(at + 1..at + 2)),
                label: Some(Spanned::new(label.to_owned(), source.span(at + 1..close))),
                attributes: Vec::new(),
                span: source.span(range.clone()),
            })
        } else {
            Err(Box::new(
                Diagnostic::new(
                    Code::DirectiveSyntax,
                    source.span(range.clone()),
                    "a citation has keys, and after a comma the place in the work",
                )
                .help("write [@key], [@key, p. 3] or [@one; @two]; to show [@ as text, put a backslash before it"),
            ))
        };
        found.push(Candidate { range, read });
    }
    found
}

/// A work as it is cited: its key, and where in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cited<'a> {
    /// Where the key begins in the citation.
    pub at: usize,
    /// Its key.
    pub key: &'a str,
    /// "p. 3", where it is said.
    pub place: Option<&'a str>,
}

/// The parts of a citation between semicolons; `None` for one that is no key.
pub fn cited(label: &str) -> impl Iterator<Item = Option<Cited<'_>>> {
    let mut at = 0;
    label.split(';').map(move |part| {
        let start = at + part.len() - part.trim_start().len();
        at += part.len() + 1;
        let (key, place) = match part.split_once(',') {
            Some((key, place)) => (key, Some(place.trim())),
            None => (part, None),
        };
        let key = key.trim().strip_prefix('@').filter(|key| !key.is_empty() && key.chars().all(is_key))?;
        let sound = place.is_none_or(|place| !place.is_empty() && !place.contains('@'));
        sound.then_some(Cited { at: start + 1, key, place })
    })
}

/// What a key may have in it.
fn is_key(c: char) -> bool {
    c.is_alphanumeric() || "_:.-+/".contains(c)
}
