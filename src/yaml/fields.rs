//! A node that is a map -> its keys, each known, and their values.

use super::line::Line;
use super::owner::{Key, Owner};
use super::read::{Mismatch, as_boolean, as_date, as_items, as_number, as_word, scalar, text};
use super::tree::{Entry, Kind, Node};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest, one_of};
use crate::source::{Sources, Span, Spanned};
use jiff::civil::Date;

/// The keys of a map, all of them known.
#[derive(Clone, Copy)]
pub struct Fields<'n> {
    entries: &'n [Entry],
    what: &'static str,
    keys: &'static [Key],
    owner: Option<Owner<'n>>,
    /// Where the map was written.
    pub span: Span,
}

/// Reads a map whose keys are among `known`; others are findings with the nearest known one. `what` is the map's
/// name in messages ("a mentor"). Keys that can be listed beforehand are those of a [`Format`](super::Format).
pub fn fields<'n>(
    node: &'n Node,
    what: &'static str,
    known: &[&str],
    found: &mut Diagnostics,
) -> Option<Fields<'n>> {
    let entries = pairs(node, what, found)?;
    unknown_keys(entries, what, known, found);
    Some(Fields::of_map(entries, what, node.span))
}

/// Finds the keys that are not known, each with the nearest that is.
pub(super) fn unknown_keys(entries: &[Entry], what: &str, known: &[&str], found: &mut Diagnostics) {
    for entry in entries.iter().filter(|entry| !known.contains(&entry.key.value.as_str())) {
        let help = one_of(&entry.key.value, known.iter().copied());
        found.push(unknown(entry, what, |name| known.contains(&name), help));
    }
}

/// Reads a map whose keys are described: findings say how the line should read.
pub fn keyed<'n>(
    node: &'n Node,
    what: &'static str,
    keys: &'static [Key],
    found: &mut Diagnostics,
) -> Option<Fields<'n>> {
    let entries = pairs(node, what, found)?;
    for entry in entries.iter().filter(|entry| !keys.iter().any(|key| key.name == entry.key.value)) {
        let help = meant_key(entry, entries, keys);
        found.push(unknown(entry, what, |name| keys.iter().any(|key| key.name == name), help));
    }
    Some(Fields { keys, ..Fields::of_map(entries, what, node.span) })
}

/// Reads a map with any keys.
pub fn pairs<'n>(node: &'n Node, what: &str, found: &mut Diagnostics) -> Option<&'n [Entry]> {
    match &node.kind {
        Kind::Map(entries) => Some(entries),
        other => {
            let message = format!("{what} is a map of keys, and here is {}", other.name());
            found.push(
                Diagnostic::new(Code::WrongType, node.span, message).help("write one `key: value` a line"),
            );
            None
        }
    }
}

/// The finding for a key that the format does not have. One that only looks like a known one has signs in it that cannot be
/// seen.
fn unknown(entry: &Entry, what: &str, is_known: impl Fn(&str) -> bool, help: String) -> Diagnostic {
    let key = &entry.key;
    let seen: String = key.value.chars().filter(|c| !is_unseen(*c)).collect();
    if seen != key.value && is_known(seen.trim()) {
        let line = line(seen.trim(), &entry.value).unwrap_or_else(|| format!("{}:", seen.trim()));
        let message =
            format!("`{}` has a sign in it that cannot be seen, such as a non-breaking space", seen.trim());
        return Diagnostic::new(Code::UnknownKey, key.span, message)
            .note("such signs come from text that is copied from a web page or a word processor")
            .help(entry.line.again(&line));
    }
    Diagnostic::new(Code::UnknownKey, key.span, format!("{what} has no key `{}`", key.value)).help(help)
}

