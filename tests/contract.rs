//! What templates see (`src/render/view/`), held against what is promised to them: `docs/variables.md` has every variable of
//! every template, `docs/themes.md` explains each and names none that does not exist.
//!
//! `SNAPSHOTS=overwrite cargo test --test contract` writes `docs/variables.md`: read what changed before you keep it.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use support::{assert_file, tree};

/// Which view each template is filled with. `redirect.html` and what stands within a page see no `page`.
const TEMPLATES: [(&str, &str); 25] = [
    ("actions.html", "ActionsView"),
    ("bar.html", "Bar"),
    ("base.html", "Bare"),
    ("events.html", "Events"),
    ("facets.html", "Facets"),
    ("figure.html", "FigureView"),
    ("footer.html", "Footer"),
    ("head.html", "Head"),
    ("header.html", "Header"),
    ("home.html", "Home"),
    ("mentor.html", "Mentor"),
    ("mentors.html", "Mentors"),
    ("missing.html", "Bare"),
    ("news.html", "News"),
    ("page.html", "Text"),
    ("people.html", "People"),
    ("person.html", "Listed"),
    ("questionnaire.html", "QuestionnaireView"),
    ("quotes.html", "QuotesView"),
    ("redirect.html", "Redirect"),
    ("report.html", "ReportPage"),
    ("reports.html", "Reports"),
    ("search.html", "Search"),
    ("shortlist.html", "Shortlist"),
    ("similar.html", "Likeness"),
];
/// Beside these.
const TABLE: (&str, &str) = ("table.html", "TableView");
/// What every page gets besides its own view.
const SHARED: [&str; 2] = ["Site", "Frame"];

/// A field: its name, whether it may be absent, whether it is a list, and its type.
struct Field {
    name: String,
    optional: bool,
    list: bool,
    of: String,
}

type Views = BTreeMap<String, Vec<Field>>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every `pub struct` of the views.
fn views() -> Views {
    let mut views = Views::new();
    for (path, bytes) in tree(&root().join("src/render/view")) {
        let text = String::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is UTF-8"));
        let mut inside: Option<String> = None;
        for line in text.lines().map(str::trim) {
            if let Some((_, rest)) = line.split_once(" struct ") {
                let name = rest.split(['<', ' ', '{']).next().expect("a name").to_owned();
                views.insert(name.clone(), Vec::new());
                inside = Some(name);
            } else if line == "}" {
                inside = None;
            } else if let (Some(view), Some(field)) = (&inside, line.strip_prefix("pub ")) {
                let (name, of) = field.trim_end_matches(',').split_once(": ").expect("a field and its type");
                views.get_mut(view).expect("the struct").push(typed(name, of));
            }
        }
    }
    views
}

fn typed(name: &str, of: &str) -> Field {
    let (mut rest, mut optional, mut list) = (of, false, false);
    loop {
        let inner = |open: &str, close: &str| rest.strip_prefix(open)?.strip_suffix(close);
        if let Some(inner) = inner("Option<", ">") {
            (rest, optional) = (inner, true);
        } else if let Some(inner) = inner("Vec<", ">").or(inner("&'a [", "]")) {
            (rest, list) = (inner, true);
        } else if let Some(inner) = rest.strip_prefix("&'a ").or(rest.strip_prefix("&'static ")) {
            rest = inner;
        } else {
            let of = rest.split('<').next().unwrap_or(rest).to_owned();
            return Field { name: name.to_owned(), optional, list, of };
        }
    }
}

/// A field as the documents write it: `date? {iso, text}`, `news: list of {title, href}`.
fn written(views: &Views, field: &Field) -> String {
    let mut text = field.name.clone();
    if field.optional {
        text.push('?');
    }
    // Entries of contents have entries.
    let of = match (field.name.as_str(), views.get(&field.of)) {
        ("children", _) => "the same".to_owned(),
        (_, Some(fields)) => {
            let fields: Vec<String> = fields.iter().map(|field| written(views, field)).collect();
            format!("{{{}}}", fields.join(", "))
        }
        (_, None) => match field.of.as_str() {
            "bool" => "true or false".to_owned(),
            "usize" | "u32" => "number".to_owned(),
            "String" | "str" | "Cow" | "Words" => "text".to_owned(),
            other => panic!("{}: what is {other}?", field.name),
        },
    };
    match (field.list, of.starts_with('{')) {
        (true, _) => text + ": list of " + &of,
        (false, true) => text + " " + &of,
        (false, false) if of == "text" => text,
        (false, false) => text + ": " + &of,
    }
}

fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEMPLATES.into_iter().chain([TABLE])
}

#[test]
fn every_variable_of_every_template_is_listed() {
    let views = views();
    let mut text = "# Variables of templates\n\n\
        Made from the program by `SNAPSHOTS=overwrite cargo test --test contract`; what they hold is in [themes.md](themes.md).\n\
        A variable marked `?` may be absent. What has no type is text. `the same` are entries like the one they stand in.\n\n\
        ## Every template\n\n- `lang`\n- `dir`\n"
        .to_owned();
    let item = |field: &Field, within: &str| format!("- `{within}{}`\n", written(&views, field));
    let fields = |view: &str| views.get(view).unwrap_or_else(|| panic!("no view {view}"));
    text.extend(fields("Site").iter().map(|field| item(field, "site.")));
    text.push_str("\n## Every page\n\nIn all templates that extend `base.html`.\n\n");
    text.extend(fields("Frame").iter().map(|field| item(field, "")));
    text.extend(fields("Page").iter().map(|field| item(field, "page.")));
    for (template, view) in templates() {
        text.push_str(&format!("\n## {template}\n\n"));
        if view == "Bare" {
            text.push_str("What every page has.\n");
        }
        text.extend(fields(view).iter().filter(|field| field.of != "Page").map(|field| item(field, "")));
    }
    assert_file(&text, &root().join("docs/variables.md"));
}

#[test]
fn every_template_has_its_view_and_every_view_its_template() {
    let views = views();
    let folder = tree(&root().join("themes/default/templates"));
    let there: BTreeSet<&str> = folder.keys().map(String::as_str).collect();
    let known: BTreeSet<&str> = templates().map(|(template, _)| template).collect();
    assert_eq!(there, known);
    let used: BTreeSet<&str> = views.values().flatten().map(|field| field.of.as_str()).collect();
    let known: BTreeSet<&str> = templates().map(|(_, view)| view).chain(SHARED).collect();
    for name in views.keys() {
        assert!(used.contains(name.as_str()) || known.contains(name.as_str()), "{name}: of which template?");
    }
}

/// Words in code that are variables without doubt: paths (`site.home`) and what stands in braces (`{iso, text}`).
fn named(text: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    let (_, text) = text.split_once("\n## Every page").expect("where variables begin");
    let (text, _) = text.split_once("\n## Colours").expect("where they end");
    for span in text.split('`').skip(1).step_by(2) {
        let is_path = |span: &str| {
            span.contains('.')
                && !span.starts_with('.')
                && !span.ends_with(".html")
                && !span.ends_with(".js")
                && !span.ends_with(".yaml")
                && !span.ends_with(".css")
                && !span.contains('/')
                && span.chars().all(|c| c.is_ascii_lowercase() || "._[]?".contains(c))
        };
        let is_shape = span.starts_with('{') && span.ends_with('}') && !span.contains('|');
        if is_path(span) || is_shape {
            let words = span.split(|c: char| !(c.is_ascii_lowercase() || c == '_' || c == '.'));
            let skipped = ["", "list", "of", "true", "or", "false", "number", "sentence", "term", "text"];
            named.extend(words.filter(|word| !skipped.contains(word)).map(str::to_owned));
        }
    }
    named
}

#[test]
fn what_is_documented_exists_and_what_exists_is_documented() {
    let views = views();
    let text = fs::read_to_string(root().join("docs/themes.md")).expect("docs/themes.md");
    let mut fields: BTreeSet<&str> = views.values().flatten().map(|field| field.name.as_str()).collect();
    fields.extend(["lang", "dir", "site"]);
    for path in named(&text) {
        for part in path.trim_matches('.').split('.') {
            assert!(fields.contains(part), "docs/themes.md names `{path}`, and no view has `{part}`");
        }
    }
    // As a word of its own in code.
    let code: BTreeSet<&str> = text
        .split('`')
        .skip(1)
        .step_by(2)
        .flat_map(|span| span.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')))
        .collect();
    let missing: Vec<&&str> = fields.iter().filter(|field| !code.contains(**field)).collect();
    assert!(missing.is_empty(), "docs/themes.md has no word of {missing:?}");
    // Of the roots with their full names.
    for (root, view) in [("site", "Site"), ("page", "Page")] {
        for field in &views[view] {
            let path = format!("`{root}.{}", field.name);
            assert!(text.contains(&path), "docs/themes.md has no {path}`");
        }
    }
}
