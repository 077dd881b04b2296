//! A release that corrects another: the edition keeps its address, its figures are the corrected ones, and the page says
//! what changed and why; and the section that says how a report protects people and where its figures come from.

mod support;

use std::io::{Cursor, Read};
use support::{REPORT, Site};

const PAGE: &str = "reports/aimms/2023/index.html";
const CORRECTION: &str = "content/evaluations/aimms/releases/2023.2.yaml";

/// The release of the sample survey with one count changed, as a correction.
fn correction(number: u32, date: &str, from: &str, to: &str) -> String {
    let text = support::RELEASE.replace(from, to);
    assert_ne!(text, support::RELEASE, "the correction changes something");
    text.replacen(
        "edition: \"2023\"\n",
        &format!(
            "edition: \"2023.{number}\"\ncorrects: \"2023\"\ndate: {date}\nreason: Two answers were counted twice.\n"
        ),
        1,
    )
}

fn corrected(name: &str) -> Site {
    let report = REPORT.to_owned()
        + "\nMost would recommend it (:ref[table-recommend]).\n\n::table{questions=recommend}\n";
    Site::with_survey(name)
        .file("content/evaluations/aimms/reports/2023.md", &report)
        .file(CORRECTION, &correction(2, "2026-03-02", "advice: 7", "advice: 6"))
}

/// A member of a zip archive as text.
fn member(archive: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect("a member").read_to_string(&mut text).expect("UTF-8");
    text
}

#[test]
fn a_correction_takes_the_place_of_its_edition() {
    let site = corrected("corrected");
    site.build();
    let page = site.page(PAGE);
    assert!(
        page.contains("<strong>Corrected on 2 March 2026:</strong> Two answers were counted twice."),
        "{page}"
    );
    assert!(
        page.contains("<li>What do you hope for? (<a href=\"#table-wanted\">Table 1</a>)</li>"),
        "{page}"
    );
    assert!(!page.contains("<li>Would you recommend it? ("), "what did not change is not named");
    assert!(page.contains("hoped for by 6 of 12 mentees"), "bound numbers are the corrected ones");
    assert!(page.contains("<dd>one, on 2 March 2026</dd>"), "{page}");
    assert!(site.page("reports/aimms/2023/data/wanted.csv").contains("advice,6,not asked"));
    assert!(!site.has("reports/aimms/2023.2/index.html"), "no address of its own");
}

#[test]
fn the_files_of_a_report_say_what_was_corrected() {
    let site = corrected("corrected-files");
    site.build();
    let json: serde_json::Value =
        serde_json::from_str(&site.page("reports/aimms/2023/data/aimms-2023.json")).expect("JSON");
    assert_eq!(json["edition"], "2023");
    assert_eq!(
        json["corrections"],
        serde_json::json!([{"date": "2026-03-02", "reason": "Two answers were counted twice.", "changed": ["wanted"]}])
    );
    assert_eq!(json["generator"], concat!("Mentorpress ", env!("CARGO_PKG_VERSION")));
    let files = site.public();
    let document = member(&files["reports/aimms/2023/aimms-2023.docx"], "word/document.xml");
    assert!(document.contains("Corrected on 2 March 2026:") && document.contains("What do you hope for?"));
    let strings = member(&files["reports/aimms/2023/data/aimms-2023.xlsx"], "xl/sharedStrings.xml");
    let cover = "Two answers were counted twice. Figures that changed: What do you hope for?";
    assert!(strings.contains("Corrected on 2 March 2026:") && strings.contains(cover), "{strings}");
}

