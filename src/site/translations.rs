//! Pages in the site's languages -> what each translates, which have changed since, and which are missing.

use super::Project;
use crate::content::{Kind, Page, Visibility};
use crate::language::Language;
use jiff::civil::Date;

/// The page that one in another language translates: the same in the site's first.
pub fn source<'p>(project: &'p Project, page: &Page) -> Option<&'p Page> {
    let first = project.first_language();
    let is_source = |other: &&Page| other.language == *first && other.key == page.key;
    (page.language != *first).then(|| project.pages.iter().find(is_source)).flatten()
}

/// What a page translates, with the day on which that was changed after it was translated.
pub(super) fn stale<'p>(project: &'p Project, page: &Page) -> Option<(&'p Page, Date)> {
    let source = source(project, page).filter(|source| source.visibility == Visibility::Public)?;
    let changed = source.front.updated?;
    let translated = page.front.translates.as_ref()?.value;
    (changed > translated).then_some((source, changed))
}

/// Which of a site's pages there are in another language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Translated {
    /// The language.
    pub language: Language,
    /// How many pages there are in it.
    pub there: usize,
    /// Keys of those that there are in the site's first language alone.
    pub missing: Vec<String>,
}

/// Holds the pages that are public in the first language against each of the others. What passes (news, events) and what
/// was written once (reports, articles) need not be translated.
pub fn translated(project: &Project) -> Vec<Translated> {
    let lasting = |page: &&Page| {
        page.visibility == Visibility::Public
            && !matches!(page.front.kind, Kind::News | Kind::Event | Kind::Report | Kind::Publication)
    };
    let first = project.first_language();
    let mut languages = Vec::new();
    for language in project.site.languages.iter().filter(|language| *language != first) {
        let there = |key: &str| {
            project.pages.iter().filter(lasting).any(|page| page.language == *language && page.key == key)
        };
        let keys = project.pages.iter().filter(lasting).filter(|page| page.language == *first);
        let (written, missing): (Vec<&str>, Vec<&str>) =
            keys.map(|page| page.key.as_str()).partition(|key| there(key));
        languages.push(Translated {
            language: language.clone(),
            there: written.len(),
            missing: missing.into_iter().map(str::to_owned).collect(),
        });
    }
    languages
}
