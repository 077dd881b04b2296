//! `taken=2` -> records changed in their own text, or the findings that forbid it.

use super::assignment::{Act, Assignment};
use super::items;
use super::record::Record;
use super::scheme::Scheme;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, one_of};
use crate::directory::{PERSON, Shape};
use crate::failure::Failure;
use crate::source::lines::{Line, compare};
use crate::source::{FileId, Span, rewrite};
use crate::yaml::{Kind, edit};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// How the value of a key is written by `set`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Holds {
    /// A text, perhaps of several lines.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Several words or texts.
    List,
}

impl Holds {
    /// `None` for a key that holds more than a command line can say, or that other commands write.
    fn of(key: &str, shape: Shape) -> Option<Holds> {
        match shape {
            // The day of a withdrawal comes with the withdrawal.
            _ if key == "on" => None,
            Shape::Text
            | Shape::Localised
            | Shape::Term(_)
            | Shape::Pathway
            | Shape::Status
            | Shape::Date => Some(Holds::Text),
            Shape::Number => Some(Holds::Number),
            Shape::Boolean => Some(Holds::Boolean),
            Shape::Texts | Shape::Terms(_) | Shape::Languages | Shape::Roles | Shape::NamedElsewhere => {
                Some(Holds::List)
            }
            Shape::Id | Shape::Photo | Shape::Links | Shape::Consent | Shape::Waivers => None,
        }
    }
}

/// What an order does to records, or would do.
#[derive(Debug)]
pub struct Changes {
    /// Each record, in the order in which they were named.
    pub records: Vec<Change>,
    /// The files that they stand in.
    pub files: Vec<Edited>,
}

/// What an order does to one record.
#[derive(Debug)]
pub struct Change {
    /// Whose.
    pub id: String,
    /// The path of her file.
    pub path: String,
    /// It changes anything.
    pub is_something: bool,
    /// Findings that the change would bring; with an error among them nothing is written.
    pub found: Diagnostics,
    /// Errors that the record had before and still has.
    pub old_errors: usize,
}

/// A file with changes in it.
#[derive(Debug)]
pub struct Edited {
    /// Its path.
    pub path: String,
    file: FileId,
    before: String,
    after: String,
}

impl Edited {
    /// The lines that differ: number in the old file, from 1; `-` or `+`; the line.
    pub fn lines(&self) -> Vec<(Option<usize>, char, String)> {
        compare(&self.before, &self.after)
            .into_iter()
            .filter_map(|line| match line {
                Line::Kept(..) => None,
                Line::Removed(at, line) => Some((Some(at + 1), '-', line.to_owned())),
                Line::Added(line) => Some((None, '+', line.to_owned())),
            })
            .collect()
    }
}

impl Changes {
    /// Whether they may be made.
    pub fn are_allowed(&self) -> bool {
        self.records.iter().all(|change| !change.found.has_errors())
    }

    /// Whether they change anything.
    pub fn are_something(&self) -> bool {
        self.records.iter().any(|change| change.is_something)
    }

    /// Writes them.
    ///
    /// # Errors
    /// A file has been changed meanwhile, or the system refuses.
    pub fn write(&self, scheme: &Scheme) -> Result<(), Failure> {
        let mut changed = self.files.iter().filter(|edited| edited.before != edited.after);
        changed.try_for_each(|edited| {
            rewrite(&scheme.sources.on_disk(edited.file), &edited.before, &edited.after)
        })
    }
}

/// Somebody, and what is to change in her record.
pub type Order<'o> = (&'o str, Vec<Assignment>);

