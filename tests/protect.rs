//! Invented exports of the four forms of the AIMMS evaluation, and what comes of them: the published figures, from the
//! workbooks and from CSV alike, and nothing else.

mod support;

use mentorpress::source::Sources;
use mentorpress::yaml::{self, Kind, Node};
use rust_xlsxwriter::Workbook;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use support::{Run, Site};

const SURVEY: &str = "content/evaluations/aimms/survey.yaml";
const RELEASE: &str = "content/evaluations/aimms/releases/2022-23.yaml";
const EXPORTS: &str = "private/evaluations/aimms/";
const FORMS: [&str; 4] = ["baseline-mentee", "baseline-mentor", "six-months-mentee", "six-months-mentor"];

/// The demonstration with the exports, and without the release that is in print.
fn site(name: &str, ending: &str) -> Site {
    let site = Site::demonstration(name);
    for form in FORMS {
        site.bytes(&format!("{EXPORTS}{form}.{ending}"), &export(&format!("{form}.{ending}")));
    }
    site.remove(RELEASE);
    if ending == "csv" {
        for form in FORMS {
            site.edit(SURVEY, &format!("file: {form}.xlsx"), &format!("file: {form}.csv, dates: mdy"));
        }
    }
    site
}

fn export(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms").join(name);
    std::fs::read(path).expect("an export of the tests")
}

fn protect(site: &Site, arguments: &[&str]) -> Run {
    let mut all = vec!["protect", "--date", support::TODAY];
    all.extend(arguments);
    site.run(&all)
}

/// The values of a YAML file by their paths: `answers.wanted.mentee.counts.advice` -> `9`.
fn values(name: &str, text: &str) -> BTreeMap<String, String> {
    fn collect(node: &Node, path: &str, all: &mut BTreeMap<String, String>) {
        match &node.kind {
            Kind::Map(entries) => {
                for entry in entries {
                    let path = if path.is_empty() {
                        entry.key.value.clone()
                    } else {
                        format!("{path}.{}", entry.key.value)
                    };
                    collect(&entry.value, &path, all);
                }
            }
            Kind::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    collect(item, &format!("{path}.{at}"), all);
                }
            }
            Kind::Scalar { text, .. } => _ = all.insert(path.to_owned(), text.clone()),
            Kind::Null => _ = all.insert(path.to_owned(), String::new()),
        }
    }
    let site = Site::empty("values").file(&format!("content/{name}"), text);
    let sources = Sources::read(site.root()).expect("sources");
    let (file, source) = sources.iter().next().expect("a file");
    let mut found = mentorpress::diagnostic::Diagnostics::new();
    let node = yaml::parse(&sources, file, 0..source.text.len(), &mut found).expect("YAML");
    assert!(found.is_empty(), "{found:?}");
    let mut all = BTreeMap::new();
    collect(&node, "", &mut all);
    all
}

/// A table of the facts, its question, and for each row the option that it is in the survey.
type Table = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// The published tables.
const TABLES: [Table; 4] = [
    ("baseline.career_more_challenging", "harder", &[("yes", "yes"), ("no", "no")]),
    (
        "baseline.wanted_from_scheme",
        "wanted",
        &[
            ("professional development", "professional"),
            ("personal development", "personal"),
            ("contacts and networks", "contacts"),
            ("enhance CV or portfolio", "cv"),
            ("practical career advice", "advice"),
            ("support women from ethnic minorities", "support_women"),
            ("general support", "general"),
            ("understand the difficulties faced", "understand"),
            ("other", "other"),
        ],
    ),
    (
        "six_months.developed_personally",
        "personal",
        &[
            ("communication", "communication"),
            ("listening", "listening"),
            ("self-confidence", "confidence"),
            ("leadership", "leadership"),
            ("mentoring skills", "mentoring"),
            ("goal setting", "goals"),
            ("collaborative working", "collaboration"),
            ("dealing with conflict", "conflict"),
            ("negotiating", "negotiating"),
            ("understanding other perspectives", "perspectives"),
            ("balancing competing needs", "balancing"),
            ("work-life balance", "work_life"),
            ("independence", "independence"),
            ("self-reflection", "reflection"),
            ("none", "none"),
            ("other", "other"),
        ],
    ),
    (
        "six_months.developed_professionally",
        "professional",
        &[
            ("networks", "networks"),
            ("academic knowledge and skills", "knowledge"),
            ("management skills", "management"),
            ("productivity", "productivity"),
            ("interview performance", "interviews"),
            ("CV development", "cv"),
            ("insight into career opportunities and promotion", "careers"),
            ("insight into institutional ways of working", "institutions"),
            ("insight into academic life as a woman from an ethnic minority", "minority_life"),
            ("none", "none"),
            ("other", "other"),
        ],
    ),
];

