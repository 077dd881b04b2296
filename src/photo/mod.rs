//! A photo's bytes -> two JPEG squares with nothing in them but the picture, or a refusal in plain words.
//!
//! 1. `kind` tells by the first bytes what a file is, and `refusal` what to do with what is no photo;
//! 2. `jpeg`, `png` and `webp` read the header, by which absurd sizes are refused before anything is decoded, and then
//!    the rows, within a `budget` of memory that all threads share;
//! 3. `square` averages the rows to a square in the middle, `colour` brings it to sRGB, and it is encoded anew: of the
//!    file nothing else goes through, neither where nor when it was taken;
//! 4. `cache` keeps the squares for the next build, and only those of people who are public.

mod budget;
mod cache;
mod colour;
mod jpeg;
mod kind;
mod png;
mod refusal;
mod square;
mod webp;

pub use cache::{Cache, Key};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::path::{Address, file_name};
use crate::source::{FileId, Sources, Span, Unreadable};
use budget::Budget;
use kind::{ENOUGH, Kind};
use rayon::prelude::*;
use refusal::Refusal;
use sha2::{Digest, Sha256};
use square::Header;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::{self, File};
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// The sides of the squares, in pixels: as they are shown in lists, and for finer screens and the profile.
pub const SIZES: [u32; 2] = [160, 320];

/// Bytes behind a file's own that decoding may ask for.
const BEYOND: usize = 64;

/// Changes whenever the same photo is to give other squares.
const RECIPE: &str = "mentorpress square 1";

/// A photo with a shorter side is refused: it is a thumbnail.
const LEAST: u32 = 160;
const MOST_BYTES: u64 = 40 << 20;
const MOST_PIXELS: u64 = 50_000_000;
const MOST_SIDE: u32 = 20_000;
/// How many times as long as broad.
const MOST_STRETCH: u32 = 4;

/// Memory for all photos being decoded at one time, files included. With what the rest of a build of some hundred people
/// needs, and the allocator has not given back yet, it stays below 300 MiB.
const MEMORY: u64 = 200 << 20;

/// What was made of a photo.
#[derive(PartialEq, Eq, Debug)]
pub struct Squares {
    name: String,
    files: [Arc<[u8]>; 2],
}

impl Squares {
    fn new(files: [Vec<u8>; 2]) -> Squares {
        let mut hash = Sha256::new();
        files.iter().for_each(|bytes| hash.update(bytes));
        let mut name = String::new();
        for byte in hash.finalize().iter().take(10) {
            let _ = write!(name, "{byte:02x}");
        }
        Squares { name, files: files.map(Arc::from) }
    }

    /// The JPEG files, in the order of [`SIZES`].
    pub fn files(&self) -> &[Arc<[u8]>; 2] {
        &self.files
    }

    /// Where they stand, in the order of [`SIZES`]: by their bytes, not by whose they are.
    pub fn addresses(&self) -> [Address; 2] {
        SIZES.map(|size| Address::file(&format!("photos/{}-{size}.jpg", self.name)))
    }
}

/// A photo file that records name.
#[derive(Debug)]
pub struct Wanted {
    /// The file.
    pub file: FileId,
    /// Where the records of those whose photo may be shown name it; of others only the [`Key`] is taken.
    pub shown: Vec<Span>,
}

/// A photo file that could be read.
#[derive(Debug)]
struct Known {
    key: Key,
    squares: Option<Arc<Squares>>,
}

/// What is known of all photos that records name.
#[derive(Default, Debug)]
pub struct Photos(BTreeMap<FileId, Known>);

