//! "It is still right" -> a review date a year ahead.

use super::assignment::Assignment;
use super::scheme::Scheme;
use super::set::{Changes, set};
use crate::failure::Failure;
use jiff::ToSpan;
use jiff::civil::Date;

/// Records confirmed.
#[derive(Debug)]
pub struct Confirmation {
    /// Each, in the order in which they were named.
    pub people: Vec<Confirmed>,
    /// The changes to their files: its records are the same people.
    pub changes: Changes,
}

/// One record confirmed.
#[derive(Debug)]
pub struct Confirmed {
    /// Whose.
    pub id: String,
    /// Her review date before, as written.
    pub from: Option<String>,
    /// And now.
    pub to: Date,
}

/// Moves the review date of several records, all or none: a year ahead of the scheme's day, or to `until`.
///
/// # Errors
/// An id that nobody has, somebody who withdrew, or a day that is not ahead.
pub fn confirm(scheme: &mut Scheme, ids: &[String], until: Option<Date>) -> Result<Confirmation, Failure> {
    let today = scheme.date;
    let usual = until.unwrap_or_else(|| today.checked_add(1.year()).unwrap_or(Date::MAX));
    if usual <= today {
        return Err(Failure::refused(
            format!("{usual} is not ahead: a profile due on that day would be due at once"),
            "name a day ahead with --until, or leave it out for a year from today",
        ));
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let people: Vec<Confirmed> = scheme
        .each(&ids)?
        .into_iter()
        .map(|record| {
            let from = record.text("review_by").map(str::to_owned);
            // A later day that somebody chose is not taken back by the usual year.
            let later =
                from.as_deref().and_then(|from| from.parse().ok()).filter(|from: &Date| *from > usual);
            let to = if until.is_some() { usual } else { later.unwrap_or(usual) };
            Confirmed { id: record.id, from, to }
        })
        .collect();
    let order = |person: &Confirmed| vec![Assignment::put("review_by", person.to.to_string())];
    let orders: Vec<_> = people.iter().map(|person| (person.id.as_str(), order(person))).collect();
    let changes = set(scheme, &orders)?;
    Ok(Confirmation { people, changes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// How often all files are gone through to confirm so many people of a list, and two in files of their own.
    fn passes(people: usize) -> usize {
        let root = std::env::temp_dir().join(format!("mentorpress-confirm-{people}-{}", std::process::id()));
        let folder = root.join("content/mentors");
        fs::create_dir_all(&folder).expect("a folder");
        let mut ids: Vec<String> = (0..people).map(|at| format!("p{at}")).collect();
        let list: String = ids.iter().map(|id| format!("- id: {id}\n  name: Dr {id} Sample\n")).collect();
        fs::write(folder.join("list.yaml"), list).expect("written");
        for id in ["x", "y"] {
            fs::write(folder.join(format!("{id}.yaml")), format!("name: Dr {id} Sample\n")).expect("written");
            ids.push(id.to_owned());
        }
        let mut scheme = Scheme::read(&root, "2026-11-21".parse().expect("a day")).expect("a site");
        let before = scheme.passes.get();
        let done = confirm(&mut scheme, &ids, None).expect("confirmed");
        assert_eq!((done.changes.records.len(), done.changes.files.len()), (people + 2, 3));
        let after = scheme.passes.get();
        done.changes.write(&scheme).expect("written");
        let list = fs::read_to_string(folder.join("list.yaml")).expect("read");
        assert_eq!(list.matches("review_by: 2027-11-21\n").count(), people);
        fs::remove_dir_all(&root).expect("removed");
        after - before
    }

    #[test]
    fn however_many_are_confirmed_everybody_is_judged_once() {
        assert_eq!((passes(1), passes(40)), (4, 4));
    }
}
