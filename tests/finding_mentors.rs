//! The directory's pages as a mentee, a search engine and a screen reader get them: the order of names, similar mentors,
//! the shortlist's page, what is told of a person and with whose consent, and the languages of texts.

mod support;

use mentorpress::html::text;
use std::path::Path;
use support::{Site, mentor};

/// A page without quotation marks, which some attributes have and some need not.
fn plain(site: &Site, path: &str) -> String {
    site.page(path).replace('"', "").replace("&#39;", "'")
}

/// The names in a list, in its order.
fn names(page: &str) -> Vec<String> {
    let page = page.replace('"', "");
    page.split("class=name>")
        .skip(1)
        .map(|rest| text(rest.split("</h3>").next().unwrap_or_default()))
        .collect()
}

/// A second language, in the words of the first.
fn bilingual(site: &Site) {
    let english = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/i18n/en.yaml");
    site.bytes("themes/own/i18n/cy.yaml", &std::fs::read(english).expect("the English strings"));
    site.write("content/index.cy.md", "---\ntitle: Croeso\n---\n\nCroeso.\n");
    site.edit("content/site.yaml", "languages: [en]", "languages: [en, cy]\ntheme: own");
}

#[test]
fn each_language_has_its_own_alphabet() {
    let site = Site::with_people("alphabet");
    bilingual(&site);
    site.remove("content/mentors/amara.yaml");
    site.remove("content/mentors/bina.yaml");
    let welsh = [
        "Cynog", "Chwaer", "Dyfed", "Ddol", "Elin", "Éowyn", "Fychan", "Ffion", "Gwen", "Ngaio", "Harri",
        "Lowri", "Llŷr", "Penri", "Phylip", "Rolant", "Rhys", "Siân", "Tudur", "Thelma", "Ŵyn",
    ];
    let others = [("Анна", "anna"), ("فاطمة", "fatima"), ("陈美玲", "chen")];
    for (at, name) in welsh.iter().rev().enumerate() {
        site.write(&format!("content/mentors/m{at}.yaml"), &mentor(name, ""));
    }
    for (name, id) in others {
        site.write(&format!("content/mentors/{id}.yaml"), &mentor(name, ""));
    }
    site.build();
    let in_welsh = names(&site.page("cy/mentors/index.html"));
    let known = [&welsh[..], &["Анна", "فاطمة", "陈美玲"]].concat();
    assert_eq!(in_welsh, known, "ch, dd, ff, ng, ll, ph, rh and th are letters of their own in Welsh");
    let in_english = names(&site.page("mentors/index.html"));
    let at = |name: &str| in_english.iter().position(|other| other == name);
    assert!(
        at("Chwaer") < at("Cynog") && at("Llŷr") < at("Lowri") && at("Ngaio") > at("Lowri"),
        "{in_english:?}"
    );
    assert_eq!(in_english.len(), known.len());
}

#[test]
fn a_sort_name_decides_whatever_the_script_of_the_name() {
    let site = Site::with_people("sort-names");
    site.write("content/mentors/mei.yaml", &mentor("陈美玲", "sort_name: Aa\n"));
    site.write("content/mentors/noor.yaml", &mentor("د. نور الهدى", "sort_name: Az\n"));
    site.build();
    let page = site.page("mentors/index.html");
    assert_eq!(names(&page), ["陈美玲", "Dr Sample Amara", "د. نور الهدى", "Dr Sample Bina"]);
    assert!(page.contains("<bdi>د. نور الهدى</bdi>"), "a name from right to left keeps to itself");
    assert!(
        page.contains(">陈</span>") && page.contains(">ن</span>") && page.contains(">SA</span>"),
        "{page}"
    );
    assert!(site.page("mentors/noor/index.html").contains("<h1><bdi>د. نور الهدى</bdi></h1>"));
}

#[test]
fn those_with_places_come_first_on_every_list() {
    let site = Site::with_people("places-first");
    site.edit("content/mentors/amara.yaml", "capacity: 2", "capacity: 2\ntaken: 2");
    site.build();
    for list in ["mentors", "mentors/institution/leeds", "mentors/discipline/public-health"] {
        assert_eq!(
            names(&site.page(&format!("{list}/index.html"))),
            ["Dr Sample Bina", "Dr Sample Amara"],
            "{list}"
        );
    }
}

