//! The only place where stages meet.
//!
//! ```text
//! Sources -> Project -> Site -> Output -> Receipt
//!            (Page, Profile, Photos, PublishedTable)
//! ```
//!
//! Each is made once and none is changed. Findings of all stages are collected; only what is sound is written. A
//! build that takes down repeats the way from [`Project`] on without what has findings, until what is left is sound.

use crate::check;
use crate::config::{OPEN_FOLDERS, SiteConfig, Vocabulary};
use crate::content::{self, Visibility};
use crate::diagnostic::{Class, Code, Diagnostic, Diagnostics, Severity, unreadable_files};
use crate::directory::{self, Counts, Standing};
use crate::evaluation;
use crate::failure::Failure;
use crate::output::{self, Output, Receipt};
use crate::path::{Base, file_name};
use crate::photo::{Cache, Key, Photos, Wanted};
use crate::render;
use crate::site::{LeftOut, Project, Register, Site, assemble, wordings};
use crate::source::{FileId, Sources, Span};
use crate::theme::{FILES, Theme};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What is wanted.
#[derive(Clone, Debug)]
pub struct Request {
    /// The folder with `content/`.
    pub site: PathBuf,
    /// Where the site goes; nothing is written where there is none (`check`).
    pub out: Option<PathBuf>,
    /// The day the site is built for.
    pub date: Date,
    /// Leave out what has findings, and publish the rest.
    pub takedown: bool,
    /// A review copy with drafts.
    pub drafts: bool,
    /// Another base than `site.yaml`'s.
    pub base_url: Option<String>,
    /// Treat warnings as errors.
    pub deny_warnings: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    /// What was read, for printing places.
    pub sources: Sources,
    /// Findings, in the order of files and places.
    pub found: Diagnostics,
    /// What was left out by a build that takes down, in words.
    pub left_out: Vec<String>,
    /// What writing did; `None` where nothing was to be written, or findings forbade it.
    pub receipt: Option<Receipt>,
    /// Numbers for the summary.
    pub summary: Summary,
    /// Addresses of the old site that should be gone, where this build failed: with the reason.
    pub still_public: Vec<(String, String)>,
    /// How long each stage took.
    pub timings: Vec<(&'static str, Duration)>,
    /// Whether a sound site came out, written or not.
    pub is_sound: bool,
}

/// Numbers for the summary.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Summary {
    /// Pages made by a template.
    pub pages: usize,
    /// All files.
    pub files: usize,
    /// Mentors who are listed.
    pub mentors: usize,
    /// How many people are in which state.
    pub people: Counts,
    /// The next day on which something changes, and what.
    pub next: Option<(Date, Vec<String>)>,
}

impl Outcome {
    /// The exit code: 0 fine, 1 findings, 3 a policy breach.
    pub fn exit_code(&self) -> u8 {
        if self.is_sound {
            return 0;
        }
        let policy = self.found.errors().any(|diagnostic| diagnostic.code.class() == Class::Policy);
        if policy { 3 } else { 1 }
    }
}

/// Measures the stages.
struct Clock {
    last: Instant,
    timings: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn start() -> Clock {
        Clock { last: Instant::now(), timings: Vec::new() }
    }

    fn stage(&mut self, name: &'static str) {
        let now = Instant::now();
        match self.timings.iter_mut().find(|(other, _)| *other == name) {
            Some((_, total)) => *total += now - self.last,
            None => self.timings.push((name, now - self.last)),
        }
        self.last = now;
    }
}

