//! A project and what came of it -> the numbers and dates that a build ends with.

use crate::check;
use crate::content::Visibility;
use crate::directory::{self, Counts};
use crate::output::Output;
use crate::site::Project;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Numbers for the summary.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Summary {
    /// Pages made by a template.
    pub pages: usize,
    /// All files.
    pub files: usize,
    /// Mentors who are listed.
    pub mentors: usize,
    /// Whether `site.yaml` says that the whole site is a draft.
    pub draft: bool,
    /// How many people are in which state.
    pub people: Counts,
    /// The next day on which something changes, and what.
    pub next: Option<(Date, Vec<String>)>,
}

impl Summary {
    /// Counts a project, and its files where they could be made.
    pub(super) fn of(project: &Project, output: Option<&Output>) -> Summary {
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
        for (date, page) in check::reviews(project) {
            let title = &page.front.title.value;
            changes.entry(date).or_default().push(format!("\"{title}\" is due for review"));
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
            draft: project.site.draft,
            people: project.directory.counts(project.date),
            next: changes.into_iter().find(|(date, what)| *date > project.date && !what.is_empty()),
        }
    }
}
