//! A text -> where UK postcodes stand in it.

use std::ops::Range;

/// The areas there are: letters and digits in this shape are otherwise vitamins, genes and road numbers.
const AREAS: &str = " AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN \
EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW \
OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR \
WS WV YO ZE ";

/// The places of postcodes.
pub(super) fn postcodes(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut words = words(text).peekable();
    while let Some(word) = words.next() {
        let written = &text[word.clone()];
        let joined = written.len().checked_sub(3).filter(|at| *at >= 2 && written.is_char_boundary(*at));
        if let Some(at) = joined
            && is_upper(written)
            && is_postcode(&written[..at], &written[at..])
        {
            places.push(word);
        } else if let Some(next) = words.peek()
            && text[word.end..next.start].chars().all(char::is_whitespace)
            && is_written_as_one(written, &text[next.clone()])
            && is_postcode(written, &text[next.clone()])
        {
            places.push(word.start..next.end);
        }
    }
    places
}

fn is_upper(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Both in capitals; in small letters only with an area of two letters, for "b1 2nd" is none.
fn is_written_as_one(outward: &str, inward: &str) -> bool {
    let is_small = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let two = outward.bytes().take(2).all(|byte| byte.is_ascii_lowercase());
    (is_upper(outward) && is_upper(inward))
        || (is_small(outward) && is_small(inward) && two && outward.len() > 2)
}

/// `SO16` and `6YD`.
fn is_postcode(outward: &str, inward: &str) -> bool {
    let letters = outward.bytes().take_while(u8::is_ascii_alphabetic).count();
    let area = outward[..letters].to_ascii_uppercase();
    let rest = &outward.as_bytes()[letters..];
    let is_district = matches!(rest, [digit] if digit.is_ascii_digit())
        || matches!(rest, [digit, other] if digit.is_ascii_digit() && other.is_ascii_alphanumeric());
    let is_unit = |byte: u8| byte.is_ascii_alphabetic() && !b"CIKMOV".contains(&byte.to_ascii_uppercase());
    let is_inward =
        matches!(*inward.as_bytes(), [digit, a, b] if digit.is_ascii_digit() && is_unit(a) && is_unit(b));
    letters > 0 && is_district && is_inward && AREAS.contains(&format!(" {area} "))
}

/// Words of letters and digits.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let start = text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(move |word| {
        let at = word.as_ptr() as usize - start;
        at..at + word.len()
    })
}
