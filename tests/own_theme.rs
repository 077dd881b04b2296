//! A look of one's own, as its author makes it: one template, rules behind those of the default theme, files of the theme,
//! colours and a logo from `site.yaml`, the theme `campus`, and the site that shows every component.

mod support;

use std::path::Path;
use support::{Site, run_in};

/// A site that uses a theme of its own.
fn with_theme(name: &str, theme: &str) -> Site {
    let site = Site::small(name);
    site.write("content/site.yaml", &(site.source("content/site.yaml") + &format!("theme: {theme}\n")));
    site
}

fn with_line(name: &str, line: &str) -> Site {
    let site = Site::small(name);
    site.write("content/site.yaml", &(site.source("content/site.yaml") + line + "\n"));
    site
}

/// The style sheet that pages have.
fn sheet(site: &Site) -> String {
    let files = site.public();
    let (_, bytes) = files
        .iter()
        .find(|(path, _)| path.starts_with("assets/theme.") && path.ends_with(".css"))
        .expect("one");
    String::from_utf8(bytes.clone()).expect("UTF-8")
}

/// The recipe of docs/themes.md: copy one file, name the theme, change the file. Everything else stays the default theme's.
#[test]
fn one_template_is_copied_and_changed() {
    let site = Site::small("one");
    site.build();
    let before = site.public();
    site.run(&["theme", "copy", "house", "footer.html"])
        .expect_code(0)
        .expect("themes/house/templates/footer.html")
        .expect("Write `theme: house` into content/site.yaml");
    site.write("content/site.yaml", &(site.source("content/site.yaml") + "theme: house\n"));
    site.build();
    assert_eq!(site.public(), before, "the copy is the default theme's own");
    let text = site.source("themes/house/templates/footer.html");
    site.write(
        "themes/house/templates/footer.html",
        &text.replace("<footer class=\"foot wrap\">", "<footer class=\"foot wrap\">\n<p>A charity.</p>"),
    );
    site.build();
    for (path, bytes) in site.public() {
        let page = String::from_utf8_lossy(&bytes).into_owned();
        if path.ends_with(".html") {
            assert!(page.contains("<p>A charity.</p>"), "{path}");
            let unchanged = page.replace("<p>A charity.</p>", "");
            assert_eq!(unchanged, String::from_utf8_lossy(&before[&path]), "{path}");
        } else {
            assert_eq!(bytes, before[&path], "{path}");
        }
    }
    site.run(&["theme", "copy", "house", "header.html"]).expect_code(0).expect("The site uses this theme.");
}

