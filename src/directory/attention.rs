//! A record and where it stands -> what somebody has to see to: consent, wording, review.

use super::record::Record;
use super::roll::Held;
use super::standing::Standing;
use crate::config::{ConsentWording, Purpose, SiteConfig};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Sources;
use jiff::civil::Date;

/// People named in one warning; of the others it says how many they are.
const SHOWN: usize = 20;

/// Says why somebody who was to be listed is not, and who is due for review.
pub(super) fn person(record: &Record, held: &Held, site: &SiteConfig, date: Date, found: &mut Diagnostics) {
    let name = held.name.as_deref().unwrap_or(&held.id);
    match held.standing {
        Standing::NoConsent => {
            let reason = match held.consent(Purpose::Profile) {
                Some(consent) if consent.withdrawn.is_some_and(|on| on <= date) => "consent was withdrawn",
                Some(consent) if consent.given.is_some() => "consent is dated in the future",
                _ => "there is no consent to the profile",
            };
            found.push(
                Diagnostic::new(
                    Code::ConsentMissing,
                    record.id.span,
                    format!("{name} is left out: {reason}"),
                )
                .help("once she has agreed, write `consent: {profile: {given: YYYY-MM-DD, wording: …}}`"),
            );
        }
        Standing::Listed | Standing::Overdue => review(record, held, name, site, found),
        _ => {}
    }
}

/// The review date and the grace after it.
fn review(record: &Record, held: &Held, name: &str, site: &SiteConfig, found: &mut Diagnostics) {
    let (Some(review), Some(last)) = (&record.review_by, held.last_day(site.grace_days)) else { return };
    let confirm = "ask her whether it is still right, then write a new date a year ahead";
    if held.is_due {
        let message =
            format!("the profile of {name} was due for review on {}; it stays until {last}", review.value);
        found.push(Diagnostic::new(Code::ReviewDue, review.span, message).help(confirm));
    } else if held.standing == Standing::Overdue {
        let message = format!(
            "{name} is left out: the profile was due for review on {}, more than {} days ago",
            review.value, site.grace_days
        );
        found.push(Diagnostic::new(Code::ReviewOverdue, review.span, message).help(confirm));
    }
}

/// Whether somebody has to be asked again: her consent holds, and was given to another wording than the one in force.
pub(super) fn is_to_ask_again(held: &Held, wording: &ConsentWording, date: Date) -> bool {
    held.standing != Standing::Withdrawn
        && held.consent(wording.purpose).is_some_and(|consent| {
            consent.given.is_some()
                && consent.withdrawn.is_none_or(|withdrawn| withdrawn > date)
                && consent.wording.as_ref().is_none_or(|typed| typed.value != wording.current.value)
        })
}

/// One warning for each new wording, with everybody who has to be asked again.
pub(super) fn wordings(
    roll: &[Held],
    sources: &Sources,
    site: &SiteConfig,
    date: Date,
    found: &mut Diagnostics,
) {
    for wording in &site.consent {
        let people: Vec<&Held> = roll.iter().filter(|held| is_to_ask_again(held, wording, date)).collect();
        if people.is_empty() {
            continue;
        }
        let who =
            if people.len() == 1 { "one person".to_owned() } else { format!("{} people", people.len()) };
        let mut list: Vec<String> =
            people.iter().take(SHOWN).map(|held| asked_of(held, wording.purpose, sources)).collect();
        if people.len() > SHOWN {
            list.push(format!("and {} more", people.len() - SHOWN));
        }
        found.push(
            Diagnostic::new(
                Code::ConsentOlderWording,
                wording.current.span,
                format!(
                    "{who} agreed to another wording of the consent to `{}` than {}",
                    wording.purpose.key(),
                    wording.current.value
                ),
            )
            .note(list.join("\n"))
            .help(
                "ask them again, then write the new date and wording into their records; \
                 for all of them: mentorpress mentors list --ask-again",
            ),
        );
    }
}

/// `Dr Sample (v2, content/mentors/amara.yaml:12)`.
fn asked_of(held: &Held, purpose: Purpose, sources: &Sources) -> String {
    let wording = held.consent(purpose).and_then(|consent| consent.wording.as_ref());
    let (typed, span) =
        wording.map_or(("no wording", held.span), |wording| (wording.value.as_str(), wording.span));
    format!("{} ({typed}, {})", held.name.as_deref().unwrap_or(&held.id), sources.place(span))
}
