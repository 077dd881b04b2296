//! [`Figures`] -> the text of a release, the same for the same figures.

use super::edition::Chosen;
use super::figures::{Base, Figure, Figures, Given, Part, Shape};
use super::sector;
use crate::evaluation::EVERYONE;
use crate::evaluation::disclosure::Policy;
use crate::source::Sources;
use std::fmt::Write;

/// What makes a release a correction.
pub(super) struct Corrects<'c> {
    pub(super) edition: &'c str,
    pub(super) date: String,
    pub(super) reason: &'c str,
}

/// The release without its seal.
pub(super) fn text(
    sources: &Sources,
    chosen: &Chosen,
    figures: &Figures,
    corrects: Option<&Corrects>,
) -> String {
    let survey = chosen.survey();
    let facts = &survey.editions[&chosen.edition];
    let mut text = format!(
        "# Released values of the edition {} of `{}`, made by `mentorpress protect` from the exports of its forms under the\n\
         # policy {}. Nothing else of them leaves private/. Leave this file as it is: what is wrong in it is corrected by a\n\
         # release of its own (mentorpress protect --correct REASON).\n",
        chosen.edition,
        survey.id,
        chosen.policy.name.name(),
    );
    let name = corrects.map_or(chosen.edition.clone(), |corrects| corrects.edition.to_owned());
    line(&mut text, 0, "edition", &word(&name));
    if let Some(corrects) = corrects {
        line(&mut text, 0, "corrects", &word(&chosen.edition));
        line(&mut text, 0, "date", &corrects.date);
        line(&mut text, 0, "reason", &quoted(corrects.reason));
    }
    let collected: Vec<&str> = facts.collected.iter().map(|date| date.value.as_str()).collect();
    let collected = match &collected[..] {
        [] => "not-reported".to_owned(),
        [one] => (*one).to_owned(),
        several => format!("[{}]", several.join(", ")),
    };
    line(&mut text, 0, "collected", &collected);
    let includes: Vec<String> = facts.includes.iter().map(|edition| word(&edition.value)).collect();
    let includes = if includes.is_empty() { "none".to_owned() } else { format!("[{}]", includes.join(", ")) };
    line(&mut text, 0, "includes", &includes);
    policy(&mut text, sources, chosen.policy);
    respondents(&mut text, chosen, figures);
    facts_of_office(&mut text, chosen);
    answers(&mut text, &figures.answers);
    themes(&mut text, chosen, figures);
    text
}

/// The policy as the survey has it, word for word.
fn policy(text: &mut String, sources: &Sources, policy: &Policy) {
    let typed = sources.slice(policy.span).trim_end();
    if typed.starts_with('{') {
        return line(text, 0, "disclosure", typed);
    }
    let (_, column) = sources.line_column(policy.span);
    text.push_str("disclosure:\n");
    for (at, typed) in typed.lines().enumerate() {
        let lead = typed.len() - typed.trim_start_matches(' ').len();
        let own = if at == 0 { typed } else { &typed[lead.min(column - 1)..] };
        _ = writeln!(text, "{}", format!("  {own}").trim_end());
    }
}

fn respondents(text: &mut String, chosen: &Chosen, figures: &Figures) {
    text.push_str("\nrespondents:\n");
    let facts = &chosen.survey().editions[&chosen.edition];
    let invited = |wave: &str, group: &str| {
        let known = facts.invited.iter().find(|(at, of, _)| at == wave && of == group);
        known.map(|(_, _, n)| format!(", invited: {}", n.value)).unwrap_or_default()
    };
    let one = |wave: &str| {
        let of_wave = figures.respondents.iter().filter(|(at, _, _)| at == wave);
        let groups: Vec<String> = of_wave
            .map(|(wave, group, base)| {
                format!("{}: {{answered: {}{}}}", word(group), based(*base), invited(wave, group))
            })
            .collect();
        groups
    };
    let mut waves: Vec<&str> = figures.respondents.iter().map(|(wave, _, _)| wave.as_str()).collect();
    waves.dedup();
    for wave in waves {
        let groups = one(wave);
        match wave {
            "" => groups.iter().for_each(|group| _ = writeln!(text, "  {group}")),
            wave => line(text, 2, &word(wave), &format!("{{{}}}", groups.join(", "))),
        }
    }
}

/// Steps into the scheme, and things counted: the office's own figures.
fn facts_of_office(text: &mut String, chosen: &Chosen) {
    let facts = &chosen.survey().editions[&chosen.edition];
    let mut units: Vec<&str> = Vec::new();
    for (unit, _, _) in &facts.flow {
        if !units.contains(&unit.as_str()) {
            units.push(unit);
        }
    }
    if !units.is_empty() {
        text.push_str("flow:\n");
    }
    for unit in units {
        let steps = facts.flow.iter().filter(|(of, _, _)| of == unit);
        let steps = steps.filter_map(|(_, step, n)| Some((step, sector::people(chosen.policy, n.value)?)));
        let steps: Vec<String> = steps.map(|(step, n)| format!("{}: {n}", word(step))).collect();
        line(text, 2, &word(unit), &format!("{{{}}}", steps.join(", ")));
    }
    if !facts.tallies.is_empty() {
        let things: Vec<String> =
            facts.tallies.iter().map(|(thing, n)| format!("{}: {}", word(thing), n.value)).collect();
        line(text, 0, "tallies", &format!("{{{}}}", things.join(", ")));
    }
}

