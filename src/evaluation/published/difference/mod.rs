//! Two published releases of a survey -> what the second says otherwise: [`Difference`], for whoever made it.
//!
//! Whoever has both releases can set them beside each other, so nothing of it is a secret. There is no other way to make one: what
//! was answered has no place in it.
//!
//! ```compile_fail
//! use mentorpress::evaluation::{Difference, Published, Survey};
//! fn told(survey: &Survey, before: &Published, raw: &mentorpress::protect::Tally) -> Difference {
//!     Difference::between(survey, before, raw)
//! }
//! ```
//!
//! ```
//! use mentorpress::evaluation::{Difference, Published, Survey};
//! fn told(survey: &Survey, before: &Published, after: &Published) -> Difference {
//!     Difference::between(survey, before, after)
//! }
//! ```

mod terms;

use super::{Published, Words};
use crate::evaluation::disclosure::{Cell, JudgedAnswer, Row, row_name, rows, wave_names};
use crate::evaluation::release::{Base, Statistic, Value};
use crate::evaluation::survey::{Display, EVERYONE, Labelled, Question, Survey, Theme};
use std::collections::BTreeMap;

/// What the second of two releases says otherwise than the first.
pub struct Difference {
    /// What was decided about the release: keys of its policy, the dates, the editions included.
    pub terms: Vec<Change>,
    /// Groups that the second has and the first has not.
    pub new_groups: Vec<String>,
    /// Groups that the first had.
    pub gone_groups: Vec<String>,
    /// Questions that the second asked and the first did not, in these words or others.
    pub new_questions: Vec<String>,
    /// Questions that were asked no more.
    pub gone_questions: Vec<String>,
    /// Questions that were put into other words.
    pub reworded: Vec<Reworded>,
    /// What is shown of the answers to these, where it is not the same.
    pub displays: Vec<Change>,
    /// Every value that is not the same, in the order of the second release.
    pub values: Vec<Change>,
}

/// A question in other words.
pub struct Reworded {
    /// The id it had.
    pub before: String,
    /// The id it has.
    pub after: String,
    /// Answers to the two may be set beside each other.
    pub comparable: bool,
}

/// What both releases may say, and say in different ways.
pub struct Change {
    /// What it is of: a question with its wave and group, or a key.
    pub of: String,
    /// Which of its values; empty where there is one.
    pub row: String,
    /// What the first said; `None` where it said nothing.
    pub before: Option<Words>,
    /// What the second says.
    pub after: Option<Words>,
    /// Whether readers see more or less of it.
    pub seen: Seen,
}

/// Whether a value can be seen in two releases.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Seen {
    /// In the first, and in the second it is kept back.
    Before,
    /// It was kept back in the first, and is there in the second.
    After,
    /// In both or in neither; or one of them does not have it at all.
    Alike,
}

/// A value as one release says it.
struct Said {
    words: Words,
    /// It says something of what was answered.
    is_shown: bool,
    /// It only says again how many answered in a wave and group.
    is_again: bool,
}

/// What a value is of, and which of its values; in the order of a release.
type Place = (String, String);

impl Difference {
    /// Sets two releases of a survey beside each other: two editions, or two releases of one edition.
    pub fn between(survey: &Survey, before: &Published, after: &Published) -> Difference {
        let (mut reworded, mut displays) = (Vec::new(), Vec::new());
        let mut new_questions = Vec::new();
        for question in after.questions.iter().filter(|question| !asks(before, &question.id)) {
            let Some((old, comparable)) = replaced(survey, before, question) else {
                new_questions.push(question.id.clone());
                continue;
            };
            if comparable {
                displays.extend(other_displays(survey, old, question));
            }
            let (before, after) = (old.id.clone(), question.id.clone());
            reworded.push(Reworded { before, after, comparable });
        }
        let is_gone = |question: &&Question| {
            !asks(after, &question.id) && reworded.iter().all(|other| other.before != question.id)
        };
        let gone_questions = before.questions.iter().filter(is_gone).map(|question| question.id.clone());
        let gone_questions = gone_questions.collect();
        // What was put into other words is one question to whoever compares.
        let named = |id: &str| {
            let same = reworded.iter().find(|one| one.comparable && one.before == id);
            same.map_or(id, |same| same.after.as_str()).to_owned()
        };
        let values = changes(&values(before, &named), &values(after, &str::to_owned));
        Difference {
            terms: changes(&terms::of(before), &terms::of(after)),
            new_groups: only(&after.groups, &before.groups),
            gone_groups: only(&before.groups, &after.groups),
            new_questions,
            gone_questions,
            reworded,
            displays,
            values,
        }
    }

