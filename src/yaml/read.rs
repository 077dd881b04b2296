//! Nodes -> values of the types that are due, each mismatch a finding that says what to type.

use super::tree::{Entry, Kind, Node};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest, one_of};
use crate::language::{Language, Localised};
use crate::path::is_id;
use crate::source::{Span, Spanned};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The keys of a map, all of them known.
#[derive(Clone, Copy)]
pub struct Fields<'n> {
    entries: &'n [Entry],
    what: &'static str,
    /// Where the map was written.
    pub span: Span,
}

/// Reads a map whose keys are among `known`; others are findings with the nearest known one. `what` is the map's
/// name in messages ("a mentor").
pub fn fields<'n>(
    node: &'n Node,
    what: &'static str,
    known: &[&str],
    found: &mut Diagnostics,
) -> Option<Fields<'n>> {
    let entries = pairs(node, what, found)?;
    for entry in entries.iter().filter(|entry| !known.contains(&entry.key.value.as_str())) {
        let key = &entry.key;
        found.push(
            Diagnostic::new(Code::UnknownKey, key.span, format!("{what} has no key `{}`", key.value))
                .help(one_of(&key.value, known.iter().copied())),
        );
    }
    Some(Fields { entries, what, span: node.span })
}

/// Reads a map with any keys.
pub fn pairs<'n>(node: &'n Node, what: &str, found: &mut Diagnostics) -> Option<&'n [Entry]> {
    match &node.kind {
        Kind::Map(entries) => Some(entries),
        other => {
            wrong(node, found, format!("{what} is a map of keys, and here is {}", other.name()))
                .help("write one `key: value` a line");
            None
        }
    }
}

impl<'n> Fields<'n> {
    /// The value of a key, if it was written and is not nothing.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries
            .iter()
            .find(|entry| entry.key.value == key)
            .map(|entry| &entry.value)
            .filter(|node| node.kind != Kind::Null)
    }

    /// The value of a key that may be left out, but not left empty: where nothing could be taken for yes or for no.
    pub fn filled(&self, key: &str, found: &mut Diagnostics) -> Option<&'n Node> {
        let node = self.get(key);
        if let (None, Some(span)) = (node, self.key_span(key)) {
            found.push(
                Diagnostic::new(Code::MissingKey, span, format!("`{key}` has no value"))
                    .help("write the value after the colon, or take the line out"),
            );
        }
        node
    }

    /// The value of a key that must be there; its absence is a finding.
    pub fn need(&self, key: &str, found: &mut Diagnostics) -> Option<&'n Node> {
        let node = self.get(key);
        if node.is_none() {
            let empty = self.entries.iter().find(|entry| entry.key.value == key);
            let (span, message) = match empty {
                Some(entry) => (entry.key.span, format!("`{key}` has no value")),
                None => (self.span, format!("{} needs `{key}`", self.what)),
            };
            let line = if empty.is_some() {
                "write the value after the colon".to_owned()
            } else {
                format!("add a line `{key}: …`")
            };
            found.push(Diagnostic::new(Code::MissingKey, span, message).help(line));
        }
        node
    }

    /// Where a key was written, if it was.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.entries.iter().find(|entry| entry.key.value == key).map(|entry| entry.key.span)
    }
}

/// Adds a finding of a wrong type; the return value takes the help.
fn wrong<'f>(node: &Node, found: &'f mut Diagnostics, message: String) -> Help<'f> {
    Help { finding: Some(Diagnostic::new(Code::WrongType, node.span, message)), found }
}

struct Help<'f> {
    finding: Option<Diagnostic>,
    found: &'f mut Diagnostics,
}

impl Help<'_> {
    fn help(mut self, help: impl Into<String>) {
        if let Some(finding) = self.finding.take() {
            self.found.push(finding.help(help));
        }
    }
}