/// What was published by mistake is not said again.
#[test]
fn a_figure_that_was_corrected_is_in_no_file() {
    let site = corrected("old-value");
    let wrong = "mentor: {answered: 9, counts: {contacts: 4}}";
    site.edit("content/evaluations/aimms/releases/2023.yaml", "mentor: {counts: {contacts: 5}}", wrong);
    site.build();
    let files = site.public();
    let page = site.page(PAGE);
    let table = page.split("id=\"table-wanted\"").nth(1).and_then(|rest| rest.split("</table>").next());
    let table = table.expect("the table");
    assert!(table.contains("n = 10") && !table.contains("n = 9") && !table.contains("<td>4</td>"), "{table}");
    let json: serde_json::Value =
        serde_json::from_str(&site.page("reports/aimms/2023/data/aimms-2023.json")).expect("JSON");
    assert_eq!(json["questions"][0]["answered"]["mentor"], 10);
    // The correction may as well have been the first word: nothing else of the site tells them apart.
    site.edit("content/evaluations/aimms/releases/2023.yaml", wrong, "mentor: {counts: {contacts: 6}}");
    site.build();
    assert_eq!(files, site.public());
}

#[test]
fn a_correction_holds_from_its_day_on() {
    let site = corrected("from-its-day");
    let run = site.run(&["build", "--date", "2026-03-01"]).expect_code(0);
    run.expect("2026-03-02: a correction of aimms 2023 takes effect");
    let page = site.page(PAGE);
    assert!(!page.contains("Corrected on") && page.contains("hoped for by 7 of 12 mentees"), "{page}");
    assert!(page.contains("<dd>none</dd>"), "{page}");
    site.run(&["build", "--date", "2026-03-02"]).expect_code(0);
    assert!(site.page(PAGE).contains("hoped for by 6 of 12 mentees"));
}

#[test]
fn several_corrections_each_say_what_they_changed() {
    let second = correction(3, "2026-04-05", "\"yes\": 8, \"no\": 4", "\"yes\": 7, \"no\": 5");
    let site = corrected("several")
        .file("content/evaluations/aimms/releases/2023.3.yaml", &second.replace("advice: 7", "advice: 6"));
    site.build();
    let page = site.page(PAGE);
    let (later, earlier) = page.split_once("Corrected on 2 March 2026").expect("both notices");
    assert!(
        later.contains("Corrected on 5 April 2026") && later.contains("Would you recommend it? ("),
        "{later}"
    );
    assert!(!later.contains("<li>What do you hope for?"), "{later}");
    assert!(earlier.contains("<li>What do you hope for? ("), "{earlier}");
    assert!(page.contains("<dd>2, the last on 5 April 2026</dd>"), "{page}");
}

/// A correction is what readers see otherwise than before, and not how the file is written.
#[test]
fn the_same_figures_in_another_order_are_not_corrected() {
    let survey = "  - {id: improve, ask: What next?, type: text, themes: [{id: time, label: Time}, {id: place, label: Place}]}\ndisclosure:";
    let facts = "respondents: {mentee: {answered: 12, invited: 20}, mentor: {answered: 10, invited: 12}}";
    let more = "flow: {people: {applied: 30, took_part: 24}}\ntallies: {visits: 4, talks: 5}\nthemes: {improve: {everyone: {time: mentioned, place: mentioned}}}\n";
    let site = corrected("order-of-writing");
    site.edit("content/evaluations/aimms/survey.yaml", "disclosure:", survey);
    let first = "content/evaluations/aimms/releases/2023.yaml";
    for path in [first, CORRECTION] {
        site.edit(path, "respondents: {mentee: {answered: 12}, mentor: {answered: 10}}", facts);
        site.write(path, &(site.source(path) + more));
    }
    for (from, to) in [
        (
            "{mentee: {answered: 12, invited: 20}, mentor: {answered: 10, invited: 12}}",
            "{mentor: {answered: 10, invited: 12}, mentee: {answered: 12, invited: 20}}",
        ),
        ("{applied: 30, took_part: 24}", "{took_part: 24, applied: 30}"),
        ("{visits: 4, talks: 5}", "{talks: 5, visits: 4}"),
        ("{time: mentioned, place: mentioned}", "{place: mentioned, time: mentioned}"),
    ] {
        site.edit(CORRECTION, from, to);
    }
    let changed = |site: &Site| {
        site.build();
        let json: serde_json::Value =
            serde_json::from_str(&site.page("reports/aimms/2023/data/aimms-2023.json")).expect("JSON");
        json["corrections"][0]["changed"].clone()
    };
    assert_eq!(changed(&site), serde_json::json!(["wanted"]));
    // One word for all of them is a figure like each.
    site.edit(first, "{everyone: {time: mentioned, place: mentioned}}", "{everyone: unpublished}");
    site.edit(CORRECTION, "{everyone: {place: mentioned, time: mentioned}}", "{everyone: withheld}");
    assert_eq!(changed(&site), serde_json::json!(["wanted", "improve"]));
}

