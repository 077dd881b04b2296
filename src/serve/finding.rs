//! A finding of a build -> what a page is told of it.

use serde::Serialize;

/// How many are handed to a page: nobody mends more in one turn, and the terminal has them all.
const MOST: usize = 100;

/// A finding, as a page shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
pub struct Finding {
    /// Whether it keeps the site from being built.
    pub is_error: bool,
    /// What kind it is; empty for trouble of the machine's.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// `content/mentors/amara.yaml:14:11`; empty where it concerns no file.
    pub place: String,
    /// The reason.
    pub note: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

/// What pages are told of a build: whether it failed, and what was found.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Debug)]
pub(super) struct Told {
    /// The site that is shown is an earlier one.
    pub(super) failed: bool,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// Errors first.
    pub(super) findings: Vec<Finding>,
}

impl Told {
    pub(super) fn of(failed: bool, mut findings: Vec<Finding>) -> Told {
        let errors = findings.iter().filter(|finding| finding.is_error).count();
        let warnings = findings.len() - errors;
        findings.sort_by_key(|finding| !finding.is_error);
        findings.truncate(MOST);
        Told { failed, errors, warnings, findings }
    }

    /// How many are not among those told.
    pub(super) fn more(&self) -> usize {
        self.errors + self.warnings - self.findings.len()
    }
}
