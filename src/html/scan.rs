//! A page's bytes -> its tags, attributes and text. Reads what browsers read, not what we believe we wrote:
//! unquoted attributes, character references with and without semicolon.

use memchr::{memchr, memchr3};
use std::borrow::Cow;

/// A piece of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Token<'a> {
    /// Text between tags, still with character references.
    Text(&'a str),
    /// `<name …>`.
    Open {
        /// The element's name as written.
        name: &'a str,
        /// Its attributes as written.
        attributes: Attributes<'a>,
    },
    /// `</name>`.
    Close(&'a str),
}

/// An attribute; the value still has its character references.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Attribute<'a> {
    /// The name as written.
    pub name: &'a str,
    /// The value between the quotes, or the bare one; empty where there is none.
    pub value: &'a str,
}

/// The pieces of a page in order; comments and declarations are left out, scripts and styles come as one text.
pub fn tokens(page: &str) -> Tokens<'_> {
    Tokens { page, at: 0, raw: None, is_cut: false }
}

/// Elements in which `<` begins no tag but their own end.
const RAW: [&str; 4] = ["script", "style", "title", "textarea"];

/// Iterator of [`tokens`].
pub struct Tokens<'a> {
    page: &'a str,
    at: usize,
    raw: Option<&'a str>,
    is_cut: bool,
}

impl Tokens<'_> {
    /// The byte up to which the page has been read.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Whether what was read so far ends between tags, so that what follows can be read by itself.
    pub fn is_between(&self) -> bool {
        self.raw.is_none() && !self.is_cut
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = &self.page[self.at..];
            if rest.is_empty() {
                return None;
            }
            if let Some(name) = self.raw.take() {
                let end = close_of(rest, name);
                self.at += end;
                self.is_cut = end == rest.len();
                if end > 0 {
                    return Some(Token::Text(&rest[..end]));
                }
                continue;
            }
            let Some(inner) = rest.strip_prefix('<') else {
                let end = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                self.at += end;
                return Some(Token::Text(&rest[..end]));
            };
            if let Some(comment) = inner.strip_prefix("!--") {
                let end = comment.find("-->");
                self.is_cut = end.is_none();
                self.at += 4 + end.map_or(comment.len(), |end| end + 3);
            } else if inner.starts_with(['!', '?']) {
                let end = rest.find('>');
                self.is_cut = end.is_none();
                self.at += end.map_or(rest.len(), |end| end + 1);
            } else if let Some(close) = inner.strip_prefix('/') {
                let end = memchr(b'>', close.as_bytes());
                self.is_cut = end.is_none();
                let end = end.unwrap_or(close.len());
                self.at += (2 + end + 1).min(rest.len());
                return Some(Token::Close(close[..end].trim_ascii()));
            } else if inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let (token, length, is_whole) = open(inner);
                self.is_cut = !is_whole;
                self.at += 1 + length;
                if let Token::Open { name, .. } = &token
                    && RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name))
                {
                    self.raw = Some(name);
                }
                return Some(token);
            } else {
                self.at += 1;
                self.is_cut = inner.is_empty();
                return Some(Token::Text(&rest[..1]));
            }
        }
    }
}

/// Where `</name` begins, whatever its case; the end of the text where it does not.
fn close_of(text: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text[from..].find("</").map(|at| at + from) {
        let after = &text.as_bytes()[at + 2..];
        if after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return at;
        }
        from = at + 2;
    }
    text.len()
}

/// A tag from its name on: the token, the bytes it takes including `>`, and whether there is one.
fn open(text: &str) -> (Token<'_>, usize, bool) {
    let bytes = text.as_bytes();
    let name =
        bytes.iter().position(|b| b.is_ascii_whitespace() || *b == b'>' || *b == b'/').unwrap_or(bytes.len());
    let attributes = Attributes { text, at: name };
    // Quotes may hold a `>`: the tag ends where its attributes do.
    let end = end_of_plain(bytes, name).unwrap_or_else(|| {
        let mut rest = attributes.clone();
        rest.by_ref().for_each(drop);
        rest.at
    });
    (Token::Open { name: &text[..name], attributes }, (end + 1).min(bytes.len()), end < bytes.len())
}

