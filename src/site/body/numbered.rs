//! Tables, figures and boxes of a page -> their numbers, the references to them, and the frames of those made by hand.

use super::written::first_question;
use super::{OpenBlock, Resolver, escape};
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::html::encode_url;
use crate::markdown::{Directive, Document, Piece};
use crate::output::WrittenLink;
use crate::source::{Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// What is numbered, each kind by itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Kind {
    /// `::table`, `:::table`, `::actions`.
    Table,
    /// `::figure`, `:::figure`.
    Figure,
    /// `::quotes`, `:::box`.
    Box,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Table, Kind::Figure, Kind::Box];

    /// The name in directives, and the beginning of ids: `table-developed`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Table => "table",
            Kind::Figure => "figure",
            Kind::Box => "box",
        }
    }

    /// The interface string of "Table {n}".
    fn label(self) -> &'static str {
        match self {
            Kind::Table => "table.label",
            Kind::Figure => "figure.label",
            Kind::Box => "box.label",
        }
    }
}

/// Numbers of a document's numbered things, given before references to them are met.
pub(super) type Numbers = BTreeMap<(Kind, String), usize>;

/// A numbered thing as it was written.
pub(super) struct Numbered {
    pub(super) kind: Kind,
    pub(super) id: Spanned<String>,
    pub(super) span: Span,
}

impl Numbered {
    /// The fragment: `table-developed`.
    pub(super) fn fragment(&self) -> String {
        format!("{}-{}", self.kind.name(), self.id.value)
    }
}

/// The numbered things of a document, in order.
pub(super) fn numbered(document: &Document) -> impl Iterator<Item = Numbered> {
    document.pieces.iter().filter_map(|piece| match piece {
        Piece::Leaf(directive) | Piece::Container(directive) => of_directive(directive),
        _ => None,
    })
}

fn of_directive(directive: &Directive) -> Option<Numbered> {
    let name = match directive.name.value.as_str() {
        "quotes" => "box",
        "actions" => "table",
        name => name,
    };
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name)?;
    Some(Numbered { kind, id: id(directive)?, span: directive.span })
}

/// The fragment of what a directive makes, where that is numbered.
pub(super) fn fragment(directive: &Directive) -> Option<String> {
    of_directive(directive).map(|numbered| numbered.fragment())
}

/// A numbered thing's id: its own, or its first question's; a table of actions may go by its name.
pub(super) fn id(directive: &Directive) -> Option<Spanned<String>> {
    let name = &directive.name;
    let actions = || (name.value == "actions").then(|| Spanned::new("actions".to_owned(), name.span));
    directive.get("id").cloned().or_else(|| first_question(directive)).or_else(actions)
}

