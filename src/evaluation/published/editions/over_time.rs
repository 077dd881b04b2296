//! [`Editions`] -> tables of one question over time: a table for each group, a column for each edition.

use super::{Chain, Editions, edition_column, has_wave};
use crate::evaluation::disclosure::{Cell, JudgedAnswer, Row, rows, wave_names};
use crate::evaluation::published::table::answer_base_words;
use crate::evaluation::published::{Published, PublishedTable, TableRow, Tongue};
use crate::evaluation::release::{Statistic, Value};
use crate::evaluation::survey::{Display, Question};
use crate::language::Language;
use crate::theme::Interface;

/// A question in several editions.
pub struct OverTime {
    /// The id of the question, in its latest words.
    pub id: String,
    /// These words.
    pub title: String,
    /// One for each wave and group of which two editions or more show something.
    pub tables: Vec<PublishedTable>,
    /// What has to be known to compare them.
    pub notes: Vec<String>,
}

/// An edition's answer to a question that may have had other words then.
struct Given<'p> {
    published: &'p Published,
    question: &'p Question,
    answer: &'p JudgedAnswer,
}

impl<'p> Editions<'p> {
    /// Every question that can be compared, or of which it must be said why it cannot; in the survey's order.
    pub fn over_time(&self, interface: &Interface, first: &Language) -> Vec<OverTime> {
        let tongue = Tongue { interface, first };
        let mut all = Vec::new();
        for question in self.shown() {
            let chain = self.chain(question);
            let latest = chain
                .questions
                .iter()
                .rfind(|one| self.list.iter().any(|published| one.asked.is_in(published.edition())));
            // A chain is told of once, where its latest words that readers know stand.
            if latest.is_none_or(|latest| latest.id != question.id) {
                continue;
            }
            let tables = self.tables_of(question, &chain, tongue);
            let mut notes = Vec::new();
            if !tables.is_empty() {
                notes.extend(self.rewordings(&chain, tongue));
                notes.extend(self.corrected(&chain, tongue));
            }
            notes.extend(self.breaks(&chain, tongue));
            if !tables.is_empty() || !notes.is_empty() {
                let title = tongue.text(&question.ask);
                all.push(OverTime { id: question.id.clone(), title, tables, notes });
            }
        }
        all
    }

    fn tables_of(&self, question: &'p Question, chain: &Chain<'p>, tongue: Tongue) -> Vec<PublishedTable> {
        let Some(last) = self.list.last() else { return Vec::new() };
        let mut tables = Vec::new();
        for wave in wave_names(question) {
            for group in last.columns(question) {
                let given: Vec<Given> =
                    self.list.iter().filter_map(|published| given(published, chain, wave, group)).collect();
                if given.len() > 1 && given.iter().any(|one| says_something(one.answer)) {
                    let mut title = last.group_label(group, tongue);
                    if let Some(label) = last.waves.iter().find(|known| known.id == wave)
                        && question.waves.len() > 1
                    {
                        let wave = tongue.text(&label.label);
                        title = tongue.interface.say("editions.group", &[("group", &title), ("wave", &wave)]);
                    }
                    tables.push(table(title, group, &given, tongue));
                }
            }
        }
        tables
    }
}

/// Whether anything is known of an answer; a group that is withheld whole in every edition needs no table over time.
fn says_something(answer: &JudgedAnswer) -> bool {
    let is_kept = |cell: &Cell| {
        matches!(
            cell,
            Cell::Value(Value::Withheld | Value::Unpublished)
                | Cell::Statistic(Statistic::Withheld | Statistic::Unpublished)
        )
    };
    !answer.cells.values().all(is_kept)
}

fn given<'p>(published: &'p Published, chain: &Chain<'p>, wave: &str, group: &str) -> Option<Given<'p>> {
    let question = chain.asked_in(published.edition()).filter(|question| has_wave(question, wave))?;
    let answer = published.judged.answer(&question.id, wave, group)?;
    Some(Given { published, question, answer })
}

fn table(title: String, group: &str, given: &[Given], tongue: Tongue) -> PublishedTable {
    let mut table_rows = Vec::new();
    for (row, of) in rows_of(group, given) {
        let cell = |one: &Given| {
            let Given { published, question, answer } = one;
            published.cell(question, group, &row, Some(answer), tongue.interface)
        };
        let label = of.published.row_label(of.question, &row, tongue);
        table_rows.push(TableRow { label, cells: given.iter().map(cell).collect() });
    }
    let is_list = given.iter().any(|one| !one.question.options.is_empty());
    let column =
        |one: &Given| edition_column(one.published, answer_base_words(Some(one.answer), tongue.interface));
    PublishedTable {
        id: given.last().map(|one| one.question.id.clone()).unwrap_or_default(),
        title,
        row_header: tongue.say(if is_list { "column.option" } else { "column.statistic" }),
        columns: given.iter().map(column).collect(),
        rows: table_rows,
    }
}

/// What any of the editions shows, in the order of the latest; each with the answer that gives it its words.
fn rows_of<'g, 'p>(group: &str, given: &'g [Given<'p>]) -> Vec<(Row, &'g Given<'p>)> {
    let mut all: Vec<(Row, &Given)> = Vec::new();
    for one in given.iter().rev() {
        let displays = one.question.show.get(group).map(Vec::as_slice).unwrap_or_default();
        let tops = one.question.tops.iter().map(|top| Display::Top(top.id.clone()));
        let order = std::iter::once(Display::Counts).chain(tops).chain([
            Display::Bins,
            Display::Mean,
            Display::Range,
        ]);
        let rows = order
            .filter(|display| displays.contains(display))
            .flat_map(|display| rows(one.question, group, &display));
        // A bin that no edition gives is not a row.
        let is_row = |row: &Row| {
            !matches!(row, Row::Bin(_) | Row::Most)
                || given.iter().any(|other| other.answer.cells.contains_key(row))
        };
        for row in rows.filter(is_row) {
            if !all.iter().any(|(known, _)| *known == row) {
                all.push((row, one));
            }
        }
    }
    all
}
