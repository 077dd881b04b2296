//! A page's bytes -> what it asks for, where its links lead, and what is wrong with them.
//!
//! Pages share pieces (`Bytes`): of one that is the same everywhere it is remembered what it holds.

use crate::html::{Attributes, Token, decode, tokens};
use crate::output::{Origin, Output, OutputFile};
use crate::path::{Address, Base, folder, join};
use std::collections::{HashMap, HashSet};

/// Attributes that hold one address.
const ADDRESSES: [&str; 6] = ["href", "src", "action", "formaction", "poster", "data"];

/// Templates whose pages have a script, and which.
const SCRIPTED: [(&str, &str); 4] = [
    ("mentor.html", "/assets/directory."),
    ("mentors.html", "/assets/directory."),
    ("search.html", "/assets/search."),
    ("shortlist.html", "/assets/directory."),
];

/// A link with a fragment into another page.
pub(super) struct Reference {
    pub(super) path: String,
    pub(super) fragment: String,
    pub(super) href: String,
}

/// What is wrong with a reference.
pub(super) enum Problem {
    Nowhere { href: String, path: String },
    FragmentHere { href: String, fragment: String, known: Vec<String> },
    Elsewhere { href: String, element: String },
    Inline { what: String },
    Script { src: String },
}

/// What one page has.
#[derive(Default)]
pub(super) struct Look {
    pub(super) fragments: Vec<Reference>,
    pub(super) problems: Vec<Problem>,
}

/// What pages before this one were found to have, so that it need not be looked at again.
#[derive(Default)]
pub(super) struct Seen {
    /// Links from the root of the site without fragment that lead somewhere: they do so from every page.
    sound: HashSet<String>,
    /// Pieces that pages share, by the template that they stand in.
    pieces: HashMap<(*const u8, &'static str), Shared>,
}

/// A piece that pages share.
enum Shared {
    /// Nothing in it is otherwise on another page: its ids, and its links to what is on the same page.
    Known { ids: Vec<String>, here: Vec<(String, String)> },
    /// What it has depends on the page.
    Differs,
}

/// Looks at a page.
pub(super) fn look(path: &str, file: &OutputFile, output: &Output, base: &Base, seen: &mut Seen) -> Look {
    let mut page = Page::new(path, file, output, base, seen);
    if !page.pieces() {
        // A tag goes on from one piece into the next.
        let whole = file.bytes.whole();
        page = Page::new(path, file, output, base, page.seen);
        if let Ok(text) = std::str::from_utf8(&whole) {
            page.text(text);
        }
    }
    page.finish()
}

/// A page that is being looked at.
struct Page<'a> {
    path: &'a str,
    file: &'a OutputFile,
    output: &'a Output,
    base: &'a Base,
    seen: &'a mut Seen,
    look: Look,
    ids: HashSet<String>,
    /// Links to what is on the same page: as written, and the fragment.
    here: Vec<(String, String)>,
    /// The page's links so far: the same in menu and text need be followed once.
    followed: HashSet<String>,
    /// Whether a link begins where the page lies.
    is_relative: bool,
}

