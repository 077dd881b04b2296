//! The manual is made of guides, documents, schemas, `--help` and stored findings, and is a site that builds without a
//! word: every finding, key and option is in it, and its guide for authors goes as it tells.

mod support;

#[path = "../examples/manual.rs"]
mod manual;

use mentorpress::cli::{self, Kind};
use mentorpress::diagnostic::Code;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use support::{Run, Site, run_in};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The manual, built on the day that tests build for. Nothing but the build is asked whether its links lead somewhere.
fn built(name: &str) -> Site {
    let site = Site::empty(name);
    manual::write(root(), site.root()).expect("the manual's site");
    let run = site.run(&["build", "--deny-warnings"]).expect_code(0);
    assert_eq!(run.stderr, "", "{}", run.console());
    site
}

/// A page's words as a browser shows them.
fn words(page: &str) -> String {
    mentorpress::html::decode(&mentorpress::html::text(page)).into_owned()
}

#[test]
fn it_builds_without_a_finding_and_again_the_same() {
    let site = built("manual");
    let first = site.public();
    manual::write(root(), site.root()).expect("the manual's site again");
    site.run(&["build", "--deny-warnings"]).expect_code(0).expect("nothing has changed");
    assert_eq!(site.public(), first);
    for page in ["", "committee/", "authors/", "hosts/", "routine/", "privacy/", "reference/"] {
        assert!(site.has(&format!("{page}index.html")), "{page}");
    }
    // There are no people in it.
    assert!(!site.has("mentors"));
}

#[test]
fn in_a_sub_folder_it_builds_as_well() {
    let site = Site::empty("below");
    manual::write(root(), site.root()).expect("the manual's site");
    site.run(&["build", "--deny-warnings", "--base-url", "https://example.org/tools/mentorpress/"])
        .expect_code(0);
    assert!(site.page("index.html").contains("href=\"/tools/mentorpress/reference/\""));
}

#[test]
fn every_document_is_a_page_of_it() {
    let site = built("documents");
    for entry in fs::read_dir(root().join("docs")).expect("docs/") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "md") {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
            let page = words(&site.page(&format!("reference/{stem}/index.html")));
            let text = fs::read_to_string(&path).expect("a document");
            for heading in text.lines().filter_map(|line| line.strip_prefix("## ")) {
                let heading = heading.replace('`', "").replace('\'', "’");
                assert!(page.contains(&heading), "{stem}: no heading {heading}");
            }
        }
    }
}

#[test]
fn every_finding_is_told_with_an_example() {
    let site = built("findings");
    let all: String = site
        .public()
        .into_iter()
        .filter(|(path, _)| path.starts_with("reference/findings/"))
        .map(|(_, bytes)| String::from_utf8(bytes).expect("UTF-8"))
        .collect();
    let text = words(&all);
    let contents = site.page("reference/diagnostics/index.html");
    for code in Code::ALL {
        let name = code.name();
        assert!(all.contains(&format!(" id=\"{name}\"")), "no entry of {name}");
        assert!(text.contains(&format!("[{name}]: ")), "no example of {name}");
        assert!(contents.contains(&format!("/#{name}\"")), "no link to {name}");
    }
    // An example is what is printed, to the sign, and of that finding alone.
    let printed =
        fs::read_to_string(root().join("tests/diagnostics/policy-band/console")).expect("a console");
    let finding: Vec<&str> = printed.split("\n\n").next().expect("a finding").split_whitespace().collect();
    assert!(text.contains(&finding.join(" ")), "{finding:?}");
    assert!(!text.contains("nothing was written."));
}

/// Every key of a schema at whatever depth, as the parts of its path.
fn keys(schema: &Value, keys: &mut Vec<(String, String)>) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        for (key, inner) in properties {
            let about = inner.get("description").and_then(Value::as_str).unwrap_or_default();
            keys.push((key.clone(), about.split(" Example: ").next().unwrap_or_default().to_owned()));
        }
    }
    match schema {
        Value::Object(map) => map.values().for_each(|inner| self::keys(inner, keys)),
        Value::Array(items) => items.iter().for_each(|inner| self::keys(inner, keys)),
        _ => {}
    }
}

#[test]
fn every_key_of_every_file_is_told() {
    let site = built("keys");
    let mut count = 0;
    for kind in Kind::ALL {
        let schema = kind.schema().unwrap_or_else(|| {
            let path = root().join(format!("{}.schema.json", kind.name));
            serde_json::from_str(&fs::read_to_string(path).expect("a schema")).expect("JSON")
        });
        let page = site.page(&format!("reference/files/{}/index.html", kind.name));
        let text = words(&page).replace('’', "'");
        let mut all = Vec::new();
        keys(&schema, &mut all);
        for (key, about) in all {
            assert!(page.contains(&format!("<code>{key}</code>")), "{}: no key {key}", kind.name);
            assert!(text.contains(&about), "{}: {key} is not said to be: {about}", kind.name);
            count += 1;
        }
        assert!(text.contains(kind.path), "{}", kind.path);
    }
    assert!(count > 250, "{count}");
}

#[test]
fn every_command_and_option_is_told_as_the_program_tells_it() {
    let site = built("help");
    let page = words(&site.page("reference/help/index.html"));
    let helps = cli::help();
    assert!(helps.iter().any(|(command, _)| command == "mentors withdraw"), "{helps:?}");
    for (command, _) in &helps {
        let mut arguments: Vec<&str> = command.split(' ').collect();
        arguments.push("--help");
        let printed = run_in(root(), &arguments).expect_code(0).stdout;
        let options = printed.split_whitespace().filter(|word| word.starts_with("--"));
        for option in options {
            assert!(page.contains(option), "{command}: no {option}");
        }
        assert!(page.contains(&format!("mentorpress {command}")), "{command}");
    }
}

