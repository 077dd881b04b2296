//! Tables for people: what `show=` prints, the notes that belong to words in cells, and tables made by hand.

mod support;

use mentorpress::html::{Token, decode, tokens};
use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use support::{REPORT, Site, TODAY};

const REPORT_PAGE: &str = "reports/aimms/2023";

/// The report with its table written another way, and the release under another policy.
fn with_table(name: &str, table: &str, policy: &str, mentees: u32) -> Site {
    let site = Site::with_survey(name);
    site.edit("content/evaluations/aimms/reports/2023.md", table_of(REPORT), table);
    for file in ["survey.yaml", "releases/2023.yaml"] {
        site.edit(&format!("content/evaluations/aimms/{file}"), "disclosure: {policy: small-survey}", policy);
    }
    let release = "content/evaluations/aimms/releases/2023.yaml";
    site.edit(release, "mentee: {answered: 12}", &format!("mentee: {{answered: {mentees}}}"));
    site
}

fn table_of(report: &str) -> &str {
    report.lines().find(|line| line.starts_with("::table")).expect("a table")
}

const IN_PRINT: &str =
    "disclosure: {policy: as-published, source: https://example.org/, reason: in print, approved_by: all}";
const AUDITED: &str = "disclosure: {policy: small-survey}";

/// The rows of every table of a page: header row first, each cell without the letter of its note.
fn rows(page: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut cell: Option<String> = None;
    let mut in_letter = false;
    for token in tokens(page) {
        match token {
            Token::Open { name: "tr", .. } => rows.push(Vec::new()),
            Token::Open { name: "th" | "td", .. } => cell = Some(String::new()),
            Token::Open { name: "sup", .. } => in_letter = true,
            Token::Close("sup") => in_letter = false,
            Token::Text(text) if !in_letter => {
                if let Some(cell) = &mut cell {
                    cell.push_str(&decode(text));
                }
            }
            Token::Close("th" | "td") => {
                let text = cell.take().expect("an open cell");
                rows.last_mut().expect("an open row").push(text.trim().to_owned());
            }
            _ => {}
        }
    }
    rows
}

fn page_rows(site: &Site) -> Vec<Vec<String>> {
    site.build();
    rows(&site.page(&format!("{REPORT_PAGE}/index.html")))
}

#[test]
fn counts_stand_alone_unless_percentages_are_asked_for() {
    let table = "::table{questions=recommend id=wanted}";
    let site = with_table("count", table, IN_PRINT, 12);
    assert_eq!(
        page_rows(&site)[..2],
        [["Answer", "Mentees (n = 12)", "Mentors (n = 10)"], ["Yes", "8", "8 or more"]]
    );
    let site = with_table("named", &table.replace('}', " show=count}"), IN_PRINT, 12);
    assert_eq!(page_rows(&site)[1], ["Yes", "8", "8 or more"]);
}

/// Whatever is counted: an order by size would tell which of two ranges is the larger number.
#[test]
fn rows_stand_in_the_order_of_the_survey() {
    let release = "content/evaluations/aimms/releases/2023.yaml";
    let site = with_table("order", "::table{questions=recommend id=wanted}", AUDITED, 12);
    for counts in [["\"yes\": 8, \"no\": 4", "8,", "4,"], ["\"yes\": 4, \"no\": 8", "4,", "8,"]] {
        site.edit(
            release,
            "mentee: {counts: {\"yes\": 8, \"no\": 4}",
            &format!("mentee: {{counts: {{{}}}", counts[0]),
        );
        let labels: Vec<String> = page_rows(&site)[1..3].iter().map(|row| row[0].clone()).collect();
        assert_eq!(labels, ["Yes", "No"], "{counts:?}");
        let csv = site.page(&format!("{REPORT_PAGE}/data/recommend.csv"));
        let lines: Vec<&str> = csv.lines().skip(1).collect();
        assert!(lines[0].starts_with(&format!("yes,{}", counts[1])), "{csv}");
        assert!(lines[1].starts_with(&format!("no,{}", counts[2])), "{csv}");
    }
}

