//! A text -> where telephone numbers stand in it: of the UK, international, North American, extensions.
//!
//! Digits alone are no sign of one: years, dates, ORCID iDs, ISBNs, and the numbers of grants and trials have them too. So a
//! number must have the shape of a telephone number, or a word before it that says what it is.

use std::ops::Range;

/// Words before a number that say it is one to be called, and those before a short one.
const CALLED: [&str; 9] =
    ["tel", "telephone", "phone", "mobile", "mob", "fax", "landline", "whatsapp", "cell"];
pub(super) const SHORT: [&str; 7] = ["ext", "extn", "extension", "bleep", "pager", "bleeper", "dect"];
/// Words before a number that say it is none.
const NEVER: [&str; 12] = [
    "isbn", "issn", "doi", "pmid", "pmcid", "orcid", "grant", "award", "isrctn", "trial", "project",
    "protocol",
];

/// The places of telephone numbers.
pub(super) fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut numbers: Vec<Range<usize>> = Vec::new();
    for run in runs(text) {
        let mut from = 0;
        while from < run.len() {
            let fits = (from..run.len()).rev().find_map(|to| {
                let candidate = Candidate::of(text, &run[from..=to]);
                candidate.is_telephone().then(|| (candidate.range.clone(), to))
            });
            let Some((range, to)) = fits else {
                from += 1;
                continue;
            };
            match numbers.last_mut() {
                // An extension belongs to the number before it.
                Some(last) if is_extension_sign(&text[last.end..range.start]) => last.end = range.end,
                _ => numbers.push(range),
            }
            from = to + 1;
        }
    }
    numbers
}

fn is_extension_sign(between: &str) -> bool {
    let word = between.trim_matches([' ', ',', ';', '.', '(', ':']);
    between.len() <= 14 && (SHORT.contains(&word.to_lowercase().as_str()) || word == "x")
}

/// Groups of digits with nothing but separators between them.
fn runs(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut runs: Vec<Vec<Range<usize>>> = Vec::new();
    for (at, _) in text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()) {
        let last = runs.last_mut().and_then(|run| run.last_mut());
        match last {
            Some(group) if group.end == at => group.end = at + 1,
            Some(group) if is_separator(&text[group.end..at]) => {
                if let Some(run) = runs.last_mut() {
                    run.push(at..at + 1);
                }
            }
            _ => runs.push(std::iter::once(at..at + 1).collect()),
        }
    }
    runs
}

fn is_separator(between: &str) -> bool {
    let sign =
        |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '.' | '(' | ')' | '+');
    between.chars().count() <= 3 && between.chars().all(sign)
}

/// Groups that may make a number.
struct Candidate<'t> {
    text: &'t str,
    groups: &'t [Range<usize>],
    /// With the sign before it and the bracket round its beginning.
    range: Range<usize>,
    digits: String,
}

impl<'t> Candidate<'t> {
    fn of(text: &'t str, groups: &'t [Range<usize>]) -> Candidate<'t> {
        let (first, last) = (groups[0].start, groups[groups.len() - 1].end);
        let before = &text[..first];
        let signs = &before[before.trim_end_matches(['(', '+']).len()..];
        // A bracket round the whole number is not a part of it.
        let is_closed = text[first..last].contains(')');
        let signs = if is_closed { signs } else { signs.trim_start_matches('(') };
        let range = first - signs.len().min(2)..last;
        let digits = text[first..last].chars().filter(char::is_ascii_digit).collect();
        Candidate { text, groups, range, digits }
    }

    fn is_telephone(&self) -> bool {
        if !self.stands_alone() {
            return false;
        }
        let (word, other) = words_before(self.text, self.range.start);
        let is = |words: &[&str]| words.contains(&word.as_str());
        if NEVER.contains(&word.as_str()) || NEVER.contains(&other.as_str()) {
            return false;
        }
        let count = self.digits.len();
        let is_year = count == 4 && (self.digits.starts_with("19") || self.digits.starts_with("20"));
        (is(&CALLED) && (6..=15).contains(&count))
            || (is(&SHORT) && (3..=6).contains(&count) && !is_year)
            || self.is_international()
            || self.is_british()
            || self.is_north_american()
    }

    /// It is not a part of a word, an address or a longer number.
    fn stands_alone(&self) -> bool {
        let before = self.text[..self.range.start].chars().next_back();
        let mut after = self.text[self.range.end..].chars();
        let (next, further) = (after.next(), after.next());
        let is_word = |c: char| c.is_alphanumeric() && !is_unspaced(c);
        let joins = |c: char| is_word(c) || matches!(c, '/' | '=' | '_' | '-' | '.' | '+' | '\u{2011}');
        let continues = |c: char| is_word(c) || matches!(c, '/' | '_' | '@');
        let goes_on = next.is_some_and(|c| matches!(c, '-' | '.' | ',' | ':'))
            && further.is_some_and(|c| c.is_ascii_digit());
        let touches = before.is_some_and(joins) || next.is_some_and(continues);
        !(touches || goes_on)
    }

    fn length(&self, group: usize) -> usize {
        self.groups.get(group).map_or(0, ExactSizeIterator::len)
    }

    /// `+44 …`, `0044 …`, `44 7700 …`.
    fn is_international(&self) -> bool {
        let count = self.digits.len();
        let signs = &self.text[self.range.start..self.groups[0].start];
        (signs.contains('+') && (10..=15).contains(&count))
            || (self.digits.starts_with("00")
                && (11..=16).contains(&count)
                && (self.groups.len() == 1 || matches!(self.length(0), 2 | 4 | 5)))
            || (self.digits.starts_with("44")
                && count == 12
                && (self.length(0) == 2 || self.groups.len() == 1))
    }

    /// `07700 900123`, `(0113) 496 0999`, `020 7946 0999`.
    fn is_british(&self) -> bool {
        let count = self.digits.len();
        self.digits.starts_with('0')
            && !self.digits.starts_with("00")
            && (count == 10 || count == 11)
            && (self.groups.len() == 1 || (3..=5).contains(&self.length(0)))
    }

    /// `(555) 555-0199`, `555-555-0199`, `1-555-555-0199`.
    fn is_north_american(&self) -> bool {
        let from = usize::from(self.length(0) == 1 && self.digits.starts_with('1'));
        let lengths = [self.length(from), self.length(from + 1), self.length(from + 2)];
        let written = &self.text[self.range.clone()];
        self.groups.len() == from + 3 && lengths == [3, 3, 4] && written.contains(['(', '-', '.'])
    }
}

/// Letters of scripts that put no blank between a word and a number: Thai and its neighbours, Chinese, Japanese, Korean.
fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{11FF}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{A4CF}'
            | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}'
    )
}

/// The two words before a place, in lower case; "number" and the like are passed over.
fn words_before(text: &str, at: usize) -> (String, String) {
    let fillers = ["no", "number", "numbers", "nr", "is", "on", "me", "at"];
    let mut start = at.saturating_sub(48);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut words = text[start..at]
        .rsplit(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .filter(|word| !fillers.contains(&word.as_str()));
    (words.next().unwrap_or_default(), words.next().unwrap_or_default())
}