/// Goes the whole way.
///
/// # Errors
/// The machine's trouble; findings are in the [`Outcome`].
pub fn run(request: &Request) -> Result<Outcome, Failure> {
    let mut clock = Clock::start();
    let mut sources = Sources::read(&request.site)?;
    for (path, text) in FILES {
        sources.add_builtin(path, text);
    }
    clock.stage("read");
    let mut typed = Diagnostics::new();
    let mut project = project(request, &mut sources, &mut typed)?;
    clock.stage("type");
    let cache = Cache::open(&request.site, request.out.is_some());
    let mut leaving = LeftOut::default();
    if request.takedown {
        leaving = blamed(&typed, &project, &sources, &leaving);
    }
    project.photos = photos(&project.directory, &leaving, &sources, &cache, &mut typed);
    clock.stage("photos");

    let mut left = LeftOut::default();
    let mut left_found = Diagnostics::new();
    loop {
        let mut found = typed.clone();
        let site = assemble(&project, &sources, &left, &mut found);
        clock.stage("assemble");
        check::prose(&site, &mut found);
        check::quotations(&project, &mut found);
        check::actions(&project, &mut found);
        if !request.takedown {
            // Nobody waits to be taken down until a notice is complete, or a wording is there to read.
            check::policies(&project, &mut found);
            wordings(&site, &sources, &left, &mut found);
        }
        let output = render::render(&site, &sources, &mut found)?;
        clock.stage("render");
        if let Some(output) = &output {
            examine(output, &project, &site.register, &sources, &mut found);
            check::photos(&site, output, &sources, &mut found);
        }
        clock.stage("check");
        found.sort();
        if request.takedown {
            // First what cannot be read as it is: others that speak of it are not at fault.
            let mut more = blamed(&typed, &project, &sources, &left);
            if more.is_empty() {
                more = blamed(&found, &project, &sources, &left);
            }
            if !more.is_empty() {
                drop(site);
                for id in more.people.keys() {
                    project.directory.leave_out(id);
                }
                left.files.extend(more.files);
                left.people.extend(more.people);
                left_found.extend(found.clone());
                continue;
            }
            // What is about somebody or something that is out is told, and keeps nobody waiting.
            let records = Records::of(&project);
            let is_out = |diagnostic: &Diagnostic| {
                diagnostic.code.severity() == Severity::Error
                    && is_left_out(diagnostic, &records, &project, &sources, &left)
            };
            left_found.extend(found.iter().filter(|diagnostic| is_out(diagnostic)).cloned().collect());
            found.retain(|diagnostic| !is_out(diagnostic));
        }
        let denied = request.deny_warnings && !found.is_empty();
        let is_sound = output.is_some() && !found.has_errors() && !denied;
        let summary = summary(&project, output.as_ref());
        // First: whatever becomes of the output folder, what was made of her photo is gone.
        cache.purge(&shown_photos(&site));
        let mut receipt = None;
        let mut still_public = Vec::new();
        if let (Some(out), Some(output), true) = (&request.out, &output, is_sound) {
            receipt = Some(output::write(output, out)?);
        } else if let (Some(out), false) = (&request.out, is_sound) {
            still_public = still_shown(out, &site);
        }
        clock.stage("write");
        let left_out = tell_left_out(&left, &project, &sources);
        drop(site);
        let records = Records::of(&project);
        left_found.retain(|diagnostic| is_left_out(diagnostic, &records, &project, &sources, &left));
        found.extend(left_found);
        found.sort();
        // Nobody need wait until a hundred thousand texts are given back.
        rayon::spawn(move || drop((output, project)));
        return Ok(Outcome {
            sources,
            found,
            left_out,
            receipt,
            summary,
            still_public,
            timings: clock.timings,
            is_sound,
        });
    }
}

