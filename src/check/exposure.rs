//! Of people who are not public, nothing is in the output: a second lock, on the final bytes.
//!
//! Her id is looked for as a whole path segment below `/mentors/`, in paths and in attribute values; her name in
//! the decoded text of every file. A name in text that *others* wrote is listed with file and line, as a warning,
//! because taking a profile down must not be blocked by it; a name that no source accounts for is an error.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::directory::{Directory, Withheld};
use crate::html::{Token, decode, text, tokens};
use crate::output::{Output, OutputFile};
use crate::source::{FileId, Sources, Span};
use aho_corasick::AhoCorasick;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Checks the output and the public sources.
pub fn exposure(
    output: &Output,
    directory: &Directory,
    sources: &Sources,
    is_public: &(dyn Fn(FileId) -> bool + Sync),
    found: &mut Diagnostics,
) {
    if directory.withheld.is_empty() {
        return;
    }
    ids(output, directory, found);
    let public: BTreeSet<String> =
        directory.people.values().map(|profile| bare_name(profile.name())).collect();
    let people: Vec<(&str, &Withheld, String)> = directory
        .withheld
        .iter()
        .filter_map(|(id, withheld)| Some((id.as_str(), withheld, bare_name(withheld.name.as_deref()?))))
        // One word is no name to search for, and a namesake who is public cannot be told apart.
        .filter(|(_, _, name)| name.contains(' ') && !public.contains(name))
        .collect();
    if people.is_empty() {
        return;
    }
    let Ok(search) = AhoCorasick::new(people.iter().map(|(_, _, name)| name.as_str())) else { return };
    let accounted = elsewhere(&people, &search, directory, sources, is_public, found);
    let files: Vec<(&str, &OutputFile)> = output.iter().collect();
    let hits: Vec<(usize, &str)> = files
        .par_iter()
        .flat_map_iter(|(path, file)| {
            let raw = String::from_utf8_lossy(&file.bytes);
            let readable = if path.ends_with(".html") || path.ends_with(".xml") {
                text(&decode(&raw))
            } else {
                raw.into_owned()
            };
            names_in(&search, &normalised(&readable).0)
                .into_iter()
                .map(|(who, _, _)| (who, *path))
                .collect::<Vec<_>>()
        })
        .collect();
    let mut said = BTreeSet::new();
    for (who, path) in hits {
        let (id, withheld, _) = &people[who];
        if !accounted.contains(&who) && !withheld.named_elsewhere && said.insert((who, path)) {
            found.push(
                Diagnostic::new(
                    Code::WithheldInOutput,
                    withheld.span,
                    format!("`{id}` is not public ({}), and {path} names her", withheld.why.words()),
                )
                .help(
                    "a template of the theme must have written it; report it if the theme is the default one",
                ),
            );
        }
    }
}

fn ids(output: &Output, directory: &Directory, found: &mut Diagnostics) {
    let mut report = |id: &str, withheld: &Withheld, path: &str| {
        found.push(
            Diagnostic::new(
                Code::WithheldInOutput,
                withheld.span,
                format!("`{id}` is not public ({}), and {path} holds her address", withheld.why.words()),
            )
            .help("a template of the theme must have written it; report it if the theme is the default one"),
        );
    };
    for (path, _) in output.iter() {
        if let Some((id, withheld)) = mentor_in(path).and_then(|id| directory.withheld.get_key_value(id)) {
            report(id, withheld, path);
        }
    }
    let pages: Vec<(&str, &OutputFile)> = output.iter().filter(|(path, _)| path.ends_with(".html")).collect();
    let hits: Vec<(&str, &str)> = pages
        .par_iter()
        .flat_map_iter(|(path, file)| {
            let page = std::str::from_utf8(&file.bytes).unwrap_or_default();
            let mut hits = Vec::new();
            for token in tokens(page) {
                let Token::Open { attributes, .. } = token else { continue };
                for attribute in attributes {
                    if let Some(id) =
                        mentor_in(attribute.value).and_then(|id| directory.withheld.get_key_value(id))
                    {
                        hits.push((id.0.as_str(), *path));
                    }
                }
            }
            hits
        })
        .collect();
    for (id, path) in hits.into_iter().collect::<BTreeSet<_>>() {
        if let Some(withheld) = directory.withheld.get(id) {
            report(id, withheld, path);
        }
    }
}

