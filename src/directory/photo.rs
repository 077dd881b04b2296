//! The photo that a record names: which file it is, and whose it is to be.

use super::{Directory, Standing};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::path::{file_name, folder};
use crate::source::{FileId, Sources, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A photo as a record names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Photo {
    /// Its path among the sources: `content/mentors/photos/amara.jpg`.
    pub path: String,
    /// The file, where there is one at this path.
    pub file: Option<FileId>,
    /// Where the record names it.
    pub span: Span,
    /// Who took it, as the record says it.
    pub credit: Option<String>,
}

/// A photo that must not be shown, and why.
#[derive(Clone, Copy, Debug)]
pub struct KeptBack<'d> {
    /// Whose it is.
    pub id: &'d str,
    /// Why.
    pub why: Standing,
    /// The photo.
    pub photo: &'d Photo,
}

impl Directory {
    /// Photos of people who are public and have agreed to theirs, with their ids.
    pub fn photos(&self) -> impl Iterator<Item = (&str, &Photo)> {
        self.people.iter().filter_map(|(id, profile)| Some((id.as_str(), profile.photo()?)))
    }

    /// Photos of everybody else that records still name.
    pub fn photos_kept_back(&self) -> impl Iterator<Item = KeptBack<'_>> {
        let people = self.people.iter().filter_map(|(id, profile)| {
            Some(KeptBack { id, why: Standing::NoConsent, photo: profile.photo_kept_back()? })
        });
        let withheld = self.withheld.iter().filter_map(|(id, withheld)| {
            Some(KeptBack { id, why: withheld.why, photo: withheld.photo.as_ref()? })
        });
        people.chain(withheld)
    }
}

/// Endings of pictures, in small letters: whatever is one may show somebody, wherever it lies among people's files.
const PICTURES: [&str; 20] = [
    "jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "avif", "gif", "tif", "tiff", "bmp", "svg",
    "jxl", "dng", "cr2", "cr3", "nef", "arw",
];

/// Photos that lie among people's files, and that nobody's record names, or only one of somebody who is gone: one finding
/// a folder.
pub(super) fn unnamed(directory: &Directory, sources: &Sources, below: &str, found: &mut Diagnostics) {
    let is_gone = |kept: &KeptBack| kept.why == Standing::Withdrawn;
    let kept_back = directory.photos_kept_back().filter(|kept| !is_gone(kept)).map(|kept| kept.photo);
    let mut named: BTreeSet<FileId> =
        directory.photos().map(|(_, photo)| photo).chain(kept_back).filter_map(|photo| photo.file).collect();
    for gone in directory.photos_kept_back().filter(is_gone) {
        if gone.photo.file.is_some_and(|file| named.insert(file)) {
            found.push(left_behind(&gone));
        }
    }
    let mut folders: BTreeMap<Folder, Vec<&str>> = BTreeMap::new();
    let mut first: BTreeMap<Folder, FileId> = BTreeMap::new();
    for (id, file) in sources.iter().filter(|(id, _)| !named.contains(id)) {
        // Where people's files have moved elsewhere, photos may have been left where they were.
        let is_people = |folder: &&str| file.path.starts_with(*folder);
        let Some(people) = [below, super::FOLDER].into_iter().find(is_people) else { continue };
        if let Some((folder, name)) = Folder::of(&file.path, people) {
            folders.entry(folder).or_default().push(name);
            first.entry(folder).or_insert(id);
        }
    }
    for (folder, names) in folders {
        let place = sources.whole(first[&folder]);
        found.push(folder.finding(place, &names, below));
    }
}

/// A folder with photos that nobody's record names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Folder<'s> {
    path: &'s str,
    /// Whether records can name what is in it.
    is_for_photos: bool,
}

impl<'s> Folder<'s> {
    /// The folder of a photo, and the photo's name as records would write it; `None` for what is no photo.
    fn of(path: &'s str, people: &str) -> Option<(Folder<'s>, &'s str)> {
        let inner = &path[people.len()..];
        let photos = inner.match_indices("photos/").map(|(at, _)| at);
        let whole = |at: &usize| *at == 0 || inner.as_bytes()[at - 1] == b'/';
        if let Some(at) = photos.into_iter().find(whole) {
            let end = people.len() + at + "photos".len();
            return Some((Folder { path: &path[..end], is_for_photos: true }, &path[end + 1..]));
        }
        let (_, ending) = path.rsplit_once('.')?;
        PICTURES
            .contains(&ending.to_lowercase().as_str())
            .then(|| (Folder { path: folder(path), is_for_photos: false }, file_name(path)))
    }

    fn finding(self, place: Span, names: &[&str], people: &str) -> Diagnostic {
        const SHOWN: usize = 8;
        let list = names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
        let more = match names.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let (what, them) = if names.len() == 1 { ("this photo", "it") } else { ("these photos", "each") };
        let message = format!("nobody's record names {what} in {}: {list}{more}", self.path);
        let name =
            format!("name {them} in the record of the person it shows: `photo: {{file: {}}}`", names[0]);
        let help = if self.is_for_photos && self.path.starts_with(people) {
            format!("delete {them}, or {name}")
        } else {
            let home = if self.path.starts_with(people.trim_end_matches('/')) { self.path } else { people };
            let home = home.trim_end_matches('/');
            format!("delete {them}; or move {them} to {home}/photos/, and {name}")
        };
        Diagnostic::new(Code::PhotoUnnamed, place, message).help(help)
    }
}

fn left_behind(gone: &KeptBack) -> Diagnostic {
    let message =
        format!("the photo of `{}`, who has withdrawn, is still there: {}", gone.id, gone.photo.path);
    Diagnostic::new(Code::PhotoUnnamed, gone.photo.span, message)
        .help("delete it, and the line `photo:` of her record")
}
