//! What every page shows around its text -> what templates see.

use serde::Serialize;
use std::borrow::Cow;

#[derive(Serialize)]
pub(in crate::render) struct Site<'a> {
    pub title: &'a str,
    pub tagline: Option<&'a str>,
    pub organisation: &'a str,
    pub notice: Option<&'a str>,
    pub home: String,
    pub stylesheet: String,
    pub icon: Option<String>,
    pub logo: Option<Logo<'a>>,
    pub feed: Option<String>,
    pub csp: &'static str,
    /// The page of all pages, and the search.
    pub search: String,
    pub menu: Vec<MenuLink<'a>>,
    pub footer: Vec<MenuLink<'a>>,
    pub contact: Contact<'a>,
}

/// The sign at the head of every page. What counts of its sides is the proportion.
#[derive(Serialize)]
pub(in crate::render) struct Logo<'a> {
    pub src: String,
    pub width: u32,
    pub height: u32,
    /// What it says.
    pub alt: &'a str,
}

#[derive(Serialize)]
pub(in crate::render) struct MenuLink<'a> {
    pub label: &'a str,
    /// The label's language, where it is not the page's.
    pub lang: Option<&'a str>,
    pub href: Option<&'a str>,
    /// The language of what it leads to, where it is not the page's.
    pub leads_to: Option<Tongue<'a>>,
}

/// A language: its code, and its name in the page's own.
#[derive(Serialize)]
pub(in crate::render) struct Tongue<'a> {
    pub lang: &'a str,
    pub name: String,
}

#[derive(Serialize)]
pub(in crate::render) struct Contact<'a> {
    pub email: &'a str,
    pub href: String,
    pub form: Option<&'a str>,
}

#[derive(Serialize)]
pub(in crate::render) struct Page<'a> {
    pub title: &'a str,
    /// What search engines say of the page; of a person only what she agreed that they are told.
    pub summary: Option<Cow<'a, str>>,
    pub kind: &'static str,
    pub address: String,
    pub section: Option<Cow<'a, str>>,
    /// The value of `aria-current` for the menu entry of `section`.
    pub current: &'static str,
    pub breadcrumbs: Vec<Crumb>,
    pub noindex: bool,
    pub draft: bool,
    pub reviewed: Option<Day>,
    /// What stands where a link to the page is shared (Open Graph); nothing of a person who has not agreed to it.
    pub card: Vec<CardTag>,
    /// The same page in the site's other languages.
    pub alternates: Vec<Alternate>,
    /// Other languages of the site, in which there is no such page.
    pub untranslated: Vec<Untranslated>,
    /// What the page translates, where that has changed since.
    pub stale: Option<Stale>,
}

/// A `meta` element of a social card.
#[derive(Serialize)]
pub(in crate::render) struct CardTag {
    pub property: &'static str,
    pub content: String,
}

#[derive(Serialize)]
pub(in crate::render) struct Crumb {
    pub label: String,
    pub href: Option<String>,
}

#[derive(Serialize)]
pub(in crate::render) struct Day {
    pub iso: String,
    pub text: String,
}

#[derive(Serialize)]
pub(in crate::render) struct Alternate {
    pub lang: String,
    pub label: String,
    pub href: String,
    pub address: String,
}

/// A language that a page is not in: its home page is offered instead.
#[derive(Serialize)]
pub(in crate::render) struct Untranslated {
    pub lang: String,
    pub label: String,
    pub href: String,
    /// That there is no such page, in that language.
    pub text: String,
}

/// A page that has changed since it was translated.
#[derive(Serialize)]
pub(in crate::render) struct Stale {
    pub href: String,
    pub lang: String,
    /// Its language's name, in the language of the translation.
    pub name: String,
    pub changed: Day,
}

/// The parts of every page, as `parts` makes templates print them.
#[derive(Serialize)]
pub(in crate::render) struct Frame {
    pub head: String,
    pub header: String,
    pub footer: String,
}

/// The head of a page depends on the site, and on whether the page has a script.
#[derive(Serialize)]
pub(in crate::render) struct Head<'a> {
    pub page: HeadPage<'a>,
}

#[derive(Serialize)]
pub(in crate::render) struct HeadPage<'a> {
    pub csp: &'static str,
    pub script: Option<&'a str>,
}

/// All that a header is told of its page: pages that agree in it share the header. So it is with the other parts.
#[derive(Serialize)]
pub(in crate::render) struct Header<'a> {
    pub page: HeaderPage<'a>,
}

#[derive(Serialize)]
pub(in crate::render) struct HeaderPage<'a> {
    pub section: Option<&'a str>,
    pub current: &'static str,
    pub draft: bool,
}

#[derive(Serialize)]
pub(in crate::render) struct Footer<'a> {
    pub page: FooterPage<'a>,
}

#[derive(Serialize)]
pub(in crate::render) struct FooterPage<'a> {
    pub section: Option<&'a str>,
    pub reviewed: Option<&'a Day>,
}

#[derive(Serialize)]
pub(in crate::render) struct Bare<'a> {
    pub page: Page<'a>,
}

#[derive(Serialize)]
pub(in crate::render) struct Redirect {
    pub to: String,
    pub address: String,
}

#[derive(Serialize)]
pub(in crate::render) struct Link<'a> {
    pub label: &'a str,
    pub href: String,
}

#[derive(Serialize)]
pub(in crate::render) struct OwnedLink<'a> {
    pub label: String,
    pub href: &'a str,
}

#[derive(Serialize)]
pub(in crate::render) struct OwnedLabel {
    pub label: String,
    pub href: String,
}
