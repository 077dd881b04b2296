//! A person's file, as typed: [`Record`]. `read` makes one of YAML.

mod keys;
mod languages;
mod links;
mod read;
mod terms;

pub(super) use keys::{CONSENT, GIVEN, LINKS, NAMED_ELSEWHERE, PATHWAYS, PHOTO, REQUIRED, WAIVER};
pub(crate) use keys::{PERSON, Shape};
pub(super) use read::read;

use super::Photo;
use crate::config::{Purpose, Text};
use crate::language::{Language, Localised};
use crate::markdown::Document;
use crate::source::{Span, Spanned};
use jiff::civil::Date;
use std::sync::Arc;

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
    /// Every role, with its word in files and directives.
    pub const ALL: [(&'static str, Role); 3] =
        [("mentor", Role::Mentor), ("mentee", Role::Mentee), ("committee", Role::Committee)];

    /// The role of this word.
    pub fn find(name: &str) -> Option<Role> {
        Role::ALL.iter().find(|(word, _)| *word == name).map(|(_, role)| *role)
    }
}

/// What the committee decided about a profile.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// Known, and not to be listed yet.
    Registered,
    /// To be listed, if consent and dates allow it.
    Listed,
    /// Not to be listed for a while.
    Paused,
    /// Gone.
    Withdrawn,
}

impl Status {
    /// Every status, with its word in files.
    pub const ALL: [(&'static str, Status); 4] = [
        ("registered", Status::Registered),
        ("listed", Status::Listed),
        ("paused", Status::Paused),
        ("withdrawn", Status::Withdrawn),
    ];
}

/// Clinical or not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::directory) enum Pathway {
    Clinical,
    NonClinical,
}

/// Consent to one purpose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Consent {
    /// To what.
    pub purpose: Purpose,
    /// The day on which she agreed; `None` where the record gives none that can be read.
    pub given: Option<Date>,
    /// The version of the wording that she agreed to.
    pub wording: Option<Spanned<String>>,
    /// The day from which it holds no more.
    pub withdrawn: Option<Date>,
}

impl Consent {
    /// Whether it holds on a day.
    pub fn holds(&self, date: Date) -> bool {
        self.given.is_some_and(|given| given <= date)
            && self.withdrawn.is_none_or(|withdrawn| withdrawn > date)
    }
}

/// A person as typed; what is missing was reported when it was read.
#[derive(Clone, Debug)]
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
    /// Shared with whoever keeps the record for the next build.
    pub(super) bio: Option<Arc<Localised<Document>>>,
    pub(super) photo: Option<Photo>,
    pub(super) links: Vec<(String, String)>,
    pub(super) status: Status,
    pub(super) until: Option<Date>,
    pub(super) on: Option<Date>,
    pub(super) consent: Vec<Consent>,
    pub(super) review_by: Option<Spanned<Date>>,
    pub(super) noindex: bool,
    pub(super) named_elsewhere: bool,
}
