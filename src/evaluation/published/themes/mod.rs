//! The judged themes of a free text -> tables and lists, and the same as CSV and as flat sheets.
//!
//! Themes stand in the survey's order, never in that of their values. They are told apart by the levels they speak of,
//! or else by the answers of those who gave them: a part each. A part that only says what was mentioned is a list, which
//! is a table without columns. `panels` draws them, `prose` says them within a sentence, `values` writes them as data.

mod panels;
mod prose;
mod values;

pub(super) use values::ThemesValues;

use super::table::base_words;
use super::{Column, Published, PublishedTable, TableCell, TableRow, Tongue, Words};
use crate::evaluation::disclosure::{Cell, JudgedAnswer, Row, wave_names};
use crate::evaluation::release::{Base, Value};
use crate::evaluation::survey::{EVERYONE, Labelled, Question, Theme, When, words_of};
use crate::language::Language;
use crate::theme::Interface;

/// All themes of a question in one wave, a row each, with what they are told apart by in columns of their own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThemeSheet {
    /// The question's words.
    pub title: String,
    /// Headers: the theme, its level, its answer (those that the question has), then the groups.
    pub header: Vec<String>,
    /// The themes.
    pub rows: Vec<ThemeRow>,
    /// The number who answered of each group.
    pub answered: Vec<Words>,
}

/// A row of a sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThemeRow {
    /// The theme, its level, its answer.
    pub texts: Vec<String>,
    /// Text, and whether it is a number.
    pub cells: Vec<TableCell>,
}

/// Themes that stand together.
pub(super) struct ThemePart<'s> {
    pub(super) title: String,
    pub(super) themes: Vec<&'s Theme>,
}

