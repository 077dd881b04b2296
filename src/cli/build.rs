//! `mentorpress build`.

use super::{Common, report};
use crate::committee::remember_published;
use crate::failure::Failure;
use crate::hosting::{self, Bundle};
use crate::output;
use crate::path::Address;
use crate::pipeline::{Outcome, Request, run_and};
use std::path::{Path, PathBuf};

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
    /// Put compressed files (.gz, .br) beside texts, for servers that send those
    #[arg(long)]
    compress: bool,
    /// Pack the site into this ZIP archive too, and list beside it what is new since the one before
    #[arg(long, value_name = "FILE")]
    zip: Option<PathBuf>,
    /// Compare the archive with this earlier one, and not with the one that stands in its place
    #[arg(long, value_name = "FILE", requires = "zip")]
    previous: Option<PathBuf>,
    /// Add to this file the addresses that caches before the host have to forget, one a line
    #[arg(long, value_name = "FILE")]
    purge: Option<PathBuf>,
    /// Remember in private/addresses.txt what is published, for `check --live`
    #[arg(long, conflicts_with = "drafts")]
    remember: bool,
}

impl Build {
    pub(super) fn run(self) -> u8 {
        let out = self.out.clone().unwrap_or_else(|| self.common.site.join("public"));
        let request = Request {
            out: Some(out.clone()),
            takedown: self.takedown,
            drafts: self.drafts,
            base_url: self.base_url.clone(),
            compress: self.compress,
            keep: self.purge.is_some(),
            ..self.common.request()
        };
        let shown = report::Shown {
            format: self.common.format,
            timings: self.common.timings,
            site: &self.common.site,
            out: Some(&out),
        };
        let mut hosted = report::Hosted::default();
        let outcome = self.build(&request, &out, &mut hosted);
        report::built(outcome, &hosted, &shown)
    }

    /// Everything but the list for caches is done before the new site takes the place of the old one, so that whatever
    /// fails leaves the old one standing.
    fn build(&self, request: &Request, out: &Path, hosted: &mut report::Hosted) -> Result<Outcome, Failure> {
        let site = &self.common.site;
        let bundle = match &self.zip {
            Some(file) => Some(Bundle::open(file, self.previous.as_deref(), out, site)?),
            None => None,
        };
        if let Some(file) = &self.purge {
            hosting::outside(file, out, site, "--purge purge.txt")?;
        }
        let mut outcome = run_and(request, &mut |output| {
            if let (Some(bundle), Some(file)) = (&bundle, &self.zip) {
                hosted.zip = Some((file.clone(), bundle.list(), bundle.write(output)?));
            }
            if self.remember {
                // What stands there is published too, even if no earlier build was asked to remember it.
                let mut paths = output::there(out)?;
                paths.extend(output.iter().map(|(path, _)| path.to_owned()));
                let served = paths.iter().filter(|path| hosting::is_served(path));
                let addresses = served.map(|path| Address::file(path).to_string()).collect();
                hosted.remembered = Some(remember_published(site, addresses)?);
            }
            Ok(())
        })?;
        let finished = outcome.finished.take();
        if let (Some(file), Some(receipt), Some(finished)) = (&self.purge, &outcome.receipt, &finished) {
            let count = hosting::remember(file, receipt, finished.rules.base()).map_err(|failure| {
                Failure::refused(
                    format!("the site is written, and the list for caches is not: {failure}"),
                    "purge all that your caches have",
                )
            })?;
            hosted.purge = Some((file.clone(), count));
        }
        Ok(outcome)
    }
}
