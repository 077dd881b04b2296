//! How far long files have been read -> one line of the terminal, written over again and again; nothing where there is no terminal.
//!
//! Nothing is shown before a second has passed, so that whoever reads short files sees no flicker. A thread of its own keeps time: a
//! file is also looked at as a whole before its first row comes.

use super::report::complain;
use crate::protect::Progress;
use std::io::{IsTerminal, stderr};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long nothing is said.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a line stands at least.
const PAUSE: Duration = Duration::from_millis(200);
/// Back to the first column, and nothing behind it.
const CLEARED: &str = "\r\u{1b}[K";
/// The most characters of a file's name: a line that breaks could not be written over.
const LONGEST_NAME: usize = 40;

/// The line, as long as it is there; where it is dropped the terminal is as it was.
pub(super) struct Line(Option<(Arc<Shared>, JoinHandle<()>)>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    is_over: Condvar,
}

#[derive(Default)]
struct State {
    text: String,
    is_over: bool,
}

impl Line {
    /// A line on standard error; none where that is no terminal.
    pub(super) fn new() -> Line {
        if !stderr().is_terminal() {
            return Line(None);
        }
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        Line(Some((shared, std::thread::spawn(move || own.show()))))
    }

    /// Says how far it is.
    pub(super) fn tell(&self, progress: Progress) {
        if let Some((shared, _)) = &self.0 {
            shared.state.lock().unwrap_or_else(PoisonError::into_inner).text = words(progress);
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some((shared, clock)) = self.0.take() {
            shared.state.lock().unwrap_or_else(PoisonError::into_inner).is_over = true;
            shared.is_over.notify_all();
            drop(clock.join());
        }
    }
}

impl Shared {
    /// Writes the line again and again until it is over.
    fn show(&self) {
        let begun = Instant::now();
        let mut is_there = false;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while !state.is_over {
            if begun.elapsed() >= PATIENCE && !state.text.is_empty() {
                complain(&format!("{CLEARED}{}", state.text));
                is_there = true;
            }
            state = self.is_over.wait_timeout(state, PAUSE).unwrap_or_else(PoisonError::into_inner).0;
        }
        if is_there {
            complain(CLEARED);
        }
    }
}

/// `mentees.csv: 1,240,000 rows read, 43 %`
fn words(Progress { file, rows, bytes }: Progress) -> String {
    let mut name: String = file.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    if name.len() < file.len() {
        name.push('…');
    }
    if rows == 0 {
        return format!("{name}: looked at as a whole");
    }
    let share = bytes.filter(|(_, whole)| *whole > 0).map(|(read, whole)| {
        let share = u128::from(read) * 100 / u128::from(whole);
        format!(", {} %", share.min(100))
    });
    format!("{name}: {} rows read{}", grouped(rows), share.unwrap_or_default())
}

/// `1,240,000`
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Progress, words};

    #[test]
    fn a_line_names_the_file_its_rows_and_the_share_that_is_read() {
        let of = |rows, bytes| words(Progress { file: "mentees.csv", rows, bytes });
        assert_eq!(of(0, Some((0, 10))), "mentees.csv: looked at as a whole");
        assert_eq!(of(1024, None), "mentees.csv: 1,024 rows read");
        assert_eq!(of(1_240_000, Some((43, 99))), "mentees.csv: 1,240,000 rows read, 43 %");
        // A file that grows meanwhile is refused at its end, and not called more than whole before.
        assert_eq!(of(999, Some((u64::MAX, 7))), "mentees.csv: 999 rows read, 100 %");
        let name = "é".repeat(70);
        assert_eq!(words(Progress { file: &name, rows: 1, bytes: None }).chars().count(), 41 + 13);
    }
}
