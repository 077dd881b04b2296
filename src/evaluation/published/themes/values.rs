//! The judged themes of a free text -> their part of a report's [`Values`](crate::evaluation::Values) and of its dictionary.

use crate::evaluation::disclosure::Row;
use crate::evaluation::published::values::{Figure, answered, figure};
use crate::evaluation::published::{Published, Tongue};
use crate::evaluation::survey::{Question, Theme};
use serde::Serialize;
use std::collections::BTreeMap;

/// The themes of one question and wave.
#[derive(Serialize)]
pub(in crate::evaluation::published) struct ThemesValues<'p> {
    question: &'p str,
    ask: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    wave: Option<&'p str>,
    groups: Vec<&'p str>,
    answered: BTreeMap<&'p str, Figure<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    levels: Vec<Level<'p>>,
    themes: Vec<ThemeValues<'p>>,
}

#[derive(Serialize)]
struct Level<'p> {
    id: &'p str,
    label: String,
}

#[derive(Serialize)]
struct ThemeValues<'p> {
    id: &'p str,
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Answer<'p>>,
    values: BTreeMap<&'p str, Figure<'p>>,
}

#[derive(Serialize)]
struct Answer<'p> {
    question: &'p str,
    option: &'p str,
}

impl Published {
    /// Every question and wave of which themes were released.
    pub(in crate::evaluation::published) fn themes_values<'p>(
        &'p self,
        tongue: Tongue<'p>,
    ) -> Vec<ThemesValues<'p>> {
        let of_question = |question: &'p Question| {
            let waves = self.theme_waves(question).into_iter();
            waves.map(move |wave| self.themes_of(question, wave, tongue))
        };
        self.themed().flat_map(of_question).collect()
    }

    fn themes_of<'p>(
        &'p self,
        question: &'p Question,
        wave: &'p str,
        tongue: Tongue<'p>,
    ) -> ThemesValues<'p> {
        let groups = self.theme_groups(question);
        let answer = |group: &str| self.judged.themes(&question.id, wave, group);
        let theme = |theme: &'p Theme| {
            let row = Row::Theme(theme.id.clone());
            let values =
                groups.iter().map(|group| (*group, figure(question, group, &row, answer(group)))).collect();
            let when = theme
                .when
                .as_ref()
                .map(|when| Answer { question: &when.question.value, option: &when.option.value });
            let (id, label) = (theme.id.as_str(), tongue.text(&theme.label));
            ThemeValues { id, label, level: theme.level.as_deref(), when, values }
        };
        ThemesValues {
            question: &question.id,
            ask: tongue.text(&question.ask),
            wave: (!wave.is_empty()).then_some(wave),
            answered: groups
                .iter()
                .map(|group| (*group, answered(answer(group).map(|answer| answer.base))))
                .collect(),
            levels: question
                .levels
                .iter()
                .map(|level| Level { id: &level.id, label: tongue.text(&level.label) })
                .collect(),
            themes: self.given_themes(question, wave).into_iter().map(theme).collect(),
            groups,
        }
    }
}
