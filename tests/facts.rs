//! The facts of three real schemes (`tests/facts/`) against the sites built on them: every figure in the facts is
//! carried by an element of a page, and `tests/facts/carried` says by which.
//!
//! A figure is a number in digits or in words, a percentage, a date, or "all" of a group. A fact with a figure that has
//! no place below, or whose place does not say it, fails.

mod support;

use mentorpress::diagnostic::Diagnostics;
use mentorpress::html;
use mentorpress::source::Sources;
use mentorpress::yaml::{self, Kind, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use support::tables::{Table, tables};
use support::{Site, assert_file};

/// Facts of one scheme, and where its site says them.
struct Scheme {
    facts: &'static str,
    /// The page that tables and texts are on, unless they name another.
    report: &'static str,
    grids: &'static [Grid],
    cells: &'static [(&'static str, Cell)],
    texts: &'static [(&'static str, &'static str, &'static str)],
}

/// A map of facts by row and group that is a table of the report.
struct Grid {
    facts: &'static str,
    table: &'static str,
    rows: &'static [(&'static str, &'static str)],
}

/// A table of the report, a row and a column.
type Cell = (&'static str, &'static str, &'static str);

const GROUPS: [(&str, &str); 2] = [("mentee", "Mentees"), ("mentor", "Mentors")];

const AIMMS: Scheme = Scheme {
    facts: "aimms-2023",
    report: "reports/aimms/2022-23/index.html",
    grids: &[
        Grid {
            facts: "evaluation.n",
            table: "table-respondents",
            rows: &[("baseline", "Before mentoring"), ("six_months", "At six months")],
        },
        Grid {
            facts: "evaluation.baseline.career_more_challenging",
            table: "table-harder",
            rows: &[("yes", "Yes"), ("no", "No")],
        },
        Grid {
            facts: "evaluation.baseline.wanted_from_scheme",
            table: "table-wanted",
            rows: &[
                ("professional development", "Professional development"),
                ("personal development", "Personal development"),
                ("contacts and networks", "Contacts and networks"),
                ("enhance CV or portfolio", "A stronger CV or portfolio"),
                ("practical career advice", "Practical career advice"),
                ("support women from ethnic minorities", "Support women from ethnic minorities"),
                ("general support", "General support"),
                ("understand the difficulties faced", "Understand the difficulties others face"),
                ("other", "Other"),
            ],
        },
        Grid {
            facts: "evaluation.six_months.developed_personally",
            table: "table-developed-1",
            rows: &[
                ("communication", "Communication"),
                ("listening", "Listening"),
                ("self-confidence", "Self-confidence"),
                ("leadership", "Leadership"),
                ("mentoring skills", "Mentoring skills"),
                ("goal setting", "Goal setting"),
                ("collaborative working", "Collaborative working"),
                ("dealing with conflict", "Dealing with conflict"),
                ("negotiating", "Negotiating"),
                ("understanding other perspectives", "Seeing other perspectives"),
                ("balancing competing needs", "Balancing competing needs"),
                ("work-life balance", "Work-life balance"),
                ("independence", "Independence"),
                ("self-reflection", "Self-reflection"),
                ("none", "None of these"),
                ("other", "Other"),
            ],
        },
        Grid {
            facts: "evaluation.six_months.developed_professionally",
            table: "table-developed-2",
            rows: &[
                ("networks", "Networks"),
                ("academic knowledge and skills", "Academic knowledge and skills"),
                ("management skills", "Management skills"),
                ("productivity", "Productivity"),
                ("interview performance", "Interview performance"),
                ("CV development", "CV development"),
                ("insight into career opportunities and promotion", "Insight into careers and promotion"),
                ("insight into institutional ways of working", "Insight into how institutions work"),
                (
                    "insight into academic life as a woman from an ethnic minority",
                    "Insight into academic life as a woman from an ethnic minority",
                ),
                ("none", "None of these"),
                ("other", "Other"),
            ],
        },
    ],
    cells: &[
        ("evaluation.funnel.expressed_interest", ("table-flow-1", "Expressed interest", "Women")),
        ("evaluation.funnel.registered", ("table-flow-1", "Registered", "Women")),
        ("evaluation.funnel.participated", ("table-flow-1", "Participated", "Women")),
        ("evaluation.funnel.pairs_begun", ("table-flow-2", "Begun", "Pairs")),
        ("evaluation.funnel.pairs_ended_early", ("table-flow-2", "Ended early", "Pairs")),
        ("evaluation.six_months.meetings.mean", ("table-pairs-1", "Mean", "Everyone")),
        ("evaluation.six_months.meetings.min", ("table-pairs-1", "Lowest", "Everyone")),
        ("evaluation.six_months.meetings.max", ("table-pairs-1", "Highest", "Everyone")),
        ("evaluation.six_months.still_mentoring.yes", ("table-pairs-2", "Yes", "Everyone")),
        ("evaluation.six_months.stars_1_to_5_mean.mentee", ("table-ratings-1", "Mean", "Mentees")),
        ("evaluation.six_months.stars_1_to_5_mean.mentor", ("table-ratings-1", "Mean", "Mentors")),
        (
            "evaluation.six_months.scheme_support_helpful.mentee.agree_or_strongly",
            ("table-ratings-2", "Agree or strongly agree", "Mentees"),
        ),
        (
            "evaluation.six_months.scheme_support_helpful.mentor.agree",
            ("table-ratings-2", "Agree", "Mentors"),
        ),
        (
            "evaluation.six_months.scheme_support_helpful.mentor.neutral",
            ("table-ratings-2", "Neutral", "Mentors"),
        ),
        (
            "evaluation.six_months.scheme_support_helpful.mentor.disagree",
            ("table-ratings-2", "Disagree", "Mentors"),
        ),
        (
            "evaluation.six_months.supported_by_others.mentee.agree_or_strongly",
            ("table-ratings-3", "Agree or strongly agree", "Mentees"),
        ),
        (
            "evaluation.six_months.supported_by_others.mentor.agree_or_strongly",
            ("table-ratings-3", "Agree or strongly agree", "Mentors"),
        ),
        ("evaluation.six_months.matched_expectations.mentee", ("table-ratings-4", "Yes", "Mentees")),
        ("evaluation.six_months.matched_expectations.mentor", ("table-ratings-4", "Yes", "Mentors")),
        ("evaluation.six_months.would_recommend.mentee", ("table-ratings-6", "Yes", "Mentees")),
        ("evaluation.six_months.would_recommend.mentor", ("table-ratings-6", "Yes", "Mentors")),
    ],
    texts: &[
        ("citation.volume", "publications/2025-evaluation/index.html", "PLoS ONE 2025; 20(4): e0318326"),
        ("citation.issue", "publications/2025-evaluation/index.html", "PLoS ONE 2025; 20(4): e0318326"),
        ("citation.article", "publications/2025-evaluation/index.html", "PLoS ONE 2025; 20(4): e0318326"),
        ("citation.issn", "publications/2025-evaluation/index.html", "1932-6203"),
        ("citation.doi", "publications/2025-evaluation/index.html", "10.1371/journal.pone.0318326"),
        ("citation.accepted", "publications/2025-evaluation/index.html", "14 January 2025"),
        ("citation.published", "publications/2025-evaluation/index.html", "29 April 2025"),
        ("citation.deposited", "publications/2025-evaluation/index.html", "15 April 2025"),
        ("citation.repository.eprint", "publications/2025-evaluation/index.html", "500093"),
        ("citation.news", "news/2025-evaluation-paper/index.html", "30 April 2025"),
        ("scheme.established", "about/index.html", "The scheme was established in 2020"),
        (
            "scheme.since_2024",
            "about/index.html",
            "Thirteen schools had joined by the time it was opened, in 2024",
        ),
        ("scheme.procedure.3", "matching/index.html", "send us three names in order of preference"),
        (
            "scheme.procedure.6",
            "matching/index.html",
            "The first meeting is a trial. If it goes well, you continue for six months",
        ),
        ("scheme.news_2025", "news/2025-evaluation-paper/index.html", "30 April 2025"),
        ("evaluation.ethics", "", "65315.A1"),
        ("evaluation.recruited", "", "from 11 February 2022 to 10 March 2023"),
        ("evaluation.as_of", "", "Figures are as of July 2023"),
        ("evaluation.funnel.universities", "", "women from 22 universities"),
        (
            "evaluation.known_inconsistency",
            "",
            "Of mentees who answered at six months the article’s abstract has ten [1]; its results and tables have nine",
        ),
        ("evaluation.six_months.still_mentoring.pairs", "", "Of the pairs, 6 of 9 were still meeting"),
        (
            "evaluation.six_months.good_relationship.mentee",
            "",
            "All nine mentees and all four mentors agreed that they got on well",
        ),
        (
            "evaluation.six_months.good_relationship.mentor",
            "",
            "All nine mentees and all four mentors agreed that they got on well",
        ),
        (
            "evaluation.six_months.confident_of_impact_0_to_10.mentee",
            "",
            "8 of 9 mentees gave a score of seven or more out of ten. The range of mentors’ scores was 5 to 8",
        ),
        (
            "evaluation.six_months.confident_of_impact_0_to_10.mentor",
            "",
            "The range of mentors’ scores was 5 to 8",
        ),
        (
            "evaluation.six_months.similar_characteristics_useful_0_to_10.mentee",
            "",
            "Of the mentees, 8 of 9 gave a score of seven or more out of ten, and four of them gave the full score. The range of mentors’ scores was 5 to 10",
        ),
        (
            "evaluation.six_months.similar_characteristics_useful_0_to_10.4 of them score 10",
            "",
            "four of them gave the full score. The range of mentors’ scores was 5 to 10",
        ),
        (
            "evaluation.six_months.similar_characteristics_useful_0_to_10.mentor",
            "",
            "The range of mentors’ scores was 5 to 10",
        ),
        ("evaluation.wave_bases.pairs_still_mentoring", "", "Of the pairs, 6 of 9 were still meeting"),
        ("evaluation.wave_bases.meetings", "", "At six months they had met 2.7 times on average"),
        (
            "evaluation.figures.1 how could the scheme be improved",
            "",
            "The article gives these answers in its Figure 1.",
        ),
        ("evaluation.figures.2 most rewarding", "", "Its Figures 2 and 3 are on what was most rewarding"),
        ("evaluation.figures.3 most challenging", "", "Its Figures 2 and 3 are on what was most rewarding"),
        ("evaluation.boxes", "", "five boxes of about one to two quotations each"),
    ],
};

const REVERSE: Scheme = Scheme {
    facts: "reverse-2021",
    report: "reports/pilot/2021/index.html",
    grids: &[],
    cells: &[
        ("evaluation.pairs.invited", ("table-flow", "Invited", "Pairs")),
        ("evaluation.pairs.completed", ("table-flow", "Completed", "Pairs")),
        (
            "evaluation.questionnaire.mentor.answered",
            ("table-respondents", "Questionnaire, answered", "Mentors"),
        ),
        (
            "evaluation.questionnaire.mentee.answered",
            ("table-respondents", "Questionnaire, answered", "Mentees"),
        ),
        (
            "evaluation.evaluation_session.mentor.attended",
            ("table-respondents", "Evaluation session, answered", "Mentors"),
        ),
        (
            "evaluation.evaluation_session.mentee.attended",
            ("table-respondents", "Evaluation session, answered", "Mentees"),
        ),
        ("evaluation.questions.3.none.mentor", ("table-concerns-1", "No", "Mentors")),
        ("evaluation.questions.3.none.mentee", ("table-concerns-1", "No", "Mentees")),
        ("evaluation.questions.4.none.mentor", ("table-concerns-2", "No", "Mentors")),
        ("evaluation.questions.4.none.mentee", ("table-concerns-2", "No", "Mentees")),
        ("evaluation.questions.8.majority", ("table-meetings-1", "Most common answer", "Everyone")),
        ("evaluation.questions.9.majority", ("table-meetings-2", "Most common answer", "Everyone")),
        ("evaluation.questions.9.ten.mentor", ("table-meetings-3", "Ten meetings", "Mentors")),
        ("evaluation.questions.9.ten.mentee", ("table-meetings-3", "Ten meetings", "Mentees")),
        ("evaluation.questions.10.empowered.mentor.all", ("table-achieved", "Felt empowered", "Mentors")),
        (
            "evaluation.questions.10.empowered.mentor.extremely_or_very",
            ("table-achieved", "Felt empowered, extremely or very", "Mentors"),
        ),
        ("evaluation.questions.10.enlightened.mentee.all", ("table-achieved", "Felt enlightened", "Mentees")),
        (
            "evaluation.questions.10.enlightened.mentee.extremely_or_very",
            ("table-achieved", "Felt enlightened, extremely or very", "Mentees"),
        ),
        ("evaluation.questions.11.beneficial.mentor", ("table-beneficial", "Beneficial", "Mentors")),
        ("evaluation.questions.11.beneficial.mentee", ("table-beneficial", "Beneficial", "Mentees")),
    ],
    texts: &[
        ("scheme.structure.2", "", "Each pair was to meet four times over three to four months"),
        ("scheme.handbook", "", "two students were trained as reserve mentors"),
        ("evaluation.ethics", "", "54470"),
        (
            "evaluation.questionnaire.mentor.invited",
            "",
            "8 of 8 mentors (100%) and 6 of 8 mentees (75%) answered the questionnaire",
        ),
        (
            "evaluation.questionnaire.mentee.invited",
            "",
            "8 of 8 mentors (100%) and 6 of 8 mentees (75%) answered the questionnaire",
        ),
        (
            "evaluation.evaluation_session.mentor.invited",
            "",
            "To the evaluation sessions came 7 of 8 mentors and 7 of 8 mentees",
        ),
        (
            "evaluation.evaluation_session.mentee.invited",
            "",
            "To the evaluation sessions came 7 of 8 mentors and 7 of 8 mentees",
        ),
        ("evaluation.methods.2", "", "The questionnaire had twelve questions"),
        ("evaluation.questions.3.note", "", "one mentor had a concern about who the organisers were"),
        ("evaluation.questions.5.ask", "", "What is one thing that you have learnt?"),
    ],
};

const RECIPROCAL: Scheme = Scheme {
    facts: "reciprocal-2023",
    report: "reports/programme/2023/index.html",
    grids: &[],
    cells: &[
        ("scheme.cohort.pairs", ("table-flow", "Begun", "Pairs")),
        ("evaluation.achieved_initial_goals.mentor", ("table-achieved-1", "Yes", "Mentors")),
        ("evaluation.kept_a_diary.mentor", ("table-achieved-2", "Yes", "Mentors")),
        ("evaluation.would_take_part_again.mentor", ("table-again-1", "Yes", "Mentors")),
        ("evaluation.would_take_part_again.mentee", ("table-again-1", "Yes", "Mentees")),
        ("evaluation.would_recommend.mentor", ("table-again-2", "Yes", "Mentors")),
        ("evaluation.would_recommend.mentee", ("table-again-2", "Yes", "Mentees")),
    ],
    texts: &[
        ("scheme.cohort.start", "", "which began in June 2023 and ended in November"),
        ("scheme.cohort.end", "taking-part/index.html", "A cohort ran from June to November 2023"),
        ("scheme.cohort.next", "", "The next cohort was planned for the spring of 2024"),
        (
            "scheme.meetings",
            "",
            "each pair met once a month for an hour. Mentors could come to a drop-in session every month",
        ),
    ],
};

/// Leaves of the facts that hold no figure, although a word in them looks like one.
const NO_FIGURES: [&str; 3] =
    ["citation.journal", "scheme.procedure.5", "evaluation.questions.1.any surprise"];

#[test]
fn every_figure_of_the_facts_is_carried_by_an_element_of_the_built_sites() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sample = |name: &str| Site::copy_of(name, &root.join("tests/sites").join(name).join("in"));
    let mut list = String::new();
    for (scheme, site) in [
        (AIMMS, Site::demonstration("facts")),
        (REVERSE, sample("reverse")),
        (RECIPROCAL, sample("reciprocal")),
    ] {
        site.build();
        scheme.walk(&site, &mut list);
    }
    assert_file(&list, &root.join("tests/facts/carried"));
}

