//! `mentors/*.yaml` -> [`Directory`]: people whose consent allows it, and why the others are not there.
//!
//! A file becomes records (as typed), each record a state, and only a record in a public state becomes a
//! [`Profile`] (as meant). Nothing below this room can name a person without a [`Profile`]: of everybody else only
//! a [`Withheld`] remains, which says why and keeps the name for one purpose, to search the output for it.

mod attention;
mod changes;
mod count;
mod initials;
mod known;
mod personal;
mod photo;
mod profile;
mod record;
mod roll;
mod schema;
mod standing;

pub use crate::config::Purpose;
pub use changes::{Change, Next, tell_changes};
pub use count::{Agreed, Counts};
pub use initials::is_title;
pub use known::Known;
pub use personal::addresses as e_mail_addresses;
pub use photo::{KeptBack, Photo};
pub use profile::{Place, Profile, State, Withheld, sort_name};
pub use record::{Consent, Role, Status};
pub(crate) use record::{PERSON, Shape};
pub use roll::Held;
pub use schema::schema;
pub use standing::{Meaning, STANDINGS, Standing};

use crate::config::{ConsentWording, SiteConfig, Vocabulary};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Sources};
use jiff::civil::Date;
use rayon::prelude::*;
use record::Record;
use std::collections::BTreeMap;

/// Everybody in the scheme's files.
#[derive(Default, Debug)]
pub struct Directory {
    /// People who are public today, by id.
    pub people: BTreeMap<String, Profile>,
    /// People who are not, by id.
    pub withheld: BTreeMap<String, Withheld>,
    /// Whether there are any files of people at all: without them a site has no directory.
    pub exists: bool,
    /// The next day on which something about a person changes, with what does.
    pub next: Option<Next>,
    /// Everybody, in the order of ids.
    roll: Vec<Held>,
}

/// The folder of people's files when `site.yaml` names no other.
const FOLDER: &str = "content/mentors/";

/// Words that stand in addresses below `/mentors/`: ids that nobody can have.
pub const RESERVED: [&str; 9] =
    ["institution", "discipline", "offer", "stage", "page", "shortlist", "index", "all", "everyone"];

/// The folder of people's files, with a closing slash.
pub fn folder(site: &SiteConfig) -> String {
    site.mentors_folder.as_ref().map_or(FOLDER.to_owned(), |folder| format!("{}/", folder.value))
}

/// Reads everybody.
pub fn read(
    sources: &Sources,
    site: &SiteConfig,
    vocabulary: &Vocabulary,
    date: Date,
    found: &mut Diagnostics,
) -> Directory {
    read_again(sources, site, vocabulary, date, None, found)
}

/// Reads everybody, but for whom is known from an earlier reading.
pub fn read_again(
    sources: &Sources,
    site: &SiteConfig,
    vocabulary: &Vocabulary,
    date: Date,
    known: Option<&mut Known>,
    found: &mut Diagnostics,
) -> Directory {
    let folder = folder(site);
    let files: Vec<FileId> = sources
        .below(&folder)
        .filter(|(_, file)| file.path.ends_with(".yaml") && file.unreadable.is_none())
        .map(|(id, _)| id)
        .collect();
    let read_one = |file: &FileId| {
        let mut found = Diagnostics::new();
        let records = record::read(sources, *file, vocabulary, &mut found);
        (records, found)
    };
    let read: Vec<(Vec<Record>, Diagnostics)> = match known {
        Some(known) => known.read(sources, &files, vocabulary),
        None => files.par_iter().map(read_one).collect(),
    };
    let mut directory = Directory { exists: !files.is_empty(), ..Directory::default() };
    let mut ids = BTreeMap::new();
    let mut is_whole = true;
    for (records, more) in read {
        is_whole &= !more.has_errors();
        found.extend(more);
        for record in records {
            if RESERVED.contains(&record.id.value.as_str()) {
                found.push(
                    Diagnostic::new(
                        Code::ReservedId,
                        record.id.span,
                        format!("`{}` is the program's own word in addresses", record.id.value),
                    )
                    .help("choose another id (the file's name, or `id:` in a list)"),
                );
            }
            if let Some(first) = ids.get(&record.id.value) {
                found.push(
                    Diagnostic::new(
                        Code::DuplicateId,
                        record.id.span,
                        format!("two people have the id `{}`", record.id.value),
                    )
                    .related(*first, "first here")
                    .help("rename one of the two; an id is the last part of a profile's address"),
                );
                continue;
            }
            ids.insert(record.id.value.clone(), record.id.span);
            directory.admit(record, site, date, found);
        }
    }
    directory.roll.sort_by(|a, b| a.id.cmp(&b.id));
    directory.next = changes::next(&directory.roll, date, site.grace_days);
    attention::wordings(&directory.roll, sources, site, date, found);
    // A record that cannot be read may name any of them.
    if is_whole {
        photo::unnamed(&directory, sources, &folder, found);
    }
    directory
}

