//! What may be published: the policy, and the judge that holds a release against it.

mod judge;
mod policy;

pub(super) use judge::{Cell, Judged, JudgedAnswer, Row, judge, row_name, rows, wave_names};
pub(super) use policy::read;
pub use policy::{Policy, PolicyName};
