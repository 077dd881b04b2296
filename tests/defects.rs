//! Many defects at once: one run names them all, and the site that stands is left as it was.

mod support;

use support::{Site, VOCABULARY, mentor};

#[test]
fn twelve_defects_are_all_named_in_one_run() {
    let site = Site::small("twelve")
        .file("content/vocabulary.yaml", VOCABULARY)
        .file("content/mentors/bina.yaml", &mentor("Dr Sample Bina", ""))
        .file("content/about.md", "---\ntitle: About\n---\n\nText.\n");
    site.build();
    let before = site.public();
    // Five in one file …
    site.write(
        "content/mentors/amara.yaml",
        "name: Dr Sample Amara
post: Senior Lecturer #2
institution: leds
stage: lecturer
roles: [mentor]
capacity: 2
taken: 3
status: listed
consent: {profile: {given: 2026-01-10, wording: v1}}
review_by: 10/01/2027
intrests: [Birth cohorts]
",
    );
    // … and seven in others.
    site.write("content/about.md", "---\ntitle: About\ndraft: yes\n---\n\n[nowhere](nowhere.md) and <b>HTML</b>, and ![a picture](/files/no.png).\n");
    site.write("content/plans.md", "---\ntitle: Plans\n---\n\n:::note\n\n## Thanks to :person[bina]\n");
    site.write("content/vocabulary.yaml", &format!("{VOCABULARY}stages: {{reader: Reader}}\n"));
    let run = site.run(&["build"]).expect_code(1);
    let places = [
        ("cut-by-hash", "content/mentors/amara.yaml:2:7"),
        ("unknown-value", "content/mentors/amara.yaml:3:14"),
        ("taken-above-capacity", "content/mentors/amara.yaml:7:8"),
        ("bad-date", "content/mentors/amara.yaml:10:12"),
        ("unknown-key", "content/mentors/amara.yaml:11:1"),
        ("wrong-type", "content/about.md:3:8"),
        ("link-to-nowhere", "content/about.md:6:11"),
        ("html-in-markdown", "content/about.md:6:27"),
        ("missing-image", "content/about.md:6:57"),
        ("directive-unclosed", "content/plans.md:5:1"),
        ("directive-misplaced", "content/plans.md:7:14"),
        ("duplicate-key", "content/vocabulary.yaml:5:1"),
    ];
    for (code, place) in places {
        let finding =
            run.stderr.split("error[").find(|finding| finding.starts_with(code) && finding.contains(place));
        assert!(finding.is_some(), "no {code} at {place}\n{}", run.console());
    }
    assert_eq!(run.stderr.matches("error[").count(), 12, "{}", run.console());
    assert!(run.stderr.ends_with("12 errors and 0 warnings: nothing was written.\n"));
    assert_eq!(site.public(), before);
}

/// People as real files have them: each line that is wrong is wrong in a way that YAML lets pass.
const PEOPLE: &str = "\
- id: amara
  name: Dr Sample Amara
  post: Senior Lecturer #2
  institution: leeds
  stage: lecturer
  disciplines: [grants, cancr]
  roles: Both
  capacity: two
  status: listed
  consent: {profile: {given: 2026-01-10, wording: v1}}
  review_by: 10/13/2027
- id: bina
  name: Dr\tSample Bina
  post: Lecturer
  institution: leeds
  institution: cardiff
  stage: lecturer
  disciplines: [cancer, ~]
  languages: {en: fluent, cy: some}
  roles: [mentor]
  capacity: 2
  taken\u{a0}: 1
  noindex: no
  status: listed
  consent: {profile: {given: 2026-01-10, wording: v1}}
  review_by: 2027-01-10
- id: chen
  name: Dr Sample Chen
  post: Lecturer
  stage: lecturer
  roles: [mentor]
  capacity: 2
  marched: true
  bio: I work on <b>trials</b>.
  status: listed
  consent: {profile: {given: 2026-01-10, wording: v1}}
  review_by: 2027-01-10
