//! What came of suggestions, the questionnaire as it was put, and the framework of a scheme as a drawing.

mod support;

use mentorpress::html::{Token, decode, text, tokens};
use std::io::{Cursor, Read};
use support::Site;

const PAGE: &str = "reports/aimms/2023/index.html";
const REPORT: &str = "content/evaluations/aimms/reports/2023.md";
const SURVEY: &str = "content/evaluations/aimms/survey.yaml";
const ACTIONS: &str = "content/evaluations/aimms/actions.yaml";

const SUGGESTIONS: &str = "\
- {suggestion: Training for mentors, from: improve.training, status: done, date: 2024-01, what: It is part of the induction.}
- {suggestion: Meals at meetings, from: recommend, status: planned}
- {suggestion: A bursary, status: declined, date: 2024-02-15}
";

fn site(name: &str, report: &str) -> Site {
    let site = Site::with_survey(name);
    site.edit(
        SURVEY,
        "disclosure:",
        "  - {id: improve, ask: What could be better?, type: text, themes: [{id: training, label: Training}]}\ndisclosure:",
    );
    site.write(
        REPORT,
        &format!("---\ntitle: Evaluation 2023\nkind: report\ndate: 2023-09-01\n---\n\n{report}\n"),
    );
    site
}

fn with_actions(name: &str, report: &str) -> Site {
    site(name, report).file(ACTIONS, SUGGESTIONS)
}

