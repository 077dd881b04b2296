//! Figures drawn from a release: nothing hidden can be read off them, long labels and many options are drawn whole, and
//! what cannot be drawn is a finding.

mod support;

use mentorpress::html::{Token, tokens};
use std::collections::BTreeSet;
use support::Site;

const PAGE: &str = "reports/aimms/2023/index.html";
const RELEASE: &str = "content/evaluations/aimms/releases/2023.yaml";
const REPORT: &str = "content/evaluations/aimms/reports/2023.md";
const SURVEY: &str = "content/evaluations/aimms/survey.yaml";

/// A site whose report holds these figures and refers to none of them, which is only a warning.
fn drawn(name: &str, figures: &str) -> Site {
    let site = Site::with_survey(name);
    site.write(REPORT, &format!("---\ntitle: Evaluation 2023\nkind: report\n---\n\n{figures}\n"));
    site
}

/// The drawings of a page.
fn charts(page: &str) -> Vec<String> {
    page.split("<svg ").skip(1).filter_map(|rest| rest.split("</svg>").next()).map(str::to_owned).collect()
}

/// Elements and attributes, without any text.
fn geometry(chart: &str) -> Vec<String> {
    tokens(&format!("<svg {chart}</svg>"))
        .filter_map(|token| match token {
            Token::Open { name, attributes } => {
                let attributes: Vec<String> =
                    attributes.map(|attribute| format!("{}={}", attribute.name, attribute.value)).collect();
                Some(format!("{name} {}", attributes.join(" ")))
            }
            Token::Close(name) => Some(format!("/{name}")),
            _ => None,
        })
        .collect()
}

