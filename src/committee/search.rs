//! The output folder as it lies on the disk -> where it shows somebody: her name, her id, her photo.
//!
//! What was really written is searched, not what a build believes: decoded as a reader sees it, and byte for byte.

use super::photo::Picture;
use super::record::Record;
use crate::archive::Budget;
use crate::check::Sought;
use crate::failure::Failure;
use crate::html::{Token, decode, tokens};
use crate::output::MARKER;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What somebody is recognised by.
#[derive(Debug)]
pub struct Traces {
    id: String,
    name: Option<Sought>,
    /// Bytes of her name as it is written, and as it is sorted.
    raw: Vec<Vec<u8>>,
    /// Photos of hers.
    photos: Vec<Picture>,
}

/// By what somebody is shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum What {
    /// Her name.
    Name,
    /// Her id, in an address or an attribute.
    Id,
    /// Her photo.
    Photo,
}

/// What a search found.
#[derive(Debug, Default)]
pub struct Searched {
    /// How many files were searched.
    pub files: usize,
    /// Where she is shown: path below the folder, and by what.
    pub hits: BTreeSet<(String, What)>,
    /// What the system refused to read, and so was not searched.
    pub unread: Vec<Failure>,
}

impl Searched {
    /// Whether a file shows her.
    pub fn shows(&self, path: &str) -> bool {
        self.hits.iter().any(|(hit, _)| hit == path)
    }
}

/// Files whose words cannot be read.
const UNREAD: [&str; 28] = [
    ".pdf", ".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".heic", ".avif", ".doc",
    ".xls", ".ppt", ".pages", ".numbers", ".key", ".mp3", ".m4a", ".wav", ".ogg", ".mp4", ".mov", ".webm",
    ".7z", ".rar", ".gz", ".msg",
];

/// Whether the words of a file cannot be read.
pub(super) fn is_unread(path: &str) -> bool {
    UNREAD.iter().any(|ending| path.to_lowercase().ends_with(ending))
}

impl Traces {
    /// What a record's owner is recognised by, with the pictures of the photo that it names and those that the site which
    /// stands shows as hers.
    pub(super) fn of(record: &Record, name: Option<&str>, mut photos: Vec<Picture>, out: &Path) -> Traces {
        let name = name.or(record.name());
        let sort_name = record.sort_name();
        let sought = name.and_then(|name| Sought::of(name, sort_name));
        let sorted = sort_name.filter(|sorted| sorted.contains(char::is_whitespace));
        let raw = name.map(bare_bytes).into_iter().chain(sorted.map(|sorted| sorted.as_bytes().to_vec()));
        photos.extend(shown_photos(&record.id, out));
        Traces { id: record.id.clone(), raw: raw.collect(), name: sought, photos }
    }

    /// The name that is looked for.
    pub fn name(&self) -> Option<&Sought> {
        self.name.as_ref()
    }

    /// Searches every file of a folder that can be read; a folder that is not there holds nothing.
    pub fn search(&self, out: &Path) -> Searched {
        let mut searched = Searched::default();
        let mut budget = Budget::default();
        for path in paths(out, &mut searched.unread) {
            let bytes = match fs::read(out.join(&path)).map_err(Failure::system("read", out.join(&path))) {
                Ok(bytes) => bytes,
                Err(failure) => {
                    searched.unread.push(failure);
                    continue;
                }
            };
            searched.files += 1;
            let shows = [
                (What::Name, self.names(&path, &bytes, &mut budget)),
                (What::Id, self.holds_id(&path, &bytes)),
                (What::Photo, self.photos.iter().any(|photo| photo.is_in(&path, &bytes))),
            ];
            let hits = shows.into_iter().filter(|(_, is_shown)| *is_shown);
            searched.hits.extend(hits.map(|(what, _)| (path.clone(), what)));
        }
        searched
    }

    fn names(&self, path: &str, bytes: &[u8], budget: &mut Budget) -> bool {
        let Some(name) = &self.name else { return false };
        name.is_in(path, bytes, budget) || self.raw.iter().any(|raw| contains_word(bytes, raw))
    }

