//! The block `publication` of a page's front matter -> [`Publication`]: an article in a journal, by its identifiers.

use super::keys::{PUBLICATION, REPOSITORY};
use crate::config::Author;
use crate::diagnostic::Diagnostics;
use crate::source::Spanned;
use crate::yaml::{self, Node};
use jiff::civil::Date;

/// An article in a journal.
#[derive(Clone, Debug)]
pub struct Publication {
    /// In order.
    pub authors: Vec<Author>,
    /// The journal's title.
    pub journal: String,
    /// The volume, as the journal writes it.
    pub volume: Option<String>,
    /// The issue.
    pub issue: Option<String>,
    /// The article's number, or its pages.
    pub article: Option<String>,
    /// The journal's ISSN.
    pub issn: Option<String>,
    /// The article's DOI.
    pub doi: Option<String>,
    /// The day it was published.
    pub published: Date,
    /// The day it was accepted.
    pub accepted: Option<Date>,
    /// The day it was put into a repository.
    pub deposited: Option<Date>,
    /// The versions there are, in words.
    pub versions: Vec<String>,
    /// Where else it is kept.
    pub repository: Option<Repository>,
    /// Its licence.
    pub licence: Option<String>,
}

/// A repository that keeps an article.
#[derive(Clone, Debug)]
pub struct Repository {
    /// The repository's name.
    pub name: String,
    /// The number of the item there.
    pub item: Option<String>,
    /// Its address.
    pub link: Option<Spanned<String>>,
}

/// The block, where what it needs is there.
pub(super) fn read(node: &Node, found: &mut Diagnostics) -> Option<Publication> {
    let fields = PUBLICATION.read(node, found)?;
    let text = |key: &str, found: &mut Diagnostics| {
        fields.get(key).and_then(|node| yaml::text(node, found)).map(|text| text.value)
    };
    let date = |key: &str, found: &mut Diagnostics| {
        fields.filled(key, found).and_then(|node| yaml::date(node, found))
    };
    let authors = fields.need("authors", found).map(|node| Author::list(node, found));
    let journal = fields.need("journal", found).and_then(|node| yaml::text(node, found));
    let published = fields.need("published", found).and_then(|node| yaml::date(node, found));
    // All of it is read before anything is missed, so that every finding is shown at once.
    let (volume, issue, article) = (text("volume", found), text("issue", found), text("article", found));
    let (issn, doi, licence) = (text("issn", found), text("doi", found), text("licence", found));
    let (accepted, deposited) = (date("accepted", found), date("deposited", found));
    let versions = fields.get("versions").map(|node| yaml::texts(node, found)).unwrap_or_default();
    let repository = fields.get("repository").and_then(|node| repository(node, found));
    Some(Publication {
        authors: authors?,
        journal: journal?.value,
        volume,
        issue,
        article,
        issn,
        doi,
        published: published?,
        accepted,
        deposited,
        versions,
        repository,
        licence,
    })
}

fn repository(node: &Node, found: &mut Diagnostics) -> Option<Repository> {
    let fields = REPOSITORY.read(node, found)?;
    let name = fields.need("name", found).and_then(|node| yaml::text(node, found));
    let item = fields.get("item").and_then(|node| yaml::text(node, found));
    let link = fields.get("link").and_then(|node| yaml::text(node, found));
    Some(Repository { name: name?.value, item: item.map(|item| item.value), link })
}
