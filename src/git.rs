//! A folder -> what git would do with it, from git's own files, and which of its files git tracks, for which git is asked.

use crate::failure::Failure;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of a site that is never published and never in git.
pub const PRIVATE: &str = "private";

/// Refuses to go on where git would take what is private.
///
/// # Errors
/// Git would.
pub fn refuse_private(site: &Path) -> Result<(), Failure> {
    match would_take(site, PRIVATE) {
        None => Ok(()),
        Some(file) => Err(Failure::refused(
            format!("git would keep {PRIVATE}/ in its history, where addresses and answers must never be"),
            format!("add a line /{PRIVATE}/ to {}, then run this again", file.display()),
        )),
    }
}

/// What git has of a folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tracked {
    /// The site is in no repository.
    NoRepository,
    /// These of its files, by their paths from the site's folder.
    Files(Vec<String>),
    /// It is in one, and git is not there or will not say.
    Unknown,
}

/// Asks git which files of a folder of the site it tracks.
pub fn tracked(site: &Path, folder: &str) -> Tracked {
    if root(site).is_none() {
        return Tracked::NoRepository;
    }
    let output = Command::new("git")
        .arg("-C")
        .arg(site)
        // Nothing that a repository names is run only because somebody looks.
        .args(["-c", "core.fsmonitor=false", "ls-files", "-z", "--", folder])
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("GIT_WORK_TREE")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    match output {
        Ok(output) if output.status.success() => {
            let files = output.stdout.split(|byte| *byte == 0).filter(|path| !path.is_empty());
            Tracked::Files(files.map(|path| String::from_utf8_lossy(path).into_owned()).collect())
        }
        _ => Tracked::Unknown,
    }
}

/// The folder whose history a path belongs to: the nearest above it with a `.git`.
pub fn root(path: &Path) -> Option<PathBuf> {
    let path = path.canonicalize().ok()?;
    path.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_path_buf)
}

/// The `.gitignore` that should name a folder of the site, where git would take the folder into its history.
pub fn would_take(site: &Path, folder: &str) -> Option<PathBuf> {
    let root = root(site)?;
    let site = site.canonicalize().ok()?;
    let inner = site.strip_prefix(&root).ok()?.join(folder);
    let parts: Vec<String> =
        inner.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let mut ignored = is_ignored(&root.join(".git/info/exclude"), &parts);
    let mut above = root.clone();
    for at in 0..parts.len() {
        ignored |= is_ignored(&above.join(".gitignore"), &parts[at..]);
        above.push(&parts[at]);
    }
    (!ignored).then(|| site.join(".gitignore"))
}

/// Whether a file of patterns names the folder, or one that holds it. Only plain patterns are understood: whoever writes
/// others is told to add the plain one.
fn is_ignored(file: &Path, parts: &[String]) -> bool {
    let text = fs::read_to_string(file).unwrap_or_default();
    let mut ignored = false;
    for line in text.lines().map(str::trim_end) {
        let (again, pattern) = match line.strip_prefix('!') {
            Some(pattern) => (true, pattern),
            None => (false, line),
        };
        let bare = pattern.trim_end_matches("/**").trim_end_matches("/*").trim_end_matches('/');
        let anywhere = !bare.contains('/') || bare.starts_with("**/");
        let bare = bare.trim_start_matches("**/").trim_start_matches('/');
        let names = (1..=parts.len()).any(|length| {
            bare == parts[..length].join("/")
                || (anywhere && parts[..length].last().is_some_and(|last| last == bare))
        });
        if names && !bare.is_empty() {
            ignored = !again;
        }
    }
    ignored
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_folders_are_named_in_several_ways() {
        let root = std::env::temp_dir().join(format!("mentorpress-git-{}", std::process::id()));
        let site = root.join("sites/one");
        fs::create_dir_all(&site).expect("folders");
        assert_eq!(would_take(&site, "private"), None, "there is no git");
        fs::create_dir_all(root.join(".git/info")).expect("folders");
        assert!(would_take(&site, "private").is_some_and(|file| file.ends_with("sites/one/.gitignore")));
        let ignore = |place: &str, text: &str| {
            fs::write(root.join(place), text).expect("written");
            let takes = would_take(&site, "private").is_some();
            fs::remove_file(root.join(place)).expect("removed");
            !takes
        };
        for text in [
            "/private/\n",
            "private\r\n",
            "private/",
            "# x\n/private\n",
            "/private/*",
            "**/private/",
            "private/**",
        ] {
            assert!(ignore("sites/one/.gitignore", text), "{text}");
        }
        for text in ["/sites/one/private/", "private/", "/sites/", "one\n"] {
            assert!(ignore(".gitignore", text) && ignore(".git/info/exclude", text), "{text}");
        }
        for text in [
            "/private/\n",
            "#private/",
            "/private/\n!/private/",
            "privates/",
            "/sites/one/private/x",
            "*.xlsx",
        ] {
            assert!(!ignore(".gitignore", text), "{text}");
        }
        fs::remove_dir_all(&root).expect("removed");
    }
}
