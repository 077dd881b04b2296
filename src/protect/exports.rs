//! The exports of a survey's forms -> [`Answers`] of an edition, or all that is wrong with any of them.

use super::Protect;
use super::codes::{self, Codes, Text};
use super::columns::Columns;
use super::counter::Counter;
use super::edition::Chosen;
use super::tally::Tally;
use super::trouble::{Trouble, Troubles};
use super::watch::{self, Progress};
use crate::evaluation::Form;
use crate::failure::Failure;
use crate::forms::{self, Opened};
use crate::git::PRIVATE;
use std::path::{Path, PathBuf};

/// All that was read of an edition. Private, but for `read`.
#[derive(Default)]
pub(super) struct Answers {
    pub(super) tally: Tally,
    /// Free texts, where they were asked for.
    pub(super) texts: Vec<Text>,
    /// What people coded so far.
    pub(super) codes: Codes,
    pub(super) read: Read,
}

/// What was read, in numbers of rows and words about files; nothing of answers.
#[derive(Default)]
pub(super) struct Read {
    /// Exports in the order of the survey's forms.
    pub(super) exports: Vec<ReadExport>,
    /// Texts were coded, each of them.
    pub(super) is_coded: bool,
    /// Questions whose texts could be coded, and nobody has begun.
    pub(super) uncoded: Vec<String>,
}

/// One export.
pub(super) struct ReadExport {
    pub(super) file: String,
    /// Rows of this edition with an answer.
    pub(super) rows: usize,
    /// Rows that were sent before or after the edition's dates.
    pub(super) elsewhen: usize,
    /// Rows of this edition in which nothing was answered.
    pub(super) blank: usize,
    /// What whoever reads it should know: an old encoding, hidden rows.
    pub(super) notes: Vec<String>,
}

/// Why there are no answers of an edition, all of it at once.
#[derive(Default)]
pub(super) struct Broken {
    /// What does not fit the survey: of files that could be read, or of one before it broke off.
    pub(super) troubles: Vec<Trouble>,
    /// Why the others could not be read.
    pub(super) unread: Vec<Failure>,
}

impl Broken {
    fn is_none(&self) -> bool {
        self.troubles.is_empty() && self.unread.is_empty()
    }

    /// Notes a file that cannot be read: once, since two forms may lie in one.
    fn note(&mut self, failure: Failure) {
        if self.unread.iter().all(|known| known.to_string() != failure.to_string()) {
            self.unread.push(failure);
        }
    }
}

/// The folder of a survey's exports.
pub(super) fn folder(chosen: &Chosen, wanted: &Protect) -> PathBuf {
    match &wanted.forms {
        Some(folder) => folder.clone(),
        None => wanted.site.join(PRIVATE).join("evaluations").join(&chosen.survey().id),
    }
}

/// Reads every export of the survey, whatever is wrong with those before it; `watch` is told how far it is.
///
/// # Errors
/// A file cannot be read, or does not fit the survey: then there are no answers at all.
pub(super) fn read(
    chosen: &Chosen,
    wanted: &Protect,
    watch: &mut dyn FnMut(Progress),
) -> Result<Answers, Broken> {
    let folder = folder(chosen, wanted);
    let mut broken = Broken::default();
    let codes = Codes::read(&folder, &mut broken.troubles);
    let codes = codes.map_err(|failure| broken.note(failure)).unwrap_or_default();
    let mut answers = Answers { codes, ..Answers::default() };
    let mut uncoded = Troubles::of(codes::FILE);
    for form in chosen.forms() {
        let mut troubles = Troubles::of(&form.file.value);
        let mut reading = Reading { chosen, form, troubles: &mut troubles, uncoded: &mut uncoded };
        let export =
            place(&folder, form).and_then(|path| reading.export(&path, wanted.coding, &mut answers, watch));
        broken.troubles.extend(troubles.into_list());
        match export {
            Ok(export) => answers.read.exports.push(export),
            Err(failure) => broken.note(failure),
        }
    }
    broken.troubles.extend(uncoded.into_list());
    if !broken.is_none() {
        return Err(broken);
    }
    answers.read.is_coded = answers.codes.is_there;
    if !answers.codes.is_there {
        let coded = codes::coded(chosen).map(|question| format!("`{}`", question.id));
        answers.read.uncoded = coded.collect();
    }
    Ok(answers)
}

/// One export, and where trouble with it is noted: of the export itself, and of the workbook in which its texts are coded.
struct Reading<'r, 'e> {
    chosen: &'r Chosen<'e>,
    form: &'e Form,
    troubles: &'r mut Troubles,
    uncoded: &'r mut Troubles,
}

impl Reading<'_, '_> {
    /// Reads it; `keeps_texts` for what people wrote, to be coded.
    fn export(
        &mut self,
        path: &Path,
        keeps_texts: bool,
        answers: &mut Answers,
        watch: &mut dyn FnMut(Progress),
    ) -> Result<ReadExport, Failure> {
        let file = self.form.file.value.as_str();
        watch(Progress { file, rows: 0, bytes: None });
        let Opened { columns: headers, notes, answers: mut of_file, .. } = open(path)?;
        let columns = Columns::find(self.chosen, self.form, &headers, self.troubles);
        let mut counter = Counter::new(self.chosen, self.form, &columns);
        let mut rows = of_file.rows(&columns.wanted(self.form, &headers)?)?;
        let Answers { tally, texts, codes, .. } = answers;
        watch::each(file, &mut rows, watch, &mut |row| {
            counter.row(row, self.troubles);
            if codes.is_there {
                counter.quotable(row, codes, self.uncoded);
            }
            if keeps_texts {
                counter.keep_texts(row, texts);
            } else if codes.is_there {
                counter.code(row, codes, tally, self.troubles, self.uncoded);
            }
        })?;
        counter.finish(tally);
        let (rows, elsewhen, blank) = (counter.rows, counter.elsewhen, counter.blank);
        Ok(ReadExport { file: file.to_owned(), rows, elsewhen, blank, notes })
    }
}

/// Where an export lies: in the folder of exports, and nowhere above it.
fn place(folder: &Path, form: &Form) -> Result<PathBuf, Failure> {
    let typed = Path::new(&form.file.value);
    let is_below = typed.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if !is_below || form.file.value.is_empty() {
        return Err(Failure::refused(
            format!("`{}` is no file below {}", form.file.value, folder.display()),
            "name the file alone, and the folder with --forms",
        ));
    }
    Ok(folder.join(typed))
}

fn open(path: &Path) -> Result<Opened, Failure> {
    if !path.exists() {
        return Err(Failure::refused(
            format!("there is no {}", path.display()),
            "put the export there, under the name that `forms:` of survey.yaml has, or name its folder: --forms DIR",
        ));
    }
    forms::open(path)
}
