//! Folders on disk -> [`Sources`].

use super::{MAX_TEXT, SourceFile, Sources, Unreadable};
use crate::failure::Failure;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Folders of a site that are read, and those in them whose files are copied as they are.
const READ: [&str; 2] = ["content", "themes"];
const COPIED: [&str; 3] = ["content/files/", "content/root/", "content/mentors/photos/"];
/// What is read as text; any other file is listed by its path alone. One that ends in `.yml` is a finding, and what it was
/// meant to be matters all the same: it may correct figures.
const TEXT: [&str; 8] = [".md", ".yaml", ".yml", ".html", ".css", ".js", ".svg", ".bib"];

impl Sources {
    /// Reads a site folder.
    ///
    /// # Errors
    /// The folder has no `content/`, or the system refuses to read a file in it.
    pub fn read(root: &Path) -> Result<Sources, Failure> {
        if !root.join("content").is_dir() {
            return Err(Failure::refused(
                format!("there is no content/ folder in {}", root.display()),
                "run mentorpress in the folder of a site, or name it: --site DIR",
            ));
        }
        let mut paths = Vec::new();
        for folder in READ {
            let folder = root.join(folder);
            if folder.is_dir() {
                list(&folder, root, &mut paths)?;
            }
        }
        paths.sort_by(|(a, _), (b, _)| a.cmp(b));
        let files = read_all(paths)?;
        Ok(Sources { root: root.to_path_buf(), files })
    }

    /// Whether a folder and one of the site's are the same, or one holds the other, by whatever way they were named.
    pub fn overlaps(&self, typed: &str, own: &str) -> bool {
        let place = |path: &str| self.root.join(path).canonicalize().ok();
        let (Some(typed), Some(own)) = (place(typed), place(own)) else { return false };
        typed.starts_with(&own) || own.starts_with(&typed)
    }

    /// Adds the files of a folder outside the site (`directory.mentors`); their paths keep what was typed.
    ///
    /// # Errors
    /// The folder is missing or the system refuses to read a file in it.
    pub fn read_folder(&mut self, typed: &str) -> Result<(), Failure> {
        let folder = self.root.join(typed);
        if !folder.is_dir() {
            return Err(Failure::refused(
                format!("the folder {} of directory.mentors is not there", folder.display()),
                "correct `mentors:` under `directory:` in content/site.yaml",
            ));
        }
        let mut paths = Vec::new();
        list(&folder, &self.root, &mut paths)?;
        paths.sort_by(|(a, _), (b, _)| a.cmp(b));
        self.files.extend(read_all(paths)?);
        Ok(())
    }
}

fn list(folder: &Path, root: &Path, into: &mut Vec<(String, PathBuf)>) -> Result<(), Failure> {
    // Hidden files are the tools' (.git, .DS_Store), except that hosts look for /.well-known/.
    let wanted = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !name.starts_with('.') || entry.path().starts_with(root.join("content/root"))
    };
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_entry(wanted) {
        let entry = entry.map_err(|error| Failure::System {
            doing: "read",
            path: error.path().unwrap_or(folder).to_path_buf(),
            reason: error.into(),
        })?;
        if entry.file_type().is_dir() {
            continue;
        }
        let inside = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let Some(path) = inside.to_str() else {
            return Err(Failure::refused(
                format!("the name of {} is not UTF-8", entry.path().display()),
                "rename the file with plain letters",
            ));
        };
        into.push((path.replace(std::path::MAIN_SEPARATOR, "/"), entry.into_path()));
    }
    Ok(())
}

fn read_all(paths: Vec<(String, PathBuf)>) -> Result<Vec<SourceFile>, Failure> {
    paths.into_par_iter().map(|(path, place)| read_one(path, &place)).collect()
}

fn read_one(path: String, place: &Path) -> Result<SourceFile, Failure> {
    let absent = |path, unreadable| Ok(SourceFile { path, text: String::new(), unreadable });
    let meta = place.symlink_metadata().map_err(Failure::system("read", place))?;
    if meta.is_symlink() {
        return absent(path, Some(Unreadable::Link));
    }
    let is_text = TEXT.iter().any(|ending| path.ends_with(ending));
    if !is_text || COPIED.iter().any(|folder| path.starts_with(folder)) {
        return absent(path, None);
    }
    if meta.len() > MAX_TEXT {
        return absent(path, Some(Unreadable::TooLarge(meta.len())));
    }
    let bytes = std::fs::read(place).map_err(Failure::system("read", place))?;
    match decode(bytes) {
        Ok(text) => Ok(SourceFile { path, text, unreadable: None }),
        Err(why) => absent(path, Some(why)),
    }
}

/// Bytes -> text: UTF-8, without byte-order mark, lines ended by `\n`.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, Unreadable> {
    if bytes.starts_with(&[0xFF, 0xFE])
        || bytes.starts_with(&[0xFE, 0xFF])
        || bytes.iter().take(64).any(|b| *b == 0)
    {
        return Err(Unreadable::Utf16);
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let sound = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        Unreadable::NotUtf8(sound.iter().filter(|byte| **byte == b'\n').count() + 1)
    })?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    Ok(if text.contains('\r') { text.replace("\r\n", "\n") } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_marks_do_not_matter() {
        assert_eq!(decode(b"\xEF\xBB\xBFa: 1\r\nb: 2\r\n".to_vec()), Ok("a: 1\nb: 2\n".to_owned()));
        assert_eq!(decode(b"\xFF\xFEa\0".to_vec()), Err(Unreadable::Utf16));
        assert_eq!(decode(b"ab\xE9".to_vec()), Err(Unreadable::NotUtf8(1)));
    }
}
