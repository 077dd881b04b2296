//! A label -> lines that fit the narrowest figure, by an estimate of how wide its characters are.

/// The width of a line on the narrowest screen, in hundredths of an em.
pub(super) const WIDTH: u32 = 1560;

/// Breaks a text into lines of a width at most; a word wider than a line is broken within.
pub(super) fn wrap(text: &str, width: u32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split_whitespace() {
        let wide: u32 = word.chars().map(advance).sum();
        if used > 0 && used + advance(' ') + wide > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += advance(' ');
        }
        for c in word.chars() {
            if used > 0 && used + advance(c) > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += advance(c);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// How far a character moves the pen, in hundredths of an em: rather too much than too little.
fn advance(c: char) -> u32 {
    match c {
        'f' | 'i' | 'j' | 'l' | 'r' | 't' | ' ' | '.' | ',' | ':' | ';' | '\'' | '’' | '!' | '|' | '('
        | ')' => 38,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' => 95,
        'A'..='Z' | '&' => 70,
        '\u{300}'..='\u{36f}' => 0,
        '\u{1100}'.. => 105,
        _ => 59,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_label_is_one_line() {
        assert_eq!(wrap("Practical career advice", WIDTH), ["Practical career advice"]);
        assert!(wrap("", WIDTH).is_empty());
    }

    #[test]
    fn three_hundred_characters_fit_line_by_line_and_none_is_lost() {
        for text in ["a career that was harder ".repeat(12), "m".repeat(300), "漢".repeat(300)] {
            let lines = wrap(&text, WIDTH);
            assert!(lines.iter().all(|line| line.chars().map(advance).sum::<u32>() <= WIDTH), "{lines:?}");
            let kept: String = lines.concat().split_whitespace().collect();
            assert_eq!(kept, text.split_whitespace().collect::<String>());
        }
    }
}
