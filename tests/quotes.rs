//! Quotations: printed with consent alone, credited with the group alone, from groups that are large enough.

mod support;

use support::{RELEASE, SURVEY, Site};

const QUOTES: &str = "content/evaluations/aimms/quotes.yaml";
const REPORT: &str = "content/evaluations/aimms/reports/2023.md";

fn quoting(name: &str, quotes: &str, text: &str) -> Site {
    let survey = SURVEY.replace("disclosure:", "  - {id: why, ask: Why?, type: text}\ndisclosure:");
    Site::with_survey(name)
        .file("content/evaluations/aimms/survey.yaml", &survey)
        .file(QUOTES, quotes)
        .file(REPORT, &format!("---\ntitle: Evaluation\nkind: report\ndate: 2023-09-01\n---\n\n{text}\n"))
}

const ONE: &str = "- {id: q1, question: why, group: mentee, source: interview, text: \"She <listened> & [asked]\", edited: true, consent: true}\n";

#[test]
fn a_quotation_is_printed_with_its_group_and_nothing_else() {
    let quotes =
        format!("{ONE}- {{id: q2, question: why, group: mentor, text: Both of us learnt, consent: true}}\n");
    let text =
        "So it was (:ref[box-why]):\n\n::quotes{question=why caption=\"Why they stayed\"}\n\n::quote{id=q2}";
    let site = quoting("quotes", &quotes, text);
    site.build();
    let page = site.page("reports/aimms/2023/index.html");
    assert!(page.contains("<a href=\"#box-why\">Box 1</a>"), "{page}");
    assert!(page.contains("Box 1. Why they stayed"), "{page}");
    assert!(page.contains("<p>“She &lt;listened&gt; &amp; [asked]”</p>"), "{page}");
    assert_eq!(page.matches("“Both of us learnt”").count(), 2, "{page}");
    assert!(page.contains("Mentees (edited)") && !page.contains("interview"), "{page}");
}

#[test]
fn what_may_not_be_quoted_is_a_finding() {
    let box_of_all = "So it was (:ref[box-why]).\n\n::quotes{question=why caption=\"Why\"}";
    let cases = [
        (
            1,
            "error[quote-without-consent]: `q1` has no consent",
            ONE.replace("consent: true", "consent: false"),
        ),
        (1, "error[missing-key]", ONE.replace(", consent: true", "")),
        (
            1,
            "error[unknown-question]: the survey has no question `whi`",
            ONE.replace("question: why", "question: whi"),
        ),
        (
            1,
            "error[unknown-group]: `why` was not asked of `mentees`",
            ONE.replace("group: mentee", "group: mentees"),
        ),
        (1, "error[duplicate-id]: two quotations have the id `q1`", format!("{ONE}{ONE}")),
        (1, "error[wrong-type]", ONE.replace("consent: true", "consent: yes")),
    ];
    for (code, expected, quotes) in cases {
        let run = quoting("refused", &quotes, box_of_all).run(&["build"]).expect_code(code);
        assert!(run.stderr.contains(expected), "{expected}\n{}", run.console());
    }
    let run = quoting("unknown", ONE, "::quote{id=q7}").run(&["build"]).expect_code(1);
    assert!(
        run.stderr.contains("error[unknown-quote]: quotes.yaml has no quotation `q7`"),
        "{}",
        run.console()
    );
}

#[test]
fn a_small_group_is_not_quoted() {
    let site = quoting("few", ONE, "::quote{id=q1}");
    site.write(
        "content/evaluations/aimms/releases/2023.yaml",
        &RELEASE
            .replace("answered: 12", "answered: 7")
            .replace("advice: 7", "advice: 4")
            .replace("\"yes\": 8, \"no\": 4", "\"yes\": 4, \"no\": 3"),
    );
    let run = site.run(&["build"]).expect_code(3);
    assert!(
        run.stderr.contains("error[policy-quote]: `q1` quotes somebody of `mentee`, and 7 answered"),
        "{}",
        run.console()
    );
}

