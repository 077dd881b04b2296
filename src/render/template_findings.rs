//! What the template engine says of a broken template -> a finding in plain words, at the file and line of the theme, with what
//! was probably meant.

use crate::diagnostic::{Code, Diagnostic, nearest, one_of};
use crate::source::{FileId, Sources, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What a template may name.
pub(super) struct Names<'s> {
    pub(super) sources: &'s Sources,
    /// Templates by name.
    pub(super) templates: &'s BTreeMap<String, FileId>,
    /// Assets by path.
    pub(super) assets: &'s BTreeMap<String, FileId>,
    /// Keys of interface strings.
    pub(super) words: Vec<&'s str>,
}

/// Names that the engine knows; `tests/theme_errors.rs` holds them to it.
const FILTERS: [&str; 37] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];
const TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];
const FUNCTIONS: [&str; 4] = ["asset", "range", "super", "t"];
const TAGS: [&str; 18] = [
    "block",
    "break",
    "continue",
    "elif",
    "else",
    "endblock",
    "endfilter",
    "endfor",
    "endif",
    "endset",
    "extends",
    "filter",
    "for",
    "if",
    "include",
    "raw",
    "set",
    "set_global",
];

/// A place in a template, and what is wrong there.
pub(super) struct Trouble<'t> {
    pub(super) template: &'t str,
    pub(super) place: Range<usize>,
    pub(super) message: &'t str,
}

