//! A theme's stylesheets -> findings about colours that do not stand out, and controls that are too small.
//!
//! Colours are compared as a browser would set them: in light, in dark and in print, with custom properties filled in. A rule
//! that sets a colour and no background stands on `--paper`; one that sets a background and no colour has `--ink` on it.
//! What a script or a template would set is not seen; pages have neither.

use crate::colour::Rgb;
use crate::config::Colours;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::Project;
use crate::source::{FileId, Sources, Span};
use crate::theme::{Declaration, Mode, Properties, Rule, Theme, named, rules};
use std::collections::BTreeMap;

/// What text needs on its ground, and what a line, a mark or a bar needs (WCAG 2.2, 1.4.3 and 1.4.11).
const TEXT: f64 = 4.5;
const GRAPHIC: f64 = 3.0;
/// CSS pixels of a target, and of a `rem` (WCAG 2.2, 2.5.8).
const TARGET: f32 = 24.0;
const REM: f32 = 16.0;

/// Custom properties that text is set in, on the paper; and those of lines and charts.
const TEXTS: [&str; 6] = ["ink", "muted", "accent", "free", "full", "error"];
const GRAPHICS: [&str; 5] = ["line", "mentee", "mentor", "likert-low", "likert-high"];
/// Elements that are pressed or typed into. Boxes to tick are pressed by their labels too.
const CONTROLS: [&str; 6] = ["button", "input", "select", "textarea", "summary", "[type=search]"];
const SIZES: [&str; 8] = [
    "height",
    "width",
    "block-size",
    "inline-size",
    "max-height",
    "max-width",
    "max-block-size",
    "max-inline-size",
];

/// Looks at every stylesheet of the theme, with the colours of `site.yaml`.
pub fn styles(project: &Project, sources: &Sources, found: &mut Diagnostics) {
    let theme = &project.theme;
    let look = theme.stylesheet(sources);
    let own = &project.site.colours;
    let own_text = own.css(&look);
    // What `site.yaml` sets stands behind the theme's, and is told of there.
    let mut with_own = look.clone();
    with_own.extend(rules(project.site.span.file, &own_text).into_iter().map(|mut rule| {
        for set in &mut rule.declarations {
            set.span = own.span_of(set.name).unwrap_or(set.span);
        }
        rule
    }));
    colours(project, &with_own, found);
    targets(&look, found);
    let is_look = |name: &str| Theme::LOOK.contains(&name);
    for (_, file) in theme.assets.iter().filter(|(name, _)| name.ends_with(".css") && !is_look(name)) {
        let rules = rules(*file, &sources.file(*file).text);
        colours(project, &rules, found);
        targets(&rules, found);
    }
}

/// A colour on its ground, in a mode.
struct Pair<'a> {
    /// What it is, in words.
    what: String,
    /// Where it is set.
    span: Span,
    colour: Rgb,
    ground: Rgb,
    needed: f64,
    mode: Mode,
    /// The key of `site.yaml` that it is.
    own: Option<&'a str>,
}

impl Pair<'_> {
    /// What is wrong with it, if anything is.
    fn judge(self) -> Option<Diagnostic> {
        let Pair { what, span, colour, ground, needed, mode, own } = self;
        let contrast = colour.contrast(ground);
        if contrast >= needed {
            return None;
        }
        let message = format!(
            "{what} ({colour}) is too faint on {ground} {}: its contrast is {contrast:.1} to 1, and {needed} is needed",
            mode.name()
        );
        let near = colour.readable_on(ground, needed);
        let (code, help) = match own {
            Some(key) => (Code::BadColour, format!("write `{key}: \"{near}\"`, the nearest that stands out")),
            None => (Code::Contrast, format!("the nearest that stands out is {near}")),
        };
        let rule = "WCAG 2.2, 1.4.3 (text) and 1.4.11 (lines, marks and bars)";
        Some(Diagnostic::new(code, span, message).note(rule).help(help))
    }
}