#[test]
fn words_that_may_tell_who_said_it_are_found() {
    let cases = [
        ("Amara was kind", "`Amara` in `q1` may tell who said it (rule name)"),
        ("Write to a.b@leeds.ac.uk", "(rule e-mail)"),
        ("Ring 023 8059 5000 for me", "(rule phone)"),
        ("I am 0000-0002-1825-0097 there", "(rule orcid)"),
        ("I am @sample there", "(rule handle)"),
        ("At SO16 6YD it was", "(rule postcode)"),
        ("See www.example.org then", "(rule address)"),
        ("Nobody in Leeds did", "`Leeds` in `q1` may tell who said it (rule institution)"),
        ("It began in March for us", "(rule date)"),
        ("It took seven months then", "(rule duration)"),
        ("My head of department helped", "`head of` in `q1` may tell who said it (rule title)"),
        ("I was the only woman there", "`the only` in `q1` may tell who said it (rule unique)"),
        ("When I was pregnant it helped", "(rule sensitive)"),
    ];
    for (words, expected) in cases {
        let quote = ONE.replace("She <listened> & [asked]", words);
        let site = quoting("telling", &quote, "::quote{id=q1}")
            .file("content/vocabulary.yaml", "institutions: {leeds: University of Leeds}\nstages: {lecturer: Lecturer}\ndisciplines: {public-health: Public health}\n")
            .file("content/mentors/amara.yaml", &support::mentor("Dr Sample Amara", ""));
        let run = site.run(&["build"]).expect_code(1);
        assert!(
            run.stderr.contains(expected) && run.stderr.contains("1 error and"),
            "{words}\n{}",
            run.console()
        );
        // Put into other words, or waived with a reason, it stands.
        let rule = expected.rsplit_once("(rule ").map_or("", |(_, rule)| rule.trim_end_matches(')'));
        let waiver = format!("consent: true, waive: [{{rule: {rule}, reason: She asked for it}}]");
        site.write(QUOTES, &quote.replace("consent: true", &waiver));
        site.build();
        site.write(QUOTES, &ONE.replace("She <listened> & [asked]", &format!("So [{words}] it was")));
        site.build();
    }
    for harmless in
        ["She listened, and I may have grown", "Two of us learnt a lot", "I can march on", "We are all one"]
    {
        quoting("harmless", &ONE.replace("She <listened> & [asked]", harmless), "::quote{id=q1}").build();
    }
}

#[test]
fn a_build_that_takes_down_prints_no_quotation_of_a_file_with_findings() {
    let quotes = format!(
        "{ONE}- {{id: q2, question: why, group: mentee, text: I was the only one there, consent: true}}\n"
    );
    let site = quoting("takedown", &quotes, "Words: :n[wanted.advice]{group=mentee}.\n\n::quote{id=q2}");
    site.run(&["build"]).expect_code(1);
    site.run(&["build", "--takedown"]).expect_code(0).expect("content/evaluations/aimms/quotes.yaml");
    let page = site.page("reports/aimms/2023/index.html");
    assert!(page.contains("Words: 7") && page.contains("not available today"), "{page}");
    assert!(!page.contains("the only one"), "{page}");
}

#[test]
fn a_report_that_refers_to_quotations_that_are_left_out_stands() {
    let quotes = ONE.replace("consent: true", "consent: maybe");
    let site = quoting(
        "place",
        &quotes,
        "Words: :n[wanted.advice]{group=mentee} (:ref[box-why]).\n\n::quotes{question=why caption=Why}",
    );
    site.run(&["build"]).expect_code(1);
    site.run(&["build", "--takedown"]).expect_code(0).expect("content/evaluations/aimms/quotes.yaml");
    let page = site.page("reports/aimms/2023/index.html");
    assert!(
        page.contains("Words: 7") && page.contains("<div id=\"box-why\"><p>not available today"),
        "{page}"
    );
}

#[test]
fn a_quotation_stands_in_the_report_of_its_edition_alone() {
    let later = RELEASE.replace("2023", "2024");
    let report =
        |text: &str| format!("---\ntitle: Evaluation\nkind: report\ndate: 2024-09-01\n---\n\n{text}\n");
    let both = |quotes: &str| {
        quoting("editions", quotes, "So it was (:ref[box-why]).\n\n::quotes{question=why caption=Why}")
            .file("content/evaluations/aimms/releases/2024.yaml", &later)
            .file("content/evaluations/aimms/reports/2024.md", &report("::quote{id=q1}"))
    };
    // Not to say which edition would put it into both.
    both(ONE)
        .run(&["build"])
        .expect_code(1)
        .expect("error[missing-key]: this quotation does not say which edition it is from");
    let dated =
        |edition: &str| ONE.replace("consent: true", &format!("consent: true, edition: \"{edition}\""));
    both(&dated("2022"))
        .run(&["build"])
        .expect_code(1)
        .expect("error[edition-differs]: the survey has no edition `2022`");
    both(&dated("2023"))
        .run(&["build"])
        .expect_code(1)
        .expect("error[edition-differs]: the quotation `q1` is from 2023, not from 2024")
        .expect("::quote{id=q1 edition=2023}");
    let site = both(&dated("2023"));
    site.write("content/evaluations/aimms/reports/2024.md", &report("::quote{id=q1 edition=2023}"));
    site.build();
    assert!(site.page("reports/aimms/2023/index.html").contains("She &lt;listened&gt;"));
}

