//! What came of a run -> findings on standard error, a summary on standard output, an exit code.

use super::{Format, people};
use crate::diagnostic::github::{Level, command, github};
use crate::diagnostic::{Diagnostics, Severity, human, json};
use crate::failure::Failure;
use crate::hosting::Bundled;
use crate::output::Receipt;
use crate::pipeline::{Outcome, Summary};
use crate::site::Translated;
use crate::source::Sources;
use serde_json::{Value, json};
use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How to show it.
pub(super) struct Shown<'a> {
    pub(super) format: Format,
    pub(super) timings: bool,
    /// The site's folder.
    pub(super) site: &'a Path,
    /// Where the site was to go; `None` for a check.
    pub(super) out: Option<&'a Path>,
}

/// What a draft must not be forgotten for: search engines stay away from it for ever.
const DRAFT: &str = "A draft: every page says so, and search engines stay away. When it is ready, delete the line `draft: true` in content/site.yaml.\n";

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

/// What a build made for hosts beside the site.
#[derive(Default, Debug)]
pub(super) struct Hosted {
    /// An archive, the list of what is new in it, and what that is.
    pub(super) zip: Option<(PathBuf, PathBuf, Bundled)>,
    /// A list for caches, and how many addresses are on it.
    pub(super) purge: Option<(PathBuf, usize)>,
    /// How many addresses are remembered.
    pub(super) remembered: Option<usize>,
}

/// Prints what came of a run; returns the exit code.
pub(super) fn outcome(result: Result<Outcome, Failure>, shown: &Shown) -> u8 {
    built(result, &Hosted::default(), shown)
}

