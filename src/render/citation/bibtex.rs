//! [`Citation`] -> a BibTeX file with one entry: `@techreport`, or `@article`.

use super::{Citation, Work};
use crate::config::Author;
use crate::html::encode_url;

pub(super) fn bibtex(citation: &Citation) -> String {
    let (kind, mut fields) = match &citation.work {
        Work::Report { institution, number, edition } => (
            "techreport",
            vec![
                ("institution", Some(escape(institution))),
                ("number", number.as_deref().map(escape)),
                ("edition", Some(escape(edition))),
            ],
        ),
        Work::Article { journal, volume, issue, article, issn } => (
            "article",
            vec![
                ("journal", Some(escape(journal))),
                ("volume", volume.as_deref().map(escape)),
                ("number", issue.as_deref().map(escape)),
                ("pages", article.as_deref().map(escape)),
                ("issn", issn.as_deref().map(escape)),
            ],
        ),
    };
    let authors: Vec<String> = citation.authors.iter().map(name).collect();
    let issued = citation.issued;
    // Braces within the braces keep a style from taking the capitals away.
    fields.insert(0, ("title", Some(format!("{{{}}}", escape(&citation.title)))));
    fields.insert(1, ("author", (!authors.is_empty()).then(|| authors.join(" and "))));
    fields.extend([
        ("year", issued.map(|date| format!("{:04}", date.year()))),
        ("month", issued.map(|date| date.month().to_string())),
        ("date", issued.map(|date| date.to_string())),
        // Both are read letter by letter: nothing is escaped as text is.
        ("doi", citation.doi.as_deref().map(verbatim)),
        ("url", Some(encode_url(&citation.link()))),
        ("language", Some(escape(&citation.language))),
        ("keywords", (!citation.keywords.is_empty()).then(|| escape(&citation.keywords.join(", ")))),
        ("abstract", citation.summary.as_deref().map(escape)),
        ("copyright", citation.licence.as_deref().map(escape)),
    ]);
    let mut text = format!("@{kind}{{{},\n", citation.key);
    for (field, value) in fields {
        if let Some(value) = value {
            text.push_str(&format!("  {field} = {{{value}}},\n"));
        }
    }
    text.push_str("}\n");
    text
}

/// "Family, Given"; in braces what has a comma or an "and" of its own, or is not divided.
fn name(author: &Author) -> String {
    let part = |text: &str| {
        let divides = text.contains(',') || text.split(' ').any(|word| word.eq_ignore_ascii_case("and"));
        if divides { format!("{{{}}}", escape(text)) } else { escape(text) }
    };
    match &author.given {
        Some(given) => format!("{}, {}", part(&author.family), part(given)),
        None => format!("{{{}}}", escape(&author.family)),
    }
}

/// Text for a field. BibTeX counts braces even behind a backslash, so these go by name; the names are in braces, as
/// reference managers write them and read them back.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            '{' => out.push_str("{\\textbraceleft}"),
            '}' => out.push_str("{\\textbraceright}"),
            '\\' => out.push_str("{\\textbackslash}"),
            '~' => out.push_str("{\\textasciitilde}"),
            '^' => out.push_str("{\\textasciicircum}"),
            '<' => out.push_str("{\\textless}"),
            '>' => out.push_str("{\\textgreater}"),
            c => out.push(c),
        }
    }
    out
}

/// A DOI, which is read letter by letter, so that only what would end the field is encoded.
fn verbatim(doi: &str) -> String {
    doi.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}