/// The segment after `mentors/` in a path or address.
fn mentor_in(path: &str) -> Option<&str> {
    let at = path.find("mentors/")?;
    if at > 0 && path.as_bytes()[at - 1] != b'/' {
        return None;
    }
    path[at + "mentors/".len()..].split(['/', '#', '?']).next().filter(|id| !id.is_empty())
}

/// Names in the public sources that others wrote: warnings, and who is accounted for by them.
fn elsewhere(
    people: &[(&str, &Withheld, String)],
    search: &AhoCorasick,
    directory: &Directory,
    sources: &Sources,
    is_public: &(dyn Fn(FileId) -> bool + Sync),
    found: &mut Diagnostics,
) -> BTreeSet<usize> {
    let mut accounted = BTreeSet::new();
    for (id, file) in sources.iter() {
        if !file.path.starts_with("content/")
            && !directory.withheld.values().any(|withheld| withheld.span.file == id)
            || !is_public(id)
        {
            continue;
        }
        let (text, places) = normalised(&file.text);
        for (who, start, end) in names_in(search, &text) {
            let span = Span::new(id, places[start]..places[end - 1] + 1);
            let (person, withheld, _) = &people[who];
            if directory.withheld.values().any(|other| other.span.contains(span)) {
                continue;
            }
            accounted.insert(who);
            if !withheld.named_elsewhere {
                found.push(
                    Diagnostic::new(
                        Code::NamedElsewhere,
                        span,
                        format!(
                            "this names somebody who is not public: `{person}` is {}",
                            withheld.why.words()
                        ),
                    )
                    .help("take the name out, or allow it in her record with `named_elsewhere: [author]`"),
                );
            }
        }
    }
    accounted
}

/// A name as it is searched for: without titles, in lower case, white space and apostrophes made alike.
fn bare_name(name: &str) -> String {
    const TITLES: [&str; 9] = ["dr", "prof", "professor", "mr", "mrs", "ms", "miss", "dame", "sir"];
    let name = normalised(name).0;
    name.split(' ').filter(|word| !TITLES.contains(&word.trim_end_matches('.'))).collect::<Vec<_>>().join(" ")
}

/// A text as names are searched in it, with the byte of the original for each of its bytes.
fn normalised(text: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    let mut push = |c: char, at: usize, out: &mut String| {
        out.push(c);
        places.resize(out.len(), at);
    };
    for (at, c) in text.char_indices() {
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
    (out, places)
}

/// Names found as whole words: who, from and to.
fn names_in(search: &AhoCorasick, text: &str) -> Vec<(usize, usize, usize)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '-' || c == '\'';
    search
        .find_overlapping_iter(text)
        .filter(|hit| {
            let before = text[..hit.start()].chars().next_back();
            let after = text[hit.end()..].chars().next();
            // "O'Brien's" is still O'Brien.
            let possessive = text[hit.end()..].starts_with("'s");
            !before.is_some_and(is_word) && (possessive || !after.is_some_and(is_word))
        })
        .map(|hit| (hit.pattern().as_usize(), hit.start(), hit.end()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_however_they_are_typed() {
        let search = AhoCorasick::new([bare_name("Dr Siân O'Brien-Ng")]).expect("a search");
        let count = |text: &str| names_in(&search, &normalised(text).0).len();
        assert_eq!(count("thanks to Siân  O’Brien\u{2011}Ng’s work"), 1);
        assert_eq!(count("SIÂN\nO'BRIEN-NG"), 1);
        assert_eq!(count("Siân O'Brien-Ngata"), 0);
        assert_eq!(mentor_in("/medicine/mentors/uma/#x"), Some("uma"));
        assert_eq!(mentor_in("/our-mentors/uma/"), None);
    }
}