#[test]
fn copying_destroys_nothing() {
    let site = Site::small("copying");
    let refused = |arguments: &[&str]| site.run(&[&["theme", "copy"], arguments].concat()).expect_code(2);
    site.run(&["theme", "copy", "house", "header.html", "theme.css"]).expect_code(0);
    site.write("themes/house/templates/header.html", "mine");
    refused(&["house", "en.yaml", "header.html"])
        .expect("themes/house/templates/header.html is there already");
    assert_eq!(site.source("themes/house/templates/header.html"), "mine");
    assert!(!site.root().join("themes/house/i18n").exists(), "all of it or nothing");
    refused(&["house", "heder.html"]).expect("did you mean `header.html`?");
    refused(&["house", "x.html", "--from", "campsu"]).expect("did you mean `campus`?");
    for name in ["default", "../house", "House", "a/b", "", "."] {
        refused(&[name, "header.html"]).expect("cannot be the name of a theme of your own");
    }
    run_in(site.root().parent().expect("above"), &["theme", "copy", "house", "header.html"])
        .expect_code(2)
        .expect("there is no site in .");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_file_is_not_followed() {
    let site = Site::small("link");
    site.write("elsewhere", "mine");
    std::fs::create_dir_all(site.root().join("themes/house/templates")).expect("folders");
    std::os::unix::fs::symlink(
        site.root().join("elsewhere"),
        site.root().join("themes/house/templates/header.html"),
    )
    .expect("a link");
    site.run(&["theme", "copy", "house", "header.html"]).expect_code(2).expect("is there already");
    assert_eq!(site.source("elsewhere"), "mine");
}

#[test]
fn themes_and_their_files_are_listed() {
    let site = with_theme("list", "house");
    site.run(&["theme", "copy", "house", "--from", "campus"]).expect_code(0);
    site.run(&["theme", "list"])
        .expect_code(0)
        .expect("  default ")
        .expect("  campus ")
        .expect("* house        your own: 5 files in themes/house/");
    site.run(&["theme", "list", "house"])
        .expect_code(0)
        .expect("templates/header.html            your own, in place of the default theme's")
        .expect("templates/home.html              of the theme default");
    site.run(&["theme", "list", "huose"]).expect_code(2).expect("did you mean `house`?");
    site.run(&["theme", "variables", "home.html"])
        .expect_code(0)
        .expect("  news: list of {title, href, date? {iso, text}, summary?}")
        .expect("  site.logo? {src, width: number, height: number, alt}");
    site.run(&["theme", "variables", "hme.html"]).expect_code(2).expect("did you mean `home.html`?");
}

#[test]
fn further_rules_stand_behind_the_theme_s() {
    let site = with_theme("extra", "house").file("themes/house/assets/extra.css", "p { margin: 7rem }\n");
    site.build();
    let css = sheet(&site);
    let (theme, extra) =
        (css.find("--paper: #fdfcfa").expect("the theme's"), css.find("7rem").expect("ours"));
    assert!(theme < extra && extra < css.find("--running").expect("the title"));
    assert!(!site.public().keys().any(|path| path.contains("extra")), "it is no file of its own");
    // What is begun by the program is itself sound.
    let begun = with_theme("begun", "house");
    begun.run(&["theme", "copy", "house", "extra.css"]).expect_code(0);
    begun.build();
}

#[test]
fn files_of_a_theme_are_found_by_templates_and_style_sheets() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";
    let site = with_theme("assets", "house")
        .file("themes/house/assets/pictures/wave.svg", svg)
        .file("themes/house/assets/extra.css", "main { background-image: url('pictures/wave.svg'), url(\"data:,\") }\n")
        .file(
            "themes/house/templates/missing.html",
            "{% extends \"base.html\" %}\n{% block main %}\n<h1>{{ page.title }}</h1><img src=\"{{ asset(name=\"pictures/wave.svg\") }}\" alt=\"A wave\">\n{% endblock main %}\n",
        );
    site.write(
        "content/site.yaml",
        &site.source("content/site.yaml").replace("https://example.org/", "https://example.org/under/"),
    );
    site.build();
    let files = site.public();
    let path = files.keys().find(|path| path.starts_with("assets/pictures/wave.")).expect("the picture");
    assert!(site.page("404.html").contains(&format!("src=\"/under/{path}\"")), "{}", site.page("404.html"));
    assert!(sheet(&site).contains(&format!("url(\"/under/{path}\"), url(\"data:,\")")), "{}", sheet(&site));
}

/// Light as typed; in the dark lighter, until it stands out; on paper as the theme has it.
#[test]
fn a_colour_of_one_s_own_is_readable_in_light_and_in_dark() {
    let site =
        with_line("colours", "colours: {accent: \"#005030\", mentee: \"#005030\", mentor: \"#b06000\"}");
    site.build();
    let css = sheet(&site);
    assert!(css.contains(":root{--accent:#005030;--mentee:#005030;--mentor:#b06000;}"), "{css}");
    let (_, dark) =
        css.split_once("@media screen and (prefers-color-scheme:dark){html:root{").expect("the dark");
    let dark: Vec<&str> = dark.split('}').next().expect("its end").split(';').collect();
    let paper = mentorpress::colour::Rgb::read("#17131b").expect("a colour");
    for (set, needed) in dark.iter().zip([4.5, 3.0, 3.0]) {
        let (_, colour) = set.split_once(':').expect("a property");
        let colour = mentorpress::colour::Rgb::read(colour).expect("a colour");
        assert!(colour.contrast(paper) >= needed, "{set}");
    }
    // A colour that passes is left alone: the least change is made.
    assert!(dark.contains(&"--mentor:#b06000"), "{dark:?}");
}

