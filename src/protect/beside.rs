//! What a release says otherwise than another -> words for whoever makes it. Both are public, or would be: no count is known here.

use crate::evaluation::{Change, Difference, Reworded, Seen};
use std::fmt::Write;

/// What is new beside the edition before: questions, groups, rules, and what can be seen now or can be seen no more. Its numbers are other
/// people's and are not set beside each other.
pub(super) fn edition(before: &str, difference: &Difference) -> String {
    let mut text = format!("\nBeside {before}, the edition before:\n");
    let start = text.len();
    // Of course its answers are of other days.
    let terms = difference.terms.iter().filter(|change| change.of != "collected");
    terms.for_each(|change| _ = writeln!(text, "  {}", term(change)));
    list(&mut text, "new group", "new groups", &difference.new_groups);
    list(&mut text, "group no longer there", "groups no longer there", &difference.gone_groups);
    list(&mut text, "new question", "new questions", &difference.new_questions);
    list(&mut text, "question no longer asked", "questions no longer asked", &difference.gone_questions);
    for Reworded { before, after, comparable } in &difference.reworded {
        let may = if *comparable { "can" } else { "cannot" };
        _ = writeln!(text, "  in other words: {after} for {before}; answers to the two {may} be compared");
    }
    for Change { of, before, after, .. } in &difference.displays {
        let words = |words: &Option<_>| words.as_ref().map_or("nothing".to_owned(), ToString::to_string);
        _ = writeln!(text, "  other display: {of}: {}, before {}", words(after), words(before));
    }
    for (seen, head) in
        [(Seen::Before, "shown before, and kept back now"), (Seen::After, "kept back before, and shown now")]
    {
        let values: Vec<&Change> = difference.values.iter().filter(|change| change.seen == seen).collect();
        if !values.is_empty() {
            _ = writeln!(text, "  {head}:");
            by_place(&mut text, 4, &values, &|change| change.row.clone());
        }
    }
    if text.len() == start {
        text.push_str(
            "  the same questions and groups by the same rules, and the same can be seen of them\n",
        );
    }
    text
}

/// What differs from a release of the same edition, value by value.
pub(super) fn release(path: &str, difference: &Difference) -> String {
    let mut text = format!("\nDifferent from {path}:\n");
    difference.terms.iter().for_each(|change| _ = writeln!(text, "  {}", term(change)));
    by_place(&mut text, 2, &difference.values.iter().collect::<Vec<_>>(), &otherwise);
    if difference.is_none() {
        text.push_str("  no value: it is written in another way and says the same\n");
    }
    text
}

/// A line for each place, with what is said of its values.
fn by_place(text: &mut String, indent: usize, changes: &[&Change], said: &dyn Fn(&Change) -> String) {
    for of_one in changes.chunk_by(|one, other| one.of == other.of) {
        let rows: Vec<String> = of_one.iter().map(|change| said(change)).collect();
        _ = writeln!(text, "{:indent$}{}: {}", "", of_one[0].of, rows.join(", "));
    }
}

/// `agree 2 (was 1)`
fn otherwise(change: &Change) -> String {
    let Change { row, before, after, .. } = change;
    match (before, after) {
        (Some(before), Some(after)) => format!("{row} {after} (was {before})"),
        (None, Some(after)) => format!("{row} {after} (was not given)"),
        (Some(before), None) => format!("{row} is no longer given (was {before})"),
        (None, None) => row.clone(),
    }
}

/// `band: 4 (was 3)`
fn term(change: &Change) -> String {
    let Change { of, before, after, .. } = change;
    match (before, after) {
        (Some(before), Some(after)) => format!("{of}: {after} (was {before})"),
        (None, Some(after)) => format!("{of}: {after} (was not given)"),
        (before, _) => {
            let before = before.as_ref().map_or(String::new(), |before| format!(" (was {before})"));
            format!("{of}: no longer given{before}")
        }
    }
}

fn list(text: &mut String, one: &str, many: &str, names: &[String]) {
    if !names.is_empty() {
        let what = if names.len() == 1 { one } else { many };
        _ = writeln!(text, "  {what}: {}", names.join(", "));
    }
}
