//! The roll -> how many people are in each state, and how many agreed to what is made beside their profiles.

use super::record::Role;
use super::roll::Held;
use super::standing::Standing;
use crate::config::Purpose;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How many people are in each state that anybody is in; whoever is full or due for review is counted as listed too.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Counts {
    /// Mentors, and records of people who withdrew, which have no role any more.
    pub mentors: BTreeMap<Standing, usize>,
    /// Members of the committee who do not mentor.
    pub committee: BTreeMap<Standing, usize>,
    /// Everybody else.
    pub mentees: BTreeMap<Standing, usize>,
    /// What listed mentors agreed to; `None` where nobody was asked.
    pub agreed: Option<Agreed>,
}

/// How many listed mentors agreed to what is made of a profile for machines.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Agreed {
    /// Listed mentors.
    pub profiles: usize,
    /// Of these, who agreed to data for search engines.
    pub search: usize,
    /// Of these, who agreed to social cards.
    pub social: usize,
}

/// Counts everybody.
pub(super) fn count(roll: &[Held], date: Date) -> Counts {
    let mut counts = Counts::default();
    let mut agreed = Agreed::default();
    let mut was_asked = false;
    for held in roll {
        let of = if held.is_mentor() || held.standing == Standing::Withdrawn {
            &mut counts.mentors
        } else if held.roles.contains(&Role::Committee) {
            &mut counts.committee
        } else {
            &mut counts.mentees
        };
        for standing in held.standings() {
            *of.entry(standing).or_default() += 1;
        }
        was_asked |=
            [Purpose::Search, Purpose::Social].iter().any(|purpose| held.consent(*purpose).is_some());
        if held.is_mentor() && held.standing == Standing::Listed {
            agreed.profiles += 1;
            agreed.search += usize::from(held.allows(Purpose::Search, date));
            agreed.social += usize::from(held.allows(Purpose::Social, date));
        }
    }
    counts.agreed = (was_asked && agreed.profiles > 0).then_some(agreed);
    counts
}
