//! Every answer given -> its cells: a known question, group and option, asked, and in the shape that `show` declares.

use super::judge::{At, Judge, JudgedAnswer};
use super::row::{Cell, Row, rows};
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::evaluation::release::{Answer, Base, Given, Parts, Shape, Statistic, Value};
use crate::evaluation::survey::{Choice, Display, EVERYONE, Question, Unit};
use crate::source::Spanned;
use std::collections::BTreeMap;

impl<'a> Judge<'a> {
    /// What is given of one question, wave and group.
    pub(super) fn answer(&mut self, given: &'a Given) {
        let Given { question: id, wave, group, answer } = given;
        let Some(question) = self.question(id) else { return };
        if !self.is_of_edition(question, id.span) {
            return;
        }
        let Some(wave) = self.wave_of(question, wave.as_ref(), group) else { return };
        if !self.is_group(group) {
            return;
        }
        let key = (question.id.clone(), wave.to_owned(), group.value.clone());
        self.given.insert(key.clone());
        if !question.asks(&group.value) {
            self.push(
                Diagnostic::new(
                    Code::NotAsked,
                    group.span,
                    format!("`{}` was not asked of `{}`", question.id, group.value),
                )
                .help("take the line out; what was not asked has no line"),
            );
            return;
        }
        let Some(displays) = question.show.get(&group.value).filter(|displays| !displays.is_empty()) else {
            self.push(
                Diagnostic::new(
                    Code::ReleaseShape,
                    group.span,
                    format!("`show` declares nothing of `{}` for `{}`", group.value, question.id),
                )
                .related(question.span, "declared here")
                .help(
                    "take the line out of the release; what is shown is declared before the answers are seen",
                ),
            );
            return;
        };
        if group.value == EVERYONE && question.show.len() > 1 && !self.policy.has_totals {
            self.push(
                Diagnostic::new(
                    Code::ReleaseShape,
                    group.span,
                    format!(
                        "`{}` is given of everyone beside groups, and this release omits totals",
                        question.id
                    ),
                )
                .related(self.policy.span, "its policy")
                .help("write `totals: show` there, as in survey.yaml"),
            );
        }
        let base = self.base(question, wave, &group.value, answer);
        let exempt = !self.policy.is_judged() || self.is_exempt(wave, &question.id, &group.value);
        let n = base.known();
        let at = At { question, group: &group.value, n, base, span: answer.span, exempt };
        let cells = self.cells(at, displays, answer);
        self.answers.insert(key, JudgedAnswer { base, cells, row_bases: BTreeMap::new() });
    }

    /// The number who answered this question: beside the answer, or that of the wave and group.
    fn base(&mut self, question: &Question, wave: &str, group: &str, answer: &Answer) -> Base {
        let whole = self.bases.get(&(wave.to_owned(), group.to_owned())).copied();
        if let Some(own) = &answer.answered {
            self.sector_base(own);
            if let (Base::Known(n), Some(Base::Known(all)), false) =
                (own.value, whole, question.unit == Unit::Pairs)
                && n > all
            {
                self.push(
                    Diagnostic::new(
                        Code::CountAboveBase,
                        own.span,
                        format!("{n} answered `{}`, and {all} answered at all", question.id),
                    )
                    .help("correct `answered` here or under `respondents`"),
                );
            }
            return own.value;
        }
        // Not everybody was asked, and how many were is a count.
        if question.asked_if.is_some() {
            return Base::NotReported;
        }
        // Of everyone, where only the groups are given: not reported, rather than a sum nobody stated.
        whole.unwrap_or(Base::NotReported)
    }

    fn cells(&mut self, at: At<'a>, displays: &[Display], answer: &'a Answer) -> BTreeMap<Row, Cell> {
        let mut cells = BTreeMap::new();
        match &answer.shape {
            Shape::Whole(value) => {
                if !matches!(value.value, Value::Withheld | Value::Unpublished) {
                    self.push(
                        Diagnostic::new(Code::ReleaseShape, value.span, format!("this cannot stand for all of `{}`", at.question.id))
                            .help("write `withheld` or `unpublished` for all of it, or `counts:`, `tops:`, `mean:` with their values"),
                    );
                    return cells;
                }
                for row in displays.iter().flat_map(|display| rows(at.question, at.group, display)) {
                    let cell = match row {
                        Row::Mean | Row::Min | Row::Max if value.value == Value::Withheld => {
                            Cell::Statistic(Statistic::Withheld)
                        }
                        Row::Mean | Row::Min | Row::Max => Cell::Statistic(Statistic::Unpublished),
                        _ => Cell::Value(value.value.clone()),
                    };
                    cells.insert(row, cell);
                }
            }
            Shape::Parts(parts) => {
                self.parts(at, displays, parts, &mut cells);
                if !at.exempt {
                    self.policy_of_parts(at, displays, parts);
                }
            }
        }
        cells
    }

