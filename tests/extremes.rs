//! What strains a report: a survey in Welsh, two hundred answers, labels of three hundred characters, words without a
//! break, markup and another script in labels. It ends in sound pages, or in a finding.

mod support;

use mentorpress::html::{escape, text};
use std::path::Path;
use support::Site;
use support::tables::tables;

const REPORT: &str = "reports/mawr/2026";

/// The site of `tests/extremes`; its theme's words are the English ones, for want of a translation.
fn extremes() -> Site {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let strings = std::fs::read(root.join("themes/default/i18n/en.yaml")).expect("the English strings");
    let site = Site::copy_of("extremes", &root.join("tests/extremes/in"));
    site.bytes("themes/cymraeg/i18n/cy.yaml", &strings);
    site
}

#[test]
fn a_long_survey_in_welsh_gives_sound_pages_and_downloads() {
    let site = extremes();
    let run = site.build();
    assert!(!run.console().contains("panicked"), "{}", run.console());
    let page = site.page(&format!("{REPORT}/index.html"));
    assert!(page.contains("<html lang=\"cy\">"), "the page says what language it is in");
    let tables = tables(&page);
    assert_eq!(tables["table-pynciau"].rows.len(), 200);
    let survey = site.source("content/evaluations/mawr/survey.yaml");
    let long = survey.lines().find(|line| line.contains("id: p7,")).expect("the long label");
    let long = long.split('"').nth(1).expect("in quotes");
    assert!(long.chars().count() >= 290, "{} characters", long.chars().count());
    assert!(text(&page).contains(long), "all of a long label is on the page");
    assert!(page.contains(escape("<b>&amp; \"dyfyniad\" =1+1").as_ref()), "markup in a label is text");
    assert!(!page.contains("<b>&amp;"), "and not markup");
    let csv = site.page(&format!("{REPORT}/data/pynciau.csv"));
    assert_eq!(csv.lines().count(), 1 + 200 + 1);
    let json: serde_json::Value =
        serde_json::from_str(&site.page(&format!("{REPORT}/data/mawr-2026.json"))).expect("JSON");
    assert_eq!(json["language"], "cy");
    assert_eq!(json["questions"][0]["rows"].as_array().map(Vec::len), Some(200));
    let label = |at: usize| json["questions"][0]["rows"][at]["label"].as_str().map(str::to_owned);
    assert_eq!(label(9).as_deref(), Some("تعلّم اللغة"));
    for (name, holds) in
        [("mawr-2026.docx", "word/document.xml"), ("data/mawr-2026.xlsx", "xl/sharedStrings.xml")]
    {
        let bytes = site.public().remove(&format!("{REPORT}/{name}")).expect("a download");
        let members = mentorpress::archive::members(&bytes);
        let (_, member) = members.iter().find(|(member, _)| member == holds).expect("its text");
        let said = String::from_utf8(member.clone()).expect("UTF-8");
        assert!(said.contains(long) && said.contains("ŵyna i ŷd"), "{name} has the labels whole");
    }
}

#[test]
fn a_label_of_a_hundred_thousand_letters_is_printed_whole() {
    let site = extremes();
    let endless = "x".repeat(100_000);
    site.edit("content/evaluations/mawr/survey.yaml", "Pwnc rhif 1, o ŵyna i ŷd", &endless);
    site.build();
    assert!(site.page(&format!("{REPORT}/index.html")).contains(&endless));
}