fn colours(project: &Project, rules: &[Rule], found: &mut Diagnostics) {
    // A place is told once, in the first mode in which it fails.
    let mut told: BTreeMap<(FileId, u32), Diagnostic> = BTreeMap::new();
    let mut tell = |pair: Pair| {
        let key = (pair.span.file, pair.span.start);
        if let Some(finding) = pair.judge() {
            told.entry(key).or_insert(finding);
        }
    };
    for mode in Mode::ALL {
        let properties = Properties::of(rules, mode);
        let own = |name: &str, span: Span| {
            let key = Colours::KEYS.into_iter().find(|key| *key == name)?;
            (project.site.colours.span_of(key) == Some(span)).then_some(key)
        };
        let paper = match mode {
            Mode::Print => Some(Rgb::new([255; 3])),
            _ => properties.colour("paper"),
        };
        let Some(paper) = paper else { continue };
        for (names, needed) in [(&TEXTS[..], TEXT), (&GRAPHICS[..], GRAPHIC)] {
            for name in names {
                let (Some(set), Some(colour)) = (properties.get(name), properties.colour(name)) else {
                    continue;
                };
                let own = own(name, set.span);
                let what = own.map_or_else(|| format!("`--{name}`"), |key| format!("`{key}`"));
                let pair =
                    |ground| Pair { what: what.clone(), span: set.span, colour, ground, needed, mode, own };
                tell(pair(paper));
                // A site's own accent stands on tinted ground too, in rules that the site did not write.
                if let (Some(_), "accent", Some(tint)) = (own, *name, properties.colour("tint")) {
                    tell(pair(tint));
                }
            }
        }
        let ink = properties.colour("ink");
        for rule in rules.iter().filter(|rule| rule.holds(mode) && is_about_colour(rule)) {
            // What stands before or after a text only decorates it, and a root sets no text of its own.
            if rule.selector.contains("::") || rule.selector.contains(":root") {
                continue;
            }
            let declared =
                |names: &[&str]| rule.declarations.iter().rev().find(|set| names.contains(&set.name));
            let set = declared(&["color"]);
            let ground = declared(&["background", "background-color"]);
            // What is set in a property that all text may be set in was compared above.
            let is_known = |value: &str| TEXTS.iter().any(|name| value == format!("var(--{name})"));
            if ground.is_none() && set.is_some_and(|set| is_known(set.value)) {
                continue;
            }
            let on = match ground {
                Some(ground) if ground.value != "none" => properties.resolve(ground.value),
                _ => Some(paper),
            };
            let text = match set {
                Some(set) => properties.resolve(set.value).map(|colour| (colour, set)),
                None => ground.and_then(|ground| Some((ink?, ground))),
            };
            if let (Some((colour, set)), Some(ground)) = (text, on) {
                // Whoever set the colour is told, in the site's file where it is the site's own.
                let own = named(set.value).and_then(|name| own(name, properties.get(name)?.span));
                let what = match own {
                    Some(key) => format!("`{key}`, the text of `{}`", rule.selector),
                    None => format!("the text of `{}`", rule.selector),
                };
                // A theme's own file is told of its property, and not the default theme's rule that takes it.
                let property = named(set.value).and_then(|name| properties.get(name)).map(|set| set.span);
                let elsewhere = property.filter(|property| own.is_some() || property.file != set.span.file);
                let span = elsewhere.unwrap_or(set.span);
                tell(Pair { what, span, colour, ground, needed: TEXT, mode, own });
            }
        }
    }
    found.extend(told.into_values().collect());
}

/// Whether a rule is of elements of a page.
fn is_about_colour(rule: &Rule) -> bool {
    !rule.media.iter().any(|media| media.starts_with("@page") || media.starts_with("@font-face"))
}

/// Controls that are made smaller than a finger needs.
fn targets(rules: &[Rule], found: &mut Diagnostics) {
    for rule in rules {
        let is_control = |selector: &str| {
            let last = selector.trim().rsplit([' ', '>', '+', '~']).next().unwrap_or_default();
            let element = last.split([':', '.', '#']).next().unwrap_or_default();
            CONTROLS.contains(&element)
        };
        if !rule.selector.split(',').any(is_control) {
            continue;
        }
        for Declaration { name, value, span } in &rule.declarations {
            let Some(pixels) = SIZES.contains(name).then(|| pixels(value)).flatten() else { continue };
            if pixels < TARGET {
                let message = format!("`{}` is made {pixels} pixels small: `{name}: {value}`", rule.selector);
                found.push(
                    Diagnostic::new(Code::TargetSize, *span, message)
                        .note("WCAG 2.2, 2.5.8: what is pressed is at least 24 by 24 pixels")
                        .help("write 1.5rem or more"),
                );
            }
        }
    }
}

/// A length in CSS pixels.
fn pixels(value: &str) -> Option<f32> {
    let value = value.trim();
    let number = |unit: &str| value.strip_suffix(unit)?.trim().parse::<f32>().ok();
    number("px").or_else(|| number("rem").or_else(|| number("em")).map(|length| length * REM))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_told_in_pixels() {
        for (text, length) in [
            ("1rem", Some(16.0)),
            ("20px", Some(20.0)),
            ("1.5em", Some(24.0)),
            ("100%", None),
            ("auto", None),
        ] {
            assert_eq!(pixels(text), length, "{text}");
        }
    }
}
