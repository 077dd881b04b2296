//! A site's folder -> people's files, and who is who in them.
//!
//! Records are found in the trees of their files, not among the people that the directory made of them: what somebody asks
//! for must be done whatever else is wrong with her record.

use super::record::Record;
use crate::config::{SiteConfig, Vocabulary, Whereabouts};
use crate::diagnostic::{Diagnostic, Diagnostics, one_of};
use crate::directory::{self, Directory};
use crate::failure::Failure;
use crate::pipeline;
use crate::source::{FileId, Sources};
use crate::yaml::{self, Kind, edit};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Everything that an order of the committee looks at.
#[derive(Debug)]
pub struct Scheme {
    /// The site's folder.
    pub root: PathBuf,
    /// The day it is.
    pub date: Date,
    /// All texts.
    pub sources: Sources,
    /// What site.yaml says.
    pub site: SiteConfig,
    /// Whether it could be read; if not, `site` stands in for it.
    pub has_site: bool,
    /// Where it says that people's files lie.
    pub whereabouts: Whereabouts,
    vocabulary: Vocabulary,
    /// Everybody, as the site has them on that day.
    pub directory: Directory,
    /// Findings in people's files.
    pub found: Diagnostics,
    /// How often all files of people were gone through.
    #[cfg(test)]
    pub(super) passes: std::cell::Cell<usize>,
}

impl Scheme {
    /// Reads a site as far as people go.
    ///
    /// # Errors
    /// There is no site here, or the system refuses to read it.
    pub fn read(root: &Path, date: Date) -> Result<Scheme, Failure> {
        let mut sources = Sources::read(root)?;
        // What is wrong with these two files is the build's to say.
        let mut others = Diagnostics::new();
        let read = SiteConfig::read(&sources, &mut others);
        let first = sources.iter().next().map(|(file, _)| sources.whole(file));
        let first =
            first.ok_or_else(|| Failure::refused("the site has no files", "name the site: --site DIR"))?;
        // Nobody has to wait for site.yaml to be mended: people's files are then looked for where it seems to say that they are,
        // or in their usual place.
        let has_site = read.is_some();
        let whereabouts = Whereabouts::read(&sources);
        let mentors_folder = match &whereabouts {
            Whereabouts::Named(folder) => Some(folder.clone()),
            _ => None,
        };
        let site = read.unwrap_or_else(|| SiteConfig { mentors_folder, ..SiteConfig::absent(first) });
        pipeline::read_people(&site, &mut sources)?;
        let vocabulary = Vocabulary::read(&sources, &mut others);
        let mut scheme = Scheme {
            root: root.to_path_buf(),
            date,
            sources,
            site,
            has_site,
            whereabouts,
            vocabulary,
            directory: Directory::default(),
            found: Diagnostics::new(),
            #[cfg(test)]
            passes: std::cell::Cell::default(),
        };
        scheme.judge();
        Ok(scheme)
    }

    fn judge(&mut self) {
        #[cfg(test)]
        self.passes.set(self.passes.get() + 1);
        self.found = Diagnostics::new();
        self.directory =
            directory::read(&self.sources, &self.site, &self.vocabulary, self.date, &mut self.found);
        self.found.sort();
    }

    /// Puts other texts in the place of files' own, here and not on disk, and judges everybody again.
    pub fn replace_texts(&mut self, texts: impl IntoIterator<Item = (FileId, String)>) {
        for (file, text) in texts {
            self.sources.replace_text(file, text);
        }
        self.judge();
    }

    fn people_files(&self) -> Vec<FileId> {
        let folder = directory::folder(&self.site);
        let files = self.sources.below(&folder).filter(|(_, file)| file.path.ends_with(".yaml"));
        files.map(|(id, _)| id).collect()
    }

    /// Every record of every file, in the order of the files.
    pub fn records(&self) -> Vec<Record> {
        #[cfg(test)]
        self.passes.set(self.passes.get() + 1);
        self.people_files().into_iter().flat_map(|file| self.records_of(file)).collect()
    }

    fn records_of(&self, file: FileId) -> Vec<Record> {
        Record::read(&self.sources, file, &mut Diagnostics::new())
    }

    /// Where a record stands: its file, or its item of a list without the comments on the next.
    pub fn range(&self, record: &Record) -> Range<usize> {
        let text = &self.sources.file(record.file).text;
        let range = record.span.range();
        match record.node.as_ref().map(|node| &node.kind) {
            Some(Kind::Map(entries)) if !record.is_whole => {
                range.start..edit::end_of_item(text, entries, range)
            }
            _ => 0..text.len(),
        }
    }

    /// The comments above a record of a list that belong to it.
    pub fn comments_above(&self, record: &Record) -> Vec<Range<usize>> {
        if record.is_whole {
            return Vec::new();
        }
        edit::comments_above(&self.sources.file(record.file).text, record.span.range().start)
    }

