//! A world -> whether it would have been published in the same way. A second computation, which knows nothing of
//! constraints: it counts what a world would show, cell by cell, and compares.

use super::mean::Scale;
use super::model::{Block, Population, Size, Unit};
use crate::evaluation::disclosure::{Cell, Judged, JudgedAnswer, Policy, Row};
use crate::evaluation::release::{Statistic, Value};
use crate::evaluation::survey::{EVERYONE, Question, QuestionKind, Survey, TopOf};

/// The counts of one population in a world: id, first and last number, exclusive, count.
struct Count<'w> {
    id: &'w str,
    values: (i64, i64),
    count: i64,
}

/// Whether a world of a block gives what is published, and could be answered at all.
pub(super) fn agrees(survey: &Survey, judged: &Judged, block: &Block, world: &[i64]) -> bool {
    let size = |unit: usize| match block.units[unit].base {
        Size::Known(n) => n,
        Size::Unknown(var) => world[var],
    };
    if !is_in_flow(survey, judged, block, world) {
        return false;
    }
    let units = (0..block.units.len()).map(Population::Unit);
    let unions = (0..block.unions.len()).map(Population::Union);
    units.chain(unions).all(|population| {
        let members = block.members(population);
        let Some(unit) = members.first().map(|unit| &block.units[*unit]) else { return true };
        let is_single = matches!(population, Population::Unit(_));
        if is_single && !is_routed(survey, block, unit, size(members[0]), world) {
            return false;
        }
        if unit.items.is_empty() {
            return true;
        }
        let Some(question) = survey.questions.iter().find(|question| question.id == unit.question) else {
            return false;
        };
        let n: i64 = members.iter().map(|unit| size(*unit)).sum();
        let sums = block.sums(population);
        let counts: Vec<Count> = sums
            .iter()
            .map(|(item, sum)| Count {
                id: &item.id,
                values: item.values,
                count: sum.iter().map(|(var, factor)| world[*var] * factor).sum(),
            })
            .collect();
        let group = block.group(population);
        if is_single && !is_answerable(question, group, &counts, n) {
            return false;
        }
        let given = match question.kind.is_free_text() {
            true => judged.themes(&question.id, &unit.wave, group),
            false => judged.answer(&question.id, &unit.wave, group),
        };
        let shown = Shown {
            question,
            group,
            policy: judged.policy(),
            counts: &counts,
            n,
            is_exempt: !unit.is_protected,
        };
        given.is_none_or(|answer| shown.is_like(answer))
    })
}

/// Whether as many gave the answer on which a question was asked as answered it, where both are in one block.
fn is_routed(survey: &Survey, block: &Block, unit: &Unit, n: i64, world: &[i64]) -> bool {
    let question = survey.questions.iter().find(|question| question.id == unit.question);
    let Some((question, when)) = question.and_then(|question| Some((question, question.asked_if.as_ref()?)))
    else {
        return true;
    };
    let before = block.units.iter().find(|before| {
        before.question == when.question.value && before.wave == unit.wave && before.group == unit.group
    });
    let items = before.iter().flat_map(|before| &before.items);
    let mut gave = items.filter(|item| item.id == when.option.value).map(|item| world[item.var]);
    // Without it the two were found to have nothing to do with each other.
    let Some(gave) = gave.next() else { return true };
    if question.required { gave == n } else { gave >= n }
}

/// Whether no more gave an answer than the step has on the way into the scheme that counts them; of the groups in the block.
fn is_in_flow(survey: &Survey, judged: &Judged, block: &Block, world: &[i64]) -> bool {
    survey.questions.iter().all(|question| {
        question.in_flow.iter().all(|answer| {
            let steps = judged.release().flow.iter();
            let mut step = steps.filter(|(unit, name, _)| *unit == answer.unit && *name == answer.step.value);
            let Some((_, _, most)) = step.next() else { return true };
            let waves = block.units.iter().map(|unit| unit.wave.as_str());
            waves.collect::<std::collections::BTreeSet<_>>().into_iter().all(|wave| {
                let units =
                    block.units.iter().filter(|unit| unit.question == question.id && unit.wave == wave);
                let items = units.flat_map(|unit| &unit.items).filter(|item| item.id == answer.option.value);
                items.map(|item| world[item.var]).sum::<i64>() <= i64::from(most.value)
            })
        })
    })
}

/// Whether people can have answered so. Of ticks only what is there is looked at: others may stand elsewhere.
fn is_answerable(question: &Question, group: &str, counts: &[Count], n: i64) -> bool {
    let within = counts.iter().all(|count| (0..=n).contains(&count.count));
    let total: i64 = counts.iter().map(|count| count.count).sum();
    // Of themes that are told apart one at the most, or none: the rest is there too.
    let has_rest = counts.iter().any(|count| count.values.0 < count.values.1);
    if question.kind.has_one_answer() || question.has_one_theme && has_rest {
        return within && total == n;
    }
    let offered = question.options.iter().filter(|option| option.is_offered_to(group));
    if question.kind != QuestionKind::ChooseAll || offered.count() != counts.len() {
        return within;
    }
    let is_exclusive = |id: &str| question.options.iter().any(|option| option.id == id && option.exclusive);
    let alone: i64 = counts.iter().filter(|count| is_exclusive(count.id)).map(|count| count.count).sum();
    let rest = n - alone;
    let is_filled = !question.required || total >= n;
    let is_few = question.max_choices.is_none_or(|most| total - alone <= i64::from(most) * rest);
    let others = counts.iter().filter(|count| !is_exclusive(count.id));
    within && rest >= 0 && is_filled && is_few && others.into_iter().all(|count| count.count <= rest)
}

