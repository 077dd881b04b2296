//! `mentorpress protect`: exports of forms -> a release.

use super::progress::Line;
use super::report::{complain, failure, print};
use super::{read_date, today};
use crate::diagnostic::{Class, human};
use crate::failure::Failure;
use crate::protect::{self, Drafted, Protected, Trouble};
use jiff::civil::Date;
use std::io::{IsTerminal, stderr, stdout};
use std::path::PathBuf;

/// Options of `protect`.
#[derive(clap::Args, Debug)]
#[command(after_help = AFTER)]
pub(super) struct Protect {
    /// The folder that holds content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// Exports to draft a survey.yaml from, with --init
    #[arg(value_name = "EXPORT", requires = "init")]
    exports: Vec<PathBuf>,
    /// Draft a survey.yaml from exports, in private/, to be looked through; needs --survey
    #[arg(long, requires_all = ["exports", "survey"], conflicts_with_all = ["correct", "coding", "dry_run", "edition", "forms"])]
    init: bool,
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
    /// Show what would be public and what of it is new, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Print the counts themselves too, on a terminal alone: nobody else may see them
    #[arg(long)]
    show_private: bool,
    /// Take this day (YYYY-MM-DD) for today
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    date: Option<Date>,
}

const AFTER: &str = "What is printed is what will be public, and numbers of rows. Exports stay in private/, which is \
never published and must not be in git.";

impl Protect {
    pub(super) fn run(self) -> u8 {
        if self.init {
            return self.draft();
        }
        if self.show_private && !stdout().is_terminal() {
            return failure(&Failure::refused(
                "--show-private prints what nobody else may see, and this is no terminal",
                "run it in a terminal, without `>` or `|`; a file or a log of it would have to be kept as private as the exports",
            ));
        }
        let wanted = protect::Protect {
            site: self.site,
            survey: self.survey,
            edition: self.edition,
            forms: self.forms,
            date: self.date.unwrap_or_else(today),
            correct: self.correct,
            coding: self.coding,
            dry_run: self.dry_run,
            show_private: self.show_private,
        };
        let line = Line::new();
        let done = protect::protect(&wanted, &mut |progress| line.tell(progress));
        drop(line);
        match done {
            Ok(done) => told(&done),
            Err(error) => failure(&error),
        }
    }
}

impl Protect {
    fn draft(self) -> u8 {
        let survey = self.survey.unwrap_or_default();
        let wanted = protect::Init { site: self.site, survey: survey.clone(), exports: self.exports };
        let line = Line::new();
        let drafted = protect::init(&wanted, &mut |progress| line.tell(progress));
        drop(line);
        let (path, questions, alone) = match drafted {
            Ok(Drafted::Written { path, questions, alone }) => (path, questions, alone),
            Ok(Drafted::Unread(unread)) => {
                unread.iter().for_each(|failure| complain(&format!("error: {failure}\n\n")));
                let broken = broken(unread.len(), 0).unwrap_or_default();
                complain(&format!("No draft was made: {broken}.\n"));
                return 2;
            }
            Err(error) => return failure(&error),
        };
        let mut text = format!("A draft of {questions} questions is in {}. It is private.\n", path.display());
        if alone > 0 {
            text.push_str(&format!(
                "{alone} answers to closed questions were of one person each: options that few chose, or words of their own. They are not in \
                 the draft, and neither are options that nobody chose. Add those of the form by hand.\n"
            ));
        }
        text.push_str(&format!(
            "Look through it, say what will be shown, and move it to {}. Put the exports beside it, in {}; then: mentorpress protect --dry-run\n",
            protect::destination(&survey).display(),
            path.parent().unwrap_or(&path).display()
        ));
        print(&text)
    }
}

fn told(done: &Protected) -> u8 {
    let colour = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    complain(&human(&done.found, &done.sources, colour));
    for failure in &done.unread {
        complain(&format!("error: {failure}\n\n"));
    }
    for trouble in &done.troubles {
        complain(&of_trouble(trouble));
    }
    if let Some(broken) = broken(done.unread.len(), done.troubles.len()) {
        complain(&format!("No release was made: {broken}. No answer was printed.\n"));
        return if done.unread.is_empty() { 1 } else { 2 };
    }
    print(&done.text);
    if let Some(private) = &done.private {
        print(private.reveal());
    }
    if !done.found.has_errors() {
        return 0;
    }
    complain("No release was written because of the findings above.\n");
    let is_breach = done.found.errors().any(|finding| finding.code.class() == Class::Policy);
    if is_breach { 3 } else { 1 }
}

/// How many exports could not be read, and how many findings there are in the others.
fn broken(unread: usize, troubles: usize) -> Option<String> {
    let files = if unread == 1 { "one file".to_owned() } else { format!("{unread} files") };
    let findings = if troubles == 1 { "one finding".to_owned() } else { format!("{troubles} findings") };
    match (unread, troubles) {
        (0, 0) => None,
        (0, _) => Some(format!("{findings} in the exports")),
        (_, 0) => Some(format!("{files} could not be read")),
        _ => Some(format!("{files} could not be read, and {findings} in the exports")),
    }
}

fn of_trouble(trouble: &Trouble) -> String {
    format!("error: {}\n  --> {}\n  help: {}\n\n", trouble.what, trouble.place(), trouble.help)
}
