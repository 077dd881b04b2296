//! A build killed at any moment leaves the old site or the new one, whole, and a watcher never sees none.
//!
//! `MENTORPRESS_KILLS=200 cargo test --release --test kill -- --nocapture` kills more often, over the site of
//! `MENTORPRESS_KILL_PROFILES` profiles, and prints how many of each outcome there were.

#![cfg(unix)]
#![allow(clippy::print_stderr, reason = "the counts are the result")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use support::{Site, TODAY, VOCABULARY, mentor, tree};

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn site(profiles: usize) -> Site {
    let site = Site::small("kill").file("content/vocabulary.yaml", VOCABULARY);
    for number in 0..profiles {
        site.write(&format!("content/mentors/m{number}.yaml"), &mentor(&format!("Dr Sample M{number}"), ""));
    }
    site
}

/// Every file of a tree by its bytes, hashed: comparing is then cheap and the trees need not be kept.
fn fingerprint(folder: &Path) -> BTreeMap<String, u64> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let hash = |bytes: Vec<u8>| {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        hasher.finish()
    };
    tree(folder).into_iter().map(|(path, bytes)| (path, hash(bytes))).collect()
}

fn start(site: &Site) -> Child {
    Command::new(env!("CARGO_BIN_EXE_mentorpress"))
        .args(["build", "--date", TODAY])
        .current_dir(site.root())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

/// Entries beside `public/` that a build made.
fn stages(site: &Site) -> bool {
    std::fs::read_dir(site.root()).expect("the site").flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.starts_with(".public.mentorpress-") && entry.path().is_dir()
    })
}

#[test]
fn killed_at_any_moment_the_site_is_whole() {
    let kills = number("MENTORPRESS_KILLS", 20);
    let site = site(number("MENTORPRESS_KILL_PROFILES", 150));
    let public = site.root().join("public");
    // Two sites that differ in every page.
    let titles = ["title: A scheme", "title: B scheme"];
    let mut wanted = Vec::new();
    let mut times = Vec::new();
    for title in [1, 0] {
        site.edit("content/site.yaml", titles[1 - title], titles[title]);
        let begun = Instant::now();
        let mut child = start(&site);
        assert!(child.wait().expect("an end").success());
        times.push(begun.elapsed());
        wanted.insert(0, fingerprint(&public));
    }
    assert_eq!(wanted[0].len(), wanted[1].len());
    assert!(
        wanted[0].iter().filter(|(path, hash)| wanted[1].get(*path) != Some(*hash)).count()
            > 300.min(wanted[0].len() - 7)
    );

    let gone = Arc::new(AtomicUsize::new(0));
    let stop = Arc::new(AtomicBool::new(false));
    let watcher = {
        let (gone, stop, page) = (gone.clone(), stop.clone(), public.join("index.html"));
        std::thread::spawn(move || {
            let mut looks = 0_usize;
            while !stop.load(Ordering::Relaxed) {
                if !page.exists() {
                    gone.fetch_add(1, Ordering::Relaxed);
                }
                looks += 1;
                std::thread::sleep(Duration::from_micros(50));
            }
            looks
        })
    };

    // The site that stands is A; each round builds the other over it and dies on the way.
    let mut current = 0;
    let whole = *times.iter().max().expect("two builds");
    let (mut old, mut new, mut during) = (0, 0, 0);
    // A small generator of our own: where the kills fall must not depend on a clock, nor on a package.
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for round in 0..kills {
        site.edit("content/site.yaml", titles[current], titles[1 - current]);
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let mut child = start(&site);
        // Every other round waits for the stage to appear, so that the kill falls among the writes.
        if round % 2 == 0 {
            let begun = Instant::now();
            while !stages(&site)
                && begun.elapsed() < whole * 3
                && child.try_wait().expect("a state").is_none()
            {
                std::hint::spin_loop();
            }
            let window = whole.as_micros().max(1) as u64 / 3;
            std::thread::sleep(Duration::from_micros(state % window));
        } else {
            std::thread::sleep(Duration::from_micros(state % (whole.as_micros().max(1) as u64 * 5 / 4)));
        }
        child.kill().expect("a signal");
        child.wait().expect("an end");
        during += usize::from(stages(&site));
        let found = fingerprint(&public);
        if found == wanted[current] {
            old += 1;
            site.edit("content/site.yaml", titles[1 - current], titles[current]);
        } else if found == wanted[1 - current] {
            new += 1;
            current = 1 - current;
        } else {
            panic!("a broken tree after kill {round}");
        }
    }
    stop.store(true, Ordering::Relaxed);
    let looks = watcher.join().expect("the watcher");
    assert_eq!(gone.load(Ordering::Relaxed), 0, "the site was absent");
    assert!(looks > kills, "{looks}");
    eprintln!(
        "{kills} kills: {old} left the old site, {new} the new one, 0 a broken tree; {during} fell between first and last write; {looks} looks, never absent"
    );
    // What the killed builds left is cleared by the next one.
    site.build();
    assert!(!stages(&site));
}

#[test]
fn two_builds_at_once_do_not_meet() {
    let site = site(100);
    let mut children: Vec<Child> = (0..4).map(|_| start(&site)).collect();
    for child in &mut children {
        assert!(child.wait().expect("an end").success());
    }
    let together = site.public();
    site.build();
    assert_eq!(together, site.public());
}
