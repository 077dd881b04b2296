//! Faults put on purpose into what is read from a release: the second computation finds each of them.

use super::super::measure::{Promise, Undecided};
use super::super::model::Block;
use super::super::{Outcome, looked_at, republish, statements};
use crate::diagnostic::Diagnostics;
use crate::evaluation::disclosure::{Judged, judge};
use crate::evaluation::survey::Survey;
use crate::evaluation::{release, survey};
use crate::source::Sources;

const SURVEY: &str = "\
title: A survey
groups: {mentee: Mentees, mentor: Mentors}
questions:
  - id: gained
    ask: What have you gained?
    type: choose-all
    options: [{id: advice, label: Advice}, {id: contacts, label: Contacts}, {id: plan, label: A plan}]
  - {id: stars, ask: How many stars?, type: stars, from: 1, to: 5, asked_of: [mentee], show: mean}
  - {id: hours, ask: How many hours?, type: score, from: 0, to: 10, asked_of: [mentee], tops: {many: [5, 10]}, show: many}
disclosure: {policy: small-survey}
";

const RELEASE: &str = "\
edition: \"2025\"
collected: 2025-06
includes: none
disclosure: {policy: small-survey}
respondents: {mentee: {answered: 40}, mentor: {answered: 9}}
answers:
  gained:
    mentee: {counts: {advice: 20, contacts: few, plan: nearly-all}}
    mentor: {counts: {advice: few, contacts: 5, plan: withheld}}
  stars:
    mentee: {mean: 3.1}
  hours:
    mentee: {tops: {many: {percent: 48}}}
";

fn read() -> (Survey, Judged) {
    let mut sources = Sources::default();
    sources.add_builtin("content/evaluations/sample/survey.yaml", SURVEY);
    sources.add_builtin("content/evaluations/sample/releases/2025.yaml", RELEASE);
    let mut found = Diagnostics::new();
    let file = |name: &str| sources.find(&format!("content/evaluations/sample/{name}")).expect("a file").0;
    let survey = survey::read(&sources, file("survey.yaml"), &mut found).expect("a survey");
    let release = release::read(&sources, file("releases/2025.yaml"), &[], &mut found).expect("a release");
    let judged = judge(&survey, "2025", release, true, &mut found);
    assert!(found.is_empty(), "{found:?}");
    (survey, judged.expect("a release that passes"))
}

/// Whether the two computations disagree on a block that was changed.
fn disagree(change: impl Fn(&mut Block)) -> bool {
    let (survey, judged) = read();
    let mut block = statements::read(&survey, "2025", &judged, &[]);
    change(&mut block);
    let witness = |block: &Block, world: &[i64]| republish::agrees(&survey, &judged, block, world);
    // More values than a range of three has: a fourth, if there is one, is exhibited.
    let promise = Promise { coalition: 1, width: 3, insider: 1 };
    looked_at(&block, &promise, &witness)
        .iter()
        .any(|part| matches!(part.outcome, Outcome::Undecided(Undecided::Disagreement)))
}

/// Moves the bounds of the displays of one statement.
fn moved(of: &'static str, low: i64, high: i64) -> impl Fn(&mut Block) {
    move |block: &mut Block| {
        let statement = block.statements.iter().position(|said| said.of == of).expect("a statement");
        for display in block.displays.iter_mut().filter(|display| display.statement == statement) {
            for bounds in &mut display.linear.allowed {
                *bounds = (bounds.0 + low, bounds.1 + high);
            }
        }
    }
}

#[test]
fn the_two_computations_agree_on_what_is_read() {
    assert!(!disagree(|_| {}));
}

#[test]
fn a_range_that_ends_one_too_late_or_begins_one_too_early_is_found() {
    assert!(disagree(moved("`gained.contacts` of `mentee`", 0, 1)), "few as three or fewer");
    assert!(disagree(moved("`gained.plan` of `mentee`", -1, 0)), "nearly all as three fewer");
}

#[test]
fn halves_rounded_down_are_found() {
    // 3.05 to 3.15 of 40 people are sums of 122 to 125; halves rounded down would let in 126.
    assert!(disagree(moved("the mean of `stars` of `mentee`", 4, 1)));
    // 48 per cent of 40 people is 19, and of a sum one more it would be 50.
    assert!(disagree(moved("`hours.many` of `mentee`", 1, 1)));
}

#[test]
fn a_count_of_other_people_is_found() {
    assert!(disagree(moved("`gained.advice` of `mentee`", 1, 1)), "another number");
    assert!(
        disagree(|block| {
            for unit in &mut block.units {
                if unit.question == "stars" {
                    unit.base = super::super::model::Size::Known(39);
                }
            }
        }),
        "another number of people"
    );
}

#[test]
fn an_option_that_was_not_offered_is_nobodys_answer() {
    // Read as nobody's it would determine the count, and refuse what is no number at all.
    let (survey, judged) = read();
    let block = statements::read(&survey, "2025", &judged, &[]);
    let asked = |question: &str| block.units.iter().filter(|unit| unit.question == question).count();
    assert_eq!((asked("gained"), asked("stars")), (2, 1));
}