impl Scheme {
    fn walk(&self, site: &Site, list: &mut String) {
        let tables = tables(&site.page(self.report));
        let mut pages: BTreeMap<&str, String> = BTreeMap::new();
        let mut used = BTreeSet::new();
        writeln!(list, "# {}", self.facts).expect("text");
        for (path, fact) in facts(self.facts) {
            if NO_FIGURES.contains(&path.as_str()) {
                continue;
            }
            let figures = figures(&fact);
            if let Some((table, row, column)) = self.cell(&path) {
                used.insert(path.clone());
                let found = table_of(&tables, &table).cell(&row, &column).to_owned();
                let n = table_of(&tables, &table).columns.iter().find(|name| name.starts_with(&column));
                assert!(
                    is_said(&fact, &figures, &found, n.map_or("", String::as_str)),
                    "{}: {path} is `{fact}`, and {table}, {row}, {column} says `{found}`",
                    self.facts
                );
                writeln!(list, "{path}: {fact} -> #{table}, {row}, {column}: {found}").expect("text");
                continue;
            }
            let place = self.texts.iter().find(|(of, _, _)| *of == path);
            let Some((_, page, text)) = place else {
                let harmless = figures.is_empty() && fact != "null";
                assert!(harmless, "{}: nothing carries {path}: {fact}", self.facts);
                continue;
            };
            used.insert(path.clone());
            let name = if page.is_empty() { self.report } else { page };
            let said = pages.entry(name).or_insert_with(|| html::text(&site.page(name)));
            assert!(said.contains(text), "{}: {name} does not say `{text}`", self.facts);
            for figure in &figures {
                assert!(
                    self::figures(text).contains(figure),
                    "{}: {path} has {figure}, and `{text}` has not",
                    self.facts
                );
            }
            writeln!(list, "{path}: {fact} -> /{}: {text}", name.trim_end_matches("index.html"))
                .expect("text");
        }
        let known =
            self.cells.iter().map(|(path, _)| *path).chain(self.texts.iter().map(|(path, _, _)| *path));
        for path in known {
            assert!(used.contains(path), "{}: there is no fact {path}", self.facts);
        }
    }

