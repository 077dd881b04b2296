//! `logo:` of `site.yaml` -> the file that is meant, and what it says to those who do not see it.

use super::Text;
use super::keys::LOGO;
use crate::diagnostic::Diagnostics;
use crate::source::Spanned;
use crate::yaml::{self, Kind, Node};

/// The sign of the scheme, or of who runs it.
#[derive(Debug)]
pub struct Logo {
    /// Its path within `content/`.
    pub file: Spanned<String>,
    /// What it says; the name of the organisation where nothing is written.
    pub alt: Option<Text>,
}

/// A path, or `{file, alt}`.
pub(super) fn read(node: &Node, found: &mut Diagnostics) -> Option<Logo> {
    if !matches!(node.kind, Kind::Map(_)) {
        return yaml::text(node, found).map(|file| Logo { file, alt: None });
    }
    let fields = LOGO.read(node, found)?;
    let alt = fields.get("alt").and_then(|node| yaml::localised(node, found));
    let file = fields.need("file", found).and_then(|node| yaml::text(node, found))?;
    Some(Logo { file, alt })
}
