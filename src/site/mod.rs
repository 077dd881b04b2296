//! Pages, profiles and published tables -> [`Site`]: every address given, every link and number resolved, every
//! list made. Nothing in it changes afterwards, and nothing in it is looked up by name again.
//!
//! `project` holds what goes in. From there:
//!
//! 1. `register`: what stands at which address, and what would if it were public;
//! 2. `body`: a document's links, people and numbers resolved against the register, the directory and the
//!    releases;
//! 3. `directory`: the mentors' index and its lists; `similar`: who is like whom; `portraits`: who is shown with which; `logo`: the sign at the head of every page; `indexes`: news, events and lists of editions, with what `editions` of a
//!    survey have in common, and `reported`: which of them readers may see; `feed`: what is new; `events`: what is coming up; `navigation`: menus and breadcrumbs;
//!    `translations`: what is written in which language; `wordings`: whether the pages that consent is given by are there;
//! 4. [`assemble`] puts them together.

mod body;
mod directory;
mod editions;
mod events;
mod feed;
mod indexes;
mod logo;
mod navigation;
mod portraits;
mod project;
mod register;
mod reported;
mod similar;
mod translations;
mod wordings;

pub use body::{
    ActionRow, Actions, Asked, Body, Part, Questionnaire, Quote, Quotes, ReportFigure, ReportTable, Segment,
    TableNote,
};
use directory::language_of;
pub use directory::{
    FacetList, FacetTerm, Format, ListPage, Lists, People, calendar_address, data_address, download_address,
    event_address, feed_address, index_address, name_order, prefixed, profile_address, search_address,
    shortlist_address,
};
pub use editions::{Compared, Question};
pub use events::Events;
pub use feed::issued;
pub use indexes::{Index, IndexPage};
pub use logo::Logo;
pub use navigation::{MenuItem, Menus};
pub use portraits::Portraits;
pub use project::{LeftOut, Project};
pub use register::Register;
pub use translations::{Translated, source, translated};
pub use wordings::wordings;

use crate::content::{Origin, Page, Visibility};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::directory::Profile;
use crate::evaluation::Published;
use crate::language::Language;
use crate::path::Address;
use crate::source::{FileId, Sources};
use crate::theme::Interface;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

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
    /// Who is shown with which portrait.
    pub portraits: Portraits<'p>,
    /// Pages made without a Markdown file: news archives, lists of editions.
    pub indexes: Vec<IndexPage<'p>>,
    /// Menu and footer by language.
    pub menus: BTreeMap<Language, Menus>,
    /// Addresses that lead elsewhere.
    pub redirects: Vec<(Address, Address)>,
    /// The sign at the head of every page.
    pub logo: Option<Logo>,
    /// Files copied as they are.
    pub copies: Vec<(Address, FileId)>,
    /// News by language, newest first: indexes into `pages`.
    pub news: BTreeMap<Language, Vec<usize>>,
    /// Events by language: indexes into `pages`.
    pub events: BTreeMap<Language, Events>,
    /// What stands in the feed of a language, newest first: indexes into `pages`.
    pub feeds: BTreeMap<Language, Vec<usize>>,
    /// Pages that consent is given by, by key.
    pub wordings: BTreeSet<String>,
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
    /// A picture that stands for it where a link to it is shared.
    pub image: Option<Address>,
    /// What it translates, and when that was changed, if it has been since.
    pub stale: Option<(&'p Page, Date)>,
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
    /// Who is most like her, the most similar first.
    pub similar: Vec<&'p Profile>,
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
    assemble_part(project, sources, left_out, &|_| true, found)
}

/// Puts the site together, and of the directory's pages only those that are wanted: each as it is in the whole site.
pub fn assemble_part<'p>(
    project: &'p Project,
    sources: &'p Sources,
    left_out: &LeftOut,
    is_wanted: &(dyn Fn(&Address) -> bool + Sync),
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
    let wanted = project.site.similar;
    let similar = project.site.languages.iter().map(|language| {
        let address = |profile: &Profile| profile_address(language, context.first(), profile.id());
        similar::similar(lists.order(language), wanted, &|profile| is_wanted(&address(profile)))
    });
    let similar: Vec<Similar> = similar.collect();
    let profiles: Vec<(Vec<ProfilePage>, Diagnostics)> = project
        .directory
        .mentors()
        .collect::<Vec<_>>()
        .par_iter()
        .map(|profile| {
            let mut found = Diagnostics::new();
            (profile_pages(context, profile, &similar, is_wanted, &mut found), found)
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
        .map(|language| (language.clone(), navigation::menus(context, language, found)))
        .collect();
    let news = indexes::news(project, &pages);
    let events = events::events(project, &pages);
    let feeds = feed::feeds(project, &pages);
    let indexes = indexes::indexes(context, &pages, &news, &events);
    let redirects = redirects(&pages);
    let portraits = portraits::portraits(project, found);
    let copies = copies(sources, left_out);
    let logo = logo::logo(context, &copies, found);
    let wordings = wordings::keys(context);
    Site {
        project,
        pages,
        profiles,
        lists: lists.into_pages().into_iter().filter(|list| is_wanted(&list.address)).collect(),
        portraits,
        indexes,
        menus,
        redirects,
        logo,
        copies,
        news,
        events,
        feeds,
        wordings,
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
    let image = if left_out { None } else { front_links(context, page, found) };
    SitePage {
        breadcrumbs: navigation::breadcrumbs(context, page),
        image,
        stale: translations::stale(context.project, page),
        page,
        body,
        report,
    }
}

/// Links that the front matter makes; the address of its image.
fn front_links(context: Context, page: &Page, found: &mut Diagnostics) -> Option<Address> {
    let image = page.front.image.as_ref();
    let image = image.and_then(|image| body::image_address(context, page, &image.value, image.span, found));
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
    image
}

fn report<'p>(context: Context<'_, 'p>, page: &'p Page) -> Option<Report<'p>> {
    let Origin::Report { survey, edition } = &page.origin else { return None };
    let evaluation = context.project.evaluations.get(survey)?;
    let published = evaluation.published(edition)?;
    let title = evaluation.survey.title.get(&page.language, context.first()).value.clone();
    Some(Report { survey, title, published })
}

/// Who is most like whom, by id, in the order of a language.
type Similar<'p> = BTreeMap<&'p str, Vec<&'p Profile>>;

fn profile_pages<'p>(
    context: Context<'_, 'p>,
    profile: &'p Profile,
    similar: &[Similar<'p>],
    is_wanted: &(dyn Fn(&Address) -> bool + Sync),
    found: &mut Diagnostics,
) -> Vec<ProfilePage<'p>> {
    let languages = &context.project.site.languages;
    let first = context.first();
    let mut pages = Vec::with_capacity(languages.len());
    for (language, similar) in languages.iter().zip(similar) {
        let address = profile_address(language, first, profile.id());
        if !is_wanted(&address) {
            continue;
        }
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
            address,
            bio,
            similar: similar.get(profile.id()).cloned().unwrap_or_default(),
        });
    }
    pages
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
