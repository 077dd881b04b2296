//! What many pages show -> rendered once, and kept once.
//!
//! 1. A part is a template of its own: the header, the lists of the directory, somebody's entry in them;
//! 2. while a page is rendered, a mark stands in for it ([`Slots::put`]);
//! 3. the page is put together from its own bytes and the parts ([`Slots::fill`]).

use crate::output::Bytes;
use std::sync::Arc;

/// Marks stand between these: noncharacters, which Unicode sets aside for a program's own use and no text has.
const OPEN: char = '\u{FDD0}';
const CLOSE: char = '\u{FDD1}';

/// A piece of HTML that many pages show.
#[derive(Clone, Debug)]
pub(super) struct Part(Arc<str>);

impl Part {
    /// White space around it is of no account.
    pub(super) fn new(html: &str) -> Part {
        Part(html.trim().into())
    }
}

/// The parts of one page.
#[derive(Default)]
pub(super) struct Slots(Vec<Part>);

impl Slots {
    /// Takes a part; gives what the template is to print in its place. No filter for HTML changes it.
    pub(super) fn put(&mut self, part: Part) -> String {
        self.0.push(part);
        format!("{OPEN}{}{CLOSE}", self.0.len() - 1)
    }

    /// A rendered page -> its bytes, parts included. A part may be printed once, often or not at all.
    pub(super) fn fill(&self, page: &str) -> Bytes {
        let mut shared = Vec::new();
        let mut own = Vec::with_capacity(page.len());
        let mut rest = page;
        while let Some(open) = rest.find(OPEN) {
            own.extend_from_slice(&rest.as_bytes()[..open]);
            let mark = &rest[open + OPEN.len_utf8()..];
            let (number, after) = mark.split_once(CLOSE).unwrap_or((mark, ""));
            if let Some(part) = number.parse().ok().and_then(|number: usize| self.0.get(number)) {
                shared.push((own.len(), Arc::clone(&part.0).into()));
            }
            rest = after;
        }
        own.extend_from_slice(rest.as_bytes());
        Bytes::shared(own, shared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_where_they_were_printed() {
        let mut slots = Slots::default();
        let (a, b) = (slots.put(Part::new("<i>A</i>\n")), slots.put(Part::new("B")));
        let page = format!("<p>{b}{a} {}</p>", crate::html::escape(&b));
        assert_eq!(slots.fill(&page).whole(), b"<p>B<i>A</i> B</p>".as_slice());
        assert_eq!(Slots::default().fill("as it is").whole(), b"as it is".as_slice());
    }
}
