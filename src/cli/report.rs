//! What came of a run -> findings on standard error, a summary on standard output, an exit code.

use super::{Format, people};
use crate::diagnostic::{Diagnostics, Severity, human, json};
use crate::failure::Failure;
use crate::output::Receipt;
use crate::pipeline::{Outcome, Summary};
use crate::source::Sources;
use serde_json::{Value, json};
use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::Path;
use std::time::Duration;

/// How to show it.
pub(super) struct Shown<'a> {
    pub(super) format: Format,
    pub(super) timings: bool,
    /// Where the site was to go; `None` for a check.
    pub(super) out: Option<&'a Path>,
}

/// Prints to standard output; a closed pipe is nobody's trouble.
pub(super) fn print(text: &str) -> u8 {
    drop(stdout().lock().write_all(text.as_bytes()));
    0
}

/// Prints to standard error.
pub(super) fn complain(text: &str) {
    drop(stderr().lock().write_all(text.as_bytes()));
}

/// Prints the machine's trouble; returns the exit code.
pub(super) fn failure(failure: &Failure) -> u8 {
    complain(&format!("error: {failure}\n"));
    2
}

/// Prints findings that leave nothing to be done; returns the exit code.
pub(super) fn findings(found: &Diagnostics, sources: &Sources) -> u8 {
    let colour = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    complain(&human(found, sources, colour));
    1
}

/// Prints what came of a run; returns the exit code.
pub(super) fn outcome(result: Result<Outcome, Failure>, shown: &Shown) -> u8 {
    let outcome = match result {
        Ok(outcome) => outcome,
        Err(failure) => {
            match shown.format {
                Format::Human => complain(&format!("error: {failure}\n")),
                Format::Json => {
                    print(&format!("{}\n", json!({"failure": failure.to_string(), "exit": 2})));
                }
            }
            return 2;
        }
    };
    let code = outcome.exit_code();
    match shown.format {
        Format::Human => {
            let what = if shown.out.is_some() { "nothing was written" } else { "the site cannot be built" };
            complain(&complaint(&outcome, what));
            print(&summary(&outcome, shown));
        }
        Format::Json => {
            print(&format!("{}\n", document(&outcome, shown, code)));
        }
    }
    code
}

/// Prints what came of a build of the preview, and how long it took. `what` is what follows of errors.
pub(super) fn preview(outcome: &Outcome, took: Duration, what: &str) {
    complain(&complaint(outcome, what));
    if outcome.is_sound {
        let warnings = warnings(outcome);
        let warned =
            if warnings > 0 { format!(", {} above", count(warnings, "warning")) } else { String::new() };
        print(&format!("{}, built in {} ms{warned}.\n", pages(outcome), took.as_millis()));
    }
}

/// First what must not be overlooked, then the findings, then how many, and what follows of them.
fn complaint(outcome: &Outcome, what: &str) -> String {
    let mut text = String::new();
    if !outcome.still_public.is_empty() {
        let list: Vec<String> =
            outcome.still_public.iter().map(|(address, why)| format!("{address} ({why})")).collect();
        text.push_str(&format!(
            "The site that stands still shows what is no longer allowed: {}. To take it down now: mentorpress build --takedown\n\n",
            list.join(", ")
        ));
    }
    let colour = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    text.push_str(&human(&outcome.found, &outcome.sources, colour));
    if !outcome.left_out.is_empty() {
        text.push_str(&format!("Left out because of the findings above: {}.\n", outcome.left_out.join(", ")));
    }
    if !outcome.is_sound {
        let errors = outcome.found.errors().count();
        let warnings = outcome.found.len() - errors;
        text.push_str(&format!("{} and {}: {what}.\n", count(errors, "error"), count(warnings, "warning")));
    }
    text
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

fn warnings(outcome: &Outcome) -> usize {
    outcome.found.iter().filter(|diagnostic| diagnostic.code.severity() == Severity::Warning).count()
}

/// `81 pages, 21 mentors listed`
fn pages(outcome: &Outcome) -> String {
    let Summary { pages, mentors, .. } = outcome.summary;
    let listed = if mentors > 0 { format!(", {} listed", count(mentors, "mentor")) } else { String::new() };
    format!("{}{listed}", count(pages, "page"))
}

fn summary(outcome: &Outcome, shown: &Shown) -> String {
    let mut text = String::new();
    if outcome.is_sound {
        let summary = &outcome.summary;
        let pages = pages(outcome);
        match (&outcome.receipt, shown.out) {
            (Some(receipt), Some(out)) => {
                text.push_str(&format!(
                    "{pages}; {} in {}: {}.\n",
                    count(summary.files, "file"),
                    out.display(),
                    wrote(receipt)
                ));
                if receipt.weaker {
                    text.push_str("The folders could not be exchanged in one step on this disk, so for a moment there was none.\n");
                }
            }
            _ => text.push_str(&format!("{pages}: the site can be built.\n")),
        }
        text.push_str(&people::lines(&summary.people));
        let warnings = warnings(outcome);
        if warnings > 0 {
            text.push_str(&format!("{} above.\n", count(warnings, "warning")));
        }
        if let Some((date, what)) = &summary.next {
            text.push_str(&format!("Next change by date: {date}: {}.\n", what.join("; ")));
        }
    }
    if shown.timings {
        for (stage, time) in &outcome.timings {
            text.push_str(&format!("{stage:<9} {:>8.1} ms\n", time.as_secs_f64() * 1000.0));
        }
    }
    text
}

fn wrote(receipt: &Receipt) -> String {
    let (added, changed, removed) = (receipt.added.len(), receipt.changed.len(), receipt.removed.len());
    if added + changed + removed == 0 {
        return "nothing has changed".to_owned();
    }
    format!("{added} new, {changed} changed, {} unchanged, {removed} removed", receipt.unchanged)
}

fn document(outcome: &Outcome, shown: &Shown, code: u8) -> Value {
    json!({
        "exit": code,
        "findings": json(&outcome.found, &outcome.sources),
        "left_out": outcome.left_out,
        "still_public": outcome.still_public.iter().map(|(address, why)| json!({"address": address, "why": why})).collect::<Vec<_>>(),
        "pages": outcome.summary.pages,
        "files": outcome.summary.files,
        "mentors": outcome.summary.mentors,
        "people": people::document(&outcome.summary.people),
        "next": outcome.summary.next.as_ref().map(|(date, what)| json!({"date": date.to_string(), "what": what})),
        "out": shown.out.map(|out| out.display().to_string()),
        "written": outcome.receipt.as_ref().map(|receipt| json!({
            "added": receipt.added,
            "changed": receipt.changed,
            "removed": receipt.removed,
            "unchanged": receipt.unchanged,
            "weaker": receipt.weaker,
        })),
        "timings_ms": shown.timings.then(|| outcome.timings.iter().map(|(stage, time)| ((*stage).to_owned(), json!(time.as_secs_f64() * 1000.0))).collect::<serde_json::Map<_, _>>()),
    })
}
