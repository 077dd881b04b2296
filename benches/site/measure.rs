//! A command -> its wall time and the most memory it held at once.
//!
//! The standard library does not tell a child's peak memory, and asking the system oneself needs unsafe code. So
//! GNU time runs the command where there is one (the kernel's `ru_maxrss` of the ended process, and what time its
//! threads took together); elsewhere on Linux `VmHWM` of `/proc/<pid>/status`, which only grows, is read every
//! millisecond until the process is gone.

use crate::folder::at;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// One run.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    pub(crate) wall: Duration,
    /// Of all processors together, in seconds.
    pub(crate) work: Option<f64>,
    /// In KiB.
    pub(crate) peak: Option<u64>,
}

/// How peak memory is read.
#[derive(Clone)]
pub(crate) enum Gauge {
    /// GNU time, writing into a file.
    Time { program: PathBuf, into: PathBuf },
    /// `/proc/<pid>/status`.
    Status,
    /// Not at all.
    None,
}

impl Gauge {
    /// The best there is here. `folder` is for what the gauge writes.
    pub(crate) fn find(folder: &Path) -> Gauge {
        let program = PathBuf::from("/usr/bin/time");
        let version = Command::new(&program).arg("--version").output();
        let gnu = version.is_ok_and(|output| {
            [output.stdout, output.stderr].iter().any(|text| String::from_utf8_lossy(text).contains("GNU"))
        });
        if gnu {
            Gauge::Time { program, into: folder.join("peak") }
        } else if Path::new("/proc/self/status").exists() {
            Gauge::Status
        } else {
            Gauge::None
        }
    }

    /// In words.
    pub(crate) fn describe(&self) -> &'static str {
        match self {
            Gauge::Time { .. } => "maximum resident set as GNU time reports it (%M)",
            Gauge::Status => "VmHWM in /proc/<pid>/status, read every millisecond",
            Gauge::None => "not measured: there is neither GNU time nor /proc here",
        }
    }
}

/// Runs a command to its end; anything but exit code 0 is an error with what it said.
pub(crate) fn run(program: &Path, arguments: &[&str], gauge: &Gauge) -> Result<Run, String> {
    heard(program, arguments, gauge).map(|(run, _)| run)
}

/// The same, with what it printed.
pub(crate) fn heard(program: &Path, arguments: &[&str], gauge: &Gauge) -> Result<(Run, String), String> {
    let mut command = match gauge {
        Gauge::Time { program: time, into } => {
            let mut command = Command::new(time);
            command.arg("--format=%M %U %S").arg("--output").arg(into).arg(program);
            command
        }
        Gauge::Status | Gauge::None => Command::new(program),
    };
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let start = Instant::now();
    let child = command.spawn().map_err(at(program))?;
    let (output, mut peak, wall) = match gauge {
        Gauge::Status => {
            let status = PathBuf::from(format!("/proc/{}/status", child.id()));
            let over = AtomicBool::new(false);
            std::thread::scope(|scope| {
                let watch = scope.spawn(|| watch(&status, &over));
                let output = child.wait_with_output();
                let wall = start.elapsed();
                over.store(true, Ordering::Relaxed);
                (output, watch.join().unwrap_or_default(), wall)
            })
        }
        Gauge::Time { .. } | Gauge::None => {
            let output = child.wait_with_output();
            (output, None, start.elapsed())
        }
    };
    let output = output.map_err(at(program))?;
    if !output.status.success() {
        let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
        let said: Vec<&str> = said.iter().flat_map(|text| text.lines()).take(40).collect();
        return Err(format!(
            "{} {} ended with {}:\n{}",
            program.display(),
            arguments.join(" "),
            output.status,
            said.join("\n")
        ));
    }
    let mut work = None;
    if let Gauge::Time { into, .. } = gauge {
        let text = std::fs::read_to_string(into).map_err(at(into))?;
        let mut numbers = text.split_whitespace().map_while(|number| number.parse::<f64>().ok());
        peak = numbers.next().map(|kib| kib as u64);
        work = numbers.next().zip(numbers.next()).map(|(user, system)| user + system);
    }
    Ok((Run { wall, work, peak }, String::from_utf8_lossy(&output.stdout).into_owned()))
}

fn watch(status: &Path, over: &AtomicBool) -> Option<u64> {
    let mut peak = None;
    while !over.load(Ordering::Relaxed) {
        let text = std::fs::read_to_string(status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        peak = peak.max(now);
        std::thread::sleep(Duration::from_millis(1));
    }
    peak
}

/// Least, median and most of some values.
pub(crate) fn spread<T: Copy + PartialOrd>(values: impl Iterator<Item = T>) -> Option<[T; 3]> {
    let mut values: Vec<T> = values.collect();
    values.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    Some([*values.first()?, values[(values.len() - 1) / 2], *values.last()?])
}
