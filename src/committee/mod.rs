//! What the committee does to people's files: an order -> changed files -> what came of it.

mod git;
mod private;

pub use private::{Fields, Private};