/// A survey of two occasions and its release, both under a policy.
fn on_two_occasions(name: &str, policy: &str, quotes: &str) -> Site {
    let survey = SURVEY
        .replace("questions:\n", "waves: {first: At first, later: Later on}\nquestions:\n")
        .replace("    type: cho", "    waves: [first]\n    type: cho")
        .replace("disclosure:", "  - {id: why, waves: [first, later], ask: Why?, type: text}\ndisclosure:")
        .replace("{policy: small-survey}", policy);
    let groups = "{mentee: {answered: 12}, mentor: {answered: 10}}";
    let release = RELEASE
        .replace(
            &format!("respondents: {groups}"),
            &format!("respondents: {{first: {groups}, later: {groups}}}"),
        )
        .replace("{policy: small-survey}", policy);
    quoting(name, quotes, "So it was.\n\n::quote{id=q1}")
        .file("content/evaluations/aimms/survey.yaml", &survey)
        .file("content/evaluations/aimms/releases/2023.yaml", &release)
}

#[test]
fn a_quotation_is_credited_with_what_the_policy_allows() {
    let plain = "- {id: q1, question: why, wave: later, group: mentee, text: It helped, consent: true}\n";
    let edited = plain.replace("consent:", "edited: true, consent:");
    for (attributes, credit, sentence) in [
        ("", "Mentees", "and under the name of their group alone."),
        ("attributes: [group]", "Mentees", "and under the name of their group alone."),
        (
            "attributes: [wave, group]",
            "Mentees, Later on",
            "and under the name of their group and of the occasion.",
        ),
        ("attributes: [wave]", "Later on", "and under the name of the occasion alone."),
        ("attributes: []", "", "and without a word about who they are."),
    ] {
        let policy = format!("{{policy: small-survey, quotes: {{{attributes}}}}}");
        for (quotes, mark) in [(plain, ""), (&edited, "(edited)")] {
            let site = on_two_occasions("credited", &policy, quotes);
            site.build();
            let credit = format!("{credit} {mark}");
            let line = match credit.trim() {
                "" => "<p>“It helped”</p>\n</blockquote>".to_owned(),
                credit => format!("<p>“It helped”</p>\n<p class=\"credit\">{credit}</p>\n</blockquote>"),
            };
            let minified = |text: &str| text.replace('\n', "").replace(" class=\"credit\"", " class=credit");
            let page = site.page("reports/aimms/2023/index.html");
            assert!(minified(&page).contains(&minified(&line)), "no {line} in\n{page}");
            assert!(page.contains(sentence), "no {sentence} in\n{page}");
            // The same in the feed and in the Word document.
            let feed = site.page("atom.xml");
            let quoted = feed.split("It helped").nth(1).and_then(|rest| rest.split("/blockquote").next());
            let is_said = quoted.expect("the quotation in the feed").matches("&lt;p&gt;").count();
            assert_eq!(is_said, usize::from(!credit.trim().is_empty()), "{feed}");
            let public = site.public();
            let document = public.iter().find(|(path, _)| path.ends_with(".docx"));
            let parts = mentorpress::archive::members(document.expect("a document").1);
            let (_, story) = parts.iter().find(|(part, _)| part == "word/document.xml").expect("a story");
            let story = String::from_utf8_lossy(story);
            assert_eq!(story.contains("w:val=\"Credit\""), !credit.trim().is_empty(), "{story}");
        }
    }
}

