//! Tables of one question, of respondents and of the flow, and the same as CSV.

use super::{Absence, Published, Show, Tongue, Words};
use crate::evaluation::disclosure::{Cell, JudgedAnswer, Row, row_name, rows, wave_names};
use crate::evaluation::release::{Base, Value};
use crate::evaluation::survey::{Display, EVERYONE, Question, TopOf, words_of};
use crate::language::Language;
use crate::output::csv_field;
use crate::theme::Interface;

/// A table of one question (or of respondents, or of the flow), in one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublishedTable {
    /// The question's id, which also names its CSV.
    pub id: String,
    /// The question's words.
    pub title: String,
    /// The header of the first column.
    pub row_header: String,
    /// The groups; a table without any is a list of its rows.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<TableRow>,
}

impl PublishedTable {
    /// Whether its rows say all there is: themes that were mentioned.
    pub fn is_list(&self) -> bool {
        self.columns.is_empty()
    }
}

/// A column of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// The group's words.
    pub label: String,
    /// "n = 9", where one number holds for the column; "n = 9, small base" above percentages of so few.
    pub n: Option<Words>,
    /// It has percentages of so few people that a note says so.
    pub is_small: bool,
    /// The number who answered, or the words that stand for it; `None` where the table counts none.
    pub answered: Option<Words>,
}

/// A row of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableRow {
    /// Its header.
    pub label: String,
    /// A cell for each column.
    pub cells: Vec<TableCell>,
}

/// A cell of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableCell {
    /// Its text.
    pub words: Words,
    /// Whether that is a number.
    pub is_number: bool,
    /// Why it holds words, where these need explaining.
    pub absence: Option<Absence>,
}

/// A question's cells in one wave, before they become a table or a CSV.
pub(super) struct Grid<'s> {
    pub(super) groups: Vec<&'s str>,
    bases: Vec<Option<Base>>,
    pub(super) rows: Vec<(Row, TableRow)>,
    /// Whether a group has percentages of so few people that the page says so.
    small: Vec<bool>,
}

impl Published {
    /// The tables of an id, in one language; several for a question of several waves and for a flow of several units.
    /// Counts stand as `show` says, where the policy allows percentages of them ([`Published::too_few`]).
    pub fn tables(
        &self,
        id: &str,
        show: Show,
        interface: &Interface,
        first: &Language,
    ) -> Option<Vec<PublishedTable>> {
        let tongue = Tongue { interface, first };
        match id {
            "respondents" => Some(vec![self.respondents_table(tongue)]),
            "flow" => Some(self.flow_tables(tongue)),
            _ => {
                let question = self.questions.iter().find(|question| question.id == id)?;
                if self.is_themed(question) {
                    return Some(self.theme_tables(question, tongue));
                }
                let tables: Vec<PublishedTable> = wave_names(question)
                    .into_iter()
                    .map(|wave| self.question_table(question, wave, show, tongue))
                    .collect();
                Some(tables)
            }
        }
    }

    /// The groups that a question's table has columns for; everyone comes last.
    pub(super) fn columns<'s>(&'s self, question: &'s Question) -> Vec<&'s str> {
        let is_shown = |group: &str| question.show.get(group).is_some_and(|displays| !displays.is_empty());
        let groups = self.groups.iter().map(|group| group.id.as_str()).chain([EVERYONE]);
        groups.filter(|group| is_shown(group)).collect()
    }

    pub(super) fn group_label(&self, group: &str, tongue: Tongue) -> String {
        match self.groups.iter().find(|known| known.id == group) {
            Some(known) => tongue.text(&known.label),
            None => tongue.say("column.everyone"),
        }
    }

    fn question_table(&self, question: &Question, wave: &str, show: Show, tongue: Tongue) -> PublishedTable {
        let grid = self.grid(question, wave, show, tongue);
        let column = |((group, base), small): ((&&str, &Option<Base>), &bool)| Column {
            label: self.group_label(group, tongue),
            n: match base {
                Some(Base::Known(n)) if *small => {
                    Some(Words(tongue.interface.say("column.n-small", &[("n", &n.to_string())])))
                }
                _ => answer_base_words(self.judged.answer(&question.id, wave, group), tongue.interface),
            },
            is_small: *small,
            answered: Some(Words(match base {
                Some(base) => base_text(*base, tongue.interface),
                None => tongue.say("value.unreported"),
            })),
        };
        PublishedTable {
            id: question.id.clone(),
            title: self.question_title(question, wave, tongue),
            row_header: tongue.say(if question.options.is_empty() {
                "column.statistic"
            } else {
                "column.option"
            }),
            columns: grid.groups.iter().zip(&grid.bases).zip(&grid.small).map(column).collect(),
            rows: grid.rows.into_iter().map(|(_, row)| row).collect(),
        }
    }

