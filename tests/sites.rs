//! Whole sites: `tests/sites/<behaviour>/in` is built with the terse theme of `tests/theme/`, and every file and all
//! that is printed is held against `out/` and `console`.
//!
//! `SNAPSHOTS=overwrite cargo test --test sites` writes them: read the difference before you keep it.
//!
//! `bands`, `reverse` and `reciprocal` are samples of whole schemes, with the default theme: `facts.rs` and `alike.rs` read
//! them, and so do the browser tests. Here they build without a word.

mod support;

use mentorpress::html::text;
use std::collections::BTreeSet;
use std::path::Path;
use support::{Site, assert_file, tree};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn golden(behaviour: &str) {
    let case = root().join("tests/sites").join(behaviour);
    let site = Site::copy_of(behaviour, &case.join("in"));
    for (path, bytes) in tree(&root().join("tests/theme")) {
        site.bytes(&format!("themes/plain/{path}"), &bytes);
    }
    let run = site.run(&["build"]);
    assert_file(&run.console(), &case.join("console"));
    let mut made = site.public();
    // Archives are no text to compare: `downloads.rs` reads them.
    made.retain(|path, _| !path.ends_with(".docx") && !path.ends_with(".xlsx"));
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    if overwrite {
        drop(std::fs::remove_dir_all(case.join("out")));
        for path in made.keys() {
            let file = case.join("out").join(path);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("folders");
        }
    }
    for (path, bytes) in &made {
        assert_file(&String::from_utf8_lossy(bytes), &case.join("out").join(path));
    }
    let expected: BTreeSet<String> = tree(&case.join("out")).into_keys().collect();
    assert_eq!(made.into_keys().collect::<BTreeSet<_>>(), expected, "the same files");
}

#[test]
fn pages() {
    golden("pages");
}

#[test]
fn people() {
    golden("people");
}

#[test]
fn report() {
    golden("report");
}

#[test]
fn sample_sites_build_without_a_finding() {
    for name in ["bands", "reverse", "reciprocal"] {
        let site = Site::copy_of(name, &root().join("tests/sites").join(name).join("in"));
        let run = site.run(&["build", "--deny-warnings"]).expect_code(0);
        assert_eq!(run.stderr, "", "{name}");
    }
}

/// The minifier drops white space where it is layout: words must never run together.
#[test]
fn the_minifier_leaves_the_text_of_every_page_alone() {
    let site = Site::demonstration("minified");
    site.build();
    // The same pages without minifying are had from templates with a tag that never ends.
    let as_written = Site::demonstration("as-written");
    let never = "{% if false %}<p title=\"{% endif %}";
    for entry in std::fs::read_dir(root().join("themes/default/templates")).expect("templates") {
        let entry = entry.expect("a template");
        let template = std::fs::read_to_string(entry.path()).expect("UTF-8");
        let name = entry.file_name().into_string().expect("UTF-8");
        // What stands beside the blocks of a template that extends another is an error.
        let template = match template.contains("{% extends") {
            true => template.replace("{% endblock main %}", &format!("{never}{{% endblock main %}}")),
            false => template + never,
        };
        as_written.write(&format!("themes/default/templates/{name}"), &template);
    }
    as_written.build();
    let mut compared = 0;
    for (path, bytes) in site.public() {
        if !path.ends_with(".html") || path.contains("about-us") {
            continue;
        }
        let (small, large) = (String::from_utf8(bytes).expect("UTF-8"), as_written.page(&path));
        assert!(small.len() < large.len());
        assert_eq!(text(&small), text(&large), "{path}");
        compared += 1;
    }
    assert!(compared > 70, "{compared}");
}
