//! `mentorpress schema`.

use super::report;
use crate::committee::REGISTRATION;
use crate::config::{SITE, SiteConfig, VOCABULARY, Vocabulary};
use crate::content::PAGE;
use crate::diagnostic::{Diagnostics, unreadable_files};
use crate::directory;
use crate::evaluation::{ACTION, QUOTATION, RELEASE, SURVEY};
use crate::failure::Failure;
use crate::source::Sources;
use crate::yaml::{self, Holds};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use serde_json::Value;
use std::path::PathBuf;

/// Options of `schema`.
#[derive(clap::Args, Debug)]
pub(super) struct Schema {
    /// Of which files
    #[arg(value_enum)]
    what: &'static Kind,
    /// The folder that holds content/; of use for people's files, whose words are those of the site's vocabulary
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// Write it to this file instead of printing it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// A kind of file that has a schema.
#[derive(Debug)]
pub struct Kind {
    /// Its name on the command line.
    pub name: &'static str,
    /// Where such files lie.
    pub path: &'static str,
    /// What they say.
    pub about: &'static str,
    /// What they hold, where that is the same in all sites.
    holds: Option<Holds>,
}

impl Kind {
    /// All kinds.
    pub const ALL: [&'static Kind; 9] = [
        &Kind { name: "mentors", path: "content/mentors/<id>.yaml", about: "People", holds: None },
        &Kind {
            name: "site",
            path: "content/site.yaml",
            about: "The site: its name, address, languages and menus",
            holds: Some(Holds::Map(&SITE)),
        },
        &Kind {
            name: "page",
            path: "content/<page>.md",
            about: "The head of a page, between its two lines of hyphens",
            holds: Some(Holds::Map(&PAGE)),
        },
        &Kind {
            name: "vocabulary",
            path: "content/vocabulary.yaml",
            about: "The words that profiles choose from",
            holds: Some(Holds::Map(&VOCABULARY)),
        },
        &Kind {
            name: "survey",
            path: "content/evaluations/<survey>/survey.yaml",
            about: "A questionnaire, and what is shown of it",
            holds: Some(Holds::Map(&SURVEY)),
        },
        &Kind {
            name: "release",
            path: "content/evaluations/<survey>/releases/<edition>.yaml",
            about: "The figures of one edition",
            holds: Some(Holds::Map(&RELEASE)),
        },
        &Kind {
            name: "quotes",
            path: "content/evaluations/<survey>/quotes.yaml",
            about: "What people said, with their consent",
            holds: Some(Holds::List(&Holds::Map(&QUOTATION))),
        },
        &Kind {
            name: "actions",
            path: "content/evaluations/<survey>/actions.yaml",
            about: "What came of what people suggested",
            holds: Some(Holds::List(&Holds::Map(&ACTION))),
        },
        &Kind {
            name: "registration",
            path: "private/registration.yaml",
            about: "Which question of a registration form is what",
            holds: Some(Holds::Map(&REGISTRATION)),
        },
    ];

    /// The schema of such files, where it is the same in all sites.
    pub fn schema(&self) -> Option<Value> {
        self.holds.map(|holds| yaml::schema(self.about, &holds))
    }
}

impl ValueEnum for &'static Kind {
    fn value_variants<'a>() -> &'a [Self] {
        &Kind::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name).help(format!("{} ({})", self.about, self.path)))
    }
}

impl Schema {
    pub(super) fn run(self) -> u8 {
        match self.make() {
            Ok(code) => code,
            Err(failure) => report::failure(&failure),
        }
    }

    /// # Errors
    /// The machine's trouble; findings in the site's own lists are printed, and exit code 1.
    fn make(&self) -> Result<u8, Failure> {
        let schema = match self.what.schema() {
            Some(schema) => schema,
            None => {
                let sources = Sources::read(&self.site)?;
                let mut found = Diagnostics::new();
                let site = SiteConfig::read(&sources, &mut found);
                let vocabulary = Vocabulary::read(&sources, &mut found);
                let Some(site) = site.filter(|_| !found.has_errors()) else {
                    found.extend(unreadable_files(&sources));
                    found.sort();
                    return Ok(report::findings(&found, &sources));
                };
                directory::schema(&site, &vocabulary)
            }
        };
        let text = format!("{schema:#}\n");
        match &self.out {
            None => Ok(report::print(&text)),
            Some(out) => {
                std::fs::write(out, text).map_err(Failure::system("write", out))?;
                Ok(0)
            }
        }
    }
}
