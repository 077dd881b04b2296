//! A photo's file -> its key, and its squares or what is wrong with it; each is read within the memory that all share.

use super::budget::Budget;
use super::cache::{Cache, Key};
use super::kind::{self, ENOUGH, Kind};
use super::refusal::Refusal;
use super::square::{self, Header};
use super::{BEYOND, Developed, MOST_BYTES, Squares, colour, jpeg, png, webp};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// What reading a photo file came to: its key, if there are bytes at all, and what it is as a picture.
pub(super) struct Read {
    pub(super) key: Option<Key>,
    pub(super) developed: Result<Developed, Refusal>,
}

impl From<Result<(Key, Result<Developed, Refusal>), Refusal>> for Read {
    fn from(read: Result<(Key, Result<Developed, Refusal>), Refusal>) -> Read {
        match read {
            Ok((key, developed)) => Read { key: Some(key), developed },
            Err(refusal) => Read { key: None, developed: Err(refusal) },
        }
    }
}

/// Where photos are read and squares made.
pub(super) struct Darkroom<'c> {
    pub(super) budget: Budget,
    pub(super) cache: &'c Cache,
}

impl Darkroom<'_> {
    /// A photo that is to be shown: its squares, made or from the cache.
    pub(super) fn develop(&self, path: &Path) -> Result<(Key, Result<Developed, Refusal>), Refusal> {
        let length = length(path)?;
        let file = File::open(path).map_err(|error| unread(&error))?;
        let (key, start) = Key::read(file, ENOUGH).map_err(|error| unread(&error))?;
        let squares = || {
            let kind = kind_of(&start)?;
            let (squares, side) = match self.cache.get(&key) {
                Some(kept) => kept,
                None => {
                    let (squares, side) = make(&self.budget, path, length, kind, &key)?;
                    self.cache.put(&key, &squares, side);
                    (squares, side)
                }
            };
            Ok(Developed { squares: Some(Arc::new(squares)), kind, side })
        };
        Ok((key, squares()))
    }

    /// A photo that is not: nothing is decoded.
    pub(super) fn glance(&self, path: &Path) -> Result<(Key, Result<Developed, Refusal>), Refusal> {
        let length = length(path)?;
        let share = self.budget.share(length);
        let bytes = read(path, length)?;
        let looked = || {
            let kind = kind_of(&bytes[..bytes.len().min(ENOUGH)])?;
            let header = header(kind, &bytes)?;
            header.fits(length)?;
            Ok(Developed { squares: None, kind, side: header.width.min(header.height) })
        };
        let read = (Key::of(&bytes), looked());
        drop((bytes, share));
        Ok(read)
    }
}

/// The length of a file that is one and not too long.
fn length(path: &Path) -> Result<u64, Refusal> {
    let meta = fs::metadata(path).map_err(|error| unread(&error))?;
    // Opening a pipe would wait for ever.
    if !meta.is_file() {
        return Err(Refusal::NoFile);
    }
    if meta.len() > MOST_BYTES {
        return Err(Refusal::Heavy(meta.len()));
    }
    Ok(meta.len())
}

fn kind_of(start: &[u8]) -> Result<Kind, Refusal> {
    kind::kind(start).map_err(|other| if start.is_empty() { Refusal::Empty } else { Refusal::Format(other) })
}

/// Reads a photo, and once more if others have the memory that decoding it takes: that is known only by its header, and
/// nobody waits for more while having some. With the length of its shorter side.
fn make(budget: &Budget, path: &Path, length: u64, kind: Kind, key: &Key) -> Result<(Squares, u32), Refusal> {
    let mut share = budget.share(length);
    let mut bytes = read(path, length)?;
    let header = header(kind, &bytes)?;
    header.fits(length)?;
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

/// Squares of a photo that was read before.
pub(super) fn make_again(budget: &Budget, path: &Path, key: &Key) -> Option<Squares> {
    let meta = fs::metadata(path).ok().filter(|meta| meta.is_file() && meta.len() <= MOST_BYTES)?;
    let mut start = Vec::new();
    File::open(path).ok()?.take(ENOUGH as u64).read_to_end(&mut start).ok()?;
    make(budget, path, meta.len(), kind::kind(&start).ok()?, key).ok().map(|(squares, _)| squares)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::MEMORY;

    #[test]
    fn what_the_system_does_not_give_out_is_refused() {
        let cache = Cache::open(Path::new("nowhere"), false);
        let darkroom = Darkroom { budget: Budget::new(MEMORY), cache: &cache };
        let refused = Refusal::Unread(io::ErrorKind::NotFound);
        assert_eq!(darkroom.develop(Path::new("nowhere/amara.jpg")).err(), Some(refused));
        assert_eq!(darkroom.glance(Path::new("nowhere/amara.jpg")).err(), Some(refused));
    }
}
