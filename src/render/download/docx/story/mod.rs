//! The finished HTML of a report's text -> WordprocessingML, paragraph by paragraph: `html` reads elements, `paragraph`
//! writes words and how they are set, `table` rows of cells.
//!
//! The HTML is our own, so it is well-formed; of what is not, nothing is lost but its form. Blocks that are open when
//! a piece of HTML ends (a box with a table in it) stay open for the next.

mod html;
mod paragraph;
mod table;

pub(super) use table::Cell;

use paragraph::{Face, List, Paragraph};
use std::collections::BTreeMap;
use table::Table;

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
