//! The generic-directive convention, read from source text: `:name[label]{key=value}` and its block forms.

use super::Text;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Spanned};
use std::ops::Range;

/// A directive as written. Whether its name and keys mean anything is decided where it is used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Directive {
    /// The name.
    pub name: Spanned<String>,
    /// The text in brackets; inline directives have one.
    pub label: Option<Spanned<String>>,
    /// Keys and values in the order written.
    pub attributes: Vec<Attribute>,
    /// The whole of it.
    pub span: Span,
}

/// `key=value` or `key="a value"`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attribute {
    /// The key.
    pub key: Spanned<String>,
    /// The value without its quotes.
    pub value: Spanned<String>,
}

impl Directive {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Spanned<String>> {
        self.attributes.iter().find(|attribute| attribute.key.value == key).map(|attribute| &attribute.value)
    }
}

/// Something in the source that begins like an inline directive.
pub(super) struct Candidate {
    pub(super) range: Range<usize>,
    /// The directive, or the finding that it will be if it lies in running text.
    pub(super) read: Result<Directive, Box<Diagnostic>>,
}

/// Every inline candidate of a text, in order. Where the text at a candidate is code or escaped, nothing comes of it.
pub(super) fn scan(source: &Text) -> Vec<Candidate> {
    let text = source.text;
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(':').map(|at| at + from) {
        from = at + 1;
        let may_follow = |c: char| c.is_whitespace() || "([\"'*|".contains(c);
        if !text[..at].chars().next_back().is_none_or(may_follow) {
            continue;
        }
        let name_end = name_end(text, at + 1);
        if name_end == at + 1 || !text[name_end..].starts_with('[') {
            continue;
        }
        let candidate = inline(source, at, name_end);
        from = candidate.range.end.max(from);
        found.push(candidate);
    }
    found
}

/// Where a name of lower-case letters and hyphens that begins at `from` ends.
fn name_end(text: &str, from: usize) -> usize {
    let rest = &text.as_bytes()[from..];
    if !rest.first().is_some_and(u8::is_ascii_lowercase) {
        return from;
    }
    from + rest.iter().take_while(|b| b.is_ascii_lowercase() || **b == b'-').count()
}

/// The longest directive, in bytes: a text full of openings must not be searched to its end for each of them.
const LONGEST: usize = 2000;

/// Where the line ends that `from` is on, or the longest directive that begins there.
pub(super) fn line_end(text: &str, from: usize) -> usize {
    let mut limit = (from + LONGEST).min(text.len());
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    text[from..limit].find('\n').map_or(limit, |at| from + at)
}

fn inline(source: &Text, at: usize, name_end: usize) -> Candidate {
    let text = source.text;
    let line_end = line_end(text, at);
    let label_start = name_end + 1;
    let name = &text[at + 1..name_end];
    let Some(label_end) = closing_bracket(&text[label_start..line_end]).map(|end| label_start + end) else {
        let finding = Diagnostic::new(Code::DirectiveUnclosed, source.span(at..line_end), format!("`:{name}[` has no closing `]` on this line"))
            .help("close the bracket on the same line; to write a colon and a bracket as text, put a backslash before the colon");
        return Candidate { range: at..label_start, read: Err(Box::new(finding)) };
    };
    let mut end = label_end + 1;
    let mut attributes = Vec::new();
    if text[end..line_end].starts_with('{') {
        match read_attributes(source, end, line_end) {
            Ok((list, after)) => {
                attributes = list;
                end = after;
            }
            Err(finding) => return Candidate { range: at..line_end, read: Err(finding) },
        }
    }
    let directive = Directive {
        name: Spanned::new(name.to_owned(), source.span(at..name_end)),
        label: Some(Spanned::new(
            text[label_start..label_end].to_owned(),
            source.span(label_start..label_end),
        )),
        attributes,
        span: source.span(at..end),
    };
    Candidate { range: at..end, read: Ok(directive) }
}

/// The `]` that closes a label, brackets within it balanced.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, b) in text.bytes().enumerate() {
        match b {
            b'[' => depth += 1,
            b']' if depth == 0 => return Some(at),
            b']' => depth -= 1,
            _ => {}
        }
    }
    None
}

type Attributes = (Vec<Attribute>, usize);

