//! `mentors list`, `set`, `confirm` and `export`: what the committee types, what it is told, and what changes in the files.

mod support;

use std::fs;
use std::path::Path;
use support::{Run, Site, VOCABULARY, assert_file, mentor, privacy_notice, tree};

const AMARA: &str = "content/mentors/amara.yaml";

/// A scheme with people in every state.
fn scheme(name: &str) -> Site {
    let site = Site::small(name)
        .file("content/vocabulary.yaml", VOCABULARY)
        .file(AMARA, &mentor("Dr Sample Amara", "# Asked in May.\noffers: [grants]   # for now\ntaken: 1\n"))
        .file(
            "content/mentors/bina.yaml",
            &mentor("Professor Sample Bina", "taken: 2\nsort_name: Aaa, Sample\n"),
        )
        .file("content/mentors/people.yaml", &people());
    site.edit("content/site.yaml", "contact:", "consent: {profile: {current: v2}}\ncontact:");
    site.edit("content/mentors/bina.yaml", "wording: v1", "wording: v2");
    site
}

fn people() -> String {
    let item = |id: &str, record: &str| {
        let lines: String = record.trim_end().lines().map(|line| format!("  {line}\n")).collect();
        format!("- id: {id}\n{lines}")
    };
    let v2 = |record: String| record.replace("wording: v1", "wording: v2");
    [
        item("chen", &v2(mentor("Dr Sample Chen", "")).replace("status: listed", "status: paused\nuntil: 2027-02-01")),
        item("dalia", &v2(mentor("Dr Sample Dalia", "")).replace("review_by: 2027-01-10", "review_by: 2026-11-01")),
        item("esi", &v2(mentor("Dr Sample Esi", "")).replace("review_by: 2027-01-10", "review_by: 2026-01-01")),
        item("farida", &v2(mentor("Dr Sample Farida", "")).replace("given: 2026-01-10", "given: 2026-01-10, withdrawn: 2026-11-01")),
        item("gurpreet", &mentor("Dr Sample Gurpreet Who Has a Name of More Words than a Line of a Table Can Hold Beside the Rest of It", "").replace("status: listed", "status: registered")),
        "- {id: hiba, status: withdrawn, on: 2026-06-01}\n".to_owned(),
    ]
    .concat()
}

fn mentors(site: &Site, arguments: &[&str]) -> Run {
    site.run(&[&["mentors"], arguments].concat())
}

#[track_caller]
fn assert_console(site: &Site, runs: &[&[&str]], name: &str) {
    let mut text = String::new();
    for arguments in runs {
        let run = mentors(site, arguments);
        text.push_str(&format!("$ mentorpress mentors {}\n{}\n", arguments.join(" "), run.console()));
    }
    let root = site.root().to_string_lossy().into_owned();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mentors").join(name);
    assert_file(&text.replace(&root, "<site>"), &path);
}

#[test]
fn the_list_says_who_is_who() {
    let site = scheme("list");
    site.write("private/addresses.yaml", "amara: a.sample@leeds.ac.uk\n");
    assert_console(
        &site,
        &[
            &["list"],
            &["list", "--due", "2026-12-31"],
            &["list", "--state", "listed"],
            &["list", "--state", "without-consent", "--csv"],
            &["list", "--ask-again"],
            &["list", "--addresses", "--state", "full"],
            &["list", "--addresses", "--csv", "--due", "2026-06-01"],
            &["list", "--state", "pausd"],
            &["list", "--due", "2020-01-01"],
        ],
        "list",
    );
    let list = mentors(&site, &["list"]).expect_code(0).stdout;
    assert!(list.lines().all(|line| line.chars().count() <= 100), "{list}");
    // Addresses are shown where they were asked for, and nowhere else.
    assert!(!list.contains('@'));
}

