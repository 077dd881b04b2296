//! Her name in every order in which lists, registers and tables have it: found. Half of it: not.

use super::*;

/// Lines that name her, and lines that do not.
const NAMED: [&str; 9] = [
    "Siân Mair O'Brien-Ng won.",
    "Prizes: O'Brien-Ng, Siân Mair, and others.",
    "Prizes: O’BRIEN-NG, SIÂN; and others.",
    "Prizes: O'Brien-Ng, Dr. Siân.",
    "Prizes: O'Brien-Ng, Sia\u{302}n M.",
    "Prof Siân O'Brien-Ng spoke of her.",
    "| O'Brien-Ng | Siân | Leeds |",
    "Known as Ng Brien, Shan.",
    "Known as \u{2018}Shan Ng Brien\u{2019}.",
];
const OTHERS: [&str; 7] = [
    "Siân spoke.",
    "The O'Brien-Ng prize.",
    "Siân Mair spoke.",
    "Siân Jones and Ned O'Brien-Ng spoke.",
    "O'Brien-Ng, Ned, and Siân spoke.",
    "O'Brien-Ngata, Siân.",
    "Shan spoke, and Ng Brien House stood.",
];

fn named() -> Site {
    let site = site("names");
    site.edit(RECORD, NAME, "Dr Siân Mair O'Brien-Ng\nsort_name: Ng Brien, Shan");
    let lines = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n\n")).collect::<String>();
    site.write("content/named.md", &format!("---\ntitle: Prizes\n---\n\n{}", lines(&NAMED)));
    site.write("content/others.md", &format!("---\ntitle: Other prizes\n---\n\n{}", lines(&OTHERS)));
    site.write("content/files/list.csv", "Surname,Forename\r\n\"O'Brien-Ng\",\"Siân\"\r\n");
    site.write("content/files/other.csv", "Surname,Forename\r\nO'Brien,Siân\r\n");
    site.build();
    site
}

#[test]
fn her_name_is_found_in_every_order_and_half_of_it_is_not() {
    let site = named();
    let run = withdraw(&site, &["sian"]).expect_code(0);
    for (at, line) in NAMED.iter().enumerate() {
        let place = format!("  content/named.md:{}  {line}\n", 5 + 2 * at);
        assert!(run.stdout.contains(&place), "no {place} in\n{}", run.stdout);
    }
    assert!(
        !run.stdout.contains("others.md")
            && !run.stdout.contains("others/")
            && !run.stdout.contains("other.csv"),
        "{}",
        run.stdout
    );
    run.expect("  content/files/list.csv  (a document)\n")
        .expect("  files/list.csv: her name\n")
        .expect("  named/index.html: her name\n");
    // Typed in either order, when her record is gone.
    for name in ["O'Brien-Ng, Dr Siân", "Siân O'Brien-Ng, PhD", "Dr Siân O'Brien-Ng FRCP"] {
        withdraw(&site, &["sian", "--name", name])
            .expect_code(0)
            .expect("content/named.md:15  Prof Siân O'Brien-Ng spoke of her.")
            .expect("content/named.md:9  Prizes: O’BRIEN-NG, SIÂN; and others.");
    }
}

#[test]
fn the_letter_names_these_places_too() {
    let site = named();
    site.run(&["mentors", "export", "sian"]).expect_code(0);
    let letter = site.source("private/exports/sian-2026-11-21/about.md");
    for (at, line) in NAMED.iter().enumerate() {
        let place = format!("- `content/named.md`, line {}:\n\n  > {line}\n", 5 + 2 * at);
        assert!(letter.contains(&place), "no {place} in\n{letter}");
    }
    assert!(letter.contains("- `content/files/list.csv`: a document with your name in it\n"), "{letter}");
    assert!(!letter.contains("content/others.md") && !letter.contains("other.csv"), "{letter}");
}

#[test]
fn her_name_in_an_attribute_is_found_in_every_order() {
    let site = site("attributes");
    site.edit(RECORD, NAME, "Dr Siân O'Brien-Ng\nsort_name: Ng Brien, Shan");
    site.write("content/files/old.html", "<p title=\"O&#39;Brien-Ng, Siân\">x</p>\n");
    site.write("content/files/older.html", "<p title='Shan  Ng Brien'>x</p>\n");
    site.build();
    withdraw(&site, &["sian"])
        .expect("  files/old.html: her name\n")
        .expect("  files/older.html: her name\n")
        .expect("  content/files/old.html  (a document)\n");
}
