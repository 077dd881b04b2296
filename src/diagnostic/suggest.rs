//! "Did you mean": the nearest of a closed vocabulary.

/// The candidate that the typed text was most likely meant to be: the same but for case, spaces, `_` and `-`,
/// or at most a third of its letters away.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = fold(typed);
    let limit = (typed.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&typed, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, candidate)| (*distance, *candidate))
        .map(|(_, candidate)| candidate)
}

/// Puts first what is most like the typed text, and leaves equals in their order.
pub fn nearest_first<T>(typed: &str, all: &mut [T], text: impl Fn(&T) -> &str) {
    let typed = fold(typed);
    // The part of the letters that differ, in thousandths.
    let away =
        |item: &T| 1000 - (strsim::normalized_damerau_levenshtein(&typed, &fold(text(item))) * 1000.0) as u16;
    all.sort_by_cached_key(away);
}

/// The way out for a value outside a closed vocabulary: the nearest one, or what there is.
pub fn one_of<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> String {
    const SHOWN: usize = 12;
    if let Some(near) = nearest(typed, candidates.clone()) {
        return format!("did you mean `{near}`?");
    }
    let all: Vec<&str> = candidates.into_iter().collect();
    if all.is_empty() {
        return "there are none yet".to_owned();
    }
    let shown: Vec<String> = all.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = if all.len() > SHOWN { format!(" and {} more", all.len() - SHOWN) } else { String::new() };
    format!("use one of {}{more}", shown.join(", "))
}

fn fold(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() || c == '_' { '-' } else { c })
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .trim_matches('-')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger_and_of_style_are_understood() {
        let vocabulary = ["senior-lecturer", "professor", "leeds", "cardiff"];
        assert_eq!(nearest("Senior Lecturer", vocabulary), Some("senior-lecturer"));
        assert_eq!(nearest("proffessor", vocabulary), Some("professor"));
        assert_eq!(nearest("Leeds", vocabulary), Some("leeds"));
        assert_eq!(nearest("swansea", vocabulary), None);
        assert_eq!(one_of("swansea", ["a", "b"]), "use one of `a`, `b`");
    }
}
