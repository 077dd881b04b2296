//! Ids of a survey: what they may not be, and how they read as words.

use super::EVERYONE;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::path::is_id;
use crate::source::Spanned;
use crate::yaml;

/// Ids that mean something else where an id may stand.
const RESERVED: [&str; 14] = [
    "null",
    "all",
    EVERYONE,
    "page",
    "few",
    "nearly-all",
    "withheld",
    "unpublished",
    "mentioned",
    "most",
    "not-reported",
    "respondents",
    "flow",
    "tallies",
];

/// Reports an id that cannot stand in an address, or means something else.
pub(super) fn check_id(id: &Spanned<String>, found: &mut Diagnostics) {
    if !is_id(&id.value) {
        found.push(yaml::bad_id(&id.value, id.span));
    } else if RESERVED.contains(&id.value.as_str()) {
        found.push(
            Diagnostic::new(
                Code::ReservedId,
                id.span,
                format!("`{}` means something else in a survey", id.value),
            )
            .help("choose another id"),
        );
    }
}

/// An id as words: `strongly-agree` is "Strongly agree".
pub(in crate::evaluation) fn words_of(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