/// Sources -> everything typed.
fn project(request: &Request, sources: &mut Sources, found: &mut Diagnostics) -> Result<Project, Failure> {
    let first = sources.iter().next().map(|(id, _)| id);
    let mut site = match SiteConfig::read(sources, found) {
        Some(site) => site,
        None => {
            let first = first.ok_or_else(|| {
                Failure::refused("the site has no files", "write content/site.yaml and content/index.md")
            })?;
            SiteConfig::absent(sources.whole(first))
        }
    };
    if let Some(url) = &request.base_url {
        site.base = Base::read(url).ok_or_else(|| {
            Failure::refused(
                format!("`{url}` is not the address of a site"),
                "write it in full: --base-url https://review.example.org/",
            )
        })?;
    }
    read_people(&site, sources)?;
    found.extend(unreadable_files(sources));
    let theme = Theme::assemble(sources, site.theme.as_ref(), &site.languages, found);
    let vocabulary = Vocabulary::read(sources, found);
    let pages = content::read(sources, &site.languages, request.date, request.drafts, found);
    for language in &site.languages {
        if !pages.iter().any(|page| page.key == "index" && page.language == *language) {
            let first = site.languages.first() == Some(language);
            let name = if first { "index.md".to_owned() } else { format!("index.{language}.md") };
            found.push(
                Diagnostic::new(
                    Code::MissingFile,
                    site.span,
                    format!("the site has no home page in {language}"),
                )
                .help(format!("write content/{name} with a title")),
            );
        }
    }
    let directory = directory::read(sources, &site, &vocabulary, request.date, found);
    let references = content::References::read(sources, found);
    let evaluations = evaluation::read(sources, request.date, found);
    check::strays(sources, &site, found);
    Ok(Project {
        date: request.date,
        drafts: request.drafts,
        site,
        vocabulary,
        theme,
        pages,
        references,
        directory,
        photos: Photos::default(),
        evaluations,
    })
}

/// Reads the people's folder, where it lies outside `content/`.
///
/// # Errors
/// It is not there, or the system refuses; or it leads by a link or from the disk's root to where everything is published.
pub fn read_people(site: &SiteConfig, sources: &mut Sources) -> Result<(), Failure> {
    let Some(folder) = site.mentors_folder.as_ref().map(|folder| &folder.value) else { return Ok(()) };
    if folder.starts_with("content/") {
        return Ok(());
    }
    if let Some(open) = OPEN_FOLDERS.into_iter().find(|open| sources.overlaps(folder, open)) {
        return Err(Failure::refused(
            format!(
                "the folder {folder} of directory.mentors is {open}, or one of the two lies in the other"
            ),
            "name a folder that holds nothing but people's files, or none, and keep them in content/mentors",
        ));
    }
    sources.read_folder(folder)
}

/// Photos that records name -> portraits of the public people among them, but for those who are about to be left out. Of
/// the others it is only learnt which they are, and whether they could be shown.
fn photos(
    directory: &directory::Directory,
    leaving: &LeftOut,
    sources: &Sources,
    cache: &Cache,
    found: &mut Diagnostics,
) -> Photos {
    let mut wanted: BTreeMap<FileId, Wanted> = BTreeMap::new();
    let mut want = |file: Option<FileId>, add: &dyn Fn(&mut Wanted)| {
        let empty = |file| Wanted { file, shown: Vec::new(), kept_back: Vec::new() };
        file.into_iter().for_each(|file| add(wanted.entry(file).or_insert_with(|| empty(file))));
    };
    for (id, photo) in directory.photos() {
        want(photo.file, &|wanted| match leaving.people.contains_key(id) {
            true => wanted.kept_back.push((photo.span, Standing::LeftOut.word())),
            false => wanted.shown.push(photo.span),
        });
    }
    for kept in directory.photos_kept_back() {
        want(kept.photo.file, &|wanted| {
            // Of somebody who is gone, or never shown, nobody has to mend the photo.
            if !matches!(kept.why, Standing::Withdrawn | Standing::NotShown) {
                wanted.kept_back.push((kept.photo.span, kept.why.word()));
            }
        });
    }
    let wanted: Vec<Wanted> = wanted.into_values().collect();
    Photos::read(&wanted, sources, cache, found)
}

/// Which photos the site shows: all others leave the cache.
fn shown_photos(site: &Site) -> BTreeSet<Key> {
    let shown = site.project.directory.photos().filter(|(id, _)| site.portraits.contains_key(id));
    shown.filter_map(|(_, photo)| site.project.photos.key(photo.file?)).collect()
}

