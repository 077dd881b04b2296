//! Rules -> configuration of nginx and Apache, and headers for whoever types them into the pages of another host.

use super::{ASK_AGAIN, ASSETS, FOR_EVER, PLAIN_HEADERS, POLICY_HEADER, Policy, Rules, spellings};
use std::fmt::Write;

impl Rules {
    /// A file for nginx, to be included in a `server` block.
    pub fn nginx(&self) -> String {
        let path = self.base.path();
        let mut text = format!(
            "# {}/, for nginx. Made by `mentorpress hosting nginx`: make it again when redirects have changed.\n\
             # Include it in the server block whose `root` holds the site at {path}/:\n\
             #     server {{\n\
             #         root /srv/www;\n\
             #         include /etc/nginx/mentoring.conf;\n\
             #     }}\n\n\
             location ^~ {path}/ {{\n    index index.html;\n    charset utf-8;\n    absolute_redirect off;\n    \
             error_page 404 {path}/404.html;\n",
            self.base.host().to_owned() + path
        );
        if self.compress {
            text.push_str("    gzip_static on;\n    # With the module for Brotli also: brotli_static on;\n");
        }
        text.push_str(&nginx_headers(Policy::Still, ASK_AGAIN, "    "));
        let mut location = |begins: &str, policy: Policy, caching: &str| {
            let headers = nginx_headers(policy, caching, "        ");
            text.push_str(&format!("\n    location ^~ {path}{begins} {{\n{headers}    }}\n"));
        };
        location(ASSETS, Policy::Still, FOR_EVER);
        for (area, policy) in &self.areas {
            location(area.as_str(), *policy, ASK_AGAIN);
        }
        if !self.redirects.is_empty() {
            text.push('\n');
        }
        for (from, to) in &self.redirects {
            for from in spellings(from) {
                let _ = writeln!(text, "    location = {path}{from} {{ return 301 {}; }}", self.target(to));
            }
        }
        text.push_str("}\n");
        text
    }

    /// The text of `.htaccess`, which may as well stand in a `<Directory>` of the server's configuration.
    pub fn apache(&self) -> String {
        let path = self.base.path();
        let mut text = format!(
            "# {}/, for Apache. Made by Mentorpress: the next build writes it again.\n\
             DirectoryIndex index.html\nErrorDocument 404 {path}/404.html\n\
             AddCharset utf-8 .html .css .js .txt .xml .csv\n<IfModule mod_headers.c>\n",
            self.base.host().to_owned() + path
        );
        let mut set = |name: &str, value: &str, begins: Option<&str>| {
            let only = begins.map(|begins| {
                format!(" \"expr=%{{REQUEST_URI}} =~ m#^{}#\"", pattern(&format!("{path}{begins}")))
            });
            let _ = writeln!(text, "Header always set {name} \"{value}\"{}", only.unwrap_or_default());
        };
        for (name, value) in PLAIN_HEADERS {
            set(name, value, None);
        }
        set("Cache-Control", ASK_AGAIN, None);
        set("Cache-Control", FOR_EVER, Some(ASSETS));
        set(POLICY_HEADER, &Policy::Still.header(), None);
        for (area, policy) in &self.areas {
            set(POLICY_HEADER, &policy.header(), Some(area.as_str()));
        }
        text.push_str("</IfModule>\n");
        for (from, to) in &self.redirects {
            for from in spellings(from) {
                let from = pattern(&format!("{path}{from}"));
                let _ = writeln!(text, "RedirectMatch 301 \"^{from}$\" \"{}\"", self.target(to));
            }
        }
        text
    }

    /// Headers by what addresses begin with, for hosts where somebody types them in.
    pub fn headers(&self) -> String {
        let path = self.base.path();
        let mut text = String::new();
        let mut area = |begins: &str, policy: Policy, caching: &str| {
            let _ = writeln!(text, "{path}{begins}*");
            for (name, value) in headers(policy, caching) {
                let _ = writeln!(text, "  {name}: {value}");
            }
        };
        area("/", Policy::Still, ASK_AGAIN);
        area(ASSETS, Policy::Still, FOR_EVER);
        for (begins, policy) in &self.areas {
            area(begins.as_str(), *policy, ASK_AGAIN);
        }
        text
    }
}

fn headers(policy: Policy, caching: &str) -> Vec<(&'static str, String)> {
    let mut headers = vec![(POLICY_HEADER, policy.header())];
    headers.extend(PLAIN_HEADERS.map(|(name, value)| (name, value.to_owned())));
    headers.push(("Cache-Control", caching.to_owned()));
    headers
}

/// A `location` with a header of its own has none of those around it, so each has them all.
fn nginx_headers(policy: Policy, caching: &str, indent: &str) -> String {
    let mut text = String::new();
    for (name, value) in headers(policy, caching) {
        let _ = writeln!(text, "{indent}add_header {name} \"{value}\" always;");
    }
    text
}

/// A path as a regular expression that matches nothing else.
fn pattern(path: &str) -> String {
    let mut pattern = String::new();
    for c in path.chars() {
        if !c.is_alphanumeric() && !"/_-".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}
