//! Texts of spreadsheets -> texts that can be compared, shown, or made an id of. The only place that knows Unicode's
//! normal forms.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// Characters that nobody sees: zero-width spaces and joiners, soft hyphens, marks of direction and byte order.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// A text on one line: white space of every kind becomes single spaces, none at the ends.
pub fn tidy(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What is seen of a text: compatible characters are one (NFKC), invisible and control characters gone.
pub fn seen(text: &str) -> String {
    let composed = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    composed.chars().filter(|c| !is_invisible(*c) && (!c.is_control() || c.is_whitespace())).collect()
}

/// The form in which two texts are compared: compatible characters are one (NFKC), invisible ones gone, white space
/// single, quotation marks and hyphens straight, letters small.
pub fn plain(text: &str) -> String {
    let composed = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    let seen: String = composed
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| match c {
            '‘' | '’' | '‛' | '`' | '´' => '\'',
            '“' | '”' | '„' => '"',
            '‐' | '‑' | '–' | '—' => '-',
            c => c,
        })
        .flat_map(char::to_lowercase)
        .collect();
    tidy(&seen)
}

/// The form in which answers of several parts are compared: as [`plain`], and white space about semicolons does not count.
pub fn plain_parts(text: &str) -> String {
    let parts: Vec<String> = text.split(';').map(plain).filter(|part| !part.is_empty()).collect();
    parts.join("; ")
}

/// A cell's text as it is kept: no control characters (none can be typed into a form), lines end in `\n`, spaces that do
/// not break are spaces.
pub(super) fn clean(text: &str) -> String {
    let mut cleaned = String::new();
    clean_into(text, &mut cleaned);
    cleaned
}

/// The same, behind what a text holds already.
pub(super) fn clean_into(text: &str, cleaned: &mut String) {
    // Nearly all answers are plain ASCII.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        cleaned.push_str(text);
        return;
    }
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' => cleaned.push('\n'),
            '\t' | '\u{A0}' | '\u{202F}' => cleaned.push(' '),
            '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => {}
            c => cleaned.push(c),
        }
    }
}

/// A text in the letters `a` to `z`, digits and hyphens: accents come off, Greek and Cyrillic letters become the Latin
/// ones that they are commonly written with, and of other scripts nothing is left.
pub fn latin(text: &str) -> String {
    let mut out = String::new();
    for c in DecomposingNormalizerBorrowed::new_nfkd().normalize(text).chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '.' => {}
            c if ('\u{300}'..='\u{36F}').contains(&c) || is_invisible(c) => {}
            c => match LETTERS.iter().find(|(letter, _)| *letter == c) {
                Some((_, letters)) => out.push_str(letters),
                None => out.push('-'),
            },
        }
    }
    out.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// Letters that do not decompose into a Latin one.
const LETTERS: [(char, &str); 73] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ł', "l"),
    ('ı', "i"),
    ('ħ', "h"),
    ('ŋ', "ng"),
    ('ŧ', "t"),
    ('ə', "e"),
    ('α', "a"),
    ('β', "v"),
    ('γ', "g"),
    ('δ', "d"),
    ('ε', "e"),
    ('ζ', "z"),
    ('η', "i"),
    ('θ', "th"),
    ('ι', "i"),
    ('κ', "k"),
    ('λ', "l"),
    ('μ', "m"),
    ('ν', "n"),
    ('ξ', "x"),
    ('ο', "o"),
    ('π', "p"),
    ('ρ', "r"),
    ('σ', "s"),
    ('ς', "s"),
    ('τ', "t"),
    ('υ', "y"),
    ('φ', "f"),
    ('χ', "ch"),
    ('ψ', "ps"),
    ('ω', "o"),
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('д', "d"),
    ('е', "e"),
    ('ж', "zh"),
    ('з', "z"),
    ('и', "i"),
    ('к', "k"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "kh"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "shch"),
    ('ъ', ""),
    ('ы', "y"),
    ('ь', ""),
    ('э', "e"),
    ('ю', "yu"),
    ('я', "ya"),
    ('є', "ye"),
    ('і', "i"),
    ('ґ', "g"),
    ('ј', "j"),
];
