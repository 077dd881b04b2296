//! Where people stand, day by day, and what a build says of them.

mod support;

use support::{Site, VOCABULARY, WORDING, mentor, run_in};

/// Lines of the summary.
fn summary(site: &Site, date: &str) -> String {
    site.run(&["build", "--date", date]).expect_code(0).stdout
}

fn is_public(site: &Site) -> bool {
    site.has("mentors/amara/index.html")
}

#[test]
fn one_person_goes_through_every_state() {
    let site = Site::with_people("life");
    site.remove("content/mentors/bina.yaml");
    let record = "content/mentors/amara.yaml";
    let said = |date: &str, states: &str, public: bool| {
        let said = summary(&site, date);
        assert!(said.contains(&format!("Mentors: {states}.\n")), "{said}");
        assert_eq!(is_public(&site), public, "{states}");
        said
    };
    site.edit(record, "status: listed", "status: registered");
    said("2026-11-21", "1 registered", false);
    site.edit(record, "status: registered", "status: listed\ntaken: 1");
    let next = said("2026-11-21", "1 listed", true);
    assert!(next.ends_with("Next change by date: 2027-01-10: amara is due for review.\n"), "{next}");
    site.edit(record, "taken: 1", "taken: 2");
    said("2026-11-21", "1 listed (1 full)", true);
    let next = said("2027-01-10", "1 listed (1 full, 1 due for review)", true);
    assert!(next.ends_with("2027-03-12: amara is left out, the review being overdue.\n"), "{next}");
    said("2027-03-11", "1 listed (1 full, 1 due for review)", true);
    said("2027-03-12", "1 overdue", false);
    site.edit(record, "status: listed", "status: paused\nuntil: 2026-12-15");
    let next = said("2026-11-21", "1 paused", false);
    assert!(next.ends_with("2026-12-15: amara is listed again after a pause.\n"), "{next}");
    said("2026-12-15", "1 listed (1 full)", true);
    site.edit(record, "given: 2026-01-10,", "given: 2026-01-10, withdrawn: 2026-12-10,");
    let next = said("2026-11-21", "1 paused", false);
    assert!(!next.contains("Next change"), "who has no consent by then does not come back: {next}");
    said("2026-12-15", "1 without consent", false);
    site.edit(record, "status: paused\nuntil: 2026-12-15", "status: listed");
    let next = said("2026-11-21", "1 listed (1 full)", true);
    assert!(next.ends_with("2026-12-10: amara is left out, the consent having ended.\n"), "{next}");
    site.edit(record, "roles: [mentor]", "roles: [mentee]");
    let next = summary(&site, "2026-11-21");
    assert!(next.contains("Mentees: 1 not shown.\n") && !next.contains("Next change"), "{next}");
    site.write(record, "status: withdrawn\non: 2026-11-21\n");
    said("2026-11-21", "1 withdrawn", false);
}

#[test]
fn a_consent_that_is_still_to_come_lists_her_on_its_day() {
    let site = Site::with_people("ahead");
    site.edit("content/mentors/amara.yaml", "given: 2026-01-10", "given: 2026-12-01");
    let said = summary(&site, "2026-11-21");
    assert!(said.contains("Mentors: 1 listed, 1 without consent.\n"), "{said}");
    assert!(said.ends_with("Next change by date: 2026-12-01: amara is listed, by consent.\n"), "{said}");
    assert!(!is_public(&site));
    site.run(&["build", "--date", "2026-12-01"]).expect_code(0);
    assert!(is_public(&site));
}

#[test]
fn three_people_are_named_and_more_are_counted() {
    let site = Site::with_people("named");
    site.write("content/mentors/chen.yaml", &mentor("Dr Sample Chen", ""));
    let said = summary(&site, "2026-11-21");
    assert!(said.ends_with("2027-01-10: amara, bina and chen are due for review.\n"), "{said}");
    site.write("content/mentors/dalia.yaml", &mentor("Dr Sample Dalia", ""));
    let said = summary(&site, "2026-11-21");
    assert!(said.ends_with("2027-01-10: 4 profiles are due for review.\n"), "{said}");
    let photo = "profile: {given: 2026-01-10, wording: v1}, search: {given: 2026-12-24}";
    site.edit("content/mentors/dalia.yaml", "profile: {given: 2026-01-10, wording: v1}", photo);
    let said = summary(&site, "2026-11-21");
    assert!(
        said.ends_with("2026-12-24: dalia is shown otherwise, by a consent that begins or ends.\n"),
        "{said}"
    );
}

