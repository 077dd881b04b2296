//! What reference managers read of a report and of an article: tags, linked data and files, read back; and what pages
//! cite themselves.

mod support;

use mentorpress::html::{Token, decode, tokens};
use serde_json::{Value, json};
use support::Site;

const REPORT: &str = "reports/aimms/2022-23/index.html";
const ARTICLE: &str = "publications/2025-evaluation/index.html";

/// Names and contents of a page's `<meta>` elements, in order.
fn tags(page: &str) -> Vec<(String, String)> {
    let mut tags = Vec::new();
    for token in tokens(page) {
        let Token::Open { name: "meta", attributes } = token else { continue };
        let value = |name: &str| {
            let mut attributes = attributes.clone();
            attributes.find(|attribute| attribute.name == name).map(|attribute| decode(attribute.value))
        };
        if let (Some(name), Some(content)) = (value("name"), value("content")) {
            tags.push((name.into_owned(), content.into_owned()));
        }
    }
    tags
}

fn all<'t>(tags: &'t [(String, String)], name: &str) -> Vec<&'t str> {
    tags.iter().filter(|(other, _)| other == name).map(|(_, content)| content.as_str()).collect()
}

/// The page's only script, which must be data.
fn linked_data(page: &str) -> Value {
    let mut inside = false;
    let mut found = Vec::new();
    for token in tokens(page) {
        match token {
            Token::Open { name: "script", attributes } => {
                let kind: Vec<&str> =
                    attributes.filter(|attribute| attribute.name == "type").map(|a| a.value).collect();
                assert_eq!(kind, ["application/ld+json"]);
                inside = true;
            }
            Token::Close("script") => inside = false,
            Token::Text(text) if inside => found.push(text),
            _ => {}
        }
    }
    assert_eq!(found.len(), 1, "one block of data");
    assert!(!found[0].contains('<'));
    serde_json::from_str(found[0]).expect("JSON")
}

/// The fields of a BibTeX file with one entry, its kind and key first.
fn bibtex(text: &str) -> Vec<(String, String)> {
    let mut lines = text.lines();
    let first = lines.next().expect("an entry").strip_prefix('@').expect("its kind");
    let (kind, key) = first.trim_end_matches(',').split_once('{').expect("a key");
    let mut fields = vec![(kind.to_owned(), key.to_owned())];
    for line in lines.by_ref().take_while(|line| *line != "}") {
        let (name, value) = line.trim().split_once(" = {").unwrap_or_else(|| panic!("no field: {line}"));
        let value = value.strip_suffix("},").unwrap_or_else(|| panic!("no end: {line}"));
        let mut depth = 0_i32;
        for c in value.chars() {
            depth += i32::from(c == '{') - i32::from(c == '}');
            assert!(depth >= 0, "braces do not match: {line}");
        }
        assert_eq!(depth, 0, "braces do not match: {line}");
        fields.push((name.to_owned(), value.to_owned()));
    }
    assert_eq!(lines.next(), None, "one entry");
    fields
}

fn ris(text: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = text.strip_suffix("\r\n").expect("a last line end").split("\r\n").collect();
    let field = |line: &&str| {
        let (tag, value) = line.split_once("  - ").unwrap_or_else(|| panic!("no tag: {line}"));
        assert!(
            tag.len() == 2 && tag.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()),
            "{line}"
        );
        assert!(!value.contains(['\r', '\n']), "{line}");
        (tag.to_owned(), value.to_owned())
    };
    lines.iter().map(field).collect()
}