/// Where a tag ends whose quotes all stand where they should, as in ` name="value"`: found without reading its attributes.
fn end_of_plain(bytes: &[u8], name: usize) -> Option<usize> {
    let mut at = name;
    loop {
        let next = at + memchr3(b'"', b'\'', b'>', &bytes[at..])?;
        if bytes[next] == b'>' {
            return Some(next);
        }
        let before = bytes[name..next].strip_suffix(b"=")?;
        // A name, white space, and no `=` whose value the name could be.
        let is_name = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':');
        let length = before.iter().rev().take_while(is_name).count();
        let before = &before[..before.len() - length];
        let space = before.trim_ascii_end();
        if length == 0 || space.len() == before.len() || space.ends_with(b"=") {
            return None;
        }
        at = next + 2 + memchr(bytes[next], &bytes[next + 1..])?;
    }
}

/// The attributes of a tag, read as they are asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attributes<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        let bytes = self.text.as_bytes();
        let start = until(bytes, self.at, |b| !b.is_ascii_whitespace() && b != b'/');
        self.at = start;
        if start >= bytes.len() || bytes[start] == b'>' {
            return None;
        }
        let end = until(bytes, start + 1, |b| b.is_ascii_whitespace() || b == b'=' || b == b'>' || b == b'/');
        let name = &self.text[start..end];
        self.at = end;
        let equals = until(bytes, end, |b| !b.is_ascii_whitespace());
        if bytes.get(equals) != Some(&b'=') {
            return Some(Attribute { name, value: "" });
        }
        let from = until(bytes, equals + 1, |b| !b.is_ascii_whitespace());
        let value = match bytes.get(from) {
            Some(quote @ (b'"' | b'\'')) => {
                let end = memchr(*quote, &bytes[from + 1..]).map_or(bytes.len(), |at| from + 1 + at);
                self.at = (end + 1).min(bytes.len());
                &self.text[from + 1..end]
            }
            _ => {
                self.at = until(bytes, from, |b| b.is_ascii_whitespace() || b == b'>');
                &self.text[from..self.at]
            }
        };
        Some(Attribute { name, value })
    }
}

/// The first place from `from` on whose byte stops; the end if none does.
fn until(bytes: &[u8], from: usize, stop: impl Fn(u8) -> bool) -> usize {
    bytes[from..].iter().position(|b| stop(*b)).map_or(bytes.len(), |at| from + at)
}

/// Character references resolved, those that pages of ours can hold: numbers and the common names.
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    const NAMES: [(&str, char); 6] =
        [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{A0}')];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let found = if let Some(number) = after.strip_prefix('#') {
            let (digits, radix, skip) = match number.strip_prefix(['x', 'X']) {
                Some(hex) => (hex, 16, 2),
                None => (number, 10, 1),
            };
            let length = digits.bytes().take_while(|b| (*b as char).is_digit(radix)).count();
            u32::from_str_radix(&digits[..length], radix)
                .ok()
                .and_then(char::from_u32)
                .map(|c| (c, skip + length))
        } else {
            NAMES.iter().find(|(name, _)| after.starts_with(name)).map(|(name, c)| (*c, name.len()))
        };
        match found {
            Some((c, length)) => {
                out.push(c);
                rest = &after[length..];
                rest = rest.strip_prefix(';').unwrap_or(rest);
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out.into()
}

/// Elements that begin a new line for a reader; all others run on within one.
const BLOCKS: [&str; 38] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "title",
    "ul",
];
const CELLS: [&str; 6] = ["tr", "td", "th", "thead", "tbody", "tfoot"];