/// `{key=value key="a b"}` from its brace on: the pairs, and where the text goes on.
fn read_attributes(source: &Text, open: usize, line_end: usize) -> Result<Attributes, Box<Diagnostic>> {
    let text = source.text;
    let bytes = text.as_bytes();
    let is_bare = |b: u8| b.is_ascii_alphanumeric() || b"_.:/>=-".contains(&b);
    let mut attributes: Vec<Attribute> = Vec::new();
    let mut at = open + 1;
    loop {
        while at < line_end && bytes[at] == b' ' {
            at += 1;
        }
        if at >= line_end {
            return Err(Box::new(
                Diagnostic::new(
                    Code::DirectiveUnclosed,
                    source.span(open..line_end),
                    "`{` has no closing `}` on this line",
                )
                .help("a directive stands on one line: close the brace"),
            ));
        }
        if bytes[at] == b'}' {
            return Ok((attributes, at + 1));
        }
        let start = at;
        while at < line_end && (bytes[at].is_ascii_lowercase() || bytes[at] == b'-') {
            at += 1;
        }
        let key = &text[start..at];
        if key.is_empty() || bytes.get(at) != Some(&b'=') {
            let end = (start + text[start..].chars().next().map_or(1, char::len_utf8)).max(at).min(line_end);
            return Err(Box::new(
                Diagnostic::new(
                    Code::DirectiveSyntax,
                    source.span(start..end),
                    "a key with its value is due here",
                )
                .help("write key=value, with the value in \"straight quotes\" if it has spaces"),
            ));
        }
        let key_span = source.span(start..at);
        at += 1;
        let value = if bytes.get(at) == Some(&b'"') {
            let close = text[at + 1..line_end].find('"').map(|end| at + 1 + end);
            let Some(close) = close else {
                return Err(Box::new(
                    Diagnostic::new(
                        Code::DirectiveUnclosed,
                        source.span(at..line_end),
                        "a quote without its end",
                    )
                    .help("close the quote on the same line"),
                ));
            };
            let value = Spanned::new(text[at + 1..close].to_owned(), source.span(at + 1..close));
            at = close + 1;
            value
        } else {
            let start = at;
            while at < line_end && is_bare(bytes[at]) {
                at += 1;
            }
            if start == at {
                let end = (start + text[start..].chars().next().map_or(0, char::len_utf8)).min(line_end);
                return Err(Box::new(
                    Diagnostic::new(
                        Code::DirectiveSyntax,
                        source.span(start..end),
                        format!("`{key}=` has no value that can stand without quotes"),
                    )
                    .help(format!("write {key}=\"…\" with straight quotes")),
                ));
            }
            Spanned::new(text[start..at].to_owned(), source.span(start..at))
        };
        if let Some(first) = attributes.iter().find(|attribute| attribute.key.value == key) {
            return Err(Box::new(
                Diagnostic::new(Code::DuplicateKey, key_span, format!("`{key}` is written twice"))
                    .related(first.key.span, "first here")
                    .help("keep one of the two"),
            ));
        }
        attributes.push(Attribute { key: Spanned::new(key.to_owned(), key_span), value });
    }
}

/// A line of its own that begins with two or three colons.
pub(super) enum Block {
    /// `::name{…}`.
    Leaf(Directive),
    /// `:::name{…}`.
    Container(Directive),
    /// `:::`.
    End,
}

/// Whether a line begins as a block directive does.
pub(super) fn looks_like_block(line: &str) -> bool {
    let rest = line.trim_start_matches(':');
    let colons = line.len() - rest.len();
    (colons == 3 && rest.trim().is_empty())
        || ((2..=3).contains(&colons) && rest.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// Reads the line at `range`, which [`looks_like_block`].
pub(super) fn block(source: &Text, range: Range<usize>) -> Result<Block, Box<Diagnostic>> {
    let text = &source.text[..range.end];
    let line = &text[range.start..];
    let colons = line.len() - line.trim_start_matches(':').len();
    let start = range.start + colons;
    if text[start..].trim().is_empty() {
        return Ok(Block::End);
    }
    let name_end = name_end(text, start);
    let mut attributes = Vec::new();
    let mut end = name_end;
    if text[end..].starts_with('{') {
        (attributes, end) = read_attributes(source, end, range.end)?;
    }
    if !text[end..].trim().is_empty() {
        return Err(Box::new(
            Diagnostic::new(
                Code::DirectiveSyntax,
                source.span(end..range.end),
                "nothing else may stand on the line of a block directive",
            )
            .help("write its keys in braces right after the name: ::name{key=value}"),
        ));
    }
    let directive = Directive {
        name: Spanned::new(text[start..name_end].to_owned(), source.span(range.start..name_end)),
        label: None,
        attributes,
        span: source.span(range.start..end),
    };
    Ok(if colons == 2 { Block::Leaf(directive) } else { Block::Container(directive) })
}