    fn parts(&mut self, at: At<'a>, displays: &[Display], parts: &'a Parts, cells: &mut BTreeMap<Row, Cell>) {
        let shows = |wanted: fn(&Display) -> bool| displays.iter().any(wanted);
        self.declared(at, parts.counts.is_some(), shows(|d| *d == Display::Counts), "counts");
        self.declared(at, parts.tops.is_some(), shows(|d| matches!(d, Display::Top(_))), "tops");
        self.declared(at, parts.mean.is_some(), shows(|d| *d == Display::Mean), "mean");
        self.declared(
            at,
            parts.min.is_some() || parts.max.is_some(),
            shows(|d| *d == Display::Range),
            "min and max",
        );
        self.declared(
            at,
            parts.bins.is_some() || parts.most.is_some(),
            shows(|d| *d == Display::Bins),
            "bins",
        );
        let options: Vec<(&str, Option<&Choice>)> =
            at.question.options.iter().map(|option| (option.id.as_str(), Some(option))).collect();
        for (id, value) in parts.counts.iter().flatten() {
            if let Some(option) = self.known(at, id, &options, "option")
                && let Some(option) = option
            {
                if !option.is_offered_to(at.group) {
                    self.push(
                        Diagnostic::new(
                            Code::NotAsked,
                            id.span,
                            format!("`{}` was not offered to `{}`", id.value, at.group),
                        )
                        .help("take it out; what was not asked has no line"),
                    );
                    continue;
                }
                self.count(at, value);
                cells.insert(Row::Option(id.value.clone()), Cell::Value(value.value.clone()));
            }
        }
        let tops: Vec<(&str, Option<&Choice>)> =
            at.question.tops.iter().map(|top| (top.id.as_str(), None)).collect();
        for (id, value) in parts.tops.iter().flatten() {
            if self.known(at, id, &tops, "top").is_some() {
                if !displays.contains(&Display::Top(id.value.clone())) {
                    self.declared(at, true, false, &id.value);
                }
                self.count(at, value);
                cells.insert(Row::Top(id.value.clone()), Cell::Value(value.value.clone()));
            }
        }
        let bins: Vec<(&str, Option<&Choice>)> =
            at.question.bins.iter().map(|bin| (bin.id.as_str(), None)).collect();
        for (id, value) in parts.bins.iter().flatten() {
            if self.known(at, id, &bins, "bin").is_some() {
                self.count(at, value);
                cells.insert(Row::Bin(id.value.clone()), Cell::Value(value.value.clone()));
            }
        }
        if let Some(most) = &parts.most
            && self.known(at, most, &bins, "bin").is_some()
        {
            cells.insert(Row::Most, Cell::Bin(most.value.clone()));
        }
        for (row, statistic) in [(Row::Mean, &parts.mean), (Row::Min, &parts.min), (Row::Max, &parts.max)] {
            if let Some(statistic) = statistic {
                self.within_scale(at, statistic);
                cells.insert(row, Cell::Statistic(statistic.value.clone()));
            }
        }
        self.order_of_statistics(parts);
        self.totals(at, parts);
        self.bins(at, parts);
    }

    /// A display that is given though it was not declared.
    fn declared(&mut self, at: At, given: bool, declared: bool, what: &str) {
        if given && !declared {
            self.push(
                Diagnostic::new(
                    Code::ReleaseShape,
                    at.span,
                    format!(
                        "`{}` gives {what} of `{}`, and `show` does not declare them",
                        at.question.id, at.group
                    ),
                )
                .related(at.question.span, "declared here")
                .help("give what `show` declares; it is fixed before the answers are seen"),
            );
        }
    }

    /// An id among those there are.
    fn known<'o>(
        &mut self,
        at: At,
        id: &Spanned<String>,
        among: &[(&str, Option<&'o Choice>)],
        what: &str,
    ) -> Option<Option<&'o Choice>> {
        let entry = among.iter().find(|(name, _)| *name == id.value).map(|(_, choice)| *choice);
        if entry.is_none() {
            self.push(
                Diagnostic::new(
                    Code::UnknownOption,
                    id.span,
                    format!("`{}` has no {what} `{}`", at.question.id, id.value),
                )
                .help(one_of(&id.value, among.iter().map(|(name, _)| *name))),
            );
        }
        entry
    }
}
