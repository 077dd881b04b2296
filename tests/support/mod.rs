//! A fluent helper for tests that build sites in a folder of their own.

#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

pub mod preview;
pub mod tables;
pub mod web;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The day that tests build for unless they say another.
pub const TODAY: &str = "2026-11-21";

/// A site in a temporary folder, removed when the test is over.
pub struct Site {
    root: PathBuf,
}

/// What one run of the program said and did.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Everything that was printed: findings, then the summary.
    pub fn console(&self) -> String {
        format!("{}{}exit {}\n", self.stderr, self.stdout, self.code)
    }

    #[track_caller]
    pub fn expect_code(self, code: i32) -> Run {
        assert_eq!(self.code, code, "\n{}", self.console());
        self
    }

    #[track_caller]
    pub fn expect(self, text: &str) -> Run {
        assert!(self.console().contains(text), "no `{text}` in\n{}", self.console());
        self
    }
}

impl Site {
    /// An empty folder.
    pub fn empty(name: &str) -> Site {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let root =
            std::env::temp_dir().join(format!("mentorpress-test-{}-{name}-{number}", std::process::id()));
        drop(fs::remove_dir_all(&root));
        fs::create_dir_all(&root).expect("a folder for the test");
        Site { root }
    }

    /// The smallest site that builds: `site.yaml` and a home page.
    pub fn small(name: &str) -> Site {
        Site::empty(name)
            .file("content/site.yaml", SITE)
            .file("content/index.md", "---\ntitle: Home\n---\n\nWelcome.\n")
    }

    /// A small site with a vocabulary and two sample mentors, amara and bina.
    pub fn with_people(name: &str) -> Site {
        Site::small(name)
            .file("content/vocabulary.yaml", VOCABULARY)
            .file("content/mentors/amara.yaml", &mentor("Dr Sample Amara", ""))
            .file("content/mentors/bina.yaml", &mentor("Dr Sample Bina", "offers: [grants]\n"))
    }

    /// A small site with the survey `aimms` of two questions and its first edition.
    pub fn with_survey(name: &str) -> Site {
        Site::small(name)
            .file("content/evaluations/aimms/survey.yaml", SURVEY)
            .file("content/evaluations/aimms/releases/2023.yaml", RELEASE)
            .file("content/evaluations/aimms/reports/2023.md", REPORT)
    }

    /// A copy of a folder.
    pub fn copy_of(name: &str, folder: &Path) -> Site {
        let site = Site::empty(name);
        for (path, bytes) in tree(folder) {
            site.bytes(&path, &bytes);
        }
        site
    }

    /// The demonstration site.
    pub fn demonstration(name: &str) -> Site {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let site = Site::empty(name);
        for (path, bytes) in tree(&root.join("content")) {
            site.bytes(&format!("content/{path}"), &bytes);
        }
        site
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Writes a file, making its folders.
    #[must_use]
    pub fn file(self, path: &str, text: &str) -> Site {
        self.write(path, text);
        self
    }

    pub fn write(&self, path: &str, text: &str) {
        self.bytes(path, text.as_bytes());
    }

    pub fn bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a path in the site")).expect("folders");
        fs::write(&path, bytes).expect("a file of the test");
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.root.join(path)).expect("a file to remove");
    }

    /// Replaces a text that must be there.
    #[track_caller]
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.source(path);
        assert!(text.contains(from), "no `{from}` in {path}");
        self.write(path, &text.replacen(from, to, 1));
    }

    pub fn source(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).expect("a file of the site")
    }

    /// Runs the program in the site's folder, for the day that tests build for.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let mut arguments = arguments.to_vec();
        if !arguments.contains(&"--date")
            && arguments.first().is_some_and(|command| {
                matches!(*command, "build" | "check" | "mentors" | "links" | "hosting")
            })
        {
            arguments.extend(["--date", TODAY]);
        }
        run_in(&self.root, &arguments)
    }

    #[track_caller]
    pub fn build(&self) -> Run {
        self.run(&["build"]).expect_code(0)
    }

    /// A file of the built site.
    #[track_caller]
    pub fn page(&self, path: &str) -> String {
        let file = self.root.join("public").join(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    pub fn has(&self, path: &str) -> bool {
        self.root.join("public").join(path).exists()
    }

    /// Every file of the built site.
    pub fn public(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.root.join("public"))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.root));
    }
}

/// Runs the program in a folder.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_mentorpress"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("RAYON_NUM_THREADS")
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .expect("the program runs");
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
    }
}

/// All files below a folder by path with slashes; none where there is no folder.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        let Ok(entries) = fs::read_dir(&next) else { continue };
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

