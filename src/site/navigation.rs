//! `menu:` and `footer:` of `site.yaml`, and a page's place in the site -> the ways there, in one language.

use super::register::Target;
use super::{Context, prefixed};
use crate::config::MenuEntry;
use crate::content::{Kind, Origin, Page};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::language::Language;
use crate::path::Address;

/// Menu and footer of one language.
pub struct Menus {
    /// The main menu.
    pub menu: Vec<MenuItem>,
    /// The footer.
    pub footer: Vec<MenuItem>,
}

/// An entry of a menu.
pub struct MenuItem {
    /// What it says.
    pub label: String,
    /// The language of that, where it is not the menu's.
    pub label_in: Option<Language>,
    /// Where it leads; nowhere if that is not public today.
    pub href: Option<String>,
    /// The language of what it leads to, where that is not the menu's.
    pub leads_to: Option<Language>,
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
        (_, Kind::Event) => {
            let list = prefixed(&page.language, first, &["events"]);
            trail.push((interface.say("events.title", &[]), Some(list)));
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
    let mut entries = |list: &[MenuEntry]| -> Vec<MenuItem> {
        list.iter().filter_map(|entry| menu_entry(context, language, entry, found)).collect()
    };
    Menus { menu: entries(&site.menu), footer: entries(&site.footer) }
}

/// An entry's words and where it leads; findings are made once, for the first language.
fn menu_entry(
    context: Context,
    language: &Language,
    entry: &MenuEntry,
    found: &mut Diagnostics,
) -> Option<MenuItem> {
    let first = context.first();
    let label = entry.label.as_ref().map(|label| label.get_in(language, first));
    let label =
        label.map(|(label, written)| (label.value.clone(), (written != language).then(|| written.clone())));
    let target = context.register.target(context.project, &entry.target.value, "", language);
    let item =
        |usual: String, usual_in: Option<Language>, href: Option<String>, leads_to: Option<Language>| {
            let (label, label_in) = label.clone().unwrap_or((usual, usual_in));
            Some(MenuItem { label, label_in, href, leads_to })
        };
    let mut report = |finding: Diagnostic| {
        if language == first {
            found.push(finding);
        }
    };
    match target {
        Target::Elsewhere(href) => item(href.clone(), None, Some(href), None),
        Target::Page { address, title, other, .. } => {
            let title = title.unwrap_or_else(|| entry.target.value.clone());
            item(title, other.clone(), Some(context.project.site.base.href(&address)), other)
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
            item(title.unwrap_or_else(|| entry.target.value.clone()), None, None, None)
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
