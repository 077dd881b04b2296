//! Tables of one question, of respondents and of the flow, and the same as CSV.

use super::{Absence, Published, Tongue, Words, has_percentage};
use crate::evaluation::disclosure::{Cell, JudgedAnswer, Row, row_name, rows, wave_names};
use crate::evaluation::release::{Base, Value};
use crate::evaluation::survey::{Display, EVERYONE, Question, TopOf, words_of};
use crate::language::Language;
use crate::theme::Interface;
use std::collections::BTreeSet;

/// A table of one question (or of respondents, or of the flow), in one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublishedTable {
    /// The question's id, which also names its CSV.
    pub id: String,
    /// The question's words.
    pub title: String,
    /// The header of the first column.
    pub row_header: String,
    /// The groups.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<TableRow>,
    /// What words in it need explaining.
    pub absences: BTreeSet<Absence>,
}

/// A column of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// The group's words.
    pub label: String,
    /// "n = 9", where one number holds for the column.
    pub n: Option<Words>,
    /// The number who answered, or the words that stand for it; `None` where the table counts none.
    pub answered: Option<Words>,
}

/// A row of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableRow {
    /// Its header.
    pub label: String,
    /// Text, and whether it is a number.
    pub cells: Vec<(Words, bool)>,
}

/// A question's cells in one wave, before they become a table or a CSV.
pub(super) struct Grid<'s> {
    pub(super) groups: Vec<&'s str>,
    bases: Vec<Option<Base>>,
    pub(super) rows: Vec<(Row, TableRow)>,
    absences: BTreeSet<Absence>,
}

impl Published {
    /// The tables of an id, in one language; several for a question of several waves and for a flow of several units.
    pub fn tables(&self, id: &str, interface: &Interface, first: &Language) -> Option<Vec<PublishedTable>> {
        let tongue = Tongue { interface, first };
        match id {
            "respondents" => Some(vec![self.respondents_table(tongue)]),
            "flow" => Some(self.flow_tables(tongue)),
            _ => {
                let question = self.questions.iter().find(|question| question.id == id)?;
                let tables: Vec<PublishedTable> = wave_names(question)
                    .into_iter()
                    .map(|wave| self.question_table(question, wave, tongue))
                    .collect();
                Some(tables)
            }
        }
    }

    /// The groups that a question's table has columns for.
    pub(super) fn columns<'s>(&'s self, question: &'s Question) -> Vec<&'s str> {
        if question.show.contains_key(EVERYONE) {
            return vec![EVERYONE];
        }
        self.groups
            .iter()
            .map(|group| group.id.as_str())
            .filter(|group| question.show.contains_key(*group))
            .collect()
    }

    pub(super) fn group_label(&self, group: &str, tongue: Tongue) -> String {
        match self.groups.iter().find(|known| known.id == group) {
            Some(known) => tongue.text(&known.label),
            None => tongue.say("column.everyone"),
        }
    }

