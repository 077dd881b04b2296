//! A No in the form holds: against older exports, edits by hand, bad dates and other troubles; and one person is one person.

use super::*;

/// Formulas stand where headers say; the cached value is `shows`.
fn with_formula(answers: &[Answer], header: &str, row: u32, shows: &str) -> Vec<u8> {
    let column = HEADERS.iter().position(|other| other.starts_with(header)).expect("a header");
    workbook_with(answers, |sheet| {
        let formula = rust_xlsxwriter::Formula::new("=A1").set_result(shows);
        sheet.write_formula(row, column as u16, formula).expect("a formula");
    })
}

fn nadia(id: u32, sent: &'static str) -> Answer {
    mentor(id, sent, "Dr Nadia Sample", "nadia@example.ac.uk")
}

const NADIA: &str = "content/mentors/nadia-sample.yaml";

/// A site with Nadia in it, who agreed on 1 October.
fn with_nadia(name: &str) -> Site {
    let site = scheme(name);
    site.import(&workbook(&[nadia(1, "2026-10-01T09:00:00")]), &["--write"]).expect_code(0);
    site
}

#[test]
fn an_older_export_undoes_nothing() {
    let site = with_nadia("import-older");
    let old = workbook(&[nadia(1, "2026-10-01T09:00:00")]);
    let newer = nadia(2, "2026-10-05T09:00:00").with("What  is", "Reader").with("Your photo", "I agree;");
    site.import(&workbook(&[newer]), &["--write"]).expect_code(0);
    let before = site.files();
    site.import(&old, &["--write"]).expect_code(0).expect("1 older answer was passed over");
    assert_eq!(site.files(), before);

    let no = nadia(3, "2026-10-09T15:00:00").with("Your profile", NO).with("Your photo", NO);
    site.import(&workbook(&[no]), &["--write"]).expect_code(0);
    assert_eq!(site.source(NADIA).matches("withdrawn: 2026-10-09").count(), 2);
    let before = site.files();
    site.import(&old, &["--write"]).expect_code(0).expect("There was nothing to write.");
    assert_eq!(site.files(), before);

    // Of what an earlier version of the program kept nothing says when it was sent.
    let kept = site.source("private/imported.yaml");
    let kept: String = kept
        .lines()
        .filter(|line| !line.contains("  sent:"))
        .fold(String::new(), |all, line| all + line + "\n");
    site.write("private/imported.yaml", &kept);
    site.import(&old, &["--write"]);
    assert_eq!(site.source(NADIA).matches("withdrawn: 2026-10-09").count(), 2, "{}", site.source(NADIA));
}

#[test]
fn of_two_answers_of_one_moment_the_no_counts_and_the_rest_is_asked() {
    let moment = "2026-10-01T09:00:00";
    let site = with_nadia("import-moment");
    let other = nadia(2, moment).with("What  is", "Reader");
    let run = site.import(&workbook(&[other]), &["--write"]).expect_code(1);
    assert!(run.stdout.contains("--take nadia-sample.post"), "{}", run.stdout);
    assert!(site.source(NADIA).contains("post: Lecturer"));
    site.import(&workbook(&[nadia(3, moment).with("Your profile", NO)]), &["--write"]);
    assert!(site.source(NADIA).contains("withdrawn: 2026-10-01"), "{}", site.source(NADIA));
    let run = site.import(&workbook(&[nadia(1, moment)]), &["--write"]).expect_code(1);
    assert!(run.stdout.contains("--take nadia-sample.consent.profile"), "{}", run.stdout);
    assert!(site.source(NADIA).contains("withdrawn: 2026-10-01"), "{}", site.source(NADIA));
}

