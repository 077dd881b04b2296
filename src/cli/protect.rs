//! `mentorpress protect`: exports of forms -> a release.

use super::report::{complain, failure, print};
use super::{read_date, today};
use crate::diagnostic::{Class, human};
use crate::protect::{self, Protected, Trouble};
use jiff::civil::Date;
use std::io::{IsTerminal, stderr};
use std::path::PathBuf;

/// Options of `protect`.
#[derive(clap::Args, Debug)]
#[command(after_help = AFTER)]
pub(super) struct Protect {
    /// The folder that holds content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// The survey, where the site has several
    #[arg(long, value_name = "ID")]
    survey: Option<String>,
    /// The edition, where several have no release
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
    /// The folder of the exports, instead of private/evaluations/SURVEY/
    #[arg(long, value_name = "DIR")]
    forms: Option<PathBuf>,
    /// Correct a release that is there: what was wrong with it, as readers are told
    #[arg(long, value_name = "REASON")]
    correct: Option<String>,
    /// Write a workbook in which people give free texts their themes, and no release
    #[arg(long, conflicts_with = "correct")]
    coding: bool,
    /// Show what would be public, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Take this day (YYYY-MM-DD) for today
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    date: Option<Date>,
}

const AFTER: &str = "What is printed is what will be public, and numbers of rows. Exports stay in private/, which is \
never published and must not be in git.";

impl Protect {
    pub(super) fn run(self) -> u8 {
        let wanted = protect::Protect {
            site: self.site,
            survey: self.survey,
            edition: self.edition,
            forms: self.forms,
            date: self.date.unwrap_or_else(today),
            correct: self.correct,
            coding: self.coding,
            dry_run: self.dry_run,
        };
        match protect::protect(&wanted) {
            Ok(done) => told(&done),
            Err(error) => failure(&error),
        }
    }
}

fn told(done: &Protected) -> u8 {
    let colour = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    complain(&human(&done.found, &done.sources, colour));
    for trouble in &done.troubles {
        complain(&of_trouble(trouble));
    }
    if !done.troubles.is_empty() {
        let many = done.troubles.len();
        let findings = if many == 1 { "one finding".to_owned() } else { format!("{many} findings") };
        complain(&format!("No release was made: {findings} in the exports. No answer was printed.\n"));
        return 1;
    }
    print(&done.text);
    if !done.found.has_errors() {
        return 0;
    }
    complain("No release was written because of the findings above.\n");
    let is_breach = done.found.errors().any(|finding| finding.code.class() == Class::Policy);
    if is_breach { 3 } else { 1 }
}

fn of_trouble(trouble: &Trouble) -> String {
    format!("error: {}\n  --> {}\n  help: {}\n\n", trouble.what, trouble.place(), trouble.help)
}