/// Links below "Similar mentors".
fn similar(site: &Site, id: &str) -> Vec<String> {
    let page = plain(site, &format!("mentors/{id}/index.html"));
    let Some((_, rest)) = page.split_once("class=similar>") else { return Vec::new() };
    let part = rest.split("</section>").next().unwrap_or_default();
    let links = part.split("href=/mentors/").skip(1);
    links.filter_map(|link| link.split('/').next().map(str::to_owned)).collect()
}

#[test]
fn similar_mentors_share_disciplines_then_offers_then_have_places_then_follow() {
    let site = Site::with_people("similar");
    let person = |id: &str, more: &str| {
        let text = mentor(&format!("Dr Sample {id}"), more);
        site.write(&format!("content/mentors/{id}.yaml"), &text);
    };
    site.remove("content/mentors/amara.yaml");
    site.remove("content/mentors/bina.yaml");
    person("a", "offers: [promotion]\n");
    person("b", "offers: [promotion, grants]\n");
    person("c", "offers: [grants]\n");
    person("d", "offers: [grants]\ntaken: 2\n");
    person("e", "offers: [promotion]\n");
    site.write(
        "content/mentors/f.yaml",
        &mentor("Dr Sample f", "offers: [promotion]\n").replace("public-health", "cancer, public-health"),
    );
    site.write(
        "content/mentors/g.yaml",
        &mentor("Dr Sample g", "offers: [promotion]\n").replace("public-health", "cancer"),
    );
    site.build();
    assert_eq!(
        similar(&site, "a"),
        ["b", "e", "f"],
        "a shared offer after a shared discipline, in the list's order"
    );
    assert_eq!(similar(&site, "d"), ["b", "c", "a"], "she is full, and last of the list: it begins again");
    assert_eq!(similar(&site, "f"), ["g", "a", "b"], "the list begins again after its end");
    assert_eq!(
        similar(&site, "g"),
        ["f", "a", "b"],
        "where one alone shares a discipline, offers bring the others"
    );
    // Somebody who goes is gone here too, and 0 names nobody.
    site.edit("content/mentors/b.yaml", "status: listed", "status: paused");
    site.build();
    assert_eq!(similar(&site, "a"), ["e", "f", "c"]);
    site.edit("content/site.yaml", "contact:", "directory: {similar: 0}\ncontact:");
    site.build();
    assert_eq!(similar(&site, "a"), [""; 0]);
}

#[test]
fn search_engines_and_cards_each_need_her_consent() {
    let site = Site::with_people("known");
    site.edit("content/mentors/bina.yaml", "post: Lecturer", "post: \"Lecturer </script><b>\"");
    let both = "consent: {profile: {given: 2026-01-10, wording: v1}, search: {given: 2026-01-10}, social: {given: 2026-01-10}}";
    site.edit("content/mentors/bina.yaml", "consent: {profile: {given: 2026-01-10, wording: v1}}", both);
    site.edit(
        "content/mentors/bina.yaml",
        "status: listed",
        "status: listed\nlanguages: [en, cy]\nlinks: {orcid: 0000-0002-1825-0097}",
    );
    site.build();
    let none = site.page("mentors/amara/index.html");
    assert!(!none.contains("ld+json") && !none.contains("og:"), "{none}");
    let page = site.page("mentors/bina/index.html");
    let data = page
        .split_once("application/ld+json\">")
        .and_then(|(_, rest)| rest.split_once("</script>"))
        .expect("data")
        .0;
    let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
    assert_eq!(data["@type"], "ProfilePage");
    let person = &data["mainEntity"];
    assert_eq!(person["name"], "Dr Sample Bina");
    assert_eq!(person["jobTitle"], "Lecturer </script><b>");
    assert_eq!(person["affiliation"]["name"], "University of Leeds");
    assert_eq!(person["knowsLanguage"], serde_json::json!(["en", "cy"]));
    assert_eq!(person["sameAs"][0], "https://orcid.org/0000-0002-1825-0097");
    assert!(
        plain(&site, "mentors/bina/index.html").contains("property=og:title content=Dr Sample Bina"),
        "{page}"
    );
    assert!(!page.contains("og:image"), "{page}");
    // Consent that was taken back, or a page that is not to be found.
    site.edit(
        "content/mentors/bina.yaml",
        "social: {given: 2026-01-10}",
        "social: {given: 2026-01-10, withdrawn: 2026-02-01}",
    );
    site.edit("content/mentors/bina.yaml", "status: listed", "status: listed\nnoindex: true");
    site.build();
    let page = plain(&site, "mentors/bina/index.html");
    assert!(!page.contains("ld+json") && !page.contains("og:") && page.contains("content=noindex"), "{page}");
}

