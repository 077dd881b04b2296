//! `:::figure{kind=framework}` round one numbered list -> the steps of a scheme, which the style sheet draws. It stays the
//! list that it is for whoever reads it otherwise.

use super::Resolver;
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::html::{Token, tokens};
use crate::markdown::{Directive, Piece};

/// Elements of running text, which may stand wherever text may.
const RUNNING: [&str; 6] = ["strong", "em", "code", "sup", "a", "br"];

impl Resolver<'_, '_, '_> {
    /// Whether a figure made by hand is a framework. What stands in it then must be one list.
    pub(super) fn is_framework(&mut self, directive: &Directive, inside: &[Piece]) -> bool {
        let Some(kind) = directive.get("kind") else { return false };
        if kind.value != "framework" {
            self.push(
                Diagnostic::new(
                    Code::UnknownValue,
                    kind.span,
                    format!("there is no kind of figure `{}` made by hand", kind.value),
                )
                .note("a figure that is drawn from a release has two colons, and no end")
                .help(one_of(&kind.value, ["framework"])),
            );
            return false;
        }
        if let Err(problem) = one_list(inside) {
            self.push(
                Diagnostic::new(Code::FigureKind, directive.span, format!("in a framework stands {problem}"))
                    .help(
                        "write one numbered list; what happens side by side is a list with - within an item",
                    ),
            );
        }
        true
    }
}

/// Whether the pieces up to the end of the block are one numbered list, whose items may hold lists with bullets.
fn one_list(pieces: &[Piece]) -> Result<(), &'static str> {
    let mut open: Vec<&str> = Vec::new();
    let mut lists = 0;
    for piece in pieces {
        match piece {
            Piece::ContainerEnd => break,
            Piece::Html(html) => read(html, &mut open, &mut lists)?,
            Piece::Link { .. } | Piece::LinkEnd | Piece::Inline(_) if open.contains(&"li") => {}
            Piece::Link { .. } | Piece::LinkEnd | Piece::Inline(_) => return Err("text outside its list"),
            Piece::Table => return Err("a table"),
            Piece::Image { .. } => return Err("an image"),
            Piece::Leaf(_) | Piece::Container(_) => return Err("another block"),
        }
    }
    match lists {
        0 => Err("no numbered list"),
        1 => Ok(()),
        _ => Err("more than one numbered list"),
    }
}

fn read<'h>(html: &'h str, open: &mut Vec<&'h str>, lists: &mut usize) -> Result<(), &'static str> {
    for token in tokens(html) {
        match token {
            Token::Text(text) if open.is_empty() && !text.trim().is_empty() => {
                return Err("text outside its list");
            }
            Token::Text(_) => {}
            Token::Close(name) => {
                if open.last() == Some(&name) {
                    open.pop();
                }
            }
            Token::Open { name, .. } => {
                match (name, &open[..]) {
                    ("ol", []) => *lists += 1,
                    ("ul", []) => return Err("a list without numbers"),
                    ("li", [.., "ol" | "ul"]) => {}
                    ("ul", ["ol", "li"]) => {}
                    ("ol" | "ul", _) => return Err("a list too deep within another, or with numbers"),
                    ("p", [.., "li"]) => {}
                    (running, [_, ..]) if RUNNING.contains(&running) => {}
                    ("p", _) => return Err("text outside its list"),
                    _ => return Err("something that is no list"),
                }
                if name != "br" {
                    open.push(name);
                }
            }
        }
    }
    Ok(())
}
