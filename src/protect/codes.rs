//! `coding.xlsx` in `private/` -> the themes that people gave to each free text, joined again to its export by the number
//! of the submission.
//!
//! The codebook is declared before, in `survey.yaml`. A text without themes of it has a hyphen, so that none is forgotten.

use super::edition::Chosen;
use super::trouble::{Trouble, Troubles};
use crate::diagnostic::one_of;
use crate::evaluation::{Question, Theme};
use crate::failure::Failure;
use crate::forms::{self, Column, Found, Opened, Row, Wanted, plain};
use std::collections::BTreeMap;
use std::path::Path;

/// The workbook's name.
pub(super) const FILE: &str = "coding.xlsx";
/// Its columns.
pub(super) const COLUMNS: [&str; 6] = ["form", "submission", "question", "text", "themes", "quotable"];
/// What stands for a text that has none of the themes.
pub(super) const NONE: &str = "-";

/// A text, by its form, submission and question.
pub(super) type Key = (String, String, String);

/// What somebody wrote. Private.
pub(super) struct Text {
    pub(super) key: Key,
    pub(super) text: String,
    pub(super) wave: String,
    pub(super) group: String,
}

/// The themes of each text, as far as people have coded. Private.
#[derive(Default)]
pub(super) struct Codes {
    codes: BTreeMap<Key, Code>,
    pub(super) is_there: bool,
}

/// What was written beside one text.
#[derive(Clone, Default)]
pub(super) struct Code {
    /// The row of the workbook.
    pub(super) row: usize,
    /// As it was typed.
    pub(super) themes: String,
    pub(super) quotable: String,
    /// The text as it was when it was coded; another is another text.
    pub(super) text: String,
}

impl Codes {
    /// Reads the workbook of a survey; nothing where there is none.
    pub(super) fn read(folder: &Path, troubles: &mut Vec<Trouble>) -> Result<Codes, Failure> {
        let path = folder.join(FILE);
        if !path.exists() {
            return Ok(Codes::default());
        }
        let Opened { columns, mut answers, .. } = forms::open(&path)?;
        let mut wrong = Troubles::of(FILE);
        let (mut found, mut missing): (Vec<Column>, Vec<String>) = (Vec::new(), Vec::new());
        for name in COLUMNS {
            match columns.find(name) {
                Found::One(column) => found.push(column.clone()),
                _ => missing.push(format!("\"{name}\"")),
            }
        }
        if !missing.is_empty() {
            wrong.whole(
                None,
                format!("no column is headed {}", missing.join(", and none ")),
                "write the header back; or move the file away, and `mentorpress protect --coding` begins a new one",
            );
        }
        let mut codes = Codes { codes: BTreeMap::new(), is_there: true };
        if let [form, submission, question, text, themes, quotable] = &found[..] {
            let wanted = found.iter().try_fold(Wanted::default(), Wanted::answers)?;
            let mut rows = answers.rows(&wanted)?;
            while let Some(row) = rows.next_row()? {
                let cell = |column: &Column| row.cell(column).text().trim().to_owned();
                let key = (cell(form), cell(submission), cell(question));
                let code = Code {
                    row: row.number,
                    themes: cell(themes),
                    quotable: cell(quotable),
                    text: cell(text),
                };
                if codes.codes.insert(key, code).is_some() {
                    wrong.row(row, None, "this text stands here twice", "take one of the two rows out");
                }
            }
        }
        troubles.extend(wrong.into_list());
        Ok(codes)
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Code> {
        self.codes.get(key)
    }

    /// All of them, in the order of forms and submissions.
    pub(super) fn into_iter(self) -> impl Iterator<Item = (Key, Code)> {
        self.codes.into_iter()
    }
}

/// Whether somebody wrote into the column `quotable` that a text is worth quoting.
pub(super) fn is_quotable(typed: &str) -> bool {
    const NOT: [&str; 4] = ["", "no", "n", NONE];
    !NOT.contains(&plain(typed).as_str())
}

/// The themes of a question in a cell that people typed: ids or labels, with commas or semicolons between them.
///
/// # Errors
/// What is wrong, and what to do.
pub(super) fn themes(question: &Question, typed: &str) -> Result<Vec<usize>, (String, String)> {
    let mut themes = Vec::new();
    for part in typed.split([';', ',', '\n']).map(plain).filter(|part| !part.is_empty() && part != NONE) {
        let is_meant = |theme: &Theme| {
            plain(&theme.id) == part || theme.label.values().any(|label| plain(&label.value) == part)
        };
        let Some(at) = question.themes.iter().position(is_meant) else {
            return Err((
                format!("`{}` has no theme that is written here", question.id),
                format!(
                    "{} Themes are declared in survey.yaml before coding",
                    sentence(&one_of(&part, question.themes.iter().map(|theme| theme.id.as_str())))
                ),
            ));
        };
        if !themes.contains(&at) {
            themes.push(at);
        }
    }
    if question.has_one_theme && themes.len() > 1 {
        return Err((
            format!("`{}` is coded with one theme at the most, and here are several", question.id),
            "leave the one that fits best, or write `coded: all` in survey.yaml".to_owned(),
        ));
    }
    Ok(themes)
}

fn sentence(text: &str) -> String {
    if text.ends_with(['?', '.']) { text.to_owned() } else { format!("{text}.") }
}

/// The questions of an edition whose texts are coded.
pub(super) fn coded<'e>(chosen: &Chosen<'e>) -> impl Iterator<Item = &'e Question> + use<'e> {
    chosen.questions().filter(|question| question.kind.is_free_text() && !question.themes.is_empty())
}

/// The key of a text in an export.
pub(super) fn key(form: &str, row: &Row, question: &str) -> Key {
    (form.to_owned(), row.submission().text().trim().to_owned(), question.to_owned())
}
