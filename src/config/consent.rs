//! `consent:` of `site.yaml` -> for each purpose the wording that is in force.

use crate::diagnostic::Diagnostics;
use crate::source::Spanned;
use crate::yaml::{self, Fields, Format, Holds, key, required};

/// What consent is given to: each on its own, since nobody who agrees to one has agreed to another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Purpose {
    /// The profile on the public site.
    Profile,
    /// Her photo on it.
    Photo,
    /// A card with her name where a link to her profile is shared.
    Social,
    /// Data about her for search engines (JSON-LD).
    Search,
    /// The code of conduct; nothing is shown of it.
    Code,
}

impl Purpose {
    /// In the order they are asked for, with the key in files.
    pub const ALL: [(&'static str, Purpose); 5] = [
        ("profile", Purpose::Profile),
        ("photo", Purpose::Photo),
        ("social", Purpose::Social),
        ("search", Purpose::Search),
        ("code", Purpose::Code),
    ];

    /// The key in files.
    pub fn key(self) -> &'static str {
        Purpose::ALL[self as usize].0
    }
}

/// The wording of one consent.
pub(super) static WORDING: Format = Format {
    what: "the wording of a consent",
    keys: &[
        required(key("current", Holds::Text, "v3", "The version that is in force.")),
        key("text", Holds::Text, "policies/consent-v3.md", "The page that holds it."),
    ],
};

/// The wording that consent to a purpose is given to now.
#[derive(Debug)]
pub struct ConsentWording {
    /// Consent to what.
    pub purpose: Purpose,
    /// Its version: `v3`.
    pub current: Spanned<String>,
    /// The page that holds it, as typed.
    pub page: Option<Spanned<String>>,
}

/// Reads the wordings, in the order of [`Purpose::ALL`].
pub(super) fn read(fields: &Fields, found: &mut Diagnostics) -> Vec<ConsentWording> {
    let names = Purpose::ALL.map(|(name, _)| name);
    let Some(consent) = fields.get("consent").and_then(|node| yaml::fields(node, "consent", &names, found))
    else {
        return Vec::new();
    };
    let mut wordings = Vec::new();
    for (name, purpose) in Purpose::ALL {
        let wording = consent.get(name).and_then(|node| WORDING.read(node, found));
        let Some(wording) = wording else { continue };
        let page = wording.get("text").and_then(|node| yaml::text(node, found));
        if let Some(current) = wording.need("current", found).and_then(|node| yaml::text(node, found)) {
            wordings.push(ConsentWording { purpose, current, page });
        }
    }
    wordings
}
