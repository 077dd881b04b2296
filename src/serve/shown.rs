//! What there is to see at one moment: the last site that could be built, and what was found since.

use super::finding::Told;
use super::media::is_page;
use super::page::{digest, waiting};
use crate::html::encode_url;
use crate::output::{Bytes, Origin, Output};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What there is to see at one moment.
#[derive(Clone, Default, Debug)]
pub(super) struct Shown {
    /// The last site that could be built; none until one could.
    pub(super) output: Option<Arc<Output>>,
    /// Pages of the site to come that are ready before the rest of it, by path.
    pub(super) ahead: Arc<BTreeMap<String, Bytes>>,
    /// The path of the site's base: empty, or `/medicine`.
    pub(super) base: String,
    /// What was found.
    pub(super) told: Arc<Told>,
    /// Another number whenever a file that pages show as it is has changed: pictures keep their names.
    pub(super) files: u64,
}

/// What is at an address.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Answer<'s> {
    /// A file, by its path.
    File(String, &'s Bytes),
    /// The address that is meant.
    Elsewhere(String),
    /// Nothing; with the site's own page for that, where it has one.
    Nothing(Option<&'s Bytes>),
    /// No site could be built yet.
    Waiting,
}

impl Shown {
    /// What is at a path as a browser asks for it, decoded.
    pub(super) fn at(&self, path: &str) -> Answer<'_> {
        let Some(output) = &self.output else { return Answer::Waiting };
        let nothing = || Answer::Nothing(self.file("404.html"));
        let Some(inner) = self.inner(path) else {
            let is_base = path == "/" || path == self.base;
            return if is_base { Answer::Elsewhere(self.home()) } else { nothing() };
        };
        if inner.is_empty() || inner.ends_with('/') {
            let at = format!("{inner}index.html");
            return self.file(&at).map_or_else(nothing, |bytes| Answer::File(at, bytes));
        }
        match self.file(inner) {
            Some(bytes) => Answer::File(inner.to_owned(), bytes),
            None if output.get(&format!("{inner}/index.html")).is_some() => {
                Answer::Elsewhere(encode_url(&format!("{}/{inner}/", self.base)))
            }
            None => nothing(),
        }
    }

    /// The site's home page as a browser asks for it.
    pub(super) fn home(&self) -> String {
        encode_url(&format!("{}/", self.base))
    }

    /// The path of the file that is at an address, there or not.
    pub(super) fn file_path(&self, path: &str) -> Option<String> {
        let inner = self.inner(path)?;
        Some(if inner.is_empty() || inner.ends_with('/') {
            format!("{inner}index.html")
        } else {
            inner.to_owned()
        })
    }

    /// A path below the base.
    fn inner<'a>(&self, path: &'a str) -> Option<&'a str> {
        path.strip_prefix(self.base.as_str())?.strip_prefix('/')
    }

    fn file(&self, path: &str) -> Option<&Bytes> {
        self.ahead.get(path).or_else(|| Some(&self.output.as_ref()?.get(path)?.bytes))
    }

    /// A name of what a browser is shown at an address, which is another whenever that has changed.
    pub(super) fn state(&self, path: &str) -> String {
        match self.at(path) {
            Answer::File(at, bytes) => self.state_of(&at, &bytes.whole()),
            Answer::Elsewhere(address) => address,
            Answer::Nothing(page) => self.state_of("404", &page.map(Bytes::whole).unwrap_or_default()),
            Answer::Waiting => digest(waiting(&self.told, "").as_bytes()),
        }
    }

    fn state_of(&self, path: &str, bytes: &[u8]) -> String {
        format!("{}-{path}-{:x}", digest(bytes), self.files)
    }

    /// What is to be seen once another site could be built.
    pub(super) fn with_site(&self, output: Arc<Output>, base: String, told: Told) -> Shown {
        let is_same = self.output.as_ref().is_some_and(|before| has_same_files(before, &output));
        let files = if is_same { self.files } else { self.files + 1 };
        Shown { output: Some(output), ahead: Arc::default(), base, told: Arc::new(told), files }
    }
}

/// The files that are published as they are, but for pages.
fn copies(output: &Output) -> BTreeMap<&str, &Bytes> {
    let copies =
        output.iter().filter(|(path, file)| matches!(file.origin, Origin::Copy(_)) && !is_page(path));
    copies.map(|(path, file)| (path, &file.bytes)).collect()
}

/// Whether the files that are published as they are have not changed; pages tell of themselves.
fn has_same_files(before: &Output, after: &Output) -> bool {
    copies(before) == copies(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::OutputFile;

    fn site(files: &[(&str, &str)], base: &str) -> Shown {
        let mut output = Output::default();
        for (path, text) in files {
            let bytes = text.as_bytes().to_vec().into();
            output.add((*path).to_owned(), OutputFile { bytes, origin: Origin::Copy(None) });
        }
        Shown::default().with_site(Arc::new(output), base.to_owned(), Told::default())
    }

    #[test]
    fn files_are_found_by_their_addresses_alone() {
        let shown =
            site(&[("index.html", "h"), ("a b/index.html", "a"), ("x.css", "c"), ("404.html", "m")], "/base");
        let text = |path: &str| match shown.at(path) {
            Answer::File(at, bytes) => format!("{at}: {}", String::from_utf8_lossy(&bytes.whole())),
            Answer::Elsewhere(to) => format!("to {to}"),
            Answer::Nothing(page) => format!("nothing, {}", page.is_some()),
            Answer::Waiting => "waiting".to_owned(),
        };
        let cases = [
            ("/base/", "index.html: h"),
            ("/base/a b/", "a b/index.html: a"),
            ("/base/x.css", "x.css: c"),
            ("/base/a b", "to /base/a%20b/"),
            ("/", "to /base/"),
            ("/base", "to /base/"),
            ("/x.css", "nothing, true"),
            ("/basement/", "nothing, true"),
            ("/base//x.css", "nothing, true"),
            ("/base/../x.css", "nothing, true"),
            ("/base/x.css/", "nothing, true"),
            ("", "nothing, true"),
        ];
        for (path, expected) in cases {
            assert_eq!(text(path), expected, "{path}");
        }
        assert_eq!(Shown::default().at("/"), Answer::Waiting);
    }

    #[test]
    fn a_picture_that_changed_is_told_to_the_pages_that_show_it() {
        let before = site(&[("index.html", "h"), ("a.jpg", "1")], "");
        let again = |files: &[(&str, &str)]| {
            let output = site(files, "").output.expect("a site");
            before.with_site(output, String::new(), Told::default()).state("/")
        };
        assert_eq!(again(&[("index.html", "h"), ("a.jpg", "1")]), before.state("/"));
        assert_ne!(again(&[("index.html", "h"), ("a.jpg", "2")]), before.state("/"));
        assert_ne!(again(&[("index.html", "i"), ("a.jpg", "1")]), before.state("/"));
        // Another page is no matter of this one's.
        assert_eq!(again(&[("index.html", "h"), ("b.html", "b"), ("a.jpg", "1")]), before.state("/"));
    }
}
