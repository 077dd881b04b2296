//! The pages of policies -> findings about sections that have to be there and are not, are empty, or still wait for words.
//!
//! A section is known by the id of its heading (`## Data about ethnic origin {#article-9-condition}`), not by its words.

use crate::config::SiteConfig;
use crate::content::{Kind, Page, Visibility};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::Heading;
use crate::site::Project;
use crate::source::Span;

/// A section that a kind of page must have.
struct Section {
    kind: Kind,
    /// The id of its heading.
    id: &'static str,
    /// What it says.
    says: &'static str,
    /// Where the site says that it must be there, if it does.
    due: fn(&SiteConfig) -> Option<Span>,
    code: Code,
}

/// Every section that is looked for.
const SECTIONS: [Section; 1] = [Section {
    kind: Kind::PrivacyNotice,
    id: "article-9-condition",
    says: "on which condition of Article 9 special category data are processed",
    due: |site| site.special_category,
    code: Code::Article9Missing,
}];

/// Words that wait to be replaced.
const PLACEHOLDERS: [&str; 4] = ["todo", "tbc", "tbd", "lorem ipsum"];

/// Looks at the pages that are public today.
pub fn policies(project: &Project, found: &mut Diagnostics) {
    for section in &SECTIONS {
        let Some(due) = (section.due)(&project.site) else { continue };
        let mut pages = project
            .pages
            .iter()
            .filter(|page| page.front.kind == section.kind && page.visibility == Visibility::Public)
            .peekable();
        if pages.peek().is_none() {
            let message = format!("the site has no page that says {}", section.says);
            let help = format!(
                "write a page with `kind: {}` and a section `## … {{#{}}}` that says it",
                section.kind.name(),
                section.id
            );
            found.push(Diagnostic::new(section.code, due, message).help(help));
        }
        for page in pages {
            if let Some(finding) = look(section, page, due) {
                found.push(finding);
            }
        }
    }
}

/// What is wrong with a section of a page, if anything is.
fn look(section: &Section, page: &Page, due: Span) -> Option<Diagnostic> {
    let Some(at) = page.body.headings.iter().position(|heading| heading.id == section.id) else {
        let message = format!("the {} does not say {}", name(section.kind), section.says);
        let help = format!("write a section under a heading that ends with `{{#{}}}`", section.id);
        return Some(Diagnostic::new(section.code, due, message).related(page.span, "this page").help(help));
    };
    let heading = &page.body.headings[at];
    let text = text(page, heading, &page.body.headings[at + 1..]);
    let finding = |message: String, help: String| {
        Some(Diagnostic::new(section.code, due, message).related(heading.span, "this section").help(help))
    };
    if !text.contains(char::is_alphanumeric) {
        let message = format!("the section `{}` of the {} is empty", section.id, name(section.kind));
        return finding(message, format!("write under its heading {}", section.says));
    }
    let placeholder = placeholder(&text)?;
    finding(
        format!("the section `{}` of the {} still waits for words", section.id, name(section.kind)),
        format!("write what belongs in the place of `{placeholder}`"),
    )
}

/// "privacy notice".
fn name(kind: Kind) -> String {
    kind.name().replace('-', " ")
}

/// The text between a heading and the next one that is not below it.
fn text(page: &Page, heading: &Heading, after: &[Heading]) -> String {
    let end = after.iter().find(|next| next.level <= heading.level).map_or(u32::MAX, |next| next.span.start);
    let within = |at: u32| at >= heading.span.end && at < end;
    let texts = page.body.prose.iter().filter(|prose| within(prose.span(page.file, 0..0).start));
    let is_heading = |at: u32| after.iter().any(|next| next.span.start <= at && at < next.span.end);
    texts
        .filter(|prose| !is_heading(prose.span(page.file, 0..0).start))
        .map(|prose| prose.text.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

/// `[name of the university]`, `TODO`.
fn placeholder(text: &str) -> Option<&str> {
    let bracket = text.match_indices('[').find_map(|(at, _)| {
        let inner = &text[at..at + text[at..].find(']')? + 1];
        inner.contains(char::is_alphabetic).then_some(inner)
    });
    bracket.or_else(|| {
        let lower = text.to_ascii_lowercase();
        PLACEHOLDERS.iter().find_map(|word| {
            let (at, _) = lower.match_indices(word).find(|(at, _)| {
                let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                !is_word(lower[..*at].chars().next_back())
                    && !is_word(lower[at + word.len()..].chars().next())
            })?;
            Some(&text[at..at + word.len()])
        })
    })
}
