//! Everything public in a language -> its page of all pages, and the index that the search on that page reads.
//!
//! Of tables it has what they ask and not what was answered: nobody looks for a number without knowing of what.
//! Of people the index has what the directory's lists show of them; nothing of those who ask not to be found by search
//! engines, because engines read it too: whoever looks for them looks in the directory.

use super::{Rendered, Renderer, Sheet, Voice};
use crate::config::Facet;
use crate::content::Kind;
use crate::html::text;
use crate::language::Language;
use crate::render::parts::Slots;
use crate::render::view;
use crate::site::{
    Body, Segment, SitePage, index_address, name_order, prefixed, profile_address, search_address,
};
use serde::Serialize;

/// Kinds of pages as they are grouped, with the interface's words for them.
const GROUPS: [(&str, &[Kind]); 5] = [
    ("search.pages", &[Kind::Page, Kind::ParticipantInformation]),
    ("search.reports", &[Kind::Report, Kind::Publication]),
    ("news.title", &[Kind::News]),
    ("events.title", &[Kind::Event]),
    ("search.policies", &[Kind::PrivacyNotice, Kind::CodeOfConduct, Kind::AccessibilityStatement]),
];

/// What the search reads of a page or person.
#[derive(Serialize)]
struct Found<'a> {
    /// Its address.
    u: String,
    /// Its title.
    t: &'a str,
    /// What kind of thing it is; nothing of a plain page.
    k: String,
    /// Its summary.
    s: String,
    /// Its headings: id and words.
    h: Vec<(&'a str, &'a str)>,
    /// Its text.
    x: String,
}

impl<'s> Renderer<'s> {
    /// The page of all pages.
    pub(super) fn search(&self, language: &'s Language) -> Rendered {
        let voice = self.voice(language);
        let address = search_address(language, voice.first);
        let title = voice.interface.say("search.title", &[]);
        let home = (voice.interface.say("nav.home", &[]), Some(prefixed(language, voice.first, &[])));
        let page = self.made(&title, "search", &address, language, &[home, (title.clone(), None)]);
        let others = self.of_made(language, |other| search_address(other, voice.first));
        let mut groups = Vec::new();
        for (named, kinds) in GROUPS {
            let link = |page: &'s SitePage<'s>| view::Link {
                label: &page.page.front.title.value,
                href: self.href(&page.page.address),
            };
            let items: Vec<view::Link> = self.of_kinds(voice, kinds).into_iter().map(link).collect();
            if !items.is_empty() {
                groups.push(view::LinkGroup { title: voice.interface.say(named, &[]), items });
            }
        }
        let directory = self.site.project.directory.exists.then(|| {
            let list = prefixed(language, voice.first, &["mentors"]);
            view::OwnedLabel { label: voice.interface.say("mentors.title", &[]), href: self.href(&list) }
        });
        let index = self.href(&index_address(language, voice.first));
        let view = view::Search { page: page.in_languages(others), index, groups, directory };
        self.finish(Sheet::made("search.html", &address), voice, &view.page, &view, Slots::default())
    }

    /// The index as JSON, in which `<` is `\u003c`.
    pub(in crate::render) fn search_index(&self, language: &'s Language) -> String {
        let voice = self.voice(language);
        let is_found = !self.site.project.site.directory_noindex;
        let mut found: Vec<Found> = Vec::new();
        for (named, kinds) in GROUPS {
            let kind = if named == "search.pages" { String::new() } else { voice.interface.say(named, &[]) };
            for page in self.of_kinds(voice, kinds) {
                let front = &page.page.front;
                let headings = page.page.body.headings.iter();
                found.push(Found {
                    u: self.href(&page.page.address),
                    t: &front.title.value,
                    k: kind.clone(),
                    s: front.summary().unwrap_or_default().to_owned(),
                    h: headings.map(|heading| (heading.id.as_str(), heading.text.as_str())).collect(),
                    x: words(&page.body, is_found),
                });
            }
        }
        let mentors = self.site.project.directory.mentors().filter(|profile| is_found && !profile.noindex());
        for profile in mentors {
            let label = |facet, id| self.label(facet, id, voice).label;
            let offers = profile.offers().iter().map(|offer| label(Facet::Offer, offer));
            let disciplines = profile.disciplines().iter().map(|id| label(Facet::Discipline, id));
            let interests = profile.interests().iter().map(String::as_str);
            found.push(Found {
                u: self.href(&profile_address(language, voice.first, profile.id())),
                t: profile.name(),
                k: voice.interface.say("search.mentor", &[]),
                s: format!(
                    "{}, {}.",
                    voice.text(profile.post()),
                    label(Facet::Institution, profile.institution())
                ),
                h: Vec::new(),
                x: offers.chain(disciplines).chain(interests).collect::<Vec<_>>().join(", "),
            });
        }
        serde_json::to_string(&found).unwrap_or_default().replace('<', "\\u003c")
    }

    /// The pages of some kinds, by title as readers of the language look for it; dated ones the latest first.
    fn of_kinds(&self, voice: Voice, kinds: &[Kind]) -> Vec<&'s SitePage<'s>> {
        let home = prefixed(voice.language, voice.first, &[]);
        let is_one = |page: &&'s SitePage<'s>| {
            page.page.language == *voice.language
                && kinds.contains(&page.page.front.kind)
                && page.page.address != home
        };
        let mut pages: Vec<&'s SitePage<'s>> = self.site.pages.iter().filter(is_one).collect();
        let order = name_order(voice.language);
        let day = |page: &SitePage| {
            page.page.front.event.as_ref().map(|event| event.starts.day).or(page.page.front.date)
        };
        pages.sort_by(|a, b| {
            let titles = || order(&a.page.front.title.value, &b.page.front.title.value);
            day(b).cmp(&day(a)).then_with(titles)
        });
        pages
    }
}

/// The words of a body, by which it is found; people who are listed in it are among them if people are found at all.
fn words(body: &Body, is_found: bool) -> String {
    let mut words: Vec<String> = Vec::new();
    for segment in &body.segments {
        match segment {
            Segment::Html(html) => words.push(text(html)),
            Segment::Table(table) => {
                words.push(table.name());
                for part in &table.parts {
                    words.extend(part.name());
                    words.extend(part.table.rows.iter().map(|row| row.label.clone()));
                }
            }
            Segment::Figure(figure) => words.push(figure.caption.clone()),
            Segment::Quotes(quotes) => {
                words.extend(quotes.frame.iter().map(|(_, _, caption)| caption.clone()));
                words.extend(quotes.quotes.iter().map(|quote| quote.text.clone()));
            }
            Segment::Actions(actions) => {
                words.push(actions.caption.clone());
                for row in &actions.rows {
                    words.push(row.suggestion.clone());
                    words.extend(row.what.clone());
                }
            }
            Segment::Questionnaire(questionnaire) => {
                for asked in &questionnaire.questions {
                    words.push(asked.ask.clone());
                    words.extend(asked.options.iter().map(|(label, _)| label.clone()));
                }
            }
            Segment::People(people) => {
                let found = people.iter().filter(|profile| is_found && !profile.noindex());
                words.extend(found.map(|profile| profile.name().to_owned()));
            }
        }
    }
    words.retain(|part| !part.trim().is_empty());
    words.join(" ")
}
