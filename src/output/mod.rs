//! The finished site as a map of paths to bytes, and its way onto the disk.
//!
//! [`Output`] is made by rendering, read by the checks, and written by `write`; a preview serves it as it is.

mod bytes;
mod compress;
mod field;
mod write;

pub use bytes::Bytes;
pub use field::csv_field;
pub use write::{MARKER, Receipt, there, write};

use crate::source::Span;
use std::collections::BTreeMap;

/// The program's name and version, as it names itself in what it makes.
pub const GENERATOR: &str = concat!("Mentorpress ", env!("CARGO_PKG_VERSION"));

/// Every file of the site by its path with slashes, relative to the output folder.
#[derive(Default, Debug)]
pub struct Output {
    files: BTreeMap<String, OutputFile>,
}

/// One file.
#[derive(Debug)]
pub struct OutputFile {
    /// Its bytes.
    pub bytes: Bytes,
    /// Who made it, for findings about what it holds.
    pub origin: Origin,
}

/// Who made a file.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A template, perhaps from a text of the author's; with the links of that text.
    Page {
        /// The template's name.
        template: &'static str,
        /// The text.
        span: Option<Span>,
        /// Links as they stand in the page, with the places that wrote them.
        links: Vec<WrittenLink>,
    },
    /// The program: feeds, lists of addresses, downloads.
    Program,
    /// A file of the site or theme, as it is; with its place among the sources.
    Copy(Option<Span>),
}

/// An href or src as it stands in a page, and the place that wrote it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrittenLink {
    /// As it stands in the page, fragment and all.
    pub href: String,
    /// The place that wrote it.
    pub span: Span,
}

impl Output {
    /// Adds a file; the first at a path stays.
    pub fn add(&mut self, path: String, file: OutputFile) {
        self.files.entry(path).or_insert(file);
    }

    /// A file.
    pub fn get(&self, path: &str) -> Option<&OutputFile> {
        self.files.get(path)
    }

    /// All files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &OutputFile)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file))
    }

    /// How many files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// How many are pages made by a template.
    pub fn pages(&self) -> usize {
        self.files.values().filter(|file| matches!(file.origin, Origin::Page { .. })).count()
    }
}
