//! How fast portraits are made, and in how much memory: `cargo bench --bench photos`.
//!
//! 1. 300 photos of 12 megapixels, about 2 MB each, are drawn for 300 sample mentors in a folder of its own;
//! 2. their site is built twice: first every portrait is made, then all are taken from the cache;
//! 3. so is a site with four pictures of 40 megapixels: two JPEGs, a PNG, and a PNG with 16 bits a channel.
//!
//! Targets, on two cores: 60 s, then 1 s; never more than 300 MiB. A missed one is said and fails nothing, since machines
//! differ. `cargo bench --bench photos -- --dir DIR` draws in another folder than the system's for temporary files; it
//! takes 1 GB there, and is removed again.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark is there to print")]

#[path = "site/folder.rs"]
#[allow(dead_code, reason = "shared with the other benchmark")]
mod folder;
#[path = "site/measure.rs"]
#[allow(dead_code, reason = "shared with the other benchmark")]
mod measure;
#[path = "../tests/photos/pictures.rs"]
mod pictures;

use folder::write;
use image::{ExtendedColorType, RgbImage};
use measure::{Gauge, run};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const PHOTOS: usize = 300;
/// So many are drawn; the others differ from one of them by a comment.
const DRAWN: usize = 10;

fn main() -> ExitCode {
    // `cargo bench` says so; `cargo test --benches` does not, and has no minutes to spare.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if !arguments.iter().any(|argument| argument == "--bench") {
        println!("a benchmark: cargo bench --bench photos");
        return ExitCode::SUCCESS;
    }
    let dir = arguments.iter().position(|argument| argument == "--dir").and_then(|at| arguments.get(at + 1));
    let base = dir.map_or_else(std::env::temp_dir, PathBuf::from);
    let root = base.join(format!("mentorpress-photos-{}", std::process::id()));
    let result = bench(&root);
    if let Err(message) = folder::remove(&root) {
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

fn bench(root: &Path) -> Result<(), String> {
    std::fs::create_dir_all(root).map_err(folder::at(root))?;
    let gauge = Gauge::find(root);
    println!("memory: {}", gauge.describe());
    let many = root.join("many");
    draw_many(&many)?;
    println!("\n{PHOTOS} photos of 12 megapixels");
    build(&many, "first build", 60.0, &gauge)?;
    for _ in 0..3 {
        build(&many, "next build", 1.0, &gauge)?;
    }
    folder::remove(&many)?;
    let large = root.join("large");
    draw_large(&large)?;
    println!("\nfour photos of 40 megapixels");
    build(&large, "first build", 60.0, &gauge)?;
    build(&large, "next build", 1.0, &gauge)
}

fn build(site: &Path, what: &str, seconds: f64, gauge: &Gauge) -> Result<(), String> {
    let program = Path::new(env!("CARGO_BIN_EXE_mentorpress"));
    let run = run(program, &["build", "--date", "2026-11-21", "--site", &site.to_string_lossy()], gauge)?;
    let wall = run.wall.as_secs_f64();
    let mib = run.peak.map(|kib| kib as f64 / 1024.0);
    let memory = mib.map_or_else(|| "memory not measured".to_owned(), |mib| format!("{mib:.0} MiB"));
    let missed = if wall > seconds || mib.is_some_and(|mib| mib > 300.0) { "  above the target" } else { "" };
    let work = run.work.map_or_else(String::new, |work| format!("   {work:.2} s of work"));
    println!("  {what:<12} {wall:6.2} s{work}   {memory}{missed}");
    Ok(())
}

/// A site with a mentor for each name of a photo file.
fn site(root: &Path, files: impl Iterator<Item = String>) -> Result<(), String> {
    let content = root.join("content");
    write(
        &content.join("site.yaml"),
        "title: Samples\nbase_url: https://example.org/\nlanguages: [en]\norganisation: A university\n\
         contact: {email: scheme@example.org}\n",
    )?;
    write(&content.join("index.md"), "---\ntitle: Home\n---\n\nWelcome.\n")?;
    write(&content.join("vocabulary.yaml"), "institutions: {leeds: Leeds}\nstages: {lecturer: Lecturer}\n")?;
    for (number, file) in files.enumerate() {
        let record = format!(
            "name: Dr Sample Number{number}\npost: Lecturer\ninstitution: leeds\nstage: lecturer\nroles: [mentor]\n\
             capacity: 2\nstatus: listed\nconsent: {{profile: {{given: 2026-01-10}}, photo: {{given: 2026-01-10}}}}\n\
             review_by: 2027-01-10\nphoto: {{file: {file}}}\n"
        );
        write(&content.join(format!("mentors/p{number}.yaml")), &record)?;
    }
    std::fs::create_dir_all(content.join("mentors/photos")).map_err(folder::at(&content))
}

fn draw_many(root: &Path) -> Result<(), String> {
    site(root, (0..PHOTOS).map(|number| format!("p{number}.jpg")))?;
    let photos = root.join("content/mentors/photos");
    let drawn: Vec<Vec<u8>> = (0..DRAWN as u32)
        .into_par_iter()
        .map(|seed| pictures::jpeg(&grained(pictures::drawing(4000, 3000, seed))))
        .collect();
    println!("drawn: {:.1} MB each", drawn.iter().map(Vec::len).sum::<usize>() as f64 / DRAWN as f64 / 1e6);
    (0..PHOTOS).into_par_iter().try_for_each(|number| {
        let comment = (0xFE, number.to_string().into_bytes());
        let path = photos.join(format!("p{number}.jpg"));
        std::fs::write(&path, pictures::with_segments(&drawn[number % DRAWN], &[comment]))
            .map_err(folder::at(&path))
    })
}

/// The grain of a sensor, without which a drawing packs far smaller than a photo.
fn grained(mut picture: RgbImage) -> RgbImage {
    let mut state = 0x9E37_79B9_u32;
    for channel in picture.iter_mut() {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *channel = channel.saturating_add((state >> 29) as u8);
    }
    picture
}

fn draw_large(root: &Path) -> Result<(), String> {
    let files = ["a.jpg", "b.jpg", "c.png", "d.png"];
    site(root, files.iter().map(|file| (*file).to_owned()))?;
    let photos = root.join("content/mentors/photos");
    let keep = |file: &str, bytes: Vec<u8>| {
        let path = photos.join(file);
        std::fs::write(&path, bytes).map_err(folder::at(&path))
    };
    keep("a.jpg", pictures::jpeg(&pictures::drawing(8000, 5000, 1)))?;
    keep("b.jpg", pictures::jpeg(&pictures::drawing(5000, 8000, 2)))?;
    keep("c.png", pictures::png(&pictures::drawing(8000, 5000, 3)))?;
    let deep: Vec<u8> =
        (0..8000 * 5000 * 4).flat_map(|at: u32| ((at % 8000 * 8) as u16 | 0x8000).to_ne_bytes()).collect();
    keep("d.png", pictures::raw_png(&deep, (8000, 5000), ExtendedColorType::Rgba16))
}