/// Single facts, and where a release says them.
const FACTS: [(&str, &str); 19] = [
    ("n.baseline.mentee", "respondents.baseline.mentee.answered"),
    ("n.baseline.mentor", "respondents.baseline.mentor.answered"),
    ("n.six_months.mentee", "respondents.six_months.mentee.answered"),
    ("n.six_months.mentor", "respondents.six_months.mentor.answered"),
    ("six_months.stars_1_to_5_mean.mentee", "answers.stars.mentee.mean"),
    ("six_months.stars_1_to_5_mean.mentor", "answers.stars.mentor.mean"),
    ("six_months.meetings.min", "answers.meetings.everyone.min"),
    ("six_months.meetings.max", "answers.meetings.everyone.max"),
    ("six_months.meetings.mean", "answers.meetings.everyone.mean"),
    ("six_months.still_mentoring.pairs", "answers.still.everyone.answered"),
    ("six_months.still_mentoring.yes", "answers.still.everyone.counts.yes"),
    ("six_months.scheme_support_helpful.mentee.agree_or_strongly", "answers.helpful.mentee.tops.agreed"),
    ("six_months.scheme_support_helpful.mentor.agree", "answers.helpful.mentor.counts.agree"),
    ("six_months.scheme_support_helpful.mentor.neutral", "answers.helpful.mentor.counts.neutral"),
    ("six_months.scheme_support_helpful.mentor.disagree", "answers.helpful.mentor.counts.disagree"),
    ("six_months.supported_by_others.mentee.agree_or_strongly", "answers.supported.mentee.tops.agreed"),
    ("six_months.supported_by_others.mentor.agree_or_strongly", "answers.supported.mentor.tops.agreed"),
    ("six_months.matched_expectations.mentee", "answers.expected.mentee.counts.yes"),
    ("six_months.would_recommend.mentor", "answers.recommend.mentor.counts.yes"),
];

#[test]
fn exports_give_the_published_figures_from_workbooks_and_from_csv() {
    let facts = include_str!("facts/aimms-2023.yaml");
    let facts = values("facts.yaml", facts);
    let mut releases = Vec::new();
    for ending in ["xlsx", "csv"] {
        let site = site(ending, ending);
        protect(&site, &[]).expect_code(0);
        releases.push(site.source(RELEASE));
    }
    assert_eq!(releases[0], releases[1], "xlsx and csv");
    let release = values("2022-23.yaml", &releases[0]);
    let mut held = 0;
    for (table, question, rows) in TABLES {
        for (row, option) in rows {
            for group in ["mentee", "mentor"] {
                let fact = facts.get(&format!("evaluation.{table}.{row}.{group}")).map(String::as_str);
                let given =
                    release.get(&format!("answers.{question}.{group}.counts.{option}")).map(String::as_str);
                // What was not asked has no line.
                assert_eq!(given, fact.filter(|fact| !fact.is_empty()), "{question}.{option} of {group}");
                held += usize::from(given.is_some());
            }
        }
    }
    assert_eq!(held, 4 + 15 + 29 + 20);
    for (fact, path) in FACTS {
        assert_eq!(release.get(path), facts.get(&format!("evaluation.{fact}")), "{path}");
    }
    // In words there: all nine and all four agreed; eight of nine gave seven or more, four of them ten.
    for (path, value) in [
        ("relationship.mentee.tops.agreed", "9"),
        ("relationship.mentor.tops.agreed", "4"),
        ("impact.mentee.tops.high", "8"),
        ("impact.mentor.min", "5"),
        ("impact.mentor.max", "8"),
        ("similar.mentee.tops.high", "8"),
        ("similar.mentee.tops.full", "4"),
        ("similar.mentor.min", "5"),
        ("similar.mentor.max", "10"),
    ] {
        assert_eq!(release.get(&format!("answers.{path}")).map(String::as_str), Some(value), "{path}");
    }
}

/// What the release that was written by hand does not give and the exports do; elsewhere both say the same.
#[test]
fn a_release_from_exports_says_what_the_one_in_print_does_and_what_that_leaves_out() {
    let site = site("same", "xlsx");
    protect(&site, &[]).expect_code(0);
    let made = values("2022-23.yaml", &site.source(RELEASE));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let printed = std::fs::read_to_string(root.join(RELEASE)).expect("the release in print");
    let printed = values("2022-23.yaml", &printed);
    let differences: Vec<String> = printed
        .keys()
        .chain(made.keys())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .filter(|path| printed.get(*path) != made.get(*path))
        .map(|path| {
            let say = |values: &BTreeMap<String, String>| values.get(path).cloned().unwrap_or("-".to_owned());
            format!("{path}: {} -> {}", say(&printed), say(&made))
        })
        .filter(|line| !line.starts_with("themes.why_harder.") && !line.starts_with("seal."))
        .collect();
    assert_eq!(
        differences,
        [
            "answers.expected.mentee.counts.no: unpublished -> 0",
            "answers.expected.mentor.counts.no: unpublished -> 1",
            "answers.helpful.mentor.counts.strongly-agree: unpublished -> 0",
            "answers.helpful.mentor.counts.strongly-disagree: unpublished -> 0",
            "answers.meetings.everyone.answered: - -> 13",
            "answers.recommend.mentee.counts.no: unpublished -> 0",
            "answers.recommend.mentor.counts.no: unpublished -> 0",
            "answers.still.everyone.counts.no: unpublished -> 3",
        ]
    );
}

/// What stands in the exports and must be nowhere else.
const SECRETS: [&str; 10] = [
    "person@example.org",
    "the only one in my department",
    "Sample Name at Leeds",
    "March 2023",
    "sounding board",
    "How to find my way",
    "Clinical Fellow",
    "9/7/22",
    "2022-09-07",
    "met at lunch",
];

