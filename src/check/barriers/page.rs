//! A page's bytes -> what keeps somebody from using it: nobody can name it, follow it, or reach it with a keyboard.
//!
//! Pages share pieces (`Bytes`). A piece that opens and closes what it has is looked at once, and what was learnt of it is
//! taken over by every page it stands on.

use super::Barrier;
use crate::html::{Attribute, Token, decode, tokens};
use crate::language::Language;
use crate::output::OutputFile;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// Elements that hold nothing.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
/// Attributes that name other elements of the page by their ids.
const REFERENCES: [&str; 5] = ["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"];
/// Kinds of input that say themselves what they do, or are not shown.
const NEEDLESS: [&str; 5] = ["hidden", "submit", "reset", "button", "image"];

/// A barrier, with the tag that makes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Found {
    pub(super) barrier: Barrier,
    /// From `<` to before `>`.
    pub(super) tag: String,
}

/// Pieces looked at before this page; nothing is known of one that does not close what it opens.
#[derive(Default)]
pub(super) struct Known<'o>(HashMap<*const u8, Option<Has<'o>>>);

/// What a page or a piece of one has.
#[derive(Clone, Default, Debug)]
struct Has<'t> {
    found: Vec<Found>,
    /// Levels, in order.
    headings: Vec<(u8, &'t str)>,
    ids: Vec<Cow<'t, str>>,
    /// Attribute, id and tag.
    references: Vec<(&'static str, String, &'t str)>,
    /// Fields without a name of their own: their id and tag.
    fields: Vec<(Option<Cow<'t, str>>, &'t str)>,
    mains: usize,
    titles: usize,
    /// Whether there is anything to be read aloud.
    has_words: bool,
}

impl<'t> Has<'t> {
    fn add(&mut self, more: &Has<'t>) {
        self.found.extend(more.found.iter().cloned());
        self.headings.extend(more.headings.iter().copied());
        self.ids.extend(more.ids.iter().cloned());
        self.references.extend(more.references.iter().cloned());
        self.fields.extend(more.fields.iter().cloned());
        self.mains += more.mains;
        self.titles += more.titles;
    }
}

/// Whether an element is one of these.
fn is_one(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether a text has anything to be read: of most the first byte tells.
fn is_read(text: &str) -> bool {
    match text.as_bytes().first() {
        None => false,
        Some(b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9') => true,
        Some(_) => !decode(text).trim().is_empty(),
    }
}

/// What is wrong with a page.
pub(super) fn look<'o>(file: &'o OutputFile, known: &mut Known<'o>) -> Vec<Found> {
    let mut page = Page::default();
    for (piece, is_shared) in file.bytes.pieces() {
        let Ok(text) = std::str::from_utf8(piece) else { return whole(file) };
        if !is_shared {
            if !page.text(text) {
                return whole(file);
            }
            continue;
        }
        let known = known.0.entry(piece.as_ptr()).or_insert_with(|| {
            let mut alone = Page::default();
            (alone.text(text) && alone.open.is_empty() && !alone.is_torn).then_some(alone.has)
        });
        match known {
            Some(has) => page.take_over(has),
            None => {
                if !page.text(text) {
                    return whole(file);
                }
            }
        }
    }
    page.finish()
}

/// The same of a page whose tags go on from one piece into the next.
fn whole(file: &OutputFile) -> Vec<Found> {
    let bytes = file.bytes.whole();
    let text = String::from_utf8_lossy(&bytes);
    let mut page = Page::default();
    page.text(&text);
    page.finish()
}

/// An element that is open.
struct Open<'t> {
    name: &'t str,
    tag: &'t str,
    /// Whether it holds anything to be read aloud, or has a name of its own.
    is_named: bool,
    /// Whether what it holds is not read aloud.
    is_hidden: bool,
    kind: Kind,
}

/// What an open element needs when it closes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Other,
    /// A script or a style: what it holds is no text.
    Raw,
    Link,
    Button,
    Heading,
    Drawing,
    Header,
    Title,
    /// With the first of the fields that stand in it.
    Label(usize),
    Table {
        headers: usize,
        cells: usize,
    },
}

