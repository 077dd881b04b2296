//! Two attackers who were written apart. The one here goes through every way in which people can have answered, one sheet of
//! answers after the other, keeps those that would have been published in the same way, and reads off what can be told. It
//! knows nothing of equations. The other is the audit, which is handed the same survey and release as text. They agree on
//! every protected quantity of every random survey.
//!
//! `ATTACKS=100000 cargo test --test attackers` attacks more than ten thousand.
//!
//! What is published of a question is looked at together with nothing else, by both of them: a number who answered that is
//! rounded, and that several questions share, is one of several for each of them by itself. That is what the audit finds of the
//! sector's rules, and less than there is (`docs/disclosure.md`). Not attacked here, because they are too many to be gone
//! through: numbers who answered that are not reported at all.

#![allow(unreachable_pub, reason = "the parts of one test")]

#[path = "support/chance.rs"]
mod chance;
#[path = "attackers/enumerate.rs"]
mod enumerate;
#[path = "attackers/found.rs"]
mod found;
#[path = "attackers/model.rs"]
mod model;
#[path = "attackers/random.rs"]
mod random;
#[path = "attackers/scene.rs"]
mod scene;
#[path = "attackers/text.rs"]
mod text;

use chance::Random;
use enumerate::enumerate;
use found::{Count, Found};
use mentorpress::diagnostic::Diagnostics;
use mentorpress::evaluation::{Examined, Looked, Report, examine};
use mentorpress::source::Sources;
use model::{Attack, Base, Shown};
use random::attack;
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
    shown: BTreeMap<&'static str, usize>,
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
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    for (word, count) in tallies.iter().flat_map(|tally| &tally.shown) {
        *shown.entry(word).or_default() += count;
    }
    for word in SHOWN {
        assert!(shown.get(word).is_some_and(|count| *count * 200 >= all), "too few show {word}: {shown:?}");
    }
}

/// Everything that a release can say, each in one of two hundred surveys at least.
const SHOWN: [&str; 18] = [
    "count",
    "few",
    "nearly all",
    "mentioned",
    "percent",
    "rounded",
    "mean",
    "mean withheld",
    "end",
    "most",
    "hidden",
    "unpublished",
    "whole withheld",
    "range of points",
    "themes",
    "quotations",
    "rounded base",
    "low base",
];

/// What a survey's release says.
fn said(survey: &Attack) -> BTreeSet<&'static str> {
    let mut said = BTreeSet::new();
    for question in &survey.questions {
        for shown in &question.shown {
            match shown {
                Shown::Withheld => _ = said.insert("whole withheld"),
                Shown::Cells(cells) => said.extend(cells.iter().map(|(_, word)| word.name())),
            }
        }
        for base in &question.bases {
            match base {
                Base::Known(_) => {}
                Base::Rounded { .. } => _ = said.insert("rounded base"),
                Base::Low => _ = said.insert("low base"),
            }
        }
        for (is_said, word) in [
            (!question.bins.is_empty(), "range of points"),
            (question.kind == model::Kind::Text, "themes"),
            (question.other.as_ref().is_some_and(|(_, quoted)| quoted.iter().sum::<i64>() > 0), "quotations"),
        ] {
            if is_said {
                said.insert(word);
            }
        }
    }
    said
}

/// Surveys as files.
fn written<'s>(surveys: impl Iterator<Item = (&'s str, [&'s str; 3])>) -> Sources {
    let mut sources = Sources::default();
    for (id, [survey, release, quotes]) in surveys {
        let folder = format!("content/evaluations/{id}");
        sources.add_builtin(&format!("{folder}/survey.yaml"), survey);
        sources.add_builtin(&format!("{folder}/releases/2025.yaml"), release);
        if !quotes.is_empty() {
            sources.add_builtin(&format!("{folder}/quotes.yaml"), quotes);
        }
    }
    sources
}

fn files(survey: &Attack) -> [&str; 3] {
    [&survey.survey, &survey.release, &survey.quotes]
}

/// Hands surveys to the audit and to the enumerator.
fn compare(surveys: &[Attack], tally: &mut Tally) {
    let sources = written(surveys.iter().map(|survey| (survey.id.as_str(), files(survey))));
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
        let Some(report) = &examined[survey.id.as_str()].report else {
            let of_survey = |span| sources.place(span).contains(&format!("/{}/", survey.id));
            let why: Vec<String> = found
                .errors()
                .filter(|diagnostic| of_survey(diagnostic.span))
                .map(|diagnostic| format!("{}: {}", diagnostic.code.name(), diagnostic.message))
                .collect();
            tally.unjudged.push(format!("{}\n{}\n{}", why.join("\n"), survey.survey, survey.release));
            continue;
        };
        tally.agree(survey, report, refused.contains(survey.id.as_str()));
    }
}

