//! Releases that break their policy, or that no answers could give: each its exit code and finding.

mod support;

use support::{RELEASE, SURVEY, Site};

const FILE: &str = "content/evaluations/aimms/releases/2023.yaml";

/// A site whose survey and release were edited.
fn edited(survey: &[(&str, &str)], release: &[(&str, &str)]) -> Site {
    let apply = |text: &str, edits: &[(&str, &str)]| {
        edits.iter().fold(text.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "no {from}");
            text.replacen(from, to, 1)
        })
    };
    let site = Site::with_survey("policy");
    site.write("content/evaluations/aimms/survey.yaml", &apply(SURVEY, survey));
    site.write(FILE, &apply(RELEASE, release));
    site
}

#[track_caller]
fn breaks(code: i32, finding: &str, survey: &[(&str, &str)], release: &[(&str, &str)]) {
    let run = edited(survey, release).run(&["build"]).expect_code(code);
    assert!(run.stderr.contains(finding), "no `{finding}` in\n{}", run.console());
}

const NUMBER: (&str, &str) = (
    "disclosure:",
    "  - {id: met, ask: How often?, type: number, asked_of: [mentee], bins: {few_times: [1, 3], often: [4, 9]}, show: bins}\ndisclosure:",
);

#[test]
fn policy_breaches_are_exit_3() {
    breaks(
        3,
        "error[policy-band]: `contacts` is 1, rounded to 1",
        &[],
        &[("contacts: few", "contacts: {rounded: 1, to: 1}")],
    );
    let many = ("mentee: {answered: 12}", "mentee: {answered: 25}");
    let rest = ("{\"yes\": 8, \"no\": 4}", "{\"yes\": 8, \"no\": 17}");
    breaks(
        3,
        "error[policy-band]: `contacts` is 1 of 25",
        &[],
        &[many, rest, ("contacts: few", "contacts: {percent: 4}")],
    );
    breaks(
        3,
        "error[policy-band]: `contacts` is 24 of 25",
        &[],
        &[many, rest, ("contacts: few", "contacts: {percent: 96}")],
    );
    edited(&[], &[many, rest, ("contacts: few", "contacts: {percent: 40}")]).build();
    breaks(
        3,
        "`met` shows several bins of one answer",
        &[NUMBER],
        &[("answers:", "answers:\n  met: {mentee: {bins: {few_times: 5, often: 7}}}")],
    );
    edited(&[NUMBER], &[("answers:", "answers:\n  met: {mentee: {bins: {few_times: 5}}}")]).build();
    // A base that nobody reported cannot be held to a floor.
    breaks(
        3,
        "a number that is not reported answered",
        &[],
        &[("mentor: {answered: 10}", "mentor: {answered: not-reported}")],
    );
}

/// Of twelve people with a band of 3 exact counts are 3 to 9: the judge says so of each count by itself, before any audit.
#[test]
fn exact_counts_begin_at_the_band() {
    for (count, is_exact) in [(0, false), (2, false), (3, true), (9, true), (10, false), (12, false)] {
        let site = edited(&[], &[("contacts: few", &format!("contacts: {count}"))]);
        let run = site.run(&["build"]).expect_code(if is_exact { 0 } else { 3 });
        let is_told = run.stderr.contains(&format!("error[policy-band]: `contacts` is {count} of 12"));
        assert_eq!(is_told, !is_exact, "{}", run.console());
    }
}

#[test]
fn an_exception_lets_its_cells_through_and_is_printed() {
    let exception = "disclosure: {policy: small-survey, reason: agreed, approved_by: the committee, minutes: \"7 May\", exceptions: [{cells: \"*/wanted/mentee\", reason: all agreed, approved_by: the committee}]}";
    let site =
        edited(&[], &[("disclosure: {policy: small-survey}", exception), ("contacts: few", "contacts: 2")]);
    site.build();
    assert!(
        site.page("reports/aimms/2023/index.html")
            .contains("What do you hope for?, Mentees: all agreed (decided by the committee)")
    );
    breaks(
        3,
        "error[policy-band]",
        &[],
        &[
            ("disclosure: {policy: small-survey}", &exception.replace("wanted", "recommend")),
            ("contacts: few", "contacts: 2"),
        ],
    );
}

#[test]
fn what_no_answers_could_give_is_exit_1() {
    // Of twelve who gave one answer each, eight and fewer than three are at most ten.
    breaks(1, "these counts stand for 8 to 10", &[], &[("\"no\": 4", "\"no\": few")]);
    breaks(
        3,
        "the bins of `met` hold 18, and 12 answered",
        &[NUMBER],
        &[("answers:", "answers:\n  met: {mentee: {bins: {few_times: 9, often: 9}}}")],
    );
    breaks(1, "error[count-above-base]", &[], &[("contacts: few", "contacts: 4294967295")]);
    breaks(1, "error[wrong-type]", &[], &[("contacts: few", "contacts: 4294967296")]);
    breaks(
        1,
        "`show` names everyone and a group",
        &[("    type: choose-one\n", "    type: choose-one\n    show: {everyone: counts, mentee: counts}\n")],
        &[],
    );
    breaks(
        1,
        "error[policy-statement]: `as-published` needs `reason`",
        &[],
        &[(
            "disclosure: {policy: small-survey}",
            "disclosure: {policy: as-published, source: x, reason: \"\", approved_by: y}",
        )],
    );
}

#[test]
fn numbers_that_would_overflow_are_findings() {
    let none = (
        "      - {id: contacts",
        "      - {id: none, label: None, exclusive: true}\n      - {id: nil, label: Nil, exclusive: true}\n      - {id: contacts",
    );
    breaks(
        1,
        "error[count-above-base]",
        &[none],
        &[
            ("advice: 7,", "advice: 7, none: 4294967295, nil: 4294967295,"),
            ("mentor: {counts: {contacts: 5}}", "mentor: {counts: {none: few, nil: few, contacts: 5}}"),
        ],
    );
    let stars = (
        "disclosure:",
        "  - {id: stars, ask: How many?, type: number, asked_of: [mentee], show: [mean, range]}\ndisclosure:",
    );
    breaks(
        3,
        "error[wrong-type]",
        &[stars],
        &[("answers:", "answers:\n  stars: {mentee: {mean: 1844674407370955161, min: 1.0001, max: 2}}")],
    );
    let many = ("mentee: {answered: 12}", "mentee: {answered: 4294967295}");
    breaks(
        3,
        "error[count-above-base]: 999999999.9999 per cent",
        &[],
        &[many, ("contacts: few", "contacts: {percent: 999999999.9999}")],
    );
    breaks(
        1,
        "error[totals-do-not-fit]",
        &[],
        &[many, ("{\"yes\": 8, \"no\": 4}", "{\"yes\": nearly-all, \"no\": nearly-all}")],
    );
}
