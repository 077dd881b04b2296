//! What the committee does to people's files: an order -> changed files -> what came of it.

mod git;
mod import;
mod private;

pub use import::{Done, Draft, Import, draft, import};
pub use private::{Fields, Private};
