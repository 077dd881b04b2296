//! What authors wrote -> findings about sentences in another language than their page's, which would be read aloud in the
//! wrong voice (WCAG 2.2, 3.1.2).
//!
//! English and Welsh are told apart by their small words. A name of a few words has none of them, and passes.

use crate::content::Visibility;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::Project;
use std::ops::Range;

/// Small words of Welsh that are none of English.
const WELSH: &str = " ac ar bawb bod bydd byddwn chi croeso cyn dan ddim dros drwy dw dyma efallai ei ein eich er \
    eto eu fel fod fy gallwch gan gyda gyfer heb hefyd hi hon hwn hyn iawn mae maen mewn neu nhw ni nid nos nyni oes ond \
    pan pawb pob rhwng roedd rwy rwyf rydw rydych rydym rydyn sut sy sydd sy'n trwy tua unrhyw wedi wrth y'r ydw ydych \
    ydym ydyn ydyw yma yn yng ym yr yw a'r a'i a'u i'r i'w o'r mae'n mae'r dyna diolch fydd byddwch dylech dylai ";
/// Small words of English that are none of Welsh.
const ENGLISH: &str = " about after all also and any are because been before but by can could did do does for from had \
    has have her here his how if into is it its may more most not of on only or our out she should so some than that the \
    their them then there these they this those to was we were what when where which who will with would you your ";

/// Small words that make a sentence, and their part of its words.
const ENOUGH: usize = 3;
const PART: usize = 3;

/// Looks at the running text of every public page in English or Welsh.
pub fn languages(project: &Project, found: &mut Diagnostics) {
    for page in project.pages.iter().filter(|page| page.visibility == Visibility::Public) {
        let (own, other, name, code) = match page.language.code() {
            "en" => (ENGLISH, WELSH, "Welsh", "cy"),
            "cy" => (WELSH, ENGLISH, "English", "en"),
            _ => continue,
        };
        for block in &page.body.prose {
            if let Some(range) = foreign(&block.text, own, other) {
                let text = &block.text[range.clone()];
                found.push(
                    Diagnostic::new(
                        Code::LanguageOfParts,
                        block.span(page.file, range.clone()),
                        format!("this looks like {name}, on a page in another language"),
                    )
                    .note("WCAG 2.2, 3.1.2: a screen reader would read it aloud in the page's language")
                    .help(format!("mark it: :words[{text}]{{lang={code}}}")),
                );
            }
        }
    }
}

/// Where a text is in another language: from the first to the last word of the sentence that has its small words.
fn foreign(text: &str, own: &str, other: &str) -> Option<Range<usize>> {
    let mut from = 0;
    text.split_inclusive(['.', '!', '?', ':', ';', '\n', '\u{FFFC}', '(', ')', '“', '”', '"']).find_map(
        |sentence| {
            let start = from;
            from += sentence.len();
            let words: Vec<String> = sentence
                .split(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’'))
                .filter(|word| !word.is_empty())
                .map(|word| word.to_lowercase().replace('’', "'"))
                .collect();
            let count = |list: &str| words.iter().filter(|word| list.contains(&format!(" {word} "))).count();
            let (theirs, ours) = (count(other), count(own));
            let is_foreign = theirs >= ENOUGH && theirs > 2 * ours && theirs * PART >= words.len();
            let trimmed = sentence.trim_start();
            let begin = start + sentence.len() - trimmed.len();
            let end = begin + trimmed.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            is_foreign.then_some(begin..end)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH, WELSH, foreign};

    #[test]
    fn sentences_of_the_other_language_are_told() {
        let welsh = "Mae croeso i bawb yn y cynllun hwn";
        assert_eq!(foreign(welsh, ENGLISH, WELSH), Some(0..welsh.len()));
        let mixed = "Come along. Mae croeso i bawb yn y cynllun hwn. See you there.";
        let range = foreign(mixed, ENGLISH, WELSH).expect("a sentence");
        assert_eq!(&mixed[range], welsh);
        let english = "It is for women who have been there before you";
        assert_eq!(foreign(english, WELSH, ENGLISH), Some(0..english.len()));
    }

    #[test]
    fn names_and_single_words_pass() {
        for text in [
            "Prifysgol Caerdydd, and Cardiff University, are in it.",
            "She speaks Cymraeg at home, and Urdu with her mother.",
            "The Eisteddfod Genedlaethol Cymru was in the north that year.",
            "A pan, an er, and the sut that nobody had.",
        ] {
            assert_eq!(foreign(text, ENGLISH, WELSH), None, "{text}");
        }
        let welsh =
            "Rydym yn gweithio gyda'r General Medical Council a'r Equality and Human Rights Commission.";
        assert_eq!(foreign(welsh, WELSH, ENGLISH), None);
    }
}