#[test]
fn a_folder_that_holds_something_else_is_left_alone() {
    let site = Site::empty("other").file("content/index.md", "Mine.\n");
    let trouble = manual::write(root(), site.root()).expect_err("a refusal");
    assert!(trouble.contains("holds something else"), "{trouble}");
    assert_eq!(site.source("content/index.md"), "Mine.\n");
}

/// What is in a block of code after a line that names its file, and what the program is said to print.
fn told(guide: &str) -> (Vec<(PathBuf, String)>, Vec<String>) {
    let mut files = Vec::new();
    let mut printed = Vec::new();
    let pieces: Vec<&str> = guide.split("\n```").collect();
    for pair in pieces.windows(2).step_by(2) {
        let (_, code) = pair[1].split_once('\n').expect("a language and its code");
        let name = pair[0].trim_end().strip_suffix("`:").and_then(|text| text.rsplit_once('`'));
        if let Some((_, name)) = name.filter(|(_, name)| name.starts_with("content/")) {
            files.push((PathBuf::from(name), format!("{code}\n")));
        } else if code.starts_with("error[") {
            printed.push(code.trim_end().to_owned());
        }
    }
    (files, printed)
}

#[test]
fn the_guide_for_authors_goes_as_it_tells() {
    let guide = fs::read_to_string(root().join("manual/content/authors.md")).expect("the guide");
    let (files, printed) = told(&guide);
    let [refused, typed] = &printed[..] else { panic!("{} outputs", printed.len()) };
    assert_eq!(files.len(), 3);
    let site = Site::small("lantern");
    for (path, text) in files {
        site.write(path.to_str().expect("UTF-8"), &text);
    }
    let says = |run: &Run, said: &str| {
        for finding in said.split("\n\n") {
            assert!(
                run.stderr.contains(finding),
                "the guide has\n{finding}\nand this was printed:\n{}",
                run.stderr
            );
        }
        assert_eq!(run.stderr.matches("error[").count(), said.matches("error[").count(), "{}", run.stderr);
    };
    says(&site.run(&["build"]).expect_code(3), refused);
    let release = "content/evaluations/lantern/releases/2026.yaml";
    site.edit(release, "plan: 1", "plan: few");
    site.edit(release, "in_favour: 9", "in_favour: nearly-all");
    says(&site.run(&["build"]).expect_code(1), typed);
    let bound = ":n[gained.confidence]{group=mentee as=of} mentees";
    assert!(guide.contains(bound));
    site.edit("content/evaluations/lantern/reports/2026.md", "Nine mentees", bound);
    let run = site.build();
    assert!(!run.stderr.contains("warning"), "{}", run.console());
    let page = site.page("reports/lantern/2026/index.html");
    for words in ["9 of 14 mentees had gained confidence", "fewer than 3", "7 or more"] {
        assert!(guide.contains(words.trim_end_matches(" had gained confidence")), "the guide says {words}");
        assert!(page.contains(words), "{words}: {page}");
    }
}

/// What the committee is told to type makes a site that builds, and takes her off it.
#[test]
fn the_guide_for_the_committee_goes_as_it_tells() {
    let guide = fs::read_to_string(root().join("manual/content/committee.md")).expect("the guide");
    let block = |after: &str| {
        let (_, rest) = guide.split_once(after).unwrap_or_else(|| panic!("no {after}"));
        let code = rest.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("code");
        let lines: Vec<&str> = code.lines().map(|line| line.strip_prefix("   ").unwrap_or(line)).collect();
        lines.join("\n") + "\n"
    };
    let site = Site::with_people("committee").file(
        "content/vocabulary.yaml",
        "institutions: {leeds: University of Leeds, cardiff: Cardiff University}
stages: {lecturer: Lecturer, senior-lecturer: Senior lecturer}
disciplines: {public-health: Public health, paediatrics: Paediatrics}
offers: {grants: Grant applications}
",
    );
    let added = block("4. Paste, and change every line.");
    assert!(added.contains("name: Dr Sample Bina"), "{added}");
    site.write("content/mentors/bina.yaml", &added);
    site.build();
    assert!(site.page("mentors/bina/index.html").contains("Dr Sample Bina"));
    let withdrawn = block("## Somebody wants to be taken out");
    assert!(withdrawn.starts_with("id: amara\nstatus: withdrawn\n"), "{withdrawn}");
    site.write("content/mentors/amara.yaml", &withdrawn);
    site.build();
    assert!(!site.has("mentors/amara/index.html") && site.has("mentors/bina/index.html"));
    let paused = block("## Pause somebody");
    site.write("content/mentors/bina.yaml", &added.replace("status: listed\n", &paused));
    site.build().expect("2027-02-01: bina is listed again after a pause");
    assert!(!site.has("mentors/bina/index.html"));
    // The finding that it explains is one that is printed.
    let (_, rest) = guide.split_once("error[unknown-value]").expect("the finding");
    let message = rest.lines().next().expect("a line");
    let console = root().join("tests/diagnostics/unknown-value/console");
    let console = fs::read_to_string(console).expect("a console");
    assert!(console.contains(&format!("error[unknown-value]{message}")), "{message}\n{console}");
}
