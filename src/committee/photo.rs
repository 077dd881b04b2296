//! A record's photo -> what becomes of it, whose it is besides, and how it is recognised in the output.

use super::record::Record;
use super::scheme::Scheme;
use crate::diagnostic::Diagnostics;
use crate::path::file_name;
use crate::photo::{Cache, Photos, Wanted};
use std::fs;

/// What became of a photo.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// There was none.
    None,
    /// Deleted; its path.
    Deleted(String),
    /// It was gone already; its path.
    Gone(String),
    /// Kept, because another record names it too; its path.
    Kept(String),
}

impl Fate {
    pub(super) fn of(scheme: &Scheme, record: &Record, sharers: &[Sharer]) -> Fate {
        let Some(path) = record.photo() else { return Fate::None };
        if sharers.iter().any(|sharer| sharer.path == path) {
            Fate::Kept(path)
        } else if scheme.root.join(&path).symlink_metadata().is_ok() {
            Fate::Deleted(path)
        } else {
            Fate::Gone(path)
        }
    }
}

/// Somebody else whose record names the same photo, or another file with the same picture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sharer {
    /// Whose record.
    pub id: String,
    /// Where it stands: path and line.
    pub place: String,
    /// The file that it names.
    pub path: String,
}

/// Everybody else who has her photo, in the order of their records.
pub(super) fn sharers(scheme: &Scheme, record: &Record) -> Vec<Sharer> {
    let Some(own) = record.photo() else { return Vec::new() };
    let length = |path: &str| fs::metadata(scheme.root.join(path)).ok().map(|meta| meta.len());
    let own_length = length(&own);
    let bytes = |path: &str| fs::read(scheme.root.join(path)).ok();
    let is_same = |path: &str| {
        path == own || own_length.is_some() && length(path) == own_length && bytes(path) == bytes(&own)
    };
    let others = scheme.records().into_iter().filter(|other| other.span != record.span);
    others
        .filter_map(|other| {
            let path = other.photo().filter(|path| is_same(path))?;
            Some(Sharer { place: scheme.sources.place(other.span), id: other.id, path })
        })
        .collect()
}

/// Says anew where records stand, once lines above them are gone.
pub(super) fn place_again(scheme: &Scheme, sharers: &mut [Sharer]) {
    let records = scheme.records();
    for sharer in sharers {
        let is_it =
            |record: &&Record| record.id == sharer.id && record.photo().as_ref() == Some(&sharer.path);
        if let Some(record) = records.iter().find(is_it) {
            sharer.place = scheme.sources.place(record.span);
        }
    }
}

/// A picture as it may lie in the output: the name of its file there, where it has one, and its bytes.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) name: Option<String>,
    pub(super) bytes: Vec<u8>,
}

/// Her photo as it is, and what a build makes of it; nothing where it cannot be read.
pub(super) fn pictures(scheme: &Scheme, record: &Record) -> Vec<Picture> {
    let Some(path) = record.photo() else { return Vec::new() };
    let own = fs::read(scheme.root.join(&path)).ok();
    let mut pictures: Vec<Picture> = own.map(|bytes| Picture { name: None, bytes }).into_iter().collect();
    let Some((file, _)) = scheme.sources.find(&path) else { return pictures };
    let wanted = [Wanted { file, shown: vec![record.span], kept_back: Vec::new() }];
    let cache = Cache::open(&scheme.root, false);
    let photos = Photos::read(&wanted, &scheme.sources, &cache, &mut Diagnostics::new());
    if let Some(squares) = photos.squares(file) {
        let addresses = squares.addresses();
        pictures.extend(addresses.iter().zip(squares.files()).map(|(address, bytes)| Picture {
            name: Some(file_name(address.as_str()).to_owned()),
            bytes: bytes.to_vec(),
        }));
    }
    pictures
}
