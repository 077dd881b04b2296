//! Scales that several questions share: verbal points or numbers, with their declared splits.

use super::id::check_id;
use super::id::words_of;
use super::{Top, TopOf};
use crate::config::Text;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::evaluation::keys;
use crate::language::Localised;
use crate::source::Spanned;
use crate::yaml::{self, Fields, Kind, Node};
use std::collections::BTreeMap;

/// A scale that several questions share.
pub(super) struct Scale {
    pub(super) points: Vec<Point>,
    pub(super) bounds: Option<(u32, u32)>,
    pub(super) middle: Option<String>,
    pub(super) tops: Vec<Top>,
}

/// A point of a verbal scale.
pub(super) struct Point {
    pub(super) id: String,
    pub(super) label: Text,
    pub(super) in_form: Vec<Spanned<String>>,
}

pub(super) fn scales(node: &Node, found: &mut Diagnostics) -> BTreeMap<String, Scale> {
    let mut scales = BTreeMap::new();
    for entry in yaml::pairs(node, "scales", found).unwrap_or_default() {
        let Some(fields) = keys::SCALE.read(&entry.value, found) else { continue };
        let mut points: Vec<Point> = Vec::new();
        for item in fields.get("points").map(|node| yaml::items(node, found)).unwrap_or_default() {
            let point = match &item.kind {
                Kind::Map(_) => keys::POINT.read(item, found).and_then(|fields| {
                    let id = fields.need("id", found).and_then(|node| yaml::text(node, found))?;
                    let label = fields.need("label", found).and_then(|node| yaml::localised(node, found))?;
                    let in_form =
                        fields.get("in_form").map(|node| yaml::one_or_more(node, found)).unwrap_or_default();
                    Some((id, label, in_form))
                }),
                _ => yaml::text(item, found).map(|id| {
                    let label = Localised::everywhere(Spanned::new(words_of(&id.value), id.span));
                    (id, label, Vec::new())
                }),
            };
            if let Some((id, label, in_form)) = point {
                check_id(&id, found);
                points.push(Point { id: id.value, label, in_form });
            }
        }
        let ids: Vec<&str> = points.iter().map(|point| point.id.as_str()).collect();
        let middle = fields.get("middle").and_then(|node| yaml::text(node, found));
        if let Some(middle) = &middle {
            unknown_point(middle, &ids, found);
        }
        let middle = middle.map(|middle| middle.value);
        let bounds = bounds(&fields, found);
        let tops = fields.get("tops").map(|node| tops(node, &ids, bounds, found)).unwrap_or_default();
        scales.insert(entry.key.value.clone(), Scale { points, bounds, middle, tops });
    }
    scales
}

fn unknown_point(typed: &Spanned<String>, points: &[&str], found: &mut Diagnostics) {
    if !points.contains(&typed.value.as_str()) {
        found.push(
            Diagnostic::new(
                Code::UnknownOption,
                typed.span,
                format!("`{}` is not a point of this scale", typed.value),
            )
            .help(one_of(&typed.value, points.iter().copied())),
        );
    }
}

pub(super) fn bounds(fields: &Fields, found: &mut Diagnostics) -> Option<(u32, u32)> {
    let from = fields.get("from").and_then(|node| yaml::number(node, found));
    let to = fields.get("to").and_then(|node| yaml::number(node, found));
    match (from, to) {
        (Some(from), Some(to)) if from < to => Some((from, to)),
        (Some(from), Some(to)) => {
            if let Some(node) = fields.get("to") {
                found.push(
                    Diagnostic::new(
                        Code::UnknownValue,
                        node.span,
                        format!("a scale from {from} to {to} has no points"),
                    )
                    .help("write the larger number after `to`"),
                );
            }
            None
        }
        (Some(_), None) | (None, Some(_)) => {
            let (missing, given) = if from.is_some() { ("to", "from") } else { ("from", "to") };
            if let Some(node) = fields.get(given) {
                found.push(
                    Diagnostic::new(
                        Code::MissingKey,
                        node.span,
                        format!("a scale of numbers needs `{missing}` as well as `{given}`"),
                    )
                    .help(format!("add `{missing}:` and the number at its other end")),
                );
            }
            None
        }
        (None, None) => None,
    }
}

pub(super) fn tops(
    node: &Node,
    points: &[&str],
    bounds: Option<(u32, u32)>,
    found: &mut Diagnostics,
) -> Vec<Top> {
    let mut tops = Vec::new();
    for entry in yaml::pairs(node, "tops", found).unwrap_or_default() {
        check_id(&entry.key, found);
        let items = yaml::items(&entry.value, found);
        let of = if bounds.is_some() {
            match range(&entry.value, items, found) {
                Some((from, to)) => TopOf::Numbers(from, to),
                None => continue,
            }
        } else {
            let chosen: Vec<Spanned<String>> =
                items.iter().filter_map(|item| yaml::text(item, found)).collect();
            for point in &chosen {
                unknown_point(point, points, found);
            }
            TopOf::Points(chosen.into_iter().map(|point| point.value).collect())
        };
        tops.push(Top { id: entry.key.value.clone(), of });
    }
    tops
}

/// `[7, 10]`.
pub(super) fn range(node: &Node, items: &[Node], found: &mut Diagnostics) -> Option<(u32, u32)> {
    let numbers: Vec<u32> = items.iter().filter_map(|item| yaml::number(item, found)).collect();
    match numbers[..] {
        [from, to] if from <= to => Some((from, to)),
        _ => {
            found.push(
                Diagnostic::new(Code::WrongType, node.span, "a range is due here")
                    .help("write its two ends: [7, 10]"),
            );
            None
        }
    }
}