#[test]
fn a_second_no_counts_after_a_consent_by_hand() {
    let site = with_nadia("import-second-no");
    let no = |id, sent| nadia(id, sent).with("Your profile", NO);
    site.import(&workbook(&[no(2, "2026-10-05T09:00:00")]), &["--write"]).expect_code(0);
    let by_hand = "{given: 2026-10-20, wording: v1}";
    let record = site.source(NADIA);
    let old =
        record.split("profile: ").nth(1).and_then(|rest| rest.lines().next()).expect("a consent").to_owned();
    site.edit(NADIA, &old, by_hand);
    site.import(&workbook(&[no(2, "2026-10-05T09:00:00")]), &["--write"]).expect_code(0);
    assert!(site.source(NADIA).contains(by_hand), "an old No says nothing about a newer consent");
    site.import(&workbook(&[no(3, "2026-11-10T09:00:00")]), &["--write"]).expect_code(0);
    assert!(
        site.source(NADIA).contains("given: 2026-10-20, wording: v1, withdrawn: 2026-11-10"),
        "{}",
        site.source(NADIA)
    );

    // A photo that she never agreed to in the form, and later did by letter.
    let site = with_nadia("import-second-no-photo");
    site.edit(NADIA, "consent:\n", "consent:\n  photo: {given: 2026-10-20, wording: v1}\n");
    site.import(&workbook(&[nadia(4, "2026-11-10T09:00:00")]), &["--write"]).expect_code(0);
    assert!(
        site.source(NADIA).contains("photo: {given: 2026-10-20, wording: v1, withdrawn: 2026-11-10}"),
        "{}",
        site.source(NADIA)
    );
}

#[test]
fn an_answer_without_a_date_keeps_the_older_ones_from_counting() {
    let site = scheme("import-undated");
    let rows = [
        nadia(1, "2026-10-01").with("What  is", "Reader"),
        mentor(2, "2026-10-01", "Ola Sample", "ola@example.ac.uk"),
        mentor(3, "soon", "Dr Nadia Sample", "NADIA@example.ac.uk").with("Your profile", NO),
    ];
    site.write("private/registration.yaml", &format!("dates: iso\n{MAPPING}"));
    site.write("answers.csv", &delimited(&rows, ','));
    let run = site.import_file("answers.csv", &["--write"]).expect_code(1).expect("row 4");
    assert!(run.stdout.contains("no answer of this address counts until then"), "{}", run.stdout);
    assert!(!site.root().join(NADIA).exists());
    assert!(site.root().join("content/mentors/ola-sample.yaml").exists());
}

#[test]
fn no_other_trouble_blocks_a_withdrawal() {
    for (header, text) in [("I would", "A guru"), ("Full", "Somebody Else"), ("Your photo", "Perhaps")] {
        let site = with_nadia("import-blocked");
        let no = nadia(2, "2026-10-05T09:00:00").with("Your profile", NO).with(header, text);
        site.import(&workbook(&[no]), &["--write"]).expect_code(1).expect("To mend (1)");
        let record = site.source(NADIA);
        assert!(record.contains("withdrawn: 2026-10-05"), "{header}: {record}");
        assert!(record.contains("name: Dr Nadia Sample") && record.contains("roles: [mentor]"), "{record}");
    }
    // A photo is withdrawn although her post is missing.
    let site = scheme("import-blocked-photo");
    let yes = nadia(1, "2026-10-01T09:00:00").with("Your photo", "I agree;");
    site.import(&workbook(&[yes]), &["--write"]).expect_code(0);
    let no = nadia(2, "2026-10-05T09:00:00").with("What  is", "");
    site.import(&workbook(&[no]), &["--write"]).expect_code(1).expect("no profile is without post");
    assert_eq!(site.source(NADIA).matches("withdrawn: 2026-10-05").count(), 1, "{}", site.source(NADIA));
    let mended = nadia(2, "2026-10-05T09:00:00").with("What  is", "Reader");
    site.import(&workbook(&[mended]), &["--write"]).expect_code(0);
    assert!(site.source(NADIA).contains("post: Reader"));
}

#[test]
fn a_withdrawal_does_not_wait_for_another_file_to_be_mended() {
    let site = with_nadia("import-broken-other");
    site.write("content/mentors/zoe.yaml", "name: [\n");
    let export = workbook(&[
        nadia(2, "2026-10-05T09:00:00").with("Your profile", NO),
        mentor(3, "2026-10-05T09:00:00", "Vera Sample", "vera@example.ac.uk"),
    ]);
    let run = site.import(&export, &["--write"]).expect_code(1);
    assert!(run.stderr.contains("content/mentors/zoe.yaml"), "{}", run.console());
    assert!(run.stdout.contains("Only withdrawals are taken"), "{}", run.stdout);
    assert!(site.source(NADIA).contains("withdrawn: 2026-10-05"), "{}", site.source(NADIA));
    assert!(!site.root().join("content/mentors/vera-sample.yaml").exists());
    site.remove("content/mentors/zoe.yaml");
    site.import(&export, &["--write"]).expect_code(0).expect("vera-sample");
}

