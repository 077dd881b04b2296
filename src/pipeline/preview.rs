//! A site that changes -> built again each time, for the preview.
//!
//! Each build is a whole one, with every check. Kept from one to the next are texts that have not been written since, records
//! of people whose files have not changed, and portraits; each is made anew as soon as anything has changed that it was
//! made of. Before the rest, pages that somebody looks at are made: of the last project at once where only people have
//! changed who stand alone in their files, of the new one otherwise. `tests/serve.rs` holds what comes out, edit after edit, against builds that begin with nothing.

use super::clock::Clock;
use super::{Kept, Made, Outcome, Request, build};
use crate::diagnostic::Diagnostics;
use crate::directory;
use crate::failure::Failure;
use crate::output::{Bytes, Output};
use crate::path::Address;
use crate::photo::{Cache, Photos, Wanted};
use crate::render::render_part;
use crate::site::{LeftOut, Project, assemble_part};
use crate::source::{FileId, Sources, Version};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What is kept of a site from one build to the next.
pub struct Workshop {
    request: Request,
    /// What the last build came to; none where it could not go on.
    last: Option<Outcome>,
    /// Everything typed, where the last build was sound.
    project: Option<Project>,
    /// The people's folder where it lies outside `content/`, and the `site.yaml` that says so.
    people_folder: Option<(Option<Version>, String)>,
    people: directory::Known,
    photos: KnownPhotos,
}

/// What came of a build.
pub struct Built<'w> {
    /// Findings and numbers.
    pub outcome: &'w Outcome,
    /// The site, where it is sound.
    pub output: Option<Output>,
    /// The path of its base: empty, or `/medicine`.
    pub base: String,
}

impl Workshop {
    /// An empty one: the first build begins with nothing.
    pub fn new(request: Request) -> Workshop {
        let (people, photos) = (directory::Known::default(), KnownPhotos::default());
        Workshop { request, last: None, project: None, people_folder: None, people, photos }
    }

    /// The folders that the site is made of, there or not.
    pub fn folders(&self) -> Vec<PathBuf> {
        let outside = self.people_folder.iter().map(|(_, folder)| folder.as_str());
        ["content", "themes"]
            .into_iter()
            .chain(outside)
            .map(|folder| self.request.site.join(folder))
            .collect()
    }

    /// Builds for a day, if anything has changed since the last build. `ahead` is given pages among `wanted` (paths in the
    /// output), as the whole site will have them if it turns out sound, before the rest is made.
    ///
    /// # Errors
    /// The machine's trouble. The next build begins with nothing.
    pub fn build(
        &mut self,
        date: Date,
        changed: &Changed,
        wanted: &BTreeSet<String>,
        ahead: &mut dyn FnMut(BTreeMap<String, Bytes>),
    ) -> Result<Option<Built<'_>>, Failure> {
        let clock = Clock::start();
        let mut seen_ahead = None;
        let sources = match self.last.take() {
            Some(mut last) => {
                let before = last.sources.versions();
                let project = self.project.take().filter(|_| date == self.request.date && !wanted.is_empty());
                if let (Some(mut project), Changed::Files(places)) = (project, changed) {
                    if replace_people(&mut project, &mut last.sources, places)?
                        && pages_ahead(&project, &last.sources, wanted, ahead)
                    {
                        seen_ahead = Some(last.sources.versions());
                    }
                    rayon::spawn(move || drop(project));
                }
                let by_stamps = *changed != Changed::Anything;
                let mut sources = std::mem::take(&mut last.sources).read_again(by_stamps)?;
                let config = sources.find(CONFIG).map(|(_, file)| file.version());
                if let Some((_, folder)) =
                    self.people_folder.as_ref().filter(|(version, _)| *version == config)
                {
                    sources.read_folder(folder)?;
                }
                let versions = sources.versions();
                if versions == before && date == self.request.date {
                    last.sources = sources;
                    self.last = Some(last);
                    return Ok(None);
                }
                seen_ahead = seen_ahead.filter(|seen| *seen == versions);
                sources
            }
            None => Sources::read(&self.request.site)?,
        };
        self.request.date = date;
        let mut show = |project: &Project, sources: &Sources, typed: &Diagnostics| {
            if seen_ahead.is_none() && !wanted.is_empty() && !typed.has_errors() {
                pages_ahead(project, sources, wanted, ahead);
            }
        };
        let kept = Kept { people: &mut self.people, photos: &mut self.photos, ahead: &mut show };
        let made = build(&self.request, sources, Some(kept), &mut |_| Ok(()), clock)?;
        let Made { outcome, output, project, .. } = made;
        let config = outcome.sources.find(CONFIG).map(|(_, file)| file.version());
        let folder = project.site.mentors_folder.as_ref().map(|folder| folder.value.clone());
        let outside = folder.filter(|folder| !folder.starts_with("content/"));
        self.people_folder = outside.map(|folder| (config, folder));
        let base = project.site.base.path().to_owned();
        self.project = Some(project).filter(|_| outcome.is_sound);
        let output = output.filter(|_| outcome.is_sound);
        Ok(Some(Built { outcome: self.last.insert(outcome), output, base }))
    }
}

