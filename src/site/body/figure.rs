//! `::figure` -> a numbered figure made from a release, and the tables of the page that have its numbers.

use super::Resolver;
use super::numbered::{self, Kind};
use super::survey::Missing;
use super::written::{nth_word, split_survey};
use crate::diagnostic::{Code, Diagnostic, one_of};
use crate::evaluation::{FigureKind, FigureRequest, PublishedFigure};
use crate::markdown::{Directive, Document, Piece};
use crate::output::WrittenLink;

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

/// What a table of the page shows, so that a figure can name it.
pub(super) struct Shown {
    survey: Option<String>,
    edition: Option<String>,
    questions: Vec<String>,
    id: String,
}

/// The tables of a document that show questions.
pub(super) fn shown(document: &Document) -> Vec<Shown> {
    let table = |piece: &Piece| match piece {
        Piece::Leaf(directive) if directive.name.value == "table" => {
            let (survey, rest) = split_survey(directive.get("questions")?);
            Some(Shown {
                survey: survey.map(|survey| survey.value),
                edition: directive.get("edition").map(|edition| edition.value.clone()),
                questions: rest.value.split_whitespace().map(str::to_owned).collect(),
                id: numbered::id(directive)?.value,
            })
        }
        _ => None,
    };
    document.pieces.iter().filter_map(table).collect()
}

impl Resolver<'_, '_, '_> {
    pub(super) fn figure(&mut self, directive: &Directive) -> Result<ReportFigure, Missing> {
        self.keys(directive, &["question", "questions", "id", "kind", "caption", "edition", "wave", "group"]);
        let Some(questions) = directive.get("questions").or_else(|| directive.get("question")) else {
            self.push(
                Diagnostic::new(Code::MissingKey, directive.span, "`::figure` needs `question`")
                    .help("name it: ::figure{question=wanted id=wanted kind=bars caption=\"…\"}; a figure of one's own has three colons"),
            );
            return Err(Missing::Said);
        };
        let kind = self.figure_kind(directive).ok_or(Missing::Said)?;
        let (survey, rest) = split_survey(questions);
        let value = |key: &str| directive.get(key).map(|value| value.value.as_str());
        let (figure, ids) = if kind == FigureKind::Trend {
            self.trend(directive, questions)?
        } else {
            let published = self.release(directive, questions)?;
            let ids: Vec<&str> = rest.value.split_whitespace().collect();
            if ids.contains(&"flow") {
                self.without_groups(directive);
            }
            let request = FigureRequest { kind, wave: value("wave"), group: value("group") };
            match published.figure(&ids, request, self.interface, self.context.first()) {
                Ok(figure) => (figure, ids),
                Err((at, unresolved)) => {
                    let label = nth_word(&rest, at);
                    self.unresolved(directive, &label, unresolved);
                    return Err(Missing::Said);
                }
            }
        };
        let id = numbered::id(directive).ok_or(Missing::Said)?;
        let survey = survey.map(|survey| survey.value);
        let own = self.report.map(|(survey, _)| survey);
        let of = |survey: Option<&str>, edition: Option<&str>| {
            let survey = survey.or(own)?;
            Some((survey.to_owned(), self.edition(survey, edition)?.to_owned()))
        };
        let drawn = of(survey.as_deref(), value("edition"));
        let tables: Vec<(String, String)> = self
            .shown
            .iter()
            .filter(|shown| {
                of(shown.survey.as_deref(), shown.edition.as_deref()) == drawn
                    && shown.questions.iter().any(|question| ids.contains(&question.as_str()))
            })
            .filter_map(|shown| Some((self.label(Kind::Table, &shown.id)?, format!("#table-{}", shown.id))))
            .collect();
        let mut tables = tables;
        tables.extend(
            (kind == FigureKind::Trend).then(|| self.all_editions(survey.as_deref().or(own))).flatten(),
        );
        let links = tables.iter().map(|(_, href)| WrittenLink { href: href.clone(), span: directive.span });
        self.body.links.extend(links);
        Ok(ReportFigure {
            id: format!("figure-{}", id.value),
            label: self.label(Kind::Figure, &id.value).unwrap_or_default(),
            caption: value("caption").map_or_else(|| figure.title.clone(), str::to_owned),
            figure,
            tables,
        })
    }

    /// The steps of the flow are counted by the office, not by group or wave.
    fn without_groups(&mut self, directive: &Directive) {
        for key in ["group", "wave"] {
            if let Some(attribute) = directive.attributes.iter().find(|attribute| attribute.key.value == key)
            {
                self.push(
                    Diagnostic::new(Code::UnknownKey, attribute.key.span, format!("`flow` has no `{key}`"))
                        .help("take it out: the steps are counts of the office, and of nobody's answers"),
                );
            }
        }
    }

    fn figure_kind(&mut self, directive: &Directive) -> Option<FigureKind> {
        let names = FigureKind::ALL.map(FigureKind::name);
        let Some(typed) = directive.get("kind") else {
            self.push(
                Diagnostic::new(Code::MissingKey, directive.span, "`::figure` needs `kind`")
                    .help(format!("say how it is drawn: kind={}", names.join(", kind="))),
            );
            return None;
        };
        let kind = FigureKind::find(&typed.value);
        if kind.is_none() {
            self.push(
                Diagnostic::new(
                    Code::UnknownValue,
                    typed.span,
                    format!("there is no kind of figure `{}`", typed.value),
                )
                .help(one_of(&typed.value, names)),
            );
        }
        kind
    }
}