impl Photos {
    /// Reads photos, in parallel, and makes squares of those that may be shown. Findings stand where a record names the
    /// file; of one that the system refuses to read, too.
    pub fn read(wanted: &[Wanted], sources: &Sources, cache: &Cache, found: &mut Diagnostics) -> Photos {
        let darkroom = Darkroom { budget: Budget::new(MEMORY), cache };
        let read: Vec<(FileId, Result<Developed, Refusal>)> = wanted
            .par_iter()
            .with_max_len(1)
            .map(|photo| {
                let result = match sources.file(photo.file).unreadable {
                    Some(Unreadable::Link) => Err(Refusal::Link),
                    _ => darkroom.develop(&sources.on_disk(photo.file), !photo.shown.is_empty()),
                };
                (photo.file, result)
            })
            .collect();
        let mut photos = Photos::default();
        for (photo, (file, result)) in wanted.iter().zip(read) {
            let name = file_name(&sources.file(file).path);
            for span in &photo.shown {
                match &result {
                    Ok(developed) => found.extend(developed.remarks(name, *span)),
                    Err(refusal) => found.push(refusal.diagnostic(name, *span)),
                }
            }
            if let Ok(developed) = result {
                photos.0.insert(file, developed.known);
            }
        }
        photos
    }

    /// Makes squares of photos that are not to be shown, in parallel and within the same memory, to know them where they
    /// must not be; of which none can be made there is none. They are not kept.
    pub fn squares_kept_back(&self, files: &[FileId], sources: &Sources) -> Vec<(FileId, Squares)> {
        let budget = Budget::new(MEMORY);
        let squares = files.par_iter().with_max_len(1).filter_map(|file| {
            let key = self.key(*file)?;
            Some((*file, make_again(&budget, &sources.on_disk(*file), &key)?))
        });
        squares.collect()
    }

    /// A photo's key, if it could be read.
    pub fn key(&self, file: FileId) -> Option<Key> {
        self.0.get(&file).map(|known| known.key)
    }

    /// What was made of a photo, if it may be shown and could be read.
    pub fn squares(&self, file: FileId) -> Option<&Arc<Squares>> {
        self.0.get(&file)?.squares.as_ref()
    }

    /// Whether no record names a photo.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Squares of a photo that was read before.
fn make_again(budget: &Budget, path: &Path, key: &Key) -> Option<Squares> {
    let meta = fs::metadata(path).ok().filter(|meta| meta.is_file() && meta.len() <= MOST_BYTES)?;
    let mut start = Vec::new();
    File::open(path).ok()?.take(ENOUGH as u64).read_to_end(&mut start).ok()?;
    make(budget, path, meta.len(), kind::kind(&start).ok()?, key).ok().map(|(squares, _)| squares)
}

/// Whether a file is a JPEG of one of [`SIZES`].
pub fn is_portrait_sized(bytes: &[u8]) -> bool {
    let header = (kind::kind(bytes) == Ok(Kind::Jpeg)).then(|| jpeg::header(bytes).ok()).flatten();
    header.is_some_and(|header| header.width == header.height && SIZES.contains(&header.width))
}

/// A photo file's squares, and what is to be remarked on it.
struct Developed {
    known: Known,
    kind: Option<Kind>,
    /// The photo's shorter side, where squares were made of it.
    side: Option<u32>,
}

impl Developed {
    fn remarks(&self, name: &str, span: Span) -> Diagnostics {
        let mut found = Diagnostics::new();
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        if let Some(kind) = self.kind.filter(|kind| !kind.endings().contains(&&*ending.to_lowercase())) {
            found.push(
                Diagnostic::new(
                    Code::PhotoEnding,
                    span,
                    format!("the name of {name} does not say what it is: a {}", kind.name()),
                )
                .note("the photo is shown all the same")
                .help(format!("rename it to {stem}.{}, here and in its folder", kind.endings()[0])),
            );
        }
        if let Some(side) = self.side.filter(|side| *side < SIZES[1]) {
            found.push(
                Diagnostic::new(
                    Code::PhotoSmall,
                    span,
                    format!("{name} has only {side} pixels on its shorter side, and will look blurred"),
                )
                .help(format!("ask for a larger one: {} pixels at least, better 1000", SIZES[1])),
            );
        }
        found
    }
}

struct Darkroom<'c> {
    budget: Budget,
    cache: &'c Cache,
}