/// A population in a world.
struct Shown<'w> {
    question: &'w Question,
    group: &'w str,
    policy: &'w Policy,
    counts: &'w [Count<'w>],
    n: i64,
    is_exempt: bool,
}

impl Shown<'_> {
    fn is_like(&self, answer: &JudgedAnswer) -> bool {
        // A number that is known has to be this one.
        let own = |row: &Row| answer.base_of(row).known();
        let says = |cell: &Cell| {
            !matches!(cell, Cell::Value(Value::Withheld | Value::Unpublished) | Cell::Statistic(_))
        };
        // What is shown in its place is why a mean is withheld.
        let has_place = answer.cells.values().any(says);
        answer.cells.iter().all(|(row, cell)| {
            let there = match row {
                Row::Option(id) | Row::Theme(id) => self.counts.iter().any(|count| count.id == id),
                _ => true,
            };
            let is_replaced = has_place && matches!(cell, Cell::Statistic(Statistic::Withheld));
            !there
                || is_replaced
                || (own(row).is_none_or(|n| i64::from(n) == self.n) && self.is_cell(row, cell))
        })
    }

    fn is_cell(&self, row: &Row, cell: &Cell) -> bool {
        match (row, cell) {
            (Row::Most, Cell::Bin(id)) => {
                let of = |id: &str| self.count(&Row::Bin(id.to_owned()));
                let most = of(id);
                self.question.bins.iter().all(|bin| of(&bin.id) <= most)
            }
            (_, Cell::Value(value)) => self.is_value(self.count(row), value),
            (Row::Mean, Cell::Statistic(statistic)) => self.is_mean(statistic),
            (Row::Min | Row::Max, Cell::Statistic(Statistic::Number(number))) => {
                let there = self.counts.iter().filter(|count| count.count > 0);
                let unit = 10_i128.pow(number.places);
                let shown = i128::from(number.scaled);
                let at = |value: i64| i128::from(value) * unit;
                match row {
                    Row::Min => there
                        .map(|count| count.values)
                        .min()
                        .is_some_and(|(low, high)| at(low) <= shown && shown <= at(high)),
                    _ => there
                        .map(|count| count.values)
                        .max()
                        .is_some_and(|(low, high)| at(low) <= shown && shown <= at(high)),
                }
            }
            _ => true,
        }
    }

    /// How many people a row counts.
    fn count(&self, row: &Row) -> i64 {
        let within = |count: &&Count, from: u32, to: u32| {
            count.values.0 >= i64::from(from) && count.values.1 <= i64::from(to)
        };
        let is_meant = |count: &&Count| match row {
            Row::Option(id) | Row::Theme(id) => count.id == id,
            Row::Top(id) => match self.question.tops.iter().find(|top| top.id == *id).map(|top| &top.of) {
                Some(TopOf::Points(points)) => points.iter().any(|point| point == count.id),
                Some(TopOf::Numbers(from, to)) => within(count, *from, *to),
                None => false,
            },
            Row::Bin(id) => {
                self.question.bins.iter().any(|bin| bin.id == *id && within(count, bin.from, bin.to))
            }
            _ => false,
        };
        self.counts.iter().filter(is_meant).map(|count| count.count).sum()
    }

    fn is_value(&self, count: i64, value: &Value) -> bool {
        let band = i64::from(self.policy.band);
        let is_banded = self.policy.is_audited() && !self.is_exempt;
        let is_inside = count >= band && count <= self.n - band;
        match value {
            Value::Count(shown) => count == i64::from(*shown) && (is_inside || !is_banded),
            Value::Few => count < band,
            Value::NearlyAll => count > self.n - band,
            Value::Mentioned => count >= 1,
            Value::Rounded { value, to } => {
                let to = i64::from((*to).max(1));
                (2 * count + to).div_euclid(2 * to) * to == i64::from(*value)
            }
            Value::Percent(percent) => {
                let tens = 10_i128.pow(percent.places);
                let (count, n) = (i128::from(count), i128::from(self.n));
                n > 0
                    && (200 * tens * count + n).div_euclid(2 * n) == i128::from(percent.scaled)
                    && (is_inside || !is_banded)
            }
            Value::Withheld | Value::Unpublished => true,
        }
    }

    fn is_mean(&self, statistic: &Statistic) -> bool {
        let Some(scale) = super::statements::scale(self.question, self.n) else { return true };
        let sum: i64 = self.counts.iter().map(|count| count.count * count.values.0).sum();
        match statistic {
            Statistic::Number(mean) => scale.rounded(sum, mean.places) == Some(i128::from(mean.scaled)),
            Statistic::Withheld => !self.is_due() || !self.is_shown(scale, sum),
            Statistic::Unpublished => true,
        }
    }

    /// Enough people answered for a mean.
    fn is_due(&self) -> bool {
        self.policy.is_audited()
            && (self.group == EVERYONE || !self.is_exempt)
            && self.n >= i64::from(self.policy.mean_base)
            && self.n >= i64::from(self.policy.min_group)
    }

    /// Whether the mean of a sum may be shown: sum by sum, every one that is shown alike is within the bounds.
    fn is_shown(&self, scale: Scale, sum: i64) -> bool {
        let places = self.policy.mean_decimals;
        let shown = scale.rounded(sum, places);
        let alike = |step: i64| {
            let sums = std::iter::successors(Some(sum), move |sum| Some(sum + step));
            let on_scale = move |sum: &i64| (scale.n * scale.from..=scale.n * scale.to).contains(sum);
            sums.take_while(on_scale).take_while(move |sum| scale.rounded(*sum, places) == shown)
        };
        alike(1).chain(alike(-1)).all(|sum| scale.allows(self.policy.coalition.into(), (sum, sum)))
    }
}
