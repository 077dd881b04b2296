//! Numbers typed by hand in a report's prose -> findings that name the directives which would bind them.
//!
//! A number that is neither bound to the release nor somebody else's (`:given`) can come to disagree with the data.
//! Dates, times, references and the ends of the survey's own scales are no such numbers.

use super::words::{Word, words};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::evaluation::Binding;
use crate::markdown::Piece;
use crate::site::{Site, SitePage};
use crate::source::{Span, Spanned};
use crate::theme::Interface;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Directives named in one finding.
const SUGGESTIONS: usize = 3;

/// Checks the prose of all reports: summary, text and captions.
pub fn prose(site: &Site, found: &mut Diagnostics) {
    for page in &site.pages {
        let Some(report) = &page.report else { continue };
        let interface = site.project.theme.interface(&page.page.language);
        let reader = Reader {
            words: Vocabulary::new(interface),
            scale: report.published.scale_numbers(),
            bindings: report.published.bindings(interface, site.project.first_language()),
            code: match report.published.policy().is_judged() {
                true => Code::NumberNotBound,
                false => Code::NumberInPrintNotBound,
            },
        };
        for (text, place) in texts(page) {
            reader.read(text, &place, found);
        }
    }
}

/// A text with the way from its bytes to places in files.
type Placed<'p> = (&'p str, Box<dyn Fn(Range<usize>) -> Span + 'p>);

fn texts<'p>(page: &'p SitePage) -> Vec<Placed<'p>> {
    let file = page.page.file;
    let mut texts: Vec<Placed> = Vec::new();
    let mut value =
        |value: &'p Spanned<String>| texts.push((&value.value, Box::new(move |range| value.part(range))));
    page.page.front.summary.iter().for_each(&mut value);
    for piece in &page.page.body.pieces {
        if let Piece::Leaf(directive) | Piece::Container(directive) = piece {
            directive.get("caption").into_iter().for_each(&mut value);
        }
    }
    for prose in &page.page.body.prose {
        texts.push((&prose.text, Box::new(move |range| prose.span(file, range))));
    }
    texts
}

/// Words of a language that tell what a number is, from the theme's interface strings.
struct Vocabulary {
    numbers: BTreeMap<String, u32>,
    /// Number words above twenty.
    larger: BTreeSet<String>,
    months: BTreeSet<String>,
    /// "Table", "Section": what follows is a reference.
    before: BTreeSet<String>,
    /// "months", "years": what goes before is a time.
    after: BTreeSet<String>,
    /// "to", "and": what stands on both sides is of one kind.
    between: BTreeSet<String>,
    /// "out of", "or more", "stars": what goes before or follows belongs to a scale.
    scale: BTreeSet<String>,
}

impl Vocabulary {
    fn new(interface: &Interface) -> Vocabulary {
        let set = |key: &str| -> BTreeSet<String> {
            interface.say(key, &[]).split('|').map(|word| word.trim().to_lowercase()).collect()
        };
        let months = (1..=12).map(|month| interface.say(&format!("date.month.{month}"), &[]).to_lowercase());
        let numbers = (0..=20).map(|n| (interface.number_word(n).to_lowercase(), n));
        Vocabulary {
            numbers: numbers.collect(),
            larger: set("prose.numbers"),
            months: months.collect(),
            before: set("prose.before"),
            after: set("prose.after"),
            between: set("prose.between"),
            scale: set("prose.scale"),
        }
    }
}

/// What reads the prose of one report.
struct Reader {
    words: Vocabulary,
    scale: BTreeSet<u32>,
    bindings: Vec<Binding>,
    code: Code,
}

impl Reader {
    fn read(&self, text: &str, place: &dyn Fn(Range<usize>) -> Span, found: &mut Diagnostics) {
        let words = words(text);
        let numbers: Vec<bool> = (0..words.len()).map(|at| self.is_number(&words, at)).collect();
        let mut harmless: Vec<bool> = (0..words.len()).map(|at| self.is_harmless(&words, at)).collect();
        // "Tables 2 and 3", "three to four months": one side speaks for the other.
        for _ in 0..2 {
            for at in 0..words.len().saturating_sub(2) {
                let joined =
                    numbers[at] && numbers[at + 2] && self.words.between.contains(&words[at + 1].lower);
                if joined && (harmless[at] || harmless[at + 2]) {
                    (harmless[at], harmless[at + 2]) = (true, true);
                }
            }
        }
        for at in (0..words.len()).filter(|at| numbers[*at] && !harmless[*at]) {
            found.push(self.finding(&words, at, place(words[at].range.clone())));
        }
    }

    /// Whether a word is a number of something. "One" is a pronoun unless people follow.
    fn is_number(&self, words: &[Word], at: usize) -> bool {
        let word = &words[at];
        if word.is_digits() {
            return true;
        }
        match self.words.numbers.get(&word.lower) {
            Some(1) => words.get(at + 1).is_some_and(|next| self.group_of(&next.lower).is_some()),
            Some(_) => true,
            None => self.words.larger.contains(&word.lower),
        }
    }

