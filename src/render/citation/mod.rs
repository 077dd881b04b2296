//! A report or a published article -> what reference managers read of it: tags, linked data and files.
//!
//! Everything is written from one [`Citation`], so that tags and files cannot disagree. Its texts are single lines
//! already: `tags`, `linked_data`, `bibtex`, `ris` and `csl` escape each for its own format and decide nothing else.

mod bibtex;
mod csl;
mod linked_data;
mod ris;
mod tags;

pub(super) use linked_data::linked_data;
pub(super) use tags::tags;

use crate::config::Author;
use crate::html::encode_url;
use crate::path::Address;
use crate::site::{Site, SitePage};
use crate::theme::Interface;
use jiff::civil::Date;

/// What is said of a work to those who cite it.
pub(super) struct Citation {
    /// The key in a bibliography, and the name of the files: letters, digits, `-` and `_`.
    pub key: String,
    pub work: Work,
    pub title: String,
    pub authors: Vec<Author>,
    pub issued: Option<Date>,
    pub language: String,
    pub keywords: Vec<String>,
    pub summary: Option<String>,
    /// The absolute address of its page here.
    pub address: String,
    /// Its own DOI, from `10.` on.
    pub doi: Option<String>,
    pub licence: Option<String>,
}

/// What kind of work it is, with what only this kind has.
pub(super) enum Work {
    Report {
        institution: String,
        number: Option<String>,
        edition: String,
    },
    Article {
        journal: String,
        volume: Option<String>,
        issue: Option<String>,
        /// The number of the article, which journals without pages give in their place.
        article: Option<String>,
        issn: Option<String>,
    },
}

/// A file that a reference manager imports.
#[derive(Clone, Copy)]
pub(super) struct Export {
    pub ending: &'static str,
    pub label: &'static str,
    pub media_type: &'static str,
    write: fn(&Citation) -> String,
}

/// The files beside each work.
pub(super) const EXPORTS: [Export; 3] = [
    Export { ending: "bib", label: "BibTeX", media_type: "application/x-bibtex", write: bibtex::bibtex },
    Export {
        ending: "ris",
        label: "RIS",
        media_type: "application/x-research-info-systems",
        write: ris::ris,
    },
    Export {
        ending: "csl.json",
        label: "CSL-JSON",
        media_type: "application/vnd.citationstyles.csl+json",
        write: csl::csl,
    },
];

impl Citation {
    /// What a page cites itself as, where it is a report or the page of an article.
    pub(super) fn of(site: &Site, page: &SitePage) -> Option<Citation> {
        let front = &page.page.front;
        let (project, address) = (site.project, &page.page.address);
        let lines = |text: &Option<String>| text.as_deref().map(line);
        let parts: Vec<&str> = address.as_str().split('/').filter(|part| !part.is_empty()).collect();
        let common = Citation {
            key: parts.last().copied().unwrap_or("publication").to_owned(),
            work: Work::Article {
                journal: String::new(),
                volume: None,
                issue: None,
                article: None,
                issn: None,
            },
            title: line(&front.title.value),
            authors: Vec::new(),
            issued: None,
            language: page.page.language.to_string(),
            keywords: Vec::new(),
            summary: None,
            address: project.site.base.absolute(address),
            doi: None,
            licence: None,
        };
        if let Some(report) = &page.report {
            let facts = report.published.facts();
            let organisation =
                || &project.site.organisation.get(&page.page.language, project.first_language()).value;
            let edition = report.published.edition();
            return Some(Citation {
                key: format!("{}-{edition}", report.survey),
                work: Work::Report {
                    institution: line(facts.institution.as_ref().unwrap_or_else(organisation)),
                    number: lines(&facts.number),
                    edition: edition.to_owned(),
                },
                authors: facts.authors.iter().map(single).collect(),
                issued: front.date.or(front.publish),
                keywords: facts.keywords.iter().map(|word| line(word)).collect(),
                summary: lines(&front.summary().map(str::to_owned)),
                doi: facts.doi.as_deref().map(doi),
                licence: lines(&facts.licence),
                ..common
            });
        }
        let article = front.publication.as_ref()?;
        Some(Citation {
            work: Work::Article {
                journal: line(&article.journal),
                volume: lines(&article.volume),
                issue: lines(&article.issue),
                article: lines(&article.article),
                issn: lines(&article.issn),
            },
            authors: article.authors.iter().map(single).collect(),
            issued: Some(article.published),
            doi: article.doi.as_deref().map(doi),
            licence: lines(&article.licence),
            // The page's summary is ours, and not the article's abstract.
            ..common
        })
    }

    /// The files beside the page: address, and what stands in each.
    pub(super) fn exports<'a>(&'a self, page: &'a Address) -> impl Iterator<Item = (Address, Export)> + 'a {
        EXPORTS.into_iter().map(|export| {
            (Address::file(&format!("{}{}.{}", page.as_str(), self.key, export.ending)), export)
        })
    }

    /// A file's text.
    pub(super) fn write(&self, export: Export) -> String {
        (export.write)(self)
    }

    /// Where readers of a citation find the work: by its DOI if it has one.
    pub(super) fn link(&self) -> String {
        self.doi
            .as_ref()
            .map_or_else(|| self.address.clone(), |doi| format!("https://doi.org/{}", encode_url(doi)))
    }

    /// What it was published in, in words: institution, number and edition, or journal, year and volume.
    pub(super) fn source(&self, interface: &Interface) -> String {
        let year = self.issued.map(|date| date.year().to_string());
        match &self.work {
            Work::Report { institution, number, edition } => {
                let edition = interface.say("report.edition", &[("edition", edition)]);
                [Some(institution.clone()), number.clone(), Some(edition), year]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(", ")
            }
            Work::Article { journal, volume, issue, article, .. } => {
                let issue = issue.as_ref().map(|issue| format!("({issue})"));
                let volume = [volume.clone(), issue].into_iter().flatten().collect::<String>();
                let when = [year, (!volume.is_empty()).then_some(volume)];
                let when = when.into_iter().flatten().collect::<Vec<_>>().join("; ");
                let place = [Some(when).filter(|when| !when.is_empty()), article.clone()];
                format!("{journal} {}", place.into_iter().flatten().collect::<Vec<_>>().join(": "))
            }
        }
    }

    /// The authors as a list of references has them: "Bryant LD, Illes J".
    pub(super) fn byline(&self) -> String {
        self.authors.iter().map(Author::short).collect::<Vec<_>>().join(", ")
    }
}

/// A text on one line: the formats end a value where its line ends.
fn line(text: &str) -> String {
    let is_gap = |c: char| c.is_whitespace() || c.is_control();
    text.split(is_gap).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn single(author: &Author) -> Author {
    Author { family: line(&author.family), given: author.given.as_deref().map(line) }
}

/// A DOI without what is often written in front of it.
fn doi(text: &str) -> String {
    let text = line(text);
    let fronts = ["doi:", "https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/"];
    let bare = fronts.iter().find_map(|front| {
        let start = text.get(..front.len())?;
        start.eq_ignore_ascii_case(front).then(|| text[front.len()..].trim())
    });
    bare.unwrap_or(&text).to_owned()
}
