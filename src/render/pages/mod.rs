//! Views filled from the site, and handed to their templates.
//!
//! `frame` fills what all pages show, `text`, `report`, `editions`, `person`, `list` and `shortlist` what each kind of page
//! adds, `cited` how a page is cited, `known` what others are told of a person who agreed to it.

mod cited;
mod editions;
mod frame;
mod instrument;
mod known;
mod list;
mod person;
mod report;
mod search;
mod shortlist;
mod text;
mod voice;

use super::assets::Assets;
use super::parts::{Part, Slots};
use super::templates::{Shared, Templates};
use super::view;
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::output::{Bytes, Origin, OutputFile, WrittenLink};
use crate::path::Address;
use crate::site::{IndexPage, ListPage, ProfilePage, Site, SitePage, search_address, shortlist_address};
use crate::source::Span;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use voice::Voice;

/// One file to be rendered.
pub(super) enum Job<'s> {
    Page(&'s SitePage<'s>),
    Profile(&'s ProfilePage<'s>),
    List(&'s ListPage<'s>),
    Index(&'s IndexPage<'s>),
    Search(&'s Language),
    Shortlist(&'s Language),
    Redirect(&'s Address, &'s Address),
    Missing,
}

impl Job<'_> {
    /// The path of the file that comes of it.
    pub(super) fn path(&self, site: &Site) -> String {
        match self {
            Job::Page(page) => page.page.address.output_path(),
            Job::Profile(page) => page.address.output_path(),
            Job::List(page) => page.address.output_path(),
            Job::Index(page) => page.address.output_path(),
            Job::Search(language) => search_address(language, site.project.first_language()).output_path(),
            Job::Shortlist(language) => {
                shortlist_address(language, site.project.first_language()).output_path()
            }
            Job::Redirect(from, _) => from.output_path(),
            Job::Missing => Address::file(MISSING).output_path(),
        }
    }
}

/// Where a server finds what it sends for an address that has no page.
const MISSING: &str = "404.html";

/// Everything that rendering reads.
pub(super) struct Renderer<'s> {
    site: &'s Site<'s>,
    templates: &'s Templates<'s>,
    /// `site` in templates, converted once for each language and thread.
    sites: BTreeMap<&'s Language, Vec<Shared>>,
    /// In lists.
    entries: Entries<'s>,
    /// On the pages of those who are like her.
    likenesses: Entries<'s>,
    /// Where the scripts are.
    scripts: Scripts,
    /// Parts that pages have asked for, by template, language and what the template was told.
    parts: Mutex<BTreeMap<String, Part>>,
}

/// Hrefs of the scripts there are.
struct Scripts {
    directory: Option<String>,
    search: Option<String>,
}

/// A page on its way to its template.
struct Sheet<'a> {
    template: &'static str,
    address: &'a Address,
    /// The text it is made from, and that text's links.
    span: Option<Span>,
    links: &'a [WrittenLink],
}

impl<'a> Sheet<'a> {
    /// A page that no single text of an author's stands behind.
    fn made(template: &'static str, address: &'a Address) -> Sheet<'a> {
        Sheet { template, address, span: None, links: &[] }
    }

    fn file(self, bytes: Bytes) -> (String, OutputFile) {
        let origin = Origin::Page { template: self.template, span: self.span, links: self.links.to_vec() };
        (self.address.output_path(), OutputFile { bytes, origin })
    }
}

/// What other pages show of each mentor, by language and id.
type Entries<'s> = HashMap<(&'s Language, &'s str), Part>;

type Rendered = Result<(String, OutputFile), Diagnostics>;

