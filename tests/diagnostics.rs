//! `tests/diagnostics/<code>/in` is the smallest site that has a finding, `console` beside it the exact message.
//!
//! `SNAPSHOTS=overwrite cargo test --test diagnostics` writes the messages: read each before you keep it.

mod support;

use mentorpress::diagnostic::{Class, Code, Severity};
use std::path::{Path, PathBuf};
use support::{Site, assert_file};

/// Findings that no folder of files under version control can show; each has a test of its own below, with its console.
const ELSEWHERE: [&str; 2] = ["too-large", "symbolic-link"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

#[test]
fn every_code_has_its_smallest_broken_site() {
    let mut wrong = Vec::new();
    for code in Code::ALL.iter().filter(|code| !ELSEWHERE.contains(&code.name())) {
        let case = folder().join(code.name());
        if !case.join("in").is_dir() {
            wrong.push(format!("{}: no case", code.name()));
            continue;
        }
        let site = Site::copy_of(code.name(), &case.join("in"));
        let run = site.run(&["build"]);
        let expected = match (code.severity(), code.class()) {
            (Severity::Warning, _) => 0,
            (Severity::Error, Class::Findings) => 1,
            (Severity::Error, Class::Policy) => 3,
        };
        if run.code != expected || !run.stderr.contains(&format!("[{}]", code.name())) {
            wrong.push(format!("{}: expected exit {expected}\n{}", code.name(), run.console()));
        }
        if expected != 0 && site.has("index.html") {
            wrong.push(format!("{}: a site was written in spite of it", code.name()));
        }
        assert_file(&run.stderr, &case.join("console"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_case_is_left_of_a_code_that_is_gone() {
    for entry in std::fs::read_dir(folder()).expect("the cases") {
        let name = entry.expect("a case").file_name().into_string().expect("UTF-8");
        assert!(Code::find(&name).is_some(), "tests/diagnostics/{name} is of no code");
    }
}

#[test]
fn a_text_larger_than_any_page_is_a_finding() {
    let site = Site::small("large");
    site.bytes("content/about.md", &vec![b'x'; 16 * 1024 * 1024 + 1]);
    let run = site.run(&["build"]).expect_code(1);
    assert_file(&run.stderr, &folder().join("too-large/console"));
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_not_followed() {
    let site = Site::small("link");
    std::os::unix::fs::symlink("/etc/hostname", site.root().join("content/about.md")).expect("a link");
    let run = site.run(&["build"]).expect_code(0);
    assert_file(&run.stderr, &folder().join("symbolic-link/console"));
}
