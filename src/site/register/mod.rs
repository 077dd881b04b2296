//! What stands at which address, and what would stand there if it were public today; `target` asks it where a link leads.

mod target;

pub(super) use target::Target;

use super::directory::{self, Format, Lists};
use super::project::{LeftOut, Project};
use crate::config::Hosting;
use crate::content::{Kind, Origin, Page, Visibility};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::evaluation::Published;
use crate::language::Language;
use crate::path::{Address, file_name};
use crate::source::{FileId, Sources, Span};
use std::collections::{BTreeMap, HashMap};

/// Why something that exists is not public, in words.
type Reason = String;

enum Entry {
    Public { what: What, span: Option<Span> },
    NotPublic { why: Reason, title: Option<String> },
}

/// What kind of thing stands at an address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    /// A Markdown page, by its index in the project.
    Page(usize),
    /// Anything else that the build makes or copies.
    Made,
}

/// All addresses of a site.
pub struct Register {
    entries: HashMap<Address, Entry>,
    /// Pages by key (path below content/ without language), then language.
    by_key: BTreeMap<String, Vec<(Language, usize)>>,
}

/// An alias as written: a site address, or nothing usable.
pub(super) fn alias(text: &str) -> Option<Address> {
    let inner = text.strip_prefix('/')?;
    let plain = inner.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/".contains(&b))
        && !inner.split('/').any(|part| part == "..");
    if !plain || inner.is_empty() {
        return None;
    }
    let name = file_name(inner.trim_end_matches('/'));
    Some(if name.contains('.') && !inner.ends_with('/') {
        Address::file(inner)
    } else {
        Address::page(inner.split('/'))
    })
}

impl Register {
    pub(super) fn new(
        project: &Project,
        sources: &Sources,
        lists: &Lists,
        left_out: &LeftOut,
        found: &mut Diagnostics,
    ) -> Register {
        let mut register = Register { entries: HashMap::new(), by_key: BTreeMap::new() };
        let why: Vec<Option<Reason>> =
            project.pages.iter().map(|page| not_public(project, sources, page, left_out, found)).collect();
        register.made(project, lists, &why);
        for (at, (page, why)) in project.pages.iter().zip(why).enumerate() {
            register.by_key.entry(page.key.clone()).or_default().push((page.language.clone(), at));
            register.page(at, page, why, found);
        }
        for page in &project.pages {
            register.aliases(page, found);
        }
        register.copied(sources, &project.site.hosting, left_out, found);
        register
    }

    /// Addresses that the program itself fills.
    fn made(&mut self, project: &Project, lists: &Lists, why: &[Option<Reason>]) {
        let first = project.first_language();
        // Lists of things of which none is public today exist, and are not public.
        for (page, why) in project.pages.iter().zip(why) {
            let Some(why) = why else { continue };
            let list = match &page.origin {
                Origin::Report { survey, .. } => ["reports", survey.as_str()].to_vec(),
                Origin::Content if page.front.kind == Kind::News => ["news"].to_vec(),
                Origin::Content if page.front.kind == Kind::Event => ["events"].to_vec(),
                Origin::Content => continue,
            };
            let address = directory::prefixed(&page.language, first, &list);
            self.entries.insert(address, Entry::NotPublic { why: why.clone(), title: None });
        }
        let mut made = |address: Address| {
            drop(self.entries.insert(address, Entry::Public { what: What::Made, span: None }));
        };
        for name in ["sitemap.xml", "robots.txt", "404.html"] {
            made(Address::file(name));
        }
        for host in &project.site.hosting.hosts {
            host.value.files().iter().for_each(|name| made(Address::file(name)));
        }
        for list in lists.pages() {
            made(list.address.clone());
        }
        for language in &project.site.languages {
            made(directory::search_address(language, first));
            made(directory::index_address(language, first));
            if project.directory.exists {
                made(directory::shortlist_address(language, first));
            }
            for profile in project.directory.mentors() {
                made(directory::profile_address(language, first, profile.id()));
            }
            let public = || {
                project
                    .pages
                    .iter()
                    .zip(why)
                    .filter(|(page, why)| why.is_none() && page.language == *language)
            };
            if public().any(|(page, _)| super::feed::is_fed(page)) {
                made(directory::feed_address(language, first));
            }
            if public().any(|(page, _)| page.front.kind == Kind::News) {
                made(directory::prefixed(language, first, &["news"]));
            }
            for (page, _) in public().filter(|(page, _)| page.front.kind == Kind::Event) {
                made(directory::prefixed(language, first, &["events"]));
                made(directory::calendar_address(language, first));
                made(directory::event_address(&page.address));
            }
            for (page, _) in public() {
                let Origin::Report { survey, edition } = &page.origin else { continue };
                made(directory::prefixed(language, first, &["reports", survey]));
                let published =
                    project.evaluations.get(survey).and_then(|evaluation| evaluation.published(edition));
                if published.is_some() {
                    for format in Format::ALL {
                        made(directory::download_address(&page.address, survey, edition, format));
                    }
                }
                for id in published.map(Published::table_ids).unwrap_or_default() {
                    made(directory::data_address(&page.address, id));
                }
            }
        }
        for language in &project.site.languages {
            for (id, withheld) in &project.directory.withheld {
                let address = directory::profile_address(language, first, id);
                self.entries
                    .insert(address, Entry::NotPublic { why: withheld.why.word().to_owned(), title: None });
            }
        }
    }

