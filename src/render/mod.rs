//! [`Site`] -> [`Output`]: pure, in parallel, the same bytes every time.
//!
//! 1. `assets`: the theme's files under names of their own; `templates`, the only file that knows Tera, compiles what
//!    `minify` made smaller, `template_findings` says in plain words what is wrong with
//!    them, and `variables` what they may not name;
//! 2. `pages` fill the views: `view` says what each template may see, `parts` keeps what many pages show. `chart` draws
//!    figures; `method` and `correction` say how a report protects people and what changed in it, `citation` to reference
//!    managers what a page is;
//! 3. what has no template: `calendar`, `feed` (with `plain`, text for reading away from the page), `sitemap` and
//!    `download`, in what `xml` allows;
//! 4. `hosting` writes what hosts read: headers with each page's `policy`, and redirects.

mod assets;
mod calendar;
mod chart;
mod citation;
mod correction;
mod download;
mod feed;
mod hosting;
mod method;
mod minify;
mod pages;
mod parts;
mod plain;
mod policy;
mod sitemap;
mod template_findings;
mod templates;
mod variables;
mod view;
mod xml;

pub use hosting::{PLAIN_HEADERS, POLICY_HEADER, Rules};
pub use policy::Policy;
pub use variables::VARIABLES;

use crate::diagnostic::Diagnostics;
use crate::failure::Failure;
use crate::output::{Bytes, Origin, Output, OutputFile};
use crate::site::{Site, index_address};
use crate::source::Sources;
use assets::Assets;
use citation::Citation;
use pages::Job;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use templates::Templates;

/// Renders the whole site. Findings about templates are collected; `None` where the theme cannot be used at all.
///
/// # Errors
/// A file that is to be copied cannot be read.
pub fn render(site: &Site, sources: &Sources, found: &mut Diagnostics) -> Result<Option<Output>, Failure> {
    let assets = Assets::new(site, sources)?;
    let Some(templates) = Templates::new(site, sources, &assets, found) else { return Ok(None) };
    let renderer = pages::Renderer::new(site, &templates, &assets, found);
    let jobs: Vec<Job> = renderer.jobs();
    let rendered: Vec<Result<(String, OutputFile), Diagnostics>> =
        jobs.par_iter().with_max_len(16).map(|job| renderer.render(job)).collect();
    let mut output = Output::default();
    for (address, file) in &site.copies {
        output.add(
            address.output_path(),
            OutputFile {
                bytes: sources.bytes(*file)?.into(),
                origin: Origin::Copy(Some(sources.whole(*file))),
            },
        );
    }
    for (address, bytes) in
        site.portraits.values().flat_map(|squares| squares.addresses().into_iter().zip(squares.files()))
    {
        let file = OutputFile { bytes: Arc::clone(bytes).into(), origin: Origin::Program };
        output.add(address.output_path(), file);
    }
    for page in rendered {
        match page {
            Ok((path, file)) => output.add(path, file),
            Err(more) => found.extend(more),
        }
    }
    let mut program = |path: String, bytes: Vec<u8>| {
        output.add(path, OutputFile { bytes: bytes.into(), origin: Origin::Program });
    };
    for (path, text) in texts(site) {
        program(path, text.into_bytes());
    }
    for language in &site.project.site.languages {
        let address = index_address(language, site.project.first_language());
        program(address.output_path(), renderer.search_index(language).into_bytes());
    }
    for (path, bytes) in download::files(site)? {
        program(path, bytes);
    }
    for (path, bytes) in assets.into_files() {
        output.add(path, OutputFile { bytes: bytes.into(), origin: Origin::Copy(None) });
    }
    let rules = Rules::of(site);
    for host in &site.project.site.hosting.hosts {
        for (path, text) in rules.files(host.value, &output) {
            let file = OutputFile { bytes: text.into_bytes().into(), origin: Origin::Program };
            output.add(path.to_owned(), file);
        }
    }
    Ok(Some(output))
}

/// Renders pages of a site alone: those among `wanted`, by the paths of their files, and the theme's assets and the portraits
/// that they may show. Each is as it is in the whole site. `None` where something of that is wrong.
///
/// # Errors
/// An asset cannot be read.
pub fn render_part(
    site: &Site,
    sources: &Sources,
    wanted: &BTreeSet<String>,
) -> Result<Option<BTreeMap<String, Bytes>>, Failure> {
    let mut found = Diagnostics::new();
    let assets = Assets::new(site, sources)?;
    let Some(templates) = Templates::new(site, sources, &assets, &mut found) else { return Ok(None) };
    let renderer = pages::Renderer::new(site, &templates, &assets, &mut found);
    let mut files = BTreeMap::new();
    for job in renderer.jobs().iter().filter(|job| wanted.contains(&job.path(site))) {
        match renderer.render(job) {
            Ok((path, file)) => drop(files.entry(path).or_insert(file.bytes)),
            Err(more) => found.extend(more),
        }
    }
    for squares in site.portraits.values() {
        let shown = squares.addresses().into_iter().zip(squares.files());
        files.extend(shown.map(|(address, bytes)| (address.output_path(), Arc::clone(bytes).into())));
    }
    files.extend(assets.into_files().map(|(path, bytes)| (path, bytes.into())));
    Ok(Some(files).filter(|_| found.is_empty()))
}

/// What is made without a template and without trouble.
fn texts(site: &Site) -> Vec<(String, String)> {
    [feed::feeds(site), calendar::files(site), sitemap::files(site), citations(site)].concat()
}

/// The files beside each report and article that a reference manager imports.
fn citations(site: &Site) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for page in &site.pages {
        let Some(citation) = Citation::of(site, page) else { continue };
        for (address, export) in citation.exports(&page.page.address) {
            files.push((address.output_path(), citation.write(export)));
        }
    }
    files
}
