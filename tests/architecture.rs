//! The house: imports go down only, rooms of one floor do not see each other, and each package has one door.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Floors from the ground up; what stands in one line is of one floor.
const FLOORS: [&[&str]; 13] = [
    &["failure", "path", "language", "html", "colour", "archive", "compression"],
    &["source", "web", "git"],
    &["output"],
    &["diagnostic"],
    &["yaml", "markdown", "photo", "forms"],
    &["theme", "serve"],
    &["config"],
    &["directory", "content", "evaluation"],
    &["site"],
    &["render", "check"],
    &["pipeline"],
    &["committee", "protect", "hosting", "starter"],
    &["cli"],
];

/// Packages and the only place that knows each.
const DOORS: [(&str, &str); 36] = [
    ("flate2::", "compression.rs"),
    ("brotli::", "compression.rs"),
    ("crc32fast::", "compression.rs"),
    ("ureq::", "web.rs"),
    ("tera::", "render/templates.rs"),
    ("pulldown_cmark", "markdown/"),
    ("granit_parser", "yaml/"),
    ("rustix::fs", "output/write.rs"),
    ("rustix::thread", "main.rs"),
    ("annotate_snippets", "diagnostic/print.rs"),
    ("icu_plurals", "theme/interface.rs"),
    ("icu_collator", "site/directory.rs"),
    ("aho_corasick", "check/exposure.rs"),
    ("aho_corasick", "directory/personal/signs.rs"),
    ("aho_corasick", "hosting/elsewhere.rs"),
    ("biblatex::", "content/references.rs"),
    ("clap", "cli/"),
    ("rust_xlsxwriter", "render/download/xlsx/workbook.rs"),
    ("rust_xlsxwriter", "protect/coding.rs"),
    ("zip::", "archive.rs"),
    ("image::", "photo/"),
    ("zune_jpeg", "photo/jpeg.rs"),
    ("png::", "photo/"),
    ("moxcms", "photo/colour.rs"),
    ("calamine::", "forms/"),
    ("csv::", "forms/"),
    ("encoding_rs", "forms/"),
    ("icu_normalizer", "forms/"),
    ("icu_normalizer", "check/exposure.rs"),
    ("icu_normalizer", "directory/personal/fold.rs"),
    ("hmac::", "committee/private.rs"),
    ("axum::", "serve/"),
    ("tokio::", "serve/"),
    ("futures_util::", "serve/"),
    ("notify::", "serve/watch.rs"),
    ("open::that", "cli/serve.rs"),
];

fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/");
                files.push((name, fs::read_to_string(&path).expect("a source file")));
            }
        }
    }
    files.sort();
    files
}

fn room(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&room))
}

/// Code without comments and documentation, which may speak of anything.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn imports_go_down_only() {
    let mut wrong = Vec::new();
    for (path, text) in files() {
        let own = room(&path);
        if matches!(own, "lib" | "main") {
            continue;
        }
        let own_floor = floor(own).unwrap_or_else(|| panic!("{path} is on no floor"));
        let code = code(&text);
        for (at, _) in code.match_indices("crate::") {
            let target: String =
                code[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if target == own || target.is_empty() {
                continue;
            }
            match floor(&target) {
                Some(target_floor) if target_floor < own_floor => {}
                Some(_) => wrong.push(format!("{path} imports {target}, which is not below it")),
                None => wrong.push(format!("{path} imports {target}, which is on no floor")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_package_has_one_door() {
    let mut wrong = Vec::new();
    for (path, text) in files() {
        for (package, door) in DOORS {
            let mut doors = DOORS.iter().filter(|(other, _)| *other == package);
            if code(&text).contains(package) && !doors.any(|(_, door)| path.starts_with(door)) {
                wrong.push(format!("{path} knows {package}, whose door is {door}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_turns_into_what() {
    for (path, text) in files() {
        assert!(text.starts_with("//! "), "{path} opens without saying what it is for");
    }
}

#[test]
fn names_are_those_of_things() {
    for (path, _) in files() {
        for word in ["util", "helper", "common", "manager", "types", "misc"] {
            assert!(!path.contains(word), "{path} is named after nothing");
        }
    }
}

#[test]
fn raw_answers_have_no_way_out() {
    let by_path: BTreeMap<String, String> = files().into_iter().collect();
    let release = code(&by_path["evaluation/release.rs"]);
    for leak in ["Serialize", "Display", "derive(Debug"] {
        assert!(!release.contains(leak), "evaluation/release.rs has {leak}");
    }
    assert!(
        !release.contains("pub fn") && !release.contains("pub struct"),
        "nothing in evaluation/release.rs is public"
    );
}

/// The audit works from what is published alone: what makes releases from answers may be wrong without its noticing.
#[test]
fn the_audit_knows_nothing_that_makes_releases() {
    const KNOWN: [&str; 4] = ["disclosure", "quotes", "release", "survey"];
    for (path, text) in files() {
        if !path.starts_with("evaluation/audit/") || path.contains("/tests/") {
            continue;
        }
        let code = code(&text);
        for (at, _) in code.match_indices("crate::evaluation::") {
            let room: String =
                code[at + 19..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            assert!(KNOWN.contains(&room.as_str()), "{path} imports evaluation::{room}");
        }
        assert!(!code.contains("super::super::"), "{path} goes round its door");
    }
}

#[test]
fn what_the_committee_knows_stays_out_of_the_pages() {
    for (path, text) in files() {
        if matches!(room(&path), "site" | "render" | "check") {
            for door in [".roll()", ".held(", ".ask_again("] {
                assert!(!code(&text).contains(door), "{path} asks the roll for people who may not be public");
            }
        }
    }
}

/// A key is described where it is known, or editors and the manual would not know it.
#[test]
fn keys_are_described() {
    // Their keys are the words of another table.
    const OTHERS: [&str; 2] = ["config/consent.rs", "committee/import/mapping.rs"];
    for (path, text) in files() {
        assert!(
            !code(&text).contains("yaml::fields(") || OTHERS.contains(&path.as_str()),
            "{path} reads keys from a list of its own: describe them in a `Format` (yaml/format.rs) and read with that"
        );
    }
}
