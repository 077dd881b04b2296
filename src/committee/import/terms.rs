//! Words of a form -> words of the vocabulary.

use super::field::Field;
use super::mapping::Mapping;
use crate::config::{Facet, Vocabulary};
use crate::diagnostic::nearest;
use crate::forms::{plain, plain_parts};
use crate::language::Language;
use std::collections::BTreeMap;

/// What an answer may be called, and the word it stands for.
pub(super) struct Words {
    by_key: BTreeMap<String, String>,
    /// Labels as they are read, to suggest one.
    labels: Vec<(String, String)>,
    /// The most parts between semicolons that one of them has.
    longest: usize,
}

/// An answer that is none of the words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Unknown {
    /// The answer.
    pub(super) typed: String,
    /// The id of the nearest word.
    pub(super) near: Option<String>,
    /// Ids of the list, as many as a message can hold.
    pub(super) ids: Vec<String>,
}

/// So many ids are told of a list.
const MOST_IDS: usize = 12;

impl Words {
    /// The words of a field: `terms:`, then ids and labels of the vocabulary in every language.
    pub(super) fn of(field: Field, mapping: &Mapping, vocabulary: &Vocabulary) -> Words {
        let mut words = Words { by_key: BTreeMap::new(), labels: Vec::new(), longest: 1 };
        for (answer, word) in mapping.terms.get(&field).into_iter().flatten() {
            words.add(answer, word);
        }
        match (field, field.facet()) {
            (_, Some(facet)) => words.add_facet(facet, vocabulary),
            (Field::Pathway, _) => {
                for (answer, word) in [
                    ("clinical", "clinical"),
                    ("non-clinical", "non-clinical"),
                    ("non clinical", "non-clinical"),
                ] {
                    words.add(answer, word);
                }
            }
            (Field::Languages, _) => {
                for (name, code) in LANGUAGES {
                    words.add(name, code);
                    words.add(code, code);
                }
            }
            _ => {}
        }
        words
    }

    fn add_facet(&mut self, facet: Facet, vocabulary: &Vocabulary) {
        for (id, term) in vocabulary.terms(facet).iter() {
            self.add(id, id);
            for label in term.label.values() {
                self.add(&label.value, id);
                self.labels.push((label.value.clone(), id.to_owned()));
            }
        }
    }

    fn add(&mut self, answer: &str, word: &str) {
        let key = plain_parts(answer);
        self.longest = self.longest.max(key.split("; ").count());
        self.by_key.entry(key).or_insert_with(|| word.to_owned());
    }

    /// The word for a whole answer.
    pub(super) fn one(&self, answer: &str) -> Result<String, Unknown> {
        self.by_key.get(&plain_parts(answer)).cloned().ok_or_else(|| self.unknown(answer))
    }

    /// The words of an answer with several, each once. Words may have semicolons in them: the longest that fits is taken.
    pub(super) fn all(&self, parts: &[String]) -> Result<Vec<String>, Vec<Unknown>> {
        let (mut words, mut unknown): (Vec<String>, Vec<Unknown>) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < parts.len() {
            let longest = (1..=self.longest.min(parts.len() - at)).rev().find_map(|count| {
                self.by_key.get(&plain_parts(&parts[at..at + count].join(";"))).map(|word| (count, word))
            });
            match longest {
                Some((count, word)) => {
                    if !words.contains(word) {
                        words.push(word.clone());
                    }
                    at += count;
                }
                None => {
                    unknown.push(self.unknown(&parts[at]));
                    at += 1;
                }
            }
        }
        if unknown.is_empty() { Ok(words) } else { Err(unknown) }
    }

    fn unknown(&self, typed: &str) -> Unknown {
        let of_label = nearest(typed, self.labels.iter().map(|(label, _)| label.as_str()))
            .and_then(|near| self.labels.iter().find(|(label, _)| label == near))
            .map(|(_, id)| id.clone());
        let near = of_label
            .or_else(|| {
                nearest(typed, self.by_key.keys().map(String::as_str))
                    .and_then(|key| self.by_key.get(key).cloned())
            })
            .or_else(|| self.sharing_a_word(typed));
        let mut ids: Vec<String> = self.labels.iter().map(|(_, id)| id.clone()).collect();
        ids.dedup();
        ids.truncate(MOST_IDS);
        Unknown { typed: typed.to_owned(), near, ids }
    }

    /// "Univ. of Leeds" has a word that only "University of Leeds" has.
    fn sharing_a_word(&self, typed: &str) -> Option<String> {
        let typed = plain(typed);
        for word in typed.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3) {
            let mut ids: Vec<&str> = self
                .labels
                .iter()
                .filter(|(label, _)| {
                    plain(label).split(|c: char| !c.is_alphanumeric()).any(|other| other == word)
                })
                .map(|(_, id)| id.as_str())
                .collect();
            ids.dedup();
            if let [only] = ids[..] {
                return Some(only.to_owned());
            }
        }
        None
    }
}

/// Whether a text is a language's code.
pub(super) fn language(answer: &str) -> Option<String> {
    Language::read(&plain(answer)).map(|language| language.to_string())
}

/// Names of languages that a form may offer, in English, and of some their own.
const LANGUAGES: [(&str, &str); 34] = [
    ("english", "en"),
    ("welsh", "cy"),
    ("cymraeg", "cy"),
    ("irish", "ga"),
    ("scottish gaelic", "gd"),
    ("gaelic", "gd"),
    ("arabic", "ar"),
    ("bengali", "bn"),
    ("cantonese", "yue"),
    ("chinese", "zh"),
    ("mandarin", "zh"),
    ("dutch", "nl"),
    ("farsi", "fa"),
    ("persian", "fa"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("gujarati", "gu"),
    ("hausa", "ha"),
    ("hindi", "hi"),
    ("igbo", "ig"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("punjabi", "pa"),
    ("romanian", "ro"),
    ("somali", "so"),
    ("spanish", "es"),
    ("swahili", "sw"),
    ("tamil", "ta"),
    ("turkish", "tr"),
    ("urdu", "ur"),
    ("yoruba", "yo"),
];

/// "Two mentees", "2", "up to 3 people": the one number in an answer.
pub(super) fn number(answer: &str) -> Option<String> {
    const NUMBERS: [&str; 13] = [
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let answer = plain(answer);
    let numbers: Vec<String> = answer
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| {
            let spelt = NUMBERS.iter().position(|number| *number == word);
            spelt.map(|number| number.to_string()).or_else(|| {
                let is_number =
                    !word.is_empty() && word.len() < 4 && word.bytes().all(|b| b.is_ascii_digit());
                is_number.then(|| word.parse::<u32>().ok()).flatten().map(|number| number.to_string())
            })
        })
        .collect();
    // "2.5", "-1" and "2+" are not what they look like without their signs.
    let is_plain = !answer.contains(['.', ',', '-', '+', '<', '>', '/']);
    match &numbers[..] {
        [only] if is_plain => Some(only.clone()),
        _ => None,
    }
}
