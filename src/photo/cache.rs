//! Squares made before, in `.mentorpress/photos/` of the site's folder.
//!
//! A pair is found by the [`Key`] of the photo it was made of, and each file's name says what its own bytes hash to: a
//! file that is damaged or cut short is made again. What cannot be read or written is made again too: without a cache
//! everything is the same, only slower.

use super::{RECIPE, SIZES, Squares};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A photo's bytes and how squares are made of them today, in one number. It tells nothing of the photo.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; 16]);

impl Key {
    /// Of a whole photo.
    pub fn of(bytes: &[u8]) -> Key {
        Key::end(Sha256::new_with_prefix(bytes))
    }

    /// Of a photo as it is read; with its first bytes, as many as were asked for if there are so many.
    pub(super) fn read(mut from: impl Read, first: usize) -> io::Result<(Key, Vec<u8>)> {
        let mut hash = Sha256::new();
        let mut start = Vec::new();
        let mut buffer = vec![0; 1 << 18];
        loop {
            match from.read(&mut buffer) {
                Ok(0) => return Ok((Key::end(hash), start)),
                Ok(read) => {
                    let wanted = (first - start.len()).min(read);
                    start.extend_from_slice(&buffer[..wanted]);
                    hash.update(&buffer[..read]);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn end(hash: Sha256) -> Key {
        Key(shortened(hash.chain_update(RECIPE)))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

fn hex(bytes: &[u8], to: &mut impl fmt::Write) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(to, "{byte:02x}"))
}

fn shortened(hash: Sha256) -> [u8; 16] {
    let mut short = [0; 16];
    for (to, from) in short.iter_mut().zip(hash.finalize()) {
        *to = from;
    }
    short
}

fn check(bytes: &[u8]) -> String {
    Key(shortened(Sha256::new_with_prefix(bytes))).to_string()
}

/// The folder, as it was when the build began.
pub struct Cache {
    folder: PathBuf,
    /// File names by the key they begin with.
    entries: BTreeMap<String, Vec<String>>,
    writes: bool,
}

impl Cache {
    /// The cache of a site; one that is not to be written stays as it is.
    pub fn open(site: &Path, writes: bool) -> Cache {
        let folder = site.join(".mentorpress").join("photos");
        let mut entries: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for name in names(&folder) {
            if let Some((key, _)) = name.split_once('-') {
                entries.entry(key.to_owned()).or_default().push(name);
            }
        }
        Cache { folder, entries, writes }
    }

    /// The squares made of a photo, if both are there whole; with the length of the photo's shorter side.
    pub(super) fn get(&self, key: &Key) -> Option<(Squares, u32)> {
        let names = self.entries.get(&key.to_string())?;
        let read = |size: u32| {
            names.iter().find_map(|name| {
                let (side, kept, sum) = parts(name)?;
                let bytes = (kept == size).then(|| fs::read(self.folder.join(name)).ok())??;
                (check(&bytes) == sum).then_some((bytes, side))
            })
        };
        let [(small, side), (large, _)] = [read(SIZES[0])?, read(SIZES[1])?];
        Some((Squares::new([small, large]), side))
    }

    /// Keeps squares for the next build, whole or not at all.
    pub(super) fn put(&self, key: &Key, squares: &Squares, side: u32) {
        if self.writes {
            for (size, bytes) in SIZES.into_iter().zip(squares.files()) {
                let name = format!("{key}-{side}-{size}-{}.jpg", check(bytes));
                // Without it the next build takes longer, and nothing else.
                drop(self.write(&name, bytes));
            }
        }
    }

    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        if let Some(parent) = self.folder.parent() {
            let ignore = parent.join(".gitignore");
            if !ignore.exists() {
                fs::write(ignore, "*\n")?;
            }
        }
        // Two threads may make the same square of two copies of a photo.
        let thread = rayon::current_thread_index().unwrap_or(usize::MAX);
        let beside = self.folder.join(format!("{name}.{}-{thread}.part", std::process::id()));
        fs::write(&beside, bytes)?;
        fs::rename(&beside, self.folder.join(name)).inspect_err(|_| drop(fs::remove_file(&beside)))
    }

    /// Removes what was made of any other photos than these, and what builds that were killed have left.
    pub fn purge(&self, keep: &BTreeSet<Key>) {
        if !self.writes {
            return;
        }
        let keep: BTreeSet<String> = keep.iter().map(Key::to_string).collect();
        for name in names(&self.folder) {
            let Some((key, _)) = name.split_once('-') else { continue };
            let is_ours = key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
            if is_ours && (!keep.contains(key) || name.ends_with(".part")) {
                drop(fs::remove_file(self.folder.join(name)));
            }
        }
    }
}

fn names(folder: &Path) -> impl Iterator<Item = String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok())
}

/// `<key>-<shorter side of the photo>-<size>-<check>.jpg`: the last three.
fn parts(name: &str) -> Option<(u32, u32, &str)> {
    let mut parts = name.strip_suffix(".jpg")?.split('-').skip(1);
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?))
}
