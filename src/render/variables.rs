//! `docs/variables.md` -> what each template may name, and a theme's templates held against it: a variable in a condition that
//! nothing ever fills would hide a part of the page for good, and no rendering tells.
//!
//! A template that is included by others, or is nobody's own, may name what any template may.

use super::template_findings::Names;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

/// Made from the views, and held to them by `tests/contract.rs`.
pub const VARIABLES: &str = include_str!("../../docs/variables.md");

/// What a variable holds.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Shape {
    /// Text, a number, true or false.
    Plain,
    List(Box<Shape>),
    Group(Group),
    /// What is not told: entries within entries, and names that a template gives itself.
    Any,
}

type Group = BTreeMap<String, Shape>;

/// Variables by template, under `""` those of every page.
static CONTRACT: LazyLock<BTreeMap<&str, Group>> = LazyLock::new(|| {
    let mut contract: BTreeMap<&str, Group> = BTreeMap::new();
    let mut template = "";
    for line in VARIABLES.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            template = if heading.ends_with(".html") { heading } else { "" };
            contract.entry(template).or_default();
        } else if let Some(item) = line.strip_prefix("- `").and_then(|item| item.strip_suffix('`')) {
            let group = contract.entry(template).or_default();
            let (name, shape) = field(&mut Reader(item));
            match name.split_once('.') {
                None => drop(group.insert(name.to_owned(), shape)),
                Some((root, name)) => {
                    let root = group.entry(root.to_owned()).or_insert_with(|| Shape::Group(Group::new()));
                    if let Shape::Group(inner) = root {
                        inner.insert(name.to_owned(), shape);
                    }
                }
            }
        }
    }
    contract
});

struct Reader<'t>(&'t str);

impl<'t> Reader<'t> {
    fn takes(&mut self, text: &str) -> bool {
        match self.0.strip_prefix(text) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    fn word(&mut self) -> &'t str {
        let end =
            self.0.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        word
    }
}

/// `date? {iso, text}`, `count: number`, `news: list of {title, href}`.
fn field<'t>(reader: &mut Reader<'t>) -> (&'t str, Shape) {
    let name = reader.word();
    reader.takes("?");
    let shape = if reader.takes(" {") {
        group(reader)
    } else if reader.takes(": list of ") {
        let of = if reader.takes("{") {
            group(reader)
        } else if reader.takes("the same") {
            Shape::Any
        } else {
            reader.word();
            Shape::Plain
        };
        Shape::List(Box::new(of))
    } else {
        if reader.takes(": ") && !reader.takes("true or false") {
            reader.word();
        }
        Shape::Plain
    };
    (name, shape)
}

/// What stands in braces.
fn group(reader: &mut Reader) -> Shape {
    let mut group = Group::new();
    loop {
        let (name, shape) = field(reader);
        group.insert(name.to_owned(), shape);
        if !reader.takes(", ") {
            reader.takes("}");
            return Shape::Group(group);
        }
    }
}

/// Looks at the variables of every template.
pub(super) fn variables(names: &Names, found: &mut Diagnostics) {
    let texts: Vec<(&str, &str)> = names
        .templates
        .iter()
        .map(|(name, id)| (name.as_str(), names.sources.file(*id).text.as_str()))
        .collect();
    let named: BTreeSet<&str> = texts.iter().flat_map(|(_, text)| others(text)).collect();
    // A template that another includes sees what that one has named, and so does the block of one that extends another.
    let given: BTreeSet<&str> = texts.iter().flat_map(|(_, text)| given(text)).collect();
    for (name, text) in texts {
        // What a component is handed is its author's.
        if statements(text).iter().any(|statement| statement.word(text) == "component") {
            continue;
        }
        let own = CONTRACT.get(name).filter(|_| !named.contains(name));
        let allowed: Vec<&Group> = match own {
            Some(own) => CONTRACT.get("").into_iter().chain([own]).collect(),
            None => CONTRACT.values().collect(),
        };
        let is_handed = named.contains(name) || statements(text).iter().any(|it| it.word(text) == "extends");
        let handed: Vec<&str> = given.iter().copied().filter(|_| is_handed).collect();
        // Told once, where it stands first.
        let mut told = BTreeSet::new();
        for wrong in
            wrong(text, &allowed, &handed).into_iter().filter(|wrong| told.insert(wrong.sentence.clone()))
        {
            found.push(
                Diagnostic::new(Code::TemplateError, names.span(name, wrong.place), wrong.sentence)
                    .note(format!("`mentorpress theme variables {name}` prints what it may name"))
                    .help(wrong.help),
            );
        }
    }
}

