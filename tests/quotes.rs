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
