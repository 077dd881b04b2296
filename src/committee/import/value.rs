//! A value of a record: a node of its YAML -> [`Value`] -> YAML again.

use super::field::Field;
use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use crate::yaml::{Kind, Node, edit, parse, scalar};
use jiff::civil::Date;

/// What one key of a record says, as far as a form can say it. Texts are compared without white space at their ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Value {
    /// A text or a number.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
    /// Keys and texts.
    Map(Vec<(String, String)>),
    /// What no form says and no import writes: lists of maps, maps of maps.
    Other,
}

impl Value {
    /// What a node says; `None` for nothing.
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
        .or_else(|| (node.kind != Kind::Null).then_some(Value::Other))
    }

    /// The value as YAML after a key. `is_number` leaves digits without quotes.
    pub(super) fn yaml(&self, is_number: bool) -> String {
        match self {
            Value::Text(text) if is_number => text.clone(),
            Value::Text(text) if text.contains('\n') => edit::block(&format!("{text}\n")),
            Value::Text(text) => edit::scalar(text),
            Value::List(items) => edit::list(items.iter().map(String::as_str)),
            Value::Map(pairs) => edit::map(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()))),
            Value::Other => String::new(),
        }
    }

    /// The value as `private/imported.yaml` keeps it, and as messages show it.
    pub(super) fn kept(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            other => other.yaml(false),
        }
    }

    /// A value that was kept.
    pub(super) fn again(field: Field, kept: &str) -> Option<Value> {
        if field.is_text() {
            return Some(Value::Text(kept.trim().to_owned()));
        }
        let mut sources = Sources::default();
        sources.add_builtin("", kept);
        let (file, _) = sources.iter().next()?;
        Value::of(&parse(&sources, file, 0..kept.len(), &mut Diagnostics::new())?)
    }

    /// The text of a key of a map.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        match self {
            Value::Map(pairs) => {
                pairs.iter().find(|(other, _)| other == key).map(|(_, value)| value.as_str())
            }
            _ => None,
        }
    }

    /// The day of a key of a map.
    pub(super) fn day(&self, key: &str) -> Option<Date> {
        self.get(key)?.parse().ok()
    }

    /// The same map with a text for a key.
    pub(super) fn with(&self, key: &str, text: String) -> Value {
        let mut pairs = match self {
            Value::Map(pairs) => pairs.clone(),
            _ => Vec::new(),
        };
        pairs.retain(|(other, _)| other != key);
        pairs.push((key.to_owned(), text));
        Value::Map(pairs)
    }
}
