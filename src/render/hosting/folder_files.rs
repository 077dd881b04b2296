//! Rules -> `_headers` and `_redirects`, which Netlify and Cloudflare Pages read in the output folder.
//!
//! Of rules that match one address both hosts take all: two policies would both hold, and the stricter of each part with
//! them. So no two rules with a policy match one address.

use super::{ASSETS, FOR_EVER, PLAIN_HEADERS, POLICY_HEADER, Policy, Rules, spellings};
use crate::config::Host;
use crate::output::Output;
use std::collections::BTreeMap;

/// Cloudflare Pages reads so many rules. Some are for other headers.
const MOST_RULES: usize = 95;

impl Rules {
    pub(super) fn headers_file(&self, host: Host, output: &Output) -> String {
        let mut text = String::from(
            "# Made by Mentorpress: what is sent with each page. The next build writes it again.\n",
        );
        let mut rule = |pattern: &str, headers: &[(&str, &str)]| {
            text.push_str(&format!("{pattern}\n"));
            for (name, value) in headers {
                text.push_str(&format!("  {name}: {value}\n"));
            }
        };
        rule("/*", &PLAIN_HEADERS);
        let mut patterns = BTreeMap::new();
        let paths: Vec<&str> = output.iter().map(|(path, _)| path).collect();
        self.patterns("/", &paths, &mut patterns);
        if host == Host::Cloudflare && patterns.len() > MOST_RULES {
            // The pages' own policies still hold each to what it needs.
            patterns = BTreeMap::from([("/*".to_owned(), self.loosest("/"))]);
        }
        let assets = format!("{ASSETS}*");
        let caching = ("Cache-Control", FOR_EVER);
        for (pattern, policy) in &patterns {
            let policy = policy.header();
            let headers = [(POLICY_HEADER, policy.as_str()), caching];
            rule(pattern, if *pattern == assets { &headers } else { &headers[..1] });
        }
        if !patterns.contains_key(&assets) {
            rule(&assets, &[caching]);
        }
        text
    }

    /// Patterns that match every page below a folder once. `paths` are those below the folder, from there.
    fn patterns(&self, folder: &str, paths: &[&str], patterns: &mut BTreeMap<String, Policy>) {
        let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for path in paths {
            match path.split_once('/') {
                Some((name, rest)) => folders.entry(name).or_default().push(rest),
                None if *path == "index.html" => {
                    patterns.insert(folder.to_owned(), self.policy(folder));
                    patterns.insert(format!("{folder}index.html"), self.policy(folder));
                }
                None if path.ends_with(".html") => {
                    let address = format!("{folder}{path}");
                    let policy = self.policy(&address);
                    patterns.insert(address, policy);
                }
                None => {}
            }
        }
        for (name, paths) in folders {
            let folder = format!("{folder}{name}/");
            let is_area = self.areas.iter().any(|(area, _)| area.as_str() == folder);
            let holds_area = self.areas.iter().any(|(area, _)| area.as_str().starts_with(&folder));
            if holds_area && !is_area {
                self.patterns(&folder, &paths, patterns);
            } else {
                // A rule a person would be too many: the shortlist's policy stands for the whole directory.
                patterns.insert(format!("{folder}*"), self.loosest(&folder));
            }
        }
    }

    /// The policy that lets everything below a folder do what it needs.
    fn loosest(&self, folder: &str) -> Policy {
        let below = self.areas.iter().filter(|(area, _)| area.as_str().starts_with(folder));
        below.map(|(_, policy)| *policy).max().unwrap_or_else(|| self.policy(folder))
    }

    pub(super) fn redirects_file(&self, host: Host) -> String {
        // The page that leads on lies at the old address; Netlify would answer with it unless it is told not to.
        let status = if host == Host::Netlify { "301!" } else { "301" };
        let mut text = String::from(
            "# Made by Mentorpress: former addresses of pages. The next build writes it again.\n",
        );
        for (from, to) in &self.redirects {
            for from in spellings(from) {
                text.push_str(&format!("{from} {} {status}\n", self.target(to)));
            }
        }
        text
    }
}
