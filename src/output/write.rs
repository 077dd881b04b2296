//! [`Output`] -> a folder that is the old site or the new one, whole, whenever the process dies.
//!
//! 1. Under a lock beside the folder, what a killed build left is cleared away;
//! 2. the new tree is staged beside the folder, files that have not changed as hard links of the old ones;
//! 3. the two folders change places in one step (`renameat2` with `RENAME_EXCHANGE` on Linux, `renamex_np` on macOS);
//! 4. the old tree is removed.
//!
//! Where the system or the mount cannot exchange, two renames do it, with recovery at the next start; the receipt
//! says that the guarantee was weaker. A folder without our marker is never touched.

use super::Output;
use crate::failure::Failure;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The file that says a folder is ours.
pub const MARKER: &str = ".mentorpress";
const MARKER_TEXT: &str =
    "This folder is made by Mentorpress. Whatever else is put here is removed by the next build.\n";

/// What writing did.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// Paths of new files.
    pub added: Vec<String>,
    /// Paths of files with other bytes than before.
    pub changed: Vec<String>,
    /// Paths of files that are gone.
    pub removed: Vec<String>,
    /// How many files stayed as they were.
    pub unchanged: usize,
    /// The folders could not be exchanged in one step.
    pub weaker: bool,
}

/// Writes the output to a folder.
///
/// # Errors
/// The folder is somebody else's, or the system refuses; then the old site stands as it was.
pub fn write(output: &Output, folder: &Path) -> Result<Receipt, Failure> {
    let place = Place::of(folder)?;
    let lock = place.beside("lock");
    let file = File::create(&lock).map_err(Failure::system("write", &lock))?;
    file.lock().map_err(Failure::system("lock", &lock))?;
    place.recover()?;
    place.clear()?;
    let exists = place.look()?;
    let plan = Plan::make(output, &place.folder, exists)?;
    if plan.is_nothing() && exists {
        return Ok(plan.receipt);
    }
    let stage = place.beside(&std::process::id().to_string());
    plan.stage(output, &place.folder, &stage)?;
    let mut receipt = plan.receipt;
    receipt.weaker = place.exchange(&stage, exists).inspect_err(|_| drop(fs::remove_dir_all(&stage)))?;
    // The new site stands; what is left of the old one is cleared by the next build if it cannot be removed now.
    drop(fs::remove_dir_all(&stage));
    Ok(receipt)
}

/// The paths of what stands in an output folder of ours; none where there is no such folder.
///
/// # Errors
/// The system refuses to read it.
pub fn there(folder: &Path) -> Result<Vec<String>, Failure> {
    if !folder.join(MARKER).is_file() {
        return Ok(Vec::new());
    }
    Ok(list(folder)?.into_keys().filter(|path| path != MARKER).collect())
}

/// The folder, and its surroundings.
struct Place {
    folder: PathBuf,
    parent: PathBuf,
    name: String,
}

impl Place {
    fn of(folder: &Path) -> Result<Place, Failure> {
        let unusable = || {
            Failure::refused(
                format!("{} cannot be an output folder", folder.display()),
                "name a folder that the program may make or has made: --out public",
            )
        };
        // A link to a folder stays a link: its target is what is exchanged.
        let folder = if folder.exists() {
            folder.canonicalize().map_err(Failure::system("read", folder))?
        } else {
            std::path::absolute(folder).map_err(Failure::system("read", folder))?
        };
        let name = folder.file_name().and_then(|name| name.to_str()).ok_or_else(unusable)?.to_owned();
        let parent = folder.parent().ok_or_else(unusable)?.to_path_buf();
        fs::create_dir_all(&parent).map_err(Failure::system("make", &parent))?;
        Ok(Place { folder, parent, name })
    }

    /// A path beside the folder that is ours by its name.
    fn beside(&self, what: &str) -> PathBuf {
        self.parent.join(format!(".{}.mentorpress-{what}", self.name))
    }

    /// A build without exchange that was killed between its two renames: the old site comes back.
    fn recover(&self) -> Result<(), Failure> {
        let previous = self.beside("previous");
        if !self.folder.exists() && previous.exists() {
            fs::rename(&previous, &self.folder).map_err(Failure::system("rename", &previous))?;
        }
        Ok(())
    }

    /// Removes the stages of builds that were killed.
    fn clear(&self) -> Result<(), Failure> {
        let prefix = format!(".{}.mentorpress-", self.name);
        let entries = fs::read_dir(&self.parent).map_err(Failure::system("read", &self.parent))?;
        for entry in entries {
            let entry = entry.map_err(Failure::system("read", &self.parent))?;
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && entry.file_name().to_str().is_some_and(|name| name.starts_with(&prefix)) {
                fs::remove_dir_all(entry.path()).map_err(Failure::system("remove", entry.path()))?;
            }
        }
        Ok(())
    }