#[test]
fn a_colour_is_held_against_the_paper_of_the_theme_in_use() {
    // 4.6 to 1 on the default theme's paper and less on its tint.
    with_line("tint", "colours: {accent: \"#7a6f80\"}")
        .run(&["build"])
        .expect_code(1)
        .expect("error[bad-colour]: `accent` (#7a6f80) is too faint on #f4eff7 in light")
        .expect("content/site.yaml:6:");
    // Bars need less than text.
    with_line("bar", "colours: {mentor: \"#7a6f80\", mentee: \"#8a7f90\"}").build();
    let dark = ":root { --paper: #101010; --tint: #202020; --ink: #eeeeee; --muted: #cccccc; --accent: #ffffff; --line: #aaaaaa; --free: #ffffff; --full: #ffffff; --error: #ffffff; --mentee: #ffffff; --mentor: #ffffff; --likert-low: #ffffff; --likert-high: #ffffff }";
    let site = with_theme("night", "night").file("themes/night/assets/extra.css", dark);
    site.build();
    let yaml = site.source("content/site.yaml");
    site.write("content/site.yaml", &(yaml.clone() + "colours: {accent: \"#333399\"}\n"));
    site.run(&["build"]).expect_code(1).expect("`accent` (#333399) is too faint on #101010 in light");
    site.write("content/site.yaml", &(yaml + "colours: {accent: \"#aaaaff\"}\n"));
    site.build();
}

#[test]
fn a_logo_stands_at_the_head_of_every_page() {
    let svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 300 100\"><path d=\"M0 0h9v9z\"/></svg>";
    let site = with_line("logo", "logo: {file: files/crest.svg, alt: {en: The sign of \"Us\"}}")
        .file("content/files/crest.svg", svg);
    site.build();
    let img = "<img class=\"logo\" src=\"/files/crest.svg\" alt=\"The sign of &quot;Us&quot;\" width=\"300\" height=\"100\">";
    for (path, bytes) in site.public().iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(String::from_utf8_lossy(bytes).contains(img), "{path}: {}", String::from_utf8_lossy(bytes));
    }
    let yaml = site.source("content/site.yaml");
    let says = |line: &str| {
        let (head, _) = yaml.split_once("logo:").expect("the logo");
        site.write("content/site.yaml", &format!("{head}logo: {line}\n"));
        site.run(&["build"])
    };
    says("files/crest.svg").expect_code(0);
    assert!(site.page("index.html").contains("alt=\"A university\""), "{}", site.page("index.html"));
    says("files/crset.svg")
        .expect_code(1)
        .expect("error[missing-image]")
        .expect("did you mean `files/crest.svg`?");
    says("../site.yaml").expect_code(1).expect("there is no file content/../site.yaml");
    site.write("content/crest.svg", svg);
    says("crest.svg").expect_code(1).expect("move it to content/files/, and write files/crest.svg");
    site.write("content/files/crest.png", "no picture");
    says("files/crest.png")
        .expect_code(1)
        .expect("error[logo]: files/crest.png is no picture that browsers show");
    site.bytes("content/files/small.png", &png(40, 20));
    says("files/small.png").expect_code(1).expect("is 20 pixels high, and would look blurred");
    site.bytes("content/files/long.png", &png(1300, 100));
    says("files/long.png").expect_code(1).expect("too long for the head of a page");
    site.write("content/files/heavy.svg", &format!("{svg}<!--{}-->", "x".repeat(60_000)));
    says("files/heavy.svg").expect_code(1).expect("has 61 KB, and everybody fetches it");
    says("{alt: A sign}").expect_code(1).expect("file");
    site.bytes("content/files/fine.png", &png(300, 100));
    says("files/fine.png").expect_code(0);
    assert!(site.page("index.html").contains("width=\"300\" height=\"100\""));
}

