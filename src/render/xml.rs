//! Text -> what of it may stand in XML, which feeds and office documents are made of.

use std::borrow::Cow;

/// Text without the characters that XML 1.0 forbids, however they are written: one of them and no reader accepts a file.
pub(super) fn allowed(text: &str) -> Cow<'_, str> {
    let forbidden =
        |c: char| matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}');
    if text.contains(forbidden) { text.replace(forbidden, "").into() } else { text.into() }
}
