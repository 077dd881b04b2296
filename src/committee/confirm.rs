//! "It is still right" -> a review date a year ahead.

use super::assignment::Assignment;
use super::scheme::Scheme;
use super::set::{Change, set};
use crate::failure::Failure;
use jiff::ToSpan;
use jiff::civil::Date;

/// One record confirmed.
#[derive(Debug)]
pub struct Confirmed {
    /// The change to her file.
    pub change: Change,
    /// Her review date before, as written.
    pub from: Option<String>,
    /// And now.
    pub to: Date,
}

/// Moves the review date of several records, all or none: a year ahead of the scheme's day, or to `until`.
///
/// # Errors
/// An id that nobody has, somebody who withdrew, or a day that is not ahead.
pub fn confirm(scheme: &mut Scheme, ids: &[String], until: Option<Date>) -> Result<Vec<Confirmed>, Failure> {
    let today = scheme.date;
    let to = until.unwrap_or_else(|| today.checked_add(1.year()).unwrap_or(Date::MAX));
    if to <= today {
        return Err(Failure::refused(
            format!("{to} is not ahead: a profile due on that day would be due at once"),
            "name a day ahead with --until, or leave it out for a year from today",
        ));
    }
    let mut confirmed = Vec::new();
    for id in ids {
        let from = scheme.one(id)?.text("review_by").map(str::to_owned);
        // A later day that somebody chose is not taken back by the usual year.
        let later = from.as_deref().and_then(|from| from.parse::<Date>().ok()).filter(|from| *from > to);
        let to = if until.is_some() { to } else { later.unwrap_or(to) };
        let change = set(scheme, id, &[Assignment::put("review_by", to.to_string())])?;
        confirmed.push(Confirmed { change, from, to });
    }
    Ok(confirmed)
}