#[test]
fn a_report_is_a_report_to_reference_managers() {
    let site = Site::demonstration("cited-report");
    site.build();
    let page = site.page(REPORT);
    let tags = tags(&page);
    let title = "Evaluation of AIMMS Mentoring, 2022–23";
    let url = "https://aimms.example.org/reports/aimms/2022-23/";
    assert_eq!(all(&tags, "citation_title"), [title]);
    assert_eq!(all(&tags, "citation_author"), ["Author, Sample"]);
    assert_eq!(all(&tags, "citation_publication_date"), ["2025/04/30"]);
    assert_eq!(all(&tags, "citation_technical_report_institution"), ["Sample University"]);
    assert_eq!(all(&tags, "citation_language"), ["en"]);
    assert!(all(&tags, "citation_keywords")[0].starts_with("mentoring; women in medicine; "));
    assert!(all(&tags, "citation_abstract")[0].starts_with("What women hoped for"));
    assert_eq!(all(&tags, "citation_public_url"), [url]);
    assert_eq!(all(&tags, "DC.title"), [title]);
    assert_eq!(all(&tags, "DC.creator"), ["Author, Sample"]);
    assert_eq!(all(&tags, "DC.type"), ["Text"]);
    assert_eq!(all(&tags, "DCTERMS.issued"), ["2025-04-30"]);
    // Neither is it an article, nor is the DOI of the article it repeats its own.
    assert!(all(&tags, "citation_journal_title").is_empty() && all(&tags, "citation_doi").is_empty());

    let data = linked_data(&page);
    assert_eq!(data["@context"], "https://schema.org");
    assert_eq!(data["@type"], "Report");
    assert_eq!(data["author"][0]["familyName"], "Author");
    assert_eq!(data["datePublished"], "2025-04-30");
    assert_eq!(data["publisher"]["name"], "Sample University");
    assert_eq!((&data["url"], &data["version"]), (&json!(url), &json!("2022-23")));

    let file = |ending: &str| {
        let name = format!("reports/aimms/2022-23/aimms-2022-23.{ending}");
        for element in ["<link rel=\"alternate\"", "<a "] {
            let links = page.split(element).skip(1).filter_map(|rest| rest.split('>').next());
            assert!(
                links.into_iter().any(|link| link.contains(&format!("href=\"/{name}\""))),
                "{element} {name}"
            );
        }
        site.page(&name)
    };
    let bib = bibtex(&file("bib"));
    for (field, value) in [
        ("techreport", "aimms-2022-23"),
        ("title", "{Evaluation of AIMMS Mentoring, 2022–23}"),
        ("author", "Author, Sample"),
        ("institution", "Sample University"),
        ("year", "2025"),
        ("url", url),
        ("copyright", "CC BY 4.0"),
    ] {
        assert!(bib.contains(&(field.to_owned(), value.to_owned())), "{field} in {bib:?}");
    }
    let ris = ris(&file("ris"));
    assert_eq!(ris.first(), Some(&("TY".to_owned(), "RPRT".to_owned())));
    assert_eq!(ris.last(), Some(&("ER".to_owned(), String::new())));
    for (tag, value) in [("TI", title), ("AU", "Author, Sample"), ("PB", "Sample University"), ("UR", url)] {
        assert!(ris.contains(&(tag.to_owned(), value.to_owned())), "{tag} in {ris:?}");
    }
    let csl: Value = serde_json::from_str(&file("csl.json")).expect("JSON");
    assert_eq!(csl.as_array().map(Vec::len), Some(1));
    assert_eq!((&csl[0]["type"], &csl[0]["edition"]), (&json!("report"), &json!("2022-23")));
    assert_eq!(csl[0]["author"], json!([{"family": "Author", "given": "Sample"}]));
    assert_eq!(csl[0]["issued"]["date-parts"], json!([[2025, 4, 30]]));
}

#[test]
fn an_article_is_an_article() {
    let site = Site::demonstration("cited-article");
    site.build();
    let page = site.page(ARTICLE);
    let tags = tags(&page);
    assert_eq!(all(&tags, "citation_author").len(), 15);
    assert_eq!(all(&tags, "citation_author")[2], "Bryant, Louise D.");
    for (name, value) in [
        ("citation_journal_title", "PLoS ONE"),
        ("citation_publication_date", "2025/04/29"),
        ("citation_volume", "20"),
        ("citation_issue", "4"),
        ("citation_firstpage", "e0318326"),
        ("citation_issn", "1932-6203"),
        ("citation_doi", "10.1371/journal.pone.0318326"),
    ] {
        assert_eq!(all(&tags, name), [value]);
    }
    assert!(!tags.iter().any(|(name, _)| name.starts_with("citation_technical_report")));
    let data = linked_data(&page);
    assert_eq!(data["@type"], "ScholarlyArticle");
    assert_eq!(data["isPartOf"]["isPartOf"]["isPartOf"]["name"], "PLoS ONE");
    assert_eq!(data["sameAs"], "https://doi.org/10.1371/journal.pone.0318326");
    let stem = "publications/2025-evaluation/2025-evaluation";
    assert_eq!(bibtex(&site.page(&format!("{stem}.bib")))[0].0, "article");
    assert_eq!(ris(&site.page(&format!("{stem}.ris")))[0].1, "JOUR");
    let csl: Value = serde_json::from_str(&site.page(&format!("{stem}.csl.json"))).expect("JSON");
    assert_eq!(
        (&csl[0]["type"], &csl[0]["container-title"]),
        (&json!("article-journal"), &json!("PLoS ONE"))
    );
}

