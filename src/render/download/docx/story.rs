//! The finished HTML of a report's text -> WordprocessingML, paragraph by paragraph.
//!
//! The HTML is our own, so it is well-formed; of what is not, nothing is lost but its form. Blocks that are open when
//! a piece of HTML ends (a box with a table in it) stay open for the next.

use crate::html::{Attributes, Token, decode, escape, escape_into, tokens};
use crate::render::download::allowed;
use std::collections::BTreeMap;

/// The width of the text in twentieths of a point: A4 less its margins.
pub(super) const WIDTH: usize = 9070;

/// Tables of so many rows stay on one page.
const TOGETHER: usize = 20;

/// A paragraph that is being written.
#[derive(Default)]
struct Paragraph {
    properties: String,
    runs: String,
    has_text: bool,
    /// White space that is due before the next word.
    space: bool,
}

/// A list that is open: the number of its numbering and its depth; whether an item still needs its mark.
struct List {
    numbering: usize,
    unmarked: bool,
}

/// A cell of a table.
pub(super) struct Cell {
    /// Its paragraphs.
    xml: String,
    /// How wide it would like to be, in characters.
    length: usize,
    /// It names its row or column.
    is_header: bool,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<Cell>>,
    cell: Option<Cell>,
}

/// How the text at hand is set.
#[derive(Default)]
struct Face {
    bold: usize,
    italic: usize,
    code: usize,
    strike: usize,
    raised: usize,
    lowered: usize,
}

/// The text of a document, as far as it is written.
pub(super) struct Story<'a> {
    /// Scheme and host, for links that begin with `/`.
    host: &'a str,
    right_to_left: bool,
    xml: String,
    paragraph: Option<Paragraph>,
    face: Face,
    /// The elements that are open and decide what a paragraph is.
    blocks: Vec<(String, &'static str)>,
    lists: Vec<List>,
    table: Option<Table>,
    /// What a link says, where one is open.
    link: Option<String>,
    links: Vec<String>,
    /// Bookmarks by fragment, and those that wait for a paragraph.
    marks: BTreeMap<String, usize>,
    waiting: Vec<usize>,
    placed: usize,
    /// Where each numbered list begins.
    starts: Vec<u32>,
    /// The last block was a table, which needs distance to what follows.
    after_table: bool,
    /// Depth of `svg`; its description, if that is being read.
    picture: usize,
    description: Option<String>,
    told: String,
    /// A style or script, of which nothing is text.
    mute: bool,
}

/// Styles of blocks that have one; the others pass on that of the block around them.
fn style(name: &str, class: &str) -> Option<&'static str> {
    Some(match name {
        "h1" | "h2" => "Heading1",
        "h3" => "Heading2",
        "h4" => "Heading3",
        "h5" | "h6" => "Heading4",
        "caption" | "figcaption" => "Caption",
        "p" if class == "caption" => "Caption",
        "p" if class == "notes" => "Notes",
        "p" if class == "credit" => "Credit",
        "blockquote" => "Quote",
        "pre" => "Code",
        "dd" => "Definition",
        "div" if class == "note" => "Box",
        "section" if class == "box" => "Box",
        _ => return None,
    })
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "caption"
            | "figcaption"
            | "blockquote"
            | "pre"
            | "dt"
            | "dd"
            | "dl"
            | "div"
            | "section"
            | "figure"
            | "ul"
            | "ol"
            | "li"
            | "details"
            | "summary"
            | "hr"
            | "article"
            | "aside"
            | "header"
            | "footer"
            | "nav"
    )
}

impl<'a> Story<'a> {
    pub(super) fn new(host: &'a str, right_to_left: bool) -> Self {
        Story {
            host,
            right_to_left,
            xml: String::new(),
            paragraph: None,
            face: Face::default(),
            blocks: Vec::new(),
            lists: Vec::new(),
            table: None,
            link: None,
            links: Vec::new(),
            marks: BTreeMap::new(),
            waiting: Vec::new(),
            placed: 0,
            starts: Vec::new(),
            after_table: false,
            picture: 0,
            description: None,
            told: String::new(),
            mute: false,
        }
    }

