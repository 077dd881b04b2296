//! Mentors, and lists of them -> what templates see.

use super::{OwnedLink, Page};
use serde::Serialize;

#[derive(Serialize)]
pub(in crate::render) struct Mentors<'a> {
    pub page: Page<'a>,
    pub facets: Option<String>,
    pub entries: Vec<String>,
    pub filter: Option<Filter<'a>>,
    pub intro: Option<String>,
    pub count: usize,
    pub free: usize,
    pub pager: Option<Pager>,
    pub all: String,
    pub shortlist: String,
    pub bar: String,
}

#[derive(Serialize)]
pub(in crate::render) struct Facets<'a> {
    pub facets: Vec<Facet<'a>>,
    pub filter: Option<Filter<'a>>,
}

#[derive(Serialize)]
pub(in crate::render) struct Facet<'a> {
    pub name: &'static str,
    pub label: String,
    pub values: Vec<FacetValue<'a>>,
}

#[derive(Serialize)]
pub(in crate::render) struct FacetValue<'a> {
    pub label: &'a str,
    pub lang: Option<&'a str>,
    pub href: String,
    pub count: usize,
}

#[derive(Serialize)]
pub(in crate::render) struct Filter<'a> {
    pub facet: String,
    pub value: &'a str,
    pub href: String,
}

#[derive(Serialize)]
pub(in crate::render) struct Listed<'a> {
    pub person: Person<'a>,
    pub heading: &'static str,
}

/// Words of a vocabulary, with their language where it is not the page's.
#[derive(Serialize)]
pub(in crate::render) struct Label<'a> {
    pub label: &'a str,
    pub lang: Option<&'a str>,
}

/// The same with where its list is.
#[derive(Serialize)]
pub(in crate::render) struct Term<'a> {
    pub label: &'a str,
    pub lang: Option<&'a str>,
    pub href: String,
}

#[derive(Serialize)]
pub(in crate::render) struct Person<'a> {
    pub name: &'a str,
    pub href: Option<String>,
    pub initials: String,
    pub photo: Option<Portrait>,
    pub pronouns: Option<&'a str>,
    pub post: &'a str,
    pub post_lang: Option<&'a str>,
    pub institution: Label<'a>,
    pub offers: Vec<Label<'a>>,
    pub languages: Vec<String>,
    pub places: Option<Places>,
    /// What the filter reads: all that she is listed by, and what she works on.
    pub terms: Option<String>,
    pub interests: &'a [String],
}

/// A square photo: `src` and `srcset`, and what the first is in pixels.
#[derive(Serialize)]
pub(in crate::render) struct Portrait {
    pub src: String,
    pub srcset: String,
    pub width: u32,
    pub height: u32,
}

#[derive(Serialize)]
pub(in crate::render) struct Places {
    pub state: &'static str,
    pub text: String,
}

#[derive(Serialize)]
pub(in crate::render) struct Pager {
    pub pages: Vec<PagerLink>,
    pub previous: Option<String>,
    pub next: Option<String>,
}

#[derive(Serialize)]
pub(in crate::render) struct PagerLink {
    pub number: usize,
    pub href: String,
    pub current: bool,
    /// The pages between the one before and this that are not linked.
    pub skipped: Option<Skipped>,
}

/// Numbers of pages, both included.
#[derive(Serialize)]
pub(in crate::render) struct Skipped {
    pub from: usize,
    pub to: usize,
}

#[derive(Serialize)]
pub(in crate::render) struct Mentor<'a> {
    pub page: Page<'a>,
    pub person: Profile<'a>,
    /// Parts.
    pub similar: Vec<String>,
    pub linked_data: Option<String>,
    pub bar: String,
}

/// Somebody who is like another.
#[derive(Serialize)]
pub(in crate::render) struct Likeness<'a> {
    pub person: Person<'a>,
}

#[derive(Serialize)]
pub(in crate::render) struct Profile<'a> {
    pub name: &'a str,
    pub pronouns: Option<&'a str>,
    pub initials: String,
    pub photo: Option<Portrait>,
    pub credit: Option<&'a str>,
    pub post: &'a str,
    pub post_lang: Option<&'a str>,
    pub institution: Term<'a>,
    pub stage: Term<'a>,
    pub pathway: Option<String>,
    pub disciplines: Vec<Term<'a>>,
    pub interests: &'a [String],
    pub offers: Vec<Term<'a>>,
    pub seeks: Option<&'a str>,
    pub seeks_lang: Option<&'a str>,
    pub languages: Vec<String>,
    pub places: Places,
    pub bio: Option<String>,
    pub bio_lang: Option<&'a str>,
    pub links: Vec<OwnedLink<'a>>,
    pub ask: String,
    pub change: String,
}

/// The bar that counts whom somebody has chosen.
#[derive(Serialize)]
pub(in crate::render) struct Bar {
    /// The folder of the directory, whatever links go on with.
    pub directory: String,
    pub index: &'static str,
    pub shortlist: String,
}

#[derive(Serialize)]
pub(in crate::render) struct Shortlist<'a> {
    pub page: Page<'a>,
    pub all: String,
    pub form: Option<Form<'a>>,
    pub bar: String,
}

/// The scheme's form, with the names of its fields.
#[derive(Serialize)]
pub(in crate::render) struct Form<'a> {
    pub href: &'a str,
    pub first: Option<&'a str>,
    pub second: Option<&'a str>,
    pub third: Option<&'a str>,
    pub all: Option<&'a str>,
    /// Whether the host wants answers in quotation marks.
    pub quoted: bool,
}
