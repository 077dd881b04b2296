//! [`Records`] -> a site folder of Mentorpress: the theme as it comes, a home page, no reports.

use crate::records::{Person, Records, quoted, slug};
use crate::{folder::write, words};
use std::fmt::Write as _;
use std::path::Path;

/// The day both sites are built for. Consent lies before it and every review after it.
pub(crate) const DATE: &str = "2026-12-01";

const SITE: &str = r#"title: Sample Mentoring
tagline: Ten thousand mentors who do not exist
base_url: "https://bench.example.org/"
languages: [en]
organisation: Sample Mentoring Scheme
contact:
  email: bench@example.org
notice: "A benchmark with sample people."
menu:
  - {label: About, link: /about/}
  - matching.md
  - {label: Find a mentor, link: /mentors/}
  - for-mentees.md
footer:
  - privacy.md
  - code-of-conduct.md
  - accessibility.md
  - contact.md
scheme:
  kind: mentoring
  special_category: false
consent:
  profile: {current: v1}
directory:
  page_size: 200
  similar: 0
"#;

/// The home page's title and summary.
pub(crate) const HOME_TITLE: &str = "Mentoring for everybody";
pub(crate) const HOME_SUMMARY: &str =
    "Choose a mentor at another institution who has met the questions you are meeting now.";

/// The home page's text.
pub(crate) const HOME: &str = "
**[Find a mentor](/mentors/)** **[Become a mentor](/for-mentors/)**

## What the scheme is for

Much of an academic career is learnt from colleagues. This scheme looks for them elsewhere. [More about it](/about/).
";

/// Writes `content/` into a folder.
pub(crate) fn site(records: &Records, root: &Path) -> Result<(), String> {
    let content = root.join("content");
    write(&content.join("site.yaml"), SITE)?;
    write(&content.join("vocabulary.yaml"), &vocabulary())?;
    write(&content.join("index.md"), &text(HOME_TITLE, HOME_SUMMARY, HOME))?;
    for page in &records.pages {
        write(&content.join(format!("{}.md", page.id)), &text(page.title, &page.summary, &page.body))?;
    }
    for person in &records.people {
        write(&content.join(format!("mentors/{}.yaml", person.id)), &profile(person))?;
    }
    Ok(())
}

fn vocabulary() -> String {
    let mut text = String::new();
    let lists: [(&str, &[&str]); 4] = [
        ("institutions", &words::INSTITUTIONS),
        ("disciplines", &words::DISCIPLINES),
        ("offers", &words::OFFERS),
        ("stages", &[words::STAGE]),
    ];
    for (list, labels) in lists {
        // Writing to a String cannot fail.
        _ = writeln!(text, "{list}:");
        for label in labels {
            _ = writeln!(text, "  {}: {label}", slug(label));
        }
    }
    text
}

fn text(title: &str, summary: &str, body: &str) -> String {
    format!("---\ntitle: {}\nsummary: {}\n---\n\n{body}", quoted(title), quoted(summary))
}

fn profile(person: &Person) -> String {
    let mut text = String::new();
    let mut line = |key: &str, value: &str| _ = writeln!(text, "{key}: {value}");
    let ids = |labels: &[&str]| labels.iter().map(|label| slug(label)).collect::<Vec<_>>().join(", ");
    line("name", &person.name);
    line("sort_name", &person.sort_name);
    if let Some(pronouns) = person.pronouns {
        line("pronouns", pronouns);
    }
    line("post", &quoted(&person.post));
    line("institution", &slug(person.institution));
    line("stage", &slug(words::STAGE));
    if let Some(pathway) = person.pathway {
        line("pathway", pathway);
    }
    line("disciplines", &format!("[{}]", ids(&person.disciplines)));
    if !person.interests.is_empty() {
        let interests: Vec<String> = person.interests.iter().map(|interest| quoted(interest)).collect();
        line("interests", &format!("[{}]", interests.join(", ")));
    }
    line("offers", &format!("[{}]", ids(&person.offers)));
    if let Some(seeks) = person.seeks {
        line("seeks", &quoted(seeks));
    }
    let codes: Vec<&str> = std::iter::once("en").chain(person.languages.iter().copied()).collect();
    line("languages", &format!("[{}]", codes.join(", ")));
    line("roles", "[mentor]");
    line("capacity", &person.capacity.to_string());
    line("taken", &person.taken.to_string());
    if let Some(link) = &person.link {
        line("links", &format!("{{profile: {}}}", quoted(link)));
    }
    line("status", "listed");
    line("consent", "{profile: {given: 2026-06-01, wording: v1}}");
    line("review_by", "2027-06-01");
    text.push_str("bio: |\n");
    for line in person.bio.lines() {
        if !line.is_empty() {
            text.push_str("  ");
            text.push_str(line);
        }
        text.push('\n');
    }
    text
}
