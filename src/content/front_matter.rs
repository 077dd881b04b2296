//! The YAML between the two lines of hyphens at the head of a page.

use super::event::{self, Event};
use super::keys::PAGE;
use super::kind::{KINDS, Kind};
use super::publication::{self, Publication};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Sources, Spanned};
use crate::yaml;
use jiff::civil::Date;
use std::ops::Range;

impl FrontMatter {
    /// The summary's text.
    pub fn summary(&self) -> Option<&str> {
        self.summary.as_ref().map(|summary| summary.value.as_str())
    }
}

/// What a page says about itself.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    /// Its title, the only heading of level one.
    pub title: Spanned<String>,
    /// A sentence or two.
    pub summary: Option<Spanned<String>>,
    /// What kind of page.
    pub kind: Kind,
    /// Smaller comes first in lists.
    pub weight: u32,
    /// The day it speaks of: of news, of a report.
    pub date: Option<Date>,
    /// First day on.
    pub publish: Option<Date>,
    /// First day off.
    pub expires: Option<Date>,
    /// Last change of substance.
    pub updated: Option<Date>,
    /// The `updated` of the page that this one translates.
    pub translates: Option<Spanned<Date>>,
    /// When a statement was first prepared.
    pub prepared: Option<Date>,
    /// When it was last reviewed.
    pub reviewed: Option<Date>,
    /// Not to be published yet.
    pub draft: bool,
    /// Former addresses that lead here.
    pub aliases: Vec<Spanned<String>>,
    /// A picture of the page, for previews.
    pub image: Option<Spanned<String>>,
    /// What the page is about elsewhere.
    pub link: Option<Spanned<String>>,
    /// When and where people meet, on the page of an event.
    pub event: Option<Event>,
    /// Whether sections are numbered.
    pub numbered: bool,
    /// The article in a journal that the page is about.
    pub publication: Option<Publication>,
}

/// The front matter of a file and the range of the Markdown below it.
pub(super) fn read(sources: &Sources, file: FileId, found: &mut Diagnostics) -> (FrontMatter, Range<usize>) {
    let source = sources.file(file);
    let text = source.text.as_str();
    let whole = sources.whole(file);
    let stem = crate::path::file_name(&source.path).trim_end_matches(".md");
    let mut front = FrontMatter {
        title: Spanned::new(stem.to_owned(), whole),
        summary: None,
        kind: Kind::Page,
        weight: 0,
        date: None,
        publish: None,
        expires: None,
        updated: None,
        translates: None,
        prepared: None,
        reviewed: None,
        draft: false,
        aliases: Vec::new(),
        image: None,
        link: None,
        event: None,
        numbered: false,
        publication: None,
    };
    let body = text.strip_prefix("---\n").and_then(|rest| {
        if let Some(after) = rest.strip_prefix("---\n") {
            return Some((4..4, text.len() - after.len()));
        }
        let end = rest.find("\n---\n").or_else(|| rest.ends_with("\n---").then(|| rest.len() - 4))?;
        Some((4..4 + end + 1, (4 + end + 5).min(text.len())))
    });
    let Some((range, body)) = body else {
        if source.unreadable.is_none() {
            found.push(
                Diagnostic::new(Code::FrontMatter, whole, "the page does not begin with its front matter")
                    .help("begin the file with a line ---, then `title: …`, then a line ---, then the text"),
            );
        }
        return (front, 0..0);
    };
    let before = found.len();
    match yaml::parse(sources, file, range, found) {
        Some(node) => {
            if let Some(fields) = PAGE.read(&node, found) {
                typed(&fields, &mut front, found);
            }
        }
        None if found.len() == before => found.push(
            Diagnostic::new(Code::MissingKey, whole, "front matter needs `title`")
                .help("add a line `title: …` between the hyphens"),
        ),
        None => {}
    }
    (front, body..text.len())
}

fn typed(fields: &yaml::Fields, front: &mut FrontMatter, found: &mut Diagnostics) {
    if let Some(title) = fields.need("title", found).and_then(|node| yaml::text(node, found)) {
        front.title = title;
    }
    let text = |key: &str, found: &mut Diagnostics| fields.get(key).and_then(|node| yaml::text(node, found));
    let date = |key: &str, found: &mut Diagnostics| {
        fields.filled(key, found).and_then(|node| yaml::date(node, found))
    };
    let flag = |key: &str, found: &mut Diagnostics| {
        fields.get(key).and_then(|node| yaml::boolean(node, found)).unwrap_or(false)
    };
    front.summary = text("summary", found);
    if let Some(node) = fields.get("kind") {
        front.kind = yaml::word(node, "a kind of page", &KINDS, found).unwrap_or(Kind::Page);
    }
    front.weight = fields.get("weight").and_then(|node| yaml::number(node, found)).unwrap_or(0);
    front.date = date("date", found);
    front.publish = date("publish", found);
    front.expires = date("expires", found);
    front.updated = date("updated", found);
    front.translates = fields
        .filled("translates", found)
        .and_then(|node| yaml::date(node, found).map(|date| Spanned::new(date, node.span)));
    front.prepared = date("prepared", found);
    front.reviewed = date("reviewed", found);
    front.image = text("image", found);
    front.link = text("link", found);
    front.numbered = flag("numbered", found);
    // A draft flag that cannot be read must not put the page online: take it for true.
    front.draft = match fields.filled("draft", found) {
        Some(node) => yaml::boolean(node, found).unwrap_or(true),
        None => fields.key_span("draft").is_some(),
    };
    if let Some(node) = fields.get("aliases") {
        front.aliases = yaml::items(node, found).iter().filter_map(|item| yaml::text(item, found)).collect();
    }
    if front.kind == Kind::News && front.date.is_none() && fields.get("date").is_none() {
        found.push(
            Diagnostic::new(Code::MissingKey, fields.span, "a piece of news needs `date`")
                .help("add a line `date: 2026-11-21`"),
        );
    }
    if front.kind == Kind::Event {
        front.event = event::read(fields, found);
    } else if let Some(span) = ["starts", "ends", "place"].into_iter().find_map(|key| fields.key_span(key)) {
        found.push(
            Diagnostic::new(
                Code::UnknownKey,
                span,
                "only a page of kind `event` has `starts`, `ends` and `place`",
            )
            .help("add a line `kind: event`, or take the line out"),
        );
    }
    match (front.kind, fields.get("publication")) {
        (Kind::Publication, Some(node)) => front.publication = publication::read(node, found),
        (Kind::Publication, None) => found.push(
            Diagnostic::new(
                Code::MissingKey,
                fields.span,
                "a page of kind `publication` needs `publication`",
            )
            .help("add `publication: {authors: […], journal: …, published: …}`"),
        ),
        (_, Some(_)) => {
            let span = fields.key_span("publication").unwrap_or(fields.span);
            found.push(
                Diagnostic::new(
                    Code::UnknownKey,
                    span,
                    "only a page of kind `publication` has `publication`",
                )
                .help("add a line `kind: publication`, or take the block out"),
            );
        }
        (_, None) => {}
    }
    if let (Some(publish), Some(expires)) = (front.publish, front.expires)
        && expires <= publish
        && let Some(node) = fields.get("expires")
    {
        found.push(
            Diagnostic::new(Code::BadDate, node.span, "the page would be taken down before it is put up")
                .help(format!("write a day after {publish}")),
        );
    }
}
