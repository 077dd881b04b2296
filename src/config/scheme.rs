//! `scheme:` of `site.yaml` -> what kind of scheme the site is for, and when its cohorts run.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Span, Spanned};
use crate::yaml::{self, Fields, Form, Format, Holds, Node, key, required, words};
use jiff::civil::Date;

/// The scheme that a site is for. A site that names one has the pages that law and guidance ask of a scheme.
#[derive(Debug)]
pub struct Scheme {
    /// The place for what concerns the scheme.
    pub span: Span,
    /// Where the site says that being listed reveals special category data, if it does.
    pub special_category: Option<Span>,
    /// In the order of the file.
    pub cohorts: Vec<Cohort>,
}

/// A round of the scheme: people who begin together. Its times are days or months, as they were written.
#[derive(Clone, Debug)]
pub struct Cohort {
    /// When it begins.
    pub start: String,
    /// When it ends, if that is known.
    pub end: Option<String>,
    /// The last day or month for applications.
    pub apply_by: Option<String>,
    /// How many pairs there are in it.
    pub pairs: Option<usize>,
    /// When the one after it begins.
    pub next: Option<String>,
}

/// Kinds of scheme.
const KINDS: [(&str, ()); 3] = [("mentoring", ()), ("reverse", ()), ("reciprocal", ())];

/// `scheme`.
pub(super) static SCHEME: Format = Format {
    what: "scheme",
    keys: &[
        key("kind", Holds::Word(&words(&KINDS)), "reverse", "What kind of scheme it is."),
        key(
            "special_category",
            Holds::Boolean,
            "true",
            "Whether being listed reveals special category data, such as ethnic origin.",
        ),
        key(
            "cohorts",
            Holds::List(&Holds::Map(&COHORT)),
            "[{start: 2027-02, end: 2027-07}]",
            "Rounds of the scheme.",
        ),
    ],
};

/// One of `scheme.cohorts`.
static COHORT: Format = Format {
    what: "a cohort",
    keys: &[
        required(key("start", Holds::Like(Form::DayOrMonth), "2027-02", "When it begins.")),
        key("end", Holds::Like(Form::DayOrMonth), "2027-07", "When it ends."),
        key("apply_by", Holds::Like(Form::DayOrMonth), "2027-01-15", "The last day for applications."),
        key("pairs", Holds::Number, "24", "How many pairs there are in it."),
        key("next", Holds::Like(Form::DayOrMonth), "2027-09", "When the one after it begins."),
    ],
};

impl Scheme {
    /// Reads it; its kind only has to be right.
    pub(super) fn read(fields: &Fields, found: &mut Diagnostics) -> Option<Scheme> {
        let scheme = SCHEME.read(fields.get("scheme")?, found)?;
        if let Some(node) = scheme.get("kind") {
            yaml::word(node, "a kind of scheme", &KINDS, found);
        }
        let special_category =
            scheme.get("special_category").and_then(|node| yaml::boolean(node, found)?.then_some(node.span));
        let span = fields.key_span("scheme").unwrap_or(scheme.span);
        let cohorts = scheme.get("cohorts").map(|node| yaml::items(node, found)).unwrap_or_default();
        let cohorts = cohorts.iter().filter_map(|node| Cohort::read(node, found)).collect();
        Some(Scheme { span, special_category, cohorts })
    }
}

impl Cohort {
    fn read(node: &Node, found: &mut Diagnostics) -> Option<Cohort> {
        let fields = COHORT.read(node, found)?;
        let start = fields.need("start", found).and_then(|node| yaml::day_or_month(node, found));
        let time = |key: &str, found: &mut Diagnostics| {
            fields.filled(key, found).and_then(|node| yaml::day_or_month(node, found))
        };
        let (end, apply_by, next) = (time("end", found), time("apply_by", found), time("next", found));
        let pairs = fields.get("pairs").and_then(|node| yaml::number(node, found));
        let start = start?;
        let mut order = |time: &Option<Spanned<String>>, is_wrong: bool, message: &str, help: &str| {
            if let (Some(time), true) = (time, is_wrong) {
                found.push(
                    Diagnostic::new(Code::BadDate, time.span, message).help(help.replace("{}", &start.value)),
                );
            }
        };
        let first = first_day(&start.value);
        let is_before =
            |time: &Option<Spanned<String>>| time.as_ref().is_some_and(|time| last_day(&time.value) < first);
        let is_after = apply_by.as_ref().is_some_and(|time| first_day(&time.value) > last_day(&start.value));
        order(
            &end,
            is_before(&end),
            "the cohort would end before it begins",
            "write a day or month from {} on",
        );
        order(
            &next,
            is_before(&next),
            "the next cohort would begin before this one",
            "write a day or month after {}",
        );
        order(
            &apply_by,
            is_after,
            "applications would be open after the cohort has begun",
            "write a day or month up to {}",
        );
        let value = |time: Option<Spanned<String>>| time.map(|time| time.value);
        Some(Cohort {
            start: start.value,
            end: value(end),
            apply_by: value(apply_by),
            pairs: pairs.map(|pairs| pairs as usize),
            next: value(next),
        })
    }

    /// The first day it is on.
    pub fn first_day(&self) -> Option<Date> {
        first_day(&self.start)
    }

    /// The last day it is on, if that is known.
    pub fn last_day(&self) -> Option<Date> {
        self.end.as_deref().and_then(last_day)
    }

    /// The last day for applications.
    pub fn last_call(&self) -> Option<Date> {
        self.apply_by.as_deref().and_then(last_day)
    }
}

/// The first day of a day or month.
fn first_day(written: &str) -> Option<Date> {
    written.parse().or_else(|_| format!("{written}-01").parse()).ok()
}

/// The last day of a day or month.
fn last_day(written: &str) -> Option<Date> {
    written.parse().or_else(|_| format!("{written}-01").parse().map(Date::last_of_month)).ok()
}
