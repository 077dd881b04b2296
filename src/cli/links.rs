//! `mentorpress links`.

use super::live::progress;
use super::{Common, Format, report};
use crate::failure::Failure;
use crate::hosting::{Elsewhere, Link, Verdict, follow, gather};
use crate::pipeline::{Request, run};
use serde_json::{Value, json};
use std::time::Duration;

/// Options of `links`.
#[derive(clap::Args, Debug)]
pub(super) struct Links {
    #[command(flatten)]
    common: Common,
    /// Ask again for what led somewhere within the last seven days
    #[arg(long)]
    again: bool,
    /// Seconds between two questions to one host
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = pause)]
    pause: f64,
    /// Wait so many seconds for an answer
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
}

fn pause(text: &str) -> Result<f64, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| (0.0..=60.0).contains(seconds));
    seconds.ok_or_else(|| "write a number of seconds from 0 to 60".to_owned())
}

impl Links {
    pub(super) fn run(self) -> u8 {
        let request = Request { keep: true, ..self.common.request() };
        let outcome = match run(&request) {
            Ok(outcome) => outcome,
            Err(failure) => return self.failed(&failure),
        };
        let Some(finished) = &outcome.finished else {
            let shown = report::Shown {
                format: self.common.format,
                timings: false,
                site: &self.common.site,
                out: None,
            };
            return report::outcome(Ok(outcome), &shown);
        };
        let order = Elsewhere {
            site: self.common.site.clone(),
            today: self.common.date(),
            again: self.again,
            pause: Duration::from_secs_f64(self.pause),
            patience: Duration::from_secs(self.timeout),
        };
        let links = gather(finished, &outcome.sources);
        let followed = match follow(&order, &links, &mut |done, all| progress("followed", done, all)) {
            Ok(followed) => followed,
            Err(failure) => return self.failed(&failure),
        };
        let has = |wanted: fn(&Verdict) -> bool| followed.iter().any(|(_, verdict)| wanted(verdict));
        let is_dead = has(|verdict| matches!(verdict, Verdict::Dead(_)));
        let is_doubtful = has(|verdict| matches!(verdict, Verdict::Unclear(_) | Verdict::Moved(_)));
        let code = u8::from(is_dead || (is_doubtful && self.common.deny_warnings));
        match self.common.format {
            Format::Human | Format::Github => report::print(&told(&followed)),
            Format::Json => report::print(&format!("{}\n", document(&followed, code))),
        };
        code
    }

    fn failed(&self, failure: &Failure) -> u8 {
        match self.common.format {
            Format::Human | Format::Github => report::failure(failure),
            Format::Json => {
                report::print(&format!("{}\n", json!({"failure": failure.to_string(), "exit": 2})));
                2
            }
        }
    }
}

fn told(followed: &[(Link, Verdict)]) -> String {
    let mut text = String::new();
    let mut part = |what: &str, wanted: &dyn Fn(&Verdict) -> Option<String>| {
        let mut links =
            followed.iter().filter_map(|(link, verdict)| Some((link, wanted(verdict)?))).peekable();
        if links.peek().is_some() {
            text.push_str(&format!("{what}\n"));
        }
        let mut count = 0;
        for (link, why) in links {
            text.push_str(&format!("  {}\n    {why}\n    in {}\n", link.url, link.places.join(", ")));
            count += 1;
        }
        count
    };
    let dead = part("Dead: correct the link, or take it out.", &|verdict| match verdict {
        Verdict::Dead(why) => Some(why.clone()),
        _ => None,
    });
    let moved = part("Moved for good: write the new address.", &|verdict| match verdict {
        Verdict::Moved(to) => Some(format!("now {to}")),
        _ => None,
    });
    let unclear = part("Nobody can tell: look yourself, or ask again later.", &|verdict| match verdict {
        Verdict::Unclear(why) => Some(why.clone()),
        _ => None,
    });
    let links = if followed.len() == 1 { "1 link".to_owned() } else { format!("{} links", followed.len()) };
    text.push_str(&format!(
        "{links} to other hosts: {} lead somewhere, {moved} moved, {dead} dead, {unclear} unclear.\n",
        followed.len() - moved - dead - unclear
    ));
    text
}

fn document(followed: &[(Link, Verdict)], code: u8) -> Value {
    let link = |(link, verdict): &(Link, Verdict)| {
        let (what, why) = match verdict {
            Verdict::Dead(why) => ("dead", Some(why)),
            Verdict::Unclear(why) => ("unclear", Some(why)),
            Verdict::Moved(to) => ("moved", Some(to)),
            Verdict::Sound => ("sound", None),
        };
        json!({"url": link.url, "places": link.places, "verdict": what, "why": why})
    };
    json!({"exit": code, "links": followed.iter().map(link).collect::<Vec<_>>()})
}
