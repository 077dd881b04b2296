//! Two built sites -> whether they say the same.

use crate::folder::at;
use mentorpress::html::{Token, decode, text, tokens};
use std::path::Path;

/// What a page's `<main>` says: its text, and where its links lead.
#[derive(PartialEq, Eq)]
struct Said {
    text: String,
    links: Vec<String>,
}

fn said(site: &Path, path: &str) -> Result<Said, String> {
    let file = site.join(path);
    let page = std::fs::read_to_string(&file).map_err(at(&file))?;
    let start = page.find("<main").ok_or_else(|| format!("{}: no <main>", file.display()))?;
    let length = page[start..].find("</main>").ok_or_else(|| format!("{}: no </main>", file.display()))?;
    let main = &page[start..start + length];
    let links = tokens(main)
        .filter_map(|token| match token {
            Token::Open { name: "a", attributes } => {
                let href = attributes.clone().find(|attribute| attribute.name == "href")?;
                Some(decode(href.value).into_owned())
            }
            _ => None,
        })
        .collect();
    Ok(Said { text: text(main), links })
}

/// Compares one page of both sites; the first difference is the error.
pub(crate) fn page(ours: &Path, hugo: &Path, path: &str) -> Result<(), String> {
    let (a, b) = (said(ours, path)?, said(hugo, path)?);
    if a.text != b.text {
        let at = a.text.chars().zip(b.text.chars()).take_while(|(a, b)| a == b).count();
        let around = |text: &str| text.chars().skip(at.saturating_sub(40)).take(100).collect::<String>();
        return Err(format!(
            "{path}: the text differs\n  Mentorpress: …{}…\n  Hugo:        …{}…",
            around(&a.text),
            around(&b.text)
        ));
    }
    if a.links != b.links {
        let nothing = String::new();
        let at = a.links.iter().zip(&b.links).take_while(|(a, b)| a == b).count();
        let one = |links: &[String]| links.get(at).unwrap_or(&nothing).clone();
        return Err(format!(
            "{path}: link {} differs\n  Mentorpress: {}\n  Hugo:        {}",
            at + 1,
            one(&a.links),
            one(&b.links)
        ));
    }
    Ok(())
}
