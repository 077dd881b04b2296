//! Files of `content/` and of the people's folder -> findings about those that somebody meant to be read and whose name or place keeps them from it.
//!
//! A withdrawal written in a folder that nobody reads would be one that never happens.

use crate::config::SiteConfig;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::directory;
use crate::path::file_name;
use crate::site::Project;
use crate::source::{FileId, SourceFile, Sources};
use crate::theme::{DEFAULT, FILES, Theme};

/// Folders whose files are copied, whatever they are.
const COPIED: [&str; 2] = ["content/files/", "content/root/"];
const MENTORS: &str = "content/mentors/";
const EVALUATIONS: &str = "content/evaluations/";

/// Looks at the name and place of every file.
pub fn strays(sources: &Sources, site: &SiteConfig, found: &mut Diagnostics) {
    let people = directory::folder(site);
    let photos = format!("{people}photos/");
    // In a folder of people outside `content/` only people's files are looked for; what else is there is its owner's.
    let outside = (!people.starts_with("content/")).then(|| sources.below(&people)).into_iter().flatten();
    for (id, file) in sources.below("content/").chain(outside) {
        let path = file.path.as_str();
        let is_page = |name: &str| name.ends_with(".md") && !path.starts_with("content/");
        let is_copied = COPIED.iter().any(|folder| path.starts_with(folder));
        if is_copied || path.starts_with(&photos) {
            continue;
        }
        let finding = match meant_name(file_name(path)) {
            Some(meant) if is_page(&meant) => None,
            Some(meant) => Some(misnamed(sources, id, file, &meant)),
            None => misplaced(sources, file, &people).map(|help| {
                let message = format!("{path} is not read: no such file belongs there");
                Diagnostic::new(Code::StrayFile, sources.whole(id), message).help(help)
            }),
        };
        found.extend(finding.into_iter().collect());
    }
}

/// Files of the site's own theme that nothing would ever read.
pub fn theme_strays(project: &Project, sources: &Sources, found: &mut Diagnostics) {
    let theme = &project.theme;
    let Some(name) = &project.site.theme else { return };
    let folder = format!("themes/{}/", name.value);
    let known = |part: &str| {
        let folder = format!("themes/{DEFAULT}/{part}/");
        FILES.iter().filter_map(move |(path, _)| path.strip_prefix(folder.as_str())).collect::<Vec<&str>>()
    };
    let (templates, mut assets) = (known("templates"), known("assets"));
    assets.extend(Theme::LOOK);
    let texts: Vec<&str> = theme
        .templates
        .values()
        .chain(theme.assets.iter().filter(|(name, _)| name.ends_with(".css")).map(|(_, id)| id))
        .map(|id| sources.file(*id).text.as_str())
        .collect();
    let is_named = |name: &str| {
        let ways = [format!("\"{name}\""), format!("'{name}'"), format!("({name})")];
        texts.iter().any(|text| ways.iter().any(|way| text.contains(way)))
    };
    for (id, file) in sources.below(&folder) {
        let path = &file.path[folder.len()..];
        let help = match path.split_once('/') {
            // A component is known everywhere by its own name.
            Some(("templates", name))
                if !templates.contains(&name) && !is_named(name) && !has_component(&file.text) =>
            {
                match nearest(name, templates.iter().copied()) {
                    Some(near) => format!("rename it {near}"),
                    None => format!(
                        "name it in a template that is used, with {{% include \"{name}\" %}}, or take it out"
                    ),
                }
            }
            // Others may be named by an address that a template puts together, or by nobody, like a licence.
            Some(("assets", name)) if !assets.contains(&name) && !is_named(name) => {
                match nearest(name, assets.iter().copied()) {
                    Some(near) => format!("rename it {near}"),
                    None => continue,
                }
            }
            Some(("templates" | "assets" | "i18n", _)) => continue,
            // What else lies beside the three folders is its author's: a README, a licence.
            _ => {
                let meant = match path.rsplit_once('.') {
                    Some((_, "html")) => "templates",
                    Some((_, "yaml")) if path.contains('/') => "i18n",
                    Some((_, "css")) => "assets",
                    _ => continue,
                };
                format!("move it to {folder}{meant}/{}", file_name(path))
            }
        };
        let message = format!("{} is not read: nothing in the theme uses it", file.path);
        found.push(Diagnostic::new(Code::StrayFile, sources.whole(id), message).help(help));
    }
}

