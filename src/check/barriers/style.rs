//! A theme's stylesheets -> findings about colours that do not stand out, and controls that are too small.
//!
//! Colours are compared as a browser would set them: in light, in dark and in print, with custom properties filled in. A rule
//! that sets a colour and no background stands on `--paper`; one that sets a background and no colour has `--ink` on it.
//! What a script or a template would set is not seen; pages have neither.

use crate::colour::Rgb;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::Project;
use crate::source::{FileId, Sources, Span};
use std::collections::BTreeMap;
use std::ops::Range;

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

/// How a page is looked at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Mode {
    Light,
    Dark,
    Print,
}

impl Mode {
    const ALL: [(Mode, &'static str); 3] =
        [(Mode::Light, "in light"), (Mode::Dark, "in dark"), (Mode::Print, "in print")];
}

/// A rule of a stylesheet.
#[derive(Debug)]
struct Rule<'s> {
    /// What stands round it: `@media …`.
    media: Vec<&'s str>,
    selector: &'s str,
    /// Name, value, and where they stand.
    declarations: Vec<(&'s str, &'s str, Range<usize>)>,
}

impl Rule<'_> {
    /// Whether it holds in a mode.
    fn holds(&self, mode: Mode) -> bool {
        self.media.iter().all(|media| {
            let media = media.to_ascii_lowercase();
            let wants = |word: &str| media.contains(word);
            !(wants("forced-colors: active")
                || wants("forced-colors:active")
                || (wants("prefers-color-scheme") && wants("dark") != (mode == Mode::Dark))
                || (wants("print") && mode != Mode::Print)
                || (wants("screen") && mode == Mode::Print))
        })
    }

    fn is_about_colour(&self) -> bool {
        !self.media.iter().any(|media| media.starts_with("@page") || media.starts_with("@font-face"))
    }
}

/// Looks at every stylesheet of the theme, with the colours of `site.yaml`.
pub fn styles(project: &Project, sources: &Sources, found: &mut Diagnostics) {
    for (name, file) in &project.theme.assets {
        if name.ends_with(".css") {
            let text = &sources.file(*file).text;
            let rules = rules(text);
            colours(project, *file, &rules, found);
            targets(*file, &rules, found);
        }
    }
}

/// A custom property: its value, and where it is set.
type Properties<'s> = BTreeMap<&'s str, (&'s str, Range<usize>)>;

/// Custom properties as they are in a mode.
fn properties<'s>(rules: &[Rule<'s>], mode: Mode) -> Properties<'s> {
    let mut properties = Properties::new();
    let is_root = |rule: &&Rule| rule.selector.contains(":root") || rule.selector == "html";
    for rule in rules.iter().filter(is_root).filter(|rule| rule.holds(mode)) {
        for (name, value, place) in &rule.declarations {
            if let Some(name) = name.strip_prefix("--") {
                properties.insert(name, (value, place.clone()));
            }
        }
    }
    properties
}

/// The colour that a value comes to.
fn colour(value: &str, properties: &Properties) -> Option<Rgb> {
    let value = value.trim_end_matches("!important").trim();
    match value.strip_prefix("var(--") {
        Some(rest) => {
            let name = rest.split([')', ',']).next().unwrap_or_default().trim();
            let (value, _) = properties.get(name)?;
            if value.starts_with("var(") { None } else { Rgb::of_css(value) }
        }
        None => Rgb::of_css(value),
    }
}

fn colours(project: &Project, file: FileId, rules: &[Rule], found: &mut Diagnostics) {
    // A place is told once, in the first mode in which it fails.
    let mut told: BTreeMap<usize, Diagnostic> = BTreeMap::new();
    for (mode, name) in Mode::ALL {
        let mut properties = properties(rules, mode);
        let own = &project.site.colours;
        if mode != Mode::Dark {
            for (name, own) in [("accent", &own.accent), ("mentee", &own.mentee), ("mentor", &own.mentor)] {
                if let (Some(colour), Some(entry)) = (own, properties.get_mut(name)) {
                    entry.0 = colour;
                }
            }
        }
        let at = |name: &str| properties.get(name).and_then(|(value, _)| Rgb::of_css(value));
        let paper = match mode {
            Mode::Print => Some(Rgb::new([255; 3])),
            _ => at("paper"),
        };
        let Some(paper) = paper else { continue };
        let mut tell = |place: &Range<usize>, what: String, colour: Rgb, ground: Rgb, needed: f64| {
            let contrast = colour.contrast(ground);
            if contrast >= needed {
                return;
            }
            let message = format!(
                "{what} ({colour}) is too faint on {ground} {name}: its contrast is {contrast:.1} to 1, and {needed} is needed"
            );
            told.entry(place.start).or_insert_with(|| {
                Diagnostic::new(Code::Contrast, Span::new(file, place.clone()), message)
                    .note("WCAG 2.2, 1.4.3 (text) and 1.4.11 (lines, marks and bars)")
                    .help(format!("the nearest that stands out is {}", colour.readable_on(ground, needed)))
            });
        };
        for (names, needed) in [(&TEXTS[..], TEXT), (&GRAPHICS[..], GRAPHIC)] {
            for name in names {
                if let (Some(colour), Some((_, place))) = (at(name), properties.get(name)) {
                    tell(place, format!("`--{name}`"), colour, paper, needed);
                }
            }
        }
        let ink = at("ink");
        for rule in rules.iter().filter(|rule| rule.holds(mode) && rule.is_about_colour()) {
            // What stands before or after a text only decorates it, and a root sets no text of its own.
            if rule.selector.contains("::") || rule.selector.contains(":root") {
                continue;
            }
            let declared = |names: &[&str]| {
                rule.declarations
                    .iter()
                    .rev()
                    .find(|(name, ..)| names.contains(name))
                    .map(|(_, value, place)| (*value, place))
            };
            let set = declared(&["color"]);
            let ground = declared(&["background", "background-color"]);
            // What is set in a property that all text may be set in was compared above.
            let is_known = |value: &str| TEXTS.iter().any(|name| value == format!("var(--{name})"));
            if ground.is_none() && set.is_some_and(|(value, _)| is_known(value)) {
                continue;
            }
            let on = match ground {
                Some((value, _)) if value != "none" => colour(value, &properties),
                _ => Some(paper),
            };
            let text = match set {
                Some((value, place)) => colour(value, &properties).map(|colour| (colour, place)),
                None => ground.and_then(|(_, place)| Some((ink?, place))),
            };
            if let (Some((text, place)), Some(on)) = (text, on) {
                tell(place, format!("the text of `{}`", rule.selector), text, on, TEXT);
            }
        }
    }
    found.extend(told.into_values().collect());
}

