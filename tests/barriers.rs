//! What keeps somebody from using a page is found before the page exists: faults planted one at a time, and none where
//! there is none. `tests/browser/planted.test.mjs` plants the same for other people's checkers.

mod support;

use support::Site;

/// The codes of this room.
const CODES: [&str; 10] = [
    "heading-order",
    "without-name",
    "table-headers",
    "page-ids",
    "tab-order",
    "page-language",
    "language-of-parts",
    "page-structure",
    "contrast",
    "target-size",
];

/// A small site whose theme has a template changed.
fn planted(file: &str, from: &str, to: &str) -> Site {
    let site = Site::small("planted")
        .file("content/about.md", "---\ntitle: About\nsummary: Us.\n---\n\nWhat we do.\n");
    let theme = std::fs::read_to_string(format!("{}/themes/default/{file}", env!("CARGO_MANIFEST_DIR")));
    let theme = theme.expect("a file of the theme");
    assert!(theme.contains(from), "no `{from}` in {file}");
    site.write(&format!("themes/own/{file}"), &theme.replacen(from, to, 1));
    site.edit("content/site.yaml", "contact:", "theme: own\ncontact:");
    site
}

#[test]
fn each_planted_fault_is_found_and_nothing_else() {
    let faults: serde_json::Value =
        serde_json::from_str(include_str!("planted/faults.json")).expect("the list of faults");
    let faults = faults.as_array().expect("a list");
    assert_eq!(faults.len(), 10);
    for fault in faults {
        let text = |key: &str| fault[key].as_str().expect("a text");
        let (code, from, to) = (text("code"), text("from"), text("to"));
        let site = if from.is_empty() {
            let site = Site::small("planted");
            site.edit("content/index.md", "Welcome.", &format!("Welcome. {to}"));
            site
        } else if from.starts_with('<') {
            planted("templates/page.html", from, to)
                .file("content/root/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        } else {
            planted("assets/theme.css", from, to)
        };
        let run = site.run(&["check", "--deny-warnings"]).expect_code(1);
        let found = run.stderr.matches("error[").count() + run.stderr.matches("warning[").count();
        assert!(
            run.stderr.contains(&format!("[{code}]")) && found == 1,
            "{}: {}",
            text("name"),
            run.console()
        );
    }
}

#[test]
fn over_the_demonstration_all_is_silent() {
    let run = Site::demonstration("silent").run(&["check"]).expect_code(0);
    for code in CODES {
        assert!(!run.stderr.contains(code), "{code}: {}", run.console());
    }
}

#[test]
fn other_faults_of_templates_are_found_at_their_line() {
    let body = "<div class=\"body\">";
    let template = include_str!("../themes/default/templates/page.html");
    let above = template.lines().position(|line| line == body).expect("the body of a page");
    let place = format!("themes/own/templates/page.html:{}:", above + 2);
    for (plant, code, message) in [
        ("<h2></h2>", "heading-order", "a heading without words"),
        ("<button type=\"button\"></button>", "without-name", "a `button` without words"),
        ("<button type=\"button\" aria-label=\"Close\"></button>", "", ""),
        ("<a href=\"/\"><img src=\"/favicon.svg\" alt=\"\"></a>", "without-name", "a link without words"),
        ("<a href=\"/\"><img src=\"/favicon.svg\" alt=\"Home\"></a>", "", ""),
        ("<a href=\"/\"><span aria-hidden=\"true\">x</span></a>", "without-name", "a link without words"),
        ("<svg><path d=\"\"/></svg>", "without-name", "a drawing that has neither"),
        ("<svg role=\"img\"><title>Bars</title><path d=\"\"/></svg>", "", ""),
        ("<svg aria-hidden=\"true\"><path d=\"\"/></svg>", "", ""),
        ("<label>Name <input></label>", "", ""),
        ("<label for=\"n\">Name</label> <input id=\"n\">", "", ""),
        ("<label></label><input id=\"n\">", "without-name", "`<input>` has no label"),
        ("<label for=\"m\">Name</label> <input id=\"n\">", "without-name", "`<input>` has no label"),
        ("<input type=\"hidden\">", "", ""),
        ("<p aria-labelledby=\"none\">x</p>", "page-ids", "`aria-labelledby` names `none`"),
        ("<div aria-hidden=\"true\"><a href=\"/\">x</a></div>", "tab-order", "hidden from screen readers"),
        ("<p lang=\"xx-!\">x</p>", "page-language", "names no language"),
        ("<p lang=\"cy\">Croeso</p>", "", ""),
        ("<table><tr><td>a</td></tr></table>", "table-headers", "a table without header cells"),
        (
            "<table><tr><th scope=\"col\"></th></tr><tr><td>a</td></tr></table>",
            "table-headers",
            "a header cell without words",
        ),
        ("<main></main>", "page-structure", "a second `<main>`"),
    ] {
        let site = planted("templates/page.html", body, &format!("{body}\n{plant}"))
            .file("content/root/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        let run = site.run(&["check"]);
        let is_right = match code {
            "" => run.code == 0,
            code => {
                run.stderr.contains(&format!("error[{code}]"))
                    && run.stderr.contains(message)
                    && run.stderr.contains(&place)
            }
        };
        assert!(is_right, "{plant}: {}", run.console());
    }
}

#[test]
fn pages_say_their_language_have_a_title_and_can_be_enlarged() {
    for (from, to, message) in [
        ("<html lang=\"{{ lang }}\"", "<html", "does not say which language"),
        ("{{ page.title }} – {{ site.title }}", "", "the page has no title"),
        ("<main id=\"main\"", "<div id=\"main\"", "the page has no `<main>`"),
        (
            "{{ head | safe }}",
            "{{ head | safe }}<meta name=\"viewport\" content=\"user-scalable=no\">",
            "cannot be enlarged",
        ),
        (
            "{{ head | safe }}",
            "{{ head | safe }}<meta http-equiv=\"refresh\" content=\"30\">",
            "leaves by itself",
        ),
    ] {
        planted("templates/base.html", from, to).run(&["check"]).expect_code(1).expect(message);
    }
}

#[test]
fn an_empty_link_and_a_skipped_heading_are_told_at_the_authors_line() {
    let site = Site::small("authors");
    site.edit("content/index.md", "Welcome.", "Welcome.\n\n[](index.md)\n\n### Deep\n\nText.");
    let run = site.run(&["check"]).expect_code(1);
    assert!(
        run.stderr.contains("content/index.md:7") && run.stderr.contains("a link without words"),
        "{}",
        run.console()
    );
    assert!(run.stderr.contains("content/index.md:9:1"), "{}", run.console());
    let run = run.expect("write between the square brackets what it leads to");
    run.expect("the first heading is of level 3").expect("write `##` in the place of `###`");
}

#[test]
fn colours_are_looked_at_in_light_in_dark_and_in_print() {
    let faint = |css: &str| planted("assets/theme.css", ".lead { ", &format!("{css}\n.lead {{ "));
    for (css, words) in [
        (".x { color: #999 }", "in light"),
        (".x { background: #555 }", "`.x`"),
        ("@media (prefers-color-scheme: dark) { .x { color: #555 } }", "in dark"),
        ("@media print { .x { color: #999999 } }", "in print"),
        (".x { color: #999; background: #000 }", ""),
        (".x::after { color: #999 }", ""),
        ("@media (forced-colors: active) { .x { color: #999 } }", ""),
    ] {
        let run = faint(css).run(&["check"]);
        let is_right = match words {
            "" => run.code == 0,
            words => run.stderr.contains("error[contrast]") && run.stderr.contains(words),
        };
        assert!(is_right, "{css}: {}", run.console());
    }
    for name in ["accent", "mentee", "mentor"] {
        let site = Site::small("own");
        site.edit("content/site.yaml", "contact:", &format!("colours: {{{name}: \"#0b3d91\"}}\ncontact:"));
        site.run(&["check"]).expect_code(0);
    }
}

#[test]
fn words_of_another_language_can_be_marked() {
    let site = Site::small("words");
    let said = "Mae croeso i bawb yn y cynllun hwn";
    site.edit("content/index.md", "Welcome.", &format!("Welcome. {said}."));
    site.run(&["check"]).expect_code(0).expect(&format!("mark it: :words[{said}]{{lang=cy}}"));
    site.edit("content/index.md", said, &format!(":words[{said}]{{lang=cy}}"));
    site.run(&["build"]).expect_code(0);
    assert!(site.page("index.html").contains(&format!("<span lang=\"cy\">{said}</span>")));
    site.edit("content/index.md", "{lang=cy}", "{lang=welsh1}");
    site.run(&["check"]).expect_code(1).expect("`welsh1` is not a language code");
    site.edit("content/index.md", "{lang=welsh1}", "{}");
    site.run(&["check"]).expect_code(1);
}
