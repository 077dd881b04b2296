//! A plan -> what the committee reads before anything is written.

use super::Decisions;
use super::answers::{Trouble, shown};
use super::field::Field;
use super::plan::{Change, Changed, New, Plan};
use super::value::Value;
use crate::committee::record::Record;
use crate::diagnostic::one_of;
use crate::directory::Purpose;
use crate::forms::Export;
use crate::source::Sources;
use crate::source::lines::{Line, compare};
use std::collections::BTreeMap;
use std::path::Path;

/// What is told where people's files could not all be read.
pub(super) const LIMITED: &str =
    "Only withdrawals are taken: nothing else is imported until the files of people are mended.\n";

/// Everything that an import does or leaves.
pub(super) fn told(
    plan: &Plan,
    export: &Export,
    roll: &BTreeMap<String, Record>,
    sources: &Sources,
) -> String {
    let mut text = format!("{}: {}.\n", export.name, count(export.rows.len(), "answer", "answers"));
    for note in &export.notes {
        text.push_str(&format!("Note: {note}.\n"));
    }
    if !plan.new.is_empty() {
        text.push_str(&format!("\nNew ({}), to be listed by the committee:\n", plan.new.len()));
        plan.new.iter().for_each(|new| tell_new(new, &mut text));
    }
    let place =
        |changed: &Changed| roll.get(&changed.id).map_or("", |known| sources.file(known.file).path.as_str());
    let changed: Vec<&Changed> = plan.changed.iter().filter(|changed| !changed.changes.is_empty()).collect();
    if !changed.is_empty() {
        text.push_str(&format!("\nChanged ({}):\n", changed.len()));
        for changed in changed {
            text.push_str(&format!("  {} (row {}, {})\n", changed.id, changed.row, place(changed)));
            changed.changes.iter().for_each(|change| tell_change(&changed.id, change, &mut text));
        }
    }
    let open: Vec<&Changed> = plan.changed.iter().filter(|changed| !changed.conflicts.is_empty()).collect();
    if !open.is_empty() {
        text.push_str(&format!("\nTo decide ({}), since form and record have both changed:\n", open.len()));
        for changed in open {
            text.push_str(&format!("  {} (row {}, {})\n", changed.id, changed.row, place(changed)));
            changed.conflicts.iter().for_each(|(change, before)| {
                tell_conflict(&changed.id, change, before.as_ref(), &mut text);
            });
        }
    }
    if !plan.troubles.is_empty() {
        text.push_str(&format!("\nTo mend ({}):\n", plan.troubles.len()));
        plan.troubles.iter().for_each(|trouble| tell_trouble(trouble, &mut text));
    }
    text.push_str(&format!("\n{}", counts(plan)));
    text
}

fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

fn tell_new(new: &New, text: &mut String) {
    text.push_str(&format!("  {} (row {}, {})\n", new.id, new.row, new.path));
    for (field, value) in &new.values {
        if let Some(value) = value {
            text.push_str(&format!("    {}: {}\n", field.name(), said(Some(value))));
        }
    }
}

fn tell_change(id: &str, change: &Change, text: &mut String) {
    let name = change.field.name();
    if let (Field::Consent(purpose), Some(to)) = (change.field, &change.to)
        && let Some(on) = to.get("withdrawn")
    {
        text.push_str(&format!("    {name}: withdrawn on {on}\n"));
        if purpose == Purpose::Profile {
            text.push_str(&format!("      Her profile is left out of the next build. If she wants to be removed altogether: mentorpress mentors withdraw {id}\n"));
        }
        return;
    }
    match (&change.from, &change.to) {
        (Some(Value::Text(from)), Some(Value::Text(to))) if from.contains('\n') || to.contains('\n') => {
            text.push_str(&format!("    {name}:\n"));
            for line in compare(from, to) {
                match line {
                    Line::Removed(_, line) if !line.is_empty() => {
                        text.push_str(&format!("      - {}\n", shown(line)));
                    }
                    Line::Added(line) if !line.is_empty() => {
                        text.push_str(&format!("      + {}\n", shown(line)));
                    }
                    _ => {}
                }
            }
        }
        (from, to) => {
            let (from, to) = (said(from.as_ref()), said(to.as_ref()));
            text.push_str(&format!("    {name}: {from} -> {to}\n"));
        }
    }
    if change.field == Field::Roles
        && !matches!(&change.to, Some(Value::List(roles)) if roles.iter().any(|role| role == "mentor"))
    {
        text.push_str(
            "      She no longer offers to be a mentor: her profile is left out of the next build.\n",
        );
    }
}

