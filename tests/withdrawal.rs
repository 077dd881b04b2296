//! `mentors withdraw`: she is gone from the files, the site and `private/` in one command, whatever else is unfinished, and
//! what no program can undo is named.

mod support;

#[path = "withdrawal/comments.rs"]
mod comments;
#[path = "withdrawal/folder.rs"]
mod folder;
#[path = "withdrawal/names.rs"]
mod names;
#[path = "withdrawal/shared.rs"]
mod shared;

use mentorpress::html::text;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use support::{Run, Site, VOCABULARY, assert_file, mentor, tree};

const NAME: &str = "Dr Siân O'Brien-Ng";
const RECORD: &str = "content/mentors/sian.yaml";
const PHOTO: &str = "content/mentors/photos/sian.png";

fn record() -> String {
    mentor(NAME, "offers: [promotion, grants]\ntaken: 1\nbio: |\n  She studies birth cohorts.\nphoto: {file: sian.png}\n")
        .replace("wording: v1}}", "wording: v1}, photo: {given: 2026-01-10}, search: {given: 2026-01-10}, social: {given: 2026-01-10}}")
}

/// A small picture that is hers alone.
fn picture() -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(200, 200, |x, y| {
        image::Rgb([(x * 7 % 256) as u8, (y * 5 % 256) as u8, ((x * y) % 251) as u8])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

fn site(name: &str) -> Site {
    let site = Site::small(name)
        .file("content/vocabulary.yaml", VOCABULARY)
        .file(RECORD, &record())
        .file("content/mentors/bina.yaml", &mentor("Dr Sample Bina", "offers: [grants]\n"))
        .file("content/thanks.md", "---\ntitle: Thanks\n---\n\nWe thank :person[sian] for her time.\n");
    site.bytes(PHOTO, &picture());
    site
}

/// Files of the site that show her: her name, her id as a part of an address, her words, her photo.
fn showing(site: &Site) -> Vec<String> {
    let photo = picture();
    let raw = [
        "Siân",
        "O'Brien",
        "O’Brien",
        "Brien-Ng",
        "/sian/",
        "/sian\"",
        "sian.",
        "=sian",
        "\"sian\"",
        "birth cohorts",
    ];
    let shows = |path: &str, bytes: &[u8]| {
        let source = String::from_utf8_lossy(bytes);
        let decoded = text(&source);
        // Nobody else has a photo, so whatever stands there is hers, under whatever name.
        path.starts_with("photos/")
            || source.contains("/photos/")
            || path.contains("/sian/")
            || raw.iter().any(|word| source.contains(word) || decoded.contains(word))
            || bytes
                .windows(photo.len().min(64))
                .any(|window| photo.starts_with(window) && window.len() == 64)
    };
    site.public().iter().filter(|(path, bytes)| shows(path, bytes)).map(|(path, _)| path.clone()).collect()
}

fn withdraw(site: &Site, more: &[&str]) -> Run {
    site.run(&[&["mentors", "withdraw"], more].concat())
}

/// What a run printed, without the name of the test's folder.
fn console(site: &Site, run: &Run) -> String {
    let root = site.root().canonicalize().expect("a folder");
    run.console().replace(&root.to_string_lossy().into_owned(), "<site>")
}

#[track_caller]
fn assert_console(site: &Site, run: &Run, name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mentors").join(name);
    assert_file(&console(site, run), &path);
}

/// Everything in the site's folder but the lock beside the output.
fn everything(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let mut files = tree(site.root());
    files.retain(|path, _| !path.ends_with("mentorpress-lock"));
    files
}

#[test]
fn through_every_state_she_is_shown_when_she_may_be_and_not_otherwise() {
    let site = site("states");
    let listed = site.source(RECORD);
    let pause = "status: paused\nuntil: 2027-02-01";
    // What the record says, the day, and whether she is public then.
    type Stage<'s> = (&'s str, &'s [(&'s str, &'s str)], &'s str, bool);
    let life: [Stage; 12] = [
        ("registered", &[("status: listed", "status: registered")], "2026-11-22", false),
        ("listed", &[], "2026-11-22", true),
        ("full", &[("taken: 1", "taken: 2")], "2026-11-22", true),
        ("due", &[], "2027-01-10", true),
        ("last day of grace", &[], "2027-03-11", true),
        ("overdue", &[], "2027-03-12", false),
        ("confirmed", &[("review_by: 2027-01-10", "review_by: 2028-01-10")], "2027-03-12", true),
        ("paused", &[("status: listed", "status: paused")], "2026-11-22", false),
        ("paused until", &[("status: listed", pause)], "2026-11-22", false),
        (
            "the last day of the pause",
            &[("status: listed", pause), ("2027-01-10", "2028-01-10")],
            "2027-01-31",
            false,
        ),
        ("the pause is over", &[("status: listed", pause), ("2027-01-10", "2028-01-10")], "2027-02-01", true),
        (
            "consent withdrawn",
            &[("given: 2026-01-10, wording: v1", "given: 2026-01-10, withdrawn: 2026-11-20")],
            "2026-11-22",
            false,
        ),
    ];
    for (state, changes, day, is_public) in life {
        let record = changes.iter().fold(listed.clone(), |record, (from, to)| {
            assert!(record.contains(from), "{state}: no {from}");
            record.replacen(from, to, 1)
        });
        site.write(RECORD, &record);
        site.run(&["build", "--date", day]).expect_code(0);
        let shown = showing(&site);
        assert_eq!(!shown.is_empty(), is_public, "{state}: {shown:?}");
        assert_eq!(site.has("mentors/sian/index.html"), is_public, "{state}");
    }
    // And at the end of it.
    site.write(RECORD, &listed);
    site.build();
    assert!(showing(&site).len() >= 6);
    withdraw(&site, &["sian"]).expect_code(0).expect("nothing is left");
    assert_eq!(showing(&site), Vec::<String>::new());
    assert_eq!(site.source(RECORD), "id: sian\nstatus: withdrawn\non: 2026-11-21\n");
    // No day brings her back.
    for day in ["2026-11-22", "2027-02-01", "2030-01-01"] {
        site.run(&["build", "--date", day]).expect_code(0);
        assert_eq!(showing(&site), Vec::<String>::new(), "{day}");
    }
}

#[test]
fn neither_a_broken_draft_nor_three_pages_that_link_to_her_stand_in_the_way() {
    let site = site("broken");
    site.write("private/addresses.yaml", "sian: s.obrien@leeds.ac.uk\nbina: bina@leeds.ac.uk\n");
    site.write("content/about.md", "---\ntitle: About\n---\n\n[Our founder](/mentors/sian/).\n");
    site.write("content/news/prize.md", "---\ntitle: A prize\nkind: news\ndate: 2026-01-01\n---\n\nThe prize of the society, which is given every year, went to Siân  O'Brien-Ng this time.\n\n[Her page](/mentors/sian/)\n");
    site.build();
    assert!(showing(&site).len() >= 8);
    site.write("content/plans.md", "---\ntitle: Plans\n---\n\nHalf a :::note\n\n[nowhere](nowhere.md) <b>\n");
    site.run(&["build"]).expect_code(1);

    let run = withdraw(&site, &["sian"]).expect_code(0);
    assert_console(&site, &run, "withdraw");
    // What others wrote of her by name stays until somebody takes it out; everything that is hers is gone.
    assert_eq!(showing(&site), ["atom.xml", "news/prize/index.html", "search.json"]);
    for path in showing(&site) {
        let page = site.page(&path);
        assert!(page.contains("Brien-Ng") && !page.contains("/mentors/sian"), "{path}");
    }
    let about = site.page("about/index.html");
    assert!(about.contains("Our founder") && !about.contains("/mentors/sian"), "{about}");
    assert!(site.page("thanks/index.html").contains("somebody who has left the scheme"));
    assert!(!site.has("plans/index.html") && site.has("mentors/bina/index.html"));
    assert!(!site.root().join(PHOTO).exists());
    // private/ knows her no more, and would know her again.
    let private = tree(&site.root().join("private"));
    for (path, bytes) in &private {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("obrien") && !text.contains("sian"), "{path}: {text}");
    }
    assert!(site.source("private/withdrawn.yaml").contains("on: 2026-11-21}"));
    assert_eq!(site.source("private/addresses.yaml"), "bina: bina@leeds.ac.uk\n");
}

