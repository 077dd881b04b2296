//! A kind of scheme and a few facts -> the folder of a new site, which builds at once.
//!
//! The texts lie in `starters/` and are compiled in (`builtin`); `fill` puts the facts into them. The finished folder is judged
//! by the very pipeline that will build it, before it is there: what is told about it is what the first build will say.

mod builtin;
mod fill;
mod folder;
mod look;

pub use fill::Facts;
pub use look::{Copied, Source, copy, find};

use crate::diagnostic::Code;
use crate::failure::Failure;
use crate::pipeline::{Outcome, Request, run};
use builtin::{AIMMS, ALL, RECIPROCAL, REVERSE, STYLE, Text};
use folder::Folder;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// A kind of scheme.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Mentees choose from a list.
    Aimms,
    /// Students mentor senior staff.
    Reverse,
    /// Both mentor each other.
    Reciprocal,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 3] = [Kind::Aimms, Kind::Reverse, Kind::Reciprocal];

    /// As it is typed.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Aimms => "aimms",
            Kind::Reverse => "reverse",
            Kind::Reciprocal => "reciprocal",
        }
    }

    /// What such a scheme is, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Kind::Aimms => {
                "Mentees choose a mentor of another institution from a public list, and a committee asks the mentor."
            }
            Kind::Reverse => {
                "Students mentor senior staff; the project lead makes the pairs, and no list says who the mentors are."
            }
            Kind::Reciprocal => {
                "A junior and a senior doctor mentor each other; a mentor is listed who has agreed to be."
            }
        }
    }

    fn files(self) -> &'static [Text] {
        match self {
            Kind::Aimms => AIMMS,
            Kind::Reverse => REVERSE,
            Kind::Reciprocal => RECIPROCAL,
        }
    }
}

/// What is to be made.
#[derive(Debug)]
pub struct Order {
    /// Where: a folder that is not there yet, or is empty.
    pub folder: PathBuf,
    /// For which kind of scheme.
    pub kind: Kind,
    /// What is known already.
    pub facts: Facts,
    /// The day on which the texts are prepared.
    pub date: Date,
}

/// What was made.
#[derive(Debug)]
pub struct Begun {
    /// How many files.
    pub files: usize,
    /// How many places wait for words, by file, in the order of paths.
    pub waiting: Vec<(String, usize)>,
}

/// Makes a site: the whole of it or nothing.
///
/// # Errors
/// The folder holds something, a fact cannot be used, or the system refuses.
pub fn begin(order: &Order) -> Result<Begun, Failure> {
    let facts = order.facts.checked()?;
    let folder = Folder::of(&order.folder)?;
    let filled: Vec<(String, String)> = ALL
        .iter()
        .chain(order.kind.files())
        .map(|(path, text)| (place(path), facts.fill(text, order)))
        .collect();
    let waiting = folder.make(&filled, |stage| judge(stage, order.date))?;
    Ok(Begun { files: filled.len(), waiting })
}

/// Makes a site that shows every component, to make a theme by; tells how many files it has.
///
/// # Errors
/// The folder holds something, or the system refuses.
pub fn begin_style(folder: &Path, date: Date) -> Result<usize, Failure> {
    let (facts, kind) = (Facts::default(), Kind::Aimms);
    let order = Order { folder: folder.to_path_buf(), kind, facts, date };
    let fill = |(path, text): &Text| ((*path).to_owned(), order.facts.fill(text, &order));
    let filled: Vec<(String, String)> = STYLE.iter().map(fill).collect();
    Folder::of(folder)?.make(&filled, |stage| judge(stage, date))?;
    Ok(filled.len())
}

/// Hidden files are not hidden among ours.
fn place(path: &str) -> String {
    let is_hidden = path == "gitignore" || path.starts_with("github/");
    if is_hidden { format!(".{path}") } else { path.to_owned() }
}

/// Builds a new site without writing, and counts what waits for words.
fn judge(stage: &Path, date: Date) -> Result<Vec<(String, usize)>, Failure> {
    let request = Request::look(stage.to_path_buf(), date);
    let Outcome { found, sources, is_sound, .. } = run(&request)?;
    let waits = |code| matches!(code, Code::PlaceholderShown);
    if let Some(other) = found.iter().find(|finding| !waits(finding.code)).filter(|_| !is_sound) {
        return Err(Failure::refused(
            format!("the site could not be built: {} ({})", other.message, sources.place(other.span)),
            "write the facts otherwise, or leave them out and put them into content/site.yaml later",
        ));
    }
    let mut waiting: Vec<(String, usize)> = Vec::new();
    for finding in found.iter().filter(|finding| waits(finding.code)) {
        let path = &sources.file(finding.span.file).path;
        match waiting.last_mut() {
            Some((last, count)) if last == path => *count += 1,
            _ => waiting.push((path.clone(), 1)),
        }
    }
    Ok(waiting)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that lies in the folder and is not compiled in would be missing from every new site.
    #[test]
    fn every_file_of_the_starters_is_compiled_in() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("starters");
        let kinds = Kind::ALL.map(|kind| (kind.name(), kind.files()));
        for (name, files) in [("all", ALL), ("style", STYLE)].into_iter().chain(kinds) {
            let folder = root.join(name);
            let mut on_disk: Vec<String> = walkdir::WalkDir::new(&folder)
                .into_iter()
                .filter_map(Result::ok)
                .filter(|entry| entry.file_type().is_file())
                .map(|entry| entry.path().strip_prefix(&folder).expect("below").display().to_string())
                .collect();
            on_disk.sort();
            let compiled: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
            assert_eq!(on_disk, compiled, "{name}");
        }
    }
}
