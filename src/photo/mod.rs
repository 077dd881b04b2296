//! A photo's bytes -> two JPEG squares with nothing in them but the picture, or a refusal in plain words.
//!
//! 1. `kind` tells by the first bytes what a file is, and `refusal` what to do with what is no photo;
//! 2. `jpeg`, `png` and `webp` read the header, by which absurd sizes are refused before anything is decoded, and then
//!    the rows, within a `budget` of memory that all threads share;
//! 3. `square` averages the rows to a square in the middle, `colour` brings it to sRGB, and it is encoded anew: of the
//!    file nothing else goes through, neither where nor when it was taken;
//! 4. `darkroom` goes that way for one file, or only as far as the header where a photo is not to be shown;
//! 5. `cache` keeps the squares for the next build, and only those of people who are public.

mod budget;
mod cache;
mod colour;
mod darkroom;
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
use darkroom::{Darkroom, Read, make_again};
use kind::Kind;
use rayon::prelude::*;
use refusal::Refusal;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, OnceLock};

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

/// How broad and how high a picture is, in pixels, as its header has it; `None` for what is no JPEG, PNG or WebP.
pub fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    kind::kind(bytes.get(..kind::ENOUGH).unwrap_or(bytes)).ok()?;
    let reader = image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().ok()?;
    reader.into_dimensions().ok()
}

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
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// The file.
    pub file: FileId,
    /// Where the records of those whose photo may be shown name it.
    pub shown: Vec<Span>,
    /// Where the records of those do whose photo may be shown some day, with the reason why not today. Of a photo that is
    /// shown for nobody only the [`Key`] is taken, and its header looked at.
    pub kept_back: Vec<(Span, &'static str)>,
}

/// A photo file whose bytes could be read, a picture or not.
#[derive(Debug)]
struct Known {
    key: Key,
    squares: Option<Arc<Squares>>,
    /// Of a photo that is not shown, once they were asked for.
    kept_back: OnceLock<Option<Arc<Squares>>>,
}

/// What is known of all photos that records name.
#[derive(Clone, Default, Debug)]
pub struct Photos(Arc<BTreeMap<FileId, Known>>);

impl Photos {
    /// Reads photos, in parallel, and makes squares of those that may be shown. Findings stand where a record names the
    /// file; of one that the system refuses to read, too. Of a photo that is not shown, what its first bytes and its header
    /// tell is a warning.
    pub fn read(wanted: &[Wanted], sources: &Sources, cache: &Cache, found: &mut Diagnostics) -> Photos {
        let darkroom = Darkroom { budget: Budget::new(MEMORY), cache };
        let read: Vec<Read> = wanted
            .par_iter()
            .with_max_len(1)
            .map(|photo| match sources.file(photo.file).unreadable {
                Some(Unreadable::Link) => Err(Refusal::Link).into(),
                _ if photo.shown.is_empty() => darkroom.glance(&sources.on_disk(photo.file)).into(),
                _ => darkroom.develop(&sources.on_disk(photo.file)).into(),
            })
            .collect();
        let mut photos = BTreeMap::new();
        for (photo, Read { key, developed }) in wanted.iter().zip(read) {
            let name = file_name(&sources.file(photo.file).path);
            for span in &photo.shown {
                match &developed {
                    Ok(developed) => found.extend(developed.remarks(name, *span)),
                    Err(refusal) => found.push(refusal.diagnostic(name, *span)),
                }
            }
            if let (true, Err(refusal)) = (photo.shown.is_empty(), &developed) {
                for (span, why) in &photo.kept_back {
                    found.push(refusal.warning(name, *span, why));
                }
            }
            if let Some(key) = key {
                let squares = developed.ok().and_then(|developed| developed.squares);
                photos.insert(photo.file, Known { key, squares, kept_back: OnceLock::new() });
            }
        }
        Photos(Arc::new(photos))
    }

