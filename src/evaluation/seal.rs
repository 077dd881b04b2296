//! `seal:` of a release -> whether it says what was written, and whether the releases it was made after still do.
//!
//! What was public stays public: a release is never altered or dropped, because what readers have of it they can set against
//! what comes later. `protect` seals what it writes over its values and over every release that was there. A release that was
//! written by hand has no seal; once another was made after it, that one holds it.

use super::keys;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::path::{file_name, folder};
use crate::source::{FileId, Sources, Spanned, sha256};
use crate::yaml::{self, Node};

/// The line that a seal begins with. It is the last key of a release.
const BEGINS: &str = "\nseal:";

/// The hash of what a release says: SHA-256 of its text from the first key to the seal, in 64 hexadecimal digits.
pub fn hash(text: &str) -> String {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.starts_with('#') {
            break;
        }
        start += line.len();
    }
    let body = &text[start..];
    sha256(&body[..body.rfind(BEGINS).unwrap_or(body.len())])
}

/// The lines of a seal, for a text without one: `after` are the releases that are there, by name and text.
pub fn sealed<'r>(text: &str, after: impl Iterator<Item = (&'r str, &'r str)>) -> String {
    let mut lines = format!("{text}{BEGINS}\n  values: {}\n", hash(text));
    let mut is_first = true;
    for (name, other) in after {
        if std::mem::take(&mut is_first) {
            lines.push_str("  after:\n");
        }
        lines.push_str(&format!("    \"{name}\": {}\n", hash(other)));
    }
    lines
}

/// A seal as typed.
pub(super) struct Seal {
    values: Spanned<String>,
    after: Vec<(Spanned<String>, Spanned<String>)>,
}

/// Reads the map.
pub(super) fn read(node: &Node, found: &mut Diagnostics) -> Option<Seal> {
    let fields = keys::SEAL.read(node, found)?;
    let values = fields.need("values", found).and_then(|node| yaml::text(node, found));
    let mut after = Vec::new();
    if let Some(node) = fields.get("after") {
        for entry in yaml::pairs(node, "after", found).unwrap_or_default() {
            if let Some(hash) = yaml::text(&entry.value, found) {
                after.push((entry.key.clone(), hash));
            }
        }
    }
    Some(Seal { values: values?, after })
}

/// Holds a release against its seal.
pub(super) fn check(sources: &Sources, file: FileId, seal: &Seal, found: &mut Diagnostics) {
    let release = sources.file(file);
    if hash(&release.text) != seal.values.value {
        found.push(
            Diagnostic::new(
                Code::ReleaseAltered,
                seal.values.span,
                format!("{} is not what `mentorpress protect` wrote", file_name(&release.path)),
            )
            .note("what is public stays public: readers may have the release as it was")
            .help("bring the file back as it was; what is wrong in it is corrected by a release of its own: mentorpress protect --correct \"what was wrong\""),
        );
    }
    let folder = folder(&release.path);
    for (name, hash_then) in &seal.after {
        let path = format!("{folder}/{}.yaml", name.value);
        let message = match sources.find(&path) {
            None => format!("the release `{}` was there when this one was made, and is gone", name.value),
            Some((_, other)) if hash(&other.text) != hash_then.value => {
                format!("the release `{}` says something else than when this one was made", name.value)
            }
            Some(_) => continue,
        };
        found.push(
            Diagnostic::new(Code::ReleaseAltered, name.span, message)
                .note("what both say together was looked at when this one was made; readers may have the other as it was")
                .help(format!("bring {}.yaml back as it was", name.value)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{hash, sealed};

    #[test]
    fn a_seal_is_of_what_a_release_says() {
        let text = "# made\n# so\nedition: \"2026\"\nanswers: {}\n";
        let whole = sealed(text, [("2025", "edition: \"2025\"\n")].into_iter());
        assert!(whole.starts_with(text) && whole.contains("\n  after:\n    \"2025\": "), "{whole}");
        assert_eq!(hash(&whole), hash(text));
        assert_eq!(hash(&whole.replace("# so", "# otherwise")), hash(text), "comments say nothing");
        assert_ne!(hash(&whole.replace("2026", "2027")), hash(text));
        assert_eq!(hash("").len(), 64);
    }
}
