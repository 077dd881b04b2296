//! The public reports of a survey -> what their editions have in common: the tables of the page that lists them.

use super::body::ReportTable;
use super::{Context, SitePage};
use crate::evaluation::{Editions, Evaluation, OverTime, PublishedTable};
use crate::language::Language;

/// What can be said of two editions or more.
pub struct Compared {
    /// What was asked when.
    pub asked: ReportTable,
    /// Questions over time.
    pub questions: Vec<Question>,
}

/// A question over time.
pub struct Question {
    /// Its latest words.
    pub title: String,
    /// Its tables, where editions can be compared.
    pub table: Option<ReportTable>,
    /// What has to be known to compare them, or why they cannot be.
    pub notes: Vec<String>,
}

/// Compares the editions of some report pages; nothing where there are fewer than two.
pub(super) fn compare<'s>(
    context: Context,
    evaluation: &Evaluation,
    language: &Language,
    pages: impl Iterator<Item = &'s SitePage<'s>>,
) -> Option<Compared> {
    let published = pages.filter_map(|page| page.report.as_ref()).map(|report| report.published);
    let editions = Editions::new(&evaluation.survey, published);
    if editions.len() < 2 {
        return None;
    }
    let (interface, first) = (context.interface(language), context.first());
    let mut number = 0;
    let mut table = |id: String, caption: String, tables: Vec<PublishedTable>| {
        number += 1;
        let label = |letter: &str| interface.say("table.label", &[("n", &format!("{number}{letter}"))]);
        ReportTable::new(id, caption, tables, label)
    };
    let asked = editions.asked(interface, first);
    let asked = table("table-asked".to_owned(), asked.title.clone(), vec![asked]);
    let question = |OverTime { id, title, tables, notes }: OverTime| {
        // The only group is named with the question; several have a caption each.
        let caption = match &tables[..] {
            [only] => interface.say("editions.of", &[("question", &title), ("group", &only.title)]),
            _ => title.clone(),
        };
        let table = (!tables.is_empty()).then(|| table(format!("table-{id}"), caption, tables));
        Question { title, table, notes }
    };
    let questions = editions.over_time(interface, first).into_iter().map(question).collect();
    Some(Compared { asked, questions })
}