    /// The table, row and column of a fact.
    fn cell(&self, path: &str) -> Option<(String, String, String)> {
        if let Some((_, (table, row, column))) = self.cells.iter().find(|(of, _)| *of == path) {
            return Some(((*table).to_owned(), (*row).to_owned(), (*column).to_owned()));
        }
        self.grids.iter().find_map(|grid| {
            let rest = path.strip_prefix(grid.facts)?.strip_prefix('.')?;
            let (row, group) = rest.rsplit_once('.')?;
            let (_, row) = grid.rows.iter().find(|(fact, _)| *fact == row)?;
            let (_, column) = GROUPS.iter().find(|(id, _)| *id == group)?;
            Some((grid.table.to_owned(), (*row).to_owned(), (*column).to_owned()))
        })
    }
}

fn table_of<'t>(tables: &'t BTreeMap<String, Table>, id: &str) -> &'t Table {
    tables.get(id).unwrap_or_else(|| panic!("no table {id} among {:?}", tables.keys()))
}

/// Whether a cell says a fact: its figure, "not asked" for none, the whole column's number for "all".
fn is_said(fact: &str, figures: &BTreeSet<String>, cell: &str, column: &str) -> bool {
    match fact {
        "null" => cell == "not asked",
        "all" => column.contains(&format!("n = {cell})")),
        _ if fact.contains('%') => cell == fact.replace(' ', ""),
        // "6 of 8": the cell, and the column's number.
        _ if fact.contains(" of ") => {
            let (count, base) = fact.split_once(" of ").expect("both");
            cell == count && column.contains(&format!("n = {base})"))
        }
        _ => !figures.is_empty() && self::figures(cell) == *figures,
    }
}

