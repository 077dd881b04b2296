//! `mentorpress mentors withdraw`.

mod photo;

use super::{Place, complain, complain_of, count, print};
use crate::committee::{self, Kept, What, Withdrawal, Withdrawn};
use crate::failure::Failure;
use crate::pipeline::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Options of `withdraw`.
#[derive(clap::Args, Debug)]
#[command(after_help = WHAT)]
pub(super) struct Withdraw {
    /// Who: the name of her file without .yaml
    id: String,
    /// Where the website is [default: public in the site's folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Her name, to search for where her record does not say it any more
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Say what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    place: Place,
}

const WHAT: &str =
    "It asks nothing and begins at once. Her record gives way to three lines that keep her id from
being taken; her photo is deleted, her address forgotten. The website is built as with
build --takedown, and searched. If the program is interrupted, run it again.";

impl Withdraw {
    pub(super) fn run(self) -> Result<u8, Failure> {
        let order = Withdrawal {
            out: self.out.unwrap_or_else(|| self.place.site.join("public")),
            date: self.place.date(),
            site: self.place.site,
            id: self.id,
            name: self.name,
            dry_run: self.dry_run,
        };
        let done = committee::withdraw(&order)?;
        Ok(tell(&order, &done))
    }
}

/// Prints what became of it; returns the exit code.
fn tell(order: &Withdrawal, done: &Withdrawn) -> u8 {
    complain(&trouble(order, done));
    if let Some(Ok(outcome)) = &done.build
        && !outcome.is_sound
    {
        let errors = outcome.found.errors().cloned().collect();
        complain_of(&errors, &outcome.sources);
    }
    print(&format!(
        "{}{}{}{}",
        what_was_done(order, done),
        what_was_found(order, done),
        elsewhere(done),
        remains(order, done)
    ));
    let shows = done.searched.hits.iter().any(|(_, what)| *what != What::Name);
    match (&done.build, &done.private) {
        (Some(Err(_)), _) | (_, Err(_)) => 2,
        _ if !done.undone.is_empty() || done.unwritten.is_some() || !done.searched.unread.is_empty() => 2,
        (Some(Ok(outcome)), _) if !outcome.is_sound => outcome.exit_code().max(1),
        (Some(_), _) if shows || !done.had_site => 1,
        _ => 0,
    }
}

/// What must not be overlooked.
fn trouble(order: &Withdrawal, done: &Withdrawn) -> String {
    let mut text = String::new();
    let id = &order.id;
    let name = done.name.as_deref().unwrap_or("her name");
    if !done.had_site && !order.dry_run {
        text.push_str(&format!(
            "No website of this scheme was in {}, so the one that shows `{id}` has not been searched. If it is elsewhere, run this again: mentorpress mentors withdraw {id} --name \"{name}\" --out DIR\n\n",
            order.out.display()
        ));
    }
    let shows = if !done.had_site {
        "was not found"
    } else if done.searched.hits.is_empty() {
        "does not show her"
    } else {
        "still shows her"
    };
    if let Some(failure) = &done.unwritten {
        let where_she_is = if done.searched.hits.is_empty() {
            format!("The record of `{id}` is as it was, and the next build may show her")
        } else {
            format!("`{id}` is still on the site, and her record is as it was")
        };
        text.push_str(&format!(
            "{where_she_is}: {failure}\nMend that, then run this again: mentorpress mentors withdraw {id}\n\n"
        ));
    }
    let why = match &done.build {
        Some(Err(failure)) => Some(failure.to_string()),
        Some(Ok(outcome)) if !outcome.is_sound => Some("the findings below stand in the way".to_owned()),
        _ => None,
    };
    if let Some(why) = why {
        let files = if done.unwritten.is_some() { "no" } else { "`{id}` is withdrawn in the files, but no" };
        let files = files.replace("{id}", id);
        text.push_str(&format!(
            "The site that stands {shows}: {files} new site could be built: {why}\nMend that, then run this again: mentorpress mentors withdraw {id} --name \"{name}\"\nUntil then the live website can only be taken offline: remove from the server what is listed below, or all of it.\n\n"
        ));
    }
    if let Err(failure) = &done.private {
        text.push_str(&format!("private/ was left as it was: {failure}\nThen run this again, so that an old registration does not bring her back.\n\n"));
    }
    if let Some(caveat) = &done.caveat {
        let others = if done.is_complete { "" } else { " Other records may name her or her photo." };
        text.push_str(&format!("{caveat}{others}\n\n"));
    }
    text.push_str(&photo::still_shown(done));
    for failure in &done.searched.unread {
        text.push_str(&format!(
            "{failure}. What is in there was not searched: look for her there yourself.\n\n"
        ));
    }
    for failure in &done.undone {
        text.push_str(&format!("{failure}. Delete it yourself.\n\n"));
    }
    text
}

