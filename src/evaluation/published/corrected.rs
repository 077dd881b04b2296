//! Two judged releases of an edition -> what the second corrected: names of tables, and never a figure of the first.

use crate::evaluation::disclosure::{Cell, Judged, JudgedAnswer};
use crate::evaluation::release::Value;
use crate::evaluation::survey::Survey;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A release that replaced another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Correction {
    /// The day it took effect.
    pub date: Date,
    /// Why, in words.
    pub reason: String,
    /// Ids of the tables whose figures changed: questions in the survey's order, then `respondents`, `flow`, `tallies`.
    pub changed: Vec<String>,
}

/// The ids of what differs between two releases.
pub(in crate::evaluation) fn changed(survey: &Survey, before: &Judged, after: &Judged) -> Vec<String> {
    let ids = survey.questions.iter().map(|question| question.id.as_str());
    let mut changed: Vec<&str> = ids.filter(|id| is_changed(id, before, after)).collect();
    if !before.bases().eq(after.bases()) || invited(before) != invited(after) {
        changed.push("respondents");
    }
    if flow(before) != flow(after) {
        changed.push("flow");
    }
    if tallies(before) != tallies(after) {
        changed.push("tallies");
    }
    changed.into_iter().map(str::to_owned).collect()
}

fn is_changed(question: &str, before: &Judged, after: &Judged) -> bool {
    // "Fewer than 3" reads otherwise under another band.
    let has_range = |answer: &JudgedAnswer| {
        answer.cells.values().any(|cell| matches!(cell, Cell::Value(Value::Few | Value::NearlyAll)))
    };
    let other_band = before.policy().band != after.policy().band;
    let mut shown = after.answers_to(question).chain(after.themes_of(question));
    !before.answers_to(question).eq(after.answers_to(question))
        || !before.themes_of(question).eq(after.themes_of(question))
        || (other_band && shown.any(|(_, _, answer)| has_range(answer)))
}

// In an order of their own: to write the same figures in another order corrects nothing.

fn invited(judged: &Judged) -> BTreeSet<(&str, &str, u32)> {
    let invited = judged.release().invited.iter();
    invited.map(|(wave, group, n)| (wave.as_str(), group.as_str(), n.value)).collect()
}

fn flow(judged: &Judged) -> BTreeSet<(&str, &str, u32)> {
    let flow = judged.release().flow.iter();
    flow.map(|(unit, step, n)| (unit.as_str(), step.as_str(), n.value)).collect()
}

fn tallies(judged: &Judged) -> BTreeSet<(&str, u32)> {
    judged.release().tallies.iter().map(|(thing, n)| (thing.as_str(), n.value)).collect()
}
