//! `private/` of a site <-> what only the committee may know: addresses, what the form said, and who withdrew.
//!
//! Nothing of it is read by a build. Files are their owner's alone, written beside their place and put there in one step.
//! Of whoever withdrew only a keyed hash of her address stays, so that an old registration does not bring her back.

mod addresses;
mod read;

use crate::failure::Failure;
use crate::forms::seen;
use crate::git::{self, PRIVATE};
use crate::source::{Access, read_text, rewrite, write_whole};
use crate::yaml::edit;
use hmac::{Hmac, KeyInit, Mac};
use jiff::civil::Date;
use read::{Reader, bytes_of};
use sha2::Sha256;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

pub(super) const FOLDER: &str = PRIVATE;
const ADDRESSES: &str = "addresses.yaml";
const IMPORTED: &str = "imported.yaml";
const WITHDRAWN: &str = "withdrawn.yaml";
const KEY: &str = "withdrawn.key";

const ADDRESSES_HEAD: &str =
    "# E-mail addresses, by id. They stay in this folder: it is never published and never in git.\n";
const IMPORTED_HEAD: &str = "# What the registration form said at the last import. The program compares with it; leave it as it is.\n";
const WITHDRAWN_HEAD: &str = "# Who withdrew, as keyed hashes of their addresses: an old registration does not bring them back.\n# Leave it as it is, and keep withdrawn.key with it.\n";

/// What a form said of one person: field -> value as the record would hold it.
pub type Fields = BTreeMap<String, String>;

/// What only the committee may know.
#[derive(Debug)]
pub struct Private {
    site: PathBuf,
    addresses: BTreeMap<String, String>,
    imported: BTreeMap<String, Fields>,
    withdrawn: BTreeMap<String, Date>,
    key: Option<String>,
    /// Ids whose address is other than in the file.
    moved: BTreeSet<String>,
    imported_changed: bool,
    withdrawn_changed: bool,
}

impl Private {
    /// Reads `private/` of a site; a site without it has nothing in it.
    ///
    /// # Errors
    /// Git would take the folder in, one of its files cannot be read, or two people have one address; all that is wrong is
    /// said at once, by file and line and never by value.
    pub fn read(site: &Path) -> Result<Private, Failure> {
        let folder = site.join(FOLDER);
        if folder.is_dir() {
            git::refuse_private(site)?;
        }
        let mut wrong = Vec::new();
        let addresses = Reader::of(&folder, ADDRESSES)?.texts(&mut wrong);
        let imported = Reader::of(&folder, IMPORTED)?.people(&mut wrong);
        let withdrawn = Reader::of(&folder, WITHDRAWN)?.hashes(&mut wrong);
        let key = read_text(&folder.join(KEY))?.map(|text| text.trim().to_owned());
        match &key {
            Some(key) if bytes_of(key).is_none() => {
                wrong.push(format!("{FOLDER}/{KEY} is not a key: 64 hexadecimal digits are due"));
            }
            None if !withdrawn.is_empty() => {
                wrong.push(format!(
                    "{FOLDER}/{KEY} is gone, and without it nobody in {WITHDRAWN} can be recognised"
                ));
            }
            _ => {}
        }
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for (id, address) in &addresses {
            if let Some(other) = seen.insert(normalised(address), id) {
                wrong.push(format!("{FOLDER}/{ADDRESSES}: `{other}` and `{id}` have the same address"));
            }
        }
        if !wrong.is_empty() {
            return Err(Failure::refused(
                wrong.join("\n"),
                "mend these lines, or put the files back as they were; nothing was changed",
            ));
        }
        Ok(Private {
            site: site.to_path_buf(),
            addresses,
            imported,
            withdrawn,
            key,
            moved: BTreeSet::new(),
            imported_changed: false,
            withdrawn_changed: false,
        })
    }

    /// The folder, for messages and for what else is kept in it.
    pub fn folder(&self) -> PathBuf {
        self.site.join(FOLDER)
    }