/// The templates that a template extends or includes.
fn others(text: &str) -> impl Iterator<Item = &str> {
    statements(text).into_iter().filter_map(move |statement| {
        let (word, rest) = first_word(&text[statement.inner.clone()]);
        let name = rest.trim_start();
        let quote = name.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
        (statement.is_tag && matches!(word, "extends" | "include")).then(|| name[1..].split(quote).next())?
    })
}

/// The names that a template gives.
fn given(text: &str) -> Vec<&str> {
    let mut given = Vec::new();
    for statement in statements(text).into_iter().filter(|statement| statement.is_tag) {
        let (word, rest) = first_word(&text[statement.inner]);
        match word {
            "for" => {
                let names = in_loop(rest).into_iter().flat_map(|(names, _)| names.split(','));
                given.extend(names.map(str::trim));
            }
            "set" | "set_global" => given.push(first_word(rest).0),
            _ => {}
        }
    }
    given
}

struct Wrong {
    place: Range<usize>,
    sentence: String,
    help: String,
}

/// Names that a template gives itself, with what they hold: of each loop it is in.
struct Scope(Vec<Vec<(String, Shape)>>);

impl Scope {
    fn find(&self, name: &str) -> Option<&Shape> {
        self.0.iter().flatten().rev().find(|(known, _)| known == name).map(|(_, shape)| shape)
    }

    fn name(&mut self, name: &str, shape: Shape) {
        if let Some(last) = self.0.last_mut() {
            last.push((name.to_owned(), shape));
        }
    }
}

fn wrong(text: &str, allowed: &[&Group], handed: &[&str]) -> Vec<Wrong> {
    let mut scope = Scope(vec![handed.iter().map(|name| ((*name).to_owned(), Shape::Any)).collect()]);
    let mut wrongs = Vec::new();
    for statement in statements(text) {
        let code = &text[statement.inner.clone()];
        let (word, rest) = match statement.is_tag {
            true => first_word(code),
            false => ("", code),
        };
        let rest_at = statement.inner.end - rest.len();
        let mut look = |code: &str, at: usize, scope: &Scope| {
            wrongs.extend(paths(code).iter().filter_map(|path| judge(path, at, scope, allowed)));
        };
        match word {
            "for" => {
                let Some((names, of)) = in_loop(rest) else {
                    scope.0.push(Vec::new());
                    continue;
                };
                let of_at = statement.inner.end - of.len();
                look(of, of_at, &scope);
                let entry = entry(of, &scope, allowed).unwrap_or_else(|path| {
                    let start = of_at + path.at;
                    wrongs.push(Wrong {
                        place: start..start + path.name.len(),
                        sentence: format!("`{}` is no list, and only a list can be gone through", path.name),
                        help: format!("print it as it is: {{{{ {} }}}}", path.name),
                    });
                    Shape::Any
                });
                scope.0.push(vec![("loop".to_owned(), Shape::Any)]);
                let is_one = !names.contains(',');
                for name in names.split(',').map(str::trim) {
                    scope.name(name, if is_one { entry.clone() } else { Shape::Any });
                }
            }
            "endfor" if scope.0.len() > 1 => drop(scope.0.pop()),
            "set" | "set_global" => {
                let (name, value) = rest.split_once('=').unwrap_or((rest, ""));
                look(value, statement.inner.end - value.len(), &scope);
                let name = (first_word(name).0.to_owned(), Shape::Any);
                match (word, scope.0.first_mut()) {
                    ("set_global", Some(outermost)) => outermost.push(name),
                    _ => scope.name(&name.0, name.1),
                }
            }
            "if" | "elif" | "" => look(rest, rest_at, &scope),
            // The others name no variable, or what stands in them is a filter's.
            _ => {}
        }
    }
    wrongs
}

/// `name in list`: what stands before and behind.
fn in_loop(rest: &str) -> Option<(&str, &str)> {
    let is_apart = |at: usize| {
        rest[..at].ends_with(char::is_whitespace) && rest[at + 2..].starts_with(char::is_whitespace)
    };
    let (at, _) = rest.match_indices("in").find(|(at, _)| is_apart(*at))?;
    Some((&rest[..at], &rest[at + 2..]))
}

/// What an entry of a list holds, as far as it is told; the path that is no list.
fn entry<'t>(of: &'t str, scope: &Scope, allowed: &[&Group]) -> Result<Shape, Path<'t>> {
    let alone = of.trim_matches(|c: char| c == '-' || c.is_whitespace());
    match paths(of).into_iter().next().filter(|path| path.name == alone) {
        Some(path) => match resolve(path.name, scope, allowed) {
            Ok(Shape::List(entry)) => Ok(*entry),
            Ok(Shape::Plain) => Err(path),
            _ => Ok(Shape::Any),
        },
        None => Ok(Shape::Any),
    }
}

fn first_word(code: &str) -> (&str, &str) {
    let code = code.trim_start_matches(['-', ' ', '\n', '\t', '\r']);
    let end = code.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(code.len());
    code.split_at(end)
}