#[test]
fn the_whole_directory_can_ask_not_to_be_found() {
    let site = Site::with_people("noindex");
    site.edit("content/mentors/bina.yaml", "status: listed", "status: listed\nnoindex: true");
    site.build();
    let is_hidden = |page: &str| plain(&site, &format!("{page}/index.html")).contains("content=noindex");
    let map = site.page("sitemap.xml");
    assert!(!is_hidden("mentors") && !is_hidden("mentors/amara") && is_hidden("mentors/bina"));
    assert!(is_hidden("mentors/shortlist"), "the shortlist is a tool, not a page to be found");
    assert!(
        map.contains("/mentors/amara/") && !map.contains("/mentors/bina/") && !map.contains("shortlist"),
        "{map}"
    );
    site.edit("content/site.yaml", "contact:", "directory: {noindex: true}\ncontact:");
    site.build();
    for page in ["mentors", "mentors/amara", "mentors/institution/leeds", "mentors/shortlist"] {
        assert!(is_hidden(page), "{page}");
    }
    assert!(!site.page("sitemap.xml").contains("mentors"), "{}", site.page("sitemap.xml"));
}

#[test]
fn a_text_in_another_language_says_so() {
    let site = Site::with_people("text-languages");
    bilingual(&site);
    site.edit(
        "content/mentors/amara.yaml",
        "post: Lecturer",
        "post: {en: Lecturer, cy: Darlithydd}\nseeks: Anybody.\nbio: {en: In English.}",
    );
    site.edit(
        "content/vocabulary.yaml",
        "leeds: University of Leeds",
        "leeds: {label: {en: University of Leeds, cy: Prifysgol Leeds}}",
    );
    site.build();
    let page = plain(&site, "cy/mentors/amara/index.html");
    assert!(
        page.contains("<p class=post>Darlithydd, <a href=/cy/mentors/institution/leeds/>Prifysgol Leeds</a>"),
        "{page}"
    );
    assert!(
        page.contains("<span lang=en>Anybody.</span>") && page.contains("<div lang=en><p>In English.</p>"),
        "{page}"
    );
    assert!(page.contains("lang=en>Public health</a>"), "a label that has no Welsh: {page}");
    let page = plain(&site, "mentors/amara/index.html");
    let body = page.split_once("<main").expect("a main").1;
    assert!(!body.split("</main>").next().unwrap_or_default().contains("lang="), "{body}");
}

#[test]
fn only_pages_of_the_directory_have_the_script() {
    let site = Site::with_people("script");
    site.build();
    let script = site.public().into_keys().find(|path| path.ends_with(".js")).expect("a script");
    for (page, has) in [
        ("index.html", false),
        ("404.html", false),
        ("mentors/index.html", true),
        ("mentors/stage/lecturer/index.html", true),
        ("mentors/amara/index.html", true),
        ("mentors/shortlist/index.html", true),
    ] {
        let text = plain(&site, page);
        assert_eq!(text.contains(&format!("src=/{script}")), has, "{page}");
        assert_eq!(text.contains("script-src 'self'"), has, "{page}");
        assert_eq!(text.contains("connect-src 'self'"), page.contains("shortlist"), "{page}");
    }
    let no_comment = |text: &str| text.lines().all(|line| !line.starts_with("//") && !line.starts_with(' '));
    assert!(no_comment(&site.page(&script)));
    // Not on another page, and no other.
    site.write("themes/own/templates/missing.html", &format!("{{% extends \"base.html\" %}}{{% block main %}}<script src=\"/{script}\" defer></script>{{% endblock main %}}"));
    site.edit("content/site.yaml", "languages: [en]", "languages: [en]\ntheme: own");
    site.run(&["build"]).expect_code(1).expect("error[output-request]: the page would run the script");
    site.remove("themes/own/templates/missing.html");
    site.write("themes/own/assets/more.js", "more()");
    let head = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates/head.html"),
    );
    let head = head.expect("the head").replace("{{ page.script }}", "/files/more.js");
    site.write("themes/own/templates/head.html", &head);
    site.write("content/files/more.js", "more()");
    site.run(&["build"]).expect_code(1).expect("the script `/files/more.js`");
}