#[test]
fn a_small_base_is_marked_where_it_has_percentages() {
    for (show, yes, no) in [("both", "8 (67%)", "4 (33%)"), ("percent", "67%", "33%")] {
        let table = format!("::table{{questions=recommend id=wanted show={show}}}");
        let site = with_table(show, &table, IN_PRINT, 12);
        let rows = page_rows(&site);
        // Mentors have words alone: nothing of theirs moves with one answer.
        assert_eq!(rows[0], ["Answer", "Mentees (n = 12, small base)", "Mentors (n = 10)"]);
        assert_eq!(rows[1..], [["Yes", yes, "8 or more"], ["No", no, "fewer than 3"]]);
        let page = site.page(&format!("{REPORT_PAGE}/index.html"));
        assert!(page.contains("“Small base” means"), "{page}");
        let csv = site.page(&format!("{REPORT_PAGE}/data/recommend.csv"));
        assert!(csv.contains("\r\nyes,8,8 or more\r\n"), "{csv}");
        let docx = word(&site);
        assert!(docx.contains(yes) && docx.contains("small base"), "{docx}");
        let json = site.page(&format!("{REPORT_PAGE}/data/aimms-2023.json"));
        assert!(!json.contains("67"), "{json}");
    }
}

#[test]
fn a_base_that_the_policy_allows_has_percentages() {
    let table = "::table{questions=recommend id=wanted show=both}";
    let site = with_table("large", table, AUDITED, 40);
    let release = "content/evaluations/aimms/releases/2023.yaml";
    site.edit(release, "{\"yes\": 8, \"no\": 4}", "{\"yes\": 21, \"no\": 19}");
    let rows = page_rows(&site);
    // 52.5 and 47.5 of a hundred: half rounded up, so that they need not add up to 100.
    assert_eq!(rows[0], ["Answer", "Mentees (n = 40)", "Mentors (n = 10)"]);
    assert_eq!(rows[1], ["Yes", "21 (53%)", "8 or more"]);
    assert_eq!(rows[2], ["No", "19 (48%)", "fewer than 3"]);
}

#[test]
fn a_base_that_the_policy_does_not_allow_is_one_finding() {
    let table = "::table{questions=\"wanted recommend\" id=wanted show=percent}";
    let run = with_table("policy", table, AUDITED, 12).run(&["build"]).expect_code(1);
    let run = run.expect("error[not-published]: this table cannot show percentages");
    let run =
        run.expect("percentages of 23 people or more: 12 of `mentee` answered, 10 of `mentor` answered");
    assert_eq!(run.console().matches("cannot show percentages").count(), 1, "{}", run.console());
}

#[test]
fn a_question_that_is_not_there_is_pointed_at_where_it_stands() {
    let site = Site::with_survey("caret");
    site.edit(
        "content/index.md",
        "Welcome.",
        "::table{questions=\"aimms/wanteds wanted want\" id=all caption=All}",
    );
    let run = site.run(&["build"]).expect_code(1);
    for place in ["content/index.md:5:26", "content/index.md:5:41"] {
        assert!(run.stderr.contains(place), "no {place} in {}", run.console());
    }
}

#[test]
fn what_has_no_percentages_is_a_finding() {
    for (table, finding) in [
        (
            "::table{questions=respondents id=wanted show=both}",
            "error[unknown-key]: `respondents` has nothing for `show`",
        ),
        ("::table{questions=wanted show=share}", "error[unknown-value]: a table cannot show `share`"),
    ] {
        with_table("nothing", table, IN_PRINT, 12).run(&["build"]).expect_code(1).expect(finding);
    }
    let unknown = with_table("unknown", table_of(REPORT), IN_PRINT, 12);
    let release = "content/evaluations/aimms/releases/2023.yaml";
    unknown.edit(release, "mentee: {counts: {\"yes\"", "mentee: {answered: not-reported, counts: {\"yes\"");
    unknown.edit(
        "content/evaluations/aimms/reports/2023.md",
        table_of(REPORT),
        "::table{questions=recommend id=wanted show=percent}",
    );
    unknown.run(&["build"]).expect_code(1).expect("how many of `mentee` answered is not reported");
}

