//! The feed: news and reports with their whole text, read as a feed reader does.

mod support;

use mentorpress::html::{Token, decode, tokens};
use support::Site;

/// An entry: its title, address, day, and the HTML of its content.
#[derive(Debug)]
struct Entry {
    title: String,
    link: String,
    published: String,
    summary: String,
    content: String,
}

fn entries(feed: &str) -> Vec<Entry> {
    let text = |entry: &str, name: &str| {
        let rest = entry.split_once(&format!("<{name}")).and_then(|(_, rest)| rest.split_once('>'));
        let inner = rest.and_then(|(_, rest)| rest.split_once(&format!("</{name}>")));
        inner.map(|(inner, _)| decode(inner).into_owned()).unwrap_or_default()
    };
    let link = |entry: &str| {
        let rest = entry.split_once("<link href=\"").expect("a link").1;
        decode(rest.split('"').next().expect("an address")).into_owned()
    };
    feed.split("<entry>")
        .skip(1)
        .map(|entry| Entry {
            title: text(entry, "title"),
            link: link(entry),
            published: text(entry, "published"),
            summary: text(entry, "summary"),
            content: text(entry, "content"),
        })
        .collect()
}

#[test]
fn a_report_is_news_with_its_tables_and_what_its_figures_say() {
    let site = Site::demonstration("feed");
    site.build();
    let feed = site.page("atom.xml");
    let entries = entries(&feed);
    let titles: Vec<&str> = entries.iter().map(|entry| entry.title.as_str()).collect();
    let at = titles.iter().position(|title| title.starts_with("Evaluation of AIMMS")).expect("the report");
    assert!(entries.len() > 1, "{titles:?}");
    let days: Vec<&str> = entries.iter().map(|entry| entry.published.as_str()).collect();
    assert!(days.is_sorted_by(|a, b| a >= b), "newest first: {days:?}");
    let report = &entries[at];
    assert!(report.link.ends_with("/reports/aimms/2022-23/"), "{report:?}");
    assert_eq!(report.published, "2025-04-30T00:00:00Z");
    assert!(report.summary.starts_with("What women hoped for"), "{}", report.summary);
    let content = &report.content;
    for part in [
        "<caption>Table 5. What are you hoping to gain? Before mentoring, all that apply</caption>",
        "<th scope=\"col\">Mentees (n = 10)</th>",
        "<th scope=\"row\">Practical career advice</th><td>9</td><td>not asked\u{A0}<sup>a</sup></td>",
        "<p><sup>a</sup> “Not asked” means",
        "<p><strong>Table 6. Areas in which",
        "<caption>Table 6a. In which areas",
        "<p><strong>Figure 2. What mentees and mentors hoped to gain, before mentoring</strong></p>",
        "Professional development: Mentees, 7 of 10; Mentors, 4 of 10.",
    ] {
        assert!(content.contains(part), "no {part} in {content}");
    }
    let page = site.page("reports/aimms/2022-23/index.html");
    let count = |html: &str, name: &str| {
        tokens(html)
            .filter(|token| matches!(token, Token::Open { name: found, .. } if *found == name))
            .count()
    };
    // What came of the suggestions is a list away from the page.
    assert_eq!(count(content, "table") + 1, count(&page, "table"));
    assert_eq!(count(content, "svg"), 0);
    // Whatever a link or image leads to is whole.
    for token in tokens(content) {
        let Token::Open { attributes, .. } = token else { continue };
        for attribute in attributes.filter(|attribute| matches!(attribute.name, "href" | "src")) {
            assert!(attribute.value.starts_with("https://"), "{}", attribute.value);
        }
    }
}

#[test]
fn quotations_are_in_the_feed_as_the_page_has_them() {
    let site = Site::with_survey("quotes").file(
        "content/evaluations/aimms/quotes.yaml",
        "- {id: q1, question: wanted, group: mentee, text: \"A <b>plan</b> & some hope\", edited: true, consent: true}\n",
    );
    site.edit("content/evaluations/aimms/reports/2023.md", "::table", "::quote{id=q1}\n\n::table");
    site.build();
    let feed = site.page("atom.xml");
    let entries = entries(&feed);
    assert_eq!(entries.len(), 1);
    let content = &entries[0].content;
    assert!(
        content.contains(
            "<blockquote>\n<p>“A &lt;b&gt;plan&lt;/b&gt; &amp; some hope”</p>\n<p>Mentees (edited)</p>"
        ),
        "{content}"
    );
    assert!(site.page("index.html").contains("atom.xml"), "pages name the feed");
}

