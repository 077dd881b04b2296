//! What policy pages must say: each section taken out in turn, words that wait, claims that cannot be so.

mod support;

use support::{Site, documented};

/// A page with all of these sections, each with a sentence that has whatever a section may need.
fn page(front: &str, ids: &[String]) -> String {
    let mut text = format!("---\ntitle: Policy\nreviewed: 2026-11-02\n{front}---\n");
    for id in ids {
        let what = match id.as_str() {
            "compliance-status" => "This website is partially compliant, for 2 reasons.".to_owned(),
            "enforcement" => {
                "The EHRC enforces it; see [the EASS](https://www.equalityadvisoryservice.com/).".to_owned()
            }
            "complain-ico" => "You may [complain](https://ico.org.uk/make-a-complaint/) to it.".to_owned(),
            _ => "Write to [us](mailto:scheme@example.org), and within 5 days we answer.".to_owned(),
        };
        text.push_str(&format!("\n## About {id} {{#{id}}}\n\n{what}\n"));
    }
    text
}

const KINDS: [(&str, &str, &str); 4] = [
    ("Privacy notice", "kind: privacy-notice\n", "the privacy notice"),
    ("Participant information sheet", "kind: participant-information\n", "the participant information sheet"),
    ("Code of conduct", "kind: code-of-conduct\n", "the code of conduct"),
    (
        "Accessibility statement",
        "kind: accessibility-statement\nprepared: 2026-11-02\n",
        "the accessibility statement",
    ),
];

/// A site of a scheme that lists people, with its footer and one policy page.
fn with(text: &str) -> Site {
    let site = Site::small("policies").file("content/policy.md", text);
    let scheme = "scheme: {special_category: true}\nfooter: [policy.md]\ncontact:";
    site.edit("content/site.yaml", "contact:", scheme);
    site
}