    fn page(&mut self, at: usize, page: &Page, why: Option<Reason>, found: &mut Diagnostics) {
        let title = Some(page.front.title.value.clone());
        if let Some(Entry::Public { what, span }) = self.entries.get(&page.address) {
            // The lists of news and events are made where nobody wrote a page for them.
            let may_replace =
                *what == What::Made && matches!(page.key.as_str(), "news/index" | "events/index");
            if !may_replace {
                let finding = Diagnostic::new(
                    Code::AddressTaken,
                    page.span,
                    format!("two pages would stand at {}", page.address),
                )
                .help("rename one of the files");
                found.push(match span {
                    Some(span) => finding.related(*span, "the other"),
                    None => finding.note("the other is made by the program"),
                });
                return;
            }
        }
        let entry = match why {
            None => Entry::Public { what: What::Page(at), span: Some(page.span) },
            Some(why) => Entry::NotPublic { why, title },
        };
        self.entries.insert(page.address.clone(), entry);
    }

    fn aliases(&mut self, page: &Page, found: &mut Diagnostics) {
        for written in &page.front.aliases {
            let Some(address) = alias(&written.value) else {
                found.push(
                    Diagnostic::new(
                        Code::BadAddress,
                        written.span,
                        format!("`{}` is not an address of this site", written.value),
                    )
                    .help("write the former address from the first slash on: /about-us/"),
                );
                continue;
            };
            if let Some(Entry::Public { span, .. }) = self.entries.get(&address) {
                let finding = Diagnostic::new(
                    Code::AddressTaken,
                    written.span,
                    format!("something else stands at {address}"),
                )
                .help("take the alias out");
                found.push(match span {
                    Some(span) => finding.related(*span, "here"),
                    None => finding,
                });
                continue;
            }
            if self.is_public(&page.address) {
                self.entries.insert(address, Entry::Public { what: What::Made, span: Some(written.span) });
            }
        }
    }

    fn copied(&mut self, sources: &Sources, hosting: &Hosting, left_out: &LeftOut, found: &mut Diagnostics) {
        for (address, file) in super::copies(sources, left_out) {
            let span = sources.whole(file);
            if let Some((host, place)) = hosting.reads(&address.output_path()) {
                let message = format!("the program makes {} for {}", address.output_path(), host.name());
                found.push(
                    Diagnostic::new(Code::AddressTaken, span, message)
                        .related(place, "here")
                        .help("take the file away, or the host out of `hosting.for`"),
                );
                continue;
            }
            // A robots.txt or 404.html of one's own replaces the program's.
            let own = matches!(address.as_str(), "/robots.txt" | "/404.html");
            if let Some(Entry::Public { span: other, .. }) = self.entries.get(&address)
                && !own
            {
                let finding =
                    Diagnostic::new(Code::AddressTaken, span, format!("something else stands at {address}"))
                        .help("rename the file");
                found.push(match other {
                    Some(other) => finding.related(*other, "here"),
                    None => finding,
                });
                continue;
            }
            self.entries.insert(address, Entry::Public { what: What::Made, span: Some(span) });
        }
    }

