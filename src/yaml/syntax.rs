//! What the YAML package says of broken syntax -> what was probably meant, and what to type.

use super::line::{CURLY, instead, key_and_value, lines_before, quoted, whole};
use super::slips::{
    at_margin, half_quoted, hash_in_list, key_twice, left_of_text, no_colon, other_column, question_mark,
    sign_first,
};
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
    if let Some(finding) = at_margin(text, at, &span)
        .or_else(|| key_twice(text, at, &span))
        .or_else(|| question_mark(text, at, &span))
        .or_else(|| sign_first(text, at, &span))
    {
        return finding;
    }
    if let Some((start, end, value)) = colon_in_text(text, at) {
        return Diagnostic::new(
            Code::YamlSyntax,
            span(start, end),
            "a colon followed by a space inside a text makes it a key",
        )
        .help(format!(
            "put the text in quotes: {}",
            instead(text, &(start..end), &quoted(value.trim_matches(CURLY)))
        ));
    }
    if let Some((tab, end)) = tab_indented(text, at) {
        return Diagnostic::new(Code::TabIndentation, span(tab, end), "a tab stands where spaces are due")
            .help("indent with two spaces instead of a tab");
    }
    if let Some(finding) = hash_in_list(text, at, &span)
        .or_else(|| half_quoted(text, at, &span))
        .or_else(|| unseen_blank(text, at, &span))
        .or_else(|| lone_comma(text, at, &span))
        .or_else(|| missing_space(text, at, &span))
        .or_else(|| unclosed(text, at, &span))
        .or_else(|| loose_line(text, at, &span))
        .or_else(|| no_colon(text, at, &span))
        .or_else(|| left_of_text(text, at, &span))
        .or_else(|| other_column(text, at, &span))
    {
        return finding;
    }
    let ends_early = matches!(
        kind,
        ErrorKind::UnclosedQuotedScalar
            | ErrorKind::UnclosedFlowCollection { .. }
            | ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofImplicitFlowMapping
    );
    let end = (at + text[at..].chars().next().map_or(0, char::len_utf8)).min(text.len());
    let finding = Diagnostic::new(Code::YamlSyntax, span(at, end), format!("this is not YAML: {info}"));
    if ends_early {
        finding.help(
            "something opened with a quote, `[` or `{` is not closed: look at this line and those above",
        )
    } else if text[at..].starts_with(['@', '`', '%', '|', '>', '&', '*', '!']) {
        finding.help("a text that begins with this sign goes in quotes")
    } else {
        finding.help("keys of one level begin in the same column, and each is followed by a colon and a space; texts with : # or quotes in them go in \"quotes\"")
    }
}

/// A line `key: some: text` at or shortly before the place: start and end of the text, and the text.
fn colon_in_text(text: &str, at: usize) -> Option<(usize, usize, &str)> {
    lines_before(text, at).find_map(|(start, line)| {
        let line = line.trim_end();
        let value = line.split_once(": ")?.1.trim_start();
        let is_cut = value.contains(": ") && !value.starts_with(['"', '\'', '[', '{', '|', '>']);
        is_cut.then_some((start + line.len() - value.len(), start + line.len(), value))
    })
}

/// A tab among the leading white space of the line of the place, the one before or the one after.
fn tab_indented(text: &str, at: usize) -> Option<(usize, usize)> {
    let next = text[at..].find('\n').map(|end| at + end + 1);
    let after = next.map(|start| (start, text[start..].split('\n').next().unwrap_or_default()));
    lines_before(text, at).take(2).chain(after).find_map(|(start, line)| {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let tab = line[..indent].find('\t')?;
        Some((start + tab, start + tab + 1))
    })
}

/// A non-breaking space where YAML wants a space: before a key, or after its colon.
fn unseen_blank(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
    lines_before(text, at).find_map(|(start, line)| {
        let indent = line.len() - line.trim_start().len();
        let before = line[..indent].find('\u{A0}');
        let after = || line.find(":\u{A0}").or_else(|| line.find("-\u{A0}")).map(|at| at + 1);
        let place = start + before.or_else(after)?;
        Some(
            Diagnostic::new(
                Code::YamlSyntax,
                span(place, place + '\u{A0}'.len_utf8()),
                "a non-breaking space stands where a space is due",
            )
            .note("it looks like a space, and comes from text that is copied from a web page or a word processor")
            .help(format!("delete it and type a space: {}", whole(&line.replace('\u{A0}', " ")))),
        )
    })
}

