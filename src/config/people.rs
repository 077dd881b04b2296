//! `directory.mentors` of `site.yaml` -> the folder of people's files, where nothing of them is published as it is.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Sources, Spanned};
use crate::yaml::{self, Kind, Node};
use std::ops::Range;

/// Folders of a site whose files are no secret: copied to the website as they are, or the website and its theme.
pub const OPEN_FOLDERS: [&str; 4] = ["content/files", "content/root", "themes", "public"];

/// The folder as paths of files begin with it: `./people/` is `people`.
pub(super) fn folder(node: &Node, found: &mut Diagnostics) -> Option<Spanned<String>> {
    let typed = yaml::text(node, found)?;
    let path = plain(&typed.value);
    if let Some(open) = overlapping(&path) {
        let message = if is_below(&path.to_lowercase(), open) {
            format!("what lies in {open} is open to everybody, and so would be people's files and photos")
        } else {
            format!("`{}` holds {open}, and is no folder of people's files alone", typed.value)
        };
        found.push(Diagnostic::new(Code::UnknownValue, typed.span, message).help(
            "take the line out and keep people's files in content/mentors, or name a folder that holds nothing else: ../scheme-private/mentors",
        ));
        return None;
    }
    Some(Spanned::new(path, typed.span))
}

/// Where people's files lie, as far as `site.yaml` tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Whereabouts {
    /// In the usual folder: it can be read and names no other.
    Usual,
    /// In this one, which it names, although perhaps not all of it can be read.
    Named(Spanned<String>),
    /// Nobody can tell.
    Unknown,
}

impl Whereabouts {
    /// Looks in `site.yaml`; where it is no YAML, in the lines below its `directory:`. What is wrong with it is the build's to
    /// say.
    pub fn read(sources: &Sources) -> Whereabouts {
        let found = &mut Diagnostics::new();
        let site = sources.find("content/site.yaml").filter(|(_, source)| source.unreadable.is_none());
        let Some((file, source)) = site else { return Whereabouts::Unknown };
        let (node, is_whole) = match yaml::parse(sources, file, 0..source.text.len(), found) {
            Some(node) => (Some(node), true),
            None => (block(&source.text).and_then(|range| yaml::parse(sources, file, range, found)), false),
        };
        let Some(node) = node else { return Whereabouts::Unknown };
        match value(&node, "directory").and_then(|directory| value(directory, "mentors")) {
            Some(mentors) => folder(mentors, found).map_or(Whereabouts::Unknown, Whereabouts::Named),
            // Another place for the key is a slip, and tells that there is another folder.
            None if is_whole && !has_key(&node, "mentors") => Whereabouts::Usual,
            None => Whereabouts::Unknown,
        }
    }
}

/// The lines of `directory:` and those below it.
fn block(text: &str) -> Option<Range<usize>> {
    let mut start = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        match start {
            None if line.starts_with("directory:") => start = Some(at),
            Some(start) if !line.trim().is_empty() && !line.starts_with([' ', '\t', '#']) => {
                return Some(start..at);
            }
            _ => {}
        }
        at += line.len();
    }
    start.map(|start| start..at)
}

fn value<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.kind {
        Kind::Map(entries) => entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value),
        _ => None,
    }
}

/// Whether a key stands anywhere.
fn has_key(node: &Node, key: &str) -> bool {
    match &node.kind {
        Kind::Map(entries) => {
            entries.iter().any(|entry| entry.key.value == key || has_key(&entry.value, key))
        }
        Kind::List(items) => items.iter().any(|item| has_key(item, key)),
        _ => false,
    }
}

/// A path without `.` and, as far as can be told without the disk, without `..`.
fn plain(typed: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in typed.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." && parts.last().is_some_and(|last| *last != "..") {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    let root = if typed.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// The open folder that a path is, lies in or holds. Some systems do not tell capitals apart.
fn overlapping(path: &str) -> Option<&'static str> {
    let path = path.to_lowercase();
    // The site's own folder, and those above it.
    let holds_all =
        path == "/" || path.split('/').all(|part| part.is_empty() || part == "..") && !path.starts_with('/');
    OPEN_FOLDERS.into_iter().find(|open| holds_all || is_below(&path, open) || is_below(open, &path))
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_folders_are_told_however_they_are_written() {
        for path in [
            "content/files",
            "content/files/people",
            "./content//root/",
            "people/../content/files/x",
            "content",
            "Content/Files",
            "themes/mine",
            "public",
            ".",
            "",
            "..",
            "../..",
            "/",
        ] {
            assert!(overlapping(&plain(path)).is_some(), "{path}");
        }
        for path in [
            "content/mentors",
            "content/filesystem",
            "people",
            "../people",
            "../content/files",
            "/srv/people",
            "publicity",
        ] {
            assert_eq!(overlapping(&plain(path)), None, "{path}");
        }
        assert_eq!(plain("./people/./a/../b/"), "people/b");
        assert_eq!(plain("/srv//people"), "/srv/people");
    }
}
