//! Themes of free texts: lists, tables, figures and numbers in the prose, and the same in every download; nothing hidden
//! tells itself apart; and a codebook or a release that does not fit is a finding.

mod support;

use calamine::{Data, Reader, Xlsx};
use mentorpress::html::{Token, decode, tokens};
use serde_json::{Value, json};
use std::io::{Cursor, Read};
use support::{Site, without_letters};

const PAGE: &str = "reports/aimms/2023/index.html";
const RELEASE: &str = "content/evaluations/aimms/releases/2023.yaml";
const REPORT: &str = "content/evaluations/aimms/reports/2023.md";
const SURVEY: &str = "content/evaluations/aimms/survey.yaml";
const DATA: &str = "reports/aimms/2023/data";

/// Suggestions by level, reasons by the answer they belong to, and gains with counts.
const QUESTIONS: &str = "  - id: future
    ask: What should be done?
    type: text
    levels: {faculty: Faculty level, finance: Finance}
    themes:
      - {id: share, label: Share experiences, level: faculty}
      - {id: teams, label: Build teams, level: faculty}
      - {id: bursaries, label: Longer bursaries, level: finance}
  - id: why
    ask: Why?
    type: text
    themes:
      - {id: time, label: It took too long, when: {recommend: \"no\"}}
      - {id: people, label: The people, when: {recommend: \"yes\"}}
  - id: gains
    ask: What have you gained?
    type: text
    themes:
      - {id: hope, label: Hope}
      - {id: friends, label: Friends}
      - {id: skills, label: Skills}
disclosure:";

const THEMES: &str = "themes:
  future: {everyone: {share: mentioned, teams: mentioned, bursaries: mentioned}}
  why: {everyone: {time: mentioned, people: mentioned}}
  gains:
    mentee: {hope: 5, friends: few, skills: mentioned}
    mentor: {hope: withheld, friends: 4}
";

fn site(name: &str, report: &str) -> Site {
    let site = Site::with_survey(name);
    site.edit(SURVEY, "disclosure:", QUESTIONS);
    site.write(RELEASE, &(site.source(RELEASE) + THEMES));
    // Of both groups the counts of the answers that themes belong to are shown.
    site.edit(RELEASE, "{\"yes\": nearly-all, \"no\": few}", "{\"yes\": 7, \"no\": 3}");
    site.write(
        REPORT,
        &format!("---\ntitle: Evaluation 2023\nkind: report\ndate: 2023-09-01\n---\n\n{report}\n"),
    );
    site
}

/// Elements and attributes of a page's body, without any text.
fn structure(html: &str) -> Vec<String> {
    let html = html.split("<div class=\"body\">").nth(1).expect("a body");
    tokens(html)
        .filter_map(|token| match token {
            Token::Open { name, attributes } => {
                let attributes: Vec<String> =
                    attributes.map(|attribute| format!("{}={}", attribute.name, attribute.value)).collect();
                Some(format!("{name} {}", attributes.join(" ")))
            }
            Token::Close(name) => Some(format!("/{name}")),
            Token::Text(_) => None,
        })
        .collect()
}

#[test]
fn what_was_only_mentioned_is_a_list_for_each_level() {
    let site = site("levels", "::table{questions=future id=levels caption=\"Suggestions\"}");
    site.build();
    let page = site.page(PAGE);
    assert!(page.contains("<div class=\"table lists\" id=\"table-levels\">"), "{page}");
    let part = |number: usize, letter: &str, title: &str| {
        format!(
            "<p class=\"caption\" id=\"table-levels-{number}-caption\">Table 1{letter}. {title}</p><ul aria-labelledby=\"table-levels-{number}-caption\">"
        )
    };
    let tight = page.replace(">\n<", "><");
    let faculty = tight.split_once(&part(1, "a", "Faculty level")).expect("the first level").1;
    assert!(faculty.starts_with("<li>Share experiences</li><li>Build teams</li></ul>"), "{faculty}");
    let finance = tight.split_once(&part(2, "b", "Finance")).expect("the second level").1;
    assert!(finance.starts_with("<li>Longer bursaries</li></ul>"), "{finance}");
    assert_eq!(page.matches("how many said it is not published").count(), 1, "said once");
    assert_eq!(page.matches("data/future.csv").count(), 1, "one download for all lists");
    let csv = "theme,level,everyone\r\nshare,faculty,mentioned\r\nteams,faculty,mentioned\r\nbursaries,finance,mentioned\r\nanswered,,22\r\n";
    assert_eq!(site.page(&format!("{DATA}/future.csv")), csv);
}

#[test]
fn themes_of_an_answer_say_which() {
    let site = site("answers", "::table{questions=why}");
    site.build();
    let page = site.page(PAGE);
    assert!(page.contains("<p class=\"caption\">Table 1. Why?</p>"), "the question is the caption: {page}");
    assert!(page.contains("Table 1a. “No” to “Would you recommend it?”"), "{page}");
    assert!(page.contains("Table 1b. “Yes” to “Would you recommend it?”"), "{page}");
    assert!(site.page(&format!("{DATA}/why.csv")).starts_with("theme,when,everyone\r\ntime,recommend.no,"));
}

#[test]
fn counts_are_a_table_with_a_row_for_each_theme() {
    let site = site("counts", "::table{questions=gains}");
    site.build();
    let page = without_letters(&site.page(PAGE)).replace(">\n<", "><");
    assert!(page.contains("<th scope=\"col\">Theme</th>"), "{page}");
    assert!(page.contains("<th scope=\"col\">Mentees <span class=\"n\">(n = 12)</span></th>"), "{page}");
    let row = |label: &str, cells: &str| format!("<th scope=\"row\">{label}</th>{cells}</tr>");
    let words = |text: &str| format!("<td class=\"words\">{text}</td>");
    for expected in [
        row("Hope", &format!("<td>5</td>{}", words("withheld"))),
        row("Friends", &format!("{}<td>4</td>", words("fewer than 3"))),
        row("Skills", &(words("mentioned") + &words("not published"))),
    ] {
        assert!(page.contains(&expected), "no {expected} in {page}");
    }
    assert_eq!(
        site.page(&format!("{DATA}/gains.csv")),
        "theme,mentee,mentor\r\nhope,5,withheld\r\nfriends,fewer than 3,4\r\nskills,mentioned,not published\r\nanswered,12,10\r\n"
    );
}

/// `few`, `nearly-all` and `withheld` put in each other's places change their words and nothing else, on the page and in
/// the drawing.
#[test]
fn a_hidden_theme_changes_nothing_but_its_words() {
    let site = site("hidden", "::table{questions=gains}\n\n::figure{question=gains kind=themes}");
    let before = site.source(RELEASE);
    let mut pages = Vec::new();
    for (friends, hope) in [("few", "withheld"), ("withheld", "few"), ("nearly-all", "withheld")] {
        let release = before
            .replace("friends: few", &format!("friends: {friends}"))
            .replace("hope: withheld", &format!("hope: {hope}"));
        site.write(RELEASE, &release);
        site.build();
        pages.push(without_letters(&site.page(PAGE)));
    }
    for page in &pages[1..] {
        assert_eq!(structure(&pages[0]), structure(page));
        assert_ne!(&pages[0], page);
    }
    assert!(pages[0].contains("-hidden)"), "they are drawn as hidden");
}

#[test]
fn frames_are_of_one_size_whatever_stands_in_them() {
    let site = site("frames", "::figure{question=future kind=themes}\n\n::table{questions=future}");
    site.edit(
        SURVEY,
        "label: Build teams",
        "label: Build teams of people who would not otherwise meet in the course of their work at all",
    );
    site.build();
    let page = site.page(PAGE);
    let frames: Vec<&str> = page
        .split("<rect class=\"chart-label-frame\"")
        .skip(1)
        .filter_map(|rest| rest.split("width=").nth(1)?.split('>').next())
        .collect();
    assert_eq!(frames.len(), 3);
    assert!(frames.iter().all(|frame| *frame == frames[0]), "{frames:?}");
    let at = |text: &str| page.find(&format!(">{text}")).expect("a label");
    assert!(at("Share experiences") < at("Build teams of"), "in the order of the survey");
    assert!(page.contains("<title id=\"figure-future-1-title\">What should be done?: Faculty level</title>"));
    assert!(page.contains("Share experiences: mentioned."), "said in words");
    assert!(page.contains("They are listed in <a href=\"#table-future\">Table 1</a>"), "{page}");
    assert!(!page.contains(" style="), "the policy for content forbids it");
}

#[test]
fn a_theme_with_a_number_is_a_bar() {
    let site = site("bars", "::figure{question=gains kind=themes group=mentee}");
    site.build();
    let page = site.page(PAGE);
    assert!(page.contains("class=\"chart-first\""), "{page}");
    assert!(page.contains("Hope: Mentees, 5 of 12. Friends: Mentees, fewer than 3. Skills: mentioned."));
    assert_eq!(page.matches("chart-label-frame").count(), 1, "one was only mentioned");
}

#[test]
fn themes_are_numbers_in_the_prose() {
    let site = site(
        "prose",
        "A :n[gains.hope]{group=mentee as=of}. B :n[gains.friends]{group=mentee noun=\"mentee|mentees\"}. \
         C :n[future.share]{noun=\"woman|women\"}. D :themes[future]. E :themes[future.faculty]{as=words noun=\"theme|themes\"}. \
         F :themes[gains].",
    );
    site.build();
    let page = site.page(PAGE);
    let text = "A 5 of 12. B fewer than 3 mentees. C mentioned. D 3. E two themes. F 3.";
    assert!(page.contains(text), "{page}");
    site.edit(RELEASE, "share: mentioned", "share: withheld");
    site.build();
    let page = site.page(PAGE);
    assert!(page.contains("D 2. E one theme."), "what is kept back is not listed: {page}");
    site.edit(RELEASE, "teams: mentioned", "teams: unpublished");
    site.build();
    let page = site.page(PAGE);
    assert!(page.contains("D 1. E a number of themes that is withheld."), "{page}");
    site.edit(
        RELEASE,
        "share: withheld, teams: unpublished, bursaries: mentioned",
        "share: unpublished, teams: unpublished, bursaries: unpublished",
    );
    site.build();
    let page = site.page(PAGE);
    assert!(page.contains("D not published. E a number of themes that is not published."), "{page}");
}

#[test]
fn a_number_typed_by_hand_is_offered_the_themes() {
    let site =
        site("typed", "We were given two suggestions for the faculty level, and five mentees wrote of hope.");
    site.run(&["build"])
        .expect_code(1)
        .expect("error[number-not-bound]: `two` is typed by hand")
        .expect("bind it: :themes[future.faculty]")
        .expect("bind it: :n[gains.hope]{group=mentee}");
}

#[test]
fn every_download_has_the_themes() {
    let site = site("downloads", "::table{questions=\"future gains\" id=all caption=\"Themes\"}");
    site.build();
    let json: Value = serde_json::from_str(&site.page(&format!("{DATA}/aimms-2023.json"))).expect("JSON");
    assert_eq!(json["format"], "mentorpress-report/1");
    assert_eq!(
        json["themes"][0],
        json!({
            "question": "future", "ask": "What should be done?", "groups": ["everyone"],
            "answered": {"everyone": 22},
            "levels": [{"id": "faculty", "label": "Faculty level"}, {"id": "finance", "label": "Finance"}],
            "themes": [
                {"id": "share", "label": "Share experiences", "level": "faculty", "values": {"everyone": "mentioned"}},
                {"id": "teams", "label": "Build teams", "level": "faculty", "values": {"everyone": "mentioned"}},
                {"id": "bursaries", "label": "Longer bursaries", "level": "finance", "values": {"everyone": "mentioned"}},
            ],
        })
    );
    let time = &json["themes"][1]["themes"][0];
    assert_eq!(time["when"], json!({"question": "recommend", "option": "no"}));
    let gains = &json["themes"][2];
    assert_eq!(gains["answered"], json!({"mentee": 12, "mentor": 10}));
    assert_eq!(gains["themes"][2]["values"], json!({"mentee": "mentioned", "mentor": "unpublished"}));

    let bytes = site.public().remove(&format!("{DATA}/aimms-2023.xlsx")).expect("a workbook");
    let mut book: Xlsx<Cursor<Vec<u8>>> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let cells = |book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str, above: usize| -> Vec<Vec<String>> {
        let range = book.worksheet_range(name).expect("a sheet");
        let rows: Vec<Vec<Data>> = range.rows().skip(above).map(<[Data]>::to_vec).collect();
        assert!(rows.iter().flatten().all(|cell| *cell != Data::Empty), "{name}: {rows:?}");
        rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    assert_eq!(
        cells(&mut book, "future", 2),
        [
            ["Theme", "Level", "Everyone"],
            ["Share experiences", "Faculty level", "mentioned"],
            ["Build teams", "Faculty level", "mentioned"],
            ["Longer bursaries", "Finance", "mentioned"],
            ["Answered", "none", "22"],
        ]
    );
    let why = cells(&mut book, "why", 2);
    assert_eq!(why[1], ["It took too long", "“No” to “Would you recommend it?”", "mentioned"]);
    assert_eq!(cells(&mut book, "gains", 2)[1], ["Hope", "5", "withheld"]);
    let dictionary = cells(&mut book, "Data dictionary", 1);
    assert!(dictionary.iter().any(|row| row[0] == "future" && row[2] == "free text" && row[5] == "share"));
    let notes = cells(&mut book, "Notes", 1);
    assert!(notes.iter().any(|row| row[0] == "mentioned"), "{notes:?}");

    let document = document(&site);
    for text in
        ["Table 1a. Faculty level", "Share experiences", "Table 1c. What have you gained?", "withheld b"]
    {
        assert!(document.iter().any(|paragraph| paragraph == text), "no {text} in {document:?}");
    }
}

/// The paragraphs of the report's Word document.
fn document(site: &Site) -> Vec<String> {
    let bytes = site.public().remove("reports/aimms/2023/aimms-2023.docx").expect("a document");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut xml = String::new();
    archive.by_name("word/document.xml").expect("its text").read_to_string(&mut xml).expect("UTF-8");
    let mut all = Vec::new();
    let mut text = String::new();
    for token in tokens(&xml) {
        match token {
            Token::Open { name: "w:p", .. } => text.clear(),
            Token::Text(more) => text.push_str(&decode(more)),
            Token::Close("w:p") => all.push(text.replace('\u{A0}', " ")),
            _ => {}
        }
    }
    all
}

#[test]
fn a_question_of_several_waves_has_its_themes_by_wave() {
    let site = site("waves", "::table{questions=gains}\n\nThere were :themes[gains]{wave=after}.");
    site.edit(SURVEY, "questions:\n", "waves: {before: Before, after: After}\nquestions:\n");
    let survey = site.source(SURVEY).replace("    type:", "    waves: [before]\n    type:");
    let survey = survey.replace(
        "ask: What have you gained?\n    waves: [before]",
        "ask: What have you gained?\n    waves: [before, after]",
    );
    site.write(SURVEY, &survey);
    site.edit(
        RELEASE,
        "respondents: {mentee: {answered: 12}, mentor: {answered: 10}}",
        "respondents:\n  before: {mentee: {answered: 12}, mentor: {answered: 10}}\n  after: {mentee: {answered: 9}, mentor: {answered: 8}}",
    );
    site.run(&["build"])
        .expect_code(1)
        .expect("error[unknown-wave]: `gains` was asked in several waves")
        .expect("put its groups under before and after");
    site.edit(
        RELEASE,
        "  gains:\n    mentee: {hope: 5, friends: few, skills: mentioned}\n    mentor: {hope: withheld, friends: 4}\n",
        "  gains:\n    before:\n      mentee: {hope: 5}\n    after:\n      mentee: {hope: 4, friends: mentioned}\n",
    );
    site.build();
    let page = site.page(PAGE);
    assert!(page.contains("Table 1a. What have you gained? (Before)"), "{page}");
    assert!(page.contains("Table 1b. What have you gained? (After)"), "{page}");
    assert!(page.contains("There were 2."), "{page}");
    assert_eq!(
        site.page(&format!("{DATA}/gains.csv")),
        "theme,wave,mentee\r\nhope,before,5\r\nanswered,before,12\r\nhope,after,4\r\nfriends,after,mentioned\r\nanswered,after,9\r\n"
    );
}

#[test]
fn a_codebook_that_does_not_fit_is_a_finding() {
    for (from, to, code, words) in [
        ("level: finance", "level: financ", "unknown-value", "did you mean `finance`?"),
        (", level: finance", "", "missing-key", "the theme `bursaries` is of no level"),
        (
            "    levels: {faculty: Faculty level, finance: Finance}\n",
            "",
            "unknown-value",
            "give the question its levels",
        ),
        (
            "when: {recommend: \"no\"}",
            "when: {recomend: \"no\"}",
            "unknown-question",
            "did you mean `recommend`?",
        ),
        ("when: {recommend: \"no\"}", "when: {recommend: \"non\"}", "unknown-option", "did you mean `no`?"),
        ("when: {recommend: \"no\"}", "when: {}", "wrong-type", "names one question with one answer"),
        ("id: friends", "id: hope", "duplicate-id", "two themes have the id `hope`"),
        (
            "type: choose-one",
            "type: choose-one\n    themes: [{id: a, label: A}]",
            "unknown-key",
            "`recommend` is no free text, and has themes",
        ),
    ] {
        let site = site("codebook", "Text.");
        site.edit(SURVEY, from, to);
        site.run(&["build"]).expect_code(1).expect(&format!("error[{code}]")).expect(words);
    }
}

#[test]
fn themes_of_a_release_that_do_not_fit_are_findings() {
    for (from, to, code, words, exit) in [
        ("hope: 5", "hop: 5", "unknown-option", "did you mean `hope`?", 1),
        ("hope: 5", "hope: 13", "count-above-base", "13 of 12 who answered", 1),
        ("hope: 5", "hope: 2", "policy-band", "write `hope: few`", 3),
        ("hope: 5", "hope: {percent: 42}", "policy-percentage", "42 per cent of 12 people", 3),
        (
            "future: {everyone: {share: mentioned",
            "future: {everyone: {share: 2",
            "policy-band",
            "`share` is 2 of 22",
            3,
        ),
        (
            "    mentor: {hope: withheld",
            "    everyone: {hope: withheld",
            "release-shape",
            "of everyone and of a group",
            1,
        ),
        (
            "    mentor: {hope: withheld",
            "    mentr: {hope: withheld",
            "unknown-group",
            "did you mean `mentor`?",
            1,
        ),
    ] {
        let site = site("release", "Text.");
        site.edit(RELEASE, from, to);
        site.run(&["build"]).expect_code(exit).expect(&format!("error[{code}]")).expect(words);
    }
    let site = site("whole", "::table{questions=gains}");
    site.edit(RELEASE, "mentor: {hope: withheld, friends: 4}", "mentor: few");
    site.run(&["build"]).expect_code(1).expect("error[release-shape]: this cannot stand for all themes");
    site.edit(RELEASE, "mentor: few", "mentor: withheld");
    site.build();
    assert!(site.page(&format!("{DATA}/gains.csv")).contains("\r\nskills,mentioned,withheld\r\n"));
}

const IN_PRINT: &str =
    "{policy: as-published, source: \"doi:10.1/x\", reason: In print., approved_by: the committee}";

/// Whoever spoke of it gave the answer: its count says how many did at least, and to mention it that somebody did.
#[test]
fn a_theme_says_no_more_than_the_answer_it_belongs_to() {
    let of_mentees = |themes: &str| {
        let site = site("of-answer", "::table{questions=why}");
        site.edit(
            RELEASE,
            "why: {everyone: {time: mentioned, people: mentioned}}",
            &format!("why: {{mentee: {themes}}}"),
        );
        site
    };
    let rule =
        "rule: themes of an answer that min_group 6 or more gave, by an exact count (policy small-survey)";
    for shown in ["mentioned", "few", "4", "{percent: 50}"] {
        of_mentees(&format!("{{time: {shown}}}"))
            .run(&["build"])
            .expect_code(3)
            .expect("error[policy-group-size]: `time` of `mentee` belongs to the answer `no` to `recommend`, and 4 gave it")
            .expect(rule)
            .expect("write `time: withheld`");
    }
    for kept_back in ["withheld", "unpublished"] {
        of_mentees(&format!("{{time: {kept_back}}}")).build();
    }
    let hidden = of_mentees("{people: mentioned}");
    hidden.edit(RELEASE, "{\"yes\": 8, \"no\": 4}", "{\"yes\": nearly-all, \"no\": few}");
    hidden.run(&["build"]).expect_code(3).expect("and no exact count of it is shown").expect(rule);
    // Of everyone it is the groups together, where each is known.
    let everyone = site("of-everyone", "Text.");
    everyone.edit(RELEASE, "{counts: {\"yes\": 7, \"no\": 3}}", "withheld");
    everyone.run(&["build"]).expect_code(3).expect("`people` of `everyone` belongs to the answer `yes`");
    // The bands are those of the eight who said yes, and not of the twelve who answered.
    of_mentees("{people: 6}").run(&["build"]).expect_code(3).expect("`people` is 6 of 8");
    of_mentees("{people: 9}")
        .run(&["build"])
        .expect("error[totals-do-not-fit]: `people` is 9, and 8 gave the answer `yes` to `recommend`");
    let in_print = of_mentees("{people: 9}");
    in_print.edit(RELEASE, "{policy: small-survey}", IN_PRINT);
    in_print.run(&["build"]).expect_code(1).expect("error[totals-do-not-fit]");
}

#[test]
fn themes_of_an_answer_stand_under_the_number_who_gave_it() {
    let site = site(
        "of-those",
        "Of :n[why.people]{group=mentee as=of}.\n\n::table{questions=why}\n\n::figure{question=why kind=themes}",
    );
    site.edit(RELEASE, "why: {everyone: {time: mentioned, people: mentioned}}", "why: {mentee: {people: 5}}");
    site.build();
    let page = site.page(PAGE);
    assert!(page.contains("Of 5 of 8."), "{page}");
    assert!(page.contains("<th scope=\"col\">Mentees <span class=\"n\">(n = 8)</span></th>"), "{page}");
    assert!(page.contains("Mentees (n = 8)") && !page.contains("n = 12"), "{page}");
    site.edit(REPORT, " as=of", "");
    site.edit(RELEASE, "{policy: small-survey}", IN_PRINT);
    site.edit(RELEASE, "{counts: {\"yes\": 8, \"no\": 4}}", "unpublished");
    site.build();
    assert!(site.page(PAGE).contains("<th scope=\"col\">Mentees</th>"), "nobody says how many gave it");
}

/// That one of four mentors spoke of it is hardly less than who.
#[test]
fn a_small_group_mentions_nothing() {
    let small = |name: &str| {
        let site = site(name, "Text.");
        site.edit(RELEASE, "mentor: {answered: 10}", "mentor: {answered: 5}");
        site.edit(RELEASE, "{counts: {contacts: 5}}", "withheld");
        site.edit(RELEASE, "{counts: {\"yes\": 7, \"no\": 3}}", "withheld");
        site.edit(
            RELEASE,
            "why: {everyone: {time: mentioned, people: mentioned}}",
            "why: {everyone: withheld}",
        );
        site
    };
    let by_group = small("mentioned-few");
    by_group.edit(RELEASE, "{hope: withheld, friends: 4}", "{hope: withheld, friends: mentioned}");
    let run = by_group.run(&["build"]).expect_code(3);
    run.expect("error[policy-group-size]: `gains` of `mentor` is shown, and 5 answered")
        .expect("write `mentor: withheld`");
    by_group.edit(RELEASE, "{hope: withheld, friends: mentioned}", "withheld");
    by_group.build();
    // So it is where nobody says how many a group is; of everyone together it may be mentioned then.
    by_group.edit(RELEASE, "mentor: {answered: 5}", "mentor: {answered: not-reported}");
    by_group.build();
    by_group.edit(RELEASE, "future: {everyone: {share: mentioned", "future: {everyone: {share: 4");
    by_group
        .run(&["build"])
        .expect_code(3)
        .expect("`future` of `everyone` is shown, and a number that is not reported answered");
    by_group.edit(RELEASE, "share: 4", "share: mentioned");
    by_group.edit(
        RELEASE,
        "skills: mentioned}\n    mentor: withheld",
        "skills: mentioned}\n    mentor: {hope: mentioned}",
    );
    by_group.run(&["build"]).expect_code(3).expect("`gains` of `mentor` is shown");
}

/// Sessions and written accounts have no number who answered.
#[test]
fn what_was_gathered_is_of_no_number() {
    let site = site("gathered", "::table{questions=gains}");
    site.edit(
        SURVEY,
        "ask: What have you gained?\n    type: text",
        "ask: What have you gained?\n    type: gathered",
    );
    let run = site.run(&["build"]).expect_code(3);
    run.expect("error[policy-group-size]: `hope` was gathered, and of how many people is not known")
        .expect("write `hope: mentioned`, or `withheld`");
    for (from, to) in [("hope: 5, friends: few", "hope: mentioned"), ("friends: 4", "friends: mentioned")] {
        site.edit(RELEASE, from, to);
    }
    site.build();
    assert!(site.page(&format!("{DATA}/gains.csv")).ends_with("answered,not reported,not reported\r\n"));
    // Figures in print may count what was gathered, and of how many is not said.
    site.edit(RELEASE, "{policy: small-survey}", IN_PRINT);
    site.edit(RELEASE, "hope: mentioned", "hope: 14");
    site.build();
    let page = site.page(PAGE);
    assert!(page.contains("<th scope=\"col\">Mentees</th>") && page.contains("<td>14</td>"), "{page}");
}

/// 40% may be two of five.
#[test]
fn a_percentage_of_themes_without_its_base_says_so() {
    let site = site("unbased", "::table{questions=gains}\n\n::figure{question=gains kind=themes}");
    site.edit(RELEASE, "{policy: small-survey}", IN_PRINT);
    site.edit(RELEASE, "hope: 5", "hope: {percent: 40}");
    site.build();
    let sentence = "may be one of two people";
    assert!(!site.page(PAGE).contains("n not reported") && !site.page(PAGE).contains(sentence));
    site.edit(
        SURVEY,
        "ask: What have you gained?\n    type: text",
        "ask: What have you gained?\n    type: gathered",
    );
    site.build();
    let page = site.page(PAGE);
    assert!(
        page.contains("<th scope=\"col\">Mentees <span class=\"n\">(n not reported)</span></th>"),
        "{page}"
    );
    assert!(page.contains("Mentees (n not reported)</text>"), "{page}");
    assert!(page.contains("<th scope=\"col\">Mentors</th>"), "a count needs no such words: {page}");
    assert!(page.contains(sentence), "{page}");
}

#[test]
fn themes_of_who_was_not_asked_are_a_finding() {
    let site = site("asked", "Text.");
    site.edit(SURVEY, "ask: What have you gained?\n", "ask: What have you gained?\n    asked_of: [mentee]\n");
    site.run(&["build"]).expect_code(1).expect("error[not-asked]: `gains` was not asked of `mentor`");
    let site = self::site("asked-later", "Text.");
    site.edit(SURVEY, "ask: What have you gained?\n", "ask: What have you gained?\n    since: \"2024\"\n");
    site.run(&["build"])
        .expect_code(1)
        .expect("error[not-asked]: `gains` was not asked in the edition `2023`")
        .expect("see its `since` and `until`");
}

#[test]
fn what_asks_for_no_theme_is_a_finding() {
    for (text, code, words) in [
        (":n[gains.hop]{group=mentee}", "unknown-option", "did you mean `hope`?"),
        (":n[gains.hope]", "unknown-group", "name the group: {group=mentee} or {group=mentor}"),
        (":n[gains.skills]{group=mentor}", "not-published", "says nothing of the theme `skills`"),
        (":n[gains.skills]{group=mentees}", "unknown-group", "did you mean `mentee`?"),
        (":themes[futur]", "unknown-question", "did you mean `future`?"),
        (":themes[wanted]", "not-published", "the release has no themes of `wanted`"),
        (":themes[future.facult]", "unknown-option", "did you mean `faculty`?"),
        (":themes[gains.faculty]", "unknown-option", "have no levels: write :themes[gains]"),
        (":themes[gains]{as=of}", "unknown-value", "a number cannot stand as `of`"),
        (":themes[gains]{group=mentee}", "unknown-key", "`themes` has no key `group`"),
        ("::figure{question=gains kind=bars}", "figure-kind", "draw it as `themes`"),
        ("::figure{question=wanted kind=themes}", "figure-kind", "draw it as `bars`"),
    ] {
        let site = site("asks", text);
        site.run(&["build"]).expect_code(1).expect(&format!("error[{code}]")).expect(words);
    }
}
