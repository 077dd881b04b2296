//! `mentorpress mentors import`.

use super::{Place, complain, complain_of, print};
use crate::committee;
use crate::failure::Failure;
use std::path::PathBuf;

/// Options of `mentors import`.
#[derive(clap::Args, Debug)]
pub(super) struct Import {
    /// The file that the form was exported to (.xlsx or .csv)
    #[arg(value_name = "EXPORT")]
    export: PathBuf,
    #[command(flatten)]
    place: Place,
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
}

impl Import {
    pub(super) fn run(self) -> Result<u8, Failure> {
        if self.init {
            return self.draft();
        }
        let done = committee::import(&committee::Import {
            date: self.place.date(),
            site: self.place.site,
            export: self.export,
            write: self.write,
            keep: self.keep,
            take: self.take,
        })?;
        complain_of(&done.found, &done.sources);
        if done.found.has_errors() {
            complain("Nothing was imported because of the findings above.\n");
        }
        print(&done.text);
        Ok(u8::from(!done.is_complete))
    }

    fn draft(&self) -> Result<u8, Failure> {
        let draft = committee::draft(&self.place.site, &self.export)?;
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
        Ok(print(&text))
    }
}