/// What stands in `{{ … }}`, or in `{% … %}`.
struct Statement {
    inner: Range<usize>,
    is_tag: bool,
}

impl Statement {
    fn word<'t>(&self, text: &'t str) -> &'t str {
        if self.is_tag { first_word(&text[self.inner.clone()]).0 } else { "" }
    }
}

fn statements(text: &str) -> Vec<Statement> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|open| at + open) {
        let close = match text.as_bytes().get(open + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        let Some(end) = text[open + 2..].find(close).map(|end| open + 2 + end) else { break };
        at = end + 2;
        let statement = Statement { inner: open + 2..end, is_tag: close == "%}" };
        match statement.word(text) {
            _ if close == "#}" => {}
            "raw" => at = text[at..].find("endraw").map_or(text.len(), |end| at + end),
            _ => all.push(statement),
        }
    }
    all
}

/// A path that an expression names: `page.title`.
struct Path<'t> {
    name: &'t str,
    at: usize,
}

const WORDS: [&str; 12] =
    ["and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "True", "False"];

/// The paths of an expression, without filters, tests, functions and names of arguments.
fn paths(code: &str) -> Vec<Path<'_>> {
    let mut paths = Vec::new();
    let bytes = code.as_bytes();
    let mut at = 0;
    // What the next word is not, if anything: a filter's or a test's name.
    let mut is_name = false;
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'"' | b'\'' | b'`') => {
                at += 1;
                while at < bytes.len() && bytes[at] != quote {
                    at += 1 + usize::from(bytes[at] == b'\\');
                }
                at += 1;
                is_name = false;
            }
            b'|' => {
                is_name = true;
                at += 1;
            }
            byte if byte.is_ascii_digit() => {
                while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || bytes[at] == b'.') {
                    at += 1;
                }
            }
            byte if byte.is_ascii_alphabetic() || byte == b'_' => {
                let start = at;
                while at < bytes.len()
                    && (bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'_' | b'.'))
                {
                    at += 1;
                }
                let name = code[start..at].trim_end_matches('.');
                let after = code[at..].trim_start();
                let is_argument = after.starts_with('=') && !after.starts_with("==");
                let is_key = after.starts_with(':') && !after.starts_with("::");
                if WORDS.contains(&name) {
                    is_name = name == "is" || (is_name && name == "not");
                    continue;
                }
                if !is_name && !is_argument && !is_key && !after.starts_with('(') {
                    paths.push(Path { name, at: start });
                }
                is_name = false;
            }
            // What follows a bracket or a question mark is of a value that is not told.
            b']' | b'?' | b')' => {
                at += 1;
                while at < bytes.len()
                    && (bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'_' | b'.' | b'?'))
                {
                    at += 1;
                }
            }
            // Components have a grammar of their own.
            b'<' if bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/') => {
                break;
            }
            byte => {
                if !byte.is_ascii_whitespace() {
                    is_name = false;
                }
                at += 1;
            }
        }
    }
    paths
}

/// Which part of a path is not there, and what is.
type Missing = (usize, String, Vec<String>);

fn resolve(path: &str, scope: &Scope, allowed: &[&Group]) -> Result<Shape, Missing> {
    let mut parts = path.split('.');
    let root = parts.next().unwrap_or_default();
    let mut shapes: Vec<Shape> = match scope.find(root) {
        Some(shape) => vec![shape.clone()],
        None => allowed.iter().filter_map(|group| group.get(root)).cloned().collect(),
    };
    if shapes.is_empty() {
        let all: BTreeSet<String> = allowed.iter().flat_map(|group| group.keys().cloned()).collect();
        return Err((0, String::new(), all.into_iter().collect()));
    }
    let mut at = root.len() + 1;
    for part in parts {
        if shapes.contains(&Shape::Any) {
            return Ok(Shape::Any);
        }
        let is_number = part.chars().all(|c| c.is_ascii_digit());
        if is_number && shapes.iter().any(|shape| matches!(shape, Shape::List(_))) {
            return Ok(Shape::Any);
        }
        let groups: Vec<Group> = shapes
            .into_iter()
            .filter_map(|shape| if let Shape::Group(group) = shape { Some(group) } else { None })
            .collect();
        let next: Vec<Shape> = groups.iter().filter_map(|group| group.get(part)).cloned().collect();
        if next.is_empty() {
            let known: BTreeSet<String> = groups.into_iter().flat_map(Group::into_keys).collect();
            return Err((at, path[..at - 1].to_owned(), known.into_iter().collect()));
        }
        shapes = next;
        at += part.len() + 1;
    }
    // Where templates differ in what they mean by it, it is not told.
    match shapes.len() {
        1 => Ok(shapes.remove(0)),
        _ => Ok(Shape::Any),
    }
}

