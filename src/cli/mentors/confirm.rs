//! `mentorpress mentors confirm`.

use super::{Place, complain, complain_of, complain_of_doubt, print, read_date};
use crate::committee::{Confirmed, Scheme, confirm};
use crate::failure::Failure;
use jiff::civil::Date;

/// Options of `confirm`.
#[derive(clap::Args, Debug)]
pub(super) struct Confirm {
    /// Whose profiles are still right
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Due for review on this day, instead of a year from today
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    until: Option<Date>,
    #[command(flatten)]
    place: Place,
}

impl Confirm {
    pub(super) fn run(mut self) -> Result<u8, Failure> {
        let mut scheme = Scheme::read(&self.place.site, self.place.date())?;
        complain_of_doubt(&scheme);
        // An id typed twice is confirmed once.
        let mut seen = std::collections::BTreeSet::new();
        self.ids.retain(|id| seen.insert(id.clone()));
        let done = confirm(&mut scheme, &self.ids, self.until)?;
        if !done.changes.are_allowed() {
            for refused in done.changes.records.iter().filter(|change| change.found.has_errors()) {
                complain_of(&refused.found, &scheme.sources);
            }
            complain("Nothing was written.\n");
            return Ok(1);
        }
        done.changes.write(&scheme)?;
        let mut text = String::new();
        for (Confirmed { id, from, to }, change) in done.people.iter().zip(&done.changes.records) {
            text.push_str(&match from {
                _ if !change.is_something => format!("{id}: due for review on {to}, as before\n"),
                Some(from) => format!("{id}: due for review on {to}, no longer on {from}\n"),
                None => format!("{id}: due for review on {to}\n"),
            });
        }
        if done.changes.are_something() {
            text.push_str("Written. The website knows after the next build: mentorpress build\n");
        }
        Ok(print(&text))
    }
}
