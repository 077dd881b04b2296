//! Pages, profiles and published tables -> [`Site`]: every address given, every link and number resolved, every
//! list made. Nothing in it changes afterwards, and nothing in it is looked up by name again.
//!
//! 1. `register`: what stands at which address, and what would if it were public;
//! 2. `body`: a document's links, people and numbers resolved against the register, the directory and the
//!    releases;
//! 3. `directory`: the mentors' index and its lists; `editions`: what editions of a survey have in common;
//! 4. [`assemble`] puts the pages together with menus, breadcrumbs and news.

mod body;
mod directory;
mod editions;
mod feed;
mod project;
mod register;

pub use body::{
    ActionRow, Actions, Asked, Body, Part, Questionnaire, Quote, Quotes, ReportFigure, ReportTable, Segment,
    TableNote,
};
pub use directory::{
    FacetList, FacetTerm, Format, ListPage, Lists, People, data_address, download_address, feed_address,
    prefixed, profile_address,
};
pub use editions::{Compared, Question};
pub use feed::issued;
pub use project::{LeftOut, Project};
pub use register::Register;

use crate::config::MenuEntry;
use crate::content::{Kind, Origin, Page, Visibility};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::directory::Profile;
use crate::evaluation::Published;
use crate::language::Language;
use crate::path::Address;
use crate::source::{FileId, Sources};
use crate::theme::Interface;
use rayon::prelude::*;
use register::Target;
use std::collections::BTreeMap;

/// The whole site, ready to be rendered.
pub struct Site<'p> {
    /// What it was made from.
    pub project: &'p Project,
    /// Markdown pages that are public, in the order of their addresses.
    pub pages: Vec<SitePage<'p>>,
    /// Profile pages, one a mentor and language.
    pub profiles: Vec<ProfilePage<'p>>,
    /// The directory's index and lists, page by page.
    pub lists: Vec<ListPage<'p>>,
    /// Pages made without a Markdown file: news archives, lists of editions.
    pub indexes: Vec<IndexPage<'p>>,
    /// Menu and footer by language.
    pub menus: BTreeMap<Language, Menus>,
    /// Addresses that lead elsewhere.
    pub redirects: Vec<(Address, Address)>,
    /// Files copied as they are.
    pub copies: Vec<(Address, FileId)>,
    /// News by language, newest first: indexes into `pages`.
    pub news: BTreeMap<Language, Vec<usize>>,
    /// What stands in the feed of a language, newest first: indexes into `pages`.
    pub feeds: BTreeMap<Language, Vec<usize>>,
    /// Where everything is.
    pub register: Register,
}

/// A public Markdown page.
pub struct SitePage<'p> {
    /// The page.
    pub page: &'p Page,
    /// Its text, resolved.
    pub body: Body<'p>,
    /// The report it tells of.
    pub report: Option<Report<'p>>,
    /// The way to it from the home page: label and, but for the page itself, address.
    pub breadcrumbs: Vec<(String, Option<Address>)>,
}

/// What a report page has beside its narrative.
pub struct Report<'p> {
    /// The survey's id.
    pub survey: &'p str,
    /// The survey's title in the page's language.
    pub title: String,
    /// The edition's numbers.
    pub published: &'p Published,
}

/// A mentor's page in one language.
pub struct ProfilePage<'p> {
    /// She.
    pub profile: &'p Profile,
    /// The page's language.
    pub language: &'p Language,
    /// Its address.
    pub address: Address,
    /// Her own words, resolved.
    pub bio: Option<Body<'p>>,
}

/// A page that only lists others.
pub struct IndexPage<'p> {
    /// Its language.
    pub language: &'p Language,
    /// Its address.
    pub address: Address,
    /// What it lists.
    pub kind: Index<'p>,
}

/// What an index lists.
pub enum Index<'p> {
    /// All news.
    News,
    /// A survey's editions: title of the survey and indexes into the site's pages.
    Editions {
        /// The survey.
        survey: &'p str,
        /// Its title.
        title: String,
        /// Report pages, newest first.
        pages: Vec<usize>,
        /// What they have in common, where there are several.
        compared: Box<Option<Compared>>,
    },
}

