//! A text -> where e-mail addresses stand in it, those included whose signs are words: "jo (at) x dot org".

use super::fold::Folded;
use std::ops::Range;

/// A dot that is a word; a sign that stands apart, and one that is the word "at".
const DOT: u8 = 1;
const APART: u8 = 2;
const WORD: u8 = 3;

/// How hosts end that a mere "at" may stand before.
const ENDINGS: [&str; 18] = [
    "uk", "org", "com", "net", "edu", "eu", "ie", "info", "wales", "cymru", "scot", "london", "de", "fr",
    "nl", "in", "io", "me",
];

/// Words that stand before an "at" in prose, and are nobody's name in an address.
const PROSE: &str = " a about academic address also am an and are arrived available based be been being blog \
    care career centre center chair clinic colleague colleagues college consultant contact course courses currently \
    degree department director doctor e-mail email faculty fellow fellowship find for found found group groups head her \
    here him home hospital information institute is it join joined lab laboratory lead leader leading leads lecturer led \
    life listed live lived lives located look looking mail manager me medicine meet meeting member mentee mentees mentor \
    mentors met more my network not now nurse office online or our page pages phd placement polka post postdoc \
    professor profile programme project published read reader registered registrar registry remained research researcher \
    researchers researching role scheme school science scientist see seen senior she site spoke stage stayed started \
    student students studied study studying surgery taught teach teacher teaches teaching team teams that the them they \
    this time train trained trainee training trial trust tutor unit university up us was we website were with work \
    worked working works write writing years you ";

/// Words soon before a name that say an address follows.
const CUES: [&str; 6] = ["email", "mail", "mailto", "contact", "address", "reach"];

/// Where e-mail addresses stand in a text, those with "(at)" for the sign included.
pub fn addresses(text: &str) -> Vec<(usize, usize)> {
    let folded = Folded::of(text);
    let places = in_folded(folded.text());
    places.iter().map(|range| folded.original(range)).map(|range| (range.start, range.end)).collect()
}

/// The same in a text as it is read.
pub(super) fn in_folded(text: &str) -> Vec<Range<usize>> {
    // Most characters begin no sign; other blanks than those of ASCII begin with a byte above it.
    let may_begin = |byte: u8| {
        !byte.is_ascii() || byte.is_ascii_whitespace() || b"\x0b\x1c\x1d\x1e\x1f@([{<".contains(&byte)
    };
    let spelt = Folded::by(text, may_begin, |rest| {
        let may = rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '@' | '(' | '[' | '{' | '<'));
        let (length, sign) = may.then(|| sign(rest)).flatten()?;
        Some((length, char::from(sign).to_string().into()))
    });
    let plain = spelt.text();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in plain.bytes().enumerate().filter(|(_, byte)| matches!(*byte, b'@' | APART | WORD)) {
        if let Some(place) = address(plain, at)
            && found.last().is_none_or(|last| place.start >= last.end)
        {
            found.push(place);
        }
    }
    found.iter().map(|place| spelt.original(place)).collect()
}

/// The sign that a text begins with, with the blanks and brackets round it, and how long that is.
fn sign(text: &str) -> Option<(usize, u8)> {
    let bytes = text.as_bytes();
    let open = over_blanks(text, 0);
    let close = match bytes.get(open)? {
        b'(' => Some(b')'),
        b'[' => Some(b']'),
        b'{' => Some(b'}'),
        b'<' => Some(b'>'),
        _ => None,
    };
    let word = if close.is_some() { over_blanks(text, open + 1) } else { open };
    let is = |written: &str| {
        let end = word + written.len();
        text.get(word..end).is_some_and(|found| found.eq_ignore_ascii_case(written))
    };
    let (length, sign) = [("@", APART), ("at", WORD), ("dot", DOT), (".", DOT)]
        .into_iter()
        .find_map(|(written, sign)| is(written).then_some((written.len(), sign)))?;
    let end = word + length;
    let after = over_blanks(text, end);
    if let Some(close) = close {
        let sign = if sign == DOT { DOT } else { b'@' };
        return (bytes.get(after) == Some(&close)).then(|| (over_blanks(text, after + 1), sign));
    }
    // "jo@ x.org" too, but not "@jo", which is a handle, nor the end of a sentence.
    let is_apart = after > end && (open > 0 || sign == APART) && bytes[word] != b'.';
    is_apart.then_some((after, sign))
}

/// Where the blanks end that stand at a place; a blank line is none of them.
fn over_blanks(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let blanks = &rest[..rest.len() - rest.trim_start().len()];
    if blanks.matches('\n').count() > 1 { at } else { at + blanks.len() }
}

/// The address round a sign.
fn address(text: &str, at: usize) -> Option<Range<usize>> {
    let sign = text.as_bytes()[at];
    let (end, ending, is_spelt) = host(text, at + 1)?;
    let start = name(text, at);
    let name = &text[start..at];
    if sign == b'@' {
        return (start < at).then_some(start..end);
    }
    // An "at" is an ordinary word. What is before it has to be like a name in an address, or the rest like an address.
    let is_dotted = name.contains(['.', '_', char::from(DOT)]);
    let is_word = || is_prose(name) || name.chars().nth(1).is_none();
    let is_meant = is_dotted || ((is_spelt || sign == APART || has_cue(&text[..start])) && !is_word());
    let is_name = name.contains(char::is_alphabetic) && !name.ends_with('.');
    let is_known = ENDINGS.contains(&ending.to_ascii_lowercase().as_str());
    (is_name && is_known && is_meant).then_some(start..end)
}

