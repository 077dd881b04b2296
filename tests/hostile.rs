//! Hostile input ends in a finding, within bounded time and memory, and never in a panic.

mod support;

use proptest::prelude::*;
use std::time::{Duration, Instant};
use support::{Site, mentor};

/// Far above what any of these takes, far below what an attack would.
const BOUND: Duration = Duration::from_secs(20);

fn page(text: &str) -> String {
    format!("---\ntitle: About\n---\n\n{text}\n")
}

#[track_caller]
fn finding(path: &str, text: &str, expected: &str) {
    let site = Site::with_people("hostile").file(path, text);
    let begun = Instant::now();
    let run = site.run(&["build"]).expect_code(1);
    assert!(run.stderr.contains(expected), "no {expected} in\n{}", &run.stderr[..run.stderr.len().min(4000)]);
    assert!(begun.elapsed() < BOUND, "{:?}", begun.elapsed());
    assert!(!run.stderr.contains("panicked"));
}

#[test]
fn an_alias_bomb() {
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..20 {
        let before = char::from(b'a' + level - 1);
        let this = char::from(b'a' + level);
        bomb.push_str(&format!("{this}: &{this} [{}]\n", vec![format!("*{before}"); 9].join(", ")));
    }
    finding("content/mentors/bomb.yaml", &bomb, "error[anchor]");
}