#[test]
fn a_record_that_cannot_be_read_is_said_to_be_missing() {
    let site = scheme("unread");
    site.write("content/mentors/zoe.yaml", "name: Dr: Zoe: x\n");
    site.write("content/mentors/twice.yaml", &format!("- id: amara\n  name: Another\n{}", ""));
    let run = mentors(&site, &["list"]).expect_code(0);
    assert!(
        run.stderr.contains("2 records cannot be read and are not in the list (mentorpress check says why): content/mentors/twice.yaml:1, content/mentors/zoe.yaml:1"),
        "{}",
        run.console()
    );
}

#[test]
fn a_change_is_shown_as_lines_and_nothing_else_changes() {
    let site = scheme("set");
    let before = site.source(AMARA);
    assert_console(
        &site,
        &[
            &["set", "amara", "taken=2"],
            &["set", "amara", "taken=2"],
            &["set", "amara", "status=paused", "until=2027-02-01"],
            &["set", "amara", "status=listed"],
            &["set", "amara", "offers+=promotion"],
            &["set", "amara", "offers-=grants", "taken-=1"],
            &["set", "amara", "post=Reader: Public Health #2"],
            &["set", "amara", "pronouns="],
            &["set", "amara", "noindex=true", "--dry-run"],
            &["set", "chen", "capacity=3"],
        ],
        "set",
    );
    let after = site.source(AMARA);
    assert_eq!(
        after,
        before
            .replace("offers: [grants]   # for now", "offers: [promotion]   # for now")
            .replace("post: Lecturer", "post: \"Reader: Public Health #2\"")
    );
    let chen = people().replacen("capacity: 2", "capacity: 3", 1);
    assert_eq!(site.source("content/mentors/people.yaml"), chen);
    site.run(&["build"]).expect_code(0);
    assert!(site.page("mentors/amara/index.html").contains("Reader: Public Health #2"));
}

#[test]
fn a_change_that_would_be_a_finding_is_refused_with_it() {
    let site = scheme("refused");
    let before = tree(&site.root().join("content"));
    assert_console(
        &site,
        &[
            &["set", "amara", "taken=3"],
            &["set", "amara", "capacity=two"],
            &["set", "amara", "institution=leed"],
            &["set", "amara", "status=pause"],
            &["set", "amara", "status=paused", "until=1/2/2027"],
            &["set", "amara", "noindex=yes"],
            &["set", "amara", "bio=Write to a.sample@leeds.ac.uk"],
            &["set", "amara", "offers+=promotions"],
            &["set", "amara", "name="],
            &["set", "chen", "taken=5", "post="],
        ],
        "set-refused",
    );
    assert_eq!(tree(&site.root().join("content")), before);
}

#[test]
fn whoever_is_paused_is_out_of_sight() {
    let site = scheme("pause-over");
    let listed = site.source(AMARA);
    // A pause that was over long ago is written there still.
    for status in ["status: listed", "status: paused"] {
        site.write(
            AMARA,
            &listed.replace("status: listed", &format!("{status}\nuntil: 2026-11-21   # in autumn")),
        );
        mentors(&site, &["set", "amara", "status=paused"]).expect_code(0).expect("- until: 2026-11-21");
        assert!(!site.source(AMARA).contains("until"));
        site.build();
        assert!(!site.has("mentors/amara/index.html"), "{status}");
    }
    // One that is ahead stays.
    site.write(AMARA, &listed.replace("status: listed", "status: paused\nuntil: 2027-01-01"));
    mentors(&site, &["set", "amara", "status=paused"])
        .expect_code(0)
        .expect("says so already: nothing to change");
    for day in ["2026-11-21", "2025-01-01"] {
        mentors(&site, &["set", "amara", "status=paused", &format!("until={day}")])
            .expect_code(2)
            .expect("is not ahead: the pause of `amara` would be over");
    }
    site.write(AMARA, &listed);
    mentors(&site, &["set", "amara", "until=2027-02-01"])
        .expect_code(2)
        .expect("mentorpress mentors set amara status=paused until=2027-02-01");
    mentors(&site, &["set", "amara", "status=listed", "until=2027-02-01"]).expect_code(2);
    assert_eq!(site.source(AMARA), listed);
}