/// The names in the workbooks' own properties.
fn names_in_properties() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for form in FORMS {
        for (part, bytes) in mentorpress::archive::members(&export(&format!("{form}.xlsx"))) {
            if part == "docProps/core.xml" {
                let text = String::from_utf8(bytes).expect("a part in UTF-8");
                for tag in ["dc:creator>", "cp:lastModifiedBy>"] {
                    names.extend(
                        text.split(tag)
                            .nth(1)
                            .map(|rest| rest.split('<').next().unwrap_or_default().to_owned()),
                    );
                }
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn nothing_else_of_the_exports_leaves_private() {
    let mut secrets: Vec<String> = SECRETS.map(str::to_owned).to_vec();
    secrets.extend(names_in_properties());
    assert!(secrets.len() > SECRETS.len(), "the workbooks name somebody");
    let all =
        FORMS.map(|form| String::from_utf8_lossy(&export(&format!("{form}.csv"))).into_owned()).concat();
    for secret in SECRETS.iter().filter(|secret| !secret.starts_with("2022")) {
        assert!(all.contains(secret), "{secret} is not in the exports");
    }
    for ending in ["xlsx", "csv"] {
        let site = site(ending, ending);
        coded(&site, &[]);
        let printed = protect(&site, &[]).expect_code(0).console();
        let built = site.build().console();
        let mut bytes = vec![("terminal".to_owned(), format!("{printed}{built}").into_bytes())];
        bytes.push((RELEASE.to_owned(), site.source(RELEASE).into_bytes()));
        for (path, file) in site.public() {
            bytes.extend(
                mentorpress::archive::members(&file)
                    .into_iter()
                    .map(|(part, bytes)| (format!("{path}/{part}"), bytes)),
            );
            bytes.push((path, file));
        }
        assert!(bytes.len() > 150);
        for (path, file) in &bytes {
            let text = String::from_utf8_lossy(file);
            for secret in &secrets {
                // The demonstration's own words and dates are not the exports'.
                let is_own = content().contains(secret.as_str());
                assert!(is_own || !text.contains(secret.as_str()), "{secret} is in {path}");
            }
        }
    }
}

/// All texts of the demonstration.
fn content() -> &'static str {
    static TEXTS: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    TEXTS.get_or_init(|| {
        let files = support::tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"));
        files.into_values().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
    })
}

#[test]
fn a_release_is_never_written_over() {
    let site = site("again", "xlsx");
    coded(&site, &[]);
    protect(&site, &[]).expect_code(0).expect("Written: content/evaluations/aimms/releases/2022-23.yaml");
    let first = site.source(RELEASE);
    protect(&site, &["--show-private"]).expect_code(2).expect("this is no terminal");
    protect(&site, &[]).expect_code(0).expect("says just this already; nothing was written");
    // Somebody's answer was entered wrongly.
    let mentor = format!("{EXPORTS}six-months-mentor.csv");
    site.bytes(&mentor, &export("six-months-mentor.csv"));
    site.edit(SURVEY, "file: six-months-mentor.xlsx", "file: six-months-mentor.csv, dates: mdy");
    site.edit(&mentor, "Neutral,Neutral", "Agree,Neutral");
    protect(&site, &[])
        .expect_code(2)
        .expect("is there already, and says something else")
        .expect("--correct");
    assert_eq!(site.source(RELEASE), first);
    protect(&site, &["--dry-run"]).expect_code(0).expect("Nothing was written.");
    let reason = "One mentor’s answer had been \"entered\" wrongly.";
    protect(&site, &["--correct", reason])
        .expect_code(0)
        .expect("Written: content/evaluations/aimms/releases/2022-23.2.yaml");
    assert_eq!(site.source(RELEASE), first, "what was public stays");
    let second = site.source("content/evaluations/aimms/releases/2022-23.2.yaml");
    let second = values("2022-23.2.yaml", &second);
    assert_eq!(second["corrects"], "2022-23");
    assert_eq!(second["reason"], reason);
    assert_eq!(second["answers.helpful.mentor.counts.agree"], "2");
    protect(&site, &["--correct", reason]).expect_code(0).expect("says just this already");
    // The first is held by the second, and each by its own seal.
    let altered = first.replace("advice: 9", "advice: 8");
    assert_ne!(altered, first);
    site.write(RELEASE, &altered);
    let run =
        site.run(&["build"]).expect_code(3).expect("2022-23.yaml is not what `mentorpress protect` wrote");
    assert!(
        run.stderr.contains("the release `2022-23` says something else than when this one was made"),
        "{}",
        run.stderr
    );
    site.remove(RELEASE);
    site.run(&["build"])
        .expect_code(3)
        .expect("the release `2022-23` was there when this one was made, and is gone");
    site.write(RELEASE, &first.replace('\n', "\r\n"));
    let built = site.build();
    assert!(site.page("reports/aimms/2022-23/index.html").contains("entered"), "{}", built.console());
}

#[test]
fn git_must_not_take_what_is_private() {
    let site = site("git", "xlsx");
    std::fs::create_dir(site.root().join(".git")).expect("a folder");
    protect(&site, &[]).expect_code(2).expect("git would keep private/ in its history");
    site.write(".gitignore", "/private/\n");
    protect(&site, &[]).expect_code(0);
}

/// Codes every text of the workbook with what `themes` says of it.
fn code(site: &Site, themes: impl Fn(&str, &str, &str) -> String, quotable: &str) {
    let path = site.root().join(EXPORTS).join("coding.xlsx");
    let export = mentorpress::forms::Export::open(&path).expect("the workbook");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, at) in export.columns.iter().zip(0_u16..) {
        sheet.write_string(0, at, &column.header).expect("a header");
    }
    for (row, at) in export.rows.iter().zip(1_u32..) {
        let cells: Vec<String> =
            export.columns.iter().map(|column| row.cell(column).text().into_owned()).collect();
        for (cell, column) in cells.iter().zip(0_u16..) {
            let typed = match column {
                4 => themes(&cells[0], &cells[2], &cells[3]),
                5 if cells[3].contains(quotable) => "yes".to_owned(),
                _ => cell.clone(),
            };
            sheet.write_string(at, column, typed).expect("a cell");
        }
    }
    workbook.save(&path).expect("saved");
}

/// The submissions of the baseline forms that answered "no".
fn said_no(form: &str, text: &str) -> bool {
    let csv = String::from_utf8(export(&form.replace("xlsx", "csv"))).expect("UTF-8");
    csv.lines().any(|line| line.ends_with(text) && line.contains(",No,"))
}

#[test]
fn texts_are_coded_in_private_and_only_their_themes_come_out() {
    let site = site("coding", "xlsx");
    let run = protect(&site, &["--coding"]).expect_code(0).expect("coding.xlsx: 0 coded");
    for secret in SECRETS {
        assert!(!run.console().contains(secret), "{secret}");
    }
    assert!(!site.root().join(RELEASE).exists(), "coding makes no release");
    // Nobody has begun to code: a release has no themes, and a report that asks for them says so.
    let uncoded = self::site("uncoded", "xlsx");
    protect(&uncoded, &[]).expect_code(0).expect("Not coded, so no themes are released: `why_harder`");
    uncoded.run(&["build"]).expect_code(1).expect("the release gives no themes of `why_harder`");
    // Begun and not finished: each text that waits is told by form and row.
    protect(&site, &[])
        .expect_code(1)
        .expect("a text is not coded yet")
        .expect("baseline-mentee.xlsx, column");
    let by_answer = |form: &str, question: &str, text: &str| match question {
        "why_harder" if said_no(form, text) => "gender".to_owned(),
        "why_harder" if text.contains("only one") => "isolation; bias".to_owned(),
        _ => "-".to_owned(),
    };
    code(&site, by_answer, "sounding board");
    protect(&site, &["--coding"])
        .expect_code(0)
        .expect("quotes-to-consider.yaml, with what the filter found");
    let candidates = site.source(&format!("{EXPORTS}quotes-to-consider.yaml"));
    assert!(
        candidates.contains("consent: false") && !candidates.contains("\n  consent: true"),
        "{candidates}"
    );
    protect(&site, &[]).expect_code(0);
    let release = values("2022-23.yaml", &site.source(RELEASE));
    let themes: BTreeMap<&str, &str> = release
        .iter()
        .filter_map(|(path, value)| Some((path.strip_prefix("themes.why_harder.everyone.")?, value.as_str())))
        .collect();
    assert!(themes.contains_key("gender") && themes.contains_key("isolation"), "{themes:?}");
    assert!(themes.values().all(|value| *value == "mentioned"), "{themes:?}");
    site.build();
    // A theme of those who said no, given to somebody who said yes.
    let wrong = |form: &str, question: &str, text: &str| match question {
        "why_harder" if !said_no(form, text) => "gender".to_owned(),
        _ => "-".to_owned(),
    };
    code(&site, wrong, "none of them");
    let run =
        protect(&site, &[]).expect_code(1).expect("a theme belongs to those who answered `harder` with `no`");
    assert!(run.stderr.contains("coding.xlsx, row"), "{}", run.stderr);
    code(&site, |_, _, _| "gendr".to_owned(), "none of them");
    protect(&site, &[])
        .expect_code(1)
        .expect("has no theme that is written here")
        .expect("did you mean `gender`");
}

/// The policy in the place of the survey's own.
fn under(site: &Site, policy: &str) {
    let survey = site.source(SURVEY);
    let (before, after) = survey.split_once("\ndisclosure:\n").expect("a policy");
    let after = &after[after.find("\nreport:").expect("a report")..];
    site.write(SURVEY, &format!("{before}\ndisclosure:\n{policy}{after}"));
}

/// What a policy makes of a count, written down here apart from the program.
fn expected(policy: &str, count: u32, n: u32) -> String {
    let nearest = |number: u32, to: u32| (number + to / 2) / to * to;
    match policy {
        "hesa" => format!("rounded {} to 5", [0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 10][count as usize]),
        "ofs" if n < 23 => "withheld".to_owned(),
        "ofs" => format!("percent {}", nearest(count * 100, n) / n),
        "small-survey" if n < 6 => "withheld".to_owned(),
        "small-survey" if count < 3 => "few".to_owned(),
        "small-survey" if count > n - 3 => "nearly-all".to_owned(),
        _ => count.to_string(),
    }
}

/// A value as a release has it: a number or a word, or what a map says.
fn said(release: &BTreeMap<String, String>, path: &str) -> Option<String> {
    let get = |path: &str| release.get(path).cloned();
    get(path)
        .or_else(|| {
            Some(format!("rounded {} to {}", get(&format!("{path}.rounded"))?, get(&format!("{path}.to"))?))
        })
        .or_else(|| Some(format!("percent {}", get(&format!("{path}.percent"))?)))
}

#[test]
fn each_policy_shows_of_each_count_what_it_says() {
    let printed = site("as-published", "xlsx");
    protect(&printed, &[]).expect_code(0);
    let counts = values("2022-23.yaml", &printed.source(RELEASE));
    let bases = |path: &str| {
        let parts: Vec<&str> = path.split('.').collect();
        let own = counts.get(&format!("answers.{}.{}.answered", parts[1], parts[2]));
        let wave = if ["harder", "wanted"].contains(&parts[1]) { "baseline" } else { "six_months" };
        let of_wave = counts.get(&format!("respondents.{wave}.{}.answered", parts[2]));
        own.or(of_wave).expect("a base").parse::<u32>().expect("a number")
    };
    let approved = "  approved_by: the committee\n  minutes: \"item 4\"\n  informed: \"In full.\"\n";
    for policy in ["small-survey", "hesa", "ofs", "as-approved"] {
        let site = site(policy, "xlsx");
        let more = if policy == "as-approved" { approved } else { "" };
        under(&site, &format!("  policy: {policy}\n{more}"));
        let run = protect(&site, &[]).expect_code(0);
        let text = site.source(RELEASE);
        support::assert_file(
            &text,
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/protect/{policy}.yaml")),
        );
        let release = values("2022-23.yaml", &text);
        let mut held = 0;
        for (path, count) in &counts {
            let is_count = path.contains(".counts.") || path.contains(".tops.");
            if !path.starts_with("answers.") || !is_count {
                continue;
            }
            let parts: Vec<&str> = path.split('.').collect();
            let n = bases(path);
            let whole = format!("answers.{}.{}", parts[1], parts[2]);
            let given = said(&release, path).or_else(|| said(&release, &whole));
            // Of two splits of one answer the first alone.
            let is_second = policy == "small-survey" && path.ends_with("similar.mentee.tops.full");
            let expected = match is_second {
                true => "withheld".to_owned(),
                false => expected(policy, count.parse().expect("a count"), n),
            };
            assert_eq!(given.as_deref(), Some(expected.as_str()), "{policy}: {path} is {count} of {n}");
            held += 1;
        }
        assert_eq!(held, 91, "{policy}");
        // Nobody among four mentors is to be guessed at.
        if policy == "small-survey" {
            let of_mentors = release.iter().filter(|(path, _)| path.contains(".mentor"));
            let shown: Vec<&String> = of_mentors
                .filter(|(path, value)| path.starts_with("answers.") && *value != "withheld")
                .map(|(path, _)| path)
                .filter(|path| !path.starts_with("answers.harder.") && !path.starts_with("answers.wanted."))
                .collect();
            assert!(shown.is_empty(), "{shown:?}");
        }
        // What is rounded or withheld is not printed either.
        if ["hesa", "ofs"].contains(&policy) {
            let printed = run.console();
            assert!(!printed.contains("10 rows") && !printed.contains("9 answered"), "{printed}");
        }
    }
}

/// Two offices whose people answered otherwise where nobody may see it.
#[test]
fn what_is_hidden_changes_no_byte() {
    let made = |name: &str, change: &dyn Fn(&Site)| {
        let site = site(name, "csv");
        under(&site, "  policy: small-survey\n");
        change(&site);
        let printed = protect(&site, &[]).expect_code(0).console();
        site.remove("content/evaluations/aimms/reports/2022-23.md");
        site.write("content/evaluations/aimms/reports/2022-23.md", REPORT);
        let built = site.build().console();
        (site.source(RELEASE), site.public(), printed + &built)
    };
    let mentor = format!("{EXPORTS}six-months-mentor.csv");
    let mentee = format!("{EXPORTS}six-months-mentee.csv");
    let baseline = format!("{EXPORTS}baseline-mentee.csv");
    let first = made("hidden", &|_| {});
    let second = made("canary", &|site| {
        // Four mentors are withheld, whatever they say; and so are texts and times.
        site.edit(&mentor, "Neutral,Neutral", "Strongly disagree,Agree");
        site.edit(&mentor, "9/4/22 07:18:00", "9/5/22 06:17:23");
        site.edit(&mentor, "It gave me a sounding board.", "Canary 7316482 sings.");
        // Beneath "few" and "nearly all".
        site.edit(
            &mentee,
            "Goal setting;Communication, with colleagues;Negotiating;",
            "Goal setting;Negotiating;",
        );
        site.edit(&baseline, "How to find my way", "Canary 9052817");
        site.edit(&baseline, "I now plan my goals.", "Canary 4471903 sings.");
    });
    assert_eq!(first.0, second.0, "the release");
    assert!(first.1 == second.1, "the site");
    assert_eq!(first.2, second.2, "what was printed");
    let all: Vec<u8> = second.1.values().flatten().copied().chain(second.2.bytes()).collect();
    let all = String::from_utf8_lossy(&all);
    for canary in ["7316482", "9052817", "4471903"] {
        assert!(!all.contains(canary), "{canary}");
    }
    // And the test can fail: a count that is shown.
    let third = made("shown", &|site| site.edit(&baseline, "\",Yes,I was the only", "\",No,I was the only"));
    assert_ne!(first.0, third.0);
}

const REPORT: &str = "---
title: What came of it
kind: report
date: 2023-09-01
---

::table{questions=wanted}

::table{questions=personal}

Of the mentees :n[wanted.advice]{group=mentee as=of} wanted advice.
";

#[test]
fn a_row_that_is_there_twice_is_told() {
    for ending in ["csv", "xlsx"] {
        let site = site("twice", ending);
        if ending == "csv" {
            let path = format!("{EXPORTS}baseline-mentor.csv");
            let text = site.source(&path);
            let last = text.trim_end().lines().last().expect("a row").to_owned();
            site.write(&path, &format!("{}\n{last}\n", text.trim_end()));
            protect(&site, &[])
                .expect_code(1)
                .expect("the number of an earlier submission stands here again");
        } else {
            protect(&site, &[]).expect_code(0);
        }
    }
}

/// The texts of a page between its tags, and its tags, a line each.
fn pieces(html: &[u8]) -> Vec<String> {
    let html = String::from_utf8_lossy(html).replace('<', "\n<").replace('>', ">\n");
    // The hash of the release is another, of course.
    let is_hash = |line: &&str| line.len() == 64 && line.bytes().all(|b| b.is_ascii_hexdigit());
    let lines = html.lines().map(str::trim).filter(|line| !line.is_empty() && !is_hash(line));
    lines.map(str::to_owned).collect()
}

/// What one list has more often than the other.
fn only(one: &[String], other: &[String]) -> Vec<String> {
    let mut rest: BTreeMap<&str, usize> = BTreeMap::new();
    other.iter().for_each(|piece| *rest.entry(piece).or_default() += 1);
    let is_more = |piece: &&String| match rest.get_mut(piece.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    one.iter().filter(is_more).cloned().collect()
}

/// The texts of an edition coded: whoever said yes speaks of every theme of that answer, and whoever said no of its own.
fn coded(site: &Site, arguments: &[&str]) {
    let mut all = vec!["--coding"];
    all.extend(arguments);
    protect(site, &all).expect_code(0);
    let survey = site.source(SURVEY);
    let themes_of = |answer: &str| -> String {
        let of_answer =
            survey.lines().filter(|line| line.contains(&format!("when: {{harder: \"{answer}\"}}")));
        let ids = of_answer.filter_map(|line| line.split("{id: ").nth(1)?.split(',').next());
        ids.collect::<Vec<_>>().join("; ")
    };
    let (yes, no) = (themes_of("yes"), themes_of("no"));
    let by_answer = |form: &str, question: &str, text: &str| match question {
        "why_harder" if said_no(form, text) => no.clone(),
        "why_harder" => yes.clone(),
        _ => "-".to_owned(),
    };
    code(site, by_answer, "nothing");
}

/// The demonstration's own site and the one that is built on a release from the exports, with every theme coded.
#[test]
fn the_site_differs_in_what_the_article_leaves_out_and_nowhere_else() {
    let demonstration = Site::demonstration("printed");
    demonstration.build();
    let made = site("made", "xlsx");
    coded(&made, &[]);
    protect(&made, &[]).expect_code(0);
    made.build();
    let (printed, made) = (demonstration.public(), made.public());
    assert_eq!(printed.keys().collect::<Vec<_>>(), made.keys().collect::<Vec<_>>(), "the same files");
    let differing: Vec<&str> = printed
        .iter()
        .filter(|(path, bytes)| made[*path] != **bytes)
        .map(|(path, _)| path.as_str())
        .collect();
    let report = "reports/aimms/2022-23/index.html";
    let (before, after) = (pieces(&printed[report]), pieces(&made[report]));
    let (gone, new) = (only(&before, &after), only(&after, &before));
    let sign = |pieces: &[String], sign: &str| {
        pieces.iter().map(|piece| format!("{sign} {piece}\n")).collect::<String>()
    };
    let told = format!("{}\n\n{report}\n{}{}", differing.join("\n"), sign(&gone, "-"), sign(&new, "+"));
    support::assert_file(&told, &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/protect/differences"));
}

/// A secret that stands in the place of an answer, a header or a name of a sheet, and is printed nowhere.
const SECRET: &str = "Canary 5550199 of person@example.org";

/// Exports that do not fit the survey, or are none: each with what was done to it.
#[test]
fn what_does_not_fit_is_told_by_row_and_column_and_never_by_answer() {
    let mentee = format!("{EXPORTS}six-months-mentee.csv");
    let mentor = format!("{EXPORTS}six-months-mentor.csv");
    let baseline = format!("{EXPORTS}baseline-mentee.csv");
    let in_rows = |site: &Site, path: &str, from: &str, to: &str| site.edit(path, from, to);
    let as_workbook = |site: &Site, fill: &dyn Fn(&mut Workbook)| {
        let mut workbook = Workbook::new();
        fill(&mut workbook);
        site.bytes(
            &format!("{EXPORTS}six-months-mentor.xlsx"),
            &workbook.save_to_buffer().expect("a workbook"),
        );
        site.edit(SURVEY, "file: six-months-mentor.csv, dates: mdy", "file: six-months-mentor.xlsx");
    };
    type Broken<'b> = (&'b str, &'b dyn Fn(&Site));
    let cases: [Broken; 20] = [
        ("renamed-column", &|site| in_rows(site, &mentee, "Stars for the scheme", "Stars (of five)")),
        ("new-column", &|site| {
            let text = site.source(&mentee);
            let rows: Vec<String> = text
                .lines()
                .enumerate()
                .map(|(at, line)| {
                    if at == 0 {
                        format!("{line},How did you hear of us?")
                    } else {
                        format!("{line},{SECRET}")
                    }
                })
                .collect();
            site.write(&mentee, &rows.join("\n"));
        }),
        ("header-with-a-person", &|site| in_rows(site, &mentee, "Please explain2", SECRET)),
        ("two-columns", &|site| in_rows(site, &mentee, "How often have you met?", "Stars for the scheme2")),
        ("unknown-option", &|site| {
            site.edit(SURVEY, "label: Other, other: true", "label: Other");
            site.edit(&baseline, "How to find my way", SECRET);
        }),
        ("unknown-answer", &|site| {
            in_rows(site, &mentee, ",No,Agree,Agree", &format!(",{SECRET},Agree,Agree"));
        }),
        ("not-a-number", &|site| {
            in_rows(site, &mentee, "anonymous,,5,1,", &format!("anonymous,,5,{SECRET},"));
        }),
        ("outside-the-scale", &|site| in_rows(site, &mentee, "anonymous,,5,1,", "anonymous,,55501,1,")),
        ("between-two-points", &|site| in_rows(site, &mentee, "anonymous,,5,1,", "anonymous,,4.5,1,")),
        ("beside-none", &|site| {
            in_rows(site, &mentee, "Work-life balance;Self-reflection;", "None of these;Self-reflection;");
        }),
        ("not-offered", &|site| {
            in_rows(site, &mentee, "Work-life balance;Self-reflection;", "Mentoring skills;Self-reflection;");
        }),
        ("order-of-dates", &|site| {
            site.edit(SURVEY, "six-months-mentee.csv, dates: mdy", "six-months-mentee.csv");
        }),
        ("wrong-order-of-dates", &|site| {
            site.edit(SURVEY, "six-months-mentee.csv, dates: mdy", "six-months-mentee.csv, dates: iso");
        }),
        ("no-time", &|site| in_rows(site, &mentee, "9/5/22 19:20:00", "")),
        ("twice", &|site| in_rows(site, &mentee, "\n3,9/7/22", "\n2,9/7/22")),
        ("not-there", &|site| site.remove(&mentor)),
        ("empty-sheet", &|site| as_workbook(site, &|workbook| _ = workbook.add_worksheet())),
        ("two-sheets", &|site| {
            as_workbook(site, &|workbook| {
                for name in ["Form1", "Canary 5550199"] {
                    let sheet = workbook.add_worksheet();
                    sheet.set_name(name).expect("a name");
                    sheet.write_string(0, 0, "ID").expect("a cell");
                }
            });
        }),
        ("open-quotation", &|site| in_rows(site, &baseline, "I now plan my goals.", &format!("\"{SECRET}"))),
        ("a-web-page", &|site| site.write(&mentor, &format!("<!DOCTYPE html><table><tr><td>{SECRET}"))),
    ];
    for (name, change) in cases {
        let site = site(name, "csv");
        change(&site);
        let run = protect(&site, &[]);
        assert!(matches!(run.code, 1 | 2), "{name}: {}", run.console());
        let console = run.console();
        for secret in ["Canary", "5550199", "person@", "55501"] {
            assert!(!console.contains(secret), "{name}: {console}");
        }
        assert!(!site.root().join(RELEASE).exists(), "{name}");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/protect/broken").join(name);
        support::assert_file(&console, &path);
    }
}

/// The same row, sent two years later: in the dates of the second edition.
fn later(row: &str) -> String {
    row.replace("/22 ", "/24 ").replace("9/", "4/").replace("10/", "5/")
}

/// The second year: the forms still hold last year's rows, one question was put into other words, and a group was added.
#[test]
fn the_second_year_is_a_release_of_its_own() {
    let site = site("second", "csv");
    coded(&site, &[]);
    protect(&site, &[]).expect_code(0);
    let first = site.source(RELEASE);
    let before = site.source(SURVEY);
    for form in FORMS {
        let path = format!("{EXPORTS}{form}.csv");
        let text = site.source(&path);
        // The headers take two lines of the baseline forms.
        let rows: Vec<&str> =
            text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).collect();
        let next = rows.iter().zip(rows.len() + 1..).map(|(row, number)| {
            let (_, rest) = row.split_once(',').expect("cells");
            format!("{number},{}\n", later(rest))
        });
        let next: String = next.collect();
        let text = text.replace("Would you recommend the scheme?", "Would you tell a colleague to join?");
        site.write(&path, &format!("{}\n{next}", text.trim_end()));
    }
    let sponsors = "ID,Start time,Completion time,Email,Name,What are you hoping to gain?\n";
    let sponsors = (1..=7).fold(sponsors.to_owned(), |text, number| {
        text + &format!("{number},9/1/23 10:00:00,9/1/23 10:05:00,anonymous,,Contacts and networks;\n")
    });
    site.write(&format!("{EXPORTS}sponsors.csv"), &sponsors);
    // All that the author wrote: the new group and what it was asked, the question in other words, the dates, the form.
    let mut survey = before.clone();
    let question = "  - id: tell
    waves: [six_months]
    since: 2023-24
    replaces: {question: recommend, comparable: true}
    asked_of: [mentee, mentor]
    ask: Would you tell a colleague to join?
    type: choose-one
    options:
      - {id: \"yes\", label: \"Yes\"}
      - {id: \"no\", label: \"No\"}
    show: counts

  - id: recommend
    until: 2022-23
    column: Would you tell a colleague to join?
";
    for (from, to) in [
        (
            "{mentee: Mentees, mentor: Mentors}",
            "{mentee: Mentees, mentor: Mentors, sponsor: {label: Sponsors, since: 2023-24}}",
        ),
        ("forms:\n", "forms:\n  - {wave: baseline, group: sponsor, file: sponsors.csv, dates: mdy}\n"),
        (
            "webinar, fields]}\n",
            "webinar, fields]}\n  2023-24: {collected: [2023-08, 2024-07], includes: none}\n",
        ),
        ("  - id: recommend\n", question),
        (
            "    show: {mentee: counts, mentor: counts}\n\n  # At six months: the pair",
            "    show: {mentee: counts, mentor: counts, sponsor: counts}\n\n  # At six months: the pair",
        ),
        ("    column: \"Would you recommend the scheme?\"\n", ""),
    ] {
        assert!(survey.contains(from), "{from}");
        survey = survey.replacen(from, to, 1);
    }
    let only = |of: &str| format!("    waves: [{of}]\n    asked_of: [mentee, mentor]\n    ask");
    let survey = survey
        .replace("    waves: [six_months]\n    ask", &only("six_months"))
        .replace("    waves: [baseline]\n    ask: Has", &format!("{}: Has", only("baseline")))
        .replace("    waves: [baseline]\n    ask: Tell", &format!("{}: Tell", only("baseline")));
    site.write(SURVEY, &survey);
    coded(&site, &["--edition", "2023-24"]);
    let run = protect(&site, &["--edition", "2023-24"]).expect_code(0);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/protect");
    support::assert_file(&run.console(), &path.join("second-year"));
    assert_eq!(site.source(RELEASE), first, "the first release is left as it was");
    let second = values("2023-24.yaml", &site.source("content/evaluations/aimms/releases/2023-24.yaml"));
    let first = values("2022-23.yaml", &first);
    assert_eq!(second["seal.after.2022-23"], first["seal.values"]);
    assert_eq!(second["answers.tell.mentee.counts.yes"], "9");
    assert!(!second.contains_key("answers.recommend.mentee.counts.yes"));
    // The first edition stands as it did, without a column for those who were not there.
    site.run(&["build"]).expect_code(0);
    assert!(!site.page("reports/aimms/2022-23/index.html").contains("Sponsors"));
}

#[test]
fn a_survey_is_drafted_from_its_exports_in_private() {
    let site = Site::small("draft");
    let forms = FORMS.map(|form| format!("{form}.xlsx"));
    for form in &forms {
        site.bytes(form, &export(form));
    }
    let mut arguments = vec!["--init", "--survey", "aimms"];
    arguments.extend(forms.iter().map(String::as_str));
    let run = protect(&site, &arguments).expect_code(0).expect("A draft of 17 questions");
    let draft = site.source(&format!("{EXPORTS}survey.yaml"));
    support::assert_file(&draft, &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/protect/draft.yaml"));
    for secret in ["person@", "the only one", "How to find my way", "Sample Name", "sounding board"] {
        assert!(!draft.contains(secret) && !run.console().contains(secret), "{secret}");
    }
    protect(&site, &arguments).expect_code(2).expect("is there already");
    // With its gaps filled it reads the exports it was made from, but for options that one person alone chose.
    let filled = draft
        .replace("title: TODO", "title: A survey")
        .replace(": TODO,", ": Some,")
        .replace(": TODO}", ": Some}");
    let filled = filled.replace(
        "  TODO: {collected: [TODO, TODO], includes: none}",
        "  \"2022\": {collected: [2022-02, 2023-07], includes: none}",
    );
    site.write("content/evaluations/aimms/survey.yaml", &filled);
    for form in &forms {
        site.bytes(&format!("{EXPORTS}{form}"), &export(form));
    }
    let run = protect(&site, &["--dry-run"]).expect_code(1);
    assert!(!run.stderr.contains("error["), "{}", run.stderr);
    assert!(run.stderr.contains("an answer is none of the question's options"), "{}", run.stderr);
    assert!(
        !run.stderr.contains("no column holds") && !run.stderr.contains("has this header"),
        "{}",
        run.stderr
    );
    protect(&site, &["--init", "--survey", "aimms"]).expect_code(2);
    protect(&site, &["--init", "--survey", "Not An Id", "baseline-mentee.xlsx"])
        .expect_code(2)
        .expect("cannot be the id");
}