/// `[, cancer]` or `[cancer,, sleep]`: a comma that was left when what stood before it was taken out.
fn lone_comma(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
    lines_before(text, at).find_map(|(start, line)| {
        if line.contains(['"', '\'']) {
            return None;
        }
        let comma = line.match_indices(',').map(|(comma, _)| comma).find(|comma| {
            line[..*comma].trim_end().ends_with(['[', '{', ',']) && line[..*comma].contains(['[', '{'])
        })?;
        let mended = format!("{}{}", line[..comma].trim_end(), line[comma + 1..].trim_start());
        Some(
            Diagnostic::new(
                Code::YamlSyntax,
                span(start + comma, start + comma + 1),
                "a comma stands here with nothing before it",
            )
            .help(format!("take the comma out: {}", whole(&mended))),
        )
    })
}

/// `capacity:2` or `-promotion`: YAML wants a space after the sign.
fn missing_space(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
    lines_before(text, at).find_map(|(start, line)| {
        let indent = line.len() - line.trim_start().len();
        let inner = line.trim();
        let name = inner.trim_start_matches("- ");
        let key = name.bytes().take_while(|b| b.is_ascii_lowercase() || *b == b'_').count();
        let (sign, mended) = if key > 0
            && name[key..].starts_with(':')
            && name[key + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '"')
        {
            ("colon", line.replacen(':', ": ", 1))
        } else if inner.starts_with('-') && inner[1..].starts_with(|c: char| c.is_alphabetic()) {
            ("hyphen", line.replacen('-', "- ", 1))
        } else {
            return None;
        };
        let place = span(start + indent, start + indent + inner.len());
        Some(
            Diagnostic::new(Code::YamlSyntax, place, format!("a space is missing after the {sign}"))
                .help(whole(&mended)),
        )
    })
}

/// A bracket or brace that is opened on a line and closed on none of those that follow it.
fn unclosed(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
    lines_before(text, at).skip(1).find_map(|(start, line)| {
        let (open, close) = [('[', ']'), ('{', '}')].into_iter().find(|(open, close)| {
            let until = &text[start..at.max(start)];
            line.contains(*open)
                && !line.contains(['"', '\''])
                && until.matches(*open).count() > until.matches(*close).count()
        })?;
        let place = start + line.find(open)?;
        let next = text[start + line.len()..].lines().nth(1).unwrap_or_default();
        if let Some((_, _, from, value)) = key_and_value(line).filter(|_| key_and_value(next).is_some())
            && value.starts_with(open)
            && value.matches(open).count() == value.matches(close).count() + 1
        {
            let range = start + from..start + from + value.len();
            return Some(
                Diagnostic::new(
                    Code::YamlSyntax,
                    span(place, place + 1),
                    format!("this `{open}` is not closed"),
                )
                .help(instead(text, &range, &format!("{value}{close}"))),
            );
        }
        Some(
            Diagnostic::new(Code::YamlSyntax, span(place, place + 1), format!("this `{open}` is not closed"))
                .help(format!(
                    "write the `{close}` that belongs to it; a text that begins with `{open}` goes in quotes"
                )),
        )
    })
}

/// A line at the left edge that is no key: the rest of a longer text.
fn loose_line(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
    lines_before(text, at).find_map(|(start, line)| {
        let is_loose = line.starts_with(|c: char| c.is_alphabetic()) && !line.contains(':');
        is_loose.then(|| {
            Diagnostic::new(Code::YamlSyntax, span(start, start + line.trim_end().len()), "this line is neither a key nor part of the text above")
                .help("a text of several lines begins with a bar, and its lines are indented by two spaces:\n  bio: |\n    First line.\n    Second line.")
        })
    })
}
