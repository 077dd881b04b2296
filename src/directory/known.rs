//! Records that were read before -> the same again, as long as nothing that they were read from has changed.
//!
//! A record is made of its file's text, the vocabulary, and the list of all files: by that its photo is found, and files have
//! their numbers. With another vocabulary or another list everything is read anew.

use super::record::{self, Record};
use crate::config::Vocabulary;
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Sources, Version};
use rayon::prelude::*;
use std::collections::HashMap;

/// What was read of files of people.
#[derive(Default)]
pub struct Known {
    /// Every path among the sources, in their order.
    listing: Vec<String>,
    vocabulary: Option<Version>,
    files: HashMap<FileId, Read>,
}

struct Read {
    version: Version,
    records: Vec<Record>,
    found: Diagnostics,
}

impl Known {
    /// Reads files, each only if it must be.
    pub(super) fn read(
        &mut self,
        sources: &Sources,
        files: &[FileId],
        vocabulary: &Vocabulary,
    ) -> Vec<(Vec<Record>, Diagnostics)> {
        let version = sources.find(Vocabulary::PATH).map(|(_, file)| file.version());
        let is_listed =
            sources.iter().map(|(_, file)| file.path.as_str()).eq(self.listing.iter().map(String::as_str));
        if !is_listed || version != self.vocabulary {
            self.files.clear();
            self.listing = sources.iter().map(|(_, file)| file.path.clone()).collect();
            self.vocabulary = version;
        }
        let known = &self.files;
        let read: Vec<(Option<Read>, Vec<Record>, Diagnostics)> = files
            .par_iter()
            .map(|file| {
                let version = sources.file(*file).version();
                if let Some(known) = known.get(file).filter(|known| known.version == version) {
                    return (None, known.records.clone(), known.found.clone());
                }
                let mut found = Diagnostics::new();
                let records = record::read(sources, *file, vocabulary, &mut found);
                (Some(Read { version, records: records.clone(), found: found.clone() }), records, found)
            })
            .collect();
        let given = read.into_iter().zip(files).map(|((new, records, found), file)| {
            if let Some(new) = new {
                self.files.insert(*file, new);
            }
            (records, found)
        });
        given.collect()
    }
}
