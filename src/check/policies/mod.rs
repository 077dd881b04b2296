//! Pages that law and guidance ask for -> findings about what they do not say.
//!
//! A section is known by the id of its heading (`## Data about ethnic origin {#article-9-condition}`), not by its words.
//! `sections` lists them with their sources, `words` tells a sentence from a placeholder, `statement` reads how far an
//! accessibility statement says the site complies.

mod sections;
mod statement;
mod words;

pub use statement::overclaimed;

use crate::content::{Kind, Page, Visibility};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::directory::Profile;
use crate::language::Localised;
use crate::markdown::{Heading, Piece, Prose};
use crate::site::{Project, Site};
use crate::source::{FileId, Sources, Span};
use jiff::ToSpan;
use jiff::civil::Date;
use sections::{Due, Needs, POLICIES, Policy, Section};
use statement::Status;
use std::collections::BTreeSet;
use words::{blocks, has_sentence, mark, placeholder};

/// Days after which a review is due again: public bodies review their accessibility statement every year, and who reads
/// the others expects no less.
const REVIEWED_EVERY: i32 = 365;

/// Looks at the policy pages that are public today, and for those that should be.
pub fn policies(site: &Site, sources: &Sources, found: &mut Diagnostics) {
    found.extend(marked(site, sources, waits_as(site.project)));
    for (policy, sections) in &POLICIES {
        let pages = public(site, *policy);
        if pages.is_empty() {
            found.extend(absent(site.project, *policy, sections).into_iter().collect());
        }
        for page in &pages {
            look(site.project, *policy, sections, page, found);
        }
        if let Policy::Kind(kind) = policy {
            linked(site, *kind, &pages, found);
        }
    }
}

/// Words that wait to be replaced, where a site is shown in spite of them: a build that takes down waits for nothing else that
/// policies must say, but says that it shows these.
pub fn shown_placeholders(site: &Site, sources: &Sources, found: &mut Diagnostics) {
    let mut waits = marked(site, sources, Code::PlaceholderShown);
    for (policy, sections) in &POLICIES {
        for page in public(site, *policy) {
            waits.extend(waiting(sections, page, Code::PlaceholderShown));
        }
    }
    let left_out = site.project.pages.iter().filter(|page| !site.register.is_public(&page.address));
    let left_out: BTreeSet<FileId> = left_out.map(|page| page.file).collect();
    waits.retain(|finding| !left_out.contains(&finding.span.file));
    found.extend(waits);
}

/// What it is where words wait to be replaced: a review copy is shown in spite of them.
fn waits_as(project: &Project) -> Code {
    if project.drafts { Code::PlaceholderShown } else { Code::Placeholder }
}

/// The pages that a policy's rules are for.
fn public<'p>(site: &Site<'p>, policy: Policy) -> Vec<&'p Page> {
    let pages = site.project.pages.iter().filter(|page| page.visibility == Visibility::Public);
    match policy {
        Policy::Kind(kind) => pages.filter(|page| page.front.kind == kind).collect(),
        Policy::Wording => pages.filter(|page| site.wordings.contains(&page.key)).collect(),
    }
}

/// What is wrong where there is no such page.
fn absent(project: &Project, policy: Policy, sections: &[Section]) -> Option<Diagnostic> {
    let Policy::Kind(kind) = policy else { return None };
    if let (Kind::PrivacyNotice, Some(due)) = (kind, project.site.special_category()) {
        let section = sections.iter().find(|section| section.due == Due::SpecialCategory)?;
        let message = format!("the site has no page that says {}", section.says);
        let help = format!(
            "write a page with `kind: {}` and a section `## … {{#{}}}` that says it",
            kind.name(),
            section.id
        );
        return Some(Diagnostic::new(Code::Article9Missing, due, message).help(help));
    }
    let scheme = project.site.scheme.as_ref()?;
    let (is_due, why) = match kind {
        Kind::PrivacyNotice => (true, "whoever uses personal data tells people how (UK GDPR, Art. 13)"),
        Kind::AccessibilityStatement => (true, "public bodies publish one (SI 2018/952, reg. 8)"),
        Kind::CodeOfConduct => (project.directory.exists, "a scheme that pairs people says what it expects"),
        // Participants get theirs with the questionnaire, whether it is on the site or not.
        _ => return None,
    };
    is_due.then(|| {
        let name = policy.name().trim_start_matches("the ");
        let message = format!("the scheme's site has no {name}");
        let help = format!("write a page with `kind: {}`; docs/policies.md lists what it says", kind.name());
        Diagnostic::new(Code::PolicyPageMissing, scheme.span, message).note(why).help(help)
    })
}

