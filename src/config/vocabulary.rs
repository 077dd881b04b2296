//! `content/vocabulary.yaml` -> the closed lists that profiles choose from.

use super::keys::{INSTITUTION, TERM, VOCABULARY};
use super::meant::is_same;
use super::site::Text;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest_first};
use crate::language::Language;
use crate::path::is_id;
use crate::source::{Sources, Spanned};
use crate::yaml::{self, Kind, Node, pairs};
use std::collections::BTreeMap;

/// What the directory can be listed by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Facet {
    /// Where they work.
    Institution,
    /// What they work on.
    Discipline,
    /// What they help with.
    Offer,
    /// How far they are.
    Stage,
}

impl Facet {
    /// In the order they are shown.
    pub const ALL: [Facet; 4] = [Facet::Offer, Facet::Discipline, Facet::Institution, Facet::Stage];

    /// The name in addresses and interface strings.
    pub fn name(self) -> &'static str {
        match self {
            Facet::Institution => "institution",
            Facet::Discipline => "discipline",
            Facet::Offer => "offer",
            Facet::Stage => "stage",
        }
    }

    /// The key of `vocabulary.yaml` with its terms.
    pub fn list(self) -> &'static str {
        match self {
            Facet::Institution => "institutions",
            Facet::Discipline => "disciplines",
            Facet::Offer => "offers",
            Facet::Stage => "stages",
        }
    }
}

/// One entry of a list.
#[derive(Debug)]
pub struct Term {
    /// Its words.
    pub label: Text,
    /// An institution's website.
    pub website: Option<String>,
    /// The year or date an institution joined, as written.
    pub joined: Option<String>,
}

/// The entries of one list in the order written, and by id.
#[derive(Debug)]
pub struct Terms {
    facet: Facet,
    order: Vec<String>,
    by_id: BTreeMap<String, Term>,
}

impl Terms {
    fn empty(facet: Facet) -> Terms {
        Terms { facet, order: Vec::new(), by_id: BTreeMap::new() }
    }

    /// The term of an id.
    pub fn get(&self, id: &str) -> Option<&Term> {
        self.by_id.get(id)
    }

    /// Ids and terms in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Term)> {
        self.order.iter().filter_map(|id| self.by_id.get(id).map(|term| (id.as_str(), term)))
    }

    /// The id that is typed, or whose label is.
    pub fn labelled(&self, typed: &str) -> Option<&str> {
        self.iter()
            .find(|(id, term)| {
                *id == typed || term.label.values().any(|label| label.value.eq_ignore_ascii_case(typed))
            })
            .map(|(id, _)| id)
    }

    /// The id that was surely meant by a text that is none: a label typed for its id, or a slip in either.
    pub fn meant(&self, typed: &str) -> Option<&str> {
        if let Some(id) = self.labelled(typed) {
            return Some(id);
        }
        let mut same = self.iter().filter(|(id, term)| {
            is_same(typed, id) || term.label.values().any(|label| is_same(typed, &label.value))
        });
        let (id, _) = same.next()?;
        same.next().is_none().then_some(id)
    }

    /// The way out for an id that is not among them.
    pub fn suggest(&self, typed: &str) -> String {
        match self.meant(typed) {
            Some(id) => format!("write its id: `{id}`"),
            None => format!("the ids to choose from: {}", self.choices(typed)),
        }
    }

    /// What there is to choose from, each id with its words, and where another is to be added first.
    pub fn choices(&self, typed: &str) -> String {
        const SHOWN: usize = 12;
        let list = self.facet.list();
        let mut all: Vec<(&str, &str)> = self
            .iter()
            .map(|(id, term)| (id, term.label.values().next().map_or(id, |label| label.value.as_str())))
            .collect();
        if all.is_empty() {
            return format!(
                "(there are none yet). It must first be added to content/vocabulary.yaml under `{list}:`"
            );
        }
        if all.len() > SHOWN {
            nearest_first(typed, &mut all, |(_, label)| label);
        }
        let shown: Vec<String> =
            all.iter().take(SHOWN).map(|(id, label)| format!("`{id}` ({label})")).collect();
        let more = match all.len().checked_sub(SHOWN) {
            Some(more @ 1..) => format!(" and {more} more in content/vocabulary.yaml"),
            _ => String::new(),
        };
        format!(
            "{}{more}. If it is none of these, it must first be added to content/vocabulary.yaml under `{list}:`",
            shown.join(", ")
        )
    }
}

