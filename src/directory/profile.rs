//! [`Record`] -> consent and dates -> [`Profile`], or [`Withheld`] with the reason.

use super::Photo;
use super::initials::initials;
use super::record::{Pathway, Record, Role};
use super::roll::Held;
use super::standing::Standing;
use crate::config::{Facet, Purpose, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::language::{Language, Localised};
use crate::markdown::Document;
use crate::source::Span;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Whether a mentor has places, derived from capacity and taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// So many places.
    Free(u32),
    /// None.
    Full,
}

/// Somebody who is not public. The name is kept to search the output for it, and for nothing else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Withheld {
    /// Her record.
    pub span: Span,
    /// Her name, where the record still has it.
    pub name: Option<String>,
    /// Why.
    pub why: Standing,
    /// Her name may stand in texts although her profile is gone.
    pub named_elsewhere: bool,
    /// What she does in the scheme; nothing where withdrawal has left only an id.
    pub roles: Vec<Role>,
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
    bio: Option<Arc<Localised<Document>>>,
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
        self.bio.as_deref()
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

    /// The letters that stand where there is no photo.
    pub fn initials(&self) -> String {
        initials(&self.name)
    }

    pub(super) fn withhold(self, why: Standing) -> Withheld {
        Withheld {
            span: self.span,
            roles: self.roles,
            name: Some(self.name),
            why,
            named_elsewhere: self.named_elsewhere,
            photo: self.photo,
        }
    }
}

/// A record -> a profile, where it is public today.
pub(super) fn judge(
    record: Record,
    held: &Held,
    date: Date,
    found: &mut Diagnostics,
) -> Result<Box<Profile>, Box<Withheld>> {
    let name = record.name.as_ref().map(|name| name.value.clone());
    if held.standing != Standing::Listed {
        return Err(Box::new(Withheld {
            span: record.span,
            name,
            why: held.standing,
            named_elsewhere: record.named_elsewhere,
            roles: record.roles,
            photo: record.photo,
        }));
    }
    if let Some(photo) = &record.photo
        && !held.allows(Purpose::Photo, date)
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
    let given = held.consents.iter().filter(|consent| consent.holds(date));
    let allowed = given.map(|consent| consent.purpose).collect();
    let places = held.free();
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

/// "Dr Siân O'Brien-Ng" sorts as "O'Brien-Ng, Dr Siân": the last word first.
pub fn sort_name(name: &str) -> String {
    match name.rsplit_once(char::is_whitespace) {
        Some((rest, last)) => format!("{last}, {rest}"),
        None => name.to_owned(),
    }
}
