//! The finished pages and their stylesheets -> findings about what keeps somebody from using them.
//!
//! `page` looks at pages as browsers read them, `style` at colours and sizes, `headings` and `language` at what authors wrote. What only a
//! person can judge (whether an image's words say what it shows) is not here; success criteria are those of WCAG 2.2.

mod headings;
mod language;
mod page;
mod style;

pub use headings::headings;
pub use language::languages;
pub use style::styles;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::html::escape;
use crate::output::{Origin, Output, OutputFile, WrittenLink};
use crate::site::Project;
use crate::source::{FileId, Sources, Span};
use crate::theme::Theme;
use page::{Found, Known, look};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What keeps somebody from using a page.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Barrier {
    NoHeading,
    SeveralHeadings,
    SkippedHeading { before: u8, level: u8 },
    EmptyHeading,
    Nameless,
    ImageWithoutAlt,
    FieldWithoutLabel,
    HeaderWithoutScope,
    EmptyHeader,
    TableWithoutHeaders,
    DuplicateId(String),
    BrokenReference { attribute: &'static str, id: String },
    TabOrder,
    HiddenFocus,
    NoLanguage,
    UnknownLanguage(String),
    NoTitle,
    NoMain,
    SeveralMains,
    FixedZoom,
    Refresh,
}

impl Barrier {
    fn code(&self) -> Code {
        use Barrier::*;
        match self {
            NoHeading | SeveralHeadings | SkippedHeading { .. } | EmptyHeading => Code::HeadingOrder,
            Nameless | FieldWithoutLabel => Code::WithoutName,
            ImageWithoutAlt => Code::ImageWithoutText,
            HeaderWithoutScope | EmptyHeader | TableWithoutHeaders => Code::TableHeaders,
            DuplicateId(_) | BrokenReference { .. } => Code::PageIds,
            TabOrder | HiddenFocus => Code::TabOrder,
            NoLanguage | UnknownLanguage(_) => Code::PageLanguage,
            NoTitle | NoMain | SeveralMains | FixedZoom | Refresh => Code::PageStructure,
        }
    }

    /// The success criterion, or the practice, that it is held to.
    fn criterion(&self) -> &'static str {
        use Barrier::*;
        match self {
            NoHeading | SeveralHeadings | SkippedHeading { .. } => {
                "WCAG 2.2, 1.3.1 and 2.4.6: readers of screen readers go from heading to heading"
            }
            EmptyHeading => "WCAG 2.2, 2.4.6: a heading says what follows",
            Nameless | FieldWithoutLabel => {
                "WCAG 2.2, 4.1.2 and 2.4.4: what is not named cannot be found, nor asked for"
            }
            ImageWithoutAlt => {
                "WCAG 2.2, 1.1.1: with `alt=\"\"` an image is passed over, without any its file name is read"
            }
            HeaderWithoutScope | EmptyHeader | TableWithoutHeaders => {
                "WCAG 2.2, 1.3.1: a cell is read with the headers of its row and column"
            }
            DuplicateId(_) | BrokenReference { .. } => {
                "WCAG 2.2, 4.1.2 and 1.3.1: names and links find an element by its id"
            }
            TabOrder => "WCAG 2.2, 2.4.3: the keyboard goes through a page in the order of reading",
            HiddenFocus => "WCAG 2.2, 4.1.2: the keyboard stops where nothing is said",
            NoLanguage | UnknownLanguage(_) => {
                "WCAG 2.2, 3.1.1 and 3.1.2: a page is read aloud in its language"
            }
            NoTitle => "WCAG 2.2, 2.4.2: the title is what a tab, a bookmark and a screen reader say first",
            NoMain | SeveralMains => "WCAG 2.2, 1.3.1 and 2.4.1: `main` is where the way past the menu leads",
            FixedZoom => "WCAG 2.2, 1.4.4: everybody may enlarge the text",
            Refresh => "WCAG 2.2, 2.2.1: a page does not go away while it is being read",
        }
    }

    fn message(&self, element: &str) -> String {
        use Barrier::*;
        match self {
            NoHeading => "the page has no heading of level one".to_owned(),
            SeveralHeadings => "the page has a second heading of level one".to_owned(),
            SkippedHeading { before: 0, level } => {
                format!("the first heading of the page is of level {level}")
            }
            SkippedHeading { before, level } => {
                format!("a heading of level {level} follows one of level {before}")
            }
            EmptyHeading => "a heading without words".to_owned(),
            Nameless => match element {
                "a" => "a link without words".to_owned(),
                "svg" => "a drawing that has neither a name nor `aria-hidden=\"true\"`".to_owned(),
                "button" | "summary" => format!("a `{element}` without words"),
                element => format!("`<{element}>` without a name"),
            },
            ImageWithoutAlt => format!("`<{element}>` has no `alt`"),
            FieldWithoutLabel => format!("`<{element}>` has no label"),
            HeaderWithoutScope => "a header cell does not say whether it heads a column or a row".to_owned(),
            EmptyHeader => "a header cell without words".to_owned(),
            TableWithoutHeaders => "a table without header cells".to_owned(),
            DuplicateId(id) => format!("two elements of the page have the id `{id}`"),
            BrokenReference { attribute, id } => {
                format!("`{attribute}` names `{id}`, and no element of the page has that id")
            }
            TabOrder => "a `tabindex` that is not 0 or -1".to_owned(),
            HiddenFocus => {
                "something in a part that is hidden from screen readers takes the keyboard's focus".to_owned()
            }
            NoLanguage => "the page does not say which language it is in".to_owned(),
            UnknownLanguage(code) => format!("`lang=\"{code}\"` names no language"),
            NoTitle => "the page has no title".to_owned(),
            NoMain => "the page has no `<main>`".to_owned(),
            SeveralMains => "the page has a second `<main>`".to_owned(),
            FixedZoom => "the page cannot be enlarged".to_owned(),
            Refresh => "the page reloads or leaves by itself".to_owned(),
        }
    }

    fn help(&self) -> &'static str {
        use Barrier::*;
        match self {
            NoHeading => "put the title into an `<h1>`",
            SeveralHeadings => "make it an `<h2>`: the title is the only heading of level one",
            SkippedHeading { .. } => "take the next level down, and let the stylesheet make it smaller",
            EmptyHeading => "write words into it, or take it out",
            Nameless => {
                "write words between its tags, or give it `aria-label=\"…\"`; what only decorates has `aria-hidden=\"true\"`"
            }
            ImageWithoutAlt => "add `alt=\"…\"` with what it shows, or `alt=\"\"` if it only decorates",
            FieldWithoutLabel => {
                "put it into a `<label>` with words, or write one with `for=\"…\"` and its id"
            }
            HeaderWithoutScope => "add `scope=\"col\"` or `scope=\"row\"`",
            EmptyHeader => "write what the column or row holds; a corner that heads nothing is a `<td>`",
            TableWithoutHeaders => "make the cells that name columns and rows `<th scope=\"…\">`",
            DuplicateId(_) => "give each an id of its own",
            BrokenReference { .. } => "correct the id, or take the attribute out",
            TabOrder => "take it out, or write `tabindex=\"0\"`, and put the element where it belongs",
            HiddenFocus => "take `aria-hidden` out, or add `tabindex=\"-1\"`",
            NoLanguage => "write `<html lang=\"{{ lang }}\">`",
            UnknownLanguage(_) => "write a code of BCP 47: en, cy, en-GB",
            NoTitle => "write `<title>…</title>` with words in the page's head",
            NoMain => "put what the page is about into `<main id=\"main\">`",
            SeveralMains => "make it a `<div>`",
            FixedZoom => "write `content=\"width=device-width, initial-scale=1\"`",
            Refresh => "take it out, or write 0 seconds for a page that only leads on",
        }
    }
}

