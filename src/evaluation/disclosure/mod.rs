//! What may be published: the policy, and the judge that holds a release against it.
//!
//! `policy` reads the rules, `row` names what a question can show. `judge` walks the release: `edition` holds it against
//! what its edition asked, `respondents` finds the bases, `answers` what is given and `due` what is forgotten, `themes`
//! those of its free texts, each on its base (`theme_bases`); `totals` holds numbers against each other, `everyone` a total
//! against its groups, `rules` and
//! `sector` against the policy.

mod answers;
mod due;
mod edition;
mod everyone;
mod follow_ups;
mod judge;
mod policy;
mod respondents;
mod row;
mod rules;
mod sector;
mod theme_bases;
mod themes;
mod totals;

pub(super) use judge::{Judged, JudgedAnswer, judge};
pub(super) use policy::TOTALS;
pub(super) use policy::read;
pub use policy::{Attribute, Exception, Policy, PolicyName};
pub(super) use row::{Cell, Row, row_name, rows, wave_names};
pub use sector::rounded;
