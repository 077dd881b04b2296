//! Who answered, who was invited, and the way into the scheme -> the tables and CSV files that are not of a question.

use super::table::{Column, PublishedTable, TableCell, TableRow, base_text};
use super::{Absence, Published, Tongue, Words};
use crate::evaluation::release::Base;
use crate::evaluation::survey::words_of;

impl Published {
    /// How many were invited to answer in a wave and group, where the release says so.
    pub(super) fn invited(&self, wave: &str, group: &str) -> Option<u32> {
        let mut invited = self.judged.release().invited.iter();
        invited.find(|(in_wave, of, _)| in_wave == wave && of == group).map(|(_, _, invited)| invited.value)
    }

    fn groups_that_answered(&self) -> Vec<&str> {
        let has_base = |group: &&str| self.judged.bases().any(|(_, other, _)| other == *group);
        self.groups.iter().map(|group| group.id.as_str()).filter(has_base).collect()
    }

    /// The occasions with the words for them; one without a name where the survey has no waves.
    fn occasions(&self, tongue: Tongue) -> Vec<(&str, Option<String>)> {
        if self.waves.is_empty() {
            return vec![("", None)];
        }
        self.waves.iter().map(|wave| (wave.id.as_str(), Some(tongue.text(&wave.label)))).collect()
    }

    fn answered_cell(&self, wave: &str, group: &str, tongue: Tongue) -> TableCell {
        match self.judged.base(wave, group) {
            Some(Base::Known(n)) => number_cell(n),
            Some(base @ (Base::Rounded { .. } | Base::Low)) => {
                TableCell { words: Words(base_text(base, tongue.interface)), is_number: false, absence: None }
            }
            _ => unreported_cell(tongue),
        }
    }

    fn invited_cell(&self, wave: &str, group: &str, tongue: Tongue) -> TableCell {
        self.invited(wave, group).map_or_else(|| unreported_cell(tongue), number_cell)
    }

    /// A column a group, and a row an occasion; below it one of those invited where that is known of any group.
    pub(super) fn respondents_table(&self, tongue: Tongue) -> PublishedTable {
        let groups = self.groups_that_answered();
        let mut rows = Vec::new();
        for (wave, label) in self.occasions(tongue) {
            let row = |key: &str, of: &str, cell: &dyn Fn(&str) -> TableCell| TableRow {
                label: match &label {
                    Some(label) => tongue.interface.say(of, &[("occasion", label)]),
                    None => tongue.say(key),
                },
                cells: groups.iter().map(|group| cell(group)).collect(),
            };
            let is_invited = groups.iter().any(|group| self.invited(wave, group).is_some());
            let of = if is_invited { "respondents.answered" } else { "respondents.occasion" };
            rows.push(row("column.answered", of, &|group| self.answered_cell(wave, group, tongue)));
            if is_invited {
                let cell = |group: &str| self.invited_cell(wave, group, tongue);
                rows.push(row("column.invited", "respondents.invited", &cell));
            }
        }
        PublishedTable {
            id: "respondents".to_owned(),
            title: tongue.say("column.answered"),
            row_header: tongue.say(if self.waves.is_empty() { "column.people" } else { "column.wave" }),
            columns: groups.iter().map(|group| Column::of(self.group_label(group, tongue))).collect(),
            rows,
        }
    }

    /// `wave`, then a column a group, and `<group>-invited` beside it where that is known of any wave.
    pub(super) fn respondents_lines(&self, tongue: Tongue, lines: &mut Vec<Vec<String>>) {
        let is_invited = |group: &str| self.judged.release().invited.iter().any(|(_, of, _)| of == group);
        let groups = self.groups_that_answered();
        let mut header = vec!["wave".to_owned()];
        for group in &groups {
            header.push((*group).to_owned());
            header.extend(is_invited(group).then(|| format!("{group}-invited")));
        }
        lines.push(header);
        for (wave, _) in self.occasions(tongue) {
            let mut line = vec![if wave.is_empty() { "answered" } else { wave }.to_owned()];
            for group in &groups {
                line.push(self.answered_cell(wave, group, tongue).words.0);
                line.extend(is_invited(group).then(|| self.invited_cell(wave, group, tongue).words.0));
            }
            lines.push(line);
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

fn unreported_cell(tongue: Tongue) -> TableCell {
    let words = Words(tongue.say("value.unreported"));
    TableCell { words, is_number: false, absence: Some(Absence::Unreported) }
}

fn number_cell(n: u32) -> TableCell {
    TableCell { words: Words(n.to_string()), is_number: true, absence: None }
}