/// How many pages a barrier is told for by name.
const NAMED: usize = 3;

/// A page made by a template.
struct Made<'o> {
    path: &'o str,
    file: &'o OutputFile,
    template: &'static str,
    span: Option<Span>,
    links: &'o [WrittenLink],
}

/// Looks at all pages. What stands on many is told once, with how many they are.
pub fn barriers(output: &Output, project: &Project, sources: &Sources, found: &mut Diagnostics) {
    let theme = &project.theme;
    let pages: Vec<Made> = output
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .filter_map(|(path, file)| match &file.origin {
            Origin::Page { template, span, links } => Some(Made { path, file, template, span: *span, links }),
            Origin::Program | Origin::Copy(_) => None,
        })
        .collect();
    let looked: Vec<Vec<Found>> = pages
        .par_iter()
        .with_min_len(64)
        .map_init(Known::default, |known, page| look(page.file, known))
        .collect();
    // A value that could not be read leaves gaps in what templates make: these are not what is wrong.
    let is_sound = !found.has_errors();
    // What authors were told of a text of theirs is not told again of the page it makes.
    let told: BTreeSet<(Code, FileId)> =
        found.iter().map(|finding| (finding.code, finding.span.file)).collect();
    let mut places: BTreeMap<(Span, Barrier, String, bool), Vec<&str>> = BTreeMap::new();
    for (page, found) in pages.iter().zip(looked) {
        for Found { barrier, tag } in found {
            let also = match &barrier {
                Barrier::DuplicateId(_) => [Code::DuplicateHeading, Code::DuplicateLabel],
                _ => [barrier.code(); 2],
            };
            let is_told =
                |file| [barrier.code()].iter().chain(&also).any(|code| told.contains(&(*code, file)));
            if page.span.is_some_and(|span| is_told(span.file)) {
                continue;
            }
            let written = match &barrier {
                Barrier::DuplicateId(id) => heading(project, page, id),
                _ => written(page, &tag),
            };
            let place = written.or_else(|| place(page, theme, sources, &tag).filter(|_| is_sound));
            let Some(place) = place else { continue };
            let element = tag.trim_start_matches('<').split([' ', '\n', '/']).next().unwrap_or_default();
            let key = (place, barrier, element.to_owned(), written.is_some());
            places.entry(key).or_default().push(page.path);
        }
    }
    for ((span, barrier, element, is_written), mut paths) in places {
        paths.dedup();
        let mut on: String = paths.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        if paths.len() > NAMED {
            on.push_str(&format!(" and {} more", paths.len() - NAMED));
        }
        found.push(
            Diagnostic::new(barrier.code(), span, barrier.message(&element))
                .note(format!("on {on}. {}", barrier.criterion()))
                .help(match (&barrier, is_written) {
                    (Barrier::DuplicateId(_), true) => "give the heading another id: ## Heading {#another}",
                    (_, true) => WRITTEN,
                    (_, false) => barrier.help(),
                }),
        );
    }
}

