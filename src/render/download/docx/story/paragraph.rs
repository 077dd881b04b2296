//! Words, and how they are set -> `w:p` with its runs, links and bookmarks.

use super::Story;
use crate::html::escape_into;
use crate::render::xml::allowed;

/// A paragraph that is being written.
#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) properties: String,
    pub(super) runs: String,
    pub(super) has_text: bool,
    /// White space that is due before the next word.
    pub(super) space: bool,
}

/// A list that is open: the number of its numbering and its depth; whether an item still needs its mark.
pub(super) struct List {
    pub(super) numbering: usize,
    pub(super) unmarked: bool,
}

/// How the text at hand is set.
#[derive(Default)]
pub(super) struct Face {
    pub(super) bold: usize,
    pub(super) italic: usize,
    pub(super) code: usize,
    pub(super) strike: usize,
    pub(super) raised: usize,
    pub(super) lowered: usize,
}

impl Story<'_> {
    /// Begins a paragraph, ending the one before it.
    pub(super) fn begin(&mut self, style: &str) {
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

    pub(super) fn end(&mut self) {
        let Some(paragraph) = self.paragraph.take() else { return };
        let xml = format!("<w:p><w:pPr>{}</w:pPr>{}</w:p>", paragraph.properties, paragraph.runs);
        match self.table.as_mut().and_then(|table| table.cell.as_mut()) {
            Some(cell) => cell.xml += &xml,
            None => self.xml += &xml,
        }
    }

    /// Words, with white space folded.
    pub(super) fn write(&mut self, text: &str) {
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
    pub(super) fn raw(&mut self, text: &str) {
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

    pub(super) fn line_break(&mut self) {
        self.need();
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.runs += "<w:r><w:br/></w:r>";
            paragraph.space = false;
        }
    }

    pub(super) fn mark_of(&mut self, id: &str) -> usize {
        let next = self.marks.len() + 1;
        *self.marks.entry(id.to_owned()).or_insert(next)
    }

    /// The attribute of a link: to a bookmark, or to a relation of the document.
    pub(super) fn reference(&mut self, href: &str) -> String {
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
