//! Respondents' exports in `private/` -> a release: the file of what may be published of one edition of a survey.
//!
//! 1. `columns`: every column of every export belongs to a question of `survey.yaml`, or is knowingly not read;
//! 2. `answer`: a cell becomes an answer to its question, or trouble that names row and column and never what stands there;
//! 3. `tally`: answers become counts (`counter`), of which nothing can be shown;
//!    Free texts are coded by people, in a workbook that stays in `private/` (`coding`, `codes`);
//! 4. `suppress`, with `shown`, `statistic`, `themes` and `sector`: counts become what the policy lets be published. This is the only door out of a [`Tally`];
//! 5. `text`: that becomes the text of `releases/<edition>.yaml`, with a seal over its values and those before it;
//! 6. the text is read and judged as a build will read and judge it, before it is written;
//! 7. the author is told what it says (`told`), and what it says otherwise than the release before it (`beside`).
//!
//! Which display a question gets is fixed by `survey.yaml`, the policy and the numbers who answered; never by the answers.
//! Only the symbol in a cell depends on them.
//!
//! Nothing here can print a count by mistake:
//!
//! ```compile_fail
//! fn print(tally: &mentorpress::protect::Tally) -> String {
//!     tally.to_string()
//! }
//! ```
//!
//! ```compile_fail
//! fn write(tally: &mentorpress::protect::Tally) -> String {
//!     serde_json::to_string(tally).unwrap()
//! }
//! ```
//!
//! and what a debugger is shown says nothing:
//!
//! ```
//! fn print(tally: &mentorpress::protect::Tally) -> String {
//!     format!("{tally:?}")
//! }
//! ```

mod answer;
mod beside;
mod codes;
mod coding;
mod columns;
mod counter;
mod draft;
mod edition;
mod exports;
mod figures;
mod ledger;
mod sector;
mod shown;
mod statistic;
mod suppress;
mod tally;
mod text;
mod themes;
mod told;
mod trouble;
mod watch;

pub use draft::{Drafted, Init, destination, init};
pub use tally::Tally;
pub use trouble::Trouble;
pub use watch::Progress;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::evaluation::{self, Difference, Evaluation};
use crate::failure::Failure;
use crate::git;
use crate::source::{Access, Sources, write_whole};
use edition::{Chosen, choose};
use exports::{Answers, Broken};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What is wanted.
#[derive(Clone, Debug)]
pub struct Protect {
    /// The site's folder.
    pub site: PathBuf,
    /// The survey, where there are several.
    pub survey: Option<String>,
    /// The edition, where it is not the only one without a release.
    pub edition: Option<String>,
    /// The folder of the exports, where it is not the survey's own in `private/`.
    pub forms: Option<PathBuf>,
    /// Today.
    pub date: Date,
    /// Why a release that is there already is to be corrected.
    pub correct: Option<String>,
    /// Write a workbook for the coding of free texts, and no release.
    pub coding: bool,
    /// Say what would be, and write nothing.
    pub dry_run: bool,
    /// Hand over the counts themselves, for somebody who looks at them alone.
    pub show_private: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct Protected {
    /// What was read, with the release as it would be: for printing places.
    pub sources: Sources,
    /// Findings in the survey's own files, and in the release.
    pub found: Diagnostics,
    /// What keeps exports from being read as the survey describes them.
    pub troubles: Vec<Trouble>,
    /// Why exports could not be read at all.
    pub unread: Vec<Failure>,
    /// What will be public, what is withheld and why, and what was written.
    pub text: String,
    /// The counts themselves, where they were asked for.
    pub private: Option<Revealed>,
}

impl Protected {
    /// Nothing but findings.
    fn nothing(sources: Sources, found: Diagnostics) -> Protected {
        let (troubles, unread) = (Vec::new(), Vec::new());
        Protected { sources, found, troubles, unread, text: String::new(), private: None }
    }
}

/// Private counts in words. Its `Debug` says nothing of them.
pub struct Revealed(String);

impl Revealed {
    /// The words, for a terminal and nothing else: not for a file, a log or a mail.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Revealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Revealed(private)")
    }
}

