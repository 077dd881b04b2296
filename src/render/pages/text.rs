//! Markdown pages, the home page, news, events and lists of editions -> their views.

use super::cited::publication;
use super::person::Shown;
use super::{Rendered, Renderer, Sheet, Voice, instrument};
use crate::content::{Event, Kind};
use crate::diagnostic::Diagnostics;
use crate::render::citation::Citation;
use crate::render::parts::Slots;
use crate::render::view;
use crate::site::{
    Body, Index, IndexPage, Quote, Quotes, Segment, SitePage, calendar_address, event_address, prefixed,
};

/// News and events on the home page, and headings that make a page long.
const NEWS_ON_HOME: usize = 3;
const EVENTS_ON_HOME: usize = 3;
const LONG: usize = 4;

impl<'s> Renderer<'s> {
    pub(super) fn page(&self, page: &'s SitePage<'s>) -> Rendered {
        let voice = self.voice(&page.page.language);
        let body = self.body(&page.body, voice)?;
        let address = &page.page.address;
        let front = &page.page.front;
        let sheet =
            |template| Sheet { template, address, span: Some(page.page.span), links: &page.body.links };
        let view_page = self.page_view(page, voice);
        if *address == prefixed(voice.language, voice.first, &[]) {
            let view = view::Home {
                page: view_page,
                body,
                news: self.news(voice, NEWS_ON_HOME),
                events: self.coming(voice, EVENTS_ON_HOME),
                institutions: self.institutions(voice),
            };
            return self.finish(sheet("home.html"), voice, &view.page, &view, Slots::default());
        }
        if *address == prefixed(voice.language, voice.first, &["news"]) {
            let view = view::News { page: view_page, body: Some(body), items: self.news(voice, usize::MAX) };
            return self.finish(sheet("news.html"), voice, &view.page, &view, Slots::default());
        }
        if *address == prefixed(voice.language, voice.first, &["events"]) {
            let view = self.events(view_page, Some(body), voice);
            return self.finish(sheet("events.html"), voice, &view.page, &view, Slots::default());
        }
        let citation = Citation::of(self.site, page);
        if let (Some(report), Some(citation)) = (&page.report, &citation) {
            let view = view::ReportPage {
                page: view_page,
                body,
                contents: contents(page, 1),
                report: self.report(page, report, voice),
                citation: self.cited(citation, address, voice),
            };
            return self.finish(sheet("report.html"), voice, &view.page, &view, Slots::default());
        }
        let view = view::Text {
            page: view_page,
            body,
            contents: contents(page, LONG),
            date: (front.kind == Kind::News).then_some(front.date).flatten().map(|date| voice.day(date)),
            event: front.event.as_ref().map(|event| view::Event {
                when: self.when(event, voice),
                place: event.place.as_deref(),
                calendar: self.href(&event_address(address)),
                over: event.last_day() < self.site.project.date,
            }),
            link: front.link.as_ref().map(|link| link.value.as_str()),
            publication: front.publication.as_ref().map(|article| publication(article, voice)),
            citation: citation.as_ref().map(|citation| self.cited(citation, address, voice)),
        };
        self.finish(sheet("page.html"), voice, &view.page, &view, Slots::default())
    }

    /// A body's segments as HTML.
    pub(super) fn body(&self, body: &Body, voice: Voice) -> Result<String, Diagnostics> {
        let mut html = String::new();
        for segment in &body.segments {
            match segment {
                Segment::Html(text) => html.push_str(text),
                Segment::Table(table) => {
                    let view = view::TableView { table: self.table(table, voice) };
                    html.push_str(&self.html("table.html", voice, &view, None)?);
                }
                Segment::Quotes(quotes) => {
                    let view = view::QuotesView { quotes: quotes_view(quotes) };
                    html.push_str(&self.html("quotes.html", voice, &view, None)?);
                }
                Segment::Actions(table) => {
                    let view = instrument::actions(table);
                    html.push_str(&self.html("actions.html", voice, &view, None)?);
                }
                Segment::Questionnaire(questionnaire) => {
                    let view = instrument::questionnaire(questionnaire);
                    html.push_str(&self.html("questionnaire.html", voice, &view, None)?);
                }
                Segment::Figure(figure) => {
                    let view = view::FigureView { figure: self.figure(figure, voice) };
                    html.push_str(&self.html("figure.html", voice, &view, None)?);
                }
                Segment::People(people) => {
                    let entries = people.iter().map(|profile| {
                        let person = self.person(profile, voice, Shown::Named);
                        let view = view::Listed { person, heading: "p" };
                        self.html("person.html", voice, &view, None)
                    });
                    let view = view::People { entries: entries.collect::<Result<_, _>>()? };
                    html.push_str(&self.html("people.html", voice, &view, None)?);
                }
            }
        }
        Ok(html)
    }

