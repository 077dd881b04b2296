//! What is kept between builds, and of whom nothing may be.

use crate::pictures::*;
use crate::support::{Site, TODAY, run_in, tree};
use crate::{portraits, put, site, with_photo};
use std::collections::BTreeMap;
use std::time::SystemTime;

fn cached(site: &Site) -> BTreeMap<String, Vec<u8>> {
    tree(&site.root().join(".mentorpress/photos"))
}

fn times(site: &Site) -> Vec<SystemTime> {
    let folder = site.root().join(".mentorpress/photos");
    let time = |name: &String| {
        std::fs::metadata(folder.join(name)).and_then(|meta| meta.modified()).expect("a time")
    };
    cached(site).keys().map(time).collect()
}

/// Amara with her photo, bina with another, both built.
fn built(name: &str) -> Site {
    let site = site(name, "amara.jpg");
    site.write("content/mentors/bina.yaml", &with_photo("Dr Sample Bina", "bina.png"));
    put(&site, "amara.jpg", &jpeg(&drawing(700, 700, 1)));
    put(&site, "bina.png", &png(&drawing(400, 500, 2)));
    site.build();
    assert_eq!((portraits(&site).len(), cached(&site).len()), (4, 4));
    site
}

#[test]
fn the_next_build_takes_what_was_made() {
    let site = built("next");
    let (made, kept, stamps) = (portraits(&site), cached(&site), times(&site));
    std::fs::remove_dir_all(site.root().join("public")).expect("removed");
    site.build();
    assert_eq!((portraits(&site), cached(&site), times(&site)), (made.clone(), kept, stamps));
    // Without it the same bytes are made, by any number of threads.
    for threads in ["1", "7"] {
        std::fs::remove_dir_all(site.root().join(".mentorpress")).expect("removed");
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_mentorpress"))
            .args(["build", "--date", TODAY])
            .current_dir(site.root())
            .env("RAYON_NUM_THREADS", threads)
            .status();
        assert!(run.is_ok_and(|status| status.success()));
        assert_eq!(portraits(&site), made);
    }
    assert_eq!(std::fs::read_to_string(site.root().join(".mentorpress/.gitignore")).expect("it"), "*\n");
}

#[test]
fn damaged_entries_are_made_again() {
    let site = built("damaged");
    let (made, kept) = (portraits(&site), cached(&site));
    for (name, bytes) in &kept {
        let path = format!(".mentorpress/photos/{name}");
        site.bytes(&path, &bytes[..bytes.len() - 1]);
        site.build();
        assert_eq!((portraits(&site), cached(&site)), (made.clone(), kept.clone()), "cut short");
        let mut changed = bytes.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        site.bytes(&path, &changed);
        site.build();
        assert_eq!((portraits(&site), cached(&site)), (made.clone(), kept.clone()), "one bit");
        site.remove(&path);
        site.build();
        assert_eq!((portraits(&site), cached(&site)), (made.clone(), kept.clone()), "gone");
    }
}

#[test]
fn check_writes_nothing() {
    let site = site("check", "amara.jpg");
    put(&site, "amara.jpg", &jpeg(&drawing(400, 400, 1)));
    site.run(&["check"]).expect_code(0);
    assert!(!site.root().join(".mentorpress").exists());
    site.build();
    let kept = cached(&site);
    site.edit("content/mentors/amara.yaml", "status: listed", "status: paused");
    site.run(&["check"]).expect_code(0);
    assert_eq!(cached(&site), kept);
}

#[test]
fn a_cache_that_cannot_be_written_is_no_matter() {
    let site = site("unwritable", "amara.jpg");
    put(&site, "amara.jpg", &jpeg(&drawing(400, 400, 1)));
    site.write(".mentorpress", "a file of somebody's");
    assert_eq!(site.build().stderr, "");
    assert_eq!(portraits(&site).len(), 2);
    assert_eq!(site.source(".mentorpress"), "a file of somebody's");
}

#[test]
fn a_site_without_photos_has_no_cache() {
    let site = Site::with_people("none");
    site.build();
    assert!(!site.root().join(".mentorpress").exists());
}

