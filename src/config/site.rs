//! `content/site.yaml` -> [`SiteConfig`].
//!
//! What is missing or wrong is reported and stands in with a harmless value, so that the rest of the site is
//! still checked in the same run; nothing is written while a finding stands.

use super::colours::Colours;
use super::consent::{self, ConsentWording};
use super::contact::Contact;
use super::hosting::Hosting;
use super::keys::{DIRECTORY, MENU_ENTRY, SITE};
use super::logo::{self, Logo};
use super::people;
use super::scheme::Scheme;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::language::{Language, Localised};
use crate::path::Base;
use crate::source::{FileId, Sources, Span, Spanned};
use crate::yaml::{self, Fields, Kind, Node};
use jiff::tz::TimeZone;

/// A text that may differ by language, with its place.
pub type Text = Localised<Spanned<String>>;

/// What `site.yaml` says.
#[derive(Debug)]
pub struct SiteConfig {
    /// Where the file's first line is: the place for what concerns the whole site.
    pub span: Span,
    /// The site's name.
    pub title: Text,
    /// What it is, in a few words.
    pub tagline: Option<Text>,
    /// A sentence above every page.
    pub notice: Option<Text>,
    /// Whether the whole site is a draft: every page says so, and search engines are asked to stay away.
    pub draft: bool,
    /// Where it will stand on the web.
    pub base: Base,
    /// Languages, the first being the one whose addresses have no prefix.
    pub languages: Vec<Language>,
    /// Who runs the scheme.
    pub organisation: Text,
    /// How to reach them.
    pub contact: Contact,
    /// The sign at the head of every page.
    pub logo: Option<Logo>,
    /// Colours of one's own.
    pub colours: Colours,
    /// The main menu.
    pub menu: Vec<MenuEntry>,
    /// Links at the foot of every page.
    pub footer: Vec<MenuEntry>,
    /// The wordings that consent is given to now, in the order of [`Purpose::ALL`](super::Purpose::ALL).
    pub consent: Vec<ConsentWording>,
    /// Where mentors' files lie, if not in `content/mentors`.
    pub mentors_folder: Option<Spanned<String>>,
    /// Days after `review_by` until a profile is left out.
    pub grace_days: u32,
    /// People on one page of a list.
    pub page_size: usize,
    /// Whether search engines are asked to leave out the whole directory.
    pub directory_noindex: bool,
    /// How many similar mentors a profile names.
    pub similar: usize,
    /// What clocks show where the scheme is: times of events are of it.
    pub time_zone: TimeZone,
    /// The scheme that the site is for, if it says so.
    pub scheme: Option<Scheme>,
    /// The theme's folder, if not the default.
    pub theme: Option<Spanned<String>>,
    /// How the site is served.
    pub hosting: Hosting,
}

/// A line of the menu or the footer.
#[derive(Debug)]
pub struct MenuEntry {
    /// The words; the page's title where there are none.
    pub label: Option<Text>,
    /// A page's path (`about.md`), a site address (`/mentors/`) or an address of another host.
    pub target: Spanned<String>,
}

const GRACE_DAYS: u32 = 60;
const MOST_GRACE: u32 = 3650;
/// What the filter of a list still goes through while somebody types.
const PAGE_SIZE: u32 = 1000;
const SIMILAR: u32 = 3;
const MOST_SIMILAR: u32 = 12;

impl SiteConfig {
    /// Reads the file. `None` only where there is no such file, or none that is YAML.
    pub fn read(sources: &Sources, found: &mut Diagnostics) -> Option<SiteConfig> {
        let Some((file, source)) = sources.find("content/site.yaml") else {
            if let Some((first, _)) = sources.iter().next() {
                found.push(
                    Diagnostic::new(
                        Code::MissingFile,
                        sources.whole(first),
                        "the site has no content/site.yaml",
                    )
                    .help("write one with title, base_url, languages, organisation and contact"),
                );
            }
            return None;
        };
        if source.unreadable.is_some() {
            return None;
        }
        let before = found.len();
        let node = yaml::parse(sources, file, 0..source.text.len(), found);
        let Some(node) = node else {
            if found.len() == before {
                found.push(
                    Diagnostic::new(Code::MissingKey, sources.whole(file), "site.yaml is empty")
                        .help("write title, base_url, languages, organisation and contact"),
                );
            }
            return None;
        };
        let fields = SITE.read(&node, found)?;
        Some(read_fields(sources, file, &fields, found))
    }
}

