//! A link as written -> where it leads, or what was probably meant.

use super::{Entry, Reason, Register, What};
use crate::diagnostic::nearest;
use crate::html::encode_url;
use crate::language::Language;
use crate::path::{Address, file_name, join};
use crate::site::{Project, language_of};

/// Where a written link leads.
pub(in crate::site) enum Target {
    /// Another host, or a mail program.
    Elsewhere(String),
    /// Something of this site that is public; `page` is its index where it is a Markdown page, `other` its language where
    /// that is not the one that links to it.
    Page {
        address: Address,
        title: Option<String>,
        fragment: Option<String>,
        page: Option<usize>,
        other: Option<Language>,
    },
    /// A heading of the same page.
    Fragment(String),
    /// Something of this site that is not public today.
    NotPublic { why: Reason, title: Option<String> },
    /// Nothing.
    Unknown(Unknown),
}

/// A target that does not exist. What was meant is looked for only when it is asked: comparing takes its time.
pub(in crate::site) enum Unknown {
    /// It could never exist: the way out.
    Never(&'static str),
    /// There is no such Markdown file.
    Path(String),
    /// There is nothing at this address.
    Address { inner: String, is_file: bool },
}

impl Register {
    /// Where a link written in a file of `folder` (below content/) leads, for a page in `language`.
    pub(in crate::site) fn target(
        &self,
        project: &Project,
        written: &str,
        folder: &str,
        language: &Language,
    ) -> Target {
        if let Some(fragment) = written.strip_prefix('#') {
            return Target::Fragment(fragment.to_owned());
        }
        if let Some(elsewhere) = elsewhere(written) {
            return elsewhere;
        }
        let (path, fragment) = match written.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment.to_owned())),
            None => (written, None),
        };
        let path = path.split('?').next().unwrap_or(path);
        let inner = match path.strip_prefix('/') {
            Some(inner) => Some(inner.to_owned()),
            None => join(folder, path),
        };
        let Some(inner) = inner else {
            return Target::Unknown(Unknown::Never(
                "the path leads out of the site; it begins in the folder of this file",
            ));
        };
        if inner.ends_with(".md") {
            return self.by_path(project, &inner, fragment, language);
        }
        let first = project.first_language();
        let is_file = file_name(&inner).contains('.');
        let plain = if is_file { Address::file(&inner) } else { Address::page(inner.split('/')) };
        // An address of the site means the page in the language that links to it, where there is one.
        let own = (language != first && !is_file)
            .then(|| Address::page(std::iter::once(language.code()).chain(inner.split('/'))));
        for address in own.into_iter().chain([plain]) {
            match self.entries.get(&address) {
                Some(Entry::Public { what, .. }) => {
                    let page = match what {
                        What::Page(at) => Some(*at),
                        What::Made => None,
                    };
                    let title = page.map(|at| project.pages[at].front.title.value.clone());
                    let written = match page {
                        Some(at) => &project.pages[at].language,
                        None => language_of(&address, &project.site.languages).unwrap_or(first),
                    };
                    let other = (!is_file && written != language).then(|| written.clone());
                    return Target::Page { address, title, fragment, page, other };
                }
                Some(Entry::NotPublic { why, title }) => {
                    return Target::NotPublic { why: why.clone(), title: title.clone() };
                }
                None => {}
            }
        }
        Target::Unknown(Unknown::Address { inner, is_file })
    }

    fn by_path(
        &self,
        project: &Project,
        path: &str,
        fragment: Option<String>,
        language: &Language,
    ) -> Target {
        let stem = path.trim_end_matches(".md");
        let (key, named) = match stem.rsplit_once('.') {
            Some((key, code)) if project.site.languages.iter().any(|language| language.code() == code) => {
                (key, Language::read(code))
            }
            _ => (stem, None),
        };
        let Some(versions) = self.by_key.get(key) else {
            return Target::Unknown(Unknown::Path(key.to_owned()));
        };
        let wanted = named.as_ref().unwrap_or(language);
        let first = project.first_language();
        let by_language = |language: &Language| versions.iter().find(|(other, _)| other == language);
        let Some((_, at)) = by_language(wanted).or_else(|| by_language(first)).or_else(|| versions.first())
        else {
            return Target::Unknown(Unknown::Path(key.to_owned()));
        };
        let page = &project.pages[*at];
        let title = Some(page.front.title.value.clone());
        match self.entries.get(&page.address) {
            Some(Entry::NotPublic { why, .. }) => Target::NotPublic { why: why.clone(), title },
            _ => {
                let other = (page.language != *language).then(|| page.language.clone());
                Target::Page { address: page.address.clone(), title, fragment, page: Some(*at), other }
            }
        }
    }

    /// What was probably meant by a target that does not exist.
    pub(in crate::site) fn suggest(&self, unknown: &Unknown) -> String {
        // Thousands of profiles make no useful list.
        const COMPARED: usize = 2000;
        let did_you_mean = |typed: &str, known: Vec<&str>, ending: &str| {
            let near = (known.len() <= COMPARED).then(|| nearest(typed, known)).flatten();
            near.map(|near| format!("did you mean `{near}{ending}`?"))
        };
        let (meant, usual) = match unknown {
            Unknown::Never(words) => (None, *words),
            Unknown::Path(key) => {
                let known = self.by_key.keys().map(String::as_str).collect();
                (
                    did_you_mean(key, known, ".md"),
                    "write the path of a Markdown file, from the folder of this one",
                )
            }
            Unknown::Address { inner, is_file } => {
                let is_such = |(address, entry): &(&Address, &Entry)| {
                    matches!(entry, Entry::Public { .. }) && address.as_str().ends_with('/') != *is_file
                };
                let mut known: Vec<&str> =
                    self.entries.iter().filter(is_such).map(|(address, _)| address.as_str()).collect();
                known.sort_unstable();
                let typed =
                    if *is_file { format!("/{inner}") } else { format!("/{}/", inner.trim_matches('/')) };
                let usual = if *is_file {
                    "put the file in content/files/ and link to /files/…"
                } else {
                    "write the path of a Markdown file (about.md) or an address of this site (/mentors/)"
                };
                (did_you_mean(&typed, known, ""), usual)
            }
        };
        meant.unwrap_or_else(|| usual.to_owned())
    }
}

fn elsewhere(written: &str) -> Option<Target> {
    let (scheme, _) = written.split_once(':')?;
    if scheme.is_empty() || !scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)) {
        return None;
    }
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" | "mailto" | "tel" => Some(Target::Elsewhere(encode_url(written))),
        _ => Some(Target::Unknown(Unknown::Never(
            "links begin with https://, mailto: or tel:, or lead to a page of this site",
        ))),
    }
}
