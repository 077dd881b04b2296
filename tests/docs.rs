//! The documentation names what there is: every finding, every key, every option; and its examples are what the
//! program prints.

mod support;

use mentorpress::diagnostic::{Class, Code, Severity};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use support::run_in;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// README and everything in docs/, by path.
fn documents() -> Vec<(PathBuf, String)> {
    let docs = fs::read_dir(root().join("docs")).expect("docs/");
    let paths = docs.map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    paths.push(root().join("README.md"));
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).expect("a document"))).collect()
}

#[test]
fn every_finding_is_explained() {
    let text = read("docs/diagnostics.md");
    let missing: Vec<String> = Code::ALL
        .iter()
        .map(|code| {
            let kind = match (code.severity(), code.class()) {
                (Severity::Warning, _) => "warning",
                (Severity::Error, Class::Findings) => "error",
                (Severity::Error, Class::Policy) => "policy",
            };
            format!("| `{}` | {kind} |", code.name())
        })
        .filter(|row| !text.contains(row))
        .collect();
    assert!(missing.is_empty(), "docs/diagnostics.md has no row {}", missing.join(", "));
    for name in text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()) {
        assert!(Code::find(name).is_some(), "docs/diagnostics.md explains `{name}`, which is no finding");
    }
}

#[test]
fn the_examples_are_what_is_printed() {
    let text = read("docs/diagnostics.md");
    let examples =
        text.split("```\n").filter(|block| block.starts_with("error[") || block.starts_with("warning["));
    let mut count = 0;
    for example in examples {
        let code = example.split(['[', ']']).nth(1).expect("a code");
        let printed = read(&format!("tests/diagnostics/{code}/console"));
        assert!(printed.contains(example.trim_end()), "the example of `{code}` is out of date:\n{printed}");
        count += 1;
    }
    assert!(count >= 15, "{count}");
}

/// The keys of each kind of file, at whatever depth, as its schema has them.
fn keys() -> BTreeSet<(&'static str, String)> {
    fn collect(schema: &Value, kind: &'static str, keys: &mut BTreeSet<(&'static str, String)>) {
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            keys.extend(properties.keys().map(|key| (kind, key.clone())));
        }
        match schema {
            Value::Object(map) => map.values().for_each(|inner| collect(inner, kind, keys)),
            Value::Array(items) => items.iter().for_each(|inner| collect(inner, kind, keys)),
            _ => {}
        }
    }
    let mut keys = BTreeSet::new();
    for kind in mentorpress::cli::Kind::ALL {
        let schema = kind.schema().unwrap_or_else(|| {
            serde_json::from_str(&read(&format!("{}.schema.json", kind.name))).expect("a schema in JSON")
        });
        collect(&schema, kind.name, &mut keys);
    }
    keys
}

#[test]
fn every_key_is_in_the_formats() {
    let text = read("docs/formats.md") + &read("docs/disclosure.md");
    let keys = keys();
    for kind in mentorpress::cli::Kind::ALL {
        assert!(keys.iter().any(|(other, _)| *other == kind.name), "{keys:?}");
    }
    assert!(keys.len() > 200, "{keys:?}");
    // As a word of code: `title`, `{min_base, decimals}`, `email:`.
    let named = |key: &str| {
        text.match_indices(key).any(|(at, _)| {
            let (before, after) = (text[..at].chars().next_back(), text[at + key.len()..].chars().next());
            matches!(before, Some('`' | '{' | ' ')) && matches!(after, Some('`' | ':' | ',' | '}'))
        })
    };
    let missing: Vec<&(&str, String)> = keys.iter().filter(|(_, key)| !named(key)).collect();
    assert!(missing.is_empty(), "no word of {missing:?}");
}

#[test]
fn every_option_is_in_the_commands() {
    let text = read("docs/commands.md") + &read("docs/preview.md");
    let mentors =
        ["list", "set", "confirm", "withdraw", "export", "import"].map(|command| vec!["mentors", command]);
    let single =
        ["build", "check", "serve", "new", "links", "hosting", "schema"].map(|command| vec![command]);
    let theme = ["list", "copy", "variables", "sample"].map(|command| vec!["theme", command]);
    for command in single.into_iter().chain(mentors).chain(theme) {
        let help = run_in(root(), &[&command[..], &["--help"]].concat()).expect_code(0).stdout;
        let options: Vec<&str> = help
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("-h, ").or(Some(line.trim_start())))
            .filter(|line| line.starts_with("--"))
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        assert!(!options.is_empty(), "{help}");
        for option in options {
            assert!(
                text.contains(&format!("`{option}")) || text.contains(&format!(" {option}`")),
                "no {option}"
            );
        }
    }
}

