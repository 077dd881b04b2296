//! The directory and its lists -> pages made of entries.

use super::{Rendered, Renderer, Sheet, Voice};
use crate::directory::Profile;
use crate::render::parts::Slots;
use crate::render::view;
use crate::site::{FacetList, FacetTerm, ListPage, prefixed, shortlist_address};

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
        let suffix: Vec<&str> = list.address.as_str().split('/').filter(|part| !part.is_empty()).collect();
        let suffix = if voice.language == voice.first { &suffix[..] } else { &suffix[1..] };
        view_page.alternates =
            self.made_alternates(list.language, |language| prefixed(language, voice.first, suffix));
        let siblings: Vec<String> = list.siblings.iter().map(|address| self.href(address)).collect();
        let at = list.number - 1;
        let pager = (siblings.len() > 1).then(|| view::Pager {
            pages: siblings
                .iter()
                .enumerate()
                .map(|(number, href)| view::PagerLink {
                    number: number + 1,
                    href: href.clone(),
                    current: number == at,
                })
                .collect(),
            previous: at.checked_sub(1).and_then(|at| siblings.get(at)).map(String::as_str),
            next: siblings.get(at + 1).map(String::as_str),
        });
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
            pager,
            all: self.href(&whole),
            shortlist: self.href(&shortlist_address(voice.language, voice.first)),
            bar: self.bar(voice, &mut slots)?,
        };
        self.finish(Sheet::made("mentors.html", &list.address), voice, &view.page, &view, slots)
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
