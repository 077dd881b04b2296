//! A value of a record: a node of its YAML -> [`Value`] -> YAML again.

use crate::yaml::{Kind, Node, edit, scalar};

/// What one key of a record says, as far as a form can say it. Texts are compared without white space at their ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Value {
    /// A text or a number.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
    /// Keys and texts.
    Map(Vec<(String, String)>),
}

impl Value {
    /// What a node says. `None` for nothing, and for what no import writes: lists of maps, maps of maps.
    pub(super) fn of(node: &Node) -> Option<Value> {
        let text = |node: &Node| scalar(node).map(|text| text.trim().to_owned());
        match &node.kind {
            Kind::Null => None,
            Kind::Scalar { text, .. } => Some(Value::Text(text.trim().to_owned())),
            Kind::List(items) => items.iter().map(text).collect::<Option<_>>().map(Value::List),
            Kind::Map(entries) => entries
                .iter()
                .map(|entry| Some((entry.key.value.clone(), text(&entry.value)?)))
                .collect::<Option<_>>()
                .map(Value::Map),
        }
    }

    /// The value as YAML after a key. `is_number` leaves digits without quotes.
    pub(super) fn yaml(&self, is_number: bool) -> String {
        match self {
            Value::Text(text) if is_number => text.clone(),
            Value::Text(text) if text.contains('\n') => edit::block(text),
            Value::Text(text) => edit::scalar(text),
            Value::List(items) => edit::list(items.iter().map(String::as_str)),
            Value::Map(pairs) => edit::map(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()))),
        }
    }

    /// The text of a key of a map.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        match self {
            Value::Map(pairs) => pairs.iter().find(|(other, _)| other == key).map(|(_, value)| value.as_str()),
            _ => None,
        }
    }

    /// A map of these keys, without those that have no value.
    pub(super) fn map(pairs: &[(&str, Option<String>)]) -> Value {
        Value::Map(
            pairs
                .iter()
                .filter_map(|(key, value)| Some(((*key).to_owned(), value.clone()?)))
                .collect(),
        )
    }
}
