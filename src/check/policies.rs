//! The pages of policies -> findings about sections that have to be there and are not, are empty, or still wait for words.
//!
//! A section is known by the id of its heading (`## Data about ethnic origin {#article-9-condition}`), not by its words.

use crate::config::SiteConfig;
use crate::content::{Kind, Page, Visibility};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::{Heading, Prose};
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

/// Words that wait to be replaced, wherever they stand.
const PLACEHOLDERS: [&str; 7] = ["todo", "tbc", "tbd", "tba", "fixme", "lorem ipsum", "lorem"];
/// Words that do so where nothing else stands between two points or colons: "You agree to be added" is no placeholder.
const ALONE: [&str; 19] = [
    "to do",
    "to be confirmed",
    "to be written",
    "to be completed",
    "to be added",
    "to be decided",
    "to be done",
    "to be agreed",
    "to be advised",
    "to follow",
    "more to come",
    "coming soon",
    "under construction",
    "insert here",
    "insert text here",
    "text here",
    "your text here",
    "text goes here",
    "i’w gadarnhau",
];

/// Words of a sentence that ends as one, and of one that does not.
const ENDED: usize = 3;
const OPEN: usize = 6;

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
    let blocks = blocks(page, heading, &page.body.headings[at + 1..]);
    let finding = |message: String, help: String| {
        Some(Diagnostic::new(section.code, due, message).related(heading.span, "this section").help(help))
    };
    if !blocks.iter().any(|block| block.text.contains(char::is_alphanumeric)) {
        let message = format!("the section `{}` of the {} is empty", section.id, name(section.kind));
        return finding(message, format!("write under its heading {}", section.says));
    }
    if let Some(placeholder) = blocks.iter().find_map(|block| placeholder(&block.text)) {
        let message =
            format!("the section `{}` of the {} still waits for words", section.id, name(section.kind));
        return finding(message, format!("write what belongs in the place of `{placeholder}`"));
    }
    if !has_sentence(&blocks) {
        let message = format!("the section `{}` of the {} has no sentence", section.id, name(section.kind));
        let help = format!(
            "write under its heading, in a sentence that ends with a full stop, {}; a table, code or what a directive prints is none",
            section.says
        );
        return finding(message, help);
    }
    None
}

/// "privacy notice".
fn name(kind: Kind) -> String {
    kind.name().replace('-', " ")
}

/// The blocks of text between a heading and the next one that is not below it. Code, pictures and what directives print
/// are no text.
fn blocks<'p>(page: &'p Page, heading: &Heading, after: &[Heading]) -> Vec<&'p Prose> {
    let end = after.iter().find(|next| next.level <= heading.level).map_or(u32::MAX, |next| next.span.start);
    let start = |prose: &Prose| prose.span(page.file, 0..0).start;
    let within = |at: u32| at >= heading.span.end && at < end;
    let is_heading = |at: u32| after.iter().any(|next| next.span.start <= at && at < next.span.end);
    let blocks = page.body.prose.iter();
    blocks.filter(|prose| within(start(prose)) && !is_heading(start(prose))).collect()
}

/// Whether a paragraph or an item of a list is a sentence; one that ends with a colon goes on in the next. A cell of a
/// table is none.
fn has_sentence(blocks: &[&Prose]) -> bool {
    let mut before = 0;
    blocks.iter().filter(|block| !block.is_cell).any(|block| {
        let is_closing = |c: char| c.is_whitespace() || c == Prose::GAP || ")]\"'”’»".contains(c);
        let text = block.text.trim_end_matches(is_closing);
        let count = before + words(text);
        before = if text.ends_with([':', '：']) { count } else { 0 };
        count >= OPEN || (count >= ENDED && text.ends_with(['.', '!', '?', '。', '！', '？', '।', '؟', '۔']))
    })
}

/// How many words of at least two letters a text has; where a script puts no blanks between them, two letters are a word.
fn words(text: &str) -> usize {
    let is_unspaced = |c: &char| matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{9FFF}');
    let count = |word: &str| match word.chars().filter(is_unspaced).count() {
        0 => usize::from(word.chars().filter(|c| c.is_alphabetic()).count() > 1),
        letters => letters.div_ceil(2),
    };
    text.split(|c: char| !c.is_alphanumeric()).map(count).sum()
}

/// `[name of the university]`, `TODO`, `XX`, `To do:`, `____`.
fn placeholder(text: &str) -> Option<&str> {
    let in_brackets = |open: char, close: char| {
        text.match_indices(open).find_map(|(at, _)| {
            let inner = &text[at..at + text[at..].find(close)? + 1];
            inner.contains(char::is_alphabetic).then_some(inner)
        })
    };
    let lower = text.to_ascii_lowercase();
    let written = || {
        PLACEHOLDERS.iter().find_map(|word| {
            let (at, _) = lower.match_indices(word).find(|(at, _)| {
                let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                !is_word(lower[..*at].chars().next_back())
                    && !is_word(lower[at + word.len()..].chars().next())
            })?;
            Some(&text[at..at + word.len()])
        })
    };
    let crossed = || {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.find(|word| word.len() > 1 && word.bytes().all(|byte| matches!(byte, b'x' | b'X')))
    };
    let alone = || {
        let mut parts = text.split(['.', ':', ';', ',', '!', '?', '…', '(', ')', '\n']);
        parts.find_map(|part| {
            let part = part.trim_matches(|c: char| !c.is_alphanumeric());
            ALONE.contains(&part.to_lowercase().as_str()).then_some(part)
        })
    };
    in_brackets('[', ']')
        .or_else(|| in_brackets('{', '}'))
        .or_else(written)
        .or_else(crossed)
        .or_else(alone)
        .or_else(|| text.contains("___").then_some("___"))
}
