//! The panels of each kind of figure -> shapes and the values printed at them.

use super::{Canvas, Fill, HIDDEN, em, percent};
use crate::evaluation::{FigureGroup, FigureKind, FigureRow, Mark, Panel, Side};
use std::fmt::Write;

/// Where bars end and their values begin, in thousandths of the width.
const BAR: u32 = 600;
const VALUE: u32 = 625;
/// The height of a bar and of the line that it stands in.
const THICK: u32 = 100;
const STEP: u32 = 130;

/// Of a Likert figure: the line that both sides begin at, and where the neutral share begins. Each has the same room.
const ZONE: u32 = 310;
const APART: u32 = 690;
/// The height of its bars, which are shorter than others.
const SIDES: u32 = 140;

/// Where a scale begins and how long it is, so that a dot at its end is not cut.
const SCALE: u32 = 20;
const LENGTH: u32 = 960;

impl Canvas<'_> {
    /// Labels above their bars; a bar for each group, in a frame that is as long as everyone who answered.
    pub(super) fn bars(&mut self, kind: FigureKind, panel: &Panel) {
        if kind != FigureKind::Flow {
            self.key(panel);
        }
        for row in &panel.rows {
            self.bars_of(kind, panel, row);
        }
    }

    /// An answer, and a bar for each group.
    pub(super) fn bars_of(&mut self, kind: FigureKind, panel: &Panel, row: &FigureRow) {
        self.lines("chart-label", &row.label);
        for (group, mark) in panel.groups.iter().zip(&row.marks) {
            let length = match mark {
                Mark::Count { count, of, .. } => Some(share(*count, *of, BAR)),
                Mark::Place { thousandths, .. } => Some(share(*thousandths, 1000, BAR)),
                Mark::Hidden(_) => {
                    self.swatch(&Fill::Pattern("hidden"), HIDDEN, 10, THICK);
                    None
                }
                Mark::Mentioned(_) | Mark::Absent(_) => None,
            };
            if let Some(length) = length {
                let is_rest = matches!(kind, FigureKind::Split | FigureKind::Trend);
                let rest = if is_rest { "chart-rest" } else { "chart-frame" };
                self.rect(&Fill::Class(rest), 0, BAR, 10, THICK);
                if length > 0 {
                    self.rect(&Fill::of(group), 0, length, 10, THICK);
                }
            }
            self.value(mark);
            self.y += STEP;
        }
        self.y += 45;
    }

    fn value(&mut self, mark: &Mark) {
        let class = if is_number(mark) { "chart-value" } else { "chart-words" };
        self.beside(class, VALUE, mark.words().as_str());
    }

    /// For each group its points to both sides of a line, from the inside out, the neutral ones apart, and below them a
    /// line for each point that names it and says its value.
    pub(super) fn likert(&mut self, panel: &Panel) {
        for (at, group) in panel.groups.iter().enumerate() {
            if at > 0 {
                self.y += 60;
            }
            let label = self.group(group);
            self.lines("chart-label", &label);
            let y = [em(self.y), em(self.y + SIDES + 60)];
            for x in [ZONE, APART] {
                let x = percent(x);
                let [from, to] = &y;
                let _ = write!(
                    self.body,
                    "<line class=\"chart-axis\" x1=\"{x}\" x2=\"{x}\" y1=\"{from}\" y2=\"{to}\"/>"
                );
            }
            // Before the middle, what is nearest to it comes first.
            let of_side = |side: Side| panel.rows.iter().filter(move |row| row.side == side);
            self.side(of_side(Side::Against).rev(), at, |used, length| ZONE.saturating_sub(used + length));
            self.side(of_side(Side::For), at, |used, _| ZONE + used);
            self.side(of_side(Side::Neutral), at, |used, _| APART + used);
            self.y += SIDES + 80;
            for row in &panel.rows {
                let Some(mark) = row.marks.get(at) else { continue };
                let fill = match mark {
                    Mark::Hidden(_) => Some(Fill::Pattern("hidden")),
                    Mark::Absent(_) => None,
                    _ => Some(point(&panel.rows, row)),
                };
                if let Some(fill) = fill {
                    self.swatch(&fill, 100, 25, 80);
                }
                let places = [("row", row.label.as_str()), ("value", mark.words().as_str())];
                let words = self.interface.say("figure.point", &places);
                self.indented(if is_number(mark) { "chart-value" } else { "chart-words" }, 150, &words);
            }
        }
    }

    /// The points of a side, one beside the other. One without a number takes no room.
    fn side<'r>(
        &mut self,
        rows: impl Iterator<Item = &'r FigureRow>,
        group: usize,
        start: impl Fn(u32, u32) -> u32,
    ) {
        let mut used = 0;
        for (at, row) in rows.enumerate() {
            let length = match row.marks.get(group) {
                Some(Mark::Count { count, of, .. }) => share(*count, *of, ZONE),
                Some(Mark::Place { thousandths, .. }) => share(*thousandths, 1000, ZONE),
                _ => 0,
            };
            if length > 0 {
                self.rect(&shade(row.side, at), start(used, length), length, 30, SIDES);
                used += length;
            }
        }
    }

    /// For each group a scale with a dot at its mean; the ends of the scale stand below the last.
    pub(super) fn dots(&mut self, panel: &Panel) {
        self.dotted(panel, |canvas, _, group| canvas.group(group));
    }

    /// A line of dots for each mark, under the label that it has.
    fn dotted(&mut self, panel: &Panel, label: impl Fn(&Self, &FigureRow, &FigureGroup) -> String) {
        let marks = panel
            .rows
            .iter()
            .flat_map(|row| panel.groups.iter().zip(&row.marks).map(move |(group, mark)| (row, group, mark)));
        for (row, group, mark) in marks {
            let label = label(self, row, group);
            let places = [("row", label.as_str()), ("value", mark.words().as_str())];
            let words = self.interface.say("figure.point", &places);
            self.lines("chart-label", &words);
            match mark {
                Mark::Place { thousandths, .. } => self.dot(panel, group, *thousandths),
                Mark::Hidden(_) => self.swatch(&Fill::Pattern("hidden"), HIDDEN, 5, THICK),
                Mark::Count { .. } | Mark::Mentioned(_) | Mark::Absent(_) => {}
            }
            self.y += STEP;
        }
        if let Some((from, to)) = panel.scale {
            self.beside("chart-end", SCALE, &from.to_string());
            self.beside("chart-end chart-last", SCALE + LENGTH, &to.to_string());
            self.y += STEP;
        }
    }

    /// For each edition its label and a bar, or a dot on the scale; the group's key above all of them.
    pub(super) fn trend(&mut self, panel: &Panel) {
        if panel.scale.is_none() {
            return self.bars(FigureKind::Trend, panel);
        }
        self.key(panel);
        self.dotted(panel, |_, row, _| row.label.clone());
    }

    /// A scale with a mark at each whole number, and a dot on it.
    fn dot(&mut self, panel: &Panel, group: &FigureGroup, thousandths: u32) {
        let middle = self.y + 55;
        let (y, from, to) = (em(middle), percent(SCALE), percent(SCALE + LENGTH));
        let _ =
            write!(self.body, "<line class=\"chart-axis\" x1=\"{from}\" x2=\"{to}\" y1=\"{y}\" y2=\"{y}\"/>");
        if let Some((first, last)) = panel.scale.filter(|(from, to)| to - from <= 20) {
            let (from, to) = (em(middle - 20), em(middle + 20));
            for tick in 0..=last - first {
                let x = percent(SCALE + share(tick, last - first, LENGTH));
                let _ = write!(
                    self.body,
                    "<line class=\"chart-axis\" x1=\"{x}\" x2=\"{x}\" y1=\"{from}\" y2=\"{to}\"/>"
                );
            }
        }
        let x = percent(SCALE + share(thousandths, 1000, LENGTH));
        let fill = Fill::of(group).attributes(self.id);
        let _ = write!(self.body, "<circle {fill} cx=\"{x}\" cy=\"{y}\" r=\"0.5em\"/>");
    }
}

