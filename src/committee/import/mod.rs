//! The registrations that a form was exported to -> changes to people's files.
//!
//! 1. The export is read ([`forms`](crate::forms)), and every column of it is looked up in `private/registration.yaml`
//!    by its header ([`mapping`], [`columns`]).
//! 2. Rows become answers ([`answers`], [`terms`]), of which each person's newest counts. People are known by their
//!    address, which stays in `private/`.
//! 3. Answers, what the form said last and the records there are make a [`plan`]: only what changed in the form since then
//!    changes a record ([`merge`]).
//! 4. The plan's texts are read with the directory's own reader ([`texts`]); what it would not accept is left out and told.
//! 5. The plan is told, and carried out where that is asked for ([`told`]).

mod answers;
mod columns;
mod draft;
mod field;
mod keys;
mod mapping;
mod merge;
mod person;
mod plan;
mod roll;
mod terms;
mod texts;
mod told;
mod value;
mod who;

pub use draft::{Draft, draft};
pub use keys::REGISTRATION;

use super::private::Private;
use crate::committee::record::Record;
use crate::config::{SiteConfig, Vocabulary};
use crate::diagnostic::{Diagnostics, Severity, unreadable_files};
use crate::directory;
use crate::failure::Failure;
use crate::forms::Export;
use crate::pipeline;
use crate::source::{Access, Sources, rewrite, write_whole};
use answers::{Reader, Trouble};
use columns::Columns;
use field::Field;
use jiff::civil::Date;
use mapping::Mapping;
use plan::{Before, Plan};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What is wanted.
#[derive(Clone, Debug)]
pub struct Import {
    /// The site's folder.
    pub site: PathBuf,
    /// The exported file.
    pub export: PathBuf,
    /// Today; a new profile is due for review a year later.
    pub date: Date,
    /// Write, after saying what changes.
    pub write: bool,
    /// Conflicts in which the record is right: `amara.post`.
    pub keep: Vec<String>,
    /// Conflicts in which the form is right.
    pub take: Vec<String>,
}

/// What came of it.
#[derive(Debug)]
pub struct Done {
    /// What was read, for printing places.
    pub sources: Sources,
    /// Findings in `registration.yaml` and in people's files: where there are errors, at most withdrawals were
    /// dealt with.
    pub found: Diagnostics,
    /// What changes, what keeps people from being imported, and what was written.
    pub text: String,
    /// Whether everybody in the export could be dealt with.
    pub is_complete: bool,
}

/// Imports registrations.
///
/// # Errors
/// The export or `private/` cannot be read, there is no `registration.yaml`, or the system refuses to write.
pub fn import(wanted: &Import) -> Result<Done, Failure> {
    let export = Export::open(&wanted.export)?;
    let mut setting = Setting::read(&wanted.site)?;
    let mut found = std::mem::take(&mut setting.found);
    let file = setting.registration(wanted)?;
    let mapping = Mapping::read(&setting.sources, file, &setting.vocabulary, &mut found);
    let roll = roll::read(&setting.sources, &setting.site, &mut found);
    let columns = mapping.as_ref().and_then(|mapping| Columns::find(mapping, &export, &mut found));
    // Whoever takes her consent back does not wait until somebody else's file is mended.
    let people = directory::folder(&setting.site);
    let is_blocked = found.iter().any(|finding| {
        finding.code.severity() == Severity::Error
            && !setting.sources.file(finding.span.file).path.starts_with(&people)
    });
    let is_limited = found.has_errors();
    setting.is_limited = is_limited;
    let (Some(mapping), Some(columns), false) = (&mapping, &columns, is_blocked) else {
        found.sort();
        let text = String::new();
        return Ok(Done { sources: setting.sources, found, text, is_complete: false });
    };
    let mut private = Private::read(&wanted.site)?;
    let decided = decisions(wanted)?;
    let reader = Reader::new(&export, mapping, columns, &setting.vocabulary, wanted.date);
    let outcome = settle(&export, &reader, &private, &roll, &setting, wanted.date, &decided);
    if is_limited && outcome.plan.changed.is_empty() {
        found.sort();
        let text = String::new();
        return Ok(Done { sources: setting.sources, found, text, is_complete: false });
    }
    let mut text = told::told(&outcome.plan, &export, &roll, &setting.sources);
    text.push_str(&told::undecided(&decided, &outcome.plan, &roll));
    if is_limited {
        found.sort();
        text.push_str(told::LIMITED);
    }
    if wanted.write {
        let written = write(&outcome, &mut private, &setting.sources, &wanted.site)?;
        text.push_str(&told::written(written));
    } else {
        text.push_str(&told::not_written(&outcome.plan, &wanted.export));
    }
    let is_complete = !is_limited
        && outcome.plan.troubles.is_empty()
        && outcome.plan.changed.iter().all(|changed| changed.conflicts.is_empty());
    Ok(Done { sources: setting.sources, found, text, is_complete })
}

/// What of a site an import needs.
struct Setting {
    sources: Sources,
    site: SiteConfig,
    vocabulary: Vocabulary,
    found: Diagnostics,
    /// Whether some of the people's files cannot be read, so that only withdrawals are taken.
    is_limited: bool,
}

impl Setting {
    fn read(folder: &Path) -> Result<Setting, Failure> {
        let mut sources = Sources::read(folder)?;
        let mut found = Diagnostics::new();
        let Some(site) = SiteConfig::read(&sources, &mut found) else {
            return Err(Failure::refused(
                "content/site.yaml cannot be read",
                "run mentorpress check, which says why",
            ));
        };
        let people = directory::folder(&site);
        pipeline::read_people(&site, &mut sources)?;
        let vocabulary = Vocabulary::read(&sources, &mut found);
        found.extend(unreadable_files(&sources));
        found.retain(|finding| {
            let path = &sources.file(finding.span.file).path;
            path.starts_with(&people)
                || matches!(path.as_str(), "content/site.yaml" | "content/vocabulary.yaml")
        });
        Ok(Setting { sources, site, vocabulary, found, is_limited: false })
    }

