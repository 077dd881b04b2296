//! Every internal link, fragment, image, script and style in the *output* exists, and no page asks another host.
//!
//! A finding points at the line that wrote the link, where an author did, and at the template otherwise.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest, one_of};
use crate::html::{Token, decode, tokens};
use crate::output::{Origin, Output, OutputFile};
use crate::path::{Address, Base, folder, join};
use crate::source::{Sources, Span};
use crate::theme::Theme;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Attributes that hold one address.
const ADDRESSES: [&str; 6] = ["href", "src", "action", "formaction", "poster", "data"];

/// Templates whose pages have the one script there is.
const SCRIPTED: [&str; 3] = ["mentor.html", "mentors.html", "shortlist.html"];

/// Checks all pages.
pub fn links(output: &Output, base: &Base, theme: &Theme, sources: &Sources, found: &mut Diagnostics) {
    let theme = Templates { theme, sources };
    // What the author's own line was already told of is not told again.
    let told: HashSet<Span> = found.iter().map(|diagnostic| diagnostic.span).collect();
    let pages: Vec<(&str, &OutputFile)> = output.iter().filter(|(path, _)| path.ends_with(".html")).collect();
    let looked: Vec<Look> = pages
        .par_iter()
        .with_min_len(64)
        .map_init(HashSet::new, |sound, (path, file)| look(path, file, output, base, sound))
        .collect();
    // Fragments of other pages: their ids are gathered only where somebody points at them.
    let mut wanted: BTreeMap<&str, Vec<(usize, &Reference)>> = BTreeMap::new();
    for (at, look) in looked.iter().enumerate() {
        for reference in &look.fragments {
            wanted.entry(reference.path.as_str()).or_default().push((at, reference));
        }
    }
    for (at, look) in looked.iter().enumerate() {
        let (path, file) = pages[at];
        for problem in &look.problems {
            push(finding(path, file, &theme, problem, output), &told, found);
        }
    }
    for (target, references) in wanted {
        let ids = output.get(target).map(ids).unwrap_or_default();
        for (at, reference) in references {
            if !ids.contains(&reference.fragment) {
                let (path, file) = pages[at];
                let known: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
                let help = one_of(&reference.fragment, known);
                let place = place(file, &theme, &reference.href);
                let message = format!("`{}` leads to no heading or table of that page", reference.href);
                push(of_place(place, path, Code::FragmentToNowhere, message).help(help), &told, found);
            }
        }
    }
}

/// A link with a fragment into another page.
struct Reference {
    path: String,
    fragment: String,
    href: String,
}

/// What is wrong with a reference.
enum Problem {
    Nowhere { href: String, path: String },
    FragmentHere { href: String, fragment: String, known: Vec<String> },
    Elsewhere { href: String, element: String },
    Inline { what: String },
    Script { src: String },
}

#[derive(Default)]
struct Look {
    fragments: Vec<Reference>,
    problems: Vec<Problem>,
}