    /// Whether the folder is there; one that is not ours is refused.
    fn look(&self) -> Result<bool, Failure> {
        let meta = match fs::metadata(&self.folder) {
            Ok(meta) => meta,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(Failure::system("read", &self.folder)(error)),
        };
        let ours = meta.is_dir() && self.folder.join(MARKER).is_file();
        let empty = || fs::read_dir(&self.folder).is_ok_and(|mut entries| entries.next().is_none());
        if ours || (meta.is_dir() && empty()) {
            return Ok(true);
        }
        Err(Failure::refused(
            format!("{} was not made by Mentorpress, so it is left alone", self.folder.display()),
            "name another folder with --out, or move that one away",
        ))
    }

    /// Puts the stage in the folder's place; `true` if it took two steps.
    fn exchange(&self, stage: &Path, exists: bool) -> Result<bool, Failure> {
        if !exists {
            fs::rename(stage, &self.folder).map_err(Failure::system("rename", stage))?;
            return Ok(false);
        }
        match exchange(stage, &self.folder) {
            Ok(()) => Ok(false),
            Err(error) if cannot(&error) => {
                let previous = self.beside("previous");
                fs::rename(&self.folder, &previous).map_err(Failure::system("rename", &self.folder))?;
                if let Err(error) = fs::rename(stage, &self.folder) {
                    drop(fs::rename(&previous, &self.folder));
                    return Err(Failure::system("rename", stage)(error));
                }
                drop(fs::remove_dir_all(&previous));
                Ok(true)
            }
            Err(error) => Err(Failure::system("exchange", &self.folder)(error)),
        }
    }
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether an error says that folders cannot be exchanged here at all.
fn cannot(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// What is new, what stays and what goes.
struct Plan {
    receipt: Receipt,
    /// Paths whose bytes are those of the old site.
    same: BTreeSet<String>,
}

impl Plan {
    fn make(output: &Output, old: &Path, exists: bool) -> Result<Plan, Failure> {
        let there = if exists { list(old)? } else { BTreeMap::new() };
        let compared: Vec<(&str, Option<bool>)> = output
            .iter()
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|(path, file)| {
                let same = there.get(path).map(|length| {
                    *length == file.bytes.len() as u64
                        && fs::read(old.join(path)).is_ok_and(|bytes| bytes == *file.bytes.whole())
                });
                (path, same)
            })
            .collect();
        let mut plan = Plan { receipt: Receipt::default(), same: BTreeSet::new() };
        for (path, same) in compared {
            match same {
                Some(true) => {
                    plan.same.insert(path.to_owned());
                }
                Some(false) => plan.receipt.changed.push(path.to_owned()),
                None => plan.receipt.added.push(path.to_owned()),
            }
        }
        plan.receipt.unchanged = plan.same.len();
        plan.receipt.removed =
            there.into_keys().filter(|path| path != MARKER && output.get(path).is_none()).collect();
        Ok(plan)
    }

    fn is_nothing(&self) -> bool {
        self.receipt.added.is_empty() && self.receipt.changed.is_empty() && self.receipt.removed.is_empty()
    }

    fn stage(&self, output: &Output, old: &Path, stage: &Path) -> Result<(), Failure> {
        fs::create_dir(stage).map_err(Failure::system("make", stage))?;
        let folders: BTreeSet<&str> = output
            .iter()
            .map(|(path, _)| crate::path::folder(path))
            .filter(|folder| !folder.is_empty())
            .collect();
        for folder in folders {
            let folder = stage.join(folder);
            fs::create_dir_all(&folder).map_err(Failure::system("make", folder))?;
        }
        output.iter().collect::<Vec<_>>().into_par_iter().try_for_each(|(path, file)| {
            let target = stage.join(path);
            if self.same.contains(path) {
                let source = old.join(path);
                if fs::hard_link(&source, &target).is_ok() {
                    return Ok(());
                }
                // Some mounts have no hard links: a copy keeps the time stamp, which is what uploads go by.
                return copy(&source, &target).map_err(Failure::system("copy", source));
            }
            fs::write(&target, file.bytes.whole()).map_err(Failure::system("write", target))
        })?;
        let marker = stage.join(MARKER);
        fs::write(&marker, MARKER_TEXT).map_err(Failure::system("write", marker))
    }
}

fn copy(source: &Path, target: &Path) -> io::Result<()> {
    fs::copy(source, target)?;
    let modified = fs::metadata(source)?.modified()?;
    File::options().write(true).open(target)?.set_modified(modified)
}

/// Every file below a folder with its length; empty folders and what is not a file are of no account.
fn list(folder: &Path) -> Result<BTreeMap<String, u64>, Failure> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.map_err(|error| Failure::System {
            doing: "read",
            path: error.path().unwrap_or(folder).to_path_buf(),
            reason: error.into(),
        })?;
        if entry.file_type().is_dir() {
            continue;
        }
        let path = entry
            .path()
            .strip_prefix(folder)
            .unwrap_or(entry.path())
            .to_string_lossy()
            .replace(std::path::MAIN_SEPARATOR, "/");
        let length = if entry.file_type().is_file() {
            entry.metadata().map_or(u64::MAX, |meta| meta.len())
        } else {
            u64::MAX
        };
        files.insert(path, length);
    }
    Ok(files)
}
