//! The theme's assets under names that change with their bytes, so that hosts may let browsers keep them for ever.

use crate::failure::Failure;
use crate::path::Address;
use crate::site::Site;
use crate::source::Sources;
use crate::theme::FILES;
use sha2::{Digest, Sha256};

/// Assets with their addresses.
pub(super) struct Assets {
    files: Vec<(Address, Vec<u8>)>,
    stylesheet: Option<Address>,
    directory: Option<Address>,
    search: Option<Address>,
}

const STYLESHEET: &str = "theme.css";
const DIRECTORY: &str = "directory.js";
const SEARCH: &str = "search.js";

impl Assets {
    /// Reads the assets; the stylesheet gets the site's own colours and title appended, and the default theme's scripts
    /// go without their comments. A site without a directory has none for it.
    pub(super) fn new(site: &Site, sources: &Sources) -> Result<Assets, Failure> {
        let mut assets = Assets { files: Vec::new(), stylesheet: None, directory: None, search: None };
        let assets_of_theme = site.project.theme.assets.iter();
        let has_directory = site.project.directory.exists;
        for (name, id) in assets_of_theme.filter(|(name, _)| *name != DIRECTORY || has_directory) {
            let file = sources.file(*id);
            let mut bytes =
                if file.text.is_empty() { sources.bytes(*id)? } else { file.text.clone().into_bytes() };
            if name == STYLESHEET {
                bytes.extend_from_slice(own_rules(site).as_bytes());
            }
            if FILES.iter().any(|(path, text)| path.ends_with(".js") && text.as_bytes() == bytes) {
                bytes = without_comments(&file.text).into_bytes();
            }
            let address = Address::file(&format!("assets/{}", hashed(name, &bytes)));
            if name == STYLESHEET {
                assets.stylesheet = Some(address.clone());
            } else if name == DIRECTORY {
                assets.directory = Some(address.clone());
            } else if name == SEARCH {
                assets.search = Some(address.clone());
            }
            assets.files.push((address, bytes));
        }
        Ok(assets)
    }

    pub(super) fn stylesheet(&self) -> Option<&Address> {
        self.stylesheet.as_ref()
    }

    pub(super) fn directory(&self) -> Option<&Address> {
        self.directory.as_ref()
    }

    pub(super) fn search(&self) -> Option<&Address> {
        self.search.as_ref()
    }

    pub(super) fn into_files(self) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.files.into_iter().map(|(address, bytes)| (address.output_path(), bytes))
    }
}

/// A script of ours, in which a line is either a comment or has none, and no text goes over lines.
fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The colours of `site.yaml` and the running title of printed pages.
fn own_rules(site: &Site) -> String {
    let config = &site.project.site;
    let first = site.project.first_language();
    let mut rules = String::new();
    let colours = [
        ("accent", &config.colours.accent),
        ("mentee", &config.colours.mentee),
        ("mentor", &config.colours.mentor),
    ];
    for (name, colour) in colours {
        if let Some(colour) = colour {
            rules.push_str(&format!("--{name}:{colour};"));
        }
    }
    let title: String = config
        .title
        .get(first, first)
        .value
        .chars()
        .filter(|c| !c.is_control() && !"\"\\<".contains(*c))
        .collect();
    format!("\n:root{{{rules}--running:\"{title}\"}}\n")
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
