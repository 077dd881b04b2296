//! Findings of a build that takes down -> what is left out next, until what is left is sound.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::directory;
use crate::path::file_name;
use crate::site::{LeftOut, Project};
use crate::source::{FileId, Sources, Span};
use std::collections::BTreeSet;

/// What is left out, round after round, and the findings that it was left out for.
#[derive(Default, Debug)]
pub(super) struct Takedown {
    pub(super) left: LeftOut,
    found: Diagnostics,
}

impl Takedown {
    /// What has to be left out after a round: pages, people and reports with findings that are still in. First what
    /// cannot be read as it is (`typed`): others that speak of it are not at fault.
    pub(super) fn next(
        &self,
        typed: &Diagnostics,
        found: &Diagnostics,
        project: &Project,
        sources: &Sources,
    ) -> Option<LeftOut> {
        [typed, found]
            .into_iter()
            .map(|findings| self.blamed(findings, project, sources))
            .find(|more| !more.is_empty())
    }

    /// What these findings blame of what is still in.
    pub(super) fn blamed(&self, found: &Diagnostics, project: &Project, sources: &Sources) -> LeftOut {
        blamed(found, project, sources, &self.left)
    }

    /// Leaves more out, for these findings.
    pub(super) fn leave_out(&mut self, more: LeftOut, found: Diagnostics) {
        self.left.files.extend(more.files);
        self.left.people.extend(more.people);
        self.found.extend(found);
    }

    /// Sets aside what is about somebody or something that is out: it is told, and keeps nobody waiting.
    pub(super) fn set_aside(&mut self, found: &mut Diagnostics, project: &Project, sources: &Sources) {
        let records = Records::of(project);
        let is_out = |finding: &Diagnostic| {
            finding.code.severity() == Severity::Error
                && is_left_out(finding, &records, project, sources, &self.left)
        };
        let aside: Diagnostics = found.iter().filter(|finding| is_out(finding)).cloned().collect();
        found.retain(|finding| !is_out(finding));
        self.found.extend(aside);
    }

    /// What was left out, in words.
    pub(super) fn told(&self, project: &Project, sources: &Sources) -> Vec<String> {
        let mut told: Vec<String> =
            self.left.files.iter().map(|file| sources.file(*file).path.clone()).collect();
        for (id, file) in &self.left.people {
            let record = project.directory.withheld.get(id).map(|withheld| sources.place(withheld.span));
            told.push(format!("{id} ({})", record.unwrap_or_else(|| sources.file(*file).path.clone())));
        }
        told.sort();
        told
    }

    /// The findings of all rounds that are about what is out now.
    pub(super) fn into_findings(mut self, project: &Project, sources: &Sources) -> Diagnostics {
        let records = Records::of(project);
        let Takedown { left, found } = &mut self;
        found.retain(|finding| is_left_out(finding, &records, project, sources, left));
        self.found
    }
}

/// What these findings blame of what is still in.
fn blamed(found: &Diagnostics, project: &Project, sources: &Sources, left: &LeftOut) -> LeftOut {
    let mut more = LeftOut::default();
    let records = Records::of(project);
    // Of a file with a second record of somebody's the records were read, although nobody came of them.
    let second = found.errors().filter(|diagnostic| diagnostic.code == Code::DuplicateId);
    let second: BTreeSet<FileId> = second.map(|diagnostic| diagnostic.span.file).collect();
    for diagnostic in found.errors() {
        let related =
            diagnostic.related.iter().filter(|_| diagnostic.code == Code::DuplicateId).map(|(span, _)| *span);
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
