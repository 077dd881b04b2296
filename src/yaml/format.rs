//! The keys of a file, described -> the list that its reader knows, and a JSON Schema by which an editor completes it.
//!
//! One table serves both, so that an editor never offers what the reader would refuse. A schema says less than the reader:
//! that an id exists, or that a day comes after another, is for the build to find.

use super::fields::{Fields, pairs, unknown_keys};
use super::owner::{Blank, Key};
use super::tree::Node;
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use serde_json::{Map, Value, json};

/// A map in a file.
#[derive(Debug)]
pub struct Format {
    /// What it is called in messages: "a cohort".
    pub what: &'static str,
    /// Its keys, in the order in which people are told of them.
    pub keys: &'static [Described],
}

/// A key with what may stand there.
#[derive(Clone, Copy, Debug)]
pub struct Described {
    /// Its name, an example, and what it is.
    pub key: Key,
    /// What may stand there.
    pub holds: Holds,
    /// Whether it must be there.
    pub is_required: bool,
}

/// What a value may be.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// Words, or a number as it is written.
    Text,
    /// A text, or a map of texts by language.
    Localised,
    /// A whole number.
    Number,
    /// A number as it is printed: `4.60`.
    Decimal,
    /// `true` or `false`.
    Boolean,
    /// A text of a form that has a name.
    Like(Form),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of such values.
    List(&'static Holds),
    /// One, or a list of several.
    OneOrMore(&'static Holds),
    /// A map with these keys.
    Map(&'static Format),
    /// A map with some of these keys, all of which hold the same.
    Each(&'static [&'static str], &'static Holds),
    /// A map from ids to such values.
    ById(&'static Holds),
    /// Any of these.
    Either(&'static [Holds]),
    /// The same under a name of its own, because it stands in many places.
    Called(&'static str, &'static Holds),
    /// Whatever there is: it is kept for later, and not looked at.
    Anything,
}

/// Texts that are known by their form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// `small-letters-and_digits1`.
    Id,
    /// `2027-01-10`.
    Date,
    /// `2027-01-10` or `2027-01`.
    DayOrMonth,
    /// `2027-01-10`, `2027-01-10 12:30` or, for an end, `13:30`.
    Moment,
    /// `https://www.example.org/`.
    Address,
    /// `"#5b2a86"`.
    Colour,
    /// `en`, `cy`, `pt-br`.
    Language,
}

impl Form {
    const ALL: [Form; 7] =
        [Form::Id, Form::Date, Form::DayOrMonth, Form::Moment, Form::Address, Form::Colour, Form::Language];

    /// Its name in a schema, the pattern of its texts, and what it is.
    fn parts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Form::Id => ("id", "^[a-z0-9_-]+$", "An id: small letters, digits, - and _."),
            Form::Date => {
                ("date", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "A day: year, month and day, as in 2027-01-10.")
            }
            Form::DayOrMonth => (
                "day-or-month",
                "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$",
                "A day or a month, as in 2027-01-10 or 2027-01.",
            ),
            Form::Moment => (
                "moment",
                "^([0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{1,2}:[0-9]{2})?|[0-9]{1,2}:[0-9]{2})$",
                "A day, or a day with a time of 24 hours, as in 2027-01-10 12:30.",
            ),
            Form::Address => ("address", "^https?://", "An address in full, beginning with https://."),
            Form::Colour => ("colour", "^#[0-9A-Fa-f]{6}$", "A colour: # and six digits, in quotes."),
            Form::Language => ("language", LANGUAGE, "The code of a language, as in en or cy."),
        }
    }
}

const LANGUAGE: &str = "^[a-z]{2,3}(-[a-z0-9]{1,8})*$";

/// A key that may be left out.
pub const fn key(name: &'static str, holds: Holds, example: &'static str, about: &'static str) -> Described {
    let key = Key { name, example, blank: Blank::Text, also: &[], about };
    Described { key, holds, is_required: false }
}

/// A key that must be there.
pub const fn required(described: Described) -> Described {
    Described { is_required: true, ..described }
}

/// The words of a table of words and what they stand for.
pub const fn words<T, const N: usize>(table: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut at = 0;
    while at < N {
        words[at] = table[at].0;
        at += 1;
    }
    words
}

impl Format {
    /// Reads a map of this format: whatever key it does not have is a finding.
    pub fn read<'n>(&'static self, node: &'n Node, found: &mut Diagnostics) -> Option<Fields<'n>> {
        let entries = pairs(node, self.what, found)?;
        let known: Vec<&str> = self.keys.iter().map(|described| described.key.name).collect();
        unknown_keys(entries, self.what, &known, found);
        Some(Fields::of_map(entries, self.what, node.span))
    }

    fn schema(&self) -> Value {
        let keys = self.keys.iter().map(|described| (&described.key, described.holds.schema()));
        let required = self.keys.iter().filter(|described| described.is_required);
        let mut schema = map_schema(keys, required.map(|described| described.key.name));
        schema["title"] = self.what.into();
        schema
    }
}

impl Holds {
    fn schema(&self) -> Value {
        match self {
            Holds::Text => reference("text"),
            Holds::Localised => reference("localised"),
            Holds::Number => json!({"type": "integer", "minimum": 0}),
            Holds::Decimal => reference("decimal"),
            Holds::Boolean => json!({"type": "boolean"}),
            Holds::Like(form) => reference(form.parts().0),
            Holds::Word(words) => json!({"enum": words}),
            Holds::List(items) => json!({"type": "array", "items": items.schema()}),
            Holds::OneOrMore(one) => {
                json!({"anyOf": [one.schema(), {"type": "array", "items": one.schema()}]})
            }
            Holds::Map(format) => format.schema(),
            Holds::Each(words, holds) => {
                let properties: Map<String, Value> =
                    words.iter().map(|word| ((*word).to_owned(), holds.schema())).collect();
                json!({"type": "object", "properties": properties, "additionalProperties": false})
            }
            Holds::ById(holds) => json!({"type": "object", "additionalProperties": holds.schema()}),
            Holds::Called(name, holds) => {
                let mut schema = holds.schema();
                schema["title"] = (*name).into();
                schema
            }
            Holds::Anything => json!({}),
            Holds::Either(all) => json!({"anyOf": all.iter().map(Holds::schema).collect::<Vec<_>>()}),
        }
    }
}

/// The schema of a file that holds this; `title` says what the file is.
pub fn schema(title: &str, holds: &Holds) -> Value {
    let mut schema = holds.schema();
    if let Value::Object(map) = &mut schema {
        map.insert("$schema".into(), DRAFT.into());
        map.insert("title".into(), title.into());
        map.insert("$defs".into(), definitions(&[]));
    }
    schema
}

/// The version of JSON Schema that schemas are written in.
pub const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// What schemas refer to by name; `known` are languages that an editor offers.
pub fn definitions(known: &[Language]) -> Value {
    let by_language: Map<String, Value> =
        known.iter().map(|language| (language.code().to_owned(), reference("text"))).collect();
    let forms = Form::ALL.map(|form| {
        let (name, pattern, about) = form.parts();
        // `2023` is a whole number to an editor, and may be an id all the same.
        let kind = if form == Form::Id { json!(["string", "integer"]) } else { json!("string") };
        (name.to_owned(), json!({"type": kind, "pattern": pattern, "description": about}))
    });
    let mut definitions: Map<String, Value> = forms.into_iter().collect();
    definitions.insert("text".into(), json!({"type": ["string", "number"]}));
    definitions.insert(
        "decimal".into(),
        json!({"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^[0-9]+([.][0-9]+)?$"}]}),
    );
    definitions.insert(
        "localised".into(),
        json!({"anyOf": [
            reference("text"),
            {
                "type": "object",
                "properties": by_language,
                "propertyNames": {"pattern": LANGUAGE},
                "additionalProperties": reference("text"),
                "minProperties": 1,
            },
        ]}),
    );
    Value::Object(definitions)
}

/// What stands among the [`definitions`] under a name.
pub fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

/// The schema of a map with these keys, each with what it is and an example.
pub fn map_schema<'k>(
    keys: impl Iterator<Item = (&'k Key, Value)>,
    required: impl Iterator<Item = &'static str>,
) -> Value {
    let properties: Map<String, Value> =
        keys.map(|(key, schema)| (key.name.to_owned(), described(key, schema))).collect();
    let required: Vec<&str> = required.collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false, "required": required})
}

/// A schema with what the key is, and an example.
fn described(key: &Key, mut schema: Value) -> Value {
    if let Value::Object(map) = &mut schema {
        let about = format!("{} Example: {}: {}", key.about, key.name, key.example);
        map.insert("description".into(), about.into());
    }
    schema
}