/// What is known to have changed since the last build.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Changed {
    /// These files perhaps, and nothing else as far as is known.
    Files(BTreeSet<PathBuf>),
    /// Something: what the system says of a file's age tells what.
    Something,
    /// Anything: every text is to be read again.
    Anything,
}

/// Reads these files again and puts what they say into the project, where that concerns people alone whom [`replace`] can
/// replace. Otherwise `false`, and the project is not to be used any more.
///
/// [`replace`]: directory::Directory::replace
fn replace_people(
    project: &mut Project,
    sources: &mut Sources,
    places: &BTreeSet<PathBuf>,
) -> Result<bool, Failure> {
    let Some(changed) = sources.read_these_again(places)? else { return Ok(false) };
    let people = directory::folder(&project.site);
    let is_person = |file: &FileId| {
        let file = sources.file(*file);
        file.path.starts_with(&people) && file.path.ends_with(".yaml") && file.unreadable.is_none()
    };
    let Project { directory, site, vocabulary, date, .. } = project;
    let mut replace =
        |file: &FileId| is_person(file) && directory.replace(sources, *file, site, vocabulary, *date);
    Ok(!changed.is_empty() && changed.iter().all(&mut replace))
}

/// The file that says where people's files are.
const CONFIG: &str = "content/site.yaml";

/// What was made of photos, for as long as the same are wanted of the same files.
#[derive(Default)]
pub(super) struct KnownPhotos {
    wanted: Vec<Wanted>,
    versions: Vec<Version>,
    photos: Photos,
    found: Diagnostics,
}

impl KnownPhotos {
    pub(super) fn read(
        &mut self,
        wanted: Vec<Wanted>,
        sources: &Sources,
        cache: &Cache,
        found: &mut Diagnostics,
    ) -> Photos {
        let versions: Vec<Version> = wanted.iter().map(|photo| sources.file(photo.file).version()).collect();
        if (&wanted, &versions) != (&self.wanted, &self.versions) {
            let mut found = Diagnostics::new();
            let photos = Photos::read(&wanted, sources, cache, &mut found);
            *self = KnownPhotos { wanted, versions, photos, found };
        }
        found.extend(self.found.clone());
        self.photos.clone()
    }
}

/// Hands on pages as the whole site will have them, if nothing is wrong with it so far. What could not be made ahead is made
/// with the rest, and whatever is wrong is told there.
fn pages_ahead(
    project: &Project,
    sources: &Sources,
    wanted: &BTreeSet<String>,
    ahead: &mut dyn FnMut(BTreeMap<String, Bytes>),
) -> bool {
    let mut found = Diagnostics::new();
    let addresses: BTreeSet<Address> = wanted.iter().map(|path| Address::file(path)).collect();
    let is_wanted = |address: &Address| addresses.contains(address);
    let site = assemble_part(project, sources, &LeftOut::default(), &is_wanted, &mut found);
    if found.has_errors() {
        return false;
    }
    let Ok(Some(pages)) = render_part(&site, sources, wanted) else { return false };
    ahead(pages);
    true
}