/// All closed lists of a site.
#[derive(Debug)]
pub struct Vocabulary {
    institutions: Terms,
    disciplines: Terms,
    offers: Terms,
    stages: Terms,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Vocabulary {
            institutions: Terms::empty(Facet::Institution),
            disciplines: Terms::empty(Facet::Discipline),
            offers: Terms::empty(Facet::Offer),
            stages: Terms::empty(Facet::Stage),
        }
    }
}

impl Vocabulary {
    /// The file, and the only one that a vocabulary is made of.
    pub const PATH: &str = "content/vocabulary.yaml";

    /// The list of a facet.
    pub fn terms(&self, facet: Facet) -> &Terms {
        match facet {
            Facet::Institution => &self.institutions,
            Facet::Discipline => &self.disciplines,
            Facet::Offer => &self.offers,
            Facet::Stage => &self.stages,
        }
    }

    /// Reads the file; a site without people needs none.
    pub fn read(sources: &Sources, found: &mut Diagnostics) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        let Some((file, source)) = sources.find(Vocabulary::PATH) else { return vocabulary };
        let Some(node) = yaml::parse(sources, file, 0..source.text.len(), found) else { return vocabulary };
        let Some(fields) = VOCABULARY.read(&node, found) else {
            return vocabulary;
        };
        let mut read = |facet: Facet| {
            fields.get(facet.list()).map_or(Terms::empty(facet), |node| terms(node, facet, found))
        };
        vocabulary.institutions = read(Facet::Institution);
        vocabulary.disciplines = read(Facet::Discipline);
        vocabulary.offers = read(Facet::Offer);
        vocabulary.stages = read(Facet::Stage);
        vocabulary
    }
}

fn terms(node: &Node, facet: Facet, found: &mut Diagnostics) -> Terms {
    let mut terms = Terms::empty(facet);
    for entry in pairs(node, facet.list(), found).unwrap_or_default() {
        let id = &entry.key;
        if !is_id(&id.value) {
            found.push(yaml::bad_id(&id.value, id.span));
        } else if id.value == "page" {
            found.push(reserved(id));
        }
        let term = match &entry.value.kind {
            // `{en: …, cy: …}` is a label by language; `{label: …}` is a term with more to it.
            Kind::Map(inner)
                if inner.iter().any(|inner| {
                    Language::read(&inner.key.value).is_none() || inner.key.value == "label"
                }) =>
            {
                let known = if facet == Facet::Institution { &INSTITUTION } else { &TERM };
                known.read(&entry.value, found).and_then(|fields| {
                    let label = fields.need("label", found).and_then(|node| yaml::localised(node, found))?;
                    let website = fields.get("website").and_then(|node| website(node, found));
                    let joined =
                        fields.get("joined").and_then(|node| yaml::text(node, found)).map(|text| text.value);
                    Some(Term { label, website, joined })
                })
            }
            _ => {
                yaml::localised(&entry.value, found).map(|label| Term { label, website: None, joined: None })
            }
        };
        if let Some(term) = term {
            terms.order.push(id.value.clone());
            terms.by_id.insert(id.value.clone(), term);
        }
    }
    terms
}

fn reserved(id: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(Code::ReservedId, id.span, format!("`{}` is the program's own word here", id.value))
        .help("choose another id")
}

fn website(node: &Node, found: &mut Diagnostics) -> Option<String> {
    let typed = yaml::text(node, found)?;
    if typed.value.starts_with("https://") || typed.value.starts_with("http://") {
        return Some(typed.value);
    }
    found.push(
        Diagnostic::new(
            Code::BadAddress,
            typed.span,
            format!("`{}` is not the address of a website", typed.value),
        )
        .help("write it in full, beginning with https://"),
    );
    None
}
