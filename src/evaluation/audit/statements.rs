//! A judged release, its survey and what people were quoted with -> one [`Block`] of everything that is published of an
//! edition. It works from what is published and from nothing else.

use super::mean::Scale;
use super::model::{Answers, Block, Display, Filled, Item, Size, Statement, Ticks, Union, Unit};
use super::points::{Point, points};
use super::search::{Linear, UNBOUND, Var};
use crate::evaluation::disclosure::{Judged, Policy, Row, wave_names};
use crate::evaluation::quotes::Quotation;
use crate::evaluation::release::{Answer, Base, Shape, Value};
use crate::evaluation::survey::{EVERYONE, Question, QuestionKind, Survey, Top, TopOf, Unit as People};
use crate::source::Span;

/// As many people as may stand behind a percentage whose base is not reported.
const MOST_UNREPORTED: i64 = 1000;

/// What is published of an edition.
pub(super) fn read(survey: &Survey, edition: &str, judged: &Judged, quotes: &[Quotation]) -> Block {
    let mut reader = Reader {
        judged,
        policy: judged.policy(),
        quotes,
        edition,
        block: Block::default(),
        bases: Vec::new(),
    };
    for question in survey.questions.iter().filter(|question| question.asked.is_in(edition)) {
        for wave in wave_names(question) {
            if question.kind.is_free_text() {
                reader.themes(question, wave);
            } else {
                reader.answers(question, wave);
            }
        }
    }
    reader.block
}

pub(super) struct Reader<'a> {
    pub(super) judged: &'a Judged,
    pub(super) policy: &'a Policy,
    quotes: &'a [Quotation],
    edition: &'a str,
    pub(super) block: Block,
    /// Of waves and groups whose number is not reported: one number for all of their questions.
    bases: Vec<(String, String, Var)>,
}

/// A group's counts, or those of several groups together.
pub(super) struct Place {
    pub(super) units: Vec<usize>,
    /// How many answered, where that is known.
    pub(super) n: Option<i64>,
    /// The same, as a variable.
    pub(super) unknown: Option<Var>,
}

