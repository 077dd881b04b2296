//! The roll -> the rows of a list: who is who, and what of it was asked for.

use super::private::Private;
use super::record::Record;
use super::scheme::Scheme;
use crate::directory::{Held, Standing, sort_name};
use crate::failure::Failure;
use crate::site::name_order;
use crate::source::Span;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What is wanted of the roll.
#[derive(Clone, Default, Debug)]
pub struct Wanted {
    /// Only who is due for review before or on this day.
    pub due: Option<Date>,
    /// Only who is in this state, or has it beside another.
    pub state: Option<Standing>,
    /// Only who agreed to an older wording of something than is in force.
    pub ask_again: bool,
    /// With e-mail addresses.
    pub addresses: bool,
}

/// One person in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Her id.
    pub id: String,
    /// Her name; nothing where she withdrew.
    pub name: String,
    /// Her states, in words: "listed, full".
    pub state: String,
    /// The day on which a pause ends.
    pub until: Option<Date>,
    /// Places taken and places in all, of a mentor.
    pub places: Option<(u32, u32)>,
    /// Her review date.
    pub review_by: Option<Date>,
    /// What she must be asked again.
    pub ask_again: Vec<Older>,
    /// Her e-mail address, where it was asked for and is known.
    pub address: Option<String>,
}

/// A consent to an older wording.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Older {
    /// The purpose, as records name it.
    pub purpose: &'static str,
    /// The wording that she agreed to, where one is noted.
    pub agreed: Option<String>,
    /// The wording in force.
    pub current: String,
}

/// A list of people.
#[derive(Debug)]
pub struct List {
    /// Rows in the order in which the site sorts names, those without a name last.
    pub rows: Vec<Row>,
    /// Records that cannot be read well enough to be listed: their places.
    pub unread: Vec<String>,
}

/// Makes the list.
///
/// # Errors
/// Addresses are wanted and `private/` cannot be read; or older wordings, and `site.yaml` cannot.
pub fn list(scheme: &Scheme, wanted: &Wanted) -> Result<List, Failure> {
    if wanted.ask_again && !scheme.has_site {
        return Err(Failure::refused(
            "content/site.yaml cannot be read, and it says which wordings are in force",
            "mend it first: mentorpress check says where",
        ));
    }
    let private = if wanted.addresses { Some(Private::read(&scheme.root)?) } else { None };
    let records = scheme.records();
    let by_place: BTreeMap<Span, &Record> = records.iter().map(|record| (record.span, record)).collect();
    let asked = asked_again(scheme);
    let mut rows: Vec<(String, Row)> = Vec::new();
    for held in scheme.directory.roll() {
        let older = asked.get(held.id.as_str()).cloned().unwrap_or_default();
        let row = row(held, older, private.as_ref());
        if is_wanted(held, &row, wanted) {
            let record = by_place.get(&held.span);
            let given = record.and_then(|record| record.text("sort_name")).map(str::to_owned);
            rows.push((given.unwrap_or_else(|| sort_name(&row.name)), row));
        }
    }
    let compare = name_order(&scheme.site.languages[0]);
    rows.sort_by(|(a, row_a), (b, row_b)| {
        a.is_empty().cmp(&b.is_empty()).then_with(|| compare(a, b)).then_with(|| row_a.id.cmp(&row_b.id))
    });
    let read: BTreeSet<Span> = scheme.directory.roll().iter().map(|held| held.span).collect();
    let unread = records.iter().filter(|record| !read.contains(&record.span));
    let mut unread: Vec<String> = unread.map(|record| scheme.sources.place(record.span)).collect();
    unread.sort();
    Ok(List { rows: rows.into_iter().map(|(_, row)| row).collect(), unread })
}

fn row(held: &Held, ask_again: Vec<Older>, private: Option<&Private>) -> Row {
    // Of whoever withdrew nothing more is told, although a record may say more.
    let is_here = held.standing != Standing::Withdrawn;
    let words: Vec<&str> = held.standings().map(Standing::word).collect();
    let places = (held.taken.unwrap_or(0), held.capacity.unwrap_or(0));
    Row {
        id: held.id.clone(),
        name: held.name.clone().filter(|_| is_here).unwrap_or_default(),
        state: words.join(", "),
        until: held.until.filter(|_| held.standing == Standing::Paused),
        places: (is_here && held.is_mentor()).then_some(places),
        review_by: held.review_by.filter(|_| is_here),
        ask_again,
        address: private.and_then(|private| private.address_of(&held.id)).map(str::to_owned),
    }
}

fn is_wanted(held: &Held, row: &Row, wanted: &Wanted) -> bool {
    wanted.due.is_none_or(|day| row.review_by.is_some_and(|review| review <= day))
        && wanted.state.is_none_or(|state| held.standings().any(|other| other == state))
        && (!wanted.ask_again || !row.ask_again.is_empty())
}

/// Who has to be asked again, by id, and about what.
fn asked_again(scheme: &Scheme) -> BTreeMap<&str, Vec<Older>> {
    let mut asked: BTreeMap<&str, Vec<Older>> = BTreeMap::new();
    for wording in &scheme.site.consent {
        for held in scheme.directory.ask_again(wording, scheme.date) {
            let agreed = held.consent(wording.purpose).and_then(|consent| consent.wording.as_ref());
            asked.entry(&held.id).or_default().push(Older {
                purpose: wording.purpose.key(),
                agreed: agreed.map(|agreed| agreed.value.clone()),
                current: wording.current.value.clone(),
            });
        }
    }
    asked
}
