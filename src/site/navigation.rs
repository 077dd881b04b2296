//! `menu:` and `footer:` of `site.yaml`, and a page's place in the site -> the ways there, in one language.

use super::register::Target;
use super::{Context, prefixed};
use crate::config::MenuEntry;
use crate::content::{Kind, Origin, Page};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::language::Language;
use crate::path::Address;

/// Menu and footer of one language; an entry without address is not public today.
pub struct Menus {
    /// The main menu.
    pub menu: Vec<(String, Option<String>)>,
    /// The footer.
    pub footer: Vec<(String, Option<String>)>,
}

pub(super) fn breadcrumbs(context: Context, page: &Page) -> Vec<(String, Option<Address>)> {
    let first = context.first();
    let home = prefixed(&page.language, first, &[]);
    if page.address == home {
        return Vec::new();
    }
    let interface = context.interface(&page.language);
    let mut trail = vec![(interface.say("nav.home", &[]), Some(home))];
    match (&page.origin, page.front.kind) {
        (Origin::Report { survey, .. }, _) => {
            trail.push((
                interface.say("reports.title", &[]),
                Some(prefixed(&page.language, first, &["reports", survey])),
            ));
        }
        (_, Kind::News) => {
            trail.push((interface.say("news.title", &[]), Some(prefixed(&page.language, first, &["news"]))));
        }
        _ => {}
    }
    let own = match &page.origin {
        // The title of a report names the survey again.
        Origin::Report { edition, .. } => edition.clone(),
        Origin::Content => page.front.title.value.clone(),
    };
    trail.push((own, None));
    trail
}

pub(super) fn menus(context: Context, language: &Language, found: &mut Diagnostics) -> Menus {
    let site = &context.project.site;
    let mut entries = |list: &[MenuEntry]| -> Vec<(String, Option<String>)> {
        list.iter().filter_map(|entry| menu_entry(context, language, entry, found)).collect()
    };
    Menus { menu: entries(&site.menu), footer: entries(&site.footer) }
}

/// An entry's words and href; findings are made once, for the first language.
fn menu_entry(
    context: Context,
    language: &Language,
    entry: &MenuEntry,
    found: &mut Diagnostics,
) -> Option<(String, Option<String>)> {
    let first = context.first();
    let label = entry.label.as_ref().map(|label| label.get(language, first).value.clone());
    let target = context.register.target(context.project, &entry.target.value, "", language);
    let label_or = |usual: String| label.clone().unwrap_or(usual);
    let mut report = |finding: Diagnostic| {
        if language == first {
            found.push(finding);
        }
    };
    match target {
        Target::Elsewhere(href) => Some((label_or(href.clone()), Some(href))),
        Target::Page { address, title, .. } => {
            let title = title.unwrap_or_else(|| entry.target.value.clone());
            Some((label_or(title), Some(context.project.site.base.href(&address))))
        }
        Target::NotPublic { why, title } => {
            report(
                Diagnostic::new(
                    Code::LinkNotPublic,
                    entry.target.span,
                    format!(
                        "`{}` is not public today ({why}): the entry becomes plain text",
                        entry.target.value
                    ),
                )
                .help("take the entry out, or publish the page"),
            );
            Some((label_or(title.unwrap_or_else(|| entry.target.value.clone())), None))
        }
        Target::Unknown(unknown) => {
            report(
                Diagnostic::new(
                    Code::LinkToNowhere,
                    entry.target.span,
                    format!("there is no page `{}`", entry.target.value),
                )
                .help(context.register.suggest(&unknown)),
            );
            None
        }
        Target::Fragment(_) => {
            report(
                Diagnostic::new(Code::LinkToNowhere, entry.target.span, "a menu leads to pages")
                    .help("write a page's path (about.md) or address (/mentors/)"),
            );
            None
        }
    }
}
