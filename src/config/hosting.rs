//! `hosting:` of `site.yaml` -> how links are written, and for which hosts files are put into the output.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::path::Links;
use crate::source::{Span, Spanned};
use crate::yaml::{self, Format, Holds, Kind, Node, key, words};

/// Where the site will stand.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Hosting {
    /// How links to pages are written.
    pub links: Links,
    /// Hosts that read files of the site, each with its place.
    pub hosts: Vec<Spanned<Host>>,
    /// Whether compressed files lie beside texts.
    pub compress: bool,
}

/// A host that reads files of the site for its own ends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Host {
    /// GitHub Pages: `.nojekyll`. It sends no headers of ours.
    GithubPages,
    /// Netlify: `_headers` and `_redirects`.
    Netlify,
    /// Cloudflare Pages: the same, in its own way.
    Cloudflare,
    /// Apache: `.htaccess`.
    Apache,
}

impl Host {
    /// All, with their names in `site.yaml`.
    pub const ALL: [(&'static str, Host); 4] = [
        ("github-pages", Host::GithubPages),
        ("netlify", Host::Netlify),
        ("cloudflare", Host::Cloudflare),
        ("apache", Host::Apache),
    ];

    /// The files that it reads, as they lie in the output folder.
    pub fn files(self) -> &'static [&'static str] {
        match self {
            Host::GithubPages => &[".nojekyll"],
            Host::Netlify | Host::Cloudflare => &["_headers", "_redirects"],
            Host::Apache => &[".htaccess"],
        }
    }

    /// Its name in `site.yaml`.
    pub fn name(self) -> &'static str {
        Host::ALL[self as usize].0
    }
}

/// Ways of writing links.
const LINKS: [(&str, Links); 2] = [("folder", Links::Folder), ("index", Links::Index)];

/// `hosting`.
pub(super) static HOSTING: Format = Format {
    what: "hosting",
    keys: &[
        key(
            "links",
            Holds::Word(&words(&LINKS)),
            "index",
            "Whether links say /about/ or /about/index.html, for hosts that need the latter.",
        ),
        key(
            "for",
            Holds::OneOrMore(&Holds::Word(&words(&Host::ALL))),
            "netlify",
            "The host whose files of headers and redirects are written with the site.",
        ),
        key("compress", Holds::Boolean, "true", "Whether compressed files are put beside texts."),
    ],
};

impl Hosting {
    pub(super) fn read(node: &Node, found: &mut Diagnostics) -> Hosting {
        let Some(fields) = HOSTING.read(node, found) else { return Hosting::default() };
        let links = fields
            .get("links")
            .and_then(|node| yaml::word(node, "a way of writing links", &LINKS, found))
            .unwrap_or_default();
        let hosts = fields.get("for").map(|node| hosts(node, found)).unwrap_or_default();
        let compress = fields.get("compress").and_then(|node| yaml::boolean(node, found)).unwrap_or(false);
        Hosting { links, hosts, compress }
    }

    /// The place of the host that reads a file of this name, if one does.
    pub fn reads(&self, path: &str) -> Option<(Host, Span)> {
        let host = self.hosts.iter().find(|host| host.value.files().contains(&path))?;
        Some((host.value, host.span))
    }
}

/// One host, or a list of several.
fn hosts(node: &Node, found: &mut Diagnostics) -> Vec<Spanned<Host>> {
    let one = matches!(node.kind, Kind::Scalar { .. });
    let items = if one { std::slice::from_ref(node) } else { yaml::items(node, found) };
    let mut hosts: Vec<Spanned<Host>> = Vec::new();
    for item in items {
        if yaml::scalar(item) == Some("nginx") {
            found.push(
                Diagnostic::new(
                    Code::UnknownValue,
                    item.span,
                    "nginx reads no file of a site: its configuration lies elsewhere on the server",
                )
                .help("take the word out; what to put there is printed by `mentorpress hosting nginx`"),
            );
            continue;
        }
        let Some(host) = yaml::word(item, "a host that reads files of a site", &Host::ALL, found) else {
            continue;
        };
        let other =
            hosts.iter().find(|other| other.value.files().iter().any(|file| host.files().contains(file)));
        match other {
            Some(other) if other.value == host => found.push(
                Diagnostic::new(Code::DuplicateId, item.span, format!("`{}` is named twice", host.name()))
                    .help("keep one"),
            ),
            Some(other) => found.push(
                Diagnostic::new(
                    Code::UnknownValue,
                    item.span,
                    format!(
                        "`{}` and `{}` read files of the same names in different ways",
                        other.value.name(),
                        host.name()
                    ),
                )
                .help("keep the one that the site stands on"),
            ),
            None => hosts.push(Spanned::new(host, item.span)),
        }
    }
    hosts
}
