//! Addresses of pages within a site, and the files they are written to.
//!
//! An [`Address`] is always absolute within the site (`/about/`, `/mentors/amara/`), begins with a slash and
//! knows nothing of the host or of the path in `base_url`; [`Base`] puts that path in front for a page's links.

use std::fmt;

/// Where something stands in the site: `/`, `/about/`, `/atom.xml`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Address(String);

impl Address {
    /// The address of a page from its path parts: `["cy", "about"]` is `/cy/about/`.
    pub fn page<'a>(parts: impl IntoIterator<Item = &'a str>) -> Address {
        let mut text = String::with_capacity(64);
        text.push('/');
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            text.push_str(part);
            text.push('/');
        }
        Address(text)
    }

    /// The address of a single file: `files/handbook.pdf` is `/files/handbook.pdf`.
    /// `about/index.html` is the page `/about/`.
    pub fn file(path: &str) -> Address {
        let path = path.trim_start_matches('/');
        match path.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => Address(format!("/{folder}")),
            _ => Address(format!("/{path}")),
        }
    }

    /// The address as text, from the site's own root.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file, relative to the output folder, that answers at this address.
    pub fn output_path(&self) -> String {
        let inner = &self.0[1..];
        if inner.is_empty() || inner.ends_with('/') { format!("{inner}index.html") } else { inner.to_owned() }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How links to pages are written.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Links {
    /// `/about/`: the host answers with the `index.html` in the folder.
    #[default]
    Folder,
    /// `/about/index.html`: for hosts that do not.
    Index,
}

/// The file of a page in its folder.
const INDEX: &str = "index.html";

/// The site's home on the web: `https://example.org/medicine/` is host `https://example.org`, path `/medicine`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Base {
    host: String,
    path: String,
    links: Links,
}

impl Base {
    /// Reads an absolute `http` or `https` address; `None` for anything else, or one with a query or fragment.
    pub fn read(url: &str) -> Option<Base> {
        let (scheme, rest) = url.split_once("://")?;
        if !matches!(scheme, "http" | "https")
            || rest.contains(['?', '#', ' ', '"', '<', '>', '\\'])
            || rest.chars().any(char::is_control)
        {
            return None;
        }
        let (host, path) = match rest.split_once('/') {
            Some((host, path)) => (host, path.trim_matches('/')),
            None => (rest, ""),
        };
        if host.is_empty() {
            return None;
        }
        let path = if path.is_empty() { String::new() } else { format!("/{path}") };
        Some(Base { host: format!("{scheme}://{host}"), path, links: Links::default() })
    }

    /// The same base with links to pages written in one of the two ways.
    #[must_use]
    pub fn with_links(mut self, links: Links) -> Base {
        self.links = links;
        self
    }

    /// What a link on a page says: the path of the base and the address.
    pub fn href(&self, address: &Address) -> String {
        format!("{}{}{}", self.path, address.as_str(), self.ending(address))
    }

    /// The address with scheme and host, for feeds, sitemaps and canonical links.
    pub fn absolute(&self, address: &Address) -> String {
        format!("{}{}", self.host, self.href(address))
    }

    /// The same in whichever way links are written: what a feed knows a page by must not change with the host.
    pub fn permanent(&self, address: &Address) -> String {
        format!("{}{}{}", self.host, self.path, address.as_str())
    }

    /// What a link to a page's folder goes on with.
    pub fn ending(&self, address: &Address) -> &'static str {
        if self.links == Links::Index && address.as_str().ends_with('/') { INDEX } else { "" }
    }

    /// Scheme and host, without a closing slash.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// How links to pages are written.
    pub fn links(&self) -> Links {
        self.links
    }

    /// An href back to an address of this site, fragment and all; `None` where it leads elsewhere.
    pub fn inner<'a>(&self, href: &'a str) -> Option<&'a str> {
        let rest = href.strip_prefix(self.path.as_str())?;
        rest.starts_with('/').then_some(rest)
    }

    /// An absolute address back to an address of this site; `None` where it leads elsewhere.
    pub fn relative<'a>(&self, url: &'a str) -> Option<&'a str> {
        self.inner(url.strip_prefix(self.host.as_str())?)
    }

    /// The path part: empty, or `/medicine` without a closing slash.
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// Joins a relative path to the folder of the file that wrote it and resolves `.` and `..`.
/// `None` where it climbs out of the site.
pub fn join(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    let mut joined = parts.join("/");
    if relative.ends_with('/') && !joined.is_empty() {
        joined.push('/');
    }
    Some(joined)
}

/// The folder of a path with slashes: `news/a.md` is in `news`, `a.md` in the empty folder.
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path with slashes.
pub fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// Whether a text may stand in an address as it is: lower-case letters, digits, `-` and `_`.
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_paths_prefix_hrefs_and_come_off_again() {
        let base = Base::read("https://example.org/medicine/aimms/").expect("a base");
        let about = Address::page(["about"]);
        assert_eq!(base.href(&about), "/medicine/aimms/about/");
        assert_eq!(base.absolute(&about), "https://example.org/medicine/aimms/about/");
        assert_eq!(base.inner("/medicine/aimms/about/#x"), Some("/about/#x"));
        assert_eq!(base.inner("/medicine/aimmsical/"), None);
        let index = base.with_links(Links::Index);
        assert_eq!(index.href(&about), "/medicine/aimms/about/index.html");
        assert_eq!(index.absolute(&Address::page([])), "https://example.org/medicine/aimms/index.html");
        assert_eq!(index.href(&Address::file("atom.xml")), "/medicine/aimms/atom.xml");
        assert_eq!(index.permanent(&about), "https://example.org/medicine/aimms/about/");
        assert_eq!(Base::read("example.org"), None);
        assert_eq!(Base::read("https://example.org/?q"), None);
    }

    #[test]
    fn relative_paths_stay_in_the_site() {
        assert_eq!(join("news", "../about.md").as_deref(), Some("about.md"));
        assert_eq!(join("news", "./b.md").as_deref(), Some("news/b.md"));
        assert_eq!(join("", "../etc/passwd"), None);
    }
}