/// `few`, `nearly-all` and `withheld` put in each other's places move nothing, lengthen nothing and order nothing anew.
#[test]
fn a_hidden_value_changes_nothing_but_its_words() {
    let figures = "::figure{question=wanted kind=bars}\n\n::figure{question=rating kind=bars}\n\n\
                   ::figure{question=rating id=sides kind=likert}\n\n::figure{question=sure kind=split}\n\n\
                   ::figure{question=stars kind=dots}";
    let site = drawn("hidden", figures);
    let survey = site.source(SURVEY).replace(
        "disclosure:",
        "  - {id: rating, ask: Rating, type: scale, scale: agreement, show: counts}
  - {id: sure, ask: Sure, type: scale, scale: agreement, show: agreed}
  - {id: stars, ask: Stars, type: stars, from: 1, to: 5, show: mean}
scales:
  agreement: {points: [against, neutral, in-favour], middle: neutral, tops: {agreed: [in-favour]}}
disclosure:",
    );
    site.write(SURVEY, &survey);
    let release = |few: &str, other: &str| {
        // Of one answer each, nearly all do not fit beside four others.
        let rated = if few == "nearly-all" { "withheld" } else { few };
        format!(
            "edition: \"2023\"
collected: 2023-07
includes: none
disclosure: {{policy: as-published, source: a paper, reason: in print, approved_by: the committee}}
respondents: {{mentee: {{answered: 12}}, mentor: {{answered: 10}}}}
answers:
  wanted:
    mentee: {{counts: {{advice: {few}, contacts: {other}}}}}
    mentor: {{counts: {{contacts: 5}}}}
  recommend:
    mentee: {{counts: {{\"yes\": 8, \"no\": 4}}}}
    mentor: {{counts: {{\"yes\": 7, \"no\": 3}}}}
  rating:
    mentee: {{counts: {{against: {rated}, neutral: {other}, in-favour: 4}}}}
    mentor: {{counts: {{against: 2, neutral: 3, in-favour: 5}}}}
  sure:
    mentee: {{tops: {{agreed: {few}}}}}
    mentor: {{tops: {{agreed: {other}}}}}
  stars:
    mentee: {{mean: 4.25}}
    mentor: {{mean: withheld}}
"
        )
    };
    let mut seen: Vec<(String, Vec<String>)> = Vec::new();
    for (few, other) in
        [("few", "withheld"), ("withheld", "few"), ("withheld", "withheld"), ("nearly-all", "few")]
    {
        site.write(RELEASE, &release(few, other));
        site.build();
        seen.push((format!("{few}, {other}"), charts(&site.page(PAGE))));
    }
    let (_, first) = &seen[0];
    assert_eq!(first.len(), 5);
    for (name, charts) in &seen[1..] {
        for (one, other) in first.iter().zip(charts) {
            assert_eq!(geometry(one), geometry(other), "{name}");
        }
        assert_ne!(first, charts, "the words are others: {name}");
    }
    // Of one length wherever it stands, and none of it a share of the width.
    let hidden: BTreeSet<String> = first
        .iter()
        .flat_map(|chart| geometry(chart))
        .filter(|element| element.contains("-hidden)") && !element.contains("width=1em"))
        .map(|element| {
            element
                .split("width=")
                .nth(1)
                .unwrap_or_default()
                .split(' ')
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    assert_eq!(hidden, BTreeSet::from(["5em".to_owned()]));
}

#[test]
fn answers_stand_in_the_order_of_the_survey() {
    let site = drawn("order", "::figure{question=wanted kind=bars}");
    site.build();
    let at = |text: &str| charts(&site.page(PAGE))[0].find(&format!(">{text}</text>")).expect("a label");
    let before = (at("Advice"), at("Contacts"));
    assert!(before.0 < before.1);
    site.edit(RELEASE, "advice: 7, contacts: few", "advice: few, contacts: 7");
    site.build();
    assert!(at("Advice") < at("Contacts"), "the larger count does not come first");
}

#[test]
fn a_long_label_is_drawn_whole_and_two_hundred_options_are_all_drawn() {
    let site = drawn("long", "::figure{question=wanted kind=bars}");
    let long = "of a career that was harder than it need have been ".repeat(6);
    let long = long.trim();
    assert!(long.len() > 300);
    let more: String = (0..199).map(|n| format!("      - {{id: o{n}, label: Option {n}}}\n")).collect();
    let counts: String = (0..199).map(|n| format!(", o{n}: 5")).collect();
    site.edit(SURVEY, "label: Contacts}\n", &format!("label: {long}}}\n{more}"));
    site.edit(RELEASE, "contacts: few", &format!("contacts: few{counts}"));
    site.edit(RELEASE, "contacts: 5", &format!("contacts: 5{counts}"));
    site.build();
    let chart = &charts(&site.page(PAGE))[0];
    let lines: Vec<&str> = chart
        .split("<text class=\"chart-label\"")
        .skip(1)
        .filter_map(|rest| rest.split(['>', '<']).nth(1))
        .collect();
    assert!(lines.iter().all(|line| line.len() < 50), "{lines:?}");
    assert!(lines.join(" ").contains(long), "no word is lost");
    assert!((0..199).all(|n| lines.contains(&format!("Option {n}").as_str())));
}

#[test]
fn a_drawing_has_a_name_words_and_ids_of_its_own() {
    let site = drawn(
        "ids",
        "::figure{question=wanted kind=bars}\n\n::figure{question=recommend kind=bars caption=\"Ticks & <crosses>\"}\n\n::table{questions=wanted}",
    );
    site.build();
    let page = site.page(PAGE);
    let mut ids = BTreeSet::new();
    for token in tokens(&page) {
        let Token::Open { attributes, .. } = token else { continue };
        for attribute in attributes {
            assert_ne!(attribute.name, "style", "the policy for content forbids it");
            assert!(
                attribute.name != "id" || ids.insert(attribute.value.to_owned()),
                "{} twice",
                attribute.value
            );
        }
    }
    let chart = &charts(&page)[1];
    assert!(
        chart.contains("role=\"img\" aria-labelledby=\"figure-recommend-title figure-recommend-desc\""),
        "{chart}"
    );
    assert!(
        chart.contains("<title id=\"figure-recommend-title\">Ticks &amp; &lt;crosses&gt;</title>"),
        "{chart}"
    );
    assert!(chart.contains("Yes: Mentees, 8 of 12; Mentors, 8 or more."), "{chart}");
    assert!(
        page.contains("<a href=\"#table-wanted\">Table 1</a>"),
        "the table with the same numbers is named"
    );
}

/// The middle of a scale is the point that it declares, else the middle one; a scale of an even number has none.
#[test]
fn neutral_answers_stand_apart_where_a_scale_has_them() {
    for (scale, apart) in [
        ("{points: [bad, poor, fair, good, best]}", vec!["Fair"]),
        ("{points: [bad, poor, fair, good, best], middle: good}", vec!["Good"]),
        ("{points: [bad, poor, good, best]}", vec![]),
    ] {
        let site = drawn("middle", "::figure{question=rating kind=likert}");
        site.edit(
            SURVEY,
            "disclosure:",
            &format!(
                "  - {{id: rating, ask: Rating, type: scale, scale: it, show: counts}}\nscales: {{it: {scale}}}\ndisclosure:"
            ),
        );
        let counts: Vec<String> = ["bad", "poor", "fair", "good", "best"]
            .into_iter()
            .filter(|point| scale.contains(point))
            .map(|point| format!("{point}: 3"))
            .collect();
        let (answered, counts) = (3 * counts.len(), counts.join(", "));
        let printed = "policy: as-published, source: a paper, reason: in print, approved_by: the committee";
        site.edit(RELEASE, "policy: small-survey", printed);
        let answers = format!(
            "answers:\n  rating:\n    mentee: {{answered: {answered}, counts: {{{counts}}}}}\n    mentor: {{answered: {answered}, counts: {{{counts}}}}}\n"
        );
        site.edit(RELEASE, "answers:\n", &answers);
        site.edit(
            RELEASE,
            "mentee: {answered: 12}, mentor: {answered: 10}",
            "mentee: {answered: 15}, mentor: {answered: 15}",
        );
        site.edit(RELEASE, "{\"yes\": 8, \"no\": 4}", "{\"yes\": 8, \"no\": 7}");
        site.build();
        let chart = charts(&site.page(PAGE)).remove(0);
        // A key for each group follows the swatch of its point.
        let found: Vec<&str> = chart
            .split("<rect class=\"chart-neutral\" x=\"0\"")
            .skip(1)
            .filter_map(|rest| rest.split("chart-value").nth(1)?.split('>').nth(1)?.split(':').next())
            .collect();
        let expected: Vec<&str> = apart.iter().flat_map(|label| [*label; 2]).collect();
        assert_eq!(found, expected, "{scale}");
    }
}

#[test]
fn what_cannot_be_drawn_is_a_finding() {
    for (figure, code, words) in [
        ("::figure{question=wanted kind=pie}", "unknown-value", "there is no kind of figure `pie`"),
        ("::figure{question=wanted kind=bar}", "unknown-value", "did you mean `bars`?"),
        ("::figure{question=wanted}", "missing-key", "`::figure` needs `kind`"),
        ("::figure{kind=bars id=x}", "missing-key", "`::figure` needs `question`"),
        ("::figure{question=\"aimms/\" id=x kind=bars}", "unknown-question", "use one of"),
        ("::figure{question=wantd kind=bars}", "unknown-question", "did you mean `wanted`?"),
        ("::figure{question=wanted kind=bars group=mentees}", "unknown-group", "did you mean `mentee`?"),
        ("::figure{question=wanted kind=bars wave=first}", "unknown-wave", "take `wave` out"),
        ("::figure{question=wanted kind=bars edition=2022}", "edition-differs", "no edition `2022`"),
        ("::figure{question=wanted kind=dots}", "figure-kind", "draw it as `bars`"),
        ("::figure{question=wanted kind=flow}", "figure-kind", "draw it as `bars`"),
        ("::figure{question=wanted kind=bars colour=red}", "unknown-key", "`figure` has no key `colour`"),
    ] {
        let site = drawn("finding", figure);
        site.run(&["build"]).expect_code(1).expect(&format!("error[{code}]")).expect(words);
    }
}

#[test]
fn the_flow_has_no_groups_and_no_waves() {
    for key in ["group=mentee", "wave=before"] {
        let site = drawn("flow", &format!("::figure{{question=flow id=wanted kind=flow {key}}}"));
        let release = "content/evaluations/aimms/releases/2023.yaml";
        site.edit(release, "answers:", "flow: {women: {asked: 30, joined: 12}}\nanswers:");
        let name = key.split('=').next().unwrap_or_default();
        site.run(&["build"])
            .expect_code(1)
            .expect("error[unknown-key]")
            .expect(&format!("`flow` has no `{name}`"));
    }
}

#[test]
fn a_figure_names_its_table_when_only_one_of_them_names_the_edition() {
    for (figure, table) in [("", " edition=2023"), (" edition=2023", "")] {
        let text = format!(
            "See :ref[figure-wanted] and :ref[table-wanted].\n\n::figure{{question=wanted kind=bars{figure}}}\n\n::table{{questions=wanted{table}}}"
        );
        let site = drawn("edition", &text);
        site.build();
        let page = site.page("reports/aimms/2023/index.html");
        assert!(page.contains("The numbers are in <a href=\"#table-wanted\">Table 1</a>"), "{page}");
    }
}

#[test]
fn another_page_names_the_survey() {
    let site = Site::with_survey("elsewhere");
    let page = |figure: &str| format!("---\ntitle: Home\n---\n\n{figure}\n");
    site.write("content/index.md", &page("::figure{question=aimms/wanted kind=bars}"));
    site.build();
    assert!(site.page("index.html").contains("id=\"figure-wanted\""));
    site.write("content/index.md", &page("::figure{question=wanted kind=bars}"));
    site.run(&["build"])
        .expect_code(1)
        .expect("error[unknown-survey]")
        .expect("put the survey in front: \"aimms/wanted\"");
}
