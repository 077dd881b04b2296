//! Words that findings and reports share.

use crate::evaluation::disclosure::Policy;

/// "one person", "4 people".
pub(super) fn people(count: i64) -> String {
    if count == 1 { "one person".to_owned() } else { format!("{count} people") }
}

/// The policy by its name.
pub(super) fn named(policy: &Policy) -> String {
    format!("policy {}", policy.name.name())
}

/// "a, b and c".
pub(super) fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