/// Of amara nothing is left: not her photo, nor what was made of it, under any name.
#[track_caller]
fn assert_gone(site: &Site, was: &BTreeMap<String, Vec<u8>>, kept: &BTreeMap<String, Vec<u8>>, why: &str) {
    let original = std::fs::read(site.root().join("content/mentors/photos/amara.jpg")).unwrap_or_default();
    let public = site.public();
    let now = cached(site);
    for (name, bytes) in was {
        assert!(!public.keys().any(|path| path.ends_with(name)), "{why}: {name} is public");
        assert!(!public.values().any(|other| other == bytes), "{why}: its bytes are public");
        let hash = name.split('-').next().expect("a hash");
        for (path, bytes) in &public {
            assert!(!String::from_utf8_lossy(bytes).contains(hash), "{why}: {path} names it");
        }
    }
    assert!(!public.values().any(|bytes| *bytes == original), "{why}: the photo itself is public");
    for (name, bytes) in kept {
        assert!(
            !now.contains_key(name) && !now.values().any(|other| other == bytes),
            "{why}: {name} is kept"
        );
    }
    assert_eq!((portraits(site).len(), now.len()), (2, 2), "{why}: bina's stay");
}

#[test]
fn whoever_is_not_public_is_nowhere() {
    let consent = ", photo: {given: 2026-01-10, wording: v1}";
    let withdrawn = ", photo: {given: 2026-01-10, wording: v1, withdrawn: 2026-06-01}";
    for (why, from, to) in [
        ("paused", "status: listed", "status: paused"),
        ("withdrawn", "status: listed", "status: withdrawn"),
        ("overdue", "review_by: 2027-01-10", "review_by: 2026-01-10"),
        ("no consent", consent, ""),
        ("consent withdrawn", consent, withdrawn),
        ("no photo", "photo: {file: amara.jpg}\n", ""),
    ] {
        let site = built("gone");
        let was: BTreeMap<_, _> = portraits(&site);
        let kept = cached(&site);
        // Bina's are known by building without amara.
        site.edit("content/mentors/amara.yaml", from, to);
        site.build();
        let others = (portraits(&site), cached(&site));
        let only = |all: BTreeMap<String, Vec<u8>>, others: &BTreeMap<String, Vec<u8>>| {
            all.into_iter().filter(|(name, _)| !others.contains_key(name)).collect::<BTreeMap<_, _>>()
        };
        let (was, kept) = (only(was, &others.0), only(kept, &others.1));
        assert_eq!((was.len(), kept.len()), (2, 2), "{why}");
        assert_gone(&site, &was, &kept, why);
    }
}

#[test]
fn the_cache_is_purged_although_the_build_fails() {
    let site = built("fails");
    let kept = cached(&site);
    site.edit("content/mentors/amara.yaml", "status: listed", "status: paused");
    site.write("content/about.md", "---\ntitle: About\n---\n\n<b>half</b>\n");
    let run = site.run(&["build"]).expect_code(1);
    assert_eq!(cached(&site).len(), 2);
    assert!(cached(&site).keys().all(|name| kept.contains_key(name)));
    // The old site stands, and what it still shows is said.
    assert_eq!(portraits(&site).len(), 4);
    let shown =
        portraits(&site).keys().filter(|name| run.stderr.contains(&format!("/photos/{name}"))).count();
    assert_eq!(shown, 2, "{}", run.console());
    site.run(&["build", "--takedown"]).expect_code(0);
    assert_eq!(portraits(&site).len(), 2);
}

#[test]
fn the_cache_is_purged_although_nothing_can_be_written() {
    let site = built("unwritten");
    site.edit("content/mentors/amara.yaml", "status: listed", "status: paused");
    site.write("other/letter.txt", "Somebody's.");
    site.run(&["build", "--out", "other"]).expect_code(2);
    assert_eq!(cached(&site).len(), 2);
}

#[test]
fn what_killed_builds_left_is_cleared_and_what_is_not_ours_stays() {
    let site = built("left");
    let name = cached(&site).into_keys().next().expect("an entry");
    site.write(&format!(".mentorpress/photos/{name}.77-1.part"), "half");
    site.write(".mentorpress/photos/notes.txt", "somebody's");
    site.build();
    assert_eq!(cached(&site).len(), 5);
    assert_eq!(site.source(".mentorpress/photos/notes.txt"), "somebody's");
}

#[test]
fn copies_of_a_withheld_photo_are_found() {
    let site = built("copies");
    let (square_name, square) = portraits(&site).into_iter().next().expect("a square");
    let is_amaras =
        site.page("mentors/amara/index.html").contains(square_name.split('-').next().expect("a hash"));
    let (id, file) = if is_amaras { ("amara", "amara.jpg") } else { ("bina", "bina.png") };
    let original = std::fs::read(site.root().join("content/mentors/photos").join(file)).expect("the photo");
    site.edit(&format!("content/mentors/{id}.yaml"), "status: listed", "status: paused");
    for (path, bytes) in [("content/files/team.jpg", original), ("content/root/logo.jpg", square)] {
        site.bytes(path, &bytes);
        let run = site.run(&["build"]).expect_code(1);
        run.expect("error[withheld-in-output]")
            .expect(&format!("shows the photo of `{id}`, who is paused"))
            .expect(path);
        // What has the finding is left out.
        site.run(&["build", "--takedown"]).expect_code(0);
        assert!(!site.public().values().any(|other| *other == bytes), "{path}");
        site.remove(path);
    }
    // Of somebody who is shown, a copy is no matter.
    site.edit(&format!("content/mentors/{id}.yaml"), "status: paused", "status: listed");
    site.bytes("content/files/team.png", &png(&drawing(400, 500, 2)));
    assert_eq!(site.build().stderr, "");
}