/// Whether a template has a component of Tera's.
fn has_component(text: &str) -> bool {
    ["{% component ", "{%- component "].iter().any(|start| text.contains(start))
}

/// The name that a file was to have.
fn meant_name(name: &str) -> Option<String> {
    const ENDINGS: [(&str, &str); 7] = [
        (".yaml.txt", ".yaml"),
        (".yml.txt", ".yaml"),
        (".md.txt", ".md"),
        (".yml", ".yaml"),
        (".markdown", ".md"),
        (".YAML", ".yaml"),
        (".MD", ".md"),
    ];
    ENDINGS
        .into_iter()
        .find_map(|(ending, right)| name.strip_suffix(ending).map(|stem| format!("{stem}{right}")))
}

fn misnamed(sources: &Sources, id: FileId, file: &SourceFile, meant: &str) -> Diagnostic {
    let message = format!("{} is not read: its name ends wrongly", file_name(&file.path));
    Diagnostic::new(Code::StrayFile, sources.whole(id), message)
        .help(format!("rename it {meant}; Windows may hide the last part of a name, \"File name extensions\" in the View menu shows it"))
}

/// The way out for a file in a place where it is not read.
fn misplaced(sources: &Sources, file: &SourceFile, people: &str) -> Option<String> {
    let path = file.path.as_str();
    let name = file_name(path);
    if path.starts_with(people) {
        let is_page = name.ends_with(".md") && path.starts_with("content/");
        return is_page.then(|| "people's files end in .yaml; a page goes outside this folder".to_owned());
    }
    if path.starts_with(MENTORS) {
        let is_read = !(name.ends_with(".yaml") || name.ends_with(".md"));
        return (!is_read).then(|| {
            format!(
                "site.yaml says that people's files lie in {people}: move it there, or take out `directory: mentors:`"
            )
        });
    }
    if let Some(inner) = path.strip_prefix(EVALUATIONS) {
        return in_evaluations(sources, inner);
    }
    if !name.ends_with(".yaml") || matches!(path, "content/site.yaml" | "content/vocabulary.yaml") {
        return None;
    }
    let first = path.split('/').nth(1).unwrap_or_default();
    Some(
        match (nearest(first, ["mentors", "evaluations"]), nearest(name, ["site.yaml", "vocabulary.yaml"])) {
            (Some(near), _) => format!("did you mean content/{near}/{name}?"),
            (None, Some(near)) => format!("did you mean content/{near}?"),
            (None, None) => {
                format!("people belong in {people}, surveys in {EVALUATIONS}; anything else ends in .md")
            }
        },
    )
}

/// The way out for a file of a survey, by its path below the folder of evaluations. Pages may stand there too.
fn in_evaluations(sources: &Sources, inner: &str) -> Option<String> {
    const BESIDE: [&str; 3] = ["survey.yaml", "quotes.yaml", "actions.yaml"];
    if !inner.ends_with(".yaml") {
        return None;
    }
    let parts: Vec<&str> = inner.split('/').collect();
    let [survey, .., name] = parts[..] else {
        return Some(format!("a survey has a folder of its own: {EVALUATIONS}<survey>/survey.yaml"));
    };
    if sources.find(&format!("{EVALUATIONS}{survey}/survey.yaml")).is_none() && name != "survey.yaml" {
        return Some(format!(
            "write {EVALUATIONS}{survey}/survey.yaml: without it nothing in this folder is read"
        ));
    }
    match parts[1..] {
        [name] if BESIDE.contains(&name) => None,
        ["releases", _] => None,
        [name] => Some(match nearest(name, BESIDE) {
            Some(near) => format!("did you mean {EVALUATIONS}{survey}/{near}?"),
            None => format!("a release goes into {EVALUATIONS}{survey}/releases/{name}"),
        }),
        _ => Some(format!("did you mean {EVALUATIONS}{survey}/releases/{name}?")),
    }
}
