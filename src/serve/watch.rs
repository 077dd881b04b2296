//! Folders -> word that something in them may have changed, once it has been quiet for a moment.
//!
//! What has changed is not told, but where to look first: whoever asks reads the folders again and compares. Events of a system are hints: they come
//! late, twice, too many or not at all, and by other names. So folders are watched and not files (editors save by
//! renaming), events that could not be told lead to a look at everything, and folders that are gone are waited for.

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long it has to be quiet: programs save in several steps.
const QUIET: Duration = Duration::from_millis(20);
/// How long somebody who goes on saving is waited for.
const LONGEST: Duration = Duration::from_millis(250);
/// How often folders are looked at that cannot be watched, or are not there.
const POLL: Duration = Duration::from_millis(500);

/// What may have changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// Something at these places, below the folders as they were named.
    At(BTreeSet<PathBuf>),
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
    signals: Receiver<Signal>,
    /// Why the system's events cannot be had, until it has been told.
    trouble: Option<String>,
}

struct Folder {
    path: PathBuf,
    /// Where a link leads; events tell of that.
    real: PathBuf,
    is_watched: bool,
}

#[derive(PartialEq, Eq, Debug)]
enum Signal {
    At(PathBuf),
    /// This may be a watched folder itself.
    Gone(PathBuf),
    Something,
    Anything,
}

impl Watch {
    /// Watches by the system's events, or without.
    pub fn new(by_events: bool) -> Watch {
        let (sender, signals) = channel();
        let hear = move |event: notify::Result<Event>| {
            for signal in signals_of(event) {
                // Nobody listens any more when the program ends.
                drop(sender.send(signal));
            }
        };
        let config = notify::Config::default().with_follow_symlinks(false);
        let (watcher, trouble) = match by_events.then(|| RecommendedWatcher::new(hear, config)) {
            Some(Ok(watcher)) => (Some(watcher), None),
            Some(Err(error)) => (None, Some(format!("the system does not tell what changes: {error}"))),
            None => (None, None),
        };
        Watch { folders: Vec::new(), watcher, signals, trouble }
    }

    /// Watches these folders and no others; one that is not there yet, as soon as it is. Says why, once, if they have to be
    /// looked at again and again although events were wanted.
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
                self.folders.push(Folder { path: path.clone(), real: path.clone(), is_watched: false });
            }
        }
        self.watch_new();
        self.trouble.take()
    }

    /// Waits until something may have changed. `took` is how long the last look at the folders took: without events they
    /// are not looked at more than a fifth of the time.
    pub fn wait(&mut self, took: Duration) -> Change {
        let pace = POLL.max(took * 4);
        let mut change = loop {
            let next = match (&self.watcher, self.folders.iter().all(|folder| folder.is_watched)) {
                (Some(_), true) => self.signals.recv().map_err(|_| RecvTimeoutError::Disconnected),
                _ => self.signals.recv_timeout(pace),
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
                Ok(signal) => change = change.and(self.take(signal)),
                Err(_) => break,
            }
        }
        self.watch_new();
        change
    }

    fn take(&mut self, signal: Signal) -> Change {
        match signal {
            Signal::At(real) => self.at(&real),
            Signal::Gone(real) => {
                let own = self.folders.iter().find(|folder| folder.real == real);
                match own.map(|folder| folder.path.clone()) {
                    Some(path) => {
                        self.unwatch(&path);
                        Change::Something
                    }
                    None => self.at(&real),
                }
            }
            Signal::Something => Change::Something,
            Signal::Anything => Change::Anything,
        }
    }

    /// A place by the name of the folder that it is in.
    fn at(&self, real: &Path) -> Change {
        let place = self.folders.iter().find_map(|folder| {
            let inside = real.strip_prefix(&folder.real).ok()?;
            Some(folder.path.join(inside))
        });
        place.map_or(Change::Something, |place| Change::At(BTreeSet::from([place])))
    }

    fn unwatch(&mut self, path: &Path) {
        for folder in self.folders.iter_mut().filter(|folder| folder.path == path) {
            if let Some(watcher) = &mut self.watcher {
                // What is gone is not watched any more, whatever the system thinks of it.
                drop(watcher.unwatch(&folder.real));
            }
            folder.is_watched = false;
        }
    }

    fn watch_new(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        for folder in self.folders.iter_mut().filter(|folder| !folder.is_watched) {
            let Ok(real) = folder.path.canonicalize() else { continue };
            if !real.is_dir() {
                continue;
            }
            if let Err(error) = watcher.watch(&real, RecursiveMode::Recursive) {
                self.trouble = Some(format!("the system cannot watch {}: {error}", folder.path.display()));
                self.watcher = None;
                return;
            }
            (folder.real, folder.is_watched) = (real, true);
        }
    }
}

impl Change {
    /// Both.
    fn and(self, other: Change) -> Change {
        match (self, other) {
            (Change::Anything, _) | (_, Change::Anything) => Change::Anything,
            (Change::At(mut places), Change::At(more)) => {
                places.extend(more);
                Change::At(places)
            }
            _ => Change::Something,
        }
    }
}

/// What an event tells.
fn signals_of(event: notify::Result<Event>) -> Vec<Signal> {
    let Some(event) = event.ok().filter(|event| !event.need_rescan()) else { return vec![Signal::Anything] };
    match event.kind {
        // Reading is no change, and we read.
        EventKind::Access(_) => Vec::new(),
        _ if event.paths.is_empty() => vec![Signal::Something],
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
            event.paths.into_iter().map(Signal::Gone).collect()
        }
        _ => event.paths.into_iter().map(Signal::At).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, Flag, RemoveKind};

    #[test]
    fn events_that_were_lost_lead_to_a_look_at_everything() {
        assert_eq!(signals_of(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan))), [Signal::Anything]);
        assert_eq!(signals_of(Err(notify::Error::generic("overflow"))), [Signal::Anything]);
        assert_eq!(signals_of(Ok(Event::new(EventKind::Access(AccessKind::Read)))), []);
        let removed = Event::new(EventKind::Remove(RemoveKind::File)).add_path(PathBuf::from("a"));
        assert_eq!(signals_of(Ok(removed)), [Signal::Gone(PathBuf::from("a"))]);
        assert_eq!(signals_of(Ok(Event::new(EventKind::Any))), [Signal::Something]);
        let at = |place: &str| Change::At(BTreeSet::from([PathBuf::from(place)]));
        assert_eq!(at("a").and(at("b")), Change::At(["a", "b"].map(PathBuf::from).into()));
        assert_eq!(at("a").and(Change::Something).and(at("b")), Change::Something);
        assert_eq!(at("a").and(Change::Anything).and(at("b")), Change::Anything);
    }
}