/// Menu and footer of one language; an entry without address is not public today.
pub struct Menus {
    /// The main menu.
    pub menu: Vec<(String, Option<String>)>,
    /// The footer.
    pub footer: Vec<(String, Option<String>)>,
}

/// What every step of assembling needs.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a, 'p> {
    pub(crate) project: &'p Project,
    pub(crate) sources: &'p Sources,
    pub(crate) register: &'a Register,
    pub(crate) left_out: &'a LeftOut,
}

impl<'p> Context<'_, 'p> {
    pub(crate) fn interface(&self, language: &Language) -> &'p Interface {
        self.project.theme.interface(language)
    }

    pub(crate) fn first(&self) -> &'p Language {
        self.project.first_language()
    }
}

/// Puts the site together. `left_out` is what a build that takes down leaves aside because of findings.
pub fn assemble<'p>(
    project: &'p Project,
    sources: &'p Sources,
    left_out: &LeftOut,
    found: &mut Diagnostics,
) -> Site<'p> {
    let lists = Lists::new(project);
    let register = Register::new(project, sources, &lists, left_out, found);
    let context = Context { project, sources, register: &register, left_out };
    let public: Vec<&Page> = project
        .pages
        .iter()
        .filter(|page| register.is_public(&page.address) && register.owns(page))
        .collect();
    let resolved: Vec<(SitePage, Diagnostics)> = public
        .par_iter()
        .map(|page| {
            let mut found = Diagnostics::new();
            (site_page(context, page, &mut found), found)
        })
        .collect();
    let mut pages: Vec<SitePage> = resolved
        .into_iter()
        .map(|(page, more)| {
            found.extend(more);
            page
        })
        .collect();
    found.extend(ahead(context, &register));
    pages.sort_by(|a, b| a.page.address.cmp(&b.page.address));
    let profiles: Vec<(Vec<ProfilePage>, Diagnostics)> = project
        .directory
        .mentors()
        .collect::<Vec<_>>()
        .par_iter()
        .map(|profile| {
            let mut found = Diagnostics::new();
            (profile_pages(context, profile, &mut found), found)
        })
        .collect();
    let profiles = profiles
        .into_iter()
        .flat_map(|(pages, more)| {
            found.extend(more);
            pages
        })
        .collect();
    let menus = project
        .site
        .languages
        .iter()
        .map(|language| (language.clone(), menus(context, language, found)))
        .collect();
    let news = news(project, &pages);
    let feeds = feed::feeds(project, &pages);
    let indexes = indexes(context, &pages, &news);
    let redirects = redirects(&pages);
    let copies = copies(sources, left_out);
    Site {
        project,
        pages,
        profiles,
        lists: lists.into_pages(),
        indexes,
        menus,
        redirects,
        copies,
        news,
        feeds,
        register,
    }
}

/// Pages that are not public yet are resolved for their errors alone: on the day they are published nobody may be
/// there to mend them. That they lead to other unpublished pages is no matter yet.
fn ahead(context: Context, register: &Register) -> Diagnostics {
    let coming = context.project.pages.iter().filter(|page| {
        matches!(page.visibility, Visibility::Draft | Visibility::NotYet(_))
            && !register.is_public(&page.address)
            && !context.left_out.files.contains(&page.file)
    });
    let mut found = Diagnostics::new();
    for page in coming {
        site_page(context, page, &mut found);
    }
    found.retain(|diagnostic| diagnostic.code.severity() == Severity::Error);
    found
}

fn site_page<'p>(context: Context<'_, 'p>, page: &'p Page, found: &mut Diagnostics) -> SitePage<'p> {
    let report = report(context, page);
    // A home page that was left out is there without its text.
    let left_out = context.left_out.files.contains(&page.file);
    let body = if left_out { Body::default() } else { body::resolve(context, page, found) };
    if !left_out {
        front_links(context, page, found);
    }
    SitePage { breadcrumbs: breadcrumbs(context, page), page, body, report }
}