/// The facts of a scheme: the path of each leaf, and what it says.
fn facts(name: &str) -> Vec<(String, String)> {
    let folder = Site::empty("facts");
    let copy = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/facts/{name}.yaml"));
    folder.bytes("content/facts.yaml", &std::fs::read(copy).expect("the facts"));
    let sources = Sources::read(folder.root()).expect("sources");
    let (file, source) = sources.find("content/facts.yaml").expect("the copy");
    let mut found = Diagnostics::new();
    let node = yaml::parse(&sources, file, 0..source.text.len(), &mut found).expect("YAML");
    assert!(found.is_empty(), "{name} is sound");
    let mut leaves = Vec::new();
    walk(&node, String::new(), &mut leaves);
    leaves
}

fn walk(node: &Node, path: String, leaves: &mut Vec<(String, String)>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match &node.kind {
        Kind::Map(entries) => {
            for entry in entries {
                let key = &entry.key.value;
                // "2 most rewarding", and what a comma within a text made a key of.
                if key.contains(' ') && key.starts_with(|c: char| c.is_ascii_digit()) {
                    leaves.push((below(key), key.clone()));
                }
                if !matches!(entry.value.kind, Kind::Null) || figures(key).is_empty() {
                    walk(&entry.value, below(key), leaves);
                }
            }
        }
        Kind::List(items) => {
            for (at, item) in items.iter().enumerate() {
                walk(item, below(&at.to_string()), leaves);
            }
        }
        Kind::Scalar { text, .. } => leaves.push((path, text.clone())),
        Kind::Null => leaves.push((path, "null".to_owned())),
    }
}

