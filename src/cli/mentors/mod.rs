//! `mentorpress mentors`: the committee's commands on people's files.

mod confirm;
mod export;
mod import;
mod list;
mod set;
mod withdraw;

use super::report::{complain, print};
use super::{read_date, today};
use crate::committee::Change;
use crate::diagnostic::{Diagnostics, human};
use crate::source::Sources;
use jiff::civil::Date;
use std::io::{IsTerminal, stderr};
use std::path::PathBuf;

/// Commands on people's files.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Mentors {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "Examples:
  mentorpress mentors list --due 2027-01-31           who must be asked whether her profile is still right
  mentorpress mentors set amara taken=2               amara has taken a second mentee
  mentorpress mentors set amara taken=3 capacity=3    she is full
  mentorpress mentors set amara status=paused until=2027-02-01     she takes a break; leave out until= for an open end
  mentorpress mentors set amara status=listed         she is back
  mentorpress mentors confirm amara bina              their profiles are right for another year
  mentorpress mentors withdraw amara                  she wants to be taken out: now, whatever else is unfinished
  mentorpress mentors export amara                    she asks what is held about her
  mentorpress mentors import registrations.xlsx       what registrations would change; add --write to write it

An id is the name of a person's file without .yaml. Only withdraw builds the website; after the others run
mentorpress build.";

#[derive(clap::Subcommand, Debug)]
enum Command {
    /// Show who is who: state, places, review date
    List(list::List),
    /// Change places, status or words of one record (pause her, list her, mark her full)
    Set(set::Set),
    /// Note that profiles are still right: the review date moves a year ahead
    Confirm(confirm::Confirm),
    /// Take somebody out: record, photo and address go, the website is built without her, and you are told what remains
    Withdraw(withdraw::Withdraw),
    /// Gather what is held about somebody, for her who asks
    Export(export::Export),
    /// Take registrations from the export of a form: shows what would change, and writes only with --write
    Import(import::Import),
}

/// Options that all of them have.
#[derive(clap::Args, Debug)]
struct Place {
    /// The folder that holds content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// Take this day (YYYY-MM-DD) for today
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    date: Option<Date>,
}

impl Place {
    fn date(&self) -> Date {
        self.date.unwrap_or_else(today)
    }
}

impl Mentors {
    pub(super) fn run(self) -> u8 {
        let done = match self.command {
            Command::List(list) => list.run(),
            Command::Set(set) => set.run(),
            Command::Confirm(confirm) => confirm.run(),
            Command::Withdraw(withdraw) => withdraw.run(),
            Command::Export(export) => export.run(),
            Command::Import(import) => import.run(),
        };
        done.unwrap_or_else(|failure| {
            complain(&format!("error: {failure}\n"));
            2
        })
    }
}

fn is_coloured() -> bool {
    stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

fn complain_of(found: &Diagnostics, sources: &Sources) {
    complain(&human(found, sources, is_coloured()));
}

/// The lines of a file that change, the old above the new.
fn lines(change: &Change) -> String {
    let mut text = format!("{}\n", change.path);
    for (at, sign, line) in &change.lines {
        let number = at.map(|at| at.to_string()).unwrap_or_default();
        text.push_str(format!("{number:>5} {sign} {line}").trim_end());
        text.push('\n');
    }
    text
}

fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}
