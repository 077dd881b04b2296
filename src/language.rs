//! Languages of a site, and texts that may be given in several.

use std::collections::BTreeMap;
use std::fmt;

/// A language by its code: `en`, `cy`, `pt-br`. Compared as text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Language(String);

impl Language {
    /// A language code of BCP 47 in lower case: two or three letters, perhaps more parts. `None` for anything else.
    pub fn read(code: &str) -> Option<Language> {
        let mut parts = code.split('-');
        let first = parts.next()?;
        let letters = |part: &str| part.bytes().all(|b| b.is_ascii_lowercase());
        let rest = |part: &str| {
            (1..=8).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        ((2..=3).contains(&first.len()) && letters(first) && parts.all(rest))
            .then(|| Language(code.to_owned()))
    }

    /// English, the language whose interface strings are complete.
    pub fn english() -> Language {
        Language("en".to_owned())
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// Whether it is written from right to left, in its usual script.
    pub fn is_right_to_left(&self) -> bool {
        let first = self.0.split('-').next().unwrap_or_default();
        matches!(first, "ar" | "ckb" | "dv" | "fa" | "he" | "ku" | "ps" | "sd" | "ug" | "ur" | "yi")
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A value that may differ by language: one for all, or a map of which the site's first language is used
/// where the page's own is missing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Localised<T> {
    any: Option<T>,
    by: BTreeMap<Language, T>,
}

impl<T> Localised<T> {
    /// The same in every language.
    pub fn everywhere(value: T) -> Self {
        Localised { any: Some(value), by: BTreeMap::new() }
    }

    /// One value a language; `None` if there is none at all.
    pub fn by_language(by: BTreeMap<Language, T>) -> Option<Self> {
        (!by.is_empty()).then_some(Localised { any: None, by })
    }

    /// The value for a page in `language` of a site whose first language is `first`.
    pub fn get(&self, language: &Language, first: &Language) -> &T {
        self.get_in(language, first).0
    }

    /// The same with the language it is in. One value for all is taken to be in the first.
    pub fn get_in<'t: 'l, 'l>(
        &'t self,
        language: &'l Language,
        first: &'l Language,
    ) -> (&'t T, &'l Language) {
        let by = |language: &'l Language| self.by.get(language).map(|value| (value, language));
        by(language)
            .or_else(|| self.any.as_ref().map(|value| (value, first)))
            .or_else(|| by(first))
            .or_else(|| self.by.iter().next().map(|(language, value)| (value, language)))
            .expect("a localised value holds at least one: both constructors see to it")
    }

    /// Every value given.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.any.iter().chain(self.by.values())
    }

    /// The languages that were named; empty where one value serves all.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        self.by.keys()
    }

    /// The same languages with other values.
    pub fn map<U>(&self, mut change: impl FnMut(&T) -> U) -> Localised<U> {
        Localised {
            any: self.any.as_ref().map(&mut change),
            by: self.by.iter().map(|(language, value)| (language.clone(), change(value))).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_to_the_first() {
        let (en, cy) = (Language::english(), Language::read("cy").expect("a code"));
        let text = Localised::by_language(BTreeMap::from([(en.clone(), "Hello")])).expect("a text");
        assert_eq!(*text.get(&cy, &en), "Hello");
        assert_eq!(text.get_in(&cy, &en).1, &en);
        assert_eq!(Localised::everywhere("Helo").get_in(&cy, &en), (&"Helo", &en));
    }

    #[test]
    fn codes_are_lower_case_letters() {
        assert!(Language::read("pt-br").is_some());
        for wrong in ["EN", "e", "english", "en_GB", "../x", "en-"] {
            assert!(Language::read(wrong).is_none(), "{wrong}");
        }
    }
}
