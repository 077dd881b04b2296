//! Which display a question gets is fixed by survey.yaml, the policy and how many answered: whatever people answered, a release
//! has the same cells, and only the symbols in them differ.

mod support;

use support::{Run, Site};

const FOLDER: &str = "content/evaluations/aimms";
const EXPORT: &str = "private/evaluations/aimms/form.csv";

const SURVEY: &str = "\
title: An evaluation
groups: {mentee: Mentees}
questions:
  - {id: stars, ask: How many stars?, type: stars, from: 1, to: 5, tops: {high: [4, 5]}, show: {mentee: [mean, high]}}
  - {id: score, ask: How sure are you?, type: score, from: 0, to: 10, tops: {high: [7, 10]}, show: {mentee: [high, mean, range]}}
  - {id: again, ask: Would you come again?, type: choose-one, options: [{id: \"yes\", label: \"Yes\"}, {id: \"no\", label: \"No\"}]}
  - {id: how, ask: How did you meet?, type: choose-one, options: [{id: online, label: Online}, {id: room, label: In a room}, {id: both, label: Both}]}
  - {id: gained, ask: What have you gained?, type: choose-all, required: true, options: [{id: advice, label: Advice}, {id: contacts, label: Contacts}, {id: nothing_yet, label: Nothing, exclusive: true}, {id: cannot_say, label: Cannot say, exclusive: true}]}
forms: [{file: form.csv, dates: iso}]
editions: {\"2026\": {collected: [2026-01, 2026-03], includes: none}}
disclosure: {policy: small-survey}
report: {authors: [{family: Sample, given: Author}]}
";

/// What one person answered, question by question.
type Sheet = [String; 5];

fn site(sheets: &[Sheet]) -> Site {
    let header = "ID,Start time,Completion time,Email,Name,How many stars?,How sure are you?,Would you come again?,How did you meet?,What have you gained?\n";
    let rows = sheets.iter().zip(1..).map(|(sheet, id)| {
        format!("{id},2026-02-01 10:00:00,2026-02-01 10:09:00,anonymous,,{}\n", sheet.join(","))
    });
    Site::small("simulatable")
        .file(&format!("{FOLDER}/survey.yaml"), SURVEY)
        .file(EXPORT, &(header.to_owned() + &rows.collect::<String>()))
}

fn protect(site: &Site) -> Run {
    site.run(&["protect", "--date", support::TODAY])
}

fn release(sheets: &[Sheet]) -> String {
    let site = site(sheets);
    protect(&site).expect_code(0);
    site.source(&format!("{FOLDER}/releases/2026.yaml"))
}

/// n people who answered alike in each question, but for as many as are told apart.
fn sheets(n: usize, stars: [usize; 2], score: usize, apart: usize) -> Vec<Sheet> {
    let sheet = |at: usize| {
        let is_apart = at < apart;
        [
            stars[usize::from(is_apart)].to_string(),
            if is_apart { 10 - score } else { score }.to_string(),
            if is_apart { "Yes" } else { "No" }.to_owned(),
            if is_apart { "Online" } else { "Both" }.to_owned(),
            if is_apart { "Advice;Contacts;" } else { "Cannot say;" }.to_owned(),
        ]
    };
    (0..n).map(sheet).collect()
}

/// A release's lines, with a mark in the place of every count, range and statistic: what it shows, and not what that says.
fn displays(release: &str) -> Vec<String> {
    let answers = release.split("\nanswers:").nth(1).expect("answers").split("\nseal:").next().expect("them");
    let mark = |text: &str| {
        let words: Vec<&str> = text.split_inclusive([' ', ',', '{', '}']).collect();
        let mark = |word: &str| {
            let bare = word.trim_end_matches([' ', ',', '{', '}']);
            let is_symbol = bare == "few" || bare == "nearly-all" || bare.parse::<f64>().is_ok();
            if is_symbol { word.replace(bare, "…") } else { word.to_owned() }
        };
        words.into_iter().map(mark).collect::<String>()
    };
    answers.lines().filter(|line| !line.trim_start().starts_with('#')).map(mark).collect()
}

#[test]
fn whatever_was_answered_a_release_has_the_same_cells() {
    let usual = displays(&release(&sheets(9, [3, 4], 5, 4)));
    for (stars, score) in [([1, 1], 0), ([5, 5], 10), ([4, 5], 7), ([2, 3], 3)] {
        for apart in [0, 1, 2, 3, 5, 8, 9] {
            let other = displays(&release(&sheets(9, stars, score, apart)));
            // A mean that is too near to an end is a symbol for that, and the only one that is a word.
            let as_mean = |line: &String| line.replace("mean: withheld", "mean: …");
            let (usual, other): (Vec<_>, Vec<_>) =
                (usual.iter().map(as_mean).collect(), other.iter().map(as_mean).collect());
            assert_eq!(usual, other, "{stars:?}, {score}, {apart} apart");
        }
    }
}

#[test]
fn nothing_takes_the_place_of_a_mean_that_is_withheld() {
    // Nine people: a mean of 3.4 may be shown, and one of 4.6 may not.
    for (stars, apart, mean) in [([3, 4], 4, "3.4"), ([4, 5], 5, "withheld"), ([1, 1], 0, "withheld")] {
        let text = release(&sheets(9, stars, 5, apart));
        let (_, of_stars) = text.split_once("\n  stars:").expect("the stars");
        let of_stars = &of_stars[..of_stars.find("\n  score:").expect("the score")];
        assert!(of_stars.contains(&format!("mean: {mean}")), "{of_stars}");
        assert!(of_stars.contains("high: withheld"), "{of_stars}");
    }
}

#[test]
fn a_group_begins_at_min_group() {
    for (n, is_shown) in [(5, false), (6, true)] {
        let text = release(&sheets(n, [3, 4], 5, 3));
        assert_eq!(text.contains("\"yes\": 3"), is_shown, "{n}\n{text}");
        assert_eq!(displays(&text).iter().any(|line| line.contains('…')), is_shown, "{n}\n{text}");
    }
}

/// Nine filled in the form, and one of them left the stars out: eight answered, and their mean is of eight.
#[test]
fn whoever_leaves_a_question_out_did_not_answer_it() {
    let mut sheets = sheets(9, [3, 4], 5, 5);
    sheets[0][0] = String::new();
    let text = release(&sheets);
    assert!(text.contains("\n  mentee: {answered: 9}\n"), "{text}");
    assert!(text.contains("mentee: {answered: 8, mean: 3.5, tops: {high: withheld}}"), "{text}");
}
