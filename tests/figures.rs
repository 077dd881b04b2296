//! The demonstration's report against the figures of the published paper: each count by row and column header in
//! the HTML, and in the CSV; and one number changed in the release moves that cell and no other.

mod support;

use mentorpress::diagnostic::Diagnostics;
use mentorpress::source::Sources;
use mentorpress::yaml::{self, Kind, Node};
use std::collections::BTreeMap;
use std::path::Path;
use support::Site;
use support::tables::tables;

const REPORT: &str = "reports/aimms/2022-23";

/// The copy of the paper's figures.
fn figures() -> Node {
    let root = std::env::temp_dir().join(format!("mentorpress-figures-{}", std::process::id()));
    std::fs::create_dir_all(root.join("content")).expect("a folder");
    let text = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figures/aimms-2023.yaml"))
        .expect("the figures");
    std::fs::write(root.join("content/figures.yaml"), text).expect("a copy");
    let sources = Sources::read(&root).expect("sources");
    let (file, source) = sources.find("content/figures.yaml").expect("the copy");
    let mut found = Diagnostics::new();
    let node = yaml::parse(&sources, file, 0..source.text.len(), &mut found).expect("YAML");
    assert!(found.is_empty());
    std::fs::remove_dir_all(&root).expect("removed");
    node
}

fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.kind {
        Kind::Map(entries) => entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value),
        _ => None,
    }
}

fn text(node: &Node, key: &str) -> Option<String> {
    get(node, key).and_then(yaml::scalar).map(str::to_owned)
}

fn list(node: &Node) -> &[Node] {
    match &node.kind {
        Kind::List(items) => items,
        _ => panic!("a list is due"),
    }
}

/// A CSV as the crate `csv` would read it; ours has no quotes within these files.
fn csv(site: &Site, question: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let text = site.page(&format!("{REPORT}/data/{question}.csv"));
    assert!(text.ends_with("\r\n"), "RFC 4180 ends lines with CRLF");
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let head = lines.next().expect("a header");
    lines
        .map(|line| {
            (line[0].clone(), head.iter().skip(1).cloned().zip(line.iter().skip(1).cloned()).collect())
        })
        .collect()
}

#[test]
fn every_count_of_the_paper_is_on_the_page_and_in_the_csv() {
    let site = Site::demonstration("figures");
    site.build();
    let tables = tables(&site.page(&format!("{REPORT}/index.html")));
    let figures = figures();
    let places = [
        ("harder", "table-harder"),
        ("wanted", "table-wanted"),
        ("personal", "table-developed-1"),
        ("professional", "table-developed-2"),
    ];
    let mut counted = 0;
    for (question, id) in places {
        let table = &tables[id];
        let csv = csv(&site, question);
        let rows = list(get(&figures, question).expect("the question"));
        assert_eq!(table.rows.len(), rows.len(), "{question} has a row for each option and no other");
        for row in rows {
            let (label, option) = (text(row, "row").expect("row"), text(row, "id").expect("id"));
            for (group, column) in [("mentee", "Mentees"), ("mentor", "Mentors")] {
                let expected = text(row, group).unwrap_or_else(|| "not asked".to_owned());
                assert_eq!(table.cell(&label, column), expected, "{question}, {label}, {column}");
                assert_eq!(csv[&option][group], expected, "{question}.csv, {option}, {group}");
                counted += 1;
            }
        }
    }
    assert_eq!(counted, 2 * (2 + 9 + 16 + 11));
}

#[test]
fn bases_respondents_and_flow_are_on_the_page() {
    let site = Site::demonstration("bases");
    site.build();
    let tables = tables(&site.page(&format!("{REPORT}/index.html")));
    let figures = figures();
    let respondents = get(&figures, "respondents").expect("respondents");
    for (wave, label, table) in [
        ("baseline", "Before mentoring", "table-wanted"),
        ("six_months", "At six months", "table-developed-1"),
    ] {
        for (group, column) in [("mentee", "Mentees"), ("mentor", "Mentors")] {
            let n = text(get(respondents, wave).expect("the wave"), group).expect("n");
            assert_eq!(tables["table-respondents"].cell(label, column), n);
            assert_eq!(csv(&site, "respondents")[wave][group], n);
            let header =
                tables[table].columns.iter().find(|name| name.starts_with(column)).expect("the column");
            assert_eq!(header, &format!("{column} (n = {n})"));
        }
    }
    let flow = get(&figures, "flow").expect("flow");
    let labels = [
        ("women", "expressed_interest", "Expressed interest"),
        ("women", "registered", "Registered"),
        ("women", "participated", "Participated"),
        ("pairs", "begun", "Begun"),
        ("pairs", "ended_early", "Ended early"),
    ];
    let csv = site.page(&format!("{REPORT}/data/flow.csv"));
    for (unit, step, label) in labels {
        let count = text(get(flow, unit).expect("the unit"), step).expect("the step");
        let (id, column) =
            if unit == "women" { ("table-flow-1", "Women") } else { ("table-flow-2", "Pairs") };
        assert_eq!(tables[id].cell(label, column), count);
        assert!(csv.contains(&format!("\r\n{unit},{step},{count}\r\n")), "{csv}");
    }
}

