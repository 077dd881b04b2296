//! Findings -> text for people, or JSON for programs.

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{FileId, Sources, Span};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, renderer::DecorStyle};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Findings of one file that are shown; a file with more is better mended in turns.
const MOST_OF_A_FILE: usize = 100;
/// The longest line that is handed over whole, so that its columns are right (what is shown is cut to the place anyway),
/// and how much of a longer one is, in bytes.
const LONG_LINE: usize = 20_000;
const WINDOW: usize = 120;

/// Findings as they are shown on a terminal, one after the other with a blank line between.
pub fn human(found: &Diagnostics, sources: &Sources, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }
        .decor_style(DecorStyle::Ascii)
        .term_width(120);
    let mut text = String::new();
    let mut counts: BTreeMap<FileId, usize> = BTreeMap::new();
    for diagnostic in found.iter() {
        let count = counts.entry(diagnostic.span.file).or_default();
        *count += 1;
        if *count <= MOST_OF_A_FILE {
            text.push_str(&one(diagnostic, sources, &renderer));
            text.push_str("\n\n");
        }
    }
    for (file, count) in counts.into_iter().filter(|(_, count)| *count > MOST_OF_A_FILE) {
        text.push_str(&format!("… and {} more in {}\n\n", count - MOST_OF_A_FILE, sources.file(file).path));
    }
    text
}

fn one(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level
        .primary_title(clean(&diagnostic.message))
        .id(diagnostic.code.name())
        .element(snippet(sources, diagnostic.span, AnnotationKind::Primary, diagnostic.label.as_deref()));
    for (span, words) in &diagnostic.related {
        group = group.element(snippet(sources, *span, AnnotationKind::Context, Some(words)));
    }
    if let Some(note) = &diagnostic.note {
        group = group.element(Level::NOTE.message(clean(note)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    renderer.render(&[group])
}

fn snippet<'a>(
    sources: &'a Sources,
    span: Span,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    // Only the lines concerned are handed over: a file may be long, and the renderer reads all it gets.
    let file = sources.file(span.file);
    let text = &file.text;
    let start = floor(text, span.start as usize);
    let end = floor(text, span.end as usize).max(start);
    let mut first = text[..start].rfind('\n').map_or(0, |at| at + 1);
    // A finding about several lines points at the first of them.
    let mut end = text[start..end].find('\n').map_or(end, |at| start + at);
    let mut last = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let line = text[..first].bytes().filter(|b| *b == b'\n').count() + 1;
    if last - first > LONG_LINE {
        first = floor(text, start.saturating_sub(WINDOW).max(first));
        end = floor(text, end.min(start + WINDOW));
        last = floor(text, (end + WINDOW).min(last));
    }
    let end = if end == start { next(text, start).min(last).max(start) } else { end };
    Snippet::source(&text[first..last])
        .line_start(line)
        .path(file.path.as_str())
        .fold(false)
        .annotation(kind.span(start - first..end - first).label(label))
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn next(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(at, |c| at + c.len_utf8())
}

/// Texts of files may hold control characters; a terminal must not act on them.
fn clean(text: &str) -> String {
    annotate_snippets::normalize_untrusted_str(text)
}

/// Findings as JSON values: code, severity, message, path, line, column, and help and note where there are any.
pub fn json(found: &Diagnostics, sources: &Sources) -> Vec<Value> {
    found
        .iter()
        .map(|diagnostic| {
            let (line, column) = sources.line_column(diagnostic.span);
            json!({
                "code": diagnostic.code.name(),
                "severity": match diagnostic.code.severity() { Severity::Error => "error", Severity::Warning => "warning" },
                "message": diagnostic.message,
                "path": sources.file(diagnostic.span.file).path,
                "line": line,
                "column": column,
                "note": diagnostic.note,
                "help": diagnostic.help,
            })
        })
        .collect()
}
