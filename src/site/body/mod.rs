//! A document's links, people and numbers -> [`Body`]: HTML in which only tables, figures and lists of people are left to
//! be rendered, because they have templates of their own.

mod actions;
mod bound;
mod cited;
mod drawn;
mod framework;
mod numbered;
mod people;
mod questionnaire;
mod quotes;
mod survey;

pub use actions::{ActionRow, Actions};
pub use questionnaire::{Asked, Questionnaire};
pub use quotes::{Quote, Quotes};

use self::drawn::Shown;
use self::numbered::{Kind, Numbers};
use super::Context;
use super::register::Target;
use crate::content::{Origin, Page};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest, one_of};
use crate::directory::Profile;
use crate::evaluation::{Absence, PublishedFigure, PublishedTable};
use crate::html::{encode_url, escape, escape_into};
use crate::language::Language;
use crate::markdown::{CITE, Directive, Document, Piece};
use crate::output::WrittenLink;
use crate::path::{Address, folder};
use crate::source::Span;
use crate::theme::Interface;
use std::collections::BTreeSet;

/// A page's text, resolved.
#[derive(Default)]
pub struct Body<'p> {
    /// In reading order.
    pub segments: Vec<Segment<'p>>,
    /// Links as they stand in the HTML, with the place that wrote them.
    pub links: Vec<WrittenLink>,
}

/// What a body is made of.
pub enum Segment<'p> {
    /// Finished HTML.
    Html(String),
    /// A numbered table.
    Table(ReportTable),
    /// A numbered figure.
    Figure(ReportFigure),
    /// A list of people.
    People(Vec<&'p Profile>),
    /// Quotations.
    Quotes(Quotes),
    /// A numbered table of what came of suggestions.
    Actions(Actions),
    /// The questions of a survey.
    Questionnaire(Questionnaire),
}

/// A table with its number.
pub struct ReportTable {
    /// `table-developed`.
    pub id: String,
    /// "Table 3".
    pub label: String,
    /// Its caption.
    pub caption: String,
    /// One table a question (and wave, and unit).
    pub parts: Vec<Part>,
}

/// A figure with its number.
pub struct ReportFigure {
    /// `figure-wanted`.
    pub id: String,
    /// "Figure 2".
    pub label: String,
    /// Its caption.
    pub caption: String,
    /// What is drawn.
    pub figure: PublishedFigure,
    /// Tables of the page with the same numbers: "Table 4" and `#table-wanted`.
    pub tables: Vec<(String, String)>,
}

/// A part of a table.
pub struct Part {
    /// `table-developed-personal`, or the table's own id where it is the only one.
    pub id: String,
    /// "Table 3a", where there are several.
    pub label: Option<String>,
    /// The rows.
    pub table: PublishedTable,
    /// The address of its CSV.
    pub csv: Address,
}

impl Body<'_> {
    /// Absences that the tables of the body need explained.
    pub fn absences(&self) -> BTreeSet<Absence> {
        let tables = self.segments.iter().filter_map(|segment| match segment {
            Segment::Table(table) => Some(table),
            _ => None,
        });
        tables.flat_map(|table| &table.parts).flat_map(|part| part.table.absences.iter().copied()).collect()
    }
}

/// Resolves a page's text.
pub(super) fn resolve<'p>(context: Context<'_, 'p>, page: &'p Page, found: &mut Diagnostics) -> Body<'p> {
    let report = match &page.origin {
        Origin::Report { survey, edition } => Some((survey.as_str(), edition.as_str())),
        Origin::Content => None,
    };
    let inner = folder(&page.key);
    let mut resolver = Resolver::new(context, &page.language, inner, report, &page.body, found);
    resolver.page = Some(page);
    resolver.run(&page.body);
    if report.is_some() {
        resolver.find_unreferenced(&page.body);
    }
    resolver.body
}

/// Resolves a text that is not a page: a biography.
pub(super) fn resolve_text<'p>(
    context: Context<'_, 'p>,
    document: &Document,
    language: &'p Language,
    found: &mut Diagnostics,
) -> Body<'p> {
    let mut resolver = Resolver::new(context, language, "", None, document, found);
    resolver.run(document);
    resolver.body
}

/// The address of an image a page names; its absence is a finding.
pub(super) fn image_address(
    context: Context,
    page: &Page,
    written: &str,
    span: Span,
    found: &mut Diagnostics,
) -> Option<Address> {
    image(context, folder(&page.key), &page.language, written, span, found)
}

fn image(
    context: Context,
    folder: &str,
    language: &Language,
    written: &str,
    span: Span,
    found: &mut Diagnostics,
) -> Option<Address> {
    match context.register.target(context.project, written, folder, language) {
        Target::Page { address, page: None, .. } => Some(address),
        Target::Elsewhere(_) => {
            found.push(
                Diagnostic::new(Code::MissingImage, span, "the image lies on another host")
                    .note("a page of this site asks nobody else for anything, so that nobody else learns who reads it")
                    .help("put the image in content/files/ and write /files/…"),
            );
            None
        }
        _ => {
            let files: Vec<String> = context
                .sources
                .below("content/files/")
                .map(|(_, file)| format!("/{}", &file.path["content/".len()..]))
                .collect();
            let near = nearest(written, files.iter().map(String::as_str));
            let help = near
                .map_or("put the image in content/files/ and write /files/…".to_owned(), |near| {
                    format!("did you mean `{near}`?")
                });
            found.push(
                Diagnostic::new(Code::MissingImage, span, format!("there is no image `{written}`"))
                    .help(help),
            );
            None
        }
    }
}

