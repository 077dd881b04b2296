//! How fast a release is made of an export, and in how much memory: `cargo bench --bench protect`.
//!
//! 1. the CSV of a form of twelve columns is written, by default a million rows, the same bytes each time; each tenth row is of
//!    the year before ([`survey`], shared with the benchmark of reading); beside it a site with the survey that it belongs to ([`site`]);
//! 2. `mentorpress protect --dry-run` reads all questions, holds every answer against the survey and every row against the
//!    edition's dates and the numbers of submissions, makes the release, judges it and says what will be public;
//! 3. where there is Python with pandas (`pip install pandas`), `count.py` counts the same rows and questions, in turn;
//! 4. all counts have to be the same, or the exit code is 1.
//!
//! ```text
//! cargo bench --bench protect -- [--rows N] [--rounds N] [--dir DIR] [--python PROGRAM] [--keep]
//! ```
//! `DIR` is the system's folder for temporary files, if none is named; the file takes 150 MB there for a million rows, and is
//! removed unless `--keep` is said. `PROGRAM` is the Python of a virtual environment, say; `python3` if none is named. Time and
//! peak memory are those of whole processes; of pandas it is also told how long it took without its start.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark is there to print")]

#[path = "../site/folder.rs"]
#[allow(dead_code, reason = "shared with the other benchmark")]
mod folder;
#[path = "../site/measure.rs"]
#[allow(dead_code, reason = "shared with the other benchmark")]
mod measure;
mod site;
#[path = "../exports/survey.rs"]
mod survey;

use measure::{Gauge, Run, heard, spread};
use site::Figures;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use survey::Counts;

const PANDAS: &str = include_str!("count.py");

/// What was asked for.
struct Options {
    rows: usize,
    rounds: usize,
    folder: PathBuf,
    python: PathBuf,
    keep: bool,
}

/// The counts, and the seconds that whoever counted told.
type Told = (Figures, Option<f64>);

