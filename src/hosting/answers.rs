//! Links that led somewhere <-> `.mentorpress/links.json` of the site's folder, so that other people's hosts are not asked
//! again within a week.
//!
//! Only what led somewhere is kept, only of links that the site has today, and only as a hash: a link may be on the page of
//! somebody who withdraws before anybody follows links again. What cannot be read or written is asked for again.

use jiff::civil::Date;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// For so many days an answer is believed.
const BELIEVED: i32 = 7;

/// What hosts answered before.
#[derive(Debug)]
pub(super) struct Answers {
    file: PathBuf,
    /// The day on which a link led somewhere, by the link's hash.
    known: BTreeMap<String, Date>,
}

impl Answers {
    pub(super) fn open(site: &Path) -> Answers {
        let file = site.join(".mentorpress").join("links.json");
        let all =
            fs::read(&file).ok().and_then(|bytes| serde_json::from_slice::<Map<String, Value>>(&bytes).ok());
        let read = |(hash, value): (String, Value)| Some((hash, value.as_str()?.parse().ok()?));
        Answers { file, known: all.into_iter().flatten().filter_map(read).collect() }
    }

    /// Whether a link led somewhere not long ago.
    pub(super) fn is_recent(&self, url: &str, today: Date) -> bool {
        let age = self.known.get(&hash(url)).and_then(|on| on.until(today).ok());
        age.is_some_and(|age| (0..BELIEVED).contains(&age.get_days()))
    }

    pub(super) fn keep(&mut self, url: &str, today: Date) {
        self.known.insert(hash(url), today);
    }

    pub(super) fn forget(&mut self, url: &str) {
        self.known.remove(&hash(url));
    }

    /// Writes what is known of these links, and forgets all others.
    pub(super) fn write<'u>(&self, links: impl Iterator<Item = &'u str>) {
        let links: BTreeSet<String> = links.map(hash).collect();
        let known = self.known.iter().filter(|(hash, _)| links.contains(*hash));
        let all: Map<String, Value> = known.map(|(hash, on)| (hash.clone(), json!(on.to_string()))).collect();
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

fn hash(url: &str) -> String {
    let digest = Sha256::digest(url.as_bytes());
    digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
