//! `taken=2` -> one record changed in its own text, or the findings that forbid it.

use super::assignment::{Act, Assignment};
use super::items;
use super::scheme::{Record, Scheme};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, one_of};
use crate::directory::{PERSON, Shape};
use crate::failure::Failure;
use crate::source::lines::{Line, compare};
use crate::source::rewrite;
use crate::yaml::{Kind, edit};
use jiff::civil::Date;
use std::collections::BTreeSet;

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

/// What an order did to one record, or would do.
#[derive(Debug)]
pub struct Change {
    /// Whose.
    pub id: String,
    /// The path of her file.
    pub path: String,
    /// The lines that differ: number in the old file, from 1; `-` or `+`; the line.
    pub lines: Vec<(Option<usize>, char, String)>,
    /// Findings that the change would bring; with an error among them it is not made.
    pub found: Diagnostics,
    /// Findings that the record had before and still has.
    pub old_findings: usize,
    file: crate::source::FileId,
    before: String,
    after: String,
}

impl Change {
    /// Whether it may be made.
    pub fn is_allowed(&self) -> bool {
        !self.found.has_errors()
    }

    /// Whether it changes anything.
    pub fn is_something(&self) -> bool {
        self.before != self.after
    }

    /// Writes it.
    ///
    /// # Errors
    /// The file has been changed meanwhile, or the system refuses.
    pub fn write(&self, scheme: &Scheme) -> Result<(), Failure> {
        if !self.is_something() {
            return Ok(());
        }
        rewrite(&scheme.sources.on_disk(self.file), &self.before, &self.after)
    }
}

/// Changes one record in `scheme`, which is as it would be afterwards; nothing is written yet.
///
/// # Errors
/// Nobody has the id, she withdrew, a key does not exist or cannot be changed like this.
pub fn set(scheme: &mut Scheme, id: &str, assignments: &[Assignment]) -> Result<Change, Failure> {
    let record = scheme.one(id)?;
    if !record.is_readable() {
        return Err(Failure::refused(
            format!("{} cannot be read as YAML, so no line of it is changed", record.path),
            "mend it first: mentorpress check says where",
        ));
    }
    refuse_withdrawn(&record, assignments)?;
    let mut changes: Vec<(&str, Option<String>)> = Vec::new();
    for assignment in assignments {
        let value = value(scheme, &record, assignment)?;
        if changes.iter().any(|(key, _)| *key == assignment.key) {
            return Err(Failure::refused(format!("`{}` is given twice", assignment.key), "give it once"));
        }
        changes.push((&assignment.key, value));
    }
    if leaves_pause(scheme, &record, assignments)? {
        changes.push(("until", None));
    }
    let before = scheme.sources.file(record.file).text.clone();
    let order = PERSON.map(|(key, _)| key.name);
    let after = edit::set_in_order(&before, record.span.range(), &changes, &order).ok_or_else(|| {
        Failure::refused(
            format!(
                "the record at {} cannot be changed without changing more of it",
                scheme.sources.place(record.span)
            ),
            "open the file and change the line there",
        )
    })?;
    let had: BTreeSet<(Code, String)> = keys_of(&scheme.findings_of(&record));
    scheme.replace_text(record.file, after.clone());
    let record = scheme.one(id)?;
    let has = scheme.findings_of(&record);
    let is_new = |finding: &&&Diagnostic| !had.contains(&(finding.code, finding.message.clone()));
    let found: Diagnostics = has.iter().filter(is_new).map(|finding| (*finding).clone()).collect();
    let is_error = |finding: &&&Diagnostic| finding.code.severity() == Severity::Error;
    let old_findings = has.iter().filter(is_error).count() - found.errors().count();
    Ok(Change {
        id: id.to_owned(),
        lines: changed_lines(&before, &after),
        path: record.path,
        file: record.file,
        found,
        old_findings,
        before,
        after,
    })
}

fn keys_of(findings: &[&Diagnostic]) -> BTreeSet<(Code, String)> {
    findings.iter().map(|finding| (finding.code, finding.message.clone())).collect()
}

/// The lines in which two texts differ.
pub(super) fn changed_lines(before: &str, after: &str) -> Vec<(Option<usize>, char, String)> {
    compare(before, after)
        .into_iter()
        .filter_map(|line| match line {
            Line::Kept(..) => None,
            Line::Removed(at, line) => Some((Some(at + 1), '-', line.to_owned())),
            Line::Added(line) => Some((None, '+', line.to_owned())),
        })
        .collect()
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