/// The author's heading that has an id.
fn heading(project: &Project, page: &Made, id: &str) -> Option<Span> {
    let page = project.pages.iter().find(|written| Some(written.file) == page.span.map(|span| span.file))?;
    page.body.headings.iter().find(|heading| heading.id == id).map(|heading| heading.span)
}

/// What to do about a link or an image of an author's.
const WRITTEN: &str = "write between the square brackets what it leads to, or what it shows";

/// Where an author wrote the link or image that a tag is.
fn written(page: &Made, tag: &str) -> Option<Span> {
    let link = page.links.iter().find(|link| {
        let attribute = |name: &str| tag.contains(&format!("{name}=\"{}\"", escape(&link.href)));
        attribute("href") || attribute("src")
    });
    link.map(|link| link.span)
}

/// The line of the theme's that is most like a tag.
fn place(page: &Made, theme: &Theme, sources: &Sources, tag: &str) -> Option<Span> {
    let whole = |name: &str| theme.templates.get(name).map(|id| sources.whole(*id));
    let own = || whole(page.template).or_else(|| whole("base.html")).or(page.span);
    if tag.is_empty() {
        return own();
    }
    let name = &tag[..tag.find([' ', '\n']).unwrap_or(tag.len())];
    let mut best: Option<(usize, bool, Span)> = None;
    for (template, id) in &theme.templates {
        let text = &sources.file(*id).text;
        for (at, _) in text.match_indices(name) {
            let like = text[at..].bytes().zip(tag.bytes()).take_while(|(a, b)| a == b).count();
            let is_own = template == page.template;
            if best.is_none_or(|best| (like, is_own) > (best.0, best.1)) {
                best = Some((like, is_own, Span::new(*id, at..at + like)));
            }
        }
    }
    best.map(|(_, _, span)| span).or_else(own)
}
