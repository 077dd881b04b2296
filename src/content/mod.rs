//! `content/**/*.md` -> [`Page`]s: front matter typed, Markdown parsed, address and visibility decided.
//!
//! A page that has findings is still a page: others may link to it, and those links are not at fault.

mod event;
mod front_matter;
mod keys;
mod kind;
mod page;
mod publication;
mod references;

pub use event::{Event, Moment};
pub use front_matter::FrontMatter;
pub use keys::PAGE;
pub use kind::Kind;
pub use page::{Origin, Page, Visibility, read};
pub use publication::{Publication, Repository};
pub use references::{Reference, References};