/// One that breaks the policy was published, and may still be found: it is judged like the one in force.
#[test]
fn every_release_of_an_edition_is_judged() {
    let site = corrected("judged");
    site.edit("content/evaluations/aimms/releases/2023.yaml", "contacts: few", "contacts: 1");
    site.run(&["build"]).expect_code(3).expect("releases/2023.yaml:8").expect("policy-band");
    let site = corrected("judged-ahead");
    site.edit(CORRECTION, "contacts: few", "contacts: 1");
    site.run(&["build", "--date", "2026-01-01"]).expect_code(3).expect("releases/2023.2.yaml");
}

/// The figures before a correction are known to be wrong: where it cannot be shown they are not shown instead.
#[test]
fn a_build_that_takes_down_does_not_go_back_to_wrong_figures() {
    let site = corrected("takedown");
    site.edit(CORRECTION, "contacts: few", "contacts: 1");
    site.run(&["build", "--takedown"]).expect_code(0);
    assert!(!site.has(PAGE), "neither the broken correction nor what it corrects");
    // So it is with one that cannot be read at all.
    let unreadable = corrected("takedown-unreadable");
    for bytes in [&b"edition: \"2023.2\"\ncorrects: [\n"[..], &b"\xff\xfee\x00d\x00"[..]] {
        unreadable.bytes(CORRECTION, bytes);
        unreadable.run(&["build", "--takedown"]).expect_code(0);
        assert!(!unreadable.has(PAGE), "the figures before it");
    }
    // Before its day it has no part in the figures.
    site.run(&["build", "--takedown", "--date", "2026-01-01"]).expect_code(0);
    assert!(site.page(PAGE).contains("hoped for by 7 of 12 mentees"));
}

/// Whoever wrote it meant to correct the edition, whatever the file is called.
#[test]
fn a_correction_that_is_named_wrongly_takes_its_edition_down_too() {
    let good = |date: &str| correction(2, date, "advice: 7", "advice: 6");
    let folder = "content/evaluations/aimms/releases/";
    let named = |name: &str, text: &str| {
        Site::with_survey("misnamed")
            .file("content/evaluations/aimms/reports/2023.md", REPORT)
            .file(&format!("{folder}{name}"), text)
    };
    let today = good("2026-03-02");
    let without_reason = today.replace("reason: Two answers were counted twice.\n", "");
    let corrects_the_second = today.replace("corrects: \"2023\"", "corrects: \"2023.2\"");
    for (name, text) in [
        ("2023b.yaml", &*today),
        ("2023b.yaml", &*without_reason),
        ("2023b.yaml", &*corrects_the_second),
        ("2023.02.yaml", &*today),
        ("2023.02.yaml", "edition: ["),
        ("2023.second.yaml", &*today),
        ("2023.2.yml", &*today),
        ("2023.2.yml", "edition: ["),
        ("correction.yml", &*today),
        ("2023.2.yaml.txt", &*today),
    ] {
        let site = named(name, text);
        assert_ne!(site.run(&["build"]).code, 0, "{name}");
        site.run(&["build", "--takedown"]).expect_code(0);
        assert!(!site.has(PAGE), "the figures that {name} was to correct");
    }
    // Before its day it has no part in the figures.
    for name in ["2023b.yaml", "2023.02.yaml", "2023.2.yml"] {
        let site = named(name, &today);
        site.run(&["build", "--takedown", "--date", "2026-03-01"]).expect_code(0);
        assert!(site.has(PAGE), "{name}");
    }
    // Nor has one of another edition.
    let other = named("2023b.yaml", &today.replace("corrects: \"2023\"", "corrects: \"2022\""));
    other.run(&["build", "--takedown"]).expect_code(0);
    assert!(other.has(PAGE));
}

