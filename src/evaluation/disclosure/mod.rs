//! What may be published: the policy, and the judge that holds a release against it.
//!
//! `judge` walks the release, `themes` those of its free texts, `edition` what its edition asked; `totals` holds numbers against each other, `rules`
//! against the policy.

mod edition;
mod judge;
mod policy;
mod rules;
mod themes;
mod totals;

pub(super) use judge::{Cell, Judged, JudgedAnswer, Row, judge, row_name, rows, wave_names};
pub(super) use policy::read;
pub use policy::{Exception, Policy, PolicyName};
