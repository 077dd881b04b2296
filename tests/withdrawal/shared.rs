//! A photo that is another's too: it stays, and where it is shown still is said with what to do.

use super::*;

const BINA: &str = "content/mentors/bina.yaml";
const COPY: &str = "content/mentors/photos/bina.png";

/// A site in which Bina's record names a photo, with her consent.
fn with_photo_of_bina(name: &str, file: &str) -> Site {
    let site = site(name);
    let photo = format!("photo: {{file: {file}}}\noffers:");
    site.edit(BINA, "offers:", &photo);
    site.edit(BINA, "wording: v1}}", "wording: v1}, photo: {given: 2026-01-10}}");
    site
}

#[test]
fn a_photo_that_stays_is_said_to_be_shown_still() {
    let site = with_photo_of_bina("shown-still", "sian.png");
    site.build();
    withdraw(&site, &["sian", "--dry-run"])
        .expect_code(0)
        .expect("content/mentors/photos/sian.png: kept, because the record of `bina` names it too (content/mentors/bina.yaml:1). Pages that show `bina` would go on showing it");
    let run = withdraw(&site, &["sian"]).expect_code(1);
    assert!(
        run.stderr.starts_with("Her photo is still on the site, as that of `bina`: content/mentors/photos/sian.png was kept, because the record of `bina` names it too (content/mentors/bina.yaml:1).\nIt is shown at:\n"),
        "{}",
        run.console()
    );
    assert!(run.stderr.contains("    https://example.org/mentors/bina/\n"), "{}", run.stderr);
    assert!(!run.stderr.contains("/mentors/sian/"), "{}", run.stderr);
    assert!(
        run.stderr.contains("If it shows her who withdrew, take `photo:` out of the record of `bina`, delete content/mentors/photos/sian.png, then run mentorpress build."),
        "{}",
        run.stderr
    );
    run.expect("  mentors/bina/index.html: her photo\n");
    // What is said to do does it.
    site.edit(BINA, "photo: {file: sian.png}\n", "");
    site.remove(PHOTO);
    site.build();
    assert_eq!(showing(&site), Vec::<String>::new());
}

#[test]
fn a_second_file_with_the_same_picture_is_named() {
    let site = with_photo_of_bina("same-picture", "bina.png");
    site.bytes(COPY, &picture());
    site.build();
    let run = withdraw(&site, &["sian"])
        .expect_code(1)
        .expect("content/mentors/photos/sian.png: her photo is deleted")
        .expect("content/mentors/photos/bina.png is the same picture, and the record of `bina` names it (content/mentors/bina.yaml:1)");
    assert!(run.stderr.contains("    https://example.org/mentors/bina/\n"), "{}", run.console());
    assert!(site.root().join(COPY).exists() && !site.root().join(PHOTO).exists());
}

#[test]
fn whoever_had_no_page_of_her_own_is_known_by_her_photo_too() {
    let site = with_photo_of_bina("no-page", "sian.png");
    // The committee is not shown anywhere here, and the photo only as Bina's.
    site.edit(RECORD, "roles: [mentor]", "roles: [committee]");
    site.build();
    let run = withdraw(&site, &["sian"]).expect_code(1).expect("  mentors/bina/index.html: her photo\n");
    assert!(run.stderr.contains("    https://example.org/mentors/bina/\n"), "{}", run.stderr);
}

#[test]
fn after_an_interruption_the_photo_on_another_page_is_not_forgotten() {
    let site = with_photo_of_bina("interrupted-shared", "sian.png");
    site.build();
    site.write(RECORD, "id: sian\nstatus: withdrawn\non: 2026-11-21\n");
    let run = withdraw(&site, &["sian"]).expect_code(1).expect("  mentors/bina/index.html: her photo\n");
    assert!(run.stderr.starts_with("A photo of hers is still on the site"), "{}", run.console());
}

#[test]
fn a_photo_of_somebody_who_is_not_shown_is_kept_and_shown_nowhere() {
    let site = with_photo_of_bina("shown-nowhere", "sian.png");
    site.edit(BINA, "status: listed", "status: registered");
    site.edit(RECORD, "status: listed", "status: registered");
    site.build();
    let run = withdraw(&site, &["sian"]).expect_code(0).expect("nothing is left").expect(
        "kept, because the record of `bina` names it too (content/mentors/bina.yaml:1). No page shows it today",
    );
    assert_eq!(run.stderr, "");
}
