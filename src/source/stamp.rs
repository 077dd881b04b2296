//! What the system says of a file -> whether it has been written since, without reading it.

use std::fs::Metadata;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// Which text of a file this is: no two texts of a run have the same.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Version(u64);

impl Version {
    /// One that no text has.
    pub(super) fn new() -> Version {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Version(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// A file that was written so shortly before it was read may be written again without looking any older: some disks tell the
/// time by two seconds, and drives of other machines have clocks of their own.
const UNSETTLED: Duration = Duration::from_secs(5);

/// What the system says of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// When anything about it was changed, which no program can set back; and which file it is.
    identity: (i64, i64, u64),
    is_settled: bool,
}

impl Stamp {
    pub(super) fn of(meta: &Metadata) -> Stamp {
        let modified = meta.modified().ok();
        let age = modified.and_then(|modified| SystemTime::now().duration_since(modified).ok());
        let is_settled = age.is_some_and(|age| age > UNSETTLED);
        Stamp { length: meta.len(), modified, identity: identity(meta), is_settled }
    }

    /// Whether a file with this stamp was the same when it was read under another, as far as can be told without reading.
    pub(super) fn seems(&self, before: &Stamp) -> bool {
        (self.length, self.modified, self.identity) == (before.length, before.modified, before.identity)
    }

    /// Whether it would look older if it had been written after it was read.
    pub(super) fn is_settled(&self) -> bool {
        self.is_settled
    }
}

#[cfg(unix)]
fn identity(meta: &Metadata) -> (i64, i64, u64) {
    use std::os::unix::fs::MetadataExt;
    (meta.ctime(), meta.ctime_nsec(), meta.ino())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (i64, i64, u64) {
    (0, 0, 0)
}