/// Each file holds from its own day on, also where their days are in no order.
#[test]
fn a_broken_correction_is_not_hidden_by_one_that_is_to_come() {
    let site = corrected("ahead");
    site.edit(CORRECTION, "date: 2026-03-02", "date: 2026-09-01");
    site.write(
        "content/evaluations/aimms/releases/2023.3.yaml",
        &correction(3, "2026-04-01", "contacts: few", "contacts: 1"),
    );
    site.run(&["build", "--takedown", "--date", "2026-05-01"]).expect_code(0);
    assert!(!site.has(PAGE), "the third was to hold by then");
    site.run(&["build", "--takedown", "--date", "2026-03-01"]).expect_code(0);
    assert!(site.has(PAGE), "none was");
}

#[test]
fn corrections_are_named_and_dated_in_order() {
    let cases = [
        (
            "2023.3.yaml",
            correction(3, "2026-03-02", "advice: 7", "advice: 6"),
            "there is no 2023.2.yaml before 2023.3.yaml",
        ),
        (
            "2023.1.yaml",
            correction(1, "2026-03-02", "advice: 7", "advice: 6"),
            "a correction of `2023` is not named `2023.1`",
        ),
        (
            "2023.02.yaml",
            correction(2, "2026-03-02", "advice: 7", "advice: 6").replace("2023.2", "2023.02"),
            "a correction of `2023` is not named `2023.02`",
        ),
        (
            "2023.2.yaml",
            correction(2, "2026-03-02", "advice: 7", "advice: 6")
                .replace("corrects: \"2023\"", "corrects: \"2022\""),
            "there is no release `2022` to correct",
        ),
        (
            "2023.2.yaml",
            correction(2, "2026-03-02", "advice: 7", "advice: 6").replace("date: 2026-03-02\n", ""),
            "a release needs `date`",
        ),
        (
            "2023.2.yaml",
            support::RELEASE.replace("edition: \"2023\"", "edition: \"2023.2\""),
            "`2023.2` is named as a correction of `2023`, and does not say so",
        ),
    ];
    for (name, text, message) in cases {
        let site =
            Site::with_survey("order").file(&format!("content/evaluations/aimms/releases/{name}"), &text);
        site.run(&["build"]).expect_code(1).expect(message);
    }
    // Of the month that answers were collected in it may be; before it there was nothing to correct.
    let site = corrected("collected");
    site.edit(CORRECTION, "date: 2026-03-02", "date: 2023-07-01");
    site.build();
    site.edit(CORRECTION, "date: 2023-07-01", "date: 2023-06-30");
    site.run(&["build"])
        .expect_code(1)
        .expect("a correction of 2023-06-30, and answers were collected until 2023-07");
    let site = corrected("empty-reason");
    site.edit(CORRECTION, "reason: Two answers were counted twice.", "reason: \" \"");
    site.run(&["build"]).expect_code(1).expect("error[missing-key]: the reason of the correction is empty");
    let site = corrected("dates").file(
        "content/evaluations/aimms/releases/2023.3.yaml",
        &correction(3, "2026-02-01", "advice: 7", "advice: 5"),
    );
    site.run(&["build"])
        .expect_code(1)
        .expect("the correction before this one is dated 2026-03-02, which is later");
}

/// Everybody can hold the file against what the page says, whoever checked it out.
#[test]
fn the_hash_is_that_of_the_release_however_its_lines_end() {
    let site = Site::with_survey("hash");
    site.build();
    let page = site.page(PAGE);
    let stated = |page: &str| {
        let after = page.split("SHA-256 of the release</dt>").nth(1).expect("the hash");
        after.split(['<', '>']).find(|text| text.len() == 64).expect("64 digits").to_owned()
    };
    let hash = stated(&page);
    assert!(
        site.page("reports/aimms/2023/data/aimms-2023.json").contains(&format!("\"sha256\": \"{hash}\""))
    );
    // Of `RELEASE` in tests/support, by another program.
    assert_eq!(hash, SHA256_OF_RELEASE);
    let path = "content/evaluations/aimms/releases/2023.yaml";
    let text = "\u{feff}".to_owned() + &support::RELEASE.replace('\n', "\r\n");
    site.write(path, &text);
    site.build();
    assert_eq!(site.page(PAGE), page);
    site.edit(path, "advice: 7", "advice: 6");
    site.build();
    assert_ne!(stated(&site.page(PAGE)), hash);
}

