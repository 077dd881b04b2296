//! Numbers in running prose: bound ones stand as their sentence wants them, typed ones are found.

mod support;

use support::{RELEASE, Site};

const REPORT: &str = "content/evaluations/aimms/reports/2023.md";

fn with_report(name: &str, text: &str) -> Site {
    Site::with_survey(name)
        .file(REPORT, &format!("---\ntitle: Evaluation\nkind: report\ndate: 2023-09-01\n---\n\n{text}\n"))
}

/// The paragraphs of the report that some text gives.
fn printed(text: &str) -> String {
    let site = with_report("prose", text);
    let release = RELEASE.replace("mentee: {answered: 12}", "mentee: {answered: 12, invited: 16}");
    site.write("content/evaluations/aimms/releases/2023.yaml", &release);
    site.write("content/references.bib", "@misc{ons, title={Sample figures}, year={2023}}\n");
    site.build();
    let page = site.page("reports/aimms/2023/index.html");
    let body = page.split("<div class=\"body\">").nth(1).expect("a body");
    body.split("<section").next().expect("what stands before the method").trim().to_owned()
}

#[test]
fn a_number_stands_as_its_sentence_wants_it() {
    let cases = [
        (":n[wanted.advice]{group=mentee as=words} came. Then", "Seven came. Then"),
        ("Advice: :n[wanted.advice]{group=mentee as=words} came.", "Advice: seven came."),
        (
            "**Advice.** :n[wanted.advice]{group=mentee as=words} came.",
            "<strong>Advice.</strong> Seven came.",
        ),
        (":n[wanted.contacts]{group=mentee} came.", "Fewer than 3 came."),
        ("Of them :n[wanted.contacts]{group=mentee} came.", "Of them fewer than 3 came."),
        (":n[wanted.advice]{group=mentee noun=\"mentee|mentees\"} came.", "7 mentees came."),
        ("Of :n[wanted.advice]{group=mentee as=of noun=\"mentee|mentees\"}", "Of 7 of 12 mentees"),
        (":n[wanted.contacts]{group=mentee noun=\"mentee|mentees\"} came.", "Fewer than 3 mentees came."),
        ("So :rate[]{group=mentee} answered.", "So 12 of 16 answered."),
        ("So :given[18%]{ref=ons} did.", "So 18% <span class=\"citation\">["),
    ];
    let text: Vec<&str> = cases.iter().map(|(typed, _)| *typed).collect();
    let page = printed(&text.join("\n\n"));
    for (typed, expected) in cases {
        assert!(page.contains(&format!("<p>{expected}")), "{typed}\n{page}");
    }
}

#[test]
fn one_takes_the_singular_and_what_is_kept_back_its_own_words() {
    let site = with_report(
        "singular",
        "So :n[wanted.contacts]{group=mentor noun=\"mentor|mentors\"} did, and :n[wanted.contacts]{group=mentee noun=\"mentee|mentees\"}.",
    );
    let printed = RELEASE
        .replace(
            "policy: small-survey",
            "policy: as-published, source: \"doi:10.1000/1\", reason: In print, approved_by: the committee",
        )
        .replace("contacts: few", "contacts: withheld")
        .replace("contacts: 5", "contacts: 1")
        .replace("nearly-all", "10")
        .replace("\"no\": few", "\"no\": 0");
    site.write("content/evaluations/aimms/releases/2023.yaml", &printed);
    site.build();
    let page = site.page("reports/aimms/2023/index.html");
    assert!(page.contains("So 1 mentor did, and a number of mentees that is withheld."), "{page}");
}

