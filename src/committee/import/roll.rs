//! The files of people -> every record there is, by id, and what each says of the fields of a form.

use super::field::Field;
use super::value::Value;
use crate::committee::record::Record;
use crate::config::SiteConfig;
use crate::diagnostic::Diagnostics;
use crate::directory;
use crate::source::Sources;
use crate::yaml::{Kind, scalar};
use jiff::civil::Date;
use std::collections::BTreeMap;

impl Record {
    /// What it says of a field.
    pub(super) fn value(&self, field: Field) -> Option<Value> {
        let (key, inner) = field.place();
        let node = self.get(key)?;
        match (inner, &node.kind) {
            (None, _) => Value::of(node),
            (Some(inner), Kind::Map(entries)) => entries
                .iter()
                .find(|entry| entry.key.value == inner)
                .and_then(|entry| Value::of(&entry.value)),
            (Some(_), Kind::Null) => None,
            (Some(_), _) => Some(Value::Other),
        }
    }

    /// Whether she has withdrawn, and when if the record says it.
    pub(super) fn withdrawn(&self) -> Option<Option<Date>> {
        self.is_withdrawn().then(|| self.get("on").and_then(scalar).and_then(|on| on.trim().parse().ok()))
    }
}

/// Reads all records by id. Findings are of files that cannot be read, or of records without an id: then it is not known
/// who is in them.
pub(super) fn read(
    sources: &Sources,
    site: &SiteConfig,
    found: &mut Diagnostics,
) -> BTreeMap<String, Record> {
    let folder = directory::folder(site);
    let files = sources.below(&folder).filter(|(_, file)| file.path.ends_with(".yaml"));
    let records = files.flat_map(|(file, _)| Record::read(sources, file, found));
    records.filter(Record::is_readable).map(|record| (record.id.clone(), record)).collect()
}