/// One way to the counts.
struct Reader {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<String>,
    /// What it printed -> what it told.
    read: fn(&str) -> Option<Told>,
    runs: Vec<(Run, Option<f64>)>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo bench` says so; `cargo test --benches` does not, and has no minutes to spare.
    if !arguments.iter().any(|argument| argument == "--bench") {
        println!("a benchmark: cargo bench --bench protect");
        return ExitCode::SUCCESS;
    }
    match options(&arguments).and_then(|options| bench(&options)) {
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
    let mut python = PathBuf::from("python3");
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
            "--python" => python = PathBuf::from(value()?),
            _ => {
                return Err(format!(
                    "`{argument}` is no option of this benchmark\nusage: cargo bench --bench protect -- [--rows N] [--rounds N] [--dir DIR] [--python PROGRAM] [--keep]"
                ));
            }
        }
    }
    let folder = base.join(format!("mentorpress-bench-protect-{}", std::process::id()));
    Ok(Options { rows, rounds, folder, python, keep })
}

fn bench(options: &Options) -> Result<(), String> {
    let result = site::write(&options.folder, options.rows).and_then(|counts| in_turn(options, &counts));
    if options.keep {
        println!("\nkept: {}", options.folder.display());
    } else {
        folder::remove(&options.folder)?;
    }
    result
}

fn in_turn(options: &Options, counts: &Counts) -> Result<(), String> {
    let export = options.folder.join(site::EXPORT);
    let size = std::fs::metadata(&export).map_err(folder::at(&export))?.len();
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    println!(
        "{} rows of {} columns, {:.0} MB, each tenth of another year; {processors} processors, {} rounds in turn",
        options.rows,
        survey::HEADERS.len(),
        size as f64 / 1e6,
        options.rounds
    );
    let gauge = Gauge::find(&options.folder);
    println!("memory: {}", gauge.describe());
    let mut readers = vec![ours(options)];
    match pandas(options, &export)? {
        Some((version, reader)) => {
            println!("pandas {version}: counts of the same rows and questions, and nothing else");
            readers.push(reader);
        }
        None => println!(
            "{} has no pandas (pip install pandas; --python PROGRAM): nothing to compare with",
            options.python.display()
        ),
    }
    let expected = site::figures(counts);
    // The first round, in which the system gets the file into its memory, does not count.
    for round in 0..=options.rounds {
        for reader in &mut readers {
            let arguments: Vec<&str> = reader.arguments.iter().map(String::as_str).collect();
            let (run, said) = heard(&reader.program, &arguments, &gauge)?;
            let (figures, own) = (reader.read)(&said)
                .ok_or_else(|| format!("{} told nothing that can be read", reader.name))?;
            if figures != expected {
                return Err(format!("{} counted {figures:?}, and there are {expected:?}", reader.name));
            }
            if round > 0 {
                reader.runs.push((run, own));
            }
        }
    }
    println!("every count is as it was written, {} of them", expected.len());
    print(&readers);
    Ok(())
}

fn ours(options: &Options) -> Reader {
    let site = options.folder.to_string_lossy().into_owned();
    Reader {
        name: "Mentorpress",
        program: PathBuf::from(env!("CARGO_BIN_EXE_mentorpress")),
        arguments: ["protect", "--dry-run", "--date", "2026-12-01", "--site", &site]
            .map(str::to_owned)
            .to_vec(),
        read: |said| Some((site::told(said)?, None)),
        runs: Vec::new(),
    }
}

/// pandas and its version, where there is one.
fn pandas(options: &Options, export: &Path) -> Result<Option<(String, Reader)>, String> {
    let version = ["-c", "import pandas; print(pandas.__version__)"];
    let Ok((_, version)) = heard(&options.python, &version, &Gauge::None) else { return Ok(None) };
    let script = options.folder.join("count.py");
    folder::write(&script, PANDAS)?;
    let [since, until] = site::COLLECTED;
    let mut arguments =
        [&script.to_string_lossy(), &export.to_string_lossy(), since, until].map(str::to_owned).to_vec();
    arguments.extend(site::questions().map(str::to_owned));
    let reader = Reader {
        name: "pandas",
        program: options.python.clone(),
        arguments,
        read: |said| {
            let (seconds, counts) = said.split_once('\n')?;
            Some((site::counted(counts)?, Some(seconds.parse().ok()?)))
        },
        runs: Vec::new(),
    };
    Ok(Some((version.trim().to_owned(), reader)))
}

fn print(readers: &[Reader]) {
    println!("\n{:<22} {:>24}  {:>24}", "", "seconds", "peak memory, MiB");
    let (least, median, most) = ("min", "median", "max");
    println!("{:<22} {least:>8}{median:>8}{most:>8}  {least:>8}{median:>8}{most:>8}", "");
    let numbers = |values: Option<[f64; 3]>, places: usize| match values {
        Some(values) => values.map(|value| format!("{value:>8.places$}")).concat(),
        None => format!("{:>24}", "-"),
    };
    let mut medians = Vec::new();
    for Reader { name, runs, .. } in readers {
        let seconds = spread(runs.iter().map(|(run, _)| run.wall.as_secs_f64()));
        let peak = spread(runs.iter().filter_map(|(run, _)| run.peak).map(|kib| kib as f64 / 1024.0));
        println!("{name:<22} {}  {}", numbers(seconds, 2), numbers(peak, 0));
        let own = spread(runs.iter().filter_map(|(_, own)| *own));
        if own.is_some() {
            println!("{:<22} {}", "  without its start", numbers(own, 2));
        }
        medians.push([seconds, peak, own].map(|values| values.map(|values| values[1])));
    }
    if let [ours, theirs] = &medians[..] {
        let ratio = |theirs: Option<f64>, ours: Option<f64>| Some(theirs? / ours?);
        for (what, ratio) in [
            ("time", ratio(theirs[0], ours[0])),
            ("time without its start", ratio(theirs[2], ours[0])),
            ("peak memory", ratio(theirs[1], ours[1])),
        ] {
            if let Some(ratio) = ratio {
                println!("{what}: pandas takes {ratio:.1} times as much");
            }
        }
    }
}
