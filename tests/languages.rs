//! Language is in the model: addresses, `lang`, interface strings and texts by language. English and Welsh are complete.

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use support::{Site, VOCABULARY, mentor};

/// The strings of a second language, made from the English ones.
fn second_language() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/i18n/en.yaml");
    std::fs::read_to_string(path)
        .expect("the English strings")
        .replace("nav.home: \"Home\"", "nav.home: \"Hafan\"")
}

fn site() -> Site {
    let site = Site::small("languages")
        .file("themes/own/i18n/cy.yaml", &second_language())
        .file("content/vocabulary.yaml", &VOCABULARY.replace("cardiff: Cardiff University", "cardiff: {label: {en: Cardiff University, cy: Prifysgol Caerdydd}, joined: \"2020\"}"))
        .file("content/mentors/amara.yaml", &mentor("Dr Sample Amara", "bio: {en: In English., cy: Yn Gymraeg.}\n").replace("leeds", "cardiff"))
        .file("content/about.md", "---\ntitle: About\n---\n\nText. [Contact](contact.md)\n")
        .file("content/about.cy.md", "---\ntitle: Amdanom\ntranslates: 2026-11-01\n---\n\nTestun. [Cyswllt](contact.md), [hafan](index.md), [mentoriaid](/mentors/)\n")
        .file("content/contact.md", "---\ntitle: Contact\n---\n\nWrite.\n")
        .file("content/index.cy.md", "---\ntitle: Croeso\n---\n\nCroeso.\n");
    site.edit("content/site.yaml", "languages: [en]", "languages: [en, cy]");
    site.edit("content/site.yaml", "contact:", "theme: own\nmenu: [about.md]\ncontact:");
    site
}

#[test]
fn a_page_in_another_language_has_its_address_words_and_links() {
    let site = site();
    site.build();
    let about = site.page("cy/about/index.html");
    assert!(
        about.contains("<html lang=\"cy\">") && about.contains("Hafan") && about.contains("<h1>Amdanom</h1>"),
        "{about}"
    );
    // Links lead to the same language where there is one, and fall back where not.
    assert!(
        about.contains("href=\"/contact/\"")
            && about.contains("href=\"/cy/\">")
            && about.contains("href=\"/cy/mentors/\""),
        "{about}"
    );
    assert!(
        about.contains("hreflang=\"en\" href=\"https://example.org/about/\"")
            && site
                .page("about/index.html")
                .contains("hreflang=\"cy\" href=\"https://example.org/cy/about/\"")
    );
    let profile = site.page("cy/mentors/amara/index.html");
    assert!(
        profile.contains("Yn Gymraeg.")
            && profile.contains("Prifysgol Caerdydd")
            && !profile.contains("In English."),
        "{profile}"
    );
    assert!(site.page("mentors/amara/index.html").contains("In English."));
}

#[test]
fn a_missing_string_is_named() {
    let site = Site::small("missing").file("content/index.ga.md", "---\ntitle: Fáilte\n---\n\nFáilte.\n");
    site.edit("content/site.yaml", "languages: [en]", "languages: [en, ga]\ntheme: own");
    site.write("themes/own/i18n/ga.yaml", &second_language().replace("nav.home: \"Hafan\"\n", ""));
    site.run(&["build"])
        .expect_code(1)
        .expect("error[missing-string]: the interface string `nav.home` is missing in ga");
}

