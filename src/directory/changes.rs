//! The roll -> the next day on which something about a person changes although nobody edits a file.

use super::roll::Held;
use super::standing::Standing;
use crate::config::Purpose;
use jiff::civil::Date;

/// What a date will do to a profile.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Change {
    /// Due for review.
    ReviewDue,
    /// Left out, the grace after the review date being over.
    LeftOut,
    /// Left out, the consent to the profile holding no more.
    ConsentEnds,
    /// Listed, the consent to the profile holding from then on.
    ConsentBegins,
    /// Listed again after a pause.
    Back,
    /// Shown otherwise, consent to something beside the profile beginning or ending.
    ShownOtherwise,
}

/// A day, and who changes on it in what way, in the order of changes and ids.
pub type Next = (Date, Vec<(Change, String)>);

/// The next day on which anything changes.
pub(super) fn next(roll: &[Held], date: Date, grace_days: u32) -> Option<Next> {
    let mut next: Option<Next> = None;
    for held in roll {
        let Some((day, change)) = next_of(held, date, grace_days) else { continue };
        match &mut next {
            Some((soonest, people)) if *soonest == day => people.push((change, held.id.clone())),
            Some((soonest, _)) if *soonest < day => {}
            _ => next = Some((day, vec![(change, held.id.clone())])),
        }
    }
    if let Some((_, people)) = &mut next {
        people.sort();
    }
    next
}

/// The next change of one person: of all days that her record names, the first that makes a difference.
fn next_of(held: &Held, date: Date, grace_days: u32) -> Option<(Date, Change)> {
    let after_grace = held.last_day(grace_days).and_then(|last| last.tomorrow().ok());
    let consents = held.consents.iter().flat_map(|consent| [consent.given, consent.withdrawn]);
    let mut days: Vec<Date> =
        [held.until, held.review_by, after_grace].into_iter().chain(consents).flatten().collect();
    days.retain(|day| *day > date);
    days.sort_unstable();
    days.dedup();
    let mut before = date;
    for day in days {
        if let Some(change) = between(held, before, day, grace_days) {
            return Some((day, change));
        }
        before = day;
    }
    None
}

/// What differs in public between two days.
fn between(held: &Held, before: Date, day: Date, grace_days: u32) -> Option<Change> {
    let was = held.standing_on(before, grace_days);
    let will_be = held.standing_on(day, grace_days);
    match (was, will_be) {
        (Standing::Listed, Standing::Listed) => {
            let is_due = |day| held.is_due_on(day, grace_days);
            let shows = |purpose, day| held.allows(purpose, day);
            let is_shown_otherwise = [Purpose::Photo, Purpose::Social, Purpose::Search]
                .into_iter()
                .any(|purpose| shows(purpose, before) != shows(purpose, day));
            if is_due(day) && !is_due(before) {
                Some(Change::ReviewDue)
            } else {
                is_shown_otherwise.then_some(Change::ShownOtherwise)
            }
        }
        (Standing::Listed, Standing::NoConsent) => Some(Change::ConsentEnds),
        (Standing::Listed, _) => Some(Change::LeftOut),
        (Standing::Paused, Standing::Listed) => Some(Change::Back),
        (_, Standing::Listed) => Some(Change::ConsentBegins),
        _ => None,
    }
}

impl Change {
    /// What it does, to one person and to several.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Change::ReviewDue => ("is due for review", "are due for review"),
            Change::LeftOut => {
                ("is left out, the review being overdue", "are left out, their reviews being overdue")
            }
            Change::ConsentEnds => {
                ("is left out, the consent having ended", "are left out, their consents having ended")
            }
            Change::ConsentBegins => ("is listed, by consent", "are listed, by consent"),
            Change::Back => ("is listed again after a pause", "are listed again after a pause"),
            Change::ShownOtherwise => (
                "is shown otherwise, by a consent that begins or ends",
                "are shown otherwise, by consents that begin or end",
            ),
        }
    }
}

/// `amara and bina are due for review`: by name up to three people, else how many they are. The people stand in the order
/// of their changes.
pub fn tell_changes(people: &[(Change, String)]) -> Vec<String> {
    people
        .chunk_by(|(one, _), (other, _)| one == other)
        .map(|group| {
            let ids: Vec<&str> = group.iter().map(|(_, id)| id.as_str()).collect();
            let (one, many) = group[0].0.words();
            match ids[..] {
                [id] => format!("{id} {one}"),
                [first, last] => format!("{first} and {last} {many}"),
                [first, second, last] => format!("{first}, {second} and {last} {many}"),
                _ => format!("{} profiles {many}", ids.len()),
            }
        })
        .collect()
}
