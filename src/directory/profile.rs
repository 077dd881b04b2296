//! [`Record`] -> consent and dates -> [`Profile`], or [`Withheld`] with the reason.

use super::record::{Pathway, Purpose, Record, Role, Status};
use super::{Change, Photo};
use crate::config::{Facet, SiteConfig, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::language::{Language, Localised};
use crate::markdown::Document;
use crate::source::Span;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Whether a mentor has places, derived from capacity and taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// So many places.
    Free(u32),
    /// None.
    Full,
}

/// Why a person is not public.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Why {
    /// Registered and not listed yet.
    Registered,
    /// Paused, until a day if one is given.
    Paused,
    /// Withdrawn.
    Withdrawn,
    /// No consent, or consent withdrawn.
    NoConsent,
    /// Too long past the review date.
    Overdue,
    /// Neither a mentor nor of the committee.
    NotShown,
    /// Left out of this build because of findings.
    LeftOut,
}

impl Why {
    /// In words, for messages.
    pub fn words(self) -> &'static str {
        match self {
            Why::Registered => "registered, not listed yet",
            Why::Paused => "paused",
            Why::Withdrawn => "withdrawn",
            Why::NoConsent => "without consent",
            Why::Overdue => "overdue for review",
            Why::NotShown => "neither a mentor nor of the committee",
            Why::LeftOut => "left out because of findings",
        }
    }
}

/// Somebody who is not public. The name is kept to search the output for it, and for nothing else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Withheld {
    /// Her record.
    pub span: Span,
    /// Her name, where the record still has it.
    pub name: Option<String>,
    /// Why.
    pub why: Why,
    /// Her name may stand in texts although her profile is gone.
    pub named_elsewhere: bool,
    /// She is of the committee and not a mentor.
    pub committee_only: bool,
    /// Her photo, where the record still names one: kept to search the output for it, and for nothing else.
    pub photo: Option<Photo>,
}

/// Something a profile can be listed by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place<'p> {
    /// By what.
    pub facet: Facet,
    /// The term's id.
    pub term: &'p str,
}

/// A person who is public today. Made only here, from a record whose consent and dates allow it.
#[derive(Debug)]
pub struct Profile {
    id: String,
    span: Span,
    name: String,
    sort_name: String,
    pronouns: Option<String>,
    post: Text,
    institution: String,
    stage: String,
    pathway: Option<&'static str>,
    disciplines: Vec<String>,
    interests: Vec<String>,
    offers: Vec<String>,
    seeks: Option<Text>,
    languages: Vec<Language>,
    roles: Vec<Role>,
    state: State,
    bio: Option<Localised<Document>>,
    photo: Option<Photo>,
    links: Vec<(String, String)>,
    noindex: bool,
    named_elsewhere: bool,
    allowed: BTreeSet<Purpose>,
}

impl Profile {
    /// Her id: the last part of her address.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Her record.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Her name as she writes it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Her name as lists are sorted by it.
    pub fn sort_name(&self) -> &str {
        &self.sort_name
    }

    /// Her pronouns.
    pub fn pronouns(&self) -> Option<&str> {
        self.pronouns.as_deref()
    }

    /// Her post.
    pub fn post(&self) -> &Text {
        &self.post
    }

    /// Her institution's id.
    pub fn institution(&self) -> &str {
        &self.institution
    }

    /// Her stage's id.
    pub fn stage(&self) -> &str {
        &self.stage
    }

