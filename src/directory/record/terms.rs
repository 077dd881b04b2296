//! What people choose from the lists of the vocabulary -> ids, and what to do with a word that is none of them.

use super::read::Reader;
use crate::config::Facet;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Spanned;
use crate::yaml::{self, Fields, Kind, Line, Node};

impl Reader<'_> {
    /// The term of a key that must be there.
    pub(super) fn one_term(&self, fields: &Fields, facet: Facet, found: &mut Diagnostics) -> Option<String> {
        let key = key_of(facet);
        let terms = self.vocabulary.terms(facet);
        let Some(node) = fields.get(key) else {
            let fill = format!("with one of these in place of …: {}", terms.choices(""));
            fields.need_as(key, "…", &fill, found);
            return None;
        };
        let typed = yaml::text(node, found)?;
        let parts: Vec<&str> = typed.value.split([',', ';', '/', '&']).collect();
        if parts.len() > 1
            && terms.meant(&typed.value).is_none()
            && parts.iter().all(|part| terms.get(part.trim()).is_some() || terms.meant(part.trim()).is_some())
        {
            let message = format!("`{}` is more than one of the {}", typed.value, facet.list());
            found.push(
                Diagnostic::new(Code::UnknownValue, typed.span, message)
                    .help("only one can stand here. Ask her which is right, and write it alone"),
            );
            return None;
        }
        self.term(fields, typed, facet, |id| fields.change(key, id), found)
    }

    fn term(
        &self,
        fields: &Fields,
        typed: Spanned<String>,
        facet: Facet,
        line: impl Fn(&str) -> String,
        found: &mut Diagnostics,
    ) -> Option<String> {
        let terms = self.vocabulary.terms(facet);
        if terms.get(&typed.value).is_some() {
            return Some(typed.value);
        }
        let elsewhere = Facet::ALL
            .into_iter()
            .filter(|other| *other != facet)
            .find_map(|other| Some((other, self.vocabulary.terms(other).labelled(&typed.value)?)));
        let (message, help) = match (elsewhere, terms.meant(&typed.value)) {
            (Some((other, id)), None) => (
                format!("`{}` is one of the {}, not of the {}", typed.value, other.list(), facet.list()),
                self.moved(fields, facet, other, id),
            ),
            (_, meant) => (
                format!("`{}` is not among the {} of vocabulary.yaml", typed.value, facet.list()),
                meant.map_or_else(|| terms.suggest(&typed.value), line),
            ),
        };
        found.push(Diagnostic::new(Code::UnknownValue, typed.span, message).help(help));
        None
    }

    /// The finding for `~`, `null` or nothing among terms.
    fn nothing(&self, item: &Node, facet: Facet) -> Diagnostic {
        let text = &self.sources.file(self.file).text;
        let place = item.span.range();
        let typed = self.sources.slice(item.span);
        let (before, after) = (text[..place.start].trim_end(), text[place.end..].trim_start());
        let delete = match (before.chars().next_back(), after.chars().next()) {
            (Some(','), _) => format!("`, {typed}`"),
            (Some('['), Some(',')) => format!("`{typed},`"),
            (Some('['), _) => "the line".to_owned(),
            _ if typed.is_empty() => "the hyphen".to_owned(),
            _ => format!("`- {typed}`"),
        };
        let said = if typed.is_empty() {
            "nothing is written here".to_owned()
        } else {
            format!("`{typed}` means nothing")
        };
        let name = facet.name();
        Diagnostic::new(Code::WrongType, item.span, format!("{said}, and the id of a term is due ({name})"))
            .help(format!("write the missing {name}, or delete {delete}"))
    }

    /// What to do with a term that stands in the line of another list.
    fn moved(&self, fields: &Fields, here: Facet, there: Facet, id: &str) -> String {
        let key = key_of(there);
        let is_one = |facet| matches!(facet, Facet::Institution | Facet::Stage);
        let out = match fields.line(key_of(here)) {
            _ if is_one(here) => "take it out here",
            Line::Several(_) => "take it out here, with its hyphen or comma",
            _ => "take it out here, with its comma",
        };
        let to = if is_one(there) {
            format!("; if it is true of her, the line `{key}` of the same person has `{id}`")
        } else if fields.get(key).is_some() {
            format!("; then add `{id}` to those in the line `{key}` of the same person")
        } else {
            format!("; then {}", fields.line(key_of(here)).followed(&format!("{key}: [{id}]")))
        };
        let instead = if is_one(here) {
            format!(". Here stands one of these: {}", self.vocabulary.terms(here).choices(""))
        } else {
            String::new()
        };
        format!("{out}{to}{instead}")
    }

    pub(super) fn terms(&self, fields: &Fields, facet: Facet, found: &mut Diagnostics) -> Vec<String> {
        let meant = |word: &str| self.vocabulary.terms(facet).meant(word).map(str::to_owned);
        let mut terms: Vec<String> = Vec::new();
        for item in fields.list(key_of(facet), meant, found) {
            if item.kind == Kind::Null {
                found.push(self.nothing(item, facet));
                continue;
            }
            let Some(typed) = yaml::text(item, found) else { continue };
            match self.term(fields, typed, facet, |id| format!("write `{id}` in its place"), found) {
                Some(term) if terms.contains(&term) => found.push(
                    Diagnostic::new(Code::DuplicateId, item.span, format!("`{term}` is named twice"))
                        .help("keep one"),
                ),
                Some(term) => terms.push(term),
                None => {}
            }
        }
        terms
    }
}

/// The key of a person with terms of a facet.
fn key_of(facet: Facet) -> &'static str {
    match facet {
        Facet::Institution => "institution",
        Facet::Stage => "stage",
        Facet::Discipline | Facet::Offer => facet.list(),
    }
}
