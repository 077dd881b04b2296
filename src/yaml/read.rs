//! Nodes -> values of the types that are due, each mismatch a finding that says what to type.

use super::day;
use super::line::Line;
use super::tree::{Kind, Node};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest, one_of};
use crate::language::{Language, Localised};
use crate::path::is_id;
use crate::source::{Span, Spanned};
use jiff::civil::Date;
use std::collections::BTreeMap;

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
        // What findings print for a value that is to be found out is none.
        Kind::Scalar { text, plain: true } if text == "…" => {
            wrong(node, found, "… stands for what is to be written here".into())
                .help("write what is true in place of …; ask if you do not know it");
            None
        }
        Kind::Scalar { text, .. } => Some(Spanned::new(text.trim().to_owned(), node.span)),
        Kind::Null => {
            // The place is as long as what was written: `~`, `null`, or nothing.
            let (what, way) = match node.span.range().len() {
                0 => ("nothing is written", "if there is nothing, delete the line, or the hyphen"),
                1 => ("`~` means nothing", "if there is nothing, delete `~`, with its comma or hyphen"),
                _ => (
                    "`null` means nothing",
                    "if there is nothing, delete `null`, with its comma or hyphen; the word itself goes in quotes",
                ),
            };
            wrong(node, found, format!("a text is due here, and {what}"))
                .help(format!("write what was meant; {way}"));
            None
        }
        Kind::List(items) => {
            let help = match &items[..] {
                [item] if scalar(item).is_some() => {
                    format!("write it without brackets and hyphens: {}", scalar(item).unwrap_or_default())
                }
                _ => "only one can stand here. Ask which is right (about a person, ask her), and write it alone, without brackets and hyphens".to_owned(),
            };
            wrong(node, found, "a text is due here, and this is a list".into()).help(help);
            None
        }
        other => {
            wrong(node, found, format!("a text is due here, and this is {}", other.name()))
                .help("if the text has a colon in it, put the whole text in quotes");
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

/// What stands where a value is due, and the way out.
pub(super) struct Mismatch {
    finding: Box<Diagnostic>,
    /// What to do, where the key is not known or nobody can tell what was meant.
    help: String,
    /// The values that may have been meant, each behind the words that say when.
    meant: Vec<(String, String)>,
    /// What to do if it was none of these.
    otherwise: &'static str,
}

impl Mismatch {
    fn new(finding: Diagnostic, help: impl Into<String>, meant: Option<String>) -> Mismatch {
        let meant = meant.map(|value| (String::new(), value)).into_iter().collect();
        Mismatch { finding: Box::new(finding), help: help.into(), meant, otherwise: "" }
    }

    fn wrong(node: &Node, message: String, help: impl Into<String>, meant: Option<String>) -> Mismatch {
        Mismatch::new(Diagnostic::new(Code::WrongType, node.span, message), help, meant)
    }

    /// The finding, with what to do.
    pub(super) fn finding(self) -> Diagnostic {
        let help = match self.meant.iter().all(|(when, _)| when.is_empty()) {
            true => self.help,
            false => told_of(&self.meant, self.otherwise, |value| format!("write {value}")),
        };
        (*self.finding).help(help)
    }

    /// The finding, with the line as it should read.
    pub(super) fn at_key(self, key: &str, line: Line) -> Diagnostic {
        let help = match self.meant.is_empty() {
            true => self.help,
            false => told_of(&self.meant, self.otherwise, |value| line.changed(&format!("{key}: {value}"))),
        };
        (*self.finding).help(help)
    }
}

/// Each value that may have been meant, when, and what else to do.
fn told_of(meant: &[(String, String)], otherwise: &str, told: impl Fn(&str) -> String) -> String {
    let each: Vec<String> = meant.iter().map(|(when, value)| format!("{when}{}", told(value))).collect();
    format!("{}{otherwise}", each.join("; "))
}

/// The value, or `None` and a finding.
fn told<T>(read: Result<T, Mismatch>, found: &mut Diagnostics) -> Option<T> {
    read.map_err(|mismatch| found.push(mismatch.finding())).ok()
}

/// `true` or `false`, and no other spelling.
pub fn boolean(node: &Node, found: &mut Diagnostics) -> Option<bool> {
    told(as_boolean(node), found)
}

pub(super) fn as_boolean(node: &Node) -> Result<bool, Mismatch> {
    match &node.kind {
        Kind::Scalar { text, plain: true } if text == "true" => Ok(true),
        Kind::Scalar { text, plain: true } if text == "false" => Ok(false),
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
            Err(Mismatch::wrong(node, message, help, meant.map(str::to_owned)))
        }
    }
}

/// A whole number from 0 up, in digits.
pub fn number(node: &Node, found: &mut Diagnostics) -> Option<u32> {
    told(as_number(node), found)
}

