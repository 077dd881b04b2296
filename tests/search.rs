//! The search: its index has what is public in a language and nothing else, and the page of all pages leads to the rest.

mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use support::{Site, VOCABULARY, mentor};

const PEOPLE: &str = "content/mentors/people.yaml";

/// One of the index's entries.
struct Entry {
    address: String,
    title: String,
    all: String,
}

fn index(site: &Site, path: &str) -> Vec<Entry> {
    let read: Value = serde_json::from_str(&site.page(path)).expect("JSON");
    let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_else(|| panic!("{entry}")).to_owned();
    let entries = read.as_array().expect("a list").iter();
    entries
        .map(|entry| Entry { address: text(entry, "u"), title: text(entry, "t"), all: entry.to_string() })
        .collect()
}

fn titles(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.title.as_str()).collect()
}

/// Hrefs of the page of all pages, within `main`.
fn listed(site: &Site, path: &str) -> BTreeSet<String> {
    let page = site.page(path);
    let (_, main) = page.split_once("<main").expect("main");
    main.split("href=")
        .skip(1)
        .map(|rest| rest.split(['>', ' ']).next().expect("an href").replace('"', ""))
        .collect()
}

fn person(id: &str, name: &str, more: &str) -> String {
    let record = format!("id: {id}\n{}", mentor(name, more));
    record
        .lines()
        .enumerate()
        .map(|(at, line)| format!("{}{line}\n", if at == 0 { "- " } else { "  " }))
        .collect()
}

fn site(name: &str) -> Site {
    Site::small(name)
        .file("content/vocabulary.yaml", VOCABULARY)
        .file(
            PEOPLE,
            &[
                person("asma", "Dr Sample Asma", "offers: [grants]\ninterests: [birth cohorts]\nbio: |\n  She keeps bees.\n"),
                person("bina", "Dr Sample Bina", "offers: [grants]\nnoindex: true\n"),
                person("cora", "Dr Sample Cora", "offers: [grants]\n").replace("status: listed", "status: paused"),
                person("dina", "Dr Sample Dina", "offers: [grants]\n"),
            ]
            .concat(),
        )
        .file(
            "content/method.md",
            "---\ntitle: How we match\nsummary: In brief.\n---\n\n## Whom we ask\n\nA *committee* of three; see :person[asma].\n",
        )
        .file("content/later.md", "---\ntitle: Later\npublish: 2099-01-01\n---\n\nNot yet.\n")
        .file("content/draft.md", "---\ntitle: Half done\ndraft: true\n---\n\nNot yet.\n")
        .file("content/news/first.md", "---\ntitle: First news\nkind: news\ndate: 2026-01-02\n---\n\nWe began: 3 \\< 4 & on.\n")
}

#[test]
fn the_index_has_what_is_public_and_nothing_else() {
    let site = site("search");
    site.build().expect_code(0);
    let found = index(&site, "search.json");
    let people: Vec<&Entry> = found.iter().filter(|entry| entry.address.starts_with("/mentors/")).collect();
    assert_eq!(
        people.iter().map(|entry| entry.title.as_str()).collect::<Vec<_>>(),
        ["Dr Sample Asma", "Dr Sample Dina"]
    );
    let all = titles(&found);
    assert!(all.contains(&"How we match") && all.contains(&"First news"), "{all:?}");
    for absent in ["Later", "Half done", "Dr Sample Bina", "Dr Sample Cora"] {
        assert!(found.iter().all(|entry| !entry.all.contains(absent)), "{absent}");
    }
    // Of people what lists show: no word of their own pages.
    assert!(people[0].all.contains("birth cohorts") && !people[0].all.contains("bees"), "{}", people[0].all);
    let method = found.iter().find(|entry| entry.title == "How we match").expect("the page");
    for words in ["\"whom-we-ask\",\"Whom we ask\"", "A committee of three", "Dr Sample Asma", "In brief."] {
        assert!(method.all.contains(words), "{words} in {}", method.all);
    }
    let news = found.iter().find(|entry| entry.title == "First news").expect("the page");
    assert!(!site.page("search.json").contains('<'), "nothing in it can pass for a tag");
    assert!(news.all.contains("We began: 3 < 4 & on.") && news.all.contains("News"), "{}", news.all);
    for entry in &found {
        let file = format!("{}index.html", entry.address.trim_start_matches('/'));
        assert!(site.has(&file), "the index leads to {}, which is not there", entry.address);
    }
}

#[test]
fn the_page_of_all_pages_needs_no_script() {
    let site = site("search-all");
    site.build().expect_code(0);
    let listed = listed(&site, "search/index.html");
    for href in ["/method/", "/news/first/", "/mentors/"] {
        assert!(listed.contains(href), "{href} in {listed:?}");
    }
    assert!(!listed.contains("/later/") && !listed.contains("/draft/"), "{listed:?}");
    let page = site.page("search/index.html");
    assert!(page.contains("connect-src &#39;self&#39;") && page.contains("/assets/search."), "{page}");
    assert!(!site.page("method/index.html").contains("/assets/search."));
}

#[test]
fn who_is_withdrawn_is_in_no_index() {
    let site = site("search-withdrawn");
    site.build().expect_code(0);
    assert!(site.page("search.json").contains("Dr Sample Dina"));
    site.run(&["mentors", "withdraw", "dina"]).expect_code(0);
    site.build().expect_code(0);
    assert!(!site.page("search.json").contains("Dina"));
}

#[test]
fn a_directory_kept_from_search_engines_is_in_no_index() {
    let site = site("search-noindex");
    site.edit("content/site.yaml", "title:", "directory: {noindex: true}\ntitle:");
    site.build().expect_code(0);
    assert!(!site.page("search.json").contains("Sample Asma\",\"k"), "nobody is an entry of her own");
    assert!(index(&site, "search.json").iter().all(|entry| !entry.address.starts_with("/mentors/")));
}

#[test]
fn each_language_has_its_own() {
    let site = site("search-languages")
        .file("content/index.cy.md", "---\ntitle: Hafan\n---\n\nCroeso.\n")
        .file("content/method.cy.md", "---\ntitle: Sut rydym yn paru\n---\n\nGan bwyllgor.\n");
    site.edit("content/site.yaml", "languages: [en]", "languages: [en, cy]");
    site.build().expect_code(0);
    let (english, welsh) = (index(&site, "search.json"), index(&site, "cy/search.json"));
    assert!(titles(&english).contains(&"How we match") && !titles(&english).contains(&"Sut rydym yn paru"));
    assert!(titles(&welsh).contains(&"Sut rydym yn paru") && !titles(&welsh).contains(&"How we match"));
    assert!(welsh.iter().all(|entry| entry.address.starts_with("/cy/")));
    assert!(listed(&site, "cy/search/index.html").contains("/cy/method/"));
}
