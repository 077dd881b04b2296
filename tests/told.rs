//! What `protect` tells its author of a small survey with two groups: what is new in a release, beside the edition before it and beside the
//! one that it corrects; all that is wrong with the exports, at once; and, on a terminal, how far it is.

mod support;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use support::{Run, Site};

const SURVEY: &str = "content/evaluations/circle/survey.yaml";
const RELEASES: &str = "content/evaluations/circle/releases/";
const EXPORTS: &str = "private/evaluations/circle/";

const CIRCLE: &str = "\
title: What came of it
groups: {mentee: Mentees, mentor: Mentors}
questions:
  - id: recommend
    ask: Would you recommend it?
    type: choose-one
    options: [{id: \"yes\", label: \"Yes\"}, {id: \"no\", label: \"No\"}]
    show: counts
  - id: stars
    ask: How many stars?
    type: stars
    from: 1
    to: 5
    show: mean
  - id: gains
    ask: What did you gain?
    type: choose-all
    options: [{id: advice, label: Advice}, {id: contacts, label: Contacts}, {id: confidence, label: Confidence}]
    show: counts
forms: [{group: mentee, file: mentees.csv, dates: iso}, {group: mentor, file: mentors.csv, dates: iso}]
editions:
  \"2025\": {collected: [2024-09, 2025-07], includes: none}
disclosure: {policy: small-survey}
";

const HEADER: &str = "ID,Completion time,Would you recommend it?,How many stars?,What did you gain?\n";

/// Rows of an edition's people, whose answers follow from their numbers.
fn rows(year: u32, first: usize, count: usize) -> String {
    let mut text = String::new();
    for (at, number) in (first..first + count).enumerate() {
        let recommends = if at % 3 == 0 { "No" } else { "Yes" };
        let gains = ["Advice;Contacts;", "Advice;", "Contacts;Confidence;"][at % 3];
        _ = writeln!(text, "{number},{year}-03-01 10:00,{recommends},{},{gains}", at % 5 + 1);
    }
    text
}

/// A first edition of twelve mentees and ten mentors.
fn site(name: &str) -> Site {
    Site::small(name)
        .file(SURVEY, CIRCLE)
        .file(&format!("{EXPORTS}mentees.csv"), &format!("{HEADER}{}", rows(2025, 1, 12)))
        .file(&format!("{EXPORTS}mentors.csv"), &format!("{HEADER}{}", rows(2025, 1, 10)))
}

fn protect(site: &Site, arguments: &[&str]) -> Run {
    let mut all = vec!["protect", "--date", support::TODAY];
    all.extend(arguments);
    site.run(&all)
}

fn told(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/told").join(name)
}

/// The second year: four mentors instead of ten, a new group, a question in other words, one more and one less, and a band that is smaller.
fn second_year(name: &str) -> Site {
    let site = site(name);
    site.edit(SURVEY, "policy: small-survey", "policy: small-survey, band: 4, min_group: 7");
    protect(&site, &[]).expect_code(0);
    let again = "  - id: again
    since: \"2026\"
    replaces: {question: recommend, comparable: true}
    ask: Would you do it again?
    type: choose-one
    options: [{id: \"yes\", label: \"Yes\"}, {id: \"no\", label: \"No\"}]
    show: counts
  - id: met
    since: \"2026\"
    ask: Did you meet?
    type: choose-one
    options: [{id: often, label: Often}, {id: seldom, label: Seldom}]
    show: counts
";
    site.edit(SURVEY, "    options: [{id: \"yes\"", "    until: \"2025\"\n    options: [{id: \"yes\"");
    site.edit(SURVEY, "    type: choose-all\n", "    until: \"2025\"\n    type: choose-all\n");
    site.edit(SURVEY, "forms:", &format!("{again}forms:"));
    site.edit(SURVEY, "Mentors}", "Mentors, sponsor: {label: Sponsors, since: \"2026\"}}");
    site.edit(SURVEY, "forms: [", "forms: [{group: sponsor, file: sponsors.csv, dates: iso}, ");
    site.edit(
        SURVEY,
        "disclosure:",
        "  \"2026\": {collected: [2025-09, 2026-07], includes: none}\ndisclosure:",
    );
    site.edit(SURVEY, "policy: small-survey, band: 4, min_group: 7", "policy: small-survey");
    let header = "ID,Completion time,Would you do it again?,How many stars?,Did you meet?\n";
    for (file, count) in [("mentees", 12), ("mentors", 4), ("sponsors", 9)] {
        let mut text = header.to_owned();
        for at in 0..count {
            let again = if at % 3 == 0 { "No" } else { "Yes" };
            let met = if at % 3 == 1 { "Seldom" } else { "Often" };
            _ = writeln!(text, "{},2026-03-01 10:00,{again},{},{met}", at + 101, at % 5 + 1);
        }
        site.write(&format!("{EXPORTS}{file}.csv"), &text);
    }
    site
}

#[test]
fn a_new_edition_is_set_beside_the_one_before() {
    let site = second_year("second-year");
    let first = protect(&site, &["--edition", "2025", "--dry-run"]);
    assert!(!first.console().contains("Beside"), "{}", first.console());
    let run = protect(&site, &["--edition", "2026"]).expect_code(0);
    support::assert_file(&run.console(), &told("second-year"));
    // The same is told again where the file is there.
    let again = protect(&site, &["--edition", "2026"]).expect_code(0).expect("says just this already");
    let beside = |run: &Run| {
        let (_, told) = run.stdout.split_once("\nBeside 2025").expect("what is new");
        told.split("\n\n").next().expect("a part").to_owned()
    };
    assert_eq!(beside(&run), beside(&again));
}

#[test]
fn nothing_new_is_told_as_such() {
    let site = site("nothing-new");
    protect(&site, &[]).expect_code(0);
    site.edit(
        SURVEY,
        "disclosure:",
        "  \"2026\": {collected: [2025-09, 2026-07], includes: none}\ndisclosure:",
    );
    for (file, first) in [("mentees", 12), ("mentors", 10)] {
        let path = format!("{EXPORTS}{file}.csv");
        let text = site.source(&path);
        site.write(&path, &format!("{text}{}", rows(2026, first + 1, first)));
    }
    protect(&site, &[])
        .expect_code(0)
        .expect("Beside 2025, the edition before:\n  the same questions and groups by the same rules");
}

#[test]
fn a_correction_is_set_beside_what_it_corrects_value_by_value() {
    let site = site("correction");
    protect(&site, &[]).expect_code(0);
    let mentees = format!("{EXPORTS}mentees.csv");
    // One more mentee, and somebody's stars were another number.
    site.edit(&mentees, "2,2025-03-01 10:00,Yes,2,", "2,2025-03-01 10:00,Yes,5,");
    let text = site.source(&mentees);
    site.write(&mentees, &format!("{text}13,2025-03-01 10:00,Yes,5,Advice;\n"));
    let looked = protect(&site, &["--dry-run"]).expect_code(0);
    support::assert_file(&looked.console(), &told("correction"));
    let corrected = protect(&site, &["--correct", "Two mistakes."]).expect_code(0);
    let different = |run: &Run| {
        let (_, told) = run.stdout.split_once("\nDifferent from ").expect("what is different");
        told.split("\n\n").next().expect("a part").to_owned()
    };
    assert_eq!(different(&looked), different(&corrected));
    // And the next is set beside the correction.
    site.edit(&mentees, "2,2025-03-01 10:00,Yes,5,", "2,2025-03-01 10:00,Yes,2,");
    protect(&site, &["--dry-run"])
        .expect_code(0)
        .expect("Different from content/evaluations/circle/releases/2025.2.yaml:")
        .expect("It would be a correction, content/evaluations/circle/releases/2025.3.yaml");
    assert!(!site.root().join(RELEASES).join("2025.3.yaml").exists());
}

/// What was answered beneath a value changes nothing of what is told.
#[test]
fn what_is_kept_back_is_kept_back_in_what_is_told() {
    let made = |name: &str, change: &dyn Fn(&Site)| {
        let site = second_year(name);
        change(&site);
        protect(&site, &["--edition", "2026"]).expect_code(0).console()
    };
    let mentors = format!("{EXPORTS}mentors.csv");
    let first = made("hidden", &|_| {});
    let second = made("canary", &|site| {
        site.edit(&mentors, "101,2026-03-01 10:00,No,1,Often", "101,2026-03-01 10:00,Yes,5,Seldom");
    });
    assert_eq!(first, second);
    // And the test can fail.
    let third = made("shown", &|site| site.edit(&mentors, "104,2026-03-01 10:00,No,4,Often\n", ""));
    assert_ne!(first, third);
}

/// A release that later ones were made after can be looked at again without any of them speaking up.
#[test]
fn an_edition_before_the_last_can_be_looked_at_again() {
    let site = second_year("before-the-last");
    protect(&site, &["--edition", "2026"]).expect_code(0);
    site.write(&format!("{EXPORTS}mentees.csv"), &format!("{HEADER}{}", rows(2025, 1, 11)));
    site.write(&format!("{EXPORTS}mentors.csv"), &format!("{HEADER}{}", rows(2025, 1, 10)));
    let run = protect(&site, &["--edition", "2025", "--dry-run"]).expect_code(0);
    assert!(run.console().contains("respondents, mentee: answered 11 (was 12)"), "{}", run.console());
    assert!(!run.console().contains("release-altered"), "{}", run.console());
}

/// What stands in a cell and is told to nobody.
const SECRET: &str = "Canary 5550199";

#[test]
fn what_is_wrong_with_each_export_is_told_at_once() {
    let site = site("several");
    let (mentees, mentors) = (format!("{EXPORTS}mentees.csv"), format!("{EXPORTS}mentors.csv"));
    let (good, coding) = (site.source(&mentors), format!("{EXPORTS}coding.xlsx"));
    site.write(&mentees, &format!("<!DOCTYPE html><table><tr><td>{SECRET}"));
    // Two rows that do not fit, and then one that is no row of this table.
    let wrong = good.replacen("Yes,2,", &format!("{SECRET},2,"), 1).replacen(",Yes,3,", ",Yes,9,", 1);
    site.write(&mentors, &format!("{wrong}11,2025-03-01 10:00,Yes,1,Advice;,{SECRET},more\n"));
    site.bytes(&coding, format!("PK\u{3}\u{4}{SECRET}").as_bytes());
    let before = site.source(&coding);
    let run = protect(&site, &["--dry-run"]).expect_code(2);
    support::assert_file(&run.console(), &told("several"));
    // The same for whoever wants to code.
    let coded = protect(&site, &["--coding"]).expect_code(2);
    assert_eq!(coded.console(), run.console());
    assert_eq!(site.source(&coding), before, "nothing was written");
    // Files that can be read and do not fit are the author's findings.
    site.write(&coding, "form,themes\n");
    site.write(&mentors, &wrong);
    site.write(&mentees, &format!("{HEADER}{}", rows(2025, 1, 12)).replacen("Advice;", "Advice;Else;", 1));
    let run = protect(&site, &[]).expect_code(1);
    for place in ["mentees.csv, column E", "mentors.csv, column C", "mentors.csv, column D", "coding.xlsx"] {
        assert!(run.stderr.contains(&format!("--> {place}")), "{}", run.stderr);
    }
    assert!(run.stderr.ends_with("No release was made: 4 findings in the exports. No answer was printed.\n"));
    assert!(!site.root().join(RELEASES).exists());
}

#[test]
fn a_draft_names_each_export_that_cannot_be_read() {
    let site = site("draft").file("empty.csv", "").file("page.csv", &format!("<html>{SECRET}"));
    let good = format!("{EXPORTS}mentees.csv");
    let arguments = ["--init", "--survey", "new", "empty.csv", &good, "page.csv", "gone.csv"];
    let run = protect(&site, &arguments).expect_code(2);
    support::assert_file(&run.console(), &told("draft"));
    assert!(!site.root().join("private/evaluations/new").exists());
}

/// The same in a terminal, by the program `script` that every Linux has; what it showed, control characters included.
#[cfg(target_os = "linux")]
fn on_a_terminal(site: &Site, arguments: &str) -> String {
    let command =
        format!("{} protect --date {} {arguments}", env!("CARGO_BIN_EXE_mentorpress"), support::TODAY);
    let run = std::process::Command::new("script")
        .args(["--quiet", "--return", "--command", &command, "/dev/null"])
        .current_dir(site.root())
        .stdin(std::process::Stdio::null())
        .output()
        .expect("`script` of util-linux runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("UTF-8")
}

#[cfg(target_os = "linux")]
#[test]
fn a_long_file_says_on_a_terminal_how_far_it_is_and_nowhere_else() {
    let site = site("long");
    let short = on_a_terminal(&site, "--dry-run");
    assert!(!short.contains("\u{1b}[K") && short.contains("mentees.csv: 12 rows\r\n"), "{short}");
    let path = format!("{EXPORTS}mentees.csv");
    let mut count = 50_000;
    loop {
        // Rows of another year: each is read, and none is counted.
        site.write(&path, &format!("{HEADER}{}{}", rows(2025, 1, 12), rows(2023, 13, count)));
        let begun = std::time::Instant::now();
        let piped = protect(&site, &["--dry-run"]).expect_code(0);
        assert_eq!(piped.stderr, "", "nothing is said where there is no terminal");
        assert!(!piped.stdout.contains('\u{1b}'), "{}", piped.stdout);
        if begun.elapsed() < std::time::Duration::from_secs(3) {
            count *= 2;
            continue;
        }
        let shown = on_a_terminal(&site, "--dry-run");
        let lines: Vec<&str> = shown.split("\r\u{1b}[K").collect();
        let (told, rest) = lines.split_last().expect("a last part");
        assert!(told.contains(&format!("mentees.csv: 12 rows, {count} of other dates")), "{told}");
        // Before the first there is nothing, and behind the last the terminal is as it was.
        assert!(rest.len() > 2 && rest[0].is_empty(), "{shown:?}");
        for line in &rest[1..] {
            let said =
                ["mentees.csv: ", "mentors.csv: "].into_iter().find_map(|file| line.strip_prefix(file));
            let said = said.expect("a file");
            let is_share = |said: &str| {
                let (rows, share) = said.split_once(" rows read, ")?;
                let share: u32 = share.strip_suffix(" %")?.parse().ok()?;
                Some(rows.bytes().all(|b| b.is_ascii_digit() || b == b',') && share <= 100)
            };
            assert!(said == "looked at as a whole" || is_share(said) == Some(true), "{line:?}");
        }
        assert!(rest.iter().any(|line| line.ends_with(" %")), "{shown:?}");
        return;
    }
}

/// Changes cells of `coding.xlsx`: `change` is given a row's submission and question, and the column's header and text.
fn coded(site: &Site, change: impl Fn(&str, &str, &str, &str) -> String) {
    let path = site.root().join(EXPORTS).join("coding.xlsx");
    let export = mentorpress::forms::Export::open(&path).expect("the workbook");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, at) in export.columns.iter().zip(0_u16..) {
        sheet.write_string(0, at, &column.header).expect("a header");
    }
    for (row, at) in export.rows.iter().zip(1_u32..) {
        let cell = |at: usize| row.cell(&export.columns[at]).text().into_owned();
        for (column, place) in export.columns.iter().zip(0_u16..) {
            let typed = change(&cell(1), &cell(2), &column.header, &row.cell(column).text());
            sheet.write_string(at, place, typed).expect("a cell");
        }
    }
    workbook.save(&path).expect("saved");
}

#[test]
fn one_text_of_a_person_may_be_marked_as_quotable() {
    let site = site("quotable");
    let texts =
        "  - {id: why, ask: Why?, type: text}\n  - {id: more, ask: Anything else?, type: text}\nforms:";
    site.edit(SURVEY, "forms:", texts);
    for (file, count) in [("mentees", 12), ("mentors", 10)] {
        let mut text = HEADER.replace('\n', ",Why?,Anything else?\n");
        for (row, at) in rows(2025, 1, count).lines().zip(1..) {
            _ = writeln!(text, "{row},It helped {at},Thank you {at}");
        }
        site.write(&format!("{EXPORTS}{file}.csv"), &text);
    }
    protect(&site, &["--coding"]).expect_code(0);
    // Both texts of the third submission of either form, and one of the fifth.
    coded(&site, |submission, question, header, text| match (header, submission, question) {
        ("quotable", "3", _) | ("quotable", "5", "why") => "yes".to_owned(),
        _ => text.to_owned(),
    });
    let candidates = format!("{EXPORTS}quotes-to-consider.yaml");
    let coding = protect(&site, &["--coding"]).expect_code(1);
    assert_eq!(protect(&site, &["--dry-run"]).expect_code(1).console(), coding.console());
    let expected =
        "error: more than one text of one person would be quoted\n  --> coding.xlsx, rows 6, 7, 30 and 31\n";
    assert!(coding.stderr.starts_with(expected), "{}", coding.stderr);
    assert!(!coding.console().contains("helped") && !site.root().join(&candidates).exists());
    // Where the policy allows two, two are candidates.
    site.edit(SURVEY, "policy: small-survey", "policy: small-survey, quotes: {max_per_person: 2}");
    protect(&site, &["--coding"]).expect_code(0).expect("6 texts worth quoting");
    assert_eq!(site.source(&candidates).matches("\n- id: ").count(), 6);
    site.edit(SURVEY, ", quotes: {max_per_person: 2}", "");
    coded(&site, |submission, question, header, text| match (header, submission, question) {
        ("quotable", "3", "more") => "No".to_owned(),
        _ => text.to_owned(),
    });
    protect(&site, &["--coding"]).expect_code(0).expect("4 texts worth quoting");
    // A mark belongs to the words that it was given to: here to others, which are not marked.
    coded(&site, |submission, question, header, text| match (header, submission, question) {
        ("quotable", "3", _) => "yes".to_owned(),
        ("text", "3", "more") => "Other words".to_owned(),
        _ => text.to_owned(),
    });
    protect(&site, &["--coding"]).expect_code(0).expect("4 texts worth quoting");
}

/// The worked example from exports: four mentors are withheld, and everyone less the mentees are they.
#[test]
fn everyone_beside_groups_is_counted_and_judged_with_them() {
    let site = site("totals");
    site.edit(SURVEY, "policy: small-survey", "policy: small-survey, totals: show");
    site.edit(
        SURVEY,
        "{id: confidence, label: Confidence}]\n    show: counts",
        "{id: confidence, label: Confidence}]\n    show: {mentee: counts, mentor: counts, everyone: counts}",
    );
    protect(&site, &["--dry-run"]).expect_code(0).expect(
        "    mentor: advice 7, contacts 7, confidence 3\n    everyone (22 answered): advice 15, contacts 15, confidence 7\n",
    );
    site.write(&format!("{EXPORTS}mentors.csv"), &format!("{HEADER}{}", rows(2025, 1, 4)));
    let run = protect(&site, &[]).expect_code(3).expect("error[disclosure-");
    assert!(run.stderr.contains("(everyone)") && !site.root().join(RELEASES).exists(), "{}", run.console());
    // For the same people without the total nothing is in the way.
    site.edit(SURVEY, ", everyone: counts", "");
    protect(&site, &[]).expect_code(0);
}
