//! Views filled from the site, and handed to their templates.

use super::assets::Assets;
use super::templates::{Shared, Templates};
use super::view;
use crate::config::Text;
use crate::content::{Kind, Page};
use crate::diagnostic::Diagnostics;
use crate::directory::{Profile, Role, State};
use crate::html::encode_query;
use crate::language::Language;
use crate::output::{Origin, OutputFile, WrittenLink, minify};
use crate::path::Address;
use crate::site::{
    Body, Index, IndexPage, ListPage, ProfilePage, ReportTable, Segment, Site, SitePage, prefixed,
    profile_address,
};
use crate::source::Span;
use crate::theme::Interface;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// No script, no frame, nothing from elsewhere. `frame-ancestors` has no meaning in a `meta` element.
const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/// News on the home page, and headings that make a page long.
const NEWS_ON_HOME: usize = 3;
const LONG: usize = 4;

/// One file to be rendered.
pub(super) enum Job<'s> {
    Page(&'s SitePage<'s>),
    Profile(&'s ProfilePage<'s>),
    List(&'s ListPage<'s>),
    Index(&'s IndexPage<'s>),
    Redirect(&'s Address, &'s Address),
    Missing,
}

/// Everything that rendering reads.
pub(super) struct Renderer<'s> {
    site: &'s Site<'s>,
    templates: &'s Templates<'s>,
    shared: BTreeMap<Language, InLanguage<'s>>,
}

/// What many pages of a language show, converted for templates once.
struct InLanguage<'s> {
    site: Vec<Shared>,
    /// A list's entry for each mentor.
    people: BTreeMap<&'s str, Shared>,
    /// What the directory can be listed by.
    facets: Shared,
}

/// A page's language and its words.
#[derive(Clone, Copy)]
struct Voice<'s> {
    language: &'s Language,
    first: &'s Language,
    interface: &'s Interface,
}

impl<'s> Voice<'s> {
    fn text(&self, text: &'s Text) -> &'s str {
        &text.get(self.language, self.first).value
    }

    fn day(&self, date: Date) -> view::Day {
        view::Day { iso: date.to_string(), text: self.interface.day(date) }
    }

    /// Names of languages, but for the site's first, which goes without saying.
    fn languages(&self, languages: &[Language]) -> Vec<String> {
        let name = |language: &Language| {
            let key = format!("language.{language}");
            if self.interface.has(&key) { self.interface.say(&key, &[]) } else { language.to_string() }
        };
        languages.iter().filter(|language| *language != self.first).map(name).collect()
    }

    fn places(&self, state: State) -> view::Places {
        match state {
            State::Free(n) => {
                view::Places { state: "free", text: self.interface.count("places.free", n as usize, &[]) }
            }
            State::Full => view::Places { state: "full", text: self.interface.say("places.full", &[]) },
        }
    }
}

type Rendered = Result<(String, OutputFile), Diagnostics>;

impl<'s> Renderer<'s> {
    pub(super) fn new(site: &'s Site<'s>, templates: &'s Templates<'s>, assets: &'s Assets) -> Renderer<'s> {
        let mut renderer = Renderer { site, templates, shared: BTreeMap::new() };
        for language in &site.project.site.languages {
            let voice = renderer.voice(language);
            let mentors: Vec<&Profile> = site.project.directory.mentors().collect();
            let person =
                |profile: &&'s Profile| (profile.id(), Shared::new(&renderer.person(profile, voice, true)));
            let people: Vec<(&str, Shared)> = mentors.par_iter().map(person).collect();
            let facets = site
                .lists
                .iter()
                .find(|list| list.language == language)
                .map(|list| renderer.facets(list, voice));
            let shared = InLanguage {
                site: (0..=rayon::current_num_threads())
                    .map(|_| Shared::new(&renderer.site_view(voice, assets)))
                    .collect(),
                people: people.into_iter().collect(),
                facets: Shared::new(&facets.unwrap_or_default()),
            };
            renderer.shared.insert(language.clone(), shared);
        }
        renderer
    }

    pub(super) fn jobs(&self) -> Vec<Job<'s>> {
        let site = self.site;
        // The largest first, so that none is begun when the others are done.
        let mut jobs: Vec<Job> = site.lists.iter().map(Job::List).collect();
        jobs.extend(site.pages.iter().map(Job::Page));
        jobs.extend(site.profiles.iter().map(Job::Profile));
        jobs.extend(site.indexes.iter().map(Job::Index));
        jobs.extend(site.redirects.iter().map(|(from, to)| Job::Redirect(from, to)));
        jobs.push(Job::Missing);
        jobs
    }

