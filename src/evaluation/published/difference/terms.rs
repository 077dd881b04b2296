//! A published release -> what was decided about it, under the names that files have for that: its dates, and its policy key by key.

use super::super::{Published, Words};
use super::{Place, Said};
use crate::evaluation::disclosure::{Exception, Policy};
use crate::source::Spanned;

/// What was decided about a release.
pub(super) fn of(published: &Published) -> Vec<(Place, Said)> {
    let release = published.judged.release();
    let list = |items: &[Spanned<String>], none: &str| match items {
        [] => none.to_owned(),
        items => items.iter().map(|item| item.value.as_str()).collect::<Vec<_>>().join(" to "),
    };
    let mut terms = vec![
        ("collected", list(&release.collected, "not reported")),
        ("includes", list(&release.includes, "none").replace(" to ", ", ")),
    ];
    terms.extend(policy(published.policy()));
    let said = |words| Said { words: Words(words), is_shown: true, is_again: false };
    terms.into_iter().map(|(name, words)| ((name.to_owned(), String::new()), said(words))).collect()
}

/// A policy key by key. What is not written has no line.
fn policy(policy: &Policy) -> Vec<(&'static str, String)> {
    let Policy {
        name,
        span: _,
        min_group,
        band,
        percentage_base,
        mean_base,
        quote_base,
        attributes,
        max_per_person,
        has_totals,
        coalition,
        min_width,
        min_width_insider,
        mean_decimals,
        percentage_decimals,
        source,
        reason,
        approved_by,
        minutes,
        informed,
        exceptions,
    } = policy;
    let mut keys = vec![("policy", name.name().to_owned())];
    let numbers = [
        ("min_group", min_group),
        ("band", band),
        ("percentages: min_base", percentage_base),
        ("percentages: decimals", percentage_decimals),
        ("means: min_n", mean_base),
        ("means: decimals", mean_decimals),
        ("quotes: min_group", quote_base),
        ("quotes: max_per_person", max_per_person),
        ("coalition", coalition),
        ("min_width", min_width),
        ("min_width_insider", min_width_insider),
    ];
    keys.extend(numbers.map(|(key, number)| (key, number.to_string())));
    let attributes: Vec<&str> = attributes.iter().map(|attribute| attribute.name()).collect();
    keys.push(("quotes: attributes", format!("[{}]", attributes.join(", "))));
    keys.push(("totals", if *has_totals { "show" } else { "omit" }.to_owned()));
    let texts = [
        ("source", source),
        ("reason", reason),
        ("approved_by", approved_by),
        ("minutes", minutes),
        ("informed", informed),
    ];
    keys.extend(texts.into_iter().filter_map(|(key, text)| Some((key, format!("\"{}\"", text.as_ref()?)))));
    if !exceptions.is_empty() {
        let cells: Vec<String> = exceptions.iter().map(Exception::cells).collect();
        keys.push(("exceptions", cells.join(" and ")));
    }
    keys
}
