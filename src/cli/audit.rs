//! `mentorpress audit`.

use super::{Format, report};
use crate::diagnostic::github::github;
use crate::diagnostic::{Class, Diagnostics, human, json, one_of};
use crate::evaluation::{Count, Examined, Looked, Report, examine};
use crate::failure::Failure;
use crate::source::Sources;
use serde_json::{Value, json};
use std::io::{IsTerminal, stderr};
use std::path::PathBuf;

/// Options of `audit`.
#[derive(clap::Args, Debug)]
pub(super) struct Audit {
    /// The folder that holds content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// Only this survey
    #[arg(long, value_name = "ID")]
    survey: Option<String>,
    /// Only the release of this edition, or this correction of it
    #[arg(long, value_name = "EDITION")]
    edition: Option<String>,
    /// Say in plain words what can be told of a question, or of one of its answers
    #[arg(long, value_name = "QUESTION[.ANSWER]")]
    explain: Option<String>,
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

impl Audit {
    pub(super) fn run(self) -> u8 {
        match self.looked() {
            Ok(code) => code,
            Err(failure) => match self.format {
                Format::Human | Format::Github => report::failure(&failure),
                Format::Json => {
                    report::print(&format!("{}\n", json!({"failure": failure.to_string(), "exit": 2})));
                    2
                }
            },
        }
    }

    fn looked(&self) -> Result<u8, Failure> {
        let sources = Sources::read(&self.site)?;
        let mut found = Diagnostics::new();
        let examined = self.wanted(examine(&sources, &mut found))?;
        found.sort();
        let is_policy = found.errors().any(|diagnostic| diagnostic.code.class() == Class::Policy);
        let code = if is_policy { 3 } else { u8::from(found.has_errors()) };
        let explained = match &self.explain {
            Some(typed) => Some(explain(&examined, typed)?),
            None => None,
        };
        match self.format {
            Format::Human => {
                let text = explained.unwrap_or_else(|| examined.iter().map(told).collect());
                if self.explain.is_none() {
                    let colour = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
                    report::complain(&human(&found, &sources, colour));
                }
                report::print(&text);
            }
            Format::Json => {
                let releases: Vec<Value> = examined.iter().map(document).collect();
                let found = json(&found, &sources);
                let whole =
                    json!({"exit": code, "findings": found, "releases": releases, "explained": explained});
                report::print(&format!("{whole}\n"));
            }
            Format::Github => {
                report::print(&github(&found, &sources, ""));
            }
        }
        Ok(code)
    }

    /// The releases that were asked for.
    fn wanted(&self, all: Vec<Examined>) -> Result<Vec<Examined>, Failure> {
        let mut left = all;
        for (wanted, what, of) in [
            (&self.survey, "survey", (|one: &Examined| one.survey.clone()) as fn(&Examined) -> String),
            (&self.edition, "edition", |one: &Examined| one.edition.clone()),
        ] {
            let Some(wanted) = wanted else { continue };
            let known: Vec<String> = left.iter().map(of).collect();
            left.retain(|one| of(one) == *wanted);
            if left.is_empty() {
                let help = match &known[..] {
                    [] => "there is no release to be audited".to_owned(),
                    known => one_of(wanted, known.iter().map(String::as_str)),
                };
                return Err(Failure::refused(format!("there is no release of the {what} `{wanted}`"), help));
            }
        }
        Ok(left)
    }
}

/// Paragraphs on a question or an answer, of each release that has it.
fn explain(examined: &[Examined], typed: &str) -> Result<String, Failure> {
    let (question, answer) =
        typed.split_once('.').map_or((typed, None), |(question, answer)| (question, Some(answer)));
    let mut text = String::new();
    let mut known: Vec<&str> = Vec::new();
    for Examined { survey, edition, report } in examined {
        let Some(report) = report else { continue };
        let of_question: Vec<&Looked> =
            report.looked.iter().filter(|looked| looked.question == question).collect();
        match of_question.is_empty() {
            true => known.extend(report.looked.iter().map(|looked| looked.question.as_str())),
            false => known.extend(
                of_question.iter().flat_map(|looked| &looked.counts).map(|count| count.answer.as_str()),
            ),
        }
        for paragraph in report.explain(question, answer) {
            text.push_str(&format!("{survey} {edition}: {paragraph}\n\n"));
        }
    }
    if text.is_empty() {
        let wanted = answer.unwrap_or(question);
        let help = if known.is_empty() {
            "no release that passes the judge publishes anything; mentorpress check says why".to_owned()
        } else {
            one_of(wanted, known)
        };
        return Err(Failure::refused(format!("nothing is published of `{typed}`"), help));
    }
    Ok(text)
}

/// One release, question by question.
fn told(Examined { survey, edition, report }: &Examined) -> String {
    let Some(report) = report else {
        return format!("{survey} {edition}: not audited, because it has findings of its own\n");
    };
    let mut text = format!("{survey} {edition} (policy {}): {}\n", report.policy, verdict(report));
    for mean in &report.means {
        text.push_str(&format!("  {}: {mean}\n", word(report)));
    }
    for looked in &report.looked {
        text.push_str(&format!("  {}: {}\n", name(looked), of(report, looked)));
        for count in &looked.counts {
            if let Some(words) = &count.given_away {
                text.push_str(&format!("    {}: {words}\n", count.answer));
            }
        }
        for sums in looked.sums.iter().filter(|sums| sums.is_given_away) {
            let answers = sums.answers.join(" + ");
            text.push_str(&format!(
                "    {answers}: what is published determines how many they are together\n"
            ));
        }
    }
    text
}

fn verdict(report: &Report) -> String {
    let open = report.looked.iter().filter(|looked| looked.is_open()).count() + report.means.len();
    match (open, report.refuses) {
        (0, true) => "passes".to_owned(),
        (0, false) => "nothing is left open".to_owned(),
        (open, true) => format!("refused, {open} of what was looked at"),
        (open, false) => {
            format!("for review: {open} of what was looked at is open, and the policy refuses nothing")
        }
    }
}

fn word(report: &Report) -> &'static str {
    if report.refuses { "refused" } else { "for review" }
}