    /// The text, the places it links to, and where its numbered lists begin.
    pub(super) fn finish(mut self) -> (String, Vec<String>, Vec<u32>) {
        self.end_table();
        self.end();
        (self.xml, self.links, self.starts)
    }

    /// A paragraph of plain text.
    pub(super) fn plain(&mut self, style: &str, text: &str) {
        if !text.trim().is_empty() {
            self.begin(style);
            self.write(text);
            self.end();
        }
    }

    /// A paragraph that begins with a bold term: "Policy: small-survey". It stays open.
    pub(super) fn fact(&mut self, term: &str, text: &str, href: Option<&str>) {
        self.begin("Normal");
        self.face.bold += 1;
        self.write(&format!("{term}:"));
        self.face.bold -= 1;
        self.raw(" ");
        self.link = href.map(|href| self.reference(href));
        self.write(text);
        self.link = None;
    }

    /// An item of a list with bullets.
    pub(super) fn item(&mut self, text: &str) {
        self.end();
        self.lists.push(List { numbering: 1, unmarked: true });
        self.plain("ListParagraph", text);
        self.lists.pop();
    }

    /// A fragment that links lead to, in front of the next paragraph.
    pub(super) fn mark(&mut self, id: &str) {
        let mark = self.mark_of(id);
        self.waiting.push(mark);
    }

    /// A note below a table, with the letter that names it in the cells.
    pub(super) fn note(&mut self, letter: &str, text: &str) {
        self.begin("Notes");
        self.letter(letter);
        self.raw(" ");
        self.write(text);
        self.end();
    }

    fn letter(&mut self, letter: &str) {
        self.face.raised += 1;
        self.raw(letter);
        self.face.raised -= 1;
    }

    /// A cell of plain text, with the letter of its note.
    pub(super) fn cell(&mut self, text: &str, is_header: bool, is_figure: bool, note: Option<&str>) -> Cell {
        self.end();
        let around = self.table.take();
        self.begin_cell(is_header, is_figure);
        self.write(text);
        if let Some(letter) = note {
            self.raw("\u{A0}");
            self.letter(letter);
        }
        let cell = self.end_cell();
        self.table = around;
        cell.unwrap_or(Cell { xml: String::new(), length: 0, is_header })
    }

