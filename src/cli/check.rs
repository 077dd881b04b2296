//! `mentorpress check`.

use super::live::{Order, run_live};
use super::{Common, report};
use crate::diagnostic::{Class, Code, Severity};
use crate::pipeline::{Request, run};
use std::path::PathBuf;

/// Options of `check`.
#[derive(clap::Args, Debug)]
pub(super) struct Check {
    #[command(flatten)]
    common: Common,
    /// List every kind of finding
    #[arg(long)]
    list: bool,
    /// Ask the host at this address whether it has what the build makes, and nothing that should be gone
    #[arg(long, value_name = "URL", conflicts_with = "list")]
    live: Option<String>,
    /// With --live: look for the addresses of this earlier archive or list too
    #[arg(long, value_name = "FILE", requires = "live")]
    previous: Option<PathBuf>,
    /// With --live: compare with what `build --takedown` makes
    #[arg(long, requires = "live")]
    takedown: bool,
    /// With --live: the site was built for this other address
    #[arg(long, value_name = "URL", requires = "live")]
    base_url: Option<String>,
    /// With --live: wait so many seconds for an answer
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600), requires = "live")]
    timeout: u64,
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
        let request = self.common.request();
        if let Some(url) = self.live {
            let order =
                Order { url, previous: self.previous, patience: self.timeout, format: self.common.format };
            let request = Request { takedown: self.takedown, base_url: self.base_url, keep: true, ..request };
            return run_live(&order, &request);
        }
        let shown = report::Shown {
            format: self.common.format,
            timings: self.common.timings,
            site: &self.common.site,
            out: None,
        };
        report::outcome(run(&request), &shown)
    }
}