fn what_was_done(order: &Withdrawal, done: &Withdrawn) -> String {
    let id = &order.id;
    let mut text = match (order.dry_run, done.was_withdrawn) {
        (true, _) => format!("Withdrawing `{id}` would do this. Nothing has been changed (--dry-run).\n"),
        (false, true) => format!("`{id}` had withdrawn on {}; her record was gone already.\n", done.on),
        (false, false) if done.unwritten.is_some() => {
            format!("`{id}` is not withdrawn yet. What was done:\n")
        }
        (false, false) => format!("`{id}` is withdrawn.\n"),
    };
    if !done.was_withdrawn && done.unwritten.is_none() {
        let comments = match done.comments {
            0 => String::new(),
            n => format!(", with the {} of comments above it", count(n, "line", "lines")),
        };
        text.push_str(&format!(
            "  {}: her record gives way to `id: {id}`, `status: withdrawn`, `on: {}`{comments}\n",
            done.path, done.on
        ));
    }
    text.push_str(&photo::fate(order, done));
    match &done.private {
        Ok(Kept::Address) => text.push_str(
            "  private/: her address is forgotten; a keyed hash of it keeps an old registration from bringing her back\n",
        ),
        Ok(Kept::Nothing) if !done.was_withdrawn => text.push_str(&format!(
            "  private/: no address of hers, so nothing there keeps an old registration from bringing her back. {}\n",
            add_address(id)
        )),
        Ok(Kept::Perhaps) if !done.was_withdrawn => text.push_str(&format!(
            "  private/: no address of hers is there any more. One was forgotten on {}: hers, if this was interrupted before, and then\n  its keyed hash keeps an old registration from bringing her back. If it was another's: {}\n",
            done.on,
            add_address(id)
        )),
        _ => {}
    }
    for folder in &done.exports {
        text.push_str(&format!("  {}: what was gathered for her is deleted\n", folder.display()));
    }
    if let Some(Ok(outcome)) = &done.build {
        // As her record says more than withdrawal leaves, a build may show her.
        let without = if done.unwritten.is_some() { "" } else { " without her" };
        text.push_str(&built(&order.out, outcome, without));
    }
    text
}

fn add_address(id: &str) -> String {
    format!("Add `{id}: her address` to private/addresses.yaml and run this again")
}

fn built(out: &Path, outcome: &Outcome, without: &str) -> String {
    let mut text = String::new();
    if let Some(receipt) = &outcome.receipt {
        let parts = [
            (receipt.removed.len(), "file removed", "files removed"),
            (receipt.changed.len(), "changed", "changed"),
            (receipt.added.len(), "new", "new"),
        ];
        let parts: Vec<String> =
            parts.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(n, one, many)).collect();
        let what = if parts.is_empty() { "nothing had to change".to_owned() } else { parts.join(", ") };
        text.push_str(&format!("  {}: built{without}: {what}\n", out.display()));
    }
    if !outcome.left_out.is_empty() {
        text.push_str(&format!(
            "Left out of the site because of findings, so that they did not stand in her way: {}. mentorpress check shows them.\n",
            outcome.left_out.join(", ")
        ));
    }
    text
}

fn what_was_found(order: &Withdrawal, done: &Withdrawn) -> String {
    let searched = &done.searched;
    if searched.files == 0 {
        return format!("\nThere is no website in {}.\n", order.out.display());
    }
    let for_what = if done.name.is_some() { "her name, her id and her photo" } else { "her id" };
    let mut text = format!(
        "\nSearched {} in {} for {for_what}, as text and byte for byte: ",
        count(searched.files, "file", "files"),
        order.out.display()
    );
    if searched.hits.is_empty() {
        text.push_str(match searched.unread.is_empty() {
            true => "nothing is left.\n",
            false => "nothing is in what could be read.\n",
        });
    } else {
        text.push_str(if order.dry_run {
            "these show her today.\n"
        } else {
            "these still have something.\n"
        });
        let mut by_path: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (path, what) in &searched.hits {
            let what = match what {
                What::Name => "her name",
                What::Id => "her id",
                What::Photo => "her photo",
            };
            by_path.entry(path).or_default().push(what);
        }
        for (path, what) in by_path {
            text.push_str(&format!("  {path}: {}\n", what.join(", ")));
        }
    }
    if done.name.is_none() {
        text.push_str(&format!(
            "Her record does not say her name any more. To search for it too: mentorpress mentors withdraw {} --name \"her name\"\n",
            order.id
        ));
    }
    if let Some(other) = &done.namesake {
        text.push_str(&format!(
            "`{other}` is public and has the same name: where it stands, it may be meant for her.\n"
        ));
    }
    text
}

