//! What the YAML package says of broken syntax -> what was probably meant, and what to type.

use super::line::{CURLY, Line, instead, quoted, spaces};
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

/// A line in its parts: how many spaces stand in front, the key, where its value begins in the line, and the value.
fn key_and_value(line: &str) -> Option<(usize, &str, usize, &str)> {
    let line = line.trim_end();
    let lead = line.trim_start_matches(' ');
    let (key, value) = lead.strip_prefix("- ").unwrap_or(lead).split_once(": ")?;
    let is_key =
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    let value = value.trim_start();
    is_key.then_some((line.len() - lead.len(), key, line.len() - value.len(), value))
}

/// A key at the left edge of a file that is a list.
fn at_margin(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
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
fn key_twice(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
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
fn question_mark(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
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
fn sign_first(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
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

/// The lines that the package may have stumbled over: the one of the place, and two before it.
fn lines_before(text: &str, at: usize) -> impl Iterator<Item = (usize, &str)> {
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    text[..end].split('\n').rev().take(3).scan(end, |end, line| {
        let start = *end - line.len();
        *end = start.saturating_sub(1);
        Some((start, line))
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

/// `post: "Lecturer` or `post: "Lead" of trials`: quotes that hold a part of the text, or are never closed.
fn half_quoted(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
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

/// `post Lecturer` or `post = Lecturer`: a key without its colon.
fn no_colon(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
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
fn other_column(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
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

/// `[Trials #2, grants]`: a comment that hides the end of a list.
fn hash_in_list(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
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
fn left_of_text(text: &str, at: usize, span: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
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

/// What to do so that a line reads as it is given here.
fn whole(line: &str) -> String {
    let lead = line.trim_start_matches(' ');
    Line::Whole(line.len() - lead.len()).changed(lead.trim_end())
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
