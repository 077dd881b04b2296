//! Folders on disk -> [`Sources`].

use super::{FileId, MAX_TEXT, SourceFile, Sources, Stamp, Unreadable, Version, offset};
use crate::failure::Failure;
use crate::path::file_name;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
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
        Sources::read_over(root, HashMap::new(), true)
    }

    /// Reads the site folder again: of what the system says has not been written since, the text is kept. With `by_stamps`
    /// it is believed; without, every text is read. A text that reads the same keeps its version.
    ///
    /// # Errors
    /// As [`Sources::read`].
    pub fn read_again(self, by_stamps: bool) -> Result<Sources, Failure> {
        let before = self.files.into_iter().map(|file| (file.path.clone(), file)).collect();
        Sources::read_over(&self.root, before, by_stamps)
    }

    /// Reads some files again that are known already, and tells which have another text now. `None` where that is not all that
    /// has happened: a file is new, gone, or none. Files that no site reads are of no account.
    ///
    /// # Errors
    /// The system refuses to read a file.
    pub fn read_these_again(&mut self, places: &BTreeSet<PathBuf>) -> Result<Option<Vec<FileId>>, Failure> {
        let mut changed = Vec::new();
        for place in places {
            let inside = place.strip_prefix(&self.root).unwrap_or(place);
            let Some(path) = inside.to_str() else { return Ok(None) };
            let path = path.replace(std::path::MAIN_SEPARATOR, "/");
            let known = self.files.iter().position(|file| file.path == path && file.stamp.is_some());
            let is_there = place.symlink_metadata().is_ok();
            let Some(at) = known else {
                if is_there && !file_name(&path).starts_with('.') {
                    return Ok(None);
                }
                continue;
            };
            if !is_there {
                return Ok(None);
            }
            let before = SourceFile { stamp: None, ..self.files[at].clone() };
            let version = before.version;
            let read = read_one(path, place, Some(before))?;
            if read.version != version {
                changed.push(FileId(offset(at)));
            }
            self.files[at] = read;
        }
        Ok(Some(changed))
    }

    fn read_over(
        root: &Path,
        mut before: HashMap<String, SourceFile>,
        by_stamps: bool,
    ) -> Result<Sources, Failure> {
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
        if !by_stamps {
            before.values_mut().for_each(|file| file.stamp = None);
        }
        let files = read_all(paths, &mut before)?;
        Ok(Sources { root: root.to_path_buf(), files, before, folders: Vec::new() })
    }

    /// Whether a folder and one of the site's are the same, or one holds the other, by whatever way they were named.
    pub fn overlaps(&self, typed: &str, own: &str) -> bool {
        let place = |path: &str| self.root.join(path).canonicalize().ok();
        let (Some(typed), Some(own)) = (place(typed), place(own)) else { return false };
        typed.starts_with(&own) || own.starts_with(&typed)
    }

    /// Adds the files of a folder outside the site (`directory.mentors`), once; their paths keep what was typed.
    ///
    /// # Errors
    /// The folder is missing or the system refuses to read a file in it.
    pub fn read_folder(&mut self, typed: &str) -> Result<(), Failure> {
        if self.folders.iter().any(|folder| folder == typed) {
            return Ok(());
        }
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
        self.files.extend(read_all(paths, &mut self.before)?);
        self.folders.push(typed.to_owned());
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

fn read_all(
    paths: Vec<(String, PathBuf)>,
    before: &mut HashMap<String, SourceFile>,
) -> Result<Vec<SourceFile>, Failure> {
    let paths: Vec<(String, PathBuf, Option<SourceFile>)> = paths
        .into_iter()
        .map(|(path, place)| {
            let known = before.remove(&path);
            (path, place, known)
        })
        .collect();
    let read =
        paths.into_par_iter().filter_map(|(path, place, before)| match read_one(path, &place, before) {
            // Gone since it was listed: programs that save make files that live for a moment.
            Err(Failure::System { reason, .. }) if reason.kind() == std::io::ErrorKind::NotFound => None,
            other => Some(other),
        });
    read.collect()
}

fn read_one(path: String, place: &Path, before: Option<SourceFile>) -> Result<SourceFile, Failure> {
    let meta = place.symlink_metadata().map_err(Failure::system("read", place))?;
    let stamp = Stamp::of(&meta);
    let is_text = !meta.is_symlink()
        && TEXT.iter().any(|ending| path.ends_with(ending))
        && !COPIED.iter().any(|folder| path.starts_with(folder));
    let before = match before {
        // A file that is copied as it is may be large: what the system says of it is all that is asked.
        Some(before)
            if before.stamp.is_some_and(|known| known.seems(&stamp) && (known.is_settled() || !is_text)) =>
        {
            return Ok(before);
        }
        other => other,
    };
    let (text, unreadable) = if meta.is_symlink() {
        (String::new(), Some(Unreadable::Link))
    } else if !is_text {
        (String::new(), None)
    } else if meta.len() > MAX_TEXT {
        (String::new(), Some(Unreadable::TooLarge(meta.len())))
    } else {
        match decode(std::fs::read(place).map_err(Failure::system("read", place))?) {
            Ok(text) => (text, None),
            Err(why) => (String::new(), Some(why)),
        }
    };
    let is_same = |before: &SourceFile| is_text && before.text == text && before.unreadable == unreadable;
    let version = before.filter(is_same).map_or_else(Version::new, |before| before.version);
    Ok(SourceFile { path, text, unreadable, stamp: Some(stamp), version })
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
    fn a_text_that_reads_the_same_keeps_its_version() {
        let root = std::env::temp_dir().join(format!("mentorpress-read-again-{}", std::process::id()));
        let write = |path: &str, text: &str| {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
            std::fs::write(path, text).expect("a file");
        };
        write("content/a.md", "a");
        write("content/b.md", "b");
        write("content/files/c.pdf", "c");
        let first = Sources::read(&root).expect("sources");
        let before = first.versions();
        write("content/a.md", "a");
        let same = first.read_again(true).expect("sources");
        assert_eq!(same.versions(), before, "written, and nothing changed");
        // Of the same length, and in the same moment as far as some disks can tell.
        write("content/a.md", "x");
        let changed = same.read_again(true).expect("sources");
        let differ = |a: &[(String, Version)], b: &[(String, Version)]| {
            a.iter().zip(b).filter(|(a, b)| a != b).map(|(a, _)| a.0.clone()).collect::<Vec<_>>()
        };
        assert_eq!(differ(&changed.versions(), &before), ["content/a.md"]);
        assert_eq!(changed.find("content/a.md").map(|(_, file)| file.text.as_str()), Some("x"));
        let before = changed.versions();
        write("content/files/c.pdf", "cc");
        std::fs::remove_file(root.join("content/b.md")).expect("removed");
        write("content/d.md", "d");
        let changed = changed.read_again(false).expect("sources");
        std::fs::remove_dir_all(&root).expect("removed");
        let paths: Vec<&str> = changed.iter().map(|(_, file)| file.path.as_str()).collect();
        assert_eq!(paths, ["content/a.md", "content/d.md", "content/files/c.pdf"]);
        let kept: Vec<_> = changed.versions().into_iter().filter(|it| before.contains(it)).collect();
        assert_eq!(kept.len(), 1, "{kept:?}");
    }

    #[test]
    fn line_ends_and_marks_do_not_matter() {
        assert_eq!(decode(b"\xEF\xBB\xBFa: 1\r\nb: 2\r\n".to_vec()), Ok("a: 1\nb: 2\n".to_owned()));
        assert_eq!(decode(b"\xFF\xFEa\0".to_vec()), Err(Unreadable::Utf16));
        assert_eq!(decode(b"ab\xE9".to_vec()), Err(Unreadable::NotUtf8(1)));
    }
}