/// A part of a length, rounded half up.
fn share(part: u32, whole: u32, length: u32) -> u32 {
    if whole == 0 {
        return 0;
    }
    let (part, whole, length) = (u64::from(part.min(whole)), u64::from(whole), u64::from(length));
    u32::try_from((2 * part * length + whole) / (2 * whole)).unwrap_or(0)
}

fn is_number(mark: &Mark) -> bool {
    matches!(mark, Mark::Count { .. } | Mark::Place { .. })
}

/// What a point is drawn in: patterned next to the middle, solid further out.
fn point(rows: &[FigureRow], row: &FigureRow) -> Fill {
    let of_side: Vec<&FigureRow> = rows.iter().filter(|other| other.side == row.side).collect();
    let place = of_side.iter().position(|other| std::ptr::eq(*other, row)).unwrap_or(0);
    shade(row.side, if row.side == Side::Against { of_side.len() - 1 - place } else { place })
}

fn shade(side: Side, from_middle: usize) -> Fill {
    match (side, from_middle) {
        (Side::Neutral, _) => Fill::Class("chart-neutral"),
        (Side::Against, 0) => Fill::Pattern("against"),
        (Side::Against, _) => Fill::Class("chart-against"),
        (Side::For, 0) => Fill::Pattern("for"),
        (Side::For, _) => Fill::Class("chart-for"),
    }
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_bar_is_as_long_as_its_share_of_those_who_answered() {
        assert_eq!(share(5, 10, 600), 300);
        assert_eq!(share(1, 3, 600), 200);
        assert_eq!(share(2, 3, 100), 67);
        assert_eq!([share(0, 9, 600), share(9, 9, 600), share(1, 0, 600)], [0, 600, 0]);
    }
}