impl SiteConfig {
    /// Where the site says that being listed reveals special category data, if it does.
    pub fn special_category(&self) -> Option<Span> {
        self.scheme.as_ref().and_then(|scheme| scheme.special_category)
    }

    /// Stands in where the file cannot be read, so that everything else is still checked in the same run.
    pub fn absent(span: Span) -> SiteConfig {
        let nothing = || Localised::everywhere(Spanned::new(String::new(), span));
        SiteConfig {
            span,
            title: nothing(),
            tagline: None,
            notice: None,
            // What is not known to be finished is not held to that: nothing is published anyway.
            draft: true,
            base: example(),
            languages: vec![Language::english()],
            organisation: nothing(),
            contact: Contact::absent(),
            logo: None,
            colours: Colours::default(),
            menu: Vec::new(),
            footer: Vec::new(),
            consent: Vec::new(),
            mentors_folder: None,
            grace_days: GRACE_DAYS,
            page_size: PAGE_SIZE as usize,
            directory_noindex: false,
            similar: SIMILAR as usize,
            time_zone: usual_zone(),
            scheme: None,
            theme: None,
            hosting: Hosting::default(),
        }
    }
}

/// A base for a site that does not say its own.
fn example() -> Base {
    Base::read("https://example.org/").expect("a plain address is a base")
}

fn read_fields(sources: &Sources, file: FileId, fields: &Fields, found: &mut Diagnostics) -> SiteConfig {
    let span = sources.whole(file);
    let text =
        |key: &str, found: &mut Diagnostics| fields.get(key).and_then(|node| yaml::localised(node, found));
    let absent = || Localised::everywhere(Spanned::new(String::new(), span));
    let tagline = text("tagline", found);
    let notice = text("notice", found);
    let title =
        fields.need("title", found).and_then(|node| yaml::localised(node, found)).unwrap_or_else(absent);
    let organisation = fields
        .need("organisation", found)
        .and_then(|node| yaml::localised(node, found))
        .unwrap_or_else(absent);
    let hosting = fields.get("hosting").map(|node| Hosting::read(node, found)).unwrap_or_default();
    let Listing { mentors_folder, grace_days, page_size, noindex, similar } = directory(fields, found);
    SiteConfig {
        span,
        title,
        tagline,
        notice,
        // Whatever is no boolean keeps the site a draft, as it does a page.
        draft: match fields.filled("draft", found) {
            Some(node) => yaml::boolean(node, found).unwrap_or(true),
            None => fields.key_span("draft").is_some(),
        },
        base: base(fields, found).with_links(hosting.links),
        languages: languages(fields, found),
        organisation,
        contact: contact(fields, found),
        logo: fields.get("logo").and_then(|node| logo::read(node, found)),
        colours: fields.get("colours").map(|node| Colours::read(node, found)).unwrap_or_default(),
        menu: menu(fields, "menu", found),
        footer: menu(fields, "footer", found),
        consent: consent::read(fields, found),
        mentors_folder,
        grace_days,
        page_size,
        directory_noindex: noindex,
        similar,
        time_zone: time_zone(fields, found),
        scheme: Scheme::read(fields, found),
        theme: fields.get("theme").and_then(|node| yaml::id(node, found)),
        hosting,
    }
}

fn base(fields: &Fields, found: &mut Diagnostics) -> Base {
    let typed = fields.need("base_url", found).and_then(|node| yaml::text(node, found));
    if let Some(typed) = typed {
        if let Some(base) = Base::read(&typed.value) {
            return base;
        }
        found.push(
            Diagnostic::new(
                Code::BadAddress,
                typed.span,
                format!("`{}` is not the address of a site", typed.value),
            )
            .help("write it in full: https://www.example.org/ or https://www.example.org/medicine/"),
        );
    }
    example()
}

