//! The keys of an evaluation's files, each with what it holds: the tables that the readers and the schemas are made from.

use super::disclosure::{Attribute, PolicyName, TOTALS};
use super::survey::KINDS;
use crate::config::AUTHOR;
use crate::forms::DateOrder;
use crate::yaml::{Described, Form, Format, Holds, key, required, words};

const TEXTS: Holds = Holds::OneOrMore(&Holds::Text);
const LISTED: Holds = Holds::List(&Holds::Text);
const ID: Holds = Holds::Like(Form::Id);

/// `survey.yaml`.
pub static SURVEY: Format = Format {
    what: "survey.yaml",
    keys: &[
        required(key("title", Holds::Localised, "Evaluation of the scheme", "The survey's title.")),
        required(key(
            "groups",
            Holds::ById(&Holds::Either(&[Holds::Localised, Holds::Map(&GROUP)])),
            "{mentee: Mentees, mentor: Mentors}",
            "Who was asked: ids and their words.",
        )),
        key(
            "waves",
            Holds::ById(&Holds::Either(&[Holds::Localised, Holds::Map(&WAVE)])),
            "{baseline: Before mentoring, six_months: At six months}",
            "When people were asked, in order; left out where there was one occasion.",
        ),
        key(
            "scales",
            Holds::ById(&Holds::Map(&SCALE)),
            "{ten: {from: 0, to: 10}}",
            "Scales that several questions share.",
        ),
        required(key(
            "questions",
            Holds::List(&Holds::Map(&QUESTION)),
            "[{id: stars, ask: How many stars?, type: stars, from: 1, to: 5, show: mean}]",
            "What was asked, and what is shown of the answers.",
        )),
        key(
            "forms",
            Holds::List(&Holds::Map(&FORM)),
            "[{wave: baseline, group: mentee, file: baseline-mentee.xlsx}]",
            "Exports of the questionnaire: whose answers each file holds.",
        ),
        key("ignore", TEXTS, "[\"What is your job title?\"]", "Columns of the exports that are not read."),
        key(
            "editions",
            Holds::ById(&Holds::Map(&EDITION)),
            "{2022-23: {collected: [2022-02-11, 2023-07]}}",
            "What the office knows of each edition; releases are held against it.",
        ),
        required(key(
            "disclosure",
            Holds::Map(&DISCLOSURE),
            "{policy: small-survey}",
            "The policy by which figures are judged before they are shown.",
        )),
        key(
            "report",
            Holds::Map(&REPORT),
            "{authors: [{family: Author, given: Sample}]}",
            "What reports say about themselves.",
        ),
    ],
};

const LABEL: Described = required(key("label", Holds::Localised, "Mentees", "The words that readers see."));

/// A group that is a map.
pub(super) static GROUP: Format = Format {
    what: "a group",
    keys: &[
        LABEL,
        key("part_of", Holds::Text, "women", "The group that it is part of, with others."),
        key("since", Holds::Text, "2023-24", "The first edition that it is in."),
    ],
};

/// A wave that is a map.
pub(super) static WAVE: Format = Format { what: "a group", keys: &[LABEL] };

/// One of `scales`.
pub(super) static SCALE: Format = Format {
    what: "a scale",
    keys: &[
        key(
            "points",
            Holds::List(&Holds::Either(&[Holds::Text, Holds::Map(&POINT)])),
            "[disagree, neutral, agree]",
            "The points of a verbal scale, in order.",
        ),
        key("middle", Holds::Text, "neutral", "The neutral point."),
        key("from", Holds::Number, "0", "The lower end of a scale of numbers."),
        key("to", Holds::Number, "10", "Its upper end."),
        key(
            "tops",
            TOPS,
            "{agreed: [agree]}",
            "Splits that may be shown: a name and its points, or from and to.",
        ),
    ],
};

const TOPS: Holds = Holds::ById(&LISTED);

/// A point of a scale that has words of its own.
pub(super) static POINT: Format = Format {
    what: "a point",
    keys: &[
        required(key("id", Holds::Text, "neutral", "Its id.")),
        required(key("label", Holds::Localised, "Neither agree nor disagree", "Its words.")),
        key("in_form", TEXTS, "[\"Neither\"]", "Its words in the form, where they are others."),
    ],
};