";

/// Each finding: its code, a part of its line, and what to do.
const FIFTEEN: [(&str, &str, &str); 15] = [
    (
        "cut-by-hash",
        "Lecturer #2",
        "in front, to: post: \"Senior Lecturer #2\"; without the quotes \"#2\" will not appear. Or delete \"#2\" if it was your own note",
    ),
    (
        "unknown-value",
        "[grants, cancr]",
        "then under this line, with the same two spaces in front, add: offers: [grants]",
    ),
    ("unknown-value", "[grants, cancr]", "write `cancer` in its place"),
    (
        "wrong-type",
        "roles: Both",
        "change the whole line, keeping the two spaces in front, to: roles: [mentor, mentee]",
    ),
    (
        "wrong-type",
        "capacity: two",
        "change the whole line, keeping the two spaces in front, to: capacity: 2",
    ),
    (
        "bad-date",
        "10/13/2027",
        "there is no 13th month; if 13 October 2027 is meant, change the whole line, keeping the two spaces in front, to: review_by: 2027-10-13; if it is a slip, write the right day as year-month-day",
    ),
    ("tab-indentation", "Dr\tSample Bina", "in front, to: name: Dr Sample Bina"),
    (
        "duplicate-key",
        "institution: cardiff",
        "only one can stand. Ask which is right (about a person, ask her), and delete the other line",
    ),
    ("wrong-type", "[cancer, ~]", "write the missing discipline, or delete `, ~`"),
    (
        "wrong-type",
        "languages: {en",
        "leave out one that she would not mentor in; then change the whole line, keeping the two spaces in front, to: languages: [en, cy]",
    ),
    (
        "unknown-key",
        "taken\u{a0}: 1",
        "delete the whole line and type it again, with two spaces in front: taken: 1",
    ),
    (
        "wrong-type",
        "noindex: no",
        "change the whole line, keeping the two spaces in front, to: noindex: false",
    ),
    (
        "missing-key",
        "- id: chen",
        "in the entry of Dr Sample Chen, under line 37, with the same two spaces in front, add: institution: … with one of these in place of …: `leeds` (University of Leeds), `cardiff` (Cardiff University). If it is none of these",
    ),
    (
        "unknown-key",
        "marched: true",
        "in front, to: taken: … with that number in place of …. If not, or if nobody knows, take the line out",
    ),
    (
        "html-in-markdown",
        "<b>trials</b>",
        "change `<b>trials</b>` to: **trials** (delete both `<b>` and `</b>`, and keep the words between them)",
    ),
];

#[test]
fn fifteen_defects_in_one_file_are_fifteen_findings_each_with_its_line_and_remedy() {
    let site = Site::small("fifteen")
        .file("content/vocabulary.yaml", VOCABULARY)
        .file("content/mentors/people.yaml", PEOPLE);
    let run = site.run(&["build"]).expect_code(1);
    let findings: Vec<&str> = run.stderr.split("error[").skip(1).collect();
    assert_eq!(findings.len(), 15, "{}", run.console());
    for (code, part, help) in FIFTEEN {
        let line = PEOPLE.lines().position(|line| line.contains(part)).expect("a line of the file") + 1;
        let place = format!("content/mentors/people.yaml:{line}:");
        assert!(
            findings.iter().any(|finding| finding.starts_with(code)
                && finding.contains(&place)
                && finding.contains(help)),
            "no {code} at {place} with `{help}`\n{}",
            run.console()
        );
    }
    assert!(run.stderr.ends_with("15 errors and 0 warnings: nothing was written.\n"), "{}", run.console());
}

