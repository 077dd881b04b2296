//! Of people who are not public, nothing is in the output: a second lock, on the final bytes.
//!
//! Her id is looked for as a whole path segment below `/mentors/`, in paths and in attribute values; her name in
//! the decoded text of every file. A name in text that *others* wrote is listed with file and line, as a warning,
//! because taking a profile down must not be blocked by it; a name that no source accounts for is an error.

use super::office::member_text;
use crate::archive::{self, Budget};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::directory::{Directory, Profile, Withheld, is_title};
use crate::html::{Token, decode, text, tokens};
use crate::language::Language;
use crate::output::{Origin, Output, OutputFile};
use crate::path::Base;
use crate::source::{FileId, Sources, Span};
use aho_corasick::AhoCorasick;
use icu_normalizer::ComposingNormalizerBorrowed;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What the checks need to know of the site.
pub struct Exposure<'a> {
    /// The finished files.
    pub output: &'a Output,
    /// Everybody.
    pub directory: &'a Directory,
    /// Where the site stands on the web.
    pub base: &'a Base,
    /// Its languages.
    pub languages: &'a [Language],
    /// All texts.
    pub sources: &'a Sources,
}

/// Checks the output, and those of the sources that are public.
pub fn exposure(site: &Exposure, is_public: &(dyn Fn(FileId) -> bool + Sync), found: &mut Diagnostics) {
    if site.directory.withheld.is_empty() {
        return;
    }
    ids(site, found);
    let bare = |profile: &Profile| bare_name(profile.name());
    let public: BTreeSet<String> = site.directory.people.values().map(bare).collect();
    let people: Vec<Person> = site
        .directory
        .withheld
        .iter()
        .filter_map(|(id, withheld)| {
            let name = bare_name(withheld.name.as_deref()?);
            // One word is no name to search for, and a namesake who is public cannot be told apart.
            (name.contains(' ') && !public.contains(&name)).then_some(Person { id, withheld, name })
        })
        .collect();
    if people.is_empty() {
        return;
    }
    let Ok(search) = AhoCorasick::new(people.iter().map(|person| person.name.as_str())) else { return };
    let mut accounted = elsewhere(&people, &search, site, is_public, found);
    let (archives, files): (Vec<_>, Vec<_>) =
        site.output.iter().partition(|(_, file)| is_given_archive(file));
    let mut hits: Vec<(usize, &str, Option<Span>)> = files
        .par_iter()
        .flat_map_iter(|(path, file)| {
            let names = named(&search, path, &file.bytes.whole(), &mut Budget::default());
            let author = author(file);
            names.into_iter().map(move |who| (who, *path, author))
        })
        .collect();
    // One after the other, so that the same files are read within the budget every time.
    let mut budget = Budget::default();
    for (path, file) in archives {
        let names = named(&search, path, &file.bytes.whole(), &mut budget);
        hits.extend(names.into_iter().map(|who| (who, path, author(file))));
    }
    hits.sort_unstable();
    hits.dedup();
    // Names that others' pages and files put together in ways no line of theirs shows.
    for (who, path, author) in &hits {
        let person = &people[*who];
        if let Some(span) = author
            && accounted.insert(*who)
            && !person.withheld.named_elsewhere
        {
            found.push(named_elsewhere(person, *span).note(format!("in {path}")));
        }
    }
    for (who, path, author) in hits {
        let person = &people[who];
        if author.is_none() && !accounted.contains(&who) && !person.withheld.named_elsewhere {
            let message = format!(
                "`{}` is not public ({}), and {path} names her",
                person.id,
                person.withheld.why.word()
            );
            found.push(in_output(person.withheld, message));
        }
    }
}

/// Whether a file is an archive that somebody else made: of one there is no telling what it inflates to.
fn is_given_archive(file: &OutputFile) -> bool {
    matches!(file.origin, Origin::Copy(_)) && archive::is_archive(&file.bytes.whole())
}

/// Who is named by what a reader of a file could read in it.
fn named(search: &AhoCorasick, path: &str, bytes: &[u8], budget: &mut Budget) -> BTreeSet<usize> {
    let mut names = BTreeSet::new();
    texts(path, bytes, budget, |text| {
        names.extend(names_in(search, &normalised(text, |_, _| {})).into_iter().map(|(who, _, _)| who));
    });
    names
}

/// What a reader of a file could read in it; archives are unpacked within the budget.
pub(super) fn texts(path: &str, bytes: &[u8], budget: &mut Budget, mut look: impl FnMut(&str)) {
    let raw = || String::from_utf8_lossy(bytes);
    match path.rsplit_once('.') {
        Some((_, "html")) => look(&text(&raw())),
        // A feed holds pages as escaped text.
        Some((_, "xml")) => look(&text(&decode(&raw()))),
        _ if archive::is_archive(bytes) => archive::read(bytes, budget, |name, content| {
            look(&name);
            look(&member_text(&name, content));
        }),
        _ => look(&raw()),
    }
}

