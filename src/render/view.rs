//! What each template may see (`docs/themes.md`). Numbers of an evaluation come as
//! [`Words`], which only a judged release can make.

use crate::evaluation::Words;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Site<'a> {
    pub title: &'a str,
    pub tagline: Option<&'a str>,
    pub organisation: &'a str,
    pub notice: Option<&'a str>,
    pub home: String,
    pub stylesheet: String,
    pub icon: Option<String>,
    pub feed: Option<String>,
    pub csp: &'static str,
    pub menu: Vec<MenuLink<'a>>,
    pub footer: Vec<MenuLink<'a>>,
    pub contact: Contact<'a>,
}

#[derive(Serialize)]
pub(super) struct MenuLink<'a> {
    pub label: &'a str,
    pub href: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Contact<'a> {
    pub email: &'a str,
    pub href: String,
    pub form: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Page<'a> {
    pub title: &'a str,
    pub summary: Option<&'a str>,
    pub kind: &'static str,
    pub address: String,
    pub section: Option<&'a str>,
    /// The value of `aria-current` for the menu entry of `section`.
    pub current: &'static str,
    pub breadcrumbs: Vec<Crumb>,
    pub noindex: bool,
    pub draft: bool,
    pub reviewed: Option<Day>,
    pub alternates: Vec<Alternate>,
}

#[derive(Serialize)]
pub(super) struct Crumb {
    pub label: String,
    pub href: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Day {
    pub iso: String,
    pub text: String,
}

#[derive(Serialize)]
pub(super) struct Alternate {
    pub lang: String,
    pub label: String,
    pub href: String,
    pub address: String,
}

#[derive(Serialize)]
pub(super) struct Home<'a> {
    pub page: Page<'a>,
    pub body: String,
    pub news: Vec<Item<'a>>,
    pub institutions: Vec<Institution<'a>>,
}

#[derive(Serialize)]
pub(super) struct Item<'a> {
    pub title: &'a str,
    pub href: String,
    pub date: Option<Day>,
    pub summary: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Institution<'a> {
    pub label: &'a str,
    pub website: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Text<'a> {
    pub page: Page<'a>,
    pub body: String,
    pub contents: Vec<Entry<'a>>,
    pub date: Option<Day>,
    pub link: Option<&'a str>,
    pub publication: Option<Publication<'a>>,
    pub citation: Option<Citation>,
}

#[derive(Serialize)]
pub(super) struct Publication<'a> {
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
pub(super) struct Repository<'a> {
    pub name: &'a str,
    pub item: Option<&'a str>,
    pub link: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Entry<'a> {
    pub id: &'a str,
    pub text: &'a str,
    pub children: Vec<Entry<'a>>,
}

#[derive(Serialize)]
pub(super) struct News<'a> {
    pub page: Page<'a>,
    pub body: Option<String>,
    pub items: Vec<Item<'a>>,
}

#[derive(Serialize)]
pub(super) struct Mentors<'a> {
    pub page: Page<'a>,
    pub facets: Option<String>,
    pub entries: Vec<String>,
    pub filter: Option<Filter<'a>>,
    pub intro: Option<String>,
    pub count: usize,
    pub free: usize,
    pub pager: Option<Pager<'a>>,
    pub all: String,
}

/// The parts of every page, as `parts` makes templates print them.
#[derive(Serialize)]
pub(super) struct Frame {
    pub head: String,
    pub header: String,
    pub footer: String,
}

/// The head of a page depends on the site alone.
#[derive(Serialize)]
pub(super) struct Head {}

/// All that a header is told of its page: pages that agree in it share the header. So it is with the other parts.
#[derive(Serialize)]
pub(super) struct Header<'a> {
    pub page: HeaderPage<'a>,
}

#[derive(Serialize)]
pub(super) struct HeaderPage<'a> {
    pub section: Option<&'a str>,
    pub current: &'static str,
    pub draft: bool,
}

#[derive(Serialize)]
pub(super) struct Footer<'a> {
    pub page: FooterPage<'a>,
}

#[derive(Serialize)]
pub(super) struct FooterPage<'a> {
    pub section: Option<&'a str>,
    pub reviewed: Option<&'a Day>,
    pub alternates: &'a [Alternate],
}

#[derive(Serialize)]
pub(super) struct Facets<'a> {
    pub facets: Vec<Facet<'a>>,
    pub filter: Option<Filter<'a>>,
}

#[derive(Serialize)]
pub(super) struct Listed<'a> {
    pub person: Person<'a>,
    pub heading: &'static str,
}

