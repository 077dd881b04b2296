//! A text as it is typed -> which rules could find anything in it, by what its bytes are.
//!
//! Of thousands of biographies nearly all have nothing that a rule would look at twice, and folding them would take longer
//! than reading them. What is passed over here could not have been found: a test holds the two together.

use super::{Rule, messenger, telephone};
use aho_corasick::{AhoCorasick, MatchKind};
use memchr::{memchr_iter, memchr2_iter};
use std::borrow::Cow;
use std::sync::LazyLock;

const DIGIT: u8 = 1;
const AT: u8 = 2;
/// Of another writing of a sign: `%40`, `&#64;`, `\@`.
const ESCAPE: u8 = 4;
const SLASH: u8 = 8;
const COLON: u8 = 16;
/// Of a character beyond Latin letters with accents.
const FOREIGN: u8 = 32;
/// Of emphasis, which no reader sees.
const STAR: u8 = 64;

/// What each byte is a sign of.
const SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        signs[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            b'@' => AT,
            b'%' | b'&' | b'\\' => ESCAPE,
            b'/' => SLASH,
            b':' => COLON,
            b'*' => STAR,
            // First bytes of U+00C0 to U+027F are none.
            0xC2 | 0xCA..=0xFF => FOREIGN,
            _ => 0,
        };
        byte += 1;
    }
    signs
};

/// Bytes between two digits of one number at most: three characters of four bytes, and to spare.
const GAP: usize = 16;
/// Digits of the shortest number that is told by its form or its register; and of one that a word before it tells.
const DIGITS: usize = 5;
const FEW_DIGITS: usize = 3;

/// Words without which few digits are no number, and `@name` is no account.
static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = telephone::SHORT.into_iter().chain(messenger::SERVICES);
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(words).ok()
});

/// Which rules could find anything in a text.
#[derive(Clone, Copy)]
pub(super) struct Signs {
    /// It has what may be read otherwise than it is written.
    is_odd: bool,
    has_address: bool,
    has_number: bool,
    has_code: bool,
    has_account: bool,
}

impl Signs {
    pub(super) fn of(text: &str) -> Signs {
        let bytes = text.bytes().fold(0, |signs, byte| signs | SIGNS[usize::from(byte)]);
        let has = |signs: u8| bytes & signs != 0;
        let is_odd = has(ESCAPE) || (has(FOREIGN) && text.chars().any(is_foreign));
        let seen: Cow<str> = if has(STAR) { text.replace('*', "").into() } else { text.into() };
        let seen = seen.as_bytes();
        let digits = if has(DIGIT) { most_digits(seen) } else { 0 };
        let words = Words::of(seen, digits >= FEW_DIGITS || has(AT | COLON));
        Signs {
            is_odd,
            has_address: has(AT) || has_dot(seen),
            has_number: digits >= DIGITS || (digits >= FEW_DIGITS && words.before_digits),
            has_code: has(DIGIT) && has_code(seen),
            has_account: (has(SLASH) && has_link(seen)) || (has(AT | COLON) && words.of_services),
        }
    }

    /// Whether a rule could find anything.
    pub(super) fn may(self, rule: Rule) -> bool {
        self.is_odd
            || match rule {
                Rule::Email => self.has_address,
                Rule::Phone | Rule::Register => self.has_number,
                Rule::Postcode => self.has_code,
                Rule::Messenger => self.has_account,
            }
    }
}

/// Whether a character could be read as another: all but ASCII, letters with accents and the marks of ordinary print.
fn is_foreign(c: char) -> bool {
    !c.is_ascii() && !matches!(c, '\u{A0}' | 'À'..='\u{27F}' | '‐' | '–' | '—' | '‘' | '’' | '“' | '”' | '£')
}

/// Which words a text has.
struct Words {
    before_digits: bool,
    of_services: bool,
}

impl Words {
    fn of(bytes: &[u8], are_wanted: bool) -> Words {
        let mut words = Words { before_digits: false, of_services: false };
        match &*WORDS {
            None => Words { before_digits: true, of_services: true },
            Some(known) if are_wanted => {
                let is_letter =
                    |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic);
                for found in known.find_iter(bytes) {
                    if found.pattern().as_usize() >= telephone::SHORT.len() {
                        words.of_services = true;
                    } else if !is_letter(found.start().checked_sub(1)) && !is_letter(Some(found.end())) {
                        words.before_digits = true;
                    }
                }
                words
            }
            Some(_) => words,
        }
    }
}

/// The most digits that stand near one another, with no word between them: "2012 to 2016" is twice four.
fn most_digits(bytes: &[u8]) -> usize {
    let is_word = |two: &[u8]| two.iter().all(u8::is_ascii_alphabetic);
    let (mut most, mut near, mut last) = (0, 0, 0);
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| byte.is_ascii_digit()) {
        let is_near = at - last <= GAP && !bytes[last..at].windows(2).any(is_word);
        near = if is_near { near + 1 } else { 1 };
        last = at;
        most = most.max(near);
    }
    most
}

/// A digit with a letter after it, as in the second half of a postcode.
fn has_code(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|two| two[0].is_ascii_digit() && two[1].is_ascii_alphabetic())
}

/// A dot within a word, or the word.
fn has_dot(bytes: &[u8]) -> bool {
    let goes_on = |at: usize| {
        let next = bytes.get(at + 1);
        next.is_some_and(|next| next.is_ascii_alphanumeric() || *next >= 0x80 || b"_-])}>".contains(next))
    };
    let is_word = |at: usize| bytes.get(at + 1..at + 3).is_some_and(|rest| rest.eq_ignore_ascii_case(b"ot"));
    memchr_iter(b'.', bytes).any(goes_on) || memchr2_iter(b'd', b'D', bytes).any(is_word)
}

/// A slash after what the address of a messaging service ends with.
fn has_link(bytes: &[u8]) -> bool {
    let ends = messenger::ADDRESSES.map(|address| &address.as_bytes()[address.len() - 3..address.len() - 1]);
    memchr_iter(b'/', bytes).any(|at| {
        let before = at.checked_sub(2).map(|from| &bytes[from..at]);
        before.is_some_and(|before| ends.iter().any(|end| before.eq_ignore_ascii_case(end)))
    })
}
