//! Events of the Markdown package -> [`Document`].

mod table;

use super::directive::{self, Block, Candidate};
use super::{Document, Heading, Piece, Places, Prose, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::html::escape_into;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;
use table::{Container, Table};

/// The deepest nesting of blocks, and of emphasis in a line.
const MAX_DEPTH: usize = 32;

/// Parses a text as Markdown.
pub fn parse(source: &Text, found: &mut Diagnostics) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut writer = Writer::new(source, found);
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
    prose: Vec<Prose>,
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

struct Footnote {
    label: String,
    references: usize,
    pieces: Option<Vec<Piece>>,
}

impl<'a, 'f> Writer<'a, 'f> {
    fn new(source: &'a Text<'a>, found: &'f mut Diagnostics) -> Self {
        Writer {
            source,
            found,
            candidates: directive::scan(source).into_iter().peekable(),
            buffers: vec![Vec::new()],
            headings: Vec::new(),
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
            Event::Text(text) => self.text(&text, range),
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

    fn raw_html(&mut self, range: Range<usize>) {
        // A block of HTML comes line by line: one finding is enough until other text follows.
        if !self.html_seen
            && range.start >= self.skip_until
            && !self.source.text[range.clone()].starts_with("</")
        {
            let end = range.start + self.source.text[range.clone()].trim_end().len();
            self.finding(
                Code::HtmlInMarkdown,
                range.start..end,
                "HTML cannot stand in a page",
                "write it in Markdown; to show the sign < as text, put a backslash before it",
            );
        }
        self.html_seen = true;
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
            self.start_prose();
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
            Tag::FootnoteDefinition(label) => {
                self.buffers.push(Vec::new());
                let at = self.footnote(&label);
                self.defining.push(at);
            }
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

    fn start_heading(&mut self, level: u8, id: Option<&str>, more: bool, range: Range<usize>) {
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

    fn end_heading(&mut self) {
        let Some((mut heading, _)) = self.heading.take() else { return };
        let inner = self.buffers.pop().unwrap_or_default();
        heading.text = heading.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if heading.id.is_empty() {
            let slug = slug(&heading.text);
            let mut id = slug.clone();
            let mut count = 1;
            while self.ids.contains_key(&id) {
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
        let level = heading.level;
        self.write(&format!("<h{level} id=\""));
        escape_into(&heading.id, self.html());
        self.write("\">");
        for piece in inner {
            match piece {
                Piece::Html(html) => self.write(&html),
                piece => self.push(piece),
            }
        }
        self.write(&format!("</h{level}>\n"));
        self.headings.push(heading);
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
            TagEnd::FootnoteDefinition => {
                let pieces = self.buffers.pop().unwrap_or_default();
                if let Some(at) = self.defining.pop() {
                    self.footnotes[at].pieces.get_or_insert(pieces);
                }
            }
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

    /// The paragraph that is a block directive and nothing else; `true` if it was taken as such.
    fn block_directive(&mut self, range: &Range<usize>) -> bool {
        let line = self.source.text[range.clone()].trim_end();
        if !directive::looks_like_block(line) || line.contains('\n') {
            return false;
        }
        // One level is the paragraph's own.
        if self.depth > 1 {
            return false;
        }
        let range = range.start..range.start + line.len();
        match directive::block(self.source, range.clone()) {
            Ok(Block::Leaf(directive)) => self.push(Piece::Leaf(Box::new(directive))),
            Ok(Block::Container(directive)) => {
                self.containers.push(Container { directive: directive.clone(), tables: 0 });
                self.push(Piece::Container(Box::new(directive)));
            }
            Ok(Block::End) => match self.containers.pop() {
                None => self.finding(
                    Code::DirectiveUnclosed,
                    range,
                    "`:::` ends a block, and none is open here",
                    "take the line out, or open the block above with :::name",
                ),
                Some(container) => {
                    self.check_frame(&container);
                    self.push(Piece::ContainerEnd);
                }
            },
            Err(finding) => self.found.push(*finding),
        }
        true
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

    /// The next candidate that begins in this stretch of running text; those that begin before it lie in code
    /// or elsewhere and are dropped.
    fn candidate(&mut self, range: Range<usize>) -> Option<Candidate> {
        while self.candidates.peek().is_some_and(|candidate| candidate.range.start < range.start) {
            self.candidates.next();
        }
        self.candidates.next_if(|candidate| range.contains(&candidate.range.start))
    }

    fn inline_directive(&mut self, candidate: Candidate) {
        let end = candidate.range.end;
        let place = if self.image.is_some() {
            Some("in the words for an image")
        } else if self.links > 0 {
            Some("in the text of a link")
        } else if self.heading.is_some() {
            Some("in a heading")
        } else if self.cell.as_ref().is_some_and(|cell| cell.end < end) {
            Some("across two cells of a table: the | cuts it")
        } else {
            None
        };
        match (place, candidate.read) {
            (Some(place), _) => {
                self.finding(
                    Code::DirectiveMisplaced,
                    candidate.range.clone(),
                    format!("a directive cannot stand {place}"),
                    "move it into the running text",
                );
                if !place.starts_with("across") {
                    self.skip_until = end;
                } else {
                    self.skip_until = self.cell.as_ref().map_or(end, |cell| cell.end);
                }
            }
            (None, Ok(directive)) => {
                self.skip_until = end;
                self.note_gap();
                self.push(Piece::Inline(Box::new(directive)));
            }
            (None, Err(finding)) => {
                self.skip_until = end;
                self.found.push(*finding);
            }
        }
    }

    /// Running text that stands in the source from a byte on.
    fn plain(&mut self, text: &str, at: usize) {
        self.note_text(text);
        self.note_prose(text, at);
        if self.image.is_none() {
            escape_into(text, self.html());
        }
    }

    /// A block begins whose text is read by itself.
    fn start_prose(&mut self) {
        if matches!(self.source.places, Places::From(_))
            && self.prose.last().is_none_or(|prose| !prose.text.is_empty())
        {
            self.prose.push(Prose::default());
        }
    }

    fn note_prose(&mut self, text: &str, at: usize) {
        let Places::From(offset) = self.source.places else { return };
        if self.image.is_none()
            && let Some(prose) = self.prose.last_mut()
        {
            prose.places.push((prose.text.len(), at + offset));
            prose.text.push_str(text);
        }
    }

    fn note_gap(&mut self) {
        if let Some(prose) = self.prose.last_mut() {
            prose.text.push(Prose::GAP);
        }
    }

    /// Text that is also a heading's or an image's.
    fn note_text(&mut self, text: &str) {
        if let Some((heading, _)) = &mut self.heading {
            heading.text.push_str(text);
        }
        if let Some((_, alt, _)) = &mut self.image {
            alt.push_str(text);
        }
    }

    fn footnote(&mut self, label: &str) -> usize {
        if let Some(at) = self.footnotes.iter().position(|note| note.label == label) {
            return at;
        }
        self.footnotes.push(Footnote { label: label.to_owned(), references: 0, pieces: None });
        self.footnotes.len() - 1
    }

    fn footnote_reference(&mut self, label: &str) {
        let at = self.footnote(label);
        self.footnotes[at].references += 1;
        let count = self.footnotes[at].references;
        let suffix = if count > 1 { format!("-{count}") } else { String::new() };
        // Notes are numbered in the order in which the source first mentions them.
        let number = at + 1;
        self.write(&format!("<sup class=\"footnote-ref\" id=\"fnref-{number}{suffix}\"><a href=\"#fn-{number}\">{number}</a></sup>"));
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
        let notes = std::mem::take(&mut self.footnotes);
        if notes.iter().any(|note| note.pieces.is_some()) {
            self.write("<section class=\"footnotes\">\n<ol>\n");
            for (at, note) in notes.into_iter().enumerate() {
                let number = at + 1;
                self.write(&format!("<li id=\"fn-{number}\">"));
                for piece in note.pieces.unwrap_or_default() {
                    match piece {
                        Piece::Html(html) => self.write(&html),
                        piece => self.push(piece),
                    }
                }
                self.write("</li>\n");
            }
            self.write("</ol>\n</section>\n");
        }
        let mut pieces = self.buffers.into_iter().next().unwrap_or_default();
        // Thousands of biographies are kept at once.
        pieces.shrink_to_fit();
        Document { pieces, headings: self.headings, prose: self.prose }
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
