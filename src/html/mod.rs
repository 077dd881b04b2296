//! HTML as text: escaping what is written, scanning what was written.

mod scan;

pub use scan::{Attribute, Attributes, Token, decode, text, tokens};

/// Escapes text for element content and quoted attribute values alike.
pub fn escape(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 16);
    escape_into(text, &mut out);
    out.into()
}

/// Escapes text onto the end of a string.
pub fn escape_into(text: &str, out: &mut String) {
    // Signs are rare: what stands between them is copied as one. All are of one byte, which begins no other character.
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escaped);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// Percent-encodes what may not stand in a URL as it is, leaving what is already encoded alone.
pub fn encode_url(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(byte as char),
            _ if b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) => out.push(byte as char),
            _ => percent(byte, &mut out),
        }
    }
    out
}

/// Percent-encodes everything but letters, digits and `-._~`: for a value within a query.
pub fn encode_query(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte as char),
            _ => percent(byte, &mut out),
        }
    }
    out
}

/// `%20`.
fn percent(byte: u8, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(DIGITS[usize::from(byte >> 4)]));
    out.push(char::from(DIGITS[usize::from(byte & 15)]));
}
