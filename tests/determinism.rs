//! The same input gives the same bytes: any thread count, order on disk, working directory, locale, line endings;
//! and a build that changes nothing writes nothing.

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;
use support::{Site, TODAY, tree};

fn build_with(site: &Site, threads: &str, environment: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let out = site.root().join(format!("out-{threads}"));
    let status = Command::new(env!("CARGO_BIN_EXE_mentorpress"))
        .args(["build", "--date", TODAY, "--out"])
        .arg(&out)
        .current_dir(site.root())
        .env("RAYON_NUM_THREADS", threads)
        .envs(environment.iter().copied())
        .output()
        .expect("the program runs");
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    tree(&out)
}

#[test]
fn threads_folders_and_locales_do_not_matter() {
    let site = Site::demonstration("threads");
    let one = build_with(&site, "1", &[]);
    assert!(one.len() > 90, "{}", one.len());
    assert_eq!(one, build_with(&site, "4", &[("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Pacific/Kiritimati")]));
    // From elsewhere, by path.
    let out = site.root().join("elsewhere");
    let run = support::run_in(
        Path::new("/"),
        &[
            "build",
            "--date",
            TODAY,
            "--site",
            site.root().to_str().expect("UTF-8"),
            "--out",
            out.to_str().expect("UTF-8"),
        ],
    );
    assert_eq!(run.code, 0, "{}", run.console());
    assert_eq!(one, tree(&out));
}

#[test]
fn the_order_on_disk_does_not_matter() {
    let site = Site::demonstration("order");
    let files: Vec<(String, Vec<u8>)> = tree(site.root()).into_iter().collect();
    let backwards = Site::empty("backwards");
    for (path, bytes) in files.iter().rev() {
        backwards.bytes(path, bytes);
    }
    site.build();
    backwards.build();
    assert_eq!(site.public(), backwards.public());
}

#[test]
fn line_endings_and_byte_order_marks_do_not_matter() {
    let site = Site::demonstration("lines");
    site.build();
    let windows = Site::empty("windows");
    for (path, bytes) in tree(&site.root().join("content")) {
        // These are copied as they are.
        if path.starts_with("root/") || path.starts_with("files/") {
            windows.bytes(&format!("content/{path}"), &bytes);
            continue;
        }
        let text = String::from_utf8(bytes).expect("UTF-8").replace('\n', "\r\n");
        windows.bytes(&format!("content/{path}"), format!("\u{FEFF}{text}").as_bytes());
    }
    windows.build();
    assert_eq!(site.public(), windows.public());
}

fn stamps(folder: &Path) -> BTreeMap<String, (SystemTime, u64)> {
    use std::os::unix::fs::MetadataExt;
    tree(folder)
        .into_keys()
        .map(|path| {
            let meta = std::fs::metadata(folder.join(&path)).expect("a file");
            (path, (meta.modified().expect("a time stamp"), meta.ino()))
        })
        .collect()
}

#[cfg(unix)]
#[test]
fn what_has_not_changed_is_not_written() {
    let site = Site::demonstration("again");
    site.build();
    let public = site.root().join("public");
    let before = stamps(&public);
    let run = site.build();
    assert!(run.stdout.contains("nothing has changed"), "{}", run.console());
    assert_eq!(stamps(&public), before);
    // One page changes, and what the search has of it: the others keep their time stamps, and their place on the disk.
    site.edit("content/contact.md", "---\n\n", "---\n\nOne more line.\n\n");
    let run = site.build().expect("0 new, 2 changed");
    drop(run);
    let after = stamps(&public);
    let changed: Vec<&String> = after.keys().filter(|path| after[*path] != before[*path]).collect();
    // The marker is written with each tree.
    assert_eq!(changed, [".mentorpress", "contact/index.html", "search.json"]);
}

#[test]
fn what_is_no_longer_made_is_removed() {
    let site = Site::with_people("removed");
    site.build();
    site.write("public/stray.txt", "left by somebody\n");
    site.remove("content/mentors/bina.yaml");
    let run = site.build();
    assert!(
        !site.has("mentors/bina") && !site.has("stray.txt") && !site.has("mentors/offer"),
        "{}",
        run.console()
    );
}

#[test]
fn a_long_list_is_split_and_every_mentor_stands_on_one_page() {
    let site = Site::with_people("paged");
    for number in 0..23 {
        site.write(
            &format!("content/mentors/m{number}.yaml"),
            &support::mentor(&format!("Dr Sample M{number:02}"), ""),
        );
    }
    site.edit("content/site.yaml", "contact:", "directory: {page_size: 10}\ncontact:");
    site.build();
    let pages = ["mentors/index.html", "mentors/page/2/index.html", "mentors/page/3/index.html"]
        .map(|path| site.page(path));
    assert!(!site.has("mentors/page/4"));
    for number in 0..23 {
        let link = format!("href=\"/mentors/m{number}/\"");
        assert_eq!(pages.iter().filter(|page| page.contains(&link)).count(), 1, "{link}");
    }
    assert!(site.has("mentors/institution/leeds/page/3/index.html"));
}
