//! Links that led somewhere <-> `.mentorpress/links.json` of the site's folder, so that other people's hosts are not asked
//! again within a week.
//!
//! Only what led somewhere is kept, and only of links that the site has today: what was on a page of somebody who withdrew
//! is forgotten with it. What cannot be read or written is asked for again.

use jiff::civil::Date;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// For so many days an answer is believed.
const BELIEVED: i32 = 7;

/// What hosts answered before.
#[derive(Debug)]
pub(super) struct Answers {
    file: PathBuf,
    /// Day, and where a link leads for good, by address.
    known: BTreeMap<String, (Date, Option<String>)>,
}

impl Answers {
    pub(super) fn open(site: &Path) -> Answers {
        let file = site.join(".mentorpress").join("links.json");
        let known =
            fs::read(&file).ok().and_then(|bytes| serde_json::from_slice::<Map<String, Value>>(&bytes).ok());
        let read = |(url, value): (String, Value)| {
            let on = value.get("on")?.as_str()?.parse().ok()?;
            let moved = value.get("moved").and_then(Value::as_str).map(str::to_owned);
            Some((url, (on, moved)))
        };
        Answers { file, known: known.into_iter().flatten().filter_map(read).collect() }
    }

    /// Whether a link led somewhere not long ago, and where to for good.
    pub(super) fn recent(&self, url: &str, today: Date) -> Option<Option<&str>> {
        let (on, moved) = self.known.get(url)?;
        let age = on.until(today).ok()?.get_days();
        (0..BELIEVED).contains(&age).then_some(moved.as_deref())
    }

    pub(super) fn keep(&mut self, url: &str, today: Date, moved: Option<&str>) {
        self.known.insert(url.to_owned(), (today, moved.map(str::to_owned)));
    }

    pub(super) fn forget(&mut self, url: &str) {
        self.known.remove(url);
    }

    /// Writes what is known of these links, and forgets all others.
    pub(super) fn write(&self, links: &BTreeSet<&str>) {
        let known = self.known.iter().filter(|(url, _)| links.contains(url.as_str()));
        let all: Map<String, Value> = known
            .map(|(url, (on, moved))| {
                let mut value = json!({"on": on.to_string()});
                if let Some(moved) = moved {
                    value["moved"] = json!(moved);
                }
                (url.clone(), value)
            })
            .collect();
        // Without it the next check takes longer, and nothing else.
        drop(self.save(&format!("{:#}\n", Value::Object(all))));
    }

    fn save(&self, text: &str) -> std::io::Result<()> {
        let Some(folder) = self.file.parent() else { return Ok(()) };
        fs::create_dir_all(folder)?;
        let ignore = folder.join(".gitignore");
        if !ignore.exists() {
            fs::write(ignore, "*\n")?;
        }
        let beside = self.file.with_extension(format!("json.{}.part", std::process::id()));
        fs::write(&beside, text)?;
        fs::rename(&beside, &self.file).inspect_err(|_| drop(fs::remove_file(&beside)))
    }
}
