//! The wall: `evaluations/<survey>/` -> [`Evaluations`], whose every number was judged.
//!
//! 1. `survey`: `survey.yaml`, the instrument, and what of it will be shown;
//! 2. `release`: `releases/*.yaml`, released values as typed; [`disclosure`] judges them one by one, `audit` all that is
//!    published of an edition together, and `editions` decides which of an edition's files is in force; `seal` tells whether one was altered;
//! 3. `published`: only a release that passed both becomes [`Published`], and only [`Published`] can be asked for a table or a
//!    number. What it hands out is [`Words`]: text that a template may print. There is no other constructor of it;
//! 4. `quotes` and `actions` stand beside: what people said, and what came of what they suggested.
//!
//! A template cannot be handed a number that was not judged:
//!
//! ```compile_fail
//! // The field is private, and nothing outside this room makes one.
//! let words = mentorpress::evaluation::Words("7".to_owned());
//! ```
//!
//! while what was judged can be printed:
//!
//! ```
//! fn print(words: &mentorpress::evaluation::Words) -> String {
//!     words.to_string()
//! }
//! ```

mod actions;
mod audit;
pub mod disclosure;
mod editions;
mod keys;
mod published;
mod quotes;
mod release;
pub mod seal;
mod survey;

pub use actions::{ACTION, Action, Status};
pub use audit::{Audited, Count, Looked, Report, Sums};
pub use editions::Edition;
pub use keys::{DISCLOSURE, RELEASE, SURVEY};
pub use published::{
    Absence, Binding, Change, Column, Correction, Difference, Editions, Entry, FigureGroup, FigureKind,
    FigureRequest, FigureRow, Link, Manner, Mark, OverTime, Panel, Published, PublishedFigure,
    PublishedTable, Reference, Reworded, Seen, Show, Side, Style, TableCell, TableRow, ThemeRow, ThemeSheet,
    TooFew, TrendRequest, Unresolved, Values, Words,
};
pub use quotes::{QUOTATION, Quotation};
pub use survey::{
    Asked, Choice, Display, EVERYONE, Form, FormGroup, Headers, InFlow, Labelled, Question, QuestionKind,
    Replaces, ReportFacts, Survey, Theme, ThemesShown, TopOf, Unit, When,
};

use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Sources};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Everything about one survey.
#[derive(Debug)]
pub struct Evaluation {
    /// The instrument.
    pub survey: Survey,
    /// Editions by name, in order.
    pub editions: BTreeMap<String, Edition>,
    /// What people said, with their consent.
    pub quotes: Vec<Quotation>,
    /// What came of what people suggested.
    pub actions: Vec<Action>,
}

impl Evaluation {
    /// What may be shown of an edition.
    pub fn published(&self, edition: &str) -> Option<&Published> {
        self.editions.get(edition)?.published.as_ref()
    }
}

/// All evaluations of a site, by survey.
#[derive(Default, Debug)]
pub struct Evaluations(BTreeMap<String, Evaluation>);

impl Evaluations {
    /// The surveys in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Evaluation)> {
        self.0.iter().map(|(id, evaluation)| (id.as_str(), evaluation))
    }

    /// A survey.
    pub fn get(&self, survey: &str) -> Option<&Evaluation> {
        self.0.get(survey)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Ids of all surveys.
    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.keys().map(String::as_str)
    }
}

const FOLDER: &str = "content/evaluations/";

/// The files of surveys.
fn surveys(sources: &Sources) -> Vec<FileId> {
    let is_survey = |path: &str| path.ends_with("/survey.yaml") && path.matches('/').count() == 3;
    let files = sources.below(FOLDER).filter(|(_, file)| is_survey(&file.path) && file.unreadable.is_none());
    files.map(|(id, _)| id).collect()
}

/// A file beside a survey, if there is one that can be read.
fn beside(sources: &Sources, survey: &Survey, name: &str) -> Option<FileId> {
    let file = sources.find(&format!("{FOLDER}{}/{name}", survey.id));
    file.filter(|(_, file)| file.unreadable.is_none()).map(|(file, _)| file)
}

fn quotations(
    sources: &Sources,
    survey: &Survey,
    editions: &[&str],
    found: &mut Diagnostics,
) -> Vec<Quotation> {
    let file = beside(sources, survey, "quotes.yaml");
    file.map(|file| quotes::read(sources, file, survey, editions, found)).unwrap_or_default()
}

/// What the audit finds in one release.
#[derive(Debug)]
pub struct Examined {
    /// The survey.
    pub survey: String,
    /// The release: the name of its file, which is its edition's or a correction of it.
    pub edition: String,
    /// `None` where the release does not pass the judge: then there is nothing to be audited.
    pub report: Option<Report>,
}

/// Audits every release below `content/evaluations/`, also under policies that nothing is refused under.
pub fn examine(sources: &Sources, found: &mut Diagnostics) -> Vec<Examined> {
    let mut all = Vec::new();
    for file in surveys(sources) {
        let Some(survey) = survey::read(sources, file, found) else { continue };
        let releases = editions::files(sources, &survey);
        let quotes = quotations(sources, &survey, &releases.editions(), found);
        for (edition, report) in editions::reports(sources, &survey, releases, &quotes, found) {
            all.push(Examined { survey: survey.id.clone(), edition, report });
        }
    }
    all
}

/// Reads and judges everything below `content/evaluations/`, with the corrections in force on a day.
pub fn read(sources: &Sources, date: Date, found: &mut Diagnostics) -> Evaluations {
    let mut all = BTreeMap::new();
    for file in surveys(sources) {
        let Some(survey) = survey::read(sources, file, found) else { continue };
        let releases = editions::files(sources, &survey);
        let quotes = quotations(sources, &survey, &releases.editions(), found);
        let editions = editions::read(sources, &survey, releases, &quotes, date, found);
        let actions = beside(sources, &survey, "actions.yaml");
        let actions = actions.map(|file| actions::read(sources, file, &survey, found)).unwrap_or_default();
        all.insert(survey.id.clone(), Evaluation { survey, editions, quotes, actions });
    }
    Evaluations(all)
}