#[test]
fn what_people_type_in_place_of_a_value_is_answered_with_the_line_to_type() {
    for (typed, code, help) in [
        ("status: Listed", "unknown-value", "change the whole line to: status: listed"),
        (
            "status:",
            "missing-key",
            "take the line out, or write the value after the colon: status: … with registered, listed, paused or withdrawn in place of …",
        ),
        ("roles: [Both]", "unknown-value", "change the whole line to: roles: [mentor, mentee]"),
        ("roles: mentor and committee", "wrong-type", "change the whole line to: roles: [mentor, committee]"),
        (
            "offers: Grant applications, promotion",
            "wrong-type",
            "change the whole line to: offers: [grants, promotion]",
        ),
        ("offers:\n  - \n  - grants", "wrong-type", "write the missing offer, or delete the hyphen"),
        (
            "stage: Lecturer in medicine",
            "unknown-value",
            "the ids to choose from: `lecturer` (Lecturer), `professor` (Professor). If it is none of these, it must first be added to content/vocabulary.yaml under `stages:`",
        ),
        (
            "stage: Grant applications",
            "unknown-value",
            "take it out here; then under this line, add: offers: [grants]. Here stands one of these: `lecturer` (Lecturer)",
        ),
        ("noindex: yes", "wrong-type", "change the whole line to: noindex: true"),
        ("taken: \"1\"", "wrong-type", "change the whole line to: taken: 1"),
        (
            "taken: -1",
            "wrong-type",
            "write the number in digits, without quotes, sign or decimals; ask if you do not know it",
        ),
        (
            "review_by: 10/01/2027",
            "bad-date",
            "if 10 January 2027 is meant (day first), change the whole line to: review_by: 2027-01-10; if 1 October 2027 is meant (month first), change the whole line to: review_by: 2027-10-01",
        ),
        ("review_by: January 2027", "bad-date", "write the day as year-month-day"),
        ("languages: [EN]", "unknown-value", "write `en`, in small letters"),
        (
            "consent: yes",
            "wrong-type",
            "consent: {profile: {given: YYYY-MM-DD, wording: …}} with the day on which she agreed, and the wording she agreed to",
        ),
        (
            "consent: {profile: 2026-01-10}",
            "wrong-type",
            "change the key and its value to: profile: {given: YYYY-MM-DD, wording: …} with the day",
        ),
        (
            "photo: amara.jpg",
            "wrong-type",
            "change the whole line to: photo: {file: …} with the name of the file in photos/ in place of …",
        ),
        (
            "num_of_mentees: 1",
            "unknown-key",
            "If this line says so, change the whole line to: taken: 1. If not, or if nobody knows, take the line out",
        ),
        (
            "intrests: [Trials]",
            "unknown-key",
            "change the word `intrests` to `interests`, and leave the rest of the line as it is",
        ),
        (
            "pronouns: “she/her”",
            "curly-quotes",
            "type straight quotes: change the whole line to: pronouns: \"she/her\"",
        ),
        ("taken:\u{a0}1", "yaml-syntax", "delete it and type a space: change the whole line to: taken: 1"),
    ] {
        let key = typed.split(':').next().expect("a key");
        let mut record: String = mentor("Dr Sample Amara", "")
            .lines()
            .filter(|line| !line.starts_with(&format!("{key}:")))
            .map(|line| format!("{line}\n"))
            .collect();
        record.push_str(&format!("{typed}\n"));
        let site = Site::small("typed")
            .file("content/vocabulary.yaml", VOCABULARY)
            .file("content/mentors/amara.yaml", &record);
        let run = site.run(&["build"]).expect_code(1);
        let heading = format!("error[{code}]");
        assert!(
            run.stderr.matches("error[").count() == 1
                && run.stderr.contains(&heading)
                && run.stderr.contains(help),
            "{typed}: no {code} with `{help}`\n{}",
            run.console()
        );
    }
}

/// Findings about a mentor of whom one line is another.
fn findings_about(typed: &str) -> String {
    let key = typed.split(':').next().expect("a key");
    let record = mentor("Dr Sample Amara", "");
    let others = record.lines().filter(|line| !line.starts_with(&format!("{key}:")));
    let mut record: String = others.map(|line| format!("{line}\n")).collect();
    record.push_str(&format!("{typed}\n"));
    let site = Site::small("about")
        .file("content/vocabulary.yaml", VOCABULARY)
        .file("content/mentors/amara.yaml", &record);
    site.run(&["build"]).expect_code(1).stderr
}