#[test]
fn of_a_list_only_the_item_that_is_meant_changes() {
    let site = scheme("items");
    let with = |list: &str| site.source(AMARA).replace("offers: [grants]   # for now\n", list);
    let list =
        "interests:\n  - tea   # green\n  # Since May:\n  - \"salt, and pepper\"\n  - maps\n  # The end.\n";
    let before = with(list);
    let change = |typed: &str, expected: &str| {
        site.write(AMARA, &before);
        mentors(&site, &["set", "amara", typed]).expect_code(0);
        assert_eq!(site.source(AMARA), before.replace(list, expected), "{typed}");
    };
    change("interests+=art", &list.replace("- maps\n", "- maps\n  - art\n"));
    change("interests-=salt, and pepper", &list.replace("  - \"salt, and pepper\"\n", ""));
    change("interests-=tea", &list.replace("  - tea   # green\n", ""));
    change("interests-=maps", &list.replace("  - maps\n", ""));
    change("interests-=maps,tea", &list.replace("  - maps\n", "").replace("  - tea   # green\n", ""));
    // What it would lose is not touched.
    for list in ["interests:\n  - {en: tea}\n  - maps\n", "interests: [tea,  # green\n  maps]\n"] {
        let text = before.replace("interests:\n  - tea   # green\n  # Since May:\n  - \"salt, and pepper\"\n  - maps\n  # The end.\n", list);
        site.write(AMARA, &text);
        mentors(&site, &["set", "amara", "interests+=art"])
            .expect_code(2)
            .expect("open the file and change it there");
        assert_eq!(site.source(AMARA), text);
    }
}

#[test]
fn a_name_cannot_change_the_terminal() {
    let site = scheme("terminal");
    site.edit(AMARA, "name: Dr Sample Amara", "name: \"Dr \\u202E\\e[31mAmara\"");
    let run = mentors(&site, &["list"]);
    assert!(run.stdout.contains("Dr \u{FFFD}\u{FFFD}[31mAmara"), "{}", run.console());
}

#[test]
fn slips_on_the_command_line_are_told() {
    let site = scheme("slips");
    let before = tree(&site.root().join("content"));
    assert_console(
        &site,
        &[
            &["set", "amra", "taken=2"],
            &["set", "Bina", "taken=2"],
            &["set", "amara", "takn=2"],
            &["set", "amara", "taken"],
            &["set", "amara", "taken=1", "taken=2"],
            &["set", "amara", "offers-=promotion"],
            &["set", "amara", "status+=paused"],
            &["set", "amara", "taken-=5"],
            &["set", "amara", "consent=v3"],
            &["set", "amara", "id=amira"],
            &["set", "amara", "status=withdrawn"],
            &["set", "hiba", "status=listed"],
            &["confirm", "hiba"],
            &["confirm", "amara", "chem"],
            &["confirm", "amara", "--until", "2026-01-01"],
        ],
        "slips",
    );
    assert_eq!(tree(&site.root().join("content")), before);
}

#[test]
fn what_is_wrong_already_keeps_nobody_from_changing_something_else() {
    let site = scheme("old-findings");
    site.edit(AMARA, "stage: lecturer", "stage: lectrer");
    mentors(&site, &["set", "amara", "taken=2"])
        .expect_code(0)
        .expect("The record has 1 error from before: mentorpress check shows them.");
    assert!(site.source(AMARA).contains("taken: 2"));
    site.write(AMARA, "name: Dr: Amara: x\n");
    mentors(&site, &["set", "amara", "taken=1"])
        .expect_code(2)
        .expect("content/mentors/amara.yaml cannot be read as YAML, so no line of it is changed");
}

