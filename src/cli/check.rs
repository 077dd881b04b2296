//! `mentorpress check`.

use super::{Common, report};
use crate::diagnostic::{Class, Code, Severity};
use crate::pipeline::{Request, run};

/// Options of `check`.
#[derive(clap::Args, Debug)]
pub(super) struct Check {
    #[command(flatten)]
    common: Common,
    /// List every kind of finding
    #[arg(long)]
    list: bool,
}

impl Check {
    pub(super) fn run(self) -> u8 {
        if self.list {
            let mut text = String::new();
            for code in Code::ALL {
                let kind = match (code.severity(), code.class()) {
                    (Severity::Warning, _) => "warning",
                    (Severity::Error, Class::Findings) => "error",
                    (Severity::Error, Class::Policy) => "policy",
                };
                text.push_str(&format!("{:<24} {kind:<8} {}\n", code.name(), code.summary()));
            }
            return report::print(&text);
        }
        let request = Request {
            site: self.common.site.clone(),
            out: None,
            date: self.common.date(),
            takedown: false,
            drafts: false,
            base_url: None,
            deny_warnings: self.common.deny_warnings,
        };
        let shown = report::Shown {
            format: self.common.format,
            timings: self.common.timings,
            site: &self.common.site,
            out: None,
        };
        report::outcome(run(&request), &shown)
    }
}
