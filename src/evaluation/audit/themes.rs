//! The themes of a free text -> units of the block: each theme by itself, a choose-all of one option that nobody had to tick.
//! Nothing ties it to the others, and it may be of fewer people than they are.

use super::model::{Answers, Item, Size, Ticks, Union, Unit};
use super::search::{Linear, Var};
use super::statements::{Place, Reader};
use crate::evaluation::disclosure::{JudgedAnswer, Row};
use crate::evaluation::release::{Base, Value};
use crate::evaluation::survey::{EVERYONE, Question, QuestionKind};
use crate::source::Spanned;

impl Reader<'_> {
    /// The themes of a question, of every group that they are given of.
    pub(super) fn themes(&mut self, question: &Question, wave: &str) {
        let judged = self.judged;
        if question.kind == QuestionKind::Gathered {
            return;
        }
        let given = judged.release().themes.iter().filter(|themes| themes.question.value == question.id);
        let given: Vec<_> =
            given.filter(|themes| themes.wave.as_ref().is_none_or(|known| known.value == wave)).collect();
        for themes in given {
            let group = &themes.group.value;
            let Some(known) = judged.themes(&question.id, wave, group) else { continue };
            for (theme, value) in &themes.values {
                self.theme(question, wave, group, known, theme, value);
            }
        }
    }

    fn theme(
        &mut self,
        question: &Question,
        wave: &str,
        group: &str,
        known: &JudgedAnswer,
        theme: &Spanned<String>,
        value: &Spanned<Value>,
    ) {
        let base = known.base_of(&Row::Theme(theme.value.clone()));
        // What is mentioned of nobody knows how many tells of nobody.
        if base == Base::NotReported {
            return;
        }
        let place = self.place_of_theme(question, wave, group, theme, base);
        let is_exempt =
            self.policy.exceptions.iter().any(|exception| exception.covers(wave, &question.id, group));
        let band = self.policy.is_audited() && !is_exempt;
        let sum = self.sum(&place, |_| true);
        self.value(question, group, &theme.value, value, &sum, &place, band);
    }

    /// Those whose theme it is: a group, or everyone, who are the groups together.
    fn place_of_theme(
        &mut self,
        question: &Question,
        wave: &str,
        group: &str,
        theme: &Spanned<String>,
        base: Base,
    ) -> Place {
        let n = base.known().map(i64::from);
        let members: Vec<&str> = match (group, n) {
            (EVERYONE, Some(_)) => question.asked_of.iter().map(String::as_str).collect(),
            _ => vec![group],
        };
        let mut units = Vec::new();
        let mut unknown: Vec<Var> = Vec::new();
        for member in members {
            let size = match member == group {
                true => self.size(wave, group, base),
                false => self.part_of_everyone(wave, member, n),
            };
            if let Size::Unknown(var) = size {
                unknown.push(var);
            }
            units.push(self.unit_of_theme(question, wave, member, &theme.value, size));
        }
        if let (EVERYONE, Some(n)) = (group, n) {
            let of = format!("those whose `{}.{}` is told of `{EVERYONE}`", question.id, theme.value);
            let sum = Linear::exactly(unknown.iter().map(|var| (*var, 1)), n);
            self.says(theme.span, of, n.to_string(), sum);
            self.block.unions.push(Union { group: EVERYONE.to_owned(), units: units.clone() });
        }
        let unknown = unknown.first().copied().filter(|_| units.len() == 1);
        Place { units, n, unknown }
    }

    fn unit_of_theme(
        &mut self,
        question: &Question,
        wave: &str,
        group: &str,
        theme: &str,
        base: Size,
    ) -> usize {
        let most = match base {
            Size::Known(n) => n,
            Size::Unknown(var) => self.block.vars[var].1,
        };
        let var = self.variable(0, most);
        let (question, wave, group) = (question.id.clone(), wave.to_owned(), group.to_owned());
        let is_exempt = self.policy.exceptions.iter().any(|exception| {
            exception.covers(&wave, &question, &group) || exception.covers(&wave, &question, EVERYONE)
        });
        self.block.units.push(Unit {
            question,
            wave,
            group,
            base,
            answers: Answers::Many(Ticks::FREE),
            items: vec![Item { id: theme.to_owned(), var, exclusive: false, values: (0, 0) }],
            is_protected: !is_exempt,
            unreadable: None,
        });
        self.block.units.len() - 1
    }
}