/// A page that is being looked at.
#[derive(Default)]
struct Page<'t> {
    has: Has<'t>,
    open: Vec<Open<'t>>,
    /// How many of them are not read aloud, and how many of them are templates.
    hidden: usize,
    templates: usize,
    /// Whether something was closed that was not open.
    is_torn: bool,
}

/// A tag's attributes.
struct Tag<'a, 't>(&'a [Attribute<'t>]);

impl<'t> Tag<'_, 't> {
    fn value(&self, wanted: &str) -> Option<&'t str> {
        self.0
            .iter()
            .find(|attribute| attribute.name.eq_ignore_ascii_case(wanted))
            .map(|attribute| attribute.value)
    }

    fn has(&self, wanted: &str) -> bool {
        self.value(wanted).is_some_and(is_read)
    }

    /// Whether it has a name that does not depend on what it holds.
    fn is_named(&self) -> bool {
        let names =
            |attribute: &&Attribute| is_one(attribute.name, &["aria-label", "aria-labelledby", "title"]);
        self.0.iter().filter(names).any(|attribute| is_read(attribute.value))
    }
}

impl<'t> Page<'t> {
    /// Looks at a text; whether it ends between tags.
    fn text(&mut self, text: &'t str) -> bool {
        let mut tokens = tokens(text);
        let mut written = Vec::new();
        while let Some(token) = tokens.next() {
            match token {
                Token::Text(words) => {
                    let is_raw = self.open.last().is_some_and(|open| open.kind == Kind::Raw);
                    if !is_raw && is_read(words) {
                        self.read_aloud();
                    }
                }
                Token::Open { name, attributes } => {
                    let start = name.as_ptr() as usize - text.as_ptr() as usize - 1;
                    let tag = &text[start..tokens.at()];
                    let tag = tag.strip_suffix('>').unwrap_or(tag);
                    written.clear();
                    written.extend(attributes);
                    self.opened(name, tag, &Tag(&written));
                }
                Token::Close(name) => self.closed(name),
            }
        }
        tokens.is_between()
    }

    /// Something stands here that is read aloud.
    fn read_aloud(&mut self) {
        if self.hidden > 0 {
            return;
        }
        match self.open.last_mut() {
            Some(open) => open.is_named = true,
            None => self.has.has_words = true,
        }
    }

    fn found(&mut self, barrier: Barrier, tag: &str) {
        self.has.found.push(Found { barrier, tag: tag.to_owned() });
    }

    /// What a piece has that was looked at before.
    fn take_over(&mut self, piece: &Has<'t>) {
        self.has.add(piece);
        if piece.has_words {
            self.read_aloud();
        }
    }