pub(super) fn as_number(node: &Node) -> Result<u32, Mismatch> {
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
        return Ok(value);
    }
    let is_quoted = !plain && !typed.is_empty() && typed.bytes().all(|b| b.is_ascii_digit());
    let message = match &node.kind {
        Kind::Scalar { .. } if is_quoted => {
            format!("a number is written without quotes, and this is the text \"{typed}\"")
        }
        Kind::Scalar { .. } => format!("a whole number is due here, not `{typed}`"),
        other => format!("a whole number is due here, and this is {}", other.name()),
    };
    let (help, meant) = if let Some(value) = WORDS.iter().position(|word| typed.eq_ignore_ascii_case(word)) {
        (format!("write {value}"), Some(value.to_string()))
    } else if is_quoted {
        (format!("write {typed} without quotes"), Some(typed.to_owned()))
    } else {
        (
            "write the number in digits, without quotes, sign or decimals; ask if you do not know it"
                .to_owned(),
            None,
        )
    };
    Err(Mismatch::wrong(node, message, help, meant))
}

/// A day of the calendar, `YYYY-MM-DD`.
pub fn date(node: &Node, found: &mut Diagnostics) -> Option<Date> {
    told(as_date(node), found)
}

pub(super) fn as_date(node: &Node) -> Result<Date, Mismatch> {
    let typed = match &node.kind {
        Kind::Scalar { text, .. } => text.trim(),
        other => {
            let message = format!("a date is due here, and this is {}", other.name());
            return Err(Mismatch::wrong(node, message, day::WAY, None));
        }
    };
    read_day(typed).ok_or_else(|| {
        let finding = Diagnostic::new(Code::BadDate, node.span, format!("`{typed}` is not a date"));
        match day::meant(typed) {
            Ok(meant) => Mismatch {
                finding: Box::new(finding),
                help: format!(
                    "write {}",
                    meant.days.first().map(|(_, day)| day.to_string()).unwrap_or_default()
                ),
                meant: meant.days.into_iter().map(|(when, day)| (when, day.to_string())).collect(),
                otherwise: meant.otherwise,
            },
            Err(help) => Mismatch::new(finding, help, None),
        }
    })
}

fn read_day(typed: &str) -> Option<Date> {
    let shaped = typed.len() == 10
        && typed
            .bytes()
            .enumerate()
            .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    shaped.then(|| typed.parse().ok()).flatten()
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
            .help("write a day (YYYY-MM-DD) or a month (YYYY-MM)"),
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
    told(as_word(&typed, what, words), found)
}

pub(super) fn as_word<T: Copy>(
    typed: &Spanned<String>,
    what: &str,
    words: &[(&str, T)],
) -> Result<T, Mismatch> {
    if let Some((_, value)) = words.iter().find(|(name, _)| *name == typed.value) {
        return Ok(*value);
    }
    let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
    let meant = nearest(&typed.value, names.iter().copied());
    let help = match meant {
        Some(near) => format!("did you mean `{near}`?"),
        None => one_of(&typed.value, names.iter().copied()),
    };
    let finding = Diagnostic::new(Code::UnknownValue, typed.span, format!("`{}` is not {what}", typed.value));
    Err(Mismatch::new(finding, help, meant.map(str::to_owned)))
}

/// The items of a list; a single value is a finding that says how a list is written.
pub fn items<'n>(node: &'n Node, found: &mut Diagnostics) -> &'n [Node] {
    told(as_items(node, |word| Some(word.to_owned())), found).unwrap_or_default()
}

/// The items of a list; `meant` knows which item each word of something else was meant to be.
pub(super) fn as_items(node: &Node, meant: impl Fn(&str) -> Option<String>) -> Result<&[Node], Mismatch> {
    let list = |words: &[&str]| {
        let items: Option<Vec<String>> = words.iter().map(|word| meant(word)).collect();
        items.filter(|items| !items.is_empty()).map(|items| format!("[{}]", items.join(", ")))
    };
    match &node.kind {
        Kind::List(items) => Ok(items),
        Kind::Scalar { text, .. } => {
            let message = "a list is due here, and this is a text".into();
            let help = format!("write it in brackets: [{text}]");
            let words = words(text);
            let as_typed = || Some(format!("[{}]", words.join(", ")));
            Err(Mismatch::wrong(node, message, help, list(&words).or_else(as_typed)))
        }
        other => {
            let message = format!("a list is due here, and this is {}", other.name());
            let keys: Vec<&str> = match other {
                Kind::Map(entries) => entries.iter().map(|entry| entry.key.value.as_str()).collect(),
                _ => Vec::new(),
            };
            Err(Mismatch::wrong(node, message, "write one `- item` a line", list(&keys)))
        }
    }
}

/// "Grants, promotion and leadership" in its parts.
fn words(text: &str) -> Vec<&str> {
    text.split([',', ';', '/', '&', '\n'])
        .flat_map(|part| part.split(" and "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// One text or a list of texts, each with its place.
pub fn one_or_more(node: &Node, found: &mut Diagnostics) -> Vec<Spanned<String>> {
    let one = std::slice::from_ref(node);
    let all = if matches!(node.kind, Kind::List(_)) { items(node, found) } else { one };
    all.iter().filter_map(|item| text(item, found)).collect()
}

/// The same without places.
pub fn texts(node: &Node, found: &mut Diagnostics) -> Vec<String> {
    one_or_more(node, found).into_iter().map(|text| text.value).collect()
}
