//! The event stream of the YAML package -> [`Node`]s.

use super::line::{CURLY, Line, instead, quoted};
use super::syntax;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Sources, Span, Spanned};
use granit_parser::{Event, Parser, ScalarStyle};
use std::collections::HashMap;
use std::ops::Range;

/// The deepest nesting of lists and maps, and the largest number of nodes, that one file may have.
const MAX_DEPTH: usize = 32;
const MAX_NODES: usize = 1_000_000;
/// So many keys are compared one by one sooner than looked up.
const FEW: usize = 32;

/// A value with its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// Where it was written.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a node is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Nothing, `~` or `null`.
    Null,
    /// A text as written; `plain` if it stood without quotes and not as a block.
    Scalar {
        /// The text.
        text: String,
        /// Written without quotes.
        plain: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order written, each key once.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The key.
    pub key: Spanned<String>,
    /// The value.
    pub value: Node,
    /// How the two stand on their line.
    pub line: Line,
}

impl Kind {
    /// What it is called in messages.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Null => "nothing",
            Kind::Scalar { .. } => "a text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map of keys",
        }
    }
}

/// A list or map whose end has not been read yet.
enum Open {
    List {
        start: usize,
        items: Vec<Node>,
    },
    Map {
        start: usize,
        entries: Vec<Entry>,
        seen: HashMap<String, Span>,
        key: Option<Spanned<String>>,
        /// The lines of another entry follow, whose hyphen is missing.
        is_two: bool,
    },
}

/// Reads a part of a file (the whole, or front matter) as one YAML document. `None` where it is empty or its
/// syntax is broken; the latter is reported, as are duplicate keys and anchors.
pub fn parse(sources: &Sources, file: FileId, range: Range<usize>, found: &mut Diagnostics) -> Option<Node> {
    let text = &sources.file(file).text[range.clone()];
    let mut builder =
        Builder { text, file, offset: range.start, open: Vec::new(), root: None, found, nodes: 0 };
    builder.run();
    builder.root
}

struct Builder<'a> {
    text: &'a str,
    file: FileId,
    offset: usize,
    open: Vec<Open>,
    root: Option<Node>,
    found: &'a mut Diagnostics,
    nodes: usize,
}

