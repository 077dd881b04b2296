//! Facts about a scheme + a text with gaps -> the text of a file.
//!
//! A gap is a name between two signs: `@title@`. Where a fact is not known the file says that it is waited for, and who may
//! know it.

use super::builtin::{LISTED, UNLISTED};
use super::{Kind, Order};
use crate::config::is_email;
use crate::failure::Failure;
use crate::path::Base;
use jiff::ToSpan;

/// What a committee knows on the first day. All of it may be left for later.
#[derive(Clone, Default, Debug)]
pub struct Facts {
    /// The scheme's name.
    pub title: Option<String>,
    /// Who runs it.
    pub organisation: Option<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// Where the site will stand on the web.
    pub base_url: Option<String>,
}

/// A name longer than this is a slip.
const LONGEST: usize = 200;

const TITLE: &str = "Our mentoring scheme";
const ORGANISATION: &str = "Our organisation";
const EMAIL: &str = "scheme@example.org";
const BASE: &str = "https://scheme.example.org/";

impl Facts {
    /// The facts, where all that are given can be used.
    ///
    /// # Errors
    /// One cannot.
    pub(super) fn checked(&self) -> Result<Facts, Failure> {
        let base = self.base_url.as_deref().map(str::trim);
        if let Some(url) = base.filter(|url| Base::read(url).is_none()) {
            return Err(Failure::refused(
                format!("`{}` is not the address of a site", shown(url)),
                "write it in full: --base-url https://www.example.org/mentoring/",
            ));
        }
        let email = self.email.as_deref().map(str::trim);
        if let Some(email) = email.filter(|email| !is_email(email)) {
            return Err(Failure::refused(
                format!("`{}` is not an e-mail address", shown(email)),
                "write the scheme's own address: --email scheme@example.org",
            ));
        }
        Ok(Facts {
            title: name(self.title.as_deref(), "--title", "the scheme's name")?,
            organisation: name(
                self.organisation.as_deref(),
                "--organisation",
                "the name of the organisation that runs the scheme",
            )?,
            email: email.map(str::to_owned),
            base_url: base.map(str::to_owned),
        })
    }

    /// Puts everything into a text that it has gaps for.
    pub(super) fn fill(&self, text: &str, order: &Order) -> String {
        let has_list = order.kind != Kind::Reverse;
        let or_waiting = |fact: &Option<String>, stand_in: &str, who: &str| match fact {
            // A text in JSON's quotes is one in YAML's.
            Some(fact) => serde_json::Value::from(fact.as_str()).to_string(),
            None => format!("{}  # [TODO: {who}]", serde_json::Value::from(stand_in)),
        };
        let in_yaml = [
            ("@title@", or_waiting(&self.title, TITLE, "the scheme's name; the committee decides")),
            (
                "@organisation@",
                or_waiting(
                    &self.organisation,
                    ORGANISATION,
                    "who runs the scheme, as it stands at the foot of every page; the chair knows",
                ),
            ),
            (
                "@base_url@",
                or_waiting(
                    &self.base_url,
                    BASE,
                    "the address that the website will have; the web team knows",
                ),
            ),
            (
                "@email@",
                or_waiting(
                    &self.email,
                    EMAIL,
                    "the scheme's own e-mail address, here and in contact.md; the IT service makes one",
                ),
            ),
        ];
        let email = self.email.as_deref();
        let write = match email {
            Some(email) => format!("Write to [{email}](mailto:{email})."),
            None => format!(
                "Write to [{EMAIL}](mailto:{EMAIL}). [TODO: put the address of site.yaml in both places, and delete these words]"
            ),
        };
        let people = if has_list { LISTED } else { UNLISTED };
        let year = order.date.checked_add(1.year()).unwrap_or(order.date).to_string();
        let mut gaps = vec![
            ("@people@\n", people.to_owned()),
            ("@write@", write),
            (
                "@mailto@",
                email
                    .map(|email| format!("MAILTO={email}"))
                    .unwrap_or_else(|| "# MAILTO=you@example.org".to_owned()),
            ),
            ("@folder@", folder_name(order)),
            ("@version@", env!("CARGO_PKG_VERSION").to_owned()),
            ("@date@", order.date.to_string()),
            ("@day@", order.date.strftime("%-d %B %Y").to_string()),
            ("@next_year@", year),
            ("@vocabulary@", if has_list { VOCABULARY } else { "" }.to_owned()),
            ("@mentors@", if has_list { MENTORS } else { "" }.to_owned()),
        ];
        if text.starts_with("# @title@") {
            gaps.push(("@title@", self.title.clone().unwrap_or_else(|| TITLE.to_owned())));
        }
        replaced(text, &gaps.into_iter().chain(in_yaml).collect::<Vec<_>>())
    }
}

const VOCABULARY: &str = "| `content/vocabulary.yaml` | the words that profiles choose from: institutions, stages, subjects, what mentors offer |\n";
const MENTORS: &str = "| `content/mentors/` | one file for each mentor |\n";

/// Fills the gaps of a text, from its beginning to its end: what was put in is not looked at again, whatever it says. Only the
/// part about mentors has gaps of its own.
fn replaced(text: &str, gaps: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match gaps.iter().find(|(gap, _)| rest.starts_with(gap)) {
            Some((gap, words)) if *gap == "@people@\n" => {
                out.push_str(&replaced(words, gaps));
                rest = &rest[gap.len()..];
            }
            Some((gap, words)) => {
                out.push_str(words);
                rest = &rest[gap.len()..];
            }
            None => {
                out.push('@');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// A name that can stand in a line.
fn name(typed: Option<&str>, option: &str, what: &str) -> Result<Option<String>, Failure> {
    let Some(typed) = typed.map(str::trim) else { return Ok(None) };
    let is_usable =
        !typed.is_empty() && typed.chars().count() <= LONGEST && !typed.chars().any(char::is_control);
    if is_usable {
        return Ok(Some(typed.to_owned()));
    }
    Err(Failure::refused(
        format!("`{}` cannot be {what}", shown(typed)),
        format!("write it in one line, in at most {LONGEST} letters: {option} \"The Lantern Circle\""),
    ))
}

/// What was typed, as a terminal may show it.
fn shown(typed: &str) -> String {
    let plain = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
    let short: String = typed.chars().take(80).map(plain).collect();
    if short.len() < typed.len() { format!("{short}…") } else { short }
}

/// The new folder's name as one that needs no quotes anywhere.
fn folder_name(order: &Order) -> String {
    let name = order.folder.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let plain = plain.trim_matches('-');
    if plain.is_empty() { "scheme".to_owned() } else { plain.to_owned() }
}