/// The links of a page's tables to notes, and the ids of all that has one.
fn notes_of(page: &str) -> (Vec<String>, Vec<String>) {
    let (mut links, mut ids) = (Vec::new(), Vec::new());
    for token in tokens(page) {
        let Token::Open { name, attributes } = token else { continue };
        for attribute in attributes {
            match attribute.name {
                "id" => ids.push(attribute.value.to_owned()),
                "href" if name == "a" && attribute.value.contains("-note-") => {
                    links.push(attribute.value.trim_start_matches('#').to_owned());
                }
                _ => {}
            }
        }
    }
    (links, ids)
}

#[test]
fn every_word_in_a_cell_leads_to_its_note() {
    let site = Site::demonstration("notes");
    site.build();
    let page = site.page("reports/aimms/2022-23/index.html");
    let (links, ids) = notes_of(&page);
    let words: usize = rows(&page)
        .iter()
        .map(|row| row.iter().filter(|cell| matches!(cell.as_str(), "not asked" | "not published")).count())
        .sum();
    // The notes of charts have no letters; those of whole columns stand once, in the head.
    assert!(words > 10 && links.len() <= words && links.len() > 10, "{words} words, {} links", links.len());
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "an id stands twice");
    for link in &links {
        assert!(ids.contains(link), "no {link}");
    }
    // A list is words from end to end: its note has no letter.
    for id in ids.iter().filter(|id| id.contains("-note-") && page.contains(&format!("id=\"{id}\"><sup>"))) {
        assert!(links.contains(id), "nothing leads to {id}");
    }
}

#[test]
fn a_column_with_one_word_throughout_names_its_note_once() {
    let site = Site::with_survey("column");
    site.edit(
        "content/evaluations/aimms/releases/2023.yaml",
        "mentor: {counts: {contacts: 5}}",
        "mentor: withheld",
    );
    let survey = "content/evaluations/aimms/survey.yaml";
    site.edit(survey, ", asked_of: [mentee]", "");
    let rows = page_rows(&site);
    assert_eq!(rows[1][2], "withheld");
    assert_eq!(rows[2][2], "withheld");
    let (links, _) = notes_of(&site.page(&format!("{REPORT_PAGE}/index.html")));
    assert_eq!(links, ["table-wanted-note-a"]);
}

fn word(site: &Site) -> String {
    let bytes = site.public().remove(&format!("{REPORT_PAGE}/aimms-2023.docx")).expect("a document");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    archive.by_name("word/document.xml").expect("a story").read_to_string(&mut text).expect("UTF-8");
    text
}

#[test]
fn the_word_document_has_the_same_letters() {
    let site = Site::with_survey("letters");
    site.build();
    let story = word(&site);
    assert!(
        story.contains("<w:vertAlign w:val=\"superscript\"/></w:rPr><w:t xml:space=\"preserve\">a</w:t>"),
        "{story}"
    );
    assert!(story.contains("“Not asked” means"), "{story}");
}

