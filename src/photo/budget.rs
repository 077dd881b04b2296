//! The memory that photos being decoded may take at once, whatever the number of threads.

use std::sync::{Condvar, Mutex, PoisonError};

/// Bytes that may be in use at once.
pub(super) struct Budget {
    total: u64,
    free: Mutex<u64>,
    freed: Condvar,
}

/// A part of the budget, given back when dropped.
pub(super) struct Share<'b> {
    budget: &'b Budget,
    bytes: u64,
}

impl Budget {
    pub(super) fn new(total: u64) -> Budget {
        Budget { total, free: Mutex::new(total), freed: Condvar::new() }
    }

    /// Waits until so many bytes are free. Whoever holds a share must not wait for another, nor run other work of the
    /// thread pool meanwhile: both could wait for ever. What is more than the whole budget gets all of it.
    pub(super) fn share(&self, bytes: u64) -> Share<'_> {
        let bytes = bytes.min(self.total);
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free < bytes {
            free = self.freed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= bytes;
        Share { budget: self, bytes }
    }
}

impl Share<'_> {
    /// Adds to a share if so many bytes are free this moment.
    pub(super) fn grow(&mut self, bytes: u64) -> bool {
        let mut free = self.budget.free.lock().unwrap_or_else(PoisonError::into_inner);
        let enough = *free >= bytes;
        if enough {
            *free -= bytes;
            self.bytes += bytes;
        }
        enough
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        *self.budget.free.lock().unwrap_or_else(PoisonError::into_inner) += self.bytes;
        self.budget.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn threads_never_have_more_than_the_whole() {
        let budget = Budget::new(10);
        let (used, most) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for bytes in [3, 4, 5, 99, 2, 7, 10, 1] {
                let (budget, used, most) = (&budget, &used, &most);
                scope.spawn(move || {
                    for _ in 0..50 {
                        let mut share = budget.share(bytes);
                        share.grow(1);
                        let now = used.fetch_add(share.bytes, Ordering::SeqCst) + share.bytes;
                        most.fetch_max(now, Ordering::SeqCst);
                        std::thread::yield_now();
                        used.fetch_sub(share.bytes, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!((7..=10).contains(&most.load(Ordering::SeqCst)), "{most:?}");
    }
}