/// One of `questions`.
pub(super) static QUESTION: Format = Format {
    what: "a question",
    keys: &[
        required(key("id", ID, "wanted", "The question's id.")),
        required(key(
            "ask",
            Holds::Localised,
            "What are you hoping to gain?",
            "The question, as it was put.",
        )),
        required(key("type", Holds::Word(&words(&KINDS)), "choose-all", "How it is answered.")),
        key("waves", LISTED, "[baseline]", "The waves in which it was asked."),
        key(
            "options",
            Holds::List(&Holds::Map(&OPTION)),
            "[{id: advice, label: Advice}]",
            "What could be chosen, in order.",
        ),
        key("scale", Holds::Text, "agreement", "The name of a scale of the survey."),
        key("from", Holds::Number, "1", "The lower end of a scale of numbers."),
        key("to", Holds::Number, "5", "Its upper end."),
        key("tops", TOPS, "{high: [7, 10]}", "Splits that may be shown, in place of the scale's."),
        key(
            "bins",
            Holds::ById(&Holds::List(&Holds::Number)),
            "{four-to-six: [4, 6]}",
            "Ranges of a number that may be shown.",
        ),
        key("asked_of", LISTED, "[mentee]", "The groups that were asked; without it all."),
        key(
            "asked_if",
            Holds::ById(&Holds::Text),
            "{harder: \"yes\"}",
            "The answer to another question on which it was asked.",
        ),
        key(
            "in_flow",
            Holds::ById(&Holds::Text),
            "{ended: pairs.ended_early}",
            "The step of `flow` that counts whoever gave an answer, and perhaps others.",
        ),
        key(
            "show",
            Holds::Either(&[TEXTS, Holds::ById(&TEXTS)]),
            "{mentee: counts, mentor: mean}",
            "What is shown of the answers, declared before anybody sees them.",
        ),
        key("unit", Holds::Word(&["people", "pairs"]), "pairs", "Whether people answer, or pairs."),
        key("pairs_from", Holds::Text, "mentee", "The group by whose answers pairs are counted, each once."),
        key("required", Holds::Boolean, "true", "Whether at least one option had to be chosen."),
        key("max_choices", Holds::Number, "3", "How many options could be chosen at the most."),
        key("since", Holds::Text, "2023-24", "The first edition that asked it."),
        key("until", Holds::Text, "2022-23", "The last edition that asked it."),
        key(
            "replaces",
            Holds::Map(&REPLACES),
            "{question: helped_then, comparable: true}",
            "The question whose place it took.",
        ),
        key(
            "themes",
            Holds::List(&Holds::Map(&THEME)),
            "[{id: share, label: Share experiences}]",
            "The codebook of a free text.",
        ),
        key(
            "levels",
            Holds::ById(&Holds::Localised),
            "{faculty: Faculty level}",
            "What its themes speak of.",
        ),
        key(
            "column",
            Holds::Either(&[TEXTS, Holds::ById(&TEXTS)]),
            "\"What are you hoping to gain?\"",
            "The header of its column in the exports, or several that it has had; by group where they differ.",
        ),
        key("coded", Holds::Word(&["one", "all"]), "all", "How many themes an answer may be given."),
    ],
};

/// One of a question's `options`.
pub(super) static OPTION: Format = Format {
    what: "an option",
    keys: &[
        required(key("id", ID, "advice", "Its id.")),
        required(key("label", Holds::Localised, "Practical career advice", "Its words.")),
        key("asked_of", LISTED, "[mentee]", "The groups that were offered it; without it all."),
        key("exclusive", Holds::Boolean, "true", "Whether it excludes the others, as in none of these."),
        key(
            "other",
            Holds::Boolean,
            "true",
            "Whether it stands for answers in one's own words; quotations under the question are of those who chose it.",
        ),
        key("in_form", TEXTS, "[\"Advice (practical)\"]", "Its words in the form, where they are others."),
    ],
};

/// `replaces`.
pub(super) static REPLACES: Format = Format {
    what: "what a question replaces",
    keys: &[
        required(key("question", Holds::Text, "helped_then", "The earlier question.")),
        required(key("comparable", Holds::Boolean, "true", "Whether answers may be set beside each other.")),
    ],
};