#[test]
fn running_it_again_changes_nothing_and_searches_again() {
    let site = site("again");
    site.write(
        "content/news/prize.md",
        "---\ntitle: A prize\nkind: news\ndate: 2026-01-01\n---\n\nSiân O'Brien-Ng.\n",
    );
    site.build();
    withdraw(&site, &["sian"]).expect_code(0);
    let before = everything(&site);
    let again = withdraw(&site, &["sian", "--date", "2026-12-24"]).expect_code(0);
    assert_console(&site, &again, "withdraw-again");
    assert_eq!(everything(&site), before);
    withdraw(&site, &["sian", "--name", NAME])
        .expect_code(0)
        .expect("content/news/prize.md:7  Siân O'Brien-Ng.");
}

#[test]
fn wherever_it_was_interrupted_running_it_again_completes_it() {
    let stops: [fn(&Site); 4] = [
        // Before anything; after her address was forgotten; after the photo went; after the record went.
        |_| {},
        |site| site.write("private/addresses.yaml", ""),
        |site| site.remove(PHOTO),
        |site| {
            site.remove(PHOTO);
            site.write(RECORD, "id: sian\nstatus: withdrawn\non: 2026-11-21\n");
        },
    ];
    for (at, stop) in stops.iter().enumerate() {
        let site = site(&format!("interrupted-{at}"));
        site.write("private/addresses.yaml", "sian: s.obrien@leeds.ac.uk\n");
        site.build();
        stop(&site);
        withdraw(&site, &["sian"]).expect_code(0);
        assert_eq!(showing(&site), Vec::<String>::new(), "{at}");
        assert_eq!(site.source(RECORD), "id: sian\nstatus: withdrawn\non: 2026-11-21\n", "{at}");
        assert!(!site.root().join(PHOTO).exists(), "{at}");
        assert!(!site.source("private/addresses.yaml").contains("obrien"), "{at}");
    }
}