#[derive(Serialize)]
pub(super) struct Filter<'a> {
    pub facet: String,
    pub value: &'a str,
    pub href: String,
}

#[derive(Serialize)]
pub(super) struct Person<'a> {
    pub name: &'a str,
    pub href: Option<String>,
    pub initials: String,
    pub pronouns: Option<&'a str>,
    pub post: &'a str,
    pub institution: &'a str,
    pub offers: Vec<&'a str>,
    pub languages: Vec<String>,
    pub places: Option<Places>,
}

#[derive(Serialize)]
pub(super) struct Places {
    pub state: &'static str,
    pub text: String,
}

#[derive(Serialize)]
pub(super) struct Facet<'a> {
    pub name: &'static str,
    pub label: String,
    pub values: Vec<FacetValue<'a>>,
}

#[derive(Serialize)]
pub(super) struct FacetValue<'a> {
    pub label: &'a str,
    pub href: String,
    pub count: usize,
}

#[derive(Serialize)]
pub(super) struct Pager<'a> {
    pub pages: Vec<PagerLink>,
    pub previous: Option<&'a str>,
    pub next: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct PagerLink {
    pub number: usize,
    pub href: String,
    pub current: bool,
}

#[derive(Serialize)]
pub(super) struct Mentor<'a> {
    pub page: Page<'a>,
    pub person: Profile<'a>,
}

#[derive(Serialize)]
pub(super) struct Profile<'a> {
    pub name: &'a str,
    pub pronouns: Option<&'a str>,
    pub initials: String,
    pub post: &'a str,
    pub institution: Link<'a>,
    pub stage: Link<'a>,
    pub pathway: Option<String>,
    pub disciplines: Vec<Link<'a>>,
    pub interests: &'a [String],
    pub offers: Vec<Link<'a>>,
    pub seeks: Option<&'a str>,
    pub languages: Vec<String>,
    pub places: Places,
    pub bio: Option<String>,
    pub links: Vec<OwnedLink<'a>>,
    pub ask: String,
    pub change: String,
}

#[derive(Serialize)]
pub(super) struct Link<'a> {
    pub label: &'a str,
    pub href: String,
}

#[derive(Serialize)]
pub(super) struct OwnedLink<'a> {
    pub label: String,
    pub href: &'a str,
}

#[derive(Serialize)]
pub(super) struct ReportPage<'a> {
    pub page: Page<'a>,
    pub body: String,
    pub contents: Vec<Entry<'a>>,
    pub report: Report<'a>,
    pub citation: Citation,
}

#[derive(Serialize)]
pub(super) struct Citation {
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
pub(super) struct Tag {
    pub name: &'static str,
    pub content: String,
}

#[derive(Serialize)]
pub(super) struct CitationFile {
    pub label: &'static str,
    pub media_type: &'static str,
    pub href: String,
}

#[derive(Serialize)]
pub(super) struct Report<'a> {
    pub survey: &'a str,
    pub survey_href: String,
    pub edition: &'a str,
    pub authors: Vec<String>,
    pub institution: Option<&'a str>,
    pub number: Option<&'a str>,
    pub ethics: Option<&'a str>,
    pub funding: Option<&'a str>,
    pub interests: Option<&'a str>,
    pub licence: Option<&'a str>,
    pub doi: Option<&'a str>,
    pub collected: String,
    pub related: &'a [String],
    pub corrections: Vec<Correction<'a>>,
    pub method: Method<'a>,
    pub downloads: Vec<Download>,
}

#[derive(Serialize)]
pub(super) struct Download {
    pub format: &'static str,
    pub label: String,
    pub purpose: String,
    pub href: String,
    pub media_type: &'static str,
}

#[derive(Serialize)]
pub(super) struct Method<'a> {
    pub policy: &'static str,
    pub sentence: String,
    pub rules: Vec<String>,
    pub source: Option<Source<'a>>,
    pub reason: Option<&'a str>,
    pub approved_by: Option<&'a str>,
    pub exceptions: Vec<String>,
    pub notes: Vec<String>,
    pub limits: Vec<String>,
    pub checks: Vec<String>,
    pub provenance: Vec<Provenance>,
}

#[derive(Serialize)]
pub(super) struct Provenance {
    pub name: &'static str,
    pub label: String,
    pub text: String,
}

#[derive(Serialize)]
pub(super) struct Correction<'a> {
    pub date: Day,
    pub sentence: String,
    pub reason: &'a str,
    pub changed: Vec<Changed>,
}

#[derive(Serialize)]
pub(super) struct Changed {
    pub name: String,
    pub table: Option<OwnedLabel>,
}

