//! Pages -> what is new: news and reports, newest first, for the feed of each language.

use super::SitePage;
use super::project::Project;
use crate::content::{Kind, Origin, Page};
use crate::language::Language;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The day a page was published, which a feed must know: its `date`, or else the day `publish` names.
pub fn issued(page: &Page) -> Option<Date> {
    page.front.date.or(page.front.publish)
}

/// Whether a page stands in the feed of its language while it is public.
pub(super) fn is_fed(page: &Page) -> bool {
    let is_report = matches!(page.origin, Origin::Report { .. });
    (is_report || page.front.kind == Kind::News) && issued(page).is_some()
}

/// What stands in the feed of each language that has one: indexes into `pages`.
pub(super) fn feeds(project: &Project, pages: &[SitePage]) -> BTreeMap<Language, Vec<usize>> {
    let mut feeds = BTreeMap::new();
    for language in &project.site.languages {
        let mut list: Vec<usize> = (0..pages.len())
            .filter(|at| pages[*at].page.language == *language && is_fed(pages[*at].page))
            .collect();
        list.sort_by_key(|at| {
            let page = pages[*at].page;
            (Reverse(issued(page)), page.front.weight, &page.address)
        });
        if !list.is_empty() {
            feeds.insert(language.clone(), list);
        }
    }
    feeds
}
