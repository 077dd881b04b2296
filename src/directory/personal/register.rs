//! A text -> where numbers of registers stand in it: those of professions (GMC, NMC, GDC, HCPC, GPhC) and the NHS number, if
//! they are named as such.

use std::ops::Range;

/// Words between a register's name and the number.
const FILLERS: [&str; 11] = [
    "no",
    "number",
    "reference",
    "ref",
    "registration",
    "registered",
    "reg",
    "pin",
    "id",
    "is",
    "membership",
];

/// The places of numbers, each with the name of its register.
pub(super) fn numbers(text: &str) -> Vec<Range<usize>> {
    let words: Vec<(usize, &str)> = words(text).collect();
    let mut places = Vec::new();
    for (at, (start, name)) in words.iter().enumerate() {
        let is_number: fn(&str) -> bool = match *name {
            "GMC" | "GPhC" | "GPHC" => |number| is_digits(number, 7),
            "NMC" => is_nursing,
            "GDC" => |number| is_digits(number, 5) || is_digits(number, 6),
            "HCPC" => is_health,
            "NHS" => |number| is_digits(number, 10),
            _ => continue,
        };
        let mut rest =
            words[at + 1..].iter().skip_while(|(_, word)| FILLERS.contains(&word.to_lowercase().as_str()));
        let Some((from, first)) = rest.next() else { continue };
        // An NHS number is often written in three groups.
        let mut number = (*first).to_owned();
        let mut end = from + first.len();
        for (from, word) in rest.take(2) {
            if is_number(&number) || !word.bytes().all(|byte| byte.is_ascii_digit()) {
                break;
            }
            number.push_str(word);
            end = from + word.len();
        }
        if is_number(&number) && text[*start..end].len() <= 60 {
            places.push(*start..end);
        }
    }
    places
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `12A3456E`.
fn is_nursing(text: &str) -> bool {
    text.len() == 8
        && text.bytes().enumerate().all(|(at, byte)| {
            if at == 2 || at == 7 { byte.is_ascii_alphabetic() } else { byte.is_ascii_digit() }
        })
}

/// `PH12345`.
fn is_health(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    letters == 2 && (is_digits(&text[2..], 5) || is_digits(&text[2..], 6))
}

/// Words of letters and digits, with where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - start, word))
}