    fn opened(&mut self, name: &'t str, tag: &'t str, attributes: &Tag<'_, 't>) {
        let is_void = is_one(name, &VOID);
        if self.templates > 0 {
            // What a script may put somewhere is not there yet.
            if !is_void {
                self.push(Open { name, tag, is_named: false, is_hidden: true, kind: Kind::Other });
            }
            return;
        }
        let lower: Cow<str> = match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => name.to_ascii_lowercase().into(),
            false => name.into(),
        };
        self.everywhere(&lower, tag, attributes);
        let is = |wanted: &str, value: &str| {
            attributes.value(wanted).is_some_and(|written| written.trim().eq_ignore_ascii_case(value))
        };
        let is_hidden = is("aria-hidden", "true");
        let mut kind = Kind::Other;
        match &*lower {
            "html" => match attributes.value("lang").map(str::trim) {
                None | Some("") => self.found(Barrier::NoLanguage, tag),
                Some(_) => {}
            },
            "title" if !self.open.iter().any(|open| open.name.eq_ignore_ascii_case("svg")) => {
                kind = Kind::Title;
            }
            "script" | "style" => kind = Kind::Raw,
            "main" => self.has.mains += 1,
            "meta" => self.meta(tag, attributes),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.has.headings.push((lower.as_bytes()[1] - b'0', tag));
                kind = Kind::Heading;
            }
            "a" if attributes.value("href").is_some() => kind = Kind::Link,
            "button" | "summary" => kind = Kind::Button,
            "img" | "area" => {
                if attributes.value("alt").is_none() && !is_hidden {
                    self.found(Barrier::ImageWithoutAlt, tag);
                } else if attributes.has("alt") {
                    self.read_aloud();
                }
            }
            "iframe" | "object" | "embed" if !attributes.is_named() => self.found(Barrier::Nameless, tag),
            "svg" => kind = Kind::Drawing,
            "input" | "select" | "textarea" => {
                let is_needless = attributes
                    .value("type")
                    .is_some_and(|kind| NEEDLESS.iter().any(|needless| kind.eq_ignore_ascii_case(needless)));
                if !is_needless && !attributes.is_named() {
                    self.has.fields.push((attributes.value("id").map(decode), tag));
                }
                if is("type", "image") && !attributes.has("alt") {
                    self.found(Barrier::ImageWithoutAlt, tag);
                }
            }
            "label" => kind = Kind::Label(self.has.fields.len()),
            "table" if !is("role", "presentation") => kind = Kind::Table { headers: 0, cells: 0 },
            "th" => {
                if !attributes.has("scope") {
                    self.found(Barrier::HeaderWithoutScope, tag);
                }
                self.cell(true);
                kind = Kind::Header;
            }
            "td" => self.cell(false),
            _ => {}
        }
        if !is_void && !tag.ends_with('/') {
            let is_named = attributes.is_named();
            self.push(Open { name, tag, is_named, is_hidden, kind });
        }
    }

    /// A cell of the innermost table.
    fn cell(&mut self, is_header: bool) {
        let table = self.open.iter_mut().rev().find_map(|open| match &mut open.kind {
            Kind::Table { headers, cells } => Some((headers, cells)),
            _ => None,
        });
        if let Some((headers, cells)) = table {
            *if is_header { headers } else { cells } += 1;
        }
    }

    fn meta(&mut self, tag: &str, attributes: &Tag<'_, 't>) {
        let Some(content) = attributes.value("content").map(|content| decode(content).to_lowercase()) else {
            return;
        };
        let settings = || content.split([',', ';']).map(|part| part.split_once('=').unwrap_or((part, "")));
        if attributes.value("name").is_some_and(|name| name.eq_ignore_ascii_case("viewport")) {
            let is_fixed = settings().any(|(key, value)| match key.trim() {
                "user-scalable" => matches!(value.trim(), "no" | "0"),
                "maximum-scale" => value.trim().parse::<f32>().is_ok_and(|scale| scale < 2.0),
                _ => false,
            });
            if is_fixed {
                self.found(Barrier::FixedZoom, tag);
            }
        }
        let is_refresh =
            attributes.value("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh"));
        if is_refresh && content.split([';', ',']).next().is_some_and(|seconds| seconds.trim() != "0") {
            self.found(Barrier::Refresh, tag);
        }
    }

    /// What holds for any element.
    fn everywhere(&mut self, name: &str, tag: &'t str, attributes: &Tag<'_, 't>) {
        let mut can_focus = matches!(name, "button" | "select" | "textarea" | "summary")
            || (name == "input"
                && !attributes.value("type").is_some_and(|kind| kind.eq_ignore_ascii_case("hidden")));
        for attribute in attributes.0 {
            let is = |wanted: &str| attribute.name.eq_ignore_ascii_case(wanted);
            let value = attribute.value;
            if is("id") {
                self.has.ids.push(decode(value));
            } else if is("href") {
                can_focus |= name == "a";
            } else if is("tabindex") {
                let index = decode(value).trim().parse::<i32>();
                can_focus |= index.as_ref().is_ok_and(|index| *index >= 0);
                if index.map_or(true, |index| index > 0) {
                    self.found(Barrier::TabOrder, tag);
                }
            } else if is("lang") && !value.trim().is_empty() {
                let mut parts = value.trim().split('-');
                let primary = parts.next().unwrap_or_default().to_lowercase();
                let is_part = |part: &str| {
                    (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
                };
                if Language::read(&primary).is_none() || !parts.all(is_part) {
                    self.found(Barrier::UnknownLanguage(value.trim().to_owned()), tag);
                }
            } else if let Some(reference) = REFERENCES.iter().find(|name| is(name)) {
                let value = decode(value);
                let ids = value.split_whitespace().map(|id| (*reference, id.to_owned(), tag));
                self.has.references.extend(ids);
            }
        }
        let is_hidden = self.hidden > 0
            || attributes.value("aria-hidden").is_some_and(|hidden| hidden.eq_ignore_ascii_case("true"));
        if can_focus && is_hidden {
            self.found(Barrier::HiddenFocus, tag);
        }
    }

    fn closed(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name)) else {
            self.is_torn = true;
            return;
        };
        while self.open.len() > at {
            self.close();
        }
    }

    fn push(&mut self, open: Open<'t>) {
        self.hidden += usize::from(open.is_hidden);
        self.templates += usize::from(open.name.eq_ignore_ascii_case("template"));
        self.open.push(open);
    }

    /// Closes the innermost element.
    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let Open { name, tag, is_named, is_hidden, kind } = open;
        self.hidden -= usize::from(is_hidden);
        self.templates -= usize::from(name.eq_ignore_ascii_case("template"));
        match kind {
            Kind::Link | Kind::Button | Kind::Header if !is_named && !is_hidden => {
                let barrier = if kind == Kind::Header { Barrier::EmptyHeader } else { Barrier::Nameless };
                self.found(barrier, tag);
            }
            Kind::Drawing if !is_named && !is_hidden && self.hidden == 0 => {
                self.found(Barrier::Nameless, tag);
            }
            Kind::Heading if !is_named => self.found(Barrier::EmptyHeading, tag),
            Kind::Title => self.has.titles += usize::from(is_named),
            Kind::Label(from) if is_named => self.has.fields.truncate(from.min(self.has.fields.len())),
            Kind::Table { headers: 0, cells: 1.. } => self.found(Barrier::TableWithoutHeaders, tag),
            _ => {}
        }
        if is_named && !is_hidden && kind != Kind::Title {
            match self.open.last_mut() {
                Some(outer) => outer.is_named = true,
                None => self.has.has_words = true,
            }
        }
    }

    fn finish(mut self) -> Vec<Found> {
        while !self.open.is_empty() {
            self.close();
        }
        let Has { found, headings, ids, references, fields, mains, titles, .. } = self.has;
        let mut all = found;
        let mut add = |barrier, tag: &str| all.push(Found { barrier, tag: tag.to_owned() });
        let mut before = 0;
        for (level, tag) in &headings {
            if *level > before + 1 && before > 0 {
                add(Barrier::SkippedHeading { before, level: *level }, tag);
            }
            before = *level;
        }
        match headings.iter().filter(|(level, _)| *level == 1).collect::<Vec<_>>()[..] {
            [] => add(Barrier::NoHeading, ""),
            [_] => {}
            [_, second, ..] => add(Barrier::SeveralHeadings, second.1),
        }
        if let Some((level @ 2.., tag)) = headings.first() {
            add(Barrier::SkippedHeading { before: 0, level: *level }, tag);
        }
        let mut once = BTreeSet::new();
        for id in &ids {
            if !once.insert(&**id) {
                add(Barrier::DuplicateId(id.to_string()), &format!("id=\"{id}\""));
            }
        }
        for (attribute, id, tag) in &references {
            if !once.contains(id.as_str()) {
                add(Barrier::BrokenReference { attribute, id: id.clone() }, tag);
            }
        }
        let labels: BTreeSet<&str> = references
            .iter()
            .filter(|(attribute, ..)| *attribute == "for")
            .map(|(_, id, _)| id.as_str())
            .collect();
        for (id, tag) in &fields {
            if !id.as_deref().is_some_and(|id| labels.contains(id)) {
                add(Barrier::FieldWithoutLabel, tag);
            }
        }
        if titles == 0 {
            add(Barrier::NoTitle, "");
        }
        match mains {
            0 => add(Barrier::NoMain, ""),
            1 => {}
            _ => add(Barrier::SeveralMains, "<main"),
        }
        all
    }
}