/// The text of a scalar as it was written, without a finding where it is none.
pub fn scalar(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

/// A text.
pub fn text(node: &Node, found: &mut Diagnostics) -> Option<Spanned<String>> {
    match &node.kind {
        Kind::Scalar { text, .. } => Some(Spanned::new(text.trim().to_owned(), node.span)),
        Kind::Null => {
            wrong(node, found, "a text is due here, and nothing was written".into())
                .help("write the text, in quotes if it is the word null");
            None
        }
        other => {
            let hint = match other {
                Kind::List(_) => "take away the hyphens or brackets; one text is due",
                _ => "if the text has a colon in it, put the whole text in quotes",
            };
            wrong(node, found, format!("a text is due here, and this is {}", other.name())).help(hint);
            None
        }
    }
}

/// A text, or a map of texts by language.
pub fn localised(node: &Node, found: &mut Diagnostics) -> Option<Localised<Spanned<String>>> {
    let Kind::Map(entries) = &node.kind else { return text(node, found).map(Localised::everywhere) };
    let mut by = BTreeMap::new();
    for entry in entries {
        let Some(language) = Language::read(&entry.key.value) else {
            let key = &entry.key;
            found.push(
                Diagnostic::new(Code::UnknownValue, key.span, format!("`{}` is not a language code", key.value))
                    .help("a text is written as it is, or by language: {en: …, cy: …}; a text with a colon in it goes in quotes"),
            );
            continue;
        };
        if let Some(value) = text(&entry.value, found) {
            by.insert(language, value);
        }
    }
    Localised::by_language(by)
}

/// `true` or `false`, and no other spelling.
pub fn boolean(node: &Node, found: &mut Diagnostics) -> Option<bool> {
    match &node.kind {
        Kind::Scalar { text, plain: true } if text == "true" => Some(true),
        Kind::Scalar { text, plain: true } if text == "false" => Some(false),
        other => {
            let typed = scalar(node).unwrap_or_default();
            let meant = match typed.to_lowercase().as_str() {
                "yes" | "y" | "on" | "true" | "1" => Some("true"),
                "no" | "n" | "off" | "false" | "0" => Some("false"),
                _ => None,
            };
            let message = match other {
                Kind::Scalar { .. } => format!("`true` or `false` is due here, not `{typed}`"),
                _ => format!("`true` or `false` is due here, and this is {}", other.name()),
            };
            let help = meant.map_or("write true or false, without quotes".to_owned(), |word| {
                format!("write {word}, without quotes")
            });
            wrong(node, found, message).help(help);
            None
        }
    }
}

/// A whole number from 0 up, in digits.
pub fn number(node: &Node, found: &mut Diagnostics) -> Option<u32> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let typed = scalar(node).unwrap_or_default();
    let plain = matches!(&node.kind, Kind::Scalar { plain: true, .. });
    if plain
        && !typed.is_empty()
        && typed.bytes().all(|b| b.is_ascii_digit())
        && (typed == "0" || !typed.starts_with('0'))
        && let Ok(value) = typed.parse()
    {
        return Some(value);
    }
    let message = match &node.kind {
        Kind::Scalar { .. } => format!("a whole number is due here, not `{typed}`"),
        other => format!("a whole number is due here, and this is {}", other.name()),
    };
    let help = if let Some(value) = WORDS.iter().position(|word| typed.eq_ignore_ascii_case(word)) {
        format!("write {value}")
    } else if !plain && !typed.is_empty() && typed.bytes().all(|b| b.is_ascii_digit()) {
        format!("write {typed} without quotes")
    } else {
        "write it in digits, without quotes, sign or decimals".to_owned()
    };
    wrong(node, found, message).help(help);
    None
}

/// A day of the calendar, `YYYY-MM-DD`.
pub fn date(node: &Node, found: &mut Diagnostics) -> Option<Date> {
    let typed = match &node.kind {
        Kind::Scalar { text, .. } => text.trim(),
        other => {
            wrong(node, found, format!("a date is due here, and this is {}", other.name()))
                .help("write year, month and day: 2027-01-10");
            return None;
        }
    };
    if let Some(date) = read_day(typed) {
        return Some(date);
    }
    found.push(
        Diagnostic::new(Code::BadDate, node.span, format!("`{typed}` is not a date")).help(date_help(typed)),
    );
    None
}