/// Links that the front matter makes.
fn front_links(context: Context, page: &Page, found: &mut Diagnostics) {
    if let Some(image) = &page.front.image {
        body::image_address(context, page, &image.value, image.span, found);
    }
    let repository = page.front.publication.as_ref().and_then(|article| article.repository.as_ref());
    let links = page.front.link.iter().chain(repository.and_then(|repository| repository.link.as_ref()));
    for link in links.filter(|link| !link.value.starts_with("https://") && !link.value.starts_with("http://"))
    {
        found.push(
            Diagnostic::new(
                Code::BadAddress,
                link.span,
                format!("`{}` is not an address elsewhere", link.value),
            )
            .help("`link` leads to another site: write it in full, beginning with https://"),
        );
    }
}

fn report<'p>(context: Context<'_, 'p>, page: &'p Page) -> Option<Report<'p>> {
    let Origin::Report { survey, edition } = &page.origin else { return None };
    let evaluation = context.project.evaluations.get(survey)?;
    let published = evaluation.editions.get(edition)?.published.as_ref()?;
    let title = evaluation.survey.title.get(&page.language, context.first()).value.clone();
    Some(Report { survey, title, published })
}

fn profile_pages<'p>(
    context: Context<'_, 'p>,
    profile: &'p Profile,
    found: &mut Diagnostics,
) -> Vec<ProfilePage<'p>> {
    let languages = &context.project.site.languages;
    let first = context.first();
    let mut pages = Vec::with_capacity(languages.len());
    for language in languages {
        // Findings in a biography are those of the text, not of each page it stands on.
        let mut once = Diagnostics::new();
        let bio = profile
            .bio()
            .map(|bio| body::resolve_text(context, bio.get(language, first), language, &mut once));
        if language == first {
            found.extend(once);
        }
        pages.push(ProfilePage {
            profile,
            language,
            address: profile_address(language, first, profile.id()),
            bio,
        });
    }
    pages
}

fn breadcrumbs(context: Context, page: &Page) -> Vec<(String, Option<Address>)> {
    let first = context.first();
    let home = prefixed(&page.language, first, &[]);
    if page.address == home {
        return Vec::new();
    }
    let interface = context.interface(&page.language);
    let mut trail = vec![(interface.say("nav.home", &[]), Some(home))];
    match (&page.origin, page.front.kind) {
        (Origin::Report { survey, .. }, _) => {
            trail.push((
                interface.say("reports.title", &[]),
                Some(prefixed(&page.language, first, &["reports", survey])),
            ));
        }
        (_, Kind::News) => {
            trail.push((interface.say("news.title", &[]), Some(prefixed(&page.language, first, &["news"]))));
        }
        _ => {}
    }
    let own = match &page.origin {
        // The title of a report names the survey again.
        Origin::Report { edition, .. } => edition.clone(),
        Origin::Content => page.front.title.value.clone(),
    };
    trail.push((own, None));
    trail
}

fn menus(context: Context, language: &Language, found: &mut Diagnostics) -> Menus {
    let site = &context.project.site;
    let mut entries = |list: &[MenuEntry]| -> Vec<(String, Option<String>)> {
        list.iter().filter_map(|entry| menu_entry(context, language, entry, found)).collect()
    };
    Menus { menu: entries(&site.menu), footer: entries(&site.footer) }
}

