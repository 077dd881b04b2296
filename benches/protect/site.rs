//! A number of rows -> a site whose survey has an export of so many; and what was printed -> [`Figures`], whoever counted.

use crate::folder::{at, write as write_text};
use crate::survey::{self, AGREED, AREAS, CHOICES, COUNTED, Counts, OFTEN, POINTS, STARS, STILL, SURE};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Where the export lies.
pub(crate) const EXPORT: &str = "private/evaluations/scheme/form.csv";

/// The first day of the edition, and the first after it.
pub(crate) const COLLECTED: [&str; 2] = ["2026-09-01", "2026-10-01"];

/// How many gave each answer, or an answer of a declared split, by question and id.
pub(crate) type Figures = BTreeMap<(String, String), u64>;

const SITE: &str = "title: A scheme
base_url: https://bench.example.org/
languages: [en]
organisation: A university
contact: {email: bench@example.org}
";

const HEAD: &str = "title: A benchmark
groups: {participant: Participants}
scales:
  agreement: {points: POINTS}
questions:
";

const TAIL: &str = "  - {id: explain, ask: Please explain, type: text}
forms: [{group: participant, file: form.csv, dates: mdy}]
editions: {\"2026\": {collected: 2026-09, includes: none}}
disclosure: {policy: as-approved, approved_by: nobody, minutes: none, informed: \"These are no people.\"}
";

/// Questions by id, with their headers.
const QUESTIONS: [(&str, &str); 6] = [
    ("stars", STARS),
    ("often", COUNTED),
    ("still", STILL),
    ("agreed", AGREED),
    ("areas", AREAS),
    ("sure", SURE),
];

/// Headers of the questions that are counted.
pub(crate) fn questions() -> impl Iterator<Item = &'static str> {
    QUESTIONS.iter().map(|(_, header)| *header)
}

/// Writes it, and returns what is in its export of this edition.
pub(crate) fn write(folder: &Path, rows: usize) -> Result<Counts, String> {
    write_text(&folder.join("content/site.yaml"), SITE)?;
    write_text(&folder.join("content/index.md"), "---\ntitle: Home\n---\n\nWelcome.\n")?;
    write_text(&folder.join("content/evaluations/scheme/survey.yaml"), &instrument())?;
    let export = folder.join(EXPORT);
    let private = export.parent().unwrap_or(folder);
    std::fs::create_dir_all(private).map_err(at(private))?;
    survey::write(&export, rows, |row| row % 10 == 0)
}

/// An answer as an id: its letters and digits.
fn id(answer: &str) -> String {
    let words = answer.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    format!("a-{}", words.join("-"))
}

fn instrument() -> String {
    let points: Vec<String> =
        POINTS.iter().map(|point| format!("{{id: {}, label: {point}}}", id(point))).collect();
    let mut text = HEAD.replace("POINTS", &format!("[{}]", points.join(", ")));
    for (question, header) in QUESTIONS {
        // Writing to a String cannot fail.
        _ = write!(text, "  - {{id: {question}, ask: \"{header}\", ");
        let options = |answers: &[&str]| {
            let option = |answer: &&str| {
                let label = answer.trim_end_matches(';');
                format!("{{id: {}, label: \"{label}\"}}", id(label))
            };
            answers.iter().map(option).collect::<Vec<_>>().join(", ")
        };
        let rest = match header {
            STARS => "type: stars, from: 1, to: 5, tops: {high: [4, 5]}, show: high".to_owned(),
            SURE => "type: score, from: 0, to: 10, tops: {high: [7, 10]}, show: high".to_owned(),
            AGREED => "type: scale, scale: agreement, show: counts".to_owned(),
            COUNTED => format!("type: choose-one, options: [{}], show: counts", options(&OFTEN)),
            AREAS => format!("type: choose-all, options: [{}], show: counts", options(&CHOICES)),
            _ => format!("type: choose-one, options: [{}], show: counts", options(&["Yes", "No"])),
        };
        _ = writeln!(text, "{rest}}}");
    }
    text + TAIL
}

/// What a question counts an answer for: itself, or the split that it is in, if it is in one.
fn figure(header: &str, answer: &str) -> Option<String> {
    let from = match header {
        STARS => 4,
        SURE => 7,
        _ => return Some(id(answer)),
    };
    let number: u32 = answer.parse().ok()?;
    (number >= from).then(|| "high".to_owned())
}

/// Counts of answers -> figures.
pub(crate) fn figures(counts: &Counts) -> Figures {
    let mut figures = Figures::new();
    for (header, counts) in counts {
        for (answer, count) in counts {
            add(&mut figures, header, answer, *count);
        }
    }
    figures
}

fn add(figures: &mut Figures, header: &str, answer: &str, count: u64) {
    let question = QUESTIONS.iter().find(|(_, known)| *known == header).map(|(id, _)| *id);
    if let (Some(question), Some(id)) = (question, figure(header, answer)) {
        *figures.entry((question.to_owned(), id)).or_default() += count;
    }
}

/// What `count.py` prints -> figures: a line for each question and answer.
pub(crate) fn counted(said: &str) -> Option<Figures> {
    let mut figures = Figures::new();
    for line in said.lines() {
        let mut fields = line.split('\t');
        let (header, answer, count) = (fields.next()?, fields.next()?, fields.next()?);
        add(&mut figures, header, answer, count.parse().ok()?);
    }
    Some(figures)
}

/// What `mentorpress protect` prints -> figures: below each question a line for the group, `participant: yes 5, no 4`.
pub(crate) fn told(said: &str) -> Option<Figures> {
    let (_, public) = said.split_once("What will be public:\n")?;
    let mut figures = Figures::new();
    let mut question = "";
    for line in public.lines().take_while(|line| line.starts_with("  ")) {
        let Some(given) = line.strip_prefix("    participant") else {
            question = line.trim();
            continue;
        };
        let (_, values) = given.split_once(": ")?;
        for value in values.split(", ") {
            let (id, count) = value.rsplit_once(' ')?;
            figures.insert((question.to_owned(), id.to_owned()), count.parse().ok()?);
        }
    }
    Some(figures)
}
