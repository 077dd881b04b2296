//! A survey over several editions: which questions each asked, the page that sets them side by side, and figures over
//! time. An edition's own report never changes because another comes.

mod support;

use support::Site;

const FOLDER: &str = "content/evaluations/aimms";
const PAGE: &str = "reports/aimms/index.html";

const SURVEY: &str = "\
title: An evaluation
groups: {mentee: Mentees, mentor: Mentors}
scales:
  agreement: {points: [disagree, neutral, agree], tops: {agreed: [agree]}}
questions:
  - id: recommend
    ask: Would you recommend it?
    type: choose-one
    options: [{id: \"yes\", label: \"Yes\"}, {id: \"no\", label: \"No\"}]
  - {id: helped_then, until: \"2022\", ask: Was it helpful?, type: scale, scale: agreement, show: agreed}
  - id: helped
    since: \"2023\"
    replaces: {question: helped_then, comparable: true}
    ask: The scheme helps me.
    type: scale
    scale: agreement
    show: agreed
  - {id: rated, until: \"2023\", ask: How do you rate it?, type: stars, from: 1, to: 5, show: mean}
  - id: stars
    since: \"2024\"
    replaces: {question: rated, comparable: false}
    ask: How many stars?
    type: stars
    from: 1
    to: 5
    show: mean
disclosure: {policy: small-survey}
report: {authors: [{family: Sample, given: Author}]}
";

/// A release with so many who said yes, of 12 mentees; 10 mentors are close to everybody.
fn release(edition: &str, yes: u32, helped: &str, rated: &str) -> String {
    let no = 12 - yes;
    format!(
        "\
edition: \"{edition}\"
collected: {edition}-07
includes: none
disclosure: {{policy: small-survey}}
respondents: {{mentee: {{answered: 12}}, mentor: {{answered: 10}}}}
answers:
  recommend:
    mentee: {{counts: {{\"yes\": {yes}, \"no\": {no}}}}}
    mentor: {{counts: {{\"yes\": nearly-all, \"no\": few}}}}
  {helped}:
    mentee: {{tops: {{agreed: 7}}}}
    mentor: withheld
  {rated}:
    mentee: {{mean: 3.9}}
    mentor: {{mean: 4.1}}
"
    )
}

fn report(edition: &str, more: &str) -> String {
    format!(
        "\
---
title: Evaluation {edition}
kind: report
date: {edition}-09-01
---

As in :ref[table-recommend].

::table{{questions=recommend}}
{more}"
    )
}

fn trend(question: &str) -> String {
    format!(
        "\nSee :ref[figure-trend].\n\n::figure{{question=\"{question}\" kind=trend id=trend caption=\"Over time\"}}\n"
    )
}

/// Three editions, the first two of which have a report.
fn site(name: &str) -> Site {
    Site::small(name)
        .file(&format!("{FOLDER}/survey.yaml"), SURVEY)
        .file(&format!("{FOLDER}/releases/2022.yaml"), &release("2022", 6, "helped_then", "rated"))
        .file(&format!("{FOLDER}/releases/2023.yaml"), &release("2023", 8, "helped", "rated"))
        .file(&format!("{FOLDER}/releases/2024.yaml"), &release("2024", 9, "helped", "stars"))
        .file(&format!("{FOLDER}/reports/2022.md"), &report("2022", ""))
        .file(&format!("{FOLDER}/reports/2023.md"), &report("2023", ""))
}

fn with_third(name: &str) -> Site {
    site(name).file(&format!("{FOLDER}/reports/2024.md"), &report("2024", ""))
}

/// The texts of the cells of a table, row by row, the header first.
#[track_caller]
fn table(page: &str, id: &str) -> Vec<Vec<String>> {
    let (_, rest) = page.split_once(&format!("id=\"{id}-caption\"")).unwrap_or_else(|| panic!("no {id}"));
    let (table, _) = rest.split_once("</table>").expect("its end");
    let cells = |row: &str| -> Vec<String> {
        let ends = row.replace("</th>", "</td>");
        let cells = ends.split("</td>").filter(|cell| cell.contains("<th") || cell.contains("<td"));
        cells.map(text).collect()
    };
    table.split("<tr>").skip(1).map(cells).collect()
}

/// HTML without its tags.
fn text(html: &str) -> String {
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces.collect::<String>().trim().to_owned()
}

#[test]
fn a_question_belongs_to_its_editions() {
    let site = with_third("belongs");
    site.build();
    let old = site.page("reports/aimms/2022/data/aimms-2022.json");
    assert!(old.contains("\"id\": \"helped_then\"") && !old.contains("\"id\": \"helped\""), "{old}");
    let new = site.page("reports/aimms/2023/data/aimms-2023.json");
    assert!(
        new.contains("\"id\": \"helped\"")
            && !new.contains("\"id\": \"helped_then\"")
            && !new.contains("\"id\": \"stars\""),
        "{new}"
    );
    assert!(site.has("reports/aimms/2022/data/helped_then.csv"));
    assert!(!site.has("reports/aimms/2023/data/helped_then.csv"), "no table, not even an empty one");
}

#[test]
fn an_answer_to_a_question_of_another_edition_is_a_finding() {
    let site = site("other-edition");
    site.edit(
        &format!("{FOLDER}/releases/2023.yaml"),
        "  rated:\n",
        "  stars:\n    mentee: {mean: 3.9}\n    mentor: {mean: 4.1}\n  rated:\n",
    );
    site.run(&["build"])
        .expect_code(1)
        .expect("error[not-asked]: `stars` was not asked in the edition `2023`")
        .expect("releases/2023.yaml:13:3");
    // One that is due is missed, as ever.
    site.write(&format!("{FOLDER}/releases/2023.yaml"), &release("2023", 8, "helped_then", "rated"));
    site.run(&["build"])
        .expect_code(1)
        .expect("`helped_then` was not asked in the edition `2023`")
        .expect("`helped` was asked of `mentee`, and the release says nothing");
}

#[test]
fn a_report_cannot_show_a_question_of_another_edition() {
    for text in [
        "::table{questions=helped id=other}\n\nSee :ref[table-other].\n",
        ":n[helped:agreed]{group=mentee}\n",
        "::figure{question=helped kind=split id=other}\n\nSee :ref[figure-other].\n",
    ] {
        let site = site("unasked");
        site.write(&format!("{FOLDER}/reports/2022.md"), &report("2022", &format!("\n{text}")));
        site.run(&["build"])
            .expect_code(1)
            .expect("error[not-published]")
            .expect("`helped` was not asked in the edition `2022`");
    }
}

#[test]
fn when_a_question_was_asked_fits_the_editions_and_the_others() {
    let editions = "editions: {\"2022\": {}, \"2023\": {}, \"2024\": {}}\ndisclosure:";
    let cases = [
        ("until: \"2022\"", "until: \"2021\"", "`editions` has no edition `2021`"),
        (
            "since: \"2024\"",
            "since: \"2024\"\n    until: \"2023\"",
            "asked until `2023`, and only since `2024`",
        ),
        (
            "question: helped_then,",
            "question: helped_than,",
            "the survey has no other question `helped_than`",
        ),
        ("until: \"2022\", ", "", "`helped_then` is replaced, and has no `until`"),
        ("    since: \"2023\"\n", "", "`helped` replaces `helped_then`, and is asked beside it"),
        ("since: \"2023\"", "since: \"2022\"", "`helped` replaces `helped_then`, and is asked beside it"),
        (
            "{question: rated, comparable: false}",
            "{question: rated}",
            "what a question replaces needs `comparable`",
        ),
        (
            "{question: rated, comparable: false}",
            "{question: helped_then, comparable: true}",
            "`helped_then` and `stars` are not answered in the same way",
        ),
    ];
    for (from, to, message) in cases {
        let site = site("fits");
        let survey = format!("{FOLDER}/survey.yaml");
        site.edit(&survey, "disclosure:", editions);
        site.run(&["check"]).expect_code(0);
        site.edit(&survey, from, to);
        site.run(&["check"]).expect_code(1).expect(message);
    }
}

/// Questions that replace each other, whatever their editions, are findings and not a circle to walk in.
#[test]
fn questions_that_replace_each_other_end_in_findings() {
    let site = with_third("circle");
    let survey = format!("{FOLDER}/survey.yaml");
    site.edit(
        &survey,
        "{id: helped_then, until: \"2022\",",
        "{id: helped_then, since: \"2024\", until: \"2022\", replaces: {question: helped, comparable: true},",
    );
    site.edit(&survey, "    since: \"2023\"\n", "    since: \"2023\"\n    until: \"2023\"\n");
    site.write(&format!("{FOLDER}/reports/2024.md"), &report("2024", &trend("helped:agreed")));
    site.run(&["build"]).expect_code(1).expect("asked until `2022`, and only since `2024`");
    site.run(&["build", "--takedown"]).expect_code(0);
    site.edit(&survey, "question: helped_then,", "question: helped,");
    site.run(&["build"]).expect_code(1).expect("the survey has no other question `helped`");
}

/// Two figures under one name in one table are of the same thing.
#[test]
fn what_is_comparable_means_the_same() {
    let survey = format!("{FOLDER}/survey.yaml");
    let then = "{id: helped_then, until: \"2022\", ask: Was it helpful?, type: scale, scale: agreement, show: agreed}";
    let scales = "  agreement: {points: [disagree, neutral, agree], tops: {agreed: [agree]}}\n";
    for (other, words) in [
        (
            "{points: [disagree, neutral, agree], tops: {agreed: [neutral, agree]}}",
            "`agreed` means something else",
        ),
        (
            "{points: [disagree, neutral, rather, agree], tops: {agreed: [agree]}}",
            "their scales have other points",
        ),
    ] {
        let site = site("means");
        site.edit(&survey, scales, &format!("{scales}  older: {other}\n"));
        site.edit(&survey, then, &then.replace("scale: agreement", "scale: older"));
        site.run(&["build"])
            .expect_code(1)
            .expect(&format!("`helped_then` and `helped` are not answered in the same way: {words}"))
            .expect("write `comparable: false`");
    }
    let replacing = |name: &str, since: &str, label: &str| {
        let site = site(name);
        let again = format!(
            "  - {{id: again, since: \"{since}\", replaces: {{question: recommend, comparable: true}}, ask: Again?, type: choose-one, show: nothing, options: [{{id: \"yes\", label: {label}}}, {{id: \"no\", label: \"No\"}}]}}\ndisclosure:"
        );
        site.edit(&survey, "  - id: recommend\n", "  - id: recommend\n    until: \"2024\"\n");
        site.edit(&survey, "disclosure:", &again);
        site
    };
    replacing("same-words", "2025", "\"Yes\"").build();
    replacing("other-words", "2025", "Perhaps")
        .run(&["build"])
        .expect_code(1)
        .expect("are not answered in the same way: `yes` means something else");
    let twice = replacing("twice", "2025", "\"Yes\"");
    let second = "  - {id: anew, since: \"2026\", replaces: {question: recommend, comparable: true}, ask: Anew?, type: choose-one, show: nothing, options: [{id: \"yes\", label: \"Yes\"}]}\ndisclosure:";
    twice.edit(&survey, "disclosure:", second);
    twice
        .run(&["build"])
        .expect_code(1)
        .expect("`again` and `anew` both take the place of `recommend` in one edition");
    twice.edit(&survey, "{id: again, since: \"2025\",", "{id: again, since: \"2025\", until: \"2025\",");
    twice.build();
}

/// A free text is a question too; what was gathered elsewhere was asked of nobody.
#[test]
fn free_texts_with_themes_are_among_what_was_asked_when() {
    for (kind, is_told) in [("text", true), ("gathered", false)] {
        let site = site("texts");
        let why = format!(
            "  - {{id: why, since: \"2023\", ask: Why?, type: {kind}, themes: [{{id: time, label: Time}}]}}\ndisclosure:"
        );
        site.edit(&format!("{FOLDER}/survey.yaml"), "disclosure:", &why);
        let release = format!("{FOLDER}/releases/2023.yaml");
        site.build();
        assert!(!site.page(PAGE).contains("Why?"), "nothing is shown of it");
        site.write(&release, &(site.source(&release) + "themes: {why: {everyone: {time: mentioned}}}\n"));
        site.build();
        let rows = table(&site.page(PAGE), "table-asked");
        let row = rows.iter().find(|row| row[0] == "Why?").map(|row| row[1..].to_vec());
        assert_eq!(row, is_told.then(|| vec!["not asked".to_owned(), "asked".to_owned()]));
    }
}

#[test]
fn the_page_of_all_editions_says_what_was_asked_when() {
    let site = with_third("asked");
    site.build();
    let page = site.page(PAGE);
    let asked = "asked in other words: comparable";
    let apart = "asked in other words: not comparable";
    let expected = [
        ["Question", "2022", "2023", "2024"],
        ["Would you recommend it?", "asked", "asked", "asked"],
        ["Was it helpful?", "asked", asked, asked],
        ["The scheme helps me.", asked, "asked", "asked"],
        ["How do you rate it?", "asked", "asked", apart],
        ["How many stars?", apart, apart, "asked"],
    ];
    assert_eq!(table(&page, "table-asked"), expected);
}

#[test]
fn a_question_without_another_is_not_asked_in_other_editions() {
    let site = with_third("not-asked");
    site.edit(&format!("{FOLDER}/survey.yaml"), "    replaces: {question: rated, comparable: false}\n", "");
    site.build();
    let rows = table(&site.page(PAGE), "table-asked");
    assert_eq!(rows[5], ["How many stars?", "not asked", "not asked", "asked"]);
}

#[test]
fn figures_stand_side_by_side_as_each_edition_published_them() {
    let site = with_third("side-by-side");
    site.build();
    let page = site.page(PAGE);
    assert_eq!(
        table(&page, "table-recommend-1"),
        [
            vec!["Answer", "2022 (n = 12)", "2023 (n = 12)", "2024 (n = 12)"],
            vec!["Yes", "6", "8", "9"],
            vec!["No", "6", "4", "3"],
        ]
    );
    assert_eq!(table(&page, "table-recommend-2")[1], ["Yes", "8 or more", "8 or more", "8 or more"]);
    // Comparable words are one question, under the latest of them.
    let helped = table(&page, "table-helped");
    assert_eq!(helped[0], ["Answer", "2022 (n = 12)", "2023 (n = 12)", "2024 (n = 12)"]);
    assert!(page.contains("Up to 2022 the question was “Was it helpful?”."), "{page}");
    assert!(!page.contains("table-helped_then"));
    // The others end where their words do, and say so.
    assert_eq!(table(&page, "table-rated-1")[0], ["Statistic", "2022 (n = 12)", "2023 (n = 12)"]);
    assert!(page.contains("From 2024 on the question is “How many stars?”."), "{page}");
    assert!(page.contains("What cannot be compared") && !page.contains("id=\"table-stars"), "{page}");
}

/// An option that came later was not put to those before.
#[test]
fn answers_that_came_and_went_are_told_from_nought() {
    let site = with_third("options");
    let survey = format!("{FOLDER}/survey.yaml");
    site.edit(
        &survey,
        "points: [disagree, neutral, agree], tops: {agreed: [agree]}",
        "points: [disagree, agree], tops: {agreed: [agree]}",
    );
    site.edit(
        &survey,
        "  - {id: helped_then, until: \"2022\", ask: Was it helpful?, type: scale, scale: agreement, show: agreed}\n",
        "  - id: helped_then\n    until: \"2022\"\n    ask: Was it helpful?\n    type: choose-one\n    options: [{id: \"yes\", label: Very much}]\n",
    );
    site.edit(
        &survey,
        "    ask: The scheme helps me.\n    type: scale\n    scale: agreement\n    show: agreed\n",
        "    ask: The scheme helps me.\n    type: choose-one\n    options: [{id: \"yes\", label: Very much}, {id: \"no\", label: \"No\"}]\n",
    );
    let mentors = "mentor: withheld";
    for (edition, counts) in
        [("2022", "\"yes\": 12"), ("2023", "\"yes\": 8, \"no\": 4"), ("2024", "\"yes\": 7, \"no\": 5")]
    {
        let file = format!("{FOLDER}/releases/{edition}.yaml");
        site.edit(&file, "mentee: {tops: {agreed: 7}}", &format!("mentee: {{counts: {{{counts}}}}}"));
        site.edit(&file, mentors, "mentor: withheld");
    }
    site.edit(
        &format!("{FOLDER}/releases/2022.yaml"),
        "{counts: {\"yes\": 12}}",
        "{counts: {\"yes\": nearly-all}}",
    );
    site.build();
    let page = site.page(PAGE);
    let rows = table(&page, "table-helped");
    assert_eq!(rows[1], ["Very much", "10 or more", "8", "7"]);
    assert_eq!(rows[2], ["No", "not asked\u{A0}a", "4", "5"], "with the letter of its note");
}

#[test]
fn one_edition_is_compared_with_nothing() {
    let site = site("one");
    site.remove(&format!("{FOLDER}/reports/2022.md"));
    site.build();
    let page = site.page(PAGE);
    assert!(page.contains("Evaluation 2023") && !page.contains("What was asked when"), "{page}");
}

/// A column tells that an edition is there, and what it found.
#[test]
fn what_readers_may_not_see_has_no_column() {
    let site = with_third("hidden");
    let file = format!("{FOLDER}/reports/2024.md");
    site.edit(&file, "kind: report\n", "kind: report\ndraft: true\n");
    site.build();
    assert_eq!(table(&site.page(PAGE), "table-asked")[0], ["Question", "2022", "2023"]);
    site.run(&["build", "--drafts"]).expect_code(0);
    assert_eq!(table(&site.page(PAGE), "table-asked")[0], ["Question", "2022", "2023", "2024"]);
    let site = with_third("hidden-takedown");
    site.edit(&format!("{FOLDER}/releases/2023.yaml"), "\"yes\": nearly-all", "\"yes\": 9");
    site.run(&["build"]).expect_code(3);
    site.run(&["build", "--takedown"]).expect_code(0);
    assert_eq!(table(&site.page(PAGE), "table-asked")[0], ["Question", "2022", "2024"]);
    assert_eq!(table(&site.page(PAGE), "table-recommend-1")[1], ["Yes", "6", "9"]);
}

#[test]
fn corrections_stand_beside_their_edition() {
    let corrected = release("2023", 7, "helped", "rated").replacen(
        "edition: \"2023\"\n",
        "edition: \"2023.2\"\ncorrects: \"2023\"\ndate: 2026-03-02\nreason: One was counted twice.\n",
        1,
    );
    let site = site("corrected").file(&format!("{FOLDER}/releases/2023.2.yaml"), &corrected);
    site.build();
    let page = site.page(PAGE);
    assert!(page.contains("<strong>Corrected on 2 March 2026:</strong> One was counted twice."), "{page}");
    assert_eq!(table(&page, "table-recommend-1")[1], ["Yes", "6", "7"], "and the columns have it");
}

#[test]
fn figures_over_time_say_that_an_edition_was_corrected() {
    let site = site("corrected-trend");
    site.edit("content/index.md", "Welcome.", &format!("Home.\n{}", trend("aimms/recommend.yes")));
    site.write(&format!("{FOLDER}/reports/2023.md"), &report("2023", &trend("helped:agreed")));
    site.build();
    let note = "Edition 2022 was corrected on 2 March 2026.";
    let notes = |site: &Site, path: &str| site.page(path).matches(note).count();
    assert_eq!([notes(&site, PAGE), notes(&site, "index.html")], [0, 0]);
    let corrected = release("2022", 7, "helped_then", "rated").replacen(
        "edition: \"2022\"\n",
        "edition: \"2022.2\"\ncorrects: \"2022\"\ndate: 2026-03-02\nreason: One was counted twice.\n",
        1,
    );
    site.write(&format!("{FOLDER}/releases/2022.2.yaml"), &corrected);
    site.build();
    assert_eq!(notes(&site, "index.html"), 1, "{}", site.page("index.html"));
    let page = site.page(PAGE);
    let (_, own) = page.split_once("id=\"table-recommend-2-caption\"").expect("its tables");
    assert!(own.split("id=\"table-helped").next().is_some_and(|own| own.contains(note)), "{page}");
    assert_eq!(page.matches(note).count(), 1, "only where the figures are those that were corrected");
    assert_eq!(notes(&site, "reports/aimms/2023/index.html"), 0, "what it draws is as it was");
}

#[test]
fn an_edition_that_includes_another_says_so() {
    let site = site("includes");
    site.edit(&format!("{FOLDER}/releases/2023.yaml"), "includes: none", "includes: [\"2022\"]");
    site.build();
    assert!(site.page(PAGE).contains("The answers of earlier editions are included: 2022."));
    for (included, words) in [
        ("1999", "there is no edition `1999` to be included"),
        ("\"2023\"", "the edition `2023` includes itself"),
        ("\"2031\"", "there is no edition `2031` to be included"),
    ] {
        let site = self::site("includes-none");
        site.edit(
            &format!("{FOLDER}/releases/2023.yaml"),
            "includes: none",
            &format!("includes: [{included}]"),
        );
        site.run(&["build"])
            .expect_code(1)
            .expect(&format!("error[edition-differs]: {words}"))
            .expect("`2022`");
    }
    let site = self::site("includes-later");
    site.edit(&format!("{FOLDER}/releases/2022.yaml"), "includes: none", "includes: [\"2023\"]");
    site.run(&["build"])
        .expect_code(1)
        .expect("the edition `2023` is later than `2022`, which includes it")
        .expect("write `includes: none`");
}

/// "Each keeps its address and wording for ever": a new edition is no reason to change an old report.
#[test]
fn a_new_edition_changes_nothing_of_the_reports_before_it() {
    let site = site("for-ever");
    site.write(&format!("{FOLDER}/reports/2023.md"), &report("2023", &trend("recommend.yes")));
    site.remove(&format!("{FOLDER}/releases/2024.yaml"));
    site.build();
    let before = site.public();
    site.write(&format!("{FOLDER}/releases/2024.yaml"), &release("2024", 9, "helped", "stars"));
    site.write(&format!("{FOLDER}/reports/2024.md"), &report("2024", &trend("recommend.yes")));
    site.build();
    let after = site.public();
    let of_old =
        |path: &&String| path.starts_with("reports/aimms/2022/") || path.starts_with("reports/aimms/2023/");
    assert!(before.keys().filter(of_old).count() > 10);
    for path in before.keys().filter(of_old) {
        assert!(before[path] == after[path], "{path} is another");
    }
    assert_ne!(before[PAGE], after[PAGE]);
    assert!(site.page("reports/aimms/2024/index.html").contains("2024 (n = 12): 9 of 12."));
}

/// The drawing's words: what those hear who do not see it.
fn description(page: &str) -> &str {
    let begins = page.find("id=\"figure-trend-desc\"").expect("a figure");
    page[begins..].split(['>', '<']).nth(1).expect("its words")
}

#[test]
fn a_figure_over_time_has_a_row_for_each_edition() {
    let site = with_third("trend");
    site.write(&format!("{FOLDER}/reports/2024.md"), &report("2024", &trend("recommend.yes")));
    site.build();
    let page = site.page("reports/aimms/2024/index.html");
    let words = "Mentees: 2022 (n = 12): 6 of 12. 2023 (n = 12): 8 of 12. 2024 (n = 12): 9 of 12. \
                 Mentors: 2022 (n = 10): 8 or more. 2023 (n = 10): 8 or more. 2024 (n = 10): 8 or more.";
    assert!(description(&page).ends_with(words), "{}", description(&page));
    assert!(
        page.contains(
            "The numbers are in <a href=\"#table-recommend\">Table 1</a>, <a href=\"/reports/aimms/\">"
        ),
        "{page}"
    );
    let one = trend("recommend.yes").replace("kind=trend", "kind=trend group=mentor");
    site.write(&format!("{FOLDER}/reports/2024.md"), &report("2024", &one));
    site.build();
    let page = site.page("reports/aimms/2024/index.html");
    assert!(!description(&page).contains("Mentees"), "{}", description(&page));
}

#[test]
fn comparable_words_are_one_row_of_editions_and_others_end_it() {
    let site = with_third("joined");
    site.write(&format!("{FOLDER}/reports/2024.md"), &report("2024", &trend("helped:agreed")));
    site.write(&format!("{FOLDER}/reports/2023.md"), &report("2023", &trend("rated")));
    site.build();
    let page = site.page("reports/aimms/2024/index.html");
    assert!(description(&page).contains("Mentees: 2022 (n = 12): 7 of 12. 2023 (n = 12): 7 of 12."));
    assert!(page.contains("Up to 2022 the question was “Was it helpful?”."), "{page}");
    let page = site.page("reports/aimms/2023/index.html");
    assert!(description(&page).contains("The scale goes from 1 to 5."), "{}", description(&page));
    assert!(description(&page).contains("2022 (n = 12): 3.9. 2023 (n = 12): 3.9."), "{}", description(&page));
    assert!(!page.contains("How many stars?"), "what comes later is not told in an old report");
    // After the break only what is asked in the same words.
    site.write(&format!("{FOLDER}/reports/2024.md"), &report("2024", &trend("stars")));
    site.build();
    let page = site.page("reports/aimms/2024/index.html");
    assert!(!description(&page).contains("2023"), "{}", description(&page));
    assert!(page.contains("Before 2024 the question was “How do you rate it?”."), "{page}");
}

#[test]
fn an_edition_without_the_question_says_so_in_words() {
    let site = with_third("gap");
    site.edit(&format!("{FOLDER}/survey.yaml"), "    replaces: {question: rated, comparable: false}\n", "");
    site.write(&format!("{FOLDER}/reports/2024.md"), &report("2024", &trend("stars")));
    site.build();
    let page = site.page("reports/aimms/2024/index.html");
    assert!(
        description(&page).contains("5. 2022: not asked. 2023: not asked. 2024 (n = 12): 3.9."),
        "{}",
        description(&page)
    );
}

/// Shapes without the words: what is hidden must look alike whatever it hides.
fn shapes(page: &str) -> Vec<String> {
    let svg = page
        .split("<svg class=\"chart\"")
        .nth(1)
        .and_then(|rest| rest.split("</svg>").next())
        .expect("a figure");
    svg.split('<')
        .filter(|tag| tag.starts_with("rect") || tag.starts_with("circle"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn what_is_hidden_is_drawn_alike_whatever_it_hides() {
    let drawn = |mentors: &str| {
        let site = with_third("alike");
        site.write(&format!("{FOLDER}/reports/2024.md"), &report("2024", &trend("recommend.yes")));
        site.edit(
            &format!("{FOLDER}/releases/2023.yaml"),
            "mentor: {counts: {\"yes\": nearly-all, \"no\": few}}",
            mentors,
        );
        site.build();
        shapes(&site.page("reports/aimms/2024/index.html"))
    };
    let nearly_all = drawn("mentor: {counts: {\"no\": few, \"yes\": nearly-all}}");
    assert_eq!(nearly_all, drawn("mentor: {counts: {\"yes\": few, \"no\": nearly-all}}"));
    assert_eq!(nearly_all, drawn("mentor: withheld"));
    assert_ne!(nearly_all, drawn("mentor: {counts: {\"yes\": 5, \"no\": 5}}"));
}

#[test]
fn other_pages_draw_every_edition_that_readers_may_see() {
    let home = |question: &str| {
        format!(
            "---\ntitle: Home\n---\n\n::figure{{question=\"aimms/{question}\" kind=trend id=trend caption=\"Over time\"}}\n"
        )
    };
    let site = with_third("home").file("content/index.md", &home("recommend.yes"));
    site.build();
    assert!(description(&site.page("index.html")).contains("2024 (n = 12): 9 of 12."));
    // Its release lies there, and its report is not public.
    site.edit(&format!("{FOLDER}/reports/2024.md"), "kind: report\n", "kind: report\npublish: 2027-01-01\n");
    site.build();
    assert!(!description(&site.page("index.html")).contains("2024"));
    site.edit(&format!("{FOLDER}/releases/2022.yaml"), "\"yes\": nearly-all", "\"yes\": 9");
    site.run(&["build", "--takedown"]).expect_code(0);
    assert!(!description(&site.page("index.html")).contains("2022"));
    assert!(description(&site.page("index.html")).contains("2023"));
}

#[test]
fn a_trend_that_cannot_be_drawn_is_a_finding() {
    let cases = [
        ("recommend", "error[figure-kind]", "say what of it"),
        ("recommend.maybe", "error[unknown-option]", "there is no `recommend.maybe`"),
        ("recommend.yes helped:agreed", "error[figure-kind]", "a trend is of one question"),
        ("recommended.yes", "error[unknown-question]", "did you mean `recommend`?"),
        ("helped.agree", "error[figure-kind]", "declares nothing of the kind"),
    ];
    for (question, code, words) in cases {
        let site = with_third("wrong");
        site.write(&format!("{FOLDER}/reports/2024.md"), &report("2024", &trend(question)));
        site.run(&["build"]).expect_code(1).expect(code).expect(words);
    }
    let site = with_third("wrong-group");
    let one = trend("recommend.yes").replace("kind=trend", "kind=trend group=mentors");
    site.write(&format!("{FOLDER}/reports/2024.md"), &report("2024", &one));
    site.run(&["build"]).expect_code(1).expect("error[unknown-group]").expect("did you mean `mentor`?");
}