#[test]
fn a_formula_is_no_answer_to_any_question() {
    for (header, shows) in [("Your profile", ""), ("I would", "A mentee"), ("Full", "Dr Nadia Sample")] {
        let site = with_nadia("import-formula");
        let before = site.source(NADIA);
        let export =
            with_formula(&[nadia(2, "2026-10-05T09:00:00").with("I would", "A mentee")], header, 1, shows);
        site.import(&export, &["--write"]).expect_code(1).expect("a formula");
        assert_eq!(site.source(NADIA), before, "{header}");
    }
    let site = scheme("import-no-role");
    let export = workbook(&[nadia(1, "2026-10-01T09:00:00").with("I would", "")]);
    site.import(&export, &["--write"])
        .expect_code(1)
        .expect("nothing says whether she offers to be a mentor");
}

#[test]
fn whoever_withdrew_is_recognised_however_her_address_is_typed() {
    let site = with_nadia("import-disguised");
    site.build();
    run_in(site.root(), &["mentors", "withdraw", "nadia-sample", "--date", "2026-11-01"]).expect_code(0);
    let before = site.files();
    for typed in [
        "nadia\u{200B}@example.ac.uk",
        "mailto:nadia@example.ac.uk",
        "<Nadia@example.ac.uk>",
        "\"nadia@example.ac.uk\"",
        "'nadia@example.ac.uk'.",
        "nadia@example.ac.uk.",
        "ｎａｄｉａ@example.ac.uk",
        "\u{202A}nadia@example.ac.uk\u{202C}",
    ] {
        let answer = mentor(2, "2026-10-05T09:00:00", "N. Other", typed);
        site.import(&workbook(&[answer]), &["--write"])
            .expect("1 person withdrew on 2026-11-01 and stays out.");
        assert_eq!(site.files(), before, "{typed}");
    }
    for typed in ["nadia@example.ac.uk\u{2044}x", "nadia(at)x@example.ac.uk", "nadia@example.ac.uk/"] {
        let answer = mentor(2, "2026-10-05T09:00:00", "N. Other", typed);
        site.import(&workbook(&[answer]), &["--write"])
            .expect_code(1)
            .expect("this is not one e-mail address");
    }
}

#[test]
fn a_second_address_or_a_new_title_makes_no_second_person() {
    let site = with_nadia("import-namesake");
    for name in [
        "Nadia Sample",
        "Prof. Nadia SAMPLE",
        "Sample, Nadia",
        "Professor Nádia Sample",
        "Yr Athro Nadia Sample",
    ] {
        for profile in [YES, NO] {
            let answer =
                mentor(2, "2026-10-05T09:00:00", name, "n.sample@example.org").with("Your profile", profile);
            let before = site.files();
            let run = site.import(&workbook(&[answer]), &["--write"]).expect_code(1);
            assert!(run.stdout.contains("in the directory as `nadia-sample`"), "{name}: {}", run.stdout);
            assert_eq!(site.files(), before, "{name}");
        }
    }
    let addresses = site.source("private/addresses.yaml");
    site.write("private/addresses.yaml", &format!("{addresses}nadia-sample-2: n.sample@example.org\n"));
    let answer = mentor(2, "2026-10-05T09:00:00", "Nadia Sample", "n.sample@example.org");
    site.import(&workbook(&[answer]), &["--write"]).expect_code(0);
    assert!(site.root().join("content/mentors/nadia-sample-2.yaml").exists());

    // Twice in one export.
    let site = scheme("import-namesakes");
    let other = mentor(2, "2026-10-05T09:00:00", "Prof. Nadia Sample", "n.sample@example.org");
    let run = site.import(&workbook(&[nadia(1, "2026-10-01T09:00:00"), other]), &["--write"]).expect_code(1);
    assert!(run.stdout.contains("somebody of this name"), "{}", run.stdout);
    assert!(!site.root().join(NADIA).exists());
    site.write(
        "private/addresses.yaml",
        "nadia-sample: nadia@example.ac.uk\nnadia-two: n.sample@example.org\n",
    );
    let other = mentor(2, "2026-10-05T09:00:00", "Prof. Nadia Sample", "n.sample@example.org");
    site.import(&workbook(&[nadia(1, "2026-10-01T09:00:00"), other]), &["--write"])
        .expect("Written: 2 files.");
}

