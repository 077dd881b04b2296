//! Running text -> its HTML, and the same words for those who read them by themselves: headings, images, the check of
//! prose.

use super::Writer;
use crate::html::escape_into;
use crate::markdown::{Places, Prose};

impl Writer<'_, '_> {
    /// Running text that stands in the source from a byte on.
    pub(super) fn plain(&mut self, text: &str, at: usize) {
        self.note_text(text);
        self.note_prose(text, at);
        if self.image.is_none() {
            escape_into(text, self.html());
        }
    }

    /// A block begins whose text is read by itself.
    pub(super) fn start_prose(&mut self, is_cell: bool) {
        if !matches!(self.source.places, Places::From(_)) {
            return;
        }
        if self.prose.last().is_none_or(|prose| !prose.text.is_empty()) {
            self.prose.push(Prose::default());
        }
        if let Some(prose) = self.prose.last_mut() {
            prose.is_cell = is_cell;
        }
    }

    pub(super) fn note_prose(&mut self, text: &str, at: usize) {
        let Places::From(offset) = self.source.places else { return };
        if self.image.is_none()
            && let Some(prose) = self.prose.last_mut()
        {
            prose.places.push((prose.text.len(), at + offset));
            prose.text.push_str(text);
        }
    }

    pub(super) fn note_gap(&mut self) {
        if let Some(prose) = self.prose.last_mut() {
            prose.text.push(Prose::GAP);
        }
    }

    /// Text that is also a heading's or an image's.
    pub(super) fn note_text(&mut self, text: &str) {
        if let Some((heading, _)) = &mut self.heading {
            heading.text.push_str(text);
        }
        if let Some((_, alt, _)) = &mut self.image {
            alt.push_str(text);
        }
    }
}
