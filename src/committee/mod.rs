//! What the committee does to people's files: an order -> changed files -> what came of it.
//!
//! `scheme` finds every `record` in its file; `list`, `set`, `confirm`, `withdraw` and `export` each carry out one order.
//! `assignment` is what a change says; `photo` knows a photo again, and whose it is; `search` looks at the output folder as it
//! lies on the disk, `mentions` at the sources, `remains` at what no program can undo. `import` takes registrations from the
//! export of a form. `private` is the only door to `private/`; `published` keeps there what was ever on the web.

mod assignment;
mod confirm;
mod export;
mod import;
mod items;
mod list;
mod mentions;
mod photo;
mod private;
mod published;
mod record;
mod remains;
mod scheme;
mod search;
mod set;
mod withdraw;

pub use assignment::Assignment;
pub use confirm::{Confirmation, Confirmed, confirm};
pub use export::{Export, Exported, export};
pub use import::{Done, Draft, Import, REGISTRATION, draft, import};
pub use list::{List, Older, Row, Wanted, list};
pub use mentions::{Mentions, Place, mentions};
pub use photo::{Fate, Sharer};
pub use private::{Fields, Private};
pub use published::{published, remember_published};
pub use record::Record;
pub use remains::{History, Remains};
pub use scheme::Scheme;
pub use search::{Searched, Traces, What};
pub use set::{Change, Changes, Edited, Order, set};
pub use withdraw::{Kept, Withdrawal, Withdrawn, withdraw};
