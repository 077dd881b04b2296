//! A document's bytes -> people whom its properties name: of Word, Excel and PowerPoint, OpenDocument, and PDF.

use crate::archive::{self, Budget};
use crate::html::{Token, decode, tokens};

/// Elements of properties that hold names, without their prefixes, with what programs call them.
const PROPERTIES: [(&str, &str); 5] = [
    ("creator", "the author"),
    ("lastModifiedBy", "who last changed it"),
    ("initial-creator", "the author"),
    ("Manager", "the manager"),
    ("printed-by", "who printed it"),
];
/// Names that programs put there for nobody.
const NOBODY: [&str; 8] =
    ["", "unknown", "user", "microsoft office user", "python-docx", "openpyxl", "author", "mentorpress"];

/// Properties with the names in them.
pub(super) fn people(name: &str, bytes: &[u8], budget: &mut Budget) -> Vec<(&'static str, String)> {
    let mut people = if archive::is_archive(bytes) {
        of_archive(bytes, budget)
    } else if bytes.starts_with(b"%PDF") {
        of_pdf(bytes)
    } else if name.ends_with(".fodt") || name.ends_with(".fods") {
        of_xml(&String::from_utf8_lossy(bytes))
    } else {
        Vec::new()
    };
    people.retain(|(_, name)| {
        let name = name.to_lowercase();
        !NOBODY.contains(&name.as_str()) && !name.starts_with("mentorpress ")
    });
    people.sort();
    people.dedup();
    people
}

fn of_archive(bytes: &[u8], budget: &mut Budget) -> Vec<(&'static str, String)> {
    let mut people = Vec::new();
    archive::read(bytes, budget, |member, content| {
        if matches!(member.as_str(), "docProps/core.xml" | "docProps/app.xml" | "meta.xml") {
            people.extend(of_xml(&String::from_utf8_lossy(&content)));
        }
    });
    people
}

fn of_xml(xml: &str) -> Vec<(&'static str, String)> {
    let mut people = Vec::new();
    let mut property = None;
    for token in tokens(xml) {
        match token {
            Token::Open { name, .. } => {
                let local = name.rsplit(':').next().unwrap_or(name);
                property = PROPERTIES.iter().find(|(name, _)| *name == local).map(|(_, words)| *words);
            }
            Token::Text(text) => {
                if let Some(property) = property {
                    let text = decode(text).trim().to_owned();
                    people.push((property, text));
                }
            }
            Token::Close(_) => property = None,
        }
    }
    people
}

/// `/Author (…)` or `/Author <FEFF…>` where it is not compressed, and the creators of its XMP.
fn of_pdf(bytes: &[u8]) -> Vec<(&'static str, String)> {
    let mut people = Vec::new();
    let key = b"/Author";
    for at in memchr::memmem::find_iter(bytes, key) {
        let after = bytes[at + key.len()..].trim_ascii_start();
        let text = match after {
            [b'(', rest @ ..] => literal(rest),
            [b'<', rest @ ..] if !rest.starts_with(b"<") => hexadecimal(rest),
            _ => continue,
        };
        people.push(("the author", decoded(&text).trim().to_owned()));
    }
    for at in memchr::memmem::find_iter(bytes, b"<dc:creator") {
        let rest = &bytes[at..];
        let end = memchr::memmem::find(rest, b"</dc:creator>").unwrap_or(rest.len().min(4096));
        let text = crate::html::text(&String::from_utf8_lossy(&rest[..end]));
        people.push(("the author", text.trim().to_owned()));
    }
    people
}

/// A text in round brackets, with its escapes resolved.
fn literal(rest: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    let mut depth = 0;
    let mut bytes = rest.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => match bytes.next() {
                Some(b'n') => text.push(b'\n'),
                Some(b'r') => text.push(b'\r'),
                Some(b't') => text.push(b'\t'),
                Some(digit @ b'0'..=b'7') => {
                    // Up to three octal digits.
                    let mut value = u32::from(digit - b'0');
                    let mut ahead = bytes.clone();
                    for _ in 0..2 {
                        match ahead.next() {
                            Some(digit @ b'0'..=b'7') => {
                                value = value * 8 + u32::from(digit - b'0');
                                bytes = ahead.clone();
                            }
                            _ => break,
                        }
                    }
                    text.push(u8::try_from(value & 0xFF).unwrap_or_default());
                }
                Some(other) => text.push(other),
                None => break,
            },
            b'(' => {
                depth += 1;
                text.push(byte);
            }
            b')' if depth == 0 => break,
            b')' => {
                depth -= 1;
                text.push(byte);
            }
            other => text.push(other),
        }
    }
    text
}

fn hexadecimal(rest: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = rest
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .map(|digit| u8::try_from(digit).unwrap_or_default())
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default()).collect()
}

/// UTF-16 with its mark, UTF-8, or else Latin-1.
fn decoded(text: &[u8]) -> String {
    if let Some(utf_16) = text.strip_prefix(b"\xFE\xFF") {
        let units: Vec<u16> =
            utf_16.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        return String::from_utf16_lossy(&units);
    }
    match std::str::from_utf8(text) {
        Ok(text) => text.trim_start_matches('\u{FEFF}').to_owned(),
        Err(_) => text.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> Vec<String> {
        people("a", bytes, &mut Budget::default()).into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn a_pdf_names_its_author_in_several_ways() {
        for (info, name) in [
            ("/Author (Ann Sample)", "Ann Sample"),
            ("/Author(Ann \\(A.\\) Sample)", "Ann (A.) Sample"),
            ("/Author <FEFF0041006E006E>", "Ann"),
            ("/Author (S\\351an)", "Séan"),
            ("<dc:creator><rdf:Seq><rdf:li>Ann Sample</rdf:li></rdf:Seq></dc:creator>", "Ann Sample"),
        ] {
            assert_eq!(of(format!("%PDF-1.7\n{info}").as_bytes()), [name], "{info}");
        }
        for info in ["/Author ()", "/Authors (x)", "/Author", "/Author <", "/Author (\\", "/Author 7 0 R"] {
            assert!(of(format!("%PDF-1.7\n{info}").as_bytes()).iter().all(|name| name.len() < 2), "{info}");
        }
    }

    #[test]
    fn an_office_document_names_who_made_it() {
        let core = "<cp:coreProperties><dc:creator>Ann Sample</dc:creator><cp:lastModifiedBy>Bina Sample</cp:lastModifiedBy></cp:coreProperties>";
        let packed = archive::pack(&[("docProps/core.xml", core.to_owned())]).expect("packed");
        assert_eq!(of(&packed), ["Ann Sample", "Bina Sample"]);
        let meta =
            "<office:meta><meta:initial-creator>Ann Sample</meta:initial-creator><dc:creator/></office:meta>";
        let packed = archive::pack(&[("meta.xml", meta.to_owned())]).expect("packed");
        assert_eq!(of(&packed), ["Ann Sample"]);
        let nobody = "<a><dc:creator>python-docx</dc:creator><dc:creator></dc:creator></a>";
        assert!(of(&archive::pack(&[("docProps/core.xml", nobody.to_owned())]).expect("packed")).is_empty());
    }
}
