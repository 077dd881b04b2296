//! `i18n/<language>.yaml` -> the words of the interface, with places to fill and plural forms.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest, one_of};
use crate::language::Language;
use crate::source::{FileId, Sources, Span};
use crate::yaml::{self, Kind};
use icu_plurals::{PluralCategory, PluralRules};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

/// A number that chooses a plural form.
pub type Count = usize;

#[derive(Clone)]
enum Phrase {
    Text(String),
    /// CLDR plural categories; `other` is always there.
    Plural(BTreeMap<Category, String>),
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

const CATEGORIES: [(&str, Category); 6] = [
    ("zero", Category::Zero),
    ("one", Category::One),
    ("two", Category::Two),
    ("few", Category::Few),
    ("many", Category::Many),
    ("other", Category::Other),
];

/// The interface strings of one language.
pub struct Interface {
    language: Language,
    phrases: HashMap<String, Phrase>,
    rules: Option<PluralRules>,
}

impl fmt::Debug for Interface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Interface({}, {} strings)", self.language, self.phrases.len())
    }
}

impl Interface {
    /// The language.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// Whether there is a string of this key.
    pub fn has(&self, key: &str) -> bool {
        self.phrases.contains_key(key)
    }

    /// Every key, in order.
    pub fn keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = self.phrases.keys().map(String::as_str).collect();
        keys.sort_unstable();
        keys
    }

    /// The string of a key with its places filled. A key that does not exist stands for itself: those the
    /// program uses are checked when the theme is read, and those of templates when they are rendered.
    pub fn say(&self, key: &str, places: &[(&str, &str)]) -> String {
        self.choose(key, None, places)
    }

    /// The string of a key in the plural form for `n`; `{n}` is filled with it.
    pub fn count(&self, key: &str, n: Count, places: &[(&str, &str)]) -> String {
        self.choose(key, Some(n), places)
    }

    fn choose(&self, key: &str, n: Option<Count>, places: &[(&str, &str)]) -> String {
        let text = match self.phrases.get(key) {
            None => return key.to_owned(),
            Some(Phrase::Text(text)) => text,
            Some(Phrase::Plural(forms)) => {
                let category = n.map_or(Category::Other, |n| self.category(n));
                match forms.get(&category).or_else(|| forms.get(&Category::Other)) {
                    Some(text) => text,
                    None => return key.to_owned(),
                }
            }
        };
        let number = n.map(|n| n.to_string());
        fill(text, |place| {
            places
                .iter()
                .find(|(name, _)| *name == place)
                .map(|(_, value)| *value)
                .or_else(|| (place == "n").then_some(number.as_deref()).flatten())
        })
    }

    /// How many plural forms the language has.
    pub fn forms(&self) -> usize {
        self.rules.as_ref().map_or(1, |rules| rules.categories().count())
    }

    /// Of a noun's forms, in CLDR's order (zero, one, two, few, many, other) without those that the language lacks, the
    /// one for a number, or for an uncertain one. A single form serves for all; `None` where there are too many or few.
    pub fn form<'t>(&self, n: Option<u32>, forms: &[&'t str]) -> Option<&'t str> {
        if let [only] = forms {
            return Some(only);
        }
        let rules = self.rules.as_ref().filter(|rules| rules.categories().count() == forms.len())?;
        let wanted = n.map_or(PluralCategory::Other, |n| rules.category_for(n));
        let known = |category: &PluralCategory| rules.categories().any(|other| other == *category);
        let order = [
            PluralCategory::Zero,
            PluralCategory::One,
            PluralCategory::Two,
            PluralCategory::Few,
            PluralCategory::Many,
            PluralCategory::Other,
        ];
        let at = order.into_iter().filter(known).position(|category| category == wanted)?;
        forms.get(at).copied()
    }

    fn category(&self, n: Count) -> Category {
        let category = self.rules.as_ref().map_or(PluralCategory::Other, |rules| rules.category_for(n));
        match category {
            PluralCategory::Zero => Category::Zero,
            PluralCategory::One => Category::One,
            PluralCategory::Two => Category::Two,
            PluralCategory::Few => Category::Few,
            PluralCategory::Many => Category::Many,
            PluralCategory::Other => Category::Other,
        }
    }

    /// A day in words: "29 April 2025".
    pub fn day(&self, date: jiff::civil::Date) -> String {
        let month = self.say(&format!("date.month.{}", date.month()), &[]);
        self.say(
            "date.day",
            &[("day", &date.day().to_string()), ("month", &month), ("year", &date.year().to_string())],
        )
    }

    /// A day or a month as written in a file (`2023-07-14`, `2023-07`), in words.
    pub fn day_or_month(&self, written: &str) -> String {
        if let Ok(date) = written.parse::<jiff::civil::Date>() {
            return self.day(date);
        }
        match format!("{written}-01").parse::<jiff::civil::Date>() {
            Ok(date) => {
                let month = self.say(&format!("date.month.{}", date.month()), &[]);
                self.say("date.month-year", &[("month", &month), ("year", &date.year().to_string())])
            }
            Err(_) => written.to_owned(),
        }
    }

    /// A small number as a word, a larger one in digits.
    pub fn number_word(&self, n: u32) -> String {
        let key = format!("number.{n}");
        if self.has(&key) { self.say(&key, &[]) } else { n.to_string() }
    }
}

