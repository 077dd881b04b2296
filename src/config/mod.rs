//! `content/site.yaml` and `content/vocabulary.yaml` -> what the site decided, typed.

mod author;
mod colours;
mod consent;
mod site;
mod vocabulary;

pub use author::Author;
pub use colours::Colours;
pub use consent::{ConsentWording, Purpose};
pub use site::{Contact, MenuEntry, SiteConfig, Text};
pub use vocabulary::{Facet, Term, Terms, Vocabulary};