impl Published {
    /// The questions whose themes were released, in the survey's order.
    pub(super) fn themed(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| self.is_themed(question))
    }

    /// Whether themes were released of any question.
    pub fn has_themes(&self) -> bool {
        self.themed().next().is_some()
    }

    pub(super) fn is_themed(&self, question: &Question) -> bool {
        !self.theme_waves(question).is_empty()
    }

    /// A question whose themes were released.
    pub(super) fn themed_question(&self, id: &str) -> Option<&Question> {
        self.themed().find(|question| question.id == id)
    }

    /// The waves of which themes were released.
    pub(super) fn theme_waves<'s>(&self, question: &'s Question) -> Vec<&'s str> {
        let mut waves = wave_names(question);
        waves.retain(|wave| !self.given_themes(question, wave).is_empty());
        waves
    }

    /// The groups whose themes were released, in any wave.
    pub(super) fn theme_groups(&self, question: &Question) -> Vec<&str> {
        let waves = wave_names(question);
        let all = self.groups.iter().map(|group| group.id.as_str()).chain([EVERYONE]);
        all.filter(|group| waves.iter().any(|wave| self.judged.themes(&question.id, wave, group).is_some()))
            .collect()
    }

    pub(super) fn theme_answers(&self, question: &Question, wave: &str) -> Vec<Option<&JudgedAnswer>> {
        let groups = self.theme_groups(question);
        groups.into_iter().map(|group| self.judged.themes(&question.id, wave, group)).collect()
    }

    /// The themes of which a release says anything in a wave, in the survey's order.
    pub(super) fn given_themes<'s>(&self, question: &'s Question, wave: &str) -> Vec<&'s Theme> {
        let answers = self.theme_answers(question, wave);
        let is_given = |theme: &&Theme| {
            let row = row(theme);
            answers.iter().flatten().any(|answer| answer.cells.contains_key(&row))
        };
        question.themes.iter().filter(is_given).collect()
    }

    /// The themes of a wave by level, or else by the answer of those who gave them, or else all together.
    pub(super) fn theme_parts<'s>(
        &self,
        question: &'s Question,
        wave: &str,
        tongue: Tongue,
    ) -> Vec<ThemePart<'s>> {
        let themes = self.given_themes(question, wave);
        let mut parts: Vec<ThemePart> = Vec::new();
        if !question.levels.is_empty() {
            for level in &question.levels {
                let of_level = |theme: &&Theme| theme.level.as_ref() == Some(&level.id);
                parts.push(ThemePart {
                    title: tongue.text(&level.label),
                    themes: themes.iter().copied().filter(of_level).collect(),
                });
            }
        } else if themes.iter().any(|theme| theme.when.is_some()) {
            for theme in themes {
                let title = match &theme.when {
                    Some(when) => self.when_words(when, tongue),
                    None => tongue.text(&question.ask),
                };
                match parts.iter_mut().find(|part| part.title == title) {
                    Some(part) => part.themes.push(theme),
                    None => parts.push(ThemePart { title, themes: vec![theme] }),
                }
            }
        } else {
            parts.push(ThemePart { title: tongue.text(&question.ask), themes });
        }
        parts.retain(|part| !part.themes.is_empty());
        if question.waves.len() > 1
            && let Some(known) = self.waves.iter().find(|known| known.id == wave)
        {
            let label = tongue.text(&known.label);
            parts.iter_mut().for_each(|part| part.title = format!("{} ({label})", part.title));
        }
        parts
    }

    /// “Yes” to “Has your career been harder?”
    fn when_words(&self, when: &When, tongue: Tongue) -> String {
        let question = self.questions.iter().find(|question| question.id == when.question.value);
        let option = question
            .and_then(|question| question.options.iter().find(|option| option.id == when.option.value));
        let answer = option.map_or_else(|| words_of(&when.option.value), |option| tongue.text(&option.label));
        let question = question.map(|question| tongue.text(&question.ask)).unwrap_or_default();
        tongue.interface.say("themes.when", &[("answer", &answer), ("question", &question)])
    }

    /// The words of a question whose themes are shown: the caption of their table.
    pub fn themes_caption(&self, id: &str, interface: &Interface, first: &Language) -> Option<String> {
        self.themed_question(id).map(|question| Tongue { interface, first }.text(&question.ask))
    }

    /// A table or list for each wave and part.
    pub(super) fn theme_tables(&self, question: &Question, tongue: Tongue) -> Vec<PublishedTable> {
        let mut tables = Vec::new();
        for wave in self.theme_waves(question) {
            for part in self.theme_parts(question, wave, tongue) {
                tables.push(self.theme_table(question, wave, part, tongue));
            }
        }
        tables
    }

    fn theme_table(
        &self,
        question: &Question,
        wave: &str,
        part: ThemePart,
        tongue: Tongue,
    ) -> PublishedTable {
        let answers = self.theme_answers(question, wave);
        let rows: Vec<TableRow> = part
            .themes
            .iter()
            .map(|theme| TableRow {
                label: tongue.text(&theme.label),
                cells: self.theme_cells(question, wave, theme, tongue),
            })
            .collect();
        let mut table = PublishedTable {
            id: question.id.clone(),
            title: part.title,
            row_header: tongue.say("column.theme"),
            columns: self.theme_columns(question, wave, &part.themes, tongue),
            rows,
        };
        if let [answer] = answers[..]
            && part.themes.iter().all(|theme| is_mentioned(answer, theme))
        {
            table.columns.clear();
            table.rows.iter_mut().for_each(|row| row.cells.clear());
        }
        table
    }

    /// A column a group: above it the number of people that some themes are of, where that is one number.
    fn theme_columns(&self, question: &Question, wave: &str, of: &[&Theme], tongue: Tongue) -> Vec<Column> {
        let groups = self.theme_groups(question).into_iter();
        let column = |(group, answer): (&str, Option<&JudgedAnswer>)| {
            let answered = answer.and_then(|answer| answer.base.known());
            Column {
                label: self.group_label(group, tongue),
                n: theme_base_words(answer, of, tongue.interface),
                is_small: false,
                answered: Some(Words(
                    answered.map_or_else(|| tongue.say("value.unreported"), |n| n.to_string()),
                )),
            }
        };
        groups.zip(self.theme_answers(question, wave)).map(column).collect()
    }

    fn theme_cells(&self, question: &Question, wave: &str, theme: &Theme, tongue: Tongue) -> Vec<TableCell> {
        let row = row(theme);
        let groups = self.theme_groups(question).into_iter().zip(self.theme_answers(question, wave));
        let cell = |(group, answer)| self.cell(question, group, &row, answer, tongue.interface);
        groups.map(cell).collect()
    }

    /// A sheet for each wave; `None` where no themes of the question were released.
    pub fn theme_sheets(&self, id: &str, interface: &Interface, first: &Language) -> Option<Vec<ThemeSheet>> {
        let tongue = Tongue { interface, first };
        let question = self.themed_question(id)?;
        let sheet = |wave: &&str| {
            let columns = self.theme_columns(question, wave, &[], tongue);
            let mut header = vec![tongue.say("column.theme")];
            header.extend(has_levels(question).then(|| tongue.say("column.level")));
            header.extend(has_answers(question).then(|| tongue.say("column.when")));
            header.extend(columns.iter().map(|column| column.label.clone()));
            let themes = self.given_themes(question, wave).into_iter();
            let row = |theme: &Theme| {
                let mut texts = vec![tongue.text(&theme.label)];
                let level = level(question, theme).map(|level| tongue.text(&level.label));
                let when = theme.when.as_ref().map(|when| self.when_words(when, tongue));
                let told = [(has_levels(question), level), (has_answers(question), when)];
                let told = told.into_iter().filter(|(has, _)| *has).map(|(_, words)| words);
                texts.extend(told.map(|words| words.unwrap_or_else(|| tongue.say("workbook.none"))));
                ThemeRow { texts, cells: self.theme_cells(question, wave, theme, tongue) }
            };
            ThemeSheet {
                title: self.question_title(question, wave, tongue),
                header,
                rows: themes.map(row).collect(),
                answered: columns.into_iter().filter_map(|column| column.answered).collect(),
            }
        };
        Some(self.theme_waves(question).iter().map(sheet).collect())
    }

    /// The lines of a CSV: `theme`, then `level`, `when` and `wave` as far as the question has them, then a column a
    /// group; the last line of each wave is the number who answered.
    pub(super) fn theme_lines(&self, question: &Question, tongue: Tongue, lines: &mut Vec<Vec<String>>) {
        let several = question.waves.len() > 1;
        let line = |theme: &str, level: &str, when: &str, wave: &str| {
            let mut line = vec![theme.to_owned()];
            line.extend(has_levels(question).then(|| level.to_owned()));
            line.extend(has_answers(question).then(|| when.to_owned()));
            line.extend(several.then(|| wave.to_owned()));
            line
        };
        let mut head = line("theme", "level", "when", "wave");
        head.extend(self.theme_groups(question).into_iter().map(str::to_owned));
        lines.push(head);
        for wave in self.theme_waves(question) {
            for theme in self.given_themes(question, wave) {
                let when = theme.when.as_ref();
                let when = when.map(|when| format!("{}.{}", when.question.value, when.option.value));
                let mut line = line(
                    &theme.id,
                    theme.level.as_deref().unwrap_or_default(),
                    &when.unwrap_or_default(),
                    wave,
                );
                let cells = self.theme_cells(question, wave, theme, tongue);
                line.extend(cells.into_iter().map(|cell| cell.words.0));
                lines.push(line);
            }
            let mut line = line("answered", "", "", wave);
            let columns = self.theme_columns(question, wave, &[], tongue);
            line.extend(columns.into_iter().filter_map(|column| column.answered).map(|words| words.0));
            lines.push(line);
        }
    }
}

