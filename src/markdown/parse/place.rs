//! A directive as it was read -> a piece, where one may stand; a finding elsewhere.

use super::Writer;
use super::table::Container;
use crate::diagnostic::Code;
use crate::markdown::Piece;
use crate::markdown::directive::{self, Block, Candidate};
use std::ops::Range;

impl Writer<'_, '_> {
    /// The paragraph that is a block directive and nothing else; `true` if it was taken as such.
    pub(super) fn block_directive(&mut self, range: &Range<usize>) -> bool {
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

    /// The next candidate that begins in this stretch of running text; those that begin before it lie in code
    /// or elsewhere and are dropped.
    pub(super) fn candidate(&mut self, range: Range<usize>) -> Option<Candidate> {
        while self.candidates.peek().is_some_and(|candidate| candidate.range.start < range.start) {
            self.candidates.next();
        }
        self.candidates.next_if(|candidate| range.contains(&candidate.range.start))
    }

    pub(super) fn inline_directive(&mut self, candidate: Candidate) {
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
}
