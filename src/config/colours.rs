//! `colours:` of `site.yaml` -> a site's own colours, and the rules that they come to behind a theme's.
//!
//! In light they are as typed, and `check` refuses what is too faint on the theme's paper. In the dark, where a colour for
//! white paper can hardly be seen, each is made lighter until it stands out as it must.

use super::keys::COLOURS;
use crate::colour::Rgb;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Span, Spanned};
use crate::theme::{Mode, Properties, Rule};
use crate::yaml::{self, Node};

/// The colours a site sets itself.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Colours([Option<Spanned<Rgb>>; 3]);

/// What each needs on its ground: text, and bars of charts.
const NEEDED: [f64; 3] = [4.5, 3.0, 3.0];

impl Colours {
    /// Links, headings and marks; mentees in charts; mentors in charts.
    pub const KEYS: [&str; 3] = ["accent", "mentee", "mentor"];

    pub(super) fn read(node: &Node, found: &mut Diagnostics) -> Colours {
        let Some(fields) = COLOURS.read(node, found) else { return Colours::default() };
        Colours(Colours::KEYS.map(|key| {
            let typed = fields.get(key).and_then(|node| yaml::text(node, found))?;
            read(&typed, found).map(|colour| Spanned::new(colour, typed.span))
        }))
    }

    fn each(&self) -> impl Iterator<Item = (&'static str, f64, &Spanned<Rgb>)> {
        let all = Colours::KEYS.into_iter().zip(NEEDED).zip(&self.0);
        all.filter_map(|((key, needed), colour)| Some((key, needed, colour.as_ref()?)))
    }

    /// Where a colour is typed, by its key or by the name of its custom property.
    pub fn span_of(&self, name: &str) -> Option<Span> {
        let name = name.trim_start_matches('-');
        self.each().find(|(key, ..)| *key == name).map(|(.., colour)| colour.span)
    }

    /// Rules to stand behind those of a theme. They leave its paper prints alone.
    pub fn css(&self, theme: &[Rule]) -> String {
        let properties = |list: &[(&str, Rgb)]| {
            list.iter().map(|(key, colour)| format!("--{key}:{colour};")).collect::<String>()
        };
        let light: Vec<(&str, Rgb)> = self.each().map(|(key, _, colour)| (key, colour.value)).collect();
        if light.is_empty() {
            return String::new();
        }
        let mut css = format!(":root{{{}}}\n", properties(&light));
        let (day, night) = (Properties::of(theme, Mode::Light), Properties::of(theme, Mode::Dark));
        if night.colour("paper") != day.colour("paper")
            && let Some(paper) = night.colour("paper")
        {
            let grounds = [Some(paper), night.colour("tint")];
            let lit = |colour: Rgb, needed| {
                grounds
                    .into_iter()
                    .flatten()
                    .fold(colour, |colour, ground| colour.readable_on(ground, needed))
            };
            let dark: Vec<(&str, Rgb)> =
                self.each().map(|(key, needed, colour)| (key, lit(colour.value, needed))).collect();
            css.push_str(&format!(
                "@media screen and (prefers-color-scheme:dark){{html:root{{{}}}}}\n",
                properties(&dark)
            ));
        }
        css
    }
}

fn read(typed: &Spanned<String>, found: &mut Diagnostics) -> Option<Rgb> {
    let colour = Rgb::read(&typed.value);
    if colour.is_none() {
        let message = format!("`{}` is not a colour", typed.value);
        let help = "write # and six digits in quotes: \"#5b2a86\" (without quotes the # begins a comment)";
        found.push(Diagnostic::new(Code::BadColour, typed.span, message).help(help));
    }
    colour
}