/// Somebody whose name is searched for.
struct Person<'a> {
    id: &'a str,
    withheld: &'a Withheld,
    name: String,
}

/// The text or file of an author's that an output file was made from.
fn author(file: &OutputFile) -> Option<Span> {
    match &file.origin {
        Origin::Page { span, .. } => *span,
        Origin::Copy(span) => *span,
        Origin::Program => None,
    }
}

fn in_output(withheld: &Withheld, message: String) -> Diagnostic {
    Diagnostic::new(Code::WithheldInOutput, withheld.span, message)
        .help("a template of the theme must have written it; report it if the theme is the default one")
}

fn named_elsewhere(person: &Person, span: Span) -> Diagnostic {
    let message =
        format!("this names somebody who is not public: `{}` is {}", person.id, person.withheld.why.word());
    Diagnostic::new(Code::NamedElsewhere, span, message)
        .help("take the name out, or allow it in her record with `named_elsewhere: [author]`")
}

fn ids(site: &Exposure, found: &mut Diagnostics) {
    let withheld = |id: &str| site.directory.withheld.get_key_value(id).map(|(id, _)| id.as_str());
    let mut hits: BTreeSet<(&str, &str)> = site
        .output
        .iter()
        .filter_map(|(path, _)| Some((withheld(mentor_in(path, site.languages)?)?, path)))
        .collect();
    let pages: Vec<(&str, &OutputFile)> =
        site.output.iter().filter(|(path, _)| path.ends_with(".html")).collect();
    let linked: Vec<(&str, &str)> = pages
        .par_iter()
        .flat_map_iter(|(path, file)| {
            let bytes = file.bytes.whole();
            let page = std::str::from_utf8(&bytes).unwrap_or_default();
            let attributes = tokens(page).filter_map(|token| match token {
                Token::Open { attributes, .. } => Some(attributes),
                _ => None,
            });
            let own = attributes.flatten().filter_map(|attribute| {
                // Other hosts have mentors too.
                let inner =
                    site.base.inner(attribute.value).or_else(|| site.base.relative(attribute.value))?;
                Some((withheld(mentor_in(inner, site.languages)?)?, *path))
            });
            own.collect::<Vec<_>>()
        })
        .collect();
    hits.extend(linked);
    for (id, path) in hits {
        if let Some(withheld) = site.directory.withheld.get(id) {
            let message =
                format!("`{id}` is not public ({}), and {path} holds her address", withheld.why.word());
            found.push(match site.output.get(path).map(|file| &file.origin) {
                Some(Origin::Copy(Some(span))) => Diagnostic::new(Code::WithheldInOutput, *span, message)
                    .help("take the link out of the file"),
                _ => in_output(withheld, message),
            });
        }
    }
}

/// The id in an address or path below `/mentors/`, in any language of the site.
fn mentor_in<'p>(path: &'p str, languages: &[Language]) -> Option<&'p str> {
    let path = path.trim_start_matches('/');
    let in_language =
        |language: &Language| path.strip_prefix(language.code()).and_then(|rest| rest.strip_prefix('/'));
    let path = languages.iter().find_map(in_language).unwrap_or(path);
    path.strip_prefix("mentors/")?.split(['/', '#', '?']).next().filter(|id| !id.is_empty())
}

/// Names in the public sources that others wrote: warnings, and who is accounted for by them.
fn elsewhere(
    people: &[Person],
    search: &AhoCorasick,
    site: &Exposure,
    is_public: &(dyn Fn(FileId) -> bool + Sync),
    found: &mut Diagnostics,
) -> BTreeSet<usize> {
    let records = || site.directory.withheld.values();
    let mut accounted = BTreeSet::new();
    for (id, file) in site.sources.iter() {
        let is_content =
            file.path.starts_with("content/") || records().any(|withheld| withheld.span.file == id);
        if !is_content || !is_public(id) {
            continue;
        }
        // For each byte of the text, the byte of the original.
        let mut places = Vec::with_capacity(file.text.len());
        let text = normalised(&file.text, |length, at| places.resize(length, at));
        for (who, start, end) in names_in(search, &text) {
            let span = Span::new(id, places[start]..places.get(end).copied().unwrap_or(file.text.len()));
            if records().any(|other| other.span.contains(span)) {
                continue;
            }
            accounted.insert(who);
            if !people[who].withheld.named_elsewhere {
                found.push(named_elsewhere(&people[who], span));
            }
        }
    }
    accounted
}

/// A name as it is searched for: without the titles before it, in lower case, white space and apostrophes made alike.
pub(super) fn bare_name(name: &str) -> String {
    let name = normalised(name, |_, _| {});
    name.split(' ').skip_while(|word| is_title(word)).collect::<Vec<_>>().join(" ")
}