/// Looks at one page.
fn look(project: &Project, policy: Policy, sections: &[Section], page: &Page, found: &mut Diagnostics) {
    let mut missing = Vec::new();
    let is_statement = policy == Policy::Kind(Kind::AccessibilityStatement);
    let status = is_statement.then(|| statement::status(page)).flatten();
    for section in sections {
        let is_due = match section.due {
            Due::Always => true,
            Due::SpecialCategory => project.site.special_category().is_some(),
            Due::UnlessFullyCompliant => status != Some(Status::Fully),
            Due::SeveralConsents => project.site.consent.len() > 1,
        };
        if !is_due {
            continue;
        }
        match page.body.headings.iter().position(|heading| heading.id == section.id) {
            None if section.due == Due::SpecialCategory => {
                let due = project.site.special_category().unwrap_or(page.span);
                let message = format!("{} does not say {}", policy.name(), section.says);
                let help = format!("write a section under a heading that ends with `{{#{}}}`", section.id);
                found.push(
                    Diagnostic::new(Code::Article9Missing, due, message)
                        .related(page.span, "this page")
                        .help(help),
                );
            }
            None => missing.push(section),
            Some(at) => found.extend(read(project, policy, section, page, at).into_iter().collect()),
        }
    }
    found.extend(lacking(policy, &missing, page).into_iter().collect());
    found.extend(waiting(sections, page, waits_as(project)));
    if is_statement {
        found.extend(statement::dates(page));
        found.extend(statement::claims(page).into_iter().collect());
    }
    if matches!(policy, Policy::Kind(_)) {
        found.extend(review(policy, page, project.date).into_iter().collect());
    }
}

/// One finding for all sections that a page does not have.
fn lacking(policy: Policy, missing: &[&Section], page: &Page) -> Option<Diagnostic> {
    let (message, help) = match missing {
        [] => return None,
        [one] => (
            format!("{} does not say {}", policy.name(), one.says),
            format!("write a section under a heading that ends with `{{#{}}}`", one.id),
        ),
        several => {
            let mut help = "write a section for each, under a heading that ends with its id:".to_owned();
            for section in several {
                help.push_str(&format!("\n`{{#{}}}`: {}", section.id, section.says));
            }
            (format!("{} lacks {} sections", policy.name(), several.len()), help)
        }
    };
    let sources: Vec<&str> = missing.iter().map(|section| section.source).collect();
    let mut diagnostic = Diagnostic::new(Code::SectionMissing, page.span, message);
    if let [source] = sources[..] {
        diagnostic = diagnostic.note(format!("asked for by {source}"));
    }
    Some(diagnostic.help(help))
}

/// What is wrong with a section of a page, if anything is; words that wait to be replaced are told by [`waiting`].
fn read(project: &Project, policy: Policy, section: &Section, page: &Page, at: usize) -> Option<Diagnostic> {
    let heading = &page.body.headings[at];
    let blocks = blocks(page, heading, &page.body.headings[at + 1..]);
    // In a draft the gap is told, and what it will be filled with is not there to be judged.
    if project.drafts && blocks.iter().any(|block| placeholder(&block.text).is_some()) {
        return None;
    }
    let name = format!("the section `{}` of {}", section.id, policy.name());
    let (message, help) = if !blocks.iter().any(|block| block.text.contains(char::is_alphanumeric)) {
        (format!("{name} is empty"), format!("write under its heading {}", section.says))
    } else if section.due == Due::SpecialCategory
        && let Some(placeholder) =
            blocks.iter().find_map(|block| placeholder(&block.text).map(|at| &block.text[at]))
    {
        (
            format!("{name} still waits for words"),
            format!("write what belongs in the place of `{placeholder}`"),
        )
    } else if !has_sentence(&blocks) {
        let help = format!(
            "write under its heading, in a sentence that ends with a full stop, {}; a table, code or what a directive prints is none",
            section.says
        );
        (format!("{name} has no sentence"), help)
    } else {
        let (lacks, help) = needs(section.needs, page, heading, &page.body.headings[at + 1..], &blocks)?;
        (format!("{name} {lacks}"), help.to_owned())
    };
    Some(match project.site.special_category().filter(|_| section.due == Due::SpecialCategory) {
        Some(due) => Diagnostic::new(Code::Article9Missing, due, message)
            .related(heading.span, "this section")
            .help(help),
        None => Diagnostic::new(Code::SectionIncomplete, heading.span, message)
            .note(format!("asked for by {}", section.source))
            .help(help),
    })
}

