//! The wordings of consent that `site.yaml` names -> findings about those whose page is not there.

use crate::config::SiteConfig;
use crate::content::Page;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::source::Sources;

/// Looks for the page of each wording: who agrees to it must be able to read it.
pub fn wordings(site: &SiteConfig, pages: &[Page], sources: &Sources, found: &mut Diagnostics) {
    let names = || pages.iter().map(|page| sources.file(page.file).path.trim_start_matches("content/"));
    for wording in &site.consent {
        let Some(page) = &wording.page else { continue };
        if !names().any(|name| name == page.value) {
            found.push(
                Diagnostic::new(
                    Code::LinkToNowhere,
                    page.span,
                    format!(
                        "there is no page content/{} with the wording {}",
                        page.value, wording.current.value
                    ),
                )
                .help(one_of(&page.value, names().collect::<Vec<_>>())),
            );
        }
    }
}
