//! A heading -> its element, its id and its entry in the table of contents.

use super::Writer;
use crate::diagnostic::{Code, Diagnostic};
use crate::html::escape_into;
use crate::markdown::Heading;
use std::ops::Range;

/// The id of the part of a page in which its text stands.
const MAIN: &str = "main";

impl Writer<'_, '_> {
    pub(super) fn start_heading(&mut self, level: u8, id: Option<&str>, more: bool, range: Range<usize>) {
        let line_end = range.start + self.source.text[range.clone()].trim_end().len();
        if level == 1 {
            self.finding(
                Code::HeadingLevel,
                range.start..line_end,
                "a heading of level one in the text",
                "the title is the page's only one: begin with ##",
            );
        }
        if more {
            self.finding(
                Code::DirectiveSyntax,
                range.start..line_end,
                "a heading takes an id and nothing else",
                "write ## Heading {#id}",
            );
        }
        if let Some(id) = id
            && (id.is_empty() || id.chars().any(|c| !(c.is_alphanumeric() || c == '-' || c == '_')))
        {
            self.finding(
                Code::BadId,
                range.start..line_end,
                format!("`{id}` cannot be an id"),
                "use letters, digits and hyphens",
            );
        }
        let heading = Heading {
            level: level.max(2),
            id: id.unwrap_or_default().to_owned(),
            text: String::new(),
            number: None,
            span: self.source.span(range.start..line_end),
        };
        let buffer = self.buffers.len();
        self.buffers.push(Vec::new());
        self.heading = Some((heading, buffer));
    }

    pub(super) fn end_heading(&mut self) {
        let Some((mut heading, _)) = self.heading.take() else { return };
        let inner = self.buffers.pop().unwrap_or_default();
        heading.text = heading.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if heading.id.is_empty() {
            let slug = slug(&heading.text);
            let mut id = slug.clone();
            let mut count = 1;
            while self.ids.contains_key(&id) || (self.prefix.is_empty() && id == MAIN) {
                count += 1;
                id = format!("{slug}-{count}");
            }
            heading.id = id;
        } else if let Some(first) = self.ids.get(&heading.id).and_then(|at| self.headings.get(*at)) {
            self.found.push(
                Diagnostic::new(
                    Code::DuplicateHeading,
                    heading.span,
                    format!("two headings have the id `{}`", heading.id),
                )
                .related(first.span, "first here")
                .help("give one of them another id: ## Heading {#another}"),
            );
        }
        self.ids.insert(heading.id.clone(), self.headings.len());
        heading.id.insert_str(0, self.prefix);
        let level = heading.level;
        self.write(&format!("<h{level} id=\""));
        escape_into(&heading.id, self.html());
        self.write("\">");
        self.append(inner);
        self.write(&format!("</h{level}>\n"));
        self.headings.push(heading);
    }
}

/// A heading's text as a fragment: lower case, letters and digits of any script, hyphens between.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') && c != '’' && c != '\'' {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "section".to_owned() } else { slug.to_owned() }
}
