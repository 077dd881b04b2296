//! Themes that are broken, each in one way: what is said about them, at which file and line, with which way out. The whole is
//! `tests/themes/broken.console`; read it as somebody who is no programmer.
//!
//! `SNAPSHOTS=overwrite cargo test --test theme_errors` writes it.

mod support;

use std::path::Path;
use support::{Site, assert_file};

/// What is broken, the file, and its text. `[…]` stands for the frame of a page.
const BROKEN: &[(&str, &str, &str)] = &[
    (
        "a block is not closed",
        "templates/missing.html",
        "{% extends \"base.html\" %}\n{% block main %}\n<h1>Not here</h1>",
    ),
    ("an if is not closed", "templates/missing.html", "[{% if page.title %}<h1>Not here</h1>]"),
    ("an end without a beginning", "templates/missing.html", "[<h1>Not here</h1>{% endif %}]"),
    ("braces are not closed", "templates/missing.html", "[<h1>{{ page.title </h1>]"),
    ("a path that ends in a dot", "templates/missing.html", "[<h1>{{ page. }}</h1>]"),
    ("a comment is not closed", "templates/missing.html", "[{# never closed]"),
    ("raw text is not closed", "templates/missing.html", "[{% raw %} never closed]"),
    ("an unknown tag", "templates/missing.html", "[{% iff page.title %}{% endif %}]"),
    ("a tag of another engine", "templates/missing.html", "[{% macro button() %}{% endmacro %}]"),
    ("an unknown variable", "templates/missing.html", "[<h1>{{ pgae.title }}</h1>]"),
    ("a variable of another template", "templates/missing.html", "[<h1>Not here</h1>{{ body | safe }}]"),
    ("an unknown field", "templates/missing.html", "[<h1>{{ page.titel }}</h1>]"),
    (
        "an unknown field in a condition",
        "templates/missing.html",
        "[<h1>Not here</h1>{% if page.sumary %}x{% endif %}]",
    ),
    (
        "an unknown field of a loop's entry",
        "templates/missing.html",
        "[<h1>Not here</h1>{% for item in site.menu %}{{ item.lable }}{% endfor %}]",
    ),
    (
        "an unknown list",
        "templates/missing.html",
        "[<h1>Not here</h1>{% for item in site.menus %}{% endfor %}]",
    ),
    ("a field of a text", "templates/missing.html", "[<h1>{{ page.title.text }}</h1>]"),
    ("a field of what is absent", "templates/missing.html", "[<h1>Not here</h1>{{ page.stale.href }}]"),
    (
        "a loop over a text",
        "templates/missing.html",
        "[<h1>Not here</h1>{% for item in page.title %}{{ item.x }}{% endfor %}]",
    ),
    ("an unknown filter", "templates/missing.html", "[<h1>{{ page.title | uppper }}</h1>]"),
    ("an unknown test", "templates/missing.html", "[{% if page.title is definedd %}{% endif %}]"),
    ("an unknown function", "templates/missing.html", "[{{ tt(key=\"nav.skip\") }}]"),
    ("a clock", "templates/missing.html", "[{{ now() }}]"),
    ("a filter that wants text", "templates/missing.html", "[{{ page.breadcrumbs | upper }}]"),
    ("an unknown template", "templates/missing.html", "[{% include \"peple.html\" %}]"),
    ("an unknown skeleton", "templates/missing.html", "{% extends \"bsae.html\" %}"),
    ("a template that extends itself", "templates/missing.html", "{% extends \"missing.html\" %}"),
    (
        "a block that the skeleton lacks",
        "templates/missing.html",
        "{% extends \"base.html\" %}\n{% block mian %}x{% endblock mian %}",
    ),
    ("an unknown word", "templates/missing.html", "[{{ t(key=\"missing.titel\") }}]"),
    ("a word without its key", "templates/missing.html", "[{{ t(k=\"missing.title\") }}]"),
    (
        "an unknown asset",
        "templates/missing.html",
        "[<h1>Not here</h1><img src=\"{{ asset(name=\"crest.svg\") }}\" alt=\"\">]",
    ),
    (
        "an asset by its path",
        "templates/missing.html",
        "[<h1>Not here</h1><img src=\"/assets/crest.svg\" alt=\"\">]",
    ),
    ("a template under a wrong name", "templates/mentorz.html", "<p>Nobody sees it.</p>"),
    ("a style sheet under a wrong name", "assets/them.css", "p { margin: 0 }"),
    ("a template in a wrong folder", "template/missing.html", "<p>Nobody sees it.</p>"),
    ("words under a wrong key", "i18n/en.yaml", "nav.skipp: Hop\n"),
    ("a part that is too faint", "assets/extra.css", ":root { --accent: #99aaff }\n"),
    (
        "a part that is too faint in the dark",
        "assets/extra.css",
        "@media (prefers-color-scheme: dark) { html:root { --paper: #333333; --muted: #777777 } }\n",
    ),
];

fn broken(path: &str, text: &str) -> Site {
    let text = match text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        Some(inner) => {
            format!("{{% extends \"base.html\" %}}\n{{% block main %}}\n{inner}\n{{% endblock main %}}\n")
        }
        None => text.to_owned(),
    };
    let site = Site::small("broken").file(&format!("themes/house/{path}"), &text);
    site.write("content/site.yaml", &(site.source("content/site.yaml") + "theme: house\n"));
    site
}

#[test]
fn what_is_said_about_broken_themes() {
    let mut all = String::new();
    for (what, path, text) in BROKEN {
        let run = broken(path, text).run(&["build"]);
        assert_eq!(run.code, 1, "{what}\n{}", run.console());
        assert!(
            run.stderr.contains(&format!("themes/house/{path}:")),
            "{what}: at the theme's file\n{}",
            run.stderr
        );
        all.push_str(&format!("## {what}\n\n{}\n", run.stderr));
    }
    assert_file(&all, &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/themes/broken.console"));
}

/// The names that are offered in place of a wrong one are those that the engine has: each of them, given, is no finding.
#[test]
fn offered_names_exist() {
    let source = include_str!("../src/render/template_findings.rs");
    let list = |name: &str| -> Vec<&str> {
        let (_, rest) = source.split_once(&format!("const {name}: [&str; ")).expect("the list");
        let (_, rest) = rest.split_once("= [").expect("its beginning");
        let (list, _) = rest.split_once(']').expect("its end");
        list.split('"').skip(1).step_by(2).collect()
    };
    let all = [
        ("FILTERS", "filter", "{{ page.title | shout }}"),
        ("TESTS", "test", "{% if page.title is shout %}{% endif %}"),
    ];
    for (name, what, template) in all {
        let names = list(name);
        assert!(names.len() > 15, "{names:?}");
        // An unknown name is told of when the theme is read, whatever else is wrong then.
        let uses: String =
            names.iter().chain(&["shout"]).map(|known| template.replace("shout", known)).collect();
        let run = broken("templates/missing.html", &format!("[{{% if false %}}{uses}{{% endif %}}]"))
            .run(&["check"]);
        let unknown: Vec<&str> = run.stderr.lines().filter(|line| line.contains("there is no")).collect();
        assert_eq!(unknown, [format!("error[template-error]: there is no {what} `shout`")], "{}", run.stderr);
    }
}
