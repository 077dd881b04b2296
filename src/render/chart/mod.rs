//! A [`PublishedFigure`] -> an inline SVG and its words, the same bytes every time.
//!
//! Lengths across are shares of the width, and lengths down are multiples of the text's size, so that one drawing serves
//! a phone and a page: text is never scaled. Numbers are integers: thousandths across, hundredths of an em down.
//! What is hidden is an outline of one length with its words, and the words stand where all values stand.

mod kinds;
mod text;
mod themes;

use crate::evaluation::{FigureGroup, FigureKind, Mark, Panel, PublishedFigure};
use crate::html::escape;
use crate::theme::Interface;
use std::fmt::Write;

/// Draws a figure; ids within it begin with the figure's.
pub(super) fn draw(figure: &PublishedFigure, id: &str, caption: &str, interface: &Interface) -> String {
    if figure.kind == FigureKind::Themes && figure.panels.len() > 1 {
        return themes::beside(figure, id, caption, interface);
    }
    Drawing::whole(figure).svg(id, caption, interface)
}

/// Everything that a figure says, in sentences.
pub(super) fn description(figure: &PublishedFigure, interface: &Interface) -> String {
    Drawing::whole(figure).description(interface)
}

/// What stands in one drawing.
struct Drawing<'f> {
    kind: FigureKind,
    panels: &'f [Panel],
    /// Each panel says what it is of.
    titled: bool,
    /// Lines that a frame has room for.
    tallest: u32,
}

impl<'f> Drawing<'f> {
    /// All panels of a figure, one below the other.
    fn whole(figure: &'f PublishedFigure) -> Drawing<'f> {
        Drawing {
            kind: figure.kind,
            panels: &figure.panels,
            titled: figure.panels.len() > 1 && figure.kind != FigureKind::Trend,
            tallest: themes::tallest(&figure.panels),
        }
    }

    fn svg(&self, id: &str, title: &str, interface: &Interface) -> String {
        let mut canvas = Canvas { id, interface, body: String::new(), y: 0 };
        for (at, panel) in self.panels.iter().enumerate() {
            if at > 0 {
                canvas.y += PANEL_GAP;
            }
            if self.titled {
                // Bold letters are wider.
                canvas.indented_to("chart-title", 0, &panel.title, text::WIDTH * 9 / 10);
                canvas.y += 20;
            }
            match self.kind {
                FigureKind::Bars | FigureKind::Split | FigureKind::Flow => canvas.bars(self.kind, panel),
                FigureKind::Likert => canvas.likert(panel),
                FigureKind::Dots => canvas.dots(panel),
                FigureKind::Themes => canvas.themes(panel, self.tallest),
                FigureKind::Trend => canvas.trend(panel),
            }
        }
        let mut svg = String::new();
        let (height, id) = (em(canvas.y), escape(id));
        let _ = write!(
            svg,
            "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" width=\"100%\" height=\"{height}\">\
             <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
            escape(title),
            escape(&self.description(interface)),
        );
        svg.push_str(&patterns(&id, &canvas.body));
        svg.push_str(&canvas.body);
        svg.push_str("</svg>\n");
        svg
    }

    /// Everything that the drawing says, in sentences.
    fn description(&self, interface: &Interface) -> String {
        let lead = match self.kind {
            FigureKind::Bars => "figure.bars",
            FigureKind::Likert => "figure.likert",
            FigureKind::Dots => "figure.dots",
            FigureKind::Split => "figure.split",
            FigureKind::Flow => "figure.flow",
            FigureKind::Themes => "figure.themes",
            FigureKind::Trend => "figure.trend",
        };
        let mut sentences = vec![interface.say(lead, &[])];
        for panel in self.panels {
            if self.panels.len() > 1 || self.kind == FigureKind::Trend {
                sentences.push(interface.say("figure.panel", &[("title", panel.title.as_str())]));
            }
            if let Some((from, to)) = panel.scale {
                let ends = [("from", from.to_string()), ("to", to.to_string())];
                let places = ends.each_ref().map(|(key, end)| (*key, end.as_str()));
                sentences.push(interface.say("figure.scale", &places));
            }
            for row in &panel.rows {
                let mark = |(group, mark): (&FigureGroup, &Mark)| {
                    // That somebody of the only group spoke of a theme needs no name of the group; of a flow there are
                    // only people, and over time the panel is the group's.
                    let alone = matches!(mark, Mark::Mentioned(_)) && panel.groups.len() == 1;
                    if matches!(self.kind, FigureKind::Flow | FigureKind::Trend) || alone {
                        return mark.words().to_string();
                    }
                    // A count says of how many it is; of a percentage or a mean that must be said.
                    let label = match mark {
                        Mark::Place { .. } => group_words(group, interface),
                        _ => group.label.clone(),
                    };
                    interface.say("figure.mark", &[("group", &label), ("value", mark.words().as_str())])
                };
                let marks: Vec<String> = panel.groups.iter().zip(&row.marks).map(mark).collect();
                sentences
                    .push(interface.say("figure.row", &[("row", &row.label), ("marks", &marks.join("; "))]));
            }
        }
        sentences.join(" ")
    }
}

/// What is said below a figure.
pub(super) fn notes(figure: &PublishedFigure, interface: &Interface) -> Vec<String> {
    let absences = figure.absences.iter().map(|absence| interface.say(absence.note(), &[]));
    figure.notes.iter().cloned().chain(absences).collect()
}

/// Between two panels, and the height of a line of text, in hundredths of an em.
const PANEL_GAP: u32 = 90;
const LINE: u32 = 135;
/// From the top of a line to its baseline.
const BASELINE: u32 = 100;
/// The same of a value beside its bar.
const BESIDE: u32 = 93;
/// The length of what stands for something hidden, whatever it is.
const HIDDEN: u32 = 500;

/// The patterns that a drawing is filled with besides colours.
fn patterns(id: &str, drawn: &str) -> String {
    let stripe = "<path class=\"chart-stripe\" d=\"M0 0V6\"/>";
    let spot = "<circle class=\"chart-spot\" cx=\"3\" cy=\"3\" r=\"1.5\"/>";
    let hatch = "<path class=\"chart-hatch\" d=\"M0 0V6\"/>";
    let all = [
        ("second", 45, "chart-second", stripe),
        ("third", 0, "chart-third", spot),
        ("against", 135, "chart-against", stripe),
        ("for", 45, "chart-for", stripe),
        ("hidden", 135, "chart-paper", hatch),
    ];
    let mut defined = String::new();
    for (name, turn, ground, mark) in all {
        if drawn.contains(&format!("url(#{id}-{name})")) {
            let _ = write!(
                defined,
                "<pattern id=\"{id}-{name}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate({turn})\">\
                 <rect class=\"{ground}\" width=\"6\" height=\"6\"/>{mark}</pattern>"
            );
        }
    }
    if defined.is_empty() { defined } else { format!("<defs>{defined}</defs>") }
}

fn group_words(group: &FigureGroup, interface: &Interface) -> String {
    match &group.n {
        Some(n) => interface.say("figure.group", &[("group", group.label.as_str()), ("n", n.as_str())]),
        None => group.label.clone(),
    }
}

/// A drawing that grows downwards.
struct Canvas<'a> {
    id: &'a str,
    interface: &'a Interface,
    body: String,
    /// Where the next thing begins.
    y: u32,
}

