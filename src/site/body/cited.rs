//! `[@key]` -> a linked number, and at the end of the page the works cited, in the order they were first cited.

use super::{Resolver, escape};
use crate::config::Author;
use crate::content::Reference;
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::markdown::{Cited, Directive, cited};
use crate::output::WrittenLink;
use crate::source::{Span, Spanned};

/// The id of the heading of the works cited.
const TITLE: &str = "references-title";

impl Resolver<'_, '_, '_> {
    pub(super) fn cite(&mut self, label: &Spanned<String>) {
        let start = label.span.start as usize;
        let span =
            |work: &Cited| Span::new(label.span.file, start + work.at..start + work.at + work.key.len());
        self.cite_works(cited(&label.value).flatten().map(|work| (work.key, work.place, span(&work))));
    }

    /// A number of somebody else's, as it is written.
    pub(super) fn given(&mut self, directive: &Directive, label: &Spanned<String>) {
        self.keys(directive, &["ref"]);
        self.text(&label.value);
        let Some(reference) = directive.get("ref") else {
            let help = format!(
                "name the work in references.bib: :given[{}]{{ref=…}}; a number of the survey's own is bound by :n and its kin",
                label.value
            );
            let message = "`:given` does not say whose number this is";
            self.push(Diagnostic::new(Code::MissingKey, directive.span, message).help(help));
            return;
        };
        self.html(" ");
        self.cite_works([(reference.value.trim(), None, reference.span)]);
    }

    /// Cites works by their keys, with the places in them and those that name them.
    pub(super) fn cite_works<'k>(
        &mut self,
        works: impl IntoIterator<Item = (&'k str, Option<&'k str>, Span)>,
    ) {
        let references = &self.context.project.references;
        let mut numbers = Vec::new();
        for (key, place, span) in works {
            if references.get(key).is_none() {
                // What is in a file that cannot be read is not known.
                if !references.is_unread {
                    let nothing = references.keys().next().is_none();
                    let help = match nothing {
                        true => "write the work to content/references.bib".to_owned(),
                        false => one_of(key, references.keys()),
                    };
                    self.push(
                        Diagnostic::new(
                            Code::UnknownCitation,
                            span,
                            format!("content/references.bib has no `{key}`"),
                        )
                        .help(format!("{help} (to show [@ as text, put a backslash before it)")),
                    );
                }
                continue;
            }
            let number = match self.cited.iter().position(|cited| cited == key) {
                Some(at) => at + 1,
                None => {
                    self.cited.push(key.to_owned());
                    self.cited.len()
                }
            };
            numbers.push((number, place));
        }
        let links: Vec<String> = numbers
            .iter()
            .map(|(number, place)| {
                let place = place.map(|place| format!(", {}", escape(place))).unwrap_or_default();
                let label = self.interface.say("references.label", &[("n", &number.to_string())]);
                let label = escape(&label);
                format!("<a href=\"#reference-{number}\" role=\"doc-biblioref\" aria-label=\"{label}\">{number}</a>{place}")
            })
            .collect();
        if !links.is_empty() {
            let between = if numbers.iter().any(|(_, place)| place.is_some()) { "; " } else { ", " };
            self.html(&format!("<span class=\"citation\">[{}]</span>", links.join(between)));
        }
    }

    /// The list of what was cited.
    pub(super) fn list_cited(&mut self) {
        let cited = std::mem::take(&mut self.cited);
        if cited.is_empty() {
            return;
        }
        let title = self.interface.say("references.title", &[]);
        self.html(&format!(
            "<section class=\"references\" aria-labelledby=\"{TITLE}\">\n<h2 id=\"{TITLE}\">{}</h2>\n<ol>\n",
            escape(&title)
        ));
        self.body.references = Some((TITLE, title));
        let references = &self.context.project.references;
        for (at, key) in cited.iter().enumerate() {
            let Some(reference) = references.get(key) else { continue };
            self.html(&format!("<li id=\"reference-{}\">{}</li>\n", at + 1, entry(reference)));
            if let Some(link) = &reference.link {
                self.body.links.push(WrittenLink { href: link.clone(), span: reference.span });
            }
        }
        self.html("</ol>\n</section>\n");
    }
}

/// `Bryant LD, Illes J. Title. Journal 2025; 20(4): e1. https://doi.org/…`
fn entry(reference: &Reference) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !reference.authors.is_empty() {
        let authors: Vec<String> = reference.authors.iter().map(Author::short).collect();
        parts.push(escape(&authors.join(", ")).into_owned());
    }
    if !reference.title.is_empty() {
        parts.push(format!("<cite>{}</cite>", escape(&reference.title)));
    }
    let issue = reference.issue.as_ref().map(|issue| format!("({issue})"));
    let volume: String = [reference.volume.clone(), issue].into_iter().flatten().collect();
    let year = reference.year.map(|year| year.to_string());
    let when = [year, Some(volume).filter(|volume| !volume.is_empty())];
    let when = when.into_iter().flatten().collect::<Vec<_>>().join("; ");
    let when = [Some(when).filter(|when| !when.is_empty()), reference.pages.clone()];
    let when = when.into_iter().flatten().collect::<Vec<_>>().join(": ");
    let place = reference.container.as_ref().or(reference.publisher.as_ref());
    let place = [place.cloned(), Some(when).filter(|when| !when.is_empty())];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if !place.is_empty() {
        parts.push(escape(&place).into_owned());
    }
    let mut html = String::new();
    for part in parts {
        let end = if part.ends_with(['.', '?', '!']) { " " } else { ". " };
        html.push_str(&part);
        html.push_str(end);
    }
    if let Some(link) = &reference.link {
        let href = escape(link);
        html.push_str(&format!("<a href=\"{href}\">{href}</a>"));
    }
    html.trim_end().to_owned()
}
