//! Events of the Markdown package -> [`Document`]: `words` writes running text, `heading`, `table` and `footnote` what
//! these need, and `place` says where a directive may stand.

mod footnote;
mod heading;
mod html;
mod place;
mod table;
mod words;

use super::cite;
use super::directive::{self, Candidate};
use super::{Document, Heading, Piece, Prose, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::html::escape_into;
use footnote::Footnote;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;
use table::{Container, Table};

/// The deepest nesting of blocks, and of emphasis in a line.
const MAX_DEPTH: usize = 32;

/// Everything in a text that begins like an inline directive or a citation, in order.
fn candidates(source: &Text) -> Vec<Candidate> {
    let mut found = directive::scan(source);
    found.extend(cite::scan(source));
    found.sort_by_key(|candidate| candidate.range.start);
    found
}

/// Parses the text of a page as Markdown.
pub fn parse(source: &Text, found: &mut Diagnostics) -> Document {
    parse_within(source, "", found)
}

/// Parses a text that stands on a page among other things: `prefix` begins the ids of its headings, so that none of them
/// is the id of something else there. Links within the text follow.
pub fn parse_within(source: &Text, prefix: &'static str, found: &mut Diagnostics) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut writer = Writer::new(source, prefix, found);
    for (event, range) in Parser::new_ext(source.text, options).into_offset_iter() {
        if !writer.event(event, range) {
            break;
        }
    }
    writer.finish()
}

struct Writer<'a, 'f> {
    source: &'a Text<'a>,
    found: &'f mut Diagnostics,
    candidates: std::iter::Peekable<std::vec::IntoIter<Candidate>>,
    /// Where pieces go: the text itself at the bottom, a footnote's definition on top of it.
    buffers: Vec<Vec<Piece>>,
    headings: Vec<Heading>,
    /// What the ids of headings begin with.
    prefix: &'static str,
    prose: Vec<Prose>,
    /// Headings by id, without the prefix.
    ids: BTreeMap<String, usize>,
    containers: Vec<Container>,
    depth: usize,
    /// Everything up to here was a directive.
    skip_until: usize,
    /// The paragraph of a block directive is being passed over.
    in_block_directive: bool,
    at_line_start: bool,
    code: bool,
    heading: Option<(Heading, usize)>,
    links: usize,
    image: Option<(String, String, Range<usize>)>,
    cell: Option<Range<usize>>,
    table: Table,
    footnotes: Vec<Footnote>,
    /// The footnotes whose definitions are open.
    defining: Vec<usize>,
    html_seen: bool,
}

impl<'a, 'f> Writer<'a, 'f> {
    fn new(source: &'a Text<'a>, prefix: &'static str, found: &'f mut Diagnostics) -> Self {
        Writer {
            source,
            found,
            candidates: candidates(source).into_iter().peekable(),
            buffers: vec![Vec::new()],
            headings: Vec::new(),
            prefix,
            prose: Vec::new(),
            ids: BTreeMap::new(),
            containers: Vec::new(),
            depth: 0,
            skip_until: 0,
            in_block_directive: false,
            at_line_start: false,
            code: false,
            heading: None,
            links: 0,
            image: None,
            cell: None,
            table: Table::default(),
            footnotes: Vec::new(),
            defining: Vec::new(),
            html_seen: false,
        }
    }

    fn push(&mut self, piece: Piece) {
        if let Some(buffer) = self.buffers.last_mut() {
            buffer.push(piece);
        }
    }

    fn html(&mut self) -> &mut String {
        // There is always a buffer: only footnotes are pushed and popped above the first.
        let at = self.buffers.len() - 1;
        let buffer = &mut self.buffers[at];
        if !matches!(buffer.last(), Some(Piece::Html(_))) {
            buffer.push(Piece::Html(String::new()));
        }
        match buffer.last_mut() {
            Some(Piece::Html(html)) => html,
            _ => unreachable!("an Html piece was just pushed"),
        }
    }

    fn write(&mut self, html: &str) {
        self.html().push_str(html);
    }

    /// What was kept apart, in its place.
    fn append(&mut self, pieces: Vec<Piece>) {
        for piece in pieces {
            match piece {
                Piece::Html(html) => self.write(&html),
                piece => self.push(piece),
            }
        }
    }

    fn finding(&mut self, code: Code, range: Range<usize>, message: impl Into<String>, help: &str) {
        self.found.push(Diagnostic::new(code, self.source.span(range), message).help(help));
    }

    /// Handles one event; `false` ends the document early.
    fn event(&mut self, event: Event, range: Range<usize>) -> bool {
        if self.in_block_directive {
            self.in_block_directive = !matches!(event, Event::End(TagEnd::Paragraph));
            return true;
        }
        match event {
            Event::Start(tag) => return self.start(tag, range),
            Event::End(tag) => self.end(tag, &range),
            Event::Text(text) => {
                self.empty_tags(&range);
                self.text(&text, range);
            }
            Event::Code(text) => {
                if range.start >= self.skip_until {
                    self.note_text(&text);
                    self.note_gap();
                    if self.image.is_none() {
                        self.write("<code>");
                        escape_into(&text, self.html());
                        self.write("</code>");
                    }
                }
                self.at_line_start = false;
            }
            Event::SoftBreak | Event::HardBreak => {
                self.at_line_start = true;
                self.note_text(" ");
                self.note_prose(" ", range.start);
                if self.image.is_none() {
                    self.write(if matches!(event, Event::HardBreak) { "<br>\n" } else { "\n" });
                }
            }
            Event::Rule => self.write("<hr>\n"),
            Event::Html(_) | Event::InlineHtml(_) => self.raw_html(range),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {}
        }
        true
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) -> bool {
        self.html_seen = matches!(tag, Tag::HtmlBlock);
        if matches!(
            tag,
            Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::Item
                | Tag::TableCell
                | Tag::FootnoteDefinition(_)
                | Tag::CodeBlock(_)
        ) {
            self.start_prose(matches!(tag, Tag::TableCell));
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let end = (range.start + 40).min(range.end);
            let end = (range.start..=end)
                .rev()
                .find(|at| self.source.text.is_char_boundary(*at))
                .unwrap_or(range.start);
            self.finding(
                Code::NestingTooDeep,
                range.start..end,
                format!("more than {MAX_DEPTH} levels inside one another"),
                "take out the quotes, lists or emphasis that are not needed",
            );
            return false;
        }
        if range.start < self.skip_until {
            if range.end > self.skip_until {
                self.finding(
                    Code::DirectiveMisplaced,
                    range.clone(),
                    "a directive cannot be cut by a link or by emphasis",
                    "end the directive before the link or the * begins; a directive has braces after its label, not parentheses",
                );
                self.skip_until = range.end;
            }
            return true;
        }
        match tag {
            Tag::Paragraph => {
                self.at_line_start = true;
                if self.block_directive(&range) {
                    self.depth -= 1;
                    self.in_block_directive = true;
                } else {
                    self.write("<p>");
                }
            }
            Tag::Heading { level, id, classes, attrs } => self.start_heading(
                level as u8,
                id.as_deref(),
                !classes.is_empty() || !attrs.is_empty(),
                range,
            ),
            Tag::BlockQuote(_) => self.write("<blockquote>\n"),
            Tag::CodeBlock(kind) => {
                self.code = true;
                match kind {
                    CodeBlockKind::Fenced(language) if !language.is_empty() => {
                        self.write("<pre><code class=\"language-");
                        escape_into(language.split(' ').next().unwrap_or_default(), self.html());
                        self.write("\">");
                    }
                    _ => self.write("<pre><code>"),
                }
            }
            Tag::List(None) => self.write("<ul>\n"),
            Tag::List(Some(1)) => self.write("<ol>\n"),
            Tag::List(Some(first)) => self.write(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => {
                self.at_line_start = true;
                self.write("<li>");
            }
            Tag::FootnoteDefinition(label) => self.start_footnote(&label),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_row(true),
            Tag::TableRow => self.start_row(false),
            Tag::TableCell => self.start_cell(range),
            Tag::Emphasis => self.inline_tag("<em>"),
            Tag::Strong => self.inline_tag("<strong>"),
            Tag::Link { link_type, dest_url, .. } => {
                let mut target = dest_url.into_string();
                if link_type == LinkType::Email {
                    target.insert_str(0, "mailto:");
                }
                let span = self.source.span(self.target_range(&target, &range));
                self.links += 1;
                self.push(Piece::Link { target, span });
            }
            Tag::Image { dest_url, .. } if self.image.is_none() => {
                self.image = Some((dest_url.into_string(), String::new(), range));
            }
            _ => {}
        }
        true
    }

    fn inline_tag(&mut self, html: &str) {
        if self.image.is_none() {
            self.write(html);
        }
    }

    /// Where within a link its target stands, for the caret.
    fn target_range(&self, target: &str, link: &Range<usize>) -> Range<usize> {
        match self.source.text[link.clone()].rfind(target) {
            Some(at) if !target.is_empty() => link.start + at..link.start + at + target.len(),
            _ => link.clone(),
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        self.depth = self.depth.saturating_sub(1);
        if range.start < self.skip_until && range.end <= self.skip_until {
            return;
        }
        match tag {
            TagEnd::Paragraph => self.write("</p>\n"),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) => self.write("</blockquote>\n"),
            TagEnd::CodeBlock => {
                self.code = false;
                self.write("</code></pre>\n");
            }
            TagEnd::List(ordered) => self.write(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.write("</li>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::Table => self.write("</tbody>\n</table>\n</div>\n"),
            TagEnd::TableHead => self.write("</tr>\n</thead>\n<tbody>\n"),
            TagEnd::TableRow => self.write("</tr>\n"),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Emphasis => self.inline_tag("</em>"),
            TagEnd::Strong => self.inline_tag("</strong>"),
            TagEnd::Link => {
                self.links = self.links.saturating_sub(1);
                self.push(Piece::LinkEnd);
            }
            TagEnd::Image => {
                if self.image.as_ref().is_some_and(|(_, _, whole)| whole == range)
                    && let Some((target, alt, whole)) = self.image.take()
                {
                    let span = self.source.span(self.target_range(&target, &whole));
                    self.push(Piece::Image { target, alt, span });
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.code {
            escape_into(text, self.html());
            return;
        }
        let line_start = std::mem::replace(&mut self.at_line_start, false);
        if range.end <= self.skip_until && range.start < self.skip_until {
            return;
        }
        let mut from = range.start;
        let mut text = text;
        let verbatim = self.source.text.get(range.clone()) == Some(text);
        if from < self.skip_until && verbatim {
            text = &text[self.skip_until - from..];
            from = self.skip_until;
        }
        self.html_seen = false;
        if line_start {
            let line = &self.source.text[from..];
            let line = &line[..line.find('\n').unwrap_or(line.len())];
            if directive::looks_like_block(line) {
                self.finding(
                    Code::DirectiveNotAlone,
                    from..from + line.trim_end().len(),
                    "a block directive stands on a line of its own, outside lists, quotes and tables",
                    "put a blank line before and after it, and begin it at the left edge",
                );
            }
        }
        while let Some(candidate) = self.candidate(from..range.end) {
            let start = candidate.range.start;
            if verbatim {
                self.plain(&text[..start - from], from);
            }
            self.inline_directive(candidate);
            let resume = self.skip_until.max(start);
            if resume >= range.end || !verbatim {
                return;
            }
            text = &text[resume - from..];
            from = resume;
        }
        self.plain(text, from);
    }

    fn finish(mut self) -> Document {
        for Container { directive: open, .. } in std::mem::take(&mut self.containers) {
            self.found.push(
                Diagnostic::new(
                    Code::DirectiveUnclosed,
                    open.span,
                    format!("`:::{}` has no end", open.name.value),
                )
                .help("write ::: on a line of its own, with blank lines round it, where the block ends"),
            );
        }
        self.list_footnotes();
        let mut pieces = self.buffers.into_iter().next().unwrap_or_default();
        // Thousands of biographies are kept at once.
        pieces.shrink_to_fit();
        for piece in &mut pieces {
            match piece {
                Piece::Html(html) => html.shrink_to_fit(),
                Piece::Link { target, .. } if !self.prefix.is_empty() => {
                    if let Some(id) = target.strip_prefix('#').filter(|id| self.ids.contains_key(*id)) {
                        *target = format!("#{}{id}", self.prefix);
                    }
                }
                _ => {}
            }
        }
        Document { pieces, headings: self.headings, prose: self.prose }
    }
}
