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
        if let Some(end) = passed(text, at) {
            // A comment in front of a rule is not a part of it.
            if bytes[at] == b'/' && text[from..at].trim().is_empty() {
                from = end;
            }
            at = end;
            continue;
        }
        match bytes[at] {
            b'{' => {
                let head = text[from..at].trim();
                let is_group = ["@media", "@supports", "@layer", "@container", "@scope"]
                    .iter()
                    .any(|name| head.starts_with(name));
                if is_group {
                    around.push(head);
                } else {
                    let end = block_end(text, at + 1);
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

/// Where the comment or the quoted text ends that begins at a byte; `None` where neither does.
fn passed(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes[at] {
        b'/' if bytes.get(at + 1) == Some(&b'*') => {
            Some(text[at + 2..].find("*/").map_or(text.len(), |end| at + 2 + end + 2))
        }
        quote @ (b'"' | b'\'') => {
            let mut at = at + 1;
            while at < bytes.len() && bytes[at] != quote {
                at += if bytes[at] == b'\\' { 2 } else { 1 };
            }
            Some((at + 1).min(bytes.len()))
        }
        _ => None,
    }
}

/// Where the block ends that begins before a byte; braces in quotes and comments are text.
fn block_end(text: &str, from: usize) -> usize {
    let (mut depth, mut at) = (1, from);
    while at < text.len() {
        if let Some(end) = passed(text, at) {
            at = end;
            continue;
        }
        match text.as_bytes()[at] {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
        at += 1;
    }
    text.len()
}

/// The declarations of a block.
fn declarations(file: FileId, text: &str, block: Range<usize>) -> Vec<Declaration<'_>> {
    let mut declarations = Vec::new();
    let (mut from, mut at) = (block.start, block.start);
    while at <= block.end {
        if at < block.end
            && let Some(end) = passed(text, at)
        {
            // A comment in front of a declaration is not a part of it.
            if text[from..at].trim().is_empty() && text[at..].starts_with("/*") {
                from = end.min(block.end);
            }
            at = end;
            continue;
        }
        if at == block.end || text.as_bytes()[at] == b';' {
            declarations.extend(declaration(file, text, from..at));
            from = at + 1;
        }
        at += 1;
    }
    declarations
}

/// `name: value`, without comments behind either.
fn declaration<'s>(file: FileId, text: &'s str, part: Range<usize>) -> Option<Declaration<'s>> {
    let written = text[part.clone()].trim();
    let start = part.start + text[part].find(written)?;
    let mut colon = 0;
    while *written.as_bytes().get(colon)? != b':' {
        colon = passed(written, colon).unwrap_or(colon + 1);
    }
    let bare = |part: &'s str| part.split("/*").next().unwrap_or_default().trim();
    let (name, value) = (bare(&written[..colon]), bare(&written[colon + 1..]));
    Some(Declaration { name, value, span: Span::new(file, start..start + written.len()) })
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
    fn comments_are_no_part_of_what_they_stand_beside() {
        let css = ":root { /* the university's blue; once #123 */ --accent: #00457c; --b /* 5:1 */: #111 /* {} \" */ }\n\
                   p { color: #777; /* ratio: 5 */ background: url(\"a;b\") }\n/* it's */ q { color: red }";
        let rules = read(css);
        let told: Vec<(&str, Vec<(&str, &str)>)> = rules
            .iter()
            .map(|rule| (rule.selector, rule.declarations.iter().map(|set| (set.name, set.value)).collect()))
            .collect();
        assert_eq!(
            told,
            [
                (":root", vec![("--accent", "#00457c"), ("--b", "#111")]),
                ("p", vec![("color", "#777"), ("background", "url(\"a;b\")")]),
                ("q", vec![("color", "red")]),
            ]
        );
        let span = &rules[0].declarations[0].span;
        assert_eq!(css.get(span.start as usize..span.end as usize), Some("--accent: #00457c"));
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
