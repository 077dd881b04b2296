//! Pages in other languages -> findings about those that have fallen behind what they translate.
//!
//! The Welsh Language (Wales) Measure 2011 and its standards ask that Welsh be treated no less favourably than English: a
//! translation that says what held last year is worse than none that says so.

use crate::content::Page;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::{Project, source};
use crate::source::{Sources, Spanned};
use jiff::civil::Date;

/// Compares `translates` of each page with `updated` of the page that it translates.
pub fn translations(project: &Project, sources: &Sources, found: &mut Diagnostics) {
    for page in &project.pages {
        let path = |page: &Page| sources.file(page.file).path.as_str();
        match (source(project, page), &page.front.translates) {
            (Some(source), Some(translates)) => {
                found.extend(compare(source, path(source), translates).into_iter().collect());
            }
            (Some(source), None) => {
                if let Some(updated) = source.front.updated {
                    let message = format!("nobody will be told when this falls behind {}", path(source));
                    found.push(
                        Diagnostic::new(Code::TranslationDate, page.front.title.span, message)
                            .note("the page does not say which state of it it translates")
                            .help(format!(
                                "if it says what {} says today, add a line to the front matter: translates: {updated}",
                                path(source)
                            )),
                    );
                }
            }
            (None, Some(translates)) => {
                let first = project.first_language();
                let (message, help) = if page.language == *first {
                    (
                        "a page in the site's first language translates none".to_owned(),
                        "take the line out; the day of its own last change is `updated`".to_owned(),
                    )
                } else {
                    (
                        format!("there is no {}.md that this page translates", page.key),
                        "take the line out, or name the file as the page that it translates, with the language before `.md`"
                            .to_owned(),
                    )
                };
                found.push(Diagnostic::new(Code::TranslationDate, translates.span, message).help(help));
            }
            (None, None) => {}
        }
    }
}

fn compare(source: &Page, path: &str, translates: &Spanned<Date>) -> Option<Diagnostic> {
    let date = translates.value;
    let Some(updated) = source.front.updated else {
        let message =
            format!("nothing tells when this falls behind: {path} does not say when it was last changed");
        return Some(
            Diagnostic::new(Code::TranslationDate, translates.span, message)
                .help(format!("add a line to the front matter of {path}: updated: {date}")),
        );
    };
    if updated > date {
        let message = format!("{path} was changed on {updated}; this translates it as it was on {date}");
        return Some(
            Diagnostic::new(Code::TranslationStale, translates.span, message)
                .related(source.front.title.span, "what it translates")
                .note("until then the page says so to its readers, and offers them the other")
                .help(format!("bring this page up to date, then change the line to: translates: {updated}")),
        );
    }
    (updated < date).then(|| {
        let message = format!("{path} was last changed on {updated}, and this translates it as of {date}");
        Diagnostic::new(Code::TranslationDate, translates.span, message)
            .help(format!("change the line to: translates: {updated}"))
    })
}
