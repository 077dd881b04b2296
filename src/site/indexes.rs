//! Public pages -> the lists of them: news, events, and the editions of each survey.

use super::{Compared, Context, Events, Project, SitePage, editions, prefixed};
use crate::content::Kind;
use crate::language::Language;
use crate::path::Address;
use std::collections::BTreeMap;

/// A page that only lists others.
pub struct IndexPage<'p> {
    /// Its language.
    pub language: &'p Language,
    /// Its address.
    pub address: Address,
    /// What it lists.
    pub kind: Index<'p>,
}

/// What an index lists.
pub enum Index<'p> {
    /// All news.
    News,
    /// All events.
    Events,
    /// A survey's editions: title of the survey and indexes into the site's pages.
    Editions {
        /// The survey.
        survey: &'p str,
        /// Its title.
        title: String,
        /// Report pages, newest first.
        pages: Vec<usize>,
        /// What they have in common, where there are several.
        compared: Box<Option<Compared>>,
    },
}

pub(super) fn news(project: &Project, pages: &[SitePage]) -> BTreeMap<Language, Vec<usize>> {
    let mut news: BTreeMap<Language, Vec<usize>> = BTreeMap::new();
    for language in &project.site.languages {
        let mut list: Vec<usize> = (0..pages.len())
            .filter(|at| pages[*at].page.front.kind == Kind::News && pages[*at].page.language == *language)
            .collect();
        list.sort_by_key(|at| {
            let front = &pages[*at].page.front;
            (std::cmp::Reverse(front.date), front.weight, &pages[*at].page.address)
        });
        if !list.is_empty() {
            news.insert(language.clone(), list);
        }
    }
    news
}

pub(super) fn indexes<'p>(
    context: Context<'_, 'p>,
    pages: &[SitePage<'p>],
    news: &BTreeMap<Language, Vec<usize>>,
    events: &BTreeMap<Language, Events>,
) -> Vec<IndexPage<'p>> {
    let project = context.project;
    let first = context.first();
    let mut indexes = Vec::new();
    for language in &project.site.languages {
        let lists = [
            ("news", Index::News, news.contains_key(language)),
            ("events", Index::Events, events.contains_key(language)),
        ];
        for (name, kind, is_there) in lists {
            let address = prefixed(language, first, &[name]);
            let written = pages.iter().any(|page| page.page.address == address);
            if is_there && !written {
                indexes.push(IndexPage { language, address, kind });
            }
        }
        for (survey, evaluation) in project.evaluations.iter() {
            let mut list: Vec<usize> = (0..pages.len())
                .filter(|at| {
                    pages[*at].page.language == *language
                        && pages[*at].report.as_ref().is_some_and(|report| report.survey == survey)
                })
                .collect();
            list.sort_by(|a, b| pages[*b].page.address.cmp(&pages[*a].page.address));
            if !list.is_empty() {
                let title = evaluation.survey.title.get(language, first).value.clone();
                let address = prefixed(language, first, &["reports", survey]);
                indexes.push(IndexPage {
                    language,
                    address,
                    kind: Index::Editions {
                        survey,
                        title,
                        compared: Box::new(editions::compare(
                            context,
                            evaluation,
                            language,
                            list.iter().map(|at| &pages[*at]),
                        )),
                        pages: list,
                    },
                });
            }
        }
    }
    indexes
}
