//! [`Citation`] -> an RIS file with one record: `RPRT`, or `JOUR`.
//!
//! RIS has no escapes: two letters, two spaces, a hyphen, a space, and the value up to the end of the line.

use super::{Citation, Work};
use crate::config::Author;

pub(super) fn ris(citation: &Citation) -> String {
    let mut lines: Vec<(&str, String)> = Vec::new();
    let kind = match citation.work {
        Work::Report { .. } => "RPRT",
        Work::Article { .. } => "JOUR",
    };
    lines.push(("TY", kind.to_owned()));
    lines.push(("ID", citation.key.clone()));
    lines.push(("TI", citation.title.clone()));
    lines.extend(citation.authors.iter().map(|author| ("AU", name(author))));
    if let Some(date) = citation.issued {
        lines.push(("PY", format!("{:04}", date.year())));
        lines.push(("DA", format!("{:04}/{:02}/{:02}/", date.year(), date.month(), date.day())));
    }
    let mut some = |tag, value: &Option<String>| lines.extend(value.clone().map(|value| (tag, value)));
    match &citation.work {
        Work::Report { institution, number, edition } => {
            some("PB", &Some(institution.clone()));
            some("SN", number);
            some("ET", &Some(edition.clone()));
        }
        Work::Article { journal, volume, issue, article, issn } => {
            some("JO", &Some(journal.clone()));
            some("VL", volume);
            some("IS", issue);
            some("SP", article);
            some("SN", issn);
        }
    }
    some("DO", &citation.doi);
    some("UR", &Some(citation.link()));
    some("LA", &Some(citation.language.clone()));
    some("AB", &citation.summary);
    some("C1", &citation.licence.as_ref().map(|licence| format!("Licence: {licence}")));
    lines.extend(citation.keywords.iter().map(|word| ("KW", word.clone())));
    let mut text = String::new();
    for (tag, value) in lines {
        text.push_str(&format!("{tag}  - {value}\r\n"));
    }
    text.push_str("ER  - \r\n");
    text
}

/// "Family, Given". A comma divides, so that none can stand within a part.
fn name(author: &Author) -> String {
    let part = |text: &str| super::line(&text.replace(',', " "));
    match &author.given {
        Some(given) => format!("{}, {}", part(&author.family), part(given)),
        None => part(&author.family),
    }
}
