//! A name -> where a text has it, in whatever order and punctuation pages, lists and tables write it.

use super::exposure::{bare_name, normalised, stands_alone, texts};
use crate::archive::Budget;
use crate::directory::is_title;
use crate::html::decode;

/// What may stand between a surname and a forename: `Sample, Amara`, `| Sample | Amara |`, `"Sample";"Amara"`.
const BETWEEN: [char; 7] = [' ', ',', ';', '|', '"', '*', '\t'];
/// So many of these at the most.
const MOST_BETWEEN: usize = 6;
/// A name of many words may be parted before any of so many last ones.
const PARTS: usize = 4;

/// A name that is looked for as the check of the output looks for those of people who are not public, and in other orders
/// besides: surname first, and without what stands in the middle. A forename or a surname alone is nobody's name.
#[derive(Debug)]
pub struct Sought {
    bare: String,
    /// What is looked for one after the other: all there is, in either order.
    pairs: Vec<(String, String)>,
}

impl Sought {
    /// A name by itself. `None` for one without a letter.
    pub fn new(name: &str) -> Option<Sought> {
        Sought::of(name, None)
    }

    /// A name, and how it is sorted (`Sample, Amara`), which may say it otherwise.
    pub fn of(name: &str, sort_name: Option<&str>) -> Option<Sought> {
        let bare = bare_name(name);
        if !bare.contains(char::is_alphanumeric) {
            return None;
        }
        let mut pairs = of_name(name);
        pairs.extend(sort_name.map(of_sort_name).unwrap_or_default());
        let turned: Vec<_> = pairs.iter().map(|(first, last)| (last.clone(), first.clone())).collect();
        pairs.extend(turned);
        pairs.sort();
        pairs.dedup();
        Some(Sought { bare, pairs })
    }

    /// The name as it is compared with others: without titles, in lower case.
    pub fn bare(&self) -> &str {
        &self.bare
    }

    /// Whether a reader of a file could read it there; archives are unpacked within the budget.
    pub fn is_in(&self, path: &str, bytes: &[u8], budget: &mut Budget) -> bool {
        let mut is_there = false;
        texts(path, bytes, budget, |text| is_there = is_there || self.is_in_text(text));
        // Words for who cannot see a picture, and data for search engines, stand in no text of a page.
        let is_page = path.ends_with(".html");
        is_there || is_page && self.is_in_text(&decode(&String::from_utf8_lossy(bytes)))
    }

    /// Whether a text has it.
    pub fn is_in_text(&self, text: &str) -> bool {
        self.starts(&normalised(text, |_, _| {})).next().is_some()
    }

    /// Where it begins in a text of the sources.
    pub fn places(&self, text: &str) -> Vec<usize> {
        let mut places = Vec::with_capacity(text.len());
        let normalised = normalised(text, |length, at| places.resize(length, at));
        let mut starts: Vec<usize> = self.starts(&normalised).map(|start| places[start]).collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    /// Where it begins in a normalised text; a place may come more than once.
    fn starts<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        let whole = text.match_indices(&self.bare);
        let whole = whole.filter(|(at, found)| stands_alone(text, *at, at + found.len())).map(|(at, _)| at);
        let parted = self.pairs.iter().flat_map(move |(first, second)| {
            text.match_indices(first.as_str()).map(|(at, _)| at).filter(move |at| {
                end_of_pair(text, at + first.len(), second).is_some_and(|end| stands_alone(text, *at, end))
            })
        });
        whole.chain(parted)
    }
}

/// Where the second part of a name ends that begins behind the first, past a title: `sample, dr. amara`.
fn end_of_pair(text: &str, from: usize, second: &str) -> Option<usize> {
    let rest = &text[from..];
    let mut inner = rest.trim_start_matches(BETWEEN);
    let between = rest.len() - inner.len();
    if between == 0 || between > MOST_BETWEEN {
        return None;
    }
    while let Some((word, after)) = inner.split_once(' ')
        && is_title(word)
    {
        inner = after;
    }
    inner.starts_with(second).then(|| text.len() - inner.len() + second.len())
}

/// Forenames and surname of a name as a page has it. What stands behind a comma, or last and in capitals, may be letters
/// that are no part of it.
fn of_name(name: &str) -> Vec<(String, String)> {
    let (before, after) = name.split_once(',').unwrap_or((name, ""));
    let mut words: Vec<&str> = before.split_whitespace().collect();
    let mut pairs = parted(&words);
    if !after.trim().is_empty() {
        pairs.extend(of_sort_name(name));
        let is_letters = |word: &str| word.chars().filter(|c| c.is_uppercase()).count() > 1;
        if !after.split_whitespace().all(is_letters) {
            // "van der Berg, Maria": the first part is a surname, and alone nobody's name.
            pairs = of_sort_name(name);
        }
    }
    let is_capitals = |word: &str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        letters.clone().count() > 1 && letters.all(char::is_uppercase)
    };
    while words.len() > 2 && words.last().is_some_and(|word| is_capitals(word)) && !is_capitals(words[0]) {
        words.pop();
        pairs.extend(parted(&words));
    }
    pairs
}

