//! `content/references.bib` -> [`References`]: what pages may cite, typed. Only this file knows hayagriva.
//!
//! Not read are `@string`, `crossref` and `xdata`: entries that stand in for one another may go in a circle, which the
//! package follows without end.

use crate::config::Author;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::html::encode_url;
use crate::source::{FileId, Sources, Span};
use hayagriva::io::{BibLaTeXError, from_biblatex_str};
use hayagriva::types::{MaybeTyped, Person};
use std::collections::BTreeMap;
use std::panic::catch_unwind;

/// Where the references stand.
const REFERENCES: &str = "content/references.bib";

/// What pages may cite, by key.
#[derive(Default, Debug)]
pub struct References {
    entries: BTreeMap<String, Reference>,
    /// The file could not be read, and a finding says so: what is cited may well be in it.
    pub is_unread: bool,
}

/// A work that pages may cite.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Where it is written.
    pub span: Span,
    /// Its authors, or its editors where it has none.
    pub authors: Vec<Author>,
    /// Its title.
    pub title: String,
    /// The journal, book or series it appeared in.
    pub container: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The year.
    pub year: Option<i32>,
    /// The volume.
    pub volume: Option<String>,
    /// The issue.
    pub issue: Option<String>,
    /// Pages, or the number of the article.
    pub pages: Option<String>,
    /// `https://doi.org/…`, or another address.
    pub link: Option<String>,
}

impl References {
    /// The work of this key.
    pub fn get(&self, key: &str) -> Option<&Reference> {
        self.entries.get(key)
    }

    /// All keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> + Clone {
        self.entries.keys().map(String::as_str)
    }

    /// Reads the file; a site without one has no references.
    pub fn read(sources: &Sources, found: &mut Diagnostics) -> References {
        let Some((file, source)) = sources.find(REFERENCES) else { return References::default() };
        let unread = References { is_unread: true, ..References::default() };
        if source.unreadable.is_some() {
            return unread;
        }
        let text = source.text.as_str();
        if let Some(finding) = not_read(file, text).or_else(|| too_deep(file, text)) {
            found.push(finding);
            return unread;
        }
        // The package has panics of its own for what it does not expect.
        let library = match catch_unwind(|| from_biblatex_str(text)) {
            Ok(Ok(library)) => library,
            Ok(Err(errors)) => {
                found.extend(errors.iter().map(|error| finding(file, text, error)).collect());
                return unread;
            }
            Err(_) => {
                found.push(syntax(sources.whole(file), "the file cannot be read"));
                return unread;
            }
        };
        let places = places(file, text);
        let entries = library.iter().map(|entry| {
            let span = places.get(entry.key()).copied().unwrap_or(sources.whole(file));
            (entry.key().to_owned(), reference(entry, span))
        });
        References { entries: entries.collect(), is_unread: false }
    }
}

fn syntax(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::BibliographySyntax, span, message)
        .help("an entry reads @article{key, author = {Family, Given}, title = {…}, year = {2025}}")
}

/// What would be followed in circles.
fn not_read(file: FileId, text: &str) -> Option<Diagnostic> {
    let lower = text.to_ascii_lowercase();
    ["@string", "crossref", "xdata"].into_iter().find_map(|word| {
        let at = lower.match_indices(word).map(|(at, _)| at).find(|at| {
            let before = lower[..*at].trim_end().chars().next_back();
            let after = lower[at + word.len()..].trim_start();
            let is_field = after.starts_with('=') && before.is_none_or(|c| ",{".contains(c));
            if word.starts_with('@') { after.starts_with(['{', '(']) } else { is_field }
        })?;
        let span = Span::new(file, at..at + word.len());
        Some(
            Diagnostic::new(Code::BibliographySyntax, span, format!("`{word}` is not read here"))
                .help("write out in each entry what it stands for"),
        )
    })
}

/// Braces deeper than any title has: the package's time grows with the square of their depth.
fn too_deep(file: FileId, text: &str) -> Option<Diagnostic> {
    const DEEPEST: usize = 32;
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            let finding = Diagnostic::new(
                Code::NestingTooDeep,
                Span::new(file, at..at + 1),
                format!("more than {DEEPEST} braces inside one another"),
            );
            return Some(finding.help("take out the braces that are not needed"));
        }
    }
    None
}

