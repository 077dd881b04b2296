//! The directory and its lists -> pages made of entries.

use super::{Rendered, Renderer, Sheet, Voice};
use crate::directory::Profile;
use crate::render::parts::Slots;
use crate::render::view;
use crate::site::{FacetList, FacetTerm, ListPage, prefixed, shortlist_address};
use std::borrow::Cow;

impl<'s> Renderer<'s> {
    pub(super) fn list(&self, list: &'s ListPage<'s>) -> Rendered {
        let voice = self.voice(list.language);
        let whole = prefixed(voice.language, voice.first, &["mentors"]);
        let name = voice.interface.say("mentors.title", &[]);
        let mut title = match &list.filter {
            Some((_, _, label)) => voice.interface.say("mentors.by", &[("value", label)]),
            None => name.clone(),
        };
        let mut trail =
            vec![(voice.interface.say("nav.home", &[]), Some(prefixed(voice.language, voice.first, &[])))];
        match &list.filter {
            Some((_, _, label)) => trail.extend([(name, Some(whole.clone())), (label.clone(), None)]),
            None => trail.push((name, None)),
        }
        if list.number > 1 {
            let page = voice.interface.say("mentors.page", &[("n", &list.number.to_string())]);
            title = format!("{title}: {page}");
        }
        let mut view_page = self.made(&title, "mentors", &list.address, list.language, &trail);
        view_page.noindex |= self.site.project.site.directory_noindex;
        view_page.summary = self.says(list, voice).map(Cow::Owned);
        let suffix: Vec<&str> = list.address.as_str().split('/').filter(|part| !part.is_empty()).collect();
        let suffix = if voice.language == voice.first { &suffix[..] } else { &suffix[1..] };
        view_page = view_page
            .in_languages(self.of_made(list.language, |language| prefixed(language, voice.first, suffix)));
        let intro = list
            .filter
            .is_none()
            .then(|| crate::html::escape(&voice.interface.say("mentors.intro", &[])).into_owned());
        let filter = || {
            list.filter.as_ref().map(|(facet, _, label)| view::Filter {
                facet: voice.interface.say(&format!("facet.{}", facet.name()), &[]),
                value: label,
                href: self.href(&list.siblings[0]),
            })
        };
        let mut slots = Slots::default();
        let facets = view::Facets { facets: self.facets(list, voice), filter: filter() };
        let facets = match facets.facets.is_empty() {
            true => None,
            false => Some(slots.put(self.part("facets.html", voice, &facets)?)),
        };
        let entry = |profile: &&Profile| self.entries.get(&(voice.language, profile.id())).cloned();
        let view = view::Mentors {
            page: view_page,
            facets,
            entries: list.people.iter().filter_map(entry).map(|part| slots.put(part)).collect(),
            filter: filter(),
            intro,
            count: list.total,
            free: list.free,
            pager: self.pager(list),
            all: self.href(&whole),
            shortlist: self.href(&shortlist_address(voice.language, voice.first)),
            bar: self.bar(voice, &mut slots)?,
        };
        self.finish(Sheet::made("mentors.html", &list.address), voice, &view.page, &view, slots)
    }

    /// What search engines say of a list: how to use the whole of it, or how many are on one of its parts. What follows a
    /// first page says nothing of its own.
    fn says(&self, list: &ListPage<'s>, voice: Voice) -> Option<String> {
        let interface = voice.interface;
        let count = |key: &str, n: usize| interface.count(key, n, &[]);
        match &list.filter {
            _ if list.number > 1 => None,
            None => Some(interface.say("mentors.intro", &[])),
            Some(_) => {
                let free = match list.free {
                    0 => interface.say("mentors.none-free", &[]),
                    free => count("mentors.free", free),
                };
                Some(format!("{}, {free}", count("mentors.count", list.total)))
            }
        }
    }

    /// The links to the pages of a list that is split: the first, the last, and those around this one.
    fn pager(&self, list: &ListPage<'s>) -> Option<view::Pager> {
        let (number, last) = (list.number, list.siblings.len());
        let href =
            |number: usize| list.siblings.get(number.checked_sub(1)?).map(|address| self.href(address));
        let mut pages: Vec<view::PagerLink> = Vec::new();
        for shown in window(number, last) {
            let before = pages.last().map_or(0, |link| link.number);
            pages.push(view::PagerLink {
                number: shown,
                href: href(shown)?,
                current: shown == number,
                skipped: (shown > before + 1).then(|| view::Skipped { from: before + 1, to: shown - 1 }),
            });
        }
        (last > 1).then(|| view::Pager { pages, previous: href(number - 1), next: href(number + 1) })
    }

    fn facets<'a>(&'a self, list: &'a ListPage<'s>, voice: Voice<'a>) -> Vec<view::Facet<'a>> {
        let value = |facet: &FacetList, term: &'a FacetTerm| view::FacetValue {
            label: &term.label,
            lang: self.label(facet.facet, &term.id, voice).lang,
            href: self.href(&term.address),
            count: term.count,
        };
        let facet = |facet: &'a FacetList| view::Facet {
            name: facet.facet.name(),
            label: voice.interface.say(&format!("facet.{}", facet.facet.name()), &[]),
            values: facet.terms.iter().map(|term| value(facet, term)).collect(),
        };
        list.facets.iter().map(facet).collect()
    }
}

/// How many pages on each side of one its pager leads to.
const AROUND: usize = 3;

/// The pages that a page's pager leads to. A single page is never left out: its number is as short as what would say so.
fn window(number: usize, last: usize) -> impl Iterator<Item = usize> {
    let from = number.saturating_sub(AROUND);
    let from = if from <= 3 { 1 } else { from };
    let to = number + AROUND;
    let to = if to + 2 >= last { last } else { to };
    let first = (from > 1).then_some(1);
    first.into_iter().chain(from..=to).chain((to < last).then_some(last))
}

#[cfg(test)]
mod tests {
    use super::window;

    #[test]
    fn a_pager_leads_to_the_ends_and_around() {
        let pages = |number, last| window(number, last).collect::<Vec<_>>();
        assert_eq!(pages(1, 1), [1]);
        assert_eq!(pages(1, 6), [1, 2, 3, 4, 5, 6]);
        assert_eq!(pages(1, 7), [1, 2, 3, 4, 7]);
        assert_eq!(pages(6, 12), [1, 2, 3, 4, 5, 6, 7, 8, 9, 12]);
        assert_eq!(pages(7, 13), [1, 4, 5, 6, 7, 8, 9, 10, 13]);
        assert_eq!(pages(50, 50), [1, 47, 48, 49, 50]);
        assert!((1..=1000).all(|number| pages(number, 1000).len() <= 2 * 3 + 4), "however many there are");
    }
}
