//! Files that must stay in the office -> findings: what git tracks of `private/`, and exports of forms, person by person,
//! where they would be published.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::forms;
use crate::git::{PRIVATE, Tracked, tracked};
use crate::path::file_name;
use crate::source::{Sources, Span};
use std::path::Path;

/// How many files are named.
const NAMED: usize = 5;

/// Asks git what it keeps of the site's private folder. What is wrong is told at `span`, since none of those files is read.
pub fn tracked_files(site: &Path, span: Span, found: &mut Diagnostics) {
    match tracked(site, PRIVATE) {
        Tracked::Files(files) if files.is_empty() => {}
        Tracked::Files(files) => {
            let mut named = files[..files.len().min(NAMED)].join(", ");
            if files.len() > NAMED {
                named.push_str(&format!(" and {} more", files.len() - NAMED));
            }
            found.push(
                Diagnostic::new(Code::PrivateTracked, span, format!("git tracks what is private: {named}"))
                    .note("whoever has a copy of the repository has these files, and every earlier version of them")
                    .help(format!(
                        "take them out of git and leave them on the disk: git rm -r --cached {PRIVATE}; add a line /{PRIVATE}/ to .gitignore; and have them taken out of the history"
                    )),
            );
        }
        Tracked::Unknown if site.join(PRIVATE).is_dir() => found.push(
            Diagnostic::new(
                Code::PrivateUnchecked,
                span,
                format!("nobody could ask git whether it tracks {PRIVATE}/"),
            )
            .note("this folder is in a git repository, and git cannot be run here")
            .help(format!(
                "see that a line /{PRIVATE}/ stands in .gitignore; where git is, look: git ls-files {PRIVATE}"
            )),
        ),
        Tracked::Unknown | Tracked::NoRepository => {}
    }
}

/// Looks at every table that would be published, or lies in a theme: whether it is an export of a form, with a row for each
/// person.
pub fn exports(sources: &Sources, found: &mut Diagnostics) {
    let is_table = |path: &str| {
        let path = path.to_ascii_lowercase();
        path.ends_with(".xlsx") || path.ends_with(".csv")
    };
    for (id, file) in sources.below("content/").chain(sources.below("themes/")) {
        if !is_table(&file.path) {
            continue;
        }
        // What is no table is somebody else's finding, or none.
        let Ok(opened) = forms::open(&sources.on_disk(id)) else { continue };
        if opened.is_by_person() {
            let name = file_name(&file.path);
            found.push(
                Diagnostic::new(
                    Code::RespondentExport,
                    sources.whole(id),
                    format!("{name} has a row for each person who filled in a form"),
                )
                .note("its first columns tell who sent each answer, or when; nothing of such a file may be published")
                .help(format!("move it to {PRIVATE}/evaluations/, and let `mentorpress protect` make a release of it")),
            );
        }
    }
}