#[test]
fn a_name_is_only_ordered_where_it_is_surely_the_same() {
    for (typed, id) in [
        ("institution: Leeds Uni", "leeds"),
        ("institution: Univ. of Leeds", "leeds"),
        ("institution: University of Leads", "leeds"),
        ("institution: CARDIFF", "cardiff"),
        ("stage: Lecturer.", "lecturer"),
        ("disciplines: [Public-Helth]", "public-health"),
        ("offers: [Grants application]", "grants"),
    ] {
        let said = findings_about(typed);
        let help = said.split("help: ").nth(1).expect("a help");
        assert!(help.contains(id) && !help.contains("the ids to choose from"), "{said}");
    }
    for (typed, list) in [
        ("institution: University of Oxford", "institutions"),
        ("institution: University of Bristol", "institutions"),
        ("institution: Cambridge University", "institutions"),
        ("institution: Leeds Beckett University", "institutions"),
        ("institution: Cardiff Metropolitan University", "institutions"),
        ("institution: Manchester", "institutions"),
        ("stage: Senior Lecturer", "stages"),
        ("disciplines: [Dental public health]", "disciplines"),
        ("offers: [Promotion panels]", "offers"),
    ] {
        let said = findings_about(typed);
        let first = if list == "institutions" {
            "`leeds` (University of Leeds), `cardiff` (Cardiff University). "
        } else {
            ""
        };
        assert!(
            said.contains("help: the ids to choose from: ")
                && said.contains(first)
                && said
                    .contains(&format!("it must first be added to content/vocabulary.yaml under `{list}:`")),
            "{typed}\n{said}"
        );
    }
}

#[test]
fn no_help_gives_a_sample_that_could_be_taken_for_an_answer() {
    for (typed, help) in [
        ("marched: Yes", "change the whole line to: taken: … with that number in place of …"),
        ("marched: Yes", "Without the line all her places are shown as free. If this line says so"),
        ("marched: 1", "If this line says so, change the whole line to: taken: 1. If not"),
        ("capacity: several", "write the number in digits"),
        ("capacity: …", "write the number in digits"),
        ("post: …", "write what is true in place of …"),
        (
            "consent:",
            "YYYY-MM-DD, wording: …}} with the day on which she agreed, and the wording she agreed to; if she has not agreed, ask her first",
        ),
        ("consent: {}", "between the braces, write: profile: {given: YYYY-MM-DD, wording: …}"),
        (
            "consent: {profile: {wording: v1}}",
            "before its closing brace in line 10, with a comma in front, add: given: YYYY-MM-DD with that day",
        ),
        (
            "roles:",
            "write the value after the colon: roles: […] with mentor, mentee or committee in place of …",
        ),
        ("roles: [both, committee]", "change the whole line to: roles: [mentor, mentee, committee]"),
        ("offers: Grants and swimming", "change the whole line to: offers: [Grants, swimming]"),
    ] {
        let said = findings_about(typed);
        assert!(said.contains(help), "{typed}: no `{help}`\n{said}");
        let helps: Vec<&str> = said.lines().filter(|line| line.contains("= help: ")).collect();
        for sample in ["2026-", "2027-", "v3", "amara", "leeds: ", "capacity: 2"] {
            assert!(!helps.iter().any(|help| help.contains(sample)), "{typed}: {sample}\n{said}");
        }
    }
    let people = "- name: Dr Si\u{e2}n Chen\n  roles: [mentor]\n";
    let site = Site::small("nameless").file("content/mentors/people.yaml", people);
    site.run(&["build"])
        .expect_code(1)
        .expect("Dr Si\u{e2}n Chen has no `id`")
        .expect("id: sian-chen (made of her name; take another if somebody has this one)");
}