#[test]
fn a_site_without_people_has_no_script_for_them_and_no_shortlist() {
    let site = Site::small("nobody");
    site.build();
    let made = site.public();
    assert!(
        !made.keys().any(|path| path.contains("shortlist") || path.contains("directory.")),
        "{:?}",
        made.keys()
    );
}

#[test]
fn the_form_of_the_scheme_may_name_its_fields() {
    let site = Site::with_people("form");
    site.edit(
        "content/site.yaml",
        "contact: {email: scheme@example.org}",
        "contact:\n  email: scheme@example.org\n  form: {link: \"https://forms.office.com/r?id=1\", fields: {first: r1, all: r4}}",
    );
    site.build();
    let page = plain(&site, "mentors/shortlist/index.html");
    assert!(page.contains("data-first=r1 data-all=r4 data-quoted=true"), "{page}");
    assert!(site.page("index.html").contains("https://forms.office.com/r?id=1"));
    site.edit("content/site.yaml", "first: r1, all: r4", "frist: r1, all: \"r4&x=\"");
    site.run(&["build"])
        .expect_code(1)
        .expect("contact.form.fields has no key `frist`")
        .expect("`r4&x=` is not the name of a field");
    site.edit("content/site.yaml", "link: \"https://forms.office.com/r?id=1\", ", "");
    site.run(&["build"]).expect_code(1).expect("`link`");
}

#[test]
fn shortlist_is_no_id() {
    let site = Site::with_people("reserved");
    site.write("content/mentors/shortlist.yaml", &mentor("Dr Sample Short", ""));
    site.run(&["build"]).expect_code(1).expect("error[reserved-id]");
}

#[test]
fn headings_of_a_biography_have_ids_of_their_own() {
    let site = Site::with_people("bio-headings");
    let bio =
        "bio: |\n  ## Main\n\n  [Below](#choices), [aims](/about/#main-2)\n\n  ## Choices\n\n  ## Choices\n";
    site.write("content/mentors/mei.yaml", &mentor("Dr Sample Mei", bio));
    site.write("content/about.md", "---\ntitle: About\n---\n\n## Main\n\nSample.\n");
    site.build();
    let page = plain(&site, "mentors/mei/index.html");
    for id in ["main", "bio-main", "bio-choices", "bio-choices-2"] {
        assert_eq!(
            page.matches(&format!("id={id}>")).count() + page.matches(&format!("id={id} ")).count(),
            1,
            "{id}"
        );
    }
    assert!(page.contains("href=#bio-choices") && page.contains("href=/about/#main"), "{page}");
    // A link to a heading that is not there is found, under the name it was written with.
    site.edit("content/mentors/mei.yaml", "(#choices)", "(#choice)");
    site.run(&["check"]).expect("choice");
}

#[test]
fn a_list_of_many_pages_links_the_ends_and_those_around() {
    let site = Site::with_people("many-pages");
    for at in 0..40 {
        site.write(&format!("content/mentors/m{at}.yaml"), &mentor(&format!("Dr Sample {at:02}"), ""));
    }
    site.edit("content/site.yaml", "contact:", "directory: {page_size: 2}\ncontact:");
    site.build();
    let page = plain(&site, "mentors/page/10/index.html");
    let pager = page.split("<nav class=pager").nth(1).and_then(|rest| rest.split("</nav>").next());
    let words = text(pager.and_then(|pager| pager.split_once('>')).map_or("", |(_, inside)| inside));
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words, "Previous 1 2 to 6 7 8 9 10 11 12 13 14 to 20 21 Next");
    for link in [
        "href=/mentors/ ",
        "href=/mentors/page/9/ rel=prev",
        "href=/mentors/page/21/",
        "href=/mentors/page/11/ rel=next",
    ] {
        assert!(pager.is_some_and(|pager| pager.replace('>', " ").contains(link)), "{link}: {pager:?}");
    }
    // The first page has no page before it, and no address twice.
    assert!(!plain(&site, "mentors/index.html").contains("rel=prev"));
}
