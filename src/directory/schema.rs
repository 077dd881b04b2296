//! The table of a person's keys, and a site's own lists -> a JSON Schema (draft 2020-12), by which an editor completes and
//! checks people's files while they are typed.
//!
//! It says what the reader says, as far as a schema can: that `taken` is not above `capacity`, or that a photo exists, is
//! for the build to find.

use super::RESERVED;
use super::personal;
use super::record::{
    CONSENT, GIVEN, LINKS, NAMED_ELSEWHERE, PATHWAYS, PERSON, PHOTO, REQUIRED, Role, Shape, Status, WAIVER,
};
use crate::config::{Facet, SiteConfig, Vocabulary};
use crate::language::Language;
use crate::yaml::{self, Key, map_schema, reference};
use serde_json::{Value, json};

/// The schema of people's files in a site: of one person, or of a list.
pub fn schema(site: &SiteConfig, vocabulary: &Vocabulary) -> Value {
    let mut definitions = yaml::definitions(&site.languages);
    definitions["person"] = person(site, vocabulary);
    json!({
        "$schema": yaml::DRAFT,
        "title": "People of a mentoring scheme",
        "description": "One person, or a list of people.",
        "oneOf": [
            reference("person"),
            {"type": "array", "items": {"allOf": [reference("person"), {"required": ["id"]}]}},
        ],
        "$defs": definitions,
    })
}

fn person(site: &SiteConfig, vocabulary: &Vocabulary) -> Value {
    let keys = PERSON.iter().map(|(key, shape)| (key, value(*shape, site, vocabulary)));
    let mut person = map_schema(keys, std::iter::empty());
    // What is left of somebody who withdrew needs no more than that.
    person["if"] = json!({"properties": {"status": {"const": "withdrawn"}}, "required": ["status"]});
    person["else"] = json!({
        "required": REQUIRED,
        "if": {"properties": {"roles": {"contains": {"const": "mentor"}}}},
        "then": {"required": ["capacity"]},
    });
    person
}

/// What a key may hold.
fn value(shape: Shape, site: &SiteConfig, vocabulary: &Vocabulary) -> Value {
    match shape {
        Shape::Id => json!({"type": "string", "pattern": "^[a-z0-9_-]+$", "not": {"enum": RESERVED}}),
        Shape::Text => reference("text"),
        Shape::Localised => reference("localised"),
        Shape::Texts => list(&reference("text")),
        Shape::Term(facet) => term(vocabulary, facet),
        Shape::Terms(facet) => {
            json!({"type": "array", "items": term(vocabulary, facet), "uniqueItems": true})
        }
        Shape::Languages => list(&language(&site.languages)),
        Shape::Roles => json!({"type": "array", "items": one_of(&Role::ALL), "minItems": 1}),
        Shape::Number => json!({"type": "integer", "minimum": 0}),
        Shape::Boolean => json!({"type": "boolean"}),
        Shape::Date => reference("date"),
        Shape::Pathway => one_of(&PATHWAYS),
        Shape::Status => one_of(&Status::ALL),
        Shape::Photo => map(&PHOTO, &["file"], |_| reference("text")),
        Shape::Links => map(&LINKS, &[], |key| match key {
            "orcid" => json!({"type": "string", "pattern": "^([0-9]{4}-){3}[0-9]{3}[0-9X]$"}),
            _ => reference("address"),
        }),
        Shape::Consent => map(&CONSENT, &["profile"], |_| {
            let mut given = map(&GIVEN, &["given"], |key| match key {
                "wording" => reference("text"),
                _ => reference("date"),
            });
            given["title"] = "consent to one purpose".into();
            given
        }),
        Shape::Waivers => list(&map(&WAIVER, &["field", "rule", "reason"], |key| match key {
            "field" => one_of(&personal::FIELDS),
            "rule" => one_of(&personal::Rule::ALL),
            _ => reference("text"),
        })),
        Shape::NamedElsewhere => list(&one_of(&NAMED_ELSEWHERE)),
    }
}

fn list(items: &Value) -> Value {
    json!({"type": "array", "items": items})
}

fn one_of<T>(words: &[(&str, T)]) -> Value {
    json!({"enum": words.iter().map(|(word, _)| *word).collect::<Vec<_>>()})
}

/// A map with these keys.
fn map(keys: &[Key], required: &[&'static str], value: impl Fn(&str) -> Value) -> Value {
    map_schema(keys.iter().map(|key| (key, value(key.name))), required.iter().copied())
}

/// The ids of a list, each with its words; of an empty list there is none.
fn term(vocabulary: &Vocabulary, facet: Facet) -> Value {
    let (ids, labels): (Vec<&str>, Vec<&str>) = vocabulary
        .terms(facet)
        .iter()
        .map(|(id, term)| (id, term.label.values().next().map_or(id, |label| label.value.as_str())))
        .unzip();
    if ids.is_empty() {
        return json!({"not": {}});
    }
    json!({"enum": ids, "enumDescriptions": labels})
}

/// A code of a language; those of the site are offered.
fn language(known: &[Language]) -> Value {
    let codes: Vec<&str> = known.iter().map(Language::code).collect();
    json!({"anyOf": [{"enum": codes}, reference("language")]})
}
