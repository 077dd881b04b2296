//! How many were invited and answered, by wave and group -> the bases of everything else.

use super::judge::Judge;
use super::row::wave_names;
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::evaluation::release::Base;
use crate::evaluation::survey::{Question, QuestionKind};
use crate::source::Spanned;
use std::collections::BTreeSet;

impl Judge<'_> {
    pub(super) fn respondents(&mut self) {
        let waves: Vec<&str> = self.survey.waves.iter().map(|wave| wave.id.as_str()).collect();
        for (wave, group, base) in &self.release.respondents {
            if !wave.value.is_empty() && !waves.contains(&wave.value.as_str()) {
                self.unknown_wave(wave);
                continue;
            }
            if !self.is_group(group) {
                continue;
            }
            self.sector_base(base);
            self.bases.insert((wave.value.clone(), group.value.clone()), base.value);
        }
        for (wave, group, invited) in &self.release.invited {
            if let Some(Base::Known(n)) = self.bases.get(&(wave.clone(), group.clone()))
                && *n > invited.value
            {
                let message = format!("{n} of `{group}` answered, and {} were invited", invited.value);
                self.push(
                    Diagnostic::new(Code::CountAboveBase, invited.span, message)
                        .help("correct `answered` or `invited`"),
                );
            }
        }
        // Every wave that some question was asked in has respondents of each group asked.
        let mut due: BTreeSet<(String, String)> = BTreeSet::new();
        let counts = |question: &&Question| question.kind != QuestionKind::Gathered;
        for question in self.asked().filter(counts) {
            for wave in wave_names(question) {
                due.extend(question.asked_of.iter().map(|group| (wave.to_owned(), group.clone())));
            }
        }
        for (wave, group) in due {
            if !self.bases.contains_key(&(wave.clone(), group.clone())) {
                let place = if wave.is_empty() { String::new() } else { format!(" in `{wave}`") };
                self.push(
                    Diagnostic::new(
                        Code::MissingCell,
                        self.release.span,
                        format!("`respondents` does not say how many of `{group}` answered{place}"),
                    )
                    .help(format!("add `{group}: {{answered: …}}`, or `answered: not-reported`")),
                );
            }
        }
    }

    fn unknown_wave(&mut self, wave: &Spanned<String>) {
        let known: Vec<&str> = self.survey.waves.iter().map(|wave| wave.id.as_str()).collect();
        self.push(
            Diagnostic::new(Code::UnknownWave, wave.span, format!("there is no wave `{}`", wave.value))
                .help(one_of(&wave.value, known)),
        );
    }
}
