//! Files <-> a ZIP archive: what a Word document, a workbook and a presentation are. The only file that knows the
//! package `zip`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Archives may inflate to so many bytes in all before the rest is left unread.
const INFLATED: u64 = 64 << 20;

/// What archives may still inflate to. Several that are read with one budget share it.
#[derive(Debug)]
pub struct Budget(u64);

impl Default for Budget {
    fn default() -> Budget {
        Budget(INFLATED)
    }
}

/// So many members are looked at.
const MEMBERS: usize = 10_000;

/// Packs files into an archive. Members stand in the order given, are compressed at a fixed level and carry the earliest
/// date that the format has, so that the same files give the same bytes.
///
/// # Errors
/// What the package says: a name twice, or too large a member.
pub fn pack(files: &[(&str, String)]) -> Result<Vec<u8>, String> {
    pack_all(files.iter().map(|(name, text)| (*name, Cow::Borrowed(text.as_bytes()))))
}

/// The same for bytes of any kind.
///
/// # Errors
/// What the package says: a name twice, or too large a member.
pub fn pack_all<'f>(files: impl Iterator<Item = (&'f str, Cow<'f, [u8]>)>) -> Result<Vec<u8>, String> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name, options).map_err(|error| error.to_string())?;
        archive.write_all(&bytes).map_err(|error| error.to_string())?;
    }
    Ok(archive.finish().map_err(|error| error.to_string())?.into_inner())
}

/// Whether some bytes begin like an archive.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Hands over name and content of an archive's members, one at a time, within a bound on what they inflate to: an archive
/// that is broken, encrypted or made to grow without end gives what comes before.
pub fn read(bytes: &[u8], budget: &mut Budget, mut take: impl FnMut(String, Vec<u8>)) {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return };
    for at in 0..archive.len().min(MEMBERS) {
        if budget.0 == 0 {
            return;
        }
        let Ok(member) = archive.by_index(at) else { continue };
        let name = member.name().map(String::from).unwrap_or_default();
        let mut content = Vec::new();
        // What was read before an error is still of use.
        drop(member.take(budget.0).read_to_end(&mut content));
        budget.0 = budget.0.saturating_sub(content.len() as u64);
        take(name, content);
    }
}

/// The names of an archive's files, each with whether it holds the bytes that are expected under that name. `None` where it
/// is no archive. What is unpacked is bounded by what is expected.
pub fn compare<'e>(
    bytes: &[u8],
    expected: impl Fn(&str) -> Option<Cow<'e, [u8]>>,
) -> Option<BTreeMap<String, bool>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut names = BTreeMap::new();
    for at in 0..archive.len() {
        let Ok(member) = archive.by_index(at) else { continue };
        if member.is_dir() {
            continue;
        }
        let name = member.name().map(String::from).unwrap_or_default();
        let is_same = expected(&name).is_some_and(|expected| {
            let mut content = Vec::new();
            let read = member.take(expected.len() as u64 + 1).read_to_end(&mut content);
            read.is_ok() && *content == *expected
        });
        names.insert(name, is_same);
    }
    Some(names)
}

/// Why an archive is not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unsound {
    /// It is cut off, damaged, or none.
    Broken,
    /// It unpacks to more than was allowed.
    TooLarge,
}

/// Unpacks all of an archive piece by piece, each of which is shown with the name of its member, and none is kept: what an
/// archive says of its sizes need not be true. An empty piece ends a member. Returns to how many bytes it unpacks.
///
/// # Errors
/// It is broken, or unpacks to more than `most` bytes.
pub fn look_through(
    file: impl Read + Seek,
    most: u64,
    mut look: impl FnMut(&str, &[u8]),
) -> Result<u64, Unsound> {
    let mut archive = ZipArchive::new(file).map_err(|_| Unsound::Broken)?;
    if archive.len() > MEMBERS {
        return Err(Unsound::TooLarge);
    }
    let mut size: u64 = 0;
    let mut piece = vec![0; 64 << 10];
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).map_err(|_| Unsound::Broken)?;
        let name = member.name().map(String::from).unwrap_or_default();
        loop {
            let count = member.read(&mut piece).map_err(|_| Unsound::Broken)?;
            size += count as u64;
            if size > most {
                return Err(Unsound::TooLarge);
            }
            look(&name, &piece[..count]);
            if count == 0 {
                break;
            }
        }
    }
    Ok(size)
}

/// Whether all that an archive holds can be unpacked, and is no more than one budget allows.
pub fn is_sound(bytes: &[u8]) -> bool {
    look_through(Cursor::new(bytes), INFLATED, |_, _| {}).is_ok()
}

/// What can be read of the members of one archive, all at once.
pub fn members(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut members = Vec::new();
    read(bytes, &mut Budget::default(), |name, content| members.push((name, content)));
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_can_be_read_again() {
        let packed =
            pack(&[("a.xml", "<a>one</a>".to_owned()), ("b/c.xml", String::new())]).expect("an archive");
        assert!(is_archive(&packed));
        assert_eq!(
            packed,
            pack(&[("a.xml", "<a>one</a>".to_owned()), ("b/c.xml", String::new())]).expect("again")
        );
        let read = members(&packed);
        assert_eq!(read, [("a.xml".to_owned(), b"<a>one</a>".to_vec()), ("b/c.xml".to_owned(), Vec::new())]);
    }

    #[test]
    fn what_grows_without_end_is_cut() {
        let huge = "0".repeat(70 << 20);
        let packed = pack(&[("huge", huge), ("after", "x".to_owned())]).expect("an archive");
        assert!(packed.len() < 1 << 20);
        let read = members(&packed);
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].1.len() as u64, INFLATED);
        assert!(!is_sound(&packed));
        let size = |bytes: &[u8]| look_through(Cursor::new(bytes), INFLATED, |_, _| {});
        assert_eq!(size(&packed), Err(Unsound::TooLarge));
        assert_eq!(size(&packed[..packed.len() / 2]), Err(Unsound::Broken));
        assert_eq!(size(b"PK\x03\x04"), Err(Unsound::Broken));
        assert_eq!(size(&pack(&[("a", "0".repeat(60 << 20))]).expect("an archive")), Ok(60 << 20));
        assert!(members(&packed[..packed.len() / 2]).len() <= 1);
        assert!(members(b"PK\x03\x04 not an archive").is_empty());
    }

    #[test]
    fn several_archives_share_a_budget() {
        let packed = pack(&[("a", "0".repeat(6)), ("b", "1".repeat(6))]).expect("an archive");
        let mut budget = Budget(20);
        let mut read_of = || {
            let mut lengths = Vec::new();
            read(&packed, &mut budget, |_, content| lengths.push(content.len()));
            lengths
        };
        assert_eq!([read_of(), read_of(), read_of()], [vec![6, 6], vec![6, 2], vec![]]);
    }
}