fn said(value: Option<&Value>) -> String {
    match value {
        None => "(nothing)".to_owned(),
        Some(Value::Other) => "(something that no form says)".to_owned(),
        Some(Value::Map(pairs)) => {
            let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key} {value}")).collect();
            shown(&pairs.join(", "))
        }
        Some(value) => shown(&value.kept()),
    }
}

fn tell_conflict(id: &str, change: &Change, before: Option<&Value>, text: &mut String) {
    let name = change.field.name();
    text.push_str(&format!("    {name}\n"));
    text.push_str(&format!("      the record says: {}\n", said(change.from.as_ref())));
    text.push_str(&format!("      the form says:   {}\n", said(change.to.as_ref())));
    text.push_str(&format!("      the form said:   {}\n", said(before)));
    text.push_str(&format!(
        "      Keep the record: --keep {id}.{name}   Take the form: --take {id}.{name}\n"
    ));
}

fn tell_trouble(trouble: &Trouble, text: &mut String) {
    text.push_str(&format!("  {}\n    {}\n", trouble.message, trouble.help));
}

/// Who was left as she is, in numbers: nobody is named who does not have to be.
fn counts(plan: &Plan) -> String {
    let mut text = String::new();
    let mut line = |number: usize, one: &str, many: &str| {
        if number > 0 {
            text.push_str(&format!("{}.\n", count(number, one, many)));
        }
    };
    line(plan.unchanged, "person has nothing new in the form", "people have nothing new in the form");
    line(
        plan.older,
        "older answer was passed over: the newest of each person counts",
        "older answers were passed over: the newest of each person counts",
    );
    line(
        plan.mentees,
        "person only wants a mentor and is not imported",
        "people only want a mentor and are not imported",
    );
    line(
        plan.without_consent,
        "person did not agree to a profile and is not imported",
        "people did not agree to a profile and are not imported",
    );
    for (on, number) in &plan.withdrawn {
        let day = on.map_or(String::new(), |on| format!(" on {on}"));
        line(
            *number,
            &format!("person withdrew{day} and stays out"),
            &format!("people withdrew{day} and stay out"),
        );
    }
    text
}

/// Decisions that there was nothing to decide about, each with the reason.
pub(super) fn undecided(decided: &Decisions, plan: &Plan, roll: &BTreeMap<String, Record>) -> String {
    let unused = decided.keys().filter(|key| !plan.used.contains(*key));
    unused.map(|(id, field)| format!("{}.\n", no_decision(id, *field, plan, roll))).collect()
}

fn no_decision(id: &str, field: Field, plan: &Plan, roll: &BTreeMap<String, Record>) -> String {
    let key = format!("{id}.{}", field.name());
    let nothing = format!("There is nothing to decide about {key}");
    let Some(known) = roll.get(id) else {
        if plan.new.iter().any(|new| new.id == id) {
            return format!("{nothing}: `{id}` is new");
        }
        let help = one_of(id, roll.keys().map(String::as_str));
        return format!("{nothing}: nobody has that id; {}", help.trim_end_matches('?'));
    };
    if let Some(on) = known.withdrawn() {
        let on = on.map_or(String::new(), |on| format!(" on {on}"));
        return format!(
            "{key} is not to be decided: `{id}` withdrew{on}, and what the form says of her is passed over"
        );
    }
    let back = |value: Option<&Value>| value.and_then(|value| value.get("withdrawn")).map(str::to_owned);
    let changes = plan.changed.iter().filter(|changed| changed.id == id).flat_map(|changed| &changed.changes);
    match changes.into_iter().find(|change| change.field == field) {
        Some(change) => match back(change.to.as_ref()) {
            Some(on) => format!(
                "{key} is not to be decided: she took this consent back in the form on {on}, and that holds"
            ),
            None => format!(
                "{key} is not to be decided: only the form has changed since the last import, and the record follows it"
            ),
        },
        None => match back(known.value(field).as_ref()) {
            Some(on) => format!("{nothing}: the record says already that she took it back on {on}"),
            None => nothing,
        },
    }
}

/// The last line of an import that was to be seen only.
pub(super) fn not_written(plan: &Plan, export: &Path) -> String {
    let changes = plan.new.len() + plan.changed.iter().filter(|changed| !changed.changes.is_empty()).count();
    if changes == 0 {
        return "There is nothing to write.\n".to_owned();
    }
    let export = export.display();
    format!("Nothing has been written yet. To write it: mentorpress mentors import {export} --write\n")
}

/// The last line of an import.
pub(super) fn written(files: usize) -> String {
    match files {
        0 => "There was nothing to write.\n".to_owned(),
        files => format!("Written: {}.\n", count(files, "file", "files")),
    }
}