#[test]
fn dates_of_no_calendar_are_told_what_is_wrong_with_them() {
    for (typed, help) in [
        (
            "2027-13-10",
            "there is no 13th month; if 13 October 2027 is meant, change the whole line to: review_by: 2027-10-13; if it is a slip, write the right day as year-month-day",
        ),
        (
            "10/13/2027",
            "there is no 13th month; if 13 October 2027 is meant, change the whole line to: review_by: 2027-10-13; if it is a slip",
        ),
        ("2027-02-30", "help: February 2027 has 28 days: write the right day as year-month-day"),
        ("31/04/2027", "help: April 2027 has 30 days: write the right day as year-month-day"),
        ("2027-21-22", "help: there is no 21st month: write the right day"),
        ("2027/1/5", "help: change the whole line to: review_by: 2027-01-05"),
        ("13.10.2027", "help: change the whole line to: review_by: 2027-10-13"),
        ("10/12/27", "help: write the year with four digits"),
        ("next spring", "help: write the day as year-month-day: YYYY-MM-DD"),
        ("YYYY-MM-DD", "help: write the day as year-month-day: YYYY-MM-DD"),
    ] {
        let said = findings_about(&format!("review_by: {typed}"));
        assert!(said.contains(help), "{typed}: no `{help}`\n{said}");
    }
}

#[test]
fn languages_stand_without_how_well_she_speaks_them() {
    for (typed, line) in [
        ("[English (fluent), Welsh (some)]", "[en, cy]"),
        ("[English: fluent, cy: some]", "[en, cy]"),
        ("{en: fluent, Urdu: ~}", "[en, ur]"),
        ("English (fluent), Welsh", "[en, cy]"),
        ("\n  - English – fluent\n  - cy", "[en, cy]"),
    ] {
        let said = findings_about(&format!("languages: {typed}"));
        assert!(
            said.contains("only the languages can stand here, not how well she speaks them")
                && said.contains("leave out one that she would not mentor in; then change ")
                && said.contains(&format!(" to: languages: {line}\n"))
                && said.matches("error[").count() == 1,
            "{typed}\n{said}"
        );
    }
    let said = findings_about("languages: [English, Welsh]");
    assert!(said.contains("write `en` in its place") && said.contains("write `cy` in its place"), "{said}");
    let said = findings_about("languages: English and Welsh");
    assert!(said.contains("change the whole line to: languages: [en, cy]"), "{said}");
}

#[test]
fn of_two_values_for_one_key_nobody_is_told_which() {
    for (typed, help) in [
        (
            "institution: leeds\ninstitution: cardiff",
            "only one can stand. Ask which is right (about a person, ask her), and delete the other line",
        ),
        ("institution: leeds\ninstitution: leeds", "both say the same: delete one of the two lines"),
        (
            "institution: [leeds, cardiff]",
            "only one can stand here. Ask which is right (about a person, ask her), and write it alone, without brackets",
        ),
        ("institution: [leeds]", "write it without brackets and hyphens: leeds"),
    ] {
        let said = findings_about(typed);
        assert!(said.contains(help), "{typed}: no `{help}`\n{said}");
    }
}

#[test]
fn signs_of_yaml_in_a_text_are_answered_with_the_whole_line() {
    for (typed, help) in [
        (
            "post: Senior Lecturer #2",
            "change the whole line to: post: \"Senior Lecturer #2\"; without the quotes \"#2\" will not appear. Or delete \"#2\" if it was your own note",
        ),
        (
            "post: “Senior Lecturer #2”",
            "change the whole line to: post: \"Senior Lecturer #2\"; the quotes there now are those of a word processor",
        ),
        ("post: Head of \"Trials\" #2", "to: post: 'Head of \"Trials\" #2'; without"),
        ("bio: **Trials** are my work.", "a text that begins with `*` needs quotes"),
        ("bio: **Trials** are my work.", "change the whole line to: bio: \"**Trials** are my work.\""),
        ("bio: *Trials*", "change the whole line to: bio: \"*Trials*\""),
        ("roles: roles: [mentor]", "the word `roles:` stands twice"),
        ("roles: roles: [mentor]", "delete one: change the whole line to: roles: [mentor]"),
        (
            "roles: change the whole line to: roles: [mentor, mentee]",
            "delete one: change the whole line to: roles: [mentor, mentee]",
        ),
        (
            "post: Reader: Public Health",
            "put the text in quotes: change the whole line to: post: \"Reader: Public Health\"",
        ),
        ("capacity: ?", "a lone ? is not a value"),
        ("disciplines: [~, cancer]", "write the missing discipline, or delete `~,`"),
        ("offers: [null]", "write the missing offer, or delete the line"),
        ("interests: [~]", "write what was meant; if there is nothing, delete `~`"),
    ] {
        let said = findings_about(typed);
        assert!(said.contains(help) && said.matches("error[").count() == 1, "{typed}: no `{help}`\n{said}");
    }
}

