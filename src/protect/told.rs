//! What will be public -> words for whoever makes the release. Nothing here is not in the release, but for numbers of rows.

use super::Protect;
use super::coding::Written;
use super::edition::Chosen;
use super::exports::Read;
use super::figures::{Base, Figure, Figures, Given, Part, Shape};
use super::ledger::Release;
use super::tally::Tally;
use std::fmt::Write;

/// What was read, and question by question what will be shown.
pub(super) fn told(chosen: &Chosen, figures: &Figures, read: &Read) -> String {
    let mut text = format!(
        "Edition {} of `{}`, under the policy {}.\n\n",
        chosen.edition,
        chosen.survey().id,
        chosen.policy.name.name()
    );
    for export in &read.exports {
        // Where the number of people is not said, the number of rows is not either.
        if chosen.policy.is_judged() && !chosen.policy.is_audited() {
            _ = writeln!(text, "{}: read", export.file);
            export.notes.iter().for_each(|note| _ = writeln!(text, "  note: {note}"));
            continue;
        }
        _ = write!(text, "{}: {}", export.file, count(export.rows, "row", "rows"));
        if export.elsewhen > 0 {
            _ = write!(text, ", {} of other dates", export.elsewhen);
        }
        if export.blank > 0 {
            _ = write!(text, ", {} without an answer", export.blank);
        }
        text.push('\n');
        export.notes.iter().for_each(|note| _ = writeln!(text, "  note: {note}"));
    }
    text.push_str("\nWhat will be public:\n");
    let mut before = "";
    for given in &figures.answers {
        if before != given.question {
            _ = writeln!(text, "  {}", given.question);
            before = &given.question;
        }
        let wave = given.wave.as_ref().map(|wave| format!(", {wave}")).unwrap_or_default();
        let base = given.answered.map(answered).unwrap_or_default();
        _ = writeln!(text, "    {}{wave}{base}: {}", given.group, shown(given));
        given.why.iter().for_each(|why| _ = writeln!(text, "      {why}"));
    }
    for given in &figures.themes {
        let wave = given.wave.as_ref().map(|wave| format!(", {wave}")).unwrap_or_default();
        let values = given.values.as_ref().map_or("withheld".to_owned(), |values| listed(values));
        _ = writeln!(text, "  {} (themes)\n    {}{wave}: {values}", given.question, given.group);
        given.why.iter().for_each(|why| _ = writeln!(text, "      {why}"));
    }
    if !read.uncoded.is_empty() {
        _ = writeln!(
            text,
            "\nNot coded, so no themes are released: {}. `mentorpress protect --coding` begins a workbook for that.",
            read.uncoded.join(", ")
        );
    }
    text
}

fn answered(base: Base) -> String {
    match base {
        Base::Known(n) => format!(" ({n} answered)"),
        Base::Rounded { value, to } => format!(" ({value} answered, to {to})"),
        Base::Low => " (too few answered to say how many)".to_owned(),
    }
}

fn listed(values: &[(String, Figure)]) -> String {
    let values: Vec<String> = values.iter().map(|(id, value)| format!("{id} {}", figure(value))).collect();
    values.join(", ")
}

fn shown(given: &Given) -> String {
    let Shape::Parts(parts) = &given.shape else { return "withheld".to_owned() };
    let parts: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Part::Values(_, values) => listed(values),
            Part::Most(bin) => format!("most common {bin}"),
            Part::Statistic(name, value) => format!("{name} {}", figure(value)),
        })
        .collect();
    parts.join("; ")
}

fn figure(figure: &Figure) -> String {
    match figure {
        Figure::Count(count) => count.to_string(),
        Figure::Few => "few".to_owned(),
        Figure::NearlyAll => "nearly all".to_owned(),
        Figure::Withheld => "withheld".to_owned(),
        Figure::Rounded { value, to } => format!("{value} (to {to})"),
        Figure::Percent(percent) => format!("{percent} %"),
        Figure::Mentioned => "mentioned".to_owned(),
        Figure::Decimal(text) => text.clone(),
    }
}

/// Every count as it is, for the author alone.
pub(super) fn private(chosen: &Chosen, tally: &Tally) -> String {
    let mut text =
        "\nPRIVATE, not to be passed on: what was answered, before anything is withheld or rounded.\n"
            .to_owned();
    for question in chosen.questions() {
        let waves: Vec<&str> = match &question.waves[..] {
            [] => vec![""],
            waves => waves.iter().map(String::as_str).collect(),
        };
        for wave in waves {
            for group in &question.asked_of {
                let counted = tally.counted(&question.id, wave, &[group]);
                let options = question.options.iter().enumerate();
                let mut parts: Vec<String> =
                    options.map(|(at, option)| format!("{} {}", option.id, counted.option(at))).collect();
                let numbers = counted.numbers.iter();
                parts.extend(numbers.map(|(number, count)| format!("{}: {count}", hundredths(*number))));
                let wave = if wave.is_empty() { String::new() } else { format!(", {wave}") };
                _ = writeln!(
                    text,
                    "  {}{wave}, {group}: {} answered; {}",
                    question.id,
                    counted.answered,
                    parts.join(", ")
                );
            }
        }
    }
    text
}

/// A number of hundredths.
fn hundredths(number: i64) -> String {
    match number % 100 {
        0 => (number / 100).to_string(),
        part => format!("{}.{:02}", number / 100, part.abs()),
    }
}

/// What became of the workbook for coding. No text of it is printed.
pub(super) fn coding(written: &Written, wanted: &Protect) -> String {
    let would = if wanted.dry_run { "would be " } else { "" };
    let mut text = format!(
        "{} {would}in {}: {} coded.\n",
        count(written.texts, "text", "texts"),
        written.path.display(),
        written.coded
    );
    if written.kept > 0 {
        _ = writeln!(text, "Rows of other editions that stay: {}.", written.kept);
    }
    if written.coded < written.texts {
        text.push_str(
            "Give each its themes, in the column of that name; the note on its header lists them. Then: mentorpress protect\n",
        );
    }
    if let Some((many, path)) = &written.candidates {
        _ = writeln!(
            text,
            "{} worth quoting {would}in {}, with what the filter found. Nobody is quoted who has not agreed.",
            count(*many, "text", "texts"),
            path.display()
        );
    }
    text
}

/// What became of the file.
pub(super) fn written(release: &Release, wanted: &Protect) -> String {
    match (release.is_there, wanted.dry_run) {
        (true, _) => format!("\n{} says just this already; nothing was written.\n", release.path),
        (false, true) if release.corrects.is_some() && wanted.correct.is_none() => format!(
            "\nNothing was written. It would be a correction, {}, and needs --correct \"what was wrong\".\n",
            release.path
        ),
        (false, true) => format!("\nNothing was written. It would be {}.\n", release.path),
        (false, false) => format!(
            "\nWritten: {}. Read it, write its report (reports/), and build: mentorpress build\n",
            release.path
        ),
    }
}

fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}
