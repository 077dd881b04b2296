//! Everyone beside groups -> findings where they are not the groups together.

use super::judge::{Judge, JudgedAnswer};
use super::row::{Cell, Row, row_name, wave_names};
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluation::release::Value;
use crate::evaluation::survey::{EVERYONE, Question};

impl Judge<'_> {
    /// Holds what is given of everyone against what is given of all groups, in each question that has both.
    pub(super) fn everyone(&mut self) {
        for question in self.asked() {
            if question.show.len() < 2 || !question.show.contains_key(EVERYONE) {
                continue;
            }
            for wave in wave_names(question) {
                for finding in self.everyone_of(question, wave) {
                    self.push(finding);
                }
            }
        }
    }

    fn everyone_of(&self, question: &Question, wave: &str) -> Vec<Diagnostic> {
        let answer =
            |group: &str| self.answers.get(&(question.id.clone(), wave.to_owned(), group.to_owned()));
        let groups: Option<Vec<(&str, &JudgedAnswer)>> =
            question.asked_of.iter().map(|group| Some((group.as_str(), answer(group)?))).collect();
        // Of a group that nothing is shown of, anything may be true.
        let (Some(everyone), Some(groups)) = (answer(EVERYONE), groups) else { return Vec::new() };
        let mut found = Vec::new();
        let bases: Option<u64> = groups.iter().map(|(_, answer)| answer.base.known().map(u64::from)).sum();
        if let (Some(n), Some(sum)) = (everyone.base.known(), bases)
            && u64::from(n) != sum
        {
            found.push(self.unlike(question, wave, &format!("{n} answered"), (sum, sum)));
        }
        for (row, cell) in &everyone.cells {
            let Cell::Value(Value::Count(count)) = cell else { continue };
            let bounds = groups.iter().map(|(group, answer)| self.bounds_of(question, group, answer, row));
            let Some((least, most)) = bounds.sum::<Option<Bounds>>().map(|Bounds(least, most)| (least, most))
            else {
                continue;
            };
            let count = u64::from(*count);
            if count < least || most < count {
                let what = format!("`{}` is {count}", row_name(row));
                found.push(self.unlike(question, wave, &what, (least, most)));
            }
        }
        found
    }

    /// How many of a group a row stands for: from, to. `None` where nobody knows how many answered.
    fn bounds_of(
        &self,
        question: &Question,
        group: &str,
        answer: &JudgedAnswer,
        row: &Row,
    ) -> Option<Bounds> {
        let is_offered =
            |id: &str| question.options.iter().any(|option| option.id == id && option.is_offered_to(group));
        match answer.cells.get(row) {
            None if matches!(row, Row::Option(id) if !is_offered(id)) => Some(Bounds(0, 0)),
            Some(Cell::Value(value)) => {
                let (least, most) = self.bounds(answer.base.known()?, std::iter::once(value));
                Some(Bounds(least, most))
            }
            _ => Some(Bounds(0, u64::from(answer.base.known()?))),
        }
    }

    fn unlike(&self, question: &Question, wave: &str, what: &str, (least, most): (u64, u64)) -> Diagnostic {
        let given = self.release.answers.iter().find(|given| {
            given.question.value == question.id
                && given.group.value == EVERYONE
                && given.wave.as_ref().is_none_or(|known| known.value == wave)
        });
        let groups = if least == most { most.to_string() } else { format!("{least} to {most}") };
        let span = given.map_or(self.release.span, |given| given.group.span);
        Diagnostic::new(
            Code::TotalsDoNotFit,
            span,
            format!("`{}` of everyone: {what}, and of the groups together {groups}", question.id),
        )
        .note("everyone is all groups that were asked")
        .help("correct the one that is wrong")
    }
}

/// At least so many and at most so many.
struct Bounds(u64, u64);

impl std::iter::Sum for Bounds {
    fn sum<I: Iterator<Item = Bounds>>(bounds: I) -> Bounds {
        bounds.fold(Bounds(0, 0), |all, one| Bounds(all.0 + one.0, all.1 + one.1))
    }
}
