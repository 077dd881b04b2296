//! Files and folders: writing samples, looking at what a build made.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Says which file a system error is about.
pub(crate) fn at(path: &Path) -> impl Fn(std::io::Error) -> String {
    move |error| format!("{}: {error}", path.display())
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(at(folder))?;
    }
    fs::write(path, text).map_err(at(path))
}

/// Removes a folder that may not be there.
pub(crate) fn remove(folder: &Path) -> Result<(), String> {
    if folder.exists() { fs::remove_dir_all(folder).map_err(at(folder)) } else { Ok(()) }
}

/// What would change if anything below a folder were written, made or exchanged.
#[derive(PartialEq, Eq)]
pub(crate) struct Stamp {
    modified: SystemTime,
    inode: u64,
    pub(crate) length: u64,
    pub(crate) is_file: bool,
}

/// Everything below a folder and the folder itself, by path.
pub(crate) type Tree = BTreeMap<PathBuf, Stamp>;

/// Looks at a whole tree.
pub(crate) fn tree(folder: &Path) -> Result<Tree, String> {
    let mut tree = Tree::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        let meta = fs::symlink_metadata(&path).map_err(at(&path))?;
        if meta.is_dir() {
            for entry in fs::read_dir(&path).map_err(at(&path))? {
                open.push(entry.map_err(at(&path))?.path());
            }
        }
        let stamp = Stamp {
            modified: meta.modified().map_err(at(&path))?,
            inode: inode(&meta),
            length: if meta.is_file() { meta.len() } else { 0 },
            is_file: meta.is_file(),
        };
        tree.insert(path, stamp);
    }
    Ok(tree)
}

#[cfg(unix)]
fn inode(meta: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(meta)
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> u64 {
    0
}

/// Paths at which two looks differ.
pub(crate) fn differences<'t>(before: &'t Tree, after: &'t Tree) -> Vec<&'t Path> {
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    let other = after.iter().filter(|(path, stamp)| before.get(*path) != Some(*stamp)).map(|(path, _)| path);
    gone.chain(other).map(PathBuf::as_path).collect()
}
