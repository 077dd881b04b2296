//! The site's sources -> where else somebody is named: by her name in what others wrote, by her id in a page.

use super::record::Record;
use super::scheme::Scheme;
use super::search::is_unread;
use crate::archive::{self, Budget};
use crate::check::Sought;
use crate::directory::folder;
use crate::source::{FileId, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// Where somebody is named.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Lines with her name.
    pub named: Vec<Place>,
    /// Lines that lead to her profile or ask for her name by her id.
    pub linked: Vec<Place>,
    /// Documents with her name in them.
    pub documents: Vec<String>,
    /// Files whose words cannot be read here, or not all: pictures, PDFs, archives that are broken or locked.
    pub unread: Vec<String>,
}

/// A line of a source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The file's path from the site's folder.
    pub path: String,
    /// The line's number, from 1.
    pub line: usize,
    /// What it says; nothing in the files of people.
    pub text: Option<String>,
    /// It is a comment in a file of people: nobody's record.
    pub is_comment: bool,
    /// The byte of what it says at which she is named.
    pub at: usize,
}

/// Looks through everything the site is made of, but for her own record.
pub fn mentions(scheme: &Scheme, id: &str, name: Option<&Sought>) -> Mentions {
    let mut mentions = Mentions::default();
    let mut budget = Budget::default();
    let people = folder(&scheme.site);
    let own: Vec<Own> = scheme.of(id).iter().map(|record| Own::of(scheme, record)).collect();
    for (file, source) in scheme.sources.iter() {
        if is_unread(&source.path) {
            if !source.path.contains("/photos/") {
                mentions.unread.push(source.path.clone());
            }
            continue;
        }
        if source.text.is_empty() {
            let read = scheme.sources.bytes(file);
            if source.unreadable.is_some() || !read.as_ref().is_ok_and(|bytes| is_whole(bytes)) {
                mentions.unread.push(source.path.clone());
            }
            let bytes = read.unwrap_or_default();
            if name.is_some_and(|name| name.is_in(&source.path, &bytes, &mut budget)) {
                mentions.documents.push(source.path.clone());
            }
            continue;
        }
        let is_record = source.path.starts_with(&people);
        let lines = Lines { scheme, file, path: &source.path, text: &source.text, own: &own, is_record };
        if let Some(name) = name {
            mentions.named.extend(lines.at(name.places(&source.text)));
        }
        if !is_record {
            mentions.linked.extend(lines.at(links(&source.text, id)));
        }
    }
    mentions
}

/// Whether all the words of a file can be read: of an archive, whether it can be unpacked.
fn is_whole(bytes: &[u8]) -> bool {
    !archive::is_archive(bytes) || archive::is_sound(bytes)
}

/// Where a text leads to her profile, or asks for her name.
fn links(text: &str, id: &str) -> Vec<usize> {
    let is_word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let ends = |at: usize| !text[at..].chars().next().is_some_and(is_word);
    [format!("/mentors/{id}"), format!(":person[{id}]")]
        .iter()
        .flat_map(|wanted| text.match_indices(wanted.as_str()).filter(|(at, found)| ends(at + found.len())))
        .map(|(at, _)| at)
        .collect()
}

/// A record of hers: where it stands, and the comments that belong to it.
struct Own {
    file: FileId,
    range: Range<usize>,
    comments: Vec<Range<usize>>,
}

impl Own {
    fn of(scheme: &Scheme, record: &Record) -> Own {
        let (file, range) = (record.file, scheme.range(record));
        if record.is_reduced() {
            // What stands around a record that is gone is not hers any more.
            let own = record.span.range();
            return Own { file, range: own.start..own.end.min(range.end), comments: Vec::new() };
        }
        Own { file, range, comments: scheme.comments_above(record) }
    }

    fn contains(&self, file: FileId, at: usize) -> bool {
        let mut ranges = std::iter::once(&self.range).chain(&self.comments);
        self.file == file && ranges.any(|range| range.contains(&at))
    }
}

struct Lines<'s> {
    scheme: &'s Scheme,
    file: FileId,
    path: &'s str,
    text: &'s str,
    own: &'s [Own],
    is_record: bool,
}

impl Lines<'_> {
    /// The lines of some places, each once.
    fn at(&self, places: Vec<usize>) -> Vec<Place> {
        let mut lines = BTreeMap::new();
        for at in places {
            if self.own.iter().any(|own| own.contains(self.file, at)) {
                continue;
            }
            let (line, _) = self.scheme.sources.line_column(Span::new(self.file, at..at));
            let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
            let whole = self.text[start..].lines().next().unwrap_or_default();
            let margin = whole.len() - whole.trim_start().len();
            let place = Place {
                path: self.path.to_owned(),
                line,
                text: (!self.is_record).then(|| whole.trim().to_owned()),
                is_comment: self.is_record && whole.trim_start().starts_with('#'),
                at: (at - start).saturating_sub(margin),
            };
            lines.entry(line).or_insert(place);
        }
        lines.into_values().collect()
    }
}
