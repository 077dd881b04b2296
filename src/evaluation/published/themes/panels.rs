//! The judged themes of a free text -> panels of a figure, one for each part of their table.

use super::theme_base_words;
use crate::diagnostic::one_of;
use crate::evaluation::disclosure::Row;
use crate::evaluation::published::figure::mark;
use crate::evaluation::published::reference::group_id;
use crate::evaluation::published::{
    Absence, FigureGroup, FigureRequest, FigureRow, Panel, Published, Side, TableCell, Tongue, Unresolved,
};
use crate::evaluation::survey::{Question, Theme};
use std::collections::BTreeSet;

impl Published {
    /// The panels of a question whose themes were released.
    pub(in crate::evaluation::published) fn theme_panels(
        &self,
        question: &Question,
        request: FigureRequest,
        tongue: Tongue,
        absences: &mut BTreeSet<Absence>,
    ) -> Result<Vec<Panel>, Unresolved> {
        let wave = self.wave(question, request.wave)?;
        let groups = self.theme_groups(question);
        let groups: Vec<&str> = match request.group {
            None => groups,
            Some(group) => {
                let wanted = group_id(group);
                match groups.iter().find(|known| **known == wanted) {
                    Some(group) => vec![*group],
                    None => return Err(Unresolved::Group(one_of(group, groups))),
                }
            }
        };
        let answers: Vec<_> =
            groups.iter().map(|group| self.judged.themes(&question.id, wave, group)).collect();
        let mut row = |theme: &&Theme| {
            let row = Row::Theme(theme.id.clone());
            let mut marks = Vec::new();
            for (group, answer) in groups.iter().zip(&answers) {
                let TableCell { words, absence, .. } =
                    self.cell(question, group, &row, *answer, tongue.interface);
                absences.extend(absence);
                marks.push(mark(question, *answer, &row, words, tongue.interface));
            }
            FigureRow { label: tongue.text(&theme.label), side: Side::Neutral, marks }
        };
        let group = |at: usize, themes: &[&Theme]| FigureGroup {
            label: self.group_label(groups[at], tongue),
            n: theme_base_words(answers[at], themes, tongue.interface),
            place: self.groups.iter().position(|known| known.id == groups[at]).unwrap_or(0),
        };
        let parts = self.theme_parts(question, wave, tongue).into_iter();
        Ok(parts
            .map(|part| Panel {
                title: part.title,
                groups: (0..groups.len()).map(|at| group(at, &part.themes)).collect(),
                rows: part.themes.iter().map(&mut row).collect(),
                scale: None,
            })
            .collect())
    }
}
