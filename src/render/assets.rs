//! The theme's assets under names that change with their bytes, so that hosts may let browsers keep them for ever.

use crate::failure::Failure;
use crate::path::{Address, Base};
use crate::site::Site;
use crate::source::Sources;
use crate::theme::{FILES, Theme};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Assets with their addresses.
pub(super) struct Assets {
    files: Vec<Asset>,
}

/// A file of the theme: its path there, where it is served, and its bytes.
struct Asset {
    name: String,
    address: Address,
    bytes: Vec<u8>,
}

const STYLESHEET: &str = "theme.css";
const DIRECTORY: &str = "directory.js";
const SEARCH: &str = "search.js";

impl Assets {
    /// Reads the assets; the stylesheet gets the theme's further rules and the site's own colours and title appended, and the
    /// default theme's scripts go without their comments. A site without a directory has none for it.
    pub(super) fn new(site: &Site, sources: &Sources) -> Result<Assets, Failure> {
        let theme = &site.project.theme;
        let mut assets = Assets { files: Vec::new() };
        let has_directory = site.project.directory.exists;
        let is_served = |name: &str| {
            let is_part = name != STYLESHEET && Theme::LOOK.contains(&name);
            !is_part && (name != DIRECTORY || has_directory)
        };
        // Stylesheets come last, because they name the others.
        let (sheets, others): (Vec<_>, Vec<_>) = theme
            .assets
            .iter()
            .filter(|(name, _)| is_served(name))
            .partition(|(name, _)| name.ends_with(".css"));
        for (name, id) in others.into_iter().chain(sheets) {
            let file = sources.file(*id);
            let mut bytes =
                if file.text.is_empty() { sources.bytes(*id)? } else { file.text.clone().into_bytes() };
            if name.ends_with(".css") {
                let mut css = file.text.clone();
                if name == STYLESHEET {
                    for part in Theme::LOOK.iter().filter(|part| **part != STYLESHEET) {
                        css.extend(theme.assets.get(*part).map(|id| sources.file(*id).text.as_str()));
                    }
                    css.push_str(&own_rules(site, sources));
                }
                bytes = assets.with_addresses(&css, &site.project.site.base).into_bytes();
            }
            if FILES.iter().any(|(path, text)| path.ends_with(".js") && text.as_bytes() == bytes) {
                bytes = without_comments(&file.text).into_bytes();
            }
            let address = Address::file(&format!("assets/{}", hashed(name, &bytes)));
            assets.files.push(Asset { name: name.clone(), address, bytes });
        }
        Ok(assets)
    }

    /// A stylesheet whose `url(…)` name files of the theme -> where these are.
    fn with_addresses(&self, css: &str, base: &Base) -> String {
        let mut out = String::with_capacity(css.len());
        let mut rest = css;
        while let Some(at) = rest.find("url(") {
            let (head, tail) = rest.split_at(at + "url(".len());
            out.push_str(head);
            rest = tail;
            let Some(end) = tail.find(')') else { break };
            let name = tail[..end].trim().trim_matches(['"', '\'']);
            if let Some(file) = self.files.iter().find(|file| file.name == name) {
                out.push_str(&format!("\"{}\"", base.href(&file.address)));
                rest = &tail[end..];
            }
        }
        out.push_str(rest);
        out
    }

    fn address(&self, name: &str) -> Option<&Address> {
        self.files.iter().find(|file| file.name == name).map(|file| &file.address)
    }

    pub(super) fn stylesheet(&self) -> Option<&Address> {
        self.address(STYLESHEET)
    }

    pub(super) fn directory(&self) -> Option<&Address> {
        self.address(DIRECTORY)
    }

    pub(super) fn search(&self) -> Option<&Address> {
        self.address(SEARCH)
    }

    /// Where each file of the theme is, by the name that it has there.
    pub(super) fn hrefs(&self, base: &Base) -> BTreeMap<String, String> {
        self.files.iter().map(|file| (file.name.clone(), base.href(&file.address))).collect()
    }

    pub(super) fn into_files(self) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.files.into_iter().map(|file| (file.address.output_path(), file.bytes))
    }
}

/// A script of ours, in which a line is either a comment or has none, and no text goes over lines.
fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The colours of `site.yaml` and the running title of printed pages.
fn own_rules(site: &Site, sources: &Sources) -> String {
    let config = &site.project.site;
    let first = site.project.first_language();
    let colours = config.colours.css(&site.project.theme.stylesheet(sources));
    let title: String = config
        .title
        .get(first, first)
        .value
        .chars()
        .filter(|c| !c.is_control() && !"\"\\<".contains(*c))
        .collect();
    format!("\n{colours}:root{{--running:\"{title}\"}}\n")
}

/// `theme.css` -> `theme.0123456789.css`.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mut hash = String::new();
    for byte in digest.iter().take(5) {
        hash.push_str(&format!("{byte:02x}"));
    }
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
        None => format!("{name}.{hash}"),
    }
}
