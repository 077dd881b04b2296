//! The text of a release -> its place among those there are: new, the same as before, or a correction.
//!
//! What is public stays public, so a release is never written over. One that would differ becomes a correction of its own,
//! with a date and a reason.

use super::Protect;
use super::edition::Chosen;
use super::figures::Figures;
use super::text::{self, Corrects};
use crate::evaluation::seal::sealed;
use crate::failure::Failure;
use crate::path::file_name;
use crate::source::Sources;

/// A release and where it goes.
pub(super) struct Release {
    /// From the site's folder.
    pub(super) path: String,
    pub(super) text: String,
    /// The file is there already, and says the same.
    pub(super) is_there: bool,
    /// The release of this edition that says something else, of which it would be a correction.
    pub(super) corrects: Option<String>,
}

pub(super) fn place(
    sources: &Sources,
    chosen: &Chosen,
    figures: &Figures,
    wanted: &Protect,
) -> Result<Release, Failure> {
    let folder = format!("content/evaluations/{}/releases/", chosen.survey().id);
    let path = format!("{folder}{}.yaml", chosen.edition);
    let first = text::text(sources, chosen, figures, None);
    let others = |own: &str| {
        let own = own.to_owned();
        let files =
            sources.below(&folder).filter(move |(_, file)| file.path != own && file.path.ends_with(".yaml"));
        files.map(|(_, file)| (file_name(&file.path).trim_end_matches(".yaml"), file.text.as_str()))
    };
    let seal = |text: &str, path: &str| sealed(text, others(path));
    let Some((_, there)) = sources.find(&path) else {
        if wanted.correct.is_some() {
            return Err(Failure::refused(
                format!("there is no release of `{}` to correct", chosen.edition),
                "leave --correct out: this is the first",
            ));
        }
        return Ok(Release { text: seal(&first, &path), path, is_there: false, corrects: None });
    };
    let number =
        (2..).find(|number| sources.find(&format!("{folder}{}.{number}.yaml", chosen.edition)).is_none());
    let number = number.unwrap_or(2);
    let latest_path = match number {
        2 => path.clone(),
        number => format!("{folder}{}.{}.yaml", chosen.edition, number - 1),
    };
    let latest = sources.find(&latest_path).map_or(there.text.as_str(), |(_, file)| file.text.as_str());
    if figures_of(latest) == figures_of(&first) {
        return Ok(Release { path: latest_path, text: latest.to_owned(), is_there: true, corrects: None });
    }
    // Whoever only looks need not say why yet.
    let reason = wanted.correct.as_deref().or(wanted.dry_run.then_some("not said yet"));
    let Some(reason) = reason else {
        return Err(Failure::refused(
            format!("{path} is there already, and says something else"),
            "what is public stays public: make a correction of its own with --correct \"what was wrong\", \
             look at what would be with --dry-run, or take the file out if it was never published",
        ));
    };
    let name = format!("{}.{number}", chosen.edition);
    let corrects = Corrects { edition: &name, date: wanted.date.to_string(), reason };
    let text = text::text(sources, chosen, figures, Some(&corrects));
    let path = format!("{folder}{name}.yaml");
    Ok(Release { text: seal(&text, &path), path, is_there: false, corrects: Some(latest_path) })
}

/// What a release says of the edition, without its head and its seal.
fn figures_of(text: &str) -> &str {
    let text = text.find("\ncollected:").map_or(text, |at| &text[at..]);
    text.rfind("\nseal:").map_or(text, |at| &text[..at])
}
