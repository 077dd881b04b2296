//! The machine's trouble: what an author cannot mend by editing a file of the site.
//!
//! A [`Failure`] ends the run with exit code 2. Trouble in the author's files is a
//! [`Diagnostic`](crate::diagnostic::Diagnostic) instead, and is collected.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why the program had to stop, in words for whoever runs it.
#[derive(Debug)]
pub enum Failure {
    /// The system refused to read, write or rename something.
    System {
        /// What was being done, as a verb: "read", "write", "exchange".
        doing: &'static str,
        /// The file or folder it was done to.
        path: PathBuf,
        /// The system's own reason.
        reason: std::io::Error,
    },
    /// The command line or the surroundings do not allow what was asked for.
    Refused {
        /// What was refused and why.
        what: String,
        /// The way out.
        help: String,
    },
}

impl Failure {
    /// A closure for `map_err` that says what was being done to which path.
    pub fn system(doing: &'static str, path: impl AsRef<Path>) -> impl FnOnce(std::io::Error) -> Failure {
        let path = path.as_ref().to_path_buf();
        move |reason| Failure::System { doing, path, reason }
    }

    /// A refusal with its way out.
    pub fn refused(what: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure::Refused { what: what.into(), help: help.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::System { doing, path, reason } => {
                write!(f, "cannot {doing} {}: {reason}", path.display())
            }
            Failure::Refused { what, help } => write!(f, "{what}\n  help: {help}"),
        }
    }
}

impl std::error::Error for Failure {}
