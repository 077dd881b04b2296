//! A project and what came of it -> the numbers and dates that a build ends with.

use crate::check;
use crate::content::Visibility;
use crate::directory::{self, Counts};
use crate::language::Language;
use crate::output::Output;
use crate::site::{Project, Translated, translated};
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
    /// What there is in the site's other languages, with their names.
    pub translated: Vec<(String, Translated)>,
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
                    if let Some(event) = &page.front.event
                        && event.last_day() >= project.date
                        && let Ok(date) = event.last_day().tomorrow()
                    {
                        changes.entry(date).or_default().push(format!("\"{title}\" is over"));
                    }
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
        for cohort in project.site.scheme.iter().flat_map(|scheme| &scheme.cohorts) {
            let mut change = |date: Option<Date>, what: String| {
                if let Some(date) = date {
                    changes.entry(date).or_default().push(what);
                }
            };
            let after = |date: Option<Date>| date.and_then(|date| date.tomorrow().ok());
            change(
                after(cohort.last_call()),
                format!("applications for the cohort of {} are closed", cohort.start),
            );
            change(cohort.first_day(), format!("the cohort of {} begins", cohort.start));
            change(after(cohort.last_day()), format!("the cohort of {} is over", cohort.start));
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
            translated: translated(project).into_iter().map(|of| (name(project, &of.language), of)).collect(),
            next: changes.into_iter().find(|(date, what)| *date > project.date && !what.is_empty()),
        }
    }
}

/// A language's name in the site's first.
fn name(project: &Project, language: &Language) -> String {
    let key = format!("language.{language}");
    let interface = project.theme.interface(project.first_language());
    if interface.has(&key) { interface.say(&key, &[]) } else { language.to_string() }
}
