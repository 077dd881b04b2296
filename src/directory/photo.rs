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

/// Photos that lie in the folders for them, and that nobody's record names: one finding a folder.
pub(super) fn unnamed(directory: &Directory, sources: &Sources, below: &str, found: &mut Diagnostics) {
    let kept_back = directory.photos_kept_back().map(|kept| kept.photo);
    let named: BTreeSet<FileId> =
        directory.photos().map(|(_, photo)| photo).chain(kept_back).filter_map(|photo| photo.file).collect();
    let mut folders: BTreeMap<&str, Vec<FileId>> = BTreeMap::new();
    for (id, file) in sources.below(below) {
        let folder = folder(&file.path);
        if file_name(folder) == "photos" && !named.contains(&id) {
            folders.entry(folder).or_default().push(id);
        }
    }
    for (folder, files) in folders {
        const SHOWN: usize = 8;
        let names: Vec<&str> =
            files.iter().take(SHOWN).map(|id| file_name(&sources.file(*id).path)).collect();
        let more = files.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let (what, them) = if files.len() == 1 { ("this photo", "it") } else { ("these photos", "each") };
        found.push(
            Diagnostic::new(
                Code::PhotoUnnamed,
                sources.whole(files[0]),
                format!("nobody's record names {what} in {folder}: {}{more}", names.join(", ")),
            )
            .help(format!(
                "delete {them}, or name {them} in the record of the person it shows: `photo: {{file: {}}}`",
                names[0]
            )),
        );
    }
}