/// "wanted, baseline, mentee (12 answered)".
fn name(looked: &Looked) -> String {
    let parts = [&looked.question, &looked.wave, &looked.group];
    let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let base = looked.base.map_or("how many answered is not known".to_owned(), |n| format!("{n} answered"));
    format!("{} ({base})", parts.join(", "))
}

fn of(report: &Report, looked: &Looked) -> String {
    if let Some(trouble) = looked.trouble {
        return format!("{}: {trouble}", word(report));
    }
    if looked.is_open() {
        return word(report).to_owned();
    }
    let hidden: Vec<&Count> = looked.counts.iter().filter(|count| count.determined.is_none()).collect();
    let counts = match looked.counts.len() {
        1 => "1 count".to_owned(),
        n => format!("{n} counts"),
    };
    let reader = hidden.iter().map(|count| count.values).min();
    let insider = hidden.iter().filter_map(|count| count.insider).map(|(values, _)| values).min();
    match (reader, insider) {
        (None, _) => format!("passes; {counts}, all shown or known"),
        (Some(reader), None) => format!("passes; {counts}, {reader} values or more for a reader"),
        (Some(reader), Some(insider)) => {
            format!(
                "passes; {counts}, {reader} values or more for a reader, {insider} or more for who took part"
            )
        }
    }
}

fn document(Examined { survey, edition, report }: &Examined) -> Value {
    let Some(report) = report else {
        return json!({"survey": survey, "edition": edition, "verdict": "not-audited"});
    };
    let questions: Vec<Value> = report
        .looked
        .iter()
        .map(|looked| {
            let verdict = if looked.is_open() { word(report) } else { "passes" };
            json!({
                "question": looked.question,
                "wave": (!looked.wave.is_empty()).then_some(&looked.wave),
                "group": looked.group,
                "answered": looked.base,
                "verdict": verdict,
                "trouble": looked.trouble,
                "published": looked.published.iter().map(|(of, says)| json!({"of": of, "says": says})).collect::<Vec<_>>(),
                "counts": looked.counts.iter().map(|count| json!({
                    "answer": count.answer,
                    "determined": count.determined.is_some(),
                    "values": count.values,
                    "needed": count.needed,
                    "values_insider": count.insider.map(|(values, _)| values),
                    "needed_insider": count.insider.map(|(_, needed)| needed),
                    "certain": count.certain,
                    "given_away": count.given_away,
                })).collect::<Vec<_>>(),
                "sums": looked.sums.iter().map(|sums| json!({
                    "answers": sums.answers,
                    "given_away": sums.is_given_away,
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "survey": survey,
        "edition": edition,
        "policy": report.policy,
        "refuses": report.refuses,
        "verdict": if report.means.is_empty() && !report.looked.iter().any(Looked::is_open) { "passes" } else { word(report) },
        "means": report.means,
        "questions": questions,
    })
}
