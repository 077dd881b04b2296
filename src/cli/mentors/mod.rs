//! `mentorpress mentors`: the committee's commands on people's files.

mod confirm;
mod export;
mod import;
mod list;
mod set;
mod withdraw;

use super::report::{complain, print};
use super::{read_date, today};
use crate::committee::{Edited, Scheme};
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
  Who must be asked whether her profile is still right?
    mentorpress mentors list --due 2027-01-31
  Amara has taken a second mentee; she is full when all her places are taken:
    mentorpress mentors set amara taken=2
  She takes a break; leave out until= where nobody knows how long:
    mentorpress mentors set amara status=paused until=2027-02-01
  She is back:
    mentorpress mentors set amara status=listed
  Two profiles are right for another year:
    mentorpress mentors confirm amara bina
  She wants to be taken out, now, whatever else is unfinished:
    mentorpress mentors withdraw amara
  She asks what is held about her:
    mentorpress mentors export amara
  What would the registrations of a form change? With --write it is written:
    mentorpress mentors import registrations.xlsx

An id is the name of a person's file without .yaml. Only withdraw builds the website.
After set and confirm run mentorpress build.";

#[derive(clap::Subcommand, Debug)]
enum Command {
    /// Show who is who: state, places, review date
    List(list::List),
    /// Change places, status or words of one record (pause her, list her, mark her full)
    Set(set::Set),
    /// Note that profiles are still right: the review date moves a year ahead
    Confirm(confirm::Confirm),
    /// Take somebody out of files and website, and say what remains elsewhere
    Withdraw(withdraw::Withdraw),
    /// Gather what is held about somebody, for her who asks
    Export(export::Export),
    /// Take registrations from the export of a form; writes only with --write
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

/// Says where people's files were looked for, if that is in doubt.
fn complain_of_doubt(scheme: &Scheme) {
    if let Some(caveat) = scheme.caveat() {
        complain(&format!("{caveat}\n\n"));
    }
}

/// The lines of a file that change, the old above the new.
fn lines(edited: &Edited) -> String {
    let mut text = format!("{}\n", edited.path);
    for (at, sign, line) in edited.lines() {
        let number = at.map(|at| at.to_string()).unwrap_or_default();
        text.push_str(format!("{number:>5} {sign} {line}").trim_end());
        text.push('\n');
    }
    text
}

fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}