/// Holds a text against a file; `SNAPSHOTS=overwrite cargo test` writes it.
#[track_caller]
pub fn assert_file(actual: &str, expected: &Path) {
    let assert = snapbox::Assert::new().action_env("SNAPSHOTS");
    assert.eq(
        actual.to_owned(),
        snapbox::Data::read_from(expected, Some(snapbox::data::DataFormat::Text)).raw(),
    );
}

/// A text without the letters of notes in cells: on the page links, in a feed escaped, in a Word document raised.
pub fn without_letters(text: &str) -> String {
    let mut out = text.to_owned();
    for (from, to) in [
        ("&nbsp;<sup>", "</sup>"),
        ("\u{A0}<sup>", "</sup>"),
        ("\u{A0}&lt;sup&gt;", "&lt;/sup&gt;"),
        (
            "<w:r><w:t xml:space=\"preserve\">\u{A0}</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>",
            "</w:r>",
        ),
    ] {
        let mut pieces = out.split(from);
        let first = pieces.next().unwrap_or_default().to_owned();
        out = pieces.fold(first, |text, piece| text + piece.split_once(to).map_or(piece, |(_, rest)| rest));
    }
    out
}

pub const SITE: &str = "\
title: A scheme
base_url: https://example.org/
languages: [en]
organisation: A university
contact: {email: scheme@example.org}
";

pub const VOCABULARY: &str = "\
institutions: {leeds: University of Leeds, cardiff: Cardiff University}
stages: {lecturer: Lecturer, professor: Professor}
disciplines: {public-health: Public health, cancer: Cancer}
offers: {promotion: Promotion, grants: Grant applications}
";

/// A sample mentor, with further lines.
pub fn mentor(name: &str, more: &str) -> String {
    format!(
        "name: {name}
post: Lecturer
institution: leeds
stage: lecturer
disciplines: [public-health]
roles: [mentor]
capacity: 2
status: listed
consent: {{profile: {{given: 2026-01-10, wording: v1}}}}
review_by: 2027-01-10
{more}"
    )
}

pub const SURVEY: &str = "\
title: An evaluation
groups: {mentee: Mentees, mentor: Mentors}
questions:
  - id: wanted
    ask: What do you hope for?
    type: choose-all
    options:
      - {id: advice, label: Advice, asked_of: [mentee]}
      - {id: contacts, label: Contacts}
  - id: recommend
    ask: Would you recommend it?
    type: choose-one
    options: [{id: \"yes\", label: \"Yes\"}, {id: \"no\", label: \"No\"}]
disclosure: {policy: small-survey}
report: {authors: [{family: Sample, given: Author}]}
";

pub const RELEASE: &str = "\
edition: \"2023\"
collected: 2023-07
includes: none
disclosure: {policy: small-survey}
respondents: {mentee: {answered: 12}, mentor: {answered: 10}}
answers:
  wanted:
    mentee: {counts: {advice: 7, contacts: few}}
    mentor: {counts: {contacts: 5}}
  recommend:
    mentee: {counts: {\"yes\": 8, \"no\": 4}}
    mentor: {counts: {\"yes\": nearly-all, \"no\": few}}
";

pub const REPORT: &str = "\
---
title: Evaluation 2023
kind: report
date: 2023-09-01
---

## Hopes

Advice was hoped for by :n[wanted.advice]{group=mentee as=of} mentees (:ref[table-wanted]).

::table{questions=wanted caption=\"What they hoped for\"}
";

/// The ids that the documentation lists for a kind of page, in its order.
pub fn documented(heading: &str) -> Vec<String> {
    let docs = include_str!("../../docs/policies.md");
    let (_, rest) = docs.split_once(&format!("\n## {heading}\n")).expect("a chapter of the documentation");
    let chapter = rest.split("\n## ").next().unwrap_or(rest);
    let rows = chapter.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    rows.map(|(id, _)| id.to_owned()).collect()
}

/// A privacy notice that says something under each heading that it must have, but for special category data.
pub fn privacy_notice() -> String {
    let mut notice = "---\ntitle: Privacy\nkind: privacy-notice\nreviewed: 2026-11-02\n---\n".to_owned();
    for id in documented("Privacy notice").iter().filter(|id| *id != "article-9-condition") {
        let words = "See [the regulator](https://ico.org.uk/make-a-complaint/) about it.";
        notice.push_str(&format!("\n## About it {{#{id}}}\n\n{words}\n"));
    }
    notice
}

/// A page with the wording of a consent.
pub const WORDING: &str = "---\ntitle: Consent\n---\n\n## What I agree to {#agree}\n\nI agree that my profile is published.\n\n\
    ## What is asked for by itself {#separate}\n\nMy photo is asked for by itself.\n\n\
    ## How I take it back {#withdraw}\n\nI write to [the scheme](mailto:scheme@example.org) at any time.\n";