impl Resolver<'_, '_, '_> {
    /// Things are numbered in the order they stand; two of one id are a finding.
    pub(super) fn number_all(&mut self, document: &Document) {
        let mut first: BTreeMap<(Kind, String), Span> = BTreeMap::new();
        let mut last: BTreeMap<Kind, usize> = BTreeMap::new();
        for Numbered { kind, id, span } in numbered(document) {
            let key = (kind, id.value);
            if let Some(first) = first.get(&key) {
                let plural = match kind {
                    Kind::Table => "tables",
                    Kind::Figure => "figures",
                    Kind::Box => "boxes",
                };
                self.found.push(
                    Diagnostic::new(
                        Code::DuplicateLabel,
                        span,
                        format!("two {plural} have the id `{}`", key.1),
                    )
                    .related(*first, "first here")
                    .help("give one of them another: {id=…}"),
                );
                continue;
            }
            let number = last.entry(kind).or_default();
            *number += 1;
            self.numbers.insert(key.clone(), *number);
            first.insert(key, span);
        }
    }

    /// What a report's text never speaks of: a reader who comes to it does not learn why it is there.
    pub(super) fn find_unreferenced(&mut self, document: &Document) {
        let references: BTreeSet<&str> = document
            .pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Inline(directive) if directive.name.value == "ref" => {
                    directive.label.as_ref().map(|label| label.value.trim())
                }
                Piece::Link { target, .. } => target.strip_prefix('#'),
                _ => None,
            })
            .collect();
        if self.found.iter().any(|diagnostic| diagnostic.code == Code::UnknownReference) {
            // A reference that was misspelt is the one that is missing.
            return;
        }
        for thing in numbered(document) {
            let fragment = thing.fragment();
            if !references.contains(fragment.as_str()) {
                self.found.push(
                    Diagnostic::new(
                        Code::Unreferenced,
                        thing.span,
                        format!("the text never refers to `{fragment}`"),
                    )
                    .help(format!("write :ref[{fragment}] where the text speaks of it, or take it out")),
                );
            }
        }
    }

    /// "Table 3", of an id that the document has.
    pub(super) fn label(&self, kind: Kind, id: &str) -> Option<String> {
        self.part_label(kind, id, "")
    }

    /// "Table 3a".
    pub(super) fn part_label(&self, kind: Kind, id: &str, letter: &str) -> Option<String> {
        let number = self.numbers.get(&(kind, id.to_owned()))?;
        Some(self.interface.say(kind.label(), &[("n", &format!("{number}{letter}"))]))
    }

    pub(super) fn reference(&mut self, directive: &Directive, label: &Spanned<String>) {
        self.keys(directive, &[]);
        let wanted = label.value.trim();
        if let Some(id) = wanted.strip_prefix("section-") {
            self.section(id, label);
            return;
        }
        let known = Kind::ALL.into_iter().find_map(|kind| {
            let id = wanted.strip_prefix(kind.name())?.strip_prefix('-')?;
            self.label(kind, id)
        });
        if let Some(words) = known {
            let href = format!("#{wanted}");
            self.html(&format!("<a href=\"{}\">{}</a>", escape(&href), escape(&words)));
            self.body.links.push(WrittenLink { href, span: label.span });
            return;
        }
        let names: Vec<String> =
            self.numbers.keys().map(|(kind, id)| format!("{}-{id}", kind.name())).collect();
        let help = one_of(wanted, names.iter().map(String::as_str));
        self.push(
            Diagnostic::new(Code::UnknownReference, label.span, format!("this page has no `{wanted}`"))
                .help(help),
        );
    }

    /// "Section 2.1", of a page whose sections are numbered.
    fn section(&mut self, id: &str, label: &Spanned<String>) {
        let headings = self.page.map_or(&[][..], |page| &page.body.headings[..]);
        if let Some(heading) = headings.iter().find(|heading| heading.id == id)
            && let Some(number) = &heading.number
        {
            let words = self.interface.say("section.label", &[("n", number)]);
            let href = format!("#{}", encode_url(id));
            self.html(&format!("<a href=\"{}\">{}</a>", escape(&href), escape(&words)));
            self.body.links.push(WrittenLink { href, span: label.span });
            return;
        }
        let is_numbered = headings.iter().any(|heading| heading.number.is_some());
        let help = match is_numbered {
            true => one_of(id, headings.iter().map(|heading| heading.id.as_str())),
            false => "sections have numbers where the front matter says `numbered: true`".to_owned(),
        };
        self.push(
            Diagnostic::new(
                Code::UnknownReference,
                label.span,
                format!("this page has no numbered section `{id}`"),
            )
            .help(help),
        );
    }

    /// The region that a Markdown table scrolls in, and the table itself: in a `:::table` its caption names both.
    pub(super) fn open_table(&mut self) {
        let caption = self.containers.iter().rev().find_map(|block| block.caption.as_deref());
        let (name, table) = match caption {
            Some(id) => {
                let name = format!("aria-labelledby=\"{id}\"");
                (name.clone(), format!("<table {name}>"))
            }
            None => {
                // Regions are told apart by their names, so all but the first have a number.
                self.unnamed_tables += 1;
                let mut label = self.interface.say("table.markdown", &[]);
                if self.unnamed_tables > 1 {
                    label = format!("{label} ({})", self.unnamed_tables);
                }
                (format!("aria-label=\"{}\"", escape(&label)), "<table>".to_owned())
            }
        };
        self.html(&format!("<div class=\"scroll\" role=\"region\" {name} tabindex=\"0\">\n{table}\n"));
    }

    /// A table, figure or box made by hand, with its number and caption: opens it.
    pub(super) fn frame(&mut self, directive: &Directive, kind: Kind, inside: &[Piece]) -> OpenBlock {
        let is_figure = kind == Kind::Figure;
        self.keys(directive, if is_figure { &["id", "caption", "kind"] } else { &["id", "caption"] });
        let is_framework = is_figure && self.is_framework(directive, inside);
        for (key, what) in [("id", "refer to it by"), ("caption", "say what it shows")] {
            if directive.get(key).is_none() {
                let name = kind.name();
                self.push(
                    Diagnostic::new(
                        Code::MissingKey,
                        directive.span,
                        format!("`:::{name}` needs `{key}`, to {what}"),
                    )
                    .help(format!(":::{name}{{id=… caption=\"…\"}}")),
                );
            }
        }
        let (Some(id), Some(caption)) = (id(directive), directive.get("caption")) else {
            return OpenBlock::default();
        };
        let label = self.label(kind, &id.value).unwrap_or_default();
        let fragment = format!("{}-{}", kind.name(), id.value);
        let (fragment, caption) = (escape(&fragment), escape(&caption.value));
        let words = format!("{}. {caption}", escape(&label));
        match kind {
            Kind::Table => {
                self.html(&format!(
                    "<div class=\"table by-hand\" id=\"{fragment}\">\n<p class=\"caption\" id=\"{fragment}-caption\">{words}</p>\n"
                ));
                OpenBlock { end: "</div>\n".to_owned(), caption: Some(format!("{fragment}-caption")) }
            }
            Kind::Figure => {
                let class = if is_framework { " class=\"framework\"" } else { "" };
                self.html(&format!("<figure{class} id=\"{fragment}\">\n"));
                let end = format!("<figcaption>{words}</figcaption>\n</figure>\n");
                OpenBlock { end, caption: None }
            }
            Kind::Box => {
                self.html(&format!(
                    "<section class=\"box\" id=\"{fragment}\" aria-labelledby=\"{fragment}-caption\">\n<p class=\"caption\" id=\"{fragment}-caption\">{words}</p>\n"
                ));
                OpenBlock { end: "</section>\n".to_owned(), caption: None }
            }
        }
    }
}
