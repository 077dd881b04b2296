//! What the YAML package says of broken syntax -> what was probably meant, and what to type.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};
use granit_parser::ErrorKind;

/// A finding for a syntax error at byte `at` of `text`, which begins at `offset` of its file.
pub(super) fn explain(
    text: &str,
    offset: usize,
    file: FileId,
    at: usize,
    kind: &ErrorKind,
    info: &str,
) -> Diagnostic {
    let span = |start: usize, end: usize| Span::new(file, start + offset..end + offset);
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart => {
            let tab = text[..at.min(text.len())].rfind('\t').filter(|tab| !text[*tab..at].contains('\n'));
            let tab = tab.or_else(|| text[at..].find('\t').map(|ahead| at + ahead)).unwrap_or(at);
            return Diagnostic::new(
                Code::TabIndentation,
                span(tab, (tab + 1).min(text.len())),
                "a tab stands where spaces are due",
            )
            .help("indent with two spaces instead of a tab");
        }
        ErrorKind::RecursionLimitExceeded => {
            return Diagnostic::new(
                Code::NestingTooDeep,
                span(at, at),
                "more than 32 levels inside one another",
            )
            .help("no file of a site needs that many; something was pasted here by mistake");
        }
        _ => {}
    }
    // The package notices a misread line one or two lines further down: look back for the usual causes.
    if let Some((start, end, key, value)) = colon_in_text(text, at) {
        return Diagnostic::new(
            Code::YamlSyntax,
            span(start, end),
            "a colon followed by a space inside a text makes it a key",
        )
        .help(format!("put the text in quotes: {key}: \"{value}\""));
    }
    if let Some((tab, end)) = tab_indented(text, at) {
        return Diagnostic::new(Code::TabIndentation, span(tab, end), "a tab stands where spaces are due")
            .help("indent with two spaces instead of a tab");
    }
    let unclosed = matches!(
        kind,
        ErrorKind::UnclosedQuotedScalar
            | ErrorKind::UnclosedFlowCollection { .. }
            | ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofImplicitFlowMapping
    );
    let end = (at + text[at..].chars().next().map_or(0, char::len_utf8)).min(text.len());
    let finding = Diagnostic::new(Code::YamlSyntax, span(at, end), format!("this is not YAML: {info}"));
    if unclosed {
        finding.help(
            "something opened with a quote, `[` or `{` is not closed: look at this line and those above",
        )
    } else if text[at..].starts_with(['@', '`', '%', '|', '>', '&', '*', '!']) {
        finding.help("a text that begins with this sign goes in quotes")
    } else {
        finding.help("keys of one level begin in the same column, and each is followed by a colon and a space; texts with : # or quotes in them go in \"quotes\"")
    }
}

/// A line `key: some: text` at or shortly before the place: start and end of the text, key and text.
fn colon_in_text(text: &str, at: usize) -> Option<(usize, usize, &str, &str)> {
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |nl| nl + 1);
    let mut start = line_start(at.min(text.len()));
    for _ in 0..3 {
        let line = &text[start..];
        let line = line[..line.find('\n').unwrap_or(line.len())].trim_end();
        if let Some((key, value)) = line.split_once(": ") {
            let value = value.trim_start();
            if value.contains(": ") && !value.starts_with(['"', '\'', '[', '{', '|', '>']) {
                let from = start + line.len() - value.len();
                return Some((from, start + line.len(), key.trim().trim_start_matches("- "), value));
            }
        }
        if start == 0 {
            break;
        }
        start = line_start(start - 1);
    }
    None
}

/// A tab among the leading white space of the line at the place or the one before.
fn tab_indented(text: &str, at: usize) -> Option<(usize, usize)> {
    let mut start = text[..at.min(text.len())].rfind('\n').map_or(0, |nl| nl + 1);
    for _ in 0..2 {
        let line = &text[start..];
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t') {
            return Some((start + tab, start + tab + 1));
        }
        if start == 0 {
            break;
        }
        start = text[..start - 1].rfind('\n').map_or(0, |nl| nl + 1);
    }
    None
}
