//! Where a key stands on its line -> how to say what the line should read.
//!
//! What help says is typed as it stands, so it says whether a whole line is meant, and what stands in front of it.

use std::ops::Range;

/// The quotes that word processors make of straight ones.
pub(super) const CURLY: [char; 5] = ['“', '”', '„', '‘', '’'];

/// How much of its lines a key and its value take, and how many spaces stand in front.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Line {
    /// The whole of one line.
    Whole(usize),
    /// The whole of one line behind the hyphen of a list.
    Hyphen(usize),
    /// Several lines.
    Several(usize),
    /// A part of a line with other things in it.
    Part,
}

impl Line {
    /// How the key that begins at a byte of the text, with its value up to `end`, stands there.
    pub(super) fn of(text: &str, start: usize, end: usize) -> Line {
        let own = text.get(start..end.max(start)).unwrap_or_default().trim_end();
        let before = &text[text[..start].rfind('\n').map_or(0, |at| at + 1)..start];
        let after = text[start + own.len()..].lines().next().unwrap_or_default().trim_start();
        let spaces = before.len() - before.trim_start_matches(' ').len();
        let is_alone = after.is_empty() || after.starts_with('#');
        match before.trim_start_matches(' ') {
            "" if is_alone && own.contains('\n') => Line::Several(spaces),
            "" if is_alone => Line::Whole(spaces),
            "- " if is_alone && !own.contains('\n') => Line::Hyphen(spaces),
            _ => Line::Part,
        }
    }

    /// What to do so that it reads otherwise.
    pub fn changed(self, line: &str) -> String {
        match self {
            Line::Whole(0) => format!("change the whole line to: {line}"),
            Line::Whole(count) => {
                format!("change the whole line, keeping the {} in front, to: {line}", spaces(count))
            }
            Line::Hyphen(0) => format!("change the whole line to: - {line}"),
            Line::Hyphen(count) => {
                format!("change the whole line, keeping the {} in front, to: - {line}", spaces(count))
            }
            Line::Several(0) => format!("change this line and those below that belong to it to: {line}"),
            Line::Several(count) => format!(
                "change this line and those below that belong to it, keeping the {} in front, to: {line}",
                spaces(count)
            ),
            Line::Part => format!("change the key and its value to: {line}"),
        }
    }

    /// What to do so that another line follows.
    pub fn followed(self, line: &str) -> String {
        match self {
            Line::Whole(0) => format!("under this line, add: {line}"),
            Line::Whole(count) => {
                format!("under this line, with the same {} in front, add: {line}", spaces(count))
            }
            Line::Hyphen(count) => {
                format!("under this line, with {} in front, add: {line}", spaces(count + "- ".len()))
            }
            Line::Several(0) => format!("under these lines, at the left edge, add: {line}"),
            Line::Several(count) => {
                format!("under these lines, with {} in front, add: {line}", spaces(count))
            }
            Line::Part => format!("behind it, with a comma between, add: {line}"),
        }
    }

    /// What to do where it looks right and is not.
    pub(super) fn again(self, line: &str) -> String {
        match self {
            Line::Whole(0) | Line::Several(0) => {
                format!("delete the whole line and type it again: {line}")
            }
            Line::Whole(count) | Line::Several(count) => {
                format!("delete the whole line and type it again, with {} in front: {line}", spaces(count))
            }
            Line::Hyphen(_) => format!("delete the whole line and type it again: - {line}"),
            Line::Part => format!("delete the key and its value and type them again: {line}"),
        }
    }

    /// How many spaces another line of the same map has in front; `None` in braces.
    pub(super) fn indent(self) -> Option<usize> {
        match self {
            Line::Whole(count) | Line::Several(count) => Some(count),
            Line::Hyphen(count) => Some(count + "- ".len()),
            Line::Part => None,
        }
    }
}

/// What to do so that the line of a value has another text in its place; `range` is the value's.
pub(super) fn instead(text: &str, range: &Range<usize>, value: &str) -> String {
    let before = &text[text[..range.start].rfind('\n').map_or(0, |at| at + 1)..range.start];
    let lead = before.trim_start_matches(' ');
    let key = lead.strip_prefix("- ").unwrap_or(lead).trim_end();
    let is_key =
        key.is_empty() || key.strip_suffix(':').is_some_and(|key| !key.contains(['{', '[', ',', '"', ':']));
    if is_key && !lead.is_empty() && !text[range.clone()].contains('\n') {
        Line::Whole(before.len() - lead.len()).changed(&format!("{lead}{value}"))
    } else {
        format!("write in its place: {value}")
    }
}

/// So many spaces, in words.
pub(super) fn spaces(count: usize) -> String {
    const WORDS: [&str; 9] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];
    let ending = if count == 1 { "space" } else { "spaces" };
    match WORDS.get(count) {
        Some(word) => format!("{word} {ending}"),
        None => format!("{count} {ending}"),
    }
}

/// A text in straight quotes, as YAML reads it back.
pub(super) fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// A line in its parts: how many spaces stand in front, the key, where its value begins in the line, and the value.
pub(super) fn key_and_value(line: &str) -> Option<(usize, &str, usize, &str)> {
    let line = line.trim_end();
    let lead = line.trim_start_matches(' ');
    let (key, value) = lead.strip_prefix("- ").unwrap_or(lead).split_once(": ")?;
    let is_key =
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    let value = value.trim_start();
    is_key.then_some((line.len() - lead.len(), key, line.len() - value.len(), value))
}

/// The lines that the package may have stumbled over: the one of the place, and two before it.
pub(super) fn lines_before(text: &str, at: usize) -> impl Iterator<Item = (usize, &str)> {
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    text[..end].split('\n').rev().take(3).scan(end, |end, line| {
        let start = *end - line.len();
        *end = start.saturating_sub(1);
        Some((start, line))
    })
}

/// What to do so that a line reads as it is given here.
pub(super) fn whole(line: &str) -> String {
    let lead = line.trim_start_matches(' ');
    Line::Whole(line.len() - lead.len()).changed(lead.trim_end())
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn a_line_is_told_with_what_stands_in_front() {
        let text = "- id: amara\n  post: x # a note\n  bio: |\n    y\n  photo: {file: z}\nplain: v\n";
        let of = |key: &str, value: &str| {
            let start = text.find(key).expect("a key");
            Line::of(text, start, start + text[start..].find(value).expect("a value") + value.len())
        };
        assert_eq!(of("id", "amara"), Line::Hyphen(0));
        assert_eq!(of("post", "x"), Line::Whole(2));
        assert_eq!(of("bio", "y"), Line::Several(2));
        assert_eq!(of("file", "z"), Line::Part);
        assert_eq!(of("plain", "v"), Line::Whole(0));
        assert_eq!(
            of("post", "x").changed("post: w"),
            "change the whole line, keeping the two spaces in front, to: post: w"
        );
        assert_eq!(
            of("id", "amara").followed("post: w"),
            "under this line, with two spaces in front, add: post: w"
        );
    }
}
