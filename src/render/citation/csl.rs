//! [`Citation`] -> CSL-JSON, a list of one item: `report`, or `article-journal`.

use super::{Citation, Work};
use crate::config::Author;
use serde_json::{Map, Value, json};

pub(super) fn csl(citation: &Citation) -> String {
    let mut item = Map::new();
    let mut put = |key: &str, value: Value| {
        if !value.is_null() {
            item.insert(key.to_owned(), value);
        }
    };
    put("id", json!(citation.key));
    put("title", json!(citation.title));
    if !citation.authors.is_empty() {
        put("author", json!(citation.authors.iter().map(name).collect::<Vec<_>>()));
    }
    if let Some(date) = citation.issued {
        put("issued", json!({"date-parts": [[date.year(), date.month(), date.day()]]}));
    }
    put("language", json!(citation.language));
    put("abstract", json!(citation.summary));
    if !citation.keywords.is_empty() {
        put("keyword", json!(citation.keywords.join(", ")));
    }
    put("DOI", json!(citation.doi));
    put("URL", json!(citation.link()));
    match &citation.work {
        Work::Report { institution, number, edition } => {
            put("type", json!("report"));
            put("publisher", json!(institution));
            put("number", json!(number));
            put("edition", json!(edition));
        }
        Work::Article { journal, volume, issue, article, issn } => {
            put("type", json!("article-journal"));
            put("container-title", json!(journal));
            put("volume", json!(volume));
            put("issue", json!(issue));
            put("page", json!(article));
            put("ISSN", json!(issn));
        }
    }
    // An object of texts, numbers and lists can always be written.
    let text = serde_json::to_string_pretty(&json!([item])).unwrap_or_default();
    text + "\n"
}

fn name(author: &Author) -> Value {
    match &author.given {
        Some(given) => json!({"family": author.family, "given": given}),
        None => json!({"literal": author.family}),
    }
}
