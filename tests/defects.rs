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
    ("cut-by-hash", "Lecturer #2", "write \"Senior Lecturer #2\" in straight quotes"),
    ("unknown-value", "[grants, cancr]", "(a new one if there is none): offers: [grants]"),
    ("unknown-value", "[grants, cancr]", "write `cancer` in its place"),
    ("wrong-type", "roles: Both", "write: roles: [mentor, mentee]"),
    ("wrong-type", "capacity: two", "write: capacity: 2"),
    ("bad-date", "10/13/2027", "write: review_by: 2027-10-13"),
    ("tab-indentation", "Dr\tSample Bina", "type it again with a space: Dr Sample Bina"),
    ("duplicate-key", "institution: cardiff", "keep the line that is right, and delete the other"),
    ("wrong-type", "[cancer, ~]", "delete what is marked, with its comma or hyphen"),
    ("wrong-type", "languages: {en", "write: languages: [en, cy]"),
    ("unknown-key", "taken\u{a0}: 1", "delete the line and type it again: taken: 1"),
    ("wrong-type", "noindex: no", "write: noindex: false"),
    ("missing-key", "- id: chen", "such as: institution: leeds"),
    ("unknown-key", "marched: true", "perhaps `taken` was meant: How many of her places are taken"),
    ("html-in-markdown", "<b>trials</b>", "change `<b>trials</b>` to: **trials** (delete both `<b>` and `</b>`, and keep the words between)"),
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
        ("status: Listed", "unknown-value", "write: status: listed"),
        ("status:", "missing-key", "take the line out, or write a value, such as: status: listed"),
        ("roles: [Both]", "unknown-value", "write: roles: [mentor, mentee]"),
        ("roles: mentor and committee", "wrong-type", "write: roles: [mentor, committee]"),
        ("offers: Grant applications, promotion", "wrong-type", "write: offers: [grants, promotion]"),
        ("offers:\n  - \n  - grants", "wrong-type", "write the text that was meant"),
        (
            "stage: Lecturer in medicine",
            "unknown-value",
            "the ids to choose from: `lecturer` (Lecturer), `professor` (Professor). If it is none of these, it must first be added to content/vocabulary.yaml under `stages:`",
        ),
        ("stage: Grant applications", "unknown-value", "(a new one if there is none): offers: [grants]"),
        ("noindex: yes", "wrong-type", "write: noindex: true"),
        ("taken: \"1\"", "wrong-type", "write: taken: 1"),
        ("taken: -1", "wrong-type", "such as: taken: 1"),
        (
            "review_by: 10/01/2027",
            "bad-date",
            "write: review_by: 2027-01-10 (day first) or 2027-10-01 (month first)",
        ),
        ("review_by: January 2027", "bad-date", "such as: review_by: 2027-01-10"),
        ("languages: [EN]", "unknown-value", "write `en`, in small letters"),
        ("consent: yes", "wrong-type", "consent: {profile: {given: 2026-01-10, wording: v3}}"),
        ("consent: {profile: 2026-01-10}", "wrong-type", "profile: {given: 2026-01-10, wording: v3}"),
        ("photo: amara.jpg", "wrong-type", "write it such as: photo: {file: amara.jpg}"),
        (
            "num_of_mentees: 1",
            "unknown-key",
            "Write it such as: taken: 1. If not, or if nobody knows, take the line out",
        ),
        ("intrests: [Trials]", "unknown-key", "did you mean `interests`?"),
        ("pronouns: “she/her”", "curly-quotes", "write \"she/her\" with straight quotes"),
        ("taken:\u{a0}1", "yaml-syntax", "delete it and type a space: taken: 1"),
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
        let first = if list == "institutions" { "`leeds` (University of Leeds), `cardiff` (Cardiff University). " } else { "" };
        assert!(
            said.contains("help: the ids to choose from: ")
                && said.contains(first)
                && said.contains(&format!("it must first be added to content/vocabulary.yaml under `{list}:`")),
            "{typed}\n{said}"
        );
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
    assert_eq!(finding["help"], "write: capacity: 2");
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