/// Findings of errors, but for those about pages that are not there at all.
fn errors(site: &Site) -> String {
    let run = site.run(&["check"]);
    let findings = run.stderr.split("\n\n").filter(|finding| finding.contains("error["));
    findings.filter(|finding| !finding.contains("the site has no page")).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn a_page_with_all_of_its_sections_is_enough() {
    for (heading, front, _) in KINDS {
        let ids = documented(heading);
        assert!(ids.len() >= 5, "{heading}: {ids:?}");
        assert_eq!(errors(&with(&page(front, &ids))), "", "{heading}");
    }
}

#[test]
fn each_section_taken_out_in_turn_is_named() {
    for (heading, front, name) in KINDS {
        let ids = documented(heading);
        for id in &ids {
            let rest: Vec<String> = ids.iter().filter(|other| *other != id).cloned().collect();
            let errors = errors(&with(&page(front, &rest)));
            assert!(
                errors.contains(&format!("{name} does not say "))
                    && errors.contains(&format!("ends with `{{#{id}}}`"))
                    && errors.matches("error[").count() == 1,
                "{heading} without {id}:\n{errors}"
            );
        }
    }
}

#[test]
fn each_section_of_the_demonstrations_notice_taken_out_in_turn_is_named() {
    let site = Site::demonstration("demonstration-notice");
    site.run(&["check"]).expect_code(0);
    let whole = site.source("content/policies/privacy.md");
    let parts: Vec<&str> = whole.split("\n## ").collect();
    let ids = documented("Privacy notice");
    assert_eq!(parts.len(), ids.len() + 1);
    for (at, id) in ids.iter().enumerate() {
        let mut rest = parts.clone();
        let taken = rest.remove(at + 1);
        assert!(taken.contains(&format!("{{#{id}}}")), "{id}: {taken}");
        site.write("content/policies/privacy.md", &rest.join("\n## "));
        site.run(&["check"]).expect_code(1).expect(&format!("under a heading that ends with `{{#{id}}}`"));
    }
}

#[test]
fn several_missing_sections_are_one_finding_that_lists_them() {
    let ids: Vec<String> = documented("Privacy notice").into_iter().take(10).collect();
    let errors = errors(&with(&page(KINDS[0].1, &ids)));
    assert_eq!(errors.matches("error[").count(), 1, "{errors}");
    for text in [
        "the privacy notice lacks 8 sections",
        "`{#retention}`: how long they are kept",
        "`{#automated-decisions}`",
    ] {
        assert!(errors.contains(text), "no `{text}` in\n{errors}");
    }
}

#[test]
fn a_section_must_say_what_it_is_there_for() {
    let ids = |heading| documented(heading);
    let cases: [(usize, &str, &str, &str); 12] = [
        (0, "controller", "The university is responsible for the data.", "names nobody to turn to"),
        (0, "controller", "Write to scheme@example.org, who is responsible.", ""),
        (0, "retention", "", "is empty"),
        (0, "retention", "Six months", "has no sentence"),
        (
            0,
            "complain-ico",
            "Complain to [the regulator](https://example.org/).",
            "does not lead to the regulator",
        ),
        (0, "complain-to-controller", "You may complain to us at any time.", "names nobody to turn to"),
        (1, "ethics-approval", "The committee has approved it.", "has no number"),
        (2, "reporting", "Tell somebody whom you trust.", "names nobody to turn to"),
        (
            3,
            "contact",
            "Write to [us](mailto:scheme@example.org), we answer.",
            "does not say when an answer comes",
        ),
        (3, "contact", "We answer within five days.", "names nobody to turn to"),
        (
            3,
            "enforcement",
            "It is enforced by somebody or other.",
            "does not name the Equality and Human Rights Commission",
        ),
        (3, "enforcement", "The EHRC enforces the regulations.", "does not lead to the Equality Advisory"),
    ];
    for (kind, id, text, message) in cases {
        let (heading, front, _) = KINDS[kind];
        let whole = page(front, &ids(heading));
        let from = whole.find(&format!("{{#{id}}}")).expect("the section") + id.len() + 3;
        let to = whole[from..].find("\n## ").map_or(whole.len(), |end| from + end);
        let errors = errors(&with(&format!("{}\n\n{text}\n{}", &whole[..from], &whole[to..])));
        let is_right = match message {
            "" => errors.is_empty(),
            message => errors.contains(message) && errors.contains("error[section-incomplete]"),
        };
        assert!(is_right && errors.matches("error[").count() <= 1, "{id}: {text}\n{errors}");
    }
}

#[test]
fn words_that_wait_are_found_wherever_they_stand() {
    let ids = documented("Code of conduct");
    let whole = page(KINDS[2].1, &ids);
    for (text, words) in [
        ("Welcome to [name of the scheme].", "[name of the scheme]"),
        ("Begin here. TODO", "TODO"),
        ("- to be confirmed\n- and so on", "to be confirmed"),
        ("| Who | What |\n|---|---|\n| All | TBC |", "TBC"),
    ] {
        let errors = errors(&with(
            &whole.replace("---\n\n## About expected", &format!("---\n\n{text}\n\n## About expected")),
        ));
        assert!(
            errors.contains("error[placeholder]") && errors.contains(&format!("`{words}` still waits")),
            "{text}\n{errors}"
        );
    }
}

#[test]
fn a_mark_waits_on_any_page_and_in_site_yaml() {
    let site = Site::small("marks").file(
        "content/about.md",
        "---\ntitle: \"[TODO: a title]\"\nsummary: \"About [todo]\"\n---\n\nWe are [TODO: who we are]. She wrote \\[sic\\]. `[TODO: code]` is code.\n",
    );
    site.edit("content/site.yaml", "contact:", "tagline: \"[TODO: a tagline]\"\ncontact:");
    let run = site.run(&["check"]).expect_code(1);
    assert_eq!(run.stderr.matches("error[placeholder]").count(), 4, "{}", run.console());
    for text in ["[TODO: a title]", "[todo]", "[TODO: who we are]", "[TODO: a tagline]"] {
        assert!(run.stderr.contains(&format!("`{text}` still waits for words")), "{text}\n{}", run.console());
    }
}

#[test]
fn a_statement_claims_one_thing_and_no_more_than_is_so() {
    let ids = documented("Accessibility statement");
    let whole = page(KINDS[3].1, &ids);
    let partially = "This website is partially compliant, for 2 reasons.";
    let claims = |text: &str| with(&whole.replace(partially, text));
    for text in [
        "We did our best with this website.",
        "This website is not fully compliant with them.",
        "It is fully compliant, or perhaps not compliant at all.",
    ] {
        let errors = errors(&claims(text));
        assert!(errors.contains("error[compliance-status]"), "{text}\n{errors}");
    }
    let full = claims("This website is **fully compliant** with the guidelines.");
    assert_eq!(errors(&full), "");
    full.edit("content/index.md", "Welcome.", "Welcome.\n\n![](wave.png)");
    let errors = errors(&full);
    assert!(
        errors.contains("error[compliance-overclaimed]") && errors.contains("image-without-text"),
        "{errors}"
    );
}

#[test]
fn a_full_statement_needs_no_list_of_what_does_not_comply() {
    let ids = documented("Accessibility statement");
    let rest: Vec<String> = ids.into_iter().filter(|id| id != "non-accessible-content").collect();
    let text =
        page(KINDS[3].1, &rest).replace("partially compliant, for 2 reasons", "fully compliant, we believe");
    assert_eq!(errors(&with(&text)), "");
}

#[test]
fn a_review_is_due_after_a_year() {
    let ids = documented("Accessibility statement");
    let site = with(&page(KINDS[3].1, &ids));
    for (date, is_due) in [("2027-11-02", false), ("2027-11-03", true)] {
        let run = site.run(&["check", "--date", date]);
        assert_eq!(run.stderr.contains("warning[page-review-due]"), is_due, "{date}\n{}", run.console());
    }
    site.run(&["check", "--date", "2026-11-01"]).expect("error[bad-date]");
    site.edit("content/policy.md", "prepared: 2026-11-02\n", "");
    site.run(&["check"]).expect("an accessibility statement needs `prepared`");
    site.edit("content/policy.md", "reviewed: 2026-11-02\n", "");
    site.run(&["check"]).expect("the accessibility statement does not say when it was last reviewed");
}

#[test]
fn a_wording_says_what_is_agreed_to_and_how_it_is_taken_back() {
    let ids = documented("Wording of a consent");
    for id in &ids {
        let rest: Vec<String> = ids.iter().filter(|other| *other != id).cloned().collect();
        let site = Site::small("wording").file("content/v1.md", &page("", &rest));
        let consent =
            "consent: {profile: {current: v1, text: v1.md}, photo: {current: v1, text: v1.md}}\ncontact:";
        site.edit("content/site.yaml", "contact:", consent);
        site.run(&["check"]).expect_code(1).expect(&format!("ends with `{{#{id}}}`"));
        site.edit("content/v1.md", "title: Policy", "title: Policy\ndraft: true");
        assert!(!site.run(&["check"]).stderr.contains("section-missing"));
    }
}

#[test]
fn the_site_of_a_scheme_has_its_pages_and_leads_to_them() {
    let site = Site::small("scheme");
    site.run(&["check", "--deny-warnings"]).expect_code(0);
    site.edit("content/site.yaml", "contact:", "scheme: {kind: mentoring}\ncontact:");
    let run = site.run(&["check"]).expect_code(0);
    for name in ["privacy notice", "accessibility statement"] {
        assert!(run.stderr.contains(&format!("the scheme's site has no {name}")), "{}", run.console());
    }
    assert_eq!(run.stderr.matches("warning[policy-page-missing]").count(), 2, "{}", run.console());
    let site = site.file("content/policy.md", &page(KINDS[0].1, &documented("Privacy notice")));
    site.run(&["check"])
        .expect("the privacy notice is not linked from the foot of every page")
        .expect("`- policy.md`");
    site.edit("content/site.yaml", "contact:", "footer: [policy.md]\ncontact:");
    assert!(!site.run(&["check"]).stderr.contains("not-in-footer"));
}

#[test]
fn a_translation_is_looked_at_like_the_page_it_translates() {
    let ids = documented("Accessibility statement");
    let whole = page(KINDS[3].1, &ids);
    let welsh = whole
        .replace(
            "Write to [us](mailto:scheme@example.org), and within 5 days we answer.",
            "Ysgrifennwch [atom](mailto:scheme@example.org); cewch ateb ymhen 5 diwrnod.",
        )
        .replace(
            "This website is partially compliant, for 2 reasons.",
            "Mae'r wefan hon yn cydymffurfio'n rhannol â'r canllawiau.",
        )
        .replace("within 5 days", "o fewn 5 diwrnod");
    let site = with(&whole).file("content/policy.cy.md", &welsh);
    site.edit("content/site.yaml", "languages: [en]", "languages: [en, cy]");
    let site = site
        .file("content/index.cy.md", "---\ntitle: Hafan\n---\n\nCroeso.\n")
        .file("themes/default/i18n/cy.yaml", include_str!("../themes/default/i18n/en.yaml"));
    assert_eq!(errors(&site), "");
    site.edit("content/policy.cy.md", "{#enforcement}", "{#gorfodi}");
    let errors = errors(&site);
    assert!(errors.contains("policy.cy.md") && errors.contains("`{#enforcement}`"), "{errors}");
}

#[test]
fn nobody_waits_for_a_page_to_be_complete_to_be_taken_down() {
    with("---\ntitle: Privacy\nkind: privacy-notice\n---\n").run(&["build", "--takedown"]).expect_code(0);
}

#[test]
fn a_mark_waits_in_what_profiles_say_and_in_the_vocabulary() {
    let site = Site::with_people("people");
    site.edit("content/vocabulary.yaml", "stages:", "# [TODO: our stages]\nstages:");
    let amara = site.source("content/mentors/amara.yaml");
    let says = "# [TODO: ask for a photo]\nseeks: \"Somebody [TODO: who]\"\ninterests: [\"[TODO: what]\"]\nbio: |\n  I [TODO: her words] it.\n";
    site.write("content/mentors/amara.yaml", &(amara + says));
    let run = site.run(&["check"]).expect_code(1);
    assert_eq!(run.stderr.matches("error[placeholder]").count(), 4, "{}", run.console());
    for (words, place) in [
        ("[TODO: our stages]", "content/vocabulary.yaml:2:3"),
        ("[TODO: who]", "content/mentors/amara.yaml:12:18"),
        ("[TODO: what]", "content/mentors/amara.yaml:1:1"),
        ("[TODO: her words]", "content/mentors/amara.yaml:1:1"),
    ] {
        let finding = format!("`{words}` still waits for words\n");
        let at = run.stderr.find(&finding).unwrap_or_else(|| panic!("no {words}\n{}", run.console()));
        let line = run.stderr[at..].lines().nth(1).expect("its place");
        assert!(line.contains(place), "{words}: {line}");
    }
    // Of whoever is not public nothing is waited for.
    site.edit("content/mentors/amara.yaml", "status: listed", "status: registered");
    let run = site.run(&["check"]).expect_code(1);
    assert_eq!(run.stderr.matches("error[placeholder]").count(), 1, "{}", run.console());
}

/// A notice whose section on Article 9 waits, and whose section on a complaint waits for the address.
fn waiting() -> Site {
    let site = with(&page(KINDS[0].1, &documented("Privacy notice")));
    let about = |id: &str| {
        format!("{{#{id}}}\n\nWrite to [us](mailto:scheme@example.org), and within 5 days we answer.")
    };
    for (id, words) in
        [("article-9-condition", "[TODO: the condition]"), ("complain-to-controller", "To [TODO: whom].")]
    {
        site.edit("content/policy.md", &about(id), &format!("{{#{id}}}\n\n{words}"));
    }
    site
}

#[test]
fn a_draft_is_shown_in_spite_of_words_that_wait() {
    let site = waiting();
    let run = site.run(&["build"]).expect_code(1);
    assert!(run.stderr.contains("error[article-9-missing]"), "{}", run.console());
    assert!(run.stderr.contains("error[placeholder]: `[TODO: whom]` still waits"), "{}", run.console());
    assert!(!site.has("index.html"));
    for arguments in [&["build", "--drafts"][..], &["build"]] {
        if arguments.len() == 1 {
            site.edit("content/site.yaml", "title:", "draft: true\ntitle:");
        }
        let run = site.run(arguments).expect_code(0);
        assert_eq!(run.stderr.matches("warning[placeholder-shown]").count(), 2, "{}", run.console());
        assert!(!run.stderr.contains("error["), "{}", run.console());
        let says = site.page("policy/index.html").contains("Review copy, not published.");
        assert_eq!(says, arguments.len() == 1, "a draft says so on each page, a review copy on each draft");
    }
    // With warnings denied it is not.
    site.run(&["build", "--deny-warnings"]).expect_code(1);
    // Nor is a section that says nothing at all.
    site.edit("content/policy.md", "[TODO: the condition]", "");
    site.run(&["build"]).expect_code(1).expect("error[article-9-missing]");
}

#[test]
fn a_draft_that_cannot_be_read_is_one() {
    for (value, error) in [("yes", "error[wrong-type]"), ("", "error[missing-key]")] {
        let site = Site::small("draft");
        site.edit("content/site.yaml", "title:", &format!("draft: {value}\ntitle:"));
        let run = site.run(&["build"]).expect_code(1);
        assert!(run.stderr.contains(error), "{}", run.console());
        assert!(!site.has("index.html"));
    }
    let site = Site::small("no-draft");
    site.edit("content/site.yaml", "title:", "draft: false\ntitle:");
    let built = site.build();
    assert!(!built.stdout.contains("A draft"), "{}", built.stdout);
    assert!(!site.page("index.html").contains("noindex"));
}

#[test]
fn a_takedown_says_that_it_shows_words_that_wait() {
    let site = waiting();
    site.write("content/broken.md", "---\ntitle: Broken\n---\n\n[TODO: all of it] and [x](nowhere.md).\n");
    let run = site.run(&["build", "--takedown"]).expect_code(0);
    assert_eq!(run.stderr.matches("warning[placeholder-shown]").count(), 2, "{}", run.console());
    assert!(site.has("policy/index.html") && !site.has("broken/index.html"));
}
