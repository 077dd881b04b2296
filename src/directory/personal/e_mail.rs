//! A text -> where e-mail addresses stand in it.

/// Where e-mail addresses stand in a text, those with "(at)" for the sign included.
pub fn addresses(text: &str) -> Vec<(usize, usize)> {
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b) || b >= 0x80;
    let is_host = |b: u8| b.is_ascii_alphanumeric() || b".-".contains(&b) || b >= 0x80;
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let holds = |sign: &str| match sign {
        "@" => bytes.contains(&b'@'),
        "(at)" if !bytes.contains(&b'(') => false,
        "[at]" if !bytes.contains(&b'[') => false,
        // All the others have these two letters: comparing bytes is quicker than preparing a search of so short a text.
        _ => bytes.windows(2).any(|pair| pair == b"at"),
    };
    for sign in ["@", "(at)", "[at]", " at "] {
        if !holds(sign) {
            continue;
        }
        let mut from = 0;
        while let Some(at) = text[from..].find(sign).map(|at| at + from) {
            from = at + sign.len();
            let mut start = at;
            while start > 0 && is_name(bytes[start - 1]) {
                start -= 1;
            }
            let mut end = from;
            while end < bytes.len() && is_host(bytes[end]) {
                end += 1;
            }
            let host = text[from..end].trim_end_matches(['.', '-']);
            let end = from + host.len();
            let last = host.rsplit('.').next().unwrap_or_default();
            // " at " is an ordinary word: only something like a host of the sector after it makes an address.
            let plausible = if sign == " at " {
                host.ends_with(".ac.uk")
                    || host.ends_with(".nhs.uk")
                    || host.ends_with(".org")
                    || host.ends_with(".com")
            } else {
                host.contains('.') && last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic())
            };
            if start < at
                && plausible
                && text.is_char_boundary(start)
                && (sign != " at " || text[start..at].contains('.'))
            {
                found.push((start, end));
            }
        }
    }
    found.sort_unstable();
    found
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
}