/// One of a question's `themes`.
pub(super) static THEME: Format = Format {
    what: "a theme",
    keys: &[
        required(key("id", ID, "bursaries", "Its id.")),
        required(key("label", Holds::Localised, "Bursaries that last", "Its words.")),
        key("level", Holds::Text, "finance", "The level of the question that it speaks of."),
        key("when", Holds::ById(&Holds::Text), "{harder: \"yes\"}", "The answer whose givers it is of."),
    ],
};

/// One of `forms`.
pub(super) static FORM: Format = Format {
    what: "a form",
    keys: &[
        required(key("file", Holds::Text, "baseline-mentee.xlsx", "The export.")),
        key("wave", Holds::Text, "baseline", "The wave that it is of."),
        key(
            "group",
            Holds::Either(&[Holds::Text, Holds::Map(&FORM_GROUP)]),
            "mentee",
            "The group that it is of, or the question that tells which.",
        ),
        key("dates", Holds::Word(&words(&ORDERS)), "dmy", "How dates are written in it."),
        key("language", Holds::Like(Form::Language), "en", "The language it was asked in."),
    ],
};

/// The group of a form that several groups filled in.
pub(super) static FORM_GROUP: Format = Format {
    what: "the group of a form",
    keys: &[
        required(key("column", TEXTS, "I take part as", "The question that tells the group.")),
        required(key(
            "answers",
            Holds::ById(&TEXTS),
            "{mentee: A mentee, mentor: [A mentor, An adviser]}",
            "For each group the answers that mean it.",
        )),
    ],
};

/// Orders in which dates are written.
pub(super) const ORDERS: [(&str, DateOrder); 3] =
    [("mdy", DateOrder::MonthFirst), ("dmy", DateOrder::DayFirst), ("iso", DateOrder::Iso)];

const COLLECTED: Holds =
    Holds::Either(&[Holds::OneOrMore(&Holds::Like(Form::DayOrMonth)), Holds::Word(&["not-reported"])]);
const INCLUDES: Holds = Holds::Either(&[Holds::Word(&["none"]), LISTED]);
const FLOW: Holds = Holds::ById(&Holds::ById(&Holds::Number));
const TALLIES: Holds = Holds::ById(&Holds::Number);

/// One of `editions`.
pub(super) static EDITION: Format = Format {
    what: "an edition",
    keys: &[
        key("collected", COLLECTED, "[2022-02-11, 2023-07]", "From when to when answers were collected."),
        key("includes", INCLUDES, "none", "Earlier editions whose answers are in it too."),
        key(
            "invited",
            Holds::ById(&Holds::Either(&[Holds::Number, Holds::ById(&Holds::Number)])),
            "{mentee: 28}",
            "How many were invited: by wave where there are several, then by group.",
        ),
        key("flow", FLOW, "{women: {registered: 33}}", "Steps on the way into the scheme, counted."),
        key("tallies", TALLIES, "{universities: 22}", "Things that are counted, not people."),
        key(
            "gathered",
            Holds::ById(&LISTED),
            "{improve: [training]}",
            "Of questions that were gathered, the themes that came up.",
        ),
    ],
};

/// `report`.
pub(super) static REPORT: Format = Format {
    what: "report",
    keys: &[
        key(
            "authors",
            Holds::List(&Holds::Map(&AUTHOR)),
            "[{family: Author, given: Sample}]",
            "Who wrote it, in order.",
        ),
        key("institution", Holds::Text, "A university", "Where it was written."),
        key("number", Holds::Text, "\"3\"", "Its number in a series."),
        key("keywords", TEXTS, "[mentoring, medicine]", "Words by which it is found."),
        key("ethics", Holds::Text, "\"65315.A1\"", "Who approved the study, or under which number."),
        key("funding", Holds::Text, "A foundation", "Who paid for it."),
        key("interests", Holds::Text, "None.", "Interests of the authors that readers should know."),
        key("licence", Holds::Text, "CC BY 4.0", "Its licence."),
        key("doi", Holds::Text, "10.1234/sample", "Its DOI."),
        key("related", TEXTS, "[\"https://doi.org/10.1234/sample\"]", "Related works."),
    ],
};