impl<'s> Renderer<'s> {
    /// Renders what many pages show; what is wrong with its templates is reported.
    pub(super) fn new(
        site: &'s Site<'s>,
        templates: &'s Templates<'s>,
        assets: &Assets,
        found: &mut Diagnostics,
    ) -> Renderer<'s> {
        let (sites, parts) = (BTreeMap::new(), Mutex::default());
        let (entries, likenesses) = (Entries::new(), Entries::new());
        let scripts = Scripts {
            directory: assets.directory().map(|address| site.project.site.base.href(address)),
            search: assets.search().map(|address| site.project.site.base.href(address)),
        };
        let mut renderer = Renderer { site, templates, sites, entries, likenesses, scripts, parts };
        for language in &site.project.site.languages {
            let voice = renderer.voice(language);
            let view = renderer.site_view(voice, assets);
            let site = (0..=rayon::current_num_threads()).map(|_| Shared::new(&view)).collect();
            renderer.sites.insert(language, site);
            match renderer.entries(voice) {
                Ok(entries) => renderer.entries.extend(entries),
                Err(more) => found.extend(more),
            }
            match renderer.likenesses(voice) {
                Ok(likenesses) => renderer.likenesses.extend(likenesses),
                Err(more) => found.extend(more),
            }
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
        jobs.extend(site.project.site.languages.iter().map(Job::Search));
        if site.project.directory.exists {
            jobs.extend(site.project.site.languages.iter().map(Job::Shortlist));
        }
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
            Job::Search(language) => self.search(language),
            Job::Shortlist(language) => self.shortlist(language),
            Job::Redirect(from, to) => self.redirect(from, to),
            Job::Missing => self.missing(),
        }
    }

    fn voice(&self, language: &'s Language) -> Voice<'s> {
        let project = self.site.project;
        Voice { language, first: project.first_language(), interface: project.theme.interface(language) }
    }

    fn href(&self, address: &Address) -> String {
        self.site.project.site.base.href(address)
    }

    fn absolute(&self, address: &Address) -> String {
        self.site.project.site.base.absolute(address)
    }

    /// Fills the template of something that stands within a page, or is one but for its frame.
    fn html<T: Serialize>(
        &self,
        template: &'static str,
        voice: Voice,
        view: &T,
        frame: Option<view::Frame>,
    ) -> Result<String, Diagnostics> {
        let mut shared = Vec::with_capacity(4);
        if let Some(site) = self.sites.get(voice.language) {
            let thread = rayon::current_thread_index().map_or(0, |at| at + 1);
            shared.push(("site", site[thread].clone()));
        }
        if let Some(view::Frame { head, header, footer }) = frame {
            let parts = [("head", head), ("header", header), ("footer", footer)];
            shared.extend(parts.map(|(name, part)| (name, Shared::new(&part))));
        }
        self.templates.render(template, voice.language, view, &shared)
    }

    /// A part that pages share which tell its template the same.
    fn part<T: Serialize>(
        &self,
        template: &'static str,
        voice: Voice,
        view: &T,
    ) -> Result<Part, Diagnostics> {
        let told = serde_json::to_string(view).unwrap_or_default();
        let key = format!("{template} {} {told}", voice.language);
        let known = || self.parts.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(part) = known().get(&key) {
            return Ok(part.clone());
        }
        let part = Part::new(&self.html(template, voice, view, None)?);
        Ok(known().entry(key).or_insert(part).clone())
    }

    /// Fills a page's template, its frame included.
    fn finish<T: Serialize>(
        &self,
        sheet: Sheet,
        voice: Voice,
        page: &view::Page,
        view: &T,
        mut slots: Slots,
    ) -> Rendered {
        let frame = self.frame(voice, page, &mut slots)?;
        let html = self.html(sheet.template, voice, view, Some(frame))?;
        Ok(sheet.file(slots.fill(&html)))
    }

    fn redirect(&self, from: &Address, to: &Address) -> Rendered {
        let voice = self.voice(self.site.project.first_language());
        let view = view::Redirect { to: self.href(to), address: self.absolute(to) };
        let html = self.html("redirect.html", voice, &view, None)?;
        Ok(Sheet::made("redirect.html", from).file(html.into_bytes().into()))
    }

    fn missing(&self) -> Rendered {
        let voice = self.voice(self.site.project.first_language());
        let title = voice.interface.say("missing.title", &[]);
        let address = Address::file(MISSING);
        let mut page = self.made(&title, "missing", &address, voice.language, &[]);
        page.noindex = true;
        let view = view::Bare { page };
        self.finish(Sheet::made("missing.html", &address), voice, &view.page, &view, Slots::default())
    }
}