    /// The question's words, with the wave where it was asked in several.
    pub(super) fn question_title(&self, question: &Question, wave: &str, tongue: Tongue) -> String {
        let title = tongue.text(&question.ask);
        match self.waves.iter().find(|known| known.id == wave) {
            Some(label) if question.waves.len() > 1 => format!("{title} ({})", tongue.text(&label.label)),
            _ => title,
        }
    }

    /// The cells of a question in one wave. Rows come in the order options, tops, bins, statistics: the union over
    /// the groups, whose displays may differ.
    pub(super) fn grid<'s>(
        &'s self,
        question: &'s Question,
        wave: &str,
        show: Show,
        tongue: Tongue,
    ) -> Grid<'s> {
        let groups = self.columns(question);
        let displays: Vec<&Display> = question.show.values().flatten().collect();
        let mut order: Vec<Row> = Vec::new();
        if displays.contains(&&Display::Counts) {
            order.extend(question.options.iter().map(|option| Row::Option(option.id.clone())));
        }
        let shown =
            |id: &str| displays.iter().any(|display| matches!(display, Display::Top(top) if top == id));
        order.extend(question.tops.iter().filter(|top| shown(&top.id)).map(|top| Row::Top(top.id.clone())));
        for display in [Display::Bins, Display::Mean, Display::Range] {
            if displays.contains(&&display) {
                order.extend(rows(question, EVERYONE, &display));
            }
        }
        let answers: Vec<Option<&JudgedAnswer>> =
            groups.iter().map(|group| self.judged.answer(&question.id, wave, group)).collect();
        let given = |row: &Row| answers.iter().flatten().any(|answer| answer.cells.contains_key(row));
        // A bin that no group gives is not a row.
        order.retain(|row| !matches!(row, Row::Bin(_) | Row::Most) || given(row));
        let mut small = vec![false; groups.len()];
        let mut table = Vec::new();
        for row in order {
            let mut cells = Vec::new();
            for ((group, answer), small) in groups.iter().zip(&answers).zip(&mut small) {
                let mut cell = self.cell(question, group, &row, *answer, tongue.interface);
                if let Some((words, is_small)) = self.shared(*answer, &row, show, tongue.interface) {
                    cell.words = words;
                    *small |= is_small;
                }
                cells.push(cell);
            }
            let label = self.row_label(question, &row, tongue);
            table.push((row, TableRow { label, cells }));
        }
        Grid {
            bases: answers.iter().map(|answer| answer.map(|answer| answer.base)).collect(),
            groups,
            rows: table,
            small,
        }
    }

    pub(super) fn cell(
        &self,
        question: &Question,
        group: &str,
        row: &Row,
        answer: Option<&JudgedAnswer>,
        interface: &Interface,
    ) -> TableCell {
        let say = |key: &str, absence: Absence| TableCell {
            words: Words(interface.say(key, &[])),
            is_number: false,
            absence: Some(absence),
        };
        if let Some(answer) = answer
            && let Some(cell) = answer.cells.get(row)
        {
            let base = answer.base_of(row).known();
            if let Cell::Bin(id) = cell {
                let words = Words(self.bin_label(question, id, interface));
                return TableCell { words, is_number: true, absence: None };
            }
            let (words, is_number, absence) = self.words(cell, base, interface);
            let unbased = base.is_none() && matches!(cell, Cell::Value(Value::Percent(_)));
            return TableCell {
                words,
                is_number,
                absence: if unbased { Some(Absence::Base) } else { absence },
            };
        }
        let offered = match row {
            Row::Option(id) => {
                question.options.iter().any(|option| option.id == *id && option.is_offered_to(group))
            }
            _ => true,
        };
        if question.asks(group) && offered {
            say("value.unpublished", Absence::Unpublished)
        } else {
            say("value.not-asked", Absence::NotAsked)
        }
    }

    pub(super) fn row_label(&self, question: &Question, row: &Row, tongue: Tongue) -> String {
        let interface = tongue.interface;
        let option = |id: &str| {
            question.options.iter().find(|option| option.id == id).map(|option| tongue.text(&option.label))
        };
        let numbers = |from: u32, to: u32| numbers(question, from, to, interface);
        match row {
            Row::Option(id) => option(id).unwrap_or_else(|| words_of(id)),
            Row::Theme(id) => match question.themes.iter().find(|theme| theme.id == *id) {
                Some(theme) => tongue.text(&theme.label),
                None => words_of(id),
            },
            Row::Top(id) => match question.tops.iter().find(|top| top.id == *id).map(|top| &top.of) {
                Some(TopOf::Numbers(from, to)) => numbers(*from, *to),
                Some(TopOf::Points(points)) => {
                    let labels: Vec<String> = points.iter().filter_map(|point| option(point)).collect();
                    labels
                        .into_iter()
                        .reduce(|first, second| {
                            interface
                                .say("statistic.or", &[("first", &first), ("second", &lower_first(&second))])
                        })
                        .unwrap_or_else(|| words_of(id))
                }
                None => words_of(id),
            },
            Row::Bin(id) => self.bin_label(question, id, interface),
            Row::Most => tongue.say("statistic.most"),
            Row::Mean => tongue.say("statistic.mean"),
            Row::Min => tongue.say("statistic.min"),
            Row::Max => tongue.say("statistic.max"),
        }
    }

    /// "4", "4 to 6", "7 or more".
    pub(super) fn bin_label(&self, question: &Question, id: &str, interface: &Interface) -> String {
        let bin = question.bins.iter().find(|bin| bin.id == id);
        bin.map_or_else(|| words_of(id), |bin| numbers(question, bin.from, bin.to, interface))
    }

    /// The CSV of a table's id: `option`, then a column a group (`wave` before them where a question has several), ids
    /// and digits or words; the last row of each wave is the number who answered. UTF-8, RFC 4180.
    pub fn csv(&self, id: &str, interface: &Interface, first: &Language) -> Option<String> {
        let tongue = Tongue { interface, first };
        let mut lines: Vec<Vec<String>> = Vec::new();
        match id {
            "respondents" => self.respondents_lines(tongue, &mut lines),
            "flow" => self.flow_lines(&mut lines),
            _ => {
                let question = self.questions.iter().find(|question| question.id == id)?;
                if self.is_themed(question) {
                    self.theme_lines(question, tongue, &mut lines);
                } else {
                    self.question_lines(question, tongue, &mut lines);
                }
            }
        }
        let text = |line: &Vec<String>| {
            line.iter().map(|field| csv_field(field)).collect::<Vec<_>>().join(",") + "\r\n"
        };
        Some(lines.iter().map(text).collect())
    }

    fn question_lines(&self, question: &Question, tongue: Tongue, lines: &mut Vec<Vec<String>>) {
        let several = question.waves.len() > 1;
        let groups = self.columns(question).into_iter().map(str::to_owned);
        lines.push(
            std::iter::once("option".to_owned())
                .chain(several.then(|| "wave".to_owned()))
                .chain(groups)
                .collect(),
        );
        for wave in wave_names(question) {
            let grid = self.grid(question, wave, Show::Count, tongue);
            let line = |first: String| std::iter::once(first).chain(several.then(|| wave.to_owned()));
            for (row, table_row) in &grid.rows {
                let first = match row {
                    Row::Option(_) | Row::Bin(_) | Row::Top(_) => row_name(row).to_owned(),
                    _ => table_row.label.clone(),
                };
                lines.push(
                    line(first).chain(table_row.cells.iter().map(|cell| cell.words.0.clone())).collect(),
                );
            }
            let answered = grid.bases.iter().map(|base| match base {
                Some(base) => base_text(*base, tongue.interface),
                None => tongue.say("value.unreported"),
            });
            lines.push(line("answered".to_owned()).chain(answered).collect());
        }
    }
}