/// `releases/<edition>.yaml`.
pub static RELEASE: Format = Format {
    what: "a release",
    keys: &[
        required(key("edition", Holds::Text, "2022-23", "The edition: the name of the file.")),
        required(key(
            "collected",
            COLLECTED,
            "[2022-02-11, 2023-07]",
            "From when to when answers were collected.",
        )),
        required(key("includes", INCLUDES, "none", "Earlier editions whose answers are in it too.")),
        required(key(
            "disclosure",
            Holds::Map(&DISCLOSURE),
            "{policy: small-survey}",
            "The policy that this release was made under.",
        )),
        required(key(
            "respondents",
            Holds::ById(&Holds::Either(&[Holds::Map(&RESPONDENTS), Holds::ById(&Holds::Map(&RESPONDENTS))])),
            "{baseline: {mentee: {answered: 12}}}",
            "How many answered: by wave where there are several, then by group.",
        )),
        key("flow", FLOW, "{women: {registered: 33}}", "Steps on the way into the scheme, counted."),
        key("tallies", TALLIES, "{universities: 22}", "Things that are counted, not people."),
        required(key(
            "answers",
            Holds::ById(&Holds::ById(&Holds::Either(&[
                VALUE,
                Holds::Map(&ANSWER),
                Holds::ById(&Holds::Either(&[VALUE, Holds::Map(&ANSWER)])),
            ]))),
            "{wanted: {mentee: {counts: {advice: 9}}}}",
            "By question, then by wave where it has several, then by group.",
        )),
        key(
            "themes",
            Holds::ById(&Holds::ById(&Holds::Either(&[
                VALUE,
                Holds::ById(&Holds::Either(&[VALUE, Holds::ById(&VALUE)])),
            ]))),
            "{why: {everyone: {bias: mentioned}}}",
            "Themes of free texts, in the same order.",
        ),
        key("corrects", Holds::Text, "2022-23", "The edition that this file corrects; with date and reason."),
        key("date", Holds::Like(Form::Date), "2026-03-02", "The day from which the correction holds."),
        key("reason", Holds::Text, "Two answers were counted twice.", "Why, as readers are told."),
        key(
            "seal",
            Holds::Map(&SEAL),
            "{values: 3f1c…}",
            "What `mentorpress protect` wrote, as hashes: it is never altered by hand.",
        ),
    ],
};

/// `seal`.
pub(super) static SEAL: Format = Format {
    what: "a seal",
    keys: &[
        required(key("values", Holds::Text, "3f1c…", "The hash of what the release says.")),
        key(
            "after",
            Holds::ById(&Holds::Text),
            "{2021-22: 9ab2…}",
            "The releases that were there, with theirs.",
        ),
    ],
};

/// The keys that only a correction has.
pub(super) const CORRECTION: [&str; 3] = ["corrects", "date", "reason"];

/// Who answered, of one group.
pub(super) static RESPONDENTS: Format = Format {
    what: "respondents",
    keys: &[
        required(key("answered", BASE, "12", "How many answered.")),
        key("invited", Holds::Number, "28", "How many were invited."),
    ],
};

const BASE: Holds =
    Holds::Either(&[Holds::Number, Holds::Word(&["not-reported", "low"]), Holds::Map(&ROUNDED)]);

/// What is given of one question and group.
pub(super) static ANSWER: Format = Format {
    what: "an answer",
    keys: &[
        key("answered", BASE, "11", "How many answered this question, where that differs."),
        key("counts", Holds::ById(&VALUE), "{advice: 9}", "A value for each option."),
        key("tops", Holds::ById(&VALUE), "{agreed: 8}", "A value for each split that is shown."),
        key("bins", Holds::ById(&VALUE), "{ten: 1}", "A value for single ranges."),
        key("most", Holds::Text, "four-to-six", "The most common range."),
        key("mean", STATISTIC, "4.60", "The mean, as it is printed."),
        key("min", STATISTIC, "1", "The lowest answer."),
        key("max", STATISTIC, "5", "The highest answer."),
    ],
};

const STATISTIC: Holds = Holds::Either(&[Holds::Decimal, Holds::Word(&["withheld", "unpublished"])]);

