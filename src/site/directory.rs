//! Profiles -> the directory's pages: the index, and a list for each value of each facet, split where they are long.

use super::project::Project;
use crate::config::Facet;
use crate::directory::{Profile, State};
use crate::language::Language;
use crate::path::Address;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An address in a language: `/mentors/`, `/cy/mentors/`.
pub fn prefixed(language: &Language, first: &Language, parts: &[&str]) -> Address {
    let prefix = if language == first { "" } else { language.code() };
    Address::page(std::iter::once(prefix).chain(parts.iter().copied()))
}

/// The language whose code an address begins with; the site's first has none there.
pub(in crate::site) fn language_of<'l>(address: &Address, languages: &'l [Language]) -> Option<&'l Language> {
    let code = address.as_str().split('/').nth(1)?;
    languages.iter().skip(1).find(|language| language.code() == code)
}

/// Where a mentor's page stands.
pub fn profile_address(language: &Language, first: &Language, id: &str) -> Address {
    prefixed(language, first, &["mentors", id])
}

/// Where mentees put up to three names in order.
pub fn shortlist_address(language: &Language, first: &Language) -> Address {
    prefixed(language, first, &["mentors", "shortlist"])
}

/// Where all pages of a language are listed, and searched.
pub fn search_address(language: &Language, first: &Language) -> Address {
    prefixed(language, first, &["search"])
}

/// Where the index stands that the search reads.
pub fn index_address(language: &Language, first: &Language) -> Address {
    if language == first {
        Address::file("search.json")
    } else {
        Address::file(&format!("{language}/search.json"))
    }
}

/// Where a language's feed stands.
pub fn feed_address(language: &Language, first: &Language) -> Address {
    if language == first { Address::file("atom.xml") } else { Address::file(&format!("{language}/atom.xml")) }
}

/// Where the calendar of what is coming up in a language stands.
pub fn calendar_address(language: &Language, first: &Language) -> Address {
    if language == first {
        Address::file("events.ics")
    } else {
        Address::file(&format!("{language}/events.ics"))
    }
}

/// Where an event stands as an entry for calendars.
pub fn event_address(page: &Address) -> Address {
    Address::file(&format!("{}event.ics", page.as_str()))
}

/// Where the CSV of one of a report's tables stands.
pub fn data_address(report: &Address, table: &str) -> Address {
    Address::file(&format!("{}data/{table}.csv", report.as_str()))
}

/// A whole report in another format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// To read and to review.
    Docx,
    /// The tables.
    Xlsx,
    /// The figures for programs.
    Json,
}

impl Format {
    /// In the order they are offered.
    pub const ALL: [Format; 3] = [Format::Docx, Format::Xlsx, Format::Json];

    /// How its files' names end.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Docx => "docx",
            Format::Xlsx => "xlsx",
            Format::Json => "json",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Json => "application/json",
        }
    }
}

/// Where a report stands in another format: data beside its tables, the document beside the page.
pub fn download_address(report: &Address, survey: &str, edition: &str, format: Format) -> Address {
    let folder = if format == Format::Docx { "" } else { "data/" };
    Address::file(&format!("{}{folder}{survey}-{edition}.{}", report.as_str(), format.extension()))
}

/// People in the order they are shown.
pub type People<'p> = Vec<&'p Profile>;

/// One page of one list.
pub struct ListPage<'p> {
    /// Its language.
    pub language: &'p Language,
    /// Its address.
    pub address: Address,
    /// By what the list is narrowed: facet and term, with the term's words.
    pub filter: Option<(Facet, String, String)>,
    /// The people on this page.
    pub people: People<'p>,
    /// How many the whole list has, and how many of them have places.
    pub total: usize,
    /// How many of the whole list have places.
    pub free: usize,
    /// This page's number, from 1, and how many there are.
    pub number: usize,
    /// Addresses of all pages of the list, shared by them.
    pub siblings: Arc<[Address]>,
    /// What one can list by, shared by all pages of a language.
    pub facets: Arc<Vec<FacetList>>,
}

/// A facet with the terms that anybody is listed by.
#[derive(Debug)]
pub struct FacetList {
    /// The facet.
    pub facet: Facet,
    /// Terms in the order of their words.
    pub terms: Vec<FacetTerm>,
}

/// A term that somebody is listed by.
#[derive(Debug)]
pub struct FacetTerm {
    /// Its id.
    pub id: String,
    /// Its words.
    pub label: String,
    /// Where its list begins.
    pub address: Address,
    /// How many are listed.
    pub count: usize,
}

