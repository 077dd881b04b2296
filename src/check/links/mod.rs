//! Every internal link, fragment, image, script and style in the *output* exists, and no page asks another host.
//!
//! A finding points at the line that wrote the link, where an author did, and at the template otherwise.

mod page;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest, one_of};
use crate::html::{Token, decode, tokens};
use crate::output::{Origin, Output, OutputFile};
use crate::path::Base;
use crate::source::{FileId, Sources, Span};
use crate::theme::Theme;
use page::{Look, Problem, Reference, Seen, look};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Checks all pages.
pub fn links(output: &Output, base: &Base, theme: &Theme, sources: &Sources, found: &mut Diagnostics) {
    let theme = Templates { theme, sources };
    // What the author's own line was already told of is not told again.
    let told: HashSet<Span> = found.iter().map(|diagnostic| diagnostic.span).collect();
    let pages: Vec<(&str, &OutputFile)> = output.iter().filter(|(path, _)| path.ends_with(".html")).collect();
    let looked: Vec<Look> = pages
        .par_iter()
        .with_min_len(64)
        .map_init(Seen::default, |seen, (path, file)| look(path, file, output, base, seen))
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

    /// Where a template has a link word for word: the page's own, or one that it is made with.
    fn written(&self, template: &str, href: &str) -> Option<Span> {
        let quoted = [format!("\"{href}\""), format!("'{href}'")];
        let find = |id: &FileId| {
            let text = &self.sources.file(*id).text;
            let at = quoted.iter().find_map(|quoted| text.find(quoted.as_str()))? + 1;
            Some(Span::new(*id, at..at + href.len()))
        };
        let own = self.theme.templates.get(template).and_then(find);
        own.or_else(|| self.theme.templates.values().find_map(find))
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
        None => {
            let written = if href.is_empty() { None } else { theme.written(template, href) };
            Place::Template(written.or_else(|| theme.span(template)).unwrap_or_else(base), template)
        }
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
            let asset = target.strip_prefix("assets/").filter(|_| matches!(file.origin, Origin::Page { .. }));
            let help = match (asset, near) {
                (Some(name), _) => format!(
                    "files of a theme have names that change with their bytes: write {{{{ asset(name=\"{name}\") }}}}"
                ),
                (None, Some(near)) => format!("the nearest there is: /{}", near.trim_end_matches("index.html")),
                (None, None) => "correct the link".to_owned(),
            };
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
        .help("take it out: the only scripts are the directory's, on its pages, and the search's (a theme's assets/directory.js and assets/search.js)"),
    }
}