#[test]
fn html_is_answered_with_what_stands_in_its_place() {
    for (typed, help) in [
        (
            "bio: <b>Trials</b> are my work.",
            "change all that stands behind `bio:` to: \"**Trials** are my work.\" (delete both `<b>` and `</b>`",
        ),
        ("bio: |\n  <b>Trials</b> are my work.", "change `<b>Trials</b>` to: **Trials** (delete both"),
        (
            "bio: I run <u>trials</u>.",
            "delete both `<u>` and `</u>`, and keep the words between them: trials",
        ),
        ("bio: I run <>trials</>.", "delete both `<>` and `</>`, and keep the words between them: trials"),
        ("bio: I run trials</>.", "delete `</>`, and keep the words"),
    ] {
        let said = findings_about(typed);
        assert!(said.contains(help) && said.matches("error[").count() == 1, "{typed}: no `{help}`\n{said}");
    }
    let site = Site::small("shown")
        .file("content/about.md", "---\ntitle: About\n---\n\n`<>`, and \\<> too, where 1 < 2.\n");
    site.build();
}

#[test]
fn broken_lines_are_answered_with_the_line_as_it_should_read() {
    for (from, to, help) in [
        ("post: Lecturer", "post: \"Lecturer", "in front, to: post: \"Lecturer\""),
        ("post: Lecturer", "post: 'Lead' of trials", "in front, to: post: \"'Lead' of trials\""),
        (
            "post: Lecturer",
            "post Lecturer",
            "if `post` is the key, change the whole line, keeping the two spaces in front, to: post: Lecturer",
        ),
        ("post: Lecturer", "post = Lecturer", "in front, to: post: Lecturer"),
        (
            "post: Lecturer",
            " post: Lecturer",
            "put two spaces in front of it, and no more: it has three spaces",
        ),
        ("  capacity: 2", " capacity: 2", "put two spaces in front of it, and no more: it has one space"),
        ("roles: [mentor]", "roles: [mentor, mentee", "in front, to: roles: [mentor, mentee]"),
        (
            "capacity: 2",
            "capacity: 2\n  places: 2",
            "there is a line `capacity` already: take this one out if both say the same; if not, ask which is right",
        ),
        (
            "status: listed",
            "active: yes",
            "to: status: … with registered, listed, paused or withdrawn in place of …",
        ),
        (
            "disciplines: [public-health]",
            "disciplines:\n    - Promotion",
            "with its hyphen or comma; then under these lines, with two spaces in front, add: offers: [promotion]",
        ),
        (
            "{given: 2026-01-10, wording: v1}",
            "\n      wording: v1",
            "with the same six spaces in front, add: given: YYYY-MM-DD",
        ),
    ] {
        let record = mentor("Dr Sample Amara", "").replace('\n', "\n  ");
        let record = format!("- id: amara\n  {}\n", record.trim_end());
        let record = record.replace(
            "consent: {profile: {given: 2026-01-10, wording: v1}}",
            "consent:\n    profile: {given: 2026-01-10, wording: v1}",
        );
        assert!(record.contains(from), "{from}\n{record}");
        let site = Site::small("broken")
            .file("content/vocabulary.yaml", VOCABULARY)
            .file("content/mentors/people.yaml", &record.replacen(from, to, 1));
        let run = site.run(&["build"]).expect_code(1);
        assert!(
            run.stderr.contains(help) && run.stderr.matches("error[").count() == 1,
            "{to}: no `{help}`\n{}",
            run.console()
        );
    }
}

