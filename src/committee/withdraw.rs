//! "Take me out" -> her record and photo gone, her address forgotten, the site built without her, and what remains.
//!
//! In this order, so that whenever the process dies, running it again completes it:
//!
//! 1. her address is forgotten in `private/`, and its keyed hash remembered; what was gathered for her goes too;
//! 2. her photo is deleted, while her record still says which it is, unless it is another's too;
//! 3. her record gives way to `{id, status: withdrawn, on}`;
//! 4. the site is built, as `build --takedown` does, so that nobody's unfinished page stands in the way;
//! 5. the output folder is searched as it lies on the disk, and the sources for where else she is named.

use super::mentions::{Mentions, mentions};
use super::photo::{Fate, Sharer, pictures, place_again, sharers};
use super::private::Private;
use super::record::Record;
use super::remains::{Rebuilt, Remains, remains};
use super::scheme::Scheme;
use super::search::{Searched, Traces, What};
use crate::failure::Failure;
use crate::output::MARKER;
use crate::pipeline::{Outcome, Request, run};
use crate::source::rewrite;
use crate::yaml::edit;
use jiff::civil::Date;
use std::fs;
use std::path::{Path, PathBuf};

/// Who, and where.
#[derive(Clone, Debug)]
pub struct Withdrawal {
    /// The site's folder.
    pub site: PathBuf,
    /// Where the website is.
    pub out: PathBuf,
    /// The day.
    pub date: Date,
    /// Her id.
    pub id: String,
    /// Her name, where her record does not say it any more.
    pub name: Option<String>,
    /// Say what would happen, and change nothing.
    pub dry_run: bool,
}

/// What became of a withdrawal.
#[derive(Debug)]
pub struct Withdrawn {
    /// What is in doubt of where people's files lie.
    pub caveat: Option<String>,
    /// Everybody's files were looked at.
    pub is_complete: bool,
    /// Her record's file.
    pub path: String,
    /// How many lines of comments above her record went with it.
    pub comments: usize,
    /// The day on which she withdrew: today, or earlier.
    pub on: Date,
    /// She had withdrawn before, and her record was gone already.
    pub was_withdrawn: bool,
    /// Her name, where it is known and could be searched for.
    pub name: Option<String>,
    /// Somebody else who is public has the same name.
    pub namesake: Option<String>,
    /// Her photo.
    pub photo: Fate,
    /// Who else has it.
    pub sharers: Vec<Sharer>,
    /// What `private/` held of her.
    pub private: Result<Kept, Failure>,
    /// Folders in `private/exports/` with what was gathered for her.
    pub exports: Vec<PathBuf>,
    /// What could not be deleted.
    pub undone: Vec<Failure>,
    /// Why her record is as it was.
    pub unwritten: Option<Failure>,
    /// The output folder held a website before.
    pub had_site: bool,
    /// The build; `None` in a dry run.
    pub build: Option<Result<Outcome, Failure>>,
    /// Where the output folder shows her: afterwards, or, in a dry run, today.
    pub searched: Searched,
    /// Where else she is named.
    pub mentions: Mentions,
    /// What this program cannot undo.
    pub remains: Remains,
}

/// What `private/` held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// Her address, now a keyed hash.
    Address,
    /// No address of hers; somebody's was forgotten on the day of her withdrawal, perhaps hers by a run that was interrupted.
    Perhaps,
    /// No address of hers.
    Nothing,
}

impl Withdrawn {
    /// Whether a site without her stands.
    pub fn is_built(&self) -> bool {
        matches!(&self.build, Some(Ok(outcome)) if outcome.is_sound)
    }
}