impl Column {
    /// A column of which no number holds as a whole.
    pub(super) fn of(label: String) -> Column {
        Column { label, n: None, is_small: false, answered: None }
    }
}

/// Numbers of a scale from, to: the last of it is "or more".
fn numbers(question: &Question, from: u32, to: u32, interface: &Interface) -> String {
    if from == to {
        from.to_string()
    } else if question.bounds.map(|(_, top)| top) == Some(to) {
        interface.say("statistic.or-more", &[("n", &from.to_string())])
    } else {
        interface.say("value.range", &[("min", &from.to_string()), ("max", &to.to_string())])
    }
}

/// "n = 9"; where it is not reported, that is said only of percentages, which mean little without it.
pub(super) fn base_words(base: Base, has_percentage: bool, interface: &Interface) -> Option<Words> {
    match base {
        Base::Known(n) => Some(Words(interface.say("column.n", &[("n", &n.to_string())]))),
        Base::Rounded { value, to } => {
            let places = [("n", value.to_string()), ("to", to.to_string())];
            let places = places.each_ref().map(|(name, number)| (*name, number.as_str()));
            Some(Words(interface.say("column.n-rounded", &places)))
        }
        Base::Low => Some(Words(interface.say("column.n-low", &[]))),
        Base::NotReported => has_percentage.then(|| Words(interface.say("column.n-unreported", &[]))),
    }
}

/// How many answered, in a cell or a sentence.
pub(super) fn base_text(base: Base, interface: &Interface) -> String {
    match base {
        Base::Known(n) => n.to_string(),
        Base::Rounded { value, .. } => interface.say("value.rounded", &[("n", &value.to_string())]),
        Base::Low => interface.say("value.low", &[]),
        Base::NotReported => interface.say("value.unreported", &[]),
    }
}

/// The same of all that is given of a question.
pub(super) fn answer_base_words(answer: Option<&JudgedAnswer>, interface: &Interface) -> Option<Words> {
    let answer = answer?;
    base_words(answer.base, answer.cells.values().any(Cell::is_percentage), interface)
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}