/// An entry's words and href; findings are made once, for the first language.
fn menu_entry(
    context: Context,
    language: &Language,
    entry: &MenuEntry,
    found: &mut Diagnostics,
) -> Option<(String, Option<String>)> {
    let first = context.first();
    let label = entry.label.as_ref().map(|label| label.get(language, first).value.clone());
    let target = context.register.target(context.project, &entry.target.value, "", language);
    let label_or = |usual: String| label.clone().unwrap_or(usual);
    let mut report = |finding: Diagnostic| {
        if language == first {
            found.push(finding);
        }
    };
    match target {
        Target::Elsewhere(href) => Some((label_or(href.clone()), Some(href))),
        Target::Page { address, title, .. } => {
            let title = title.unwrap_or_else(|| entry.target.value.clone());
            Some((label_or(title), Some(context.project.site.base.href(&address))))
        }
        Target::NotPublic { why, title } => {
            report(
                Diagnostic::new(
                    Code::LinkNotPublic,
                    entry.target.span,
                    format!(
                        "`{}` is not public today ({why}): the entry becomes plain text",
                        entry.target.value
                    ),
                )
                .help("take the entry out, or publish the page"),
            );
            Some((label_or(title.unwrap_or_else(|| entry.target.value.clone())), None))
        }
        Target::Unknown(unknown) => {
            report(
                Diagnostic::new(
                    Code::LinkToNowhere,
                    entry.target.span,
                    format!("there is no page `{}`", entry.target.value),
                )
                .help(context.register.suggest(&unknown)),
            );
            None
        }
        Target::Fragment(_) => {
            report(
                Diagnostic::new(Code::LinkToNowhere, entry.target.span, "a menu leads to pages")
                    .help("write a page's path (about.md) or address (/mentors/)"),
            );
            None
        }
    }
}

fn news(project: &Project, pages: &[SitePage]) -> BTreeMap<Language, Vec<usize>> {
    let mut news: BTreeMap<Language, Vec<usize>> = BTreeMap::new();
    for language in &project.site.languages {
        let mut list: Vec<usize> = (0..pages.len())
            .filter(|at| pages[*at].page.front.kind == Kind::News && pages[*at].page.language == *language)
            .collect();
        list.sort_by_key(|at| {
            let front = &pages[*at].page.front;
            (std::cmp::Reverse(front.date), front.weight, &pages[*at].page.address)
        });
        if !list.is_empty() {
            news.insert(language.clone(), list);
        }
    }
    news
}

fn indexes<'p>(
    context: Context<'_, 'p>,
    pages: &[SitePage<'p>],
    news: &BTreeMap<Language, Vec<usize>>,
) -> Vec<IndexPage<'p>> {
    let project = context.project;
    let first = context.first();
    let mut indexes = Vec::new();
    for language in &project.site.languages {
        let address = prefixed(language, first, &["news"]);
        let written = pages.iter().any(|page| page.page.address == address);
        if news.contains_key(language) && !written {
            indexes.push(IndexPage { language, address, kind: Index::News });
        }
        for (survey, evaluation) in project.evaluations.iter() {
            let mut list: Vec<usize> = (0..pages.len())
                .filter(|at| {
                    pages[*at].page.language == *language
                        && pages[*at].report.as_ref().is_some_and(|report| report.survey == survey)
                })
                .collect();
            list.sort_by(|a, b| pages[*b].page.address.cmp(&pages[*a].page.address));
            if !list.is_empty() {
                let title = evaluation.survey.title.get(language, first).value.clone();
                let address = prefixed(language, first, &["reports", survey]);
                indexes.push(IndexPage {
                    language,
                    address,
                    kind: Index::Editions {
                        survey,
                        title,
                        compared: Box::new(editions::compare(
                            context,
                            evaluation,
                            language,
                            list.iter().map(|at| &pages[*at]),
                        )),
                        pages: list,
                    },
                });
            }
        }
    }
    indexes
}

fn redirects(pages: &[SitePage]) -> Vec<(Address, Address)> {
    let mut redirects = Vec::new();
    for page in pages {
        for alias in &page.page.front.aliases {
            if let Some(address) = register::alias(&alias.value) {
                redirects.push((address, page.page.address.clone()));
            }
        }
    }
    redirects
}

fn copies(sources: &Sources, left_out: &LeftOut) -> Vec<(Address, FileId)> {
    let of = |folder: &'static str, prefix: &'static str| {
        sources
            .below(folder)
            .filter(|(id, file)| file.unreadable.is_none() && !left_out.files.contains(id))
            .map(move |(id, file)| (Address::file(&format!("{prefix}{}", &file.path[folder.len()..])), id))
    };
    of("content/files/", "files/").chain(of("content/root/", "")).collect()
}
