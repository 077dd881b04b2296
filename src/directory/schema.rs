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
use crate::yaml::Key;
use serde_json::{Map, Value, json};

/// The schema of people's files in a site: of one person, or of a list.
pub fn schema(site: &SiteConfig, vocabulary: &Vocabulary) -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "People of a mentoring scheme",
        "description": "One person, or a list of people.",
        "oneOf": [
            {"$ref": "#/$defs/person"},
            {"type": "array", "items": {"allOf": [{"$ref": "#/$defs/person"}, {"required": ["id"]}]}},
        ],
        "$defs": {
            "person": person(site, vocabulary),
            "date": {
                "type": "string",
                "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                "description": "A day: year, month and day, as in 2027-01-10.",
            },
            "text": {"type": ["string", "number"]},
            "localised": localised(&site.languages),
        },
    })
}

fn person(site: &SiteConfig, vocabulary: &Vocabulary) -> Value {
    let properties: Map<String, Value> = PERSON
        .iter()
        .map(|(key, shape)| (key.name.to_owned(), described(key, value(*shape, site, vocabulary))))
        .collect();
    json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "if": {"properties": {"status": {"const": "withdrawn"}}, "required": ["status"]},
        "else": {
            "required": REQUIRED,
            "if": {"properties": {"roles": {"contains": {"const": "mentor"}}}},
            "then": {"required": ["capacity"]},
        },
    })
}

/// A schema with what the key is, and an example.
fn described(key: &Key, mut schema: Value) -> Value {
    if let Value::Object(map) = &mut schema {
        map.insert(
            "description".into(),
            format!("{} Example: {}: {}", key.about, key.name, key.example).into(),
        );
    }
    schema
}

/// What a key may hold.
fn value(shape: Shape, site: &SiteConfig, vocabulary: &Vocabulary) -> Value {
    match shape {
        Shape::Id => json!({"type": "string", "pattern": "^[a-z0-9_-]+$", "not": {"enum": RESERVED}}),
        Shape::Text => json!({"$ref": "#/$defs/text"}),
        Shape::Localised => json!({"$ref": "#/$defs/localised"}),
        Shape::Texts => list(&json!({"$ref": "#/$defs/text"})),
        Shape::Term(facet) => term(vocabulary, facet),
        Shape::Terms(facet) => {
            json!({"type": "array", "items": term(vocabulary, facet), "uniqueItems": true})
        }
        Shape::Languages => list(&language(&site.languages)),
        Shape::Roles => json!({"type": "array", "items": one_of(&Role::ALL), "minItems": 1}),
        Shape::Number => json!({"type": "integer", "minimum": 0}),
        Shape::Boolean => json!({"type": "boolean"}),
        Shape::Date => json!({"$ref": "#/$defs/date"}),
        Shape::Pathway => one_of(&PATHWAYS),
        Shape::Status => one_of(&Status::ALL),
        Shape::Photo => map(&PHOTO, &["file"], |_| json!({"$ref": "#/$defs/text"})),
        Shape::Links => map(&LINKS, &[], |key| match key {
            "orcid" => json!({"type": "string", "pattern": "^([0-9]{4}-){3}[0-9]{3}[0-9X]$"}),
            _ => json!({"type": "string", "pattern": "^https?://"}),
        }),
        Shape::Consent => map(&CONSENT, &["profile"], |_| {
            map(&GIVEN, &["given"], |key| match key {
                "wording" => json!({"$ref": "#/$defs/text"}),
                _ => json!({"$ref": "#/$defs/date"}),
            })
        }),
        Shape::Waivers => list(&map(&WAIVER, &["field", "rule", "reason"], |key| match key {
            "field" => one_of(&personal::FIELDS),
            "rule" => one_of(&personal::Rule::ALL),
            _ => json!({"$ref": "#/$defs/text"}),
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
fn map(keys: &[Key], required: &[&str], value: impl Fn(&str) -> Value) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|key| (key.name.to_owned(), described(key, value(key.name)))).collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false, "required": required})
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
    json!({"anyOf": [{"enum": codes}, {"type": "string", "pattern": CODE}]})
}

const CODE: &str = "^[a-z]{2,3}(-[a-z0-9]{1,8})*$";

/// A text, or texts by language.
fn localised(known: &[Language]) -> Value {
    let properties: Map<String, Value> =
        known.iter().map(|language| (language.code().to_owned(), json!({"$ref": "#/$defs/text"}))).collect();
    json!({"anyOf": [
        {"$ref": "#/$defs/text"},
        {
            "type": "object",
            "properties": properties,
            "propertyNames": {"pattern": CODE},
            "additionalProperties": {"$ref": "#/$defs/text"},
            "minProperties": 1,
        },
    ]})
}