    /// The wording of consent that is in force.
    fn wording(&self, purpose: directory::Purpose) -> &str {
        let wording = self.site.consent.iter().find(|wording| wording.purpose == purpose);
        wording.map_or("v1", |wording| wording.current.value.as_str())
    }

    /// Adds `registration.yaml` to what was read.
    fn registration(&mut self, wanted: &Import) -> Result<crate::source::FileId, Failure> {
        let path = wanted.site.join(mapping::PATH);
        let missing = || {
            Failure::refused(
                format!("there is no {} in {}", mapping::PATH, wanted.site.display()),
                format!(
                    "let the program write a draft of it: mentorpress mentors import {} --init",
                    wanted.export.display()
                ),
            )
        };
        let text = crate::source::read_text(&path)?.ok_or_else(missing)?;
        self.sources.add_builtin(mapping::PATH, &text);
        self.sources.find(mapping::PATH).map(|(file, _)| file).ok_or_else(missing)
    }
}

type Decisions = BTreeMap<(String, Field), bool>;

fn decisions(wanted: &Import) -> Result<Decisions, Failure> {
    let keep = wanted.keep.iter().map(|typed| (typed, false));
    let take = wanted.take.iter().map(|typed| (typed, true));
    let mut decisions = Decisions::new();
    for (typed, is_form) in keep.chain(take) {
        let parts = typed.split_once('.').and_then(|(id, field)| Some((id.to_owned(), Field::find(field)?)));
        let Some(key) = parts else {
            return Err(Failure::refused(
                format!("`{typed}` is not a person and a field"),
                "write them as the conflict does: amara.post",
            ));
        };
        if decisions.insert(key, is_form) == Some(!is_form) {
            return Err(Failure::refused(
                format!("`{typed}` cannot be both kept and taken"),
                "decide for one of the two",
            ));
        }
    }
    Ok(decisions)
}

/// A plan, and the files it makes.
struct Settled {
    plan: Plan,
    texts: BTreeMap<String, String>,
}

/// Plans until the directory's reader has nothing against what would be written: first without the fields that it objects
/// to, then without anything but withdrawals, then without the people.
fn settle(
    export: &Export,
    reader: &Reader,
    private: &Private,
    roll: &BTreeMap<String, Record>,
    setting: &Setting,
    today: Date,
    decided: &Decisions,
) -> Settled {
    let mut limited: BTreeSet<String> = BTreeSet::new();
    let mut barred: BTreeSet<(String, Field)> = BTreeSet::new();
    let mut out: BTreeSet<String> = BTreeSet::new();
    let mut objected: BTreeSet<Trouble> = BTreeSet::new();
    loop {
        let before = Before {
            private,
            roll,
            folder: directory::folder(&setting.site),
            today,
            decided,
            barred: &barred,
            limited: &limited,
            is_limited: setting.is_limited,
        };
        let mut plan = plan::plan(export, reader, &before);
        plan.leave_out(&out);
        let (texts, unwritten) = texts::texts(&plan, roll, &setting.sources);
        let objections = texts::objections(&plan, roll, &setting.sources, &texts, &setting.site, today);
        let more: Vec<_> =
            unwritten.iter().map(|(id, _)| id).filter(|id| !out.contains(*id)).cloned().collect();
        if objections.is_empty() && more.is_empty() {
            plan.troubles.extend(objected);
            plan.troubles.sort();
            return Settled { plan, texts };
        }
        objected.extend(unwritten.into_iter().map(|(_, trouble)| trouble));
        let mut leaving: BTreeSet<String> = more.into_iter().collect();
        for objection in objections {
            objected.insert(objection.trouble(&directory::folder(&setting.site), roll));
            let can_be_left_out = !objection.fields.is_empty()
                && objection.fields.iter().all(|field| texts::can_be_left_out(*field));
            if can_be_left_out {
                barred.extend(objection.fields.iter().map(|field| (objection.id.clone(), *field)));
            } else {
                leaving.insert(objection.id);
            }
        }
        for id in leaving {
            // What she takes back is taken even where the rest of her answer cannot be.
            if !roll.contains_key(&id) || !limited.insert(id.clone()) {
                out.insert(id);
            }
        }
    }
}

/// Carries a plan out; returns how many files it wrote. Addresses come first and what the form said last: a process that
/// dies in between leaves what the next import takes up again.
fn write(settled: &Settled, private: &mut Private, sources: &Sources, site: &Path) -> Result<usize, Failure> {
    for new in &settled.plan.new {
        private.remember_address(&new.id, &new.address);
    }
    private.write()?;
    let mut before: BTreeMap<&str, &str> =
        sources.iter().map(|(_, file)| (file.path.as_str(), file.text.as_str())).collect();
    for (path, text) in &settled.texts {
        let old = before.remove(path.as_str());
        let path = site.join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(Failure::system("make", folder))?;
        }
        match old {
            Some(old) => rewrite(&path, old, text)?,
            None if path.exists() => {
                return Err(Failure::refused(
                    format!("{} has come to be there meanwhile, so it is left alone", path.display()),
                    "move it away, then run this again",
                ));
            }
            None => write_whole(&path, text.as_bytes(), Access::AsItIs)?,
        }
    }
    for (id, fields) in &settled.plan.said {
        private.set_imported(id, fields.clone());
    }
    private.write()?;
    Ok(settled.texts.len())
}
