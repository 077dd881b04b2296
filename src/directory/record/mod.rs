//! A person's file, as typed: [`Record`]. `read` makes one of YAML.

mod read;

pub(super) use read::read;

use super::Photo;
use crate::config::Text;
use crate::language::{Language, Localised};
use crate::markdown::Document;
use crate::source::{Span, Spanned};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a person does in the scheme.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    /// Listed for mentees to choose.
    Mentor,
    /// Looks for a mentor; never listed.
    Mentee,
    /// Runs the scheme.
    Committee,
}

impl Role {
    /// The word in files and directives.
    pub fn find(name: &str) -> Option<Role> {
        match name {
            "mentor" => Some(Role::Mentor),
            "mentee" => Some(Role::Mentee),
            "committee" => Some(Role::Committee),
            _ => None,
        }
    }
}

/// What the committee decided about a profile.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Status {
    Registered,
    Listed,
    Paused,
    Withdrawn,
}

/// Clinical or not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Pathway {
    Clinical,
    NonClinical,
}

/// Consent to one purpose.
#[derive(Clone, Debug)]
pub(super) struct Consent {
    pub(super) given: Option<Date>,
    pub(super) wording: Option<Spanned<String>>,
    pub(super) withdrawn: Option<Date>,
}

/// A person as typed; what is missing was reported when it was read.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) id: Spanned<String>,
    pub(super) span: Span,
    pub(super) name: Option<Spanned<String>>,
    pub(super) sort_name: Option<String>,
    pub(super) pronouns: Option<String>,
    pub(super) post: Option<Text>,
    pub(super) institution: Option<String>,
    pub(super) stage: Option<String>,
    pub(super) pathway: Option<Pathway>,
    pub(super) disciplines: Vec<String>,
    pub(super) interests: Vec<String>,
    pub(super) offers: Vec<String>,
    pub(super) seeks: Option<Text>,
    pub(super) languages: Vec<Language>,
    pub(super) roles: Vec<Role>,
    pub(super) capacity: Option<Spanned<u32>>,
    pub(super) taken: Option<Spanned<u32>>,
    pub(super) bio: Option<Localised<Document>>,
    pub(super) photo: Option<Photo>,
    pub(super) links: Vec<(String, String)>,
    pub(super) status: Status,
    pub(super) until: Option<Date>,
    pub(super) consent: BTreeMap<Purpose, Consent>,
    pub(super) review_by: Option<Spanned<Date>>,
    pub(super) noindex: bool,
    pub(super) named_elsewhere: bool,
}

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
}
