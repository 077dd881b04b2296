//! `mentorpress new`.

use super::{read_date, report, today};
use crate::diagnostic::one_of;
use crate::failure::Failure;
use crate::starter::{Begun, Facts, Kind, Order, begin};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// Options of `new`.
#[derive(clap::Args, Debug)]
pub(super) struct New {
    /// The folder to make; one that is there must be empty
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// The kind of scheme: aimms, reverse or reciprocal. Without it they are explained
    #[arg(long, value_name = "KIND")]
    scheme: Option<String>,
    /// The scheme's name
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Who runs the scheme
    #[arg(long, value_name = "TEXT")]
    organisation: Option<String>,
    /// The scheme's own e-mail address
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// The address that the website will have
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Date the texts with this day (YYYY-MM-DD) instead of today in UTC
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    date: Option<Date>,
}

impl New {
    pub(super) fn run(self) -> u8 {
        let Some(typed) = &self.scheme else {
            report::complain(&kinds(self.folder.as_deref()));
            return 2;
        };
        match self.make(typed) {
            Ok(text) => report::print(&text),
            Err(failure) => report::failure(&failure),
        }
    }

    fn make(&self, typed: &str) -> Result<String, Failure> {
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == typed).ok_or_else(|| {
            let plain: String = typed.chars().filter(|c| !c.is_control()).take(80).collect();
            Failure::refused(
                format!("`{plain}` is no kind of scheme"),
                one_of(typed, Kind::ALL.map(Kind::name)),
            )
        })?;
        let folder = self.folder.clone().ok_or_else(|| {
            Failure::refused(
                "the new site needs a folder",
                format!("name one that is not there yet: mentorpress new my-scheme --scheme {}", kind.name()),
            )
        })?;
        let order = Order {
            folder,
            kind,
            facts: Facts {
                title: self.title.clone(),
                organisation: self.organisation.clone(),
                email: self.email.clone(),
                base_url: self.base_url.clone(),
            },
            date: self.date.unwrap_or_else(today),
        };
        Ok(told(&begin(&order)?, &order))
    }
}

/// What was made, and what comes next.
fn told(begun: &Begun, order: &Order) -> String {
    let shown = order.folder.display();
    let places: Vec<String> = begun.waiting.iter().map(|(path, count)| format!("{path} ({count})")).collect();
    let count: usize = begun.waiting.iter().map(|(_, count)| count).sum();
    let site = if order.folder == Path::new(".") {
        String::new()
    } else if order.folder.to_string_lossy().contains(char::is_whitespace) {
        format!(" --site \"{shown}\"")
    } else {
        format!(" --site {shown}")
    };
    format!(
        "{} files in {shown}: a small site for a scheme of the kind {}. It builds already, as a draft.\n\
         {count} places wait for your words: {}.\n\
         Next: mentorpress serve{site} --open, which shows the site and follows every change while you write;\n\
         mentorpress build{site} names each place with its line and who may know the answer.\n\
         {} says how to fill them in, add mentors, and publish.\n",
        begun.files,
        order.kind.name(),
        places.join(", "),
        order.folder.join("README.md").display(),
    )
}

/// The kinds of scheme, in a sentence each.
fn kinds(folder: Option<&Path>) -> String {
    let mut text = "Which kind of scheme is it?\n".to_owned();
    for kind in Kind::ALL {
        text.push_str(&format!("  {:<11} {}\n", kind.name(), kind.about()));
    }
    let folder = folder.unwrap_or(Path::new("my-scheme")).display();
    text.push_str(&format!("Name it, for example: mentorpress new {folder} --scheme aimms\n"));
    text
}