/// The checks of the finished site.
fn examine(
    output: &Output,
    project: &Project,
    register: &Register,
    sources: &Sources,
    found: &mut Diagnostics,
) {
    // Links to a page that could not be made are not what is wrong.
    let is_whole =
        |diagnostic: &Diagnostic| !matches!(diagnostic.code, Code::MissingFile | Code::TemplateError);
    if found.iter().all(is_whole) {
        check::links(output, &project.site.base, &project.theme, sources, found);
    }
    let hidden: BTreeSet<FileId> = project
        .pages
        .iter()
        .filter(|page| !register.is_public(&page.address))
        .map(|page| page.file)
        .collect();
    let exposure = check::Exposure {
        output,
        directory: &project.directory,
        base: &project.site.base,
        languages: &project.site.languages,
        sources,
    };
    check::exposure(&exposure, &|file| !hidden.contains(&file), found);
}

/// What a build that takes down leaves out next: pages, people and reports with findings that are still in.
fn blamed(found: &Diagnostics, project: &Project, sources: &Sources, left: &LeftOut) -> LeftOut {
    let mut more = LeftOut::default();
    let records = Records::of(project);
    // Of a file with a second record of somebody's the records were read, although nobody came of them.
    let second = found.errors().filter(|diagnostic| diagnostic.code == Code::DuplicateId);
    let second: BTreeSet<FileId> = second.map(|diagnostic| diagnostic.span.file).collect();
    for diagnostic in found.errors() {
        let related = diagnostic
            .related
            .as_ref()
            .filter(|_| diagnostic.code == Code::DuplicateId)
            .map(|(span, _)| *span);
        for span in std::iter::once(diagnostic.span).chain(related) {
            if left.files.contains(&span.file) {
                continue;
            }
            let path = &sources.file(span.file).path;
            let whole = || records.first(span.file).filter(|_| span == sources.whole(span.file));
            if let Some(id) = records.at(span).or_else(whole) {
                more.people.insert(id.to_owned(), span.file);
            } else if is_people_file(path, project) {
                // Nobody came of the whole file: its name is the id that others may use. Of a record that gave nobody
                // who is public nothing is in.
                let id = file_name(path).trim_end_matches(".yaml");
                let is_read = records.read.contains(&span.file) || second.contains(&span.file);
                if !is_read && !project.directory.has(id) && !left.people.contains_key(id) {
                    more.people.insert(id.to_owned(), span.file);
                }
            } else if can_be_left_out(path, project) {
                more.files.insert(span.file);
            }
        }
    }
    more
}

fn is_people_file(path: &str, project: &Project) -> bool {
    path.starts_with(&directory::folder(&project.site)) && path.ends_with(".yaml")
}

/// Whatever of `content/` and the people's folder can be left out: all but the files that the whole site stands on.
fn can_be_left_out(path: &str, project: &Project) -> bool {
    (path.starts_with("content/") || path.starts_with(&directory::folder(&project.site)))
        && !matches!(path, "content/site.yaml" | "content/vocabulary.yaml")
}

/// Whether a finding is about something that is out: its file was left out, or its record gave nobody who is in, which
/// may be because of the finding or for another reason. That somebody who is out is shown all the same is no such finding.
fn is_left_out(
    diagnostic: &Diagnostic,
    records: &Records,
    project: &Project,
    sources: &Sources,
    left: &LeftOut,
) -> bool {
    let span = diagnostic.span;
    let is_of_nobody = || {
        diagnostic.code != Code::WithheldInOutput
            && is_people_file(&sources.file(span.file).path, project)
            && records.at(span).is_none()
    };
    left.files.contains(&span.file) || is_of_nobody()
}

/// Where the records of public people are, to know whose a finding is among ten thousand.
struct Records<'p> {
    /// In the order of places; records do not overlap.
    public: Vec<(Span, &'p str)>,
    /// Files of which anybody came, public or not.
    read: BTreeSet<FileId>,
}

