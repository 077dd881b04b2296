//! A text as it is typed -> the text as the rules read it, and where each part of that stands in the first.
//!
//! Full-width and mathematical letters, digits of every script, character references, percent-encoding and the
//! backslashes of Markdown become what a reader takes them for; what nobody sees is left out.

use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;
use std::ops::Range;

/// The zeros of all scripts that count by tens, each with its nine other digits behind it.
const ZEROS: [u32; 67] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0,
    0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0,
    0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50,
    0x11D50, 0x11DA0, 0x11F50, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6,
    0x1E140, 0x1E2F0, 0x1E4F0, 0x1E950, 0x1FBF0,
];

/// Names of character references that may hide a sign.
const REFERENCES: [(&str, char); 24] = [
    ("amp", '&'),
    ("apos", '\''),
    ("colon", ':'),
    ("commat", '@'),
    ("dash", '\u{2010}'),
    ("emsp", ' '),
    ("ensp", ' '),
    ("hyphen", '\u{2010}'),
    ("lbrack", '['),
    ("lowbar", '_'),
    ("lpar", '('),
    ("lsqb", '['),
    ("nbsp", ' '),
    ("period", '.'),
    ("plus", '+'),
    ("quot", '"'),
    ("rbrack", ']'),
    ("rpar", ')'),
    ("rsqb", ']'),
    ("shy", '\u{AD}'),
    ("sol", '/'),
    ("thinsp", ' '),
    ("zwj", '\u{200D}'),
    ("zwnj", '\u{200C}'),
];

/// A text as it is read.
pub(super) struct Folded<'t> {
    text: Cow<'t, str>,
    /// In order; none where the text is as it was.
    parts: Vec<Part>,
}

/// A part of the text as it is read.
struct Part {
    at: usize,
    /// What it was made of.
    of: Range<usize>,
    /// Whether it is the same, byte for byte.
    is_same: bool,
}

impl<'t> Folded<'t> {
    /// Reads a text.
    pub(super) fn of(text: &'t str) -> Folded<'t> {
        let is_special = |byte: u8| !byte.is_ascii() || matches!(byte, b'%' | b'&' | b'\\' | b'*');
        if !text.bytes().any(is_special) {
            return Folded { text: text.into(), parts: Vec::new() };
        }
        let nfkc = ComposingNormalizerBorrowed::new_nfkc();
        Folded::by(text, is_special, |rest| {
            let written = rest.chars().next()?;
            let (c, length) = escaped(rest).unwrap_or((written, written.len_utf8()));
            let read = read(c, &nfkc).or_else(|| (length > c.len_utf8()).then(|| c.to_string().into()))?;
            Some((length, read))
        })
    }

    /// Puts other text in the place of parts: for what a text begins with, how long that is and what it becomes. Only where
    /// a byte may begin a part is one looked for.
    pub(super) fn by<'r>(
        text: &'t str,
        may_begin: impl Fn(u8) -> bool,
        replace: impl Fn(&'t str) -> Option<(usize, Cow<'r, str>)>,
    ) -> Folded<'t> {
        let mut folded = String::with_capacity(text.len());
        let mut parts: Vec<Part> = Vec::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if let Some((length, other)) = replace(&text[at..]) {
                if !other.is_empty() {
                    parts.push(Part { at: folded.len(), of: at..at + length, is_same: false });
                    folded.push_str(&other);
                }
                at += length;
                continue;
            }
            let next = at + c.len_utf8();
            let rest = text.as_bytes()[next..].iter().position(|byte| may_begin(*byte));
            let end = rest.map_or(text.len(), |length| next + length);
            match parts.last_mut() {
                Some(last) if last.is_same && last.of.end == at => last.of.end = end,
                _ => parts.push(Part { at: folded.len(), of: at..end, is_same: true }),
            }
            folded.push_str(&text[at..end]);
            at = end;
        }
        Folded { text: folded.into(), parts }
    }

    /// The text as it is read.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where a part of it stands in the text as it was typed.
    pub(super) fn original(&self, range: &Range<usize>) -> Range<usize> {
        let part = |at: usize| {
            let after = self.parts.partition_point(|part| part.at <= at);
            self.parts.get(after.checked_sub(1)?)
        };
        let (Some(first), Some(last)) = (part(range.start), part(range.end.saturating_sub(1))) else {
            return range.clone();
        };
        let start = if first.is_same { range.start - first.at } else { 0 };
        let end = if last.is_same { last.of.start + range.end - last.at } else { last.of.end };
        first.of.start + start..end
    }
}