/// All lists of the directory.
pub struct Lists<'p> {
    pages: Vec<ListPage<'p>>,
    /// All mentors in the order of each language.
    orders: BTreeMap<&'p Language, People<'p>>,
}

/// Compares words as a language's readers expect.
pub(super) fn collator(language: &Language) -> Option<CollatorBorrowed<'static>> {
    let locale = language.code().parse::<icu_locale_core::Locale>().ok()?;
    Collator::try_new((&locale).into(), CollatorOptions::default()).ok()
}

/// The order in which a language's readers expect names.
pub fn name_order(language: &Language) -> impl Fn(&str, &str) -> std::cmp::Ordering + Sync {
    let collator = collator(language);
    move |a, b| collator.as_ref().map_or_else(|| a.cmp(b), |collator| collator.compare(a, b))
}

impl<'p> Lists<'p> {
    /// Makes the lists. A site without files of people has none.
    pub fn new(project: &'p Project) -> Lists<'p> {
        let mut lists = Lists { pages: Vec::new(), orders: BTreeMap::new() };
        if project.directory.exists {
            for language in &project.site.languages {
                lists.in_language(project, language);
            }
        }
        lists
    }

    /// All pages.
    pub fn pages(&self) -> &[ListPage<'p>] {
        &self.pages
    }

    /// All mentors in the order of a language's lists.
    pub fn order(&self, language: &Language) -> &[&'p Profile] {
        self.orders.get(language).map_or(&[], Vec::as_slice)
    }

    /// All pages, handed on.
    pub fn into_pages(self) -> Vec<ListPage<'p>> {
        self.pages
    }

    fn in_language(&mut self, project: &'p Project, language: &'p Language) {
        let first = project.first_language();
        let compare = name_order(language);
        let mut people: People = project.directory.mentors().collect();
        // Those with places first, then by name: nobody who is full stands in the way.
        people.par_sort_by(|a, b| {
            let full = |profile: &Profile| profile.state() == State::Full;
            full(a)
                .cmp(&full(b))
                .then_with(|| compare(a.sort_name(), b.sort_name()))
                .then_with(|| a.id().cmp(b.id()))
        });
        let mut by_term: BTreeMap<(Facet, &str), People> = BTreeMap::new();
        for profile in &people {
            for place in profile.places() {
                by_term.entry((place.facet, place.term)).or_default().push(profile);
            }
        }
        let label = |facet: Facet, term: &str| {
            let known = project.vocabulary.terms(facet).get(term);
            known.map_or_else(|| term.to_owned(), |known| known.label.get(language, first).value.clone())
        };
        let facets = Facet::ALL.map(|facet| {
            let mut terms: Vec<FacetTerm> = by_term
                .iter()
                .filter(|((other, _), _)| *other == facet)
                .map(|((_, term), people)| FacetTerm {
                    id: (*term).to_owned(),
                    label: label(facet, term),
                    address: prefixed(language, first, &["mentors", facet.name(), term]),
                    count: people.len(),
                })
                .collect();
            terms.sort_by(|a, b| compare(&a.label, &b.label).then_with(|| a.id.cmp(&b.id)));
            FacetList { facet, terms }
        });
        let facets = Arc::new(facets.into_iter().filter(|list| !list.terms.is_empty()).collect::<Vec<_>>());
        let size = project.site.page_size;
        let mut split = |filter: Option<(Facet, String, String)>, path: &[&str], people: &People<'p>| {
            let total = people.len();
            let free = people.iter().filter(|profile| profile.state() != State::Full).count();
            let count = total.div_ceil(size).max(1);
            let numbers: Vec<String> = (1..=count).map(|number| number.to_string()).collect();
            let siblings: Arc<[Address]> = numbers
                .iter()
                .enumerate()
                .map(|(at, number)| {
                    let tail: &[&str] = if at == 0 { &[] } else { &["page", number] };
                    prefixed(language, first, &[path, tail].concat())
                })
                .collect();
            for at in 0..count {
                self.pages.push(ListPage {
                    language,
                    address: siblings[at].clone(),
                    filter: filter.clone(),
                    people: people.iter().skip(at * size).take(size).copied().collect(),
                    total,
                    free,
                    number: at + 1,
                    siblings: siblings.clone(),
                    facets: facets.clone(),
                });
            }
        };
        split(None, &["mentors"], &people);
        for ((facet, term), people) in &by_term {
            let filter = (*facet, (*term).to_owned(), label(*facet, term));
            split(Some(filter), &["mentors", facet.name(), term], people);
        }
        self.orders.insert(language, people);
    }
}
