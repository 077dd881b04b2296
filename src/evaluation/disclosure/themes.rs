//! The themes of a release -> judged cells. A theme with a value is an option of a choose-all, and held to the same
//! rules. A theme that belongs to an answer (`when`) is of those who gave it, and says that they did.

use super::judge::{At, Judge, JudgedAnswer};
use super::row::{Cell, Row};
use super::sector::step;
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::evaluation::release::{Parts, Themes, Value};
use crate::evaluation::survey::{EVERYONE, Question, QuestionKind, Theme, When};
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
        if !self.is_of_edition(question, themes.question.span) {
            return;
        }
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
        let base = self.base_of_themes(question, wave, &group.value);
        let exempt = !self.policy.is_judged() || self.is_exempt(wave, &question.id, &group.value);
        let whole = At { question, group: &group.value, n: base.known(), base, span: group.span, exempt };
        let is_small = self.floor_of_themes(whole, themes);
        let (mut cells, mut row_bases) = (BTreeMap::new(), BTreeMap::new());
        for (theme, value) in &themes.values {
            let Some(known) = self.known_theme(question, theme) else { continue };
            let row = Row::Theme(theme.value.clone());
            let at = At { span: value.span, ..whole };
            self.count(at, value);
            if let Some(when) = &known.when {
                let givers = self.base_of_answer(when, wave, &group.value);
                row_bases.insert(row.clone(), givers);
                self.theme_of_answer(At { n: givers.known(), base: givers, ..at }, theme, value, when);
            } else if !is_small {
                self.policy_of_theme(at, theme, value);
            }
            cells.insert(row, Cell::Value(value.value.clone()));
        }
        if let Some(all) = &themes.all {
            self.all_themes(question, all, &mut cells);
        }
        let key = (question.id.clone(), wave.to_owned(), group.value.clone());
        self.themes.insert(key, JudgedAnswer { base, cells, row_bases });
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

    fn known_theme(&mut self, question: &'a Question, theme: &Spanned<String>) -> Option<&'a Theme> {
        let found = question.themes.iter().find(|known| known.id == theme.value);
        if found.is_none() {
            let known: Vec<&str> = question.themes.iter().map(|theme| theme.id.as_str()).collect();
            let message = format!("`{}` has no theme `{}`", question.id, theme.value);
            self.push(
                Diagnostic::new(Code::UnknownOption, theme.span, message).help(one_of(&theme.value, known)),
            );
        }
        found
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

    /// Themes of a group are shown like any answer of it: where enough answered, that one was mentioned included. Of
    /// everyone together, where nobody says how many that is, it may be said that one was mentioned and no more.
    fn floor_of_themes(&mut self, at: At, themes: &Themes) -> bool {
        if at.exempt || at.question.kind == QuestionKind::Gathered || step(self.policy.name).is_some() {
            return false;
        }
        let may_be_mentioned = at.group == EVERYONE && at.n.is_none();
        let is_of_answer =
            |id: &str| at.question.themes.iter().any(|theme| theme.id == id && theme.when.is_some());
        let is_held = |(theme, value): &(Spanned<String>, Spanned<Value>)| {
            let is_free = may_be_mentioned && value.value == Value::Mentioned;
            !is_kept_back(&value.value) && !is_free && !is_of_answer(&theme.value)
        };
        themes.values.iter().any(is_held) && self.is_small(at)
    }

    /// A theme that belongs to an answer: no more spoke of it than gave the answer, and it is held to the policy among them.
    fn theme_of_answer(&mut self, at: At, theme: &Spanned<String>, value: &Spanned<Value>, when: &When) {
        let answer = format!("`{}` to `{}`", when.option.value, when.question.value);
        if let (Value::Count(count), Some(givers)) = (&value.value, at.n)
            && *count > givers
        {
            let message = format!("`{}` is {count}, and {givers} gave the answer {answer}", theme.value);
            self.push(
                Diagnostic::new(Code::TotalsDoNotFit, value.span, message)
                    .related(when.option.span, "it belongs to this answer")
                    .help("correct one of the two counts, or `when` in survey.yaml"),
            );
        }
        // An answer that there is not was told where the survey was read, which leaves out the whole of it.
        if at.exempt || is_kept_back(&value.value) || !self.is_answer(when) {
            return;
        }
        self.checks.insert("check.group-size");
        let policy = self.policy;
        let reason = match at.n {
            Some(givers) if givers >= policy.min_group => return self.policy_of_theme(at, theme, value),
            Some(givers) => format!("{givers} gave it"),
            None => "no exact count of it is shown".to_owned(),
        };
        // Of anybody who spoke of it, it tells the answer.
        let message =
            format!("`{}` of `{}` belongs to the answer {answer}, and {reason}", theme.value, at.group);
        self.push(
            Diagnostic::new(Code::PolicyGroupSize, value.span, message)
                .related(when.option.span, "it belongs to this answer")
                .note(format!(
                    "rule: themes of an answer that min_group {} or more gave, by an exact count (policy {})",
                    policy.min_group,
                    policy.name.name()
                ))
                .help(format!("write `{}: withheld`", theme.value)),
        );
    }

    fn is_answer(&self, When { question, option }: &When) -> bool {
        let question = self.survey.questions.iter().find(|known| known.id == question.value);
        question.is_some_and(|question| question.options.iter().any(|known| known.id == option.value))
    }

    /// A theme with a value, held to the rules of a single display.
    fn policy_of_theme(&mut self, at: At, theme: &Spanned<String>, value: &Spanned<Value>) {
        if at.exempt || is_kept_back(&value.value) || value.value == Value::Mentioned {
            return;
        }
        if at.question.kind == QuestionKind::Gathered {
            let message = format!("`{}` was gathered, and of how many people is not known", theme.value);
            self.push(
                Diagnostic::new(Code::PolicyGroupSize, at.span, message)
                    .note(format!(
                        "rule: min_group {} (policy {})",
                        self.policy.min_group,
                        self.policy.name.name()
                    ))
                    .help(format!("write `{}: mentioned`, or `withheld`", theme.value)),
            );
            return;
        }
        let one = vec![(theme.clone(), value.clone())];
        let parts = Parts { counts: Some(one), ..Parts::default() };
        self.policy_of_parts(at, &[], &parts);
    }
}

/// Nothing is said of it.
fn is_kept_back(value: &Value) -> bool {
    matches!(value, Value::Withheld | Value::Unpublished)
}
