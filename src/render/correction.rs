//! The corrections of an edition -> the notices at the top of its report, with links to the tables that changed.

use super::view;
use crate::evaluation::Published;
use crate::language::Language;
use crate::site::{Body, Segment};
use crate::theme::Interface;

/// The notices, the latest first. `body` is that of the page on which changed tables are looked for.
pub(super) fn notices<'a>(
    published: &'a Published,
    body: &Body,
    interface: &Interface,
    first: &Language,
) -> Vec<view::Correction<'a>> {
    let changed = |id: &String| {
        let shown = table_of(body, id);
        view::Changed {
            name: published.table_name(id, interface, first),
            table: shown.map(|(part, label)| view::OwnedLabel { label, href: format!("#{part}") }),
        }
    };
    let notice = |correction: &'a crate::evaluation::Correction| view::Correction {
        date: view::Day { iso: correction.date.to_string(), text: interface.day(correction.date) },
        sentence: interface.say("correction.notice", &[("date", &interface.day(correction.date))]),
        reason: &correction.reason,
        changed: correction.changed.iter().map(changed).collect(),
    };
    published.corrections().iter().rev().map(notice).collect()
}

/// The id and label of the first table of a page that shows a question.
fn table_of(body: &Body, question: &str) -> Option<(String, String)> {
    let tables = body.segments.iter().filter_map(|segment| match segment {
        Segment::Table(table) => Some(table),
        _ => None,
    });
    tables.flat_map(|table| table.parts.iter().map(move |part| (table, part))).find_map(|(table, part)| {
        let label = part.label.as_ref().unwrap_or(&table.label);
        (part.table.id == question).then(|| (part.id.clone(), label.clone()))
    })
}
