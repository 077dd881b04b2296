//! YAML as people write it who write little of it: each slip gets a message that says what to type.

mod support;

use support::{Site, mentor};

#[track_caller]
fn says(record: &str, expected: &str) {
    let site = Site::with_people("clinician").file("content/mentors/chen.yaml", record);
    let run = site.run(&["build"]).expect_code(1);
    assert!(run.stderr.contains(expected), "no `{expected}` in\n{}", run.console());
    assert_eq!(run.stderr.matches("error[").count(), 1, "one finding for one slip\n{}", run.console());
}

#[test]
fn each_slip_says_what_to_type() {
    let right = mentor("Dr Sample Chen", "");
    let with = |from: &str, to: &str| {
        assert!(right.contains(from));
        right.replace(from, to)
    };
    let slips = [
        (
            with("post: Lecturer", "post: Senior Lecturer #2"),
            "change the whole line to: post: \"Senior Lecturer #2\"",
        ),
        (
            with("post: Lecturer", "post: Reader: Public Health"),
            "put the text in quotes: change the whole line to: post: \"Reader: Public Health\"",
        ),
        (with("post: Lecturer", "post: “Lecturer”"), "change the whole line to: post: \"Lecturer\""),
        (with("post: Lecturer", "post: @home"), "a text that begins with `@` needs quotes"),
        (with("post: Lecturer", "post: [Lecturer"), "is not closed"),
        (with("post: Lecturer", "post:"), "write the value after the colon"),
        (with("capacity: 2", "capacity:2"), "change the whole line to: capacity: 2"),
        (
            with("disciplines: [public-health]", "disciplines: [, public-health]"),
            "take the comma out: change the whole line to: disciplines: [public-health]",
        ),
        (
            with("disciplines: [public-health]", "disciplines: [public-health,, cancer]"),
            "take the comma out: change the whole line to: disciplines: [public-health,cancer]",
        ),
        (with("capacity: 2", "capacity: two"), "change the whole line to: capacity: 2"),
        (
            with("capacity: 2", "capacity: \"2\""),
            "a number is written without quotes, and this is the text \"2\"",
        ),
        (
            with("capacity: 2", "capacity: 2.5"),
            "write the number in digits, without quotes, sign or decimals",
        ),
        (
            with("2027-01-10", "10/01/2027"),
            "if 10 January 2027 is meant (day first), change the whole line to: review_by: 2027-01-10; if",
        ),
        (with("2027-01-10", "31.01.2027"), "change the whole line to: review_by: 2027-01-31"),
        (with("2027-01-10", "2027-02-30"), "February 2027 has 28 days"),
        (with("status: listed", "status: Listed"), "change the whole line to: status: listed"),
        (with("status: listed", "marched: true\nstatus: listed"), "a person has no key `marched`"),
        (with("roles: [mentor]", "roles: mentor"), "change the whole line to: roles: [mentor]"),
        (with("roles: [mentor]", "roles: [Both]"), "change the whole line to: roles: [mentor, mentee]"),
        (
            with("institution: leeds", "institution: University of Leeds"),
            "change the whole line to: institution: leeds",
        ),
        (with("institution: leeds", "institution: [leeds]"), "write it without brackets and hyphens: leeds"),
        (
            with("disciplines: [public-health]", "disciplines: [public-health, ]\ninterests:\n-Cohorts"),
            "change the whole line to: - Cohorts",
        ),
        (with("disciplines: [public-health]", "disciplines: [public-health, ~]"), "`~` means nothing"),
        (
            with("disciplines: [public-health]", "disciplines: [Public Health]"),
            "write `public-health` in its place",
        ),
        (with("status: listed", "status: listed\nnoindex: yes"), "change the whole line to: noindex: true"),
        (format!("{right}bio: She works\non cohorts.\n"), "a text of several lines begins with a bar"),
        (format!("{right}\tbio: x\n"), "indent with two spaces instead of a tab"),
        (format!("{right}bio: |\n  Call <b>me</b>.\n"), "change `<b>me</b>` to: **me**"),
        (
            format!("{right}links: {{orcid: https://orcid.org/0000-0000-0000-0000}}\n"),
            "write it without the address before it: 0000-0000-0000-0000",
        ),
    ];
    for (record, expected) in slips {
        says(&record, expected);
    }
}

#[test]
fn what_is_no_slip_is_none() {
    let site = Site::with_people("no-slip");
    // A country code that other readers of YAML take for false, a number as a name, Windows line ends, odd spaces.
    let record = mentor(
        "Dr Sample\u{a0}Chen",
        "languages: [no, en]\ninterests: [2021, \"4.60\", yes]\npronouns: she/her # as she writes it\n",
    );
    site.bytes("content/mentors/chen.yaml", format!("\u{FEFF}{}", record.replace('\n', "\r\n")).as_bytes());
    site.build();
    let page = site.page("mentors/chen/index.html");
    assert!(page.contains("2021, 4.60, yes") && page.contains("Norwegian") | page.contains(">no<"), "{page}");
}
