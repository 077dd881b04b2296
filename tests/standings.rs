//! Where people stand: the table of states, what the summary counts, and what changes next; of mentors and of the committee.

mod support;

use mentorpress::directory::STANDINGS;
use std::fmt::Write;
use support::{Run, Site, TODAY, VOCABULARY, mentor, tree};

fn record(id: &str, more: &str, changes: &[(&str, &str)]) -> String {
    let mut text = mentor(&format!("Dr Sample {id}"), more);
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

/// One person in each state.
fn site() -> Site {
    let review = "review_by: 2027-01-10";
    let status = "status: listed";
    let consent = "consent: {profile: {given: 2026-01-10, wording: v1}}";
    let people = [
        ("listed", String::new(), vec![]),
        ("full", "taken: 2\n".to_owned(), vec![]),
        ("due", String::new(), vec![(review, "review_by: 2026-11-20")]),
        ("registered", String::new(), vec![(status, "status: registered")]),
        ("paused", "until: 2026-12-01\n".to_owned(), vec![(status, "status: paused")]),
        ("back", "until: 2026-11-21\n".to_owned(), vec![(status, "status: paused")]),
        ("overdue", String::new(), vec![(review, "review_by: 2026-01-10")]),
        ("early", String::new(), vec![("given: 2026-01-10", "given: 2026-12-01")]),
        (
            "ended",
            String::new(),
            vec![(consent, "consent: {profile: {given: 2026-01-10, withdrawn: 2026-11-21}}")],
        ),
        ("mentee", String::new(), vec![("roles: [mentor]\ncapacity: 2", "roles: [mentee]")]),
    ];
    let mut site = Site::small("standings").file("content/vocabulary.yaml", VOCABULARY);
    for (id, more, changes) in people {
        site = site.file(&format!("content/mentors/{id}.yaml"), &record(id, &more, &changes));
    }
    site.file("content/mentors/withdrawn.yaml", "id: withdrawn\nstatus: withdrawn\non: 2026-11-01\n")
}

#[test]
fn the_documentation_has_the_table_of_states() {
    let docs = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/formats.md"))
        .expect("the formats");
    let mut table = String::new();
    for state in STANDINGS {
        let public = if state.is_public { "yes" } else { "no" };
        writeln!(table, "| {} | {} | {public} | {} |", state.word, state.who, state.way_out).expect("a text");
    }
    assert!(docs.contains(&table), "docs/formats.md should have\n{table}");
}

#[test]
fn the_summary_counts_every_state_and_names_the_next_change() {
    site()
        .run(&["build"])
        .expect_code(0)
        .expect("4 mentors listed")
        .expect("People: 4 listed (1 full, 1 due for review), 1 registered, 1 paused, 1 overdue, 2 without consent, 1 withdrawn, 1 not shown.\n")
        .expect("Next change by date: 2026-12-01: early is listed, by consent; paused is listed again after a pause.");
    let json: serde_json::Value =
        serde_json::from_str(&site().run(&["build", "--format", "json"]).stdout).expect("JSON");
    assert_eq!(json["people"]["listed"], 4, "{json}");
    assert_eq!(json["people"]["without consent"], 2);
}

#[test]
fn what_some_agreed_to_and_others_did_not_is_said() {
    let asked = Site::with_people("asked");
    let run = asked.build();
    assert!(!run.stdout.contains("By consent"), "nobody was asked: {}", run.stdout);
    asked.edit(
        "content/mentors/amara.yaml",
        "{profile:",
        "{search: {given: 2026-01-10}, social: {given: 2026-01-10, withdrawn: 2026-03-01}, profile:",
    );
    asked.build().expect(
        "By consent: data for search engines for 1 of 2 mentors, a card for sharing for 0 of 2 mentors; the others have not agreed.\n",
    );
}

#[test]
fn a_new_wording_names_everybody_who_must_be_asked_again_in_one_warning() {
    let site = Site::small("wording").file("content/vocabulary.yaml", VOCABULARY);
    for n in 10..35 {
        site.write(&format!("content/mentors/m{n}.yaml"), &mentor(&format!("Dr Sample M{n}"), ""));
    }
    site.edit(
        "content/site.yaml",
        "contact:",
        "consent: {profile: {current: v2, text: consent.md}}\ncontact:",
    );
    site.run(&["build"]).expect_code(1).expect("there is no page content/consent.md with the wording v2");
    site.write("content/consent.md", "---\ntitle: What you agree to\n---\n\nTo a profile.\n");
    let run = site.build();
    assert_eq!(run.stderr.matches("[consent-older-wording]").count(), 1, "{}", run.stderr);
    run.expect("25 people agreed to another wording of the consent to `profile` than v2")
        .expect("Dr Sample M10 (v1, content/mentors/m10.yaml:9)")
        .expect("and 5 more")
        .expect("mentorpress mentors list --ask-again");
}

#[test]
fn a_consent_cannot_end_before_it_begins() {
    let site = Site::with_people("ends");
    site.edit("content/mentors/amara.yaml", "wording: v1", "withdrawn: 2025-12-31");
    site.run(&["build"])
        .expect_code(1)
        .expect("a consent withdrawn on 2025-12-31, before it was given on 2026-01-10");
}

const NAME: &str = "Prof. Sample Chair";

/// One person a file, and a list with two of the committee, in one folder.
fn committee(changes: &[(&str, &str)]) -> (Site, Run) {
    let mut chair = mentor(NAME, "").replace("roles: [mentor]\ncapacity: 2\n", "roles: [committee]\n");
    for (from, to) in changes {
        assert!(chair.contains(from), "{from}");
        chair = chair.replace(from, to);
    }
    let item = |id: &str, text: &str| format!("- id: {id}\n  {}\n", text.trim_end().replace('\n', "\n  "));
    let other = mentor("Dr Sample Treasurer", "").replace("roles: [mentor]", "roles: [mentor, committee]");
    let site = Site::with_people("committee")
        .file("content/mentors/committee.yaml", &(item("chair", &chair) + &item("treasurer", &other)))
        .file(
            "content/committee.md",
            "---\ntitle: Who we are\n---\n\nOur chair is :person[chair].\n\n::people{role=committee}\n",
        );
    let run = site.run(&["build", "--date", TODAY]);
    (site, run)
}

#[test]
fn the_committee_is_held_to_the_same_consent_and_dates() {
    let (site, run) = committee(&[]);
    run.expect_code(0);
    let page = site.page("committee/index.html");
    assert!(page.contains("Prof. Sample Chair") && page.contains("Dr Sample Treasurer"), "{page}");
    for (changes, warning, words) in [
        (vec![("status: listed", "status: paused")], "person-not-public", "one of the committee"),
        (vec![("status: listed", "status: withdrawn")], "person-not-public", "a former committee member"),
        (vec![("review_by: 2027-01-10", "review_by: 2025-01-10")], "review-overdue", "one of the committee"),
        (vec![("wording: v1", "withdrawn: 2026-11-01")], "consent-missing", "one of the committee"),
    ] {
        let (site, run) = committee(&changes);
        run.expect_code(0).expect(warning);
        let page = site.page("committee/index.html");
        assert!(page.contains(words) && page.contains("Dr Sample Treasurer"), "{page}");
        for (path, bytes) in site.public() {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(!text.contains("Sample Chair"), "{path} after {changes:?}");
        }
    }
}

#[test]
fn people_may_live_outside_the_site() {
    let site = Site::with_people("outside");
    let outside = Site::empty("outside-people");
    for (path, bytes) in tree(&site.root().join("content/mentors")) {
        outside.bytes(&format!("mentors/{path}"), &bytes);
        site.remove(&format!("content/mentors/{path}"));
    }
    let folder = outside.root().join("mentors");
    site.edit(
        "content/site.yaml",
        "contact:",
        &format!("directory: {{mentors: {}}}\ncontact:", folder.display()),
    );
    site.build().expect("2 mentors listed");
    // What is wrong with a file there is said with the path that was typed.
    outside.write("mentors/chen.yaml", "name: Dr Sample Chen\n");
    site.run(&["build"]).expect_code(1).expect(&format!("--> {}/chen.yaml:1:1", folder.display()));
}
