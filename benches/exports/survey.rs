//! A number of rows -> the CSV that a form of twelve columns is exported to, and how often each answer to each closed question
//! is in it. The same number gives the same bytes.

use crate::folder::at;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

pub(crate) const HEADERS: [&str; 12] = [
    "ID",
    "Start time",
    "Completion time",
    "Email",
    "Name",
    STARS,
    COUNTED,
    STILL,
    AGREED,
    AREAS,
    SURE,
    "Please explain",
];

/// The questions that have closed answers.
pub(crate) const STARS: &str = "Stars for the scheme";
pub(crate) const COUNTED: &str = "How often have you met?";
pub(crate) const STILL: &str = "Are you two still meeting?";
pub(crate) const AGREED: &str = "My partner and I get on well";
pub(crate) const AREAS: &str = "In which areas have you developed? (choose all)";
pub(crate) const SURE: &str = "From 0 to 10, how sure are you that taking part will help your career?";

/// Answers of a question with how often each was given.
pub(crate) type Counts = BTreeMap<&'static str, BTreeMap<String, u64>>;

/// What can be answered to three of them.
pub(crate) const OFTEN: [&str; 5] = ["Never", "Once", "2 to 4 times", "5 to 9 times", "10 times or more"];
pub(crate) const POINTS: [&str; 5] = ["Strongly agree", "Agree", "Neutral", "Disagree", "Strongly disagree"];
/// What can be chosen of the areas, as a cell has it.
pub(crate) const CHOICES: [&str; 4] =
    ["Goal setting;", "Self-confidence;", "Personal development (leadership, voice);", "Networks;"];
const REMARKS: [&str; 4] = [
    "",
    "More structure at the start would help.",
    "\"We met, and \"\"talked\"\",\r\nonline.\"",
    "\"Café, mostly – it’s fine.\"",
];

/// A simple generator (a linear congruence), so that everybody has the same rows.
struct Dice(u64);

impl Dice {
    fn of<'t>(&mut self, words: &[&'t str]) -> &'t str {
        words[self.below(words.len())]
    }

    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }
}

/// Writes the file, and counts the rows of 2026: of each, `is_earlier` says whether it is of the year before.
pub(crate) fn write(path: &Path, rows: usize, is_earlier: impl Fn(usize) -> bool) -> Result<Counts, String> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(at(folder))?;
    }
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path).map_err(at(path))?);
    let mut counts = Counts::new();
    let head = HEADERS.map(|header| format!("\"{header}\"")).join(",");
    write!(file, "\u{FEFF}{head}\r\n").map_err(at(path))?;
    let mut dice = Dice(2026);
    for row in 1..=rows {
        let often = dice.of(&OFTEN);
        let (day, hour, minute) = (dice.below(28) + 1, dice.below(10) + 8, dice.below(50) + 10);
        let areas: Vec<&str> = CHOICES.iter().filter(|_| dice.below(2) == 0).copied().collect();
        let (stars, still, agreed) = (dice.below(5) + 1, dice.of(&["Yes", "No"]), dice.of(&POINTS));
        let (sure, remark) = (dice.below(11), dice.of(&REMARKS));
        let year = if is_earlier(row) { 25 } else { 26 };
        if year == 26 {
            let mut count = |question, answer: &str| {
                let counts = counts.entry(question).or_default();
                match counts.get_mut(answer) {
                    Some(count) => *count += 1,
                    None => _ = counts.insert(answer.to_owned(), 1),
                }
            };
            for (question, answer) in [(COUNTED, often), (STILL, still), (AGREED, agreed)] {
                count(question, answer);
            }
            areas.iter().for_each(|area| count(AREAS, area.trim_end_matches(';')));
            count(STARS, &stars.to_string());
            count(SURE, &sure.to_string());
        }
        let areas = areas.concat();
        let areas = if areas.contains(',') { format!("\"{areas}\"") } else { areas };
        write!(
            file,
            "{row},9/{day}/{year} {hour}:{minute}:07,9/{day}/{year} {hour}:{minute}:59,anonymous,,{stars},{often},{still},{agreed},{areas},{sure},{remark}\r\n",
        )
        .map_err(at(path))?;
    }
    file.flush().map_err(at(path))?;
    Ok(counts)
}