impl Reader<'_> {
    /// Everything about one question and wave.
    fn answers(&mut self, question: &Question, wave: &str) {
        let judged = self.judged;
        let release = judged.release();
        let given: Vec<_> = release
            .answers
            .iter()
            .filter(|given| given.question.value == question.id)
            .filter(|given| given.wave.as_ref().is_none_or(|known| known.value == wave))
            .collect();
        let mut places: Vec<(String, &Answer, Place)> = Vec::new();
        for given in given {
            let group = given.group.value.clone();
            let Some(known) = judged.answer(&question.id, wave, &group) else { continue };
            // Nothing is said of it, not even of how many.
            if matches!(given.answer.shape, Shape::Whole(_)) && known.base == Base::NotReported {
                continue;
            }
            let place = self.place(question, wave, &group, known.base);
            places.push((group, &given.answer, place));
        }
        for (group, answer, place) in &places {
            self.answer(question, wave, group, answer, place);
        }
        self.quoted(question, wave);
    }

    /// The units of a group, or of everyone, made where there are none yet.
    fn place(&mut self, question: &Question, wave: &str, group: &str, base: Base) -> Place {
        let groups: Vec<&str> = match group {
            // A pair is of both groups: pairs have no parts.
            EVERYONE if question.unit == People::Pairs => vec![EVERYONE],
            EVERYONE => question.asked_of.iter().map(String::as_str).collect(),
            group => vec![group],
        };
        let known = base.known().map(i64::from);
        let mut units = Vec::new();
        for member in groups {
            let same =
                |unit: &Unit| unit.question == question.id && unit.wave == wave && unit.group == member;
            let found = self.block.units.iter().position(same);
            let unit = found.unwrap_or_else(|| {
                let size = if group != member {
                    self.part_of_everyone(wave, member, known)
                } else {
                    self.size(wave, member, base)
                };
                self.unit(question, wave, member, size)
            });
            units.push(unit);
        }
        let unknown = match (&units[..], known) {
            ([only], None) => match self.block.units[*only].base {
                Size::Unknown(var) => Some(var),
                Size::Known(_) => None,
            },
            _ => None,
        };
        if group == EVERYONE && question.unit == People::People {
            self.block.unions.push(Union { group: EVERYONE.to_owned(), units: units.clone() });
        }
        Place { units, n: known, unknown }
    }

    pub(super) fn size(&mut self, wave: &str, group: &str, base: Base) -> Size {
        let (low, high) = match base {
            Base::Known(n) => return Size::Known(n.into()),
            // Halves were rounded up.
            Base::Rounded { value, to } => {
                let (value, to) = (i64::from(value), i64::from(to.max(1)));
                ((value - to / 2).max(0), value + (to - 1) / 2)
            }
            Base::Low => (0, i64::from(self.policy.percentage_base) - 1),
            Base::NotReported => (1, MOST_UNREPORTED),
        };
        // Each question by itself: tied together by a number that nobody is told, they would be too many to search. This is for
        // policies under which nothing is refused, and finds less than there is.
        if base != Base::NotReported {
            return Size::Unknown(self.variable(low, high));
        }
        let same = |(known_wave, known_group, _): &&(String, String, Var)| {
            known_wave == wave && known_group == group
        };
        if let Some((_, _, var)) = self.bases.iter().find(same) {
            return Size::Unknown(*var);
        }
        let var = self.variable(low, high);
        self.bases.push((wave.to_owned(), group.to_owned(), var));
        Size::Unknown(var)
    }

    /// Of a group that is shown within everyone alone: no more than answered at all, and perhaps fewer.
    pub(super) fn part_of_everyone(&mut self, wave: &str, group: &str, all: Option<i64>) -> Size {
        let whole = self.judged.base(wave, group).and_then(Base::known).map(i64::from);
        let most = whole.into_iter().chain(all).min().unwrap_or(MOST_UNREPORTED);
        Size::Unknown(self.variable(0, most))
    }

    pub(super) fn variable(&mut self, low: i64, high: i64) -> Var {
        self.block.vars.push((low, high));
        self.block.vars.len() - 1
    }

    fn unit(&mut self, question: &Question, wave: &str, group: &str, base: Size) -> usize {
        let most = match base {
            Size::Known(n) => n,
            Size::Unknown(var) => self.block.vars[var].1,
        };
        let points = points(question, group);
        let items = points.into_iter().map(|Point { id, exclusive, values }| Item {
            id,
            exclusive,
            values,
            var: self.variable(0, most),
        });
        let items = items.collect();
        let answers = if question.kind.has_one_answer() {
            Answers::One
        } else {
            Answers::Many(Ticks {
                filled: match (question.kind, question.required) {
                    (QuestionKind::ChooseAll, true) => Filled::Yes,
                    (QuestionKind::ChooseAll, false) => Filled::Assumed,
                    // Not everybody wrote something.
                    _ => Filled::No,
                },
                most: question.max_choices.map(i64::from),
                excludes: true,
            })
        };
        let (question, wave, group) = (question.id.clone(), wave.to_owned(), group.to_owned());
        let is_exempt = self.policy.exceptions.iter().any(|exception| {
            exception.covers(&wave, &question, &group) || exception.covers(&wave, &question, EVERYONE)
        });
        self.block.units.push(Unit {
            question,
            wave,
            group,
            base,
            answers,
            items,
            is_protected: !is_exempt,
            unreadable: None,
        });
        self.block.units.len() - 1
    }

    fn answer(&mut self, question: &Question, wave: &str, group: &str, answer: &Answer, place: &Place) {
        if let (EVERYONE, Some(n)) = (group, place.n) {
            self.everyone(question, answer, place, n);
        }
        let parts = match &answer.shape {
            Shape::Whole(value) if value.value == Value::Withheld => {
                if self.shows_mean(question, group) {
                    self.withheld_mean(question, group, place, value.span);
                }
                return;
            }
            Shape::Whole(_) => return,
            Shape::Parts(parts) => parts,
        };
        let is_exempt =
            self.policy.exceptions.iter().any(|exception| exception.covers(wave, &question.id, group));
        let band = self.policy.is_audited() && !is_exempt;
        for (id, value) in parts.counts.iter().flatten() {
            let sum = self.sum(place, |item| item.id == id.value);
            self.value(question, group, &id.value, value, &sum, place, band);
        }
        for (id, value) in parts.tops.iter().flatten() {
            let Some(top) = question.tops.iter().find(|top| top.id == id.value) else { continue };
            let sum = self.sum(place, |item| is_in(top, item));
            self.value(question, group, &id.value, value, &sum, place, band);
        }
        let bin = |id: &str| question.bins.iter().find(|bin| bin.id == id);
        for (id, value) in parts.bins.iter().flatten() {
            let Some(bin) = bin(&id.value) else { continue };
            let is_in =
                |item: &Item| i64::from(bin.from) <= item.values.0 && item.values.1 <= i64::from(bin.to);
            let sum = self.sum(place, is_in);
            self.value(question, group, &id.value, value, &sum, place, band);
        }
        if let Some(most) = &parts.most {
            self.most(question, group, most, place);
        }
        self.statistics(question, group, parts, place);
    }

    fn shows_mean(&self, question: &Question, group: &str) -> bool {
        let displays = question.show.get(group).into_iter().flatten();
        displays
            .flat_map(|display| crate::evaluation::disclosure::rows(question, group, display))
            .any(|row| row == Row::Mean)
    }

    /// The number of everyone is that of the groups together.
    fn everyone(&mut self, question: &Question, answer: &Answer, place: &Place, n: i64) {
        let mut known = 0;
        let mut terms = Vec::new();
        for unit in &place.units {
            match self.block.units[*unit].base {
                Size::Known(n) => known += n,
                Size::Unknown(var) => terms.push((var, 1)),
            }
        }
        if !terms.is_empty() {
            let span = answer.answered.as_ref().map_or(answer.span, |base| base.span);
            let of = format!("who answered `{}` of `{EVERYONE}`", question.id);
            self.says(span, of, n.to_string(), Linear::exactly(terms, n - known));
        }
    }

    /// The counts of the items of a place that are meant, as a sum.
    pub(super) fn sum(&self, place: &Place, is_meant: impl Fn(&Item) -> bool) -> Vec<(Var, i64)> {
        let items = place.units.iter().flat_map(|unit| &self.block.units[*unit].items);
        items.filter(|item| is_meant(item)).map(|item| (item.var, 1)).collect()
    }

    /// Words that people gave of their own to a question with options: as many chose that option as are quoted.
    fn quoted(&mut self, question: &Question, wave: &str) {
        let Some(other) = question.options.iter().find(|option| option.is_other) else { return };
        let of_question = |quote: &&Quotation| {
            quote.question == question.id && quote.wave == wave && quote.edition == self.edition
        };
        let quotes: Vec<Quotation> = self.quotes.iter().filter(of_question).cloned().collect();
        for place in 0..self.block.units.len() {
            let unit = &self.block.units[place];
            if unit.question != question.id || unit.wave != wave {
                continue;
            }
            let group = unit.group.clone();
            let Some(var) = unit.items.iter().find(|item| item.id == other.id).map(|item| item.var) else {
                continue;
            };
            let said: Vec<&Quotation> = quotes.iter().filter(|quote| quote.group == group).collect();
            if let Some(first) = said.first() {
                let count = i64::try_from(said.len()).unwrap_or(UNBOUND);
                let of = format!("quotations of `{group}` who answered `{}` in their own words", question.id);
                self.says(first.span, of, count.to_string(), Linear::at_least([(var, 1)], count));
            }
        }
    }

    pub(super) fn says(&mut self, span: Span, of: String, says: String, linear: Linear) {
        let statement = self.statement(span, of, says);
        self.block.displays.push(Display { linear, statement });
    }

    pub(super) fn statement(&mut self, span: Span, of: String, says: String) -> usize {
        self.block.statements.push(Statement { span, of, says });
        self.block.statements.len() - 1
    }

    pub(super) fn unreadable(&mut self, place: &Place, of: &str) {
        for unit in &place.units {
            self.block.units[*unit].unreadable.get_or_insert_with(|| of.to_owned());
        }
    }
}

/// The scale of a question: of numbers where it has two ends, else its verbal points in their order.
pub(super) fn scale(question: &Question, n: i64) -> Option<Scale> {
    let points = i64::try_from(question.options.len()).ok()?;
    let (from, to) = match question.bounds {
        Some((from, to)) => (i64::from(from), i64::from(to)),
        None if question.kind == QuestionKind::Scale => (1, points),
        None => return None,
    };
    Some(Scale { from, to, n })
}

/// Whether an item belongs to a split.
pub(super) fn is_in(top: &Top, item: &Item) -> bool {
    match &top.of {
        TopOf::Points(points) => points.contains(&item.id),
        TopOf::Numbers(from, to) => i64::from(*from) <= item.values.0 && item.values.1 <= i64::from(*to),
    }
}
