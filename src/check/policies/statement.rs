//! An accessibility statement -> how far it says the site complies, and whether that can be so.
//!
//! The words are those of the model statement: one of three, in English or Welsh. What a statement in another language
//! claims is not judged.

use super::words::blocks;
use crate::content::{Kind, Page, Visibility};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::Project;

/// How far a site complies with the guidelines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Status {
    Fully,
    Partially,
    Not,
}

/// The section that says it.
const SECTION: &str = "compliance-status";

const WORDS: [(&str, &str, Status); 7] = [
    ("en", "fully compliant", Status::Fully),
    ("en", "partially compliant", Status::Partially),
    ("en", "not compliant", Status::Not),
    ("cy", "cydymffurfio'n llawn", Status::Fully),
    ("cy", "cydymffurfio'n rhannol", Status::Partially),
    ("cy", "nid yw'r wefan hon yn cydymffurfio â", Status::Not),
    ("cy", "nad yw'n cydymffurfio", Status::Not),
];

/// What the statement says, each time that it does.
fn statuses(page: &Page) -> Vec<Status> {
    let Some(at) = page.body.headings.iter().position(|heading| heading.id == SECTION) else {
        return Vec::new();
    };
    let blocks = blocks(page, &page.body.headings[at], &page.body.headings[at + 1..]);
    let mut said = Vec::new();
    for block in blocks {
        let text = block.text.to_lowercase().replace('’', "'");
        for (language, words, status) in &WORDS {
            // "Not fully compliant" is none of the three.
            let is_said = |at: usize| !text[..at].trim_end().ends_with("not");
            if page.language.code() == *language {
                said.extend(text.match_indices(words).filter(|(at, _)| is_said(*at)).map(|_| *status));
            }
        }
    }
    said.dedup();
    said
}

/// The one status that a statement claims; `None` where it claims none, or several.
pub(super) fn status(page: &Page) -> Option<Status> {
    match statuses(page)[..] {
        [status] => Some(status),
        _ => None,
    }
}

/// What is wrong with how a statement says it.
pub(super) fn claims(page: &Page) -> Option<Diagnostic> {
    let heading = page.body.headings.iter().find(|heading| heading.id == SECTION)?;
    let is_known = WORDS.iter().any(|(language, ..)| page.language.code() == *language);
    let said = statuses(page);
    if !is_known || said.len() == 1 {
        return None;
    }
    let message = match said.len() {
        0 => "the accessibility statement does not say how far the website complies",
        _ => "the accessibility statement says more than one thing about how far the website complies",
    };
    let choice: Vec<String> = WORDS
        .iter()
        .filter(|(language, ..)| page.language.code() == *language)
        .map(|(_, words, _)| format!("\"{words}\""))
        .collect();
    Some(
        Diagnostic::new(Code::ComplianceStatus, heading.span, message)
            .note("the model statement has three wordings, and one of them holds")
            .help(format!("write exactly one of {} in this section", choice.join(", "))),
    )
}

/// The dates that a statement must carry.
pub(super) fn dates(page: &Page) -> Diagnostics {
    let front = &page.front;
    let missing = |key: &str, date: Option<_>| {
        date.is_none().then(|| {
            Diagnostic::new(Code::MissingKey, page.span, format!("an accessibility statement needs `{key}`"))
                .help(format!("add a line `{key}: …` with the day, written year-month-day"))
        })
    };
    let prepared = missing("prepared", front.prepared);
    let turned = front.prepared.zip(front.reviewed).filter(|(prepared, reviewed)| reviewed < prepared);
    let turned = turned.map(|(prepared, reviewed)| {
        let message =
            format!("the statement was reviewed on {reviewed}, before it was prepared on {prepared}");
        Diagnostic::new(Code::BadDate, page.span, message).help("correct one of the two days")
    });
    prepared.into_iter().chain(turned).collect()
}

/// What keeps a site from being accessible, as far as a build can see.
const BARRIERS: [Code; 13] = [
    Code::ImageWithoutText,
    Code::HeadingLevel,
    Code::BadColour,
    Code::TableByHand,
    Code::HeadingOrder,
    Code::WithoutName,
    Code::TableHeaders,
    Code::PageIds,
    Code::TabOrder,
    Code::PageLanguage,
    Code::PageStructure,
    Code::Contrast,
    Code::TargetSize,
];

/// Findings about statements that claim more than this build's own checks found.
pub fn overclaimed(project: &Project, found: &mut Diagnostics) {
    let barriers: Vec<&Diagnostic> =
        found.iter().filter(|finding| BARRIERS.contains(&finding.code)).collect();
    let Some(first) = barriers.first() else { return };
    let others = match barriers.len() {
        1 => String::new(),
        several => format!(", and {} more", several - 1),
    };
    let message = format!(
        "the accessibility statement says that the website is fully compliant, and it is not: {}{others}",
        first.message
    );
    let at = first.span;
    let statements = project.pages.iter().filter(|page| {
        page.front.kind == Kind::AccessibilityStatement
            && page.visibility == Visibility::Public
            && status(page) == Some(Status::Fully)
    });
    let claims: Diagnostics = statements
        .filter_map(|page| {
            let heading = page.body.headings.iter().find(|heading| heading.id == SECTION)?;
            Some(
                Diagnostic::new(Code::ComplianceOverclaimed, heading.span, message.clone())
                    .related(at, "this is not accessible")
                    .help("mend it, or write \"partially compliant\" and say what does not comply"),
            )
        })
        .collect();
    found.extend(claims);
}
