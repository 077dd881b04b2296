//! `mentorpress audit`, what `build` refuses by it, and the promise on a report.

mod support;

use mentorpress::diagnostic::Diagnostics;
use mentorpress::evaluation::examine;
use mentorpress::source::Sources;
use serde_json::Value;
use support::{RELEASE, Run, SURVEY, Site};

const FOLDER: &str = "content/evaluations/aimms";

/// Three options of which each must choose one at least: with six people and three ranges each was chosen by two.
const TIGHT: &str = "\
title: An evaluation
groups: {mentee: Mentees}
questions:
  - id: wanted
    ask: What do you hope for?
    type: choose-all
    required: true
    options:
      - {id: advice, label: Advice}
      - {id: contacts, label: Contacts}
      - {id: other, label: Other, other: true}
disclosure: {policy: small-survey}
report: {authors: [{family: Sample, given: Author}]}
";

fn release(policy: &str, answered: u32, counts: &str) -> String {
    format!(
        "edition: \"2023\"\ncollected: 2023-07\nincludes: none\ndisclosure: {policy}\nrespondents: {{mentee: {{answered: {answered}}}}}\nanswers:\n  wanted:\n    mentee: {{counts: {counts}}}\n"
    )
}

fn site(survey: &str, release: &str) -> Site {
    Site::with_survey("audit")
        .file(&format!("{FOLDER}/survey.yaml"), survey)
        .file(&format!("{FOLDER}/releases/2023.yaml"), release)
        .file(
            &format!("{FOLDER}/reports/2023.md"),
            "---\ntitle: Evaluation 2023\nkind: report\ndate: 2023-09-01\n---\n\n:ref[table-wanted] has it.\n\n::table{questions=wanted caption=Hopes}\n",
        )
}

fn tight(counts: &str) -> Site {
    site(TIGHT, &release("{policy: small-survey}", 6, counts))
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).expect("JSON")
}

const FEW: &str = "{advice: few, contacts: few, other: few}";
const PROMISE: &str =
    "has at least three possible values for any reader, and at least two for a reader who took part";
const REPORT: &str = "reports/aimms/2023/index.html";

#[test]
fn what_is_given_away_is_refused_and_told() {
    let site = tight(FEW);
    let run = site.run(&["build"]).expect_code(3).expect("error[disclosure-determined]");
    assert!(!site.has("index.html"), "{}", run.console());
    site.run(&["check"]).expect_code(3).expect("error[disclosure-determined]");
    site.run(&["audit"])
        .expect_code(3)
        .expect("error[disclosure-determined]")
        .expect("aimms 2023 (policy small-survey): refused, 1 of what was looked at")
        .expect("wanted, mentee (6 answered): refused")
        .expect("advice: what is published determines it");
    let whole = json(&site.run(&["audit", "--format", "json"]).expect_code(3));
    assert_eq!(whole["exit"], 3);
    assert_eq!(whole["findings"][0]["code"], "disclosure-determined");
    let question = &whole["releases"][0]["questions"][0];
    assert_eq!(
        (&question["verdict"], &question["counts"][0]["determined"]),
        (&"refused".into(), &true.into())
    );
    let said = site.run(&["audit", "--format", "github"]).expect_code(3).stdout;
    assert!(said.starts_with("::error file=content/evaluations/aimms/releases/2023.yaml,line=8"), "{said}");
}

#[test]
fn a_quotation_in_ones_own_words_counts_who_chose_that_answer() {
    let site = site(TIGHT, &release("{policy: small-survey}", 9, "{advice: 5, contacts: 6, other: few}"));
    site.build();
    let quote = |id: &str| {
        format!(
            "- {{id: {id}, question: wanted, group: mentee, text: \"Somebody to talk to, and time.\", consent: true}}\n"
        )
    };
    site.write(&format!("{FOLDER}/quotes.yaml"), &quote("talk"));
    site.run(&["build"])
        .expect_code(3)
        .expect("error[disclosure-narrow]: `other` of `mentee` to `wanted`: 2 values are left for any reader, and 3 are promised")
        .expect("content/evaluations/aimms/quotes.yaml");
    site.write(&format!("{FOLDER}/quotes.yaml"), &(quote("talk") + &quote("time")));
    site.run(&["build"]).expect_code(3).expect("error[disclosure-determined]: `other` of `mentee`");
}

