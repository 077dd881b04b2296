//! Files of a theme that comes with the program -> the folder of a site's own theme, to be changed there.

use crate::diagnostic::one_of;
use crate::failure::Failure;
use crate::path::file_name;
use crate::theme::{DEFAULT, FILES, THEMES};
use std::fs;
use std::io::Write;
use std::path::Path;

/// A file of a theme: which theme it is of, its path there, its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Source {
    /// The theme's name.
    pub theme: &'static str,
    /// Its path in the theme: `templates/header.html`.
    pub path: &'static str,
    text: &'static str,
}

/// What was copied: its path within the site.
#[derive(Debug)]
pub struct Copied(pub String);

fn of(theme: &str) -> impl Iterator<Item = Source> {
    FILES.iter().filter_map(move |(path, text)| {
        let (name, path) = path.strip_prefix("themes/")?.split_once('/')?;
        (name == theme).then_some(Source { theme: name, path, text })
    })
}

/// The files of a theme as a site sees them: its own, and of the default one those that it does not have.
///
/// # Errors
/// There is no theme of this name among those that come with the program.
pub fn find(theme: &str) -> Result<Vec<Source>, Failure> {
    if !THEMES.iter().any(|(name, _)| *name == theme) {
        return Err(Failure::refused(
            format!("no theme `{}` comes with the program", plain(theme)),
            one_of(theme, THEMES.map(|(name, _)| name)),
        ));
    }
    let mut files: Vec<Source> = of(theme).collect();
    let further: Vec<Source> =
        of(DEFAULT).filter(|file| !files.iter().any(|own| own.path == file.path)).collect();
    files.extend(further);
    files.sort_by_key(|file| file.path);
    Ok(files)
}

/// What nobody has yet and everybody may begin: rules behind those of the default theme.
const BEGUN: Source =
    Source { theme: DEFAULT, path: "assets/extra.css", text: include_str!("../../starters/extra.css") };

/// Copies files of a theme into `themes/<name>/` of a site: those that are named, by path or name, or all that are the theme's
/// own. Nothing is written where one of them is there already.
///
/// # Errors
/// A name cannot be used, a file is not in the theme or is there already, or the system refuses.
pub fn copy(site: &Path, name: &str, from: &str, wanted: &[String]) -> Result<Vec<Copied>, Failure> {
    let is_name = !name.is_empty()
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'));
    if !is_name || name == DEFAULT {
        return Err(Failure::refused(
            format!("`{}` cannot be the name of a theme of your own", plain(name)),
            "take another, in lower-case letters, digits, `-` and `_`: house",
        ));
    }
    if !site.join("content").is_dir() {
        return Err(Failure::refused(
            format!("there is no site in {}: it has no content/", site.display()),
            "run it in the folder that holds content/, or name that folder with --site",
        ));
    }
    let mut there = find(from)?;
    if !there.iter().any(|file| file.path == BEGUN.path) && !wanted.is_empty() {
        there.push(BEGUN);
    }
    let mut files: Vec<Source> = Vec::new();
    if wanted.is_empty() {
        files.extend(there.iter().filter(|file| file.theme == from));
    }
    for typed in wanted {
        let file = there.iter().find(|file| file.path == typed || file_name(file.path) == typed);
        let file = file.ok_or_else(|| {
            Failure::refused(
                format!("no file `{}` is in the theme {from}", plain(typed)),
                one_of(typed, there.iter().map(|file| file_name(file.path))),
            )
        })?;
        if !files.contains(file) {
            files.push(*file);
        }
    }
    let place = |file: &Source| format!("themes/{name}/{}", file.path);
    if let Some(file) = files.iter().find(|file| site.join(place(file)).symlink_metadata().is_ok()) {
        return Err(Failure::refused(
            format!("{} is there already", place(file)),
            "rename or remove it to have the theme's own again; nothing was written",
        ));
    }
    let mut copied = Vec::new();
    for file in files {
        let target = site.join(place(&file));
        let folder = target.parent().unwrap_or(site);
        fs::create_dir_all(folder).map_err(Failure::system("make", folder))?;
        let mut open = fs::File::create_new(&target).map_err(Failure::system("write", &target))?;
        open.write_all(file.text.as_bytes()).map_err(Failure::system("write", &target))?;
        copied.push(Copied(place(&file)));
    }
    Ok(copied)
}

/// What was typed, as a terminal may show it.
fn plain(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_control()).take(80).collect()
}