impl Darkroom<'_> {
    fn develop(&self, path: &Path, is_shown: bool) -> Result<Developed, Refusal> {
        let meta = fs::metadata(path).map_err(|error| unread(&error))?;
        // Opening a pipe would wait for ever.
        if !meta.is_file() {
            return Err(Refusal::NoFile);
        }
        if meta.len() > MOST_BYTES {
            return Err(Refusal::Heavy(meta.len()));
        }
        let file = File::open(path).map_err(|error| unread(&error))?;
        let (key, start) = Key::read(file, ENOUGH).map_err(|error| unread(&error))?;
        let mut developed = Developed { known: Known { key, squares: None }, kind: None, side: None };
        if !is_shown {
            return Ok(developed);
        }
        let kind = match kind::kind(&start) {
            Ok(kind) => kind,
            Err(_) if start.is_empty() => return Err(Refusal::Empty),
            Err(other) => return Err(Refusal::Format(other)),
        };
        developed.kind = Some(kind);
        if let Some((squares, side)) = self.cache.get(&key) {
            developed.known.squares = Some(Arc::new(squares));
            developed.side = Some(side);
            return Ok(developed);
        }
        let (squares, side) = make(&self.budget, path, meta.len(), kind, &key)?;
        self.cache.put(&key, &squares, side);
        developed.known.squares = Some(Arc::new(squares));
        developed.side = Some(side);
        Ok(developed)
    }
}

/// Reads a photo, and once more if others have the memory that decoding it takes: that is known only by its header, and
/// nobody waits for more while having some. With the length of its shorter side.
fn make(budget: &Budget, path: &Path, length: u64, kind: Kind, key: &Key) -> Result<(Squares, u32), Refusal> {
    let mut share = budget.share(length);
    let mut bytes = read(path, length)?;
    let header = header(kind, &bytes)?;
    if header.memory + length > MEMORY {
        return Err(Refusal::Dense(header.width, header.height));
    }
    if !share.grow(header.memory) {
        drop((bytes, share));
        share = budget.share(length + header.memory);
        bytes = read(path, length)?;
    }
    if Key::of(&bytes) != *key {
        return Err(Refusal::Changed);
    }
    let side = header.width.min(header.height);
    let made = squares(kind, &header, bytes).map(|squares| (squares, side));
    drop(share);
    made
}

/// A file's bytes, with room for what a decoder wants after them: to make room later would take the memory twice.
fn read(path: &Path, length: u64) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::with_capacity(length as usize + BEYOND);
    let mut file = File::open(path).map_err(|error| unread(&error))?;
    file.read_to_end(&mut bytes).map_err(|error| unread(&error))?;
    Ok(bytes)
}

/// One photo that the system does not give out is no reason to stop: somebody else may wait to be taken down.
fn unread(error: &io::Error) -> Refusal {
    Refusal::Unread(error.kind())
}

fn header(kind: Kind, bytes: &[u8]) -> Result<Header, Refusal> {
    let read = match kind {
        Kind::Jpeg => jpeg::header,
        Kind::Png => png::header,
        Kind::WebP => webp::header,
    };
    let header = guarded(kind, || read(bytes))?;
    header.judge()?;
    Ok(header)
}

fn squares(kind: Kind, header: &Header, bytes: Vec<u8>) -> Result<Squares, Refusal> {
    guarded(kind, || {
        let (square, profile) = match kind {
            Kind::Jpeg => jpeg::decode(bytes, header)?,
            Kind::Png => png::decode(&bytes, header)?,
            Kind::WebP => webp::decode(&bytes, header)?,
        };
        let square = colour::to_srgb(square, profile.as_deref());
        square::encode(square, header.orientation).map(Squares::new).map_err(|_| Refusal::Damaged(kind))
    })
}

/// Decoders are others' work on bytes from anywhere: where one gives up altogether, it is the picture that is damaged.
fn guarded<T>(kind: Kind, work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Refusal::Damaged(kind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_does_not_give_out_is_refused() {
        let cache = Cache::open(Path::new("nowhere"), false);
        let darkroom = Darkroom { budget: Budget::new(MEMORY), cache: &cache };
        let refused = Refusal::Unread(io::ErrorKind::NotFound);
        for is_shown in [true, false] {
            assert_eq!(darkroom.develop(Path::new("nowhere/amara.jpg"), is_shown).err(), Some(refused));
        }
    }
}
