//! The themes of a release -> judged cells. A theme with a value is an option of a choose-all, and held to the same
//! rules; that one was mentioned says only that somebody spoke of it.

use super::judge::{At, Judge, JudgedAnswer};
use super::row::{Cell, Row};
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::evaluation::release::{Base, Parts, Themes, Value};
use crate::evaluation::survey::{EVERYONE, Question};
use crate::source::Spanned;
use std::collections::BTreeMap;

impl<'a> Judge<'a> {
    pub(super) fn themes(&mut self) {
        for themes in &self.release.themes {
            self.themes_of(themes);
        }
    }

    fn themes_of(&mut self, themes: &'a Themes) {
        let Some(question) = self.question(&themes.question) else { return };
        let group = &themes.group;
        let Some(wave) = self.wave_of(question, themes.wave.as_ref(), group) else { return };
        if !self.is_group(group) {
            return;
        }
        if !question.asks(&group.value) {
            let message = format!("`{}` was not asked of `{}`", question.id, group.value);
            self.push(
                Diagnostic::new(Code::NotAsked, group.span, message)
                    .help("take the line out; what was not asked has no line"),
            );
            return;
        }
        self.everyone_or_groups(question, wave, group);
        let base = self.bases.get(&(wave.to_owned(), group.value.clone())).copied();
        let base = base.unwrap_or(Base::NotReported);
        let n = base.known();
        let exempt = !self.policy.is_judged() || self.is_exempt(wave, &question.id, &group.value);
        let mut cells = BTreeMap::new();
        for (theme, value) in &themes.values {
            if self.is_theme(question, theme) {
                let at = At { question, group: &group.value, n, span: value.span, exempt };
                self.theme(at, theme, value);
                cells.insert(Row::Theme(theme.value.clone()), Cell::Value(value.value.clone()));
            }
        }
        if let Some(all) = &themes.all {
            self.all_themes(question, all, &mut cells);
        }
        let key = (question.id.clone(), wave.to_owned(), group.value.clone());
        self.themes.insert(key, JudgedAnswer { base, cells });
    }

    /// A group of which every theme is kept back, or not given.
    fn all_themes(&mut self, question: &Question, all: &Spanned<Value>, cells: &mut BTreeMap<Row, Cell>) {
        if matches!(all.value, Value::Withheld | Value::Unpublished) {
            let rows = question.themes.iter().map(|theme| Row::Theme(theme.id.clone()));
            cells.extend(rows.map(|row| (row, Cell::Value(all.value.clone()))));
            return;
        }
        let message = format!("this cannot stand for all themes of `{}`", question.id);
        self.push(
            Diagnostic::new(Code::ReleaseShape, all.span, message)
                .help("write `withheld` or `unpublished` for all of them, or each theme with its value"),
        );
    }

    fn is_theme(&mut self, question: &Question, theme: &Spanned<String>) -> bool {
        let is_known = question.themes.iter().any(|known| known.id == theme.value);
        if !is_known {
            let known: Vec<&str> = question.themes.iter().map(|theme| theme.id.as_str()).collect();
            let message = format!("`{}` has no theme `{}`", question.id, theme.value);
            self.push(
                Diagnostic::new(Code::UnknownOption, theme.span, message).help(one_of(&theme.value, known)),
            );
        }
        is_known
    }

    /// Themes of everyone and of a group together are those of the other group.
    fn everyone_or_groups(&mut self, question: &Question, wave: &str, group: &Spanned<String>) {
        let both = self.themes.keys().any(|(of, at, other)| {
            *of == question.id
                && at == wave
                && *other != group.value
                && (other == EVERYONE || group.value == EVERYONE)
        });
        if both {
            let message = format!("the themes of `{}` are given of everyone and of a group", question.id);
            self.push(
                Diagnostic::new(Code::ReleaseShape, group.span, message)
                    .note("the other group could be had by taking one from the other")
                    .help("give them either of `everyone` or of each group"),
            );
        }
    }

    fn theme(&mut self, at: At, theme: &Spanned<String>, value: &Spanned<Value>) {
        if matches!(value.value, Value::Mentioned | Value::Withheld | Value::Unpublished) {
            return;
        }
        self.count(at, value);
        if !at.exempt {
            let one = vec![(theme.clone(), value.clone())];
            let parts = Parts { counts: Some(one), ..Parts::default() };
            self.policy_of_parts(at, &[], &parts);
        }
    }
}