/// Blanks that are no space, and signs without width.
fn is_unseen(c: char) -> bool {
    (c.is_whitespace() && c != ' ')
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// The key that was meant, in a line as it should read.
fn meant_key(entry: &Entry, entries: &[Entry], keys: &'static [Key]) -> String {
    let typed = &entry.key.value;
    let Some((key, is_near)) = known_for(typed, keys) else {
        return one_of(typed, keys.iter().map(|key| key.name));
    };
    let name = key.name;
    if entries.iter().any(|entry| entry.key.value == name) {
        return format!(
            "perhaps `{name}` was meant, and there is a line `{name}` already: take this one out if both say the same; if not, ask which is right"
        );
    }
    if is_near {
        return format!(
            "did you mean `{name}`? change the word `{typed}` to `{name}`, and leave the rest of the line as it is"
        );
    }
    format!(
        "perhaps `{name}` was meant: {} If this line says so, {}. If not, or if nobody knows, take the line out",
        key.about,
        match key.as_typed(&entry.value) {
            Some(value) => entry.line.changed(&format!("{name}: {value}")),
            None => key.with_openings(|line| entry.line.changed(line)),
        }
    )
}

/// The key that was probably meant by another, and whether they are nearly the same word.
fn known_for(typed: &str, keys: &'static [Key]) -> Option<(&'static Key, bool)> {
    let near = nearest(typed, keys.iter().map(|key| key.name));
    match keys.iter().find(|key| Some(key.name) == near) {
        Some(key) => Some((key, true)),
        None => {
            keys.iter().find(|key| nearest(typed, key.also.iter().copied()).is_some()).map(|key| (key, false))
        }
    }
}

/// A key with its value, where that stands on one line.
fn line(key: &str, value: &Node) -> Option<String> {
    let text = scalar(value).filter(|text| !text.is_empty() && !text.contains('\n'))?;
    Some(format!("{key}: {text}"))
}

impl<'n> Fields<'n> {
    /// A map whose keys have been looked at.
    pub(super) fn of_map(entries: &'n [Entry], what: &'static str, span: Span) -> Fields<'n> {
        Fields { entries, what, keys: &[], owner: None, span }
    }

    /// The value of a key, if it was written and is not nothing.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|entry| &entry.value).filter(|node| node.kind != Kind::Null)
    }

    /// The value of a key that may be left out, but not left empty: where nothing could be taken for yes or for no.
    pub fn filled(&self, key: &str, found: &mut Diagnostics) -> Option<&'n Node> {
        let node = self.get(key);
        if let (None, Some(span)) = (node, self.key_span(key)) {
            let line = self.key(key).map(|known| known.with_openings(|line| format!(": {line}")));
            let help =
                format!("take the line out, or write the value after the colon{}", line.unwrap_or_default());
            found.push(Diagnostic::new(Code::MissingKey, span, format!("`{key}` has no value")).help(help));
        }
        node
    }

    /// The value of a key that must be there; its absence is a finding.
    pub fn need(&self, key: &str, found: &mut Diagnostics) -> Option<&'n Node> {
        match self.key(key) {
            Some(known) => self.need_as(key, known.blank.text(), known.blank.fill(), found),
            None => self.need_as(key, "…", "", found),
        }
    }

    /// The same where more is known of what can stand there: the value of the line to add, and what goes into its openings.
    pub fn need_as(&self, key: &str, value: &str, fill: &str, found: &mut Diagnostics) -> Option<&'n Node> {
        if let Some(node) = self.get(key) {
            return Some(node);
        }
        // Of a line whose key is another word, that is told, and not that the line is missing too.
        let is_told = |entry: &Entry| {
            self.key(&entry.key.value).is_none()
                && known_for(&entry.key.value, self.keys).is_some_and(|(known, _)| known.name == key)
        };
        if self.entry(key).is_none() && self.entries.iter().any(is_told) {
            return None;
        }
        let line = format!("{key}: {value} {fill}");
        let line = line.trim_end();
        let finding = match self.entry(key) {
            Some(entry) => Diagnostic::new(Code::MissingKey, entry.key.span, format!("`{key}` has no value"))
                .help(format!("write the value after the colon: {line}")),
            None => self.absent(key, line),
        };
        found.push(finding);
        None
    }

    /// The finding for a key that is not there.
    fn absent(&self, key: &str, line: &str) -> Diagnostic {
        let Some(owner) = &self.owner else {
            let message = format!("{} needs `{key}`", self.what);
            let help = match self.entries.last().map(|entry| entry.line.indent()) {
                _ if self.keys.is_empty() => format!("add a line `{key}: …`"),
                Some(Some(_)) => format!("under its last line, and in line with it, add: {line}"),
                Some(None) => format!("before the closing brace, with a comma in front, add: {line}"),
                None => format!("between the braces, write: {line}"),
            };
            return Diagnostic::new(Code::MissingKey, self.span, message).help(help);
        };
        Diagnostic::new(Code::MissingKey, self.span, format!("{} has no `{key}`", owner.name))
            .label(owner.lines())
            .help(format!("ask if you do not know it; {} {line}", owner.place()))
    }

    /// The same map, known to be somebody's: findings name her, and where a line of hers goes.
    #[must_use]
    pub fn of(self, sources: &'n Sources, name: &'n str, is_alone: bool) -> Fields<'n> {
        Fields { owner: Owner::of(sources, self.span, self.entries, name, is_alone), ..self }
    }

    /// Whose it is, where that is known.
    pub fn whose(&self) -> &'n str {
        self.owner.map_or("", |owner| owner.name)
    }

    /// A key that is written, as it stands.
    fn entry(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key.value == key)
    }

    /// How a key stands on its line.
    pub fn line(&self, key: &str) -> Line {
        self.entry(key).map_or(Line::Part, |entry| entry.line)
    }

    /// What to do so that the line of a key has this value.
    pub fn change(&self, key: &str, value: &str) -> String {
        self.line(key).changed(&format!("{key}: {value}"))
    }

    /// Where a key was written, if it was.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.entry(key).map(|entry| entry.key.span)
    }

    /// What is known of a key, where keys are described.
    fn key(&self, key: &str) -> Option<&'static Key> {
        self.keys.iter().find(|known| known.name == key)
    }

    fn told<T>(&self, key: &str, read: Result<T, Mismatch>, found: &mut Diagnostics) -> Option<T> {
        read.map_err(|mismatch| found.push(mismatch.at_key(key, self.line(key)))).ok()
    }

    /// The whole number of a key.
    pub fn number(&self, key: &str, found: &mut Diagnostics) -> Option<Spanned<u32>> {
        let node = self.get(key)?;
        Some(Spanned::new(self.told(key, as_number(node), found)?, node.span))
    }

    /// The date of a key.
    pub fn date(&self, key: &str, found: &mut Diagnostics) -> Option<Spanned<Date>> {
        let node = self.get(key)?;
        Some(Spanned::new(self.told(key, as_date(node), found)?, node.span))
    }

    /// The `true` or `false` of a key.
    pub fn boolean(&self, key: &str, found: &mut Diagnostics) -> Option<bool> {
        self.told(key, as_boolean(self.get(key)?), found)
    }

    /// The word of a key, one of a closed list; `what` is what such a word is called ("a status").
    pub fn word<T: Copy>(
        &self,
        key: &str,
        what: &str,
        words: &[(&str, T)],
        found: &mut Diagnostics,
    ) -> Option<T> {
        let typed = text(self.get(key)?, found)?;
        self.told(key, as_word(&typed, what, words), found)
    }

    /// The items of a key's list; `meant` knows which item each word of something else was meant to be.
    pub fn list(
        &self,
        key: &str,
        meant: impl Fn(&str) -> Option<String>,
        found: &mut Diagnostics,
    ) -> &'n [Node] {
        let Some(node) = self.get(key) else { return &[] };
        self.told(key, as_items(node, meant), found).unwrap_or_default()
    }

    /// The map of a key.
    pub fn map(
        &self,
        key: &str,
        what: &'static str,
        keys: &'static [Key],
        found: &mut Diagnostics,
    ) -> Option<Fields<'n>> {
        let node = self.get(key)?;
        if let (Kind::Scalar { .. } | Kind::List(_), Some(known)) = (&node.kind, self.key(key)) {
            let message = format!("{what} is a map of keys, and here is {}", node.kind.name());
            found.push(
                Diagnostic::new(Code::WrongType, node.span, message)
                    .help(known.with_openings(|line| self.line(key).changed(line))),
            );
            return None;
        }
        keyed(node, what, keys, found)
    }
}
