//! Who answered, who was invited, and the way into the scheme -> the tables and CSV files that are not of a question.

use super::table::{Column, PublishedTable, TableCell, TableRow};
use super::{Absence, Published, Tongue, Words};
use crate::evaluation::release::Base;
use crate::evaluation::survey::words_of;

/// A column of the table of respondents: a group, and whether it counts those who were invited.
type Counted<'s> = (&'s str, bool);

impl Published {
    /// How many were invited to answer in a wave and group, where the release says so.
    pub(super) fn invited(&self, wave: &str, group: &str) -> Option<u32> {
        let mut invited = self.judged.release().invited.iter();
        invited.find(|(in_wave, of, _)| in_wave == wave && of == group).map(|(_, _, invited)| invited.value)
    }

    /// A column for each group that answered, and beside it one of those invited where that is known of any wave.
    fn respondents_columns(&self) -> Vec<Counted<'_>> {
        let has_base = |group: &&str| self.judged.bases().any(|(_, other, _)| other == *group);
        let is_invited = |group: &str| self.judged.release().invited.iter().any(|(_, of, _)| of == group);
        let mut columns = Vec::new();
        for group in self.groups.iter().map(|group| group.id.as_str()).filter(has_base) {
            columns.push((group, false));
            if is_invited(group) {
                columns.push((group, true));
            }
        }
        columns
    }

    fn respondents_column(&self, (group, is_invited): Counted, tongue: Tongue) -> Column {
        let label = self.group_label(group, tongue);
        let both = self.respondents_columns().contains(&(group, true));
        let key = if is_invited { "column.invited-of" } else { "column.answered-of" };
        Column::of(if both { tongue.interface.say(key, &[("group", &label)]) } else { label })
    }

    pub(super) fn respondents_table(&self, tongue: Tongue) -> PublishedTable {
        let columns = self.respondents_columns();
        let waves: Vec<(&str, String)> = if self.waves.is_empty() {
            vec![("", tongue.say("column.answered"))]
        } else {
            self.waves.iter().map(|wave| (wave.id.as_str(), tongue.text(&wave.label))).collect()
        };
        let number = |wave: &str, (group, is_invited): Counted| match is_invited {
            true => self.invited(wave, group),
            false => self.judged.base(wave, group).and_then(Base::known),
        };
        let cell = |wave: &str, column: Counted| match number(wave, column) {
            Some(n) => number_cell(n),
            None => TableCell {
                words: Words(tongue.say("value.unreported")),
                is_number: false,
                absence: Some(Absence::Unreported),
            },
        };
        PublishedTable {
            id: "respondents".to_owned(),
            title: tongue.say("column.answered"),
            row_header: tongue.say("column.wave"),
            columns: columns.iter().map(|column| self.respondents_column(*column, tongue)).collect(),
            rows: waves
                .into_iter()
                .map(|(wave, label)| TableRow {
                    label,
                    cells: columns.iter().map(|column| cell(wave, *column)).collect(),
                })
                .collect(),
        }
    }

    /// `wave`, then a column a group, and `<group>-invited` beside it.
    pub(super) fn respondents_lines(&self, tongue: Tongue, lines: &mut Vec<Vec<String>>) {
        let header = self.respondents_columns().into_iter().map(|(group, is_invited)| {
            if is_invited { format!("{group}-invited") } else { group.to_owned() }
        });
        lines.push(std::iter::once("wave".to_owned()).chain(header).collect());
        let waves = self.waves.iter().map(|wave| wave.id.as_str()).chain(["answered"]);
        for (wave, row) in waves.zip(&self.respondents_table(tongue).rows) {
            let cells = row.cells.iter().map(|cell| cell.words.0.clone());
            lines.push(std::iter::once(wave.to_owned()).chain(cells).collect());
        }
    }

    /// One table a unit: women, pairs.
    pub(super) fn flow_tables(&self, tongue: Tongue) -> Vec<PublishedTable> {
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
                    cells: vec![number_cell(count.value)],
                })
                .collect()
        };
        units
            .into_iter()
            .map(|unit| PublishedTable {
                id: "flow".to_owned(),
                title: words_of(unit),
                row_header: tongue.say("column.step"),
                columns: vec![Column::of(words_of(unit))],
                rows: rows(unit),
            })
            .collect()
    }

    pub(super) fn flow_lines(&self, lines: &mut Vec<Vec<String>>) {
        lines.push(["unit", "step", "count"].map(str::to_owned).to_vec());
        for (unit, step, count) in &self.judged.release().flow {
            lines.push(vec![unit.clone(), step.clone(), count.value.to_string()]);
        }
    }
}

fn number_cell(n: u32) -> TableCell {
    TableCell { words: Words(n.to_string()), is_number: true, absence: None }
}