pub(super) fn row(theme: &Theme) -> Row {
    Row::Theme(theme.id.clone())
}

/// "n = 9", of those that some themes are of: not those who answered the questionnaire, where the themes belong to an answer.
fn theme_base_words(
    answer: Option<&JudgedAnswer>,
    themes: &[&Theme],
    interface: &Interface,
) -> Option<Words> {
    let answer = answer?;
    let rows: Vec<Row> = themes.iter().map(|theme| row(theme)).collect();
    let mut bases = rows.iter().map(|row| answer.base_of(row));
    let base = bases.next().filter(|first| bases.all(|base| base == *first)).unwrap_or(Base::NotReported);
    let is_percentage = |row: &Row| answer.cells.get(row).is_some_and(Cell::is_percentage);
    let is_unbased = |row: &Row| is_percentage(row) && answer.base_of(row) == Base::NotReported;
    base_words(base, rows.iter().any(is_unbased), interface)
}

fn is_mentioned(answer: Option<&JudgedAnswer>, theme: &Theme) -> bool {
    let cell = answer.and_then(|answer| answer.cells.get(&row(theme)));
    matches!(cell, Some(Cell::Value(Value::Mentioned)))
}

fn has_levels(question: &Question) -> bool {
    !question.levels.is_empty()
}

fn has_answers(question: &Question) -> bool {
    question.themes.iter().any(|theme| theme.when.is_some())
}

fn level<'q>(question: &'q Question, theme: &Theme) -> Option<&'q Labelled> {
    question.levels.iter().find(|level| theme.level.as_ref() == Some(&level.id))
}
