//! Lines that break a file, and what they were meant to be: each slip -> a finding with the line as it should read.
//!
//! Each looks at the lines that the YAML package may have stumbled over, and `span` makes a place of the file of a part of
//! the text.

use super::line::{instead, key_and_value, lines_before, quoted, spaces, whole};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A key at the left edge of a file that is a list.
pub(super) fn at_margin(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
    let is_told = |line: &&str| !line.trim().is_empty() && !line.starts_with('#') && !line.starts_with("---");
    if !text.trim_start_matches('\u{FEFF}').lines().find(is_told)?.starts_with("- ") {
        return None;
    }
    let (start, line) = lines_before(text, at).find(|(_, line)| {
        let key = line.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        key > 0 && (line[key..].starts_with(": ") || line[key..].trim_end() == ":")
    })?;
    // The keys of the entry above it begin where its first key does, behind the hyphen.
    let hyphen = text[..start].lines().rev().find(|line| line.starts_with("- "))?;
    let indent = hyphen.len() - hyphen[1..].trim_start().len();
    let is_people = text.lines().any(|line| line.trim_start_matches(['-', ' ']).starts_with("name:"));
    let begins = key_and_value(hyphen).map(|(_, key, ..)| key);
    if key_and_value(line).is_some_and(|(_, key, ..)| Some(key) == begins) {
        let message = "a hyphen is missing before this line, if another entry of the list begins here";
        return Some(
            Diagnostic::new(Code::YamlSyntax, span(start, start + line.trim_end().len()), message).help(
                format!("if another one begins here (another person), {}", whole(&format!("- {line}"))),
            ),
        );
    }
    let (whose, which) = match is_people {
        true => ("any person", "the right person's entry"),
        false => ("any entry of the list", "the right entry"),
    };
    Some(
        Diagnostic::new(
            Code::YamlSyntax,
            span(start, start + line.trim_end().len()),
            format!("this line does not belong to {whose}"),
        )
        .help(format!(
            "put {} in front, so that it begins under the lines above it, and see that it stands in {which}",
            spaces(indent)
        )),
    )
}

/// `roles: roles: [mentor]`: a whole line was typed for its value, perhaps with the words of the help before it.
pub(super) fn key_twice(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
    lines_before(text, at).find_map(|(start, line)| {
        let (_, key, from, value) = key_and_value(line)?;
        let again = format!("{key}:");
        let second = match value.rfind(&format!("to: {again}")) {
            Some(words) if value.contains("whole line") => words + "to: ".len(),
            _ if value.starts_with(&again) => 0,
            _ => return None,
        };
        let place = start + from..start + from + value.len();
        let rest = value[second + again.len()..].trim_start();
        let message = format!("the word `{again}` stands twice");
        Some(
            Diagnostic::new(Code::YamlSyntax, span(place.start, place.end), message)
                .help(format!("delete one: {}", instead(text, &place, rest))),
        )
    })
}

/// `capacity: ?`: YAML takes a lone question mark for the beginning of a key.
pub(super) fn question_mark(
    text: &str,
    at: usize,
    span: &impl Fn(usize, usize) -> Span,
) -> Option<Diagnostic> {
    lines_before(text, at).find_map(|(start, line)| {
        let line = line.trim_end();
        let is_lone =
            line.strip_suffix('?').is_some_and(|before| before.ends_with(": ") || before.trim() == "-");
        is_lone.then(|| {
            let place = start + line.len() - 1;
            Diagnostic::new(Code::YamlSyntax, span(place, place + 1), "a lone ? is not a value").help(
                "write the value in its place; ask if you do not know it, and delete the line if nobody does",
            )
        })
    })
}

/// `bio: **Trials** are my work`: a text that begins with a sign of YAML's own.
pub(super) fn sign_first(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
    lines_before(text, at).find_map(|(start, line)| {
        let (_, _, from, value) = key_and_value(line)?;
        let sign = value.chars().next().filter(|c| matches!(c, '@' | '`' | '%' | '*' | '&' | '!'))?;
        let place = start + from..start + from + value.len();
        Some(
            Diagnostic::new(
                Code::YamlSyntax,
                span(place.start, place.end),
                format!("a text that begins with `{sign}` needs quotes"),
            )
            .help(instead(text, &place, &quoted(value))),
        )
    })
}

/// `post: "Lecturer` or `post: "Lead" of trials`: quotes that hold a part of the text, or are never closed.
pub(super) fn half_quoted(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
    lines_before(text, at).find_map(|(start, line)| {
        let (_, _, from, value) = key_and_value(line)?;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let place = start + from..start + from + value.len();
        let (message, whole) = match value[1..].find(quote) {
            None => ("this quote is not closed", quoted(&value[1..])),
            Some(end)
                if !value[end + 2..].trim_start().is_empty()
                    && !value[end + 2..].trim_start().starts_with('#') =>
            {
                let inner = value[1..].strip_suffix(quote).filter(|inner| inner.matches(quote).count() == 1);
                ("only a part of this text stands in quotes", quoted(inner.unwrap_or(value)))
            }
            Some(_) => return None,
        };
        Some(
            Diagnostic::new(Code::YamlSyntax, span(place.start, place.end), message)
                .help(instead(text, &place, &whole)),
        )
    })
}