fn languages(fields: &Fields, found: &mut Diagnostics) -> Vec<Language> {
    let mut languages: Vec<Language> = Vec::new();
    for item in fields.need("languages", found).map(|node| yaml::items(node, found)).unwrap_or_default() {
        let Some(code) = yaml::text(item, found) else { continue };
        match Language::read(&code.value) {
            Some(language) if languages.contains(&language) => found.push(
                Diagnostic::new(
                    Code::DuplicateId,
                    code.span,
                    format!("the language `{language}` is named twice"),
                )
                .help("keep one"),
            ),
            Some(language) => languages.push(language),
            None => found.push(
                Diagnostic::new(
                    Code::UnknownValue,
                    code.span,
                    format!("`{}` is not a language code", code.value),
                )
                .help("write two letters: en for English, cy for Welsh"),
            ),
        }
    }
    if languages.is_empty() {
        languages.push(Language::english());
    }
    languages
}

/// Where no other is named. Without the data on time zones that come with the program there is only UTC.
fn usual_zone() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

fn time_zone(fields: &Fields, found: &mut Diagnostics) -> TimeZone {
    let typed = fields.get("time_zone").and_then(|node| yaml::text(node, found));
    let Some(typed) = typed else { return usual_zone() };
    TimeZone::get(&typed.value).unwrap_or_else(|_| {
        let known: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        let near = nearest(&typed.value, known.iter().map(String::as_str));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write its name in the time zone database: Europe/London, America/New_York".to_owned(),
        };
        let message = format!("`{}` is not a time zone", typed.value);
        found.push(Diagnostic::new(Code::UnknownValue, typed.span, message).help(help));
        usual_zone()
    })
}

fn contact(fields: &Fields, found: &mut Diagnostics) -> Contact {
    fields.need("contact", found).map_or_else(Contact::absent, |node| Contact::read(node, found))
}

fn menu(fields: &Fields, key: &str, found: &mut Diagnostics) -> Vec<MenuEntry> {
    let Some(node) = fields.get(key) else { return Vec::new() };
    let mut entries = Vec::new();
    for item in yaml::items(node, found) {
        let entry = match &item.kind {
            Kind::Map(_) => MENU_ENTRY.read(item, found).and_then(|entry| {
                let label = entry.need("label", found).and_then(|node| yaml::localised(node, found));
                let target = entry.need("link", found).and_then(|node| yaml::text(node, found))?;
                Some(MenuEntry { label, target })
            }),
            _ => yaml::text(item, found).map(|target| MenuEntry { label: None, target }),
        };
        entries.extend(entry);
    }
    entries
}

/// What `directory` says.
struct Listing {
    mentors_folder: Option<Spanned<String>>,
    grace_days: u32,
    page_size: usize,
    noindex: bool,
    similar: usize,
}

fn directory(fields: &Fields, found: &mut Diagnostics) -> Listing {
    let usual = Listing {
        mentors_folder: None,
        grace_days: GRACE_DAYS,
        page_size: PAGE_SIZE as usize,
        noindex: false,
        similar: SIMILAR as usize,
    };
    let Some(node) = fields.get("directory") else { return usual };
    let Some(directory) = DIRECTORY.read(node, found) else { return usual };
    let number = |key: &str, usual: u32, found: &mut Diagnostics| {
        directory.get(key).and_then(|node: &Node| yaml::number(node, found)).unwrap_or(usual)
    };
    let grace = number("grace_days", GRACE_DAYS, found);
    let size = number("page_size", PAGE_SIZE, found);
    let similar = number("similar", SIMILAR, found);
    let mut wrong = |key: &str, is_wrong: bool, message: String, help: String| {
        if let (true, Some(node)) = (is_wrong, directory.get(key)) {
            found.push(Diagnostic::new(Code::UnknownValue, node.span, message).help(help));
        }
    };
    wrong(
        "grace_days",
        grace > MOST_GRACE,
        format!("a grace of {grace} days is none that anybody waits for"),
        format!("write {MOST_GRACE} days at the most"),
    );
    wrong(
        "page_size",
        size == 0,
        "a page of 0 people".to_owned(),
        format!("write how many people one page of a list holds, {PAGE_SIZE} for example"),
    );
    wrong(
        "similar",
        similar > MOST_SIMILAR,
        format!("{similar} similar mentors are more than anybody reads"),
        format!("write {MOST_SIMILAR} at the most; 0 names none"),
    );
    Listing {
        mentors_folder: directory.get("mentors").and_then(|node| people::folder(node, found)),
        grace_days: grace.min(MOST_GRACE),
        page_size: size.max(1) as usize,
        noindex: directory.get("noindex").and_then(|node| yaml::boolean(node, found)).unwrap_or(false),
        similar: similar.min(MOST_SIMILAR) as usize,
    }
}