/// A report whose title and authors have all that any of the formats takes for its own.
fn hostile() -> Site {
    let site = Site::with_survey("cited-hostile");
    let title = r##"title: "A & <b> {100%} \\ \"q\" 'q' #_$~^ </script>\nTY  - JOUR\r\n 日本語""##;
    let report = site.source("content/evaluations/aimms/reports/2023.md");
    let old = report.lines().find(|line| line.starts_with("title:")).expect("a title");
    site.edit("content/evaluations/aimms/reports/2023.md", old, title);
    let survey = site.source("content/evaluations/aimms/survey.yaml");
    let survey: String =
        survey.lines().filter(|line| !line.starts_with("report:")).map(|line| format!("{line}\n")).collect();
    let facts = r##"report:
  authors:
    - {family: "O'Neil \"}{", given: "A & B"}
    - {family: "Faculty and School, of <Medicine>"}
    - {family: 王, given: 小明}
  institution: "R&D {Office}\nof\\it"
  doi: "https://doi.org/10.1234/a<b>{c}%d"
"##;
    site.write("content/evaluations/aimms/survey.yaml", &(survey + facts));
    site.build();
    site
}

#[test]
fn nothing_in_a_title_or_a_name_leaves_its_place() {
    let site = hostile();
    let page = site.page("reports/aimms/2023/index.html");
    let title = "A & <b> {100%} \\ \"q\" 'q' #_$~^ </script> TY - JOUR 日本語";
    let tags = tags(&page);
    assert_eq!(all(&tags, "citation_title"), [title]);
    let authors = ["O'Neil \"}{, A & B", "Faculty and School, of <Medicine>", "王, 小明"];
    assert_eq!(all(&tags, "citation_author"), authors);
    assert_eq!(all(&tags, "citation_doi"), ["10.1234/a<b>{c}%d"]);
    let data = linked_data(&page);
    assert_eq!((&data["@type"], &data["name"]), (&json!("Report"), &json!(title)));
    assert_eq!(data["author"][1], "Faculty and School, of <Medicine>");

    let bib = bibtex(&site.page("reports/aimms/2023/aimms-2023.bib"));
    let field = |name: &str| &bib.iter().find(|(field, _)| field == name).expect("a field").1;
    assert_eq!(
        field("title"),
        "{A \\& {\\textless}b{\\textgreater} {\\textbraceleft}100\\%{\\textbraceright} {\\textbackslash} \
         \"q\" 'q' \\#\\_\\${\\textasciitilde}{\\textasciicircum} \
         {\\textless}/script{\\textgreater} TY - JOUR 日本語}"
    );
    assert_eq!(
        field("author"),
        "O'Neil \"{\\textbraceright}{\\textbraceleft}, A \\& B and \
         {Faculty and School, of {\\textless}Medicine{\\textgreater}} and 王, 小明"
    );
    assert_eq!(field("doi"), "10.1234/a<b>%7Bc%7D%d");
    assert_eq!(field("url"), "https://doi.org/10.1234/a%3Cb%3E%7Bc%7D%d");
    let ris = ris(&site.page("reports/aimms/2023/aimms-2023.ris"));
    assert_eq!(ris.iter().filter(|(tag, _)| tag == "TY").count(), 1);
    assert!(ris.contains(&("TI".to_owned(), title.to_owned())), "{ris:?}");
    assert!(ris.contains(&("AU".to_owned(), "Faculty and School of <Medicine>".to_owned())), "{ris:?}");
    let csl: Value =
        serde_json::from_str(&site.page("reports/aimms/2023/aimms-2023.csl.json")).expect("JSON");
    assert_eq!(csl[0]["title"], title);
    assert_eq!(csl[0]["author"][1], json!({"literal": "Faculty and School, of <Medicine>"}));
}