    /// Whether both say the same.
    pub fn is_none(&self) -> bool {
        let lists = [&self.terms, &self.displays, &self.values];
        let names = [&self.new_groups, &self.gone_groups, &self.new_questions, &self.gone_questions];
        lists.iter().all(|list| list.is_empty())
            && names.iter().all(|names| names.is_empty())
            && self.reworded.is_empty()
    }
}

fn asks(published: &Published, id: &str) -> bool {
    published.questions.iter().any(|question| question.id == id)
}

/// Groups of one release that the other has not.
fn only(one: &[Labelled], other: &[Labelled]) -> Vec<String> {
    let is_there = |group: &&Labelled| other.iter().any(|known| known.id == group.id);
    one.iter().filter(|group| !is_there(group)).map(|group| group.id.clone()).collect()
}

/// The question of an earlier release that another took the place of, by way of others perhaps; and whether answers to the two
/// may be set beside each other.
fn replaced<'s>(survey: &'s Survey, before: &Published, question: &Question) -> Option<(&'s Question, bool)> {
    let (mut asked, mut comparable) = (&question.asked, true);
    // A survey with findings may lead round in a circle.
    for _ in &survey.questions {
        let replaces = asked.replaces.as_ref()?;
        let old = survey.questions.iter().find(|old| old.id == replaces.question.value)?;
        comparable &= replaces.comparable;
        if asks(before, &old.id) {
            return Some((old, comparable));
        }
        asked = &old.asked;
    }
    None
}

/// What `show` says of two wordings of a question, by group.
fn other_displays(survey: &Survey, old: &Question, new: &Question) -> Vec<Change> {
    let names = |question: &Question, group: &str| {
        let displays = question.show.get(group)?.iter().map(|display| match display {
            Display::Counts => "counts",
            Display::Top(id) => id,
            Display::Mean => "mean",
            Display::Range => "range",
            Display::Bins => "bins",
        });
        let names: Vec<&str> = displays.collect();
        Some(if names.is_empty() { "nothing".to_owned() } else { names.join(" and ") })
    };
    let groups = survey.groups.iter().map(|group| group.id.as_str()).chain([EVERYONE]);
    let change = |group: &str| {
        let (before, after) = (names(old, group), names(new, group));
        (before != after).then(|| Change {
            of: place(&new.id, "", group),
            row: String::new(),
            before: before.map(Words),
            after: after.map(Words),
            seen: Seen::Alike,
        })
    };
    groups.filter_map(change).collect()
}

/// What is not the same: in the order of the second, then what it does not have.
fn changes(before: &[(Place, Said)], after: &[(Place, Said)]) -> Vec<Change> {
    let by_place = |said: &'_ [(Place, Said)]| -> BTreeMap<Place, usize> {
        said.iter().enumerate().map(|(at, (place, _))| (place.clone(), at)).collect()
    };
    let (known, known_after) = (by_place(before), by_place(after));
    let mut changes = Vec::new();
    for (place, new) in after {
        let old = known.get(place).map(|at| &before[*at].1);
        let is_again = new.is_again && old.is_some_and(|old| old.is_again);
        if !is_again && old.is_none_or(|old| old.words != new.words) {
            changes.push(change(place, old, Some(new)));
        }
    }
    for (place, old) in before.iter().filter(|(place, _)| !known_after.contains_key(place)) {
        changes.push(change(place, Some(old), None));
    }
    changes
}

fn change((of, row): &Place, before: Option<&Said>, after: Option<&Said>) -> Change {
    let seen = match (before, after) {
        (Some(Said { is_shown: true, .. }), Some(Said { is_shown: false, .. })) => Seen::Before,
        (Some(Said { is_shown: false, .. }), Some(Said { is_shown: true, .. })) => Seen::After,
        _ => Seen::Alike,
    };
    let words = |said: Option<&Said>| said.map(|said| said.words.clone());
    Change { of: of.clone(), row: row.clone(), before: words(before), after: words(after), seen }
}