const SHA256_OF_RELEASE: &str = "c501b472d65ea52e4823d48af8983784ed01f9fe48915e01e0e29a7c85a3f982";

#[test]
fn the_rules_of_a_policy_are_said_with_its_own_numbers() {
    let site = Site::with_survey("rules");
    site.edit(
        "content/evaluations/aimms/survey.yaml",
        "{policy: small-survey}",
        "{policy: small-survey, min_group: 7}",
    );
    site.edit(
        "content/evaluations/aimms/releases/2023.yaml",
        "{policy: small-survey}",
        "{policy: small-survey, min_group: 7}",
    );
    site.build();
    let page = site.page(PAGE);
    for sentence in [
        "A question that fewer than 7 people of a group answered is withheld",
        "shown only from 3 people to 3 fewer than all who answered",
        "only where 23 people or more answered",
        "only of 8 answers or more",
        "from groups of which 8 or more answered",
        "What this does not protect against",
        "What two releases about the same people give away together.",
        "has at least three possible values for any reader",
        "What readers know already",
        "Whether the law is met.",
    ] {
        assert!(page.contains(sentence), "no `{sentence}`");
    }
    assert!(!page.to_lowercase().contains("anonym"), "no promise");
}

#[test]
fn figures_in_print_say_that_nothing_is_hidden() {
    let site = Site::with_survey("in-print");
    let policy =
        "{policy: as-published, source: \"doi:10.1/x\", reason: In print., approved_by: the committee}";
    site.edit("content/evaluations/aimms/releases/2023.yaml", "{policy: small-survey}", policy);
    site.build();
    let page = site.page(PAGE);
    for sentence in [
        "No rule hides anything here.",
        "Anything that these figures give away.",
        "In print.",
        "the committee",
    ] {
        assert!(page.contains(sentence), "no `{sentence}`");
    }
    assert!(!page.contains("is withheld for that group"), "rules that did not hold are not told");
}

/// 50% may be one of two.
#[test]
fn a_percentage_without_its_base_says_so() {
    let site = Site::with_survey("unbased");
    let policy =
        "{policy: as-published, source: \"doi:10.1/x\", reason: In print., approved_by: the committee}";
    let release = "content/evaluations/aimms/releases/2023.yaml";
    site.edit(release, "{policy: small-survey}", policy);
    site.edit(
        release,
        "mentor: {counts: {contacts: 5}}",
        "mentor: {answered: not-reported, counts: {contacts: {percent: 50}}}",
    );
    let report = REPORT.to_owned()
        + "\nAs drawn in :ref[figure-wanted].\n\n::figure{question=wanted kind=bars caption=Drawn}\n";
    site.write("content/evaluations/aimms/reports/2023.md", &report);
    site.build();
    let page = site.page(PAGE);
    assert!(
        page.contains("<th scope=\"col\">Mentors <span class=\"n\">(n not reported)</span></th>"),
        "{page}"
    );
    let note = "Percentages are given without the number of people they are of; the source does not say it.";
    assert_eq!(page.matches(note).count(), 2, "below the table and the figure: {page}");
    assert!(page.contains("50% may be one of two people."), "{page}");
    assert!(page.contains("Mentors (n not reported)</text>"), "{page}");
    assert!(page.contains("Contacts: Mentees, fewer than 3; Mentors (n not reported), 50%."), "{page}");
    // A mean or a count needs no such words.
    site.edit(release, "contacts: {percent: 50}", "contacts: 5");
    site.build();
    let page = site.page(PAGE);
    assert!(!page.contains("n not reported") && !page.contains(note), "{page}");
}
