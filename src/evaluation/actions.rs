//! `actions.yaml` -> what came of the suggestions that people made: texts of the scheme's own, and no figures.

use super::survey::Survey;
use crate::config::Text;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::yaml::{self, Form, Format, Holds, Node, key, required, words};

/// A suggestion and what came of it.
#[derive(Clone, Debug)]
pub struct Action {
    /// The whole entry.
    pub span: Span,
    /// What was suggested.
    pub suggestion: Text,
    /// The question that it answers, where it is said.
    pub question: Option<String>,
    /// How far it has come.
    pub status: Status,
    /// A day or a month, as written.
    pub date: Option<String>,
    /// What was done, is planned, or speaks against it.
    pub what: Option<Text>,
}

/// How far a suggestion has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// It was taken up.
    Done,
    /// It is going to be.
    Planned,
    /// It is not.
    Declined,
}

impl Status {
    /// The interface string that names it.
    pub fn key(self) -> &'static str {
        match self {
            Status::Done => "action.done",
            Status::Planned => "action.planned",
            Status::Declined => "action.declined",
        }
    }
}

/// The words of each.
const STATUSES: [(&str, Status); 3] =
    [("done", Status::Done), ("planned", Status::Planned), ("declined", Status::Declined)];

/// One of `actions.yaml`.
pub static ACTION: Format = Format {
    what: "an action",
    keys: &[
        required(key("suggestion", Holds::Localised, "Training for mentors", "What was suggested.")),
        required(key("status", Holds::Word(&words(&STATUSES)), "done", "How far it has come.")),
        key("from", Holds::Text, "improve", "The question that it answers, or question.theme."),
        key("date", Holds::Like(Form::DayOrMonth), "2024-01", "When."),
        key(
            "what",
            Holds::Localised,
            "Training is part of the induction.",
            "What was done, is planned, or speaks against it.",
        ),
    ],
};

/// Reads the actions of a survey.
pub(super) fn read(sources: &Sources, file: FileId, survey: &Survey, found: &mut Diagnostics) -> Vec<Action> {
    let length = sources.file(file).text.len();
    let Some(node) = yaml::parse(sources, file, 0..length, found) else { return Vec::new() };
    yaml::items(&node, found).iter().filter_map(|item| action(item, survey, found)).collect()
}

fn action(node: &Node, survey: &Survey, found: &mut Diagnostics) -> Option<Action> {
    let fields = ACTION.read(node, found)?;
    let suggestion = fields.need("suggestion", found).and_then(|node| yaml::localised(node, found));
    let from = fields.get("from").and_then(|node| yaml::text(node, found));
    let status = fields.need("status", found).and_then(|node| yaml::word(node, "a status", &STATUSES, found));
    let date = fields.get("date").and_then(|node| yaml::day_or_month(node, found));
    let what = fields.get("what").and_then(|node| yaml::localised(node, found));
    let question = from.and_then(|from| question(&from, survey, found));
    Some(Action {
        span: node.span,
        suggestion: suggestion?,
        question,
        status: status?,
        date: date.map(|date| date.value),
        what,
    })
}

/// `improve`, or `improve.training` for one of its themes.
fn question(from: &Spanned<String>, survey: &Survey, found: &mut Diagnostics) -> Option<String> {
    let (id, theme) = match from.value.split_once('.') {
        Some((id, theme)) => (id, Some(theme)),
        None => (from.value.as_str(), None),
    };
    let Some(question) = survey.questions.iter().find(|question| question.id == id) else {
        let known = survey.questions.iter().map(|question| question.id.as_str());
        found.push(
            Diagnostic::new(
                Code::UnknownQuestion,
                from.part(0..id.len()),
                format!("the survey has no question `{id}`"),
            )
            .help(one_of(id, known)),
        );
        return None;
    };
    if let Some(theme) = theme
        && !question.themes.iter().any(|known| known.id == theme)
    {
        let known = question.themes.iter().map(|theme| theme.id.as_str());
        let place = from.part(id.len() + 1..from.value.len());
        found.push(
            Diagnostic::new(Code::UnknownOption, place, format!("`{id}` has no theme `{theme}`"))
                .help(one_of(theme, known)),
        );
    }
    Some(question.id.clone())
}
