//! Mentors, and lists of them -> what templates see.

use super::{Link, OwnedLink, Page};
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
    pub pager: Option<Pager<'a>>,
    pub all: String,
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

#[derive(Serialize)]
pub(in crate::render) struct Person<'a> {
    pub name: &'a str,
    pub href: Option<String>,
    pub initials: String,
    pub photo: Option<Portrait>,
    pub pronouns: Option<&'a str>,
    pub post: &'a str,
    pub institution: &'a str,
    pub offers: Vec<&'a str>,
    pub languages: Vec<String>,
    pub places: Option<Places>,
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
pub(in crate::render) struct Pager<'a> {
    pub pages: Vec<PagerLink>,
    pub previous: Option<&'a str>,
    pub next: Option<&'a str>,
}

#[derive(Serialize)]
pub(in crate::render) struct PagerLink {
    pub number: usize,
    pub href: String,
    pub current: bool,
}

#[derive(Serialize)]
pub(in crate::render) struct Mentor<'a> {
    pub page: Page<'a>,
    pub person: Profile<'a>,
}

#[derive(Serialize)]
pub(in crate::render) struct Profile<'a> {
    pub name: &'a str,
    pub pronouns: Option<&'a str>,
    pub initials: String,
    pub photo: Option<Portrait>,
    pub credit: Option<&'a str>,
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
