//! `private/addresses.txt` <-> every address of the website that was ever published.
//!
//! The ids of people who withdrew stand in it: without them nobody could ask the host whether they are gone.

use super::private;
use crate::failure::Failure;
use crate::git;
use crate::source::{Access, read_text, write_whole};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const NAME: &str = "addresses.txt";
const HEAD: &str = "# Addresses of the website that were ever published, for `mentorpress check --live`. They name people who withdrew:\n# this file is never published and never in git. Take a line out when nobody can find it any more.\n";

/// What was published, from the first slash on: `/about/`. A site without the file has nothing in it.
///
/// # Errors
/// Git would take the folder in, or the system refuses.
pub fn published(site: &Path) -> Result<BTreeSet<String>, Failure> {
    let file = file(site);
    if file.exists() {
        git::refuse_private(site)?;
    }
    let text = read_text(&file)?.unwrap_or_default();
    Ok(text.lines().map(str::trim).filter(|line| line.starts_with('/')).map(str::to_owned).collect())
}

/// Adds addresses to it; returns how many there are.
///
/// # Errors
/// Git would take the folder in, or the system refuses; then the file is as it was.
pub fn remember_published(site: &Path, addresses: BTreeSet<String>) -> Result<usize, Failure> {
    private::make(site)?;
    let before = published(site)?;
    let mut all = addresses;
    all.extend(before.iter().cloned());
    if all != before {
        let lines: String = all.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        write_whole(&file(site), format!("{HEAD}{lines}").as_bytes(), Access::Owner)?;
    }
    Ok(all.len())
}

fn file(site: &Path) -> PathBuf {
    site.join(private::FOLDER).join(NAME)
}