/// Broken links of one text that get a suggestion each.
const SUGGESTIONS: usize = 20;

/// A document on its way into a body.
pub(super) struct Resolver<'a, 'p, 'f> {
    context: Context<'a, 'p>,
    language: &'p Language,
    interface: &'p Interface,
    folder: &'a str,
    report: Option<(&'a str, &'a str)>,
    page: Option<&'p Page>,
    found: &'f mut Diagnostics,
    body: Body<'p>,
    /// Links that are open: whether each was written as one, or became plain text.
    open: Vec<bool>,
    /// What closes the blocks that are open.
    containers: Vec<String>,
    unknown_links: usize,
    numbers: Numbers,
    shown: Vec<Shown>,
    /// Keys of the works cited, in the order they were first cited.
    cited: Vec<String>,
}

impl<'a, 'p, 'f> Resolver<'a, 'p, 'f> {
    fn new(
        context: Context<'a, 'p>,
        language: &'p Language,
        folder: &'a str,
        report: Option<(&'a str, &'a str)>,
        document: &Document,
        found: &'f mut Diagnostics,
    ) -> Self {
        let mut resolver = Resolver {
            context,
            language,
            interface: context.interface(language),
            folder,
            report,
            page: None,
            found,
            body: Body::default(),
            open: Vec::new(),
            containers: Vec::new(),
            unknown_links: 0,
            numbers: Numbers::new(),
            shown: drawn::shown(document),
            cited: Vec::new(),
        };
        resolver.number_all(document);
        resolver
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    pub(super) fn html(&mut self, html: &str) {
        match self.body.segments.last_mut() {
            Some(Segment::Html(last)) => last.push_str(html),
            _ => self.body.segments.push(Segment::Html(html.to_owned())),
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        let mut html = String::new();
        escape_into(text, &mut html);
        self.html(&html);
    }

    fn run(&mut self, document: &Document) {
        for (at, piece) in document.pieces.iter().enumerate() {
            match piece {
                Piece::Html(html) => self.html(html),
                Piece::Link { target, span } => self.link(target, *span),
                Piece::LinkEnd => {
                    if self.open.pop() == Some(true) {
                        self.html("</a>");
                    }
                }
                Piece::Image { target, alt, span } => self.image(target, alt, *span),
                Piece::Table => {
                    let label = escape(&self.interface.say("table.markdown", &[])).into_owned();
                    self.html(&format!(
                        "<div class=\"scroll\" role=\"region\" aria-label=\"{label}\" tabindex=\"0\">\n"
                    ));
                }
                Piece::Inline(directive) => self.inline(directive),
                Piece::Leaf(directive) => self.leaf(directive),
                Piece::Container(directive) => self.container(directive, &document.pieces[at + 1..]),
                Piece::ContainerEnd => {
                    if let Some(end) = self.containers.pop() {
                        self.html(&end);
                    }
                }
            }
        }
        self.list_cited();
    }

    fn link(&mut self, written: &str, span: Span) {
        let target = self.context.register.target(self.context.project, written, self.folder, self.language);
        let href = match target {
            Target::Elsewhere(href) => Some(href),
            Target::Fragment(fragment) => {
                self.check_fragment(self.page, &fragment, span);
                Some(format!("#{}", encode_url(&fragment)))
            }
            Target::Page { address, fragment, page, .. } => {
                let mut href = self.context.project.site.base.href(&address);
                if let Some(fragment) = fragment {
                    self.check_fragment(page.map(|at| &self.context.project.pages[at]), &fragment, span);
                    href.push('#');
                    href.push_str(&encode_url(&fragment));
                }
                Some(href)
            }
            Target::NotPublic { why, .. } => {
                self.push(
                    Diagnostic::new(
                        Code::LinkNotPublic,
                        span,
                        format!("`{written}` is not public today ({why}): the link becomes plain text"),
                    )
                    .help("nothing need be done; take the link out if it is gone for good"),
                );
                None
            }
            Target::Unknown(unknown) => {
                self.unknown_links += 1;
                let finding =
                    Diagnostic::new(Code::LinkToNowhere, span, format!("`{written}` leads nowhere"));
                let few = self.unknown_links <= SUGGESTIONS;
                self.push(if few { finding.help(self.context.register.suggest(&unknown)) } else { finding });
                None
            }
        };
        self.open.push(href.is_some());
        if let Some(href) = href {
            let html = format!("<a href=\"{}\">", escape(&href));
            self.body.links.push(WrittenLink { href, span });
            self.html(&html);
        }
    }

    /// A fragment of a Markdown page is one of its headings or tables; of other pages the finished output tells.
    fn check_fragment(&mut self, page: Option<&Page>, fragment: &str, span: Span) {
        let Some(page) = page else { return };
        let mut ids: Vec<String> = page.body.headings.iter().map(|heading| heading.id.clone()).collect();
        ids.extend(numbered::numbered(&page.body).map(|thing| thing.fragment()));
        if page.front.kind == crate::content::Kind::Report
            || fragment.starts_with("fn")
            || ids.iter().any(|id| id == fragment)
        {
            return;
        }
        let help = one_of(fragment, ids.iter().map(String::as_str));
        self.push(
            Diagnostic::new(Code::FragmentToNowhere, span, format!("the page has no heading `#{fragment}`"))
                .help(help),
        );
    }

    fn image(&mut self, target: &str, alt: &str, span: Span) {
        if alt.trim().is_empty() {
            self.push(
                Diagnostic::new(
                    Code::ImageWithoutText,
                    span,
                    "the image has no words for those who do not see it",
                )
                .help("say in the brackets what it shows: ![The committee at its first meeting](/files/…)"),
            );
        }
        if let Some(address) = image(self.context, self.folder, self.language, target, span, self.found) {
            let href = encode_url(&self.context.project.site.base.href(&address));
            self.html(&format!("<img src=\"{}\" alt=\"{}\" loading=\"lazy\">", escape(&href), escape(alt)));
            self.body.links.push(WrittenLink { href, span });
        }
    }

    /// Keys that a directive does not have.
    pub(super) fn keys(&mut self, directive: &Directive, known: &[&str]) {
        for attribute in
            directive.attributes.iter().filter(|attribute| !known.contains(&attribute.key.value.as_str()))
        {
            let key = &attribute.key;
            let help = if known.is_empty() {
                "take it out: it has none".to_owned()
            } else {
                one_of(&key.value, known.iter().copied())
            };
            self.push(
                Diagnostic::new(
                    Code::UnknownKey,
                    key.span,
                    format!("`{}` has no key `{}`", directive.name.value, key.value),
                )
                .help(help),
            );
        }
    }

    fn inline(&mut self, directive: &Directive) {
        const NAMES: [&str; 11] = [
            "n",
            "mean",
            "range",
            "respondents",
            "rate",
            "flow",
            "tally",
            "themes",
            "given",
            "ref",
            "person",
        ];
        let Some(label) = &directive.label else { return };
        match directive.name.value.as_str() {
            CITE => self.cite(label),
            "person" => self.person(directive, label),
            "ref" => self.reference(directive, label),
            "given" => self.given(directive, label),
            "n" | "mean" | "range" | "respondents" | "rate" | "flow" | "tally" | "themes" => {
                self.number(directive, label);
            }
            name => {
                let help = one_of(name, NAMES);
                self.push(
                    Diagnostic::new(
                        Code::DirectiveUnknown,
                        directive.name.span,
                        format!("there is no directive `:{name}`"),
                    )
                    .help(format!(
                        "{help} (to show a colon and a bracket as text, put a backslash before the colon)"
                    )),
                );
            }
        }
    }

    fn leaf(&mut self, directive: &Directive) {
        match directive.name.value.as_str() {
            "table" => self.table(directive),
            "figure" => self.figure(directive),
            "people" => self.people(directive),
            "quotes" => self.quotes(directive),
            "quote" => self.quote(directive),
            "actions" => self.actions(directive),
            "questionnaire" => self.questionnaire(directive),
            name => {
                let help = if matches!(name, "note" | "box") {
                    format!("a {name} has three colons, and ends with ::: on a line of its own")
                } else {
                    one_of(name, ["table", "figure", "people", "quotes", "quote", "actions", "questionnaire"])
                };
                self.push(
                    Diagnostic::new(
                        Code::DirectiveUnknown,
                        directive.name.span,
                        format!("there is no directive `::{name}`"),
                    )
                    .help(help),
                );
            }
        }
    }

    fn container(&mut self, directive: &Directive, inside: &[Piece]) {
        let kind = match directive.name.value.as_str() {
            "note" => {
                self.keys(directive, &[]);
                self.html("<div class=\"note\" role=\"note\">\n");
                self.containers.push("</div>\n".to_owned());
                return;
            }
            "table" => Some(Kind::Table),
            "figure" => Some(Kind::Figure),
            "box" => Some(Kind::Box),
            _ => None,
        };
        if let Some(kind) = kind {
            let end = self.frame(directive, kind, inside);
            self.containers.push(end);
            return;
        }
        let name = &directive.name.value;
        let help = if name == "people" {
            format!("`{name}` has two colons and no end")
        } else {
            one_of(name, ["note", "table", "figure", "box"])
        };
        self.push(
            Diagnostic::new(
                Code::DirectiveUnknown,
                directive.name.span,
                format!("there is no block `:::{name}`"),
            )
            .help(help),
        );
        self.containers.push(String::new());
    }
}
