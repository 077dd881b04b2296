//! A report's downloads, read back by programs that are not ours: the workbook and the JSON have the figures of the
//! CSV files, the Word document has the text and tables of the page, and all are the same bytes every time.

mod support;

use calamine::{Data, Reader, Xlsx};
use mentorpress::html::{Token, decode, tokens};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use support::Site;

const REPORT: &str = "reports/aimms/2022-23";

fn download(site: &Site, path: &str) -> Vec<u8> {
    site.public().remove(path).unwrap_or_else(|| panic!("no {path}"))
}

fn workbook(site: &Site, report: &str, name: &str) -> Xlsx<Cursor<Vec<u8>>> {
    let bytes = download(site, &format!("{report}/data/{name}.xlsx"));
    calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook")
}

/// A sheet's table: what stands from the header on, the sentence and heading above it left out.
fn sheet(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str, above: usize) -> Vec<Vec<Data>> {
    let range = book.worksheet_range(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    range.rows().skip(above).map(<[Data]>::to_vec).collect()
}

fn json(site: &Site, report: &str, name: &str) -> Value {
    serde_json::from_slice(&download(site, &format!("{report}/data/{name}.json"))).expect("JSON")
}

fn member(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

fn members(bytes: &[u8]) -> BTreeMap<String, String> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    names.into_iter().map(|name| (name.clone(), member(bytes, &name))).collect()
}

/// The paragraphs of a Word document, as text.
fn paragraphs(document: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut text = String::new();
    for token in tokens(document) {
        match token {
            Token::Open { name: "w:p", .. } => text.clear(),
            Token::Text(more) => text.push_str(&decode(more)),
            Token::Close("w:p") => all.push(text.replace('\u{A0}', " ")),
            _ => {}
        }
    }
    all
}

/// The lines of one of our CSV files, none of whose fields here are quoted.
fn csv(site: &Site, id: &str) -> Vec<Vec<String>> {
    let text = site.page(&format!("{REPORT}/data/{id}.csv"));
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn questions(site: &Site) -> Vec<String> {
    let published = json(site, REPORT, "aimms-2022-23");
    let questions = published["questions"].as_array().expect("questions");
    questions.iter().map(|question| question["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn the_workbook_has_every_figure_of_the_csv() {
    let site = Site::demonstration("workbook");
    site.build();
    let mut book = workbook(&site, REPORT, "aimms-2022-23");
    let mut compared = 0;
    let mut ids = questions(&site);
    ids.push("respondents".to_owned());
    for id in &ids {
        let (table, csv) = (sheet(&mut book, id, 2), csv(&site, id));
        assert_eq!(table.len(), csv.len(), "{id}");
        for (row, line) in table.iter().zip(&csv).skip(1) {
            assert_eq!(row.len(), line.len(), "{id}");
            for (cell, field) in row.iter().zip(line).skip(1) {
                match (cell, field.parse::<f64>()) {
                    (Data::Float(number), Ok(expected)) => assert!((number - expected).abs() < 1e-9, "{id}"),
                    (Data::String(words), Err(_)) => assert_eq!(words, field, "{id}"),
                    (cell, _) => panic!("{id}: {cell:?} where the CSV has {field}"),
                }
                compared += 1;
            }
        }
    }
    let flow: Vec<Vec<Data>> =
        ["flow 1", "flow 2"].iter().flat_map(|name| sheet(&mut book, name, 2).into_iter().skip(1)).collect();
    let counts: Vec<String> = flow.iter().map(|row| row[1].to_string()).collect();
    let expected: Vec<String> = csv(&site, "flow").into_iter().skip(1).map(|line| line[2].clone()).collect();
    assert_eq!(counts, expected);
    assert!(compared > 120, "{compared}");
}

#[test]
fn the_workbook_is_set_out_for_everybody() {
    let site = Site::demonstration("checklist");
    site.build();
    let mut book = workbook(&site, REPORT, "aimms-2022-23");
    let names = book.sheet_names();
    assert_eq!(&names[..2], ["Cover", "Notes"]);
    assert_eq!(names.last().map(String::as_str), Some("Data dictionary"));
    let cover: Vec<String> = sheet(&mut book, "Cover", 0).iter().flatten().map(ToString::to_string).collect();
    for text in ["Evaluation of AIMMS Mentoring, 2022–23", "2022-23", "Sample Author", "Sample University"]
    {
        assert!(cover.iter().any(|cell| cell == text), "{cover:?}");
    }
    for name in &names[1..] {
        assert!(cover.contains(name), "the cover does not list {name}");
        let above = if name == "Notes" || name == "Data dictionary" { 1 } else { 2 };
        for cell in sheet(&mut book, name, above).iter().flatten() {
            assert!(!cell.to_string().trim().is_empty(), "{name} has an empty cell");
        }
    }
    let bytes = download(&site, &format!("{REPORT}/data/aimms-2022-23.xlsx"));
    let parts = members(&bytes);
    let tables = parts.keys().filter(|name| name.starts_with("xl/tables/")).count();
    assert_eq!(tables, names.len(), "one table a sheet");
    assert!(parts.values().all(|xml| !xml.contains("mergeCell")));
    let core = &parts["docProps/core.xml"];
    assert!(
        core.contains("<dc:creator>Sample Author</dc:creator>") && core.contains("2025-04-30T"),
        "{core}"
    );
    assert!(core.contains("<dc:title>Evaluation of AIMMS Mentoring, 2022–23</dc:title>"), "{core}");
}

#[test]
fn the_json_has_every_figure_of_the_csv() {
    let site = Site::demonstration("json");
    site.build();
    let published = json(&site, REPORT, "aimms-2022-23");
    assert_eq!(published["format"], "mentorpress-report/1");
    assert_eq!((&published["survey"], &published["edition"]), (&"aimms".into(), &"2022-23".into()));
    let words = BTreeMap::from([
        ("unpublished", "not published"),
        ("not-asked", "not asked"),
        ("not-reported", "not reported"),
    ]);
    let mut compared = 0;
    for question in published["questions"].as_array().expect("questions") {
        let lines = csv(&site, question["id"].as_str().expect("an id"));
        let rows = question["rows"].as_array().expect("rows");
        assert_eq!(rows.len() + 2, lines.len(), "{question}");
        for (column, group) in lines[0].iter().enumerate().skip(1) {
            let mut figures: Vec<&Value> = rows.iter().map(|row| &row["values"][group]).collect();
            figures.push(&question["answered"][group]);
            for (figure, line) in figures.into_iter().zip(&lines[1..]) {
                let text = match figure {
                    Value::String(word) => words[word.as_str()].to_owned(),
                    number => number.to_string(),
                };
                assert_eq!(text, line[column], "{question}");
                compared += 1;
            }
        }
    }
    assert!(compared > 120, "{compared}");
    assert_eq!(published["tallies"][0], serde_json::json!({"of": "universities", "count": 22}));
    assert_eq!(published["flow"].as_array().map(Vec::len), Some(5));
    assert_eq!(published["respondents"].as_array().map(Vec::len), Some(4));
}

#[test]
fn the_document_has_the_text_and_tables_of_the_page_in_order() {
    let site = Site::demonstration("document");
    site.build();
    let bytes = download(&site, &format!("{REPORT}/aimms-2022-23.docx"));
    let document = member(&bytes, "word/document.xml");
    let paragraphs = paragraphs(&document);
    let mut rest = paragraphs.iter();
    let page = site.page(&format!("{REPORT}/index.html"));
    let body = page.split_once("<div class=\"body\">");
    let body = body.expect("the body").1.split("report-method").next().expect("the text");
    let mut found = 0;
    let mut text: Option<String> = None;
    for token in tokens(body) {
        match token {
            Token::Open { name: "h2" | "h3" | "th" | "td" | "p" | "caption", .. } => {
                text = Some(String::new());
            }
            Token::Text(more) => {
                if let Some(text) = &mut text {
                    text.push_str(&decode(more));
                }
            }
            Token::Close("h2" | "h3" | "th" | "td" | "p" | "caption") => {
                let text = text.take().expect("an open element");
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if text.starts_with("Download") || text.is_empty() {
                    continue;
                }
                assert!(rest.any(|paragraph| *paragraph == text), "`{text}` is missing or out of order");
                found += 1;
            }
            _ => {}
        }
    }
    assert!(found > 200, "{found}");
    let headings = document.matches("<w:pStyle w:val=\"Heading1\"/>").count();
    assert_eq!(headings, page.split("<h2").count() - 1 - 1, "all but the downloads");
    assert_eq!(document.matches("<w:tblHeader/>").count(), document.matches("<w:tbl>").count());
    assert!(document.contains("w:hyperlink w:anchor=\"_Ref"));
    let relations = member(&bytes, "word/_rels/document.xml.rels");
    assert!(
        relations.contains("Target=\"https://aimms.example.org/publications/2025-evaluation/\""),
        "{relations}"
    );
    let core = member(&bytes, "docProps/core.xml");
    assert!(
        core.contains("<dc:creator>Sample Author</dc:creator>") && core.contains("2025-04-30T"),
        "{core}"
    );
}

#[test]
fn the_page_leads_to_its_downloads() {
    let site = Site::demonstration("links");
    site.build();
    let page = site.page(&format!("{REPORT}/index.html"));
    for path in ["aimms-2022-23.docx", "data/aimms-2022-23.xlsx", "data/aimms-2022-23.json"] {
        let address = format!("/{REPORT}/{path}");
        assert_eq!(page.matches(&address).count(), 2, "once in the head, once in the text: {path}");
        assert!(site.has(&address[1..]));
    }
}

/// The member of a workbook that holds a sheet.
fn sheet_of(book: &[u8], name: &str) -> String {
    let sheets = member(book, "xl/workbook.xml");
    let before = sheets.split(&format!("<sheet name=\"{name}\"")).next().expect("the sheets");
    format!("xl/worksheets/sheet{}.xml", before.matches("<sheet name=").count() + 1)
}

#[test]
fn one_number_changes_its_files_and_two_builds_change_none() {
    let site = Site::demonstration("same-bytes");
    site.build();
    let before = site.public();
    std::fs::remove_dir_all(site.root().join("public")).expect("removed");
    site.build();
    assert_eq!(before, site.public());
    let release = "content/evaluations/aimms/releases/2022-23.yaml";
    site.edit(release, "contacts: 4, cv: 3, advice: 9", "contacts: 4, cv: 2, advice: 9");
    site.build();
    let after = site.public();
    let changed: BTreeSet<&str> =
        after.keys().filter(|path| after[*path] != before[*path]).map(String::as_str).collect();
    let expected = [
        "aimms-2022-23.docx",
        "data/aimms-2022-23.json",
        "data/aimms-2022-23.xlsx",
        "data/wanted.csv",
        "index.html",
    ];
    let expected = expected.iter().map(|path| format!("{REPORT}/{path}"));
    let expected: Vec<String> = expected.chain(["atom.xml".to_owned()]).collect();
    assert_eq!(changed, expected.iter().map(String::as_str).collect::<BTreeSet<_>>());
    let changed_parts = |path: &str| -> Vec<String> {
        let (before, after) = (members(&before[path]), members(&after[path]));
        after.into_iter().filter(|(name, text)| before[name] != *text).map(|(name, _)| name).collect()
    };
    assert_eq!(changed_parts(&expected[0]), ["word/document.xml"]);
    assert_eq!(
        changed_parts(&expected[2]),
        ["xl/sharedStrings.xml", &sheet_of(&before[&expected[2]], "wanted")],
        "the release's hash on the cover, and the sheet of that question"
    );
}

/// Texts that no spreadsheet or word processor would like.
#[test]
fn hostile_texts_end_in_files_that_can_be_read() {
    let long = "x".repeat(300);
    let options: Vec<String> =
        (0..200).map(|at| format!("      - {{id: o{at}, label: \"=1+{at} {long}\"}}")).collect();
    let counts: Vec<String> = (0..200).map(|at| format!("o{at}: 5")).collect();
    let id = "a_question_whose_name_is_far_too_long_for_a_sheet";
    let survey = format!(
        "title: An evaluation\ngroups: {{mentee: \"=HYPERLINK(1)\", mentor: \"@Mentors {long}\"}}\nquestions:\n  - id: {id}\n    ask: \"+What? <&>\\x01\\x1F \u{202B}\u{645}\u{631}\u{62D}\u{628}\u{627}\u{202C} T\u{177} d\u{175}r\"\n    type: choose-all\n    options:\n{}\n    show: counts\n  - id: {id}_2\n    ask: Again?\n    type: choose-one\n    options: [{{id: \"yes\", label: \"Yes\"}}, {{id: \"no\", label: \"No\"}}]\n  - id: history\n    ask: History?\n    type: choose-one\n    options: [{{id: \"yes\", label: \"Yes\"}}, {{id: \"no\", label: \"No\"}}]\ndisclosure: {{policy: small-survey}}\nreport: {{authors: [{{family: \"=Sample\", given: A}}]}}\n",
        options.join("\n")
    );
    let yes_no =
        "mentee: {counts: {\"yes\": 8, \"no\": 4}}\n    mentor: {counts: {\"yes\": nearly-all, \"no\": few}}";
    let release = format!(
        "edition: \"2023\"\ncollected: 2023-07\nincludes: none\ndisclosure: {{policy: small-survey}}\nrespondents: {{mentee: {{answered: 12}}, mentor: {{answered: 10}}}}\nanswers:\n  {id}:\n    mentee: {{counts: {{{0}}}}}\n    mentor: {{counts: {{{0}}}}}\n  {id}_2:\n    {yes_no}\n  history:\n    {yes_no}\n",
        counts.join(", ")
    );
    let report = format!(
        "---\ntitle: \"=Evaluation 2023\"\nkind: report\ndate: 2023-09-01\n---\n\n## Hopes\n\nSee :ref[table-{id}].\n\n1. Above\n   - *Below* `a  b`[^1]\n\n[^1]: A note.\n\n```\nas  it\nis\n```\n\n| a | b |\n|---|--:|\n| \u{645}\u{631} | **b** |\n\n::table{{questions={id} caption=\"Many\"}}\n"
    );
    let site = Site::small("hostile")
        .file("content/evaluations/aimms/survey.yaml", &survey)
        .file("content/evaluations/aimms/releases/2023.yaml", &release)
        .file("content/evaluations/aimms/reports/2023.md", &report);
    site.build();
    let mut book = workbook(&site, "reports/aimms/2023", "aimms-2023");
    let names = book.sheet_names();
    assert!(names.iter().all(|name| name.chars().count() <= 31), "{names:?}");
    let unique: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(unique.len(), names.len());
    let table = sheet(&mut book, &names[2], 2);
    assert_eq!(table.len(), 202);
    assert!(table[1][0].to_string().starts_with("=1+0 x"), "{:?}", table[1]);
    assert_eq!(table[1][1], Data::Float(5.0));
    let bytes = download(&site, "reports/aimms/2023/data/aimms-2023.xlsx");
    assert!(members(&bytes).values().all(|xml| !xml.contains("<f>")), "no formula");
    let bytes = download(&site, "reports/aimms/2023/aimms-2023.docx");
    for (name, xml) in members(&bytes) {
        assert!(!xml.contains(['\u{1}', '\u{1F}']), "{name}");
    }
    let paragraphs = paragraphs(&member(&bytes, "word/document.xml"));
    for text in ["Hopes", "Above", "Below a b1", "A note.", "\u{645}\u{631}", "as  itis"] {
        assert!(paragraphs.iter().any(|paragraph| paragraph.contains(text)), "{text}: {paragraphs:?}");
    }
    let published = json(&site, "reports/aimms/2023", "aimms-2023");
    assert_eq!(published["policy"]["band"], 3);
    assert_eq!(published["questions"][1]["rows"][0]["values"]["mentor"], "nearly-all");
    assert_eq!(published["questions"][1]["rows"][1]["values"]["mentor"], "few");
}
