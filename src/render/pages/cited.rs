//! A citation -> the words to copy, the tags and the files, as templates see them.

use super::{Renderer, Voice};
use crate::config::Author;
use crate::content::Publication;
use crate::path::Address;
use crate::render::citation::{Citation, Export, linked_data, tags};
use crate::render::view;

impl Renderer<'_> {
    pub(super) fn cited(&self, citation: &Citation, page: &Address, voice: Voice) -> view::Citation {
        let file = |(address, export): (Address, Export)| view::CitationFile {
            label: export.label,
            media_type: export.media_type,
            href: self.href(&address),
        };
        view::Citation {
            authors: citation.byline(),
            title: citation.title.clone(),
            source: citation.source(voice.interface),
            href: citation.link(),
            doi: citation.doi.clone(),
            licence: citation.licence.clone(),
            tags: tags(citation).into_iter().map(|(name, content)| view::Tag { name, content }).collect(),
            linked_data: linked_data(citation),
            files: citation.exports(page).map(file).collect(),
        }
    }
}

/// What a page about an article says of it.
pub(super) fn publication<'a>(article: &'a Publication, voice: Voice) -> view::Publication<'a> {
    view::Publication {
        authors: article.authors.iter().map(Author::name).collect(),
        journal: &article.journal,
        published: voice.day(article.published),
        accepted: article.accepted.map(|date| voice.day(date)),
        deposited: article.deposited.map(|date| voice.day(date)),
        versions: &article.versions,
        repository: article.repository.as_ref().map(|repository| view::Repository {
            name: &repository.name,
            item: repository.item.as_deref(),
            link: repository.link.as_ref().map(|link| link.value.as_str()),
        }),
        issn: article.issn.as_deref(),
    }
}
