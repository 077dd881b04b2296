//! `mentorpress schema`.

use super::report;
use crate::config::{SiteConfig, Vocabulary};
use crate::diagnostic::{Diagnostics, unreadable_files};
use crate::directory;
use crate::failure::Failure;
use crate::source::Sources;
use clap::ValueEnum;
use std::path::PathBuf;

/// Options of `schema`.
#[derive(clap::Args, Debug)]
pub(super) struct Schema {
    /// Of which files
    #[arg(value_enum)]
    what: What,
    /// The folder that holds content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// Write it to this file instead of printing it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Files that have a schema.
#[derive(Clone, Copy, ValueEnum, Debug)]
enum What {
    /// People's files
    Mentors,
}

impl Schema {
    pub(super) fn run(self) -> u8 {
        match self.make() {
            Ok(code) => code,
            Err(failure) => report::failure(&failure),
        }
    }

    /// # Errors
    /// The machine's trouble; findings in the site's own lists are printed, and exit code 1.
    fn make(&self) -> Result<u8, Failure> {
        let sources = Sources::read(&self.site)?;
        let mut found = Diagnostics::new();
        let site = SiteConfig::read(&sources, &mut found);
        let vocabulary = Vocabulary::read(&sources, &mut found);
        let Some(site) = site.filter(|_| !found.has_errors()) else {
            found.extend(unreadable_files(&sources));
            found.sort();
            return Ok(report::findings(&found, &sources));
        };
        let text = match self.what {
            What::Mentors => format!("{:#}\n", directory::schema(&site, &vocabulary)),
        };
        match &self.out {
            None => Ok(report::print(&text)),
            Some(out) => {
                std::fs::write(out, text).map_err(Failure::system("write", out))?;
                Ok(0)
            }
        }
    }
}
