//! `mentorpress check --live`: what a host serves, held against what it should.

use super::{Format, report};
use crate::committee::published;
use crate::failure::Failure;
use crate::hosting::{Live, Report, Trouble, ask, previous};
use crate::path::Base;
use crate::pipeline::{Finished, Request, run};
use serde_json::{Value, json};
use std::io::{IsTerminal, stderr};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// So many addresses of one kind are printed.
const MOST: usize = 50;

/// What is to be asked.
pub(super) struct Order {
    pub(super) url: String,
    pub(super) previous: Option<PathBuf>,
    pub(super) patience: u64,
    pub(super) format: Format,
}

/// Builds in memory, asks the host, and prints; returns the exit code.
pub(super) fn run_live(order: &Order, request: &Request) -> u8 {
    let outcome = match run(request) {
        Ok(outcome) => outcome,
        Err(failure) => return failed(order, &failure),
    };
    let Some(finished) = &outcome.finished else {
        report::complain(
            "The site cannot be built, so nothing can be held against it. With --takedown what has errors counts as gone.\n\n",
        );
        let shown = report::Shown { format: order.format, timings: false, site: &request.site, out: None };
        return report::outcome(Ok(outcome), &shown);
    };
    let (asked, has_memory) = match compare(order, &request.site, finished) {
        Ok(asked) => asked,
        Err(failure) => return failed(order, &failure),
    };
    let denied = request.deny_warnings && !asked.advice.is_empty() && !asked.is_without_headers;
    let code = u8::from(!asked.is_sound() || denied);
    match order.format {
        Format::Human | Format::Github => report::print(&told(&asked, has_memory)),
        Format::Json => report::print(&format!("{}\n", document(&asked, code))),
    };
    code
}

fn failed(order: &Order, failure: &Failure) -> u8 {
    match order.format {
        Format::Human | Format::Github => report::failure(failure),
        Format::Json => {
            report::print(&format!("{}\n", json!({"failure": failure.to_string(), "exit": 2})));
            2
        }
    }
}

fn compare(order: &Order, site: &Path, finished: &Finished) -> Result<(Report, bool), Failure> {
    let url = Base::read(&order.url).ok_or_else(|| {
        Failure::refused(
            format!("`{}` is not the address of a site", order.url),
            "write it in full: --live https://www.example.org/",
        )
    })?;
    let mut remembered = published(site)?;
    if let Some(file) = &order.previous {
        remembered.extend(previous(file, &url)?);
    }
    let has_memory = !remembered.is_empty();
    let live = Live { url, finished, remembered };
    let asked =
        ask(&live, Duration::from_secs(order.patience), &|done, all| progress("asked for", done, all))?;
    Ok((asked, has_memory))
}

/// Says on a terminal how far it is, and nothing elsewhere.
pub(super) fn progress(what: &str, done: usize, all: usize) {
    if stderr().is_terminal() {
        let end = if done == all { "\r\u{1b}[K" } else { "" };
        report::complain(&format!("\r{what} {done} of {all}{end}"));
    }
}

type Kind = (&'static str, &'static str, fn(&Trouble) -> bool);

/// The kinds of trouble, the worst first: what it is, and what to do.
const KINDS: [Kind; 7] = [
    (
        "Still served, and should be gone:",
        "The host has them. Upload with a tool that deletes what is gone, then ask again.",
        |trouble| matches!(trouble, Trouble::Still { from_cache: false }),
    ),
    (
        "Gone from the host, and still served by a cache:",
        "Purge these addresses from the cache (CDN), then ask again.",
        |trouble| matches!(trouble, Trouble::Still { from_cache: true }),
    ),
    (
        "Missing:",
        "Upload the whole output folder. A host that wants /about/index.html for /about/ needs `links: index`.",
        |trouble| matches!(trouble, Trouble::Missing(_)),
    ),
    (
        "Other content than this build makes:",
        "The host has an older build, or changes what it serves. Upload again; a compressed file that was left lying counts too.",
        |trouble| matches!(trouble, Trouble::Other { from_cache: false }),
    ),
    (
        "Other content in a cache, while the host has this build:",
        "Purge these addresses from the cache (CDN), then ask again.",
        |trouble| matches!(trouble, Trouble::Other { from_cache: true }),
    ),
    ("Leading elsewhere:", "Look at what the host's redirects say.", |trouble| {
        matches!(trouble, Trouble::Leads(_))
    }),
    ("Nobody can tell:", "Ask again later.", |trouble| matches!(trouble, Trouble::Unclear(_))),
];

