//! Markdown -> [`Document`]: finished HTML with openings for what only the whole site can fill in.
//!
//! 1. `directive::scan` reads directives from the *source*, by offset, before anything else touches the text,
//!    and `cite::scan` citations (`[@key]`), which are directives from there on;
//! 2. `parse` walks the events of the Markdown package and writes HTML, leaving a [`Piece`] for each link, image and
//!    directive it meets. A directive whose colon lies in code, behind a backslash or in a character reference is
//!    text, because no event of running text covers it.
//!
//! Only this room knows pulldown-cmark. CommonMark with tables, footnotes, heading ids and smart punctuation; HTML
//! is a finding, and so are more than 32 levels of nesting, because what reads the page later recurses.

mod cite;
mod directive;
mod parse;

pub use cite::{CITE, Cited, cited};
pub use directive::{Attribute, Directive};
pub use parse::{parse, parse_within};

use crate::html::escape;
use crate::source::{FileId, Sources, Span, Spanned};
use std::ops::Range;

/// A text to parse, and where each byte of it stands in its file.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    text: &'a str,
    file: FileId,
    places: Places,
    /// The key behind which it stands without quotes, if it is the value of one.
    key: Option<String>,
}

#[derive(Clone, Debug)]
enum Places {
    /// The text stands in the file as it is, from this byte on.
    From(usize),
    /// Line by line: where a line begins in the text, and where in the file.
    Lines(Vec<(usize, usize)>),
    /// Somewhere in here.
    Within(Span),
}

impl<'a> Text<'a> {
    /// A part of a file.
    pub fn of_file(sources: &'a Sources, file: FileId, range: Range<usize>) -> Text<'a> {
        Text {
            text: &sources.file(file).text[range.clone()],
            file,
            places: Places::From(range.start),
            key: None,
        }
    }

    /// A YAML text, whose lines stand in the file with an indentation that the text no longer has.
    pub fn of_value(sources: &Sources, value: &'a Spanned<String>) -> Text<'a> {
        let places = align(sources.slice(value.span), value.span.range().start, &value.value)
            .map_or(Places::Within(value.span), Places::Lines);
        let before = &sources.file(value.span.file).text[..value.span.range().start];
        let before = before[before.rfind('\n').map_or(0, |at| at + 1)..].trim_end();
        let is_plain = sources.slice(value.span).starts_with(&value.value);
        let key = before.strip_suffix(':').filter(|_| is_plain);
        let key = key.map(|key| key.trim_start_matches(['-', ' ']).to_owned());
        Text { text: &value.value, file: value.span.file, places, key }
    }

    /// The place in the file of a part of the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        match &self.places {
            Places::From(offset) => Span::new(self.file, range.start + offset..range.end + offset),
            Places::Within(span) => *span,
            Places::Lines(lines) => {
                let at = lines.partition_point(|(start, _)| *start <= range.start).saturating_sub(1);
                let (start, there) = lines[at];
                // A place over several lines is shown as the rest of its first.
                let end = lines.get(at + 1).map_or(range.end, |(next, _)| range.end.min(*next));
                Span::new(self.file, there + range.start - start..there + end.max(range.start) - start)
            }
        }
    }
}

/// Where each line of a value stands in its source; `None` where a line of the value is not a line of the source.
fn align(source: &str, offset: usize, value: &str) -> Option<Vec<(usize, usize)>> {
    let mut lines = Vec::new();
    let (mut at, mut from) = (0, 0);
    for line in value.split_inclusive('\n') {
        let line_text = line.trim_end_matches('\n');
        // Nearly always the line stands where the indentation ends.
        let rest = &source[from..];
        let blank = rest.len() - rest.trim_start_matches(['\n', ' ']).len();
        let found = if !line_text.is_empty() && rest[blank..].starts_with(line_text) {
            from + blank
        } else {
            from + rest.find(line_text)?
        };
        lines.push((at, offset + found));
        at += line.len();
        from = found + line.trim_end_matches('\n').len();
    }
    Some(lines)
}

/// A piece of Markdown, parsed but not yet placed in a site.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Document {
    /// In reading order.
    pub pieces: Vec<Piece>,
    /// The headings, in reading order.
    pub headings: Vec<Heading>,
    /// The running text of a page, block by block, for what reads prose; a text that is not a page has none.
    pub prose: Vec<Prose>,
}

/// The running text of a paragraph, list item, table cell or heading, without its marks.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Prose {
    /// The text; [`Prose::GAP`] stands for each directive, image or piece of code.
    pub text: String,
    /// Whether it is a cell of a table.
    pub is_cell: bool,
    /// Where stretches of the text begin, in it and in the file.
    places: Vec<(usize, usize)>,
}

impl Prose {
    /// What stands for something that is no prose.
    pub const GAP: char = '\u{FFFC}';

    /// The place in the file of a part of the text.
    pub fn span(&self, file: FileId, range: Range<usize>) -> Span {
        let at = self.places.partition_point(|(start, _)| *start <= range.start).saturating_sub(1);
        let (start, there) = self.places.get(at).copied().unwrap_or_default();
        let start = there + range.start.saturating_sub(start);
        Span::new(file, start..start + range.len())
    }
}

/// A heading of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its fragment.
    pub id: String,
    /// Its text, with its number where sections are numbered.
    pub text: String,
    /// "2.1", where sections are numbered.
    pub number: Option<String>,
    /// Where it was written.
    pub span: Span,
}

impl Document {
    /// Numbers the sections: "2" for a heading of level two, "2.1" and "2.1.3" for the two levels below it.
    pub fn number_sections(&mut self) {
        let mut counts = [0_u32; 3];
        let mut pieces = self.pieces.iter_mut();
        let mut piece = pieces.next();
        let mut from = 0;
        for heading in &mut self.headings {
            let depth = usize::from(heading.level).saturating_sub(2);
            if depth >= counts.len() {
                continue;
            }
            counts[depth] += 1;
            counts[depth + 1..].fill(0);
            let number: Vec<String> = counts[..=depth].iter().map(u32::to_string).collect();
            let number = number.join(".");
            let open = format!("<h{} id=\"{}\">", heading.level, escape(&heading.id));
            while let Some(current) = &mut piece {
                if let Piece::Html(html) = current
                    && let Some(at) = html[from..].find(&open)
                {
                    let end = from + at + open.len();
                    html.insert_str(end, &format!("{number} "));
                    from = end;
                    break;
                }
                (piece, from) = (pieces.next(), 0);
            }
            heading.text = format!("{number} {}", heading.text);
            heading.number = Some(number);
        }
    }
}

/// What a document is made of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Finished, escaped HTML.
    Html(String),
    /// A link begins; what follows up to [`Piece::LinkEnd`] is its text.
    Link {
        /// The target as written.
        target: String,
        /// Where it was written.
        span: Span,
    },
    /// The link's text ends.
    LinkEnd,
    /// An image.
    Image {
        /// The target as written.
        target: String,
        /// Its words.
        alt: String,
        /// Where it was written.
        span: Span,
    },
    /// A Markdown table begins; it ends by itself in the HTML.
    Table,
    /// `:name[label]{…}` within a line.
    Inline(Box<Directive>),
    /// `::name{…}` on a line of its own.
    Leaf(Box<Directive>),
    /// `:::name{…}`: a block that lasts until the [`Piece::ContainerEnd`] that belongs to it.
    Container(Box<Directive>),
    /// `:::`.
    ContainerEnd,
}