    /// Makes the folder, for what else is kept in it.
    ///
    /// # Errors
    /// Git would take it in, or the system refuses.
    pub fn make_folder(&self) -> Result<(), Failure> {
        git::refuse_private(&self.site)?;
        make_folder(&self.folder())
    }

    /// Her e-mail address as it was written.
    pub fn address_of(&self, id: &str) -> Option<&str> {
        self.addresses.get(id).map(String::as_str)
    }

    /// Everybody's id and address, in small letters.
    pub fn addresses(&self) -> impl Iterator<Item = (&str, String)> {
        self.addresses.iter().map(|(id, address)| (id.as_str(), normalised(address)))
    }

    /// Whose address it is.
    pub fn id_of(&self, address: &str) -> Option<&str> {
        let address = normalised(address);
        self.addresses.iter().find(|(_, other)| normalised(other) == address).map(|(id, _)| id.as_str())
    }

    /// Remembers an address, in the place of another of the same id.
    pub fn remember_address(&mut self, id: &str, address: &str) {
        let address = address.trim();
        if self.address_of(id) != Some(address) {
            self.addresses.insert(id.to_owned(), address.to_owned());
            self.moved.insert(id.to_owned());
        }
    }

    /// Forgets her address and what the form said; of the address a keyed hash stays, with the day. `true` where there was
    /// an address: without one nothing can keep an old registration out.
    ///
    /// # Errors
    /// The system has no random numbers for a key.
    pub fn forget(&mut self, id: &str, on: Date) -> Result<bool, Failure> {
        self.imported_changed |= self.imported.remove(id).is_some();
        let Some(address) = self.addresses.remove(id) else { return Ok(false) };
        self.moved.insert(id.to_owned());
        if self.key.is_none() {
            self.key = Some(new_key()?);
        }
        if let Some(hash) = self.hash(&address) {
            self.withdrawn.entry(hash).or_insert(on);
            self.withdrawn_changed = true;
        }
        Ok(true)
    }

    /// The day on which whoever has this address withdrew.
    pub fn is_withdrawn(&self, address: &str) -> Option<Date> {
        self.withdrawn.get(&self.hash(address)?).copied()
    }

    /// Whether somebody withdrew on that day; who it was, nobody can tell.
    pub fn has_withdrawal_on(&self, day: Date) -> bool {
        self.withdrawn.values().any(|on| *on == day)
    }

    /// What the form said of her at the last import.
    pub fn imported(&self, id: &str) -> Option<&Fields> {
        self.imported.get(id)
    }

    /// Remembers what the form says of her.
    pub fn set_imported(&mut self, id: &str, fields: Fields) {
        if self.imported.get(id) != Some(&fields) {
            self.imported.insert(id.to_owned(), fields);
            self.imported_changed = true;
        }
    }

    /// Writes what has changed; the hash of whoever is forgotten before her address goes, so that a process which dies in
    /// between has lost nothing.
    ///
    /// # Errors
    /// Git would take the folder in, or the system refuses.
    pub fn write(&mut self) -> Result<(), Failure> {
        if self.moved.is_empty() && !self.imported_changed && !self.withdrawn_changed {
            return Ok(());
        }
        git::refuse_private(&self.site)?;
        let folder = self.folder();
        make_folder(&folder)?;
        let save = |name: &str, text: &str| write_whole(&folder.join(name), text.as_bytes(), Access::Owner);
        let path = folder.join(ADDRESSES);
        let addresses = if self.moved.is_empty() { None } else { Some(self.addresses_text(&path)?) };
        if self.withdrawn_changed {
            if let Some(key) = &self.key
                && !folder.join(KEY).exists()
            {
                save(KEY, &format!("{key}\n"))?;
            }
            save(WITHDRAWN, &self.withdrawn_text())?;
            self.withdrawn_changed = false;
        }
        if self.imported_changed {
            save(IMPORTED, &self.imported_text())?;
            self.imported_changed = false;
        }
        match addresses {
            Some((Some(before), text)) if before != text => rewrite(&path, &before, &text)?,
            Some((None, text)) => save(ADDRESSES, &text)?,
            _ => {}
        }
        self.moved.clear();
        Ok(())
    }

