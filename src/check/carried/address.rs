//! Finished pages -> findings about e-mail addresses in them that are not the scheme's.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::directory::e_mail_addresses;
use crate::html::{Token, decode, text, tokens};
use crate::output::{Origin, Output, OutputFile};
use crate::path::file_name;
use crate::site::Project;
use crate::source::{FileId, Sources, Span};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Templates whose pages show what people write of themselves.
const OF_PEOPLE: [&str; 2] = ["mentor.html", "mentors.html"];

/// Looks at all pages that a template made. An address is told once, at the line of the text that has it.
pub fn addresses(output: &Output, project: &Project, sources: &Sources, found: &mut Diagnostics) {
    // What people write of themselves is judged where it is read, and may be waived there.
    let is_judged = |file: &OutputFile| matches!(&file.origin, Origin::Page { template, .. } if OF_PEOPLE.contains(template));
    let pages: Vec<(&str, &OutputFile)> =
        output.iter().filter(|(path, file)| path.ends_with(".html") && !is_judged(file)).collect();
    let contact = &project.site.contact;
    let known: Vec<String> =
        std::iter::once(&contact.email).chain(&contact.others).map(|email| email.to_lowercase()).collect();
    let named: Vec<(&str, Option<Span>, Vec<String>)> = pages
        .par_iter()
        .with_min_len(64)
        .filter_map(|(path, file)| {
            let named = named(file, &known);
            let span = match &file.origin {
                Origin::Page { span, .. } | Origin::Copy(span) => *span,
                Origin::Program => None,
            };
            (!named.is_empty()).then_some((*path, span, named))
        })
        .collect();
    let mut told: BTreeMap<(Span, String), &str> = BTreeMap::new();
    for (path, span, addresses) in &named {
        for address in addresses {
            if let Some(place) = place(sources, project.site.span, *span, address) {
                told.entry((place, address.clone())).or_insert(path);
            }
        }
    }
    for ((span, address), path) in told {
        let near = nearest(&address, known.iter().map(String::as_str));
        let help = match near {
            Some(near) => format!("did you mean {near}?"),
            None => format!(
                "write the scheme's address, {}. Only if it is an office's, and readers need it, add it to `contact` in site.yaml as `also`",
                contact.email
            ),
        };
        found.push(
            Diagnostic::new(
                Code::EmailInPage,
                span,
                format!("`{address}` is not an address of the scheme's"),
            )
            .note(format!(
                "on {path}. Addresses of people are not published: contact goes through the scheme"
            ))
            .help(help),
        );
    }
}

/// Whether some bytes may have another address than those known: nearly every page has only the scheme's.
fn may_name(bytes: &[u8], known: &[String]) -> bool {
    let is_known = |at: usize| {
        known.iter().any(|address| {
            let from = address.find('@').and_then(|before| at.checked_sub(before));
            from.and_then(|from| bytes.get(from..from + address.len()))
                .is_some_and(|written| written.eq_ignore_ascii_case(address.as_bytes()))
        })
    };
    memchr::memchr_iter(b'@', bytes).any(|at| !is_known(at)) || memchr::memmem::find(bytes, b"%40").is_some()
}

/// Addresses that a page shows or writes to, but for those known.
fn named(file: &OutputFile, known: &[String]) -> Vec<String> {
    if !file.bytes.pieces().any(|(piece, _)| may_name(piece, known)) {
        return Vec::new();
    }
    let bytes = file.bytes.whole();
    let page = String::from_utf8_lossy(&bytes);
    let mut addresses = Vec::new();
    for token in tokens(&page) {
        let Token::Open { attributes, .. } = token else { continue };
        for attribute in attributes.filter(|attribute| attribute.name.eq_ignore_ascii_case("href")) {
            let href = decode(attribute.value);
            if let Some(rest) = href.strip_prefix("mailto:") {
                let to = rest.split('?').next().unwrap_or_default();
                addresses.extend(to.split(',').filter(|to| !to.is_empty()).map(|to| to.replace("%40", "@")));
            }
        }
    }
    let text = text(&page);
    addresses.extend(e_mail_addresses(&text).into_iter().map(|(start, end)| text[start..end].to_owned()));
    addresses.retain(|address| !known.contains(&address.to_lowercase()));
    addresses.sort_unstable();
    addresses.dedup();
    addresses
}

/// Files whose texts are judged where they are read, and may be waived there.
const JUDGED: [&str; 2] = ["quotes.yaml", "actions.yaml"];

/// Where the author wrote an address: in the page's own text, or else wherever it stands. `None` for one that is judged
/// elsewhere.
fn place(sources: &Sources, site: Span, span: Option<Span>, address: &str) -> Option<Span> {
    let within = |id: FileId, text: &str| text.find(address).map(|at| Span::new(id, at..at + address.len()));
    if let Some(place) = span.and_then(|span| within(span.file, &sources.file(span.file).text)) {
        return Some(place);
    }
    match sources.iter().find(|(_, file)| file.text.contains(address)) {
        Some((_, file)) if JUDGED.contains(&file_name(&file.path)) => None,
        Some((id, file)) => within(id, &file.text),
        None => Some(span.unwrap_or(site)),
    }
}