/// What a section lacks beside a sentence, and the way out.
fn needs(
    needs: Needs,
    page: &Page,
    heading: &Heading,
    after: &[Heading],
    blocks: &[&Prose],
) -> Option<(&'static str, &'static str)> {
    let end = after.iter().find(|next| next.level <= heading.level).map_or(u32::MAX, |next| next.span.start);
    let targets = || {
        page.body.pieces.iter().filter_map(move |piece| match piece {
            Piece::Link { target, span } if (heading.span.end..end).contains(&span.start) => {
                Some(target.as_str())
            }
            _ => None,
        })
    };
    let has_address = || {
        let is_address = |word: &str| word.split_once('@').is_some_and(|(_, host)| host.contains('.'));
        blocks.iter().any(|block| block.text.split_whitespace().any(is_address))
    };
    let can_ask = || targets().next().is_some() || has_address();
    let says = |words: &[&str]| {
        blocks.iter().any(|block| {
            let text = block.text.to_lowercase();
            words.iter().any(|word| text.contains(word))
        })
    };
    let leads_to = |host: &str| targets().any(|target| target.contains(host));
    let known = matches!(page.language.code(), "en" | "cy");
    match needs {
        Needs::Words => None,
        Needs::WayToAsk | Needs::AnswerTime if !can_ask() => Some((
            "names nobody to turn to",
            "add a link to a page or form, or an e-mail address of the scheme's",
        )),
        Needs::WayToAsk => None,
        Needs::AnswerTime => (known && !says(&PERIODS)).then_some((
            "does not say when an answer comes",
            "add within how many days whoever writes is answered",
        )),
        Needs::Regulator => (!leads_to("ico.org.uk")).then_some((
            "does not lead to the regulator",
            "add a link to the Information Commissioner's Office: https://ico.org.uk/make-a-complaint/",
        )),
        Needs::Number => (!blocks.iter().any(|block| block.text.contains(|c: char| c.is_numeric())))
            .then_some(("has no number", "add the number of the approval, and the committee that gave it")),
        Needs::Enforcers if known && !says(&COMMISSION) => Some((
            "does not name the Equality and Human Rights Commission",
            "add that the Equality and Human Rights Commission (EHRC) enforces the regulations",
        )),
        Needs::Enforcers => (!leads_to("equalityadvisoryservice.com")).then_some((
            "does not lead to the Equality Advisory and Support Service",
            "add a link to it, for whoever is not satisfied with the answer: https://www.equalityadvisoryservice.com/",
        )),
    }
}

/// Words of a period, in English and Welsh.
const PERIODS: [&str; 10] =
    ["day", "hour", "week", "month", "diwrnod", "dydd", "niwrnod", "awr", "wythnos", "mis"];
/// The Equality and Human Rights Commission, in English and Welsh.
const COMMISSION: [&str; 4] =
    ["ehrc", "equality and human rights commission", "comisiwn cydraddoldeb", "gomisiwn cydraddoldeb"];

/// Words that wait to be replaced, wherever they stand on the page; those of Article 9's section are told with it, but
/// where the page is shown in spite of them.
fn waiting(sections: &[Section], page: &Page, code: Code) -> Diagnostics {
    let told: Vec<std::ops::Range<u32>> = sections
        .iter()
        .filter(|section| section.due == Due::SpecialCategory && code == Code::Placeholder)
        .filter_map(|section| {
            let at = page.body.headings.iter().position(|heading| heading.id == section.id)?;
            let (heading, after) = (&page.body.headings[at], &page.body.headings[at + 1..]);
            let end = after.iter().find(|next| next.level <= heading.level);
            Some(heading.span.start..end.map_or(u32::MAX, |next| next.span.start))
        })
        .collect();
    let waits = page.body.prose.iter().filter_map(|block| {
        let at = placeholder(&block.text)?;
        let span = block.span(page.file, at.clone());
        let is_told = told.iter().any(|range| range.contains(&span.start));
        (!is_told).then(|| awaited(code, span, &block.text[at]))
    });
    waits.collect()
}

