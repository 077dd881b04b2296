//! Two attackers who were written apart. The one here goes through every way in which people can have answered, one sheet of
//! answers after the other, keeps those that would have been published in the same way, and reads off what can be told. It
//! knows nothing of equations. The other is the audit, which is handed the same survey and release as text. They agree on
//! every protected quantity of every random survey.
//!
//! `ATTACKS=100000 cargo test --test attackers` attacks more than ten thousand.

#![allow(unreachable_pub, reason = "the parts of one test")]
#![allow(clippy::print_stdout, reason = "what was attacked is told to who asks for it")]

#[path = "attackers/enumerate.rs"]
mod enumerate;
#[path = "attackers/random.rs"]
mod random;

use enumerate::{Found, enumerate};
use mentorpress::diagnostic::Diagnostics;
use mentorpress::evaluation::{Examined, examine};
use mentorpress::source::Sources;
use random::{Attack, Random, attack};
use std::collections::{BTreeMap, BTreeSet};

/// Surveys that are handed over together.
const BATCH: u64 = 250;

/// What came of one survey.
#[derive(Default)]
struct Tally {
    attacks: usize,
    passed: usize,
    refused: usize,
    quantities: usize,
    unjudged: Vec<String>,
    kinds: BTreeMap<&'static str, usize>,
}

#[test]
fn two_attackers_agree_on_ten_thousand_surveys() {
    let attacks: u64 = std::env::var("ATTACKS").ok().and_then(|typed| typed.parse().ok()).unwrap_or(10_000);
    let threads = 2;
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn(move || {
                    let mut tally = Tally::default();
                    let batches = attacks.div_ceil(BATCH);
                    for batch in (0..batches).filter(|batch| batch % threads == thread) {
                        let seeds = batch * BATCH..((batch + 1) * BATCH).min(attacks);
                        let surveys: Vec<Attack> =
                            seeds.map(|seed| attack(&mut Random::new(seed), seed)).collect();
                        compare(&surveys, &mut tally);
                    }
                    tally
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("an attacker")).collect()
    });
    let sum = |of: fn(&Tally) -> usize| tallies.iter().map(of).sum::<usize>();
    let (all, passed, refused) = (sum(|t| t.attacks), sum(|t| t.passed), sum(|t| t.refused));
    let unjudged: Vec<&String> = tallies.iter().flat_map(|tally| &tally.unjudged).collect();
    assert!(unjudged.len() * 50 < all, "{} of {all} break a plain rule: {}", unjudged.len(), unjudged[0]);
    assert!(sum(|tally| tally.quantities) > 3 * all, "too little is looked at");
    assert!(passed * 100 >= all * 30, "{passed} of {all} pass");
    assert!(refused * 100 >= all * 30, "{refused} of {all} are refused");
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (kind, count) in tallies.iter().flat_map(|tally| &tally.kinds) {
        *kinds.entry(kind).or_default() += count;
    }
    for kind in ["determined", "together", "narrow", "insider", "certain", "mean"] {
        assert!(kinds.get(kind).is_some_and(|count| *count >= 30), "too few are {kind}: {kinds:?}");
    }
}

/// Hands surveys to the audit and to the enumerator.
fn compare(surveys: &[Attack], tally: &mut Tally) {
    let mut sources = Sources::default();
    for survey in surveys {
        let folder = format!("content/evaluations/{}", survey.id);
        sources.add_builtin(&format!("{folder}/survey.yaml"), &survey.survey);
        sources.add_builtin(&format!("{folder}/releases/2025.yaml"), &survey.release);
    }
    let mut found = Diagnostics::new();
    let examined = examine(&sources, &mut found);
    assert_eq!(examined.len(), surveys.len());
    let examined: BTreeMap<&str, &Examined> =
        examined.iter().map(|examined| (examined.survey.as_str(), examined)).collect();
    let mut refused: BTreeSet<&str> = BTreeSet::new();
    for diagnostic in found.errors().filter(|diagnostic| diagnostic.code.name().starts_with("disclosure-")) {
        let path = &sources.file(diagnostic.span.file).path;
        refused.insert(path.split('/').nth(2).expect("a survey's folder"));
    }
    for survey in surveys {
        tally.attacks += 1;
        let known = examined[survey.id.as_str()];
        let Some(report) = &known.report else {
            let of_survey = |span| sources.place(span).contains(&format!("/{}/", survey.id));
            let why: Vec<String> = found
                .errors()
                .filter(|diagnostic| of_survey(diagnostic.span))
                .map(|diagnostic| format!("{}: {}", diagnostic.code.name(), diagnostic.message))
                .collect();
            tally.unjudged.push(format!("{}\n{}\n{}", why.join("\n"), survey.survey, survey.release));
            continue;
        };
        let expected = enumerate(survey);
        let actual = told(report);
        assert_eq!(actual, expected, "\n{}\n{}", survey.survey, survey.release);
        let is_open = expected.is_open(survey.policy.band);
        assert_eq!(
            report.looked.iter().any(mentorpress::evaluation::Looked::is_open),
            expected.leaks(survey.policy.band),
            "\n{}\n{}",
            survey.survey,
            survey.release
        );
        if survey.policy.is_audited {
            assert_eq!(
                refused.contains(survey.id.as_str()),
                is_open,
                "\n{}\n{}",
                survey.survey,
                survey.release
            );
        }
        tally.quantities += expected.counts.len();
        if is_open {
            tally.refused += 1;
        } else {
            tally.passed += 1;
        }
        for kind in expected.kinds(survey.policy.band) {
            *tally.kinds.entry(kind).or_default() += 1;
        }
    }
}