/// Changes records in `scheme`, which is as it would be afterwards; nothing is written yet. However many there are, all files
/// are read and everybody is judged once.
///
/// # Errors
/// Nobody has an id, or she withdrew; a key does not exist or cannot be changed like this.
pub fn set(scheme: &mut Scheme, orders: &[Order]) -> Result<Changes, Failure> {
    let ids: Vec<&str> = orders.iter().map(|(id, _)| *id).collect();
    let records = scheme.each(&ids)?;
    let mut by_file: BTreeMap<FileId, Vec<(usize, Vec<edit::Change>)>> = BTreeMap::new();
    for (record, (_, assignments)) in records.iter().zip(orders) {
        let changes = changes(scheme, record, assignments)?;
        by_file.entry(record.file).or_default().push((record.span.range().start, changes));
    }
    let files: Vec<Edited> =
        by_file.iter().map(|(file, changes)| edited(scheme, *file, changes)).collect::<Result<_, _>>()?;
    let had: Vec<BTreeSet<_>> = records.iter().map(|record| keys_of(&scheme.findings_of(record))).collect();
    let said: Vec<String> =
        records.iter().map(|record| scheme.sources.slice(record.span).trim_end().to_owned()).collect();
    scheme.replace_texts(files.iter().map(|edited| (edited.file, edited.after.clone())));
    let records = scheme.each(&ids)?;
    let changes = records.into_iter().zip(had.iter().zip(said)).map(|(record, (had, said))| {
        let has = scheme.findings_of(&record);
        let is_new = |finding: &&&Diagnostic| !had.contains(&(finding.code, finding.message.clone()));
        let found: Diagnostics = has.iter().filter(is_new).map(|finding| (*finding).clone()).collect();
        let is_error = |finding: &&&Diagnostic| finding.code.severity() == Severity::Error;
        Change {
            is_something: scheme.sources.slice(record.span).trim_end() != said,
            old_errors: has.iter().filter(is_error).count() - found.errors().count(),
            id: record.id,
            path: record.path,
            found,
        }
    });
    Ok(Changes { records: changes.collect(), files })
}

/// What becomes of the keys of one record.
fn changes<'a>(
    scheme: &Scheme,
    record: &Record,
    assignments: &'a [Assignment],
) -> Result<Vec<edit::Change<'a>>, Failure> {
    if !record.is_readable() {
        return Err(Failure::refused(
            format!("{} cannot be read as YAML, so no line of it is changed", record.path),
            "mend it first: mentorpress check says where",
        ));
    }
    refuse_withdrawn(record, assignments)?;
    let mut changes: Vec<edit::Change> = Vec::new();
    for assignment in assignments {
        let value = value(scheme, record, assignment)?;
        if changes.iter().any(|(key, _)| *key == assignment.key) {
            return Err(Failure::refused(format!("`{}` is given twice", assignment.key), "give it once"));
        }
        changes.push((&assignment.key, value));
    }
    if leaves_pause(scheme, record, assignments)? {
        changes.push(("until", None));
    }
    Ok(changes)
}

/// A file with the records changed that begin at some places.
fn edited(scheme: &Scheme, file: FileId, changes: &[(usize, Vec<edit::Change>)]) -> Result<Edited, Failure> {
    let source = scheme.sources.file(file);
    let before = source.text.clone();
    let order = PERSON.map(|(key, _)| key.name);
    let after = edit::set_all(&before, changes, &order).ok_or_else(|| {
        let is_refused = |(start, changes): &&(usize, Vec<edit::Change>)| {
            edit::set_in_order(&before, *start..*start, changes, &order).is_none()
        };
        let start = changes.iter().find(is_refused).or(changes.first()).map_or(0, |(start, _)| *start);
        let place = scheme.sources.place(Span::new(file, start..start));
        Failure::refused(
            format!("the record at {place} cannot be changed without changing more of it"),
            "open the file and change the line there",
        )
    })?;
    Ok(Edited { path: source.path.clone(), file, before, after })
}

fn keys_of(findings: &[&Diagnostic]) -> BTreeSet<(Code, String)> {
    findings.iter().map(|finding| (finding.code, finding.message.clone())).collect()
}

/// Whether the day on which a pause ends goes too, because it means nothing: without the pause, or since it is over.
fn leaves_pause(scheme: &Scheme, record: &Record, assignments: &[Assignment]) -> Result<bool, Failure> {
    let new = |key: &str| {
        assignments.iter().find(|assignment| assignment.key == key).map(|given| given.value.as_str())
    };
    let is_over = |until: &str| until.parse::<Date>().is_ok_and(|until| until <= scheme.date);
    let id = &record.id;
    match (new("status"), new("until")) {
        (_, Some("")) => Ok(false),
        (_, Some(until)) if is_over(until) => Err(Failure::refused(
            format!("{until} is not ahead: the pause of `{id}` would be over, and her profile shown"),
            "name a day ahead, or leave until= out where nobody knows how long",
        )),
        (status, Some(until)) if status.or(record.text("status")) != Some("paused") => Err(Failure::refused(
            format!("`{id}` is not paused, so there is no pause that could end on {until}"),
            format!("pause her: mentorpress mentors set {id} status=paused until={until}"),
        )),
        (Some("paused"), None) => Ok(record.text("until").is_some_and(is_over)),
        (Some(_), None) => Ok(record.get("until").is_some()),
        _ => Ok(false),
    }
}

