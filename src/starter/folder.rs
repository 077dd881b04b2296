//! Files -> a folder that holds all of them or none.
//!
//! They are staged beside the folder and renamed into its place in one step; where it is there already, and empty, within it,
//! so that whoever stands in it stays there.

use crate::failure::Failure;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where a new site goes.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    stage: PathBuf,
    exists: bool,
}

/// Names that a refusal shows.
const SHOWN: usize = 5;

impl Folder {
    /// A folder that is not there yet, or is empty.
    ///
    /// # Errors
    /// It holds something, or is no folder.
    pub(super) fn of(folder: &Path) -> Result<Folder, Failure> {
        let path = std::path::absolute(folder).map_err(Failure::system("read", folder))?;
        let entries = match fs::read_dir(&path) {
            Ok(entries) => Some(entries),
            Err(error) if error.kind() == io::ErrorKind::NotFound && path.symlink_metadata().is_err() => None,
            Err(error) if error.kind() == io::ErrorKind::NotADirectory || path.is_file() => {
                return Err(Failure::refused(
                    format!("{} is a file", folder.display()),
                    "name a folder that is not there yet",
                ));
            }
            Err(error) => return Err(Failure::system("read", folder)(error)),
        };
        let Some(entries) = entries else {
            let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(|| {
                Failure::refused(
                    format!("{} cannot be the name of a folder", folder.display()),
                    "name one that is not there yet, in plain letters: mentorpress new my-scheme",
                )
            })?;
            let stage = path.with_file_name(format!(".{name}.mentorpress-new"));
            return Ok(Folder { path, stage, exists: false });
        };
        let names: io::Result<Vec<String>> =
            entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect();
        let mut names = names.map_err(Failure::system("read", folder))?;
        // What a run that was killed left here is ours.
        names.retain(|name| name != WITHIN);
        if names.is_empty() {
            let stage = path.join(WITHIN);
            return Ok(Folder { path, stage, exists: true });
        }
        names.sort();
        let more = names.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let plain = |name: &String| name.replace(char::is_control, "\u{FFFD}");
        let names: Vec<String> = names.iter().take(SHOWN).map(plain).collect();
        Err(Failure::refused(
            format!("{} is not empty: it holds {}{more}", folder.display(), names.join(", ")),
            "name a folder that is not there yet, or an empty one; nothing was written",
        ))
    }

    /// Writes the files, has them judged, and puts them into their place.
    ///
    /// # Errors
    /// The judgement, or the system refuses; then nothing of it is left.
    pub(super) fn make<T>(
        &self,
        files: &[(String, String)],
        judge: impl FnOnce(&Path) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        // The outermost folder that has to be made for it.
        let made = self.stage.ancestors().skip(1).take_while(|above| !above.exists()).last();
        let result = self.stage(files).and_then(|()| judge(&self.stage)).and_then(|judged| {
            self.place()?;
            Ok(judged)
        });
        if result.is_err() {
            drop(fs::remove_dir_all(&self.stage));
            made.map(fs::remove_dir_all);
        }
        result
    }

    fn stage(&self, files: &[(String, String)]) -> Result<(), Failure> {
        if self.stage.symlink_metadata().is_ok() {
            fs::remove_dir_all(&self.stage).map_err(Failure::system("remove", &self.stage))?;
        }
        for (path, text) in files {
            let file = self.stage.join(path);
            let folder = file.parent().unwrap_or(&self.stage);
            fs::create_dir_all(folder).map_err(Failure::system("make", folder))?;
            fs::write(&file, text).map_err(Failure::system("write", &file))?;
        }
        Ok(())
    }