#[test]
fn a_line_at_the_margin_is_told_to_be_nobody_s() {
    let people = PEOPLE.replace("  marched: true\n", "taken: 1\n");
    let site = Site::small("margin").file("content/mentors/people.yaml", &people);
    site.run(&["build"])
        .expect_code(1)
        .expect("error[yaml-syntax]: this line does not belong to any person")
        .expect("content/mentors/people.yaml:33:1")
        .expect("put two spaces in front, so that it begins under the lines above it, and see that it stands in the right person's entry");
    // The next person without her hyphen is not to be deleted line by line.
    let lost = PEOPLE.replace("- id: bina", "  id: bina");
    site.write("content/mentors/people.yaml", &lost);
    let run = site
        .run(&["build"])
        .expect_code(1)
        .expect("a second `id` in one entry of the list")
        .expect("if another one begins here (another person), change the whole line to: - id: bina.");
    assert!(run.stderr.matches("error[duplicate-key]").count() == 1, "{}", run.console());
    site.write("content/mentors/people.yaml", &lost.replace("  id: bina", "id: bina"));
    site.run(&["build"]).expect_code(1).expect("change the whole line to: - id: bina");
    site.write(
        "content/mentors/people.yaml",
        &PEOPLE.replace(
            "  consent: {profile: {given: 2026-01-10, wording: v1}}\n  review_by: 10",
            "  consent:\n    profile:\n      given: 2026-01-10\n  pronouns: she\n      wording: v1\n  review_by: 10",
        ),
    );
    site.run(&["build"])
        .expect_code(1)
        .expect("this line stands between two lines that belong together")
        .expect("people.yaml:13:1");
    // Whoever puts a hyphen in front instead has made a person of the line.
    site.write(
        "content/mentors/people.yaml",
        &people.replace("\ntaken: 1", "\n- taken: 1").replace("  bio: I work", "- bio: I work"),
    );
    site.run(&["build"])
        .expect_code(1)
        .expect("this entry has neither `id` nor `name`")
        .expect("if it belongs to the person above, write two spaces in the place of its hyphen");
}

#[test]
fn a_template_error_is_told_beside_the_others() {
    let site = Site::small("template");
    site.edit("content/site.yaml", "contact:", "theme: own\ncontact:");
    site.write(
        "themes/own/templates/home.html",
        "{% extends \"base.html\" %}\n{% block main %}{{ body | safe }}\n",
    );
    site.write("content/about.md", "---\ntitle: About\n---\n\n[x](y.md)\n");
    let run = site.run(&["build"]).expect_code(1);
    assert!(
        run.stderr.contains("error[template-error]") && run.stderr.contains("error[link-to-nowhere]"),
        "{}",
        run.console()
    );
}

#[test]
fn a_template_that_fails_while_rendering_names_its_line() {
    let site = Site::small("rendering");
    site.edit("content/site.yaml", "contact:", "theme: own\ncontact:");
    site.write("themes/own/templates/home.html", "{% extends \"base.html\" %}\n{% block main %}\n<h1>{{ page.title }}</h1>\n<p>{{ nosuch.thing }}</p>\n{% endblock main %}\n");
    // The pages that link to the one that could not be made are not at fault.
    site.run(&["build"])
        .expect_code(1)
        .expect("themes/own/templates/home.html:4")
        .expect("1 error and 0 warnings");
}

#[test]
fn warnings_can_be_denied() {
    let site = Site::with_people("deny");
    site.edit("content/mentors/amara.yaml", "review_by: 2027-01-10", "review_by: 2026-11-20");
    site.build();
    site.run(&["check", "--deny-warnings"]).expect_code(1);
}

