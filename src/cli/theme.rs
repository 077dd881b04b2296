//! `mentorpress theme`.

use super::{read_date, report, today};
use crate::config::SiteConfig;
use crate::diagnostic::{Diagnostics, one_of};
use crate::failure::Failure;
use crate::render::VARIABLES;
use crate::source::Sources;
use crate::starter::{Copied, begin_style, copy, find};
use crate::theme::{DEFAULT, THEMES};
use clap::Subcommand;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Options of `theme`.
#[derive(clap::Args, Debug)]
pub(super) struct Theme {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Say which themes there are, and what the files of one are
    List(List),
    /// Copy files of a theme into a theme of your own, to change them there
    Copy(Copy),
    /// Print which variables each template sees
    Variables(Variables),
    /// Write a site that shows every component, to make a theme by
    Sample(Sample),
}

#[derive(clap::Args, Debug)]
struct List {
    /// A theme whose files are listed; without one the themes are
    #[arg(value_name = "THEME")]
    theme: Option<String>,
    /// The folder that holds content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
}

#[derive(clap::Args, Debug)]
struct Copy {
    /// The name of your own theme: the files go into themes/NAME/
    #[arg(value_name = "NAME")]
    name: String,
    /// Which files, as `theme list default` names them: header.html, theme.css. Without any, all that the theme has of its own
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// The theme to copy from
    #[arg(long, value_name = "THEME", default_value = DEFAULT)]
    from: String,
    /// The folder that holds content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
}

#[derive(clap::Args, Debug)]
struct Variables {
    /// One template alone
    #[arg(value_name = "TEMPLATE")]
    template: Option<String>,
}

#[derive(clap::Args, Debug)]
struct Sample {
    /// The folder to make; one that is there must be empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Date the texts with this day (YYYY-MM-DD) instead of today in UTC
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    date: Option<Date>,
}

impl Theme {
    pub(super) fn run(self) -> u8 {
        let text = match &self.command {
            Command::List(list) => list.text(),
            Command::Copy(copy) => copy.text(),
            Command::Variables(variables) => variables.text(),
            Command::Sample(sample) => sample.text(),
        };
        match text {
            Ok(text) => report::print(&text),
            Err(failure) => report::failure(&failure),
        }
    }
}

/// The themes in `themes/` of a site, with the paths of their files, and which the site uses.
struct Own {
    themes: BTreeMap<String, BTreeSet<String>>,
    used: String,
}

impl Own {
    fn read(site: &Path) -> Result<Own, Failure> {
        if !site.join("content").is_dir() {
            return Ok(Own { themes: BTreeMap::new(), used: String::new() });
        }
        let sources = Sources::read(site)?;
        // What is wrong in site.yaml is for a build to say.
        let config = SiteConfig::read(&sources, &mut Diagnostics::new());
        let used = config.and_then(|config| config.theme).map_or(DEFAULT.to_owned(), |theme| theme.value);
        let mut themes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (_, file) in sources.below("themes/") {
            if let Some((theme, path)) = file.path["themes/".len()..].split_once('/') {
                themes.entry(theme.to_owned()).or_default().insert(path.to_owned());
            }
        }
        Ok(Own { themes, used })
    }
}

impl List {
    fn text(&self) -> Result<String, Failure> {
        let own = Own::read(&self.site)?;
        match &self.theme {
            None => Ok(themes(&own)),
            Some(theme) => files(theme, &own),
        }
    }
}

fn themes(own: &Own) -> String {
    let mut text = String::new();
    let mark = |name: &str| if name == own.used { "*" } else { " " };
    for (name, about) in THEMES {
        let changed = own.themes.get(name).map_or(0, BTreeSet::len);
        let changed =
            if changed > 0 { format!(" ({changed} of its files changed here)") } else { String::new() };
        text.push_str(&format!("{} {name:<12} {about}{changed}\n", mark(name)));
    }
    for (name, files) in own.themes.iter().filter(|(name, _)| !THEMES.iter().any(|(known, _)| known == name))
    {
        let count = files.len();
        let files = if count == 1 { "file" } else { "files" };
        text.push_str(&format!("{} {name:<12} your own: {count} {files} in themes/{name}/\n", mark(name)));
    }
    if !own.used.is_empty() {
        text.push_str(&format!(
            "\n* is used by this site. Another: `theme: {}` in content/site.yaml.\n",
            THEMES.iter().map(|(name, _)| *name).find(|name| *name != own.used).unwrap_or(DEFAULT)
        ));
    }
    text
}

