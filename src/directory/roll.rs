//! [`Record`]s -> [`Held`]: what the committee's commands and the summary know of everybody, public or not.
//!
//! Templates and checks of the site have no business here: what they may know of a person is in a
//! [`Profile`](super::Profile) or a [`Withheld`](super::Withheld). `tests/architecture.rs` keeps `site`, `render` and
//! `check` away from [`Directory::roll`](super::Directory::roll).

use super::record::{Consent, Record, Role, Status};
use super::standing::Standing;
use crate::config::Purpose;
use crate::source::Span;
use jiff::ToSpan;
use jiff::civil::Date;

/// A person of the scheme's files, public or not: what the committee keeps an eye on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    /// Her id.
    pub id: String,
    /// Her name, where the record still has it.
    pub name: Option<String>,
    /// Her whole record; its file is `span.file`.
    pub span: Span,
    /// What the record says, whatever follows from it.
    pub status: Status,
    /// Where she stands today. Whoever is full or due for review is [`Standing::Listed`] here: see
    /// [`standings`](Held::standings).
    pub standing: Standing,
    /// Whether she is a listed mentor without a free place.
    pub is_full: bool,
    /// Whether she is listed and past her review date.
    pub is_due: bool,
    /// Her roles, in the order written; none where the record is withdrawn.
    pub roles: Vec<Role>,
    /// Places in all.
    pub capacity: Option<u32>,
    /// Places taken, where the record says.
    pub taken: Option<u32>,
    /// The day on which a pause ends.
    pub until: Option<Date>,
    /// The day on which she withdrew.
    pub on: Option<Date>,
    /// The day on which her profile is due for review.
    pub review_by: Option<Date>,
    /// What she agreed to, in the order of [`Purpose::ALL`].
    pub consents: Vec<Consent>,
    /// Her photo's file from the site's folder, there or not, whatever she agreed to.
    pub photo: Option<String>,
}

impl Held {
    /// Takes what is kept of a record, and the consents out of it.
    pub(super) fn of(record: &mut Record, date: Date, grace_days: u32) -> Held {
        let mut held = Held {
            id: record.id.value.clone(),
            name: record.name.as_ref().map(|name| name.value.clone()),
            span: record.span,
            status: record.status,
            standing: Standing::Registered,
            is_full: false,
            is_due: false,
            roles: record.roles.clone(),
            capacity: record.capacity.as_ref().map(|capacity| capacity.value),
            taken: record.taken.as_ref().map(|taken| taken.value),
            until: record.until,
            on: record.on,
            review_by: record.review_by.as_ref().map(|review| review.value),
            consents: std::mem::take(&mut record.consent),
            photo: record.photo.as_ref().map(|photo| photo.path.clone()),
        };
        held.standing = held.standing_on(date, grace_days);
        held.is_due = held.is_due_on(date, grace_days);
        held.is_full = held.standing == Standing::Listed && held.is_mentor() && held.free() == 0;
        held
    }

    /// Whether she mentors.
    pub fn is_mentor(&self) -> bool {
        self.roles.contains(&Role::Mentor)
    }

    /// Free places.
    pub fn free(&self) -> u32 {
        self.capacity.unwrap_or(0).saturating_sub(self.taken.unwrap_or(0))
    }

    /// Her consent to a purpose, holding or not.
    pub fn consent(&self, purpose: Purpose) -> Option<&Consent> {
        self.consents.iter().find(|consent| consent.purpose == purpose)
    }

    /// Whether her consent to a purpose holds on a day.
    pub fn allows(&self, purpose: Purpose, date: Date) -> bool {
        self.consent(purpose).is_some_and(|consent| consent.holds(date))
    }

    /// Every state that is true of her today: the one of [`standing`](Held::standing) first.
    pub fn standings(&self) -> impl Iterator<Item = Standing> + use<> {
        let full = self.is_full.then_some(Standing::Full);
        let due = self.is_due.then_some(Standing::Due);
        std::iter::once(self.standing).chain(full).chain(due)
    }

    /// Where she stands on a day, if nobody edits a file until then.
    pub fn standing_on(&self, date: Date, grace_days: u32) -> Standing {
        if self.status == Status::Withdrawn {
            return Standing::Withdrawn;
        }
        // Whoever only looks for a mentor is never shown.
        if !self.roles.iter().any(|role| matches!(role, Role::Mentor | Role::Committee)) {
            return Standing::NotShown;
        }
        match self.status {
            Status::Registered => Standing::Registered,
            Status::Paused if self.until.is_none_or(|until| until > date) => Standing::Paused,
            _ if !self.allows(Purpose::Profile, date) => Standing::NoConsent,
            _ if self.last_day(grace_days).is_some_and(|last| last < date) => Standing::Overdue,
            _ => Standing::Listed,
        }
    }

    /// Whether she is listed on a day, and past her review date.
    pub fn is_due_on(&self, date: Date, grace_days: u32) -> bool {
        self.standing_on(date, grace_days) == Standing::Listed
            && self.review_by.is_some_and(|review| review <= date)
    }

    /// The last day on which the grace after her review date keeps her listed.
    pub fn last_day(&self, grace_days: u32) -> Option<Date> {
        Some(self.review_by?.checked_add(i64::from(grace_days).days()).unwrap_or(Date::MAX))
    }
}
