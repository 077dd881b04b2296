//! What became of her photo -> words: deleted, or kept because it is another's too, and where it is still shown.

use crate::committee::{Fate, Sharer, Withdrawal, Withdrawn};
use std::collections::BTreeSet;

/// Her photo on the site that was built, as another's or in a file of somebody's.
pub(super) fn still_shown(done: &Withdrawn) -> String {
    if done.remains.pictured.is_empty() {
        return String::new();
    }
    let mut text = String::new();
    let whose = ids(&done.sharers);
    if done.sharers.is_empty() {
        text.push_str("A photo of hers is still on the site: as that of somebody else, or in a file that is copied as it is.\n");
    } else {
        let why: Vec<String> = done.sharers.iter().map(|sharer| shared(done, sharer)).collect();
        text.push_str(&format!("Her photo is still on the site, as that of {whose}: {}.\n", why.join("; ")));
    }
    text.push_str("It is shown at:\n");
    done.remains.pictured.iter().for_each(|address| text.push_str(&format!("    {address}\n")));
    if done.sharers.is_empty() {
        text.push_str("If it shows her who withdrew, take `photo:` out of the record that names it and delete the file, wherever it lies, then run mentorpress build.\n\n");
        return text;
    }
    let records = if done.sharers.len() == 1 { "record" } else { "records" };
    let files: BTreeSet<&str> = done.sharers.iter().map(|sharer| sharer.path.as_str()).collect();
    let files: Vec<&str> = files.into_iter().collect();
    text.push_str(&format!(
        "If it shows her who withdrew, take `photo:` out of the {records} of {whose}, delete {}, then run mentorpress build.\nIf she is not on it, leave it: then it was her record that named the wrong file.\n\n",
        files.join(" and ")
    ));
    text
}

fn ids(sharers: &[Sharer]) -> String {
    sharers.iter().map(|sharer| format!("`{}`", sharer.id)).collect::<Vec<_>>().join(", ")
}

/// Why a photo of hers is there after she withdrew.
fn shared(done: &Withdrawn, sharer: &Sharer) -> String {
    let Sharer { id, place, path } = sharer;
    match &done.photo {
        Fate::Kept(own) if own == path => {
            format!("{path} was kept, because the record of `{id}` names it too ({place})")
        }
        _ => format!("{path} is the same picture, and the record of `{id}` names it ({place})"),
    }
}

/// What was done with it, or would be.
pub(super) fn fate(order: &Withdrawal, done: &Withdrawn) -> String {
    let mut text = String::new();
    match &done.photo {
        Fate::None => {}
        Fate::Deleted(path) => text.push_str(&format!("  {path}: her photo is deleted\n")),
        Fate::Gone(path) => text.push_str(&format!("  {path}: her photo, which was gone already\n")),
        Fate::Kept(path) => {
            let whose = done.sharers.iter().filter(|sharer| sharer.path == *path);
            let why: Vec<String> = whose
                .map(|Sharer { id, place, .. }| format!("the record of `{id}` names it too ({place})"))
                .collect();
            text.push_str(&format!("  {path}: kept, because {}. ", why.join(", and ")));
            text.push_str(&match (order.dry_run, done.is_built() && done.remains.pictured.is_empty()) {
                (true, _) => format!("Pages that show {} would go on showing it\n", ids(&done.sharers)),
                (_, true) => "No page shows it today\n".to_owned(),
                _ => "If she is on it, take it out there\n".to_owned(),
            });
        }
    }
    if order.dry_run {
        for copy in done.sharers.iter().filter(|sharer| done.photo != Fate::Kept(sharer.path.clone())) {
            text.push_str(&format!("  {}\n", shared(done, copy)));
        }
    }
    text
}