/// Keys and places of a file of interface strings.
fn keys(text: &str) -> Vec<(&str, BTreeSet<&str>)> {
    let places = |value| -> BTreeSet<&str> {
        let starts = str::match_indices(value, '{').filter_map(|(at, _)| value[at + 1..].split_once('}'));
        starts
            .map(|(place, _)| place)
            .filter(|place| place.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
            .collect()
    };
    let lines = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    lines.filter_map(|line| line.split_once(": ")).map(|(key, value)| (key, places(value))).collect()
}

#[test]
fn welsh_has_every_string_that_english_has_with_the_same_places() {
    let english = include_str!("../themes/default/i18n/en.yaml");
    let welsh = include_str!("../themes/default/i18n/cy.yaml");
    assert_eq!(keys(english), keys(welsh));
}

#[test]
fn welsh_counts_in_six_forms() {
    let site = Site::small("welsh")
        .file("content/vocabulary.yaml", VOCABULARY)
        .file("content/index.md", "---\ntitle: Croeso\n---\n\nCroeso.\n");
    site.edit("content/site.yaml", "languages: [en]", "languages: [cy]");
    for places in [1, 2, 3, 6, 10] {
        let record = mentor(&format!("Dr Sample Number{places}"), "")
            .replace("capacity: 2", &format!("capacity: {places}"));
        site.write(&format!("content/mentors/m{places}.yaml"), &record);
    }
    site.build();
    let list = site.page("mentors/index.html");
    for words in ["1 lle<", "2 le<", "3 lle<", "6 lle<", "10 lle<", "5 mentor", "<html lang=\"cy\">"] {
        assert!(list.contains(words), "no {words} in\n{list}");
    }
    for (gone, words) in [(&["m1", "m2", "m3"][..], "2 fentor"), (&["m6", "m10"], "Nid oes mentoriaid")] {
        for id in gone {
            site.write(&format!("content/mentors/{id}.yaml"), "status: withdrawn\n");
        }
        site.build();
        let list = site.page("mentors/index.html");
        assert!(list.contains(words), "no {words} in\n{list}");
    }
}

#[test]
fn every_string_the_program_uses_is_there_in_english() {
    let strings = second_language();
    let mut missing = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("src") {
            let path = entry.expect("an entry").path();
            // What tests of rooms say is no string of the program.
            if path.is_dir() && path.file_name().is_some_and(|name| name != "tests") {
                folders.push(path);
                continue;
            }
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            for call in [".say(\"", ".count(\"", "\"note.", "\"check.", "\"policy."] {
                for (at, _) in text.match_indices(call) {
                    let start = at + call.rfind('"').expect("a quote") + 1;
                    let key = text[start..].split('"').next().unwrap_or_default();
                    if key.contains('.') && !key.contains('{') && !strings.contains(&format!("\n{key}: ")) {
                        missing.push(format!("{key} in {}", path.display()));
                    }
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_table_has_a_file_where_its_report_is_in_the_page_s_language() {
    let site = site();
    site.write("content/evaluations/aimms/survey.yaml", support::SURVEY);
    site.write("content/evaluations/aimms/releases/2023.yaml", support::RELEASE);
    site.write("content/evaluations/aimms/reports/2023.md", support::REPORT);
    site.edit("content/index.md", "Welcome.", "::table{questions=\"aimms/wanted\"}");
    site.edit("content/index.cy.md", "Croeso.", "::table{questions=\"aimms/wanted\"}");
    site.build();
    assert!(site.page("index.html").contains("href=\"/reports/aimms/2023/data/wanted.csv\""));
    let welsh = site.page("cy/index.html");
    assert!(welsh.contains("id=\"table-wanted\"") && !welsh.contains("wanted.csv"), "{welsh}");
}

#[test]
fn what_there_is_not_in_a_language_is_said_where_it_is_looked_for() {
    let site = site();
    site.edit("content/site.yaml", "menu: [about.md]", "menu: [about.md, contact.md]");
    let run = site.run(&["build"]).expect_code(0);
    assert!(run.stdout.contains("\nWelsh: 2 of 3 pages. Not in Welsh yet: contact.\n"), "{}", run.console());
    // In the menu: in words, and the label as what it is.
    let about = site.page("cy/about/index.html");
    assert!(
        about.contains(
            "<a href=\"/contact/\" lang=\"en\" hreflang=\"en\">Contact</a> <span>(in English)</span>"
        ),
        "{about}"
    );
    // In a text: for browsers and the stylesheet.
    assert!(about.contains("<a href=\"/contact/\" hreflang=\"en\">Cyswllt</a>"), "{about}");
    assert!(about.contains("<a href=\"/cy/mentors/\">mentoriaid</a>"), "{about}");
    // On the page: in the language it is not in, with the way to what there is.
    let contact = site.page("contact/index.html");
    let link = "<li lang=\"cy\"><a href=\"/cy/\" hreflang=\"cy\">";
    assert!(contact.contains(link) && !contact.contains("rel=\"alternate\" hreflang"), "{contact}");
    let translated = site.page("about/index.html");
    assert!(
        translated.contains("<a href=\"/cy/about/\" lang=\"cy\" hreflang=\"cy\">")
            && !translated.contains(link),
        "{translated}"
    );
}

#[test]
fn a_translation_that_has_fallen_behind_says_so_until_it_has_caught_up() {
    let site = site();
    site.edit("content/about.md", "title: About", "title: About\nupdated: 2026-11-01");
    site.build();
    assert!(!site.page("cy/about/index.html").contains("stale"));
    site.edit("content/about.md", "updated: 2026-11-01", "updated: 2026-11-20");
    site.run(&["build"]).expect_code(0).expect("warning[translation-stale]");
    let about = site.page("cy/about/index.html");
    let said = about.split("<p class=\"note stale\">").nth(1).and_then(|rest| rest.split("</p>").next());
    let said = said.expect("a note that it is older");
    assert!(said.contains("20 ") && said.contains("href=\"/about/\" hreflang=\"en\""), "{said}");
    assert!(!site.page("about/index.html").contains("stale"));
    site.edit("content/about.cy.md", "translates: 2026-11-01", "translates: 2026-11-20");
    let run = site.run(&["build"]).expect_code(0);
    assert!(!run.stderr.contains("translation"), "{}", run.console());
    assert!(!site.page("cy/about/index.html").contains("stale"));
}