/// A build that takes down goes several rounds: a copy that shows her is found in each, whether she was out from the
/// beginning or left out on the way.
#[test]
fn squares_are_found_in_every_round_of_a_takedown() {
    for (from, to) in [("status: listed", "status: paused"), ("capacity: 2", "capacity: two")] {
        let site = built("rounds");
        let squares: Vec<_> = portraits(&site)
            .into_iter()
            .filter(|(name, _)| {
                site.page("mentors/amara/index.html").contains(name.split('-').next().expect("a hash"))
            })
            .collect();
        assert_eq!(squares.len(), 2);
        for (number, (_, bytes)) in squares.iter().enumerate() {
            site.bytes(&format!("content/files/logo{number}.jpg"), bytes);
        }
        site.edit("content/mentors/amara.yaml", from, to);
        site.write("content/half.md", "---\ntitle: Half\n---\n\n<b>half</b>\n");
        site.run(&["build", "--takedown"]).expect_code(0).expect("content/files/logo0.jpg");
        for (_, bytes) in &squares {
            assert!(!site.public().values().any(|other| other == bytes), "{to}");
            assert!(!cached(&site).values().any(|other| other == bytes), "{to}");
        }
        assert_eq!((portraits(&site).len(), cached(&site).len()), (2, 2), "{to}: bina's stay");
    }
}

#[test]
fn the_folder_may_lie_outside_the_site() {
    let outside = Site::empty("outside");
    outside.write("people/mentors/amara.yaml", &with_photo("Dr Sample Amara", "amara.jpg"));
    outside.bytes("people/mentors/photos/amara.jpg", &jpeg(&drawing(400, 400, 1)));
    outside.write(
        "site/content/site.yaml",
        &format!("{}directory: {{mentors: ../people/mentors}}\n", crate::support::SITE),
    );
    outside.write("site/content/index.md", "---\ntitle: Home\n---\n\nWelcome.\n");
    outside.write("site/content/vocabulary.yaml", crate::support::VOCABULARY);
    let folder = outside.root().join("site");
    let run = run_in(&folder, &["build", "--date", TODAY]).expect_code(0);
    assert_eq!(run.stderr, "");
    assert_eq!(tree(&folder.join("public/photos")).len(), 2);
    assert!(folder.join(".mentorpress/photos").is_dir());
}

/// `cargo test --release --test photos -- --ignored`: too slow without optimising.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes a minute and 2 GiB of this process's own memory to draw"]
fn forty_megapixels_stay_below_three_hundred_mebibytes() {
    use image::ExtendedColorType;
    let site = site("large", "amara.jpg");
    put(&site, "amara.jpg", &jpeg(&drawing(8000, 5000, 1)));
    for (id, file) in [("bina", "bina.png"), ("chen", "chen.png"), ("dora", "dora.jpg")] {
        site.write(&format!("content/mentors/{id}.yaml"), &with_photo(&format!("Dr Sample {id}"), file));
    }
    put(&site, "bina.png", &png(&drawing(8000, 5000, 2)));
    let deep: Vec<u8> =
        (0..8000 * 5000 * 4).flat_map(|at: u32| ((at % 8000 * 8) as u16 | 0x8000).to_ne_bytes()).collect();
    put(&site, "chen.png", &raw_png(&deep, (8000, 5000), ExtendedColorType::Rgba16));
    put(&site, "dora.jpg", &jpeg(&drawing(5000, 8000, 3)));
    for threads in ["1", "2", "8"] {
        drop(std::fs::remove_dir_all(site.root().join(".mentorpress")));
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_mentorpress"))
            .args(["build", "--date", TODAY])
            .current_dir(site.root())
            .env("RAYON_NUM_THREADS", threads)
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("it runs");
        let status = format!("/proc/{}/status", child.id());
        let mut peak = 0;
        while child.try_wait().expect("a status").is_none() {
            let text = std::fs::read_to_string(&status).unwrap_or_default();
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
            peak = peak.max(now.unwrap_or(0));
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        assert!(child.wait().is_ok_and(|status| status.success()));
        assert!((1..300 << 10).contains(&peak), "{threads} threads: {peak} KiB");
        assert_eq!(portraits(&site).len(), 8);
    }
}
