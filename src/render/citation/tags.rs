//! [`Citation`] -> the names and values of `<meta>` elements, as reference managers and search engines for papers read
//! them: the `citation_` tags of Highwire Press, and Dublin Core.
//!
//! Zotero takes a page for a report where it finds `citation_technical_report_institution`, and for an article where
//! it finds `citation_journal_title`: never both.

use super::{Citation, Work};
use crate::config::Author;

/// The tags in the order they are written.
pub(in crate::render) fn tags(citation: &Citation) -> Vec<(&'static str, String)> {
    let mut tags = vec![("citation_title", citation.title.clone())];
    tags.extend(citation.authors.iter().map(|author| ("citation_author", family_first(author))));
    if let Some(issued) = citation.issued {
        let date = format!("{:04}/{:02}/{:02}", issued.year(), issued.month(), issued.day());
        tags.push(("citation_publication_date", date));
    }
    let mut some = |name, value: &Option<String>| tags.extend(value.clone().map(|value| (name, value)));
    match &citation.work {
        Work::Report { institution, number, .. } => {
            some("citation_technical_report_institution", &Some(institution.clone()));
            some("citation_technical_report_number", number);
        }
        Work::Article { journal, volume, issue, article, issn } => {
            some("citation_journal_title", &Some(journal.clone()));
            some("citation_volume", volume);
            some("citation_issue", issue);
            some("citation_firstpage", article);
            some("citation_issn", issn);
        }
    }
    some("citation_doi", &citation.doi);
    some("citation_language", &Some(citation.language.clone()));
    let keywords = (!citation.keywords.is_empty()).then(|| citation.keywords.join("; "));
    some("citation_keywords", &keywords);
    some("citation_abstract", &citation.summary);
    some("citation_public_url", &Some(citation.address.clone()));
    some("DC.title", &Some(citation.title.clone()));
    tags.extend(citation.authors.iter().map(|author| ("DC.creator", family_first(author))));
    tags.push(("DC.type", "Text".to_owned()));
    tags.extend(citation.issued.map(|issued| ("DCTERMS.issued", issued.to_string())));
    tags
}

/// "Family, Given".
fn family_first(author: &Author) -> String {
    match &author.given {
        Some(given) => format!("{}, {given}", author.family),
        None => author.family.clone(),
    }
}