/// Fills the `{name}` places of a text; an unknown place stays as it is.
fn fill<'v>(text: &str, value: impl Fn(&str) -> Option<&'v str>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(end) = rest.find('}') else { break };
        match value(&rest[1..end]) {
            Some(value) => out.push_str(value),
            None => out.push_str(&rest[..=end]),
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out
}

/// Reads the strings of each language and holds them against the default theme's English.
pub(super) fn read_all(
    sources: &Sources,
    files: &BTreeMap<String, FileId>,
    templates: &BTreeMap<String, FileId>,
    languages: &[Language],
    found: &mut Diagnostics,
) -> BTreeMap<Language, Arc<Interface>> {
    let reference = sources
        .find("themes/default/i18n/en.yaml")
        .map(|(id, _)| read(sources, id, &mut Diagnostics::new()))
        .unwrap_or_default();
    let english = [Language::english()];
    let wanted = if languages.is_empty() { &english } else { languages };
    let mut all = BTreeMap::new();
    for language in wanted {
        let name = format!("{language}.yaml");
        let mut phrases = BTreeMap::new();
        match files.get(&name) {
            Some(id) => {
                // A site's own file need only have what it changes, where the default theme has the language too.
                if let Some((base, _)) = sources.find(&format!("themes/default/i18n/{name}"))
                    && base != *id
                {
                    phrases = read(sources, base, found);
                }
                let own = read(sources, *id, found);
                for (key, (_, span)) in own.iter().filter(|(key, _)| !reference.contains_key(*key)) {
                    // A theme's own templates may say something of their own, also by a key that they put together.
                    let quoted = [format!("\"{key}\""), format!("'{key}'")];
                    let mut texts = templates.values().map(|id| sources.file(*id).text.as_str());
                    let is_said = texts.any(|text| quoted.iter().any(|quoted| text.contains(quoted)));
                    let near = nearest(key, reference.keys().map(String::as_str));
                    if let (false, Some(near)) = (is_said, near) {
                        found.push(
                            Diagnostic::new(
                                Code::UnknownKey,
                                *span,
                                format!("nothing says the interface string `{key}`"),
                            )
                            .help(format!("did you mean `{near}`?")),
                        );
                    }
                }
                phrases.extend(own);
                for key in reference.keys().filter(|key| !phrases.contains_key(*key)) {
                    found.push(
                        Diagnostic::new(
                            Code::MissingString,
                            sources.whole(*id),
                            format!("the interface string `{key}` is missing in {language}"),
                        )
                        .help(format!("add a line `{key}: …` to {}", sources.file(*id).path)),
                    );
                }
            }
            None => {
                let at = sources.find("content/site.yaml").map(|(id, _)| sources.whole(id));
                if let Some(at) = at {
                    let first = reference.keys().next().map_or("", String::as_str);
                    found.push(
                        Diagnostic::new(
                            Code::MissingString,
                            at,
                            format!("the theme has no interface strings in {language}: `{first}` and {} more are missing", reference.len().saturating_sub(1)),
                        )
                        .help(format!("write them to i18n/{name} of a theme of your own, beginning from `mentorpress theme copy house en.yaml`, or take `{language}` out of `languages`")),
                    );
                }
            }
        }
        // What is missing was said; English stands in, so that templates are not blamed for it too.
        for (key, phrase) in &reference {
            phrases.entry(key.clone()).or_insert_with(|| phrase.clone());
        }
        let rules = language
            .code()
            .parse::<icu_locale_core::Locale>()
            .ok()
            .and_then(|locale| PluralRules::try_new_cardinal((&locale).into()).ok());
        let phrases = phrases.into_iter().map(|(key, (phrase, _))| (key, phrase)).collect();
        all.insert(language.clone(), Arc::new(Interface { language: language.clone(), phrases, rules }));
    }
    all
}

/// Each string with the place of its key.
fn read(sources: &Sources, file: FileId, found: &mut Diagnostics) -> BTreeMap<String, (Phrase, Span)> {
    let mut phrases = BTreeMap::new();
    let length = sources.file(file).text.len();
    let Some(node) = yaml::parse(sources, file, 0..length, found) else { return phrases };
    for entry in yaml::pairs(&node, "a file of interface strings", found).unwrap_or_default() {
        let phrase = match &entry.value.kind {
            Kind::Map(forms) => {
                let mut by = BTreeMap::new();
                for form in forms {
                    let Some((_, category)) = CATEGORIES.iter().find(|(name, _)| *name == form.key.value)
                    else {
                        found.push(unknown_category(&form.key.value, form.key.span));
                        continue;
                    };
                    if let Some(text) = yaml::text(&form.value, found) {
                        by.insert(*category, text.value);
                    }
                }
                if !by.contains_key(&Category::Other) {
                    found.push(
                        Diagnostic::new(
                            Code::MissingKey,
                            entry.value.span,
                            format!("`{}` needs the plural form `other`", entry.key.value),
                        )
                        .help("add `other: …`: it serves wherever no more special form is given"),
                    );
                }
                Phrase::Plural(by)
            }
            _ => match yaml::text(&entry.value, found) {
                Some(text) => Phrase::Text(text.value),
                None => continue,
            },
        };
        phrases.insert(entry.key.value.clone(), (phrase, entry.key.span));
    }
    phrases
}

fn unknown_category(typed: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::UnknownKey, span, format!("`{typed}` is not a plural form"))
        .help(one_of(typed, CATEGORIES.iter().map(|(name, _)| *name)))
}