    pub(super) fn render(&self, job: &Job<'s>) -> Rendered {
        match job {
            Job::Page(page) => self.page(page),
            Job::Profile(page) => self.profile(page),
            Job::List(page) => self.list(page),
            Job::Index(page) => self.index(page),
            Job::Redirect(from, to) => self.redirect(from, to),
            Job::Missing => self.missing(),
        }
    }

    fn voice(&self, language: &'s Language) -> Voice<'s> {
        Voice {
            language,
            first: self.site.project.first_language(),
            interface: self.site.project.theme.interface(language),
        }
    }

    fn href(&self, address: &Address) -> String {
        self.site.project.site.base.href(address)
    }

    fn absolute(&self, address: &Address) -> String {
        self.site.project.site.base.absolute(address)
    }

    fn finish<T: serde::Serialize>(
        &self,
        template: &'static str,
        voice: Voice,
        view: &T,
        address: &Address,
        span: Option<Span>,
        links: &[WrittenLink],
    ) -> Rendered {
        self.finish_with(template, voice, view, Vec::new(), address, span, links)
    }

    #[expect(clippy::too_many_arguments, reason = "one page's values; only lists share more than the site")]
    fn finish_with<T: serde::Serialize>(
        &self,
        template: &'static str,
        voice: Voice,
        view: &T,
        mut shared: Vec<(&'static str, Shared)>,
        address: &Address,
        span: Option<Span>,
        links: &[WrittenLink],
    ) -> Rendered {
        shared.extend(self.shared.get(voice.language).map(|shared| {
            ("site", shared.site[rayon::current_thread_index().map_or(0, |at| at + 1)].clone())
        }));
        let html = self.templates.render(template, voice.language, view, &shared)?;
        let origin = Origin::Page { template, span, links: links.to_vec() };
        Ok((address.output_path(), OutputFile { bytes: minify(html), origin }))
    }

    fn site_view<'a>(&'a self, voice: Voice<'a>, assets: &'a Assets) -> view::Site<'a> {
        let config = &self.site.project.site;
        let menus = self.site.menus.get(voice.language);
        let links = |list: &'a [(String, Option<String>)]| {
            list.iter().map(|(label, href)| view::MenuLink { label, href: href.as_deref() }).collect()
        };
        let icon = ["favicon.svg", "favicon.ico", "favicon.png"].map(Address::file);
        let icon = icon.iter().find(|icon| self.site.copies.iter().any(|(address, _)| address == *icon));
        let stylesheet = assets.stylesheet().map(|address| self.href(address));
        view::Site {
            title: voice.text(&config.title),
            tagline: config.tagline.as_ref().map(|text| voice.text(text)),
            organisation: voice.text(&config.organisation),
            notice: config.notice.as_ref().map(|text| voice.text(text)),
            home: self.href(&prefixed(voice.language, voice.first, &[])),
            stylesheet: stylesheet.unwrap_or_default(),
            icon: icon.map(|icon| self.href(icon)),
            feed: self
                .site
                .news
                .contains_key(voice.language)
                .then(|| self.href(&crate::site::feed_address(voice.language, voice.first))),
            csp: CSP,
            menu: menus.map(|menus| links(&menus.menu)).unwrap_or_default(),
            footer: menus.map(|menus| links(&menus.footer)).unwrap_or_default(),
            contact: view::Contact {
                email: &config.contact.email,
                href: format!("mailto:{}", config.contact.email),
                form: config.contact.form.as_deref(),
            },
        }
    }

