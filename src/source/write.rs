//! A changed text -> the file it was read from, in the form that the file has.
//!
//! A reader sees texts with `\n` and without a byte-order mark, whatever the file has. Written back, every line that is
//! kept has the end that it had, new lines have the file's commonest, and the mark is where it was.

use super::lines::{Line, compare};
use super::read::decode;
use crate::failure::Failure;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

const MARK: char = '\u{FEFF}';

/// Writes a text in the place of the one that was read from a file, keeping the file's form.
///
/// # Errors
/// The file does not hold the text that was read any more, or the system refuses; then the file is as it was.
pub fn rewrite(path: &Path, read: &str, text: &str) -> Result<(), Failure> {
    let raw = fs::read(path).map_err(Failure::system("read", path))?;
    let changed = || {
        Failure::refused(
            format!("{} has been changed meanwhile, so it is left alone", path.display()),
            "save it in your editor, then run this again",
        )
    };
    let raw = String::from_utf8(raw).map_err(|_| changed())?;
    if decode(raw.clone().into_bytes()).as_deref() != Ok(read) {
        return Err(changed());
    }
    write_whole(path, in_form_of(&raw, text).as_bytes(), Access::AsItIs)
}

/// Reads a file as a site's own texts are read; `None` where there is none.
///
/// # Errors
/// The file is no text in UTF-8, or the system refuses.
pub fn read_text(path: &Path) -> Result<Option<String>, Failure> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::system("read", path)(error)),
    };
    decode(bytes).map(Some).map_err(|_| {
        Failure::refused(
            format!("{} is not a text in UTF-8", path.display()),
            "save it again with the encoding UTF-8",
        )
    })
}

/// Who may read a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Whoever could read the file that was there; for a new one, as the system has it.
    AsItIs,
    /// Its owner alone, where the system knows owners.
    Owner,
}

/// Writes a file beside its place and puts it there in one step.
///
/// # Errors
/// The system refuses; then the old file is as it was.
pub fn write_whole(path: &Path, bytes: &[u8], access: Access) -> Result<(), Failure> {
    let beside = beside(path);
    let result = write_beside(&beside, path, bytes, access)
        .and_then(|()| fs::rename(&beside, path).map_err(Failure::system("write", path)));
    if result.is_err() {
        drop(fs::remove_file(&beside));
    }
    result
}

/// A name that readers of a folder pass over: hidden, and of this process.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.mentorpress-{}", std::process::id()))
}

fn write_beside(beside: &Path, path: &Path, bytes: &[u8], access: Access) -> Result<(), Failure> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    if access == Access::Owner {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(beside).map_err(Failure::system("write", path))?;
    if access == Access::AsItIs
        && let Ok(meta) = fs::metadata(path)
    {
        file.set_permissions(meta.permissions()).map_err(Failure::system("write", path))?;
    }
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(Failure::system("write", path))
}

/// A text with the line ends and the byte-order mark of the raw one that it comes from.
fn in_form_of(raw: &str, text: &str) -> String {
    let (mark, body) = match raw.strip_prefix(MARK) {
        Some(body) => (true, body),
        None => (false, raw),
    };
    let windows = body.matches("\r\n").count();
    let usual = if windows * 2 > body.matches('\n').count() { "\r\n" } else { "\n" };
    let ends: Vec<&str> = body
        .split_inclusive('\n')
        .filter(|line| line.ends_with('\n'))
        .map(|line| if line.ends_with("\r\n") { "\r\n" } else { "\n" })
        .collect();
    let old = body.replace("\r\n", "\n");
    let mut out = String::with_capacity(raw.len() + 64);
    out.extend(mark.then_some(MARK));
    let mut waiting = None;
    for line in compare(&old, text) {
        let (content, end) = match line {
            Line::Kept(at, content) => (content, ends.get(at).copied().unwrap_or(usual)),
            Line::Added(content) => (content, usual),
            Line::Removed(..) => continue,
        };
        // The last line has no end: one is written before each next line.
        out.extend(waiting.replace(end));
        out.push_str(content);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_form() {
        assert_eq!(
            in_form_of("\u{FEFF}a: 1\r\nb: 2\r\n", "a: 1\nb: 3\nc: 4\n"),
            "\u{FEFF}a: 1\r\nb: 3\r\nc: 4\r\n"
        );
        assert_eq!(in_form_of("a: 1\nb: 2", "a: 1\nb: 2\nc: 3"), "a: 1\nb: 2\nc: 3");
        // Mixed ends stay where they were.
        assert_eq!(in_form_of("a\r\nb\nc\r\nd", "a\nb\nx\nd"), "a\r\nb\nx\r\nd");
        assert_eq!(in_form_of("", "a\n"), "a\n");
        assert_eq!(in_form_of("a\r\nb", "a\nb\nc"), "a\r\nb\r\nc");
    }

    #[test]
    fn a_file_is_the_old_one_or_the_new_one() {
        let folder = std::env::temp_dir().join(format!("mentorpress-write-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("a.yaml");
        write_whole(&path, b"a: 1\r\n", Access::Owner).expect("written");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        }
        rewrite(&path, "a: 1\n", "a: 1\nb: 2\n").expect("written");
        assert_eq!(fs::read(&path).expect("there"), b"a: 1\r\nb: 2\r\n");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(read_text(&path).expect("a text").as_deref(), Some("a: 1\nb: 2\n"));
        assert_eq!(read_text(&folder.join("b.yaml")).expect("no text"), None);
        assert!(rewrite(&path, "a: 1\n", "a: 3\n").is_err(), "somebody else has changed it");
        fs::write(&path, b"\xFF\xFE").expect("written");
        assert!(rewrite(&path, "a: 1\n", "a: 2\n").is_err() && read_text(&path).is_err());
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 1, "nothing is left beside it");
        fs::remove_dir_all(&folder).expect("removed");
    }
}
