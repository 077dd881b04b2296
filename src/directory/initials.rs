//! A name -> the letters that stand where there is no photo.

/// Words before a name that are no part of it, without their points.
const TITLES: [&str; 20] = [
    "dr",
    "doctor",
    "prof",
    "professor",
    "assoc",
    "associate",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "rev",
    "reverend",
    "dame",
    "sir",
    "lady",
    "lord",
    "yr",
    "athro",
    "د",
];

/// Whether a word before a name is a title. Behind it the same word is a name: Jane Lord.
pub fn is_title(word: &str) -> bool {
    TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}

/// The first letters of the first and the last word of a name, leaving titles aside. Scripts without capitals do not
/// shorten a name to several letters: there it is the first alone.
pub(super) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().skip_while(|word| is_title(word)).filter_map(letter);
    let Some((first, is_cased)) = words.next() else { return String::new() };
    match words.last().filter(|(_, last)| is_cased && *last) {
        Some((last, _)) => first + &last,
        None => first,
    }
}

/// The first letter of a word with the marks that belong to it, and whether its script has capitals.
fn letter(word: &str) -> Option<(String, bool)> {
    let mut rest = word.chars().skip_while(|c| !c.is_alphanumeric());
    let first = rest.next()?;
    let marks = rest.take_while(|c| matches!(c, '\u{300}'..='\u{36F}'));
    let is_cased = first.is_uppercase() || first.is_lowercase();
    Some((first.to_uppercase().chain(marks).collect(), is_cased))
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn names_of_many_scripts() {
        for (name, letters) in [
            ("Dr Siân O'Brien-Ng", "SO"),
            ("Yr Athro Llinos ap Rhys", "LR"),
            ("Professor E\u{301}lise d’Été", "E\u{301}D"),
            ("Łucja Żak", "ŁŻ"),
            ("د. فاطمة الزهراء", "ف"),
            ("陈美玲", "陈"),
            ("Ольга Сомова", "ОС"),
            ("अनिता देवी", "अ"),
            ("Lady Jane Lord", "JL"),
            ("Madonna", "M"),
            ("Dr", ""),
            ("— ?", ""),
        ] {
            assert_eq!(initials(name), letters, "{name}");
        }
    }
}