/// Where the name before a sign begins.
fn name(text: &str, at: usize) -> usize {
    let is_name = |byte: &u8| {
        byte.is_ascii_alphanumeric() || b".!$%'+^_~-".contains(byte) || *byte >= 0x80 || *byte == DOT
    };
    let mut start = at - text.as_bytes()[..at].iter().rev().take_while(|byte| is_name(byte)).count();
    // "The dot" of a sentence.
    while let Some(dot) = text[start..at].find(char::from(DOT)).map(|dot| dot + start) {
        if dot > start && !is_prose(&text[start..dot]) {
            break;
        }
        start = dot + 1;
    }
    start
}

/// Where the host behind a sign ends, how its name ends, and whether one of its dots is a word.
fn host(text: &str, from: usize) -> Option<(usize, &str, bool)> {
    let is_host =
        |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte) || *byte >= 0x80 || *byte == DOT;
    let dots = ['.', char::from(DOT)];
    let length = text.as_bytes()[from..].iter().take_while(|byte| is_host(byte)).count();
    let mut host = &text[from..from + length];
    loop {
        host = host.trim_end_matches(dots).trim_end_matches('-');
        let (_, ending) = host.rsplit_once(dots)?;
        if ending.len() >= 2 && ending.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return Some((from + host.len(), ending, host.contains(char::from(DOT))));
        }
        // A sentence may go on with the word.
        host = host.rsplit_once(char::from(DOT))?.0;
    }
}

fn is_prose(name: &str) -> bool {
    let word = name.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    PROSE.contains(&format!(" {word} "))
}

fn has_cue(before: &str) -> bool {
    let mut words = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(3);
    words.any(|word| CUES.iter().any(|cue| word.eq_ignore_ascii_case(cue)))
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn addresses_are_found_and_words_are_not() {
        for text in ["a.b@leeds.ac.uk", "write to x@y.org.", "x(at)y.ac.uk", "first.last at soton.ac.uk"] {
            assert_eq!(addresses(text).len(), 1, "{text}");
        }
        for text in ["@handle", "a @ b", "I work at leeds.ac.uk", "at home", "2@3", "lecturer at St. Andrews"]
        {
            assert!(addresses(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn addresses_are_found_in_other_writing() {
        for (text, address) in [
            ("mailto:jo%40x.org", "jo%40x.org"),
            ("Write: jo%40uni.ac.uk!", "jo%40uni.ac.uk"),
            ("jo%2Esmith%40uni%2Eac%2Euk", "jo%2Esmith%40uni%2Eac%2Euk"),
            ("jo&commat;uni.ac.uk", "jo&commat;uni.ac.uk"),
            ("jo\\@uni.ac.uk", "jo\\@uni.ac.uk"),
            ("jo**@**uni.ac.uk", "jo**@**uni.ac.uk"),
            ("jo\u{200B}@\u{200B}uni.ac.uk", "jo\u{200B}@\u{200B}uni.ac.uk"),
            ("é: ｊｏ＠ｕｎｉ．ａｃ．ｕｋ。", "ｊｏ＠ｕｎｉ．ａｃ．ｕｋ"),
            ("by jo＠uni．ac.uk, please", "jo＠uni．ac.uk"),
            ("jo@uni。ac。uk", "jo@uni。ac。uk"),
            ("Ask jo dot smith at uni dot ac dot uk now.", "jo dot smith at uni dot ac dot uk"),
            ("I am jo [at] uni [dot] ac.uk.", "jo [at] uni [dot] ac.uk"),
            ("\\[jo \\[at\\] uni \\[dot\\] ac.uk", "jo \\[at\\] uni \\[dot\\] ac.uk"),
            ("jo (at) uni.ac.uk", "jo (at) uni.ac.uk"),
            ("jo(AT)uni(DOT)ac(DOT)uk", "jo(AT)uni(DOT)ac(DOT)uk"),
            ("jo AT uni DOT ac DOT uk", "jo AT uni DOT ac DOT uk"),
            ("jo {at} uni[.]ac[.]uk", "jo {at} uni[.]ac[.]uk"),
            ("jo@uni dot ac dot uk", "jo@uni dot ac dot uk"),
            ("jsmith at uni dot ac dot uk", "jsmith at uni dot ac dot uk"),
            ("jsmith at\n  uni dot ac.uk", "jsmith at\n  uni dot ac.uk"),
            ("jsmith @ uni.ac.uk", "jsmith @ uni.ac.uk"),
            ("E-mail: jsmith at uni.ac.uk", "jsmith at uni.ac.uk"),
            ("My e-mail is jo_smith at uni.ac.uk", "jo_smith at uni.ac.uk"),
            ("jo@x.org dot", "jo@x.org"),
            ("https://medium.com/jo@x.org", "jo@x.org"),
        ] {
            let found: Vec<&str> =
                addresses(text).into_iter().map(|(start, end)| &text[start..end]).collect();
            assert_eq!(found, [address], "{text}");
        }
    }

    #[test]
    fn prose_with_the_words_passes() {
        for text in [
            "I work at Leeds dot org, and I like it.",
            "My team at leeds dot ac dot uk studies sleep.",
            "Find us at mentoring dot org.",
            "She is a professor at uni dot ac dot uk.",
            "I met her at a polka dot party. At home we dot our i's.",
            "The dot plot at the end. It is at the dot that we start.",
            "A dot.com company; at. uk dot.",
            "We meet at 9 a.m. at leeds.ac.uk.",
            "My Ph.D. at oxford.ac.uk; p was 0.05 at nature.com.",
            "Lecturer @ leeds.ac.uk",
            "Follow @amara.bsky.social, or https://mastodon.example/@jo.smith.",
            "https://medium.com/%40jo.smith and 100%40 of 50%.",
            "I am (at) home [dot], at (a dot) in time.",
            "Look at example.org\n\nor at\n\nleeds dot org",
        ] {
            assert_eq!(addresses(text), [], "{text}");
        }
    }
}