/// A picture of one colour.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&vec![0x55; (width * height) as usize]).expect("pixels");
    writer.finish().expect("its end");
    bytes
}

/// The second theme passes all that the program checks, over everything that the demonstration has, in its own words.
#[test]
fn the_demonstration_builds_in_the_theme_campus() {
    let site = Site::demonstration("campus");
    site.build();
    let (before, warned) = (site.public(), site.run(&["check"]).stderr);
    site.write("content/site.yaml", &(site.source("content/site.yaml") + "theme: campus\n"));
    site.build();
    assert_eq!(site.run(&["check"]).stderr, warned, "no finding more");
    let after = site.public();
    let pages = |files: &std::collections::BTreeMap<String, Vec<u8>>| -> Vec<String> {
        files.keys().filter(|path| path.ends_with(".html")).cloned().collect()
    };
    assert_eq!(pages(&before), pages(&after));
    let home = site.page("index.html");
    assert!(home.contains("<div class=\"masthead wrap\">") && home.contains("Latest news"), "{home}");
    assert!(site.page("cy/index.html").contains("Partneriaid"));
    assert!(sheet(&site).contains("--bar: var(--accent)"));
}

/// The whole of it builds in both themes, with the warnings that belong to what it shows.
#[test]
fn the_site_of_every_component_builds_in_every_theme() {
    let above = Site::empty("sample");
    let run = above.run(&["theme", "sample", "style", "--date", support::TODAY]).expect_code(0);
    assert!(run.stdout.contains("mentorpress serve --site style --open"), "{}", run.stdout);
    above.run(&["theme", "sample", "style"]).expect_code(2).expect("is not empty");
    let site = Site::copy_of("style", &above.root().join("style"));
    for theme in ["default", "campus"] {
        site.edit(
            "content/site.yaml",
            if theme == "default" { "# theme: campus" } else { "theme: default" },
            &format!("theme: {theme}"),
        );
        let run = site.build();
        let warnings: Vec<&str> = run.stderr.lines().filter(|line| line.starts_with("warning")).collect();
        assert_eq!(warnings.len(), 4, "{}", run.stderr);
        let page = site.page("style/index.html");
        // Every class that a template or the program gives to something in a text is there.
        for class in [
            "absent",
            "actions",
            "beside contents",
            "box",
            "by-hand",
            "caption",
            "chart",
            "chart-against",
            "chart-axis",
            "chart-first",
            "chart-for",
            "chart-hatch",
            "chart-label-frame",
            "chart-neutral",
            "chart-second",
            "chart-spot",
            "chart-stripe",
            "chart-words",
            "citation",
            "credit",
            "downloads",
            "figure",
            "footnote-ref",
            "footnotes",
            "framework",
            "initials",
            "lists",
            "n",
            "note",
            "notes",
            "people",
            "questionnaire",
            "references",
            "scroll",
            "words",
        ] {
            assert!(
                page.contains(&format!("class=\"{class}\""))
                    || page.contains(&format!("class={class}"))
                    || page.contains(&format!("\"{class} "))
                    || page.contains(&format!(" {class}\"")),
                "{theme}: no {class}"
            );
        }
        // Those with places come first, on the first of two pages.
        let states = site.page("mentors/index.html") + &site.page("mentors/page/2/index.html");
        assert!(states.contains("places free") && states.contains("places full"), "{theme}");
        for path in [
            "404.html",
            "mentors/index.html",
            "mentors/amara/index.html",
            "mentors/shortlist/index.html",
            "search/index.html",
            "reports/circle/index.html",
            "reports/circle/2026/index.html",
            "news/index.html",
            "events/index.html",
            "publications/article/index.html",
            "cy/index.html",
            "mentors/page/2/index.html",
        ] {
            assert!(Path::new(site.root()).join("public").join(path).is_file(), "{path}");
            assert!(
                site.page(path).contains("class=\"banner draft\"")
                    || site.page(path).contains("banner draft"),
                "{path}: the banner of a draft"
            );
        }
    }
}
