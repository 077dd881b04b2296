//! `column:` of a question -> the headers that its column may have in an export, by group where they differ.

use super::reader::Reader;
use crate::diagnostic::Diagnostics;
use crate::source::Spanned;
use crate::yaml::{self, Fields, Kind};
use std::collections::BTreeMap;

/// The headers of a question's column, as they were typed; several where they changed from year to year.
#[derive(Clone, Default, Debug)]
pub struct Headers {
    everywhere: Vec<Spanned<String>>,
    by_group: BTreeMap<String, Vec<Spanned<String>>>,
}

impl Headers {
    /// Those that stand for a group's answers. Empty where the question's own words are meant.
    pub fn of(&self, group: &str) -> &[Spanned<String>] {
        self.by_group.get(group).unwrap_or(&self.everywhere)
    }
}

impl Reader<'_> {
    /// `column: Text`, `column: [Text, Earlier text]` or `column: {mentee: Text, mentor: [Text, Earlier text]}`.
    pub(super) fn headers(&self, fields: &Fields, found: &mut Diagnostics) -> Headers {
        let Some(node) = fields.get("column") else { return Headers::default() };
        let Kind::Map(entries) = &node.kind else {
            return Headers { everywhere: yaml::one_or_more(node, found), by_group: BTreeMap::new() };
        };
        let mut by_group = BTreeMap::new();
        for entry in entries {
            if self.is_group(&entry.key, false, found) {
                by_group.insert(entry.key.value.clone(), yaml::one_or_more(&entry.value, found));
            }
        }
        Headers { everywhere: Vec::new(), by_group }
    }
}