impl Builder<'_> {
    fn run(&mut self) {
        let options = granit_parser::options! {
            emit_unresolved_aliases: true,
            flow_nesting_limit: MAX_DEPTH + 1,
            block_nesting_limit: MAX_DEPTH + 1,
        };
        let mut documents = 0;
        for event in Parser::new_from_str_with_options(self.text, options) {
            let (event, place) = match event {
                Ok(event) => event,
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or(0).min(self.text.len());
                    self.found.push(syntax::explain(
                        self.text,
                        self.offset,
                        self.file,
                        at,
                        error.kind(),
                        &error.info(),
                    ));
                    self.root = None;
                    return;
                }
            };
            let range = place.byte_range().unwrap_or(0..0);
            let range = range.start.min(self.text.len())..range.end.min(self.text.len());
            let here = self.span(range.clone());
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        let finding =
                            Diagnostic::new(Code::YamlSyntax, here, "a second document begins here")
                                .help("a line of three hyphens ends the first document: take it out");
                        self.found.push(finding);
                        return;
                    }
                }
                Event::Scalar(text, style, anchor, _) => {
                    self.refuse_anchor(anchor, &range);
                    let plain = style == ScalarStyle::Plain;
                    if plain {
                        self.look_at_plain(&text, &range);
                    }
                    let kind = if plain && matches!(&*text, "" | "~" | "null") {
                        Kind::Null
                    } else {
                        Kind::Scalar { text: text.into_owned(), plain }
                    };
                    self.put(kind, range);
                }
                Event::Alias(_) | Event::UnresolvedAlias(_) => {
                    let rest = self.text[range.end..].lines().next().unwrap_or_default().trim_start();
                    // With more behind it, it is a text, and a broken one: that is told when it breaks.
                    if rest.is_empty() || rest.starts_with(['#', ',', ']', '}']) {
                        self.anchor_finding(&range, "an alias (`*`)");
                    }
                    self.put(Kind::Null, range);
                }
                Event::SequenceStart(_, anchor, _) => {
                    self.refuse_anchor(anchor, &range);
                    self.open.push(Open::List { start: range.start, items: Vec::new() });
                }
                Event::MappingStart(_, anchor, _) => {
                    self.refuse_anchor(anchor, &range);
                    self.open.push(Open::Map {
                        start: range.start,
                        entries: Vec::new(),
                        seen: HashMap::new(),
                        key: None,
                        is_two: false,
                    });
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(range.end),
                _ => {}
            }
            if self.open.len() > MAX_DEPTH || self.nodes > MAX_NODES {
                let what = if self.open.len() > MAX_DEPTH { "levels inside one another" } else { "values" };
                let limit = if self.open.len() > MAX_DEPTH { MAX_DEPTH } else { MAX_NODES };
                let finding =
                    Diagnostic::new(Code::NestingTooDeep, here, format!("more than {limit} {what}"))
                        .help("no file of a site needs that many; something was pasted here by mistake");
                self.found.push(finding);
                self.root = None;
                return;
            }
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start + self.offset..range.end + self.offset)
    }

    fn refuse_anchor(&mut self, anchor: usize, range: &Range<usize>) {
        if anchor != 0 {
            // The place given is the value's; the anchor stands before it.
            let start = self.text[..range.start].rfind('&').unwrap_or(range.start);
            let name =
                self.text[start..].find(|c: char| c.is_whitespace()).map_or(range.end, |end| start + end);
            self.anchor_finding(&(start..name), "an anchor (`&`)");
        }
    }

    fn anchor_finding(&mut self, range: &Range<usize>, what: &str) {
        let line = self.text[range.start..].lines().next().unwrap_or_default();
        let end = match line.starts_with('&') {
            true => range.start + line.trim_end().len(),
            false => range.end,
        };
        let finding = Diagnostic::new(
            Code::Anchor,
            self.span(range.clone()),
            format!("{what} is not used in these files"),
        )
        .help(format!(
            "write the value out where it is needed; a text that begins with `&` or `*` needs quotes: {}",
            instead(self.text, range, &quoted(&self.text[range.start..end]))
        ));
        self.found.push(finding);
    }

    /// Texts without quotes that YAML reads otherwise than they were meant.
    fn look_at_plain(&mut self, value: &str, range: &Range<usize>) {
        let rest = &self.text[range.end..];
        // Only the line of a comment is worth looking for the end of.
        let is_comment = rest.trim_start_matches([' ', '\t']).starts_with('#');
        let rest = if is_comment { rest.lines().next().unwrap_or_default() } else { "" };
        if let Some(comment) = rest.trim_start().strip_prefix('#')
            && !comment.is_empty()
            && !comment.starts_with([' ', '\t', '#', '!'])
            && !value.is_empty()
        {
            let end = range.end + rest.len();
            let note = rest.trim();
            let whole = format!("{value} {note}");
            let inner = whole.trim_matches(CURLY);
            let line = instead(self.text, range, &quoted(inner));
            let help = match inner == whole {
                true => format!(
                    "{line}; without the quotes \"{note}\" will not appear. Or delete \"{note}\" if it was your own note"
                ),
                false => {
                    format!("{line}; the quotes there now are those of a word processor, and do not count")
                }
            };
            let message = "everything from ` #` on would be lost: it begins a comment";
            self.found
                .push(Diagnostic::new(Code::CutByHash, self.span(range.start..end), message).help(help));
        }
        if value.contains('\t')
            && let Some(tab) = self.text[range.clone()].find('\t')
        {
            let tab = range.start + tab;
            let finding = Diagnostic::new(
                Code::TabIndentation,
                self.span(tab..tab + 1),
                "a tab (a wide space that the Tab key types) stands inside this text",
            )
            .help(format!(
                "type a space in its place: {}",
                instead(self.text, range, &value.replace('\t', " "))
            ));
            self.found.push(finding);
        }
        if value.starts_with(CURLY) && value.ends_with(CURLY) && value.chars().count() > 1 {
            let inner = value.trim_matches(CURLY);
            let finding = Diagnostic::new(
                Code::CurlyQuotes,
                self.span(range.clone()),
                "these are the curly quotes of a word processor, not quotes",
            )
            .help(format!("type straight quotes: {}", instead(self.text, range, &quoted(inner))));
            self.found.push(finding);
        }
    }

    fn put(&mut self, kind: Kind, range: Range<usize>) {
        let end = range.end;
        let node = Node { span: self.span(range), kind };
        self.nodes += 1;
        match self.open.last_mut() {
            None => self.root = self.root.take().or(Some(node)),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, seen, key, is_two, .. }) => match key.take() {
                None => match node.kind {
                    Kind::Scalar { text, .. } => *key = Some(Spanned::new(text, node.span)),
                    Kind::Null => *key = Some(Spanned::new("null".to_owned(), node.span)),
                    Kind::List(_) | Kind::Map(_) => {
                        let finding = Diagnostic::new(
                            Code::YamlSyntax,
                            node.span,
                            format!("{} cannot be a key", node.kind.name()),
                        )
                        .help("write a single word before the colon");
                        self.found.push(finding);
                        *key = Some(Spanned::new(String::new(), node.span));
                    }
                },
                Some(name) => {
                    let first = if entries.len() <= FEW {
                        entries.iter().find(|entry| entry.key.value == name.value).map(|entry| entry.key.span)
                    } else {
                        if seen.is_empty() {
                            seen.extend(
                                entries.iter().map(|entry| (entry.key.value.clone(), entry.key.span)),
                            );
                        }
                        seen.get(&name.value).copied()
                    };
                    let line = Line::of(self.text, name.span.range().start - self.offset, end);
                    let is_first = entries.first().is_some_and(|entry| {
                        entry.key.value == name.value && matches!(entry.line, Line::Hyphen(_))
                    });
                    if first.is_some() && *is_two {
                        // Told once: what follows is the other's.
                    } else if let Some(first) = first
                        && is_first
                        && matches!(line, Line::Whole(_))
                    {
                        *is_two = true;
                        self.found.push(no_hyphen(self.text, self.offset, &name, first));
                    } else if let Some(first) = first {
                        let finding = Diagnostic::new(
                            Code::DuplicateKey,
                            name.span,
                            format!("`{}` is written twice", name.value),
                        )
                        .related(first, "first here")
                        .help(which(entries, first, &node));
                        self.found.push(finding);
                    } else {
                        if !seen.is_empty() {
                            seen.insert(name.value.clone(), name.span);
                        }
                        entries.push(Entry { key: name, value: node, line });
                    }
                }
            },
        }
    }

    fn close(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        match open {
            Open::List { start, items } => self.put(Kind::List(items), start..end.max(start)),
            Open::Map { start, entries, .. } => self.put(Kind::Map(entries), start..end.max(start)),
        }
    }
}

/// What to do with two lines of one key.
fn which(entries: &[Entry], first: Span, second: &Node) -> &'static str {
    let first = entries.iter().find(|entry| entry.key.span == first);
    let is_same = matches!((first.map(|entry| &entry.value.kind), &second.kind),
        (Some(Kind::Scalar { text: a, .. }), Kind::Scalar { text: b, .. }) if a == b);
    match is_same {
        true => "both say the same: delete one of the two lines",
        false => {
            "only one can stand. Ask which is right (about a person, ask her), and delete the other line"
        }
    }
}

/// The finding for an entry of a list that begins without its hyphen, and so goes on with the one above it.
fn no_hyphen(text: &str, offset: usize, key: &Spanned<String>, first: Span) -> Diagnostic {
    let line = text[key.span.range().start - offset..].lines().next().unwrap_or_default().trim_end();
    let message = format!("a second `{}` in one entry of the list", key.value);
    Diagnostic::new(Code::DuplicateKey, key.span, message).related(first, "first here").help(format!(
        "if another one begins here (another person), change the whole line to: - {line}. If not, ask which of the two is right, and delete the other line"
    ))
}