fn answers(text: &mut String, all: &[Given]) {
    text.push_str("\nanswers:\n");
    let mut before: (Option<&str>, Option<&str>) = (None, None);
    for given in all {
        let indent = place(text, &mut before, &given.question, given.wave.as_deref());
        line(text, indent, &word(&given.group), &shape(given));
    }
    if all.is_empty() {
        // A survey of free texts alone.
        text.truncate(text.len() - 1);
        text.push_str(" {}\n");
    }
}

/// Themes of texts that were coded, and those that came up elsewhere than in a form, as the office says.
fn themes(text: &mut String, chosen: &Chosen, figures: &Figures) {
    let facts = &chosen.survey().editions[&chosen.edition];
    if !facts.gathered.is_empty() || !figures.themes.is_empty() {
        text.push_str("\nthemes:\n");
    }
    let mut before: (Option<&str>, Option<&str>) = (None, None);
    for given in &figures.themes {
        let values = given.values.as_ref().map(|values| {
            let values: Vec<String> =
                values.iter().map(|(id, value)| format!("{}: {}", word(id), figure(value))).collect();
            format!("{{{}}}", values.join(", "))
        });
        let indent = place(text, &mut before, &given.question, given.wave.as_deref());
        line(text, indent, &word(&given.group), values.as_deref().unwrap_or("withheld"));
    }
    for (question, themes) in &facts.gathered {
        let themes: Vec<String> =
            themes.iter().map(|theme| format!("{}: mentioned", word(&theme.value))).collect();
        _ = writeln!(text, "  {}:", word(&question.value));
        line(text, 4, EVERYONE, &format!("{{{}}}", themes.join(", ")));
    }
}

/// The lines of a question and a wave, where they are not there yet; returns how far the groups are indented.
fn place<'g>(
    text: &mut String,
    before: &mut (Option<&'g str>, Option<&'g str>),
    question: &'g str,
    wave: Option<&'g str>,
) -> usize {
    if before.0 != Some(question) {
        _ = writeln!(text, "  {}:", word(question));
        *before = (Some(question), None);
    }
    let Some(wave) = wave else { return 4 };
    if before.1 != Some(wave) {
        _ = writeln!(text, "    {}:", word(wave));
        before.1 = Some(wave);
    }
    6
}

fn shape(given: &Given) -> String {
    let Shape::Parts(parts) = &given.shape else { return "withheld".to_owned() };
    let mut inner: Vec<String> = Vec::new();
    inner.extend(given.answered.map(|base| format!("answered: {}", based(base))));
    for part in parts {
        inner.push(match part {
            Part::Values(name, values) => {
                let values: Vec<String> =
                    values.iter().map(|(id, value)| format!("{}: {}", word(id), figure(value))).collect();
                format!("{name}: {{{}}}", values.join(", "))
            }
            Part::Most(bin) => format!("most: {}", word(bin)),
            Part::Statistic(name, value) => format!("{name}: {}", figure(value)),
        });
    }
    format!("{{{}}}", inner.join(", "))
}

fn based(base: Base) -> String {
    match base {
        Base::Known(n) => n.to_string(),
        Base::Rounded { value, to } => format!("{{rounded: {value}, to: {to}}}"),
        Base::Low => "low".to_owned(),
    }
}

fn figure(figure: &Figure) -> String {
    match figure {
        Figure::Count(count) => count.to_string(),
        Figure::Few => "few".to_owned(),
        Figure::NearlyAll => "nearly-all".to_owned(),
        Figure::Withheld => "withheld".to_owned(),
        Figure::Rounded { value, to } => format!("{{rounded: {value}, to: {to}}}"),
        Figure::Percent(percent) => format!("{{percent: {percent}}}"),
        Figure::Mentioned => "mentioned".to_owned(),
        Figure::Decimal(text) => text.clone(),
    }
}

fn line(text: &mut String, indent: usize, key: &str, value: &str) {
    _ = writeln!(text, "{:indent$}{key}: {value}", "");
}

/// An id as YAML reads it back as a text.
fn word(id: &str) -> String {
    const OTHER: [&str; 9] = ["yes", "no", "true", "false", "on", "off", "y", "n", "null"];
    let is_plain = id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let is_dated = id.bytes().all(|b| b.is_ascii_digit() || b == b'-') && id.contains('-');
    match (is_plain && !OTHER.contains(&id)) || is_dated {
        true => id.to_owned(),
        false => quoted(id),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " "))
}
