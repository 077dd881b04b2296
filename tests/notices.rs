//! What a privacy notice must say of special category data, and that taking down does not wait for it.

mod support;

use support::{Site, privacy_notice};

/// A site with special category data and this privacy notice, which has all other sections too.
fn with(notice: &str) -> Site {
    let others = privacy_notice();
    let (_, others) = others[4..].split_once("---\n").expect("front matter and text");
    let whole = format!("{notice}{others}");
    let site = Site::small("notice").file("content/privacy.md", &whole);
    site.edit("content/site.yaml", "contact:", "scheme: {special_category: true}\ncontact:");
    site
}

const HEAD: &str = "---\ntitle: Privacy\nkind: privacy-notice\nreviewed: 2026-11-02\n---\n\n";
const HEADING: &str = "## Ethnic origin {#article-9-condition}\n\n";

#[test]
fn a_notice_with_its_section_is_enough() {
    for text in [
        "Explicit consent, Article 9(2)(a).\n",
        "### How\n\n- We ask for your [consent](index.md).\n\n## Next\n",
        "We rely on:\n\n- explicit consent (Article 9(2)(a))\n- and your own decision to be public\n",
        "We rely on your explicit consent under Article 9 of the UK GDPR\n",
        "| Data | Condition |\n|---|---|\n| Origin | Consent |\n\nThe table says why we may.\n",
        ":::note\n\nWe ask for your **explicit consent**.[^1]\n\n:::\n\n[^1]: Article 9(2)(a).\n",
        "Rydym yn dibynnu ar eich cydsyniad penodol (Erthygl 9(2)(a)).\n",
        "我们依据您的明确同意处理这些数据。\n",
        "You agree to be added to the list. We tell you what to do, and have it to be confirmed each year.\n",
        "We rely on your consent, Article 9(2)(a) of [the UK GDPR](index.md), and on no other condition; see Act IX.\n",
    ] {
        with(&format!("{HEAD}{HEADING}{text}")).build();
    }
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
        (format!("{HEAD}{HEADING}\\[insert here\\]\n"), "in the place of `[insert here]`"),
        (format!("{HEAD}{HEADING}We rely on \\[insert\nhere], as you know.\n"), "still waits for words"),
        (format!("{HEAD}{HEADING}We rely on {{{{ condition }}}} in all of this.\n"), "still waits for words"),
        (format!("{HEAD}{HEADING}To do\n"), "in the place of `To do`"),
        (format!("{HEAD}{HEADING}**To do:** ask the office of the university.\n"), "in the place of `To do`"),
        (format!("{HEAD}{HEADING}The condition is: to be confirmed.\n"), "in the place of `to be confirmed`"),
        (format!("{HEAD}{HEADING}We rely on Article XX of the regulation.\n"), "in the place of `XX`"),
        (format!("{HEAD}{HEADING}XXX\n"), "in the place of `XXX`"),
        (format!("{HEAD}{HEADING}We rely on \\_\\_\\_\\_\\_ for all of this.\n"), "in the place of `___`"),
        (format!("{HEAD}{HEADING}…\n"), "is empty"),
        (format!("{HEAD}{HEADING}We rely on …\n"), "has no sentence"),
        (
            format!("{HEAD}{HEADING}Lorem ipsum dolor sit amet, consectetur.\n"),
            "in the place of `Lorem ipsum`",
        ),
        (format!("{HEAD}{HEADING}Consent.\n"), "has no sentence"),
        (format!("{HEAD}{HEADING}- Consent\n- Legal claims\n- Archiving\n"), "has no sentence"),
        (
            format!(
                "{HEAD}{HEADING}| Data | Condition |\n|---|---|\n| Origin | We rely on your consent. |\n"
            ),
            "has no sentence",
        ),
        (
            format!(
                "{HEAD}{HEADING}| Data | Condition |\n|---|---|\n| Origin | TBC |\n\nWe rely on your consent.\n"
            ),
            "in the place of `TBC`",
        ),
        (format!("{HEAD}{HEADING}```\nWe rely on your explicit consent.\n```\n"), "is empty"),
        (format!("{HEAD}{HEADING}`We rely on your explicit consent.`\n"), "is empty"),
        (format!("{HEAD}{HEADING}::people{{role=committee}}\n"), "is empty"),
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
