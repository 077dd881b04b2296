//! Reports that are public today -> which editions of a survey readers may see: on other pages, in a figure over time.

use super::Context;
use crate::content::Origin;
use crate::evaluation::{Editions, Evaluation, Published};

/// The editions that readers may see today, up to one of them: each whose report is public, and the one that is asked
/// for in its own report.
pub(super) fn public<'p>(
    context: Context<'_, 'p>,
    survey: &str,
    evaluation: &'p Evaluation,
    own: Option<&str>,
    up_to: Option<&str>,
) -> Editions<'p> {
    let files = &context.left_out.files;
    let published = evaluation.editions.iter().filter_map(|(name, edition)| {
        let is_wanted = up_to.is_none_or(|last| name.as_str() <= last);
        let may_be_seen =
            is_wanted && !edition.is_left_out(files) && !files.contains(&evaluation.survey.file);
        let published: &Published = edition.published.as_ref().filter(|_| may_be_seen)?;
        (own == Some(name.as_str()) || has_report(context, survey, name)).then_some(published)
    });
    Editions::new(&evaluation.survey, published)
}

/// Whether the report on an edition is public today: its figures and quotations then may stand on other pages too.
pub(super) fn has_report(context: Context, survey: &str, edition: &str) -> bool {
    context.project.pages.iter().any(|page| {
        let is_its = matches!(&page.origin, Origin::Report { survey: of, edition: name } if of == survey && name == edition);
        is_its && context.register.is_public(&page.address) && context.register.owns(page)
    })
}