/// `sound` are links from the root of the site without fragment that pages before this one have, and that lead
/// somewhere: they do so from every page.
fn look(path: &str, file: &OutputFile, output: &Output, base: &Base, sound: &mut HashSet<String>) -> Look {
    let mut look = Look::default();
    let bytes = file.bytes.whole();
    let Ok(page) = std::str::from_utf8(&bytes) else { return look };
    let mut ids: HashSet<String> = HashSet::new();
    let mut here: Vec<(String, String)> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for token in tokens(page) {
        let Token::Open { name, attributes } = token else { continue };
        let value = |wanted: &str| {
            attributes
                .clone()
                .find(|attribute| attribute.name.eq_ignore_ascii_case(wanted))
                .map(|attribute| attribute.value)
        };
        if name.eq_ignore_ascii_case("style")
            || (name.eq_ignore_ascii_case("script") && value("src").is_none() && !is_data(value("type")))
        {
            look.problems.push(Problem::Inline { what: format!("<{name}>") });
        }
        if name.eq_ignore_ascii_case("script")
            && let Some(src) = value("src")
            && !is_ours(&decode(src), file, base)
        {
            look.problems.push(Problem::Script { src: src.to_owned() });
        }
        for attribute in attributes.clone() {
            if attribute.name.eq_ignore_ascii_case("id") {
                ids.insert(decode(attribute.value).into_owned());
            } else if attribute.name.eq_ignore_ascii_case("style")
                || attribute.name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on"))
            {
                look.problems.push(Problem::Inline { what: format!("{}=", attribute.name) });
            } else if ADDRESSES.iter().any(|name| attribute.name.eq_ignore_ascii_case(name)) {
                // The same link in menu and text need be followed once.
                let mine = (attribute.name.eq_ignore_ascii_case("href") && name.eq_ignore_ascii_case("a"))
                    || name.eq_ignore_ascii_case("area");
                let rooted = attribute.value.starts_with('/')
                    && !attribute.value.starts_with("//")
                    && !attribute.value.contains(['&', '#']);
                if (rooted && sound.contains(attribute.value)) || (mine && !seen.insert(attribute.value)) {
                    continue;
                }
                let href = decode(attribute.value);
                let asks = !mine && !is_mere_mention(name, value("rel"));
                let before = look.problems.len();
                reference(&href, asks, name, path, output, base, &mut look, &mut here);
                if rooted && look.problems.len() == before {
                    sound.insert(attribute.value.to_owned());
                }
            } else if attribute.name.eq_ignore_ascii_case("srcset") {
                for candidate in decode(attribute.value).split(',') {
                    let href = candidate.trim().split(' ').next().unwrap_or_default();
                    reference(href, true, name, path, output, base, &mut look, &mut here);
                }
            }
        }
    }
    for (href, fragment) in here {
        if !ids.contains(&fragment) && !fragment.is_empty() && fragment != "top" {
            let mut known: Vec<String> = ids.iter().cloned().collect();
            known.sort_unstable();
            look.problems.push(Problem::FragmentHere { href, fragment, known });
        }
    }
    look
}

/// `<script type="application/ld+json">` is a block of data: browsers neither run it nor hold it against the
/// Content-Security-Policy. Whatever is not known to be one is taken for a script.
fn is_data(media_type: Option<&str>) -> bool {
    media_type.is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case("application/ld+json"))
}

/// Whether a script is that of the directory, on a page of the directory.
fn is_ours(src: &str, file: &OutputFile, base: &Base) -> bool {
    let is_scripted = matches!(&file.origin, Origin::Page { template, .. } if SCRIPTED.contains(template));
    let name = base.inner(src).and_then(|inner| inner.strip_prefix("/assets/directory."));
    is_scripted && name.is_some_and(|rest| rest.ends_with(".js"))
}

/// `<link rel="canonical">` and its like name an address and ask nobody for it.
fn is_mere_mention(element: &str, rel: Option<&str>) -> bool {
    element.eq_ignore_ascii_case("link")
        && rel.is_some_and(|rel| matches!(rel, "canonical" | "alternate" | "license" | "prev" | "next"))
}