impl<'p> Records<'p> {
    fn of(project: &'p Project) -> Records<'p> {
        let directory = &project.directory;
        let mut public: Vec<(Span, &str)> =
            directory.people.values().map(|profile| (profile.span(), profile.id())).collect();
        public.sort_unstable();
        let withheld = directory.withheld.values().map(|withheld| withheld.span.file);
        let read = public.iter().map(|(span, _)| span.file).chain(withheld).collect();
        Records { public, read }
    }

    /// Whose record a place lies in.
    fn at(&self, place: Span) -> Option<&'p str> {
        let after =
            self.public.partition_point(|(span, _)| (span.file, span.start) <= (place.file, place.start));
        let (span, id) = self.public.get(after.checked_sub(1)?)?;
        span.contains(place).then_some(*id)
    }

    /// The first in a file.
    fn first(&self, file: FileId) -> Option<&'p str> {
        let at = self.public.partition_point(|(span, _)| span.file < file);
        self.public.get(at).filter(|(span, _)| span.file == file).map(|(_, id)| *id)
    }
}

fn tell_left_out(left: &LeftOut, project: &Project, sources: &Sources) -> Vec<String> {
    let mut told: Vec<String> = left.files.iter().map(|file| sources.file(*file).path.clone()).collect();
    for (id, file) in &left.people {
        let record = project.directory.withheld.get(id).map(|withheld| sources.place(withheld.span));
        told.push(format!("{id} ({})", record.unwrap_or_else(|| sources.file(*file).path.clone())));
    }
    told.sort();
    told
}

/// Addresses of the site that stands which this build would not make any more, although it could not be written.
fn still_shown(out: &Path, site: &Site) -> Vec<(String, String)> {
    let register = &site.register;
    let mut shown: BTreeMap<String, String> = BTreeMap::new();
    for (address, why) in register.not_public() {
        if out.join(address.output_path()).is_file() {
            shown.insert(address.to_string(), why.to_owned());
        }
    }
    for entry in std::fs::read_dir(out.join("mentors")).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let address = crate::path::Address::page(["mentors", &name]);
        let is_profile = entry.path().join("index.html").is_file();
        if is_profile && !register.is_public(&address) && !shown.contains_key(address.as_str()) {
            shown.insert(address.to_string(), "no longer in the directory".to_owned());
        }
    }
    let portraits: BTreeSet<String> =
        site.portraits.values().flat_map(|squares| squares.addresses()).map(|at| at.to_string()).collect();
    for entry in std::fs::read_dir(out.join("photos")).into_iter().flatten().flatten() {
        let address = format!("/photos/{}", entry.file_name().to_string_lossy());
        if address.ends_with(".jpg") && !portraits.contains(&address) {
            shown.insert(address, "a photo that is not shown any more".to_owned());
        }
    }
    shown.into_iter().collect()
}

fn summary(project: &Project, output: Option<&Output>) -> Summary {
    let mut changes: BTreeMap<Date, Vec<String>> = BTreeMap::new();
    if let Some((date, people)) = &project.directory.next {
        changes.insert(*date, directory::tell_changes(people));
    }
    for page in &project.pages {
        let title = &page.front.title.value;
        match page.visibility {
            Visibility::NotYet(date) => {
                changes.entry(date).or_default().push(format!("\"{title}\" is published"));
            }
            Visibility::Public => {
                if let Some(date) = page.front.expires.filter(|date| *date > project.date) {
                    changes.entry(date).or_default().push(format!("\"{title}\" is taken down"));
                }
            }
            Visibility::Draft | Visibility::Expired(_) => {}
        }
    }
    for (survey, evaluation) in project.evaluations.iter() {
        for (edition, known) in &evaluation.editions {
            for date in &known.coming {
                changes
                    .entry(*date)
                    .or_default()
                    .push(format!("a correction of {survey} {edition} takes effect"));
            }
        }
    }
    Summary {
        pages: output.map_or(0, Output::pages),
        files: output.map_or(0, Output::len),
        mentors: project.directory.mentors().count(),
        people: project.directory.counts(project.date),
        next: changes.into_iter().find(|(date, what)| *date > project.date && !what.is_empty()),
    }
}
