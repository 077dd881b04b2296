//! Folders -> word that something in them may have changed, once it has been quiet for a moment.
//!
//! What changed is not told: whoever asks reads the folders again and compares. Events of a system are hints: they come
//! late, twice, too many or not at all, and by other names. So folders are watched and not files (editors save by
//! renaming), events that could not be told lead to a look at everything, and folders that are gone are waited for.

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// How long it has to be quiet: programs save in several steps.
const QUIET: Duration = Duration::from_millis(20);
/// How long somebody who goes on saving is waited for.
const LONGEST: Duration = Duration::from_millis(250);
/// How often folders are looked at that cannot be watched, or are not there.
const POLL: Duration = Duration::from_millis(500);

/// What may have changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    /// Something.
    Something,
    /// Anything: events were lost, so that what a file says of its own age is no proof either.
    Anything,
}

/// Watches folders.
pub struct Watch {
    folders: Vec<Folder>,
    /// None where folders are looked at again and again.
    watcher: Option<RecommendedWatcher>,
    sender: Sender<Signal>,
    signals: Receiver<Signal>,
    /// How long the last look took whoever asks.
    pace: Duration,
}

struct Folder {
    path: PathBuf,
    is_watched: bool,
}

enum Signal {
    Change(Change),
    /// A watched folder itself is gone, or another is in its place.
    Gone(PathBuf),
}

impl Watch {
    /// Watches by the system's events, or without.
    pub fn new(by_events: bool) -> Watch {
        let (sender, signals) = channel();
        let events = sender.clone();
        let hear = move |event: notify::Result<Event>| {
            for signal in signals_of(event) {
                // Nobody listens any more when the program ends.
                drop(events.send(signal));
            }
        };
        let config = notify::Config::default().with_follow_symlinks(false);
        let watcher = if by_events { RecommendedWatcher::new(hear, config).ok() } else { None };
        Watch { folders: Vec::new(), watcher, sender, signals, pace: POLL }
    }

    /// Watches these folders and no others; one that is not there yet, as soon as it is. Says why, if they have to be looked
    /// at again and again from now on although events were wanted.
    pub fn folders(&mut self, folders: &[PathBuf]) -> Option<String> {
        let gone: Vec<PathBuf> = self
            .folders
            .iter()
            .filter(|known| !folders.contains(&known.path))
            .map(|it| it.path.clone())
            .collect();
        for path in gone {
            self.unwatch(&path);
            self.folders.retain(|folder| folder.path != path);
        }
        for path in folders {
            if !self.folders.iter().any(|folder| folder.path == *path) {
                self.folders.push(Folder { path: path.clone(), is_watched: false });
            }
        }
        self.watch_new()
    }

    /// Whether events tell of changes.
    pub fn is_by_events(&self) -> bool {
        self.watcher.is_some()
    }

    /// Waits until something may have changed. `took` is how long the last look at the folders took: without events they
    /// are not looked at more than a fifth of the time.
    pub fn wait(&mut self, took: Duration) -> Change {
        self.pace = POLL.max(took * 4);
        let mut change = loop {
            let next = match (&self.watcher, self.folders.iter().all(|folder| folder.is_watched)) {
                (Some(_), true) => self.signals.recv().map_err(|_| RecvTimeoutError::Disconnected),
                _ => self.signals.recv_timeout(self.pace),
            };
            match next {
                Ok(signal) => break self.take(signal),
                Err(_) if self.watcher.is_none() => return Change::Something,
                Err(_) => {
                    let before = self.folders.iter().filter(|folder| folder.is_watched).count();
                    self.watch_new();
                    if self.folders.iter().filter(|folder| folder.is_watched).count() > before {
                        return Change::Anything;
                    }
                }
            }
        };
        let start = Instant::now();
        while start.elapsed() < LONGEST {
            match self.signals.recv_timeout(QUIET) {
                Ok(signal) => {
                    if self.take(signal) == Change::Anything {
                        change = Change::Anything;
                    }
                }
                Err(_) => break,
            }
        }
        self.watch_new();
        change
    }

    /// Whether something may have changed since [`wait`](Watch::wait) returned; it will return at once then.
    pub fn is_pending(&mut self) -> bool {
        match self.signals.try_recv() {
            Ok(signal) => {
                let change = self.take(signal);
                // Said once more, to who waits.
                drop(self.sender.send(Signal::Change(change)));
                true
            }
            Err(_) => false,
        }
    }

    fn take(&mut self, signal: Signal) -> Change {
        match signal {
            Signal::Change(change) => change,
            Signal::Gone(path) => {
                if self.folders.iter().any(|folder| folder.path == path) {
                    self.unwatch(&path);
                }
                Change::Something
            }
        }
    }

    fn unwatch(&mut self, path: &Path) {
        if let Some(watcher) = &mut self.watcher {
            // What is gone is not watched any more, whatever the system thinks of it.
            drop(watcher.unwatch(path));
        }
        for folder in self.folders.iter_mut().filter(|folder| folder.path == path) {
            folder.is_watched = false;
        }
    }

    fn watch_new(&mut self) -> Option<String> {
        let watcher = self.watcher.as_mut()?;
        for folder in self.folders.iter_mut().filter(|folder| !folder.is_watched && folder.path.is_dir()) {
            match watcher.watch(&folder.path, RecursiveMode::Recursive) {
                Ok(()) => folder.is_watched = true,
                Err(error) => {
                    let why = format!("the system cannot watch {}: {error}", folder.path.display());
                    self.watcher = None;
                    return Some(why);
                }
            }
        }
        None
    }
}

/// What an event tells.
fn signals_of(event: notify::Result<Event>) -> Vec<Signal> {
    let Ok(event) = event else { return vec![Signal::Change(Change::Anything)] };
    if event.need_rescan() {
        return vec![Signal::Change(Change::Anything)];
    }
    match event.kind {
        // Reading is no change, and we read.
        EventKind::Access(_) => Vec::new(),
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
            event.paths.into_iter().map(Signal::Gone).collect()
        }
        _ => vec![Signal::Change(Change::Something)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, Flag, RemoveKind};

    #[test]
    fn events_that_were_lost_lead_to_a_look_at_everything() {
        let of = |event: notify::Result<Event>| -> Vec<Change> {
            let change = |signal| match signal {
                Signal::Change(change) => change,
                Signal::Gone(_) => Change::Something,
            };
            signals_of(event).into_iter().map(change).collect()
        };
        assert_eq!(of(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan))), [Change::Anything]);
        assert_eq!(of(Err(notify::Error::generic("overflow"))), [Change::Anything]);
        assert_eq!(of(Ok(Event::new(EventKind::Access(AccessKind::Read)))), []);
        let removed = Event::new(EventKind::Remove(RemoveKind::File)).add_path(PathBuf::from("a"));
        assert_eq!(of(Ok(removed)), [Change::Something]);
        assert_eq!(of(Ok(Event::new(EventKind::Any))), [Change::Something]);
    }
}