#[test]
fn what_keeps_an_old_registration_out_is_said_as_it_is() {
    const REMEDY: &str = "Add `sian: her address` to private/addresses.yaml and run this again";
    let site = site("no-address");
    site.build();
    withdraw(&site, &["sian"])
        .expect("no address of hers, so nothing there keeps an old registration from bringing her back")
        .expect(REMEDY);
    site.write("private/addresses.yaml", "sian: s.obrien@leeds.ac.uk\n");
    withdraw(&site, &["sian"]).expect_code(0).expect("private/: her address is forgotten");
    // Her record came back, as if it had not been written: her address has been forgotten nevertheless.
    site.write(RECORD, &record());
    let run = withdraw(&site, &["sian"])
        .expect("One was forgotten on 2026-11-21: hers, if this was interrupted")
        .expect(REMEDY);
    assert!(!run.stdout.contains("so nothing there keeps"), "{}", run.stdout);
}

#[test]
fn a_withdrawal_by_hand_is_completed() {
    let site = site("by-hand");
    site.build();
    site.edit(RECORD, "status: listed", "status: withdrawn\non: 2026-11-03");
    withdraw(&site, &["sian"]).expect_code(0).expect("nothing is left");
    assert_eq!(site.source(RECORD), "id: sian\nstatus: withdrawn\non: 2026-11-03\n");
    assert_eq!(showing(&site), Vec::<String>::new());
}

#[test]
fn where_no_site_can_be_built_she_is_withdrawn_all_the_same() {
    let site = site("no-build");
    site.build();
    site.edit("content/site.yaml", "title: A scheme", "titel: A scheme");
    let run = withdraw(&site, &["sian"]).expect_code(1);
    assert_console(&site, &run, "withdraw-without-a-site");
    assert!(
        run.stderr.starts_with("The site that stands still shows her: `sian` is withdrawn in the files"),
        "{}",
        run.stderr
    );
    assert_eq!(site.source(RECORD), "id: sian\nstatus: withdrawn\non: 2026-11-21\n");
    assert!(!showing(&site).is_empty(), "the old site stands");
    site.edit("content/site.yaml", "titel: A scheme", "title: A scheme");
    withdraw(&site, &["sian", "--name", NAME]).expect_code(0).expect("nothing is left");
    assert_eq!(showing(&site), Vec::<String>::new());
    // Not even site.yaml has to be readable.
    let broken = self::site("no-site-yaml");
    broken.build();
    broken.edit("content/site.yaml", "languages: [en]", "languages: [en");
    withdraw(&broken, &["sian"]).expect_code(1).expect("    /mentors/sian/");
    assert!(broken.source(RECORD).contains("status: withdrawn"));
    withdraw(&broken, &["nobody"]).expect_code(2).expect("content/site.yaml cannot be read");
    // A folder that is somebody else's is the machine's trouble.
    let other = self::site("not-ours");
    other.write("public/own.txt", "not ours");
    let run = withdraw(&other, &["sian"]).expect_code(2);
    assert!(run.stderr.contains("was not made by Mentorpress"), "{}", run.stderr);
    assert!(other.source(RECORD).contains("status: withdrawn"));
}