#[test]
fn many_people_in_one_list_are_changed_at_once() {
    let count = 400;
    let site = Site::small("import-long-list")
        .file("content/vocabulary.yaml", support::VOCABULARY)
        .file("private/registration.yaml", MAPPING);
    let mut list = String::from("# Ours.\n");
    let mut addresses = String::new();
    for id in 0..count {
        list.push_str(&format!("- id: p{id}  # by letter\n  name: Sample{id} Person\n  post: Lecturer\n  institution: leeds\n  stage: lecturer\n  disciplines: [public-health, cancer]\n  offers: [promotion]\n  roles: [mentor]\n  capacity: 2\n  consent: {{profile: {{given: 2026-01-10, wording: v1}}}}\n  review_by: 2027-01-10\n"));
        addresses.push_str(&format!("p{id}: p{id}@example.ac.uk\n"));
    }
    site.write("content/mentors/all.yaml", &list);
    site.write("private/addresses.yaml", &addresses);
    let answers: Vec<Answer> = (0..count)
        .map(|id| {
            mentor(id, "2026-10-01T09:00:00", &format!("Sample{id} Person"), &format!("p{id}@example.ac.uk"))
                .with("Your profile", NO)
        })
        .collect();
    let started = std::time::Instant::now();
    site.import(&workbook(&answers), &["--write"]).expect_code(0).expect("Written: 1 file.");
    let taken = started.elapsed();
    let expected = list.replace("wording: v1}", "wording: v1, withdrawn: 2026-10-01}");
    assert_eq!(site.source("content/mentors/all.yaml"), expected);
    assert!(taken.as_secs() < 30, "{taken:?}");
}

#[test]
fn what_is_not_to_be_decided_is_said_with_the_reason() {
    let site = with_nadia("import-nothing-to-decide");
    let no = || nadia(2, "2026-10-05T09:00:00").with("Your profile", NO).with("What  is", "Reader");
    let decide = |answer: Answer, key: &str| site.import(&workbook(&[answer]), &["--keep", key]);
    // She takes her consent back: that is not the committee's to keep.
    decide(no(), "nadia-sample.consent.profile")
        .expect("nadia-sample.consent.profile is not to be decided: she took this consent back in the form on 2026-10-05, and that holds")
        .expect("    consent.profile: withdrawn on 2026-10-05");
    let reader = || nadia(3, "2026-10-04T09:00:00").with("What  is", "Reader");
    decide(reader(), "nadia-sample.post").expect(
        "nadia-sample.post is not to be decided: only the form has changed since the last import, and the record follows it",
    );
    decide(reader(), "nadia-sample.bio").expect("There is nothing to decide about nadia-sample.bio");
    decide(reader(), "nadja-sample.post").expect(
        "There is nothing to decide about nadja-sample.post: nobody has that id; did you mean `nadia-sample`",
    );
    site.import(&workbook(&[no()]), &["--write"]).expect_code(0);
    decide(no(), "nadia-sample.consent.profile").expect(
        "There is nothing to decide about nadia-sample.consent.profile: the record says already that she took it back on 2026-10-05",
    );
    // Then she withdraws altogether; her address is a hash, and what remains of her record says it.
    site.run(&["build", "--date", "2026-12-01"]).expect_code(0);
    run_in(site.root(), &["mentors", "withdraw", "nadia-sample", "--date", "2026-12-01"]).expect_code(0);
    let before = site.files();
    for decision in ["--keep", "--take"] {
        site.import(&workbook(&[reader()]), &["--write", decision, "nadia-sample.post"])
            .expect_code(0)
            .expect("nadia-sample.post is not to be decided: `nadia-sample` withdrew on 2026-12-01, and what the form says of her is passed over");
    }
    assert_eq!(site.files(), before);
}
