//! `tests/diagnostics/<code>/in` is the smallest site that has a finding, `console` beside it the exact message.
//!
//! `SNAPSHOTS=overwrite cargo test --test diagnostics` writes the messages: read each before you keep it.

mod support;

use mentorpress::diagnostic::{Class, Code, Severity};
use std::path::{Path, PathBuf};
use support::{Site, assert_file};

/// Findings that no folder of files under version control can show; each has a test of its own below, with its console.
const ELSEWHERE: [&str; 4] = ["too-large", "symbolic-link", "private-tracked", "private-unchecked"];

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

/// A site whose private folder lies in a repository.
#[cfg(unix)]
fn in_git(name: &str) -> Site {
    let site = Site::small(name).file("private/evaluations/aimms/answers.csv", "ID,What helped?\n1,Advice\n");
    git(&site, &["init", "-q"]);
    site
}

#[cfg(unix)]
fn git(site: &Site, arguments: &[&str]) {
    let mut command = std::process::Command::new("git");
    command.current_dir(site.root()).args(arguments).env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE");
    assert!(command.status().expect("git runs").success(), "git {arguments:?}");
}

#[cfg(unix)]
#[test]
fn git_must_not_track_what_is_private() {
    let site = in_git("tracked");
    site.run(&["build"]).expect_code(0);
    git(&site, &["add", "private"]);
    let run = site.run(&["build"]).expect_code(3);
    assert_file(&run.stderr, &folder().join("private-tracked/console"));
    // Whoever asked to be taken down does not wait for that.
    site.run(&["build", "--takedown"]).expect_code(0);
    git(&site, &["rm", "-r", "-q", "--cached", "private"]);
    site.run(&["build"]).expect_code(0);
}

#[cfg(unix)]
#[test]
fn without_git_nobody_knows_what_it_tracks() {
    let site = in_git("unchecked");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_mentorpress"))
        .args(["build", "--date", support::TODAY])
        .current_dir(site.root())
        .env("PATH", "/nowhere")
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    assert_file(&told, &folder().join("private-unchecked/console"));
}
