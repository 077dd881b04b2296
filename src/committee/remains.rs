//! A record that is gone -> where copies of it still are that no program here can delete.

use super::photo::Fate;
use super::record::Record;
use super::scheme::Scheme;
use crate::git;
use crate::path::Address;
use crate::site::profile_address;
use crate::yaml::{self, Kind};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What remains of somebody elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remains {
    /// Repositories whose history keeps her files, with the paths of these from each repository.
    pub histories: Vec<History>,
    /// Addresses to delete from the live host: of what the build removed, or else of her pages.
    pub addresses: BTreeSet<String>,
    /// Addresses that showed her, and stand there without her now.
    pub changed: BTreeSet<String>,
    /// Addresses that show a photo of hers still, because it is another's too: pages, where there are any.
    pub pictured: BTreeSet<String>,
    /// Her page in the site's first language: where a search for copies begins. Who is no mentor has none.
    pub page: Option<String>,
    /// The address of the live site; without a `site.yaml` nobody knows it.
    pub live: Option<String>,
}

/// A repository that keeps what was deleted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct History {
    /// Its folder.
    pub root: PathBuf,
    /// Files of hers alone, from there.
    pub own: Vec<String>,
    /// A file with other people's records too.
    pub shared: Option<String>,
}

/// What a build did to files of the output folder.
#[derive(Default)]
pub(super) struct Rebuilt<'r> {
    /// Files that are gone.
    pub removed: &'r [String],
    /// Files that showed her and do not any more.
    pub changed: Vec<&'r str>,
    /// Files that show a photo of hers still.
    pub pictured: Vec<&'r str>,
}

pub(super) fn remains(scheme: &Scheme, record: &Record, photo: &Fate, rebuilt: &Rebuilt) -> Remains {
    // Without site.yaml nobody knows the site's address: paths have to do.
    let absolute = |address: &Address| match scheme.has_site {
        true => scheme.site.base.absolute(address),
        false => address.to_string(),
    };
    let first = &scheme.site.languages[0];
    let pages = scheme.site.languages.iter().map(|language| profile_address(language, first, &record.id));
    let may_have_page = may_be_mentor(record);
    let mut addresses: BTreeSet<String> =
        pages.filter(|_| may_have_page).map(|address| absolute(&address)).collect();
    let of_file = |path: &str| absolute(&Address::file(path));
    addresses.extend(rebuilt.removed.iter().map(|path| of_file(path)));
    let is_page = |path: &&str| path.ends_with(".html");
    let has_pages = rebuilt.pictured.iter().any(is_page);
    let pictured = rebuilt.pictured.iter().filter(|path| is_page(path) || !has_pages);
    Remains {
        histories: histories(scheme, record, photo),
        addresses,
        changed: rebuilt.changed.iter().map(|path| of_file(path)).collect(),
        pictured: pictured.map(|path| of_file(path)).collect(),
        page: may_have_page.then(|| absolute(&profile_address(first, first, &record.id))),
        live: scheme.has_site.then(|| scheme.site.base.absolute(&Address::page([]))),
    }
}

/// Whether she may have had a page: only mentors have one, and a record may not say any more what she was.
fn may_be_mentor(record: &Record) -> bool {
    match record.get("roles").map(|roles| &roles.kind) {
        Some(Kind::List(roles)) => roles.iter().any(|role| yaml::scalar(role) == Some("mentor")),
        _ => true,
    }
}

fn histories(scheme: &Scheme, record: &Record, photo: &Fate) -> Vec<History> {
    let file = scheme.sources.on_disk(record.file);
    let folder = file.parent().unwrap_or(&scheme.root).to_path_buf();
    let mut histories = Vec::new();
    if let Some(root) = git::root(&folder) {
        let inner = |path: &str| {
            let path = scheme.root.join(path);
            // The file may be gone; its folder is not.
            let folder = path.ancestors().skip(1).find_map(|folder| folder.canonicalize().ok())?;
            let whole = folder.join(path.file_name()?);
            Some(whole.strip_prefix(&root).ok()?.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"))
        };
        let mut own = Vec::new();
        let mut shared = None;
        match inner(&record.path) {
            Some(path) if record.is_whole => own.push(path),
            path => shared = path,
        }
        if let Fate::Deleted(path) | Fate::Gone(path) = photo {
            own.extend(inner(path));
        }
        histories.push(History { root, own, shared });
    }
    // The people's files may lie in a repository of their own; the pages that named her lie in the site's.
    if let Some(root) = git::root(&scheme.root)
        && !histories.iter().any(|history| history.root == root)
    {
        histories.push(History { root, own: Vec::new(), shared: None });
    }
    histories
}
