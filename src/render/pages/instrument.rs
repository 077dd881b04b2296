//! What came of suggestions, and the questions of a survey -> what their templates see.

use crate::render::view;
use crate::site::{ActionRow, Actions, Asked, Questionnaire};

pub(super) fn actions(actions: &Actions) -> view::ActionsView<'_> {
    let Actions { id, label, caption, rows } = actions;
    let dated = actions.has_dates();
    view::ActionsView {
        actions: view::Actions { id, label, caption, dated, rows: rows.iter().map(action).collect() },
    }
}

fn action(row: &ActionRow) -> view::Action<'_> {
    let ActionRow { suggestion, status, what, date } = row;
    view::Action { suggestion, status, what: what.as_deref(), date: date.as_deref() }
}

pub(super) fn questionnaire(questionnaire: &Questionnaire) -> view::QuestionnaireView<'_> {
    view::QuestionnaireView { questions: questionnaire.questions.iter().map(question).collect() }
}

fn question(asked: &Asked) -> view::Asked<'_> {
    let Asked { ask, only, how, options, kind } = asked;
    let options =
        options.iter().map(|(label, only)| view::Offered { label, only: only.as_deref() }).collect();
    view::Asked { ask, only: only.as_deref(), how, options, kind: kind.name() }
}
