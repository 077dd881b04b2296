//! Photos that must not be shown are nowhere in the output: a second lock, on the final bytes.
//!
//! A photo is known by its bytes, whatever the file is called. Looked at are the portraits that pages show, and whatever
//! was copied as it is: the photo itself, and squares of it that were taken from a built site. Without a photo to keep
//! back nothing is read.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::directory::KeptBack;
use crate::output::{Origin, Output, OutputFile};
use crate::photo::{Key, may_be_portrait};
use crate::site::Site;
use crate::source::{FileId, Sources, Span};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Looks for photos that must not be shown.
pub fn photos(site: &Site, output: &Output, sources: &Sources, found: &mut Diagnostics) {
    let project = site.project;
    let mut kept_back: BTreeMap<Key, KeptBack> = BTreeMap::new();
    for kept in project.directory.photos_kept_back() {
        if let Some(key) = kept.photo.file.and_then(|file| project.photos.key(file)) {
            kept_back.insert(key, kept);
        }
    }
    if kept_back.is_empty() {
        return;
    }
    for (id, photo) in project.directory.photos().filter(|(id, _)| site.portraits.contains_key(id)) {
        let key = photo.file.and_then(|file| project.photos.key(file));
        if let Some(kept) = key.and_then(|key| kept_back.get(&key)) {
            found.push(exposed(kept, photo.span, &format!("the page of `{id}`")));
        }
    }
    let copies: Vec<(&str, &OutputFile, Span)> = output
        .iter()
        .filter_map(|(path, file)| match file.origin {
            Origin::Copy(Some(span)) => Some((path, file, span)),
            _ => None,
        })
        .collect();
    // Most copies differ from every photo by their length alone.
    let length =
        |kept: &KeptBack| std::fs::metadata(sources.on_disk(kept.photo.file?)).ok().map(|meta| meta.len());
    let lengths: BTreeSet<u64> = kept_back.values().filter_map(length).collect();
    for (path, file, span) in &copies {
        if lengths.contains(&(file.bytes.len() as u64))
            && let Some(kept) = kept_back.get(&Key::of(&file.bytes.whole()))
        {
            found.push(exposed(kept, *span, path));
        }
    }
    let squares: Vec<_> =
        copies.par_iter().filter(|(_, file, _)| may_be_portrait(&file.bytes.whole())).collect();
    if squares.is_empty() {
        return;
    }
    let of: BTreeMap<FileId, &KeptBack> =
        kept_back.values().filter_map(|kept| Some((kept.photo.file?, kept))).collect();
    let files: Vec<FileId> = of.keys().copied().collect();
    for (photo, made) in project.photos.squares_kept_back(&files, sources) {
        for (path, file, span) in &squares {
            if made.files().iter().any(|bytes| **bytes == *file.bytes.whole()) {
                found.push(exposed(of[&photo], *span, path));
            }
        }
    }
}

fn exposed(kept: &KeptBack, span: Span, path: &str) -> Diagnostic {
    let message = format!("{path} shows the photo of `{}`, who is {}", kept.id, kept.why.word());
    Diagnostic::new(Code::WithheldInOutput, span, message)
        .related(kept.photo.span, "her record names it")
        .help("delete the copy, and the line `photo:` of her record once the photo itself is deleted")
}
