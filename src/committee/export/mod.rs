//! "What do you hold about me?" -> a folder that answers it: her record, photo and form, where she is named, and a letter.

mod folder;
mod letter;

use super::mentions::{Mentions, mentions};
use super::photo::pictures;
use super::private::{Private, make_folder};
use super::record::Record;
use super::scheme::Scheme;
use super::search::{Traces, What};
use crate::diagnostic::Diagnostics;
use crate::directory::Purpose;
use crate::failure::Failure;
use crate::path::{Address, file_name};
use crate::source::{Access, write_whole};
use crate::yaml::{self, Kind, edit};
use jiff::civil::Date;
use std::fs;
use std::path::{Path, PathBuf};

/// Whose, and where to.
#[derive(Clone, Debug)]
pub struct Export {
    /// The site's folder.
    pub site: PathBuf,
    /// Where the website is.
    pub out: PathBuf,
    /// The day.
    pub date: Date,
    /// Her id.
    pub id: String,
    /// The folder to make; `private/exports/<id>-<date>` where none is named.
    pub to: Option<PathBuf>,
}

/// What was exported.
#[derive(Debug)]
pub struct Exported {
    /// The folder.
    pub folder: PathBuf,
    /// Its files.
    pub files: Vec<String>,
    /// Her address, to which it may go, where `private/` has it.
    pub address: Option<String>,
}

/// Everything that the answer is made of.
struct Held {
    name: String,
    record: String,
    photo: Option<(String, Vec<u8>)>,
    address: Option<String>,
    form: Option<super::private::Fields>,
    consents: Vec<String>,
    public: Option<Vec<String>>,
    mentions: Mentions,
}

/// Writes the answer to a subject access request.
///
/// # Errors
/// Nobody has the id, or nothing of her is left; the folder is there already and holds something, or lies where a build or git would take it; `private/` or
/// `site.yaml` cannot be read; the system refuses.
pub fn export(order: &Export) -> Result<Exported, Failure> {
    let scheme = Scheme::read(&order.site, order.date)?;
    let record = scheme.one(&order.id)?;
    refuse_doubt(&scheme)?;
    let private = Private::read(&order.site)?;
    let folder = match &order.to {
        Some(folder) => {
            folder::refuse_open(&scheme, order, folder)?;
            folder.clone()
        }
        None => {
            private.make_folder()?;
            private.folder().join("exports").join(format!("{}-{}", order.id, order.date))
        }
    };
    if fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failure::refused(
            format!("{} holds something already", folder.display()),
            "delete that folder, or name another with --to",
        ));
    }
    let held = gather(&scheme, &record, &private, &order.out)?;
    make_folder(&folder)?;
    let mut files = Vec::new();
    let mut save = |name: &str, bytes: &[u8]| {
        files.push(name.to_owned());
        write_whole(&folder.join(name), bytes, Access::Owner)
    };
    save("about.md", letter::write(&scheme, &record, &held).as_bytes())?;
    save("record.yaml", held.record.as_bytes())?;
    if let Some((name, bytes)) = &held.photo {
        save(name, bytes)?;
    }
    if let Some(form) = &held.form {
        let lines: String = form
            .iter()
            .map(|(field, value)| format!("{}: {}\n", edit::scalar(field), edit::block(value)))
            .collect();
        save("registration.yaml", lines.as_bytes())?;
    }
    Ok(Exported { folder, files, address: held.address })
}

