//! The themes of free texts, as far as they are published -> what they say of how many spoke of each.

use super::model::{Answers, Item, Size, Ticks, Union, Unit};
use super::statements::{Place, Reader};
use crate::evaluation::disclosure::{JudgedAnswer, Row};
use crate::evaluation::release::{Base, Themes, Value};
use crate::evaluation::survey::{EVERYONE, Question, QuestionKind};
use crate::source::Spanned;

impl Reader<'_> {
    /// The themes of a free text: ticks that nobody had to give, or one for each answer.
    pub(super) fn themes(&mut self, question: &Question, wave: &str) {
        let (survey, judged) = (self.survey, self.judged);
        if question.kind == QuestionKind::Gathered {
            return;
        }
        let given = judged.release().themes.iter().filter(|themes| themes.question.value == question.id);
        let mut given: Vec<&Themes> =
            given.filter(|themes| themes.wave.as_ref().is_none_or(|known| known.value == wave)).collect();
        given.sort_by_key(|themes| survey.strata_of(&themes.group.value).len());
        let known = given.into_iter().filter_map(|themes| {
            let known = judged.themes(&question.id, wave, &themes.group.value)?;
            Some((themes, known))
        });
        let known: Vec<(&Themes, &JudgedAnswer)> = known.collect();
        for (themes, known) in &known {
            self.of_all(question, wave, themes, known);
        }
        for (themes, known) in &known {
            for (theme, value) in &themes.values {
                if !is_of_all(question, &theme.value) {
                    self.of_answer(question, wave, &themes.group.value, known, theme, value);
                }
            }
        }
    }

    /// The themes of everybody who answered.
    fn of_all(&mut self, question: &Question, wave: &str, themes: &Themes, known: &JudgedAnswer) {
        let group = &themes.group.value;
        let own: Vec<_> =
            themes.values.iter().filter(|(theme, _)| is_of_all(question, &theme.value)).collect();
        // What is mentioned of nobody knows how many tells of nobody.
        if own.is_empty() || known.base == Base::NotReported {
            return;
        }
        let place = self.place(question, wave, group, known.base);
        if let Some(n) = place.n {
            self.whole(question, group, themes.group.span, &place, n);
        }
        let band = self.policy.is_audited() && !self.is_exempt(question, wave, group);
        for (theme, value) in own {
            let sum = self.sum(&place, |item| item.id == theme.value);
            self.value(question, group, &theme.value, value, &sum, &place, band);
        }
    }

    /// A theme of those who gave one answer to another question: by itself, of fewer people than the others are of.
    fn of_answer(
        &mut self,
        question: &Question,
        wave: &str,
        group: &str,
        known: &JudgedAnswer,
        theme: &Spanned<String>,
        value: &Spanned<Value>,
    ) {
        let base = known.base_of(&Row::Theme(theme.value.clone()));
        if base == Base::NotReported {
            return;
        }
        let n = base.known().map(i64::from);
        let is_asked = |stratum: &&str| question.asked_of.iter().any(|asked| asked == stratum);
        let mut groups: Vec<&str> = self.survey.strata_of(group).into_iter().filter(is_asked).collect();
        if n.is_none() {
            groups = vec![group];
        }
        let (mut units, mut unknown) = (Vec::new(), Vec::new());
        for member in &groups {
            let size = match *member == group {
                true => self.size(wave, group, base),
                false => self.part_of(wave, member, n),
            };
            unknown.extend(match size {
                Size::Known(_) => None,
                Size::Unknown(var) => Some(var),
            });
            units.push(self.unit_of_answer(question, wave, member, &theme.value, size));
        }
        let place = Place { units, n, unknown: unknown.first().copied().filter(|_| groups.len() == 1) };
        if groups != [group] {
            self.block.unions.push(Union { group: group.to_owned(), n, units: place.units.clone() });
            if let Some(n) = n {
                self.whole(question, group, theme.span, &place, n);
            }
        }
        let band = self.policy.is_audited() && !self.is_exempt(question, wave, group);
        let sum = self.sum(&place, |_| true);
        self.value(question, group, &theme.value, value, &sum, &place, band);
    }

    fn unit_of_answer(
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
        let is_exempt = self.is_exempt(question, wave, group) || self.is_exempt(question, wave, EVERYONE);
        self.block.units.push(Unit {
            question: question.id.clone(),
            wave: wave.to_owned(),
            group: group.to_owned(),
            base,
            answers: Answers::Many(Ticks::FREE),
            items: vec![Item { id: theme.to_owned(), var, exclusive: false, values: (0, 0) }],
            routed: None,
            is_protected: !is_exempt,
            unreadable: None,
        });
        self.block.units.len() - 1
    }

    /// Whether somebody decided that the policy does not bind here.
    pub(super) fn is_exempt(&self, question: &Question, wave: &str, group: &str) -> bool {
        self.policy.exceptions.iter().any(|exception| exception.covers(wave, &question.id, group))
    }
}

fn is_of_all(question: &Question, theme: &str) -> bool {
    question.themes.iter().any(|known| known.id == theme && known.when.is_none())
}