#[test]
fn links_between_the_documents_lead_somewhere() {
    for (path, text) in documents() {
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
            if file.contains("://") || file.starts_with('/') {
                continue;
            }
            let there = if file.is_empty() { path.clone() } else { path.with_file_name(file) };
            // Examples of Markdown name pages of a site, which are no documents of ours.
            if !there.exists() && text.contains(&format!("]({target})")) && is_example(&text, target) {
                continue;
            }
            assert!(there.exists(), "{} links to {target}, which is not there", path.display());
            if there.extension().is_none_or(|end| end != "md") {
                continue;
            }
            let other = fs::read_to_string(&there)
                .unwrap_or_else(|_| panic!("{} links to {target}, which is not there", path.display()));
            let has = |line: &str| line.starts_with('#') && slug(line) == fragment;
            assert!(
                fragment.is_empty() || other.lines().any(has),
                "{} links to {target}: no such heading",
                path.display()
            );
        }
    }
}

/// Whether a link stands in code.
fn is_example(text: &str, target: &str) -> bool {
    let at = text.find(&format!("]({target})")).expect("the link");
    let fences = text[..at].matches("\n```").count();
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    fences % 2 == 1 || line.matches('`').count() % 2 == 1
}

/// A heading's fragment as code hosts make it.
fn slug(heading: &str) -> String {
    heading
        .trim_start_matches('#')
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// What a newcomer sees first is what the README says she will.
#[test]
fn the_demonstration_ends_as_the_readme_says() {
    let site = support::Site::demonstration("readme");
    let printed = site.build().stdout;
    let readme = read("README.md");
    let example = readme.split("```").find(|block| block.contains("mentors listed;")).expect("the example");
    for line in example.trim().lines().filter(|line| !line.contains("warning")) {
        assert!(printed.contains(line), "README: {line}\nprinted: {printed}");
    }
    let warnings = site.run(&["check"]).console().matches("warning[").count();
    assert!(example.contains(&format!("{warnings} warning above.")), "{warnings} warnings");
}

/// The README's tour for authors, done as it is told: its files, what is said to them, and what the page says then.
#[test]
fn the_tour_for_authors_goes_as_the_readme_tells_it() {
    let readme = read("README.md");
    let (_, tour) = readme.split_once("\n## For authors").expect("the tour");
    let (tour, _) = tour.split_once("\n## For hosts").expect("its end");
    let mut site = support::Site::empty("tour");
    let mut printed = Vec::new();
    // Text and code in turn: the text before a file's code ends with the file's name.
    let pieces: Vec<&str> = tour.split("\n```").collect();
    for pair in pieces.windows(2).step_by(2) {
        let (_, code) = pair[1].split_once('\n').expect("a language and its code");
        let name = pair[0].trim_end().strip_suffix("`:").and_then(|text| text.rsplit_once('`'));
        match name {
            Some((_, name)) if name.starts_with("content/") => site = site.file(name, &format!("{code}\n")),
            _ if code.starts_with("error[") => printed.push(code.trim_end()),
            _ => {}
        }
    }
    let [refused, typed] = printed[..] else { panic!("{} outputs", printed.len()) };
    let says = |console: &str, said: &str| {
        for finding in said.split("\n\n") {
            assert!(console.contains(finding), "the README has\n{finding}\nand this was printed:\n{console}");
        }
    };
    says(&site.run(&["build"]).expect_code(3).stderr, refused);
    let release = "content/evaluations/circle/releases/2026.yaml";
    site.edit(release, "post: 1", "post: few");
    site.edit(release, "mentor: {counts: {confidence: 2, contacts: 3, post: 0}}", "mentor: withheld");
    site.edit(release, "mentor: {mean: 4.2}", "mentor: withheld");
    says(&site.run(&["build"]).expect_code(1).stderr, typed);
    site.edit(
        "content/evaluations/circle/reports/2026.md",
        "Seventeen mentees had gained",
        "Of the mentees, :n[gained.confidence]{group=mentee as=of} had gained",
    );
    let run = site.build();
    assert!(!run.stderr.contains("warning"), "{}", run.console());
    let page = site.page("reports/circle/2026/index.html");
    assert!(
        page.contains("Of the mentees, 17 of 26 had gained confidence") && page.contains("fewer than 3"),
        "{page}"
    );
}

#[test]
fn the_table_of_states_is_the_program_s() {
    let text = read("docs/formats.md");
    let (_, table) =
        text.split_once("| state | who is in it | public | what leads out of it |\n").expect("the table");
    let rows: Vec<&str> = table.lines().skip(1).take_while(|line| line.starts_with('|')).collect();
    let expected: Vec<String> = mentorpress::directory::STANDINGS
        .iter()
        .map(|state| {
            let public = if state.is_public { "yes" } else { "no" };
            format!("| {} | {} | {public} | {} |", state.word, state.who, state.way_out)
        })
        .collect();
    assert_eq!(rows, expected);
}