/// Withdraws somebody, or says what that would do.
///
/// # Errors
/// Nobody has the id; her record cannot be taken out of its file. What a build, `private/` or the system has against it is in
/// the result, and stops nothing.
pub fn withdraw(order: &Withdrawal) -> Result<Withdrawn, Failure> {
    let mut scheme = Scheme::read(&order.site, order.date)?;
    let records = scheme.of(&order.id);
    let record = match records.as_slice() {
        [] => return Err(scheme.nobody(&order.id)),
        [only] => only.clone(),
        several => return Err(which(&scheme, &order.id, several)),
    };
    if !record.is_person() {
        return Err(Failure::refused(
            format!("{} was left as it is: it is not clear that it is the record of one person", record.path),
            format!(
                "name a person, not a file of several; mend what is not YAML first (mentorpress check says where); until then mentorpress build --takedown leaves out everybody in {}",
                record.path
            ),
        ));
    }
    let written = record.text("on").and_then(|on| on.parse().ok());
    let on = written.filter(|_| record.is_withdrawn()).unwrap_or(order.date);
    let was_withdrawn = record.is_reduced();
    let mut sharers = sharers(&scheme, &record);
    let photo = Fate::of(&scheme, &record, &sharers);
    let pictures = pictures(&scheme, &record);
    let traces = Traces::of(&record, order.name.as_deref(), pictures, &order.out);
    let namesake = namesake(&scheme, &order.id, &traces);
    let edited = if was_withdrawn { None } else { Some(reduced(&scheme, &record, on)?) };
    let comments = comment_lines(&scheme, &record);

    let had_site = order.out.join(MARKER).is_file();
    // What cannot be deleted is told, and keeps nobody on the site.
    let mut undone = Vec::new();
    let mut unwritten = None;
    let private = forget(&order.site, &order.id, on, order.dry_run);
    let exports = exports_of(&order.site, &order.id);
    // What shows her today; of a folder that cannot be searched the search afterwards says so.
    let shown = traces.search(&order.out);
    let mut build = None;
    if !order.dry_run {
        for folder in &exports {
            undone.extend(fs::remove_dir_all(folder).map_err(Failure::system("delete", folder)).err());
        }
        if let Fate::Deleted(path) = &photo {
            let path = scheme.root.join(path);
            undone.extend(fs::remove_file(&path).map_err(Failure::system("delete", &path)).err());
        }
        if let Some(text) = &edited {
            let path = scheme.sources.on_disk(record.file);
            unwritten = rewrite(&path, &scheme.sources.file(record.file).text, text).err();
        }
        build = Some(run(&request(order)));
    }
    if let Some(text) = edited.filter(|_| unwritten.is_none() && !order.dry_run) {
        scheme.replace_texts([(record.file, text)]);
        place_again(&scheme, &mut sharers);
    }
    let searched = traces.search(&order.out);
    let mentions = mentions(&scheme, &order.id, traces.name());
    let rebuilt = match &build {
        Some(Ok(Outcome { receipt: Some(receipt), .. })) => {
            let changed = receipt.changed.iter().map(String::as_str);
            let is_clean = |path: &&str| shown.shows(path) && !searched.shows(path);
            let pictured = searched.hits.iter().filter(|(_, what)| *what == What::Photo);
            Rebuilt {
                removed: &receipt.removed,
                changed: changed.filter(is_clean).collect(),
                pictured: pictured.map(|(path, _)| path.as_str()).collect(),
            }
        }
        _ => Rebuilt::default(),
    };
    let remains = remains(&scheme, &record, &photo, &rebuilt);
    Ok(Withdrawn {
        caveat: scheme.caveat(),
        is_complete: scheme.is_complete(),
        path: record.path.clone(),
        comments,
        on,
        was_withdrawn,
        name: order.name.clone().or(record.name().map(str::to_owned)).filter(|_| traces.name().is_some()),
        namesake,
        photo,
        sharers,
        private,
        exports,
        undone,
        unwritten,
        had_site,
        build,
        searched,
        mentions,
        remains,
    })
}

/// Two people have her id: which of them she is, nobody can tell from here, but both can be off the site at once.
fn which(scheme: &Scheme, id: &str, records: &[Record]) -> Failure {
    let places: Vec<String> = records.iter().map(|record| scheme.sources.place(record.span)).collect();
    Failure::refused(
        format!("two people have the id `{id}`: {}", places.join(", ")),
        "to have both off the site now, run mentorpress build --takedown; then rename the other of the two, and run this again",
    )
}

fn request(order: &Withdrawal) -> Request {
    Request { out: Some(order.out.clone()), takedown: true, ..Request::look(order.site.clone(), order.date) }
}

fn comment_lines(scheme: &Scheme, record: &Record) -> usize {
    let text = &scheme.sources.file(record.file).text;
    let lines = scheme.comments_above(record).into_iter().flat_map(|comments| text[comments].lines());
    lines.filter(|line| line.contains('#')).count()
}

/// The text of her file without her record: what withdrawal leaves is in its place.
fn reduced(scheme: &Scheme, record: &Record, on: Date) -> Result<String, Failure> {
    let left = format!("id: {}\nstatus: withdrawn\non: {on}\n", record.id);
    if record.is_whole {
        // Comments go too: they may speak of her.
        return Ok(left);
    }
    let text = &scheme.sources.file(record.file).text;
    edit::replace(text, record.span.range(), &left).ok_or_else(|| {
        Failure::refused(
            format!(
                "the record at {} cannot be taken out without changing others",
                scheme.sources.place(record.span)
            ),
            format!("open the file, leave these three lines of her record, and run this again:\n{left}"),
        )
    })
}

/// Somebody else who is public and has her name: what is found may be of that person.
fn namesake(scheme: &Scheme, id: &str, traces: &Traces) -> Option<String> {
    let bare = traces.name()?.bare();
    let same = |profile: &&crate::directory::Profile| {
        profile.id() != id
            && crate::check::Sought::new(profile.name()).is_some_and(|other| other.bare() == bare)
    };
    scheme.directory.people.values().find(same).map(|profile| profile.id().to_owned())
}

fn forget(site: &Path, id: &str, on: Date, dry_run: bool) -> Result<Kept, Failure> {
    let mut private = Private::read(site)?;
    let held = match private.address_of(id) {
        Some(_) => Kept::Address,
        None if private.has_withdrawal_on(on) => Kept::Perhaps,
        None => Kept::Nothing,
    };
    if !dry_run {
        private.forget(id, on)?;
        private.write()?;
    }
    Ok(held)
}

/// What `mentors export` made of her and nobody has deleted since.
fn exports_of(site: &Path, id: &str) -> Vec<PathBuf> {
    let folder = site.join("private").join("exports");
    let is_hers = |name: &str| {
        let day = name.strip_prefix(id).and_then(|rest| rest.strip_prefix('-'));
        day.is_some_and(|day| day.parse::<Date>().is_ok())
    };
    let mut folders: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.file_name().to_str().is_some_and(is_hers))
        .map(|entry| entry.path())
        .collect();
    folders.sort();
    folders
}
