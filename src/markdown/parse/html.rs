//! HTML in Markdown -> a finding that says what to write in its place.

use super::Writer;
use crate::diagnostic::Code;
use std::ops::Range;

const GENERAL: &str = "write it in Markdown, without the words in < and >: **two stars** on each side make bold, *one* slanted; to show the sign < itself, put a backslash before it";

impl Writer<'_, '_> {
    /// HTML that the Markdown package knows.
    pub(super) fn raw_html(&mut self, range: Range<usize>) {
        // A block of HTML comes line by line: one finding is enough until other text follows.
        if !self.html_seen
            && range.start >= self.skip_until
            && !self.source.text[range.clone()].starts_with("</")
        {
            let end = range.start + self.source.text[range.clone()].trim_end().len();
            let help = self.instead_of_html(range.start);
            self.finding(Code::HtmlInMarkdown, range.start..end, "HTML cannot stand in a page", &help);
        }
        self.html_seen = true;
    }

    /// Tags that lost their name: `<>trials</>`.
    pub(super) fn empty_tags(&mut self, range: &Range<usize>) {
        if self.code || range.start < self.skip_until {
            return;
        }
        let text = self.source.text;
        for (at, _) in text[range.clone()].match_indices('<') {
            let at = range.start + at;
            let is_shown = text[..at].ends_with('\\');
            let is_second = text[at..].starts_with("</>") && text[..at].contains("<>");
            if is_shown || is_second || !(text[at..].starts_with("<>") || text[at..].starts_with("</>")) {
                continue;
            }
            let end = at + text[at..].find('>').map_or(1, |end| end + 1);
            let help = match between(text, end, "</>") {
                Some(words) => {
                    format!("delete both `<>` and `</>`, and keep the words between them: {words}")
                }
                None => format!("delete `{}`, and keep the words", &text[at..end]),
            };
            self.finding(Code::HtmlInMarkdown, at..end, "an empty HTML tag cannot stand in a page", &help);
        }
    }

    fn instead_of_html(&self, start: usize) -> String {
        let text = self.source.text;
        let Some(tag) = text[start..].find('>').map(|end| &text[start..=start + end]) else {
            return GENERAL.to_owned();
        };
        if tag.starts_with("<!--") {
            return "delete it, from <!-- to -->".to_owned();
        }
        let name: String =
            tag[1..].chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        let end = start + tag.len();
        if name == "br" {
            return format!("delete `{tag}`; an empty line begins a new paragraph");
        }
        let Some((words, close)) = closing(text, end, &name) else { return GENERAL.to_owned() };
        let stars = match name.as_str() {
            "b" | "strong" => "**",
            "i" | "em" => "*",
            "a" => return GENERAL.to_owned(),
            _ => {
                return format!(
                    "delete both `{tag}` and `{close}`, and keep the words between them: {words}"
                );
            }
        };
        let marked = format!("{stars}{words}{stars}");
        let rest = &text[end + words.len() + close.len()..];
        let delete = format!("delete both `{tag}` and `{close}`, and keep the words between them");
        if let Some(key) =
            self.source.key.as_deref().filter(|_| start == 0 && !text.trim_end().contains('\n'))
        {
            let whole = format!("{marked}{}", rest.trim_end());
            let whole = match whole.contains(['"', '\\']) {
                true => format!("'{}'", whole.replace('\'', "''")),
                false => format!("\"{whole}\""),
            };
            return format!(
                "change all that stands behind `{key}:` to: {whole} ({delete}; a text that begins with `*` needs the quotes)"
            );
        }
        format!("change `{tag}{words}{close}` to: {marked} ({delete})")
    }
}

/// The words up to the closing tag of a name on the same line, and that tag.
fn closing<'t>(text: &'t str, from: usize, name: &str) -> Option<(&'t str, &'t str)> {
    let rest = text[from..].lines().next()?;
    let at = rest.find("</")?;
    let close = &rest[at..=at + rest[at..].find('>')?];
    let is_own = close[2..close.len() - 1].trim().eq_ignore_ascii_case(name);
    (is_own && !rest[..at].trim().is_empty()).then_some((&rest[..at], close))
}

/// The words up to a tag on the same line.
fn between<'t>(text: &'t str, from: usize, close: &str) -> Option<&'t str> {
    let rest = text[from..].lines().next()?;
    rest.find(close).map(|at| &rest[..at]).filter(|words| !words.trim().is_empty())
}
