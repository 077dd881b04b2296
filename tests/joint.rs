//! What several groups and two questions say together: groups that are shown by themselves, as part of another group and
//! with everyone, and a question that only those were asked who gave one answer to the question before. Every sheet of every
//! person is gone through, and what can be told is held against the audit.
//!
//! `ATTACKS=100000 cargo test --test joint` goes through more surveys.

#![allow(unreachable_pub, reason = "the parts of one test")]

#[path = "support/chance.rs"]
mod chance;
#[path = "joint/enumerate.rs"]
mod enumerate;
#[path = "joint/random.rs"]
mod random;

use chance::Random;
use enumerate::enumerate;
use mentorpress::diagnostic::Diagnostics;
use mentorpress::evaluation::examine;
use mentorpress::source::Sources;
use random::{Survey, survey};
use std::collections::BTreeSet;

/// Question, group and answer of which something is given away; no answer for several together.
pub type Open = BTreeSet<(String, String, String)>;

#[derive(Default)]
struct Tally {
    all: usize,
    passed: usize,
    refused: usize,
    followed: usize,
    differenced: usize,
}

#[test]
fn nothing_is_told_together_that_the_audit_does_not_find() {
    let attacks: u64 = std::env::var("ATTACKS").ok().and_then(|typed| typed.parse().ok()).unwrap_or(2_000);
    let threads = 2;
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn(move || {
                    let mut tally = Tally::default();
                    for seed in (0..attacks).filter(|seed| seed % threads == thread) {
                        compare(&survey(&mut Random::new(seed)), &mut tally);
                    }
                    tally
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("an attacker")).collect()
    });
    let sum = |of: fn(&Tally) -> usize| tallies.iter().map(of).sum::<usize>();
    let (all, passed, refused) =
        (sum(|tally| tally.all), sum(|tally| tally.passed), sum(|tally| tally.refused));
    let (followed, differenced) = (sum(|tally| tally.followed), sum(|tally| tally.differenced));
    assert!(all as u64 * 2 > attacks, "{all} of {attacks} keep the plain rules");
    assert!(passed * 10 >= all * 3, "{passed} of {all} pass");
    assert!(refused * 10 >= all, "{refused} of {all} are refused");
    assert!(followed * 8 >= all, "{followed} of {all} have a question that only some were asked");
    assert!(differenced * 10 >= all, "{differenced} of {all} show groups by themselves and together");
}

fn compare(survey: &Survey, tally: &mut Tally) {
    if survey.is_silent() {
        return;
    }
    let mut sources = Sources::default();
    sources.add_builtin("content/evaluations/joint/survey.yaml", &survey.text());
    sources.add_builtin("content/evaluations/joint/releases/2025.yaml", &survey.release());
    let mut found = Diagnostics::new();
    let examined = examine(&sources, &mut found);
    let told = || format!("{}\n{}", survey.text(), survey.release());
    let Some(report) = examined.first().and_then(|examined| examined.report.as_ref()) else {
        let mut errors = found.errors();
        assert!(errors.all(|error| error.code.name().starts_with("policy-")), "{found:?}\n{}", told());
        return;
    };
    let mut actual = Open::new();
    for looked in &report.looked {
        assert_eq!(looked.trouble, None, "{}", told());
        let of = |answer: &str| (looked.question.clone(), looked.group.clone(), answer.to_owned());
        let counts = looked.counts.iter().filter(|count| count.given_away.is_some());
        actual.extend(counts.map(|count| of(&count.answer)));
        if looked.sums.iter().any(|sums| sums.is_given_away) {
            actual.insert(of(""));
        }
    }
    let expected = enumerate(survey);
    let missed: Vec<_> = expected.difference(&actual).collect();
    assert!(missed.is_empty(), "the audit does not find {missed:?}\n{}", told());
    // Of groups whose number is told nowhere the audit asks for as much as if it were as large as it can be.
    if survey.tells_all_numbers() {
        assert_eq!(actual, expected, "{}", told());
    }
    tally.all += 1;
    tally.followed += usize::from(survey.is_followed());
    tally.differenced += usize::from(survey.is_differenced());
    *if expected.is_empty() { &mut tally.passed } else { &mut tally.refused } += 1;
}