#[test]
fn a_rounded_number_allows_quoting_where_the_smallest_it_stands_for_does() {
    for (value, to, code) in [(10, 5, 0), (5, 5, 3), (15, 5, 0)] {
        let site = quoting("rounded", ONE, "::quote{id=q1}");
        let survey = site.source("content/evaluations/aimms/survey.yaml");
        site.write("content/evaluations/aimms/survey.yaml", &survey.replace("small-survey", "hesa"));
        let answered = format!("{{answered: {{rounded: {value}, to: {to}}}}}");
        let release = RELEASE
            .replace("small-survey", "hesa")
            .replace("{answered: 12}", &answered)
            .replace("{answered: 10}", &answered)
            .split("answers:")
            .next()
            .expect("a head")
            .to_owned();
        let rounded = "{rounded: 5, to: 5}";
        let release = format!(
            "{release}answers:
  wanted:
    mentee: {{counts: {{advice: {rounded}, contacts: {rounded}}}}}
    mentor: {{counts: {{contacts: {rounded}}}}}
  recommend:
    mentee: {{counts: {{\"yes\": {rounded}, \"no\": {rounded}}}}}
    mentor: {{counts: {{\"yes\": {rounded}, \"no\": {rounded}}}}}
"
        );
        site.write("content/evaluations/aimms/releases/2023.yaml", &release);
        let run = site.run(&["build"]).expect_code(code);
        if code == 3 {
            run.expect(
                "error[policy-quote]: `q1` quotes somebody of `mentee`, and 5 (to the nearest 5) answered",
            )
            .expect("rule: quotations from groups of 8 or more (policy hesa)");
        }
    }
}

#[test]
fn what_a_policy_says_of_quotations_has_an_effect_or_is_refused() {
    let plain = "- {id: q1, question: why, wave: later, group: mentee, text: It helped, consent: true}\n";
    let in_print = "policy: as-published, source: \"doi:10.1234/sample\", reason: In print., approved_by: us";
    for (policy, finding) in [
        (
            "{policy: small-survey, quotes: {attributes: [stage]}}",
            "error[unknown-value]: `stage` is not something that a quotation says of its speaker",
        ),
        ("{policy: small-survey, quotes: {attributes: group}}", "error[wrong-type]"),
        (
            "{policy: small-survey, quotes: {max_per_person: 0}}",
            "error[unknown-value]: nobody could be quoted at all",
        ),
        (
            &format!("{{{in_print}, quotes: {{min_group: 8}}}}"),
            "error[unknown-key]: `as-published` hides nothing, and knows no `min_group`",
        ),
        ("{policy: small-survey, totals: some}", "error[unknown-value]: `some` is not a way with totals"),
    ] {
        on_two_occasions("refused", policy, plain).run(&["build"]).expect_code(1).expect(finding);
    }
    let site = quoting("no-waves", ONE, "::quote{id=q1}");
    site.edit(
        "content/evaluations/aimms/survey.yaml",
        "{policy: small-survey}",
        "{policy: small-survey, quotes: {attributes: [group, wave]}}",
    );
    site.run(&["build"])
        .expect_code(1)
        .expect("error[unknown-value]: quotations are to be credited with the wave, and the survey has none");
    // A release may not quietly say more of people than its survey.
    for looser in ["quotes: {attributes: [group, wave]}", "quotes: {max_per_person: 2}", "totals: show"] {
        let site = on_two_occasions("looser", "{policy: small-survey}", plain);
        let release = "content/evaluations/aimms/releases/2023.yaml";
        site.edit(release, "{policy: small-survey}", &format!("{{policy: small-survey, {looser}}}"));
        site.run(&["build"]).expect_code(3).expect("error[policy-looser]");
    }
}

/// A question that only those were asked who gave one answer: they are the people among whom somebody is quoted.
#[test]
fn the_base_of_a_quotation_is_that_of_its_question() {
    let text = "So it was (:ref[box-why]).\n\n::quotes{question=why caption=\"Why\"}";
    for (option, answered) in [("advice", "7"), ("contacts", "a number that is not reported")] {
        let site = quoting("quote-base", ONE, text);
        site.edit(
            "content/evaluations/aimms/survey.yaml",
            "{id: why, ask: Why?,",
            &format!("{{id: why, ask: Why?, asked_if: {{wanted: {option}}},"),
        );
        site.run(&["build"]).expect_code(3).expect(&format!(
            "error[policy-quote]: `q1` quotes somebody of `mentee`, and {answered} answered `why`"
        ));
    }
}
