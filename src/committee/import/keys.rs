//! The keys of `private/registration.yaml`, each with what it holds: the table that the reader and the schema are made
//! from.

use super::field::{Field, TERMS};
use crate::directory::Purpose;
use crate::yaml::{Form, Format, Holds, key, required, words};

const TEXTS: Holds = Holds::OneOrMore(&Holds::Text);

/// `private/registration.yaml`.
pub static REGISTRATION: Format = Format {
    what: "registration.yaml",
    keys: &[
        required(key(
            "columns",
            Holds::Each(&COLUMNS, &Holds::Text),
            "{name: Full name, email: Email2, post: Your post}",
            "The parts of a profile, and the question that each comes from.",
        )),
        required(key(
            "roles",
            Holds::Either(&[Holds::Word(&["mentor"]), Holds::Map(&ROLES)]),
            "{column: I would like to be, mentor: [A mentor], mentee: [A mentee]}",
            "The question and the answers that give a role; mentor alone where all who register are mentors.",
        )),
        required(key(
            "consent",
            Holds::Each(&words(&Purpose::ALL), &Holds::Map(&ASKED)),
            "{profile: {column: Your profile, yes: [I agree], no: [I do not agree], wording: v3}}",
            "For each purpose the question for consent.",
        )),
        key("completed", Holds::Text, "Completion time", "The column that says when an answer was sent."),
        key(
            "dates",
            Holds::Word(&["mdy", "dmy", "iso"]),
            "dmy",
            "How dates are written, where they are texts.",
        ),
        key(
            "terms",
            Holds::Each(&TERMS, &Holds::ById(&Holds::Text)),
            "{institution: {Univ. of Leeds: leeds}}",
            "Answers in other words than the vocabulary's, and the id that each stands for.",
        ),
        key(
            "otherwise",
            Holds::Each(&OTHERWISE, &Holds::Text),
            "{stage: lecturer}",
            "What to write where nothing was answered, or nobody was asked.",
        ),
        key("ignore", TEXTS, "[\"Anything else?\"]", "Questions that are knowingly not read."),
    ],
};

/// `roles`, where a question asks.
pub(super) static ROLES: Format = Format {
    what: "roles",
    keys: &[
        required(key("column", Holds::Text, "I would like to be", "The question.")),
        key("mentor", TEXTS, "[A mentor]", "Answers of mentors."),
        key("mentee", TEXTS, "[A mentee]", "Answers of mentees."),
        key("both", TEXTS, "[Both]", "Answers of people who are both."),
    ],
};

/// One question for consent.
pub(super) static ASKED: Format = Format {
    what: "a question for consent",
    keys: &[
        required(key("column", Holds::Text, "Your profile on the website", "The question.")),
        required(key("yes", TEXTS, "[I agree]", "Answers that give consent.")),
        key("no", TEXTS, "[I do not agree]", "Answers that do not."),
        required(key(
            "wording",
            Holds::Either(&[Holds::Text, Holds::ById(&Holds::Like(Form::Date))]),
            "v3",
            "The wording that stood in the form, or wordings with the day since when each did.",
        )),
    ],
};

/// What `columns` may name: parts of a record, and the address by which people are known.
pub(super) const COLUMNS: [&str; Field::COLUMNS.len() + 1] = {
    let mut columns = ["email"; Field::COLUMNS.len() + 1];
    let mut at = 0;
    while at < Field::COLUMNS.len() {
        columns[at] = Field::COLUMNS[at].0;
        at += 1;
    }
    columns
};

/// What can be said for everybody who was not asked.
pub(super) const OTHERWISE: [&str; 5] = ["post", "institution", "stage", "capacity", "pathway"];