    /// The records of an id: none where nobody has it, several where people share it.
    pub fn of(&self, id: &str) -> Vec<Record> {
        self.records().into_iter().filter(|record| record.id == id).collect()
    }

    /// The one record of an id.
    ///
    /// # Errors
    /// Nobody has it, or two people.
    pub fn one(&self, id: &str) -> Result<Record, Failure> {
        self.only(id, self.of(id))
    }

    /// The one record of each id; all files are read once.
    ///
    /// # Errors
    /// As for [`one`](Scheme::one), of the first.
    pub fn each(&self, ids: &[&str]) -> Result<Vec<Record>, Failure> {
        let mut by_id: BTreeMap<String, Vec<Record>> = BTreeMap::new();
        for record in self.records() {
            by_id.entry(record.id.clone()).or_default().push(record);
        }
        ids.iter().map(|id| self.only(id, by_id.get(*id).cloned().unwrap_or_default())).collect()
    }

    fn only(&self, id: &str, mut records: Vec<Record>) -> Result<Record, Failure> {
        match records.len() {
            0 => Err(self.nobody(id)),
            1 => Ok(records.remove(0)),
            _ => {
                let places: Vec<String> =
                    records.iter().map(|record| self.sources.place(record.span)).collect();
                Err(Failure::refused(
                    format!("two people have the id `{id}`: {}", places.join(", ")),
                    "rename one of the two first",
                ))
            }
        }
    }

    /// Whether everybody was looked at: it is known where people's files lie.
    pub fn is_complete(&self) -> bool {
        self.whereabouts != Whereabouts::Unknown
    }

    /// What everybody must know to whom this scheme tells something: where people's files were looked for, if that is in doubt.
    pub fn caveat(&self) -> Option<String> {
        const MEND: &str = "Mend site.yaml first: mentorpress check says where.";
        match &self.whereabouts {
            Whereabouts::Unknown => Some(format!("{}. {MEND}", self.unknown())),
            Whereabouts::Named(folder) if !self.has_site => Some(format!(
                "content/site.yaml cannot be read. People's files were looked for in {}, which it names. {MEND}",
                folder.value
            )),
            _ => None,
        }
    }

    fn unknown(&self) -> String {
        let why = match self.has_site {
            true => "`directory: {mentors: …}` of content/site.yaml cannot be used",
            false => "content/site.yaml cannot be read",
        };
        format!("{why}, so it is not known where people's files lie: only content/mentors was looked in")
    }

    /// Why there is nobody of an id: perhaps a slip, perhaps a file that cannot be read.
    pub fn nobody(&self, id: &str) -> Failure {
        let is_word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        let broken = self.people_files().into_iter().find(|file| {
            let text = &self.sources.file(*file).text;
            let is_broken =
                yaml::parse(&self.sources, *file, 0..text.len(), &mut Diagnostics::new()).is_none();
            is_broken && text.split(|c| !is_word(c)).any(|word| word == id)
        });
        if let Some(file) = broken {
            let path = &self.sources.file(file).path;
            return Failure::refused(
                format!("`{id}` stands in {path}, and that file cannot be read as YAML"),
                format!(
                    "mend it first (mentorpress check says where); until then mentorpress build --takedown leaves out everybody in {path}"
                ),
            );
        }
        match &self.whereabouts {
            Whereabouts::Unknown => {
                return Failure::refused(
                    format!("{}, and it has nobody of the id `{id}`", self.unknown()),
                    "mend site.yaml first: mentorpress check says where",
                );
            }
            Whereabouts::Named(folder) if !self.has_site => {
                return Failure::refused(
                    format!(
                        "content/site.yaml cannot be read; {}, which it names for people's files, has nobody of the id `{id}`",
                        folder.value
                    ),
                    "mend site.yaml first, if she may lie elsewhere: mentorpress check says where",
                );
            }
            _ => {}
        }
        let records = self.records();
        let ids: Vec<&str> = records.iter().map(|record| record.id.as_str()).collect();
        // Whoever is known by name alone is named to find her id.
        let by_name = records.iter().find(|record| {
            record.name().is_some_and(|name| name.to_lowercase().contains(&id.to_lowercase())) && id.len() > 2
        });
        let help = match by_name {
            Some(record) => format!("did you mean `{}` ({})?", record.id, record.name().unwrap_or_default()),
            None => one_of(id, ids.iter().copied()),
        };
        Failure::refused(format!("nobody has the id `{id}`"), help)
    }

    /// Findings of one record.
    pub fn findings_of(&self, record: &Record) -> Vec<&Diagnostic> {
        self.found
            .iter()
            .filter(|finding| {
                record.span.contains(finding.span) || (record.is_whole && finding.span.file == record.file)
            })
            .collect()
    }
}