impl<'a> Page<'a> {
    fn new(
        path: &'a str,
        file: &'a OutputFile,
        output: &'a Output,
        base: &'a Base,
        seen: &'a mut Seen,
    ) -> Page<'a> {
        Page {
            path,
            file,
            output,
            base,
            seen,
            look: Look::default(),
            ids: HashSet::new(),
            here: Vec::new(),
            followed: HashSet::new(),
            is_relative: false,
        }
    }

    /// Looks at the pieces of the page, those shared with others once for all. `false` where they cannot be told apart.
    fn pieces(&mut self) -> bool {
        let template = match &self.file.origin {
            Origin::Page { template, .. } => *template,
            Origin::Program | Origin::Copy(_) => "",
        };
        for (piece, is_shared) in self.file.bytes.pieces() {
            let Ok(text) = std::str::from_utf8(piece) else { return false };
            if !is_shared {
                if !self.text(text) {
                    return false;
                }
                continue;
            }
            let key = (piece.as_ptr(), template);
            match self.seen.pieces.get(&key) {
                Some(Shared::Known { ids, here }) => {
                    self.ids.extend(ids.iter().cloned());
                    self.here.extend(here.iter().cloned());
                }
                Some(Shared::Differs) => {
                    self.text(text);
                }
                None => {
                    let mut alone = Page::new(self.path, self.file, self.output, self.base, self.seen);
                    let is_between = alone.text(text);
                    let Page { look, ids, here, is_relative, .. } = alone;
                    if !is_between {
                        return false;
                    }
                    let is_known = look.problems.is_empty()
                        && look.fragments.is_empty()
                        && !is_relative
                        && here.iter().all(|(link, _)| link.starts_with('#'));
                    self.ids.extend(ids.iter().cloned());
                    self.here.extend(here.iter().cloned());
                    self.look.fragments.extend(look.fragments);
                    self.look.problems.extend(look.problems);
                    let shared = match is_known {
                        true => Shared::Known { ids: ids.into_iter().collect(), here },
                        false => Shared::Differs,
                    };
                    self.seen.pieces.insert(key, shared);
                }
            }
        }
        true
    }

    /// Looks at a text; whether it ends between tags.
    fn text(&mut self, text: &str) -> bool {
        let mut tokens = tokens(text);
        for token in tokens.by_ref() {
            if let Token::Open { name, attributes } = token {
                self.tag(name, &attributes);
            }
        }
        tokens.is_between()
    }

    fn tag(&mut self, name: &str, attributes: &Attributes) {
        let value = |wanted: &str| {
            attributes
                .clone()
                .find(|attribute| attribute.name.eq_ignore_ascii_case(wanted))
                .map(|attribute| attribute.value)
        };
        if name.eq_ignore_ascii_case("style")
            || (name.eq_ignore_ascii_case("script") && value("src").is_none() && !is_data(value("type")))
        {
            self.look.problems.push(Problem::Inline { what: format!("<{name}>") });
        }
        if name.eq_ignore_ascii_case("script")
            && let Some(src) = value("src")
            && !is_ours(&decode(src), self.file, self.base)
        {
            self.look.problems.push(Problem::Script { src: src.to_owned() });
        }
        for attribute in attributes.clone() {
            if attribute.name.eq_ignore_ascii_case("id") {
                self.ids.insert(decode(attribute.value).into_owned());
            } else if attribute.name.eq_ignore_ascii_case("style")
                || attribute.name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on"))
            {
                self.look.problems.push(Problem::Inline { what: format!("{}=", attribute.name) });
            } else if ADDRESSES.iter().any(|name| attribute.name.eq_ignore_ascii_case(name)) {
                let mine = (attribute.name.eq_ignore_ascii_case("href") && name.eq_ignore_ascii_case("a"))
                    || name.eq_ignore_ascii_case("area");
                let rooted = attribute.value.starts_with('/')
                    && !attribute.value.starts_with("//")
                    && !attribute.value.contains(['&', '#']);
                if (rooted && self.seen.sound.contains(attribute.value))
                    || (mine && !self.followed.insert(attribute.value.to_owned()))
                {
                    continue;
                }
                let href = decode(attribute.value);
                let asks = !mine && !is_mere_mention(name, value("rel"));
                let before = self.look.problems.len();
                self.reference(&href, asks, name);
                if rooted && self.look.problems.len() == before {
                    self.seen.sound.insert(attribute.value.to_owned());
                }
            } else if attribute.name.eq_ignore_ascii_case("srcset") {
                for candidate in decode(attribute.value).split(',') {
                    let href = candidate.trim().split(' ').next().unwrap_or_default();
                    self.reference(href, true, name);
                }
            }
        }
    }

    /// Follows a link; `asks` is whether a browser asks for it by itself.
    fn reference(&mut self, href: &str, asks: bool, element: &str) {
        if let Some(fragment) = href.strip_prefix('#') {
            self.here.push((href.to_owned(), unescape(fragment)));
            return;
        }
        let inner = if href.starts_with("//") || has_scheme(href) {
            if asks {
                let (href, element) = (href.to_owned(), element.to_owned());
                self.look.problems.push(Problem::Elsewhere { href, element });
            }
            return;
        } else if href.starts_with('/') {
            self.base.inner(href).map(str::to_owned)
        } else {
            self.is_relative = true;
            join(folder(self.path), href.split(['#', '?']).next().unwrap_or_default())
                .map(|inner| format!("/{inner}"))
        };
        let nowhere = |path: &str| Problem::Nowhere { href: href.to_owned(), path: path.to_owned() };
        let Some(inner) = inner else {
            self.look.problems.push(nowhere(self.path));
            return;
        };
        let (target, fragment) = match href.split_once('#') {
            Some((_, fragment)) => {
                (inner.split('#').next().unwrap_or_default().to_owned(), Some(unescape(fragment)))
            }
            None => (inner, None),
        };
        let target = unescape(target.split('?').next().unwrap_or_default());
        let file = Address::file(&target).output_path();
        if self.output.get(&file).is_none() {
            self.look.problems.push(nowhere(&file));
            return;
        }
        if let Some(fragment) = fragment
            && file.ends_with(".html")
        {
            if file == self.path {
                self.here.push((href.to_owned(), fragment));
            } else {
                self.look.fragments.push(Reference { path: file, fragment, href: href.to_owned() });
            }
        }
    }

    fn finish(mut self) -> Look {
        for (href, fragment) in self.here {
            if !self.ids.contains(&fragment) && !fragment.is_empty() && fragment != "top" {
                let mut known: Vec<String> = self.ids.iter().cloned().collect();
                known.sort_unstable();
                self.look.problems.push(Problem::FragmentHere { href, fragment, known });
            }
        }
        self.look
    }
}

