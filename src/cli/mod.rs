//! The command line -> a request, and what came of it -> text and an exit code.

mod audit;
mod build;
mod check;
mod hosting;
mod links;
mod live;
mod mentors;
mod new;
mod people;
mod progress;
mod protect;
mod report;
mod schema;
mod serve;
mod theme;

pub use schema::Kind;

use crate::pipeline::Request;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;

/// A static site generator with build-time reports for mentoring schemes.
#[derive(Parser, Debug)]
#[command(name = "mentorpress", version, about, max_term_width = WIDTH, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const WIDTH: usize = 100;

const EXIT_CODES: &str = "Exit codes: 0 fine; 1 findings in the author's files; 2 the machine or the command line; \
3 a breach of a disclosure policy. On anything but 0 the site that stands is left as it was.";

#[derive(Subcommand, Debug)]
enum Command {
    /// Say what published figures give away: of each release and question, to readers and to people who took part
    Audit(audit::Audit),
    /// Make the website from content/ and write it to public/
    Build(build::Build),
    /// Look at everything and write nothing
    Check(check::Check),
    /// Print what a server has to be told: headers and redirects
    Hosting(hosting::Hosting),
    /// Follow the links to other hosts, and say which lead nowhere
    Links(links::Links),
    /// Begin a site of your own: a small one, for a kind of scheme, that builds at once
    New(new::New),
    /// Show the website in a browser on this computer, again after each change; write nothing
    Serve(serve::Serve),
    /// Show and change people's files: list, set, confirm, withdraw, export
    Mentors(mentors::Mentors),
    /// Turn the exports of a survey's forms into a release: what may be published, and nothing else
    Protect(protect::Protect),
    /// Looks: which there are, files of one to change, what templates see, a site that shows every component
    Theme(theme::Theme),
    /// Print a JSON Schema, by which an editor completes and checks files
    Schema(schema::Schema),
}

/// Options of every command that reads a site.
#[derive(Args, Debug)]
struct Common {
    /// The folder that holds content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// Build for this day (YYYY-MM-DD) instead of today in UTC; it decides what is public
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    date: Option<Date>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Treat warnings as errors
    #[arg(long)]
    deny_warnings: bool,
    /// Say how long each stage took
    #[arg(long)]
    timings: bool,
}

/// How findings are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
enum Format {
    /// For people, with the line and what to do
    Human,
    /// One JSON document on standard output
    Json,
    /// Workflow commands, by which GitHub shows each finding at its line
    Github,
}

fn read_date(text: &str) -> Result<Date, String> {
    let bytes = text.as_bytes();
    let is_shaped = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
    let date = if is_shaped { text.parse().ok() } else { None };
    date.ok_or_else(|| "write year, month and day: 2027-01-10".to_owned())
}

impl Common {
    /// A look at the site as it is on the day.
    fn request(&self) -> Request {
        Request { deny_warnings: self.deny_warnings, ..Request::look(self.site.clone(), self.date()) }
    }

    fn date(&self) -> Date {
        self.date.unwrap_or_else(today)
    }
}

/// The day it is in UTC.
fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// What `--help` says of each command, by its words: `mentors list`.
pub fn help() -> Vec<(String, String)> {
    let mut helps = Vec::new();
    let mut program = Cli::command();
    program.build();
    collect_help(&program, "", &mut helps);
    helps
}

fn collect_help(command: &clap::Command, before: &str, helps: &mut Vec<(String, String)>) {
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
        let name = format!("{before} {}", inner.get_name()).trim_start().to_owned();
        // As wide as a page, whatever the terminal.
        helps.push((name.clone(), inner.clone().term_width(WIDTH).render_long_help().to_string()));
        collect_help(inner, &name, helps);
    }
}

/// Runs the program on the process's own arguments.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // A closed pipe while printing help is nobody's trouble.
            drop(error.print());
            return ExitCode::from(code);
        }
    };
    let code = match cli.command {
        Command::Audit(audit) => audit.run(),
        Command::Build(build) => build.run(),
        Command::Check(check) => check.run(),
        Command::Hosting(hosting) => hosting.run(),
        Command::Links(links) => links.run(),
        Command::New(new) => new.run(),
        Command::Mentors(mentors) => mentors.run(),
        Command::Schema(schema) => schema.run(),
        Command::Serve(serve) => serve.run(),
        Command::Protect(protect) => protect.run(),
        Command::Theme(theme) => theme.run(),
    };
    ExitCode::from(code)
}
