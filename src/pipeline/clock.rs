//! Stages that end -> how long each took.

use std::time::{Duration, Instant};

/// Measures the stages.
pub(super) struct Clock {
    last: Instant,
    pub(super) timings: Vec<(&'static str, Duration)>,
}

impl Clock {
    pub(super) fn start() -> Clock {
        Clock { last: Instant::now(), timings: Vec::new() }
    }

    pub(super) fn stage(&mut self, name: &'static str) {
        let now = Instant::now();
        match self.timings.iter_mut().find(|(other, _)| *other == name) {
            Some((_, total)) => *total += now - self.last,
            None => self.timings.push((name, now - self.last)),
        }
        self.last = now;
    }
}