/// What is marked as waiting, `[TODO: …]`, on pages that are no policies, at the head of any page, in what profiles say, and
/// in `site.yaml` and `vocabulary.yaml`, comments included.
fn marked(site: &Site, sources: &Sources, code: Code) -> Diagnostics {
    let project = site.project;
    let mut found = Diagnostics::new();
    let pages = project.pages.iter().filter(|page| page.visibility == Visibility::Public);
    for page in pages {
        for text in [Some(&page.front.title), page.front.summary.as_ref()].into_iter().flatten() {
            found.extend(
                mark(&text.value)
                    .map(|at| awaited(code, text.part(at.clone()), &text.value[at]))
                    .into_iter()
                    .collect(),
            );
        }
        let is_policy = POLICIES.iter().any(|(policy, _)| match policy {
            Policy::Kind(kind) => page.front.kind == *kind,
            Policy::Wording => site.wordings.contains(&page.key),
        });
        if !is_policy {
            let waits = page.body.prose.iter().filter_map(|block| {
                let at = mark(&block.text)?;
                Some(awaited(code, block.span(page.file, at.clone()), &block.text[at]))
            });
            found.extend(waits.collect());
        }
    }
    for profile in project.directory.people.values() {
        found.extend(marked_profile(profile, code));
    }
    for path in ["content/site.yaml", "content/vocabulary.yaml"] {
        let Some((file, source)) = sources.find(path) else { continue };
        let mut from = 0;
        while let Some(at) = mark(&source.text[from..]) {
            let at = from + at.start..from + at.end;
            from = at.end;
            found.push(awaited(code, Span::new(file, at.clone()), source.text[at].trim_end()));
        }
    }
    found
}

/// What is marked as waiting in what a person who is public says. Her own notes, in comments, are nobody's business.
fn marked_profile(profile: &Profile, code: Code) -> Diagnostics {
    let texts = profile.post().values().chain(profile.seeks().into_iter().flat_map(Localised::values));
    let texts = texts.filter_map(|text| {
        let at = mark(&text.value)?;
        Some((text.part(at.clone()), &text.value[at]))
    });
    let words = profile.interests().iter().map(String::as_str).chain([profile.name()]);
    let bios = profile.bio().into_iter().flat_map(Localised::values);
    let bios = bios.flat_map(|bio| &bio.pieces).filter_map(|piece| match piece {
        Piece::Html(html) => Some(html.as_str()),
        _ => None,
    });
    let others = words.chain(bios).filter_map(|text| Some((profile.span(), &text[mark(text)?])));
    texts.chain(others).map(|(span, words)| awaited(code, span, words)).collect()
}

/// Words that wait to be replaced.
fn awaited(code: Code, span: Span, words: &str) -> Diagnostic {
    Diagnostic::new(code, span, format!("`{words}` still waits for words"))
        .help("write what belongs in its place")
}

/// The pages whose review will be due, with the first day on which it is.
pub fn reviews(project: &Project) -> impl Iterator<Item = (Date, &Page)> {
    let is_policy =
        |page: &&Page| POLICIES.iter().any(|(policy, _)| *policy == Policy::Kind(page.front.kind));
    let pages = project.pages.iter().filter(|page| page.visibility == Visibility::Public).filter(is_policy);
    pages.filter_map(|page| Some((page.front.reviewed?.checked_add((REVIEWED_EVERY + 1).days()).ok()?, page)))
}

/// When a page was last reviewed, if that is too long ago, or nobody knows.
fn review(policy: Policy, page: &Page, today: Date) -> Option<Diagnostic> {
    let finding = |code, message, help: String| Some(Diagnostic::new(code, page.span, message).help(help));
    let help = format!("read it, correct it, and write the day: `reviewed: {today}`");
    let Some(reviewed) = page.front.reviewed else {
        let message = format!("{} does not say when it was last reviewed", policy.name());
        return finding(Code::PageReviewDue, message, help);
    };
    if reviewed > today {
        let message = format!("{} was reviewed on {reviewed}, which is yet to come", policy.name());
        return finding(Code::BadDate, message, "write the day of the last review".to_owned());
    }
    let days = today.since(reviewed).map_or(0, |span| span.get_days());
    if days <= REVIEWED_EVERY {
        return None;
    }
    let message = format!("{} was last reviewed {days} days ago", policy.name());
    finding(Code::PageReviewDue, message, help)
}

/// Whether every footer leads to the pages of a kind.
fn linked(site: &Site, kind: Kind, pages: &[&Page], found: &mut Diagnostics) {
    if kind == Kind::ParticipantInformation {
        return;
    }
    for (language, menus) in &site.menus {
        let own = || pages.iter().filter(|page| page.language == *language);
        let Some(first) = own().next() else { continue };
        let is_linked = |page: &&&Page| {
            let href = site.project.site.base.href(&page.address);
            menus.footer.iter().any(|item| item.href.as_deref() == Some(href.as_str()))
        };
        if !own().any(|page| is_linked(&page)) {
            let message = format!("{} is not linked from the foot of every page", Policy::Kind(kind).name());
            let path = format!("{}.md", first.key);
            found.push(
                Diagnostic::new(Code::NotInFooter, site.project.site.span, message)
                    .related(first.span, "this page")
                    .help(format!("add a line `- {path}` to `footer` in content/site.yaml")),
            );
        }
    }
}