    /// Whether something public stands at an address.
    pub fn is_public(&self, address: &Address) -> bool {
        matches!(self.entries.get(address), Some(Entry::Public { .. }))
    }

    /// Whether a page is the one that stands at its address.
    pub(super) fn owns(&self, page: &Page) -> bool {
        matches!(self.entries.get(&page.address), Some(Entry::Public { span: Some(span), .. }) if *span == page.span)
    }

    /// The same page in the site's other languages.
    pub fn translations<'s>(
        &'s self,
        project: &'s Project,
        page: &'s Page,
    ) -> impl Iterator<Item = &'s Page> {
        let all = self.by_key.get(&page.key).map(Vec::as_slice).unwrap_or_default();
        all.iter().map(|(_, at)| &project.pages[*at]).filter(move |other| {
            other.language != page.language && self.is_public(&other.address) && self.owns(other)
        })
    }

    /// What stands at an address although it is not public, with the reason.
    pub fn not_public(&self) -> impl Iterator<Item = (&Address, &str)> {
        self.entries.iter().filter_map(|(address, entry)| match entry {
            Entry::NotPublic { why, .. } => Some((address, why.as_str())),
            Entry::Public { .. } => None,
        })
    }
}

/// Why a page is not public today, if it is not.
fn not_public(
    project: &Project,
    sources: &Sources,
    page: &Page,
    left_out: &LeftOut,
    found: &mut Diagnostics,
) -> Option<Reason> {
    let leaves = |file: &FileId| left_out.files.contains(file);
    if leaves(&page.file) {
        // Every page leads home: without its text the home page is still there.
        return (page.key != "index").then(|| "left out because of findings".to_owned());
    }
    let why = match page.visibility {
        Visibility::Public => None,
        Visibility::Draft => Some("a draft".to_owned()),
        Visibility::NotYet(date) => Some(format!("from {date} on")),
        Visibility::Expired(date) => Some(format!("expired on {date}")),
    };
    let Origin::Report { survey, edition } = &page.origin else { return why };
    let Some(evaluation) = project.evaluations.get(survey) else {
        // The survey's own file has findings, or there is none.
        let path = format!("content/evaluations/{survey}/survey.yaml");
        if sources.find(&path).is_none() {
            found.push(
                Diagnostic::new(Code::ReportWithoutRelease, page.span, format!("there is no {path}"))
                    .help("a report lies beside its survey: content/evaluations/<survey>/survey.yaml"),
            );
        }
        return why.or(Some("its survey cannot be read".to_owned()));
    };
    if leaves(&evaluation.survey.file) {
        return Some("its survey was left out because of findings".to_owned());
    }
    match evaluation.editions.get(edition) {
        None => {
            let path = format!("content/evaluations/{survey}/releases/{edition}.yaml");
            if sources.find(&path).is_none() {
                let known: Vec<&str> = evaluation.editions.keys().map(String::as_str).collect();
                found.push(
                    Diagnostic::new(
                        Code::ReportWithoutRelease,
                        page.span,
                        format!("there is no release `{edition}` of the survey `{survey}`"),
                    )
                    .help(one_of(edition, known)),
                );
            }
            why.or(Some("its release cannot be read".to_owned()))
        }
        Some(edition) if edition.published.is_none() || edition.is_left_out(&left_out.files) => {
            why.or(Some("its release did not pass".to_owned()))
        }
        Some(_) => why,
    }
}