#[test]
fn bad_manners_are_findings() {
    let cases = [
        (
            ":n[wanted.advice]{group=mentee noun=\"a|b|c\"}",
            "error[unknown-value]: the noun has another number of forms",
        ),
        (":rate[]{group=mentor}", "how many of `mentor` were invited"),
        (":rate[]{group=mentee as=words}", "error[unknown-value]: a number cannot stand as `words`"),
        (":given[18%]", "error[missing-key]: `:given` does not say whose number this is"),
        (":given[18%]{ref=ons}", "error[unknown-citation]: content/references.bib has no `ons`"),
    ];
    for (typed, expected) in cases {
        let run = with_report("manners", typed).run(&["build"]).expect_code(1);
        assert!(run.stderr.contains(expected), "{typed}\n{}", run.console());
    }
}

#[test]
fn only_numbers_of_people_are_found() {
    let harmless = "Since 2020, in 2022–23, on 11 February 2022 and at 10:30, for six months or three to four years, \
        Table 3, Tables 4 and 5, section two, COVID-19, two-way talk, `12 of them`, no one and one another.";
    with_report("harmless", harmless).build();
    for (typed, found) in [
        ("In all ten mentees answered.", "`ten`"),
        ("In all 87% of women did.", "`87`"),
        ("Some thirty-three registered.", "`thirty`"),
        ("So one mentee left.", "`one`"),
        ("> - A quotation of *12* women", "`12`"),
        ("| A | B |\n|---|---|\n| mentees | 9 |", "`9`"),
        ("A note.[^1]\n\n[^1]: Of 40 women.", "`40`"),
    ] {
        let run = with_report("found", typed).run(&["build"]).expect_code(1);
        assert!(
            run.stderr.contains(&format!("error[number-not-bound]: {found}")),
            "{typed}\n{}",
            run.console()
        );
    }
}

#[test]
fn summaries_and_captions_are_prose_too() {
    let site = with_report(
        "captions",
        "See :ref[table-wanted].\n\n::table{questions=wanted caption=\"What 12 mentees hoped for\"}",
    );
    site.edit(REPORT, "kind: report", "kind: report\nsummary: What ten mentees said.");
    let run = site.run(&["build"]).expect_code(1);
    assert!(run.stderr.contains("reports/2023.md:4:15"), "{}", run.console());
    assert!(run.stderr.contains("`12` is typed by hand"), "{}", run.console());
}

#[test]
fn a_place_far_along_a_line_is_named_by_its_column() {
    // Paragraphs are often written as one line.
    let text = format!("{}ten mentees.", "She said so. ".repeat(300));
    let run = with_report("column", &text).run(&["build"]).expect_code(1);
    assert!(run.stderr.contains("reports/2023.md:7:3901"), "{}", run.console());
}

#[test]
fn sections_are_numbered_where_the_front_matter_says_so() {
    let text = "\
---
title: Evaluation 2023
kind: report
date: 2023-09-01
numbered: true
---

## Aims

As :ref[section-small-groups] says.

## Methods & data

### Small groups {#small-groups}

```
<h3 id=\"small-groups\">
```

### Others

## Results
";
    let site = Site::with_survey("numbered").file("content/evaluations/aimms/reports/2023.md", text);
    site.build();
    let page = site.page("reports/aimms/2023/index.html");
    for expected in [
        "<h2 id=\"aims\">1 Aims</h2>",
        "2 Methods &amp; data</h2>",
        "<h3 id=\"small-groups\">2.1 Small groups</h3>",
        "2.2 Others</h3>",
        "3 Results</h2>",
        "<a href=\"#small-groups\">Section 2.1</a>",
        "href=\"#aims\">1 Aims</a>",
    ] {
        assert!(page.contains(expected), "no {expected} in {page}");
    }
    site.edit("content/evaluations/aimms/reports/2023.md", "section-small-groups", "section-smal-groups");
    site.run(&["build"])
        .expect_code(1)
        .expect("error[unknown-reference]: this page has no numbered section `smal-groups`")
        .expect("did you mean `small-groups`?");
    site.edit("content/evaluations/aimms/reports/2023.md", "numbered: true", "numbered: false");
    site.run(&["build"])
        .expect_code(1)
        .expect("sections have numbers where the front matter says `numbered: true`");
}
