//! `colours:` of `site.yaml` -> a site's own colours, refused where they would be too faint.
//!
//! Contrast is computed as WCAG 2.2 defines it (relative luminance of sRGB); text needs 4.5 to 1 on the paper.

use super::keys::COLOURS;
use crate::colour::Rgb;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Spanned;
use crate::yaml::{self, Node};

/// The paper of the default theme, which the colours stand on.
const PAPER: Rgb = Rgb::new([0xfd, 0xfc, 0xfa]);
const NEEDED: f64 = 4.5;

/// The colours a site sets itself; `#rrggbb`.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Colours {
    /// Links, headings, marks.
    pub accent: Option<String>,
    /// Mentees in charts.
    pub mentee: Option<String>,
    /// Mentors in charts.
    pub mentor: Option<String>,
}

impl Colours {
    pub(super) fn read(node: &Node, found: &mut Diagnostics) -> Colours {
        let Some(fields) = COLOURS.read(node, found) else { return Colours::default() };
        let mut colour = |key: &str| {
            fields.get(key).and_then(|node| yaml::text(node, found)).and_then(|typed| check(&typed, found))
        };
        Colours { accent: colour("accent"), mentee: colour("mentee"), mentor: colour("mentor") }
    }
}

fn check(typed: &Spanned<String>, found: &mut Diagnostics) -> Option<String> {
    let Some(colour) = Rgb::read(&typed.value) else {
        found.push(
            Diagnostic::new(Code::BadColour, typed.span, format!("`{}` is not a colour", typed.value)).help(
                "write # and six digits in quotes: \"#5b2a86\" (without quotes the # begins a comment)",
            ),
        );
        return None;
    };
    let contrast = colour.contrast(PAPER);
    if contrast < NEEDED {
        found.push(
            Diagnostic::new(
                Code::BadColour,
                typed.span,
                format!(
                    "{colour} is too faint on the paper: its contrast is {contrast:.1} to 1, text needs 4.5"
                ),
            )
            .help(format!("the nearest that can be read is \"{}\"", colour.readable_on(PAPER, NEEDED))),
        );
        return None;
    }
    Some(colour.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let contrast = Rgb::read("#5b2a86").expect("a colour").contrast(PAPER);
        assert!((contrast - 9.7).abs() < 0.1, "{contrast}");
        let faint = Rgb::read("#f2ad7e").expect("a colour");
        assert!(faint.contrast(PAPER) < NEEDED && faint.readable_on(PAPER, NEEDED).contrast(PAPER) >= NEEDED);
    }
}
