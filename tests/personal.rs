//! Personal data in profiles: found in every field and language, waived field by field and rule by rule.

mod support;

use support::{Run, Site, VOCABULARY, mentor};

/// Builds a site with one mentor whose record has these lines too.
fn with(lines: &str) -> Run {
    let site = Site::small("personal")
        .file("content/vocabulary.yaml", VOCABULARY)
        .file("content/mentors/photos/amara.jpg", "")
        .file("content/mentors/amara.yaml", &mentor("Dr Sample Amara", lines));
    site.run(&["check"])
}

#[test]
fn every_field_is_looked_at_and_the_place_is_exact() {
    for (lines, code, place) in [
        ("sort_name: Amara 07700 900123", "personal-data-in-profile", ":11:18"),
        ("pronouns: she/her (07700 900123)", "personal-data-in-profile", ":11:20"),
        ("interests: [Trials, LS2 9JT]", "personal-data-in-profile", ":11:21"),
        ("seeks: {en: Anybody, cy: Ffoniwch 07700 900123}", "personal-data-in-profile", ":11:35"),
        ("bio: |\n  Trials.\n\n  My GMC number is 7012345.", "personal-data-in-profile", ":14:6"),
        ("bio:\n  en: Trials.\n  cy: wa.me/447700900123", "personal-data-in-profile", ":13:7"),
        ("bio: \"Ring me: 07700\n  900123\"", "personal-data-in-profile", ":11:6"),
        ("bio: Ring 0&#55;700 900123.", "personal-data-in-profile", ":11:11"),
        ("bio: Fel hyn – ０７７００ ９００１２３.", "personal-data-in-profile", ":11:16"),
        ("bio: \"[Me](mailto:jo%40x.org)\"", "e-mail-in-profile", ":11:19"),
        ("bio: |\n  Trials.\n\n  Ask jo dot smith at uni dot ac dot uk.", "e-mail-in-profile", ":14:7"),
        ("links: {profile: \"https://example.org/?to=jo%40uni.ac.uk\"}", "e-mail-in-profile", ":11:43"),
        ("photo: {file: amara.jpg, credit: a.b@leeds.ac.uk}", "e-mail-in-profile", ":11:34"),
        ("links: {profile: \"https://t.me/amara\"}", "personal-data-in-profile", ":11:27"),
    ] {
        let run = with(lines).expect_code(1);
        let finding = run.stderr.split("error[").find(|finding| finding.starts_with(code));
        assert!(
            run.stderr.matches("error[").count() == 1
                && finding.is_some_and(|finding| finding.contains(&format!("amara.yaml{place}\n"))),
            "{lines}: no {code} at {place}\n{}",
            run.console()
        );
    }
    // What stands in a field with a waiver is told apart from what hides behind a character reference.
    let both = "bio: \"0113 496 0999, a&#64;leeds.ac.uk\"\nwaive: [{field: bio, rule: phone, reason: The public number}]";
    with(both).expect_code(1).expect("e-mail-in-profile").expect("amara.yaml:11:22");
    with("bio: I work at Leeds dot org, at 100%40 of the time.").expect_code(0);
    with("links: {orcid: 0000-0002-1825-0097, profile: \"https://example.org/07700900123\"}").expect_code(0);
}

#[test]
fn a_waiver_is_for_one_field_and_one_rule_and_is_needed() {
    let bio = "bio: The clinic answers at 0113 496 0999 or a.b@leeds.ac.uk.\n";
    let waive = |list: &str| with(&format!("{bio}waive: [{list}]\n"));
    let phone = "{field: bio, rule: phone, reason: The public number of the clinic}";
    let email = "{field: bio, rule: e-mail, reason: Her own wish}";
    let run = waive(&format!("{phone}, {email}")).expect_code(0);
    assert!(!run.stderr.contains("waiver"), "{}", run.console());
    let run = waive(phone).expect_code(1);
    assert!(run.stderr.contains("e-mail-in-profile") && !run.stderr.contains("personal-data"));
    let run =
        waive(&format!("{phone}, {email}, {{field: seeks, rule: phone, reason: In vain}}")).expect_code(0);
    assert!(
        run.stderr
            .contains("warning[waiver-without-use]: this waives nothing: `seeks` has no telephone number")
    );
    waive(&format!("{phone}, {email}, {{field: bio, rule: fax, reason: None}}")).expect_code(1);
    waive(&format!("{phone}, {{field: bio, rule: e-mail}}")).expect_code(1).expect("missing-key");
}
