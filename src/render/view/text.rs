//! Markdown pages, the home page, news and articles -> what templates see.

use super::{Day, Link, OwnedLabel, Page};
use serde::Serialize;

#[derive(Serialize)]
pub(in crate::render) struct Home<'a> {
    pub page: Page<'a>,
    pub body: String,
    pub news: Vec<Item<'a>>,
    /// The next few that are coming up.
    pub events: Vec<EventItem<'a>>,
    pub institutions: Vec<Institution<'a>>,
}

#[derive(Serialize)]
pub(in crate::render) struct Item<'a> {
    pub title: &'a str,
    pub href: String,
    pub date: Option<Day>,
    pub summary: Option<&'a str>,
}

/// An event in a list.
#[derive(Serialize)]
pub(in crate::render) struct EventItem<'a> {
    pub title: &'a str,
    pub href: String,
    pub when: When,
    pub place: Option<&'a str>,
    pub summary: Option<&'a str>,
}

/// When an event is: its beginning for machines, the whole in words.
#[derive(Serialize)]
pub(in crate::render) struct When {
    pub iso: String,
    pub text: String,
}

/// An event on its own page.
#[derive(Serialize)]
pub(in crate::render) struct Event<'a> {
    pub when: When,
    pub place: Option<&'a str>,
    /// Its entry for calendars.
    pub calendar: String,
    pub over: bool,
}

/// The list of all events.
#[derive(Serialize)]
pub(in crate::render) struct Events<'a> {
    pub page: Page<'a>,
    pub body: Option<String>,
    pub coming: Vec<EventItem<'a>>,
    pub past: Vec<EventItem<'a>>,
    /// What calendars subscribe to.
    pub calendar: String,
}

/// The page of all pages.
#[derive(Serialize)]
pub(in crate::render) struct Search<'a> {
    pub page: Page<'a>,
    /// What the search reads.
    pub index: String,
    pub groups: Vec<LinkGroup<'a>>,
    pub directory: Option<OwnedLabel>,
}

/// Links of one kind.
#[derive(Serialize)]
pub(in crate::render) struct LinkGroup<'a> {
    pub title: String,
    pub items: Vec<Link<'a>>,
}

#[derive(Serialize)]
pub(in crate::render) struct Institution<'a> {
    pub label: &'a str,
    pub website: Option<&'a str>,
}

#[derive(Serialize)]
pub(in crate::render) struct News<'a> {
    pub page: Page<'a>,
    pub body: Option<String>,
    pub items: Vec<Item<'a>>,
}

#[derive(Serialize)]
pub(in crate::render) struct Text<'a> {
    pub page: Page<'a>,
    pub body: String,
    pub contents: Vec<Entry<'a>>,
    pub date: Option<Day>,
    pub event: Option<Event<'a>>,
    pub link: Option<&'a str>,
    pub publication: Option<Publication<'a>>,
    pub citation: Option<Citation>,
}

#[derive(Serialize)]
pub(in crate::render) struct Entry<'a> {
    pub id: &'a str,
    pub text: &'a str,
    pub children: Vec<Entry<'a>>,
}

#[derive(Serialize)]
pub(in crate::render) struct Publication<'a> {
    pub authors: Vec<String>,
    pub journal: &'a str,
    pub published: Day,
    pub accepted: Option<Day>,
    pub deposited: Option<Day>,
    pub versions: &'a [String],
    pub repository: Option<Repository<'a>>,
    pub issn: Option<&'a str>,
}

#[derive(Serialize)]
pub(in crate::render) struct Repository<'a> {
    pub name: &'a str,
    pub item: Option<&'a str>,
    pub link: Option<&'a str>,
}

#[derive(Serialize)]
pub(in crate::render) struct Citation {
    pub authors: String,
    pub title: String,
    pub source: String,
    pub href: String,
    pub doi: Option<String>,
    pub licence: Option<String>,
    pub tags: Vec<Tag>,
    pub linked_data: String,
    pub files: Vec<CitationFile>,
}

#[derive(Serialize)]
pub(in crate::render) struct Tag {
    pub name: &'static str,
    pub content: String,
}

#[derive(Serialize)]
pub(in crate::render) struct CitationFile {
    pub label: &'static str,
    pub media_type: &'static str,
    pub href: String,
}