#[test]
fn states_and_agreements_are_in_the_json_too() {
    let site = Site::with_people("states-json");
    let plain = summary(&site, "2026-11-21");
    assert!(!plain.contains("search engines"), "nobody was asked: {plain}");
    let both = "consent: {search: {given: 2026-02-01}, social: {given: 2026-02-01, withdrawn: 2026-03-01}, ";
    site.edit("content/mentors/amara.yaml", "consent: {", both);
    let said = summary(&site, "2026-11-21");
    assert!(
        said.contains(
            "Data for search engines for 1 of 2 profiles, social cards for 0; the others have not agreed.\n"
        ),
        "{said}"
    );
    let run = site.run(&["check", "--format", "json"]).expect_code(0);
    let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(document["people"]["mentors"]["listed"], 2);
    assert_eq!(document["people"]["committee"], serde_json::json!({}));
    assert_eq!(document["people"]["agreed"], serde_json::json!({"profiles": 2, "search": 1, "social": 0}));
    assert_eq!(document["next"]["what"][0], "amara and bina are due for review");
}

#[test]
fn a_new_wording_lists_who_must_be_asked_again_once_for_each_purpose() {
    let site = Site::small("wording").file("content/vocabulary.yaml", VOCABULARY);
    let consents = "consent: {photo: {given: 2026-01-10, wording: p1}, profile: ";
    for n in 10..35 {
        let record = mentor(&format!("Dr Sample Number{n}"), "").replace("consent: {profile: ", consents);
        site.write(&format!("content/mentors/m{n}.yaml"), &record);
    }
    // Whoever has the new wording, or has gone, need not be asked.
    site.edit("content/mentors/m11.yaml", "wording: v1", "wording: v2");
    site.write("content/mentors/m12.yaml", "status: withdrawn\n");
    site.edit("content/mentors/m13.yaml", "wording: v1", "wording: v1, withdrawn: 2026-02-01");
    // Whoever waits to be listed has to be.
    site.edit("content/mentors/m14.yaml", "status: listed", "status: registered");
    site.edit("content/mentors/m15.yaml", ", wording: v1", "");
    site.edit(
        "content/site.yaml",
        "contact:",
        "consent:\n  profile: {current: v2, text: consent.md}\n  photo: {current: p1}\n  social: {current: s1}\ncontact:",
    );
    site.write("content/consent.md", WORDING);
    let run = site.build();
    assert_eq!(run.stderr.matches("[consent-older-wording]").count(), 1, "{}", run.console());
    assert!(run.stderr.contains("22 people agreed to another wording of the consent to `profile` than v2"));
    for text in [
        "--> content/site.yaml:6:22",
        "Dr Sample Number10 (v1, content/mentors/m10.yaml:9)",
        "Dr Sample Number14 (v1, content/mentors/m14.yaml:9)",
        "Dr Sample Number15 (no wording, content/mentors/m15.yaml:1)",
        "and 2 more",
        "mentorpress mentors list --ask-again",
    ] {
        assert!(run.stderr.contains(text), "no {text} in\n{}", run.stderr);
    }
    for absent in ["Number11 ", "Number12 ", "Number13 (v1"] {
        let list = run.stderr.split("[consent-older-wording]").nth(1).expect("the warning");
        assert!(!list.contains(absent), "{absent}\n{list}");
    }
}

#[test]
fn the_page_with_a_wording_must_be_there() {
    let site = Site::with_people("wording-page");
    site.edit("content/site.yaml", "contact:", "consent: {photo: {current: v1, text: consnt.md}}\ncontact:");
    site.write("content/consent.md", WORDING);
    site.run(&["build"])
        .expect_code(1)
        .expect("error[link-to-nowhere]: there is no page `consnt.md`, and it would be the wording of the consent to `photo`")
        .expect("did you mean `consent.md`?");
    site.edit("content/site.yaml", "consnt", "consent");
    assert!(!site.build().stderr.contains("consent.md"));
    site.edit("content/consent.md", "title: Consent", "title: Consent\ndraft: true");
    site.build().expect("warning[link-not-public]: `consent.md` is not public today (a draft)");
}

#[test]
fn a_consent_cannot_end_before_it_begins() {
    let site = Site::with_people("backwards");
    site.edit(
        "content/mentors/amara.yaml",
        "given: 2026-01-10,",
        "given: 2026-01-10, withdrawn: 2026-01-09,",
    );
    site.run(&["build"]).expect_code(1).expect(
        "error[bad-date]: the consent was withdrawn on 2026-01-09, before it was given on 2026-01-10",
    );
    site.edit("content/mentors/amara.yaml", "withdrawn: 2026-01-09", "withdrawn: 2026-01-10");
    site.build().expect("consent was withdrawn");
}

/// A member of the committee, in a list.
fn member(id: &str, name: &str) -> String {
    let record = mentor(name, "").replace("[mentor]", "[committee]").replace("capacity: 2\n", "");
    let lines: Vec<String> = record.lines().map(|line| format!("  {line}")).collect();
    format!("- id: {id}\n{}\n", lines.join("\n"))
}