/// What a reader sees of a page: its text with character references resolved and white space folded, one space
/// at the most between words, and one where a block or cell begins or ends. Scripts and styles are not text.
pub fn text(page: &str) -> String {
    let mut out = String::new();
    let mut skip: Option<&str> = None;
    let is_block = |name: &str| BLOCKS.iter().chain(&CELLS).any(|block| block.eq_ignore_ascii_case(name));
    for token in tokens(page) {
        match token {
            Token::Text(text) if skip.is_none() => out.push_str(&decode(text)),
            Token::Text(_) => {}
            Token::Open { name, .. } => {
                if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style") {
                    skip = Some(name);
                } else if is_block(name) {
                    out.push(' ');
                }
            }
            Token::Close(name) => {
                if skip.is_some_and(|open| open.eq_ignore_ascii_case(name)) {
                    skip = None;
                } else if is_block(name) {
                    out.push(' ');
                }
            }
        }
    }
    let mut folded = String::with_capacity(out.len());
    for word in out.split([' ', '\n', '\t', '\r', '\x0C']).filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_in_every_style() {
        let page = r#"<!doctype html><a href=/x/ class='b c' id="d&amp;e" hidden>T</a><br/><script>if (a<b) "</p>"</script>"#;
        let all: Vec<_> = tokens(page).collect();
        let Token::Open { name, attributes } = &all[0] else { panic!("{:?}", all[0]) };
        assert_eq!(*name, "a");
        let attributes: Vec<(&str, &str)> =
            attributes.clone().map(|attribute| (attribute.name, attribute.value)).collect();
        assert_eq!(attributes, [("href", "/x/"), ("class", "b c"), ("id", "d&amp;e"), ("hidden", "")]);
        assert_eq!(all[5], Token::Text("if (a<b) \"</p>\""));
        assert_eq!(all[6], Token::Close("script"));
    }

    #[test]
    fn a_tag_ends_where_its_attributes_do() {
        // Every string of seven of the bytes that matter.
        let signs = b"a =\"'>/";
        for number in 0..signs.len().pow(7) {
            let tag: Vec<u8> = (0..7).map(|at| signs[number / signs.len().pow(at) % signs.len()]).collect();
            let tag = std::str::from_utf8(&tag).expect("ASCII");
            if let Some(end) = end_of_plain(tag.as_bytes(), 0) {
                let mut attributes = Attributes { text: tag, at: 0 };
                attributes.by_ref().for_each(drop);
                assert_eq!(end, attributes.at, "{tag}");
            }
        }
    }

    #[test]
    fn a_page_can_be_parted_between_its_tags() {
        /// Names of tags with their attributes.
        fn tags(page: &str) -> Vec<(&str, Vec<Attribute<'_>>)> {
            let tag = |token| match token {
                Token::Text(_) => None,
                Token::Open { name, attributes } => Some((name, attributes.collect())),
                Token::Close(name) => Some((name, Vec::new())),
            };
            tokens(page).filter_map(tag).collect()
        }
        let signs = ["<", ">", "a", "/", "!--", "\"", "=", "<title>"];
        for number in 0..signs.len().pow(6) {
            let parts: Vec<&str> =
                (0..6).map(|at| signs[number / signs.len().pow(at) % signs.len()]).collect();
            let (start, end) = (parts[..3].concat(), parts[3..].concat());
            let mut tokens = tokens(&start);
            tokens.by_ref().for_each(drop);
            if tokens.is_between() {
                let whole = parts.concat();
                assert_eq!(tags(&whole), [tags(&start), tags(&end)].concat(), "{start} and {end}");
            }
        }
    }

    #[test]
    fn text_is_what_a_reader_sees() {
        assert_eq!(
            text("<p>O&#39;Brien &amp; <b>N</b>g</p><ul><li>a<li>b</ul><style>p{}</style>"),
            "O'Brien & Ng a b"
        );
        assert_eq!(decode("a&ampb &unknown; &#x41"), "a&b &unknown; A");
    }

    #[test]
    fn broken_pages_end() {
        for page in
            ["<", "<a", "<a href", "<a href=", "<a href=\"", "<!--", "</", "<script>", "&#", "&#x110000;"]
        {
            assert!(tokens(page).count() < 4, "{page}");
            let _ = text(page);
        }
    }
}