fn judge(path: &Path, offset: usize, scope: &Scope, allowed: &[&Group]) -> Option<Wrong> {
    let (at, within, known) = resolve(path.name, scope, allowed).err()?;
    let missing = path.name[at..].split('.').next().unwrap_or_default();
    let start = offset + path.at + at;
    let place = start..start + missing.len();
    let known = known.iter().map(String::as_str);
    let (sentence, help) = if within.is_empty() {
        (format!("there is no variable `{missing}` in this template"), one_of(missing, known))
    } else if known.clone().next().is_none() {
        (
            format!("`{within}` is no group of values, so there is no `{missing}` in it"),
            format!("write `{within}` alone"),
        )
    } else {
        (format!("there is no `{missing}` in `{within}`"), one_of(missing, known))
    };
    Some(Wrong { place, sentence, help })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(template: &str, text: &str) -> Vec<String> {
        let allowed: Vec<&Group> = [CONTRACT.get(""), CONTRACT.get(template)].into_iter().flatten().collect();
        wrong(text, &allowed, &[]).into_iter().map(|wrong| text[wrong.place].to_owned()).collect()
    }

    #[test]
    fn the_contract_is_read() {
        assert_eq!(CONTRACT.len(), 27, "{:?}", CONTRACT.keys());
        let Some(Shape::Group(site)) = CONTRACT[""].get("site") else { panic!("no site") };
        assert!(
            matches!(&site["menu"], Shape::List(entry) if matches!(&**entry, Shape::Group(group) if group.len() == 4))
        );
        assert_eq!(site["title"], Shape::Plain);
    }

    #[test]
    fn names_that_nothing_fills_are_found() {
        let text = "{% if page.titel %}{{ t(key=\"a.b\", n=cuont) | upper }}{% endif %}{# page.x #}{% raw %}{{ y }}{% endraw %}\
            {% for item in site.menu %}{{ item.lable }}{{ item.leads_to.name }}{{ loop.index }}{% endfor %}{{ item }}\
            {{ page.title.x }}{% for e in contents %}{% for c in e.children %}{{ c.text }}{{ c.what }}{% endfor %}{% endfor %}\
            {% set x = bodie %}{{ x.anything }}{% if page.kind is defined and not (page.sumary or date.iso == \"x\") %}{% endif %}";
        assert_eq!(faults("page.html", text), ["titel", "cuont", "lable", "item", "x", "bodie", "sumary"]);
    }

    #[test]
    fn the_rest_of_the_language_is_left_alone() {
        let text = "{{ page.title | replace(from=\"a\", to=page.kind) | default(value='x.y') }}{% if \"a\" in page.title %}{% endif %}\
            {% for k, v in page.breadcrumbs %}{{ k.x }}{{ v }}{% endfor %}{{ page.breadcrumbs[0].nothing }}{{ [1, 2.5][0] }}\
            {% set m = {\"a\": 1, b: page.kind} %}{{ m.c }}{{ page?.title }}{{ super() }}{{ a | b }}{% filter upper %}x{% endfilter %}\
            {% set w | upper %}x{% endset %}{{ w }}{% for\n item\nin\nsite.menu %}{{ item.label }}{% continue %}{% endfor %}\
            {{ page.breadcrumbs.0.what }}{%- set_global z = 1 -%}{{ z }}{% filter replace(from=\"x\", to=\"y\") %}{% endfilter %}\
            {{ page.title if page.draft else \"no\" }}{{ 1 if page.kind is not starting_with(\"a\") else 2 }}";
        assert_eq!(faults("page.html", text), ["a"]);
        let late = "{% for item in items %}{% set_global some = true %}{% set one = 1 %}{% endfor %}{% if some %}{{ one }}{% endif %}";
        assert_eq!(faults("news.html", late), ["one"]);
        // The innermost name is meant.
        let twice = "{% for item in page.breadcrumbs %}{% for item in site.menu %}{{ item.leads_to.name }}{% endfor %}{{ item.leads_to }}{% endfor %}";
        assert_eq!(faults("page.html", twice), ["leads_to"]);
    }

    #[test]
    fn what_a_template_hands_to_others_is_known_there() {
        let text = "{% extends 'base.html' %}{%- for item in items -%}{%include \"card.html\"%}{% include `a.html` %}{% endfor %}\
                    {% set all = 1 %}{{ include }}";
        assert_eq!(others(text).collect::<Vec<_>>(), ["base.html", "card.html", "a.html"]);
        assert_eq!(given(text), ["item", "all"]);
        let allowed: Vec<&Group> = CONTRACT.values().collect();
        assert!(wrong("{{ item.href }}{{ all }}", &allowed, &given(text)).is_empty());
        assert_eq!(wrong("{{ item.href }}", &allowed, &[]).len(), 1);
    }
}