#[test]
fn files_keep_their_form() {
    let site = scheme("form");
    let form = |text: &str| format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
    let before = site.source(AMARA);
    site.write(AMARA, &form(&before));
    mentors(&site, &["set", "amara", "taken=2", "pronouns=she/her"]).expect_code(0);
    let name = "name: Dr Sample Amara\n";
    let expected =
        before.replace("taken: 1", "taken: 2").replace(name, &format!("{name}pronouns: she/her\n"));
    assert_eq!(site.source(AMARA), form(&expected));
}

#[test]
fn confirming_moves_the_review_a_year_ahead() {
    let site = scheme("confirm");
    assert_console(
        &site,
        &[
            &["confirm", "amara", "dalia", "esi", "amara"],
            &["confirm", "amara"],
            &["confirm", "amara", "--until", "2027-06-30"],
            &["confirm", "chen", "--date", "2028-02-29"],
        ],
        "confirm",
    );
    assert!(site.source(AMARA).contains("review_by: 2027-06-30\n"));
    assert_eq!(site.source("content/mentors/people.yaml").matches("review_by: 2027-11-21").count(), 2);
    site.build();
    assert!(site.has("mentors/esi/index.html"), "she was overdue");
}

#[test]
fn every_key_of_a_record_is_known() {
    let site = scheme("keys");
    let docs =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md")).expect("the docs");
    let people = docs.split("\n## People\n").nth(1).expect("a section");
    let table = people.split("\n| key | value | |\n").nth(1).expect("a table");
    let keys: Vec<&str> = table
        .lines()
        .take_while(|line| line.starts_with('|'))
        .skip(1)
        .filter_map(|line| line.split('|').nth(1))
        .flat_map(|cell| cell.split(',').map(|key| key.trim().trim_matches('`')))
        .collect();
    assert!(keys.len() >= 25, "{keys:?}");
    for key in keys {
        let run = mentors(&site, &["set", "amara", &format!("{key}=x"), "--dry-run"]);
        assert!(!run.stderr.contains("a record has no key"), "{key}: {}", run.console());
    }
}

