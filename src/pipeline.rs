//! The only place where stages meet.
//!
//! ```text
//! Sources -> Project -> Site -> Output -> Receipt
//!            (Page, Profile, Photos, PublishedTable)
//! ```
//!
//! Each is made once and none is changed. Findings of all stages are collected; only what is sound is written. A
//! build that takes down repeats the way from [`Project`] on without what has findings, until what is left is sound.

mod clock;
mod preview;
mod still_public;
mod summary;
mod takedown;

pub use preview::{Built, Changed, Workshop};
pub use summary::Summary;

use crate::check;
use crate::config::{Host, OPEN_FOLDERS, SiteConfig, Vocabulary};
use crate::content;
use crate::diagnostic::{Class, Code, Diagnostic, Diagnostics, unreadable_files};
use crate::directory::{self, Standing};
use crate::evaluation;
use crate::failure::Failure;
use crate::output::{self, Output, Receipt};
use crate::path::Base;
use crate::photo::{Cache, Key, Photos, Wanted};
use crate::render;
use crate::site::{LeftOut, Project, Register, Site, assemble, wordings};
use crate::source::{FileId, Sources};
use crate::theme::{FILES, Theme};
use clock::Clock;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;
use takedown::Takedown;

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
    /// Put compressed files beside texts, whether or not site.yaml says so.
    pub compress: bool,
    /// Hand the finished site over, to be compared with what a host serves, packed, or looked through.
    pub keep: bool,
}

impl Request {
    /// The site as it is on a day, and nothing written.
    pub fn look(site: PathBuf, date: Date) -> Request {
        Request {
            site,
            out: None,
            date,
            takedown: false,
            drafts: false,
            base_url: None,
            deny_warnings: false,
            compress: false,
            keep: false,
        }
    }
}

/// A sound site as it was made.
#[derive(Debug)]
pub struct Finished {
    /// Every file.
    pub output: Output,
    /// What a host has to know of it.
    pub rules: render::Rules,
    /// The hosts that it has files for.
    pub hosts: Vec<Host>,
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
    /// The site itself, where it is sound and was asked for.
    pub finished: Option<Finished>,
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

/// Goes the whole way.
///
/// # Errors
/// The machine's trouble; findings are in the [`Outcome`].
pub fn run(request: &Request) -> Result<Outcome, Failure> {
    run_and(request, &mut |_| Ok(()))
}

/// The same; `before` is told of a sound site before it takes the place of the old one, and if it fails the old one stands.
///
/// # Errors
/// The machine's trouble, and that of `before`.
pub fn run_and(
    request: &Request,
    before: &mut dyn FnMut(&Output) -> Result<(), Failure>,
) -> Result<Outcome, Failure> {
    let clock = Clock::start();
    let sources = Sources::read(&request.site)?;
    let Made { mut outcome, output, project, rules } = build(request, sources, None, before, clock)?;
    // Nobody need wait until a hundred thousand texts are given back.
    match (rules, output) {
        (Some(rules), Some(output)) => {
            let hosts = project.site.hosting.hosts.iter().map(|host| host.value).collect();
            outcome.finished = Some(Finished { output, rules, hosts });
            rayon::spawn(move || drop(project));
        }
        (_, output) => rayon::spawn(move || drop((output, project))),
    }
    Ok(outcome)
}

/// What is kept from one build of a preview to the next, and who wants to see pages before the rest is ready.
struct Kept<'k> {
    people: &'k mut directory::Known,
    photos: &'k mut preview::KnownPhotos,
    ahead: &'k mut dyn FnMut(&Project, &Sources, &Diagnostics),
}

/// What came of a build, the site where one could be made, and what it was made of.
struct Made {
    outcome: Outcome,
    output: Option<Output>,
    project: Project,
    /// Where the request keeps a sound site.
    rules: Option<render::Rules>,
}

