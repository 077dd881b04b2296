//! A text -> where accounts of messaging services stand in it: `wa.me/…`, `Telegram: @name`.

use std::ops::Range;

/// Addresses that lead to an account.
pub(super) const ADDRESSES: [&str; 9] = [
    "wa.me/",
    "t.me/",
    "telegram.me/",
    "api.whatsapp.com/",
    "chat.whatsapp.com/",
    "m.me/",
    "signal.me/",
    "signal.group/",
    "discord.gg/",
];
/// Services before an account's name, and those whose name before a colon is no ordinary word.
pub(super) const SERVICES: [&str; 8] =
    ["whatsapp", "telegram", "signal", "wechat", "skype", "messenger", "snapchat", "viber"];
const BEFORE_COLON: [&str; 5] = ["whatsapp", "telegram", "wechat", "skype", "viber"];
/// Words between a service and the account's name.
const FILLERS: [&str; 7] = ["as", "at", "is", "on", "id", "me", "name"];

/// The places of accounts.
pub(super) fn accounts(text: &str) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let mut places: Vec<Range<usize>> =
        lower.match_indices('/').filter_map(|(slash, _)| address(&lower, slash)).collect();
    if lower.contains(['@', ':']) {
        for service in SERVICES {
            places.extend(lower.match_indices(service).filter_map(|(at, _)| named(&lower, at, service)));
        }
    }
    places.sort_by_key(|range| range.start);
    places
}

fn address(lower: &str, slash: usize) -> Option<Range<usize>> {
    let from = slash + 1;
    let is_whole = |before: &&str| {
        let touching = before.chars().next_back();
        !touching.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '.'))
    };
    let before = ADDRESSES.iter().filter_map(|address| lower[..from].strip_suffix(address)).find(is_whole)?;
    let end = from + account(&lower[from..]);
    (end > from).then_some(before.len()..end)
}

/// A service's name, and after it `@name`, or `: name`.
fn named(lower: &str, at: usize, service: &str) -> Option<Range<usize>> {
    if lower[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let mut from = at + service.len();
    let has_colon = lower[from..].trim_start_matches(' ').starts_with(':');
    loop {
        let rest = &lower[from..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\u{a0}', ':', '(', ',']).len();
        let rest = &rest[blank..];
        let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        if word > 0 && blank > 0 && FILLERS.contains(&&rest[..word]) {
            from += blank + word;
            continue;
        }
        let is_handle = rest.starts_with('@');
        let name = account(rest.trim_start_matches('@'));
        let begins_with_letter = rest.starts_with(|c: char| c.is_ascii_alphabetic());
        let is_account = blank > 0
            && name > 2
            && (is_handle || (has_colon && begins_with_letter && BEFORE_COLON.contains(&service)));
        return is_account.then(|| at..from + blank + usize::from(is_handle) + name);
    }
}

/// How long an account's name is that a text begins with.
fn account(text: &str) -> usize {
    let length =
        text.find(|c: char| !(c.is_ascii_alphanumeric() || "_-.+".contains(c))).unwrap_or(text.len());
    text[..length].trim_end_matches(['.', '-']).len()
}
