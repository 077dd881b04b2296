//! What is hidden looks alike whatever it hides: two cells that say different words are exchanged in a release, and in
//! the page, its drawings, the CSV, the workbook, the Word document and the JSON the two words change places and nothing
//! else does.

mod support;

use mentorpress::archive;
use std::collections::BTreeMap;
use std::path::Path;
use support::{Site, without_letters};

const RELEASE: &str = "content/evaluations/circle/releases/2026.yaml";
const REPORT: &str = "reports/circle/2026";

fn bands(name: &str) -> Site {
    Site::copy_of(name, &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/bands/in"))
}

/// Everything readable of a built site: archives taken apart, so that each of their members is a file.
fn readable(site: &Site) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for (path, bytes) in site.public() {
        if archive::is_archive(&bytes) {
            for (member, content) in archive::members(&bytes) {
                files.insert(format!("{path}!{member}"), String::from_utf8(content).expect("UTF-8"));
            }
        } else {
            files.insert(path, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    files
}

/// A text with the hash of the release and the words in question made alike, and how often they stood in it. The letter of
/// a note belongs to the word before it.
fn levelled(text: &str, words: &[&str]) -> (String, usize) {
    let text = without_letters(text);
    let text = text.as_str();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut count = 0;
    while let Some(c) = rest.chars().next() {
        let hash = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        if hash == 64 {
            out.push_str("<hash>");
            rest = &rest[64..];
        } else if let Some(word) = words.iter().find(|word| rest.starts_with(**word)) {
            out.push_str("<words>");
            count += 1;
            rest = &rest[word.len()..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    (out, count)
}

/// Where two texts part.
fn difference(one: &str, other: &str) -> String {
    let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count().saturating_sub(80);
    let part =
        |text: &str| String::from_utf8_lossy(&text.as_bytes()[at..text.len().min(at + 240)]).into_owned();
    format!("\n{}\n{}", part(one), part(other))
}

/// A workbook's cells by sheet and place, its shared texts put where they are used; the rest of its sheets is formatting.
fn cells(members: &BTreeMap<String, String>, book: &str) -> BTreeMap<String, String> {
    let shared = &members[&format!("{book}!xl/sharedStrings.xml")];
    let texts: Vec<&str> =
        shared.split("<si>").skip(1).map(|text| text.split("</si>").next().unwrap_or("")).collect();
    let sheets = members.iter().filter(|(path, _)| path.starts_with(&format!("{book}!xl/worksheets/")));
    let resolve = |sheet: &String| {
        let mut pieces = sheet.split("t=\"s\"><v>");
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (index, after) = piece.split_once("</v>").expect("the end of a cell");
            out.push_str(texts[index.parse::<usize>().expect("a shared text")]);
            out.push_str(after);
        }
        out
    };
    sheets.map(|(path, sheet)| (path.clone(), resolve(sheet))).collect()
}

/// Exchanges two cells of the release, which say `words` in the report and `names` in its data.
fn exchanged(site: &Site, from: &str, to: &str, words: [&str; 2], names: [&str; 2]) {
    site.build();
    let before = readable(site);
    site.edit(RELEASE, from, to);
    site.build();
    let after = readable(site);
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let book = format!("{REPORT}/data/circle-2026.xlsx");
    let mut changed = Vec::new();
    for (path, text) in &before {
        let other = &after[path];
        if text == other {
            continue;
        }
        let file = path.split('!').next().unwrap_or(path);
        changed.push(file.to_owned());
        if file == book {
            continue;
        }
        let is_data = path.ends_with(".json") && path != "search.json";
        let known: &[&str] = if is_data { &names } else { &words };
        let (one, other) = (levelled(text, known), levelled(other, known));
        assert!(one.1 >= 2, "{path} changed without the words");
        assert_eq!(one.1, other.1, "{path} says one of the words more often");
        assert!(one.0 == other.0, "{path}: {}", difference(&one.0, &other.0));
    }
    for (sheet, text) in cells(&before, &book) {
        let other = &cells(&after, &book)[&sheet];
        let (one, other) = (levelled(&text, &words).0, levelled(other, &words).0);
        assert!(one == other, "{sheet}: {}", difference(&one, &other));
    }
    changed.dedup();
    let report = |name: &str| format!("{REPORT}/{name}");
    for expected in [
        "circle-2026.docx",
        "data/circle-2026.json",
        "data/circle-2026.xlsx",
        "data/gained.csv",
        "index.html",
    ] {
        assert!(changed.contains(&report(expected)), "{expected} did not change: {changed:?}");
    }
}

#[test]
fn few_and_nearly_all_are_drawn_alike() {
    exchanged(
        &bands("few-and-nearly-all"),
        "writing: few, post: few, teaching: nearly-all",
        "writing: nearly-all, post: few, teaching: few",
        ["fewer than 3", "9 or more"],
        ["\"few\"", "\"nearly-all\""],
    );
}

#[test]
fn few_and_withheld_are_drawn_alike() {
    let site = bands("few-and-withheld");
    site.edit(RELEASE, "writing: few, post: few, teaching", "writing: few, post: withheld, teaching");
    exchanged(
        &site,
        "writing: few, post: withheld, teaching",
        "writing: withheld, post: few, teaching",
        ["fewer than 3", "withheld"],
        ["\"few\"", "\"withheld\""],
    );
}
