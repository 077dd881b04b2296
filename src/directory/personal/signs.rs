//! A text as it is typed -> which rules could find anything in it, by what its bytes are.
//!
//! Of thousands of biographies nearly all have nothing that a rule would look at twice, and folding them would take longer
//! than reading them. What is passed over here could not have been found: a test holds the two together.

use super::Rule;
use memchr::{memchr_iter, memchr2_iter};

const DIGIT: u8 = 1;
const AT: u8 = 2;
/// Of another writing of a sign: `%40`, `&#64;`, `\@`.
const ESCAPE: u8 = 4;
/// Of an address or an account.
const SLASH_OR_COLON: u8 = 8;
/// Of a character beyond Latin letters with accents.
const FOREIGN: u8 = 16;

/// What each byte is a sign of.
const SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        signs[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            b'@' => AT,
            b'%' | b'&' | b'\\' => ESCAPE,
            b'/' | b':' => SLASH_OR_COLON,
            // First bytes of U+00C0 to U+027F are none.
            0xC2 | 0xCA..=0xFF => FOREIGN,
            _ => 0,
        };
        byte += 1;
    }
    signs
};

/// Bytes between two digits of one number at most, stars left out: three characters of four bytes, and to spare.
const GAP: usize = 16;

/// What a text has.
#[derive(Clone, Copy)]
pub(super) struct Signs {
    bytes: u8,
    /// Three digits near one another.
    has_number: bool,
    /// A digit with a letter soon after it, as in the second half of a postcode.
    has_code: bool,
    /// A dot within a word, or the word.
    has_dot: bool,
}

impl Signs {
    pub(super) fn of(text: &str) -> Signs {
        let bytes = text.bytes().fold(0, |signs, byte| signs | SIGNS[usize::from(byte)]);
        let bytes =
            if bytes & FOREIGN != 0 && !text.chars().any(is_foreign) { bytes & !FOREIGN } else { bytes };
        let has_digits = bytes & DIGIT != 0;
        Signs {
            bytes,
            has_number: has_digits && has_number(text.as_bytes()),
            has_code: has_digits && has_code(text.as_bytes()),
            has_dot: has_dot(text.as_bytes()),
        }
    }

    fn has(self, signs: u8) -> bool {
        self.bytes & signs != 0
    }

    /// Whether a rule could find anything.
    pub(super) fn may(self, rule: Rule) -> bool {
        self.has(ESCAPE | FOREIGN)
            || match rule {
                Rule::Email => self.has(AT) || self.has_dot,
                Rule::Phone | Rule::Register => self.has_number,
                Rule::Postcode => self.has_code,
                Rule::Messenger => self.has(AT | SLASH_OR_COLON),
            }
    }
}

/// Whether a character could be read as another: all but ASCII, letters with accents and the marks of ordinary print.
fn is_foreign(c: char) -> bool {
    !c.is_ascii() && !matches!(c, '\u{A0}' | 'À'..='\u{27F}' | '‐' | '–' | '—' | '‘' | '’' | '“' | '”' | '£')
}

fn has_number(bytes: &[u8]) -> bool {
    // Stars are not seen.
    let seen = bytes.iter().filter(|byte| **byte != b'*').enumerate();
    let mut digits = seen.filter(|(_, byte)| byte.is_ascii_digit()).map(|(at, _)| at);
    let Some(mut last) = digits.next() else { return false };
    let mut near = 1;
    digits.any(|at| {
        near = if at - last <= GAP { near + 1 } else { 1 };
        last = at;
        near == 3
    })
}

fn has_code(bytes: &[u8]) -> bool {
    let digits = bytes.iter().enumerate().filter(|(_, byte)| byte.is_ascii_digit());
    let mut after = digits.map(|(at, _)| &bytes[at + 1..]);
    after.any(|rest| rest.iter().find(|byte| **byte != b'*').is_some_and(u8::is_ascii_alphabetic))
}

fn has_dot(bytes: &[u8]) -> bool {
    let goes_on = |at: usize| {
        bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric() || b"*_-.])}>".contains(next))
            || bytes.get(at + 1).is_some_and(|next| *next >= 0x80)
    };
    let is_word = |at: usize| {
        // A letter may be hidden behind stars.
        bytes[at + 1..].iter().filter(|byte| **byte != b'*').take(2).map(u8::to_ascii_lowercase).eq(*b"ot")
    };
    memchr_iter(b'.', bytes).any(goes_on) || memchr2_iter(b'd', b'D', bytes).any(is_word)
}
