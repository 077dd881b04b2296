//! Steps on the way into the scheme that count whoever gave an answer (`in_flow`) -> bounds of that answer's count.

use super::search::Linear;
use super::statements::Reader;
use crate::evaluation::survey::InFlow;
use std::collections::BTreeMap;

impl Reader<'_> {
    /// No more gave an answer than are counted on the step: those who did not answer may be among them.
    pub(super) fn flow(&mut self) {
        let (survey, release) = (self.survey, self.judged.release());
        let asked = survey.questions.iter().filter(|question| question.asked.is_in(self.edition));
        for question in asked {
            for InFlow { option, unit, step } in &question.in_flow {
                let steps = release.flow.iter();
                let mut same = steps.filter(|(of, name, _)| of == unit && *name == step.value);
                let Some((_, _, most)) = same.next() else { continue };
                let mut by_wave: BTreeMap<&str, Vec<(usize, i64)>> = BTreeMap::new();
                for unit in self.block.units.iter().filter(|unit| unit.question == question.id) {
                    let items = unit.items.iter().filter(|item| item.id == option.value);
                    by_wave.entry(&unit.wave).or_default().extend(items.map(|item| (item.var, 1)));
                }
                let sums: Vec<Vec<(usize, i64)>> =
                    by_wave.into_values().filter(|sum| !sum.is_empty()).collect();
                for sum in sums {
                    let linear = Linear::at_most(sum, i64::from(most.value));
                    self.says(
                        most.span,
                        format!("`flow.{unit}.{}`", step.value),
                        most.value.to_string(),
                        linear,
                    );
                }
            }
        }
    }
}
