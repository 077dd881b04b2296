//! What a privacy notice must say of special category data, and that taking down does not wait for it.

mod support;

use support::Site;

/// A site with special category data and this privacy notice.
fn with(notice: &str) -> Site {
    let site = Site::small("notice").file("content/privacy.md", notice);
    site.edit("content/site.yaml", "contact:", "scheme: {special_category: true}\ncontact:");
    site
}

const HEAD: &str = "---\ntitle: Privacy\nkind: privacy-notice\n---\n\n";
const HEADING: &str = "## Ethnic origin {#article-9-condition}\n\n";

#[test]
fn a_notice_with_its_section_is_enough() {
    for text in ["Explicit consent, Article 9(2)(a).\n", "### How\n\n- By [consent](index.md).\n\n## Next\n"]
    {
        with(&format!("{HEAD}{HEADING}{text}")).build();
    }
    let site = Site::small("other").file("content/privacy.md", HEAD);
    site.build();
}

#[test]
fn a_section_that_says_nothing_is_none() {
    for (notice, message) in [
        (format!("{HEAD}## Ethnic origin\n\nConsent.\n"), "does not say on which condition"),
        (format!("{HEAD}{HEADING}## Next\n\nText.\n"), "is empty"),
        (format!("{HEAD}{HEADING}### Below\n\n## Next\n\nText.\n"), "is empty"),
        (format!("{HEAD}{HEADING}[TODO]\n"), "still waits for words"),
        (format!("{HEAD}{HEADING}By the consent of \\[name of organisation\\].\n"), "still waits for words"),
        (format!("{HEAD}{HEADING}Consent: tbc.\n"), "still waits for words"),
        (HEAD.replace("kind: privacy-notice", "draft: true\nkind: privacy-notice"), "the site has no page"),
        ("---\ntitle: Privacy\n---\n\nConsent.\n".to_owned(), "the site has no page"),
    ] {
        let run = with(&notice).run(&["build"]).expect_code(1);
        assert!(
            run.stderr.contains("error[article-9-missing]")
                && run.stderr.contains(message)
                && run.stderr.contains("content/site.yaml:5:28")
                && run.stderr.matches("error[").count() == 1,
            "{notice}: `{message}`\n{}",
            run.console()
        );
    }
}

#[test]
fn nobody_waits_for_a_notice_to_be_taken_down() {
    with(HEAD).run(&["build", "--takedown"]).expect_code(0);
}
