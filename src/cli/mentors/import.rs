//! `mentorpress mentors import`.

use crate::cli::{read_date, report, today};
use crate::committee::{self, Done};
use crate::diagnostic::human;
use crate::failure::Failure;
use jiff::civil::Date;
use std::path::PathBuf;

/// Options of `mentors import`.
#[derive(clap::Args, Debug)]
pub(super) struct Import {
    /// The file that the form was exported to (.xlsx or .csv)
    #[arg(value_name = "EXPORT")]
    export: PathBuf,
    /// The folder that holds content/ and private/
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// Write a first private/registration.yaml from the export, to be looked through
    #[arg(long, conflicts_with_all = ["write", "keep", "take"])]
    init: bool,
    /// Write what is shown
    #[arg(long)]
    write: bool,
    /// Where form and record have both changed, the record is right (amara.post)
    #[arg(long, value_name = "ID.FIELD")]
    keep: Vec<String>,
    /// Where form and record have both changed, the form is right (amara.post)
    #[arg(long, value_name = "ID.FIELD")]
    take: Vec<String>,
    /// The day it is (YYYY-MM-DD), instead of today in UTC
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    date: Option<Date>,
}

impl Import {
    pub(super) fn run(self) -> u8 {
        if self.init {
            return self.draft();
        }
        let wanted = committee::Import {
            site: self.site,
            export: self.export,
            date: self.date.unwrap_or_else(today),
            write: self.write,
            keep: self.keep,
            take: self.take,
        };
        match committee::import(&wanted) {
            Ok(done) => told(&done),
            Err(failure) => refused(&failure),
        }
    }

    fn draft(&self) -> u8 {
        match committee::draft(&self.site, &self.export) {
            Ok(draft) => {
                let mut text = format!("A draft is in {}. Look through it", draft.path.display());
                if !draft.missing.is_empty() {
                    text.push_str(&format!(
                        "; no question was found for {}, which every profile needs",
                        draft.missing.join(", ")
                    ));
                }
                text.push_str(&format!(
                    ". Then see what an import would do: mentorpress mentors import {}\n",
                    self.export.display()
                ));
                report::print(&text)
            }
            Err(failure) => refused(&failure),
        }
    }
}

fn told(done: &Done) -> u8 {
    report::complain(&human(&done.found, &done.sources, report::in_colour()));
    if done.found.has_errors() {
        report::complain("Nothing was imported because of the findings above.\n");
    }
    report::print(&done.text);
    u8::from(!done.is_complete)
}

fn refused(failure: &Failure) -> u8 {
    report::complain(&format!("error: {failure}\n"));
    2
}