    pub(super) fn news(&self, voice: Voice, most: usize) -> Vec<view::Item<'s>> {
        let Some(news) = self.site.news.get(voice.language) else { return Vec::new() };
        let item = |at: &usize| {
            let page = self.site.pages[*at].page;
            view::Item {
                title: &page.front.title.value,
                href: self.href(&page.address),
                date: page.front.date.map(|date| voice.day(date)),
                summary: page.front.summary(),
            }
        };
        news.iter().take(most).map(item).collect()
    }

    fn events<'v>(&self, page: view::Page<'v>, body: Option<String>, voice: Voice) -> view::Events<'v>
    where
        's: 'v,
    {
        let past = self.site.events.get(voice.language).map(|events| events.past.as_slice());
        view::Events {
            page,
            body,
            coming: self.coming(voice, usize::MAX),
            past: past.unwrap_or_default().iter().filter_map(|at| self.event(*at, voice)).collect(),
            calendar: self.href(&calendar_address(voice.language, voice.first)),
        }
    }

    fn coming(&self, voice: Voice, most: usize) -> Vec<view::EventItem<'s>> {
        let coming = self.site.events.get(voice.language).map(|events| events.coming.as_slice());
        coming.unwrap_or_default().iter().take(most).filter_map(|at| self.event(*at, voice)).collect()
    }

    fn event(&self, at: usize, voice: Voice) -> Option<view::EventItem<'s>> {
        let page = self.site.pages[at].page;
        let event = page.front.event.as_ref()?;
        Some(view::EventItem {
            title: &page.front.title.value,
            href: self.href(&page.address),
            when: self.when(event, voice),
            place: event.place.as_deref(),
            summary: page.front.summary(),
        })
    }

    fn when(&self, event: &Event, voice: Voice) -> view::When {
        voice.when(event, &self.site.project.site.time_zone)
    }

    pub(super) fn institutions(&self, voice: Voice<'s>) -> Vec<view::Institution<'s>> {
        let terms = self.site.project.vocabulary.terms(crate::config::Facet::Institution);
        terms
            .iter()
            .map(|(_, term)| view::Institution {
                label: voice.text(&term.label),
                website: term.website.as_deref(),
            })
            .collect()
    }

    pub(super) fn index(&self, index: &'s IndexPage<'s>) -> Rendered {
        let voice = self.voice(index.language);
        let home = (voice.interface.say("nav.home", &[]), Some(prefixed(voice.language, voice.first, &[])));
        match &index.kind {
            Index::News => {
                let title = voice.interface.say("news.title", &[]);
                let trail = [home, (title.clone(), None)];
                let page = self.made(&title, "news", &index.address, index.language, &trail);
                let others = self.of_made(index.language, |other| prefixed(other, voice.first, &["news"]));
                let page = page.in_languages(others);
                let view = view::News { page, body: None, items: self.news(voice, usize::MAX) };
                self.finish(
                    Sheet::made("news.html", &index.address),
                    voice,
                    &view.page,
                    &view,
                    Slots::default(),
                )
            }
            Index::Events => {
                let title = voice.interface.say("events.title", &[]);
                let trail = [home, (title.clone(), None)];
                let page = self.made(&title, "events", &index.address, index.language, &trail);
                let others = self.of_made(index.language, |other| prefixed(other, voice.first, &["events"]));
                let view = self.events(page.in_languages(others), None, voice);
                let sheet = Sheet::made("events.html", &index.address);
                self.finish(sheet, voice, &view.page, &view, Slots::default())
            }
            Index::Editions { survey, title, pages, compared } => {
                let trail = [home, (voice.interface.say("reports.title", &[]), None)];
                let page = self.made(title, "reports", &index.address, index.language, &trail);
                let others =
                    self.of_made(index.language, |other| prefixed(other, voice.first, &["reports", survey]));
                let page = page.in_languages(others);
                let view = self.editions(page, pages, (**compared).as_ref(), voice)?;
                let sheet = Sheet::made("reports.html", &index.address);
                self.finish(sheet, voice, &view.page, &view, Slots::default())
            }
        }
    }
}

fn quotes_view(quotes: &Quotes) -> view::Quotes<'_> {
    let (id, label, caption) = match &quotes.frame {
        Some((id, label, caption)) => (Some(id.as_str()), Some(label.as_str()), Some(caption.as_str())),
        None => (None, None, None),
    };
    let quote = |quote: &'_ _| {
        let Quote { text, credit, edited }: &Quote = quote;
        view::Quote { text: text.clone(), credit: credit.clone(), edited: *edited }
    };
    view::Quotes { id, label, caption, quotes: quotes.quotes.iter().map(quote).collect() }
}

/// A page's headings as a table of contents, where there are enough of them; the works cited are its last entry.
fn contents<'s>(page: &'s SitePage, enough: usize) -> Vec<view::Entry<'s>> {
    let headings = &page.page.body.headings;
    if headings.iter().filter(|heading| heading.level == 2).count() < enough {
        return Vec::new();
    }
    let mut entries: Vec<view::Entry> = Vec::new();
    for heading in headings {
        let entry = view::Entry { id: &heading.id, text: &heading.text, children: Vec::new() };
        match (heading.level, entries.last_mut()) {
            (2, _) | (_, None) => entries.push(entry),
            (3, Some(last)) => last.children.push(entry),
            _ => {}
        }
    }
    let references = page.body.references.iter();
    entries.extend(references.map(|(id, text)| view::Entry { id, text, children: Vec::new() }));
    entries
}
