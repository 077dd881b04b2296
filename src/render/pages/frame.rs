//! The site and a page's place in it -> what every page shows around its own text.

use super::{Renderer, Voice};
use crate::content::{Kind, Page};
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::path::Address;
use crate::render::assets::Assets;
use crate::render::parts::Slots;
use crate::render::policy::Policy;
use crate::render::view;
use crate::site::{MenuItem, SitePage, prefixed, search_address};
use std::borrow::Cow;

impl<'s> Renderer<'s> {
    pub(super) fn site_view<'a>(&'a self, voice: Voice<'a>, assets: &'a Assets) -> view::Site<'a> {
        let config = &self.site.project.site;
        let menus = self.site.menus.get(voice.language);
        let link = |item: &'a MenuItem| view::MenuLink {
            label: &item.label,
            lang: item.label_in.as_ref().map(Language::code),
            href: item.href.as_deref(),
            leads_to: item
                .leads_to
                .as_ref()
                .map(|language| view::Tongue { lang: language.code(), name: voice.language_name(language) }),
        };
        let links = |list: &'a [MenuItem]| list.iter().map(link).collect();
        let icon = ["favicon.svg", "favicon.ico", "favicon.png"].map(Address::file);
        let icon = icon.iter().find(|icon| self.site.copies.iter().any(|(address, _)| address == *icon));
        let says = config.logo.as_ref().and_then(|logo| logo.alt.as_ref()).unwrap_or(&config.organisation);
        let logo = self.site.logo.as_ref().map(|logo| view::Logo {
            src: self.href(&logo.address),
            width: logo.width,
            height: logo.height,
            alt: voice.text(says),
        });
        let stylesheet = assets.stylesheet().map(|address| self.href(address));
        view::Site {
            title: voice.text(&config.title),
            tagline: config.tagline.as_ref().map(|text| voice.text(text)),
            organisation: voice.text(&config.organisation),
            notice: config.notice.as_ref().map(|text| voice.text(text)),
            home: self.href(&prefixed(voice.language, voice.first, &[])),
            stylesheet: stylesheet.unwrap_or_default(),
            logo,
            icon: icon.map(|icon| self.href(icon)),
            feed: self
                .site
                .feeds
                .contains_key(voice.language)
                .then(|| self.href(&crate::site::feed_address(voice.language, voice.first))),
            csp: Policy::Still.text(),
            search: self.href(&search_address(voice.language, voice.first)),
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
    fn section(&self, language: &Language, own: &str) -> Option<Cow<'s, str>> {
        // The search is in every menu without being written there.
        if own == self.href(&search_address(language, self.site.project.first_language())) {
            return Some(own.to_owned().into());
        }
        let home = self.href(&prefixed(language, self.site.project.first_language(), &[]));
        let menus = self.site.menus.get(language)?;
        let hrefs = || menus.menu.iter().chain(&menus.footer).filter_map(|item| item.href.as_deref());
        let above = |href: &&str| own.starts_with(beginning(href)) && (*href != home || own == home);
        // A list that the menu leads past (all editions of a survey) belongs to the entry for what it lists.
        let below = |href: &&str| own != home && href.starts_with(beginning(own));
        hrefs().filter(above).max_by_key(|href| href.len()).or_else(|| hrefs().find(below)).map(Cow::Borrowed)
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
        let kind = match front.kind {
            Kind::News | Kind::Event | Kind::Publication | Kind::Report => "article",
            _ => "website",
        };
        let mut card = self.shared(kind, &front.title.value, front.summary(), &made.address, voice);
        let image = page.image.as_ref().map(|image| self.absolute(image));
        card.extend(image.map(|content| view::CardTag { property: "og:image", content }));
        view::Page {
            card: if made.noindex { Vec::new() } else { card },
            summary: front.summary().map(Cow::Borrowed),
            draft: made.draft
                || drafts && (front.draft || front.publish.is_some_and(|day| day > self.site.project.date)),
            reviewed: front.reviewed.max(front.updated).map(|date| voice.day(date)),
            stale: page.stale.map(|(source, changed)| view::Stale {
                href: self.href(&source.address),
                lang: source.language.to_string(),
                name: voice.language_name(&source.language),
                changed: voice.day(changed),
            }),
            ..made
        }
        .in_languages(self.of_page(page.page))
    }

    /// The tags of a card: what stands where a link to a page is shared (Open Graph, ogp.me).
    pub(super) fn shared(
        &self,
        kind: &str,
        title: &str,
        description: Option<&str>,
        address: &str,
        voice: Voice,
    ) -> Vec<view::CardTag> {
        let tag = |property, content: &str| view::CardTag { property, content: content.to_owned() };
        let mut card = vec![tag("og:type", kind), tag("og:title", title)];
        card.extend(description.map(|text| tag("og:description", text)));
        card.push(tag("og:url", address));
        card.push(tag("og:site_name", voice.text(&self.site.project.site.title)));
        card
    }

    /// A Markdown page in the other languages of the site.
    fn of_page(&self, page: &Page) -> Versions {
        let written: Vec<&Page> = self.site.register.translations(self.site.project, page).collect();
        self.versions(&page.language, |language| {
            written.iter().find(|other| other.language == *language).map(|other| other.address.clone())
        })
    }

    /// A page that the program makes, in the other languages of the site.
    pub(super) fn of_made(&self, language: &Language, address: impl Fn(&Language) -> Address) -> Versions {
        self.versions(language, |other| {
            Some(address(other)).filter(|address| self.site.register.is_public(address))
        })
    }

    fn versions(&self, language: &Language, address: impl Fn(&Language) -> Option<Address>) -> Versions {
        let mut versions = Versions::default();
        for other in self.site.project.site.languages.iter().filter(|other| *other != language) {
            let voice = self.voice(other);
            let (lang, label) = (other.to_string(), voice.languages_own_name());
            match address(other) {
                Some(address) => versions.alternates.push(view::Alternate {
                    lang,
                    label,
                    href: self.href(&address),
                    address: self.absolute(&address),
                }),
                None => versions.untranslated.push(view::Untranslated {
                    lang,
                    label,
                    href: self.href(&prefixed(other, voice.first, &[])),
                    text: voice.interface.say("translation.missing", &[]),
                }),
            }
        }
        versions
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
            current: if section.as_deref() == Some(href.as_str()) { "page" } else { "true" },
            section,
            breadcrumbs: self.crumbs(trail),
            noindex: self.site.project.drafts,
            draft: self.site.project.site.draft,
            reviewed: None,
            card: Vec::new(),
            alternates: Vec::new(),
            untranslated: Vec::new(),
            stale: None,
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
            page: view::HeaderPage {
                section: page.section.as_deref(),
                current: page.current,
                draft: page.draft,
            },
        };
        let footer = view::Footer {
            page: view::FooterPage { section: page.section.as_deref(), reviewed: page.reviewed.as_ref() },
        };
        let policy = Policy::of_kind(page.kind);
        let script = match (policy, page.kind) {
            (Policy::Still, _) => None,
            (_, "search") => self.scripts.search.as_deref(),
            _ => self.scripts.directory.as_deref(),
        };
        let head = view::Head { page: view::HeadPage { csp: policy.text(), script } };
        Ok(view::Frame {
            head: slots.put(self.part("head.html", voice, &head)?),
            header: slots.put(self.part("header.html", voice, &header)?),
            footer: slots.put(self.part("footer.html", voice, &footer)?),
        })
    }
}

/// A page in the other languages of the site, and those it is not in.
#[derive(Default)]
pub(super) struct Versions {
    alternates: Vec<view::Alternate>,
    untranslated: Vec<view::Untranslated>,
}

impl view::Page<'_> {
    pub(super) fn in_languages(self, versions: Versions) -> Self {
        let Versions { alternates, untranslated } = versions;
        view::Page { alternates, untranslated, ..self }
    }
}

/// What the hrefs of all pages below a page begin with, however links to pages are written.
fn beginning(href: &str) -> &str {
    href.strip_suffix("/index.html").map_or(href, |folder| &href[..=folder.len()])
}