    fn place(&self) -> Result<(), Failure> {
        if !self.exists {
            return fs::rename(&self.stage, &self.path).map_err(Failure::system("make", &self.path));
        }
        let entries = fs::read_dir(&self.stage).map_err(Failure::system("read", &self.stage))?;
        let names: io::Result<Vec<_>> = entries.map(|entry| Ok(entry?.file_name())).collect();
        let names = names.map_err(Failure::system("read", &self.stage))?;
        for (done, name) in names.iter().enumerate() {
            let target = self.path.join(name);
            // On some systems a rename would take the place of what somebody has put there meanwhile.
            let moved = match target.symlink_metadata() {
                Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
                Err(_) => fs::rename(self.stage.join(name), &target),
            };
            if let Err(error) = moved {
                for name in &names[..done] {
                    drop(fs::rename(self.path.join(name), self.stage.join(name)));
                }
                return Err(Failure::system("write", target)(error));
            }
        }
        // Empty by now; and if it cannot be removed, it is in nobody's way.
        drop(fs::remove_dir(&self.stage));
        Ok(())
    }
}

/// The stage's name within a folder that is there already.
const WITHIN: &str = ".mentorpress-new";

#[cfg(test)]
mod tests {
    use super::*;

    fn outer(name: &str) -> PathBuf {
        let outer = std::env::temp_dir().join(format!("mentorpress-starter-{}-{name}", std::process::id()));
        drop(fs::remove_dir_all(&outer));
        fs::create_dir(&outer).expect("a folder for the test");
        outer
    }

    fn entries(folder: &Path) -> Vec<PathBuf> {
        fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path()).collect()
    }

    fn files() -> Vec<(String, String)> {
        vec![("a.md".to_owned(), "a".to_owned()), ("b/c.md".to_owned(), "c".to_owned())]
    }

    fn refuses(_: &Path) -> Result<(), Failure> {
        Err(Failure::refused("no", "never"))
    }

    #[test]
    fn what_is_refused_leaves_nothing_behind() {
        let outer = outer("refused");
        let far = Folder::of(&outer.join("far/away")).expect("not there yet");
        assert!(far.make(&files(), refuses).is_err());
        assert_eq!(entries(&outer), Vec::<PathBuf>::new());
        fs::create_dir(outer.join("empty")).expect("a folder");
        let empty = Folder::of(&outer.join("empty")).expect("empty");
        assert!(empty.make(&files(), refuses).is_err());
        assert_eq!(entries(&outer), [outer.join("empty")]);
        assert_eq!(entries(&outer.join("empty")), Vec::<PathBuf>::new());
        fs::remove_dir_all(outer).expect("removed");
    }

    #[test]
    fn what_somebody_puts_there_meanwhile_is_not_taken_the_place_of() {
        let outer = outer("meanwhile");
        let folder = outer.join("there");
        let meanwhile = |_: &Path| {
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(folder.join("b"), "mine").expect("a file");
            Ok(())
        };
        let absent = Folder::of(&folder).expect("not there yet");
        assert!(absent.make(&files(), meanwhile).is_err());
        assert_eq!(entries(&folder), [folder.join("b")]);
        fs::remove_file(folder.join("b")).expect("the file");
        let empty = Folder::of(&folder).expect("empty");
        assert!(empty.make(&files(), meanwhile).is_err());
        assert_eq!(entries(&folder), [folder.join("b")]);
        assert_eq!(fs::read_to_string(folder.join("b")).expect("the file"), "mine");
        fs::remove_dir_all(outer).expect("removed");
    }

    #[test]
    fn the_whole_is_seen_by_the_judge_and_stands_in_its_place_after() {
        let outer = outer("whole");
        for name in ["absent", "empty"] {
            let folder = outer.join(name);
            if name == "empty" {
                fs::create_dir(&folder).expect("a folder");
            }
            let place = Folder::of(&folder).expect("not there yet, or empty");
            let seen = place.make(&files(), |stage| Ok(fs::read_to_string(stage.join("b/c.md")).ok()));
            assert_eq!(seen.ok().flatten().as_deref(), Some("c"));
            let mut there = entries(&folder);
            there.sort();
            assert_eq!(there, [folder.join("a.md"), folder.join("b")]);
        }
        assert_eq!(entries(&outer).len(), 2);
        fs::remove_dir_all(outer).expect("removed");
    }
}
