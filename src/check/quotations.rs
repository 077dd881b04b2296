//! Quotations -> findings about words that may tell who said them. A filter, not a proof (`docs/disclosure.md`).
//!
//! What stands in [square brackets] was put there by an editor and is passed over; a rule may be waived for a
//! quotation with a reason.

use super::exposure::bare_name;
use super::words::{Word, words};
use crate::config::Facet;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::directory::e_mail_addresses;
use crate::evaluation::Quotation;
use crate::site::Project;
use crate::theme::Interface;
use std::collections::BTreeSet;
use std::ops::Range;

/// How near a word for something sensitive must stand to "I" or "my".
const NEAR: usize = 5;

/// Looks at every quotation of the site.
pub fn quotations(project: &Project, found: &mut Diagnostics) {
    if project.evaluations.iter().all(|(_, evaluation)| evaluation.quotes.is_empty()) {
        return;
    }
    let filter = Filter::new(project);
    for (_, evaluation) in project.evaluations.iter() {
        for quote in &evaluation.quotes {
            filter.look(quote, found);
        }
    }
}

/// What the rules look for.
pub struct Filter {
    /// Words of the names of mentors and committee, public or not.
    names: BTreeSet<String>,
    institutions: BTreeSet<String>,
    months: BTreeSet<String>,
    numbers: BTreeSet<String>,
    durations: BTreeSet<String>,
    titles: Vec<String>,
    unique: Vec<String>,
    sensitive: BTreeSet<String>,
    person: BTreeSet<String>,
}

impl Filter {
    /// The words of a site's language, people and institutions.
    pub fn new(project: &Project) -> Filter {
        let interface: &Interface = project.theme.interface(project.first_language());
        let list = |key: &str| -> Vec<String> {
            interface.say(key, &[]).split('|').map(|word| word.trim().to_lowercase()).collect()
        };
        let set = |key: &str| list(key).into_iter().collect::<BTreeSet<String>>();
        let mut names = BTreeSet::new();
        let public = project.directory.people.values().map(crate::directory::Profile::name);
        let withheld = project.directory.withheld.values().filter_map(|withheld| withheld.name.as_deref());
        for name in public.chain(withheld) {
            names.extend(bare_name(name).split(' ').filter(|part| part.len() > 2).map(str::to_owned));
        }
        let generic = set("quote.generic");
        let mut institutions = BTreeSet::new();
        for (_, term) in project.vocabulary.terms(Facet::Institution).iter() {
            let label =
                term.label.get(project.first_language(), project.first_language()).value.to_lowercase();
            let parts = label.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() > 2);
            institutions.extend(parts.filter(|part| !generic.contains(*part)).map(str::to_owned));
        }
        let months = (1..=12).map(|month| interface.say(&format!("date.month.{month}"), &[]).to_lowercase());
        let numbers = (1..=20).map(|n| interface.number_word(n).to_lowercase());
        Filter {
            names,
            institutions,
            months: months.collect(),
            numbers: numbers.chain(list("prose.numbers")).collect(),
            durations: set("prose.after"),
            titles: list("quote.titles"),
            unique: list("quote.unique"),
            sensitive: set("quote.sensitive"),
            person: set("quote.person"),
        }
    }

    fn look(&self, quote: &Quotation, found: &mut Diagnostics) {
        for (range, rule) in self.rules(&quote.text.value) {
            if !quote.waived.contains_key(rule) {
                found.push(finding(quote, range, rule));
            }
        }
    }

    /// The rules that a text runs into, each with the place: words that may tell who wrote it. That there are none proves
    /// nothing.
    pub fn rules(&self, text: &str) -> Vec<(Range<usize>, &'static str)> {
        let mut text = without_brackets(text);
        let mut hits: BTreeSet<(usize, usize, &'static str)> = BTreeSet::new();
        let mut hit = |range: Range<usize>, rule: &'static str| {
            hits.insert((range.start, range.end, rule));
        };
        for (start, end) in e_mail_addresses(&text) {
            hit(start..end, "e-mail");
            // What is in an address is not looked at again.
            text.replace_range(start..end, &" ".repeat(end - start));
        }
        let words = words(&text);
        for (at, word) in words.iter().enumerate() {
            let next = words.get(at + 1);
            let capital = word.text.starts_with(char::is_uppercase);
            let digits = word.text.bytes().all(|byte| byte.is_ascii_digit());
            if capital && self.names.contains(&word.lower) {
                hit(word.range.clone(), "name");
            }
            if capital && self.institutions.contains(&word.lower) {
                hit(word.range.clone(), "institution");
            }
            if word.before == Some('@') {
                hit(word.range.start - 1..word.range.end, "handle");
            }
            if matches!(word.lower.as_str(), "http" | "https" | "www") {
                hit(word.range.clone(), "address");
            }
            if next.is_some_and(|next| is_postcode(word.text, next.text)) {
                hit(word.range.start..next.map_or(word.range.end, |next| next.range.end), "postcode");
            }
            let is_year = digits
                && word.text.len() == 4
                && (word.text.starts_with("19") || word.text.starts_with("20"));
            if is_year || capital && self.months.contains(&word.lower) {
                hit(word.range.clone(), "date");
            }
            if (digits || self.numbers.contains(&word.lower))
                && next.is_some_and(|next| self.durations.contains(&next.lower))
            {
                hit(word.range.start..next.map_or(word.range.end, |next| next.range.end), "duration");
            }
            if self.sensitive.contains(&word.lower) {
                let around = &words[at.saturating_sub(NEAR)..(at + NEAR + 1).min(words.len())];
                if around.iter().any(|other| self.person.contains(&other.lower)) {
                    hit(word.range.clone(), "sensitive");
                }
            }
        }
        for (phrases, rule) in [(&self.titles, "title"), (&self.unique, "unique")] {
            for range in phrases.iter().flat_map(|phrase| phrase_in(phrase, &words)) {
                hit(range, rule);
            }
        }
        for range in numbers_with_separators(&text) {
            let digits = text[range.clone()].bytes().filter(u8::is_ascii_digit).count();
            let is_orcid = digits >= 15 && text[range.clone()].matches('-').count() == 3;
            if is_orcid {
                hit(range, "orcid");
            } else if digits >= 9 {
                hit(range, "phone");
            }
        }
        hits.into_iter().map(|(start, end, rule)| (start..end, rule)).collect()
    }
}

