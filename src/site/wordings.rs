//! `consent:` of `site.yaml` -> whether the pages with the wordings are there for people to read.

use super::register::Target;
use super::{Context, LeftOut, Site};
use crate::config::ConsentWording;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Sources;
use std::collections::BTreeSet;

/// Looks at every page that `text` names.
pub fn wordings(site: &Site, sources: &Sources, left_out: &LeftOut, found: &mut Diagnostics) {
    let context = Context { project: site.project, sources, register: &site.register, left_out };
    for wording in &context.project.site.consent {
        found.extend(page(context, wording).into_iter().collect());
    }
}

/// The pages with the wordings, by key.
pub(super) fn keys(context: Context) -> BTreeSet<String> {
    let typed = context.project.site.consent.iter().filter_map(|wording| wording.page.as_ref());
    let pages = typed.filter_map(|page| {
        match context.register.target(context.project, &page.value, "", context.first()) {
            Target::Page { page: Some(at), .. } => Some(context.project.pages[at].key.clone()),
            _ => None,
        }
    });
    pages.collect()
}

fn page(context: Context, wording: &ConsentWording) -> Option<Diagnostic> {
    let page = wording.page.as_ref()?;
    let what = format!("the wording of the consent to `{}`", wording.purpose.key());
    let target = context.register.target(context.project, &page.value, "", context.first());
    let finding = |code, message| Some(Diagnostic::new(code, page.span, message));
    match target {
        Target::Elsewhere(_) | Target::Page { .. } => None,
        Target::NotPublic { why, .. } => finding(
            Code::LinkNotPublic,
            format!("`{}` is not public today ({why}), and it is {what}", page.value),
        )
        .map(|finding| finding.help("publish the page: whoever agreed must be able to read to what")),
        Target::Unknown(unknown) => {
            finding(Code::LinkToNowhere, format!("there is no page `{}`, and it would be {what}", page.value))
                .map(|finding| finding.help(context.register.suggest(&unknown)))
        }
        Target::Fragment(_) => finding(Code::LinkToNowhere, format!("{what} is a page"))
            .map(|finding| finding.help("write the page's path: policies/consent-v3.md")),
    }
}