    /// `clinical` or `non-clinical`.
    pub fn pathway(&self) -> Option<&'static str> {
        self.pathway
    }

    /// Ids of her disciplines.
    pub fn disciplines(&self) -> &[String] {
        &self.disciplines
    }

    /// What she works on, in her words.
    pub fn interests(&self) -> &[String] {
        &self.interests
    }

    /// Ids of what she helps with.
    pub fn offers(&self) -> &[String] {
        &self.offers
    }

    /// For whom.
    pub fn seeks(&self) -> Option<&Text> {
        self.seeks.as_ref()
    }

    /// Languages she mentors in.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// Whether she has this role.
    pub fn has_role(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Whether she has places.
    pub fn state(&self) -> State {
        self.state
    }

    /// Her own words.
    pub fn bio(&self) -> Option<&Localised<Document>> {
        self.bio.as_ref()
    }

    /// Her photo, if she has agreed that it is shown.
    pub fn photo(&self) -> Option<&Photo> {
        self.photo.as_ref().filter(|_| self.allows(Purpose::Photo))
    }

    /// Her photo, if she has not.
    pub fn photo_kept_back(&self) -> Option<&Photo> {
        self.photo.as_ref().filter(|_| !self.allows(Purpose::Photo))
    }

    /// Kind of link (`orcid`, `profile`) and address.
    pub fn links(&self) -> &[(String, String)] {
        &self.links
    }

    /// Whether search engines are asked to leave her out.
    pub fn noindex(&self) -> bool {
        self.noindex
    }

    /// Whether she has agreed to this, and the consent holds today.
    pub fn allows(&self, purpose: Purpose) -> bool {
        self.allowed.contains(&purpose)
    }

    /// Everything she is listed by.
    pub fn places(&self) -> impl Iterator<Item = Place<'_>> {
        let offers = self.offers.iter().map(|term| Place { facet: Facet::Offer, term });
        let disciplines = self.disciplines.iter().map(|term| Place { facet: Facet::Discipline, term });
        offers.chain(disciplines).chain([
            Place { facet: Facet::Institution, term: &self.institution },
            Place { facet: Facet::Stage, term: &self.stage },
        ])
    }

    /// The first letters of the last two words of her name, leaving titles aside.
    pub fn initials(&self) -> String {
        const TITLES: [&str; 9] = ["dr", "prof", "professor", "mr", "mrs", "ms", "miss", "dame", "sir"];
        let words: Vec<&str> = self
            .name
            .split_whitespace()
            .filter(|word| !TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str()))
            .collect();
        let first = words.first().into_iter().chain(words.iter().skip(1).last());
        first
            .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
            .flat_map(char::to_uppercase)
            .collect()
    }

    pub(super) fn withhold(self, why: Why) -> Withheld {
        Withheld {
            span: self.span,
            committee_only: !self.roles.contains(&Role::Mentor),
            name: Some(self.name),
            why,
            named_elsewhere: self.named_elsewhere,
            photo: self.photo,
        }
    }
}

/// Decides whether a record is public today; says so where it is not for a reason that its owner may not know of.
pub(super) fn judge(
    record: Record,
    site: &SiteConfig,
    date: Date,
    changes: &mut BTreeMap<Date, Vec<Change>>,
    found: &mut Diagnostics,
) -> Result<Box<Profile>, Withheld> {
    let mut change = |on: Date, what: Change| changes.entry(on).or_default().push(what);
    let why = match record.status {
        Status::Registered => Some(Why::Registered),
        Status::Withdrawn => Some(Why::Withdrawn),
        Status::Paused => match record.until {
            Some(until) if until <= date => None,
            Some(until) => {
                change(until, Change::Back);
                Some(Why::Paused)
            }
            None => Some(Why::Paused),
        },
        Status::Listed => None,
    };
    // Whoever only looks for a mentor is never shown.
    let is_shown = record.roles.iter().any(|role| matches!(role, Role::Mentor | Role::Committee));
    let why = why
        .or_else(|| (!is_shown).then_some(Why::NotShown))
        .or_else(|| consent(&record, site, date, found))
        .or_else(|| review(&record, site, date, &mut change, found));
    let name = record.name.as_ref().map(|name| name.value.clone());
    if let Some(why) = why {
        return Err(Withheld {
            span: record.span,
            name,
            why,
            named_elsewhere: record.named_elsewhere,
            committee_only: !record.roles.contains(&Role::Mentor) && record.roles.contains(&Role::Committee),
            photo: record.photo,
        });
    }
    if let Some(photo) = &record.photo
        && !record.consent.get(&Purpose::Photo).is_some_and(|consent| is_given(consent, date))
    {
        found.push(
            Diagnostic::new(
                Code::PhotoWithoutConsent,
                photo.span,
                format!(
                    "the photo of {} is left out: there is no consent to it",
                    name.as_deref().unwrap_or("this person")
                ),
            )
            .help("add `photo: {given: YYYY-MM-DD, wording: …}` under `consent:` once she has agreed"),
        );
    }
    let given = record.consent.iter().filter(|(_, consent)| is_given(consent, date));
    let allowed = given.map(|(purpose, _)| *purpose).collect();
    let taken = record.taken.as_ref().map_or(0, |taken| taken.value);
    let places = record.capacity.as_ref().map_or(0, |capacity| capacity.value.saturating_sub(taken));
    let name = name.unwrap_or_else(|| record.id.value.clone());
    let empty = || Localised::everywhere(crate::source::Spanned::new(String::new(), record.span));
    Ok(Box::new(Profile {
        sort_name: record.sort_name.unwrap_or_else(|| sort_name(&name)),
        id: record.id.value,
        span: record.span,
        name,
        pronouns: record.pronouns,
        post: record.post.unwrap_or_else(empty),
        institution: record.institution.unwrap_or_default(),
        stage: record.stage.unwrap_or_default(),
        pathway: record.pathway.map(|pathway| match pathway {
            Pathway::Clinical => "clinical",
            Pathway::NonClinical => "non-clinical",
        }),
        disciplines: record.disciplines,
        interests: record.interests,
        offers: record.offers,
        seeks: record.seeks,
        languages: record.languages,
        roles: record.roles,
        state: if places == 0 { State::Full } else { State::Free(places) },
        bio: record.bio,
        photo: record.photo,
        links: record.links,
        noindex: record.noindex,
        named_elsewhere: record.named_elsewhere,
        allowed,
    }))
}

