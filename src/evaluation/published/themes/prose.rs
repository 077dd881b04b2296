//! The judged themes of a free text -> numbers within a sentence, and the directives that print them.

use super::row;
use crate::diagnostic::one_of;
use crate::evaluation::disclosure::{Cell, Row, wave_names};
use crate::evaluation::published::prose::number_in_sentence;
use crate::evaluation::published::reference::{group_id, name_a_group};
use crate::evaluation::published::{Binding, Manner, Published, Tongue, Unresolved, Words};
use crate::evaluation::release::Value;
use crate::evaluation::survey::{EVERYONE, Labelled, Question, Theme};
use crate::theme::Interface;

impl Published {
    /// What is published of one theme of a group, within a sentence.
    pub(in crate::evaluation::published) fn theme_number(
        &self,
        question: &Question,
        id: &str,
        (wave, group): (Option<&str>, Option<&str>),
        manner: &Manner,
        interface: &Interface,
    ) -> Result<Words, Unresolved> {
        let wave = self.wave(question, wave)?;
        let groups = self.theme_groups(question);
        let group = match (group, &groups[..]) {
            (None, [only]) => *only,
            (None, _) => return Err(name_a_group(&groups)),
            (Some(group), _) => {
                let wanted = group_id(group);
                let known = groups.iter().copied().find(|known| *known == wanted);
                known.ok_or_else(|| Unresolved::Group(one_of(group, groups)))?
            }
        };
        let themes = question.themes.iter();
        if !themes.clone().any(|theme| theme.id == id) {
            return Err(Unresolved::Option(one_of(id, themes.map(|theme| theme.id.as_str()))));
        }
        let answer = self.judged.themes(&question.id, wave, group);
        let row = Row::Theme(id.to_owned());
        let cell = answer.and_then(|answer| answer.cells.get(&row));
        let (Some(answer), Some(cell)) = (answer, cell) else {
            let reason = format!("the release says nothing of the theme `{id}` for `{group}`");
            return Err(Unresolved::Value(reason));
        };
        self.in_prose(cell, answer.base_of(&row).known(), manner, interface)
    }

    /// How many themes are listed, of a question or of one of its levels: `question` or `question.level`.
    ///
    /// # Errors
    /// There is no such question with themes, no such level, or the wave must be named.
    pub fn theme_count(
        &self,
        label: &str,
        wave: Option<&str>,
        manner: &Manner,
        interface: &Interface,
    ) -> Result<Words, Unresolved> {
        let (id, level) = label.split_once('.').map_or((label, None), |(id, level)| (id, Some(level)));
        let Some(question) = self.themed_question(id) else {
            if self.questions.iter().any(|question| question.id == id) {
                return Err(Unresolved::Value(format!("the release has no themes of `{id}`")));
            }
            let known: Vec<&str> = self.themed().map(|question| question.id.as_str()).collect();
            return Err(Unresolved::Question(one_of(id, known)));
        };
        let wave = self.wave(question, wave)?;
        if let Some(level) = level
            && !question.levels.iter().any(|known| known.id == level)
        {
            let known = question.levels.iter().map(|level| level.id.as_str());
            return Err(Unresolved::Option(match question.levels.is_empty() {
                true => format!("the themes of `{id}` have no levels: write :themes[{id}]"),
                false => one_of(level, known),
            }));
        }
        match (self.listed(question, wave, level), self.kept_back(question, wave, level)) {
            // Of themes that are all kept back a nought would say that there are none.
            (0, Some(cell)) => self.in_prose(cell, None, manner, interface),
            (listed, _) => number_in_sentence(listed, manner, interface),
        }
    }

    /// What stands for themes of which none is listed: that they are withheld, where any is.
    fn kept_back(&self, question: &Question, wave: &str, level: Option<&str>) -> Option<&Cell> {
        let themes = question.themes.iter();
        let of_level = themes.filter(|theme| level.is_none() || theme.level.as_deref() == level);
        let rows: Vec<Row> = of_level.map(row).collect();
        let answers = self.theme_answers(question, wave).into_iter().flatten();
        let cells = answers.flat_map(|answer| rows.iter().filter_map(|row| answer.cells.get(row)));
        cells.min_by_key(|cell| !matches!(cell, Cell::Value(Value::Withheld)))
    }

    /// How many themes say more than that they are kept back or not given.
    fn listed(&self, question: &Question, wave: &str, level: Option<&str>) -> u32 {
        let answers = self.theme_answers(question, wave);
        let is_listed = |theme: &&Theme| {
            let row = row(theme);
            let mut cells = answers.iter().flatten().filter_map(|answer| answer.cells.get(&row));
            cells.any(|cell| !matches!(cell, Cell::Value(Value::Withheld | Value::Unpublished)))
        };
        let themes = question.themes.iter().filter(is_listed);
        let count = themes.filter(|theme| level.is_none() || theme.level.as_deref() == level).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// The directives that print a theme's count, or how many themes there are.
    pub(in crate::evaluation::published) fn theme_bindings(
        &self,
        tongue: Tongue,
        bindings: &mut Vec<Binding>,
    ) {
        for question in self.themed() {
            let (id, ask) = (&question.id, tongue.text(&question.ask));
            let themes = tongue.say("column.theme");
            for wave in self.theme_waves(question) {
                let named = (wave_names(question).len() > 1).then(|| format!("wave={wave}"));
                let keys = |group: Option<String>| {
                    let keys: Vec<String> = group.into_iter().chain(named.clone()).collect();
                    if keys.is_empty() { String::new() } else { format!("{{{}}}", keys.join(" ")) }
                };
                let mut count = |label: String, level: Option<&Labelled>| {
                    let level_words = level.map(|level| tongue.text(&level.label)).unwrap_or_default();
                    let listed = self.listed(question, wave, level.map(|level| level.id.as_str()));
                    if listed == 0 {
                        return;
                    }
                    bindings.push(Binding {
                        directive: format!(":themes[{label}]{}", keys(None)),
                        prints: Words(listed.to_string()),
                        group: None,
                        about: format!("{themes} {level_words} {ask}"),
                    });
                };
                count(id.clone(), None);
                for level in &question.levels {
                    count(format!("{id}.{}", level.id), Some(level));
                }
                let groups = self.theme_groups(question);
                for (group, answer) in groups.iter().zip(self.theme_answers(question, wave)) {
                    let group_key = (groups.len() > 1).then(|| format!("group={group}"));
                    for theme in &question.themes {
                        let cell = answer.and_then(|answer| answer.cells.get(&row(theme)));
                        let Some(Cell::Value(Value::Count(count))) = cell else { continue };
                        bindings.push(Binding {
                            directive: format!(":n[{id}.{}]{}", theme.id, keys(group_key.clone())),
                            prints: Words(count.to_string()),
                            group: (*group != EVERYONE).then(|| self.group_label(group, tongue)),
                            about: format!("{} {ask}", tongue.text(&theme.label)),
                        });
                    }
                }
            }
        }
    }
}
