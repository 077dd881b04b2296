//! The text of a stylesheet -> its rules, and its custom properties as they are in light, in dark and in print.

use crate::colour::Rgb;
use crate::source::{FileId, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// How a page is looked at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Mode {
    /// On a light screen.
    Light,
    /// Where readers prefer a dark one.
    Dark,
    /// On paper.
    Print,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Mode; 3] = [Mode::Light, Mode::Dark, Mode::Print];

    /// As messages say it.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Light => "in light",
            Mode::Dark => "in dark",
            Mode::Print => "in print",
        }
    }
}

/// `name: value`, and where it stands.
#[derive(Clone, Debug)]
pub struct Declaration<'s> {
    /// The property.
    pub name: &'s str,
    /// What it is set to.
    pub value: &'s str,
    /// Where.
    pub span: Span,
}

/// A rule of a stylesheet.
#[derive(Clone, Debug)]
pub struct Rule<'s> {
    /// What stands round it: `@media …`.
    pub media: Vec<&'s str>,
    /// Of which elements it is.
    pub selector: &'s str,
    /// What it sets.
    pub declarations: Vec<Declaration<'s>>,
}

impl Rule<'_> {
    /// Whether it holds in a mode.
    pub fn holds(&self, mode: Mode) -> bool {
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

    /// How much it outweighs another rule for the root; `None` if it is not of the root.
    fn weight(&self) -> Option<usize> {
        let of = |selector: &str| match selector.trim() {
            "html" => Some(1),
            ":root" => Some(10),
            selector if selector.contains(":root") => Some(11),
            _ => None,
        };
        self.selector.split(',').filter_map(of).max()
    }
}

/// Custom properties as they are in a mode: name without `--`, value, and where it is set.
#[derive(Debug)]
pub struct Properties<'s>(BTreeMap<&'s str, (usize, Declaration<'s>)>);

impl<'s> Properties<'s> {
    /// Of the rules in their order: the later wins among those of one weight.
    pub fn of(rules: &[Rule<'s>], mode: Mode) -> Properties<'s> {
        let mut properties: BTreeMap<&str, (usize, Declaration)> = BTreeMap::new();
        for rule in rules.iter().filter(|rule| rule.holds(mode)) {
            let Some(weight) = rule.weight() else { continue };
            for declaration in &rule.declarations {
                let Some(name) = declaration.name.strip_prefix("--") else { continue };
                if properties.get(name).is_none_or(|(other, _)| weight >= *other) {
                    properties.insert(name, (weight, declaration.clone()));
                }
            }
        }
        Properties(properties)
    }

    /// What a property is set to.
    pub fn get(&self, name: &str) -> Option<&Declaration<'s>> {
        self.0.get(name).map(|(_, declaration)| declaration)
    }

    /// The colour that a property is.
    pub fn colour(&self, name: &str) -> Option<Rgb> {
        self.resolve(self.get(name)?.value)
    }

    /// The colour that a value comes to.
    pub fn resolve(&self, value: &str) -> Option<Rgb> {
        // A property may take another; one that takes itself comes to no colour.
        let mut value = value;
        for _ in 0..8 {
            value = value.trim_end_matches("!important").trim();
            match named(value) {
                Some(name) => value = self.get(name)?.value,
                None => return Rgb::of_css(value),
            }
        }
        None
    }
}

/// The custom property that a value takes: `accent` of `var(--accent)`.
pub fn named(value: &str) -> Option<&str> {
    Some(value.strip_prefix("var(--")?.split([')', ',']).next().unwrap_or_default().trim())
}

/// The rules of a stylesheet, with what stands round each.
pub fn rules(file: FileId, text: &str) -> Vec<Rule<'_>> {
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
                    rules.push(Rule {
                        media,
                        selector: head,
                        declarations: declarations(file, text, at + 1..end),
                    });
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
fn declarations(file: FileId, text: &str, block: Range<usize>) -> Vec<Declaration<'_>> {
    let mut declarations = Vec::new();
    let mut from = block.start;
    for part in text[block].split(';') {
        let start = from + part.len() - part.trim_start().len();
        from += part.len() + 1;
        let Some((name, value)) = part.split_once(':') else { continue };
        let name = name.rsplit("*/").next().unwrap_or(name).trim();
        let span = Span::new(file, start..start + part.trim().len());
        declarations.push(Declaration { name, value: value.trim(), span });
    }
    declarations
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn read(css: &str) -> Vec<Rule<'_>> {
        let mut sources = Sources::default();
        sources.add_builtin("theme.css", css);
        let (id, _) = sources.find("theme.css").expect("the file");
        rules(id, css)
    }

    #[test]
    fn rules_are_read_with_what_stands_round_them() {
        let css = "/* a { } */ :root { --ink: #000; }\n@media print { a, b { color: red; width: 1px } }\n\
                   @page { margin: 0; @top { color: #444 } } p::after { content: \"}\"; } q{color:#fff}";
        let rules: Vec<(Vec<&str>, &str, usize)> = read(css)
            .iter()
            .map(|rule| (rule.media.clone(), rule.selector, rule.declarations.len()))
            .collect();
        assert_eq!(rules[0], (vec![], ":root", 1));
        assert_eq!(rules[1], (vec!["@media print"], "a, b", 2));
        assert_eq!(rules[2].1, "@page");
        assert_eq!(rules[3].1, "p::after");
    }

    #[test]
    fn the_weightier_rule_wins_and_then_the_later() {
        let css = ":root { --a: #111; --b: #111 } @media (prefers-color-scheme: dark) { html:root { --a: #222 } } \
                   :root { --a: #333; --b: #333 }";
        let rules = read(css);
        let value = |mode, name| Properties::of(&rules, mode).get(name).map(|set| set.value.to_owned());
        assert_eq!(value(Mode::Light, "a").as_deref(), Some("#333"));
        assert_eq!(value(Mode::Dark, "a").as_deref(), Some("#222"));
        assert_eq!(value(Mode::Dark, "b").as_deref(), Some("#333"));
    }
}