/// Everything that a release gives; `named` is what a question is called.
fn values(published: &Published, named: &dyn Fn(&str) -> String) -> Vec<(Place, Said)> {
    let mut all = Vec::new();
    for (wave, group, base) in published.judged.bases() {
        all.push(((place("respondents", wave, group), "answered".to_owned()), of_base(base)));
    }
    let release = published.judged.release();
    for (wave, group, n) in &release.invited {
        all.push(((place("respondents", wave, group), "invited".to_owned()), number(n.value)));
    }
    for (unit, step, n) in &release.flow {
        all.push(((format!("flow, {unit}"), step.clone()), number(n.value)));
    }
    for (thing, n) in &release.tallies {
        all.push((("tallies".to_owned(), thing.clone()), number(n.value)));
    }
    let groups = || published.groups.iter().map(|group| group.id.as_str()).chain([EVERYONE]);
    for question in &published.questions {
        let id = named(&question.id);
        for wave in wave_names(question) {
            let said = if question.waves.len() > 1 { wave } else { "" };
            for group in groups() {
                let of = place(&id, said, group);
                if let Some(answer) = published.judged.answer(&question.id, wave, group) {
                    let displays = question.show.get(group).into_iter().flatten();
                    let order = displays.flat_map(|display| rows(question, group, display)).collect();
                    let is_again = published.judged.base(wave, group) == Some(answer.base);
                    let base = Said { is_again, ..of_base(answer.base) };
                    all.push(((of.clone(), "answered".to_owned()), base));
                    cells(&of, answer, order, &mut all);
                }
                if let Some(themes) = published.judged.themes(&question.id, wave, group) {
                    let order = |theme: &Theme| Row::Theme(theme.id.clone());
                    cells(
                        &format!("{of} (themes)"),
                        themes,
                        question.themes.iter().map(order).collect(),
                        &mut all,
                    );
                }
            }
        }
    }
    all
}

fn cells(of: &str, answer: &JudgedAnswer, order: Vec<Row>, all: &mut Vec<(Place, Said)>) {
    for row in order {
        if let Some(cell) = answer.cells.get(&row) {
            let said = Said { words: Words(words(cell)), is_shown: is_shown(cell), is_again: false };
            all.push(((of.to_owned(), row_name(&row).to_owned()), said));
        }
    }
}

/// `wanted, six_months, mentee`: the wave where there are several.
fn place(table: &str, wave: &str, group: &str) -> String {
    let parts = [table, wave, group].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

fn number(n: u32) -> Said {
    Said { words: Words(n.to_string()), is_shown: true, is_again: false }
}

fn of_base(base: Base) -> Said {
    let words = match base {
        Base::Known(n) => n.to_string(),
        Base::Rounded { value, to } => format!("{value} (to {to})"),
        Base::Low => "too few to say".to_owned(),
        Base::NotReported => "not reported".to_owned(),
    };
    let is_shown = matches!(base, Base::Known(_) | Base::Rounded { .. });
    Said { words: Words(words), is_shown, is_again: false }
}

fn words(cell: &Cell) -> String {
    let word = |word: &str| word.to_owned();
    match cell {
        Cell::Value(Value::Count(count)) => count.to_string(),
        Cell::Value(Value::Few) => word("few"),
        Cell::Value(Value::NearlyAll) => word("nearly all"),
        Cell::Value(Value::Mentioned) => word("mentioned"),
        Cell::Value(Value::Rounded { value, to }) => format!("{value} (to {to})"),
        Cell::Value(Value::Percent(percent)) => format!("{} %", percent.text),
        Cell::Value(Value::Withheld) | Cell::Statistic(Statistic::Withheld) => word("withheld"),
        Cell::Value(Value::Unpublished) | Cell::Statistic(Statistic::Unpublished) => word("not published"),
        Cell::Statistic(Statistic::Number(number)) => number.text.clone(),
        Cell::Bin(id) => id.clone(),
    }
}

/// Whether a cell says something of what was answered.
fn is_shown(cell: &Cell) -> bool {
    !matches!(
        cell,
        Cell::Value(Value::Withheld | Value::Unpublished)
            | Cell::Statistic(Statistic::Withheld | Statistic::Unpublished)
    )
}