impl Tally {
    /// Holds what the audit says of a survey against what can be told of it.
    fn agree(&mut self, survey: &Attack, report: &Report, is_refused: bool) {
        let text = || format!("\n{}", files(survey).join("\n"));
        let band = survey.policy.band;
        let actual = told(report);
        let bases = actual.counts.iter().map(|(of, count)| (of.clone(), count.base));
        let expected = enumerate(survey, &bases.collect());
        assert_eq!(actual, expected, "{}", text());
        let is_open = expected.is_open(band);
        assert_eq!(report.looked.iter().any(Looked::is_open), expected.leaks(band), "{}", text());
        if survey.policy.is_audited() {
            assert_eq!(is_refused, is_open, "{}", text());
        }
        self.quantities += expected.counts.len();
        *(if is_open { &mut self.refused } else { &mut self.passed }) += 1;
        for kind in expected.kinds(band) {
            *self.kinds.entry(kind).or_default() += 1;
        }
        for word in said(survey) {
            *self.shown.entry(word).or_default() += 1;
        }
    }
}

/// What the audit says, in the enumerator's words.
fn told(report: &Report) -> Found {
    let mut found = Found { mean: !report.means.is_empty(), ..Found::default() };
    for looked in &report.looked {
        assert_eq!(looked.trouble, None, "{}", looked.question);
        let (question, group) = (&looked.question, &looked.group);
        for count in &looked.counts {
            let told = Count {
                determined: count.determined,
                base: count.base,
                is_narrow: count.values < count.needed,
                values: count.values,
                insider: count.insider.map(|(values, needed)| (values < needed, values)),
                certain: count.certain,
            };
            found.counts.insert((question.clone(), group.clone(), count.answer.clone()), told);
        }
        for sums in &looked.sums {
            let answers: BTreeSet<String> = sums.answers.iter().cloned().collect();
            found.sums.insert((question.clone(), group.clone(), answers), sums.value);
        }
    }
    found
}

/// Other names, another order and a question that has nothing to do with it change no verdict.
#[test]
fn names_and_order_change_nothing() {
    for seed in 0..600 {
        let survey = attack(&mut Random::new(seed), seed);
        let expected = verdict(files(&survey));
        let rename = |text: &str| {
            text.replace("o0", "zebra").replace("o1", "ant").replace("q0", "why").replace("q1", "what")
        };
        let new = files(&survey).map(rename);
        let renamed = verdict(new.each_ref().map(String::as_str));
        assert_eq!(told_apart(&expected, &rename), renamed, "renamed\n{}\n{}", survey.survey, survey.release);

        let reversed = verdict([&reversed(&survey.survey), &survey.release, &survey.quotes]);
        assert_eq!(expected, reversed, "reversed\n{}\n{}", survey.survey, survey.release);

        let unrelated = "  - {id: unrelated, ask: What else?, type: choose-one, options: [{id: up, label: Up}, {id: down, label: Down}]}\ndisclosure:";
        let more = survey.survey.replacen("disclosure:", unrelated, 1);
        let groups: Vec<String> = ["a", "b"][..survey.questions[0].bases.len()]
            .iter()
            .map(|group| format!("{group}: withheld"))
            .collect();
        let release = survey.release.replace("answers: {}\n", "answers:\n");
        let release = format!("{release}  unrelated: {{{}}}\n", groups.join(", "));
        let mut with_more = verdict([&more, &release, &survey.quotes]);
        with_more.retain(|(question, ..)| question != "unrelated");
        assert_eq!(expected, with_more, "with more\n{more}\n{release}");
    }
}

/// Question, group, answer, and what is told of it.
type Verdict = BTreeSet<(String, String, String, String)>;

fn verdict(files: [&str; 3]) -> Verdict {
    let sources = written([("one", files)].into_iter());
    let examined = examine(&sources, &mut Diagnostics::new());
    let looked =
        examined.iter().filter_map(|examined| examined.report.as_ref()).flat_map(|report| &report.looked);
    let of = |looked: &Looked| -> Vec<(String, String, String, String)> {
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