    /// The menu entry that an address belongs to: the longest that it begins with, or else one that lies below it.
    fn section(&self, language: &Language, address: &Address) -> Option<&'s str> {
        let own = self.href(address);
        let home = self.href(&prefixed(language, self.site.project.first_language(), &[]));
        let menus = self.site.menus.get(language)?;
        let hrefs = || menus.menu.iter().chain(&menus.footer).filter_map(|(_, href)| href.as_deref());
        let above = |href: &&str| own.starts_with(*href) && (*href != home || own == home);
        // A list that the menu leads past (all editions of a survey) belongs to the entry for what it lists.
        let below = |href: &&str| own != home && href.starts_with(own.as_str());
        hrefs().filter(above).max_by_key(|href| href.len()).or_else(|| hrefs().find(below))
    }

    fn crumbs(&self, trail: &[(String, Option<Address>)]) -> Vec<view::Crumb> {
        let crumb = |(label, address): &(String, Option<Address>)| view::Crumb {
            label: label.clone(),
            href: address.as_ref().map(|address| self.href(address)),
        };
        trail.iter().map(crumb).collect()
    }

    fn page_view<'a>(&'a self, page: &'a SitePage, voice: Voice) -> view::Page<'a> {
        let front = &page.page.front;
        view::Page {
            title: &front.title.value,
            summary: front.summary.as_deref(),
            kind: front.kind.name(),
            address: self.absolute(&page.page.address),
            section: self.section(voice.language, &page.page.address),
            breadcrumbs: self.crumbs(&page.breadcrumbs),
            noindex: self.site.project.drafts,
            draft: self.site.project.drafts
                && (front.draft || front.publish.is_some_and(|day| day > self.site.project.date)),
            reviewed: front.reviewed.max(front.updated).map(|date| voice.day(date)),
            alternates: self.alternates(page.page),
        }
    }

    fn alternates(&self, page: &Page) -> Vec<view::Alternate> {
        let others = self.site.register.translations(self.site.project, page);
        others
            .map(|other| view::Alternate {
                lang: other.language.to_string(),
                label: self.voice_of(&other.language).languages_own_name(),
                href: self.href(&other.address),
                address: self.absolute(&other.address),
            })
            .collect()
    }

    fn voice_of<'a>(&'a self, language: &'a Language) -> Voice<'a> {
        Voice {
            language,
            first: self.site.project.first_language(),
            interface: self.site.project.theme.interface(language),
        }
    }

    /// A page without a Markdown file, or one that stands for it.
    fn made<'a>(
        &'a self,
        title: &'a str,
        kind: &'static str,
        address: &Address,
        language: &Language,
        trail: &[(String, Option<Address>)],
    ) -> view::Page<'a> {
        view::Page {
            title,
            summary: None,
            kind,
            address: self.absolute(address),
            section: self.section(language, address),
            breadcrumbs: self.crumbs(trail),
            noindex: self.site.project.drafts,
            draft: false,
            reviewed: None,
            alternates: Vec::new(),
        }
    }

    /// A body's segments as HTML.
    fn body(&self, body: &Body, voice: Voice) -> Result<String, Diagnostics> {
        let mut html = String::new();
        for segment in &body.segments {
            match segment {
                Segment::Html(text) => html.push_str(text),
                Segment::Table(table) => {
                    let view = view::TableView { table: self.table(table, voice) };
                    html.push_str(&self.templates.render("table.html", voice.language, &view, &[])?);
                }
                Segment::People(people) => {
                    let people = people.iter().map(|profile| self.person(profile, voice, false)).collect();
                    html.push_str(&self.templates.render(
                        "people.html",
                        voice.language,
                        &view::People { people },
                        &[],
                    )?);
                }
            }
        }
        Ok(html)
    }

    fn table<'a>(&'a self, table: &'a ReportTable, voice: Voice) -> view::Table<'a> {
        let several = table.parts.len() > 1;
        let part = |part: &'a crate::site::Part| view::Part {
            id: &part.id,
            label: part.label.as_deref(),
            title: several.then_some(part.table.title.as_str()),
            row_header: &part.table.row_header,
            columns: part
                .table
                .columns
                .iter()
                .map(|column| view::Column { label: &column.label, n: column.n.as_ref() })
                .collect(),
            rows: part
                .table
                .rows
                .iter()
                .map(|row| view::Row {
                    label: &row.label,
                    cells: row
                        .cells
                        .iter()
                        .map(|(text, number)| view::Cell {
                            text,
                            kind: if *number { "number" } else { "words" },
                        })
                        .collect(),
                })
                .collect(),
            csv: vec![view::Link { label: "CSV", href: self.href(&part.csv) }],
            notes: part
                .table
                .absences
                .iter()
                .map(|absence| voice.interface.say(absence.note(), &[]))
                .collect(),
        };
        view::Table {
            id: &table.id,
            label: &table.label,
            caption: &table.caption,
            parts: table.parts.iter().map(part).collect(),
        }
    }

    fn page(&self, page: &'s SitePage<'s>) -> Rendered {
        let voice = self.voice(&page.page.language);
        let body = self.body(&page.body, voice)?;
        let address = &page.page.address;
        let front = &page.page.front;
        let span = Some(page.page.span);
        let links = &page.body.links;
        let view_page = self.page_view(page, voice);
        if *address == prefixed(voice.language, voice.first, &[]) {
            let view = view::Home {
                page: view_page,
                body,
                news: self.news(voice, NEWS_ON_HOME),
                institutions: self.institutions(voice),
            };
            return self.finish("home.html", voice, &view, address, span, links);
        }
        if *address == prefixed(voice.language, voice.first, &["news"]) {
            let view = view::News { page: view_page, body: Some(body), items: self.news(voice, usize::MAX) };
            return self.finish("news.html", voice, &view, address, span, links);
        }
        if let Some(report) = &page.report {
            let view = view::ReportPage {
                page: view_page,
                body,
                contents: contents(page.page, 1),
                report: self.report(report, voice),
            };
            return self.finish("report.html", voice, &view, address, span, links);
        }
        let view = view::Text {
            page: view_page,
            body,
            contents: contents(page.page, LONG),
            date: (front.kind == Kind::News).then_some(front.date).flatten().map(|date| voice.day(date)),
            link: front.link.as_ref().map(|link| link.value.as_str()),
        };
        self.finish("page.html", voice, &view, address, span, links)
    }

    fn news(&self, voice: Voice, most: usize) -> Vec<view::Item<'s>> {
        let Some(news) = self.site.news.get(voice.language) else { return Vec::new() };
        let item = |at: &usize| {
            let page = self.site.pages[*at].page;
            view::Item {
                title: &page.front.title.value,
                href: self.href(&page.address),
                date: page.front.date.map(|date| voice.day(date)),
                summary: page.front.summary.as_deref(),
            }
        };
        news.iter().take(most).map(item).collect()
    }

    fn institutions(&self, voice: Voice<'s>) -> Vec<view::Institution<'s>> {
        let terms = self.site.project.vocabulary.terms(crate::config::Facet::Institution);
        terms
            .iter()
            .map(|(_, term)| view::Institution {
                label: voice.text(&term.label),
                website: term.website.as_deref(),
            })
            .collect()
    }

    fn report<'a>(&'a self, report: &'a crate::site::Report, voice: Voice) -> view::Report<'a> {
        let facts = report.published.facts();
        let policy = report.published.policy();
        let source = policy.source.as_deref().map(|text| {
            let doi = text.strip_prefix("doi:").map(|doi| format!("https://doi.org/{doi}"));
            let href = doi.or_else(|| text.starts_with("https://").then(|| text.to_owned()));
            view::Source { text, href }
        });
        view::Report {
            survey: &report.title,
            survey_href: self.href(&prefixed(voice.language, voice.first, &["reports", report.survey])),
            edition: report.published.edition(),
            authors: &facts.authors,
            institution: facts.institution.as_deref(),
            number: facts.number.as_deref(),
            ethics: facts.ethics.as_deref(),
            funding: facts.funding.as_deref(),
            interests: facts.interests.as_deref(),
            licence: facts.licence.as_deref(),
            doi: facts.doi.as_deref(),
            collected: report.published.collected(voice.interface),
            related: &facts.related,
            method: view::Method {
                policy: policy.name.name(),
                sentence: voice.interface.say(report.published.policy_key(), &[]),
                source,
                reason: policy.reason.as_deref(),
                approved_by: policy.approved_by.as_deref(),
                exceptions: policy
                    .exceptions
                    .iter()
                    .map(|exception| {
                        let cells = exception.cells();
                        let places = [
                            ("cells", cells.as_str()),
                            ("reason", &exception.reason),
                            ("approved_by", &exception.approved_by),
                        ];
                        voice.interface.say("report.exception", &places)
                    })
                    .collect(),
                checks: report
                    .published
                    .checks()
                    .into_iter()
                    .map(|key| voice.interface.say(key, &[]))
                    .collect(),
            },
        }
    }

    fn person<'a>(&'a self, profile: &'a Profile, voice: Voice<'a>, listed: bool) -> view::Person<'a> {
        let is_mentor = profile.has_role(Role::Mentor);
        let offers = if listed { profile.offers() } else { &[] };
        view::Person {
            name: profile.name(),
            href: is_mentor.then(|| self.href(&profile_address(voice.language, voice.first, profile.id()))),
            initials: profile.initials(),
            pronouns: profile.pronouns(),
            post: voice.text(profile.post()),
            institution: self.term(crate::config::Facet::Institution, profile.institution(), voice),
            offers: offers.iter().map(|offer| self.term(crate::config::Facet::Offer, offer, voice)).collect(),
            languages: if listed { voice.languages(profile.languages()) } else { Vec::new() },
            places: (listed && is_mentor).then(|| voice.places(profile.state())),
        }
    }

    fn term<'a>(&'a self, facet: crate::config::Facet, id: &'a str, voice: Voice<'a>) -> &'a str {
        self.site.project.vocabulary.terms(facet).get(id).map_or(id, |term| voice.text(&term.label))
    }

    fn term_link<'a>(&'a self, facet: crate::config::Facet, id: &'a str, voice: Voice<'a>) -> view::Link<'a> {
        let address = prefixed(voice.language, voice.first, &["mentors", facet.name(), id]);
        view::Link { label: self.term(facet, id, voice), href: self.href(&address) }
    }

    fn profile(&self, page: &'s ProfilePage<'s>) -> Rendered {
        use crate::config::Facet;
        let voice = self.voice(page.language);
        let profile = page.profile;
        let trail = [
            (voice.interface.say("nav.home", &[]), Some(prefixed(voice.language, voice.first, &[]))),
            (
                voice.interface.say("mentors.title", &[]),
                Some(prefixed(voice.language, voice.first, &["mentors"])),
            ),
            (profile.name().to_owned(), None),
        ];
        let mut view_page = self.made(profile.name(), "mentor", &page.address, page.language, &trail);
        view_page.noindex |= profile.noindex();
        view_page.alternates = self
            .made_alternates(page.language, |language| profile_address(language, voice.first, profile.id()));
        let mail = |subject: &str| {
            let subject = voice.interface.say(subject, &[("name", profile.name())]);
            format!("mailto:{}?subject={}", self.site.project.site.contact.email, encode_query(&subject))
        };
        let links_of = |facet: Facet, ids: &'s [String]| {
            ids.iter().map(|id| self.term_link(facet, id, voice)).collect::<Vec<_>>()
        };
        let bio = page.bio.as_ref().map(|bio| self.body(bio, voice)).transpose()?;
        let person = view::Profile {
            name: profile.name(),
            pronouns: profile.pronouns(),
            initials: profile.initials(),
            post: voice.text(profile.post()),
            institution: self.term_link(Facet::Institution, profile.institution(), voice),
            stage: self.term_link(Facet::Stage, profile.stage(), voice),
            pathway: profile.pathway().map(|pathway| voice.interface.say(&format!("pathway.{pathway}"), &[])),
            disciplines: links_of(Facet::Discipline, profile.disciplines()),
            interests: profile.interests(),
            offers: links_of(Facet::Offer, profile.offers()),
            seeks: profile.seeks().map(|seeks| voice.text(seeks)),
            languages: voice.languages(profile.languages()),
            places: voice.places(profile.state()),
            bio,
            links: profile
                .links()
                .iter()
                .map(|(kind, href)| view::OwnedLink {
                    label: voice.interface.say(&format!("link.{kind}"), &[]),
                    href,
                })
                .collect(),
            ask: mail("ask.subject"),
            change: mail("change.subject"),
        };
        let links = page.bio.as_ref().map(|bio| bio.links.as_slice()).unwrap_or_default();
        self.finish(
            "mentor.html",
            voice,
            &view::Mentor { page: view_page, person },
            &page.address,
            Some(profile.span()),
            links,
        )
    }

    /// The same generated page in the other languages of the site.
    fn made_alternates(
        &self,
        language: &Language,
        address: impl Fn(&Language) -> Address,
    ) -> Vec<view::Alternate> {
        let others = self.site.project.site.languages.iter().filter(|other| *other != language);
        others
            .map(|other| {
                let address = address(other);
                view::Alternate {
                    lang: other.to_string(),
                    label: self.voice_of(other).languages_own_name(),
                    href: self.href(&address),
                    address: self.absolute(&address),
                }
            })
            .collect()
    }

    fn facets(&self, list: &'s ListPage<'s>, voice: Voice) -> Vec<view::Facet<'s>> {
        let value = |term: &'s crate::site::FacetTerm| view::FacetValue {
            label: &term.label,
            href: self.href(&term.address),
            count: term.count,
        };
        let facet = |facet: &'s crate::site::FacetList| view::Facet {
            name: facet.facet.name(),
            label: voice.interface.say(&format!("facet.{}", facet.facet.name()), &[]),
            values: facet.terms.iter().map(value).collect(),
        };
        list.facets.iter().map(facet).collect()
    }

    fn list(&self, list: &'s ListPage<'s>) -> Rendered {
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
        let view = view::Mentors {
            page: view_page,
            filter: list.filter.as_ref().map(|(facet, _, label)| view::Filter {
                facet: voice.interface.say(&format!("facet.{}", facet.name()), &[]),
                value: label,
                href: self.href(&list.siblings[0]),
            }),
            intro,
            count: list.total,
            free: list.free,
            pager,
            all: self.href(&whole),
        };
        let mut shared = Vec::new();
        if let Some(own) = self.shared.get(voice.language) {
            let people =
                list.people.iter().filter_map(|profile| own.people.get(profile.id()).cloned()).collect();
            shared.extend([("people", Shared::list(people)), ("facets", own.facets.clone())]);
        }
        self.finish_with("mentors.html", voice, &view, shared, &list.address, None, &[])
    }

    fn index(&self, index: &'s IndexPage<'s>) -> Rendered {
        let voice = self.voice(index.language);
        let home = (voice.interface.say("nav.home", &[]), Some(prefixed(voice.language, voice.first, &[])));
        match &index.kind {
            Index::News => {
                let title = voice.interface.say("news.title", &[]);
                let trail = [home, (title.clone(), None)];
                let page = self.made(&title, "news", &index.address, index.language, &trail);
                let view = view::News { page, body: None, items: self.news(voice, usize::MAX) };
                self.finish("news.html", voice, &view, &index.address, None, &[])
            }
            Index::Editions { title, pages, .. } => {
                let trail = [home, (voice.interface.say("reports.title", &[]), None)];
                let page = self.made(title, "reports", &index.address, index.language, &trail);
                let edition = |at: &usize| {
                    let page = &self.site.pages[*at];
                    let report = page.report.as_ref()?;
                    Some(view::Edition {
                        title: &page.page.front.title.value,
                        href: self.href(&page.page.address),
                        edition: report.published.edition(),
                        collected: report.published.collected(voice.interface),
                        summary: page.page.front.summary.as_deref(),
                    })
                };
                let view = view::Reports { page, editions: pages.iter().filter_map(edition).collect() };
                self.finish("reports.html", voice, &view, &index.address, None, &[])
            }
        }
    }

    fn redirect(&self, from: &Address, to: &Address) -> Rendered {
        let voice = self.voice(self.site.project.first_language());
        let view = view::Redirect { to: self.href(to), address: self.absolute(to) };
        self.finish("redirect.html", voice, &view, from, None, &[])
    }

    fn missing(&self) -> Rendered {
        let voice = self.voice(self.site.project.first_language());
        let title = voice.interface.say("missing.title", &[]);
        let address = Address::file("404.html");
        let mut page = self.made(&title, "missing", &address, voice.language, &[]);
        page.noindex = true;
        self.finish("missing.html", voice, &view::Bare { page }, &address, None, &[])
    }
}

impl Voice<'_> {
    /// A language's name in itself: "Cymraeg".
    fn languages_own_name(&self) -> String {
        let key = format!("language.{}", self.language);
        if self.interface.has(&key) { self.interface.say(&key, &[]) } else { self.language.to_string() }
    }
}

/// A page's headings as a table of contents, where there are enough of them.
fn contents(page: &Page, enough: usize) -> Vec<view::Entry<'_>> {
    let headings = &page.body.headings;
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
    entries
}