/// The words of a page, folded.
fn words(page: &str) -> String {
    text(page).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The paragraphs of the report's Word document, and how many stand in a list.
fn document(site: &Site) -> (Vec<String>, usize) {
    let bytes = site.public().remove("reports/aimms/2023/aimms-2023.docx").expect("a document");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut xml = String::new();
    archive.by_name("word/document.xml").expect("its text").read_to_string(&mut xml).expect("UTF-8");
    let mut all = Vec::new();
    let mut paragraph = String::new();
    for token in tokens(&xml) {
        match token {
            Token::Open { name: "w:p", .. } => paragraph.clear(),
            Token::Text(more) => paragraph.push_str(&decode(more)),
            Token::Close("w:p") => all.push(paragraph.clone()),
            _ => {}
        }
    }
    (all, xml.matches("<w:numPr>").count())
}

#[test]
fn what_came_of_suggestions_is_a_numbered_table() {
    let site = with_actions("actions", "See :ref[table-actions].\n\n::actions{caption=\"What we did\"}");
    site.build();
    let page = site.page(PAGE);
    assert!(page.contains("See <a href=\"#table-actions\">Table 1</a>."), "{page}");
    assert!(page.contains("<div class=\"table actions\" id=\"table-actions\">"), "{page}");
    let said = words(&page);
    for expected in [
        "Table 1. What we did Suggestion What came of it When",
        "Training for mentors Done. It is part of the induction. January 2024",
        "Meals at meetings Planned no date given",
        "A bursary Not taken up 15 February 2024",
    ] {
        assert!(said.contains(expected), "no {expected} in {said}");
    }
    let (paragraphs, _) = document(&site);
    for expected in [
        "Table 1. What we did",
        "Training for mentors",
        "Done. It is part of the induction.",
        "no date given",
    ] {
        assert!(paragraphs.iter().any(|paragraph| paragraph == expected), "{paragraphs:?}");
    }
}

#[test]
fn actions_of_one_question_stand_on_any_page() {
    let site = with_actions("elsewhere", "Text.");
    let page = |directive: &str| format!("---\ntitle: Home\n---\n\n{directive}\n");
    site.write("content/index.md", &page("::actions{survey=aimms from=recommend id=meals}"));
    site.build();
    let home = site.page("index.html");
    assert!(home.contains("id=\"table-meals\"") && home.contains("Meals at meetings"), "{home}");
    assert!(!home.contains("Training for mentors"), "{home}");
    assert!(!home.contains("<th scope=\"col\">When"), "none of them has a date: {home}");
    for (directive, code, words) in [
        ("::actions{}", "unknown-survey", "add survey=aimms"),
        ("::actions{survey=aims}", "unknown-survey", "did you mean `aimms`?"),
        ("::actions{survey=aimms from=recomend}", "unknown-action", "did you mean `recommend`?"),
        ("::actions{survey=aimms question=recommend}", "unknown-key", "`actions` has no key `question`"),
        ("::action{survey=aimms}", "directive-unknown", "did you mean `actions`?"),
    ] {
        site.write("content/index.md", &page(directive));
        site.run(&["build"]).expect_code(1).expect(&format!("error[{code}]")).expect(words);
    }
    site.remove(ACTIONS);
    site.write("content/index.md", &page("::actions{survey=aimms}"));
    site.run(&["build"])
        .expect_code(1)
        .expect("error[unknown-action]: the survey `aimms` has no actions.yaml");
}

#[test]
fn a_file_of_actions_is_held_against_the_survey() {
    for (from, to, code, words) in [
        ("status: done", "status: don", "unknown-value", "did you mean `done`?"),
        (", status: planned", "", "missing-key", "an action needs `status`"),
        ("improve.training", "improve.traning", "unknown-option", "did you mean `training`?"),
        ("improve.training", "improv", "unknown-question", "did you mean `improve`?"),
        ("date: 2024-01,", "date: 2024-13,", "bad-date", ""),
        ("suggestion: A bursary", "sugestion: A bursary", "unknown-key", "did you mean `suggestion`?"),
    ] {
        let site = with_actions("held", "::actions{}");
        site.edit(ACTIONS, from, to);
        site.run(&["build"])
            .expect_code(1)
            .expect(&format!("error[{code}]"))
            .expect(words)
            .expect("actions.yaml:");
    }
}

#[test]
fn nobody_who_is_not_public_is_named_in_actions() {
    let site = with_actions("named", "See :ref[table-actions].\n\n::actions{}")
        .file("content/vocabulary.yaml", support::VOCABULARY)
        .file(
            "content/mentors/amara.yaml",
            "id: amara\nname: Dr Sample Amara\nstatus: withdrawn\non: 2026-11-01\n",
        );
    site.edit(ACTIONS, "It is part of the induction.", "Dr Sample Amara leads it.");
    site.run(&["build"])
        .expect_code(0)
        .expect("warning[named-elsewhere]: this names somebody who is not public: `amara` is withdrawn")
        .expect("content/evaluations/aimms/actions.yaml:1:");
}

#[test]
fn a_takedown_leaves_out_actions_with_errors_and_keeps_their_report() {
    let site = with_actions("takedown", "See :ref[table-actions].\n\n::actions{}");
    site.edit(ACTIONS, "It is part of the induction.", "Write to a.sample@leeds.ac.uk.");
    site.run(&["build"]).expect_code(1).expect("error[e-mail-in-action]");
    site.run(&["build", "--takedown"]).expect_code(0).expect(ACTIONS);
    let page = site.page(PAGE);
    assert!(page.contains("not available today") && !page.contains("Training for mentors"), "{page}");
    assert!(!page.contains("a.sample"), "{page}");
}

#[test]
fn the_questionnaire_says_what_was_put_to_whom() {
    let site = site("put", "::questionnaire{}");
    site.edit(SURVEY, "type: text,", "type: text, asked_of: [mentor],");
    site.edit(
        SURVEY,
        "  - id: recommend",
        "  - {id: sure, ask: Are you sure?, type: scale, scale: agreement, show: nothing}
  - {id: stars, ask: How many stars?, type: stars, from: 1, to: 5, show: nothing}
  - {id: score, ask: How useful?, type: score, from: 0, to: 10, show: nothing}
  - {id: met, ask: How often?, type: number, show: nothing}
  - {id: age, ask: How old are you?, type: about, options: [{id: young, label: Young}], show: nothing}
  - {id: three, ask: Which?, type: choose-all, max_choices: 3, options: [{id: a, label: A}], show: nothing}
  - id: recommend",
    );
    site.edit(SURVEY, "questions:\n", "scales: {agreement: {points: [disagree, agree]}}\nquestions:\n");
    site.build();
    let page = site.page(PAGE);
    assert_eq!(page.matches("<ol class=\"questionnaire\">").count(), 1, "{page}");
    let said = words(&page);
    for expected in [
        "What do you hope for? Choose all that apply Advice (Mentees only) Contacts",
        "Are you sure? Choose one point of the scale Disagree Agree",
        "How many stars? From 1 to 5 stars",
        "How useful? From 0 to 10",
        "How often? A number",
        "How old are you? Choose one, about yourself Young",
        "Which? Choose up to 3 A",
        "Would you recommend it? Choose one Yes No",
        "What could be better? (Mentors only) Free text",
    ] {
        assert!(said.contains(expected), "no {expected} in {said}");
    }
    let (paragraphs, listed) = document(&site);
    let at = |text: &str| paragraphs.iter().position(|paragraph| paragraph == text);
    let ask = at("What could be better? (Mentors only)").expect("a question of the document");
    assert_eq!(paragraphs[ask + 1], "Free text");
    assert!(at("Advice (Mentees only)").is_some() && listed >= 9 + 9, "{listed} in {paragraphs:?}");

    site.write(REPORT, &site.source(REPORT).replace("::questionnaire{}", "::questionnaire{group=mentee}"));
    site.build();
    let said = words(&site.page(PAGE));
    assert!(said.contains("Advice Contacts") && !said.contains("only)"), "{said}");
    assert!(!said.contains("What could be better?"), "mentees were not asked: {said}");
}

#[test]
fn the_questionnaire_of_several_waves_names_one() {
    let site = site("waves", "::questionnaire{}");
    site.edit(SURVEY, "questions:\n", "waves: {before: Before, after: After}\nquestions:\n");
    let survey = site.source(SURVEY).replace("    type:", "    waves: [before]\n    type:");
    site.write(SURVEY, &survey.replace("id: improve,", "id: improve, waves: [after],"));
    site.edit(
        "content/evaluations/aimms/releases/2023.yaml",
        "respondents: {mentee: {answered: 12}, mentor: {answered: 10}}",
        "respondents:\n  before: {mentee: {answered: 12}, mentor: {answered: 10}}\n  after: {mentee: {answered: 9}, mentor: {answered: 8}}",
    );
    for (keys, code, words) in [
        ("{}", "unknown-wave", "name it: {wave=before} or {wave=after}"),
        ("{wave=afer}", "unknown-wave", "did you mean `after`?"),
        ("{wave=after group=mentees}", "unknown-group", "did you mean `mentee`?"),
        ("{wave=after editions=2023}", "unknown-key", "did you mean `edition`?"),
        ("{wave=after edition=2032}", "edition-differs", "the survey has no edition `2032`"),
    ] {
        site.write(REPORT, &format!("---\ntitle: E\nkind: report\n---\n\n::questionnaire{keys}\n"));
        site.run(&["build"]).expect_code(1).expect(&format!("error[{code}]")).expect(words);
    }
    site.write(REPORT, "---\ntitle: E\nkind: report\n---\n\n::questionnaire{wave=after}\n");
    site.build();
    let page = site.page(PAGE);
    assert!(page.contains("What could be better?") && !page.contains("What do you hope for?"), "{page}");
    site.edit(SURVEY, "waves: [after],", "waves: [after], asked_of: [mentor],");
    site.write(REPORT, "---\ntitle: E\nkind: report\n---\n\n::questionnaire{wave=after group=mentee}\n");
    site.run(&["build"]).expect_code(1).expect("error[not-asked]: no question of the survey was put so");
}

#[test]
fn the_questionnaire_is_that_of_an_edition() {
    let site = site("put-when", "::questionnaire{}");
    site.edit(
        SURVEY,
        "  - {id: improve, ask: What could be better?,",
        "  - {id: wish, until: \"2023\", ask: What do you wish?, type: text}
  - {id: improve, since: \"2024\", replaces: {question: wish, comparable: false}, ask: What could be better?,",
    );
    let release = site.source("content/evaluations/aimms/releases/2023.yaml").replace("2023", "2024");
    site.write("content/evaluations/aimms/releases/2024.yaml", &release);
    site.edit("content/index.md", "Welcome.", "::questionnaire{survey=aimms}");
    site.write("content/then.md", "---\ntitle: Then\n---\n\n::questionnaire{survey=aimms edition=2023}\n");
    site.build();
    for (page, put, not_put) in [
        (PAGE, "What do you wish?", "What could be better?"),
        ("then/index.html", "What do you wish?", "What could be better?"),
        ("index.html", "What could be better?", "What do you wish?"),
    ] {
        let said = words(&site.page(page));
        assert!(said.contains(put) && !said.contains(not_put), "{page}: {said}");
    }
}

#[test]
fn texts_stand_in_the_language_of_their_page() {
    let english = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/i18n/en.yaml"),
    );
    let site = with_actions("welsh", "::actions{}")
        .file("themes/default/i18n/cy.yaml", &english.expect("the words of the interface"))
        .file(
            "content/index.cy.md",
            "---\ntitle: Hafan\n---\n\n::actions{survey=aimms}\n\n::questionnaire{survey=aimms}\n",
        );
    site.edit("content/site.yaml", "[en]", "[en, cy]");
    site.edit(
        SURVEY,
        "ask: What could be better?",
        "ask: {en: What could be better?, cy: Beth allai fod yn well?}",
    );
    site.edit(ACTIONS, "suggestion: A bursary", "suggestion: {en: A bursary, cy: Bwrsariaeth}");
    site.build();
    let welsh = site.page("cy/index.html");
    assert!(welsh.contains("Beth allai fod yn well?") && welsh.contains("Bwrsariaeth"), "{welsh}");
    assert!(welsh.contains("Training for mentors"), "a missing language falls back on the first: {welsh}");
}

const FRAMEWORK: &str = "\
See :ref[figure-framework].

:::figure{id=framework kind=framework caption=\"The steps\"}

1. Joint **training**
2. Separate training
   - for mentors, see [home](/)
   - for mentees

3. Meetings

:::
";

#[test]
fn a_framework_is_the_list_that_it_was_written_as() {
    let site = site("framework", FRAMEWORK);
    site.build();
    let page = site.page(PAGE);
    let figure =
        page.split("<figure class=\"framework\" id=\"figure-framework\">").nth(1).expect("the figure");
    let figure = figure.split("</figure>").next().expect("its end");
    assert_eq!((figure.matches("<ol").count(), figure.matches("<ul").count()), (1, 1), "{figure}");
    assert_eq!(figure.matches("<li>").count(), 5, "{figure}");
    assert!(figure.contains("<figcaption>Figure 1. The steps</figcaption>"), "{figure}");
    let (paragraphs, listed) = document(&site);
    assert!(paragraphs.iter().any(|paragraph| paragraph == "for mentees"), "{paragraphs:?}");
    assert!(listed >= 5, "{listed}");
}

#[test]
fn anything_but_one_numbered_list_is_no_framework() {
    let block = |inside: &str| {
        format!(":::figure{{id=framework kind=framework caption=\"The steps\"}}\n\n{inside}\n\n:::\n")
    };
    for (inside, problem) in [
        ("Text.", "text outside its list"),
        ("- One\n- Two", "a list without numbers"),
        ("1. One\n\nText.", "text outside its list"),
        ("1. One\n\n- Two", "a list without numbers"),
        ("1. One\n   1. Two", "a list too deep within another, or with numbers"),
        ("1. One\n   - Two\n     - Three", "a list too deep within another, or with numbers"),
        ("| a | b |\n|---|---|\n| c | d |", "a table"),
        ("1. One\n\n   > Two", "something that is no list"),
        ("### Heading", "something that is no list"),
        ("::table{questions=wanted}", "another block"),
        ("", "no numbered list"),
    ] {
        let site = site("no-framework", &block(inside));
        site.run(&["build"])
            .expect_code(1)
            .expect(&format!("error[figure-kind]: in a framework stands {problem}"))
            .expect("write one numbered list");
    }
    let site = site("kind", &block("1. One").replace("kind=framework", "kind=framewrk"));
    site.run(&["build"]).expect_code(1).expect("error[unknown-value]").expect("did you mean `framework`?");
}