#[test]
fn the_committee_has_the_same_consent_dates_and_withdrawal() {
    let list =
        format!("{}\n{}", member("valeria", "Dr Sample Valeria"), member("ximena", "Dr Sample Ximena"));
    let site = Site::with_people("committee")
        .file("content/mentors/team.yaml", &list)
        .file("content/mentors/wanda.yaml", &member("wanda", "Dr Sample Wanda").replace("- id", "  id").replace("\n  ", "\n").trim_start().replace("id: wanda\n", ""))
        .file("content/team.md", "---\ntitle: Team\n---\n\n::people{role=committee}\n\nAsk :person[valeria], :person[ximena] or :person[wanda].\n");
    let said = summary(&site, "2026-11-21");
    assert!(said.contains("Mentors: 2 listed. Committee: 3 listed.\n"), "{said}");
    let page = site.page("team/index.html");
    for name in ["Valeria", "Ximena", "Wanda"] {
        assert_eq!(page.matches(&format!("Dr Sample {name}")).count(), 2, "{page}");
    }
    let gone = |names: &[&str], there: &[&str], date: &str, states: &str| {
        let said = summary(&site, date);
        assert!(said.contains(&format!("Committee: {states}.\n")), "{said}");
        let page = site.page("team/index.html");
        for name in names {
            for (path, bytes) in site.public() {
                assert!(!String::from_utf8_lossy(&bytes).contains(name), "{name} in {path}");
            }
        }
        assert_eq!(page.matches("class=\"absent\"").count(), names.len(), "{page}");
        assert!(there.iter().all(|name| page.contains(name)), "{page}");
    };
    // One of a list is paused; her neighbour stays.
    site.edit("content/mentors/team.yaml", "status: listed", "status: paused\n  until: 2026-12-15");
    gone(&["Valeria"], &["Ximena", "Wanda"], "2026-11-21", "2 listed, 1 paused");
    gone(&[], &["Valeria", "Ximena", "Wanda"], "2026-12-15", "3 listed");
    // A file of her own, consent withdrawn.
    site.edit("content/mentors/wanda.yaml", "wording: v1", "wording: v1, withdrawn: 2026-11-20");
    gone(&["Valeria", "Wanda"], &["Ximena"], "2026-11-21", "1 listed, 1 paused, 1 without consent");
    // All too long past review.
    gone(&["Valeria", "Ximena", "Wanda"], &[], "2027-03-12", "2 overdue, 1 without consent");
    // What withdrawal leaves has no role any more.
    site.write(
        "content/mentors/team.yaml",
        &format!(
            "- {{id: valeria, status: withdrawn, on: 2026-11-21}}\n{}",
            member("ximena", "Dr Sample Ximena")
        ),
    );
    let said = summary(&site, "2026-11-21");
    assert!(
        said.contains("Mentors: 2 listed, 1 withdrawn. Committee: 1 listed, 1 without consent.\n"),
        "{said}"
    );
    assert!(!site.page("team/index.html").contains("Valeria"));
}

#[test]
fn people_and_their_photos_may_live_outside_the_site() {
    let outer = Site::empty("outer");
    for (path, text) in [
        ("site/content/site.yaml", format!("{}directory: {{mentors: ../private/mentors}}\n", support::SITE)),
        ("site/content/index.md", "---\ntitle: Home\n---\n\nAsk :person[amara].\n".to_owned()),
        ("site/content/vocabulary.yaml", VOCABULARY.to_owned()),
        ("private/mentors/amara.yaml", mentor("Dr Sample Amara", "photo: {file: amara.png}\n")),
        ("private/mentors/team.yaml", member("valeria", "Dr Sample Valeria")),
    ] {
        outer.write(path, &text);
    }
    let folder = outer.root().join("site");
    let build = || run_in(&folder, &["build", "--date", support::TODAY]);
    // The photo is looked for beside the record, wherever that is.
    build().expect_code(1).expect("there is no photo ../private/mentors/photos/amara.png");
    outer.bytes("private/mentors/photos/amar.png", b"no picture");
    build().expect_code(1).expect("did you mean `amar.png`?");
    outer.remove("private/mentors/photos/amar.png");
    outer.edit("private/mentors/amara.yaml", "photo: {file: amara.png}\n", "");
    // Nobody has made a site of an outside folder that git keeps: its own files are passed over.
    outer.write("private/mentors/.git/config", "[core]\n");
    build().expect_code(0).expect("Mentors: 1 listed. Committee: 1 listed.");
    assert!(outer.source("site/public/mentors/amara/index.html").contains("Dr Sample Amara"));
    // A finding names the file where it is.
    outer.edit("private/mentors/amara.yaml", "capacity: 2", "capacity: two");
    build().expect_code(1).expect("--> ../private/mentors/amara.yaml:7:11");
    outer.edit("private/mentors/amara.yaml", "capacity: two", "capacity: 2");
    // Gone is gone, and her name in the site's own pages is told.
    outer.write("private/mentors/amara.yaml", "name: Dr Sample Amara\nstatus: withdrawn\n");
    outer.edit("site/content/index.md", "Ask", "Dr Sample Amara is here. Ask");
    build().expect_code(0).expect("warning[named-elsewhere]").expect("content/index.md:5:4");
    assert!(!outer.root().join("site/public/mentors/amara").exists());
}
