//! `--to DIR` -> a folder from which nothing of hers gets out: not by the next build, not by git.

use super::Export;
use crate::committee::scheme::Scheme;
use crate::directory;
use crate::failure::Failure;
use crate::git;
use std::path::{Component, Path, PathBuf};

/// Refuses a folder that a build reads or writes, and one that git would take.
pub(super) fn refuse_open(scheme: &Scheme, order: &Export, folder: &Path) -> Result<(), Failure> {
    let (there, missing) = resolved(folder);
    let whole = there.join(&missing);
    let people = scheme.root.join(directory::folder(&scheme.site));
    let read = [scheme.root.join("content"), scheme.root.join("themes"), order.out.clone(), people];
    let place = |path: &Path| {
        let (there, missing) = resolved(path);
        there.join(missing)
    };
    if let Some(open) = read.iter().find(|open| whole.starts_with(place(open))) {
        return Err(Failure::refused(
            format!("{} lies in {}, from where a build would publish it", folder.display(), open.display()),
            "leave --to out, which puts it into private/, or name a folder outside the site",
        ));
    }
    match git::would_take(&there, &missing.to_string_lossy()) {
        None => Ok(()),
        Some(_) => Err(Failure::refused(
            format!("git would keep {} in its history", folder.display()),
            "leave --to out, which puts it into private/, or name a folder outside the repository",
        )),
    }
}

/// A path in two parts: what is there, without links, and what is not there yet.
fn resolved(path: &Path) -> (PathBuf, PathBuf) {
    let mut whole = std::env::current_dir().unwrap_or_default();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                // Above a link is where the link leads to.
                whole = whole.canonicalize().unwrap_or(whole);
                whole.pop();
            }
            Component::CurDir => {}
            part => whole.push(part),
        }
    }
    for there in whole.ancestors() {
        if let Ok(found) = there.canonicalize() {
            return (found, whole.strip_prefix(there).unwrap_or(Path::new("")).to_path_buf());
        }
    }
    (whole, PathBuf::new())
}
