//! A document's links, people and numbers -> [`Body`]: HTML in which only tables, figures and lists of people are left to
//! be rendered, because they have templates of their own.
//!
//! `numbered` gives tables, figures and boxes their numbers before anything refers to them; then the pieces are walked in
//! reading order. `links` finds what links and images lead to. `written` reads the words of a directive and `survey`
//! finds the release that they speak of; `number` prints a number in the sentence, `table` (with `shares` and `notes`) and
//! `figure` (with `trend` and `framework`) what has a number of its own, `quotes`, `actions` and `questionnaire` what
//! people said, what came of it and what they were asked; `people` names mentors, `voiced` marks words of another language, `cited` lists works.

mod actions;
mod cited;
mod cohorts;
mod figure;
mod framework;
mod links;
mod notes;
mod number;
mod numbered;
mod people;
mod questionnaire;
mod quotes;
mod shares;
mod survey;
mod table;
mod trend;
mod voiced;
mod written;

pub use actions::{ActionRow, Actions};
pub use figure::ReportFigure;
pub(super) use links::image_address;
pub use notes::TableNote;
pub use questionnaire::{Asked, Questionnaire};
pub use quotes::{Quote, Quotes};
pub use table::{Part, ReportTable};

use self::figure::Shown;
use self::numbered::{Kind, Numbers};
use super::Context;
use crate::content::{Origin, Page};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::directory::Profile;
use crate::html::{escape, escape_into};
use crate::language::Language;
use crate::markdown::{CITE, Directive, Document, Piece};
use crate::output::WrittenLink;
use crate::path::folder;
use crate::theme::Interface;
use std::borrow::Cow;

/// A page's text, resolved.
#[derive(Default)]
pub struct Body<'p> {
    /// In reading order.
    pub segments: Vec<Segment<'p>>,
    /// Links as they stand in the HTML, with the place that wrote them.
    pub links: Vec<WrittenLink>,
    /// Id and words of the heading of the works cited, where any are: it belongs to the table of contents.
    pub references: Option<(&'static str, String)>,
}

/// What a body is made of.
pub enum Segment<'p> {
    /// Finished HTML: the document's own where nothing had to be filled in.
    Html(Cow<'p, str>),
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
    document: &'p Document,
    language: &'p Language,
    found: &mut Diagnostics,
) -> Body<'p> {
    let mut resolver = Resolver::new(context, language, "", None, document, found);
    resolver.run(document);
    // Thousands of biographies are kept at once.
    resolver.body.segments.shrink_to_fit();
    resolver.body
}

/// A block that is open.
#[derive(Default)]
struct OpenBlock {
    /// What closes it.
    end: String,
    /// The id of the caption that names the table in it.
    caption: Option<String>,
}

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
    /// The blocks that are open.
    containers: Vec<OpenBlock>,
    /// How many tables there were without a caption.
    unnamed_tables: usize,
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
            unnamed_tables: 0,
            unknown_links: 0,
            numbers: Numbers::new(),
            shown: figure::shown(document),
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
            Some(Segment::Html(last)) => last.to_mut().push_str(html),
            _ => self.body.segments.push(Segment::Html(Cow::Owned(html.to_owned()))),
        }
    }

    /// HTML of the document's own: kept where it is as long as nothing comes before or after it.
    fn written(&mut self, html: &'p str) {
        match self.body.segments.last() {
            Some(Segment::Html(_)) => self.html(html),
            _ => self.body.segments.push(Segment::Html(Cow::Borrowed(html))),
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        let mut html = String::new();
        escape_into(text, &mut html);
        self.html(&html);
    }

    fn run(&mut self, document: &'p Document) {
        for (at, piece) in document.pieces.iter().enumerate() {
            match piece {
                Piece::Html(html) => self.written(html),
                Piece::Link { target, span } => self.link(target, *span),
                Piece::LinkEnd => {
                    if self.open.pop() == Some(true) {
                        self.html("</a>");
                    }
                }
                Piece::Image { target, alt, span } => self.image(target, alt, *span),
                Piece::Table => self.open_table(),
                Piece::Inline(directive) => self.inline(directive),
                Piece::Leaf(directive) => self.leaf(directive),
                Piece::Container(directive) => self.container(directive, &document.pieces[at + 1..]),
                Piece::ContainerEnd => {
                    if let Some(block) = self.containers.pop() {
                        self.html(&block.end);
                    }
                }
            }
        }
        self.list_cited();
    }

    fn inline(&mut self, directive: &Directive) {
        const NAMES: [&str; 13] = [
            "n",
            "mean",
            "range",
            "most",
            "respondents",
            "rate",
            "flow",
            "tally",
            "themes",
            "given",
            "ref",
            "person",
            "words",
        ];
        let Some(label) = &directive.label else { return };
        match directive.name.value.as_str() {
            CITE => self.cite(label),
            "person" => self.person(directive, label),
            "words" => self.voiced(directive, label),
            "ref" => self.reference(directive, label),
            "given" => self.given(directive, label),
            "n" | "mean" | "range" | "most" | "respondents" | "rate" | "flow" | "tally" | "themes" => {
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
            "table" => {
                let table = self.table(directive).map(Segment::Table);
                self.block(directive, table);
            }
            "figure" => {
                let figure = self.figure(directive).map(Segment::Figure);
                self.block(directive, figure);
            }
            "people" => self.people(directive),
            "cohorts" => {
                if let Some(html) = self.cohorts(directive) {
                    self.html(&html);
                }
            }
            "quotes" => {
                let quotes = self.quotes(directive).map(Segment::Quotes);
                self.block(directive, quotes);
            }
            "quote" => {
                let quote = self.quote(directive).map(Segment::Quotes);
                self.block(directive, quote);
            }
            "actions" => {
                let actions = self.actions(directive).map(Segment::Actions);
                self.block(directive, actions);
            }
            "questionnaire" => {
                let questionnaire = self.questionnaire(directive).map(Segment::Questionnaire);
                self.block(directive, questionnaire);
            }
            name => {
                let help = if matches!(name, "note" | "box") {
                    format!("a {name} has three colons, and ends with ::: on a line of its own")
                } else {
                    one_of(
                        name,
                        [
                            "table",
                            "figure",
                            "people",
                            "cohorts",
                            "quotes",
                            "quote",
                            "actions",
                            "questionnaire",
                        ],
                    )
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
                self.containers.push(OpenBlock { end: "</div>\n".to_owned(), caption: None });
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
        self.containers.push(OpenBlock::default());
    }
}