const VALUE: Holds = Holds::Called(
    "a value",
    &Holds::Either(&[
        Holds::Number,
        Holds::Word(&["few", "nearly-all", "withheld", "unpublished", "mentioned"]),
        Holds::Map(&ROUNDED),
        Holds::Map(&PERCENTAGE),
    ]),
);

/// A count that was rounded.
pub(super) static ROUNDED: Format = Format {
    what: "a rounded count",
    keys: &[
        required(key("rounded", Holds::Number, "35", "The count, rounded.")),
        required(key("to", Holds::Number, "5", "What it was rounded to.")),
    ],
};

/// A percentage in the place of a count.
pub(super) static PERCENTAGE: Format = Format {
    what: "a percentage",
    keys: &[required(key("percent", Holds::Decimal, "83", "The percentage."))],
};

/// `disclosure`.
pub static DISCLOSURE: Format = Format {
    what: "disclosure",
    keys: &[
        required(key("policy", Holds::Word(&words(&PolicyName::ALL)), "small-survey", "Which policy it is.")),
        key("source", Holds::Text, "\"doi:10.1234/sample\"", "Where the figures are in print already."),
        key("reason", Holds::Text, "The figures are in print.", "Why this policy was chosen."),
        key("approved_by", Holds::Text, "The steering group", "Who decided."),
        key("minutes", Holds::Text, "2026-05-12, item 4", "The minutes of the decision."),
        key(
            "informed",
            Holds::Text,
            "\"Results will be published in full.\"",
            "What those who answered had been told.",
        ),
        key("coalition", Holds::Number, "1", "How many people may put what they know together."),
        key("min_width", Holds::Number, "2", "How many other values must stay possible to outsiders."),
        key("min_width_insider", Holds::Number, "1", "How many to somebody who answered."),
        key("min_group", Holds::Number, "6", "Of a smaller group nothing is shown."),
        key("band", Holds::Number, "3", "Counts below it, and above the number less it, are not exact."),
        key(
            "percentages",
            Holds::Map(&PERCENTAGES),
            "{min_base: 23}",
            "From how many people on percentages are allowed.",
        ),
        key("means", Holds::Map(&MEANS), "{min_n: 8}", "From how many people on means are allowed."),
        key(
            "totals",
            Holds::Word(&words(&TOTALS)),
            "omit",
            "Whether `show` may name everyone beside groups of people.",
        ),
        key("quotes", Holds::Map(&QUOTES), "{min_group: 8}", "Who may be quoted, and what is said of her."),
        key(
            "exceptions",
            Holds::List(&Holds::Map(&EXCEPTION)),
            "[{cells: six_months/*/mentor, reason: …, approved_by: …}]",
            "Cells that are exempt, on somebody's decision.",
        ),
    ],
};

const DECIMALS: Described = key("decimals", Holds::Number, "1", "To how many places they are rounded.");

/// `disclosure.percentages`.
pub(super) static PERCENTAGES: Format = Format {
    what: "percentages",
    keys: &[key("min_base", Holds::Number, "23", "The smallest number of people."), DECIMALS],
};

/// `disclosure.means`.
pub(super) static MEANS: Format = Format {
    what: "means",
    keys: &[
        key("min_n", Holds::Number, "8", "The smallest number of people."),
        key(
            "decimals",
            Holds::Number,
            "1",
            "The places a mean is rounded to; a withheld one tells by them how near it is to an end.",
        ),
    ],
};

/// `disclosure.quotes`.
pub(super) static QUOTES: Format = Format {
    what: "quotes",
    keys: &[
        key("min_group", Holds::Number, "8", "The smallest group that may be quoted."),
        key(
            "attributes",
            Holds::List(&Holds::Word(&words(&Attribute::ALL))),
            "[group]",
            "What a quotation is credited with.",
        ),
        key("max_per_person", Holds::Number, "1", "How many texts of one person may be marked as quotable."),
    ],
};

/// One of `disclosure.exceptions`.
pub(super) static EXCEPTION: Format = Format {
    what: "an exception",
    keys: &[
        required(key("cells", Holds::Text, "six_months/*/mentor", "Wave, question and group; * is any.")),
        required(key("reason", Holds::Text, "Both mentors agreed in writing.", "Why.")),
        required(key("approved_by", Holds::Text, "The steering group", "Who decided.")),
    ],
};