/// `<script type="application/ld+json">` is a block of data: browsers neither run it nor hold it against the
/// Content-Security-Policy. Whatever is not known to be one is taken for a script.
fn is_data(media_type: Option<&str>) -> bool {
    media_type.is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case("application/ld+json"))
}

/// Whether a script is that of the directory, on a page of the directory, or that of the search on its page.
fn is_ours(src: &str, file: &OutputFile, base: &Base) -> bool {
    let Origin::Page { template: own, .. } = &file.origin else { return false };
    let script = SCRIPTED.iter().find(|(template, _)| template == own).map(|(_, script)| *script);
    let name = script.and_then(|script| base.inner(src)?.strip_prefix(script));
    name.is_some_and(|rest| rest.ends_with(".js"))
}

/// `<link rel="canonical">` and its like name an address and ask nobody for it.
fn is_mere_mention(element: &str, rel: Option<&str>) -> bool {
    element.eq_ignore_ascii_case("link")
        && rel.is_some_and(|rel| matches!(rel, "canonical" | "alternate" | "license" | "prev" | "next"))
}

fn has_scheme(href: &str) -> bool {
    href.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    })
}

/// Percent-escapes resolved; what is not UTF-8 then stays as it is.
fn unescape(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(escaped.unwrap_or(bytes[at]));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Bytes;
    use std::sync::Arc;

    /// What is wrong on pages that are made of texts of their own with one shared piece before each but the first.
    fn problems(pages: &[(&str, &[&str])], piece: &str) -> Vec<Vec<String>> {
        let piece: Arc<[u8]> = Arc::from(piece.as_bytes());
        let mut output = Output::default();
        for (path, own) in pages {
            let mut at = 0;
            let places = own[..own.len() - 1].iter().map(|text| {
                at += text.len();
                (at, Arc::clone(&piece))
            });
            let places = places.collect();
            let bytes = Bytes::shared(own.concat().into_bytes(), places);
            output.add((*path).to_owned(), OutputFile { bytes, origin: Origin::Program });
        }
        let base = Base::read("https://example.org/").expect("a base");
        let mut seen = Seen::default();
        let files: Vec<(&str, &OutputFile)> = output.iter().collect();
        let told = |problem: &Problem| match problem {
            Problem::Nowhere { href, .. } | Problem::FragmentHere { href, .. } => href.clone(),
            _ => "other".to_owned(),
        };
        let looks = files.iter().map(|(path, file)| look(path, file, &output, &base, &mut seen));
        looks.map(|look| look.problems.iter().map(told).collect()).collect()
    }

    #[test]
    fn a_shared_piece_is_right_or_wrong_on_each_page_by_itself() {
        // Wrong everywhere.
        let pages: [(&str, &[&str]); 2] =
            [("a/index.html", &["<p>", "</p>"]), ("b/index.html", &["<p>", ""])];
        assert_eq!(problems(&pages, "<a href=\"/none/\">x</a>"), [["/none/"], ["/none/"]]);
        // Right on the page whose neighbour is there.
        let pages: [(&str, &[&str]); 3] =
            [("a/index.html", &["", ""]), ("a/c.txt", &["", ""]), ("b/index.html", &["", ""])];
        assert_eq!(problems(&pages, "<img src=\"c.txt\">")[0], Vec::<String>::new());
        assert_eq!(problems(&pages, "<img src=\"c.txt\">")[2], ["c.txt"]);
        // Right where the heading is, be it in the page's own text or in the piece.
        let pages: [(&str, &[&str]); 2] =
            [("a/index.html", &["<h2 id=m>", "</h2>"]), ("b/index.html", &["<h2 id=n>", "</h2>"])];
        assert_eq!(problems(&pages, "<a href=\"#m\">x</a>"), [vec![], vec!["#m".to_owned()]]);
        assert_eq!(problems(&pages, "<a id=m href=\"#m\">x</a>"), [Vec::<String>::new(), vec![]]);
        assert_eq!(problems(&pages, "<a href=\"/a/#m\">x</a>"), [Vec::<String>::new(), vec![]]);
        assert_eq!(problems(&pages, "<a href=\"/b/#n\">x</a>")[1], Vec::<String>::new());
    }

    #[test]
    fn a_tag_may_go_on_from_one_piece_into_the_next() {
        let pages: [(&str, &[&str]); 2] = [
            ("a/index.html", &["<a href=\"/", "/\">x</a>"]),
            ("b/index.html", &["<!-- <a href=/", "/> --> <script src=\"/", ".js\"></script>"]),
        ];
        assert_eq!(
            problems(&pages, "none"),
            [vec!["/none/".to_owned()], vec!["other".to_owned(), "/none.js".to_owned()]]
        );
    }
}