#[test]
fn what_the_system_refuses_half_way_is_told_with_where_she_stands() {
    // Beside a file with such a name no other can be written.
    let id = "a".repeat(240);
    let site = site("refused");
    site.remove(RECORD);
    site.remove(PHOTO);
    let path = format!("content/mentors/{id}.yaml");
    site.write(&path, &record().replace("photo: {file: sian.png}\n", ""));
    site.write("content/thanks.md", "---\ntitle: Thanks\n---\n\nThanks.\n");
    site.write("private/addresses.yaml", &format!("{id}: s.obrien@leeds.ac.uk\n"));
    site.build();
    assert!(site.has(&format!("mentors/{id}/index.html")));
    let run = withdraw(&site, &[&id]).expect_code(2).expect("her address is forgotten");
    let first = format!("`{id}` is still on the site, and her record is as it was: cannot write");
    assert!(run.stderr.starts_with(&first), "{}", run.console());
    assert!(
        !run.stdout.contains("is withdrawn.") && !run.stdout.contains("built without her"),
        "{}",
        run.stdout
    );
    // And with a build that fails too, both are told.
    site.edit("content/site.yaml", "title: A scheme", "titel: A scheme");
    let run =
        withdraw(&site, &[&id]).expect_code(2).expect("The site that stands still shows her: no new site");
    assert!(run.stderr.starts_with(&first), "{}", run.console());
}

/// Rights keep nobody out who may do everything; then there is nothing to test.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_is_said_not_to_be_searched() {
    use std::os::unix::fs::PermissionsExt;
    let site = site("unreadable");
    site.write(
        "content/site.yaml",
        &site.source("content/site.yaml").replace("title: A scheme", "titel: A scheme"),
    );
    site.write("public/.mentorpress", "");
    site.write("public/index.html", "<p>Siân O'Brien-Ng</p>");
    site.write("public/locked/index.html", "<p>Siân O'Brien-Ng</p>");
    let locked = site.root().join("public/locked");
    let allow = |mode| fs::set_permissions(&locked, fs::Permissions::from_mode(mode)).expect("a folder");
    allow(0o000);
    let is_locked = fs::read_dir(&locked).is_err();
    let run = withdraw(&site, &["sian"]);
    allow(0o755);
    if is_locked {
        assert!(run.stderr.starts_with("The site that stands still shows her"), "{}", run.console());
        run.expect_code(2).expect("What is in there was not searched").expect("  index.html: her name");
    }
    assert!(site.source(RECORD).contains("status: withdrawn"));
}

#[test]
fn a_website_in_another_folder_is_not_taken_for_searched() {
    let site = site("elsewhere");
    site.run(&["build", "--out", "www"]).expect_code(0);
    let run = withdraw(&site, &["sian"]).expect_code(1);
    let first = "No website of this scheme was in ./public, so the one that shows `sian` has not been searched. If it is elsewhere, run this again: mentorpress mentors withdraw sian --name \"Dr Siân O'Brien-Ng\" --out DIR\n";
    assert!(run.stderr.starts_with(first), "{}", run.stderr);
    assert!(site.has("index.html"), "it is built all the same");
    withdraw(&site, &["sian", "--name", NAME, "--out", "www"]).expect_code(0).expect("nothing is left");
}

#[test]
fn a_record_that_is_not_yaml_is_no_hindrance() {
    let site = site("not-yaml");
    site.build();
    site.edit(RECORD, "post: Lecturer", "post: Reader: Public\n  - health");
    withdraw(&site, &["sian"])
        .expect_code(0)
        .expect("her name, her id and her photo")
        .expect("nothing is left");
    assert_eq!(showing(&site), Vec::<String>::new());
    assert!(!site.root().join(PHOTO).exists());
}

