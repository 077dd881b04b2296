//! How fast an export of an evaluation is read, and in how much memory: `cargo bench --bench exports`.
//!
//! 1. [`survey`] writes the CSV of a form of twelve columns, by default a million rows, the same bytes each time;
//! 2. the answers to one closed question are counted, by a process of its own that opens the file as `forms::open` does: all of
//!    it is read twice, first for its encoding;
//! 3. where there is Python with pandas (`pip install pandas`), `count.py` counts the same column, in turn: pandas reads that
//!    column alone (`usecols`), which is the fastest way it has in one process;
//! 4. all counts have to be the same, or the exit code is 1.
//!
//! ```text
//! cargo bench --bench exports -- [--rows N] [--rounds N] [--dir DIR] [--keep]
//! ```
//! `DIR` is the system's folder for temporary files, if none is named; the file takes 150 MB there for a million rows, and is
//! removed unless `--keep` is said. Each process tells the time between opening the file and having the counts, and the most
//! memory it held (`VmHWM` of `/proc/self/status`; nothing where there is none).

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark is there to print")]

#[path = "../site/folder.rs"]
#[allow(dead_code, reason = "shared with the other benchmark")]
mod folder;
#[path = "../site/measure.rs"]
#[allow(dead_code, reason = "shared with the other benchmark")]
mod measure;
#[allow(dead_code, reason = "shared with the other benchmark")]
mod survey;

use measure::spread;
use mentorpress::forms::{Found, Wanted, open};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

const PANDAS: &str = include_str!("count.py");

/// What was asked for.
struct Options {
    rows: usize,
    rounds: usize,
    folder: PathBuf,
    keep: bool,
}