    /// The file of addresses is people's as well: their comments and order stay. What it was and what it becomes; `None`
    /// where there was no file.
    fn addresses_text(&self, path: &Path) -> Result<(Option<String>, String), Failure> {
        let changes: Vec<edit::Change> =
            self.moved.iter().map(|id| (id.as_str(), self.address_of(id).map(edit::scalar))).collect();
        let Some(before) = read_text(path)? else {
            return Ok((None, addresses::added(ADDRESSES_HEAD, &changes)));
        };
        match addresses::edited(&before, &changes) {
            Some(text) => Ok((Some(before), text)),
            None => Err(Failure::refused(
                format!("{FOLDER}/{ADDRESSES} is written in a way that the program does not change"),
                "write it as one line a person, `id: address`, then run this again; nothing was changed",
            )),
        }
    }

    fn imported_text(&self) -> String {
        let mut text = IMPORTED_HEAD.to_owned();
        for (id, fields) in &self.imported {
            if fields.is_empty() {
                text.push_str(&format!("{}: {{}}\n", edit::scalar(id)));
                continue;
            }
            text.push_str(&format!("{}:\n", edit::scalar(id)));
            for (field, value) in fields {
                text.push_str(&format!(
                    "  {}: {}\n",
                    edit::scalar(field),
                    edit::block(value).replace('\n', "\n  ")
                ));
            }
        }
        text
    }

    fn withdrawn_text(&self) -> String {
        let mut text = WITHDRAWN_HEAD.to_owned();
        let mut all: Vec<(&String, &Date)> = self.withdrawn.iter().collect();
        all.sort_by_key(|(hash, on)| (*on, *hash));
        for (hash, on) in all {
            text.push_str(&format!("- {{hash: {hash}, on: {on}}}\n"));
        }
        text
    }

    /// The keyed hash of an address; `None` where there is no key yet, and so nobody who withdrew.
    fn hash(&self, address: &str) -> Option<String> {
        let key = bytes_of(self.key.as_deref()?)?;
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
        mac.update(normalised(address).as_bytes());
        Some(hex(&mac.finalize().into_bytes()))
    }
}

/// Two ways of writing one address are one address.
pub(super) fn normalised(address: &str) -> String {
    bare(address).to_lowercase()
}

/// An address without what is written around it or cannot be seen: `mailto:`, angle brackets, quotation marks, a full stop.
pub(super) fn bare(address: &str) -> String {
    const AROUND: [char; 11] = ['<', '>', '"', '\'', '“', '”', '„', '‘', '’', '.', '`'];
    let seen = seen(address);
    let around = |c: char| c.is_whitespace() || AROUND.contains(&c);
    let mut rest = seen.trim_matches(around);
    while let Some((scheme, after)) = rest.split_once(':')
        && scheme.eq_ignore_ascii_case("mailto")
    {
        rest = after.trim_matches(around);
    }
    rest.to_owned()
}

/// Makes the folder of a site, for its owner alone.
///
/// # Errors
/// Git would take it in, or the system refuses.
pub(super) fn make(site: &Path) -> Result<(), Failure> {
    git::refuse_private(site)?;
    make_folder(&site.join(FOLDER))
}

/// Makes a folder, and those above it, that are their owner's alone.
pub(super) fn make_folder(folder: &Path) -> Result<(), Failure> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder).map_err(Failure::system("make", folder))
}

fn new_key() -> Result<String, Failure> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|error| {
        Failure::refused(format!("the system has no random numbers: {error}"), "try again")
    })?;
    Ok(hex(&key))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests;
