//! Footnotes -> their numbers where they are mentioned, and the list of them at the end.

use super::Writer;
use crate::markdown::Piece;

pub(super) struct Footnote {
    label: String,
    references: usize,
    pieces: Option<Vec<Piece>>,
}

impl Writer<'_, '_> {
    fn footnote(&mut self, label: &str) -> usize {
        if let Some(at) = self.footnotes.iter().position(|note| note.label == label) {
            return at;
        }
        self.footnotes.push(Footnote { label: label.to_owned(), references: 0, pieces: None });
        self.footnotes.len() - 1
    }

    pub(super) fn footnote_reference(&mut self, label: &str) {
        let at = self.footnote(label);
        self.footnotes[at].references += 1;
        let count = self.footnotes[at].references;
        let suffix = if count > 1 { format!("-{count}") } else { String::new() };
        // Notes are numbered in the order in which the source first mentions them.
        let number = at + 1;
        self.write(&format!("<sup class=\"footnote-ref\" id=\"fnref-{number}{suffix}\"><a href=\"#fn-{number}\">{number}</a></sup>"));
    }

    /// What follows is the footnote's, until it ends.
    pub(super) fn start_footnote(&mut self, label: &str) {
        self.buffers.push(Vec::new());
        let at = self.footnote(label);
        self.defining.push(at);
    }

    pub(super) fn end_footnote(&mut self) {
        let pieces = self.buffers.pop().unwrap_or_default();
        if let Some(at) = self.defining.pop() {
            self.footnotes[at].pieces.get_or_insert(pieces);
        }
    }

    pub(super) fn list_footnotes(&mut self) {
        let notes = std::mem::take(&mut self.footnotes);
        if notes.iter().all(|note| note.pieces.is_none()) {
            return;
        }
        self.write("<section class=\"footnotes\">\n<ol>\n");
        for (at, note) in notes.into_iter().enumerate() {
            let number = at + 1;
            self.write(&format!("<li id=\"fn-{number}\">"));
            self.append(note.pieces.unwrap_or_default());
            self.write("</li>\n");
        }
        self.write("</ol>\n</section>\n");
    }
}
