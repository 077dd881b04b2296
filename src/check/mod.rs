//! The site and its finished pages -> findings: a second look, whatever the stages before believed.

mod actions;
mod barriers;
mod carried;
mod exposure;
mod links;
mod office;
mod photos;
mod policies;
mod private;
mod prose;
mod quotations;
mod sought;
mod strays;
mod translations;
mod words;

pub use actions::actions;
pub use barriers::{barriers, headings, languages, styles};
pub use carried::{addresses, carried};
pub use exposure::{Exposure, exposure};
pub use links::links;
pub use photos::photos;
pub use policies::{overclaimed, policies, reviews, shown_placeholders};
pub use private::{exports, tracked_files};
pub use prose::prose;
pub use quotations::{Filter, quotations};
pub use sought::Sought;
pub use strays::{strays, theme_strays};
pub use translations::translations;