#[test]
fn the_machine_s_trouble_is_exit_2() {
    let site = Site::small("machine");
    site.write("public/precious.txt", "mine\n");
    let run = site.run(&["build"]).expect_code(2);
    assert!(run.stderr.contains("was not made by Mentorpress, so it is left alone"), "{}", run.console());
    assert_eq!(site.page("precious.txt"), "mine\n");
    site.run(&["build", "--nosuch"]).expect_code(2);
    site.run(&["build", "--date", "21/11/2026"]).expect_code(2).expect("write year, month and day");
    let nowhere = Site::empty("nowhere");
    nowhere.run(&["build"]).expect_code(2).expect("there is no content/ folder");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_exit_2() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::small("unreadable").file("content/about.md", "---\ntitle: About\n---\n");
    let path = site.root().join("content/about.md");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).expect("permissions");
    if std::fs::read(&path).is_ok() {
        // Whoever may read everything cannot be refused; a folder in a file's place can.
        std::fs::remove_file(&path).expect("removed");
        std::os::unix::net::UnixListener::bind(&path).expect("a socket in the file's place");
    }
    site.run(&["build"]).expect_code(2).expect("cannot read");
}

#[test]
fn findings_can_be_had_as_json() {
    let site = Site::with_people("json");
    site.edit("content/mentors/amara.yaml", "capacity: 2", "capacity: two");
    let run = site.run(&["build", "--format", "json"]).expect_code(1);
    let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(document["exit"], 1);
    let finding = &document["findings"][0];
    assert_eq!(
        (
            finding["code"].as_str(),
            finding["path"].as_str(),
            finding["line"].as_u64(),
            finding["column"].as_u64()
        ),
        (Some("wrong-type"), Some("content/mentors/amara.yaml"), Some(7), Some(11))
    );
    assert_eq!(finding["help"], "change the whole line to: capacity: 2");
    assert!(run.stderr.is_empty());
}

#[test]
fn a_policy_breach_is_exit_3_even_beside_other_findings() {
    let site = Site::with_survey("breach");
    site.edit("content/evaluations/aimms/releases/2023.yaml", "contacts: few", "contacts: 2");
    site.run(&["build"])
        .expect_code(3)
        .expect("error[policy-band]: `contacts` is 2 of 12: an exact count inside the band");
    site.edit("content/index.md", "Welcome.", "[x](y.md)");
    site.run(&["build"]).expect_code(3);
}

#[test]
fn files_in_places_that_nobody_reads_are_told_where_to_go() {
    let site = Site::small("misplaced");
    for path in [
        "content/mentor/amara.yaml",
        "content/mentors/notes.md",
        "content/sites.yaml",
        "content/evaluations/aimms/release/2021.yaml",
        "content/evaluations/2021.yaml",
    ] {
        site.bytes(path, b"id: amara\n");
    }
    let run = site.run(&["build"]);
    run.expect_code(1)
        .expect("content/mentor/amara.yaml is not read: no such file belongs there")
        .expect("did you mean content/mentors/amara.yaml?")
        .expect("people's files end in .yaml; a page goes outside this folder")
        .expect("did you mean content/site.yaml?")
        .expect("write content/evaluations/aimms/survey.yaml: without it nothing in this folder is read")
        .expect("a survey has a folder of its own: content/evaluations/<survey>/survey.yaml");
    // People outside the site: what still lies in the usual folder takes no effect.
    let site = Site::small("moved");
    site.bytes("people/bina.yaml", b"id: bina\nstatus: withdrawn\n");
    site.bytes("content/mentors/amara.yaml", b"id: amara\nstatus: withdrawn\n");
    site.edit("content/site.yaml", "contact:", "directory: {mentors: people}\ncontact:");
    site.run(&["build"])
        .expect_code(1)
        .expect("site.yaml says that people's files lie in people/: move it there");
}