const WORDS: [&str; 13] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen",
];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The figures in a text: numbers, whether in digits or in words, with dates taken apart into day, month and year.
fn figures(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase().replace(" %", "%");
    let mut figures = BTreeSet::new();
    // "May" is a month beside a year.
    let is_year =
        |word: &str| word.len() == 4 && word.parse().is_ok_and(|year: u32| (1900..2100).contains(&year));
    let has_year = lower.split(|c: char| !c.is_ascii_digit()).any(is_year);
    for word in
        lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | ':' | '’' | '\''))
    {
        let word = word.trim_matches(['.', '?', '!', '"']);
        if let Some(at) = WORDS.iter().position(|known| *known == word) {
            figures.insert((at + 1).to_string());
        } else if let Some(at) = MONTHS.iter().position(|month| has_year && *month == word) {
            figures.insert(format!("month {}", at + 1));
        } else if let [year, month, rest @ ..] = &word.split('-').collect::<Vec<_>>()[..]
            && is_year(year)
            && month.len() == 2
        {
            let number = |text: &str| text.trim_start_matches('0').to_owned();
            figures.insert((*year).to_owned());
            figures.insert(format!("month {}", number(month)));
            figures.extend(rest.iter().map(|day| number(day)));
        } else if word.bytes().any(|b| b.is_ascii_digit()) {
            figures.insert(word.to_owned());
        }
    }
    figures
}