fn gather(scheme: &Scheme, record: &Record, private: &Private, out: &Path) -> Result<Held, Failure> {
    let photo = match record.photo() {
        Some(path) => {
            photo(&scheme.root.join(&path))?.map(|bytes| (format!("photo-{}", file_name(&path)), bytes))
        }
        None => None,
    };
    let traces = Traces::of(record, None, pictures(scheme, record), out);
    let public = if out.is_dir() {
        let mut searched = traces.search(out);
        // An answer that leaves pages out would be wrong.
        if !searched.unread.is_empty() {
            return Err(searched.unread.remove(0));
        }
        let hits = searched.hits;
        let base = &scheme.site.base;
        let mut addresses: Vec<String> = hits
            .into_iter()
            .filter(|(_, what)| matches!(what, What::Name | What::Photo | What::Id))
            .map(|(path, _)| base.absolute(&Address::file(&path)))
            .collect();
        addresses.dedup();
        Some(addresses)
    } else {
        None
    };
    Ok(Held {
        name: record.name().unwrap_or(&record.id).to_owned(),
        record: own_text(scheme, record),
        photo,
        address: private.address_of(&record.id).map(str::to_owned),
        form: private.imported(&record.id).cloned(),
        consents: consents(record),
        public,
        mentions: mentions(scheme, &record.id, traces.name()),
    })
}

/// An answer that leaves files out, or names the wrong website, would be wrong; and there is a month to mend it.
fn refuse_doubt(scheme: &Scheme) -> Result<(), Failure> {
    let why = match scheme.caveat() {
        _ if !scheme.has_site => {
            "content/site.yaml cannot be read, and the letter says by it who you are and which pages show her"
                .to_owned()
        }
        Some(caveat) => caveat,
        None => return Ok(()),
    };
    Err(Failure::refused(why, "mend it first: mentorpress check says where"))
}

/// A photo's bytes; `None` where there is no such file.
fn photo(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::system("read", path)(error)),
    }
}

/// Her record as it is written, moved to the left edge where it stood in a list.
fn own_text(scheme: &Scheme, record: &Record) -> String {
    let text = &scheme.sources.file(record.file).text;
    if record.is_whole {
        return text.clone();
    }
    let range = scheme.range(record);
    let margin = range.start - text[..range.start].rfind('\n').map_or(0, |end| end + 1);
    let above = scheme.comments_above(record).into_iter().flat_map(|comments| text[comments].lines());
    let mut own: String = above.filter_map(comment).map(|line| format!("{line}\n")).collect();
    for (at, line) in text[range].trim_end().split('\n').enumerate() {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let inner = if at == 0 { line } else { &line[spaces.min(margin)..] };
        own.push_str(inner);
        own.push('\n');
    }
    own
}

/// The comment of a line.
fn comment(line: &str) -> Option<&str> {
    line.find('#').map(|at| line[at..].trim_end())
}

/// Each purpose in words: what she agreed to, when, to which wording, and what she took back.
fn consents(record: &Record) -> Vec<String> {
    let Some(node) = record.get("consent") else { return Vec::new() };
    let Some(entries) = yaml::pairs(node, "consent", &mut Diagnostics::new()) else { return Vec::new() };
    let mut lines = Vec::new();
    for (name, purpose) in Purpose::ALL {
        let Some(entry) = entries.iter().find(|entry| entry.key.value == name) else { continue };
        let Kind::Map(given) = &entry.value.kind else { continue };
        let text = |key: &str| {
            given.iter().find(|entry| entry.key.value == key).and_then(|entry| yaml::scalar(&entry.value))
        };
        let mut line = format!("- {}: ", words(purpose));
        match text("given") {
            Some(on) => line.push_str(&format!("you agreed on {on}")),
            None => line.push_str("no day is noted"),
        }
        if let Some(wording) = text("wording") {
            line.push_str(&format!(", to the wording {wording}"));
        }
        if let Some(on) = text("withdrawn") {
            line.push_str(&format!(", and withdrew your consent on {on}"));
        }
        lines.push(line + ".");
    }
    lines
}

fn words(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Profile => "Your profile on the website",
        Purpose::Photo => "Your photo on it",
        Purpose::Social => "A card with your name where a link to your profile is shared",
        Purpose::Search => "Data about you for search engines",
        Purpose::Code => "The code of conduct",
    }
}