    /// A table; its first row is its header.
    pub(super) fn rows(&mut self, caption: &str, rows: Vec<Vec<Cell>>) {
        self.end();
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        if self.after_table {
            // Two tables with nothing between them are one to Word.
            self.xml += "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\"/></w:pPr></w:p>";
        }
        let widths = widths(&rows, columns);
        let title = match caption {
            "" => String::new(),
            caption => format!("<w:tblCaption w:val=\"{}\"/>", escape(&allowed(caption))),
        };
        let direction = if self.right_to_left { "<w:bidiVisual/>" } else { "" };
        self.xml += &format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"ReportTable\"/>{direction}<w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>{title}</w:tblPr><w:tblGrid>"
        );
        for width in &widths {
            self.xml += &format!("<w:gridCol w:w=\"{width}\"/>");
        }
        self.xml += "</w:tblGrid>";
        let last = rows.len() - 1;
        for (at, mut row) in rows.into_iter().enumerate() {
            let header = if at == 0 { "<w:tblHeader/>" } else { "" };
            self.xml += &format!("<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>");
            // A row that is short of cells has empty ones, so that columns stay columns.
            while row.len() < columns {
                row.push(Cell { xml: String::new(), length: 0, is_header: false });
            }
            for (cell, width) in row.into_iter().zip(&widths) {
                let mut text = if cell.xml.is_empty() { "<w:p/>".to_owned() } else { cell.xml };
                if last <= TOGETHER && at < last {
                    let style = "<w:pStyle w:val=\"TableText\"/>";
                    text = text.replace(style, &format!("{style}<w:keepNext/>"));
                }
                self.xml +=
                    &format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{text}</w:tc>");
            }
            self.xml += "</w:tr>";
        }
        self.xml += "</w:tbl>";
        self.after_table = true;
    }

    /// A piece of finished HTML.
    pub(super) fn html(&mut self, html: &str) {
        for token in tokens(html) {
            match token {
                Token::Text(text) => self.text(text),
                Token::Open { name, attributes } => self.open(&name.to_ascii_lowercase(), &attributes),
                Token::Close(name) => self.close(&name.to_ascii_lowercase()),
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.mute {
            return;
        }
        let text = decode(text);
        if let Some(description) = &mut self.description {
            description.push_str(&text);
        } else if self.picture == 0 {
            if self.inner("pre") {
                // The last line of code ends with the block.
                let text = text.strip_suffix('\n').unwrap_or(&text);
                let mut lines = text.split('\n').peekable();
                while let Some(line) = lines.next() {
                    self.raw(line);
                    if lines.peek().is_some() {
                        self.line_break();
                    }
                }
            } else {
                self.write(&text);
            }
        }
    }

    fn open(&mut self, name: &str, attributes: &Attributes) {
        let value = |wanted: &str| {
            attributes
                .clone()
                .find(|attribute| attribute.name == wanted)
                .map(|attribute| decode(attribute.value))
        };
        if self.picture > 0 || name == "svg" {
            match name {
                "svg" => self.picture += 1,
                "desc" => self.description = Some(String::new()),
                "style" | "script" => self.mute = true,
                _ => {}
            }
            return;
        }
        if let Some(id) = value("id") {
            if is_block(name) || name == "table" {
                self.end();
            }
            self.mark(&id);
        }
        match name {
            "strong" | "b" => self.face.bold += 1,
            "em" | "i" | "cite" => self.face.italic += 1,
            "code" => self.face.code += 1,
            "del" | "s" => self.face.strike += 1,
            "sup" => self.face.raised += 1,
            "sub" => self.face.lowered += 1,
            "br" => self.line_break(),
            "style" | "script" => self.mute = true,
            "a" => self.link = value("href").map(|href| self.reference(&href)),
            "img" => {
                self.face.italic += 1;
                self.write(&value("alt").unwrap_or_default());
                self.face.italic -= 1;
            }
            "table" if self.table.is_none() => {
                self.end();
                self.table = Some(Table::default());
            }
            "tr" => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            "th" | "td" => {
                let is_figure = value("class").is_some_and(|class| class == "right");
                let names_column = name == "th" && value("scope").as_deref() != Some("row");
                self.begin_cell(names_column, is_figure);
            }
            _ if is_block(name) => {
                self.open_block(name, &value("class").unwrap_or_default(), value("start").as_deref());
            }
            _ => {}
        }
    }

    fn open_block(&mut self, name: &str, class: &str, start: Option<&str>) {
        self.end();
        match name {
            "ul" => self.lists.push(List { numbering: 1, unmarked: false }),
            "ol" => {
                self.starts.push(start.and_then(|start| start.parse().ok()).unwrap_or(1));
                self.lists.push(List { numbering: self.starts.len() + 1, unmarked: false });
            }
            "li" => {
                if let Some(list) = self.lists.last_mut() {
                    list.unmarked = true;
                }
            }
            "dt" => self.face.bold += 1,
            "hr" => return,
            _ => {}
        }
        let around = self.blocks.last().map_or("Normal", |(_, style)| *style);
        self.blocks.push((name.to_owned(), style(name, class).unwrap_or(around)));
    }

    fn close(&mut self, name: &str) {
        if matches!(name, "style" | "script") {
            self.mute = false;
            return;
        }
        if self.picture > 0 {
            match name {
                "desc" => self.told = self.description.take().unwrap_or_default(),
                "svg" => {
                    self.picture -= 1;
                    if self.picture == 0 {
                        self.end();
                        let told = std::mem::take(&mut self.told);
                        self.plain("Description", &told);
                    }
                }
                _ => {}
            }
            return;
        }
        match name {
            "strong" | "b" => self.face.bold = self.face.bold.saturating_sub(1),
            "em" | "i" | "cite" => self.face.italic = self.face.italic.saturating_sub(1),
            "code" => self.face.code = self.face.code.saturating_sub(1),
            "del" | "s" => self.face.strike = self.face.strike.saturating_sub(1),
            "sup" => self.face.raised = self.face.raised.saturating_sub(1),
            "sub" => self.face.lowered = self.face.lowered.saturating_sub(1),
            "a" => self.link = None,
            "th" | "td" => {
                let cell = self.end_cell();
                if let (Some(table), Some(cell)) = (&mut self.table, cell) {
                    match table.rows.last_mut() {
                        Some(row) => row.push(cell),
                        None => table.rows.push(vec![cell]),
                    }
                }
            }
            "table" => self.end_table(),
            _ if is_block(name) => self.close_block(name),
            _ => {}
        }
    }

    fn close_block(&mut self, name: &str) {
        self.end();
        match name {
            "ul" | "ol" => drop(self.lists.pop()),
            "dt" => self.face.bold = self.face.bold.saturating_sub(1),
            _ => {}
        }
        if let Some(at) = self.blocks.iter().rposition(|(open, _)| open == name) {
            self.blocks.truncate(at);
        }
    }

    fn inner(&self, name: &str) -> bool {
        self.blocks.iter().any(|(open, _)| open == name)
    }

    /// Begins a paragraph, ending the one before it.
    fn begin(&mut self, style: &str) {
        self.end();
        let in_cell = self.table.as_ref().is_some_and(|table| table.cell.is_some());
        let after_table = !in_cell && std::mem::take(&mut self.after_table);
        let direction = if self.right_to_left { "<w:bidi/>" } else { "" };
        let style = match style {
            "Normal" if in_cell => "TableText",
            "Normal" if !self.lists.is_empty() => "ListParagraph",
            style => style,
        };
        let mut properties = format!("<w:pStyle w:val=\"{style}\"/>");
        let depth = self.lists.len().clamp(1, 9) - 1;
        if let Some(list) = self.lists.last_mut() {
            if std::mem::take(&mut list.unmarked) {
                properties += &format!(
                    "<w:numPr><w:ilvl w:val=\"{depth}\"/><w:numId w:val=\"{}\"/></w:numPr>{direction}",
                    list.numbering
                );
            } else {
                properties += &format!("{direction}<w:ind w:left=\"{}\"/>", 425 * (depth + 1));
            }
        } else {
            properties += direction;
            if after_table && matches!(style, "Normal" | "Box" | "Quote" | "Description") {
                properties += "<w:spacing w:before=\"240\"/>";
            }
        }
        let mut paragraph = Paragraph { properties, ..Paragraph::default() };
        for mark in std::mem::take(&mut self.waiting) {
            self.placed += 1;
            let id = self.placed;
            paragraph.runs += &format!(
                "<w:bookmarkStart w:id=\"{id}\" w:name=\"_Ref{mark}\"/><w:bookmarkEnd w:id=\"{id}\"/>"
            );
        }
        self.paragraph = Some(paragraph);
    }

    /// Begins the paragraph that text at this place belongs to, unless one is open.
    fn need(&mut self) {
        if self.paragraph.is_none() {
            self.begin(self.blocks.last().map_or("Normal", |(_, style)| *style));
        }
    }

    fn end(&mut self) {
        let Some(paragraph) = self.paragraph.take() else { return };
        let xml = format!("<w:p><w:pPr>{}</w:pPr>{}</w:p>", paragraph.properties, paragraph.runs);
        match self.table.as_mut().and_then(|table| table.cell.as_mut()) {
            Some(cell) => cell.xml += &xml,
            None => self.xml += &xml,
        }
    }

    fn begin_cell(&mut self, is_header: bool, is_figure: bool) {
        self.end();
        let cell = Cell { xml: String::new(), length: 0, is_header };
        self.table.get_or_insert_default().cell = Some(cell);
        self.begin("TableText");
        if let Some(paragraph) = &mut self.paragraph
            && is_figure
        {
            paragraph.properties += "<w:jc w:val=\"right\"/>";
        }
    }

    fn end_cell(&mut self) -> Option<Cell> {
        self.end();
        self.table.as_mut()?.cell.take()
    }

    fn end_table(&mut self) {
        drop(self.end_cell());
        if let Some(table) = self.table.take() {
            let rows = table.rows.into_iter().filter(|row| !row.is_empty()).collect();
            self.rows("", rows);
        }
    }

    /// Words, with white space folded.
    fn write(&mut self, text: &str) {
        let is_space = |c: char| matches!(c, ' ' | '\n' | '\r' | '\t' | '\x0C');
        let text = allowed(text);
        if self.paragraph.is_none() && text.chars().all(is_space) {
            return;
        }
        self.need();
        let mut words = String::with_capacity(text.len() + 1);
        if let Some(paragraph) = &mut self.paragraph {
            for c in text.chars() {
                if is_space(c) {
                    paragraph.space |= paragraph.has_text;
                } else {
                    if std::mem::take(&mut paragraph.space) {
                        words.push(' ');
                    }
                    paragraph.has_text = true;
                    words.push(c);
                }
            }
        }
        // The space in front of a link is not part of it.
        if let Some(rest) = words.strip_prefix(' ')
            && let Some(link) = self.link.take()
        {
            self.run(" ");
            self.link = Some(link);
            return self.run(rest);
        }
        self.run(&words);
    }

    /// Text as it is.
    fn raw(&mut self, text: &str) {
        self.need();
        self.run(&allowed(text));
    }

    fn run(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(cell) = self.table.as_mut().and_then(|table| table.cell.as_mut()) {
            cell.length += text.chars().count();
        }
        let mut xml = format!("<w:r>{}<w:t xml:space=\"preserve\">", self.face(text));
        escape_into(text, &mut xml);
        xml += "</w:t></w:r>";
        if let Some(link) = &self.link {
            xml = format!("<w:hyperlink {link}>{xml}</w:hyperlink>");
        }
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.runs += &xml;
        }
    }

    /// How a run is set, in the order that the format demands.
    fn face(&self, text: &str) -> String {
        let Face { bold, italic, code, strike, raised, lowered } = self.face;
        let cell = self.table.as_ref().and_then(|table| table.cell.as_ref());
        let is_header = cell.is_some_and(|cell| cell.is_header);
        let properties = [
            (self.link.is_some(), "<w:rStyle w:val=\"Hyperlink\"/>"),
            (code > 0, "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Consolas\"/>"),
            (bold > 0 || is_header, "<w:b/><w:bCs/>"),
            (italic > 0, "<w:i/><w:iCs/>"),
            (strike > 0, "<w:strike/>"),
            (raised > 0, "<w:vertAlign w:val=\"superscript\"/>"),
            (lowered > 0 && raised == 0, "<w:vertAlign w:val=\"subscript\"/>"),
            (self.right_to_left && text.contains(is_right_to_left), "<w:rtl/>"),
        ];
        let properties: String = properties.iter().filter(|(is, _)| *is).map(|(_, xml)| *xml).collect();
        if properties.is_empty() { properties } else { format!("<w:rPr>{properties}</w:rPr>") }
    }

    fn line_break(&mut self) {
        self.need();
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.runs += "<w:r><w:br/></w:r>";
            paragraph.space = false;
        }
    }

    fn mark_of(&mut self, id: &str) -> usize {
        let next = self.marks.len() + 1;
        *self.marks.entry(id.to_owned()).or_insert(next)
    }

    /// The attribute of a link: to a bookmark, or to a relation of the document.
    fn reference(&mut self, href: &str) -> String {
        if let Some(fragment) = href.strip_prefix('#') {
            let mark = self.mark_of(fragment);
            return format!("w:anchor=\"_Ref{mark}\"");
        }
        let target = if href.starts_with('/') { format!("{}{href}", self.host) } else { href.to_owned() };
        let target = allowed(&target).into_owned();
        let at = match self.links.iter().position(|known| *known == target) {
            Some(at) => at,
            None => {
                self.links.push(target);
                self.links.len() - 1
            }
        };
        format!("r:id=\"link{at}\"")
    }
}

