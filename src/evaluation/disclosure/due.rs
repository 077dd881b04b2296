//! Every answer due -> findings of those that are forgotten, so that a gap can never read as "not asked".

use super::judge::Judge;
use super::row::{Row, row_name, rows, wave_names};
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluation::survey::{Display, Question};

impl<'a> Judge<'a> {
    /// Everything that is due and was not given.
    pub(super) fn forgotten(&mut self) {
        for question in self.asked() {
            for wave in wave_names(question) {
                for (group, displays) in &question.show {
                    self.forgotten_of(question, wave, group, displays);
                }
            }
        }
    }

    fn forgotten_of(&mut self, question: &'a Question, wave: &'a str, group: &str, displays: &[Display]) {
        if displays.is_empty() || !question.asks(group) {
            return;
        }
        let key = (question.id.clone(), wave.to_owned(), group.to_owned());
        let place = if wave.is_empty() { String::new() } else { format!(" in `{wave}`") };
        let Some(answer) = self.answers.get(&key) else {
            if !self.given.contains(&key) {
                self.push(
                    Diagnostic::new(Code::MissingCell, self.release.span, format!("`{}` was asked of `{group}`{place}, and the release says nothing", question.id))
                        .related(question.span, "asked here")
                        .help("add its values, `withheld` or `unpublished`; if it was not asked, say so with `asked_of` in survey.yaml"),
                );
            }
            return;
        };
        let missing: Vec<String> = displays
            .iter()
            .flat_map(|display| rows(question, group, display))
            .filter(|row| !answer.cells.contains_key(row) && *row != Row::Most && !matches!(row, Row::Bin(_)))
            .map(|row| format!("`{}`", row_name(&row)))
            .collect();
        if missing.is_empty() {
            return;
        }
        let span = self
            .release
            .answers
            .iter()
            .find(|given| {
                given.question.value == question.id
                    && given.group.value == group
                    && given.wave.as_ref().is_none_or(|given| given.value == wave)
            })
            .map_or(self.release.span, |given| given.group.span);
        self.push(
            Diagnostic::new(Code::MissingCell, span, format!("{} of `{}` for `{group}`{place}: forgotten", missing.join(", "), question.id))
                .help("add the count, `withheld` or `unpublished`; an option that was not offered is declared with `asked_of` in survey.yaml"),
        );
    }
}
