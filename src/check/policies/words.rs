//! A page's text -> its blocks, whether there is a sentence among them, and words that wait to be replaced.

use crate::content::Page;
use crate::markdown::{Heading, Prose};
use std::ops::Range;

/// Words that wait to be replaced, wherever they stand.
const PLACEHOLDERS: [&str; 7] = ["todo", "tbc", "tbd", "tba", "fixme", "lorem ipsum", "lorem"];
/// Words that do so where nothing else stands between two points or colons: "You agree to be added" is no placeholder.
const ALONE: [&str; 19] = [
    "to do",
    "to be confirmed",
    "to be written",
    "to be completed",
    "to be added",
    "to be decided",
    "to be done",
    "to be agreed",
    "to be advised",
    "to follow",
    "more to come",
    "coming soon",
    "under construction",
    "insert here",
    "insert text here",
    "text here",
    "your text here",
    "text goes here",
    "i’w gadarnhau",
];

/// Words of a sentence that ends as one, and of one that does not.
const ENDED: usize = 3;
const OPEN: usize = 6;

/// The blocks of text between a heading and the next one that is not below it. Code, pictures and what directives print
/// are no text.
pub(super) fn blocks<'p>(page: &'p Page, heading: &Heading, after: &[Heading]) -> Vec<&'p Prose> {
    let end = after.iter().find(|next| next.level <= heading.level).map_or(u32::MAX, |next| next.span.start);
    let start = |prose: &Prose| prose.span(page.file, 0..0).start;
    let within = |at: u32| at >= heading.span.end && at < end;
    let is_heading = |at: u32| after.iter().any(|next| next.span.start <= at && at < next.span.end);
    let blocks = page.body.prose.iter();
    blocks.filter(|prose| within(start(prose)) && !is_heading(start(prose))).collect()
}

/// Whether a paragraph or an item of a list is a sentence; one that ends with a colon goes on in the next. A cell of a
/// table is none.
pub(super) fn has_sentence(blocks: &[&Prose]) -> bool {
    let mut before = 0;
    blocks.iter().filter(|block| !block.is_cell).any(|block| {
        let is_closing = |c: char| c.is_whitespace() || c == Prose::GAP || ")]\"'”’»".contains(c);
        let text = block.text.trim_end_matches(is_closing);
        let count = before + words(text);
        before = if text.ends_with([':', '：']) { count } else { 0 };
        count >= OPEN || (count >= ENDED && text.ends_with(['.', '!', '?', '。', '！', '？', '।', '؟', '۔']))
    })
}

/// How many words of at least two letters a text has; where a script puts no blanks between them, two letters are a word.
fn words(text: &str) -> usize {
    let is_unspaced = |c: &char| matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{9FFF}');
    let count = |word: &str| match word.chars().filter(is_unspaced).count() {
        0 => usize::from(word.chars().filter(|c| c.is_alphabetic()).count() > 1),
        letters => letters.div_ceil(2),
    };
    text.split(|c: char| !c.is_alphanumeric()).map(count).sum()
}

/// Where a text waits to be replaced: `[name of the university]`, `TODO`, `XX`, `To do:`, `____`.
pub(super) fn placeholder(text: &str) -> Option<Range<usize>> {
    let in_brackets = |open: char, close: char| {
        text.match_indices(open).find_map(|(at, _)| {
            let range = at..at + text[at..].find(close)? + 1;
            text[range.clone()].contains(char::is_alphabetic).then_some(range)
        })
    };
    let lower = text.to_ascii_lowercase();
    let written = || {
        PLACEHOLDERS.iter().find_map(|word| {
            let (at, _) = lower.match_indices(word).find(|(at, _)| {
                let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                !is_word(lower[..*at].chars().next_back())
                    && !is_word(lower[at + word.len()..].chars().next())
            })?;
            Some(at..at + word.len())
        })
    };
    let is_crossed = |word: &str| word.len() > 1 && word.bytes().all(|byte| matches!(byte, b'x' | b'X'));
    let crossed = || parts(text, |c| !c.is_alphanumeric()).find(|range| is_crossed(&text[range.clone()]));
    let alone = || {
        let ends = |c: char| ".:;,!?…()\n".contains(c);
        parts(text, ends).find_map(|range| {
            let part = &text[range.clone()];
            let bare = part.trim_start_matches(|c: char| !c.is_alphanumeric());
            let start = range.end - bare.len();
            let bare = bare.trim_end_matches(|c: char| !c.is_alphanumeric());
            ALONE.contains(&bare.to_lowercase().as_str()).then_some(start..start + bare.len())
        })
    };
    in_brackets('[', ']')
        .or_else(|| in_brackets('{', '}'))
        .or_else(written)
        .or_else(crossed)
        .or_else(alone)
        .or_else(|| text.find("___").map(|at| at..at + 3))
}

/// Where a text is marked as waiting: `[TODO: who leads the scheme]`.
pub(super) fn mark(text: &str) -> Option<Range<usize>> {
    let is_open = |at: &usize| {
        text.as_bytes()[at + 1..].get(..4).is_some_and(|word| word.eq_ignore_ascii_case(b"todo"))
    };
    let start = text.match_indices('[').map(|(at, _)| at).find(is_open)?;
    let end = text[start..].find([']', '\n']).map_or(text.len(), |end| start + end + 1);
    Some(start..end)
}

/// Where the parts of a text are between characters that end them.
fn parts(text: &str, ends: impl Fn(char) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    text.split(ends).map(move |part| {
        // Whatever ended the part before it lies between.
        let start = from + text[from..].find(part).unwrap_or_default();
        from = start + part.len();
        start..from
    })
}