    fn value(&self, word: &Word) -> Option<u32> {
        match self.words.numbers.get(&word.lower) {
            Some(n) => Some(*n),
            None => word.text.parse().ok(),
        }
    }

    /// A date, a time, a reference, an end of a scale, or a part of something else.
    fn is_harmless(&self, words: &[Word], at: usize) -> bool {
        let word = &words[at];
        let touches =
            |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '–' | '/' | ':' | '_' | '#' | '@'));
        let beside = |at: Option<usize>| at.and_then(|at| words.get(at));
        let (previous, next) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
        let length = |c: Option<char>| c.map_or(0, char::len_utf8);
        let follows = touches(word.before)
            && previous.is_some_and(|other| other.range.end + length(word.before) == word.range.start);
        let leads = touches(word.after)
            && next.is_some_and(|other| word.range.end + length(word.after) == other.range.start);
        // "COVID-19", "2022–23" and "10:30", but neither "thirty-three" nor "5–8" as a whole.
        let part_of = follows || leads && (word.after == Some(':') || !self.is_number(words, at + 1));
        let is_year = word.text.len() == 4
            && word.after != Some('%')
            && word.text.parse().is_ok_and(|year: u32| (1900..=2100).contains(&year));
        let is = |other: Option<&Word>, set: &BTreeSet<String>| {
            other.is_some_and(|word| set.contains(&word.lower))
        };
        let dated = word.is_digits() && (is(previous, &self.words.months) || is(next, &self.words.months));
        let of_scale = || {
            let pair = |first: Option<&Word>, second: Option<&Word>| match (first, second) {
                (Some(first), Some(second)) => format!("{} {}", first.lower, second.lower),
                _ => String::new(),
            };
            let phrases = [
                previous.map(|word| word.lower.clone()).unwrap_or_default(),
                next.map(|word| word.lower.clone()).unwrap_or_default(),
                pair(beside(at.checked_sub(2)), previous),
                pair(next, beside(Some(at + 2))),
            ];
            phrases.iter().any(|phrase| self.words.scale.contains(phrase))
        };
        part_of
            || is_year
            || dated
            || is(previous, &self.words.before)
            || is(next, &self.words.after)
            || self.value(word).is_some_and(|n| self.scale.contains(&n)) && of_scale()
    }

    /// The label of the group that a word names, in the singular or the plural.
    fn group_of(&self, word: &str) -> Option<&str> {
        let names = |label: &str| {
            let label = label.to_lowercase();
            label == word || label.strip_suffix('s') == Some(word)
        };
        self.bindings.iter().filter_map(|binding| binding.group.as_deref()).find(|label| names(label))
    }

    fn finding(&self, words: &[Word], at: usize, span: Span) -> Diagnostic {
        let word = &words[at];
        let shown = self.value(word).map_or(word.text.to_owned(), |n| n.to_string());
        let group = words[at + 1..].iter().take(4).find_map(|word| self.group_of(&word.lower));
        let here: BTreeSet<&str> = words.iter().map(|word| word.lower.as_str()).collect();
        let closeness = |binding: &Binding| {
            let about = binding.about.to_lowercase();
            let shared =
                about.split_whitespace().filter(|word| word.len() > 3 && here.contains(word)).count();
            (group.is_some() && binding.group.as_deref() == group, shared)
        };
        let fits = |binding: &&Binding| {
            binding.prints.as_str() == shown
                && (group.is_none() || binding.group.is_none() || binding.group.as_deref() == group)
        };
        let mut same: Vec<&Binding> = self.bindings.iter().filter(fits).collect();
        same.sort_by_key(|binding| std::cmp::Reverse(closeness(binding)));
        let named = |bindings: &[&Binding]| {
            let each = bindings.iter().take(SUGGESTIONS);
            each.map(|binding| binding.directive.clone()).collect::<Vec<_>>().join(" or ")
        };
        let given = format!("write :given[{}]{{ref=…}} for a number of somebody else's", word.text);
        let help = match same.is_empty() {
            true => {
                let whose = group.map(|group| format!(" of {}", group.to_lowercase())).unwrap_or_default();
                format!("nothing that is published{whose} is {shown}: bind the number that is meant; {given}")
            }
            false => format!("bind it: {}; {given}", named(&same)),
        };
        let mut finding = Diagnostic::new(self.code, span, format!("`{}` is typed by hand", word.text));
        // How many answered is what prose gets wrong most.
        if let Some(group) = group {
            let answered: Vec<String> = self
                .bindings
                .iter()
                .filter(|binding| {
                    binding.directive.starts_with(":respondents") && binding.group.as_deref() == Some(group)
                })
                .map(|binding| format!("{} prints {}", binding.directive, binding.prints))
                .collect();
            if !answered.is_empty() {
                finding = finding.note(format!("{group} who answered: {}", answered.join(", ")));
            }
        }
        finding.help(help)
    }
}
