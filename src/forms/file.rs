//! A path, bytes, or a stream -> [`Source`], which is read from its start as often as needed; and what people take for an
//! export and is none.

use crate::failure::Failure;
use std::fs::{File, Metadata};
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// A file that is read twice or more.
pub(super) struct Source {
    /// Its name, without its folder.
    pub(super) name: String,
    bytes: Bytes,
}

enum Bytes {
    File { path: PathBuf, file: File, before: (u64, Option<SystemTime>) },
    Memory(Arc<[u8]>),
    Stream(Box<dyn Fn() -> io::Result<Box<dyn Read>>>),
}

/// Something to be read from any place.
pub(super) trait Seekable: Read + Seek {}

impl<T: Read + Seek> Seekable for T {}

/// What is known of a file without reading it.
fn stamp(metadata: &Metadata) -> (u64, Option<SystemTime>) {
    (metadata.len(), metadata.modified().ok())
}

impl Source {
    /// Opens a file. It is the same one until it was read, also where another takes its name.
    pub(super) fn open(path: &Path) -> Result<Source, Failure> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let metadata = std::fs::metadata(path).map_err(Failure::system("read", path))?;
        if !metadata.is_file() {
            let what = if metadata.is_dir() { "a folder" } else { "no ordinary file" };
            return Err(Failure::refused(
                format!("{} is {what}", path.display()),
                "name the file that the form was exported to",
            ));
        }
        let file = File::open(path).map_err(Failure::system("read", path))?;
        let before = stamp(&file.metadata().map_err(Failure::system("read", path))?);
        Ok(Source { name, bytes: Bytes::File { path: path.to_owned(), file, before } })
    }

    pub(super) fn of_bytes(name: &str, bytes: &[u8]) -> Source {
        Source { name: name.to_owned(), bytes: Bytes::Memory(Arc::from(bytes)) }
    }

    pub(super) fn of_stream(name: &str, start: impl Fn() -> io::Result<Box<dyn Read>> + 'static) -> Source {
        Source { name: name.to_owned(), bytes: Bytes::Stream(Box::new(start)) }
    }

    /// Its bytes from the start.
    pub(super) fn start(&self) -> Result<Box<dyn Read + '_>, Failure> {
        Ok(match &self.bytes {
            Bytes::File { file, .. } => {
                let mut file = file;
                file.rewind().map_err(self.unread())?;
                Box::new(file)
            }
            Bytes::Memory(bytes) => Box::new(&bytes[..]),
            Bytes::Stream(start) => start().map_err(self.unread())?,
        })
    }

    /// Its bytes from any place.
    pub(super) fn seekable(&self) -> Result<Box<dyn Seekable>, Failure> {
        Ok(match &self.bytes {
            Bytes::File { file, .. } => {
                let mut file = file.try_clone().map_err(self.unread())?;
                file.rewind().map_err(self.unread())?;
                Box::new(BufReader::new(file))
            }
            Bytes::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
            Bytes::Stream(_) => {
                return Err(Failure::refused(
                    format!("{} is a workbook, which cannot be read from a stream", self.name),
                    "save it to a file first",
                ));
            }
        })
    }

    /// How long it is, where that is known.
    pub(super) fn length(&self) -> Option<u64> {
        match &self.bytes {
            Bytes::File { before, .. } => Some(before.0),
            Bytes::Memory(bytes) => Some(bytes.len() as u64),
            Bytes::Stream(_) => None,
        }
    }

    /// A refusal of a file that somebody wrote to since it was opened.
    pub(super) fn check_unchanged(&self) -> Result<(), Failure> {
        if let Bytes::File { file, before, .. } = &self.bytes {
            let now = stamp(&file.metadata().map_err(self.unread())?);
            if now != *before {
                return Err(self.changed());
            }
        }
        Ok(())
    }

    pub(super) fn changed(&self) -> Failure {
        Failure::refused(
            format!("{} changed while it was read", self.name),
            "close it in other programs, or copy it, and run this again",
        )
    }

    pub(super) fn too_large(&self, most: u64) -> Failure {
        Failure::refused(
            format!("{} is larger than {} MiB", self.name, most >> 20),
            "export the answers of one form; no form has so many",
        )
    }

    /// A closure for `map_err`.
    pub(super) fn unread(&self) -> impl FnOnce(io::Error) -> Failure {
        let path = match &self.bytes {
            Bytes::File { path, .. } => path.clone(),
            _ => PathBuf::from(&self.name),
        };
        Failure::system("read", path)
    }

    /// Its first bytes.
    pub(super) fn head(&self, most: u64) -> Result<Vec<u8>, Failure> {
        let mut head = Vec::new();
        self.start()?.take(most).read_to_end(&mut head).map_err(self.unread())?;
        Ok(head)
    }

    /// Which of some words are somewhere in it.
    pub(super) fn holds<const N: usize>(&self, words: [&[u8]; N]) -> Result<[bool; N], Failure> {
        const PIECE: usize = 256 << 10;
        let longest = words.iter().map(|word| word.len()).max().unwrap_or(0);
        let mut found = [false; N];
        let mut reader = self.start()?;
        let mut window = Vec::new();
        loop {
            let kept = window.len().min(longest);
            window.drain(..window.len() - kept);
            let count = (&mut reader).take(PIECE as u64).read_to_end(&mut window).map_err(self.unread())?;
            for (is_found, word) in found.iter_mut().zip(words) {
                *is_found = *is_found || memchr::memmem::find(&window, word).is_some();
            }
            if count == 0 {
                return Ok(found);
            }
        }
    }

    /// Refuses what people take for an export and is none.
    pub(super) fn refuse_strangers(&self) -> Result<(), Failure> {
        let again = "export the form again: Responses, then Open in Excel (.xlsx), or save it as CSV UTF-8";
        let head = self.head(512)?;
        let start: String = String::from_utf8_lossy(&head).to_lowercase();
        let start = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let is_page = ["<!doctype html", "<html", "<table"].iter().any(|tag| start.starts_with(tag));
        let (what, help) = if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            match self.holds([b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"])? {
                [true] => (
                    "is protected with a password",
                    "save a copy without one: File, Info, Protect Workbook, Encrypt",
                ),
                [false] => ("is a workbook of the old kind (.xls)", "open it and save it as .xlsx"),
            }
        } else if is_page {
            ("is a web page and not a workbook, whatever its name says", again)
        } else if start.starts_with("<?xml") {
            ("is XML and not a workbook", again)
        } else if start.starts_with("%pdf") {
            ("is a PDF file", again)
        } else {
            return Ok(());
        };
        Err(Failure::refused(format!("{} {what}", self.name), help))
    }
}
