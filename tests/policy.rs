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

/// The worked example: nine mentees and four mentors, of whom nothing is shown.
const MENTEES: &str = "mentee: {counts: {advice: 4, contacts: 4}}";
const WITHHELD: &str = "mentor: withheld";
const EVERYONE: &str = "everyone: {answered: 13, counts: {advice: 5, contacts: 4}}";

/// Its site: what `show` says, the policy, and what the release says of everyone and of groups.
fn with_totals(show: &str, policy: &str, answers: &[&str]) -> Site {
    let question = "  - id: wanted
    ask: What do you hope for?
    type: choose-all
    options: [{id: advice, label: Advice}, {id: contacts, label: Contacts}]
    show: ";
    let (head, rest) = SURVEY.split_once("  - id: wanted\n").expect("a question");
    let (_, tail) = rest.split_once("disclosure:").expect("a policy");
    let survey =
        format!("{head}{question}{show}\ndisclosure:{tail}").replace("{policy: small-survey}", policy);
    let (head, _) = RELEASE.split_once("answers:\n").expect("answers");
    let head = head
        .replace("{answered: 12}", "{answered: 9}")
        .replace("{answered: 10}", "{answered: 4}")
        .replace("{policy: small-survey}", policy);
    let answers: String = answers.iter().map(|answer| format!("    {answer}\n")).collect();
    let site = Site::with_survey("totals");
    site.write("content/evaluations/aimms/survey.yaml", &survey);
    site.write(FILE, &format!("{head}answers:\n  wanted:\n{answers}"));
    site.write(
        "content/evaluations/aimms/reports/2023.md",
        "---\ntitle: Evaluation 2023\nkind: report\ndate: 2023-09-01\n---\n\n::table{questions=wanted caption=\"Hopes\"}\n\nSee :ref[table-wanted].\n",
    );
    site
}

const BOTH: &str = "{mentee: counts, mentor: counts, everyone: counts}";
const OMIT: &str = "{policy: small-survey}";
const SHOW: &str = "{policy: small-survey, totals: show}";

#[test]
fn everyone_beside_groups_has_to_be_asked_for() {
    with_totals(BOTH, OMIT, &[MENTEES, WITHHELD])
        .run(&["build"])
        .expect_code(1)
        .expect("error[unknown-value]: `show` names everyone and a group")
        .expect("totals: show");
    with_totals("{mentee: counts, everyone: counts}", SHOW, &[MENTEES, EVERYONE])
        .run(&["build"])
        .expect_code(3)
        .expect("error[missing-key]: `show` does not say what is shown of `mentor`");
    // Everyone alone needs no key, and stands in one column as before.
    with_totals("{everyone: counts}", OMIT, &[EVERYONE]).build();
    // A release of a time when totals were left out.
    let site = with_totals(BOTH, SHOW, &[MENTEES, WITHHELD, EVERYONE]);
    site.edit(FILE, SHOW, OMIT);
    site.run(&["build"]).expect_code(1).expect(
        "error[release-shape]: `wanted` is given of everyone beside groups, and this release omits totals",
    );
    // Both of a pair answer: everyone is not the groups together.
    let site = with_totals(BOTH, SHOW, &[MENTEES, WITHHELD, EVERYONE]);
    site.edit(
        "content/evaluations/aimms/survey.yaml",
        "    type: choose-all",
        "    unit: pairs\n    type: choose-all",
    );
    site.run(&["build"]).expect_code(1).expect("a pair is of both groups");
}

/// Five less four is a mentor: whatever the order in which a release says so.
#[test]
fn a_total_that_tells_of_a_group_is_refused() {
    for answers in
        [[MENTEES, WITHHELD, EVERYONE], [EVERYONE, MENTEES, WITHHELD], [WITHHELD, EVERYONE, MENTEES]]
    {
        let run = with_totals(BOTH, SHOW, &answers).run(&["build"]).expect_code(3);
        assert!(run.stderr.contains("error[disclosure-determined]"), "{}", run.console());
        assert!(run.stderr.contains("(everyone) - 4 (mentee)"), "{}", run.console());
    }
}

#[test]
fn a_total_that_is_not_the_groups_together_is_a_finding() {
    for policy in [SHOW, IN_PRINT] {
        for (from, to, finding) in [
            (
                "advice: 5",
                "advice: 3",
                "`wanted` of everyone: `advice` is 3, and of the groups together 4 to 8",
            ),
            (
                "advice: 5",
                "advice: 9",
                "`wanted` of everyone: `advice` is 9, and of the groups together 4 to 8",
            ),
            ("13", "12", "`wanted` of everyone: 12 answered, and of the groups together 13"),
        ] {
            with_totals(BOTH, policy, &[MENTEES, WITHHELD, &EVERYONE.replace(from, to)])
                .run(&["build"])
                .expect_code(1)
                .expect(&format!("error[totals-do-not-fit]: {finding}"));
        }
    }
}

const IN_PRINT: &str = "{policy: as-published, source: \"doi:10.1234/sample\", reason: In print., approved_by: us, totals: show}";

#[test]
fn a_total_stands_in_the_last_column() {
    let large = "mentor: {counts: {advice: 4, contacts: 5}}";
    let everyone = "everyone: {answered: 19, counts: {advice: 8, contacts: 9}}";
    for policy in [SHOW, IN_PRINT] {
        let site = with_totals(BOTH, policy, &[everyone, large, MENTEES]);
        site.edit(FILE, "{answered: 4}", "{answered: 10}");
        site.build();
        let csv = site.page("reports/aimms/2023/data/wanted.csv");
        assert_eq!(
            csv,
            "option,mentee,mentor,everyone\r\nadvice,4,4,8\r\ncontacts,4,5,9\r\nanswered,9,10,19\r\n"
        );
        let page = site.page("reports/aimms/2023/index.html");
        let order: Vec<Option<usize>> =
            [">Mentees", ">Mentors", ">Everyone"].map(|head| page.find(head)).to_vec();
        assert!(order.windows(2).all(|pair| pair[0].is_some() && pair[0] < pair[1]), "{page}");
    }
}

/// What the audit finds does not hang on where in a release everyone is written.
#[test]
fn where_everyone_is_written_changes_nothing_of_the_audit() {
    let looked = |answers: &[&str]| {
        let site = with_totals(BOTH, IN_PRINT, answers);
        let survey = site.source("content/evaluations/aimms/survey.yaml");
        site.write("content/evaluations/aimms/survey.yaml", &survey.replace("choose-all", "choose-one"));
        let run = site.run(&["audit", "--format", "json"]).expect_code(0);
        let (_, releases) = run.stdout.split_once("\"releases\"").expect("releases");
        releases.to_owned()
    };
    let (mentee, mentor) = ("mentee: {counts: {advice: nearly-all, contacts: few}}", "mentor: withheld");
    let everyone = "everyone: {answered: 13, counts: {advice: nearly-all, contacts: few}}";
    let expected = looked(&[mentee, mentor, everyone]);
    assert!(expected.contains("mentor"), "{expected}");
    for answers in [[everyone, mentee, mentor], [mentee, everyone, mentor]] {
        assert_eq!(looked(&answers), expected);
    }
}