/// What the audit says, in the enumerator's words.
fn told(report: &mentorpress::evaluation::Report) -> Found {
    let mut found = Found { mean: !report.means.is_empty(), ..Found::default() };
    for looked in &report.looked {
        assert_eq!(looked.trouble, None, "{}", looked.question);
        for count in &looked.counts {
            let key = (looked.question.clone(), looked.group.clone(), count.answer.clone());
            let insider = count.insider.map(|(values, needed)| (values < needed, values));
            found.counts.insert(
                key,
                enumerate::Count {
                    determined: count.determined,
                    base: looked.base.expect("a base"),
                    is_narrow: count.values < count.needed,
                    values: count.values,
                    insider,
                    certain: count.certain,
                },
            );
        }
        for sums in &looked.sums {
            let answers: BTreeSet<String> = sums.answers.iter().cloned().collect();
            found.sums.insert((looked.question.clone(), looked.group.clone(), answers), sums.value);
        }
    }
    found
}

/// Other names, another order and a question that has nothing to do with it change no verdict.
#[test]
fn names_and_order_change_nothing() {
    for seed in 0..600 {
        let survey = attack(&mut Random::new(seed), seed);
        let expected = verdict(&survey.survey, &survey.release);
        let rename = |text: &str| {
            text.replace("o0", "zebra").replace("o1", "ant").replace("q0", "why").replace("q1", "what")
        };
        let renamed = verdict(&rename(&survey.survey), &rename(&survey.release));
        assert_eq!(told_apart(&expected, &rename), renamed, "renamed\n{}\n{}", survey.survey, survey.release);

        let reversed = verdict(&reversed(&survey.survey), &survey.release);
        assert_eq!(expected, reversed, "reversed\n{}\n{}", survey.survey, survey.release);

        let unrelated = "  - {id: unrelated, ask: What else?, type: choose-one, options: [{id: up, label: Up}, {id: down, label: Down}]}\ndisclosure:";
        let more = survey.survey.replacen("disclosure:", unrelated, 1);
        let groups: Vec<String> = ["a", "b"][..survey.questions[0].sizes.len()]
            .iter()
            .map(|group| format!("{group}: withheld"))
            .collect();
        let release = format!("{}  unrelated: {{{}}}\n", survey.release, groups.join(", "));
        let mut with_more = verdict(&more, &release);
        with_more.retain(|(question, ..)| question != "unrelated");
        assert_eq!(expected, with_more, "with more\n{more}\n{release}");
    }
}

/// Question, group, answer, and what is told of it.
type Verdict = BTreeSet<(String, String, String, String)>;

fn verdict(survey: &str, release: &str) -> Verdict {
    let mut sources = Sources::default();
    sources.add_builtin("content/evaluations/one/survey.yaml", survey);
    sources.add_builtin("content/evaluations/one/releases/2025.yaml", release);
    let examined = examine(&sources, &mut Diagnostics::new());
    let looked =
        examined.iter().filter_map(|examined| examined.report.as_ref()).flat_map(|report| &report.looked);
    let of = |looked: &mentorpress::evaluation::Looked| -> Vec<(String, String, String, String)> {
        let counts = looked.counts.iter().map(|count| {
            let told =
                (count.determined, count.values, count.insider, count.certain, count.given_away.is_some());
            (count.answer.clone(), format!("{told:?}"))
        });
        // Of two sets that are the rest of each other one is told, and which depends on the order.
        let open = looked.sums.iter().any(|sums| sums.is_given_away);
        let sums = std::iter::once((String::new(), format!("{open} {:?}", looked.trouble)));
        counts
            .chain(sums)
            .map(|(answer, told)| (looked.question.clone(), looked.group.clone(), answer, told))
            .collect()
    };
    looked.flat_map(of).collect()
}

fn told_apart(verdict: &Verdict, rename: &impl Fn(&str) -> String) -> Verdict {
    let renamed = verdict.iter().map(|(question, group, answer, told)| {
        (rename(question), group.clone(), rename(answer), told.clone())
    });
    renamed.collect()
}

/// The options of each question in the other order.
fn reversed(survey: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut options: Vec<&str> = Vec::new();
    for line in survey.lines() {
        if line.starts_with("      - {id: o") {
            options.insert(0, line);
            continue;
        }
        lines.append(&mut options);
        lines.push(line);
    }
    lines.join("\n") + "\n"
}