fn files(theme: &str, own: &Own) -> Result<String, Failure> {
    let changed = own.themes.get(theme);
    let is_builtin = THEMES.iter().any(|(name, _)| *name == theme);
    if changed.is_none() && !is_builtin {
        let known: BTreeSet<&str> =
            THEMES.iter().map(|(name, _)| *name).chain(own.themes.keys().map(String::as_str)).collect();
        let plain: String = theme.chars().filter(|c| !c.is_control()).take(80).collect();
        return Err(Failure::refused(format!("there is no theme `{plain}`"), one_of(theme, known)));
    }
    let below = find(if is_builtin { theme } else { DEFAULT })?;
    let mut lines: BTreeMap<String, String> =
        below.iter().map(|file| (file.path.to_owned(), format!("of the theme {}", file.theme))).collect();
    for path in changed.into_iter().flatten() {
        let what = if lines.contains_key(path) {
            "in place of the default theme's"
        } else {
            "beside the default theme's"
        };
        lines.insert(path.clone(), format!("your own, {what}: themes/{theme}/{path}"));
    }
    Ok(lines.into_iter().map(|(path, whose)| format!("{path:<32} {whose}\n")).collect())
}

impl Copy {
    fn text(&self) -> Result<String, Failure> {
        let copied = copy(&self.site, &self.name, &self.from, &self.files)?;
        let mut text: String = copied.iter().map(|Copied(path)| format!("{path}\n")).collect();
        let used = Own::read(&self.site)?.used;
        if used == self.name {
            text.push_str("The site uses this theme. Change the files, and build.\n");
        } else {
            text.push_str(&format!(
                "Write `theme: {}` into content/site.yaml{}, change the files, and build.\n",
                self.name,
                if used == DEFAULT { String::new() } else { format!(" in place of `theme: {used}`") }
            ));
        }
        text.push_str("What you do not copy is taken from the default theme, and follows it when the program is updated.\n");
        Ok(text)
    }
}

impl Variables {
    fn text(&self) -> Result<String, Failure> {
        let parts: Vec<&str> = VARIABLES.split("\n## ").skip(1).collect();
        let print = |part: &str| part.replace("\n\n", "\n").replace("\n- `", "\n  ").replace("`\n", "\n");
        let title = |part: &&str| part.lines().next().unwrap_or_default().to_owned();
        let Some(template) = &self.template else {
            let all: Vec<String> =
                parts.iter().map(|part| print(part).trim_end().trim_end_matches('`').to_owned()).collect();
            return Ok(all.join("\n\n") + "\n\n? may be absent. What has no type is text.\n");
        };
        let wanted: Vec<String> = parts
            .iter()
            .filter(|part| !title(part).ends_with(".html") || title(part) == *template)
            .map(|part| print(part).trim_end().trim_end_matches('`').to_owned())
            .collect();
        let templates: Vec<String> =
            parts.iter().map(title).filter(|title| title.ends_with(".html")).collect();
        if !templates.contains(template) {
            let plain: String = template.chars().filter(|c| !c.is_control()).take(80).collect();
            return Err(Failure::refused(
                format!("there is no template `{plain}`"),
                one_of(template, templates.iter().map(String::as_str)),
            ));
        }
        Ok(wanted.join("\n\n") + "\n\n? may be absent. What has no type is text.\n")
    }
}

impl Sample {
    fn text(&self) -> Result<String, Failure> {
        let files = begin_style(&self.folder, self.date.unwrap_or_else(today))?;
        let shown = self.folder.display();
        Ok(format!(
            "{files} files in {shown}: a site that shows every component, with invented people and figures.\n\
             Next: mentorpress serve --site {shown} --open, and the page /style/. Its warnings are on purpose.\n\
             `theme:` in {} names the theme; {} says how to begin one.\n",
            self.folder.join("content/site.yaml").display(),
            self.folder.join("README.md").display(),
        ))
    }
}
