//! The site's redirects and policies -> what hosts have to know of them, each in its own way.
//!
//! `folder_files` writes the files that a host finds in the output folder; `servers` the configuration of servers.

mod folder_files;
mod servers;

use super::policy::Policy;
use crate::config::Host;
use crate::html::encode_url;
use crate::output::Output;
use crate::path::{Address, Base};
use crate::site::{Site, prefixed, search_address, shortlist_address};

/// Headers that are the same for all answers.
pub const PLAIN_HEADERS: [(&str, &str); 2] =
    [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer")];
/// The header with a page's policy.
pub const POLICY_HEADER: &str = "Content-Security-Policy";
/// The theme's files, whose names change with their bytes.
const ASSETS: &str = "/assets/";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Everything else is asked for again each time, so that whoever withdrew is gone when the host has the new site.
const ASK_AGAIN: &str = "no-cache";

/// What a host has to know.
#[derive(Clone, Debug)]
pub struct Rules {
    base: Base,
    /// Addresses that lead elsewhere.
    redirects: Vec<(Address, Address)>,
    /// What addresses begin with that have another policy than the rest, the longer after the shorter.
    areas: Vec<(Address, Policy)>,
    /// Whether compressed files lie beside texts.
    compress: bool,
}

impl Rules {
    /// The rules of a site.
    pub fn of(site: &Site) -> Rules {
        let config = &site.project.site;
        let first = site.project.first_language();
        let mut areas = Vec::new();
        let searches = config.languages.iter().map(|language| search_address(language, first));
        areas.extend(searches.map(|address| (address, Policy::Reading)));
        for language in config.languages.iter().filter(|_| site.project.directory.exists) {
            areas.push((prefixed(language, first, &["mentors"]), Policy::Scripted));
            areas.push((shortlist_address(language, first), Policy::Reading));
        }
        areas.sort_by_key(|(address, _)| address.as_str().len());
        Rules {
            base: config.base.clone(),
            redirects: site.redirects.clone(),
            areas,
            compress: config.hosting.compress,
        }
    }

    /// The policy of what stands at an address.
    pub fn policy(&self, address: &str) -> Policy {
        let area = self.areas.iter().rev().find(|(area, _)| address.starts_with(area.as_str()));
        area.map_or(Policy::Still, |(_, policy)| *policy)
    }

    /// How long what stands at an address may be kept.
    pub fn caching(&self, address: &str) -> &'static str {
        if address.starts_with(ASSETS) { FOR_EVER } else { ASK_AGAIN }
    }

    /// Where the site stands.
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// Where an address leads that leads elsewhere: as a link says it.
    pub fn redirect(&self, address: &str) -> Option<String> {
        let (_, to) = self.redirects.iter().find(|(from, _)| from.as_str() == address)?;
        Some(self.target(to))
    }

    /// The files that a host finds in the output folder.
    pub(super) fn files(&self, host: Host, output: &Output) -> Vec<(&'static str, String)> {
        match host {
            Host::GithubPages => vec![(".nojekyll", String::new())],
            Host::Netlify | Host::Cloudflare => {
                vec![("_headers", self.headers_file(host, output)), ("_redirects", self.redirects_file(host))]
            }
            Host::Apache => vec![(".htaccess", self.apache())],
        }
    }

    fn target(&self, to: &Address) -> String {
        // A dollar would begin a variable in nginx and Apache.
        encode_url(&self.base.href(to)).replace('$', "%24")
    }
}

/// The addresses by which a page is asked for: its folder, and the file in it.
fn spellings(address: &Address) -> Vec<String> {
    let file = format!("/{}", address.output_path());
    if file == address.as_str() { vec![file] } else { vec![address.to_string(), file] }
}