/// A text as names are searched in it. `place` is told how far it goes with each character, and where that stands in the
/// original.
pub(super) fn normalised(text: &str, mut place: impl FnMut(usize, usize)) -> String {
    let mut out = String::with_capacity(text.len());
    let mut push = |c: char, at: usize, out: &mut String| {
        out.push(c);
        place(out.len(), at);
    };
    let composer = ComposingNormalizerBorrowed::new_nfc();
    let is_composed = composer.is_normalized(text);
    for (at, c) in clusters(text, is_composed).flat_map(|(at, cluster)| composed(&composer, at, cluster)) {
        match c {
            '\u{2019}' | '\u{2018}' | '\u{02BC}' => push('\'', at, &mut out),
            '\u{2010}' | '\u{2011}' => push('-', at, &mut out),
            '\u{AD}' | '\u{200B}' => {}
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    push(' ', at, &mut out);
                }
            }
            c => c.to_lowercase().for_each(|c| push(c, at, &mut out)),
        }
    }
    out
}

/// Parts of a text that are composed by themselves, with their places: an ASCII character is joined to none before it.
fn clusters(text: &str, is_composed: bool) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let next = rest.bytes().skip(1).position(|byte| byte.is_ascii()).map(|before| before + 1);
        let length = if is_composed { rest.len() } else { next.unwrap_or(rest.len()) };
        let cluster = (at, &rest[..length]);
        at += length;
        Some(cluster)
    })
}

/// The characters of a part in Unicode's composed form (a letter and its accent may be one or two), each with its place;
/// where they were two, that of the part.
fn composed<'t>(
    composer: &ComposingNormalizerBorrowed<'_>,
    at: usize,
    part: &'t str,
) -> impl Iterator<Item = (usize, char)> + 't {
    let changed = (!composer.is_normalized(part)).then(|| composer.normalize(part).into_owned());
    let same = if changed.is_none() { part } else { "" };
    let changed: Vec<char> = changed.map(|text| text.chars().collect()).unwrap_or_default();
    same.char_indices()
        .map(move |(inside, c)| (at + inside, c))
        .chain(changed.into_iter().map(move |c| (at, c)))
}

/// Names found as whole words: who, from and to.
fn names_in(search: &AhoCorasick, text: &str) -> Vec<(usize, usize, usize)> {
    search
        .find_overlapping_iter(text)
        .filter(|hit| stands_alone(text, hit.start(), hit.end()))
        .map(|hit| (hit.pattern().as_usize(), hit.start(), hit.end()))
        .collect()
}

/// Whether what stands there in a normalised text is no part of a longer word. A hyphen or an apostrophe joins words, and
/// beside white space it is a dash or a quotation mark.
pub(super) fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let joins = |near: Option<char>, next: Option<char>| match near {
        Some('-' | '\'') => next.is_some_and(char::is_alphanumeric),
        near => near.is_some_and(char::is_alphanumeric),
    };
    let mut before = text[..start].chars().rev();
    let after = &text[end..];
    // "O'Brien's" is still O'Brien.
    let mut after = after.strip_prefix("'s").unwrap_or(after).chars();
    !joins(before.next(), before.next()) && !joins(after.next(), after.next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_however_they_are_typed() {
        let search = AhoCorasick::new([bare_name("Dr Siân O'Brien-Ng")]).expect("a search");
        let count = |text: &str| names_in(&search, &normalised(text, |_, _| {})).len();
        assert_eq!(count("thanks to Siân  O’Brien\u{2011}Ng’s work"), 1);
        assert_eq!(count("SIÂN\nO'BRIEN-NG"), 1);
        assert_eq!(count("Siân O'Brien-Ngata"), 0);
        // A Mac may write the letter and its accent as two.
        assert_eq!(count("Athro Sia\u{302}n O'Brien-Ng, \u{e9}e\u{301}"), 1);
        assert_eq!(bare_name("Yr Athro Sia\u{302}n Lord"), "siân lord");
        // What stands in quotation marks stands alone.
        assert_eq!(count("\u{2018}Siân O'Brien-Ng\u{2019} - Siân O'Brien-Ng's, -Siân O'Brien-Ng-"), 3);
        assert_eq!(count("d'Siân O'Brien-Ng, Siân O'Brien-Ng'sia, Siân O'Brien-Ng-Li"), 0);
        let languages = [Language::english(), Language::read("cy").expect("a code")];
        assert_eq!(mentor_in("/mentors/uma/#x", &languages), Some("uma"));
        assert_eq!(mentor_in("cy/mentors/uma/index.html", &languages), Some("uma"));
        assert_eq!(mentor_in("/our-mentors/uma/", &languages), None);
    }
}