#[derive(Serialize)]
pub(super) struct OwnedLabel {
    pub label: String,
    pub href: String,
}

#[derive(Serialize)]
pub(super) struct Source<'a> {
    pub text: &'a str,
    pub href: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Reports<'a> {
    pub page: Page<'a>,
    pub editions: Vec<Edition<'a>>,
    pub asked: Option<String>,
    pub tables: Vec<String>,
    pub apart: Vec<Apart<'a>>,
}

#[derive(Serialize)]
pub(super) struct Apart<'a> {
    pub title: &'a str,
    pub notes: &'a [String],
}

#[derive(Serialize)]
pub(super) struct Edition<'a> {
    pub title: &'a str,
    pub href: String,
    pub edition: &'a str,
    pub collected: String,
    pub date: Option<Day>,
    pub summary: Option<&'a str>,
    pub includes: Option<String>,
    pub corrections: Vec<Correction<'a>>,
}

#[derive(Serialize)]
pub(super) struct Bare<'a> {
    pub page: Page<'a>,
}

#[derive(Serialize)]
pub(super) struct Redirect {
    pub to: String,
    pub address: String,
}

#[derive(Serialize)]
pub(super) struct TableView<'a> {
    pub table: Table<'a>,
}

#[derive(Serialize)]
pub(super) struct Table<'a> {
    pub id: &'a str,
    pub label: &'a str,
    pub caption: &'a str,
    pub parts: Vec<Part<'a>>,
    pub notes: Vec<Note<'a>>,
    pub remarks: &'a [String],
    pub lists: bool,
    pub csv: Vec<Link<'a>>,
}

#[derive(Serialize)]
pub(super) struct Part<'a> {
    pub id: &'a str,
    pub label: Option<&'a str>,
    pub title: Option<&'a str>,
    pub row_header: &'a str,
    pub columns: Vec<Column<'a>>,
    pub rows: Vec<Row<'a>>,
    pub csv: Vec<Link<'a>>,
}

/// What a word in a table means. A cell and a column have one without its text.
#[derive(Serialize)]
pub(super) struct Note<'a> {
    pub id: &'a str,
    pub letter: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Column<'a> {
    pub label: &'a str,
    pub n: Option<&'a Words>,
    pub note: Option<Note<'a>>,
}

#[derive(Serialize)]
pub(super) struct Row<'a> {
    pub label: &'a str,
    pub cells: Vec<Cell<'a>>,
}

#[derive(Serialize)]
pub(super) struct Cell<'a> {
    pub text: &'a Words,
    pub kind: &'static str,
    pub note: Option<Note<'a>>,
}

#[derive(Serialize)]
pub(super) struct QuotesView<'a> {
    pub quotes: Quotes<'a>,
}

#[derive(Serialize)]
pub(super) struct Quotes<'a> {
    pub id: Option<&'a str>,
    pub label: Option<&'a str>,
    pub caption: Option<&'a str>,
    pub quotes: Vec<Quote>,
}

#[derive(Serialize)]
pub(super) struct Quote {
    pub text: String,
    pub credit: String,
    pub edited: bool,
}

#[derive(Serialize)]
pub(super) struct ActionsView<'a> {
    pub actions: Actions<'a>,
}

#[derive(Serialize)]
pub(super) struct Actions<'a> {
    pub id: &'a str,
    pub label: &'a str,
    pub caption: &'a str,
    pub dated: bool,
    pub rows: Vec<Action<'a>>,
}

#[derive(Serialize)]
pub(super) struct Action<'a> {
    pub suggestion: &'a str,
    pub status: &'a str,
    pub what: Option<&'a str>,
    pub date: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct QuestionnaireView<'a> {
    pub questions: Vec<Asked<'a>>,
}

#[derive(Serialize)]
pub(super) struct Asked<'a> {
    pub ask: &'a str,
    pub only: Option<&'a str>,
    pub how: &'a str,
    pub options: Vec<Offered<'a>>,
    pub kind: &'static str,
}

#[derive(Serialize)]
pub(super) struct Offered<'a> {
    pub label: &'a str,
    pub only: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct FigureView<'a> {
    pub figure: Figure<'a>,
}

#[derive(Serialize)]
pub(super) struct Figure<'a> {
    pub id: &'a str,
    pub label: &'a str,
    pub caption: &'a str,
    pub svg: String,
    pub kind: &'static str,
    pub tables: Vec<OwnedLink<'a>>,
    pub notes: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct People {
    pub entries: Vec<String>,
}