impl Names<'_> {
    fn text(&self, template: &str) -> &str {
        self.templates.get(template).map_or("", |id| self.sources.file(*id).text.as_str())
    }

    /// The finding for what the engine says.
    pub(super) fn explain(&self, trouble: &Trouble) -> Diagnostic {
        let message = trouble.message.trim().trim_end_matches('.');
        let text = self.text(trouble.template);
        let said = self.said(text, &trouble.place, message);
        let Said { sentence, help, place } = said.unwrap_or_else(|| Said {
            sentence: format!("the template cannot be used: {message}"),
            help: "correct the template; docs/themes.md says what each may use, and without the file the default one serves"
                .to_owned(),
            place: None,
        });
        let place = place.unwrap_or_else(|| trouble.place.clone());
        Diagnostic::new(Code::TemplateError, self.span(trouble.template, place), sentence).help(help)
    }

    /// A place in a template; its beginning where the text has no such place.
    pub(super) fn span(&self, template: &str, place: Range<usize>) -> Span {
        let Some(id) = self.templates.get(template).or_else(|| self.templates.values().next()) else {
            let (id, _) = self.sources.iter().next().expect("a site has files");
            return Span::new(id, 0..0);
        };
        let text = &self.sources.file(*id).text;
        let is_there = place.start < place.end && text.get(place.clone()).is_some();
        // A place of several lines is shown by its first.
        let place = if is_there { place } else { 0..0 };
        let first = text[place.clone()].lines().next().map_or(0, str::len);
        Span::new(*id, place.start..place.start + first)
    }

    /// Where a template first names something.
    pub(super) fn place_of(&self, template: &str, name: &str) -> Range<usize> {
        self.text(template).find(name).map_or(0..0, |at| at..at + name.len())
    }

    /// The word at a line counted from one and a column counted from nought.
    pub(super) fn word_at(&self, template: &str, line: usize, column: usize) -> Range<usize> {
        let text = self.text(template);
        let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = text.get(start..).unwrap_or_default();
        let start = start + rest.char_indices().nth(column).map_or(0, |(at, _)| at);
        let rest = text.get(start..).unwrap_or_default();
        let opening = usize::from(rest.starts_with('"'));
        let length =
            rest[opening..].find(|c: char| !(is_of_path(c) || c == '-')).unwrap_or(rest.len() - opening);
        start..start + (opening + length + opening).max(1).min(rest.len())
    }

    /// In words of ours; `None` for what the engine says well enough, or we do not know.
    fn said(&self, text: &str, place: &Range<usize>, message: &str) -> Option<Said> {
        let at = Said::at;
        if message == "Unexpected end of input" {
            return open_tag(text, text.len()).map(|open| open.unclosed());
        }
        if message == "Closing comment tag `#}` not found" {
            return Some(at(
                "`{#` opens a comment that is not closed".to_owned(),
                "write `#}` where it ends".to_owned(),
            ));
        }
        if message == "unexpected end of raw block" {
            let help = "write `{% endraw %}` where it ends".to_owned();
            return Some(at("`{% raw %}` is not closed".to_owned(), help));
        }
        if message == "Unknown tag" {
            return Some(unknown_tag(text, place));
        }
        if let Some(rest) = message.strip_prefix("Variable `") {
            let (name, known) = named(rest)?;
            let sentence = format!("there is no variable `{name}` in this template");
            return Some(at(sentence, one_of(name, known.iter().copied())));
        }
        if let Some(rest) = message.strip_prefix("Field `") {
            let (name, known) = named(rest)?;
            // The engine points at the dot before it.
            let start = place.start + text.get(place.start..)?.find(name)?;
            let sentence = format!("there is no `{name}` in `{}`", before(text, start));
            let help = if known.is_empty() {
                format!("`{}` holds nothing here: ask first with `{{% if … %}}`", before(text, start))
            } else {
                one_of(name, known.iter().copied())
            };
            return Some(Said { sentence, help, place: Some(start..start + name.len()) });
        }
        if message == "Tried to render a variable that is undefined" {
            return Some(at(
                "nothing of this name can be printed here".to_owned(),
                "`mentorpress theme variables` lists every variable of every template; what is marked `?` there is printed within `{% if … %}`"
                    .to_owned(),
            ));
        }
        for (start, what, known) in [
            ("Unknown filter `", "filter", &FILTERS[..]),
            ("Unknown test `", "test", &TESTS[..]),
            ("Unknown function `", "function", &FUNCTIONS[..]),
        ] {
            if let Some(name) = message.strip_prefix(start).and_then(|rest| rest.strip_suffix('`')) {
                let help = if name == "now" {
                    "templates have no clock, so that a day's build is always the same; dates come with the page".to_owned()
                } else {
                    one_of(name, known.iter().copied())
                };
                let place = text
                    .get(place.start..)?
                    .find(name)
                    .map(|at| place.start + at..place.start + at + name.len());
                return Some(Said { sentence: format!("there is no {what} `{name}`"), help, place });
            }
        }
        if let Some(name) = message.strip_prefix("Unknown template `").and_then(|rest| rest.strip_suffix('`'))
        {
            return Some(at(format!("there is no template `{name}`"), self.template_like(name)));
        }
        if let Some(rest) = message.strip_prefix("Unknown component `") {
            let sentence = format!("there is no component `{}`", rest.trim_end_matches('`'));
            let help =
                "write the HTML itself, or a template of its own with `{% include \"…\" %}`".to_owned();
            return Some(at(sentence, help));
        }
        if let Some(rest) = message.strip_prefix("Block `") {
            let (name, _) = rest.split_once('`')?;
            let known = self.blocks();
            let sentence = format!(
                "the template that this one extends has no block `{name}`: nothing would be shown of it"
            );
            return Some(at(sentence, one_of(name, known.iter().map(String::as_str))));
        }
        if let Some(key) = message.strip_prefix("no interface string `") {
            let (key, _) = key.split_once('`')?;
            let help = match nearest(key, self.words.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    format!("add `{key}: …` to i18n/ of your theme, a file for each language of the site")
                }
            };
            let place =
                text.get(place.start..)?.find(key).map(|at| place.start + at..place.start + at + key.len());
            return Some(Said { sentence: format!("there is no interface string `{key}`"), help, place });
        }
        if let Some(name) = message.strip_prefix("no asset `") {
            let (name, _) = name.split_once('`')?;
            let help = match nearest(name, self.assets.keys().map(String::as_str)) {
                // It is there, and has no address of its own.
                Some(near) if near == name && name.ends_with(".css") => {
                    "its rules are a part of theme.css already: take the link out".to_owned()
                }
                Some(near) if near == name => {
                    "only a site with people has it: ask for `page.script`, which says whether there is one"
                        .to_owned()
                }
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("put the file into assets/ of your theme, as assets/{name}"),
            };
            let place =
                text.get(place.start..)?.find(name).map(|at| place.start + at..place.start + at + name.len());
            return Some(Said { sentence: format!("the theme has no asset `{name}`"), help, place });
        }
        if message.starts_with("it extends itself") {
            let help = "let it extend base.html, or nothing".to_owned();
            return Some(at("the template extends itself, at once or by way of others".to_owned(), help));
        }
        if message.starts_with("it includes itself") {
            let help = "take the include out that leads back here".to_owned();
            return Some(at("the template includes itself, at once or by way of others".to_owned(), help));
        }
        if message == "Missing keyword argument `key`" {
            let help = "write t(key=\"nav.skip\"), with a key of i18n/en.yaml".to_owned();
            return Some(at("t() is not told which interface string to print".to_owned(), help));
        }
        if message == "Missing keyword argument `name`" {
            let help = "write asset(name=\"crest.svg\"), with a file in assets/ of the theme".to_owned();
            return Some(at("asset() is not told which file is meant".to_owned(), help));
        }
        if let Some(found) = message.strip_prefix("Iteration not possible on type `") {
            let name = expression(text, place.start);
            let what = kind(found.trim_end_matches('`'));
            let help = "`mentorpress theme variables` says which are lists; one that may be absent is asked for first, with `{% if … %}`";
            let start = text.get(..place.start + 1)?.rfind(name.split('.').next()?).unwrap_or(place.start);
            return Some(Said {
                sentence: format!("`{name}` is {what}, and only a list can be gone through"),
                help: help.to_owned(),
                place: Some(start..start + name.len()),
            });
        }
        if let Some(rest) = message.strip_prefix("Invalid type for the value, expected `") {
            let (wanted, found) = rest.trim_end_matches('`').split_once("` but got `")?;
            let sentence = format!("{} is due here, and this is {}", kind(wanted), kind(found));
            return Some(at(sentence, "`mentorpress theme variables` says what each variable is".to_owned()));
        }
        if let Some(rest) = message.strip_prefix("Found `") {
            let (found, wanted) = rest.split_once("` but expected ")?;
            let wanted = match wanted {
                "identifier" => "a name".to_owned(),
                sign if sign.contains(char::is_alphabetic) => sign.to_owned(),
                sign => format!("`{}`", sign.trim_matches('`')),
            };
            let sentence = format!("`{found}` stands where {wanted} is due");
            let help = "see that each `{{` has its `}}`, each `{%` its `%}`, and each quotation mark its partner, on this line or one before".to_owned();
            return Some(at(sentence, help));
        }
        None
    }

    /// For a template that another extends or includes.
    pub(super) fn template_like(&self, name: &str) -> String {
        match nearest(name, self.templates.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("put it into templates/ of your theme, as templates/{name}"),
        }
    }

    /// The blocks that templates have.
    fn blocks(&self) -> BTreeSet<String> {
        let mut blocks = BTreeSet::new();
        for id in self.templates.values() {
            let text = &self.sources.file(*id).text;
            // Only what a skeleton defines can be filled.
            if !text.contains("{% extends") {
                let names = tags(text).into_iter().filter(|tag| tag.word == "block");
                blocks.extend(names.map(|tag| tag.rest.to_owned()));
            }
        }
        blocks
    }
}