#[test]
fn of_a_record_that_is_not_yaml_only_the_photo_that_it_names_goes() {
    // Whole names: hers is in another's, before and after it, and in her own words.
    for photo in ["photo: {file: 11.png}", "photo:\n  # New.\n  file: \"11.png\"  # hers", "photo: 11.png"] {
        let site = site("whole-names");
        let other = |path: &str| site.bytes(path, b"somebody else's");
        other("content/mentors/photos/1.png");
        other("content/mentors/photos/111.png");
        other("content/mentors/photos/old.png");
        site.bytes("content/mentors/photos/11.png", &picture());
        let record = record().replace("photo: {file: sian.png}", photo);
        site.write(RECORD, &format!("{record}post: Reader: x\n# Not old.png, profile: 1.png\n"));
        withdraw(&site, &["sian"]).expect("content/mentors/photos/11.png: her photo is deleted");
        for (name, stays) in [("1.png", true), ("111.png", true), ("old.png", true), ("11.png", false)] {
            let path = site.root().join("content/mentors/photos").join(name);
            assert_eq!(path.exists(), stays, "{photo}: {name}");
        }
    }
}

#[test]
fn no_file_that_is_not_one_persons_gives_way() {
    let site = site("several");
    let list = "# name: all\n- id: chen\n  name: Dr Sample Chen: x\n- id: dalia\n  name: Dr Sample Dalia\n";
    let files = [
        ("people", list.to_owned()),
        ("slipped", list.replace("  name: Dr Sample Chen", "name: Dr Sample Chen")),
        ("notes", "colour: red\n".to_owned()),
        ("words", "To do: ask: Chen\n".to_owned()),
        ("nothing", "# Nobody yet.\n".to_owned()),
    ];
    for (name, text) in &files {
        site.write(&format!("content/mentors/{name}.yaml"), text);
    }
    for (name, text) in &files {
        withdraw(&site, &[name])
            .expect_code(2)
            .expect(&format!("content/mentors/{name}.yaml was left as it is"));
        assert_eq!(site.source(&format!("content/mentors/{name}.yaml")), *text);
    }
}

#[test]
fn out_of_a_list_only_she_goes() {
    let site = site("list");
    site.remove(RECORD);
    let item = |id: &str, record: &str| {
        let mut text = format!("- id: {id}\n");
        record.trim_end().lines().for_each(|line| text.push_str(&format!("  {line}\n")));
        text
    };
    let head = "# Everybody.\r\n";
    let others = [
        item("chen", &mentor("Dr Sample Chen", "# Chen's.\n")),
        item("dalia", &mentor("Dr Sample Dalia", "")),
    ];
    let people =
        format!("{head}{}\n{}  # Call Siân first.\n{}", others[0], item("sian", &record()), others[1]);
    site.write("content/mentors/people.yaml", &people.replace('\n', "\r\n").replace("\r\r", "\r"));
    site.build();
    assert!(!showing(&site).is_empty());
    withdraw(&site, &["sian"]).expect_code(0).expect("content/mentors/people.yaml: her record gives way");
    let left =
        format!("{head}{}\n- id: sian\n  status: withdrawn\n  on: 2026-11-21\n{}", others[0], others[1]);
    assert_eq!(site.source("content/mentors/people.yaml"), left.replace('\n', "\r\n").replace("\r\r", "\r"));
    assert_eq!(showing(&site), Vec::<String>::new());
    assert!(site.has("mentors/chen/index.html") && site.has("mentors/dalia/index.html"));
}

#[test]
fn people_of_the_committee_and_people_outside_go_too() {
    let site = site("outside");
    let outside = site.root().join("scheme-private");
    fs::create_dir_all(outside.join("photos")).expect("a folder");
    fs::write(outside.join("sian.yaml"), record().replace("roles: [mentor]", "roles: [committee]"))
        .expect("written");
    fs::write(outside.join("photos/sian.png"), picture()).expect("written");
    fs::write(outside.join("bina.yaml"), mentor("Dr Sample Bina", "")).expect("written");
    site.remove(RECORD);
    site.remove(PHOTO);
    site.remove("content/mentors/bina.yaml");
    site.edit("content/site.yaml", "contact:", "directory: {mentors: scheme-private}\ncontact:");
    site.edit("content/thanks.md", "We thank", "::people{role=committee}\n\nWe thank");
    site.build();
    assert!(showing(&site).contains(&"thanks/index.html".to_owned()), "{:?}", showing(&site));
    let run = withdraw(&site, &["sian"])
        .expect_code(0)
        .expect("scheme-private/photos/sian.png: her photo is deleted")
        .expect("nothing is left");
    assert_eq!(showing(&site), Vec::<String>::new());
    let gone = run.stdout.split("These showed her. See that they no longer do").collect::<Vec<_>>();
    assert!(!run.stdout.contains("/mentors/sian/"), "she had no page: {}", run.stdout);
    assert!(gone.len() == 2 && gone[1].contains("    https://example.org/thanks/\n"), "{}", run.stdout);
    assert_eq!(site.source("scheme-private/sian.yaml"), "id: sian\nstatus: withdrawn\non: 2026-11-21\n");
}

