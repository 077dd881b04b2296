//! A Markdown file -> [`Page`].

use super::front_matter::{self, FrontMatter};
use super::kind::Kind;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::language::Language;
use crate::markdown::{self, Document};
use crate::path::{Address, is_id};
use crate::source::{FileId, Sources, Span};
use jiff::civil::Date;
use rayon::prelude::*;

/// Where a page comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// `content/<key>.md`, or `content/<key>.<language>.md`.
    Content,
    /// The narrative of a survey's edition.
    Report {
        /// The survey's id.
        survey: String,
        /// The edition's name.
        edition: String,
    },
}

/// Whether a page is public on the day of the build.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Visibility {
    /// It is.
    Public,
    /// `draft: true`.
    Draft,
    /// `publish` lies ahead.
    NotYet(Date),
    /// `expires` has come.
    Expired(Date),
}

/// A Markdown page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its file.
    pub file: FileId,
    /// The first line, as the place for what concerns the whole page.
    pub span: Span,
    /// Path below `content/` without language and `.md`: `about`, `news/index`.
    pub key: String,
    /// Its language.
    pub language: Language,
    /// Where it stands in the site.
    pub address: Address,
    /// What it says about itself.
    pub front: FrontMatter,
    /// Its text.
    pub body: Document,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether it is public today.
    pub visibility: Visibility,
}

/// Folders of `content/` that hold no pages.
const NOT_PAGES: [&str; 3] = ["content/files/", "content/root/", "content/mentors/"];

/// Reads every page of the site. `languages` are the site's, the first being the one without prefix.
pub fn read(
    sources: &Sources,
    languages: &[Language],
    date: Date,
    drafts: bool,
    found: &mut Diagnostics,
) -> Vec<Page> {
    let files: Vec<FileId> = sources
        .below("content/")
        .filter(|(_, file)| {
            !NOT_PAGES.iter().any(|folder| file.path.starts_with(folder)) && file.path.ends_with(".md")
        })
        .map(|(id, _)| id)
        .collect();
    let read: Vec<(Page, Diagnostics)> = files
        .into_par_iter()
        .map(|file| {
            let mut found = Diagnostics::new();
            let page = read_one(sources, file, languages, date, drafts, &mut found);
            (page, found)
        })
        .collect();
    let mut pages = Vec::with_capacity(read.len());
    for (page, more) in read {
        pages.push(page);
        found.extend(more);
    }
    pages
}

fn read_one(
    sources: &Sources,
    file: FileId,
    languages: &[Language],
    date: Date,
    drafts: bool,
    found: &mut Diagnostics,
) -> Page {
    let source = sources.file(file);
    let span = sources.whole(file);
    let inner = source.path.trim_start_matches("content/").trim_end_matches(".md");
    let (key, language) = split_language(inner, languages);
    let first = languages.first() == Some(&language);
    for part in key.split('/').filter(|part| !is_id(part)) {
        found.push(
            Diagnostic::new(Code::BadId, span, format!("`{part}` would stand in an address, and cannot"))
                .help("rename it with lower-case letters, digits, - and _ only"),
        );
    }
    let (front, body) = front_matter::read(sources, file, found);
    let mut body = markdown::parse(&markdown::Text::of_file(sources, file, body), found);
    if front.numbered {
        body.number_sections();
    }
    let origin = origin(&key);
    let prefix = if first { "" } else { language.code() };
    let place = match &origin {
        Origin::Content => key
            .strip_suffix("index")
            .filter(|rest| rest.is_empty() || rest.ends_with('/'))
            .unwrap_or(&key)
            .to_owned(),
        Origin::Report { survey, edition } => format!("reports/{survey}/{edition}"),
    };
    let address = Address::page(std::iter::once(prefix).chain(place.split('/')));
    let kind_is_report = front.kind == Kind::Report;
    if kind_is_report != matches!(origin, Origin::Report { .. }) {
        let finding = if kind_is_report {
            Diagnostic::new(
                Code::UnknownValue,
                front.title.span,
                "a page of kind `report` lies outside an evaluation",
            )
            .help("put it in content/evaluations/<survey>/reports/<edition>.md")
        } else {
            Diagnostic::new(
                Code::UnknownValue,
                front.title.span,
                "the narrative of a report is not of kind `report`",
            )
            .help("add a line `kind: report` to its front matter")
        };
        found.push(finding);
    }
    let visibility = visibility(&front, date, drafts);
    Page { file, span, key, language, address, front, body, origin, visibility }
}

/// `about.cy` is the page `about` in Welsh, where the site has Welsh.
fn split_language(path: &str, languages: &[Language]) -> (String, Language) {
    if let Some((key, code)) = path.rsplit_once('.')
        && let Some(language) = languages.iter().find(|language| language.code() == code)
    {
        return (key.to_owned(), language.clone());
    }
    (path.to_owned(), languages.first().cloned().unwrap_or_else(Language::english))
}

fn origin(key: &str) -> Origin {
    match key.split('/').collect::<Vec<_>>()[..] {
        ["evaluations", survey, "reports", edition] => {
            Origin::Report { survey: survey.to_owned(), edition: edition.to_owned() }
        }
        _ => Origin::Content,
    }
}

fn visibility(front: &FrontMatter, date: Date, drafts: bool) -> Visibility {
    match (front.draft, front.publish, front.expires) {
        (_, _, Some(expires)) if expires <= date => Visibility::Expired(expires),
        // A review copy shows what is to come, not what is over.
        _ if drafts => Visibility::Public,
        (true, ..) => Visibility::Draft,
        (_, Some(publish), _) if publish > date => Visibility::NotYet(publish),
        _ => Visibility::Public,
    }
}