#[test]
fn what_was_not_offered_is_nobodys_answer() {
    let with = |groups: &str| {
        let survey = TIGHT.replace("{mentee: Mentees}", "{mentee: Mentees, mentor: Mentors}").replace(
            "label: Other, other: true}",
            &format!("label: Other, other: true}}\n      - {{id: time, label: Time, asked_of: {groups}}}"),
        );
        let time = if groups.contains("mentee") { ", time: withheld" } else { "" };
        let counts = format!("{{advice: few, contacts: few, other: few{time}}}");
        let text = release("{policy: small-survey}", 6, &counts)
            .replace("mentee: {answered: 6}", "mentee: {answered: 6}, mentor: {answered: 9}");
        site(&survey, &format!("{text}    mentor: withheld\n"))
    };
    // Six who chose one each of three, and three ranges: each was chosen by two. A fourth that only mentors could choose, and that
    // is no row of theirs, changes nothing; one that is withheld leaves room.
    with("[mentor]").run(&["check"]).expect_code(3).expect("error[disclosure-determined]");
    with("[mentee, mentor]").run(&["check"]).expect_code(0);
}

/// Two groups, of which one is a single person, and what they wrote.
const THEMES: &str = "\
title: An evaluation
groups: {mentee: Mentees, mentor: Mentors}
questions:
  - {id: harder, ask: Has it been harder?, type: choose-one, asked_of: [mentee], options: [{id: \"yes\", label: \"Yes\"}, {id: \"no\", label: \"No\"}]}
  - id: why
    ask: Why?
    type: text
    themes: [{id: time, label: Time}, {id: money, label: Money, when: {harder: \"yes\"}}]
    show: SHOWN
disclosure: {policy: small-survey}
report: {authors: [{family: Sample, given: Author}]}
";

fn themes(shown: &str, policy: &str, respondents: &str, yes: &str, themes: &str) -> Site {
    let release = format!(
        "edition: \"2023\"\ncollected: 2023-07\nincludes: none\ndisclosure: {policy}\nrespondents: {respondents}\nanswers: {{harder: {{mentee: {yes}}}}}\nthemes: {{why: {themes}}}\n"
    );
    let survey = THEMES.replace("SHOWN", shown).replace("{policy: small-survey}", policy);
    site(&survey, &release).file(
        &format!("{FOLDER}/reports/2023.md"),
        "---\ntitle: Evaluation 2023\nkind: report\ndate: 2023-09-01\n---\n\n::table{questions=harder}\n",
    )
}

#[test]
fn a_theme_of_everyone_is_of_the_groups_together() {
    let of = |mentors: u32| {
        let respondents =
            format!("{{mentee: {{answered: {}}}, mentor: {{answered: {mentors}}}}}", 13 - mentors);
        let yes = "{counts: {\"yes\": 7, \"no\": NO}}".replace("NO", &(6 - mentors).to_string());
        themes("{everyone: counts}", "{policy: small-survey}", &respondents, &yes, "{everyone: {time: 5}}")
    };
    // Beside one mentor five of everyone are four mentees or five.
    of(1).run(&["check"]).expect_code(3).expect(
        "error[disclosure-narrow]: `time` of `mentee` to `why`: 2 values are left for any reader, and 3 are promised",
    );
    of(3).run(&["check"]).expect_code(0);
}

#[test]
fn a_theme_of_a_rounded_number_is_looked_at() {
    let policy = "{policy: as-published, source: \"doi:10.1234/sample\", reason: In print., approved_by: the committee}";
    let respondents = "{mentee: {answered: {rounded: 4, to: 2}}, mentor: {answered: 9}}";
    let counts = "{answered: 4, counts: {\"yes\": 2, \"no\": 2}}";
    let given = "{mentee: {time: {percent: 33}, money: 2}, mentor: {time: 4}}";
    let site = themes("counts", policy, respondents, counts, given);
    // Of three people or four a third is one of three.
    site.run(&["audit", "--explain", "why.time"])
        .expect_code(0)
        .expect("`why.time` of `mentee`: what is published is `33 %`, and 3 people answered")
        .expect("Any reader can tell that it is 1.");
    // A theme of those who gave an answer is of as many as gave it.
    site.run(&["audit", "--explain", "why.money"])
        .expect_code(0)
        .expect("`why.money` of `mentee`: what is published is `2`, and 2 people answered");
}

#[test]
fn a_mean_near_the_end_of_its_scale_is_refused() {
    let stars = SURVEY.replace(
        "disclosure:",
        "  - {id: stars, ask: How many?, type: stars, from: 1, to: 5, asked_of: [mentor], show: mean}\ndisclosure:",
    );
    let with =
        |mean: &str| RELEASE.replace("answers:", &format!("answers:\n  stars: {{mentor: {{mean: {mean}}}}}"));
    let site = Site::with_survey("mean").file(&format!("{FOLDER}/survey.yaml"), &stars);
    for (mean, code) in [("4.6", 3), ("1.4", 3), ("3.9", 0), ("withheld", 0)] {
        site.write(&format!("{FOLDER}/releases/2023.yaml"), &with(mean));
        let run = site.run(&["build"]).expect_code(code);
        assert_eq!(run.stderr.contains("error[disclosure-mean]"), code == 3, "{mean}\n{}", run.console());
    }
}

#[test]
fn plain_words_say_what_can_be_told() {
    let run = Site::with_survey("plain").run(&["audit", "--explain", "wanted.contacts"]).expect_code(0);
    let expected = "aimms 2023: `wanted.contacts` of `mentee`: what is published is `few`, and 12 people answered the question. \
        It was looked at together with `wanted.advice` of `mentee` (7). For a reader it can be 0 to 2: 3 possible values. For somebody who took part and knows her own answer, at least 2 values are left \
        for how many of the others gave it. That is allowed: 3 values are needed for a reader (min_width 2) and 2 for those who took part \
        (min_width_insider 1), or as many as there can be among so few.\n\n\
        aimms 2023: `wanted.contacts` of `mentor`: what is published is `5`, and 10 people answered the question. \
        Any reader can tell that it is 5. That is allowed: it lies 3 or more away from nobody and from everybody (band 3).\n\n";
    assert_eq!(run.stdout, expected);
    tight(FEW)
        .run(&["audit", "--explain", "wanted"])
        .expect_code(3)
        .expect("Any reader can tell that it is 2. This is refused: what is published determines it.");
    let site = Site::with_survey("plain");
    site.run(&["audit", "--explain", "wanted.contact"]).expect_code(2).expect("did you mean `contacts`");
    site.run(&["audit", "--survey", "aims"]).expect_code(2).expect("did you mean `aimms`");
    site.run(&["audit", "--edition", "2022"])
        .expect_code(2)
        .expect("there is no release of the edition `2022`");
    site.run(&["audit", "--survey", "aimms", "--edition", "2023"]).expect_code(0).expect("aimms 2023");
}

#[test]
fn what_a_loose_policy_leaves_open_is_for_the_author_alone() {
    let policy = "{policy: as-published, source: \"doi:10.1234/sample\", reason: In print., approved_by: the committee}";
    let site = site(
        &TIGHT.replace("{policy: small-survey}", policy),
        &release(policy, 6, "{advice: 6, contacts: 1, other: 0}"),
    );
    site.build();
    let page = site.page(REPORT);
    assert!(!page.contains(PROMISE) && !page.contains("mentorpress audit"), "{page}");
    site.run(&["audit"])
        .expect_code(0)
        .expect("for review: 1 of what was looked at is open, and the policy refuses nothing")
        .expect("contacts: what is published determines it");
    site.run(&["audit", "--explain", "wanted.other"]).expect_code(0).expect(
        "The policy as-published refuses nothing; this is left open: what is published determines it.",
    );
}

#[test]
fn the_promise_stands_where_it_holds() {
    let site = Site::with_survey("promise");
    site.build();
    assert!(site.page(REPORT).contains(PROMISE));
    // Other numbers, other words.
    let policy = "{policy: small-survey, band: 4, min_group: 7, min_width: 3, coalition: 2}";
    let numbers = |text: &str| text.replace("{policy: small-survey}", policy);
    site.write(&format!("{FOLDER}/survey.yaml"), &numbers(SURVEY));
    site.write(&format!("{FOLDER}/releases/2023.yaml"), &numbers(RELEASE));
    site.build();
    let page = site.page(REPORT);
    assert!(
        page.contains("has at least 4 possible values for any reader, and at least 2 for 2 who took part"),
        "{page}"
    );
    // Somebody decided that the policy does not bind everywhere.
    let exception = "{policy: small-survey, exceptions: [{cells: \"*/wanted/mentee\", reason: agreed, approved_by: all}]}";
    site.write(&format!("{FOLDER}/survey.yaml"), &SURVEY.replace("{policy: small-survey}", exception));
    site.write(
        &format!("{FOLDER}/releases/2023.yaml"),
        &RELEASE.replace("{policy: small-survey}", exception),
    );
    site.build();
    assert!(!site.page(REPORT).contains(PROMISE));
    // Two releases about the same people are not set against each other.
    site.write(&format!("{FOLDER}/survey.yaml"), SURVEY);
    site.write(&format!("{FOLDER}/releases/2023.yaml"), RELEASE);
    let correction = RELEASE.replace(
        "edition: \"2023\"",
        "edition: \"2023.2\"\ncorrects: \"2023\"\ndate: 2023-10-01\nreason: One answer was read wrongly.",
    );
    site.write(&format!("{FOLDER}/releases/2023.2.yaml"), &correction);
    site.build();
    assert!(!site.page(REPORT).contains(PROMISE));
}

/// Every way to publish a question of some options of which the last `hidden` are withheld: which of them are refused.
fn refused(keys: &str, options: usize, hidden: usize, n: usize) -> Vec<String> {
    let exact = (3..=n - 3).map(|count| count.to_string());
    let words: Vec<String> = exact.chain(["few".to_owned(), "nearly-all".to_owned()]).collect();
    let mut displays: Vec<Vec<&str>> = vec![Vec::new()];
    for _ in 0..options - hidden {
        let with = |before: Vec<_>| {
            let more = words.iter().map(move |word| before.iter().copied().chain([word.as_str()]).collect());
            more.collect::<Vec<Vec<&str>>>()
        };
        displays = displays.into_iter().flat_map(with).collect();
    }
    let mut sources = Sources::default();
    let list: Vec<String> =
        (0..options).map(|option| format!("{{id: o{option}, label: {option}}}")).collect();
    let survey = format!(
        "title: A survey\ngroups: {{a: A}}\nquestions:\n  - {{id: q, ask: What?, type: choose-all, {keys}, options: [{}]}}\ndisclosure: {{policy: small-survey}}\n",
        list.join(", ")
    );
    for (place, display) in displays.iter().enumerate() {
        let words = display.iter().copied().chain(std::iter::repeat_n("withheld", hidden));
        let counts: Vec<String> =
            words.enumerate().map(|(option, word)| format!("o{option}: {word}")).collect();
        let release = format!(
            "edition: \"2025\"\ncollected: 2025-06\nincludes: none\ndisclosure: {{policy: small-survey}}\nrespondents: {{a: {{answered: {n}}}}}\nanswers: {{q: {{a: {{counts: {{{}}}}}}}}}\n",
            counts.join(", ")
        );
        sources.add_builtin(&format!("content/evaluations/s{place}/survey.yaml"), &survey);
        sources.add_builtin(&format!("content/evaluations/s{place}/releases/2025.yaml"), &release);
    }
    let examined = examine(&sources, &mut Diagnostics::new());
    let leaks = examined.iter().filter_map(|examined| {
        // Figures that cannot be do not come from answers; the judge finds most of them.
        let report = examined.report.as_ref()?;
        let is_open = report.looked.iter().any(|looked| looked.is_open() && looked.trouble.is_none());
        let place: usize = examined.survey[1..].parse().expect("a number");
        is_open.then(|| displays[place].join(" "))
    });
    leaks.collect()
}

/// Which options `protect` shows of such questions is decided before anybody looks at an answer: so whatever was answered must
/// pass. And it shows no less than it has to.
#[test]
fn what_is_shown_of_a_compulsory_question_passes_whatever_was_answered() {
    let none: [String; 0] = [];
    for n in 6..=9 {
        assert_eq!(refused("required: true", 2, 0, n), none, "{n}");
        for options in 3..=4 {
            assert_eq!(refused("required: true", options, 1, n), none, "{n}, {options}");
            assert_ne!(refused("required: true", options, 0, n), none, "{n}, {options}");
        }
        // At most as many as all but one.
        for options in 3..=4 {
            let keys = format!("max_choices: {}", options - 1);
            assert_eq!(refused(&keys, options, 1, n), none, "{n}, {options}");
            assert_ne!(refused(&keys, options, 0, n), none, "{n}, {options}");
        }
        assert_ne!(
            refused("max_choices: 2", 4, 1, n),
            none,
            "{n}: with the last hidden it is still too much"
        );
    }
}

#[test]
fn protect_hides_what_ranges_could_add_up_to() {
    let shown = |keys: &str| {
        let survey = format!(
            "title: An evaluation\ngroups: {{mentee: Mentees}}\nquestions:\n  - {{id: wanted, ask: What?, type: choose-all, {keys}options: [{{id: advice, label: Advice}}, {{id: contacts, label: Contacts}}, {{id: plan, label: A plan}}, {{id: other, label: Other}}]}}\neditions: {{2023: {{collected: not-reported}}}}\nforms: [{{file: answers.csv, group: mentee}}]\ndisclosure: {{policy: small-survey}}\nreport: {{authors: [{{family: Sample, given: Author}}]}}\n"
        );
        let rows: String = (1..=9).map(|row| format!("{row},Advice;Other;\n")).collect();
        let site = Site::with_survey("hides")
            .file(&format!("{FOLDER}/survey.yaml"), &survey)
            .file("private/evaluations/aimms/answers.csv", &format!("ID,What?\n{rows}"));
        site.remove(&format!("{FOLDER}/releases/2023.yaml"));
        let arguments = ["protect", "--edition", "2023", "--dry-run", "--date", "2023-07-01"];
        site.run(&arguments).expect_code(0).stdout
    };
    let whole = shown("");
    assert!(whole.contains("other nearly all"), "{whole}");
    for keys in ["required: true, ", "max_choices: 3, "] {
        let last = shown(keys);
        assert!(last.contains("advice nearly all") && last.contains("other withheld"), "{last}");
        assert!(
            last.contains("`other`, the last option, is never shown: with it ranges could add up"),
            "{last}"
        );
    }
    let none = shown("max_choices: 2, ");
    assert!(none.contains("mentee: withheld"), "{none}");
    assert!(
        none.contains("nobody chose more than 2 of 4 options, and ranges of several would add up"),
        "{none}"
    );
}

#[test]
fn a_long_list_of_options_is_audited_at_once() {
    // Forty options with as many numbers, and a scale of eleven points with a mean.
    let options: String =
        (0..40).map(|place| format!("      - {{id: o{place}, label: Option {place}}}\n")).collect();
    let survey = format!(
        "title: An evaluation\ngroups: {{mentee: Mentees}}\nquestions:\n  - id: wanted\n    ask: What?\n    type: choose-all\n    required: true\n    max_choices: 30\n    options:\n{options}  - {{id: score, ask: How much?, type: score, from: 0, to: 10, show: mean}}\ndisclosure: {{policy: small-survey}}\nreport: {{authors: [{{family: Sample, given: Author}}]}}\n"
    );
    let counts: Vec<String> = (0..40)
        .map(|place| match place % 5 {
            0 => format!("o{place}: few"),
            1 => format!("o{place}: withheld"),
            rest => format!("o{place}: {}", 3 + place % 9 + rest),
        })
        .collect();
    let text = release("{policy: small-survey}", 40, &format!("{{{}}}", counts.join(", ")));
    let site = site(&survey, &format!("{text}  score: {{mentee: {{mean: 6.3}}}}\n"));
    site.run(&["audit"]).expect_code(0).expect("aimms 2023 (policy small-survey): passes");
}
