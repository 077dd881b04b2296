//! `mentorpress hosting`.

use super::{Format, read_date, report, today};
use crate::pipeline::{Request, run};
use crate::source::{Access, write_whole};
use clap::ValueEnum;
use jiff::civil::Date;
use std::path::PathBuf;

/// Options of `hosting`.
#[derive(clap::Args, Debug)]
pub(super) struct Hosting {
    /// For which server
    #[arg(value_enum)]
    server: Server,
    /// The folder that holds content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// Take this day for today (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    date: Option<Date>,
    /// Make it for another address than `base_url` in site.yaml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Write it to this file instead of printing it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Servers whose configuration lies outside the site.
#[derive(Clone, Copy, ValueEnum, Debug)]
enum Server {
    /// A file to include in a server block
    Nginx,
    /// What .htaccess holds, for the configuration of a server that does not read it
    Apache,
    /// Headers by address, to type into the pages of another host
    Headers,
}

impl Hosting {
    pub(super) fn run(self) -> u8 {
        let date = self.date.unwrap_or_else(today);
        let request =
            Request { base_url: self.base_url.clone(), keep: true, ..Request::look(self.site.clone(), date) };
        let outcome = match run(&request) {
            Ok(outcome) => outcome,
            Err(failure) => return report::failure(&failure),
        };
        let Some(finished) = &outcome.finished else {
            let shown = report::Shown { format: Format::Human, timings: false, site: &self.site, out: None };
            return report::outcome(Ok(outcome), &shown);
        };
        let text = match self.server {
            Server::Nginx => finished.rules.nginx(),
            Server::Apache => finished.rules.apache(),
            Server::Headers => finished.rules.headers(),
        };
        match &self.out {
            None => report::print(&text),
            Some(out) => match write_whole(out, text.as_bytes(), Access::AsItIs) {
                Ok(()) => 0,
                Err(failure) => report::failure(&failure),
            },
        }
    }
}
