//! Everything typed, nothing placed yet: what the stages below the site made of the sources.

use crate::config::{SiteConfig, Vocabulary};
use crate::content::{Page, References};
use crate::directory::Directory;
use crate::evaluation::Evaluations;
use crate::language::Language;
use crate::photo::Photos;
use crate::source::FileId;
use crate::theme::Theme;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The site as its authors wrote it, typed.
#[derive(Debug)]
pub struct Project {
    /// The day the site is built for.
    pub date: Date,
    /// A review copy: drafts are shown and marked.
    pub drafts: bool,
    /// `site.yaml`.
    pub site: SiteConfig,
    /// `vocabulary.yaml`.
    pub vocabulary: Vocabulary,
    /// The look.
    pub theme: Theme,
    /// Markdown pages.
    pub pages: Vec<Page>,
    /// Works that pages may cite.
    pub references: References,
    /// People.
    pub directory: Directory,
    /// What their photos came to.
    pub photos: Photos,
    /// Surveys and their releases.
    pub evaluations: Evaluations,
}

impl Project {
    /// The language whose addresses have no prefix.
    pub fn first_language(&self) -> &Language {
        &self.site.languages[0]
    }
}

/// What a build that takes down leaves aside, because it has findings: it counts as not public.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct LeftOut {
    /// Files of pages, surveys, releases or people.
    pub files: BTreeSet<FileId>,
    /// People, by id, with the file of their record.
    pub people: BTreeMap<String, FileId>,
}

impl LeftOut {
    /// Whether nothing was left out.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.people.is_empty()
    }
}
