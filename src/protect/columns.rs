//! The headers of an export and the questions of a survey -> which column holds whose answers.
//!
//! A question without its column, and a column that no question has and nobody has said to leave, are trouble: a renamed
//! question must not become one that nobody answered, and a new one must not be overlooked.

use super::edition::Chosen;
use super::trouble::Troubles;
use crate::diagnostic::nearest;
use crate::evaluation::{Form, FormGroup, Question, QuestionKind};
use crate::failure::Failure;
use crate::forms::{Column, Columns as Headers, Found, Kind, Wanted, plain};
use crate::source::Spanned;

/// The columns of one export, by what they hold.
pub(super) struct Columns<'e> {
    /// Of the question that tells the group, where one does.
    pub(super) group: Option<Column>,
    /// When an answer was sent, where that decides.
    pub(super) completed: Option<Column>,
    /// Questions with their columns.
    pub(super) questions: Vec<(&'e Question, Column)>,
}

impl<'e> Columns<'e> {
    /// Finds them, with all that is wrong about the headers at once.
    pub(super) fn find(
        chosen: &Chosen<'e>,
        form: &'e Form,
        export: &Headers,
        troubles: &mut Troubles,
    ) -> Columns<'e> {
        let group = match &form.group {
            FormGroup::One(_) => None,
            FormGroup::Asked { headers, .. } => one_of(headers, export, "the group", troubles)
                .unwrap_or_else(|typed| {
                    troubles.whole(
                        None,
                        format!("no column holds the group: none is headed \"{typed}\""),
                        export.suggest(&typed),
                    );
                    None
                }),
        };
        let mut missing: Vec<(&Question, String)> = Vec::new();
        let mut questions: Vec<(&Question, Column)> = Vec::new();
        for question in chosen.questions().filter(|question| is_in(question, form)) {
            let headers = headers(question, form);
            let name = format!("`{}`", question.id);
            let column = one_of(&headers, export, &name, troubles).unwrap_or_else(|typed| {
                missing.push((question, typed));
                None
            });
            if let Some(column) = column {
                if let Some((other, _)) = questions.iter().find(|(_, known)| known.at == column.at) {
                    troubles.whole(
                        Some(&column),
                        format!("`{}` and `{}` would both be read from this column", other.id, question.id),
                        "give one of the two its own `column:` in survey.yaml",
                    );
                }
                questions.push((question, column));
            }
        }
        let used = |column: &Column| {
            questions.iter().any(|(_, known)| known.at == column.at)
                || group.as_ref().is_some_and(|group: &Column| group.at == column.at)
        };
        let ignored: Vec<usize> = chosen
            .survey()
            .ignored
            .iter()
            .filter_map(|header| match export.find(&header.value) {
                Found::One(column) => Some(column.at),
                _ => None,
            })
            .collect();
        let strays: Vec<&Column> = export
            .iter()
            .filter(|column| column.kind == Kind::Question && !used(column) && !ignored.contains(&column.at))
            .collect();
        for (question, typed) in &missing {
            let help = match &strays[..] {
                [] => export.suggest(typed),
                [stray] => format!(
                    "{} belongs to no question: if it is this one in other words, add its header to `column:` of `{}`",
                    stray.place(),
                    question.id
                ),
                _ => format!(
                    "if it is one of the columns below in other words, add its header to `column:` of `{}`",
                    question.id
                ),
            };
            troubles.whole(
                None,
                format!("no column holds `{}`: none is headed \"{typed}\"", question.id),
                help,
            );
        }
        for column in strays {
            stray(chosen, form, column, troubles);
        }
        let completed = chosen.collected.and_then(|_| match export.first(Kind::Completed) {
            Some(column) => Some(column.clone()),
            None => {
                troubles.whole(
                    None,
                    format!("no column says when an answer was sent, and the edition `{}` has dates", chosen.edition),
                    "export the form again with its times, or write `collected: not-reported` if all of its rows belong to this edition",
                );
                None
            }
        });
        Columns { group, completed, questions }
    }
}