/// The same, with what was made for hosts.
pub(super) fn built(result: Result<Outcome, Failure>, hosted: &Hosted, shown: &Shown) -> u8 {
    let outcome = match result {
        Ok(outcome) => outcome,
        Err(failure) => {
            match shown.format {
                Format::Human => complain(&format!("error: {failure}\n")),
                Format::Json => {
                    print(&format!("{}\n", json!({"failure": failure.to_string(), "exit": 2})));
                }
                Format::Github => {
                    print(&command(Level::Error, &[("title", "mentorpress")], &failure.to_string()));
                }
            }
            return 2;
        }
    };
    let code = outcome.exit_code();
    match shown.format {
        Format::Human => {
            complain(&complaint(&outcome, consequence(shown)));
            print(&summary(&outcome, shown));
            if outcome.is_sound {
                print(&for_hosts(hosted));
            }
        }
        Format::Json => {
            print(&format!("{}\n", document(&outcome, hosted, shown, code)));
        }
        Format::Github => {
            print(&commands(&outcome, shown));
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
    let colour = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut text = still_public(outcome).map(|words| words + "\n\n").unwrap_or_default();
    text.push_str(&human(&outcome.found, &outcome.sources, colour));
    for words in left_out(outcome).into_iter().chain(failed(outcome, what)) {
        text.push_str(&words);
        text.push('\n');
    }
    text
}

/// What follows of errors.
fn consequence(shown: &Shown) -> &'static str {
    if shown.out.is_some() { "nothing was written" } else { "the site cannot be built" }
}

/// The same and the summary as workflow commands: nothing that is not one, so that no word of the site can pass for one.
fn commands(outcome: &Outcome, shown: &Shown) -> String {
    let title = [("title", "mentorpress")];
    let mut text = String::new();
    if let Some(words) = still_public(outcome) {
        text.push_str(&command(Level::Error, &title, &words));
    }
    text.push_str(&github(&outcome.found, &outcome.sources, &folder_in_repository(shown.site)));
    if let Some(words) = left_out(outcome) {
        text.push_str(&command(Level::Warning, &title, &words));
    }
    if let Some(words) = failed(outcome, consequence(shown)) {
        text.push_str(&command(Level::Error, &title, &words));
    }
    let summary = summary(outcome, shown);
    if !summary.is_empty() {
        text.push_str(&command(Level::Notice, &title, &summary));
    }
    text
}

/// The site's folder as GitHub names files: from the repository's own, where that is known. With a slash at its end.
fn folder_in_repository(site: &Path) -> String {
    let whole = std::env::var_os("GITHUB_WORKSPACE").and_then(|repository| {
        let repository = Path::new(&repository).canonicalize().ok()?;
        Some(site.canonicalize().ok()?.strip_prefix(repository).ok()?.to_path_buf())
    });
    let folder = whole.unwrap_or_else(|| site.to_path_buf());
    let folder = folder.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    match folder.trim_start_matches("./").trim_end_matches('/') {
        "" if folder.starts_with('/') => "/".to_owned(),
        "" | "." => String::new(),
        folder => format!("{folder}/"),
    }
}

fn still_public(outcome: &Outcome) -> Option<String> {
    let list: Vec<String> =
        outcome.still_public.iter().map(|(address, why)| format!("{address} ({why})")).collect();
    (!list.is_empty()).then(|| {
        format!(
            "The site that stands still shows what is no longer allowed: {}. To take it down now: mentorpress build --takedown",
            list.join(", ")
        )
    })
}

fn left_out(outcome: &Outcome) -> Option<String> {
    (!outcome.left_out.is_empty())
        .then(|| format!("Left out because of the findings above: {}.", outcome.left_out.join(", ")))
}

fn failed(outcome: &Outcome, what: &str) -> Option<String> {
    (!outcome.is_sound).then(|| {
        let errors = outcome.found.errors().count();
        let warnings = outcome.found.len() - errors;
        format!("{} and {}: {what}.", count(errors, "error"), count(warnings, "warning"))
    })
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
        for (language, pages) in &summary.translated {
            text.push_str(&translated(language, pages));
        }
        let warnings = warnings(outcome);
        if warnings > 0 {
            text.push_str(&format!("{} above.\n", count(warnings, "warning")));
        }
        if summary.draft {
            text.push_str(DRAFT);
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

/// How many missing pages are named.
const NAMED: usize = 30;

/// "Welsh: 6 of 8 pages. Not in Welsh yet: questions, training."
fn translated(language: &str, pages: &Translated) -> String {
    let (there, missing) = (pages.there, &pages.missing);
    let mut text = format!("{language}: {there} of {}.", count(there + missing.len(), "page"));
    if !missing.is_empty() {
        text.push_str(&format!(" Not in {language} yet: {}", missing[..missing.len().min(NAMED)].join(", ")));
        if missing.len() > NAMED {
            text.push_str(&format!(" and {} more", missing.len() - NAMED));
        }
        text.push('.');
    }
    text.push('\n');
    text
}

fn for_hosts(hosted: &Hosted) -> String {
    let mut text = String::new();
    if let Some((file, list, bundled)) = &hosted.zip {
        let what = if bundled.is_same {
            "is the same as before; nothing was written".to_owned()
        } else if bundled.has_before {
            let counts = [
                (bundled.added.len(), "added"),
                (bundled.changed.len(), "changed"),
                (bundled.removed.len(), "removed"),
            ];
            let counts = counts.map(|(count, what)| format!("{count} {what}")).join(", ");
            format!("since the one before {counts}: the list is {}", list.display())
        } else {
            "there was none before it".to_owned()
        };
        text.push_str(&format!("Packed into {}: {what}.\n", file.display()));
    }
    if let Some((file, count)) = &hosted.purge {
        text.push_str(&format!(
            "To be purged from caches after the upload: {} in {}. Delete the file when it is done.\n",
            addresses(*count),
            file.display()
        ));
    }
    if let Some(count) = hosted.remembered {
        text.push_str(&format!("Remembered in private/addresses.txt: {}.\n", addresses(count)));
    }
    text
}

fn addresses(count: usize) -> String {
    if count == 1 { "1 address".to_owned() } else { format!("{count} addresses") }
}

fn wrote(receipt: &Receipt) -> String {
    let (added, changed, removed) = (receipt.added.len(), receipt.changed.len(), receipt.removed.len());
    if added + changed + removed == 0 {
        return "nothing has changed".to_owned();
    }
    format!("{added} new, {changed} changed, {} unchanged, {removed} removed", receipt.unchanged)
}

fn document(outcome: &Outcome, hosted: &Hosted, shown: &Shown, code: u8) -> Value {
    json!({
        "exit": code,
        "findings": json(&outcome.found, &outcome.sources),
        "left_out": outcome.left_out,
        "still_public": outcome.still_public.iter().map(|(address, why)| json!({"address": address, "why": why})).collect::<Vec<_>>(),
        "pages": outcome.summary.pages,
        "files": outcome.summary.files,
        "mentors": outcome.summary.mentors,
        "draft": outcome.summary.draft,
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
        "zip": hosted.zip.as_ref().map(|(file, _, bundled)| json!({
            "file": file.display().to_string(),
            "added": bundled.added,
            "changed": bundled.changed,
            "removed": bundled.removed,
            "same": bundled.is_same,
        })),
        "purge": hosted.purge.as_ref().map(|(_, count)| count),
        "remembered": hosted.remembered,
        "timings_ms": shown.timings.then(|| outcome.timings.iter().map(|(stage, time)| ((*stage).to_owned(), json!(time.as_secs_f64() * 1000.0))).collect::<serde_json::Map<_, _>>()),
    })
}