fn finding(quote: &Quotation, range: Range<usize>, rule: &str) -> Diagnostic {
    let span = quote.text.part(range.clone());
    let words = quote.text.value.get(range).unwrap_or_default();
    Diagnostic::new(
        Code::QuoteIdentifies,
        span,
        format!("`{words}` in `{}` may tell who said it (rule {rule})", quote.id),
    )
    .note("the filter sees what is often telling; that it sees nothing proves nothing")
    .help(format!(
        "put it into other words in [square brackets], or add `waive: [{{rule: {rule}, reason: …}}]`"
    ))
}

/// A text in which what stands in brackets is blank, every byte at its place.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        depth += usize::from(c == '[');
        if depth > 0 {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            out.push(c);
        }
        depth -= usize::from(c == ']' && depth > 0);
    }
    out
}

/// Where a phrase stands, word by word.
fn phrase_in(phrase: &str, words: &[Word]) -> Vec<Range<usize>> {
    let wanted: Vec<&str> = phrase.split_whitespace().collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let fits = |window: &&[Word]| window.iter().zip(&wanted).all(|(word, wanted)| word.lower == *wanted);
    let range = |window: &[Word]| window[0].range.start..window[window.len() - 1].range.end;
    words.windows(wanted.len()).filter(fits).map(range).collect()
}

/// "SO16 6YD" in two words.
fn is_postcode(first: &str, second: &str) -> bool {
    let outward = (2..=4).contains(&first.len())
        && first.starts_with(|c: char| c.is_ascii_uppercase())
        && first.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && first.bytes().any(|byte| byte.is_ascii_digit());
    let inward: Vec<u8> = second.bytes().collect();
    outward
        && matches!(inward[..], [digit, a, b] if digit.is_ascii_digit() && a.is_ascii_uppercase() && b.is_ascii_uppercase())
}

/// Runs of digits with blanks, hyphens, brackets or a plus between them.
fn numbers_with_separators(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()) {
        let joins = |range: &Range<usize>| text[range.end..at].bytes().all(|byte| b" -()+".contains(&byte));
        match ranges.last_mut() {
            Some(last) if joins(last) => last.end = at + 1,
            _ => ranges.push(at..at + 1),
        }
    }
    ranges
}
