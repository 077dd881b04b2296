//! `{family, given}` in YAML -> [`Author`]: a name in its parts, because each way of citing puts them in another order.

use super::keys::AUTHOR;
use crate::diagnostic::Diagnostics;
use crate::yaml::{self, Node};

/// Who wrote something: a person, or with a family name alone an organisation or somebody of one name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Author {
    /// The family name, or the whole of it.
    pub family: String,
    /// Given names.
    pub given: Option<String>,
}

impl Author {
    /// Authors in the order written; what is wrong with one is found, and the others are kept.
    pub fn list(node: &Node, found: &mut Diagnostics) -> Vec<Author> {
        let mut authors = Vec::new();
        for item in yaml::items(node, found) {
            let Some(fields) = AUTHOR.read(item, found) else { continue };
            let family = fields.need("family", found).and_then(|node| yaml::text(node, found));
            let given = fields.get("given").and_then(|node| yaml::text(node, found));
            if let Some(family) = family {
                authors.push(Author { family: family.value, given: given.map(|given| given.value) });
            }
        }
        authors
    }

    /// "Given Family", as a reader says it.
    pub fn name(&self) -> String {
        match &self.given {
            Some(given) => format!("{given} {}", self.family),
            None => self.family.clone(),
        }
    }

    /// "Bryant LD", as a list of references has it. Given names in a script without capitals have no initials, and
    /// stay.
    pub fn short(&self) -> String {
        let Some(given) = &self.given else { return self.family.clone() };
        let first: Vec<char> = given.split([' ', '-', '.']).filter_map(|part| part.chars().next()).collect();
        let is_cased = first.iter().all(|c| c.is_uppercase() || c.is_lowercase());
        let initials: String = match is_cased {
            true => first.iter().flat_map(|c| c.to_uppercase()).collect(),
            false => given.clone(),
        };
        format!("{} {initials}", self.family)
    }
}
