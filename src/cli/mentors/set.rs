//! `mentorpress mentors set`.

use super::{Place, complain, complain_of, complain_of_doubt, count, lines, print};
use crate::committee::{Assignment, Scheme, set};
use crate::failure::Failure;

/// Options of `set`.
#[derive(clap::Args, Debug)]
#[command(after_help = KEYS)]
pub(super) struct Set {
    /// Whose record: the name of her file without .yaml
    id: String,
    /// What to change: key=value. An empty value takes the key out; += and -= add to a list or a number, and take away
    #[arg(required = true, value_name = "KEY=VALUE", value_parser = Assignment::read)]
    changes: Vec<Assignment>,
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    place: Place,
}

const KEYS: &str = "Keys: capacity, taken, status (registered, listed, paused), until, review_by,
name, sort_name, pronouns, post, institution, stage, pathway, seeks, bio, noindex, and the lists
disciplines, interests, offers, languages, roles, named_elsewhere.

Examples:
  mentorpress mentors set amara taken=2
  mentorpress mentors set amara taken+=1
  mentorpress mentors set amara status=paused until=2027-02-01
  mentorpress mentors set amara post=\"Professor of Public Health\"
  mentorpress mentors set amara offers=grants,promotion
  mentorpress mentors set amara offers-=grants";

impl Set {
    pub(super) fn run(self) -> Result<u8, Failure> {
        let mut scheme = Scheme::read(&self.place.site, self.place.date())?;
        complain_of_doubt(&scheme);
        let changes = set(&mut scheme, &[(self.id.as_str(), self.changes)])?;
        let change = &changes.records[0];
        if !change.is_something {
            return Ok(print(&format!("{} says so already: nothing to change.\n", change.path)));
        }
        complain_of(&change.found, &scheme.sources);
        if !changes.are_allowed() {
            let errors = count(change.found.errors().count(), "error", "errors");
            complain(&format!(
                "With this change {} would have {errors}: nothing was written.\n",
                change.path
            ));
            return Ok(1);
        }
        let mut text: String = changes.files.iter().map(lines).collect();
        if self.dry_run {
            text.push_str("Nothing was written (--dry-run).\n");
            return Ok(print(&text));
        }
        changes.write(&scheme)?;
        text.push_str("Written. The website shows it after the next build: mentorpress build\n");
        if change.old_errors > 0 {
            let errors = count(change.old_errors, "error", "errors");
            text.push_str(&format!("The record has {errors} from before: mentorpress check shows them.\n"));
        }
        Ok(print(&text))
    }
}
