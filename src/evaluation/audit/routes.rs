//! Questions that only some were asked (`asked_if`) -> what the number who answered them says of the answer on which they
//! were asked: so many gave it, or more.

use super::model::{Routed, Size, Unit};
use super::statements::Reader;
use crate::evaluation::disclosure::wave_names;
use crate::evaluation::release::Base;
use crate::evaluation::survey::{Question, Unit as People, When};
use crate::source::Span;

impl Reader<'_> {
    /// Every unit of a question that only some were asked, tied to the unit of the question before it.
    pub(super) fn routes(&mut self) {
        let survey = self.survey;
        let asked = |question: &&Question| question.asked.is_in(self.edition);
        let questions: Vec<&Question> = survey.questions.iter().filter(asked).collect();
        for question in &questions {
            let Some(When { question: before, option }) = &question.asked_if else { continue };
            let Some(before) = questions.iter().find(|known| known.id == before.value) else { continue };
            if question.unit != before.unit {
                continue;
            }
            for place in 0..self.block.units.len() {
                if self.block.units[place].question == question.id {
                    self.route(place, question, before, &option.value);
                }
            }
        }
        self.block.part_from_numbers();
    }

    fn route(&mut self, place: usize, question: &Question, before: &Question, option: &str) {
        let Unit { wave, group, base, .. } = self.block.units[place].clone();
        let same = |unit: &Unit| unit.question == before.id && unit.wave == wave && unit.group == group;
        let known = self.block.units.iter().position(same);
        let unit = match known {
            Some(unit) => unit,
            // Nothing is published of it: but this.
            None if wave_names(before).contains(&wave.as_str()) && before.asks(&group) => {
                let size = self.before(before, &wave, &group);
                self.unit(before, &wave, &group, size)
            }
            None => return,
        };
        let items = &self.block.units[unit].items;
        let Some(var) = items.iter().find(|item| item.id == option).map(|item| item.var) else { return };
        let says = base.known().map_or("a number of its own".to_owned(), |n| n.to_string());
        let of = format!("who answered `{}` of `{group}`, asked if `{}.{option}`", question.id, before.id);
        let statement = self.statement(self.answered_at(question, &wave, &group), of, says);
        self.block.units[place].routed = Some(Routed { unit, var, all: question.required, statement });
    }

    /// How many answered a question of which nothing is published: as many as took part, or fewer.
    fn before(&mut self, question: &Question, wave: &str, group: &str) -> Size {
        let own = self.judged.answer(&question.id, wave, group).and_then(|answer| answer.base.known());
        let all = self.judged.base(wave, group).and_then(Base::known);
        match own {
            Some(n) => Size::Known(n.into()),
            None if question.unit == People::People => self.part_of(wave, group, all.map(i64::from)),
            None => self.part_of(wave, group, None),
        }
    }

    /// Where it is published how many answered.
    fn answered_at(&self, question: &Question, wave: &str, group: &str) -> Span {
        let release = self.judged.release();
        let of = release.answers.iter().filter(|given| {
            given.question.value == question.id && given.wave.as_ref().is_none_or(|known| known.value == wave)
        });
        let mut of: Vec<_> = of.collect();
        of.sort_by_key(|given| given.group.value != group);
        let first = of.first();
        first.map_or(question.span, |given| {
            given.answer.answered.as_ref().map_or(given.group.span, |answered| answered.span)
        })
    }
}
