//! Two judged releases of an edition -> what the second corrected: names of tables, and never a figure of the first.

use crate::evaluation::disclosure::{Cell, Judged, JudgedAnswer};
use crate::evaluation::release::{Themes, Value};
use crate::evaluation::survey::Survey;
use jiff::civil::Date;

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
    let invited = |judged: &Judged| -> Vec<(String, String, u32)> {
        let invited = judged.release().invited.iter();
        invited.map(|(wave, group, n)| (wave.clone(), group.clone(), n.value)).collect()
    };
    if !before.bases().eq(after.bases()) || invited(before) != invited(after) {
        changed.push("respondents");
    }
    let flow = |judged: &Judged| -> Vec<(String, String, u32)> {
        let flow = judged.release().flow.iter();
        flow.map(|(unit, step, n)| (unit.clone(), step.clone(), n.value)).collect()
    };
    if flow(before) != flow(after) {
        changed.push("flow");
    }
    let tallies = |judged: &Judged| -> Vec<(String, u32)> {
        judged.release().tallies.iter().map(|(thing, n)| (thing.clone(), n.value)).collect()
    };
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
    !before.answers_to(question).eq(after.answers_to(question))
        || (other_band && after.answers_to(question).any(|(_, _, answer)| has_range(answer)))
        || themes(question, before) != themes(question, after)
}

/// Groups and themes of a question, with what is said of each.
fn themes<'j>(question: &str, judged: &'j Judged) -> Vec<(&'j str, &'j str, &'j Value)> {
    let of_question = judged.release().themes.iter().filter(|themes| themes.question.value == question);
    let values = |themes: &'j Themes| {
        let group = themes.group.value.as_str();
        themes.values.iter().map(move |(theme, value)| (group, theme.value.as_str(), &value.value))
    };
    of_question.flat_map(values).collect()
}
