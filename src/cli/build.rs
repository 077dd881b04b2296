//! `mentorpress build`.

use super::{Common, report};
use crate::pipeline::{Request, run};
use std::path::PathBuf;

/// Options of `build`.
#[derive(clap::Args, Debug)]
pub(super) struct Build {
    #[command(flatten)]
    common: Common,
    /// Where the website goes [default: public in the site's folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Leave out every page, profile or report that has findings, and publish the rest
    #[arg(long)]
    takedown: bool,
    /// Make a review copy: drafts are shown, marked, and kept from search engines
    #[arg(long)]
    drafts: bool,
    /// Build for another address than `base_url` in site.yaml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

impl Build {
    pub(super) fn run(self) -> u8 {
        let out = self.out.unwrap_or_else(|| self.common.site.join("public"));
        let request = Request {
            site: self.common.site.clone(),
            out: Some(out.clone()),
            date: self.common.date(),
            takedown: self.takedown,
            drafts: self.drafts,
            base_url: self.base_url,
            deny_warnings: self.common.deny_warnings,
        };
        let shown = report::Shown {
            format: self.common.format,
            timings: self.common.timings,
            site: &self.common.site,
            out: Some(&out),
        };
        report::outcome(run(&request), &shown)
    }
}