/// What one process told.
struct Told {
    /// From opening the file to the counts.
    seconds: f64,
    /// In MiB.
    peak: Option<f64>,
    counts: BTreeMap<String, u64>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--count", file] => count(Path::new(file)),
        // `cargo bench` says so; `cargo test --benches` does not, and has no minutes to spare.
        _ if !arguments.iter().any(|argument| argument == "--bench") => {
            println!("a benchmark: cargo bench --bench exports");
            return ExitCode::SUCCESS;
        }
        _ => options(&arguments).and_then(|options| bench(&options)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn options(arguments: &[String]) -> Result<Options, String> {
    let mut base = std::env::temp_dir();
    let (mut rows, mut rounds, mut keep) = (1_000_000, 5, false);
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        let number = |text: &str| {
            let number: Option<usize> = text.parse().ok().filter(|number| *number > 0);
            number.ok_or_else(|| format!("`{text}` is not a number above 0"))
        };
        match argument.as_str() {
            "--bench" => {}
            "--keep" => keep = true,
            "--rows" => rows = number(value()?)?,
            "--rounds" => rounds = number(value()?)?,
            "--dir" => base = PathBuf::from(value()?),
            _ => {
                return Err(format!(
                    "`{argument}` is no option of this benchmark\nusage: cargo bench --bench exports -- [--rows N] [--rounds N] [--dir DIR] [--keep]"
                ));
            }
        }
    }
    let folder = base.join(format!("mentorpress-bench-exports-{}", std::process::id()));
    Ok(Options { rows, rounds, folder, keep })
}

fn bench(options: &Options) -> Result<(), String> {
    let file = options.folder.join("export.csv");
    let written = survey::write(&file, options.rows, |_| false);
    let result = written.and_then(|counts| in_turn(options, &file, &counts[survey::COUNTED]));
    if options.keep {
        println!("\nkept: {}", options.folder.display());
    } else {
        folder::remove(&options.folder)?;
    }
    result
}

fn in_turn(options: &Options, file: &Path, expected: &BTreeMap<String, u64>) -> Result<(), String> {
    let size = std::fs::metadata(file).map_err(folder::at(file))?.len();
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    println!(
        "{} rows of {} columns, {:.0} MB; {processors} processors, {} rounds in turn",
        options.rows,
        survey::HEADERS.len(),
        size as f64 / 1e6,
        options.rounds
    );
    let ours = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut readers: Vec<(&str, Vec<String>)> =
        vec![("Mentorpress", vec![text(&ours), "--count".to_owned(), text(file)])];
    let version = ["python3", "-c", "import pandas; print(pandas.__version__)"].map(str::to_owned);
    match said(&version) {
        Ok(version) => {
            println!("pandas {}, the one column alone (usecols)", version.trim());
            let python = ["python3", "-c", PANDAS, &text(file), survey::COUNTED].map(str::to_owned);
            readers.push(("pandas", python.to_vec()));
        }
        Err(_) => println!("no python3 with pandas here (pip install pandas): nothing to compare with"),
    }
    let mut told: Vec<Vec<Told>> = readers.iter().map(|_| Vec::new()).collect();
    // The first round, in which the system gets the file into its memory, does not count.
    for round in 0..=options.rounds {
        for ((name, command), told) in readers.iter().zip(&mut told) {
            let one = read(&said(command)?).ok_or_else(|| format!("{name} told nothing that can be read"))?;
            if one.counts != *expected {
                return Err(format!("{name} counted {:?}, and there are {expected:?}", one.counts));
            }
            if round > 0 {
                told.push(one);
            }
        }
    }
    print(&readers.iter().map(|(name, _)| *name).collect::<Vec<_>>(), &told);
    Ok(())
}

fn print(names: &[&str], told: &[Vec<Told>]) {
    println!("\n{:<12} {:>24}  {:>24}", "", "seconds", "peak memory, MiB");
    let (least, median, most) = ("min", "median", "max");
    println!("{:<12} {least:>8}{median:>8}{most:>8}  {least:>8}{median:>8}{most:>8}", "");
    let mut medians = Vec::new();
    for (name, told) in names.iter().zip(told) {
        let seconds = spread(told.iter().map(|one| one.seconds));
        let peak = spread(told.iter().filter_map(|one| one.peak));
        let numbers = |values: Option<[f64; 3]>, places: usize| match values {
            Some(values) => values.map(|value| format!("{value:>8.places$}")).concat(),
            None => format!("{:>24}", "-"),
        };
        println!("{name:<12} {}  {}", numbers(seconds, 2), numbers(peak, 0));
        medians.push((seconds.map(|seconds| seconds[1]), peak.map(|peak| peak[1])));
    }
    if let [(ours, our_peak), (theirs, their_peak)] = medians[..] {
        let ratio = |ours: Option<f64>, theirs: Option<f64>| Some(theirs? / ours?);
        for (what, ratio) in [("time", ratio(ours, theirs)), ("peak memory", ratio(our_peak, their_peak))] {
            if let Some(ratio) = ratio {
                println!("{what}: pandas takes {ratio:.1} times as much");
            }
        }
    }
}

/// Runs a command; returns what it prints.
fn said(command: &[String]) -> Result<String, String> {
    let [program, arguments @ ..] = command else { return Err("no command".to_owned()) };
    let output =
        Command::new(program).args(arguments).output().map_err(|error| format!("{program}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{program}: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn read(text: &str) -> Option<Told> {
    let mut lines = text.lines();
    let seconds = lines.next()?.parse().ok()?;
    let peak = lines.next()?.parse::<f64>().ok().map(|kib| kib / 1024.0);
    let counts = lines.map(|line| {
        let (count, option) = line.split_once('\t')?;
        Some((option.to_owned(), count.parse().ok()?))
    });
    Some(Told { seconds, peak, counts: counts.collect::<Option<_>>()? })
}

/// Counts one column of a file, and tells how long it took, at most in how much memory, and the counts.
fn count(file: &Path) -> Result<(), String> {
    let start = Instant::now();
    let mut opened = open(file).map_err(|failure| failure.to_string())?;
    let Found::One(column) = opened.columns.find(survey::COUNTED) else {
        return Err(format!("no column {}", survey::COUNTED));
    };
    let wanted = Wanted::default().answers(column).map_err(|failure| failure.to_string())?;
    let mut rows = opened.answers.rows(&wanted).map_err(|failure| failure.to_string())?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    while let Some(row) = rows.next_row().map_err(|failure| failure.to_string())? {
        let answer = row.cell(column).text();
        match counts.get_mut(&*answer) {
            Some(count) => *count += 1,
            None => drop(counts.insert(answer.into_owned(), 1)),
        }
    }
    println!("{}", start.elapsed().as_secs_f64());
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!("{}", peak.unwrap_or("-").trim().trim_end_matches(" kB"));
    for (option, count) in counts {
        println!("{count}\t{option}");
    }
    Ok(())
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