/// Turns the exports of an edition into a release; `watch` is told how far they have been read.
///
/// # Errors
/// There is no such survey or edition; git would take `private/` in; the release is there already and differs; or the system
/// refuses. What is wrong with exports is in [`Protected`].
pub fn protect(wanted: &Protect, watch: &mut dyn FnMut(Progress)) -> Result<Protected, Failure> {
    git::refuse_private(&wanted.site)?;
    let sources = Sources::read(&wanted.site)?;
    let mut found = Diagnostics::new();
    let evaluations = evaluation::read(&sources, wanted.date, &mut found);
    if evaluations.is_empty() && found.has_errors() {
        // A survey that cannot be read is none.
        found.retain(|finding| sources.file(finding.span.file).path.starts_with("content/evaluations/"));
        found.sort();
        return Ok(Protected::nothing(sources, found));
    }
    let (evaluation, edition) = choose(&evaluations, wanted)?;
    let survey = evaluation.survey.at(&edition);
    let chosen = Chosen::new(&survey, edition)?;
    let own = [
        format!("content/evaluations/{}/survey.yaml", survey.id),
        format!("content/evaluations/{}/releases/", survey.id),
    ];
    let is_own = |sources: &Sources, finding: &Diagnostic| {
        own.iter().any(|own| sources.file(finding.span.file).path.starts_with(own))
    };
    found.retain(|finding| is_own(&sources, finding));
    chosen.check(&mut found);
    if found.has_errors() {
        found.sort();
        return Ok(Protected::nothing(sources, found));
    }
    let Answers { tally, texts, codes, read } = match exports::read(&chosen, wanted, watch) {
        Ok(answers) => answers,
        Err(Broken { troubles, unread }) => {
            return Ok(Protected { troubles, unread, ..Protected::nothing(sources, found) });
        }
    };
    if wanted.coding {
        let written = coding::write(&chosen, wanted, texts, codes)?;
        let text = told::coding(&written, wanted);
        return Ok(Protected { text, ..Protected::nothing(sources, found) });
    }
    let figures = suppress::release(&chosen, &tally, read.is_coded);
    let release = ledger::place(&sources, &chosen, &figures, wanted)?;
    // The very pipeline that will publish it has the last word.
    let sources = sources.with(&BTreeMap::from([(release.path.clone(), release.text.clone())]));
    let mut found = Diagnostics::new();
    let after = evaluation::read(&sources, wanted.date, &mut found);
    found.retain(|finding| is_own(&sources, finding));
    found.sort();
    let mut text = told::told(&chosen, &figures, &read);
    if !found.has_errors() {
        if let Some(after) = after.get(&survey.id) {
            text.push_str(&differences(&chosen.edition, evaluation, after, release.corrects.as_deref()));
        }
        if !wanted.dry_run && !release.is_there {
            let path = wanted.site.join(&release.path);
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder).map_err(Failure::system("make", folder))?;
            }
            write_whole(&path, release.text.as_bytes(), Access::AsItIs)?;
        }
        text.push_str(&told::written(&release, wanted));
    }
    let private = wanted.show_private.then(|| Revealed(told::private(&chosen, &tally)));
    Ok(Protected { text, private, ..Protected::nothing(sources, found) })
}

/// What the release of an edition says otherwise than the one that it corrects, or else than the edition before it. It is made of what is
/// published and of nothing else.
fn differences(edition: &str, before: &Evaluation, after: &Evaluation, corrects: Option<&str>) -> String {
    let Some(own) = after.published(edition) else { return String::new() };
    if let Some(path) = corrects {
        let old = before.published(edition);
        return old.map_or(String::new(), |old| {
            beside::release(path, &Difference::between(&after.survey, old, own))
        });
    }
    let earlier = after.editions.iter().rev().find(|(name, _)| name.as_str() < edition);
    let Some((name, earlier)) = earlier else { return String::new() };
    match &earlier.published {
        Some(old) => beside::edition(name, &Difference::between(&after.survey, old, own)),
        None => format!(
            "\nThe edition before, {name}, is not public as it stands, so that nothing is set beside it.\n"
        ),
    }
}