#[expect(
    clippy::too_many_arguments,
    reason = "one call in two places; the values share no meaning worth a type"
)]
fn reference(
    href: &str,
    asks: bool,
    element: &str,
    path: &str,
    output: &Output,
    base: &Base,
    look: &mut Look,
    here: &mut Vec<(String, String)>,
) {
    if let Some(fragment) = href.strip_prefix('#') {
        here.push((href.to_owned(), unescape(fragment)));
        return;
    }
    let inner = if href.starts_with("//") || has_scheme(href) {
        if asks {
            look.problems.push(Problem::Elsewhere { href: href.to_owned(), element: element.to_owned() });
        }
        return;
    } else if href.starts_with('/') {
        base.inner(href).map(str::to_owned)
    } else {
        join(folder(path), href.split(['#', '?']).next().unwrap_or_default()).map(|inner| format!("/{inner}"))
    };
    let Some(inner) = inner else {
        look.problems.push(Problem::Nowhere { href: href.to_owned(), path: path.to_owned() });
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
    if output.get(&file).is_none() {
        look.problems.push(Problem::Nowhere { href: href.to_owned(), path: file });
        return;
    }
    if let Some(fragment) = fragment
        && file.ends_with(".html")
    {
        if file == path {
            here.push((href.to_owned(), fragment));
        } else {
            look.fragments.push(Reference { path: file, fragment, href: href.to_owned() });
        }
    }
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

fn ids(file: &OutputFile) -> HashSet<String> {
    let bytes = file.bytes.whole();
    tokens(&String::from_utf8_lossy(&bytes))
        .filter_map(|token| match token {
            Token::Open { attributes, .. } => attributes
                .clone()
                .find(|attribute| attribute.name.eq_ignore_ascii_case("id"))
                .map(|attribute| decode(attribute.value).into_owned()),
            _ => None,
        })
        .collect()
}

/// Who wrote a link: a line of the author's, or a template.
#[derive(Clone, Copy)]
enum Place {
    Author(Span),
    Template(Span, &'static str),
}

/// The theme's templates, for findings about what they wrote.
struct Templates<'a> {
    theme: &'a Theme,
    sources: &'a Sources,
}

impl Templates<'_> {
    fn span(&self, template: &str) -> Option<Span> {
        self.theme.templates.get(template).map(|id| self.sources.whole(*id))
    }
}

fn push(diagnostic: Diagnostic, told: &HashSet<Span>, found: &mut Diagnostics) {
    if !told.contains(&diagnostic.span) {
        found.push(diagnostic);
    }
}

fn place(file: &OutputFile, theme: &Templates, href: &str) -> Place {
    let base = || theme.span("base.html").expect("every theme has the default theme's base.html");
    let Origin::Page { template, links, .. } = &file.origin else { return Place::Template(base(), "") };
    match links.iter().find(|link| link.href == href) {
        Some(link) => Place::Author(link.span),
        None => Place::Template(theme.span(template).unwrap_or_else(base), template),
    }
}

fn of_place(place: Place, path: &str, code: Code, message: String) -> Diagnostic {
    match place {
        Place::Author(span) => Diagnostic::new(code, span, message),
        Place::Template(span, template) => {
            let made = if template.is_empty() { String::new() } else { format!(", made by {template}") };
            Diagnostic::new(code, span, message).note(format!("on the page {path}{made}"))
        }
    }
}

fn finding(
    path: &str,
    file: &OutputFile,
    theme: &Templates,
    problem: &Problem,
    output: &Output,
) -> Diagnostic {
    match problem {
        Problem::Nowhere { href, path: target } => {
            let near = nearest(target, output.iter().map(|(path, _)| path).take(5000));
            let help = near.map_or("correct the link".to_owned(), |near| {
                format!("the nearest there is: /{}", near.trim_end_matches("index.html"))
            });
            of_place(place(file, theme, href), path, Code::OutputLink, format!("`{href}` leads nowhere"))
                .help(help)
        }
        Problem::FragmentHere { href, fragment, known } => {
            let help = one_of(fragment, known.iter().map(String::as_str));
            of_place(
                place(file, theme, href),
                path,
                Code::FragmentToNowhere,
                format!("`{href}` leads to no heading or table of this page"),
            )
            .help(help)
        }
        Problem::Elsewhere { href, element } => of_place(
            place(file, theme, href),
            path,
            Code::OutputRequest,
            format!("<{element}> would ask another host for `{href}`"),
        )
        .help(
            "put the file into the theme's assets/ or content/files/; a page asks nobody else for anything",
        ),
        Problem::Inline { what } => of_place(
            place(file, theme, ""),
            path,
            Code::OutputRequest,
            format!("the page has `{what}`, which its Content-Security-Policy forbids"),
        )
        .help("move styles into a file in the theme's assets/; no page has a script of its own"),
        Problem::Script { src } => of_place(
            place(file, theme, ""),
            path,
            Code::OutputRequest,
            format!("the page would run the script `{src}`"),
        )
        .help("take it out: the only script is the directory's, on pages of the directory (a theme's assets/directory.js)"),
    }
}
