//! What the builder and all requests share: the port, what is shown, and which pages are open in a browser.

use super::shown::Shown;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// What all requests share.
pub(super) struct Shared {
    pub(super) port: u16,
    pub(super) shown: watch::Sender<Shown>,
    /// Paths of pages that are open in a browser, with in how many windows.
    open: Mutex<BTreeMap<String, usize>>,
}

impl Shared {
    pub(super) fn new(port: u16) -> Shared {
        Shared { port, shown: watch::Sender::default(), open: Mutex::default() }
    }

    pub(super) fn opened(&self, path: &str) {
        *self.open().entry(path.to_owned()).or_default() += 1;
    }

    pub(super) fn closed(&self, path: &str) {
        let mut open = self.open();
        if let Some(windows) = open.get_mut(path) {
            *windows -= 1;
            if *windows == 0 {
                open.remove(path);
            }
        }
    }

    /// The files, by their paths in the output, of pages that somebody looks at now.
    pub(super) fn looked_at(&self) -> BTreeSet<String> {
        let shown = self.shown.borrow().clone();
        self.open().keys().filter_map(|path| shown.file_path(path)).collect()
    }

    fn open(&self) -> MutexGuard<'_, BTreeMap<String, usize>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
