//! The site and its finished pages -> findings: a second look, whatever the stages before believed.

mod actions;
mod exposure;
mod links;
mod office;
mod photos;
mod policies;
mod prose;
mod quotations;
mod strays;
mod words;

pub use actions::actions;
pub use exposure::{Exposure, Sought, exposure};
pub use links::links;
pub use photos::photos;
pub use policies::policies;
pub use prose::prose;
pub use quotations::quotations;
pub use strays::strays;