/// Sources -> what came of them.
fn build(
    request: &Request,
    mut sources: Sources,
    mut kept: Option<Kept>,
    before: &mut dyn FnMut(&Output) -> Result<(), Failure>,
    mut clock: Clock,
) -> Result<Made, Failure> {
    for (path, text) in FILES {
        sources.add_builtin(path, text);
    }
    clock.stage("read");
    let mut typed = Diagnostics::new();
    let people = kept.as_mut().map(|kept| &mut *kept.people);
    let mut project = project(request, &mut sources, people, &mut typed)?;
    clock.stage("type");
    let cache = Cache::open(&request.site, request.out.is_some() || kept.is_some());
    let mut takedown = Takedown::default();
    let leaving = match request.takedown {
        true => takedown.blamed(&typed, &project, &sources),
        false => LeftOut::default(),
    };
    let wanted = photos_wanted(&project.directory, &leaving);
    project.photos = match &mut kept {
        Some(kept) => kept.photos.read(wanted, &sources, &cache, &mut typed),
        None => Photos::read(&wanted, &sources, &cache, &mut typed),
    };
    clock.stage("photos");
    if let Some(kept) = &mut kept {
        (kept.ahead)(&project, &sources, &typed);
        clock.stage("ahead");
    }

    loop {
        let mut found = typed.clone();
        let site = assemble(&project, &sources, &takedown.left, &mut found);
        clock.stage("assemble");
        check::prose(&site, &mut found);
        check::quotations(&project, &mut found);
        check::actions(&project, &mut found);
        check::headings(&project, &mut found);
        check::languages(&project, &mut found);
        check::styles(&project, &sources, &mut found);
        check::exports(&sources, &mut found);
        if !request.takedown {
            if kept.is_none() {
                check::tracked_files(&request.site, project.site.span, &mut found);
            }
            // Nobody waits to be taken down until a notice is complete, or a wording is there to read.
            check::theme_strays(&project, &sources, &mut found);
            check::translations(&project, &sources, &mut found);
            check::policies(&site, &sources, &mut found);
            wordings(&site, &sources, &takedown.left, &mut found);
        }
        let mut output = render::render(&site, &sources, &mut found)?;
        clock.stage("render");
        if let Some(output) = &output {
            examine(output, &project, &site.register, &sources, &mut found);
            check::barriers(output, &project, &sources, &mut found);
            check::carried(output, &project, &mut found);
            check::addresses(output, &project, &sources, &mut found);
            check::photos(&site, output, &sources, &mut found);
            if !request.takedown {
                check::overclaimed(&project, &mut found);
            }
        }
        clock.stage("check");
        found.sort();
        if request.takedown {
            if let Some(more) = takedown.next(&typed, &found, &project, &sources) {
                drop(site);
                for id in more.people.keys() {
                    project.directory.leave_out(id);
                }
                takedown.leave_out(more, found);
                continue;
            }
            takedown.set_aside(&mut found, &project, &sources);
            check::shown_placeholders(&site, &sources, &mut found);
        }
        let denied = request.deny_warnings && !found.is_empty();
        let is_sound = output.is_some() && !found.has_errors() && !denied;
        if let (Some(output), true) =
            (&mut output, is_sound && kept.is_none() && (request.compress || project.site.hosting.compress))
        {
            output.compress()?;
            clock.stage("compress");
        }
        let summary = Summary::of(&project, output.as_ref());
        // First: whatever becomes of the output folder, what was made of her photo is gone.
        cache.purge(&shown_photos(&site));
        let mut receipt = None;
        let mut still_public = Vec::new();
        if let (Some(out), Some(output), true) = (&request.out, &output, is_sound) {
            before(output)?;
            receipt = Some(output::write(output, out)?);
        } else if let (Some(out), false) = (&request.out, is_sound) {
            still_public = still_public::find(out, &site);
        }
        clock.stage("write");
        let rules = (request.keep && is_sound).then(|| render::Rules::of(&site));
        drop(site);
        let left_out = takedown.told(&project, &sources);
        found.extend(takedown.into_findings(&project, &sources));
        found.sort();
        let timings = clock.timings;
        let outcome = Outcome {
            sources,
            found,
            left_out,
            receipt,
            summary,
            still_public,
            timings,
            is_sound,
            finished: None,
        };
        return Ok(Made { outcome, output, project, rules });
    }
}

/// Sources -> everything typed.
///
/// # Errors
/// The people's folder cannot be read, there is nothing to read, or another base was asked for that is none.
pub fn type_all(
    request: &Request,
    sources: &mut Sources,
    found: &mut Diagnostics,
) -> Result<Project, Failure> {
    for (path, text) in FILES {
        sources.add_builtin(path, text);
    }
    project(request, sources, None, found)
}

fn project(
    request: &Request,
    sources: &mut Sources,
    people: Option<&mut directory::Known>,
    found: &mut Diagnostics,
) -> Result<Project, Failure> {
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
        let base = Base::read(url).ok_or_else(|| {
            Failure::refused(
                format!("`{url}` is not the address of a site"),
                "write it in full: --base-url https://review.example.org/",
            )
        })?;
        site.base = base.with_links(site.hosting.links);
    }
    read_people(&site, sources)?;
    found.extend(unreadable_files(sources));
    let theme = Theme::assemble(sources, site.theme.as_ref(), &site.languages, found);
    let vocabulary = Vocabulary::read(sources, found);
    let drafts = request.drafts || site.draft;
    let pages = content::read(sources, &site.languages, request.date, drafts, found);
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
    let directory = directory::read_again(sources, &site, &vocabulary, request.date, people, found);
    let references = content::References::read(sources, found);
    let evaluations = evaluation::read(sources, request.date, found);
    check::strays(sources, &site, found);
    Ok(Project {
        date: request.date,
        drafts,
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

/// Photos that records name, for portraits of the public people among them, but for those who are about to be left out. Of
/// the others it is only to be learnt which they are, and whether they could be shown.
fn photos_wanted(directory: &directory::Directory, leaving: &LeftOut) -> Vec<Wanted> {
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
    wanted.into_values().collect()
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
