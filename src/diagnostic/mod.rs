//! Findings: the author's trouble, as values with a place and a way out, collected and printed all at once.
//!
//! A stage returns `(T, Diagnostics)` or is handed the [`Diagnostics`] to add to; nothing stops at the first.

mod codes;
pub mod github;
mod print;
mod suggest;

pub use codes::{Class, Code, Severity};
pub use print::{human, json};
pub use suggest::{nearest, nearest_first, one_of};

use crate::source::{Sources, Span, Unreadable};

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// What kind it is.
    pub code: Code,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where.
    pub span: Span,
    /// Words under the caret.
    pub label: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<(Span, String)>,
    /// The reason, where the message alone does not give it.
    pub note: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding at a place.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            message: message.into(),
            span,
            label: None,
            related: Vec::new(),
            note: None,
            help: None,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds the reason.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Diagnostic {
        self.note = Some(note.into());
        self
    }

    /// Adds words under the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = Some(label.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, words: impl Into<String>) -> Diagnostic {
        self.related.push((span, words.into()));
        self
    }
}

/// Findings collected so far.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// None yet.
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds those of another stage.
    pub fn extend(&mut self, more: Diagnostics) {
        self.0.extend(more.0);
    }

    /// All of them, in the order found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those that keep a site from being written.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter().filter(|diagnostic| diagnostic.code.severity() == Severity::Error)
    }

    /// Whether any keeps a site from being written.
    pub fn has_errors(&self) -> bool {
        self.errors().next().is_some()
    }

    /// In the order of files and places, each once: the order they are printed in.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
        self.0.dedup();
    }

    /// Keeps those for which the question is answered with yes.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(keep);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(items: I) -> Self {
        Diagnostics(items.into_iter().collect())
    }
}

/// Findings about files that should be text and could not be read as such.
pub fn unreadable_files(sources: &Sources) -> Diagnostics {
    sources
        .iter()
        .filter_map(|(id, file)| {
            let span = sources.whole(id);
            let name = crate::path::file_name(&file.path);
            Some(match file.unreadable? {
                Unreadable::Utf16 => Diagnostic::new(Code::Utf16, span, format!("{name} is saved as UTF-16"))
                    .help("save it again with the encoding UTF-8 (in Notepad: Save as, Encoding: UTF-8)"),
                Unreadable::NotUtf8(line) => {
                    Diagnostic::new(Code::NotUtf8, span, format!("{name} is not UTF-8: line {line} has a byte that is no letter"))
                        .help("save it again with the encoding UTF-8; accented letters of an older encoding are the usual cause")
                }
                Unreadable::TooLarge(bytes) => {
                    Diagnostic::new(Code::TooLarge, span, format!("{name} has {bytes} bytes; text files may have 16777216"))
                        .help("split the file")
                }
                Unreadable::Link => {
                    Diagnostic::new(Code::SymbolicLink, span, format!("{name} is a symbolic link and is not read"))
                        .help("put the file itself here")
                }
            })
        })
        .collect()
}