    fn holds_id(&self, path: &str, bytes: &[u8]) -> bool {
        // `mentors/amara/index.html`, `photos/amara.jpg`: a part of the path, with or without an ending.
        let is_part =
            |part: &str| part == self.id || part.split_once('.').is_some_and(|(stem, _)| stem == self.id);
        if path.split('/').any(is_part) {
            return true;
        }
        let is_page = path.ends_with(".html");
        let is_xml = path.ends_with(".xml");
        if !is_page && !is_xml {
            return false;
        }
        let text = String::from_utf8_lossy(bytes);
        if is_xml {
            // Site map and feed hold addresses, the feed also pages as escaped text.
            return has_address(&text, &self.id);
        }
        tokens(&text).any(|token| match token {
            Token::Open { attributes, .. } => attributes.into_iter().any(|attribute| {
                let value = decode(attribute.value);
                value == self.id.as_str() || has_address(&value, &self.id)
            }),
            // Data for search engines stands in a script.
            Token::Text(text) => has_address(text, &self.id),
            Token::Close(_) => false,
        })
    }
}

/// Whether a text holds the address of her page.
fn has_address(text: &str, id: &str) -> bool {
    let address = format!("/mentors/{id}");
    let is_word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    text.match_indices(&address)
        .any(|(at, found)| !text[at + found.len()..].chars().next().is_some_and(is_word))
}

impl Picture {
    fn is_in(&self, path: &str, bytes: &[u8]) -> bool {
        let named = self.name.as_ref().is_some_and(|name| {
            path.ends_with(name.as_str())
                || ([".html", ".xml", ".json", ".css"].iter().any(|ending| path.ends_with(ending))
                    && contains(bytes, name.as_bytes()))
        });
        named || (!self.bytes.is_empty() && contains(bytes, &self.bytes))
    }
}

/// The pictures of `/photos/` on her page of the site that stands: at its head her own, which may be another's too, and below
/// it those that are at the head of no other.
fn shown_photos(id: &str, out: &Path) -> Vec<Picture> {
    let page =
        |id: &str| fs::read_to_string(out.join("mentors").join(id).join("index.html")).unwrap_or_default();
    let head = |page: &str| photo_names(page.split("</h1>").next().unwrap_or_default());
    let whole = page(id);
    let mut names = photo_names(&whole);
    if names.is_empty() {
        return Vec::new();
    }
    let own = head(&whole);
    for entry in fs::read_dir(out.join("mentors")).into_iter().flatten().flatten() {
        let other = entry.file_name().to_string_lossy().into_owned();
        // A page that lists her as similar shows her photo too.
        if other != id {
            let others = head(&page(&other));
            names.retain(|name| own.contains(name) || !others.contains(name));
        }
    }
    names
        .into_iter()
        .map(|name| {
            let bytes = fs::read(out.join("photos").join(&name)).unwrap_or_default();
            Picture { name: Some(name), bytes }
        })
        .collect()
}

/// Names of files of `/photos/` in the attributes of a page.
fn photo_names(page: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for token in tokens(page) {
        let Token::Open { attributes, .. } = token else { continue };
        for attribute in attributes {
            for address in attribute.value.split([',', ' ']) {
                if let Some((_, name)) = address.rsplit_once("/photos/") {
                    names.insert(name.to_owned());
                }
            }
        }
    }
    names
}

/// Her name as she writes it, without titles.
fn bare_bytes(name: &str) -> Vec<u8> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let bare = Sought::new(name).map(|sought| sought.bare().split(' ').count()).unwrap_or(words.len());
    words[words.len().saturating_sub(bare)..].join(" ").into_bytes()
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    find(bytes, wanted).is_some()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = wanted.first()?;
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| byte == first) {
        from += at;
        if bytes[from..].starts_with(wanted) {
            return Some(from);
        }
        from += 1;
    }
    None
}

/// Whether bytes stand somewhere as words of their own: "Ann Li" is not in "Ann Lister".
fn contains_word(bytes: &[u8], wanted: &[u8]) -> bool {
    let is_word = |text: &str, last: bool| {
        let next = if last { text.chars().next_back() } else { text.chars().next() };
        next.is_some_and(char::is_alphanumeric)
    };
    // The letter beside it may be of several bytes; what is no letter ends a word.
    let before = |at: usize| {
        (1..=4)
            .filter_map(|n| std::str::from_utf8(&bytes[at.checked_sub(n)?..at]).ok())
            .next()
            .is_some_and(|text| is_word(text, true))
    };
    let after = |end: usize| {
        (1..=4)
            .filter_map(|n| std::str::from_utf8(bytes.get(end..end + n)?).ok())
            .next()
            .is_some_and(|text| is_word(text, false))
    };
    let mut from = 0;
    while let Some(at) = find(&bytes[from..], wanted) {
        let start = from + at;
        if !before(start) && !after(start + wanted.len()) {
            return true;
        }
        from = start + 1;
    }
    false
}