#[test]
fn who_asks_gets_all_that_is_held_and_nothing_of_others() {
    let site = scheme("export");
    site.write("content/news/prize.md", "---\ntitle: A prize\nkind: news\ndate: 2026-01-01\n---\n\nThe prize went to Sample Chen.\n\n[Her page](/mentors/chen/)\n");
    site.write("content/policies/privacy.md", &privacy_notice());
    site.write("private/addresses.yaml", "chen: chen@leeds.ac.uk\nbina: bina@leeds.ac.uk\n");
    site.write("private/imported.yaml", "chen:\n  post: Lecturer\nbina:\n  post: Secret\n");
    site.edit("content/mentors/people.yaml", "until: 2027-02-01", "until: 2026-02-01");
    site.edit(
        "content/mentors/people.yaml",
        "status: paused\n",
        "status: paused\n  photo: {file: chen.jpg}\n  # Hers.\n",
    );
    let picture = {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(64, 64).write_to(&mut bytes, image::ImageFormat::Jpeg).expect("a picture");
        bytes.into_inner()
    };
    site.bytes("content/mentors/photos/chen.jpg", &picture);
    site.build();
    assert_console(&site, &[&["export", "chen"], &["export", "chen"], &["export", "chem"]], "export");
    let folder = site.root().join("private/exports/chen-2026-11-21");
    let files = tree(&folder);
    assert_eq!(
        files.keys().collect::<Vec<_>>(),
        ["about.md", "photo-chen.jpg", "record.yaml", "registration.yaml"]
    );
    assert_eq!(files["photo-chen.jpg"], picture);
    let text = |name: &str| String::from_utf8(files[name].clone()).expect("a text");
    assert_file(&text("about.md"), &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mentors/export-about"));
    assert!(text("record.yaml").starts_with("id: chen\nname: Dr Sample Chen\n"), "{}", text("record.yaml"));
    assert!(text("record.yaml").ends_with("review_by: 2027-01-10\n"));
    assert_eq!(text("registration.yaml"), "post: Lecturer\n");
    for (name, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        for other in ["Bina", "Dalia", "bina@", "Secret"] {
            assert!(!text.contains(other), "{name} says {other}");
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder.join("about.md")).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // Her record is read as it stands: it is a record.
    let other = Site::small("export-record").file("content/vocabulary.yaml", VOCABULARY);
    other.write("content/mentors/chen.yaml", &text("record.yaml").replace("photo: {file: chen.jpg}\n", ""));
    other.run(&["build"]).expect_code(0);
    // Whoever withdraws takes it with her.
    mentors(&site, &["withdraw", "chen"]).expect_code(0).expect("what was gathered for her is deleted");
    assert!(!folder.exists());
}

#[test]
fn the_letter_says_what_was_looked_through_and_what_was_not() {
    let site = scheme("letter");
    site.edit(AMARA, "offers:", "photo: {file: amara.jpg}\noffers:");
    site.bytes("content/files/old.xls", b"\xD0\xCF\x11\xE0");
    site.bytes("content/old.md", b"\xFF\xFEA\0");
    site.bytes("content/files/half.docx", b"PK\x03\x04 cut off");
    site.write("private/registrations.xlsx", "PK");
    let run = mentors(&site, &["export", "amara"]).expect_code(0);
    let letter = site.source("private/exports/amara-2026-11-21/about.md");
    assert!(!letter.contains("all of it: "), "{letter}");
    for said in [
        "your record names a photo, `amara.jpg`, but there is no such file",
        "The website as it was last built was not at hand, so its pages were not searched.",
        "- `content/files/half.docx`\n",
        "- `content/files/old.xls`\n",
        "- `content/old.md`\n",
        "- mailboxes, minutes, notes and whatever is on paper",
        "- the registration form, and what was exported from it",
        "- the website as it stands on the web, its host's copies and records of visits, and search engines",
        "- backups, copies on other computers",
        "- earlier versions of our files",
    ] {
        assert!(letter.contains(said), "no {said} in\n{letter}");
    }
    assert!(!letter.contains("No photo of you"), "{letter}");
    run.expect("The letter says that you look there yourselves: do, or change it.");
}

#[test]
fn what_is_held_of_somebody_goes_where_nothing_is_published() {
    let site = scheme("export-to");
    site.build();
    let outside = site.root().join("elsewhere");
    fs::create_dir_all(outside.join("deep")).expect("a folder");
    #[cfg(unix)]
    std::os::unix::fs::symlink(site.root().join("content/files"), outside.join("link")).expect("a link");
    site.write("content/files/leaflet.txt", "For everybody.\n");
    let files = || (tree(&site.root().join("content")), tree(&site.root().join("public")));
    let before = files();
    let mut open = vec![
        "content/files/x",
        "content/x",
        "content/mentors/photos",
        "themes/x",
        "public/x",
        "public",
        "elsewhere/deep/../../content/root/x",
        "not-there/../content/x",
    ];
    if cfg!(unix) {
        open.extend(["elsewhere/link/x", "elsewhere/link"]);
    }
    for to in open {
        mentors(&site, &["export", "amara", "--to", to]).expect_code(2).expect("a build would publish it");
    }
    assert_eq!(files(), before);
    mentors(&site, &["export", "amara", "--to", "www/x", "--out", "www"]).expect_code(2);
    fs::create_dir(site.root().join(".git")).expect("a folder");
    mentors(&site, &["export", "amara", "--to", "elsewhere/x"])
        .expect_code(2)
        .expect("git would keep elsewhere/x");
    site.write(".gitignore", "/elsewhere/\n");
    mentors(&site, &["export", "amara", "--to", "elsewhere/new/x"]).expect_code(0);
    assert!(outside.join("new/x/record.yaml").exists());
    #[cfg(unix)]
    for folder in ["elsewhere/new", "elsewhere/new/x"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(site.root().join(folder)).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{folder}");
    }
}

#[test]
fn help_leads_to_each_command() {
    let site = scheme("help");
    assert_console(&site, &[&["--help"], &["set", "--help"], &["withdraw", "--help"]], "help");
}