fn is_given(consent: &super::record::Consent, date: Date) -> bool {
    consent.given.is_some_and(|given| given <= date)
        && consent.withdrawn.is_none_or(|withdrawn| withdrawn > date)
}

/// The consent gate: whether the profile may be shown, and whether its wording is the current one.
fn consent(record: &Record, site: &SiteConfig, date: Date, found: &mut Diagnostics) -> Option<Why> {
    let name = record.name.as_ref().map_or(record.id.value.as_str(), |name| name.value.as_str());
    let given = record.consent.get(&Purpose::Profile);
    let Some(given) = given.filter(|consent| is_given(consent, date)) else {
        let reason = match given {
            Some(consent) if consent.withdrawn.is_some_and(|on| on <= date) => "consent was withdrawn",
            Some(consent) if consent.given.is_some() => "consent is dated in the future",
            _ => "there is no consent to the profile",
        };
        found.push(
            Diagnostic::new(Code::ConsentMissing, record.id.span, format!("{name} is left out: {reason}"))
                .help("once she has agreed, write `consent: {profile: {given: YYYY-MM-DD, wording: …}}`"),
        );
        return Some(Why::NoConsent);
    };
    if let Some(current) = &site.consent
        && given.wording.as_ref().is_none_or(|wording| wording.value != current.current)
    {
        let (span, typed) = given
            .wording
            .as_ref()
            .map_or((record.id.span, "none"), |wording| (wording.span, wording.value.as_str()));
        found.push(
            Diagnostic::new(
                Code::ConsentOlderWording,
                span,
                format!("{name} agreed to the wording {typed}; the current one is {}", current.current),
            )
            .help("ask her again, then write the new date and wording"),
        );
    }
    None
}

/// The review date and the grace after it.
fn review(
    record: &Record,
    site: &SiteConfig,
    date: Date,
    change: &mut impl FnMut(Date, Change),
    found: &mut Diagnostics,
) -> Option<Why> {
    let review = record.review_by.as_ref()?;
    let name = record.name.as_ref().map_or(record.id.value.as_str(), |name| name.value.as_str());
    let last = review.value.checked_add(i64::from(site.grace_days).days()).unwrap_or(Date::MAX);
    let confirm = "ask her whether it is still right, then write a new date a year ahead";
    if review.value > date {
        change(review.value, Change::ReviewDue);
        return None;
    }
    if last >= date {
        if let Ok(out) = last.tomorrow() {
            change(out, Change::LeftOut);
        }
        found.push(
            Diagnostic::new(
                Code::ReviewDue,
                review.span,
                format!(
                    "the profile of {name} was due for review on {}; it stays until {last}",
                    review.value
                ),
            )
            .help(confirm),
        );
        return None;
    }
    found.push(
        Diagnostic::new(
            Code::ReviewOverdue,
            review.span,
            format!(
                "{name} is left out: the profile was due for review on {}, more than {} days ago",
                review.value, site.grace_days
            ),
        )
        .help(confirm),
    );
    Some(Why::Overdue)
}

/// "Dr Siân O'Brien-Ng" sorts as "O'Brien-Ng, Dr Siân": the last word first.
fn sort_name(name: &str) -> String {
    match name.rsplit_once(char::is_whitespace) {
        Some((rest, last)) => format!("{last}, {rest}"),
        None => name.to_owned(),
    }
}