fn read_day(typed: &str) -> Option<Date> {
    let shaped = typed.len() == 10
        && typed
            .bytes()
            .enumerate()
            .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    shaped.then(|| typed.parse().ok()).flatten()
}

fn date_help(typed: &str) -> String {
    let numbers: Vec<i16> = typed.split(['/', '.', '-', ' ']).filter_map(|part| part.parse().ok()).collect();
    if let [day, month, year] = numbers[..]
        && year >= 1000
    {
        let iso = |day: i16, month: i16| Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok();
        match (iso(day, month), iso(month, day)) {
            (Some(first), Some(second)) if first != second => {
                return format!("write the year first: {first} (day first) or {second} (month first)");
            }
            (Some(date), _) | (None, Some(date)) => return format!("write the year first: {date}"),
            (None, None) => {}
        }
    }
    "write year, month and day with hyphens: 2027-01-10; is the day in the calendar?".to_owned()
}

/// A day or a whole month (`2023-07`), as written; the text is checked, and kept.
pub fn day_or_month(node: &Node, found: &mut Diagnostics) -> Option<Spanned<String>> {
    let typed = text(node, found)?;
    let month = typed.value.len() == 7 && read_day(&format!("{}-01", typed.value)).is_some();
    if month || read_day(&typed.value).is_some() {
        return Some(typed);
    }
    found.push(
        Diagnostic::new(Code::BadDate, typed.span, format!("`{}` is neither a day nor a month", typed.value))
            .help("write a day (2023-07-14) or a month (2023-07)"),
    );
    None
}

/// An id: what may stand in an address.
pub fn id(node: &Node, found: &mut Diagnostics) -> Option<Spanned<String>> {
    let typed = text(node, found)?;
    if is_id(&typed.value) {
        return Some(typed);
    }
    found.push(bad_id(&typed.value, typed.span));
    None
}

/// The finding for a text that is not an id.
pub fn bad_id(typed: &str, span: Span) -> Diagnostic {
    let mended: String = typed
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' { c } else { '-' })
        .collect();
    let mended = mended.trim_matches('-');
    let help = if is_id(mended) {
        format!("write `{mended}`")
    } else {
        "use lower-case letters, digits, - and _".to_owned()
    };
    Diagnostic::new(Code::BadId, span, format!("`{typed}` cannot be an id: it would stand in an address"))
        .help(help)
}

/// One of a closed list of words.
pub fn word<T: Copy>(node: &Node, what: &str, words: &[(&str, T)], found: &mut Diagnostics) -> Option<T> {
    let typed = text(node, found)?;
    if let Some((_, value)) = words.iter().find(|(name, _)| *name == typed.value) {
        return Some(*value);
    }
    let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
    let help = match nearest(&typed.value, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => one_of(&typed.value, names.iter().copied()),
    };
    found.push(
        Diagnostic::new(Code::UnknownValue, typed.span, format!("`{}` is not {what}", typed.value))
            .help(help),
    );
    None
}

/// The items of a list; a single value is a finding that says how a list is written.
pub fn items<'n>(node: &'n Node, found: &mut Diagnostics) -> &'n [Node] {
    match &node.kind {
        Kind::List(items) => items,
        Kind::Scalar { text, .. } => {
            wrong(node, found, "a list is due here, and this is a text".into())
                .help(format!("write it in brackets: [{text}]"));
            &[]
        }
        other => {
            wrong(node, found, format!("a list is due here, and this is {}", other.name()))
                .help("write one `- item` a line");
            &[]
        }
    }
}

/// A text or a list of texts.
pub fn texts(node: &Node, found: &mut Diagnostics) -> Vec<String> {
    match node.kind {
        Kind::List(_) => {
            items(node, found).iter().filter_map(|item| text(item, found)).map(|text| text.value).collect()
        }
        _ => text(node, found).map(|text| text.value).into_iter().collect(),
    }
}
