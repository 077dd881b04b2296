//! `asked_if` of questions -> findings: the question before must have been put to the same people, on the same occasion.

use super::{Question, When};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// Holds every question that only some were asked against the one before it, once all questions are known.
pub(super) fn check(questions: &[Question], found: &mut Diagnostics) {
    for question in questions {
        let Some(when) = &question.asked_if else { continue };
        let Some(before) = questions.iter().find(|known| known.id == when.question.value) else { continue };
        if returns(questions, question) {
            found.push(
                Diagnostic::new(
                    Code::UnknownQuestion,
                    when.question.span,
                    format!("`{}` would be asked on an answer to itself", question.id),
                )
                .help("name the question that decided in the form whether it was asked"),
            );
            continue;
        }
        together(question, before, when, found);
    }
}

/// Whether going from question to question before it leads back to it.
fn returns(questions: &[Question], question: &Question) -> bool {
    let before = |question: &Question| {
        let when = question.asked_if.as_ref()?;
        questions.iter().find(|known| known.id == when.question.value)
    };
    let mut at = before(question);
    // No chain without a circle is longer than the list of questions.
    for _ in 0..questions.len() {
        match at {
            Some(known) if known.id == question.id => return true,
            Some(known) => at = before(known),
            None => return false,
        }
    }
    // A circle further up is told where it is.
    false
}

fn together(question: &Question, before: &Question, when: &When, found: &mut Diagnostics) {
    let help = format!(
        "whoever was asked `{}` was asked `{}` before, in the same form: correct `asked_if`, or what it says of the two",
        question.id, before.id
    );
    let mut tell = |code: Code, message: String| {
        found.push(
            Diagnostic::new(code, when.question.span, message)
                .related(before.span, "asked here")
                .help(help.clone()),
        );
    };
    for wave in question.waves.iter().filter(|wave| !before.waves.contains(wave)) {
        tell(
            Code::UnknownWave,
            format!("`{}` was asked in `{wave}`, and `{}` was not", question.id, before.id),
        );
    }
    for group in question.asked_of.iter().filter(|group| !before.asked_of.contains(group)) {
        tell(
            Code::NotAsked,
            format!("`{}` was asked of `{group}`, and `{}` was not", question.id, before.id),
        );
    }
    if question.unit != before.unit {
        tell(
            Code::UnknownValue,
            format!("of `{}` and `{}` one counts people and the other pairs", question.id, before.id),
        );
    }
}
