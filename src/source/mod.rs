//! Files of the site as text, read once, and places in them.
//!
//! Folders on disk become [`Sources`]: every text file of `content/` and `themes/` in the order of their paths,
//! with line ends made `\n` and a byte-order mark taken off, so that the same site gives the same bytes
//! whoever checked it out. Files that are copied as they are (`content/files`, `content/root`, photos) are
//! listed, not read.

pub mod lines;
mod read;
mod stamp;
mod write;

pub use stamp::Version;
pub use write::{Access, read_text, rewrite, write_whole};

use sha2::{Digest, Sha256};
use stamp::Stamp;
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

/// A file of [`Sources`], by number. Numbers follow the order of paths.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(u32);

/// A place in a file: bytes from `start` to `end` of its text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A place by its byte range.
    pub fn new(file: FileId, range: Range<usize>) -> Span {
        Span { file, start: offset(range.start), end: offset(range.end.max(range.start)) }
    }

    /// The byte range within the file's text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether another place lies wholly within this one.
    pub fn contains(&self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}

/// Texts are refused above [`MAX_TEXT`] bytes, so every offset fits.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The largest text file that is read, in bytes.
pub const MAX_TEXT: u64 = 16 * 1024 * 1024;

/// A value and where it was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl Spanned<String> {
    /// The place of a part of the text: exact where it stands in the file as it reads, with quotes or without.
    pub fn part(&self, range: Range<usize>) -> Span {
        let start = self.span.range().start;
        let quote = match self.span.range().len().checked_sub(self.value.len()) {
            Some(0) => 0,
            Some(2) => 1,
            _ => return self.span,
        };
        Span::new(self.span.file, start + quote + range.start..start + quote + range.end)
    }
}

impl<T> Spanned<T> {
    /// A value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }
}

/// Why a file that should be text could not be read as such.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// It begins with the byte-order mark of UTF-16, or has a zero byte early on.
    Utf16,
    /// A byte on this line is not UTF-8.
    NotUtf8(usize),
    /// It is larger than [`MAX_TEXT`].
    TooLarge(u64),
    /// It is a symbolic link: those are not followed.
    Link,
}

/// One file: its path with slashes relative to the site, and its text if it is one.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path relative to the site folder, with slashes: `content/about.md`.
    pub path: String,
    /// The text; empty for files that are copied as they are or could not be read.
    pub text: String,
    /// Why there is no text although there should be.
    pub unreadable: Option<Unreadable>,
    /// What the system said of the file when it was read; `None` for a text that comes from elsewhere.
    stamp: Option<Stamp>,
    version: Version,
}

impl SourceFile {
    /// A text that is on no disk.
    fn of_text(path: &str, text: &str) -> SourceFile {
        SourceFile {
            path: path.to_owned(),
            text: text.to_owned(),
            unreadable: None,
            stamp: None,
            version: Version::new(),
        }
    }

    /// A file's text as it was read; another text, or the same of another file, has another version.
    pub fn version(&self) -> Version {
        self.version
    }
}

/// Every file of the site, each read once.
#[derive(Clone, Default, Debug)]
pub struct Sources {
    root: std::path::PathBuf,
    files: Vec<SourceFile>,
    /// Files as they were read the last time, by path, until they are read again.
    before: HashMap<String, SourceFile>,
    /// Folders outside the site that were read, as typed.
    folders: Vec<String>,
}

impl Sources {
    /// Adds a text that comes with the program, unless the site has a file of its own at this path.
    pub fn add_builtin(&mut self, path: &str, text: &str) {
        if self.find(path).is_none() {
            let before =
                self.before.remove(path).filter(|before| before.stamp.is_none() && before.text == text);
            self.files.push(before.unwrap_or_else(|| SourceFile::of_text(path, text)));
        }
    }

    /// The same files with some other texts, and texts of files that are not there yet: what would be.
    #[must_use]
    pub fn with(&self, texts: &std::collections::BTreeMap<String, String>) -> Sources {
        let mut sources = self.clone();
        let mut rest: std::collections::BTreeMap<&str, &str> =
            texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        for file in &mut sources.files {
            if let Some(text) = rest.remove(file.path.as_str()) {
                *file = SourceFile::of_text(&file.path, text);
            }
        }
        let new = rest.into_iter().map(|(path, text)| SourceFile::of_text(path, text));
        sources.files.extend(new);
        sources
    }

    /// Puts another text in the place of a file's own, here and not on disk.
    pub fn replace_text(&mut self, id: FileId, text: String) {
        let file = &mut self.files[id.0 as usize];
        *file = SourceFile { text, unreadable: file.unreadable, ..SourceFile::of_text(&file.path, "") };
    }

    /// Every file of the disk with the version of its text: what two readings of a site differ in.
    pub fn versions(&self) -> Vec<(String, Version)> {
        let on_disk = self.files.iter().filter(|file| file.stamp.is_some());
        on_disk.map(|file| (file.path.clone(), file.version)).collect()
    }

    /// Where a file lies on disk.
    pub fn on_disk(&self, id: FileId) -> std::path::PathBuf {
        self.root.join(&self.file(id).path)
    }

    /// All files with their numbers, in the order of their paths (files of folders read later come after).
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(at, file)| (FileId(offset(at)), file))
    }

    /// The files below a folder given with a closing slash (`content/mentors/`).
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.iter().filter(move |(_, file)| file.path.starts_with(folder))
    }

    /// The file of this path.
    pub fn find(&self, path: &str) -> Option<(FileId, &SourceFile)> {
        self.iter().find(|(_, file)| file.path == path)
    }

    /// A file by its number.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The text at a place.
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or("")
    }

    /// The whole of a file's first line, the place for what concerns a file as such.
    pub fn whole(&self, id: FileId) -> Span {
        let end = self.file(id).text.find('\n').unwrap_or(self.file(id).text.len());
        Span::new(id, 0..end)
    }

    /// Line and column of a place's start, both counted from one, columns in characters.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let text = &self.file(span.file).text;
        let mut start = (span.start as usize).min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &text[..start];
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        let column = before[before.rfind('\n').map_or(0, |at| at + 1)..].chars().count() + 1;
        (line, column)
    }

    /// `path:line`, for lists of places.
    pub fn place(&self, span: Span) -> String {
        format!("{}:{}", self.file(span.file).path, self.line_column(span).0)
    }

    /// The SHA-256 of a file's text in 64 hexadecimal digits: of its bytes, where it ends lines with `\n` and has no
    /// byte-order mark, and the same whoever checked it out.
    pub fn sha256(&self, id: FileId) -> String {
        sha256(&self.file(id).text)
    }

    /// The bytes of a file that is copied as it is.
    ///
    /// # Errors
    /// The system could not read it.
    pub fn bytes(&self, id: FileId) -> Result<Vec<u8>, crate::failure::Failure> {
        let path = self.on_disk(id);
        std::fs::read(&path).map_err(crate::failure::Failure::system("read", path))
    }
}

/// The SHA-256 of a text in 64 hexadecimal digits.
pub fn sha256(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