#[test]
fn a_feed_is_there_where_something_has_a_day() {
    let site = Site::small("nothing");
    site.build();
    assert!(!site.has("atom.xml"));
    let site = Site::with_survey("undated");
    site.edit("content/evaluations/aimms/reports/2023.md", "date: 2023-09-01\n", "");
    site.build();
    assert!(!site.has("atom.xml"), "no reader would know when it came");
    site.edit(
        "content/evaluations/aimms/reports/2023.md",
        "kind: report\n",
        "kind: report\npublish: 2023-10-02\n",
    );
    site.build();
    assert!(site.page("atom.xml").contains("<published>2023-10-02T00:00:00Z</published>"));
    site.edit("content/evaluations/aimms/reports/2023.md", "2023-10-02", "2030-01-01");
    site.build();
    assert!(!site.has("atom.xml"), "not public yet");
}

#[test]
fn what_is_left_out_is_not_in_the_feed() {
    let site = Site::with_survey("left");
    site.edit("content/evaluations/aimms/reports/2023.md", "::table", "::tible");
    site.run(&["build", "--takedown"]).expect_code(0);
    assert!(!site.has("atom.xml") && !site.has("reports"));
}

#[test]
fn what_xml_forbids_breaks_no_feed() {
    let site = Site::with_survey("control");
    site.edit("content/evaluations/aimms/reports/2023.md", "## Hopes", "A\u{B}page\u{1} break.\n\n## Hopes");
    site.edit(
        "content/evaluations/aimms/reports/2023.md",
        "kind: report",
        "summary: \"On\\x07 hopes\"\nkind: report",
    );
    site.build();
    let feed = site.page("atom.xml");
    let forbidden = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r');
    assert!(!feed.contains(forbidden), "{feed:?}");
    let entries = entries(&feed);
    assert!(entries[0].content.contains("Apage break."), "{}", entries[0].content);
    assert_eq!(entries[0].summary, "On hopes");
}

#[test]
fn a_corrected_report_is_new_again_and_says_what_changed() {
    let site = Site::with_survey("corrected");
    site.build();
    let feed = site.page("atom.xml");
    assert!(feed.contains("<updated>2023-09-01T00:00:00Z</updated>") && !feed.contains("Corrected on"));
    let first = entries(&feed).remove(0);
    assert!(
        first.content.ends_with(
            " <a href=\"https://example.org/reports/aimms/2023/#report-method\">Method and protection</a></p>\n"
        ) && first.content.contains("<p>What is shown follows rules"),
        "{}",
        first.content
    );
    let correction = support::RELEASE.replace("advice: 7", "advice: 6").replace(
        "edition: \"2023\"\n",
        "edition: \"2023.2\"\ncorrects: \"2023\"\ndate: 2026-03-02\nreason: Two answers <were> counted twice.\n",
    );
    site.write("content/evaluations/aimms/releases/2023.2.yaml", &correction);
    site.build();
    let feed = site.page("atom.xml");
    assert_eq!(feed.matches("<updated>2026-03-02T00:00:00Z</updated>").count(), 2, "feed and entry: {feed}");
    assert!(feed.contains("<published>2023-09-01T00:00:00Z</published>"), "{feed}");
    let entry = entries(&feed).remove(0);
    assert!(
        entry.content.starts_with(
            "<p><strong>Corrected on 2 March 2026:</strong> Two answers &lt;were&gt; counted twice.</p>\n\
             <p>Figures that changed:</p>\n<ul>\n<li>What do you hope for? \
             (<a href=\"https://example.org/reports/aimms/2023/#table-wanted\">Table 1</a>)</li>\n</ul>\n"
        ),
        "{}",
        entry.content
    );
}