/// Controls that are made smaller than a finger needs.
fn targets(file: FileId, rules: &[Rule], found: &mut Diagnostics) {
    for rule in rules {
        let is_control = |selector: &str| {
            let last = selector.trim().rsplit([' ', '>', '+', '~']).next().unwrap_or_default();
            let element = last.split([':', '.', '#']).next().unwrap_or_default();
            CONTROLS.contains(&element)
        };
        if !rule.selector.split(',').any(is_control) {
            continue;
        }
        for (name, value, place) in &rule.declarations {
            let Some(pixels) = SIZES.contains(name).then(|| pixels(value)).flatten() else { continue };
            if pixels < TARGET {
                let message = format!("`{}` is made {pixels} pixels small: `{name}: {value}`", rule.selector);
                found.push(
                    Diagnostic::new(Code::TargetSize, Span::new(file, place.clone()), message)
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

/// The rules of a stylesheet, with what stands round each.
fn rules(text: &str) -> Vec<Rule<'_>> {
    let mut rules = Vec::new();
    let mut around: Vec<&str> = Vec::new();
    let mut from = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'/' if text[at..].starts_with("/*") => {
                let end = text[at..].find("*/").map_or(text.len(), |end| at + end + 2);
                // A comment in front of a rule is not a part of it.
                if text[from..at].trim().is_empty() {
                    from = end;
                }
                at = end;
                continue;
            }
            quote @ (b'"' | b'\'') => {
                at += 1;
                while at < bytes.len() && bytes[at] != quote {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            b'{' => {
                let head = text[from..at].trim();
                let is_group = ["@media", "@supports", "@layer", "@container", "@scope"]
                    .iter()
                    .any(|name| head.starts_with(name));
                if is_group {
                    around.push(head);
                } else {
                    let end = block_end(bytes, at + 1);
                    let media = if head.starts_with('@') {
                        around.iter().copied().chain([head]).collect()
                    } else {
                        around.clone()
                    };
                    rules.push(Rule { media, selector: head, declarations: declarations(text, at + 1..end) });
                    at = end;
                }
                from = at + 1;
            }
            b'}' => {
                around.pop();
                from = at + 1;
            }
            b';' => from = at + 1,
            _ => {}
        }
        at += 1;
    }
    rules
}

/// Where the block ends that begins before a byte; braces in quotes are text.
fn block_end(bytes: &[u8], from: usize) -> usize {
    let (mut depth, mut quote) = (1, None);
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'{') => depth += 1,
            (None, b'}') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    bytes.len()
}

/// The declarations of a block.
fn declarations(text: &str, block: Range<usize>) -> Vec<(&str, &str, Range<usize>)> {
    let mut declarations = Vec::new();
    let mut from = block.start;
    for part in text[block].split(';') {
        let start = from + part.len() - part.trim_start().len();
        from += part.len() + 1;
        let Some((name, value)) = part.split_once(':') else { continue };
        let name = name.rsplit("*/").next().unwrap_or(name).trim();
        declarations.push((name, value.trim(), start..start + part.trim().len()));
    }
    declarations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_with_what_stands_round_them() {
        let css = "/* a { } */ :root { --ink: #000; }\n@media print { a, b { color: red; width: 1px } }\n\
                   @page { margin: 0; @top { color: #444 } } p::after { content: \"}\"; } q{color:#fff}";
        let rules: Vec<(Vec<&str>, &str, usize)> = rules(css)
            .iter()
            .map(|rule| (rule.media.clone(), rule.selector, rule.declarations.len()))
            .collect();
        assert_eq!(rules[0], (vec![], ":root", 1));
        assert_eq!(rules[1], (vec!["@media print"], "a, b", 2));
        assert_eq!(rules[2].1, "@page");
        assert_eq!(rules[3].1, "p::after");
    }

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