#[test]
fn one_number_changed_in_the_release_moves_that_cell_alone() {
    let site = Site::demonstration("one-number");
    site.build();
    let before = site.public();
    let page = format!("{REPORT}/index.html");
    let tables_before = tables(&site.page(&page));
    let release = "content/evaluations/aimms/releases/2022-23.yaml";
    site.edit(release, "contacts: 4, cv: 3, advice: 9", "contacts: 4, cv: 2, advice: 9");
    site.build();
    let after = site.public();
    // The whole report in other formats changes too: `downloads.rs` and `feed.rs` look into those.
    let is_whole = |path: &str| [".docx", ".json", ".xlsx", ".xml"].iter().any(|end| path.ends_with(end));
    let changed: Vec<&String> =
        after.keys().filter(|path| after[*path] != before[*path] && !is_whole(path)).collect();
    assert_eq!(changed, [&format!("{REPORT}/data/wanted.csv"), &page]);
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());

    let mut expected = tables_before;
    let wanted = expected.get_mut("table-wanted").expect("the table");
    let (_, cells) =
        wanted.rows.iter_mut().find(|(row, _)| row == "A stronger CV or portfolio").expect("the row");
    assert_eq!(std::mem::replace(&mut cells[0], "2".to_owned()), "3");
    assert_eq!(tables(&site.page(&page)), expected);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let differing = |a: &str, b: &str| {
        assert_eq!(a.len(), b.len());
        a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count()
    };
    let (a, b) = (text(&before[&page]), text(&after[&page]));
    let (a, b) = (without_hash(&a), without_hash(&b));
    assert_eq!(differing(&without_charts(&a), &without_charts(&b)), 1, "one digit of the page");
    let csv = format!("{REPORT}/data/wanted.csv");
    assert_eq!(differing(&text(&before[&csv]), &text(&after[&csv])), 1, "one digit of the CSV");
    // Of the drawings one follows: its bar, the value at it and the words of its description.
    let redrawn: Vec<(&str, &str)> = elements(&a).zip(elements(&b)).filter(|(a, b)| a != b).collect();
    assert_eq!(redrawn.len(), 3 + 1, "and the cell: {redrawn:?}");
    assert!(redrawn.iter().all(|(a, b)| a.len() == b.len()), "{redrawn:?}");
}

/// A page without the hash of its release, which is another whatever changes.
fn without_hash(page: &str) -> String {
    let begins = page.find("<dt>SHA-256").expect("the hash");
    let ends = begins + page[begins..].find("</dd>").expect("its end");
    page[..begins].to_owned() + &page[ends..]
}

/// A number that the prose binds too: what says it changes wherever it stands, and nothing else does.
#[test]
fn one_number_changed_moves_table_drawing_description_prose_downloads_hash_and_feed() {
    let site = Site::demonstration("everywhere");
    site.build();
    let before = site.public();
    site.edit("content/evaluations/aimms/releases/2022-23.yaml", "cv: 3, advice: 9", "cv: 3, advice: 8");
    site.build();
    let after = site.public();
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let changed: Vec<&str> =
        after.keys().filter(|path| after[*path] != before[*path]).map(String::as_str).collect();
    let page = format!("{REPORT}/index.html");
    assert_eq!(
        changed,
        [
            "atom.xml",
            "cy/for-mentees/index.html",
            "cy/search.json",
            "for-mentees/index.html",
            &format!("{REPORT}/aimms-2022-23.docx"),
            &format!("{REPORT}/data/aimms-2022-23.json"),
            &format!("{REPORT}/data/aimms-2022-23.xlsx"),
            &format!("{REPORT}/data/wanted.csv"),
            &page,
            "search.json",
        ]
    );
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (a, b) = (text(&before[&page]), text(&after[&page]));
    let moved: Vec<(&str, &str)> = elements(&a).zip(elements(&b)).filter(|(a, b)| a != b).collect();
    let is = |(a, b): &&(&str, &str), from: &str, to: &str| a.replace(from, to) == *b;
    let counts = [
        ("the cell", moved.iter().filter(|pair| is(pair, "td>9", "td>8")).count()),
        (
            "the sentence",
            moved.iter().filter(|pair| is(pair, "9 of 10 mentees hoped", "8 of 10 mentees hoped")).count(),
        ),
        (
            "the value at the bar",
            moved.iter().filter(|pair| pair.0.starts_with("text ") && is(pair, "9 of 10", "8 of 10")).count(),
        ),
        ("the bar", moved.iter().filter(|pair| pair.0.starts_with("rect ")).count()),
        (
            "the description",
            moved
                .iter()
                .filter(|pair| {
                    pair.0.starts_with("desc ") && is(pair, "Mentees, 9 of 10", "Mentees, 8 of 10")
                })
                .count(),
        ),
        (
            "the hash",
            moved.iter().filter(|pair| pair.0.starts_with("code") && pair.0.len() == pair.1.len()).count(),
        ),
    ];
    for (what, count) in counts {
        assert_eq!(count, 1, "{what} of {moved:?}");
    }
    assert_eq!(moved.len(), counts.len(), "and nothing else: {moved:?}");
}

/// A page without its drawings.
fn without_charts(page: &str) -> String {
    let mut pieces = page.split("<svg class=\"chart\"");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once("</svg>").expect("its end").1)
}

/// What begins with each tag of a page.
fn elements(page: &str) -> impl Iterator<Item = &str> {
    page.split('<')
}

#[test]
fn a_number_in_the_prose_follows_the_release() {
    let site = Site::demonstration("prose");
    site.build();
    let home = site.page("index.html");
    assert!(home.contains("8 of 9"), "{home}");
    site.edit(
        "content/evaluations/aimms/releases/2022-23.yaml",
        "mentee: {tops: {agreed: 8}}",
        "mentee: {tops: {agreed: 7}}",
    );
    site.build();
    assert!(site.page("index.html").contains("7 of 9") && !site.page("index.html").contains("8 of 9"));
}