impl Columns<'_> {
    /// What is read of each row, and nothing else.
    pub(super) fn wanted(&self, form: &Form, export: &Headers) -> Result<Wanted, Failure> {
        let mut wanted = Wanted::default().submissions(export);
        if let Some(completed) = &self.completed {
            wanted = wanted.completed(completed, form.dates);
        }
        for column in self.group.iter().chain(self.questions.iter().map(|(_, column)| column)) {
            wanted = wanted.answers(column)?;
        }
        Ok(wanted)
    }
}

/// Whether a form asks a question.
fn is_in(question: &Question, form: &Form) -> bool {
    let is_asked = match &form.group {
        FormGroup::One(group) => question.asks(group),
        FormGroup::Asked { answers, .. } => answers.iter().any(|(group, _)| question.asks(group)),
    };
    is_asked && (question.waves.is_empty() || question.waves.contains(&form.wave))
}

/// The headers that a question's column may have in a form: those that are declared, or else the question as it was put.
fn headers(question: &Question, form: &Form) -> Vec<Spanned<String>> {
    let declared: Vec<Spanned<String>> = match &form.group {
        FormGroup::One(group) => question.headers.of(group).to_vec(),
        FormGroup::Asked { answers, .. } => {
            let mut all: Vec<Spanned<String>> = Vec::new();
            for header in answers.iter().flat_map(|(group, _)| question.headers.of(group)) {
                if all.iter().all(|known| known.value != header.value) {
                    all.push(header.clone());
                }
            }
            all
        }
    };
    if declared.is_empty() { question.ask.values().cloned().collect() } else { declared }
}

/// The one column that has one of these headers; none where several could be meant, which is told.
///
/// # Errors
/// There is none: the header that was looked for.
fn one_of(
    headers: &[Spanned<String>],
    export: &Headers,
    what: &str,
    troubles: &mut Troubles,
) -> Result<Option<Column>, String> {
    let mut found: Vec<&Column> = Vec::new();
    for header in headers {
        match export.find(&header.value) {
            Found::One(column) => found.push(column),
            Found::Several(first, second) => {
                troubles.whole(
                    Some(first),
                    format!("{what} could be in this column, and in {}", second.place()),
                    "write the header of the one that is meant after `column:`, with its digit",
                );
                return Ok(None);
            }
            Found::None => {}
        }
    }
    found.dedup_by_key(|column| column.at);
    match (&found[..], headers) {
        ([only], _) => Ok(Some((*only).clone())),
        ([first, second, ..], _) => {
            troubles.whole(
                Some(first),
                format!("{what} could be in this column, and in {}", second.place()),
                "leave one of the headers after `column:` in survey.yaml",
            );
            Ok(None)
        }
        ([], headers) => Err(headers.first().map_or(String::new(), |header| header.value.clone())),
    }
}

/// A column that belongs to nothing.
fn stray(chosen: &Chosen, form: &Form, column: &Column, troubles: &mut Troubles) {
    let elsewhere = chosen.survey().questions.iter().find(|question| {
        let is_meant = |header: &Spanned<String>| plain(&header.value) == plain(&column.header);
        headers(question, form).iter().any(is_meant)
    });
    let help = match elsewhere {
        Some(question) if question.kind == QuestionKind::Gathered => {
            format!(
                "`{}` was gathered elsewhere: give it `type: text`, or put the header under `ignore:`",
                question.id
            )
        }
        Some(question) => format!(
            "`{}` has this header, and was not asked here: see its `asked_of`, `waves`, `since` and `until`",
            question.id
        ),
        None => {
            let asked: Vec<(String, &str)> = chosen
                .questions()
                .filter(|question| is_in(question, form))
                .flat_map(|question| {
                    headers(question, form).into_iter().map(|header| (header.value, question.id.as_str()))
                })
                .collect();
            let near = nearest(&column.header, asked.iter().map(|(header, _)| header.as_str()));
            match near.and_then(|near| asked.iter().find(|(header, _)| header == near)) {
                Some((_, id)) => format!(
                    "if it is `{id}` in other words, add the header to its `column:`; if it is another question, declare it, or put the header under `ignore:`"
                ),
                None => {
                    "declare a question for it in survey.yaml, or put the header under `ignore:`".to_owned()
                }
            }
        }
    };
    troubles.whole(Some(column), "no question of survey.yaml has this header", help);
}
