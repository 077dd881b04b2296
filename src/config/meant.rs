//! Words typed for a term, and the words of a term -> whether they are surely the same.
//!
//! An order to write another name is obeyed without a second thought, so it is given only where nothing but case, accents,
//! punctuation, the order of the words or a slip of the finger lies between the two. That two names share words says
//! nothing: "University of Oxford" is not "University of Leeds".

use crate::forms::latin;
use strsim::damerau_levenshtein;

/// Words that a name may have or not.
const PARTICLES: [&str; 3] = ["of", "the", "and"];

/// Whether two texts are one name.
pub(super) fn is_same(typed: &str, known: &str) -> bool {
    let (typed, known) = (words(typed), words(known));
    !typed.is_empty() && (typed.concat() == known.concat() || are_same(&typed, known))
}

/// Whether each word of one is a word of the other, but for a slip.
fn are_same(typed: &[String], mut known: Vec<String>) -> bool {
    let mut rest: Vec<&String> = Vec::new();
    for word in typed {
        match known.iter().position(|other| other == word) {
            Some(at) => drop(known.swap_remove(at)),
            None => rest.push(word),
        }
    }
    for word in rest {
        match known.iter().position(|other| is_slip(word, other)) {
            Some(at) => drop(known.swap_remove(at)),
            None => return false,
        }
    }
    known.is_empty()
}

/// A text in small Latin words; none if a letter of it has no Latin one, because then the rest is not the whole.
fn words(text: &str) -> Vec<String> {
    if text.chars().any(|c| c.is_alphabetic() && latin(c.encode_utf8(&mut [0; 4])).is_empty()) {
        return Vec::new();
    }
    latin(text)
        .split('-')
        .filter(|word| !word.is_empty() && !PARTICLES.contains(word))
        .map(|word| if matches!(word, "uni" | "univ") { "university" } else { word }.to_owned())
        .collect()
}

/// Whether a word is another with a letter too many, too few, changed places with its neighbour, or another vowel. A
/// changed consonant makes another word: Bolton is not Boston.
fn is_slip(typed: &str, known: &str) -> bool {
    const SHORTEST: usize = 5;
    let has_digit = |word: &str| word.bytes().any(|b| b.is_ascii_digit());
    if typed.len().max(known.len()) < SHORTEST
        || has_digit(typed)
        || has_digit(known)
        || typed.chars().next() != known.chars().next()
        || damerau_levenshtein(typed, known) != 1
    {
        return false;
    }
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let other: Vec<(char, char)> = typed.chars().zip(known.chars()).filter(|(a, b)| a != b).collect();
    match other[..] {
        [(a, b)] if typed.len() == known.len() => is_vowel(a) && is_vowel(b),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn a_name_is_itself_however_it_is_typed() {
        for (typed, known) in [
            ("Leeds", "leeds"),
            ("leds", "leeds"),
            ("Leeds Uni", "University of Leeds"),
            ("Univ. of Leeds", "University of Leeds"),
            ("UNIVERSITY OF LEEDS.", "University of Leeds"),
            ("The University of Leeds", "University of Leeds"),
            ("Univeristy of Leads", "University of Leeds"),
            ("Cardif University", "Cardiff University"),
            ("Prifysgol Llanrŵst", "Prifysgol Llanrwst"),
            ("Public Health", "public-health"),
            ("PublicHealth", "public-health"),
            ("Grant", "grants"),
            ("King’s College", "Kings College"),
            ("Queen's University", "Queen’s University"),
            ("Promotion & pay", "Promotion and pay"),
        ] {
            assert!(is_same(typed, known), "{typed}: {known}");
        }
    }

    #[test]
    fn names_that_share_words_are_others() {
        for (typed, known) in [
            ("University of Oxford", "University of Leeds"),
            ("University of Bristol", "University of Leeds"),
            ("Cambridge University", "Cardiff University"),
            ("Leeds Beckett University", "University of Leeds"),
            ("Cardiff Metropolitan University", "Cardiff University"),
            ("Manchester", "Winchester"),
            ("University of Bolton", "University of Boston"),
            ("University College Cork", "University College York"),
            ("University", "University of Leeds"),
            ("Senior lecturer", "Lecturer"),
            ("Nephrology", "Neurology"),
            ("Type 1 diabetes", "Type 2 diabetes"),
            ("Grade 10", "Grade 1"),
            ("大学 A", "A"),
            ("", "leeds"),
        ] {
            assert!(!is_same(typed, known), "{typed}: {known}");
        }
    }
}