impl Directory {
    /// Decides what becomes of a record today.
    fn admit(&mut self, mut record: Record, site: &SiteConfig, date: Date, found: &mut Diagnostics) {
        let held = Held::of(&mut record, date, site.grace_days);
        attention::person(&record, &held, site, date, found);
        match profile::judge(record, &held, date, found) {
            Ok(profile) => drop(self.people.insert(held.id.clone(), *profile)),
            Err(withheld) => drop(self.withheld.insert(held.id.clone(), *withheld)),
        }
        self.roll.push(held);
    }

    /// Puts what a file says now in the place of what it said, where that concerns nobody else: it is the file of one person, who
    /// was public and is, under the same id, with the same photo, and nothing is found in it. Otherwise `false`, and the directory
    /// is not to be used any more.
    pub fn replace(
        &mut self,
        sources: &Sources,
        file: FileId,
        site: &SiteConfig,
        vocabulary: &Vocabulary,
        date: Date,
    ) -> bool {
        let mut found = Diagnostics::new();
        let of_file = |held: &&Held| held.span.file == file;
        let ids: Vec<&str> = self.roll.iter().filter(of_file).map(|held| held.id.as_str()).collect();
        let ([id], Ok([mut record])) =
            (&ids[..], <[Record; 1]>::try_from(record::read(sources, file, vocabulary, &mut found)))
        else {
            return false;
        };
        let id = (*id).to_owned();
        let held = Held::of(&mut record, date, site.grace_days);
        attention::person(&record, &held, site, date, &mut found);
        let (Some(before), Ok(profile)) =
            (self.people.get(&id), profile::judge(record, &held, date, &mut found))
        else {
            return false;
        };
        let has_same_photo =
            before.photo() == profile.photo() && before.photo_kept_back() == profile.photo_kept_back();
        let at = self.roll.binary_search_by(|held| held.id.as_str().cmp(&id));
        if let (true, true, true, Ok(at)) = (found.is_empty(), held.id == id, has_same_photo, at) {
            self.roll[at] = held;
            self.people.insert(id, *profile);
            self.next = changes::next(&self.roll, date, site.grace_days);
            return true;
        }
        false
    }

    /// Everybody, public or not, in the order of ids: for the committee's commands and the summary alone.
    pub fn roll(&self) -> &[Held] {
        &self.roll
    }

    /// Somebody of the [`roll`](Directory::roll).
    pub fn held(&self, id: &str) -> Option<&Held> {
        self.roll.binary_search_by(|held| held.id.as_str().cmp(id)).ok().map(|at| &self.roll[at])
    }

    /// Those of the [`roll`](Directory::roll) who agreed to another wording than the one in force on a day.
    pub fn ask_again<'d>(
        &'d self,
        wording: &'d ConsentWording,
        date: Date,
    ) -> impl Iterator<Item = &'d Held> {
        self.roll.iter().filter(move |held| attention::is_to_ask_again(held, wording, date))
    }

    /// How many people are in which state on the day they were read for.
    pub fn counts(&self, date: Date) -> Counts {
        count::count(&self.roll, date)
    }

    /// Takes a public person out (a build that leaves out what has findings).
    pub fn leave_out(&mut self, id: &str) {
        if let Some(profile) = self.people.remove(id) {
            self.withheld.insert(id.to_owned(), profile.withhold(Standing::LeftOut));
            if let Ok(at) = self.roll.binary_search_by(|held| held.id.as_str().cmp(id)) {
                let held = &mut self.roll[at];
                held.standing = Standing::LeftOut;
                held.is_full = false;
                held.is_due = false;
            }
        }
    }

    /// The mentors among the public people.
    pub fn mentors(&self) -> impl Iterator<Item = &Profile> {
        self.people.values().filter(|profile| profile.has_role(Role::Mentor))
    }

    /// Whether somebody has this id, public or not.
    pub fn has(&self, id: &str) -> bool {
        self.people.contains_key(id) || self.withheld.contains_key(id)
    }

    /// Every id there is, public or not.
    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.people.keys().chain(self.withheld.keys()).map(String::as_str)
    }
}
