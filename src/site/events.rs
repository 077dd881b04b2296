//! Public pages of events -> what is coming up and what is over, for each language.

use super::{Project, SitePage};
use crate::content::Event;
use crate::language::Language;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The events of a language: indexes into the site's pages.
#[derive(Clone, Default, Debug)]
pub struct Events {
    /// From today on, the next first.
    pub coming: Vec<usize>,
    /// Those that are over, the latest first.
    pub past: Vec<usize>,
}

/// The events of each language that has any.
pub(super) fn events(project: &Project, pages: &[SitePage]) -> BTreeMap<Language, Events> {
    let mut events: BTreeMap<Language, Events> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        if let Some(event) = &page.page.front.event {
            let events = events.entry(page.page.language.clone()).or_default();
            let list = if event.last_day() >= project.date { &mut events.coming } else { &mut events.past };
            list.push(at);
        }
    }
    let order = |at: &usize| {
        let front = &pages[*at].page.front;
        let starts = front.event.as_ref().map(|event: &Event| event.starts);
        (starts, front.weight, &pages[*at].page.address)
    };
    for events in events.values_mut() {
        events.coming.sort_by_key(order);
        events.past.sort_by_key(|at| Reverse(order(at)));
    }
    events
}
