//! `content/site.yaml` and `content/vocabulary.yaml` -> what the site decided, typed.

mod author;
mod colours;
mod consent;
mod contact;
mod hosting;
mod keys;
mod logo;
mod meant;
mod people;
mod scheme;
mod site;
mod vocabulary;

pub use author::Author;
pub use colours::Colours;
pub use consent::{ConsentWording, Purpose};
pub use contact::{Contact, Form, FormFields, is_email};
pub use hosting::{Host, Hosting};
pub use keys::{AUTHOR, SITE, VOCABULARY};
pub use people::{OPEN_FOLDERS, Whereabouts};
pub use scheme::{Cohort, Scheme};
pub use site::{MenuEntry, SiteConfig, Text};
pub use vocabulary::{Facet, Term, Terms, Vocabulary};