    fn question_table(&self, question: &Question, wave: &str, tongue: Tongue) -> PublishedTable {
        let grid = self.grid(question, wave, tongue);
        let column = |(group, base): (&&str, &Option<Base>)| Column {
            label: self.group_label(group, tongue),
            n: base_words(self.judged.answer(&question.id, wave, group), tongue.interface),
            answered: Some(Words(match base {
                Some(Base::Known(n)) => n.to_string(),
                _ => tongue.say("value.unreported"),
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
            columns: grid.groups.iter().zip(&grid.bases).map(column).collect(),
            rows: grid.rows.into_iter().map(|(_, row)| row).collect(),
            absences: grid.absences,
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
    pub(super) fn grid<'s>(&'s self, question: &'s Question, wave: &str, tongue: Tongue) -> Grid<'s> {
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
        let mut absences = BTreeSet::new();
        let mut table = Vec::new();
        for row in order {
            let mut cells = Vec::new();
            for (group, answer) in groups.iter().zip(&answers) {
                let (words, number, absence) = self.cell(question, group, &row, *answer, tongue.interface);
                absences.extend(absence);
                cells.push((words, number));
            }
            let label = self.row_label(question, &row, tongue);
            table.push((row, TableRow { label, cells }));
        }
        Grid {
            bases: answers.iter().map(|answer| answer.map(|answer| answer.base)).collect(),
            groups,
            rows: table,
            absences,
        }
    }

    pub(super) fn cell(
        &self,
        question: &Question,
        group: &str,
        row: &Row,
        answer: Option<&JudgedAnswer>,
        interface: &Interface,
    ) -> (Words, bool, Option<Absence>) {
        if let Some(answer) = answer
            && let Some(cell) = answer.cells.get(row)
        {
            let base = match answer.base {
                Base::Known(n) => Some(n),
                Base::NotReported => None,
            };
            let (words, is_number, absence) = self.words(cell, base, interface);
            let unbased = base.is_none() && matches!(cell, Cell::Value(Value::Percent(_)));
            return (words, is_number, if unbased { Some(Absence::Base) } else { absence });
        }
        let offered = match row {
            Row::Option(id) => {
                question.options.iter().any(|option| option.id == *id && option.is_offered_to(group))
            }
            _ => true,
        };
        if question.asks(group) && offered {
            (Words(interface.say("value.unpublished", &[])), false, Some(Absence::Unpublished))
        } else {
            (Words(interface.say("value.not-asked", &[])), false, Some(Absence::NotAsked))
        }
    }

    pub(super) fn row_label(&self, question: &Question, row: &Row, tongue: Tongue) -> String {
        let interface = tongue.interface;
        let option = |id: &str| {
            question.options.iter().find(|option| option.id == id).map(|option| tongue.text(&option.label))
        };
        let numbers = |from: u32, to: u32| {
            let top = question.bounds.map(|(_, to)| to);
            if from == to {
                from.to_string()
            } else if top == Some(to) {
                interface.say("statistic.or-more", &[("n", &from.to_string())])
            } else {
                interface.say("value.range", &[("min", &from.to_string()), ("max", &to.to_string())])
            }
        };
        match row {
            Row::Option(id) => option(id).unwrap_or_else(|| words_of(id)),
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
            Row::Bin(id) => question
                .bins
                .iter()
                .find(|bin| bin.id == *id)
                .map_or_else(|| words_of(id), |bin| numbers(bin.from, bin.to)),
            Row::Most => tongue.say("statistic.most"),
            Row::Mean => tongue.say("statistic.mean"),
            Row::Min => tongue.say("statistic.min"),
            Row::Max => tongue.say("statistic.max"),
        }
    }

    /// The CSV of a table's id: `option`, then a column a group (`wave` before them where a question has several), ids
    /// and digits or words; the last row of each wave is the number who answered. UTF-8, RFC 4180.
    pub fn csv(&self, id: &str, interface: &Interface, first: &Language) -> Option<String> {
        let tongue = Tongue { interface, first };
        let mut lines: Vec<Vec<String>> = Vec::new();
        match id {
            "respondents" => {
                let table = self.respondents_table(tongue);
                let groups = self.answering_groups().into_iter().map(str::to_owned);
                lines.push(std::iter::once("wave".to_owned()).chain(groups).collect());
                let waves = self.waves.iter().map(|wave| wave.id.as_str()).chain(["answered"]);
                for (wave, row) in waves.zip(&table.rows) {
                    lines.push(
                        std::iter::once(wave.to_owned())
                            .chain(row.cells.iter().map(|(words, _)| words.0.clone()))
                            .collect(),
                    );
                }
            }
            "flow" => {
                lines.push(["unit", "step", "count"].map(str::to_owned).to_vec());
                for (unit, step, count) in &self.judged.release().flow {
                    lines.push(vec![unit.clone(), step.clone(), count.value.to_string()]);
                }
            }
            _ => {
                let question = self.questions.iter().find(|question| question.id == id)?;
                self.question_lines(question, tongue, &mut lines);
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
            let grid = self.grid(question, wave, tongue);
            let line = |first: String| std::iter::once(first).chain(several.then(|| wave.to_owned()));
            for (row, table_row) in &grid.rows {
                let first = match row {
                    Row::Option(_) | Row::Bin(_) | Row::Top(_) => row_name(row).to_owned(),
                    _ => table_row.label.clone(),
                };
                lines.push(
                    line(first).chain(table_row.cells.iter().map(|(words, _)| words.0.clone())).collect(),
                );
            }
            let answered = grid.bases.iter().map(|base| match base {
                Some(Base::Known(n)) => n.to_string(),
                _ => tongue.say("value.unreported"),
            });
            lines.push(line("answered".to_owned()).chain(answered).collect());
        }
    }

    fn answering_groups(&self) -> Vec<&str> {
        let has_base = |group: &&str| self.judged.bases().any(|(_, other, _)| other == *group);
        self.groups.iter().map(|group| group.id.as_str()).filter(has_base).collect()
    }

    fn respondents_table(&self, tongue: Tongue) -> PublishedTable {
        let groups = self.answering_groups();
        let waves: Vec<(&str, String)> = if self.waves.is_empty() {
            vec![("", tongue.say("column.answered"))]
        } else {
            self.waves.iter().map(|wave| (wave.id.as_str(), tongue.text(&wave.label))).collect()
        };
        let cell = |wave: &str, group: &str| match self.judged.base(wave, group) {
            Some(Base::Known(n)) => (Words(n.to_string()), true),
            _ => (Words(tongue.say("value.unreported")), false),
        };
        PublishedTable {
            id: "respondents".to_owned(),
            title: tongue.say("column.answered"),
            row_header: tongue.say("column.wave"),
            columns: groups
                .iter()
                .map(|group| Column { label: self.group_label(group, tongue), n: None, answered: None })
                .collect(),
            rows: waves
                .into_iter()
                .map(|(wave, label)| TableRow {
                    label,
                    cells: groups.iter().map(|group| cell(wave, group)).collect(),
                })
                .collect(),
            absences: BTreeSet::new(),
        }
    }

    /// One table a unit: women, pairs.
    fn flow_tables(&self, tongue: Tongue) -> Vec<PublishedTable> {
        let flow = &self.judged.release().flow;
        let mut units: Vec<&str> = Vec::new();
        for (unit, _, _) in flow {
            if !units.contains(&unit.as_str()) {
                units.push(unit);
            }
        }
        let rows = |unit: &str| {
            let steps = flow.iter().filter(|(other, _, _)| other == unit);
            steps
                .map(|(_, step, count)| TableRow {
                    label: words_of(step),
                    cells: vec![(Words(count.value.to_string()), true)],
                })
                .collect()
        };
        units
            .into_iter()
            .map(|unit| PublishedTable {
                id: "flow".to_owned(),
                title: words_of(unit),
                row_header: tongue.say("column.step"),
                columns: vec![Column { label: words_of(unit), n: None, answered: None }],
                rows: rows(unit),
                absences: BTreeSet::new(),
            })
            .collect()
    }
}

/// "n = 9"; where it is not reported, that is said only of percentages, which mean little without it.
pub(super) fn base_words(answer: Option<&JudgedAnswer>, interface: &Interface) -> Option<Words> {
    let answer = answer?;
    match answer.base {
        Base::Known(n) => Some(Words(interface.say("column.n", &[("n", &n.to_string())]))),
        Base::NotReported => has_percentage(answer).then(|| Words(interface.say("column.n-unreported", &[]))),
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}

/// A field of RFC 4180; a text that a spreadsheet would run as a formula is prefixed with an apostrophe.
fn csv_field(text: &str) -> String {
    let text =
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