impl Canvas<'_> {
    /// Text that begins at the left edge, as many lines as it needs.
    fn lines(&mut self, class: &str, text: &str) {
        self.indented(class, 0, text);
    }

    /// Text that begins some way in.
    fn indented(&mut self, class: &str, indent: u32, text: &str) {
        self.indented_to(class, indent, text, text::WIDTH - indent);
    }

    /// Text that begins some way in, in lines of a width.
    fn indented_to(&mut self, class: &str, indent: u32, text: &str, width: u32) {
        for line in text::wrap(text, width) {
            let (x, y) = (em(indent), em(self.y + BASELINE));
            let _ = write!(self.body, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escape(&line));
            self.y += LINE;
        }
    }

    /// One line of text at a share of the width, beside what is drawn at `y`.
    fn beside(&mut self, class: &str, thousandths: u32, text: &str) {
        let (x, y) = (percent(thousandths), em(self.y + BESIDE));
        let _ = write!(self.body, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escape(text));
    }

    /// A rectangle from a share of the width to another, `top` below where the next thing begins.
    fn rect(&mut self, fill: &Fill, from: u32, length: u32, top: u32, height: u32) {
        let (x, width) = (percent(from), percent(length));
        let (y, height) = (em(self.y + top), em(height));
        let fill = fill.attributes(self.id);
        let _ = write!(self.body, "<rect {fill} x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>");
    }

    /// A small rectangle of a length that no value has a part in: a key, or what stands for something hidden.
    fn swatch(&mut self, fill: &Fill, length: u32, top: u32, height: u32) {
        let (y, width, height) = (em(self.y + top), em(length), em(height));
        let fill = fill.attributes(self.id);
        let _ = write!(self.body, "<rect {fill} x=\"0\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>");
    }

    /// "Mentees (n = 9)".
    fn group(&self, group: &FigureGroup) -> String {
        group_words(group, self.interface)
    }

    /// The groups of a panel, each with what it is drawn in.
    fn key(&mut self, panel: &Panel) {
        for group in &panel.groups {
            self.swatch(&Fill::of(group), 100, 25, 80);
            let label = self.group(group);
            self.indented("chart-key", 150, &label);
        }
        self.y += 40;
    }
}

/// What a shape is filled with: a class where a colour is enough, a pattern where it is not.
enum Fill {
    /// A class of the style sheet.
    Class(&'static str),
    /// A pattern of the figure's own.
    Pattern(&'static str),
}

impl Fill {
    /// The first group is solid, and every other has a pattern, also where it stands alone.
    fn of(group: &FigureGroup) -> Fill {
        match group.place {
            0 => Fill::Class("chart-first"),
            1 => Fill::Pattern("second"),
            _ => Fill::Pattern("third"),
        }
    }

    fn attributes(&self, id: &str) -> String {
        match self {
            Fill::Class(class) => format!("class=\"{class}\""),
            Fill::Pattern(name) => {
                format!("class=\"chart-patterned chart-{name}-edge\" fill=\"url(#{}-{name})\"", escape(id))
            }
        }
    }
}

/// Hundredths of an em as SVG writes them: `12.35em`.
fn em(hundredths: u32) -> String {
    match (hundredths / 100, hundredths % 100) {
        (0, 0) => "0".to_owned(),
        (whole, 0) => format!("{whole}em"),
        (whole, part) => format!("{whole}.{part:02}em"),
    }
}

/// Thousandths of the width as SVG writes them: `66.5%`.
fn percent(thousandths: u32) -> String {
    match (thousandths / 10, thousandths % 10) {
        (0, 0) => "0".to_owned(),
        (whole, 0) => format!("{whole}%"),
        (whole, part) => format!("{whole}.{part}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::{em, percent};

    #[test]
    fn lengths_are_written_without_rounding() {
        assert_eq!([em(0), em(100), em(1205)], ["0", "1em", "12.05em"]);
        assert_eq!([percent(0), percent(660), percent(333)], ["0", "66%", "33.3%"]);
    }
}
