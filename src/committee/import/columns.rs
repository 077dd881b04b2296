//! Headers of `registration.yaml` and columns of an export -> [`Columns`]: every column accounted for, by its header.

use super::field::Field;
use super::mapping::{Mapping, Roles};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::directory::Purpose;
use crate::forms::{Column, Export, Found, Kind};
use crate::source::{Span, Spanned};

/// Where in the export everything is.
pub(super) struct Columns<'e> {
    /// When it was sent.
    pub(super) completed: &'e Column,
    /// Her address.
    pub(super) email: &'e Column,
    /// What she does in the scheme; `None` where all are mentors.
    pub(super) roles: Option<&'e Column>,
    /// What she agrees to.
    pub(super) consent: Vec<(Purpose, &'e Column)>,
    /// The rest.
    pub(super) fields: Vec<(Field, &'e Column)>,
}

impl<'e> Columns<'e> {
    /// Finds every header, and says which column of the export nobody has named. `None` where something is missing.
    pub(super) fn find(
        mapping: &Mapping,
        export: &'e Export,
        found: &mut Diagnostics,
    ) -> Option<Columns<'e>> {
        let before = found.len();
        let mut search = Search { export, used: Vec::new(), found };
        let completed = search.completed(mapping);
        let email = mapping.email.as_ref().and_then(|header| search.one(header));
        let roles = match &mapping.roles {
            Some(Roles::Asked { column, .. }) => search.one(column),
            _ => None,
        };
        let consent: Vec<_> = mapping
            .consent
            .iter()
            .filter_map(|(purpose, question)| Some((*purpose, search.one(&question.column)?)))
            .collect();
        let fields: Vec<_> = mapping
            .columns
            .iter()
            .filter_map(|(field, header)| Some((*field, search.one(header)?)))
            .collect();
        search.ignored(mapping);
        search.rest(mapping.span);
        (found.len() == before).then_some(())?;
        Some(Columns { completed: completed?, email: email?, roles, consent, fields })
    }
}

struct Search<'e, 'f> {
    export: &'e Export,
    used: Vec<usize>,
    found: &'f mut Diagnostics,
}

impl<'e> Search<'e, '_> {
    fn one(&mut self, header: &Spanned<String>) -> Option<&'e Column> {
        let name = &self.export.name;
        match self.export.find(&header.value) {
            Found::One(column) => {
                self.used.push(column.at);
                self.look_for_answers(header, column);
                Some(column)
            }
            Found::None => {
                // The column that was probably meant is not told as one that nobody has named.
                self.used.extend(self.export.nearest(&header.value).map(|column| column.at));
                self.found.push(
                    Diagnostic::new(
                        Code::UnknownValue,
                        header.span,
                        format!("{name} has no column \"{}\"", header.value),
                    )
                    .help(self.export.suggest(&header.value)),
                );
                None
            }
            Found::Several(first, second) => {
                self.found.push(
                    Diagnostic::new(
                        Code::UnknownValue,
                        header.span,
                        format!("{name} has two columns for this: {} and {}", first.place(), second.place()),
                    )
                    .help("write the header as it stands in the first row, with its digit; if both are the same, rename one in a copy of the export"),
                );
                None
            }
        }
    }

    /// Forms has columns `Email` and `Name` of its own, empty in a form that anybody may fill in; the questions are then
    /// `Email2` and `Name2`.
    fn look_for_answers(&mut self, header: &Spanned<String>, column: &Column) {
        if !matches!(column.kind, Kind::Email | Kind::Name) || self.export.rows.is_empty() {
            return;
        }
        let is_nobody = |text: &str| text.is_empty() || text.eq_ignore_ascii_case("anonymous");
        if self.export.rows.iter().all(|row| is_nobody(row.cell(column).text().trim())) {
            let second = format!("{}2", column.header);
            let help = match self.export.find(&second) {
                Found::One(other) if other.at != column.at => {
                    self.used.push(other.at);
                    format!("the form's own question is \"{second}\": write that")
                }
                _ => "name the form's own question that asks for it".to_owned(),
            };
            self.found.push(
                Diagnostic::new(
                    Code::UnknownValue,
                    header.span,
                    format!(
                        "{} is the one of the account that filled in the form, and nobody's is known",
                        column.place()
                    ),
                )
                .help(help),
            );
        }
    }

    fn completed(&mut self, mapping: &Mapping) -> Option<&'e Column> {
        if let Some(header) = &mapping.completed {
            return self.one(header);
        }
        let column = self.export.first(Kind::Completed);
        match column {
            Some(column) => self.used.push(column.at),
            None => self.found.push(
                Diagnostic::new(
                    Code::MissingKey,
                    mapping.span,
                    format!("no column of {} is known to say when an answer was sent", self.export.name),
                )
                .note("the day on which she sent it is the day of her consent")
                .help("add a line `completed:` with the header of that column"),
            ),
        }
        column
    }

    /// What is to be ignored may be gone from the form: there is nothing to find out.
    fn ignored(&mut self, mapping: &Mapping) {
        for header in &mapping.ignore {
            match self.export.find(&header.value) {
                Found::One(column) => self.used.push(column.at),
                Found::Several(first, second) => self.used.extend([first.at, second.at]),
                Found::None => {}
            }
        }
    }

    fn rest(&mut self, place: Span) {
        for column in &self.export.columns {
            if column.kind == Kind::Question && !self.used.contains(&column.at) {
                self.found.push(
                    Diagnostic::new(
                        Code::MissingKey,
                        place,
                        format!("nothing is said about {} of {}", column.place(), self.export.name),
                    )
                    .help("write its header to a field under `columns:`, or add it to `ignore:` if it is not for profiles"),
                );
            }
        }
    }
}