struct Said {
    sentence: String,
    help: String,
    /// Where it is, if the engine points elsewhere.
    place: Option<Range<usize>>,
}

impl Said {
    fn at(sentence: String, help: String) -> Said {
        Said { sentence, help, place: None }
    }
}

/// "`x` is not defined. Available …: a, b" -> `x`, [a, b].
fn named(rest: &str) -> Option<(&str, Vec<&str>)> {
    let (name, rest) = rest.split_once('`')?;
    let known = rest.split_once(": ").map(|(_, known)| known.split(", ").collect());
    Some((name, known.unwrap_or_default()))
}

/// The engine's names of kinds, in words.
fn kind(name: &str) -> &str {
    match name {
        "string" => "text",
        "array" => "a list",
        "map" => "a group of values",
        "bool" => "true or false",
        "undefined" | "none" => "not there",
        "u64" | "i64" | "f64" | "i128" | "u128" | "number" => "a number",
        other => other,
    }
}

fn is_of_path(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.')
}

/// The path that ends before a place: `page` before `.title`.
fn before(text: &str, end: usize) -> &str {
    let head = text.get(..end).unwrap_or_default().trim_end_matches('.');
    let start = head
        .rfind(|c| !is_of_path(c))
        .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
    &head[start..]
}

/// The path round a place.
fn expression(text: &str, at: usize) -> &str {
    let tail = text.get(at..).unwrap_or_default();
    let end = at + tail.find(|c| !is_of_path(c)).unwrap_or(tail.len());
    before(text, end)
}