fn refuse_withdrawn(record: &Record, assignments: &[Assignment]) -> Result<(), Failure> {
    let id = &record.id;
    if record.is_withdrawn() {
        return Err(Failure::refused(
            format!("`{id}` has withdrawn, and nothing of her is kept that could be changed"),
            "should she come back, write a new record with the consent that she gives then",
        ));
    }
    if assignments.iter().any(|assignment| assignment.key == "status" && assignment.value == "withdrawn") {
        return Err(Failure::refused(
            "a withdrawal is more than a word in a record",
            format!("run mentorpress mentors withdraw {id}, which takes her out and says what remains"),
        ));
    }
    Ok(())
}

/// The YAML text of a key's new value; `None` takes the key out.
fn value(scheme: &Scheme, record: &Record, assignment: &Assignment) -> Result<Option<String>, Failure> {
    let Assignment { key, act, value } = assignment;
    let place = scheme.sources.place(record.span);
    let Some((_, shape)) = PERSON.iter().find(|(known, _)| known.name == key) else {
        let can_be_set = PERSON.iter().filter(|(key, shape)| Holds::of(key.name, *shape).is_some());
        let keys = can_be_set.map(|(key, _)| key.name);
        return Err(Failure::refused(format!("a record has no key `{key}`"), one_of(key, keys)));
    };
    let Some(holds) = Holds::of(key, *shape) else {
        let help = match key.as_str() {
            "id" => "an id is the name of her file (or `id:` in a list): rename it there".to_owned(),
            "on" => "it is written by mentorpress mentors withdraw".to_owned(),
            _ => format!("open {place} and change it there"),
        };
        return Err(Failure::refused(format!("`{key}` cannot be set from here"), help));
    };
    let only_lists = |what: &str| {
        Failure::refused(
            format!("`{key}` is not {what}, so nothing can be added to it or taken from it"),
            format!("write {key}={value}"),
        )
    };
    if *act == Act::Put && value.is_empty() {
        return Ok(None);
    }
    if let Some(Kind::Map(_)) = record.get(key).map(|node| &node.kind) {
        return Err(Failure::refused(
            format!("`{key}` is given by language in {place}"),
            "open the file and change each language there",
        ));
    }
    match (holds, act) {
        (Holds::List, act) => items::changed(scheme, record, key, *act, value),
        (Holds::Number, Act::Put) => Ok(Some(plain(value, value.bytes().all(|b| b.is_ascii_digit())))),
        (Holds::Number, act) => {
            let old: u32 = record.text(key).and_then(|old| old.parse().ok()).unwrap_or(0);
            let step: Option<u32> = value.parse().ok();
            let new =
                step.and_then(
                    |step| if *act == Act::Add { old.checked_add(step) } else { old.checked_sub(step) },
                );
            let new = new.ok_or_else(|| {
                Failure::refused(
                    format!("`{key}` is {old}, and `{value}` cannot be added or taken"),
                    format!("write {key}=2"),
                )
            })?;
            Ok(Some(new.to_string()))
        }
        (Holds::Boolean, Act::Put) => Ok(Some(plain(value, matches!(value.as_str(), "true" | "false")))),
        (Holds::Text, Act::Put) if value.contains('\n') => Ok(Some(edit::block(&format!("{value}\n")))),
        (Holds::Text, Act::Put) => Ok(Some(edit::scalar(value))),
        (Holds::Text | Holds::Boolean, _) => Err(only_lists("a list or a number")),
    }
}

/// What is right stands as it is; what is not is read again as the text it is, and reported.
fn plain(value: &str, is_right: bool) -> String {
    if is_right { value.to_owned() } else { edit::scalar(value) }
}