#[test]
fn ten_thousand_levels_of_yaml() {
    finding("content/mentors/deep.yaml", &format!("name: {}", "[".repeat(10_000)), "error[nesting-too-deep]");
    let blocks: String = (0..4_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    finding("content/mentors/deep.yaml", &blocks, "error[nesting-too-deep]");
    finding("content/mentors/deep.yaml", &format!("{}x", "- ".repeat(10_000)), "error[nesting-too-deep]");
}

#[test]
fn ten_thousand_levels_of_markdown() {
    finding("content/about.md", &page(&">".repeat(10_000)), "error[nesting-too-deep]");
    finding("content/about.md", &page(&format!("{}x", "- ".repeat(10_000))), "error[nesting-too-deep]");
    finding(
        "content/about.md",
        &page(&format!("{}x{}", "*a _b ".repeat(5_000), "_ *".repeat(5_000))),
        "error[nesting-too-deep]",
    );
}

#[test]
fn markdown_that_makes_parsers_slow() {
    for text in [
        "[".repeat(50_000),
        "![".repeat(50_000),
        "*".repeat(50_000),
        "`a".repeat(50_000),
        ":n[".repeat(50_000),
        "[a](".repeat(50_000),
        format!("|{}\n|{}\n", "a|".repeat(20_000), "-|".repeat(20_000)),
        "[^a]".repeat(20_000),
        "<!--".repeat(20_000),
    ] {
        let site = Site::small("slow").file("content/about.md", &page(&text));
        let begun = Instant::now();
        let run = site.run(&["build"]);
        assert!(matches!(run.code, 0 | 1), "{}", &run.console()[..2000]);
        assert!(begun.elapsed() < BOUND, "{:?} for {}", begun.elapsed(), &text[..20]);
    }
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let site = Site::with_people("control")
        .file("content/mentors/chen.yaml", &mentor("\"Dr \\e[31mSample\"", "no\u{7}pe: 1\n"));
    let run = site.run(&["build"]).expect_code(1);
    assert!(!run.stderr.contains(['\u{1b}', '\u{7}']), "{:?}", run.stderr);
}

#[test]
fn texts_cannot_break_out_of_their_place() {
    let nasty = "\"</title><script>alert(1)</script>\"";
    let site = Site::with_people("nasty");
    site.write("content/about.md", &format!("---\ntitle: {nasty}\nsummary: {nasty}\n---\n\nText \\<script>\n\n`<script>`\n\n[x](https://example.com/\"onclick=alert)\n"));
    site.write(
        "content/mentors/chen.yaml",
        &mentor(nasty, "pronouns: \"<b>\"\ninterests: [\"<i onload=x>\"]\n"),
    );
    site.edit("content/site.yaml", "title: A scheme", "title: \"A </style><script> scheme\"");
    site.build();
    for (path, bytes) in site.public() {
        let text = String::from_utf8_lossy(&bytes);
        for token in mentorpress::html::tokens(&text) {
            let mentorpress::html::Token::Open { name, mut attributes } = token else { continue };
            let src = attributes.clone().find(|attribute| attribute.name == "src");
            let own = if path == "search/index.html" { "/assets/search." } else { "/assets/directory." };
            let is_ours = src.is_some_and(|src| src.value.starts_with(own));
            assert!(!matches!(name, "script" | "b" | "i") || is_ours, "<{name}> in {path}");
            assert!(attributes.all(|attribute| !attribute.name.starts_with("on")), "{path}");
        }
    }
    let css = site.public().into_iter().find(|(path, _)| path.ends_with(".css")).expect("a stylesheet");
    assert!(!String::from_utf8_lossy(&css.1).contains("</style"));
}

#[test]
fn addresses_cannot_leave_the_site() {
    for (path, text, expected) in [
        ("content/about.md", page("[x](../../../etc/passwd)"), "error[link-to-nowhere]"),
        ("content/about.md", page("![x](../../../etc/passwd)"), "error[missing-image]"),
        ("content/about.md", page("[x](javascript:alert(1))"), "error[link-to-nowhere]"),
        ("content/about.md", "---\ntitle: A\naliases: [/../../x/]\n---\n".to_owned(), "error[bad-address]"),
        ("content/about.md", "---\ntitle: A\naliases: [about]\n---\n".to_owned(), "error[bad-address]"),
        ("content/mentors/x%2fy.yaml", mentor("Dr Sample", ""), "error[bad-id]"),
    ] {
        finding(path, &text, expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any YAML gives a tree or findings.
    #[test]
    fn any_yaml_ends(text in "[a-z:\\-\\[\\]{}\"'#&*!|>%@`,\n \t~0-9é“”\\\\]{0,200}") {
        library::yaml(&text);
    }

    /// Any Markdown gives a document, and directives never make it panic.
    #[test]
    fn any_markdown_ends(text in "[a-z:\\[\\](){}=\"'#*_`|<>!\\-+0-9\n \\\\&;^~é’]{0,300}") {
        library::markdown(&text);
    }

    /// Pieces of directives in any order.
    #[test]
    fn any_directives_end(parts in prop::collection::vec(prop::sample::select(vec![
        ":n[", "wanted.advice", "]", "{group=mentee}", "{a=\"b c\"", "}", "::table{questions=x}", ":::note", ":::", "\n\n", "\n", "* ", "| ", "*", "_", "`", "[x](y)",
        "\\", "&#58;", "# ", "![", "[^1]", "[^1]: ", ":person[a]", " ", "“", "é",
    ]), 0..40)) {
        library::markdown(&parts.concat());
    }

    /// Any page of a browser's is scanned to its end.
    #[test]
    fn any_html_is_scanned(text in "[a-z<>/=\"'&#;! \\-x0-9é]{0,200}") {
        let _ = mentorpress::html::text(&text);
        prop_assert!(mentorpress::html::tokens(&text).count() <= text.len());
    }
}

mod library {
    use mentorpress::diagnostic::{Diagnostics, human};
    use mentorpress::markdown;
    use mentorpress::source::Sources;
    use mentorpress::yaml;

    fn sources(text: &str) -> Sources {
        let mut sources = Sources::default();
        sources.add_builtin("content/a.md", text);
        sources
    }

    pub(crate) fn yaml(text: &str) {
        let sources = sources(text);
        let (file, _) = sources.find("content/a.md").expect("the text");
        let mut found = Diagnostics::new();
        let node = yaml::parse(&sources, file, 0..text.len(), &mut found);
        if let Some(node) = &node {
            yaml::fields(node, "a thing", &["name"], &mut found);
            yaml::boolean(node, &mut found);
            yaml::number(node, &mut found);
            yaml::date(node, &mut found);
        }
        let _ = human(&found, &sources, false);
    }

    pub(crate) fn markdown(text: &str) {
        let sources = sources(text);
        let (file, _) = sources.find("content/a.md").expect("the text");
        let mut found = Diagnostics::new();
        let document = markdown::parse(&markdown::Text::of_file(&sources, file, 0..text.len()), &mut found);
        let depth =
            document.pieces.iter().filter(|piece| matches!(piece, markdown::Piece::Link { .. })).count();
        let ends = document.pieces.iter().filter(|piece| matches!(piece, markdown::Piece::LinkEnd)).count();
        assert_eq!(depth, ends, "links begin and end: {text:?}");
        let _ = human(&found, &sources, false);
    }
}