fn told(asked: &Report, has_memory: bool) -> String {
    let mut text = format!(
        "{}: asked for {} that should be there and {} that should be gone.\n",
        asked.url,
        count(asked.present),
        count(asked.gone)
    );
    asked.notes.iter().for_each(|note| text.push_str(&format!("{note}\n")));
    if !has_memory {
        text.push_str("No address is remembered from before, so only what is there now could be looked for: `build --remember` keeps them from now on, or name an earlier archive or list with --previous.\n");
    }
    for (what, remedy, is_of) in KINDS {
        let troubles: Vec<_> = asked.troubles.iter().filter(|(_, trouble)| is_of(trouble)).collect();
        if troubles.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{what}\n"));
        for (address, trouble) in troubles.iter().take(MOST) {
            text.push_str(&match trouble {
                Trouble::Missing(status) => format!("  {address} ({status})\n"),
                Trouble::Leads(to) => format!("  {address} -> {to}\n"),
                Trouble::Unclear(why) => format!("  {address} ({why})\n"),
                Trouble::Still { .. } | Trouble::Other { .. } => format!("  {address}\n"),
            });
        }
        if troubles.len() > MOST {
            text.push_str(&format!("  and {} more\n", troubles.len() - MOST));
        }
        text.push_str(&format!("  {remedy}\n"));
    }
    if asked.is_without_headers {
        text.push_str("\nHeaders: GitHub Pages sends none of a site's own. Each page carries its policy itself; only that other sites may show it in a frame cannot be forbidden there.\n");
    } else if asked.advice.is_empty() {
        text.push_str("\nHeaders: as they should be.\n");
    } else {
        text.push_str("\nHeaders:\n");
        for advice in &asked.advice {
            text.push_str(&format!("  {} {} ({})\n", advice.header, advice.what, advice.address));
        }
        text.push_str("  `hosting.for` in site.yaml and `mentorpress hosting` write them for a host. Some can send none (GitHub Pages, most CMS): there each page's own policy holds, but for frame-ancestors.\n");
    }
    if asked.is_sound() {
        text.push_str("The host has what this build makes, and nothing that should be gone.\n");
    }
    text
}

fn count(n: usize) -> String {
    if n == 1 { "1 address".to_owned() } else { format!("{n} addresses") }
}

fn document(asked: &Report, code: u8) -> Value {
    let trouble = |(address, trouble): (&String, &Trouble)| match trouble {
        Trouble::Still { from_cache } => {
            json!({"address": address, "trouble": "still-served", "from_cache": from_cache})
        }
        Trouble::Missing(status) => json!({"address": address, "trouble": "missing", "status": status}),
        Trouble::Other { from_cache } => {
            json!({"address": address, "trouble": "other-content", "from_cache": from_cache})
        }
        Trouble::Leads(to) => json!({"address": address, "trouble": "leads-elsewhere", "to": to}),
        Trouble::Unclear(why) => json!({"address": address, "trouble": "unclear", "why": why}),
    };
    json!({
        "exit": code,
        "url": asked.url,
        "present": asked.present,
        "gone": asked.gone,
        "troubles": asked.troubles.iter().map(trouble).collect::<Vec<_>>(),
        "headers": asked.advice.iter().map(|advice| json!({"header": advice.header, "what": advice.what, "address": advice.address})).collect::<Vec<_>>(),
        "without_headers": asked.is_without_headers,
        "notes": asked.notes,
    })
}