/// `{% word rest %}`.
struct Tag<'t> {
    word: &'t str,
    rest: &'t str,
    place: Range<usize>,
}

impl Tag<'_> {
    fn unclosed(&self) -> Said {
        let whole = format!("{} {}", self.word, self.rest);
        Said {
            sentence: format!("`{{% {} %}}` is not closed", whole.trim()),
            help: format!("write `{{% end{} %}}` where it ends", self.word),
            place: Some(self.place.clone()),
        }
    }
}

/// The tags of a text, without those in comments.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("{%").map(|open| at + open) {
        if let Some(comment) = text[at..open].find("{#").map(|comment| at + comment) {
            let Some(end) = text[comment..].find("#}") else { break };
            at = comment + end + 2;
            continue;
        }
        let Some(close) = text[open..].find("%}").map(|close| open + close) else { break };
        let inner = text[open + 2..close].trim_matches(['-', ' ', '\n', '\t']);
        let (word, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        tags.push(Tag { word, rest: rest.trim(), place: open..close + 2 });
        at = close + 2;
    }
    tags
}

/// The last tag before a place that waits for its end.
fn open_tag(text: &str, before: usize) -> Option<Tag<'_>> {
    open_tags(text, before).pop()
}

/// The tags before a place that wait for their ends.
fn open_tags(text: &str, before: usize) -> Vec<Tag<'_>> {
    let mut open: Vec<Tag> = Vec::new();
    for tag in tags(text).into_iter().take_while(|tag| tag.place.end <= before) {
        match tag.word.strip_prefix("end") {
            Some(word) if open.last().is_some_and(|last| last.word == word) => drop(open.pop()),
            Some(_) => {}
            None if matches!(tag.word, "block" | "if" | "for" | "filter" | "raw") => open.push(tag),
            None if tag.word == "set" && !tag.rest.contains('=') => open.push(tag),
            None => {}
        }
    }
    open
}

/// A tag that does not exist, or an end that does not fit what is open.
fn unknown_tag(text: &str, place: &Range<usize>) -> Said {
    let typed = text.get(place.clone()).unwrap_or_default();
    let start = text.get(..place.start).and_then(|head| head.rfind("{%")).unwrap_or(place.start);
    let begins = match typed {
        "else" | "elif" => "if",
        typed => typed.strip_prefix("end").unwrap_or(typed),
    };
    let mut open = open_tags(text, start);
    let is_begun = open.iter().any(|tag| tag.word == begins);
    if let Some(open) = open.pop().filter(|_| is_begun && TAGS.contains(&typed)) {
        let line = text[..open.place.start].matches('\n').count() + 1;
        let whole = format!("{} {}", open.word, open.rest);
        return Said::at(
            format!("`{typed}` stands here, and `{{% {} %}}` of line {line} is still open", whole.trim()),
            format!("write `{{% end{} %}}` before it", open.word),
        );
    }
    if TAGS.contains(&typed) {
        return Said::at(
            format!("`{typed}` stands here, and no `{{% {begins} … %}}` is open"),
            "take it out, or write its beginning".to_owned(),
        );
    }
    Said::at(format!("there is no tag `{typed}`"), one_of(typed, TAGS))
}
