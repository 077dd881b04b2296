//! `scheme:` of `site.yaml` -> what kind of scheme the site is for.

use crate::diagnostic::Diagnostics;
use crate::source::Span;
use crate::yaml::{self, Fields};

/// The scheme that a site is for. A site that names one has the pages that law and guidance ask of a scheme.
#[derive(Debug)]
pub struct Scheme {
    /// The place for what concerns the scheme.
    pub span: Span,
    /// Where the site says that being listed reveals special category data, if it does.
    pub special_category: Option<Span>,
}

const KEYS: [&str; 2] = ["kind", "special_category"];
const KINDS: [(&str, ()); 3] = [("mentoring", ()), ("reverse", ()), ("reciprocal", ())];

impl Scheme {
    /// Reads it; its kind only has to be right.
    pub(super) fn read(fields: &Fields, found: &mut Diagnostics) -> Option<Scheme> {
        let scheme = yaml::fields(fields.get("scheme")?, "scheme", &KEYS, found)?;
        if let Some(node) = scheme.get("kind") {
            yaml::word(node, "a kind of scheme", &KINDS, found);
        }
        let special_category =
            scheme.get("special_category").and_then(|node| yaml::boolean(node, found)?.then_some(node.span));
        let span = fields.key_span("scheme").unwrap_or(scheme.span);
        Some(Scheme { span, special_category })
    }
}
