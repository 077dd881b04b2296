//! A number of rows -> the CSV that a form of twelve columns is exported to, and how often each option of one question is in
//! it. The same number gives the same bytes.

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
    "Stars for the scheme",
    COUNTED,
    "Are you two still meeting?",
    "My partner and I get on well",
    "In which areas have you developed? (choose all)",
    "From 0 to 10, how sure are you that taking part will help your career?",
    "Please explain",
];

/// The question whose answers are counted.
pub(crate) const COUNTED: &str = "How often have you met?";

const OFTEN: [&str; 5] = ["Never", "Once", "2 to 4 times", "5 to 9 times", "10 times or more"];
const AGREED: [&str; 5] = ["Strongly agree", "Agree", "Neutral", "Disagree", "Strongly disagree"];
const AREAS: [&str; 4] =
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

pub(crate) fn write(path: &Path, rows: usize) -> Result<BTreeMap<String, u64>, String> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(at(folder))?;
    }
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path).map_err(at(path))?);
    let mut counts = BTreeMap::new();
    let head = HEADERS.map(|header| format!("\"{header}\"")).join(",");
    write!(file, "\u{FEFF}{head}\r\n").map_err(at(path))?;
    let mut dice = Dice(2026);
    for row in 1..=rows {
        let often = dice.of(&OFTEN);
        *counts.entry(often.to_owned()).or_insert(0) += 1;
        let (day, hour, minute) = (dice.below(28) + 1, dice.below(10) + 8, dice.below(50) + 10);
        let areas: String = AREAS.iter().filter(|_| dice.below(2) == 0).copied().collect();
        let areas = if areas.contains(',') { format!("\"{areas}\"") } else { areas };
        write!(
            file,
            "{row},9/{day}/26 {hour}:{minute}:07,9/{day}/26 {hour}:{minute}:59,anonymous,,{},{often},{},{},{areas},{},{}\r\n",
            dice.below(5) + 1,
            dice.of(&["Yes", "No"]),
            dice.of(&AGREED),
            dice.below(11),
            dice.of(&REMARKS)
        )
        .map_err(at(path))?;
    }
    file.flush().map_err(at(path))?;
    Ok(counts)
}