/// `[Trials #2, grants]`: a comment that hides the end of a list.
pub(super) fn hash_in_list(
    text: &str,
    at: usize,
    span: &impl Fn(usize, usize) -> Span,
) -> Option<Diagnostic> {
    lines_before(text, at).find_map(|(start, line)| {
        let (_, _, from, value) = key_and_value(line)?;
        let inner = value.strip_prefix('[')?.strip_suffix(']')?;
        if !inner.contains(" #") || inner.contains(['"', '\'', '[', '{']) {
            return None;
        }
        let items: Vec<String> = inner
            .split(',')
            .map(str::trim)
            .map(|item| if item.contains('#') { quoted(item) } else { item.to_owned() })
            .collect();
        let place = start + from..start + from + value.len();
        let message = "everything from ` #` on would be lost: it begins a comment";
        Some(Diagnostic::new(Code::CutByHash, span(place.start, place.end), message).help(instead(
            text,
            &place,
            &format!("[{}]", items.join(", ")),
        )))
    })
}

/// A line without a key that begins further left than the text above it.
pub(super) fn left_of_text(
    text: &str,
    at: usize,
    span: &impl Fn(usize, usize) -> Span,
) -> Option<Diagnostic> {
    let (start, line) = lines_before(text, at).next()?;
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let above = text[..start].lines().rev().find(|line| !line.trim().is_empty())?;
    (!line.contains(':') && !line.trim().is_empty() && indent(above) > indent(line)).then(|| {
        Diagnostic::new(
            Code::YamlSyntax,
            span(start, start + line.trim_end().len()),
            "this line is neither a key nor part of the text above",
        )
        .help(format!(
            "if it is the rest of the text above, put {} in front of it, as the line above has",
            spaces(indent(above))
        ))
    })
}

/// `post Lecturer` or `post = Lecturer`: a key without its colon.
pub(super) fn no_colon(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
    let (start, line) = lines_before(text, at).next()?;
    let lead = line.len() - line.trim_start_matches([' ', '-']).len();
    let inner = line[lead..].trim_end();
    let key = inner.bytes().take_while(|b| b.is_ascii_lowercase() || *b == b'_').count();
    let value = inner[key..].trim_start_matches([' ', ';', '=', ',', '.']);
    let is_column = text.lines().any(|other| key_and_value(other).is_some_and(|(indent, ..)| indent == lead));
    if key == 0 || inner[key..].len() == value.len() || value.is_empty() || line.contains(':') || !is_column {
        return None;
    }
    let mended = format!("{}{}: {value}", &line[..lead], &inner[..key]);
    Some(
        Diagnostic::new(
            Code::YamlSyntax,
            span(start + lead, start + lead + inner.len()),
            "a colon and a space are due behind the key",
        )
        .help(format!("if `{}` is the key, {}", &inner[..key], whole(&mended))),
    )
}

/// A key with more or fewer spaces in front than the keys above it.
pub(super) fn other_column(
    text: &str,
    at: usize,
    span: &impl Fn(usize, usize) -> Span,
) -> Option<Diagnostic> {
    let (start, line) = lines_before(text, at).next()?;
    let (indent, ..) = key_and_value(line)?;
    let above = text[..start].lines().rev().find(|line| !line.trim().is_empty())?;
    let lead = above.len() - above.trim_start_matches(' ').len();
    let due = lead + if above[lead..].starts_with("- ") { "- ".len() } else { 0 };
    let is_key = key_and_value(above).is_some_and(|(.., value)| !value.starts_with(['|', '>']));
    let before = text[..start].trim_end().rfind('\n').and_then(|end| text[..end].lines().next_back());
    if is_key && indent > due && before.and_then(key_and_value).is_some_and(|(other, ..)| other == indent) {
        let place = start - above.len() - 1;
        return Some(
            Diagnostic::new(
                Code::YamlSyntax,
                span(place, place + above.trim_end().len()),
                "this line stands between two lines that belong together",
            )
            .help("move it out from between them: under the last of the lines below it that have more spaces in front"),
        );
    }
    (is_key && indent != due && !line[indent..].starts_with("- ")).then(|| {
        Diagnostic::new(
            Code::YamlSyntax,
            span(start, start + line.trim_end().len()),
            "this line does not begin in the column of the line above it",
        )
        .help(format!(
            "if it belongs to the same entry, put {} in front of it, and no more: it has {}",
            spaces(due),
            spaces(indent)
        ))
    })
}
