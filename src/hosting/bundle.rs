//! [`Output`] -> a ZIP archive for those who put a site on the web by hand, and what is new in it.
//!
//! New is what differs from the archive that they were given before: the one that stands where this one goes, or another that
//! is named. Builds in between do not matter. The list lies beside the archive and not in it, because what it says is gone
//! must not be published again.

use crate::archive;
use crate::failure::Failure;
use crate::output::Output;
use crate::source::{Access, write_whole};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// An archive to be written.
#[derive(Debug)]
pub struct Bundle {
    file: PathBuf,
    /// The archive before it, read before anything is written.
    before: Option<Vec<u8>>,
}

/// What is new in an archive.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Bundled {
    /// Files that were not in the one before.
    pub added: Vec<String>,
    /// Files with other bytes.
    pub changed: Vec<String>,
    /// Files that are gone.
    pub removed: Vec<String>,
    /// Whether there was one before.
    pub has_before: bool,
    /// Whether it is the same to the byte: then nothing was written.
    pub is_same: bool,
}

impl Bundle {
    /// Prepares to write an archive; `previous` is the one to compare with, if not the one that stands there.
    ///
    /// # Errors
    /// It would lie within the site, what stands there is no archive, or the system refuses.
    pub fn open(file: &Path, previous: Option<&Path>, out: &Path, site: &Path) -> Result<Bundle, Failure> {
        outside(file, out, site, "--zip site.zip")?;
        let there = match previous {
            Some(previous) => Some(previous),
            None => Some(file).filter(|file| file.exists()),
        };
        let before =
            there.map(|path| std::fs::read(path).map_err(Failure::system("read", path))).transpose()?;
        if let (Some(bytes), Some(path)) = (&before, there)
            && archive::compare(bytes, |_| None).is_none()
        {
            return Err(Failure::refused(
                format!("{} is not a ZIP archive", path.display()),
                "name the archive that was made last, or another file to write",
            ));
        }
        Ok(Bundle { file: file.to_path_buf(), before })
    }

    /// Where what is new is listed.
    pub fn list(&self) -> PathBuf {
        let mut name = self.file.clone().into_os_string();
        name.push(".changes.txt");
        PathBuf::from(name)
    }

    /// Writes archive and list, each in one step. The list comes first: a process that dies in between makes both again.
    ///
    /// # Errors
    /// The system refuses; then what stood there before is as it was.
    pub fn write(&self, output: &Output) -> Result<Bundled, Failure> {
        let files = output.iter().map(|(path, file)| (path, file.bytes.whole()));
        let packed = archive::pack_all(files).map_err(|reason| {
            Failure::refused(format!("the site cannot be packed: {reason}"), "upload the folder instead")
        })?;
        let mut bundled = self.compare(output);
        bundled.is_same = std::fs::read(&self.file).is_ok_and(|there| there == packed);
        if !bundled.is_same {
            write_whole(&self.list(), told(&bundled).as_bytes(), Access::AsItIs)?;
            write_whole(&self.file, &packed, Access::AsItIs)?;
        }
        Ok(bundled)
    }

    fn compare(&self, output: &Output) -> Bundled {
        let before = self.before.as_deref();
        let there: BTreeMap<String, bool> = before
            .and_then(|bytes| archive::compare(bytes, |name| output.get(name).map(|file| file.bytes.whole())))
            .unwrap_or_default();
        let paths = |wanted: &dyn Fn(Option<bool>) -> bool| {
            let paths = output.iter().map(|(path, _)| path);
            paths.filter(|path| wanted(there.get(*path).copied())).map(str::to_owned).collect()
        };
        Bundled {
            added: paths(&|same| same.is_none()),
            changed: paths(&|same| same == Some(false)),
            removed: there.keys().filter(|path| output.get(path).is_none()).cloned().collect(),
            has_before: before.is_some(),
            is_same: false,
        }
    }
}

/// Refuses a file that would be published or removed with the site.
///
/// # Errors
/// It lies within the output folder or `content/`.
pub fn outside(file: &Path, out: &Path, site: &Path, example: &str) -> Result<(), Failure> {
    for (folder, what) in [(out.to_path_buf(), "the website"), (site.join("content"), "content/")] {
        if place(file).starts_with(place(&folder)) {
            return Err(Failure::refused(
                format!("{} would lie in {what}, and be published or removed with it", file.display()),
                format!("name a file elsewhere: {example}"),
            ));
        }
    }
    Ok(())
}

/// A path as it is on the disk, as far as it is there.
fn place(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let there = path.ancestors().find_map(|above| above.canonicalize().ok().map(|real| (above, real)));
    match there {
        Some((above, real)) => real.join(path.strip_prefix(above).unwrap_or(Path::new(""))),
        None => path,
    }
}

fn told(bundled: &Bundled) -> String {
    let mut text = match bundled.has_before {
        true => "# What has changed since the archive before. Delete from the server what is removed, and from its caches.\n",
        false => "# There was no archive before this one: put all of it in the place of what the server has.\n",
    }
    .to_owned();
    for (word, paths) in
        [("removed", &bundled.removed), ("added", &bundled.added), ("changed", &bundled.changed)]
    {
        paths.iter().for_each(|path| text.push_str(&format!("{word} {path}\n")));
    }
    text
}