fn finding(file: FileId, text: &str, error: &BibLaTeXError) -> Diagnostic {
    let (range, words) = match error {
        BibLaTeXError::Parse(error) => (error.span.clone(), error.kind.to_string()),
        BibLaTeXError::Type(error) => (error.span.clone(), error.kind.to_string()),
    };
    // The package's places may lie outside the text or within a letter.
    let floor = |at: usize| {
        let at = at.min(text.len());
        (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
    };
    let start = floor(range.start);
    let line_end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    let end = floor(range.end).clamp(start, line_end);
    let finding =
        syntax(Span::new(file, start..end), format!("the bibliography cannot be read here: {words}"));
    // A brace that is missing is missed far below it.
    let line = |at: usize| text[at..].find('\n').map_or(text.len(), |end| at + end);
    let entry = text[..start].rfind("\n@").map(|at| at + 1).or_else(|| text.starts_with('@').then_some(0));
    match entry.filter(|entry| line(*entry) < start) {
        Some(entry) => finding.related(Span::new(file, entry..line(entry)), "in this entry, or after it"),
        None => finding,
    }
}

/// Where each entry's key is written.
fn places(file: FileId, text: &str) -> BTreeMap<&str, Span> {
    let mut places = BTreeMap::new();
    for (at, _) in text.match_indices('@') {
        let kind =
            text[at + 1..].find(|c: char| !c.is_ascii_alphabetic()).map_or(text.len(), |end| at + 1 + end);
        let Some(inner) = text[kind..].trim_start().strip_prefix(['{', '(']) else { continue };
        let inner = inner.trim_start();
        let key = inner.find(|c: char| c == ',' || c.is_whitespace()).map_or(inner, |end| &inner[..end]);
        let start = text.len() - inner.len();
        places.entry(key).or_insert(Span::new(file, start..start + key.len()));
    }
    places
}

fn reference(entry: &hayagriva::Entry, span: Span) -> Reference {
    let parent = entry.parents().first();
    let people = entry.authors().filter(|authors| !authors.is_empty()).or(entry.editors());
    let number = |value: Option<String>| value.filter(|value| !value.is_empty());
    let of_both =
        |read: fn(&hayagriva::Entry) -> Option<String>| number(read(entry).or_else(|| parent.and_then(read)));
    let doi = entry.doi().or_else(|| parent.and_then(hayagriva::Entry::doi));
    let doi = doi.map(str::trim).filter(|doi| !doi.is_empty());
    let doi = doi.map(|doi| format!("https://doi.org/{}", encode_url(doi)));
    let url = || entry.url_any().map(|url| url.value.to_string());
    let is_web = |link: &String| link.starts_with("https://") || link.starts_with("http://");
    Reference {
        span,
        authors: people.into_iter().flatten().map(author).collect(),
        // Quotes as TeX writes them are all that the package leaves.
        title: entry
            .title()
            .map(ToString::to_string)
            .unwrap_or_default()
            .replace("``", "“")
            .replace("''", "”"),
        container: parent.and_then(|parent| parent.title()).map(ToString::to_string),
        publisher: of_both(|entry| {
            let publisher = entry.publisher().and_then(|publisher| publisher.name());
            publisher.or(entry.organization()).map(ToString::to_string)
        }),
        year: entry.date_any().map(|date| date.year),
        volume: of_both(|entry| entry.volume().map(MaybeTyped::to_string)),
        issue: of_both(|entry| entry.issue().map(MaybeTyped::to_string)),
        pages: of_both(|entry| entry.page_range().map(MaybeTyped::to_string))
            .map(|pages| pages.replace('-', "–")),
        link: doi.or_else(url).filter(is_web),
    }
}

fn author(person: &Person) -> Author {
    let prefix = person.prefix.as_ref().map(|prefix| format!("{prefix} ")).unwrap_or_default();
    let suffix = person.suffix.as_ref().map(|suffix| format!(" {suffix}")).unwrap_or_default();
    Author {
        family: format!("{prefix}{}{suffix}", person.name),
        given: person.given_name.clone().filter(|given| !given.is_empty()),
    }
}
