//! The wall: `evaluations/<survey>/` -> [`Evaluations`], whose every number was judged.
//!
//! 1. `survey`: `survey.yaml`, the instrument, and what of it will be shown;
//! 2. `release`: `releases/*.yaml`, released values as typed; [`disclosure`] judges them, and `editions` decides which
//!    of an edition's files is in force;
//! 3. `published`: only a release that passed becomes [`Published`], and only [`Published`] can be asked for a table or a
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
pub mod disclosure;
mod editions;
mod keys;
mod published;
mod quotes;
mod release;
mod survey;

pub use actions::{ACTION, Action, Status};
pub use editions::Edition;
pub use keys::{DISCLOSURE, RELEASE, SURVEY};
pub use published::{
    Absence, Binding, Column, Correction, Editions, Entry, FigureGroup, FigureKind, FigureRequest, FigureRow,
    Link, Manner, Mark, OverTime, Panel, Published, PublishedFigure, PublishedTable, Reference, Show, Side,
    Style, TableCell, TableRow, ThemeRow, ThemeSheet, TooFew, TrendRequest, Unresolved, Values, Words,
};
pub use quotes::{QUOTATION, Quotation};
pub use survey::{
    Asked, Choice, Display, EVERYONE, Form, FormGroup, Headers, Labelled, Question, QuestionKind, Replaces,
    ReportFacts, Survey, Theme, ThemesShown, TopOf, Unit, When,
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

/// Reads and judges everything below `content/evaluations/`, with the corrections in force on a day.
pub fn read(sources: &Sources, date: Date, found: &mut Diagnostics) -> Evaluations {
    const FOLDER: &str = "content/evaluations/";
    let mut all = BTreeMap::new();
    let surveys: Vec<FileId> = sources
        .below(FOLDER)
        .filter(|(_, file)| {
            file.path.ends_with("/survey.yaml")
                && file.path.matches('/').count() == 3
                && file.unreadable.is_none()
        })
        .map(|(id, _)| id)
        .collect();
    for file in surveys {
        let Some(survey) = survey::read(sources, file, found) else { continue };
        let editions = editions::read(sources, &survey, date, found);
        let beside = |name: &str| {
            let file = sources.find(&format!("{FOLDER}{}/{name}", survey.id));
            file.filter(|(_, file)| file.unreadable.is_none()).map(|(file, _)| file)
        };
        let names: Vec<&str> = editions.keys().map(String::as_str).collect();
        let quotes = beside("quotes.yaml");
        let quotes =
            quotes.map(|file| quotes::read(sources, file, &survey, &names, found)).unwrap_or_default();
        let actions = beside("actions.yaml");
        let actions = actions.map(|file| actions::read(sources, file, &survey, found)).unwrap_or_default();
        all.insert(survey.id.clone(), Evaluation { survey, editions, quotes, actions });
    }
    Evaluations(all)
}
