//! `colours:` of `site.yaml` -> a site's own colours, refused where they would be too faint.
//!
//! Contrast is computed as WCAG 2.2 defines it (relative luminance of sRGB); text needs 4.5 to 1 on the paper.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Spanned;
use crate::yaml::{self, Node};

/// The paper of the default theme, which the colours stand on.
const PAPER: Rgb = Rgb([0xfd, 0xfc, 0xfa]);
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
        let Some(fields) = yaml::fields(node, "colours", &["accent", "mentee", "mentor"], found) else {
            return Colours::default();
        };
        let mut colour = |key: &str| {
            fields.get(key).and_then(|node| yaml::text(node, found)).and_then(|typed| check(&typed, found))
        };
        Colours { accent: colour("accent"), mentee: colour("mentee"), mentor: colour("mentor") }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Rgb([u8; 3]);

impl Rgb {
    fn read(text: &str) -> Option<Rgb> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Rgb([part(0)?, part(2)?, part(4)?]))
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b] = self.0.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn contrast(self, other: Rgb) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The same colour made darker in steps of a hundredth until it can be read on the paper.
    fn readable(self) -> Rgb {
        (0..=100_u16)
            .map(|step| {
                Rgb(self.0.map(|channel| u8::try_from(u16::from(channel) * (100 - step) / 100).unwrap_or(0)))
            })
            .find(|colour| colour.contrast(PAPER) >= NEEDED)
            .unwrap_or(Rgb([0, 0, 0]))
    }
}

impl std::fmt::Display for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
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
            .help(format!("the nearest that can be read is \"{}\"", colour.readable())),
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
        assert!(faint.contrast(PAPER) < NEEDED && faint.readable().contrast(PAPER) >= NEEDED);
    }
}
