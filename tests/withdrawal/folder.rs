//! site.yaml cannot be read, and with it not where people's files lie: no command acts as if it had looked everywhere.

use super::*;

const OUTSIDE: &str = "scheme-private/sian.yaml";
const UNKNOWN: &str = "it is not known where people's files lie: only content/mentors was looked in";

/// Siân's file lies outside content/, Bina's where people's files usually lie.
fn outside(name: &str) -> Site {
    let site = site(name);
    site.remove(RECORD);
    site.remove(PHOTO);
    site.write(OUTSIDE, &record().replace("photo: {file: sian.png}\n", ""));
    site.edit(
        "content/site.yaml",
        "contact:",
        "directory:\n  # Ours.\n  mentors: \"./scheme-private\"\ncontact:",
    );
    // A file of people where the site does not look is a finding of the build.
    let bina = site.source("content/mentors/bina.yaml");
    site.remove("content/mentors/bina.yaml");
    site.build();
    assert!(site.has("mentors/sian/index.html"));
    site.write("content/mentors/bina.yaml", &bina);
    site
}

fn mentors(site: &Site, arguments: &[&str]) -> Run {
    site.run(&[&["mentors"], arguments].concat())
}

#[test]
fn the_folder_is_read_from_a_file_that_is_broken_elsewhere() {
    let site = outside("broken-elsewhere");
    site.edit("content/site.yaml", "languages: [en]", "languages: [en");
    let said =
        "content/site.yaml cannot be read. People's files were looked for in scheme-private, which it names";
    let list = mentors(&site, &["list"]).expect(said);
    assert!(list.stdout.contains("sian") && !list.stdout.contains("bina"), "{}", list.console());
    mentors(&site, &["set", "sian", "taken=2"]).expect_code(0).expect(said);
    mentors(&site, &["confirm", "sian"]).expect_code(0).expect(said);
    mentors(&site, &["set", "nobody", "taken=2"])
        .expect_code(2)
        .expect("content/site.yaml cannot be read; scheme-private, which it names for people's files, has nobody of the id `nobody`");
    let run = withdraw(&site, &["sian"]).expect_code(1).expect(said);
    assert!(site.source(OUTSIDE).contains("status: withdrawn"), "{}", run.console());
}

#[test]
fn where_the_folder_is_not_known_nobody_is_said_not_to_be_there() {
    let broken: [fn(&Site); 5] = [
        |site| {
            site.edit(
                "content/site.yaml",
                "  mentors: \"./scheme-private\"",
                "  mentors: \"./scheme-private",
            );
        },
        |site| site.edit("content/site.yaml", "directory:", "directory: ["),
        // One that can be read, and says it in a way that cannot be used.
        |site| site.edit("content/site.yaml", "directory:", "directry:"),
        |site| site.edit("content/site.yaml", "\"./scheme-private\"", "content/files/people"),
        |site| site.bytes("content/site.yaml", b"\xFF\xFEt\0"),
    ];
    for (at, break_it) in broken.iter().enumerate() {
        let site = outside(&format!("unknown-{at}"));
        break_it(&site);
        let before = site.source(OUTSIDE);
        for order in [
            &["set", "sian", "taken=2"][..],
            &["confirm", "sian"],
            &["withdraw", "sian"],
            &["withdraw", "sian", "--dry-run"],
            &["export", "sian"],
        ] {
            let run = mentors(&site, order).expect_code(2).expect(UNKNOWN);
            assert!(!run.console().contains("nobody has the id"), "{at}: {}", run.console());
            assert!(!run.console().contains("nothing is left"), "{at}: {}", run.console());
        }
        assert_eq!(site.source(OUTSIDE), before);
        let list = mentors(&site, &["list"]).expect_code(1).expect(UNKNOWN);
        assert!(list.stdout.contains("bina"), "{at}: {}", list.console());
        mentors(&site, &["list", "--due", "2020-01-01"]).expect("Nobody in content/mentors.");
        // Who is there can be changed and taken out, and it is said what was not looked at.
        mentors(&site, &["set", "bina", "taken=1"]).expect_code(0).expect(UNKNOWN);
        let run =
            withdraw(&site, &["bina"]).expect(UNKNOWN).expect("Other records may name her or her photo");
        assert!(site.source("content/mentors/bina.yaml").contains("status: withdrawn"), "{}", run.console());
    }
}

#[test]
fn what_only_site_yaml_says_is_not_made_up() {
    let site = outside("made-up");
    site.edit("content/site.yaml", "languages: [en]", "languages: [en");
    mentors(&site, &["list", "--ask-again"])
        .expect_code(2)
        .expect("content/site.yaml cannot be read, and it says which wordings are in force");
    let run = mentors(&site, &["export", "sian"]).expect_code(2);
    assert!(
        run.stderr.contains(
            "content/site.yaml cannot be read, and the letter says by it who you are and which pages show her"
        ),
        "{}",
        run.stderr
    );
    assert!(!site.root().join("private/exports").exists());
}
