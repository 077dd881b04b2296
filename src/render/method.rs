//! A report's policy and release -> the sentences of "Method and protection": what was done for the people in its
//! figures, what was not, what was checked, and where the figures come from. Page, document and workbook say the same.

use super::view;
use crate::evaluation::Published;
use crate::evaluation::disclosure::{Attribute, Policy, PolicyName};
use crate::language::Language;
use crate::output::GENERATOR;
use crate::theme::Interface;

/// What no policy here protects against, in the order it is told.
const LIMITS: [&str; 10] = [
    "limit.editions",
    "limit.knowledge",
    "limit.likely",
    "limit.insiders",
    "limit.crossed",
    "limit.sizes",
    "limit.words",
    "limit.choices",
    "limit.raw",
    "limit.legal",
];

/// The same where nothing is hidden at all.
const LIMITS_IN_PRINT: [&str; 5] =
    ["limit.in-print", "limit.knowledge", "limit.words", "limit.raw", "limit.legal"];

/// The section of a report, whose survey has this title.
pub(super) fn method<'a>(
    published: &'a Published,
    survey: &str,
    interface: &Interface,
    first: &Language,
) -> view::Method<'a> {
    let policy = published.policy();
    let say = |key: &str| interface.say(key, &[]);
    let exception = |exception| {
        let cells = published.exempt(exception, interface, first);
        let places = [
            ("cells", cells.as_str()),
            ("reason", &exception.reason),
            ("approved_by", &exception.approved_by),
        ];
        interface.say("report.exception", &places)
    };
    let limits = if policy.is_audited() { &LIMITS[..] } else { &LIMITS_IN_PRINT };
    view::Method {
        policy: policy.name.name(),
        sentence: say(published.policy_key()),
        rules: rules(policy, interface),
        source: policy.source.as_deref().map(source),
        reason: policy.reason.as_deref(),
        approved_by: policy.approved_by.as_deref(),
        exceptions: policy.exceptions.iter().map(exception).collect(),
        notes: published.has_unbased().then(|| say("report.unbased")).into_iter().collect(),
        promise: published.keeps_promise().then(|| promise(policy, interface)),
        limits: limits
            .iter()
            .map(|key| interface.say(key, &[("n", &policy.coalition.to_string())]))
            .collect(),
        checks: published.checks().into_iter().map(say).collect(),
        provenance: provenance(published, survey, interface),
    }
}

/// What holds of every count: in words where the policy has its usual numbers.
fn promise(policy: &Policy, interface: &Interface) -> String {
    let Policy { band, coalition, min_width, min_width_insider, .. } = policy;
    if [*band, *coalition, *min_width, *min_width_insider] == [3, 1, 2, 1] {
        return interface.say("protect.promise", &[]);
    }
    let places = [
        ("band", band.to_string()),
        ("reader", (min_width + 1).to_string()),
        ("insider", (min_width_insider + 1).to_string()),
        ("n", coalition.to_string()),
    ];
    let places = places.each_ref().map(|(name, number)| (*name, number.as_str()));
    interface.say("protect.promise-of", &places)
}

/// Where figures are in print; a DOI or an address is a link.
fn source(text: &str) -> view::Source<'_> {
    let doi = text.strip_prefix("doi:").map(|doi| format!("https://doi.org/{doi}"));
    let href = doi.or_else(|| text.starts_with("https://").then(|| text.to_owned()));
    view::Source { text, href }
}

/// A policy's rules with its own numbers.
fn rules(policy: &Policy, interface: &Interface) -> Vec<String> {
    let number = |key: &str, n: u32| interface.say(key, &[("n", &n.to_string())]);
    match policy.name {
        PolicyName::AsPublished => {
            vec![interface.say("protect.in-print", &[]), quotes(policy, interface)]
        }
        // What they do is said in the sentence before.
        PolicyName::AsApproved | PolicyName::Hesa | PolicyName::Ofs => {
            vec![quotes(policy, interface)]
        }
        PolicyName::SmallSurvey => {
            let band = policy.band.to_string();
            let few = interface.say("value.few", &[("band", &band)]);
            let flow = match &policy.approved_by {
                Some(_) => interface.say("protect.flow-approved", &[]),
                None => number("protect.flow", policy.band),
            };
            vec![
                number("protect.group-size", policy.min_group),
                interface.say("protect.band", &[("band", &band), ("few", &few)]),
                number("protect.percentages", policy.percentage_base),
                number("protect.means", policy.mean_base),
                interface.say("protect.one-display", &[]),
                flow,
                quotes(policy, interface),
            ]
        }
    }
}

/// Who may be quoted, and what is said of her.
fn quotes(policy: &Policy, interface: &Interface) -> String {
    let says = |attribute| policy.attributes.contains(&attribute);
    let credit = match (says(Attribute::Group), says(Attribute::Wave)) {
        (true, false) => "protect.credit-group",
        (true, true) => "protect.credit-both",
        (false, true) => "protect.credit-wave",
        (false, false) => "protect.credit-none",
    };
    let credit = interface.say(credit, &[]);
    match policy.is_judged() {
        true => {
            let n = policy.quote_base.to_string();
            interface.say("protect.quotes", &[("n", &n), ("credit", &credit)])
        }
        false => interface.say("protect.quotes-consent", &[("credit", &credit)]),
    }
}

fn provenance(published: &Published, survey: &str, interface: &Interface) -> Vec<view::Provenance> {
    let corrections = published.corrections();
    let corrected = match corrections.last() {
        Some(last) => {
            interface.count("provenance.corrected", corrections.len(), &[("date", &interface.day(last.date))])
        }
        None => interface.say("provenance.uncorrected", &[]),
    };
    let fact = |name: &'static str, text: String| view::Provenance {
        name,
        label: interface.say(&format!("provenance.{name}"), &[]),
        text,
    };
    vec![
        fact("survey", survey.to_owned()),
        fact("edition", published.edition().to_owned()),
        fact("collected", published.collected(interface)),
        fact("corrections", corrected),
        fact("sha256", published.sha256().to_owned()),
        fact("generator", GENERATOR.to_owned()),
    ]
}
