//! What each template may see (`docs/themes.md`), by kind of page. Numbers of an evaluation come as
//! [`Words`](crate::evaluation::Words), which only a judged release can make.

mod body;
mod directory;
mod frame;
mod report;
mod text;

pub(super) use body::*;
pub(super) use directory::*;
pub(super) use frame::*;
pub(super) use report::*;
pub(super) use text::*;
