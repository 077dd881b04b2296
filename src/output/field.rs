//! A text -> a field of a CSV file.

/// A field of RFC 4180; a text that a spreadsheet would run as a formula is prefixed with an apostrophe.
pub fn csv_field(text: &str) -> String {
    let text =
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_run_and_nothing_breaks_a_line() {
        assert_eq!(csv_field("plain"), "plain");
        assert_eq!(csv_field("=1+1"), "'=1+1");
        assert_eq!(csv_field("a \"b\", c\n"), "\"a \"\"b\"\", c\n\"");
    }
}
