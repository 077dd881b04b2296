//! [`Citation`] -> JSON-LD in the vocabulary of schema.org, for a `<script type="application/ld+json">`.

use super::{Citation, Work};
use crate::config::Author;
use serde_json::{Map, Value, json};

/// The JSON on one line. A `<` is written `\u003c`, so that nothing in it can end the element round it.
pub(in crate::render) fn linked_data(citation: &Citation) -> String {
    let mut data = Map::new();
    let mut put = |key: &str, value: Value| {
        if !value.is_null() {
            data.insert(key.to_owned(), value);
        }
    };
    put("@context", json!("https://schema.org"));
    put("name", json!(citation.title));
    put("headline", json!(citation.title));
    put("author", json!(citation.authors.iter().map(author).collect::<Vec<_>>()));
    put("datePublished", json!(citation.issued.map(|date| date.to_string())));
    put("inLanguage", json!(citation.language));
    put("url", json!(citation.address));
    put("license", json!(citation.licence));
    put("abstract", json!(citation.summary));
    if !citation.keywords.is_empty() {
        put("keywords", json!(citation.keywords));
    }
    if citation.doi.is_some() {
        put("sameAs", json!(citation.link()));
        put("identifier", json!({"@type": "PropertyValue", "propertyID": "DOI", "value": citation.doi}));
    }
    match &citation.work {
        Work::Report { institution, number, edition } => {
            put("@type", json!("Report"));
            put("publisher", json!({"@type": "Organization", "name": institution}));
            put("reportNumber", json!(number));
            put("version", json!(edition));
        }
        Work::Article { journal, volume, issue, article, issn } => {
            put("@type", json!("ScholarlyArticle"));
            put("pageStart", json!(article));
            let mut whole = json!({"@type": "Periodical", "name": journal});
            if let Some(issn) = issn {
                whole["issn"] = json!(issn);
            }
            if let Some(volume) = volume {
                whole = json!({"@type": "PublicationVolume", "volumeNumber": volume, "isPartOf": whole});
            }
            if let Some(issue) = issue {
                whole = json!({"@type": "PublicationIssue", "issueNumber": issue, "isPartOf": whole});
            }
            put("isPartOf", whole);
        }
    }
    Value::Object(data).to_string().replace('<', "\\u003c")
}

/// A name that is not divided may be an organisation's: it is given as text, which says neither.
fn author(author: &Author) -> Value {
    match &author.given {
        Some(given) => json!({
            "@type": "Person",
            "familyName": author.family,
            "givenName": given,
            "name": author.name(),
        }),
        None => json!(author.family),
    }
}