const BY_HAND: &str = "
:::table{id=pairs caption=\"Pairs in each year\"}

Each year begins in September.

| Year | Pairs |
|------|------:|
| 2022 | 16    |
| 2023 | 21    |

:::
";

#[test]
fn a_table_made_by_hand_names_its_rows_and_is_named_by_its_caption() {
    let site = Site::small("hand").file("content/index.md", &format!("---\ntitle: Home\n---\n{BY_HAND}"));
    site.build();
    let page = site.page("index.html");
    for part in [
        "<p class=\"caption\" id=\"table-pairs-caption\">Table 1. Pairs in each year</p>",
        "role=\"region\" aria-labelledby=\"table-pairs-caption\" tabindex=\"0\"",
        "<table aria-labelledby=\"table-pairs-caption\">",
        "<th scope=\"col\">Year</th><th scope=\"col\" class=\"right\">Pairs</th>",
        "<th scope=\"row\">2022</th><td class=\"right\">16</td>",
        "Each year begins",
    ] {
        assert!(page.contains(part), "no {part} in {page}");
    }
}

#[test]
fn a_table_in_running_text_stays_as_it_was() {
    let table = "\n| Year | Pairs |\n|---|---|\n| 2022 | 16 |\n";
    let site = Site::small("running").file("content/index.md", &format!("---\ntitle: Home\n---\n{table}"));
    site.build();
    let page = site.page("index.html");
    assert!(page.contains("aria-label=\"Table\"") && page.contains("<td>2022</td>"), "{page}");
}

#[test]
fn a_frame_holds_one_table_whose_columns_and_rows_have_names() {
    for (from, to, finding) in [
        ("| Year |", "|  |", "the table's first corner has no words"),
        ("| Pairs |", "|   |", "a column of the table has no name"),
        ("| 2022 |", "|  |", "a row of the table has no name"),
        ("\n:::\n", "\n| A | B |\n|---|---|\n| c | d |\n\n:::\n", "more than one table in it"),
        ("| Year | Pairs |\n|------|------:|\n", "", "`:::table` has no table in it"),
    ] {
        assert!(BY_HAND.contains(from), "{from}");
        let text = BY_HAND.replacen(from, to, 1);
        let site = Site::small("frame").file("content/index.md", &format!("---\ntitle: Home\n---\n{text}"));
        site.run(&["check", "--date", TODAY]).expect_code(1).expect("error[table-by-hand]").expect(finding);
    }
}

#[test]
fn who_was_invited_stands_beside_who_answered() {
    let table = "::table{questions=respondents id=wanted}";
    let site = with_table("invited", table, AUDITED, 12);
    let release = "content/evaluations/aimms/releases/2023.yaml";
    site.edit(release, "mentee: {answered: 12}", "mentee: {answered: 12, invited: 20}");
    let rows = page_rows(&site);
    assert_eq!(rows[0], ["People", "Mentees", "Mentors"]);
    assert_eq!(rows[1], ["Answered", "12", "10"]);
    assert_eq!(rows[2], ["Invited", "20", "not reported"]);
    let csv = site.page(&format!("{REPORT_PAGE}/data/respondents.csv"));
    assert_eq!(csv, "wave,mentee,mentee-invited,mentor\r\nanswered,12,20,10\r\n");
    let json: serde_json::Value =
        serde_json::from_str(&site.page(&format!("{REPORT_PAGE}/data/aimms-2023.json"))).expect("JSON");
    assert_eq!(json["respondents"][0]["invited"], 20);
    assert!(json["respondents"][1].get("invited").is_none(), "{json}");
    assert!(word(&site).contains("Invited"));
}

#[test]
fn a_wave_whose_invitations_are_not_known_says_so() {
    let site = Site::demonstration("waves");
    site.edit(
        "content/evaluations/aimms/releases/2022-23.yaml",
        "baseline: {mentee: {answered: 10}",
        "baseline: {mentee: {answered: 10, invited: 28}",
    );
    site.build();
    let rows = rows(&site.page("reports/aimms/2022-23/index.html"));
    assert_eq!(rows[0], ["Occasion", "Mentees", "Mentors"]);
    assert_eq!(rows[1], ["Before mentoring, answered", "10", "10"]);
    assert_eq!(rows[2], ["Before mentoring, invited", "28", "not reported"]);
    assert_eq!(rows[3], ["At six months", "9", "4"]);
    let csv = site.page("reports/aimms/2022-23/data/respondents.csv");
    assert_eq!(
        csv,
        "wave,mentee,mentee-invited,mentor\r\nbaseline,10,28,10\r\nsix_months,9,not reported,4\r\n"
    );
}

#[test]
fn no_cell_is_merged_or_blank() {
    let site = Site::demonstration("cells");
    site.build();
    let page = site.page("reports/aimms/2022-23/index.html");
    assert!(!page.contains("colspan") && !page.contains("rowspan"));
    let rows = rows(&page);
    assert!(rows.len() > 60, "{}", rows.len());
    for row in &rows {
        assert!(row.len() > 1 && row.iter().all(|cell| !cell.is_empty()), "{row:?}");
    }
}

/// Each table written in Markdown scrolls in a region, and readers of regions tell them apart by their names.
#[test]
fn regions_of_markdown_tables_have_names_of_their_own() {
    let table = "| what | how |\n|---|---|\n| one | two |\n\n";
    let page = format!("---\ntitle: About\n---\n\n{table}Then.\n\n{table}");
    let site = Site::small("regions").file("content/about.md", &page);
    site.build();
    let page = site.page("about/index.html");
    for name in ["aria-label=\"Table\"", "aria-label=\"Table (2)\""] {
        assert_eq!(page.matches(name).count(), 1, "{name}: {page}");
    }
}
