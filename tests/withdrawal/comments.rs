//! Comments above a record of a list: they go with it, those of others stay, and what names her in them is said.

use super::*;

const PEOPLE: &str = "content/mentors/people.yaml";

fn item(id: &str, record: &str) -> String {
    let lines: String = record.trim_end().lines().map(|line| format!("  {line}\n")).collect();
    format!("- id: {id}\n{lines}")
}

fn list() -> Site {
    let site = site("comments");
    site.remove(RECORD);
    let chen = item("chen", &mentor("Dr Sample Chen", ""));
    let dalia = item("dalia", &mentor("Dr Sample Dalia", ""));
    let sian = item("sian", &record());
    site.write(
        PEOPLE,
        &format!(
            "# Everybody.\n\n{chen}  # As Siân O'Brien-Ng does.\n# Dr O'Brien-Ng, asked 3 May.\n# Again on 4 May.\n{sian}  # Hers.\n\n# Siân O'Brien-Ng asked Dalia.\n{dalia}"
        ),
    );
    site.build();
    site
}

#[test]
fn comments_above_a_record_go_with_it_and_those_of_others_stay() {
    let site = list();
    let before = site.source(PEOPLE);
    let run = withdraw(&site, &["sian"]).expect_code(0);
    let start = before.find("# Dr O'Brien-Ng, asked").expect("the comment");
    let end = before.find("\n# Siân O'Brien-Ng asked Dalia").expect("the comment");
    let left =
        format!("{}- id: sian\n  status: withdrawn\n  on: 2026-11-21\n{}", &before[..start], &before[end..]);
    assert_eq!(site.source(PEOPLE), left);
    let run = run.expect("content/mentors/people.yaml: her record gives way to `id: sian`, `status: withdrawn`, `on: 2026-11-21`, with the 2 lines of comments above it\n");
    // What stays and names her is said, with its line and without what it says.
    for line in [
        left.lines().position(|line| line.contains("As Siân")).expect("a line") + 1,
        left.lines().position(|line| line.contains("asked Dalia")).expect("a line") + 1,
    ] {
        assert!(
            run.stdout.contains(&format!("  content/mentors/people.yaml:{line}  in a comment\n")),
            "{line}: {}",
            run.stdout
        );
    }
    assert!(!run.stdout.contains("asked Dalia"), "{}", run.stdout);
}

#[test]
fn what_she_is_given_has_her_comments_and_no_other() {
    let site = list();
    site.run(&["mentors", "export", "sian"]).expect_code(0);
    let folder = "private/exports/sian-2026-11-21";
    let record = site.source(&format!("{folder}/record.yaml"));
    assert!(
        record.starts_with("# Dr O'Brien-Ng, asked 3 May.\n# Again on 4 May.\nid: sian\nname: "),
        "{record}"
    );
    assert!(!record.contains("Dalia") && !record.contains("As Siân"), "{record}");
    let letter = site.source(&format!("{folder}/about.md"));
    let places = letter.matches("content/mentors/people.yaml").count();
    assert_eq!(places, letter.matches("in a comment in the files of people").count(), "{letter}");
    assert_eq!(places, 2, "{letter}");
}

#[test]
fn comments_in_her_own_file_are_hers() {
    let site = site("own-comments");
    site.write(RECORD, &format!("# Siân O'Brien-Ng asked in May.\n{}# Siân O'Brien-Ng again.\n", record()));
    site.run(&["mentors", "export", "sian"]).expect_code(0);
    let letter = site.source("private/exports/sian-2026-11-21/about.md");
    assert!(!letter.contains("content/mentors/sian.yaml"), "{letter}");
}