#[test]
fn a_photo_that_another_record_uses_is_kept() {
    let site = site("shared");
    site.edit("content/mentors/bina.yaml", "offers:", "photo: {file: sian.png}\noffers:");
    site.build();
    withdraw(&site, &["sian"]).expect("kept, because the record of `bina` names it too");
    assert!(site.root().join(PHOTO).exists());
    // A path that leaves the folder of photos is never followed.
    let site = self::site("climbing");
    site.edit(RECORD, "file: sian.png", "file: ../../index.md");
    withdraw(&site, &["sian"]);
    assert!(site.root().join("content/index.md").exists());
}

#[test]
fn what_git_keeps_is_said_where_there_is_git() {
    let site = site("git");
    site.build();
    let none = withdraw(&site, &["sian", "--dry-run"]).expect_code(0);
    let above = site.root().ancestors().any(|folder| folder.join(".git").exists());
    assert!(above || !none.stdout.contains("git"), "{}", none.stdout);
    fs::create_dir(site.root().join(".git")).expect("a folder");
    let run = withdraw(&site, &["sian"]).expect_code(0);
    assert!(
        run.stdout.contains("git filter-repo --invert-paths --path content/mentors/sian.yaml --path content/mentors/photos/sian.png"),
        "{}",
        run.stdout
    );
}

#[test]
fn private_that_git_would_take_is_left_and_she_is_withdrawn() {
    let site = site("private-in-git");
    site.write("private/addresses.yaml", "sian: s.obrien@leeds.ac.uk\n");
    fs::create_dir(site.root().join(".git")).expect("a folder");
    site.build();
    let run = withdraw(&site, &["sian"]).expect_code(2);
    assert!(
        run.stderr.starts_with("private/ was left as it was: git would keep private/ in its history"),
        "{}",
        run.stderr
    );
    assert_eq!(showing(&site), Vec::<String>::new());
    site.write(".gitignore", "/private/\n");
    withdraw(&site, &["sian"]).expect_code(0).expect("her address is forgotten");
    assert!(!site.source("private/addresses.yaml").contains("obrien"));
}

#[test]
fn a_dry_run_changes_nothing() {
    let site = site("dry");
    site.write("private/addresses.yaml", "sian: s.obrien@leeds.ac.uk\n");
    site.build();
    let before = everything(&site);
    let run = withdraw(&site, &["sian", "--dry-run"]).expect_code(0);
    assert_console(&site, &run, "withdraw-dry-run");
    assert_eq!(everything(&site), before);
}

#[test]
fn slips_are_told() {
    let site = site("slips");
    withdraw(&site, &["sain"])
        .expect_code(2)
        .expect("nobody has the id `sain`\n  help: did you mean `sian`?");
    withdraw(&site, &["O'Brien"]).expect_code(2).expect("did you mean `sian` (Dr Siân O'Brien-Ng)?");
    site.write("content/mentors/people.yaml", "- id: chen\n  name: Dr Sample: Chen: x\n");
    withdraw(&site, &["chen"])
        .expect_code(2)
        .expect("`chen` stands in content/mentors/people.yaml, and that file cannot be read as YAML");
    site.write("content/mentors/people.yaml", &format!("- {{id: sian, status: {}}}\n", "registered"));
    withdraw(&site, &["sian"])
        .expect_code(2)
        .expect("two people have the id `sian`: content/mentors/people.yaml:1, content/mentors/sian.yaml:1");
    assert!(site.source(RECORD).contains("status: listed"));
    withdraw(&site, &["sian"]).expect_code(2).expect("run mentorpress build --takedown");
    site.write(
        "content/mentors/people.yaml",
        &record().lines().map(|line| format!("  {line}\n")).collect::<String>().replacen(
            "  name",
            "- id: sian\n  name",
            1,
        ),
    );
    site.run(&["build", "--takedown"]);
    assert_eq!(showing(&site), Vec::<String>::new(), "both are off the site");
}