/// Letters of Hebrew, Arabic and the scripts beside them.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

/// Widths of columns that fill the text, by what stands in them.
fn widths(rows: &[Vec<Cell>], columns: usize) -> Vec<usize> {
    let wish = |column: usize| {
        let longest = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.length).max();
        longest.unwrap_or(0).clamp(10, 45) + 4
    };
    let wishes: Vec<usize> = (0..columns).map(wish).collect();
    let all: usize = wishes.iter().sum::<usize>().max(1);
    wishes.iter().map(|wish| (wish * WIDTH / all).max(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(html: &str) -> String {
        let mut story = Story::new("https://example.org", false);
        story.html(html);
        story.finish().0
    }

    #[test]
    fn white_space_is_folded_across_elements() {
        let xml = written("<p> One <strong>two </strong>\n three</p>");
        assert!(xml.contains(">One</w:t>"), "{xml}");
        assert!(xml.contains("> two</w:t>") && xml.contains("> three</w:t>"), "{xml}");
    }

    #[test]
    fn lists_in_lists_have_levels_and_one_mark_an_item() {
        let xml = written("<ul><li><p>a</p><p>b</p><ol start=\"3\"><li>c</li></ol></li></ul>");
        assert_eq!(xml.matches("<w:numPr>").count(), 2, "{xml}");
        assert!(xml.contains("<w:ilvl w:val=\"1\"/><w:numId w:val=\"2\"/>"), "{xml}");
    }

    #[test]
    fn broken_html_is_text_and_ends() {
        for html in
            ["</p></ul></table></td>", "<td>x", "<table><tr><td>x", "<ul><li>", "<svg><desc>x", "<a href>y"]
        {
            let xml = written(html);
            assert_eq!(xml.matches("<w:p>").count(), xml.matches("</w:p>").count(), "{html}: {xml}");
        }
        assert!(!written("<p>a\u{1}b</p>").contains('\u{1}'));
    }

    #[test]
    fn tables_side_by_side_stay_two() {
        let table = "<div><table><tr><th>a</th></tr><tr><td>b</td></tr></table></div>";
        let xml = written(&table.repeat(2));
        assert!(!xml.contains("</w:tbl><w:tbl>"), "{xml}");
    }

    #[test]
    fn text_from_right_to_left_is_marked() {
        let mut story = Story::new("https://example.org", true);
        story.html("<p>\u{645}\u{631} <a href=\"/cy/\">T\u{177}</a></p>");
        let (xml, links, _) = story.finish();
        assert_eq!((xml.matches("<w:bidi/>").count(), xml.matches("<w:rtl/>").count()), (1, 1), "{xml}");
        assert_eq!(links, ["https://example.org/cy/"]);
        assert!(xml.contains("<w:t xml:space=\"preserve\"> </w:t></w:r><w:hyperlink"), "{xml}");
    }

    #[test]
    fn a_picture_is_its_description() {
        let xml = written(
            "<figure><svg><title>T</title><desc>Nine of ten.</desc><text>9</text></svg><figcaption>Figure 1</figcaption></figure>",
        );
        assert!(xml.contains("Nine of ten.") && xml.contains("Figure 1") && !xml.contains(">9<"), "{xml}");
    }
}
