//! The site and a page's place in it -> what every page shows around its own text.

use super::{Renderer, Voice};
use crate::content::Page;
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::path::Address;
use crate::render::assets::Assets;
use crate::render::parts::Slots;
use crate::render::view;
use crate::site::{SitePage, prefixed};

/// No script, no frame, nothing from elsewhere. `frame-ancestors` has no meaning in a `meta` element.
const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";
/// The same for pages of the directory, which have one script, and for the shortlist, whose script reads profiles.
const SCRIPTED: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";
const READING: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

impl<'s> Renderer<'s> {
    pub(super) fn site_view<'a>(&'a self, voice: Voice<'a>, assets: &'a Assets) -> view::Site<'a> {
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
                .feeds
                .contains_key(voice.language)
                .then(|| self.href(&crate::site::feed_address(voice.language, voice.first))),
            csp: CSP,
            menu: menus.map(|menus| links(&menus.menu)).unwrap_or_default(),
            footer: menus.map(|menus| links(&menus.footer)).unwrap_or_default(),
            contact: view::Contact {
                email: &config.contact.email,
                href: format!("mailto:{}", config.contact.email),
                form: config.contact.form.as_ref().map(|form| form.link.as_str()),
            },
        }
    }

    /// The menu entry that an address belongs to: the longest that it begins with, or else one that lies below it.
    fn section(&self, language: &Language, own: &str) -> Option<&'s str> {
        let home = self.href(&prefixed(language, self.site.project.first_language(), &[]));
        let menus = self.site.menus.get(language)?;
        let hrefs = || menus.menu.iter().chain(&menus.footer).filter_map(|(_, href)| href.as_deref());
        let above = |href: &&str| own.starts_with(*href) && (*href != home || own == home);
        // A list that the menu leads past (all editions of a survey) belongs to the entry for what it lists.
        let below = |href: &&str| own != home && href.starts_with(own);
        hrefs().filter(above).max_by_key(|href| href.len()).or_else(|| hrefs().find(below))
    }

    pub(super) fn crumbs(&self, trail: &[(String, Option<Address>)]) -> Vec<view::Crumb> {
        let crumb = |(label, address): &(String, Option<Address>)| view::Crumb {
            label: label.clone(),
            href: address.as_ref().map(|address| self.href(address)),
        };
        trail.iter().map(crumb).collect()
    }

    pub(super) fn page_view<'a>(&'a self, page: &'a SitePage<'s>, voice: Voice) -> view::Page<'a> {
        let front = &page.page.front;
        let drafts = self.site.project.drafts;
        let made = self.made(
            &front.title.value,
            front.kind.name(),
            &page.page.address,
            voice.language,
            &page.breadcrumbs,
        );
        view::Page {
            summary: front.summary(),
            draft: made.draft
                || drafts && (front.draft || front.publish.is_some_and(|day| day > self.site.project.date)),
            reviewed: front.reviewed.max(front.updated).map(|date| voice.day(date)),
            alternates: self.alternates(page.page),
            ..made
        }
    }

    pub(super) fn alternates(&self, page: &Page) -> Vec<view::Alternate> {
        let others = self.site.register.translations(self.site.project, page);
        others
            .map(|other| view::Alternate {
                lang: other.language.to_string(),
                label: self.voice(&other.language).languages_own_name(),
                href: self.href(&other.address),
                address: self.absolute(&other.address),
            })
            .collect()
    }

    /// A page without a Markdown file, or one that stands for it.
    pub(super) fn made<'a>(
        &'a self,
        title: &'a str,
        kind: &'static str,
        address: &Address,
        language: &Language,
        trail: &[(String, Option<Address>)],
    ) -> view::Page<'a> {
        let href = self.href(address);
        let section = self.section(language, &href);
        view::Page {
            title,
            summary: None,
            kind,
            address: self.absolute(address),
            section,
            current: if section == Some(href.as_str()) { "page" } else { "true" },
            breadcrumbs: self.crumbs(trail),
            noindex: self.site.project.drafts,
            draft: self.site.project.site.draft,
            reviewed: None,
            alternates: Vec::new(),
        }
    }

    /// The parts that stand around a page's own text.
    pub(super) fn frame(
        &self,
        voice: Voice,
        page: &view::Page,
        slots: &mut Slots,
    ) -> Result<view::Frame, Diagnostics> {
        let header = view::Header {
            page: view::HeaderPage { section: page.section, current: page.current, draft: page.draft },
        };
        let footer = view::Footer {
            page: view::FooterPage {
                section: page.section,
                reviewed: page.reviewed.as_ref(),
                alternates: &page.alternates,
            },
        };
        let csp = match page.kind {
            "mentors" | "mentor" => SCRIPTED,
            "shortlist" => READING,
            _ => CSP,
        };
        let script = self.script.as_deref().filter(|_| csp != CSP);
        let head = view::Head { page: view::HeadPage { csp, script } };
        Ok(view::Frame {
            head: slots.put(self.part("head.html", voice, &head)?),
            header: slots.put(self.part("header.html", voice, &header)?),
            footer: slots.put(self.part("footer.html", voice, &footer)?),
        })
    }

    /// The same generated page in the other languages of the site.
    pub(super) fn made_alternates(
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
                    label: self.voice(other).languages_own_name(),
                    href: self.href(&address),
                    address: self.absolute(&address),
                }
            })
            .collect()
    }
}
