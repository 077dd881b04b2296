//! The finished site -> findings: a second look at the final bytes, whatever the stages before believed.

mod exposure;
mod links;

pub use exposure::{Exposure, exposure};
pub use links::links;