/// Surname and forenames of a name as it is sorted: `Sample, Amara`.
fn of_sort_name(name: &str) -> Vec<(String, String)> {
    let Some((surname, forenames)) = name.split_once(',') else {
        return parted(&name.split_whitespace().collect::<Vec<_>>());
    };
    let surname: Vec<&str> = surname.split_whitespace().collect();
    with_surname(&forenames.split_whitespace().collect::<Vec<_>>(), &surname)
}

/// Where the surname begins nobody can tell: it may be before any of the last words.
fn parted(words: &[&str]) -> Vec<(String, String)> {
    let titles = words.iter().take_while(|word| is_title(word)).count();
    let words = &words[titles..];
    let first = words.len().saturating_sub(PARTS).max(1);
    (first..words.len()).flat_map(|at| with_surname(&words[..at], &words[at..])).collect()
}

/// All forenames with the surname, and the first alone that is more than a letter.
fn with_surname(forenames: &[&str], surname: &[&str]) -> Vec<(String, String)> {
    let plain = |words: &[&str]| bare_name(&words.join(" "));
    let titles = forenames.iter().take_while(|word| is_title(word)).count();
    let forenames = &forenames[titles..];
    let is_name = |word: &&&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let called = forenames.iter().find(is_name).map(|word| plain(&[word]));
    let surname = normalised(&surname.join(" "), |_, _| {});
    let given = [Some(plain(forenames)), called];
    given
        .into_iter()
        .flatten()
        .filter(|given| !given.is_empty() && !surname.is_empty())
        .map(|given| (given, surname.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_every_order() {
        let sought = Sought::of("Dr Siân Mair O'Brien-Ng", Some("Ng Brien, Shan")).expect("a name");
        for text in [
            "SIÂN\nMAIR O’Brien\u{2011}Ng’s",
            "O'Brien-Ng, Dr. Sia\u{302}n",
            "\"O'Brien-Ng\";\"Siân Mair\"",
            "| O'Brien-Ng | Siân |",
            "\u{2018}Siân O'Brien-Ng\u{2019}",
            "Siân **O'Brien-Ng**",
            "Shan Ng Brien",
            "Ng Brien, Prof Dame Shan",
        ] {
            assert!(sought.is_in_text(text), "{text}");
        }
        for text in [
            "Siân",
            "O'Brien-Ng",
            "Siân Mair",
            "O'Brien-Ng and Siân",
            "O'Brien-Ngata, Siân",
            "Siân O'Brien",
            "Mair O'Brien",
            "Ng Brien",
            "O'Brien-Ng, Siâned",
            "O'Brien-Ng. (2020) Siân",
        ] {
            assert!(!sought.is_in_text(text), "{text}");
        }
        assert_eq!(sought.places("é O'Brien-Ng, Siân; Siân Mair O'Brien-Ng"), [3, 22]);
    }

    #[test]
    fn names_are_parted_where_they_may_be() {
        let has = |name: &str, sort: Option<&str>, text: &str| {
            Sought::of(name, sort).is_some_and(|sought| sought.is_in_text(text))
        };
        for name in ["Maria Luisa van der Berg", "van der Berg, Maria Luisa", "Dr Maria van der Berg, PhD"] {
            assert!(
                has(name, None, "van der Berg, Maria") && has(name, None, "Maria van der Berg"),
                "{name}"
            );
            assert!(!has(name, None, "van der Berg") && !has(name, None, "Maria"), "{name}");
        }
        assert!(
            has("A. Jane Doe OBE FRCP", None, "Doe, Jane") && has("A. Jane Doe OBE", None, "A. Jane Doe")
        );
        assert!(!has("A. Jane Doe", None, "A. Doe") && has("JANE DOE", None, "Doe, Jane"));
        // Who has one name is looked for by it, and nobody by what her name is sorted by alone.
        assert!(has("Madonna", Some("Madonna"), "Madonna sang") && has("Dr Amara", None, "amara"));
        assert!(!has("Amara Sample", Some("Sample"), "Sample"));
        assert!(Sought::new("— ?").is_none());
        // A letter and its accent may be written as one or as two; places are those of the text as it is.
        let sought = Sought::new("Zoe\u{308} Small").expect("a name");
        assert_eq!(sought.places("e\u{301} Zoë Small and Zoe\u{308} Small"), [4, 19]);
    }
}