    /// The squares of photos that are not to be shown, to know them where they must not be; of which none can be made
    /// there is none. They are made once, in parallel and within the same memory, and not kept for the next build.
    pub fn squares_kept_back(&self, files: &[FileId], sources: &Sources) -> Vec<(FileId, Arc<Squares>)> {
        let budget = Budget::new(MEMORY);
        let squares = files.par_iter().with_max_len(1).filter_map(|file| {
            let known = self.0.get(file)?;
            // Somebody was shown until a build that takes down left her out.
            let shown = known.squares.as_ref();
            let again = || make_again(&budget, &sources.on_disk(*file), &known.key).map(Arc::new);
            let squares = shown.or_else(|| known.kept_back.get_or_init(again).as_ref())?;
            Some((*file, Arc::clone(squares)))
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

/// Whether a file may be a portrait made here: it begins as all of one of [`SIZES`] do.
pub fn may_be_portrait(bytes: &[u8]) -> bool {
    static BEGINNINGS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    BEGINNINGS.get_or_init(square::beginnings).iter().any(|beginning| bytes.starts_with(beginning))
}

/// A photo, and what is to be remarked on it.
struct Developed {
    squares: Option<Arc<Squares>>,
    kind: Kind,
    /// Its shorter side.
    side: u32,
}

impl Developed {
    fn remarks(&self, name: &str, span: Span) -> Diagnostics {
        let mut found = Diagnostics::new();
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        if !self.kind.endings().contains(&&*ending.to_lowercase()) {
            found.push(
                Diagnostic::new(
                    Code::PhotoEnding,
                    span,
                    format!("the name of {name} does not say what it is: a {}", self.kind.name()),
                )
                .note("the photo is shown all the same")
                .help(format!("rename it to {stem}.{}, here and in its folder", self.kind.endings()[0])),
            );
        }
        if self.side < SIZES[1] {
            found.push(
                Diagnostic::new(
                    Code::PhotoSmall,
                    span,
                    format!(
                        "{name} has only {} pixels on its shorter side, and will look blurred",
                        self.side
                    ),
                )
                .help(format!("ask for a larger one: {} pixels at least, better 1000", SIZES[1])),
            );
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn squares_of_a_photo_that_is_kept_back_are_made_once() {
        let root = std::env::temp_dir().join(format!("mentorpress-kept-back-{}", std::process::id()));
        let photo = root.join("content/mentors/photos/amara.jpg");
        let picture = image::RgbImage::from_fn(400, 400, |x, y| image::Rgb([x as u8, y as u8, 90]));
        fs::create_dir_all(photo.parent().expect("a folder")).expect("folders");
        picture.save(&photo).expect("a photo");
        let sources = Sources::read(&root).expect("sources");
        let (file, _) = sources.find("content/mentors/photos/amara.jpg").expect("it");
        let wanted = [Wanted { file, shown: Vec::new(), kept_back: Vec::new() }];
        let cache = Cache::open(&root, false);
        let photos = Photos::read(&wanted, &sources, &cache, &mut Diagnostics::new());
        assert!(photos.squares(file).is_none());
        let made = photos.squares_kept_back(&[file], &sources);
        // The next round of a build that takes down asks again.
        fs::remove_file(&photo).expect("removed");
        assert_eq!(photos.squares_kept_back(&[file], &sources), made);
        fs::remove_dir_all(&root).expect("removed");
        let [(_, squares)] = &made[..] else { panic!("{made:?}") };
        assert!(squares.files().iter().all(|square| may_be_portrait(square)));
        // Another program's square of the size begins otherwise.
        let mut other = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut other, 90);
        image::RgbImage::new(160, 160).write_with_encoder(encoder).expect("a JPEG");
        assert!(!may_be_portrait(&other) && !may_be_portrait(b""));
    }

    #[test]
    fn squares_that_were_shown_are_not_made_again() {
        let made = || Arc::new(Squares::new([vec![1], vec![2]]));
        let root = std::env::temp_dir().join(format!("mentorpress-was-shown-{}", std::process::id()));
        fs::create_dir_all(root.join("content")).expect("folders");
        fs::write(root.join("content/amara.jpg"), "gone").expect("a file");
        let sources = Sources::read(&root).expect("sources");
        let (file, _) = sources.find("content/amara.jpg").expect("it");
        fs::remove_dir_all(&root).expect("removed");
        let known = Known { key: Key::of(b"gone"), squares: Some(made()), kept_back: OnceLock::new() };
        let photos = Photos(Arc::new(BTreeMap::from([(file, known)])));
        assert_eq!(photos.squares_kept_back(&[file], &sources), [(file, made())]);
    }
}
