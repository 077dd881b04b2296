//! `content/references.bib` -> [`References`]: what pages may cite, typed. Only this file knows biblatex.
//!
//! Not read are `@string`, `crossref` and `xdata`: entries that stand in for one another may go in a circle, which the
//! package follows without end.

use crate::config::Author;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::html::encode_url;
use crate::source::{FileId, Sources, Span};
use biblatex::{
    Bibliography, ChunksExt, DateValue, Entry, PermissiveType, Person, RetrievalError, TypeError,
};
use std::collections::BTreeMap;
use std::ops::Range;
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
        let places = places(file, text);
        // The package has panics of its own for what it does not expect.
        let read = catch_unwind(|| {
            let bibliography = Bibliography::parse(text)?;
            let entry = |entry: &Entry| {
                let span = places.get(entry.key.as_str()).copied().unwrap_or(sources.whole(file));
                (entry.key.clone(), reference(entry, span))
            };
            Ok::<Vec<_>, biblatex::ParseError>(bibliography.iter().map(entry).collect())
        });
        let mut references = References::default();
        match read {
            Ok(Ok(entries)) => {
                for (key, (reference, errors)) in entries {
                    references.is_unread |= !errors.is_empty();
                    found.extend(
                        errors
                            .iter()
                            .map(|error| finding(file, text, error.span.clone(), &error.kind.to_string()))
                            .collect(),
                    );
                    references.entries.insert(key, reference);
                }
            }
            Ok(Err(error)) => {
                found.push(finding(file, text, error.span.clone(), &error.kind.to_string()));
                return unread;
            }
            Err(_) => {
                found.push(syntax(sources.whole(file), "the file cannot be read"));
                return unread;
            }
        }
        references
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

fn finding(file: FileId, text: &str, range: Range<usize>, words: &str) -> Diagnostic {
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

/// An entry, typed; a person or date that cannot be read is found.
fn reference(entry: &Entry, span: Span) -> (Reference, Vec<TypeError>) {
    let mut errors = Vec::new();
    let mut known = |error: RetrievalError| {
        if let RetrievalError::TypeError(error) = error {
            errors.push(error);
        }
    };
    let authors = entry.author().map_err(&mut known).unwrap_or_default();
    let editors = || entry.editors().ok().and_then(|editors| editors.into_iter().next());
    let people = match authors.is_empty() {
        true => editors().map(|(people, _)| people).unwrap_or_default(),
        false => authors,
    };
    let date = entry.date().map_err(&mut known).ok();
    let year = date.and_then(|date| match date {
        PermissiveType::Typed(date) => match date.value {
            DateValue::At(day) | DateValue::After(day) | DateValue::Before(day) => Some(day.year),
            DateValue::Between(from, _) => Some(from.year),
        },
        PermissiveType::Chunks(words) => words.format_verbatim().trim().parse().ok(),
    });
    let text = |fields: &[&str]| {
        let values = fields.iter().filter_map(|field| entry.get(field));
        let mut values = values.map(ChunksExt::format_verbatim).map(|value| value.trim().to_owned());
        values.find(|value| !value.is_empty())
    };
    let doi = text(&["doi"]).map(|doi| format!("https://doi.org/{}", encode_url(&doi)));
    let is_web = |link: &String| link.starts_with("https://") || link.starts_with("http://");
    let reference = Reference {
        span,
        authors: people.iter().map(author).collect(),
        // Quotes as TeX writes them are all that the package leaves.
        title: text(&["title"]).unwrap_or_default().replace("``", "“").replace("''", "”"),
        container: text(&["journal", "journaltitle", "booktitle", "maintitle", "series"]),
        publisher: text(&["publisher", "institution", "school", "organization", "howpublished"]),
        year,
        volume: text(&["volume"]),
        issue: text(&["number", "issue"]),
        pages: text(&["pages", "eid"])
            .map(|pages| pages.replace("---", "–").replace("--", "–").replace('-', "–")),
        link: doi.or_else(|| text(&["url"])).filter(is_web),
    };
    (reference, errors)
}

fn author(person: &Person) -> Author {
    let parts = [&person.prefix, &person.name, &person.suffix];
    let family: Vec<&str> = parts.iter().map(|part| part.as_str()).filter(|part| !part.is_empty()).collect();
    Author {
        family: family.join(" "),
        given: Some(person.given_name.clone()).filter(|given| !given.is_empty()),
    }
}