/// The character that a text begins with in other writing, and how long that is: `&#64;`, `%40`, `\@`.
fn escaped(text: &str) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    match bytes.first()? {
        b'&' => reference(&text[1..]).map(|(c, length)| (c, length + 1)),
        b'%' => {
            let code = u8::from_str_radix(text.get(1..3)?, 16).ok()?;
            (bytes[1] != b'+' && matches!(code, b' '..=b'~')).then_some((code.into(), 3))
        }
        b'\\' => bytes.get(1).filter(|next| next.is_ascii_punctuation()).map(|next| (char::from(*next), 2)),
        _ => None,
    }
}

/// `#64;`, `#x40;`, `commat;`.
fn reference(text: &str) -> Option<(char, usize)> {
    let Some(number) = text.strip_prefix('#') else {
        let (name, c) = REFERENCES
            .iter()
            .find(|(name, _)| text.strip_prefix(name).is_some_and(|rest| rest.starts_with(';')))?;
        return Some((*c, name.len() + 1));
    };
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let count = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let c = u32::from_str_radix(&digits[..count], radix).ok().and_then(char::from_u32)?;
    let end = text.len() - digits.len() + count;
    Some((c, end + usize::from(text[end..].starts_with(';'))))
}

/// What a character is read as, where that is not itself.
fn read(c: char, nfkc: &ComposingNormalizerBorrowed) -> Option<Cow<'static, str>> {
    match c {
        // Emphasis of Markdown, and what takes no room.
        '*'
        | '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{20E3}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{E0000}'..='\u{E0FFF}' => Some("".into()),
        '\0'..='\u{7F}' => None,
        // A note's sign or an exponent is no digit of the number before it.
        '²' | '³' | '¹' | '\u{2070}'..='\u{209F}' => Some(" ".into()),
        // Where names of hosts may have a dot, these are dots.
        '\u{3002}' | '\u{FF61}' => Some(".".into()),
        // Letterlike, circled, vertical, small, full-width and mathematical forms of plain characters.
        '\u{2100}'..='\u{214F}'
        | '\u{2460}'..='\u{24FF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FFEF}'
        | '\u{1D400}'..='\u{1D7FF}'
        | '\u{1F100}'..='\u{1F1FF}' => Some(nfkc.normalize(c.encode_utf8(&mut [0; 4])).into_owned().into()),
        _ => digit(c).map(|digit| digit.to_string().into()),
    }
}

fn digit(c: char) -> Option<char> {
    let at = ZEROS.partition_point(|zero| *zero <= u32::from(c)).checked_sub(1)?;
    char::from_digit(u32::from(c) - ZEROS[at], 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_text_as_it_was_typed() {
        for (text, read, part, original) in [
            ("plain", "plain", 1..3, 1..3),
            ("é ７７a", "é 77a", 3..5, 3..9),
            ("é ７７a", "é 77a", 4..6, 6..10),
            ("a\u{200B}b**c**d", "abcd", 0..2, 0..5),
            ("a\u{200B}b**c**d", "abcd", 2..3, 7..8),
            ("jo%40x &#64;&commat;", "jo@x @@", 5..7, 7..20),
            ("№ 1", "No 1", 0..2, 0..3),
            ("№ 1", "No 1", 1..4, 0..5),
            ("m² 50% &c", "m  50% &c", 3..9, 4..10),
        ] {
            let folded = Folded::of(text);
            assert_eq!(folded.text(), read, "{text}");
            assert_eq!(folded.original(&part), original, "{text}");
        }
    }

    #[test]
    fn the_digits_of_every_script_are_digits() {
        assert!(ZEROS.is_sorted());
        for zero in ZEROS {
            for digit in 0..10 {
                let c = char::from_u32(zero + digit).expect("a character");
                assert!(c.is_numeric(), "{zero:X} + {digit}");
                assert_eq!(Folded::of(&c.to_string()).text(), digit.to_string());
            }
        }
        let more = (0x80..0x11_0000).filter_map(char::from_u32);
        // What is no decimal digit stays, or loses its ring.
        assert_eq!(more.filter(|c| digit(*c).is_some()).count(), 10 * ZEROS.len());
    }
}
