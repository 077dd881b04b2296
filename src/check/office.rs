//! A member of an archive (a Word document, a workbook, an OpenDocument text) -> what a reader could read in it.

use crate::html::{Token, decode, tokens};

/// Elements within a line, without their prefixes: parts of it in different type, links and tracked changes. The end of
/// any other (a paragraph, a cell, a property of the document) ends a word too.
const WITHIN: [&str; 15] = [
    "r",
    "rPr",
    "t",
    "delText",
    "instrText",
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "hyperlink",
    "smartTag",
    "sdt",
    "sdtContent",
    "span",
    "a",
];

/// Elements that are white space themselves.
const SPACES: [&str; 9] =
    ["w:br", "w:cr", "w:tab", "w:ptab", "a:br", "a:tab", "text:s", "text:tab", "text:line-break"];

/// The words of a member; of one that is no XML, whatever its bytes say.
pub(super) fn member_text(name: &str, content: Vec<u8>) -> String {
    let raw = match String::from_utf8(content) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    };
    let is_xml = name.ends_with(".xml") || name.ends_with(".rels");
    if is_xml { words(&raw) } else { raw }
}

fn words(xml: &str) -> String {
    let mut out = String::new();
    // How a part of a line is set stands before its text, in elements of its own.
    let mut in_properties = false;
    for token in tokens(xml) {
        let (Token::Open { name, .. } | Token::Close(name)) = token else {
            if let Token::Text(text) = token {
                out.push_str(&decode(text));
            }
            continue;
        };
        let local = name.rsplit(':').next().unwrap_or(name);
        let is_open = matches!(token, Token::Open { .. });
        match local {
            "rPr" => in_properties = is_open,
            // Properties that have nothing in them have no end of their own.
            "r" | "t" | "p" => in_properties = false,
            _ => {}
        }
        if is_open && name == "w:noBreakHyphen" {
            out.push('-');
        } else if is_open && SPACES.contains(&name) || !is_open && !in_properties && !WITHIN.contains(&local)
        {
            out.push(' ');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> String {
        let text = member_text("content.xml", xml.as_bytes().to_vec());
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn paragraphs_and_lines_end_words() {
        assert_eq!(read("<text:p>Ann Bell</text:p><text:p>Next</text:p>"), "Ann Bell Next");
        assert_eq!(
            read("<text:h>By Ann</text:h><text:p>Bell<text:line-break/>Next</text:p>"),
            "By Ann Bell Next"
        );
        assert_eq!(read("<w:r><w:t>Ann Bell</w:t><w:cr/><w:t>Next</w:t></w:r>"), "Ann Bell Next");
        assert_eq!(read("<w:tc><w:p>Ann Bell</w:p></w:tc><w:tc>Next</w:tc>"), "Ann Bell Next");
        assert_eq!(read("<si><t>Ann Bell</t></si><si><t>Next</t></si>"), "Ann Bell Next");
        assert_eq!(
            read("<dc:creator>Ann Bell</dc:creator><cp:lastModifiedBy>Cy</cp:lastModifiedBy>"),
            "Ann Bell Cy"
        );
        assert_eq!(
            read(
                "<w:p><w:pPr><w:rPr/></w:pPr><w:r><w:t>Ann Bell</w:t></w:r><w:r><w:rPr/></w:r></w:p><w:p>Next</w:p>"
            ),
            "Ann Bell Next"
        );
        assert_eq!(read("<dc:creator>Ann Bell</dc:creator><meta:generator>x</meta:generator>"), "Ann Bell x");
    }

    #[test]
    fn parts_of_a_line_do_not() {
        assert_eq!(
            read(
                "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>An</w:t></w:r><w:proofErr/><w:r><w:t>n</w:t></w:r></w:p>"
            ),
            "Ann"
        );
        assert_eq!(read("<text:p>An<text:span>n</text:span>a</text:p>"), "Anna");
        assert_eq!(
            read(
                "<a:p><a:r><a:rPr/><a:t>An</a:t></a:r><a:r><a:rPr><a:solidFill><a:srgbClr/></a:solidFill></a:rPr><a:t>n</a:t></a:r></a:p>"
            ),
            "Ann"
        );
        assert_eq!(read("<si><r><rPr></rPr><t>An</t></r><r><t>n</t></r></si>"), "Ann");
        assert_eq!(read("<w:ins><w:r><w:t>An</w:t></w:r></w:ins><w:r><w:t>n</w:t></w:r>"), "Ann");
        assert_eq!(read("<w:t>O\u{2019}Brien</w:t><w:noBreakHyphen/><w:t>Ng</w:t>"), "O\u{2019}Brien-Ng");
    }

    #[test]
    fn what_is_no_xml_is_read_as_it_is() {
        assert_eq!(member_text("notes.txt", b"Ann <b>Bell</b> \xFF".to_vec()), "Ann <b>Bell</b> \u{FFFD}");
    }
}
