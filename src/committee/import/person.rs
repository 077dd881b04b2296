//! A new person -> an id, and the text of her record.

use super::field::Field;
use super::value::Value;
use crate::directory::is_title;
use crate::forms::{latin, plain};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// An id of a name that nobody has or had: `Dr Siân O’Brien` is `sian-obrien`, the next of that name `sian-obrien-2`. A
/// name without Latin, Greek or Cyrillic letters gives `person`.
pub(super) fn id(name: &str, taken: &BTreeSet<String>) -> String {
    const LONGEST: usize = 40;
    let letters = latin(name);
    let words: Vec<&str> = letters.split('-').collect();
    let titles = words.iter().take(words.len() - 1).take_while(|word| is_title(word)).count();
    let mut id = String::new();
    for word in &words[titles..] {
        if !id.is_empty() && id.len() + word.len() >= LONGEST {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.extend(word.chars().take(LONGEST));
    }
    if id.is_empty() {
        id.push_str("person");
    }
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    std::iter::once(id.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(id)
}

/// The words of a name in which it is compared with others: without titles, accents and commas, in any order.
pub(super) fn name_words(name: &str) -> Vec<String> {
    let name = plain(name);
    let words = name.split(' ').map(|word| word.trim_matches(['.', ','])).filter(|word| !word.is_empty());
    let mut words: Vec<String> = words
        .map(|word| {
            let is_word = word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '-' | '.'));
            let letters = if is_word { latin(word) } else { String::new() };
            if letters.is_empty() { word.to_owned() } else { letters }
        })
        .collect();
    if words.iter().any(|word| !is_title(word)) {
        words.retain(|word| !is_title(word));
    }
    words.sort_unstable();
    words
}

/// Whether two names may be one person's: they share a word other than a title.
pub(super) fn may_be_one(a: &str, b: &str) -> bool {
    let words = |name: &str| -> BTreeSet<String> {
        let letters = latin(name);
        let text = if letters.is_empty() { plain(name).replace(' ', "-") } else { letters };
        text.split('-').filter(|word| !is_title(word)).map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    a.is_empty() || b.is_empty() || !a.is_disjoint(&b)
}

/// The keys of a new record in the order in which records are written.
pub(super) const ORDER: [&str; 20] = [
    "name",
    "sort_name",
    "pronouns",
    "post",
    "institution",
    "stage",
    "pathway",
    "disciplines",
    "interests",
    "offers",
    "seeks",
    "languages",
    "roles",
    "capacity",
    "taken",
    "bio",
    "links",
    "status",
    "consent",
    "review_by",
];

/// The record of somebody new. The committee lists her: her status is `registered`.
pub(super) fn record(values: &BTreeMap<Field, Option<Value>>, review_by: Date) -> String {
    let mut text = String::new();
    for key in ORDER {
        let value = match key {
            "status" => Some(" registered".to_owned()),
            "review_by" => Some(format!(" {review_by}")),
            key => of_key(key, values).map(|value| after_colon(&value)),
        };
        if let Some(value) = value {
            text.push_str(&format!("{key}:{value}\n"));
        }
    }
    text
}

/// A value's YAML after the colon of its key.
pub(super) fn after_colon(value: &str) -> String {
    if value.starts_with('\n') { value.to_owned() } else { format!(" {value}") }
}

/// The YAML of a key that one field makes, or several; `None` where they say nothing.
fn of_key(key: &str, values: &BTreeMap<Field, Option<Value>>) -> Option<String> {
    let mut parts = Vec::new();
    for (field, value) in values {
        let (Some(value), (own, inner)) = (value, field.place()) else { continue };
        if own != key {
            continue;
        }
        match inner {
            None => return Some(value.yaml(field.is_number())),
            Some(inner) => parts.push((inner, value)),
        }
    }
    (!parts.is_empty()).then(|| map_below(&parts))
}

/// Keys and values as lines below a key.
pub(super) fn map_below(parts: &[(&str, &Value)]) -> String {
    parts.iter().map(|(key, value)| format!("\n  {key}: {}", value.yaml(false))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_of_names_and_are_given_once() {
        let mut taken = BTreeSet::new();
        for (name, expected) in [
            ("Dr Siân O’Brien-Ng", "sian-obrien-ng"),
            ("Prof. Dame Siân O'Brien Ng", "sian-obrien-ng-2"),
            ("أمل", "person"),
            ("🎓", "person-2"),
            ("Mx", "mx"),
            ("../../etc/passwd", "etc-passwd"),
            ("null", "null"),
        ] {
            let id = id(name, &taken);
            assert_eq!(id, expected, "{name}");
            assert!(crate::path::is_id(&id));
            taken.insert(id);
        }
        assert!(id(&"abcde ".repeat(30), &taken).len() <= 46);
        assert!(id(&"x".repeat(500), &taken).len() <= 40);
    }

    #[test]
    fn namesakes_are_found_without_titles_accents_and_order() {
        let same = |a: &str, b: &str| name_words(a) == name_words(b);
        assert!(same("Dr Siân O’Sample", "Prof. Dame SIAN O'Sample"));
        assert!(same("Sample, Amara", "Amara Sample") && same("أمل محمد", "Dr أمل محمد"));
        assert!(!same("Amara Sample", "Amara Sample Other") && !same("أمل محمد", "أمل أحمد"));
        assert!(!same("Dr", "Prof") && name_words(" ").is_empty());
    }

    #[test]
    fn a_new_surname_is_no_new_person() {
        assert!(may_be_one("Dr Amara Sample", "Amara Other-Name"));
        assert!(may_be_one("أمل محمد", "أمل"));
        assert!(!may_be_one("Dr Amara Sample", "Dr Bina Other"));
    }
}