/// The paths of all files below a folder, in order.
fn paths(out: &Path, unread: &mut Vec<Failure>) -> Vec<String> {
    let mut paths = Vec::new();
    if !out.is_dir() {
        return paths;
    }
    for entry in walkdir::WalkDir::new(out).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(out).to_path_buf();
                unread.push(Failure::System { doing: "read", path, reason: error.into() });
                continue;
            }
        };
        if entry.file_type().is_file() {
            let inner = entry.path().strip_prefix(out).unwrap_or(entry.path());
            paths.push(inner.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"));
        }
    }
    paths.retain(|path| path != MARKER);
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traces() -> Traces {
        Traces {
            id: "uma".into(),
            name: Sought::new("Dr Siân O'Brien-Ng"),
            raw: vec![bare_bytes("Dr Siân O'Brien-Ng")],
            photos: vec![Picture { name: Some("0a1b-160.jpg".into()), bytes: b"\xFF\xD8photo".to_vec() }],
        }
    }

    #[test]
    fn ids_are_whole_parts_of_addresses() {
        let traces = traces();
        for (path, page) in [
            ("mentors/uma/index.html", ""),
            ("photos/uma.jpg", ""),
            ("a.html", "<a href=\"/x/mentors/uma/\">x</a>"),
            ("a.html", "<li data-id=uma>"),
            ("a.html", "<a href='/mentors/shortlist/#/mentors/uma'>"),
            (
                "a.html",
                "<script type=\"application/ld+json\">{\"url\":\"https://x.org/mentors/uma/\"}</script>",
            ),
            ("sitemap.xml", "<loc>https://x.org/mentors/uma/</loc>"),
        ] {
            assert!(traces.holds_id(path, page.as_bytes()), "{path} {page}");
        }
        for (path, page) in [
            ("mentors/umar/index.html", "<a href=\"/mentors/uma-b/\">uma</a>"),
            ("human.html", "<p class=\"umami\">"),
            ("a.txt", "uma"),
        ] {
            assert!(!traces.holds_id(path, page.as_bytes()), "{path} {page}");
        }
    }

    #[test]
    fn names_and_photos_are_found_as_text_and_as_bytes() {
        let traces = traces();
        let mut budget = Budget::default();
        for page in ["<p>Siân <b>O&#39;Brien</b>&#8209;Ng</p>", "siân o’brien-ng"] {
            assert!(traces.names("a.html", page.as_bytes(), &mut budget), "{page}");
        }
        // Within a picture's bytes too.
        assert!(traces.names("a.jpg", "\u{1}Siân O'Brien-Ng\u{2}".as_bytes(), &mut budget));
        assert!(!traces.names("a.html", b"<p>Dr O'Brien</p>", &mut budget));
        // Another's longer name is not hers.
        for page in ["<p>Siân O'Brien-Ngata</p>", "<p>Siân O'Brien-Ngé</p>", "<p>éSiân O'Brien-Ng</p>"] {
            assert!(!traces.names("a.html", page.as_bytes(), &mut budget), "{page}");
        }
        assert!(traces.names(
            "a.jpg",
            b"\xFFSi\xC3\xA2n O'Brien-Ngo Si\xC3\xA2n O'Brien-Ng\xFF",
            &mut budget
        ));
        let photo = &traces.photos[0];
        assert!(photo.is_in("x.bin", b"...\xFF\xD8photo..."));
        assert!(
            photo.is_in("photos/0a1b-160.jpg", b"") && photo.is_in("a.html", b"src=/photos/0a1b-160.jpg")
        );
        assert!(!photo.is_in("photos/0a1c-160.jpg", b"\xFF\xD8phot"));
        assert_eq!(
            photo_names(
                "<img src=\"/x/photos/a.jpg\" srcset=\"/x/photos/a.jpg 160w, /x/photos/b.jpg 320w\">"
            ),
            BTreeSet::from(["a.jpg".to_owned(), "b.jpg".to_owned()])
        );
    }
}