#[test]
fn a_script_is_still_a_finding() {
    for script in
        ["<script>x</script>", "<script type=\"module\">x</script>", "<script type=\"importmap\">{}</script>"]
    {
        let site = Site::small("script").file(
            "themes/own/templates/home.html",
            &format!("{{% extends \"base.html\" %}}\n{{% block main %}}{script}{{{{ body | safe }}}}{{% endblock main %}}\n"),
        );
        let config = site.source("content/site.yaml");
        site.write("content/site.yaml", &format!("{config}theme: own\n"));
        site.run(&["build"]).expect_code(1).expect("error[output-request]");
    }
}

const WORKS: &str = "@article{one, author = {M{\\\"u}ller, Anna-Lena and van der Berg, Jan}, title = {A <b> \\& more}, \
     journal = {A Journal}, year = {2025}, volume = {20}, number = {4}, pages = {12--34}, doi = {10.1234/a}}\n\
     @misc{two, title = {A page}, url = {https://example.org/?a=1&b=2}}\n";

#[test]
fn works_are_numbered_as_they_are_first_cited() {
    let text = "---\ntitle: Home\n---\n\nB [@two], both [@one; @two], there [@one, pp. 3–5; @two]. `[@no]` \\[@no]\n\n```\n[@no]\n```\n";
    let site = Site::small("cited").file("content/references.bib", WORKS).file("content/index.md", text);
    site.build();
    let page = site.page("index.html");
    let number = |n: u8| {
        format!("<a href=\"#reference-{n}\" role=\"doc-biblioref\" aria-label=\"Reference {n}\">{n}</a>")
    };
    let (two, one) = (number(1), number(2));
    let both = format!(
        "B <span class=\"citation\">[{two}]</span>, both <span class=\"citation\">[{one}, {two}]</span>"
    );
    // Numbers stand as they were written: the second citation names first what is second in the list.
    assert!(page.contains(&both), "{page}");
    assert!(
        page.contains("aria-label=\"Reference 2\">2</a>, pp. 3–5; <a href=\"#reference-1\""),
        "a place in a work stands after its number: {page}"
    );
    assert!(page.contains("<code>[@no]</code> [@no]"), "{page}");
    assert!(page.contains(
        "<li id=\"reference-1\"><cite>A page</cite>. <a href=\"https://example.org/?a=1&amp;b=2\">"
    ));
    assert!(page.contains(
        "<li id=\"reference-2\">Müller AL, van der Berg J. <cite>A &lt;b&gt; &amp; more</cite>. \
         A Journal 2025; 20(4): 12–34. <a href=\"https://doi.org/10.1234/a\">"
    ));
}

#[test]
fn the_works_cited_stand_in_the_table_of_contents() {
    let site = Site::demonstration("contents");
    site.build();
    let page = site.page("reports/aimms/2022-23/index.html");
    let contents = page.split("</nav>").find(|part| part.contains("#report-method")).expect("the contents");
    let contents = contents.replace('"', "");
    let at =
        |id: &str| contents.find(&format!("<a href=#{id}>")).unwrap_or_else(|| panic!("no {id}: {contents}"));
    assert!(at("study-method") < at("references-title") && at("references-title") < at("report-method"));
}

/// What the package would follow without end, or stumble over, is a finding.
#[test]
fn a_hostile_bibliography_is_a_finding() {
    for works in [
        "@article{a, crossref = {a}, title = {x}}",
        "@article{a, XData={a}}",
        "@string{x = x}\n@article{a, title = x}",
        "@article{a, title = {x}}\n@article{a, title = {y}}",
        "@article{a,",
        "@article{é, title = {é}",
        "@",
    ] {
        let site = Site::small("works").file("content/references.bib", works);
        site.run(&["build"]).expect_code(1).expect("error[bibliography-syntax]");
        // Taking down is not held up by it.
        site.run(&["build", "--takedown"]).expect_code(0).expect("references.bib");
    }
}

#[test]
fn braces_without_end_are_a_finding() {
    let works = format!("@article{{a, title = {{{}x{}}}}}", "{".repeat(100_000), "}".repeat(100_000));
    let site = Site::small("deep-works").file("content/references.bib", &works);
    site.run(&["build"]).expect_code(1).expect("error[nesting-too-deep]");
}