fn elsewhere(done: &Withdrawn) -> String {
    let mentions = &done.mentions;
    let mut text = String::new();
    let place = |place: &committee::Place| {
        let words = match &place.text {
            Some(text) => shortened(text, place.at),
            None if place.is_comment => "in a comment".to_owned(),
            None => "in another person's record".to_owned(),
        };
        format!("  {}:{}  {words}\n", place.path, place.line)
    };
    if !mentions.named.is_empty() || !mentions.documents.is_empty() {
        text.push_str("\nHer name stands in what others wrote. Take it out where she does not want it, then build again:\n");
        mentions.named.iter().for_each(|named| text.push_str(&place(named)));
        mentions.documents.iter().for_each(|path| text.push_str(&format!("  {path}  (a document)\n")));
    }
    if !mentions.linked.is_empty() {
        let become_text =
            if done.is_built() { "are now plain text" } else { "become plain text with the next build" };
        text.push_str(&format!(
            "\nThese lead to her profile, or ask for her name by her id. Links to her {become_text}, her name \"a former mentor\":\n"
        ));
        mentions.linked.iter().for_each(|linked| text.push_str(&place(linked)));
    }
    if !mentions.unread.is_empty() {
        text.push_str("\nPictures, PDF files and some others cannot be searched here, or not wholly. Look at them yourself:\n");
        mentions.unread.iter().for_each(|path| text.push_str(&format!("  {path}\n")));
    }
    text
}

/// A long line with what is meant in the middle.
fn shortened(line: &str, at: usize) -> String {
    const BEFORE: usize = 20;
    const MOST: usize = 70;
    let before = line.get(..at).map_or(0, |before| before.chars().count());
    let skipped = if line.chars().count() > MOST { before.saturating_sub(BEFORE) } else { 0 };
    let mut text = if skipped > 0 { "…".to_owned() } else { String::new() };
    text.extend(line.chars().skip(skipped).take(MOST));
    if line.chars().count() > skipped + MOST {
        text.push('…');
    }
    text
}

fn remains(order: &Withdrawal, done: &Withdrawn) -> String {
    let remains = &done.remains;
    let mut text = "\nWhat this program cannot delete:\n".to_owned();
    text.push_str("- The live website. Upload the new site with a tool that deletes what is gone.\n");
    let list = |text: &mut String, addresses: &BTreeSet<String>| {
        addresses.iter().for_each(|address| text.push_str(&format!("    {address}\n")));
    };
    if !remains.addresses.is_empty() {
        text.push_str("  Then see that these addresses answer \"not found\", and have them cleared from the host's cache:\n");
        list(&mut text, &remains.addresses);
    }
    if !remains.changed.is_empty() {
        text.push_str(
            "  These showed her. See that they no longer do, and have them cleared from the cache too:\n",
        );
        list(&mut text, &remains.changed);
    }
    if let Some(live) = &remains.live {
        text.push_str(&format!(
            "  After the upload this asks the host itself for all that was ever published and noted (build --remember):\n    mentorpress check --live {live}\n"
        ));
    }
    for history in &remains.histories {
        let root = history.root.display();
        if history.own.is_empty() && history.shared.is_none() {
            text.push_str(&format!("- The history of the git repository in {root}, where older pages and an older public/ may name her.\n"));
            continue;
        }
        text.push_str(&format!(
            "- The history of the git repository in {root}. It keeps every version ever committed: anybody with a copy can bring a\n  deleted file back. Ask whoever looks after it to take these out of the history, to have the git host forget them,\n  and to have all copies made anew:\n"
        ));
        for path in &history.own {
            text.push_str(&format!("    {path}\n"));
        }
        if let Some(path) = &history.shared {
            text.push_str(&format!("    {path} (the lines of her record; others' records stay)\n"));
        }
        if !history.own.is_empty() {
            let paths: String = history.own.iter().map(|path| format!(" --path {path}")).collect();
            text.push_str(&format!("  With git-filter-repo: git filter-repo --invert-paths{paths}\n  Her three lines go with it: put them back afterwards. A file that git never took needs none of this.\n"));
        }
    }
    text.push_str(&match &remains.page {
        Some(page) => format!(
            "- Search engines and web archives. Ask them to remove {page}:\n    https://search.google.com/search-console/remove-outdated-content\n    https://web.archive.org/web/*/{page} (write to info@archive.org)\n"
        ),
        None => "- Search engines and web archives. She had no page of her own. Ask them to take in anew the pages that showed her:\n    https://search.google.com/search-console/remove-outdated-content\n    https://web.archive.org/ (write to info@archive.org)\n".to_owned(),
    });
    text.push_str("- Backups, copies on colleagues' computers, registration exports in private/ and in your forms, e-mails and printed lists. Delete\n  her there, or note it where a backup cannot be changed.\n");
    if !order.dry_run && done.is_built() && done.unwritten.is_none() {
        text.push_str("When the live website is as said above, tell her that it is done.\n");
    }
    text
}
