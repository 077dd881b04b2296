//! How many people are in which state -> the summary's lines about people, and the same as JSON.

use crate::directory::{Counts, Standing};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// `Mentors: 18 listed (3 full, 1 due for review), 2 registered, 1 withdrawn.` and what listed people agreed to.
pub(super) fn lines(people: &Counts) -> String {
    let groups =
        [("Mentors", &people.mentors), ("Committee", &people.committee), ("Mentees", &people.mentees)];
    let counted: Vec<String> = groups
        .iter()
        .filter(|(_, counts)| !counts.is_empty())
        .map(|(name, counts)| format!("{name}: {}.", states(counts)))
        .collect();
    let mut text = counted.join(" ");
    if !text.is_empty() {
        text.push('\n');
    }
    if let Some(agreed) = people.agreed {
        let others = if agreed.search.min(agreed.social) < agreed.profiles {
            "; the others have not agreed"
        } else {
            ""
        };
        let profiles = if agreed.profiles == 1 { "profile" } else { "profiles" };
        text.push_str(&format!(
            "Data for search engines for {} of {} {profiles}, social cards for {}{others}.\n",
            agreed.search, agreed.profiles, agreed.social
        ));
    }
    text
}

/// Listed first, with what is more in brackets, then the others in the order of a life.
fn states(counts: &BTreeMap<Standing, usize>) -> String {
    let tell = |standing: &Standing| counts.get(standing).map(|n| format!("{n} {}", standing.word()));
    let more: Vec<String> = [Standing::Full, Standing::Due].iter().filter_map(tell).collect();
    let listed = tell(&Standing::Listed)
        .map(|listed| if more.is_empty() { listed } else { format!("{listed} ({})", more.join(", ")) });
    let is_other =
        |standing: &&Standing| !matches!(standing, Standing::Listed | Standing::Full | Standing::Due);
    let others = counts.keys().filter(is_other).filter_map(tell);
    listed.into_iter().chain(others).collect::<Vec<_>>().join(", ")
}

/// `{"mentors": {"listed": 18, …}, …, "agreed": …}`, states by their words.
pub(super) fn document(people: &Counts) -> Value {
    let states = |counts: &BTreeMap<Standing, usize>| -> Value {
        counts
            .iter()
            .map(|(standing, n)| (standing.word().to_owned(), json!(n)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    json!({
        "mentors": states(&people.mentors),
        "committee": states(&people.committee),
        "mentees": states(&people.mentees),
        "agreed": people.agreed.map(|agreed| json!({
            "profiles": agreed.profiles,
            "search": agreed.search,
            "social": agreed.social,
        })),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Agreed;

    #[test]
    fn what_nobody_is_in_is_not_counted() {
        let mentors = BTreeMap::from([
            (Standing::Registered, 2),
            (Standing::Listed, 18),
            (Standing::Full, 3),
            (Standing::Due, 1),
            (Standing::Withdrawn, 1),
        ]);
        let committee = BTreeMap::from([(Standing::Paused, 1)]);
        let agreed = Some(Agreed { profiles: 18, search: 12, social: 9 });
        let people = Counts { mentors, committee, mentees: BTreeMap::new(), agreed };
        assert_eq!(
            lines(&people),
            "Mentors: 18 listed (3 full, 1 due for review), 2 registered, 1 withdrawn. Committee: 1 paused.\n\
             Data for search engines for 12 of 18 profiles, social cards for 9; the others have not agreed.\n"
        );
        assert_eq!(lines(&Counts::default()), "");
        assert_eq!(document(&people)["mentors"]["due for review"], 1);
    }
}
