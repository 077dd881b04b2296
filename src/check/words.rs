//! Prose -> its words and numbers, with what touches them.

use crate::markdown::Prose;
use std::ops::Range;

/// A word or number of a text.
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) lower: String,
    pub(super) range: Range<usize>,
    /// What touches it.
    pub(super) before: Option<char>,
    pub(super) after: Option<char>,
}

impl Word<'_> {
    pub(super) fn is_digits(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
            && self.text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',')
    }
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == Prose::GAP;
        if !is_word(c) {
            at += c.len_utf8();
            continue;
        }
        let rest = &text[at..];
        let mut end = c.len_utf8();
        // A gap is a word of its own; a point or comma goes on only within digits.
        while let Some(next) = rest[end..].chars().next().filter(|_| c != Prose::GAP) {
            let follows = rest[end + next.len_utf8()..].chars().next();
            let within = matches!(next, '.' | ',')
                && c.is_ascii_digit()
                && follows.is_some_and(|c| c.is_ascii_digit());
            if !(within || (next.is_alphanumeric() && next != Prose::GAP)) {
                break;
            }
            end += next.len_utf8();
        }
        let range = at..at + end;
        words.push(Word {
            text: &text[range.clone()],
            lower: text[range.clone()].to_lowercase(),
            before: text[..at].chars().next_back(),
            after: text[range.end..].chars().next(),
            range,
        });
        at += end;
    }
    words
}
