//! Themes of a free text -> bars where a number is published, and frames where it is only said that somebody spoke of it.
//!
//! All frames of a drawing are of one size, whatever stands in them, so that nothing can be read from it.

use super::{Canvas, Drawing, LINE, em, text};
use crate::evaluation::{FigureKind, FigureRow, Mark, Panel, PublishedFigure};
use crate::theme::Interface;
use std::fmt::Write;

/// From the edge of a frame to its text, and between two frames.
const PADDING: u32 = 50;
const GAP: u32 = 40;

/// A drawing for each panel, so that they can stand side by side and paper can be turned between them.
pub(super) fn beside(figure: &PublishedFigure, id: &str, caption: &str, interface: &Interface) -> String {
    let tallest = tallest(&figure.panels);
    let mut html = String::from("<div class=\"chart-panels\">\n");
    for (at, panel) in figure.panels.iter().enumerate() {
        let places = [("caption", caption), ("panel", panel.title.as_str())];
        let title = interface.say("figure.part", &places);
        let panels = std::slice::from_ref(panel);
        let drawing = Drawing { kind: figure.kind, panels, titled: true, tallest };
        html += &drawing.svg(&format!("{id}-{}", at + 1), &title, interface);
    }
    html + "</div>\n"
}

/// The lines of the longest label in a frame.
pub(super) fn tallest(panels: &[Panel]) -> u32 {
    let framed = panels.iter().flat_map(|panel| panel.rows.iter().filter(|row| is_framed(row)));
    let lines = framed.map(|row| text::wrap(&row.label, text::WIDTH).len());
    u32::try_from(lines.max().unwrap_or(0)).unwrap_or(u32::MAX)
}

/// Whether all that is known of a theme is that somebody of the only group spoke of it.
fn is_framed(row: &FigureRow) -> bool {
    matches!(row.marks[..], [Mark::Mentioned(_)])
}

impl Canvas<'_> {
    /// The themes of a panel; a frame has room for `lines` lines.
    pub(super) fn themes(&mut self, panel: &Panel, lines: u32) {
        if panel.rows.iter().any(|row| !is_framed(row)) {
            self.key(panel);
        }
        for row in &panel.rows {
            if is_framed(row) {
                self.framed(&row.label, lines);
            } else {
                self.bars_of(FigureKind::Themes, panel, row);
            }
        }
    }

    fn framed(&mut self, label: &str, lines: u32) {
        let height = lines * LINE + 2 * PADDING;
        let (y, width) = (em(self.y), em(text::WIDTH + 2 * PADDING));
        let _ = write!(
            self.body,
            "<rect class=\"chart-label-frame\" x=\"0\" y=\"{y}\" width=\"{width}\" height=\"{}\"/>",
            em(height)
        );
        let (top, own) = (self.y, text::wrap(label, text::WIDTH).len());
        // A shorter label stands in the middle of its frame.
        let own = u32::try_from(own).unwrap_or(lines).min(lines);
        self.y += PADDING + (lines - own) * LINE / 2;
        self.indented_to("chart-label", PADDING, label, text::WIDTH);
        self.y = top + height + GAP;
    }
}
