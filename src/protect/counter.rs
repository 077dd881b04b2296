//! Rows of one export -> what they count for in the [`Tally`], each once, and the themes of what was written in them.

use super::answer::{Answer, Reading};
use super::codes::{self, Codes, Text};
use super::columns::Columns;
use super::edition::Chosen;
use super::tally::{Counted, Tally};
use super::trouble::Troubles;
use crate::evaluation::{Form, FormGroup, Question, Unit, When};
use crate::forms::{Cell, Column, NoMoment, Row, plain};
use std::collections::{BTreeMap, HashSet};

/// What somebody answered to one question of the export.
struct Answered<'c> {
    /// The question's place among those of the export.
    at: usize,
    question: &'c Question,
    column: &'c Column,
    answer: Answer,
}

impl Answered<'_> {
    fn is_given(&self) -> bool {
        !matches!(self.answer, Answer::Skipped)
    }

    fn is_in_words(&self) -> bool {
        matches!(self.answer, Answer::Words)
    }
}

/// People of one group: how many, and what they answered to each question of the export.
struct People<'c> {
    count: u32,
    questions: Vec<(Reading<'c>, Counted)>,
}

/// Counts the rows of one export.
pub(super) struct Counter<'c> {
    chosen: &'c Chosen<'c>,
    form: &'c Form,
    columns: &'c Columns<'c>,
    /// By group.
    people: BTreeMap<&'c str, People<'c>>,
    groups: BTreeMap<String, &'c str>,
    /// The answers of the row that was counted last, and its group; none where it did not count.
    last: Option<(&'c str, Vec<Answered<'c>>)>,
    seen: Seen,
    /// Rows of this edition with an answer.
    pub(super) rows: usize,
    /// Rows that were sent before or after the edition's dates.
    pub(super) elsewhen: usize,
    /// Rows of this edition in which nothing was answered.
    pub(super) blank: usize,
}

impl<'c> Counter<'c> {
    pub(super) fn new(chosen: &'c Chosen<'c>, form: &'c Form, columns: &'c Columns<'c>) -> Counter<'c> {
        let mut groups = BTreeMap::new();
        let mut all: Vec<&str> = Vec::new();
        match &form.group {
            FormGroup::One(group) => all.push(group),
            FormGroup::Asked { answers, .. } => {
                for (group, said) in answers {
                    all.push(group);
                    groups.extend(said.iter().map(|said| (plain(&said.value), group.as_str())));
                }
            }
        }
        let nobody = |group| {
            let questions = columns.questions.iter();
            let questions =
                questions.map(|(question, _)| (Reading::new(question, group), Counted::default()));
            (group, People { count: 0, questions: questions.collect() })
        };
        let people = all.into_iter().map(nobody).collect();
        let seen = Seen::default();
        Counter { chosen, form, columns, people, groups, last: None, seen, rows: 0, elsewhen: 0, blank: 0 }
    }

    pub(super) fn row(&mut self, row: &Row, troubles: &mut Troubles) {
        self.last = None;
        if !self.is_of_edition(row, troubles) {
            return;
        }
        if self.seen.is_again(row.submission()) {
            troubles.row(
                row,
                None,
                "the number of an earlier submission stands here again",
                "take one of the two rows out: somebody would be counted twice",
            );
            return;
        }
        let Some(group) = self.group(row, troubles) else { return };
        let Some(people) = self.people.get_mut(group) else { return };
        let columns = self.columns;
        let mut answers: Vec<Answered> = Vec::with_capacity(columns.questions.len());
        let of_questions = columns.questions.iter().zip(&mut people.questions).enumerate();
        for (at, ((question, column), (reading, _))) in of_questions {
            match reading.read(row.cell(column)) {
                Ok(answer) => answers.push(Answered { at, question, column, answer }),
                Err((what, help)) => troubles.row(row, Some(column), what, &help),
            }
        }
        if !answers.iter().any(Answered::is_given) {
            self.blank += 1;
            return;
        }
        self.rows += 1;
        people.count += 1;
        for answered in &answers {
            if is_counted(answered, &answers, group, row, troubles) {
                people.questions[answered.at].1.add(&answered.answer);
            }
        }
        self.last = Some((group, answers));
    }

    /// Hands over what was counted.
    pub(super) fn finish(&self, tally: &mut Tally) {
        let wave = &self.form.wave;
        for (group, people) in &self.people {
            tally.take_respondents(wave, group, people.count);
            for ((question, _), (_, counted)) in self.columns.questions.iter().zip(&people.questions) {
                tally.take(&question.id, wave, group, counted);
            }
        }
    }

    /// Keeps what somebody wrote, to be coded.
    pub(super) fn keep_texts(&self, row: &Row, texts: &mut Vec<Text>) {
        let Some((group, answers)) = &self.last else { return };
        for Answered { question, column, .. } in answers.iter().filter(|answered| answered.is_in_words()) {
            texts.push(Text {
                key: codes::key(&self.form.file.value, row, &question.id),
                text: row.cell(column).text().into_owned(),
                wave: self.form.wave.clone(),
                group: (*group).to_owned(),
            });
        }
    }

    /// Notes where more texts of one person are marked as quotable than the policy allows. This is the last place where anybody
    /// knows that they are of one: candidates and quotations have no number of a submission.
    pub(super) fn quotable(&self, row: &Row, codes: &Codes, uncoded: &mut Troubles) {
        let Some((_, answers)) = &self.last else { return };
        let words = answers.iter().filter(|answered| answered.is_in_words());
        let marked = words.filter_map(|Answered { question, column, .. }| {
            let key = codes::key(&self.form.file.value, row, &question.id);
            let code = codes.get(&key).filter(|_| !key.1.is_empty())?;
            // A text that is another by now is no longer marked.
            let is_same = plain(&code.text) == plain(&row.cell(column).text());
            (is_same && codes::is_quotable(&code.quotable)).then_some(code.row)
        });
        let (mut marked, most) = (marked.collect::<Vec<usize>>(), self.chosen.policy.max_per_person);
        marked.sort_unstable();
        if marked.len() > most as usize {
            let texts = if most == 1 { "one text".to_owned() } else { format!("{most} texts") };
            let what = format!("more than {texts} of one person would be quoted");
            let help = "leave `quotable` empty for the others; how many may be quoted is said by \
                quotes: {max_per_person: …} of the policy";
            marked.iter().for_each(|row| uncoded.at(*row, None, &what, help));
        }
    }

    /// Counts the themes of what somebody wrote.
    pub(super) fn code(
        &self,
        row: &Row,
        codes: &Codes,
        tally: &mut Tally,
        troubles: &mut Troubles,
        uncoded: &mut Troubles,
    ) {
        let Some((group, answers)) = &self.last else { return };
        let words = answers.iter().filter(|one| one.is_in_words() && !one.question.themes.is_empty());
        for Answered { question, column, .. } in words {
            let key = codes::key(&self.form.file.value, row, &question.id);
            if key.1.is_empty() {
                troubles.row(
                    row,
                    Some(column),
                    "no number tells this row, so that its text cannot be found in coding.xlsx",
                    "export the form again with its first column, ID",
                );
                continue;
            }
            let Some(code) = codes.get(&key).filter(|code| !code.themes.is_empty()) else {
                troubles.row(
                    row,
                    Some(column),
                    "a text is not coded yet",
                    "mentorpress protect --coding adds it to coding.xlsx; give it themes there, or a hyphen",
                );
                continue;
            };
            if plain(&code.text) != plain(&row.cell(column).text()) {
                uncoded.at(code.row, None, "the text is another than in the export", "mentorpress protect --coding puts the export's in its place; then look at its themes again");
                continue;
            }
            let themes = match codes::themes(question, &code.themes) {
                Ok(themes) => themes,
                Err((what, help)) => {
                    uncoded.at(code.row, None, &what, &help);
                    continue;
                }
            };
            let of_others = themes.iter().filter_map(|at| question.themes[*at].when.as_ref());
            if let Some(when) = of_others.into_iter().find(|when| !gave(answers, when)) {
                let what = format!(
                    "a theme belongs to those who answered `{}` with `{}`, and she did not",
                    when.question.value, when.option.value
                );
                uncoded.at(
                    code.row,
                    None,
                    &what,
                    "give the text another theme, or take `when` out of this one in survey.yaml",
                );
                continue;
            }
            tally.coded(&question.id, &self.form.wave, group, &themes);
        }
    }

    /// Whether a row was sent within the edition's dates.
    fn is_of_edition(&mut self, row: &Row, troubles: &mut Troubles) -> bool {
        let (Some(column), Some((from, to))) = (&self.columns.completed, self.chosen.collected) else {
            return true;
        };
        let day = match row.completed().unwrap_or(Err(NoMoment::Empty)) {
            Ok(moment) => moment.date(),
            Err(NoMoment::OrderUnknown) => {
                troubles.row(
                    row,
                    Some(column),
                    "a time is written as a text, and nothing says in which order its day and month stand",
                    "say it in survey.yaml, where the form is named: dates: mdy, dates: dmy or dates: iso",
                );
                return false;
            }
            Err(NoMoment::NotADate) => {
                troubles.row(
                    row,
                    Some(column),
                    "this is no time in the order that `dates` names",
                    "look at the column; correct `dates`, or the cell",
                );
                return false;
            }
            Err(NoMoment::Empty) => {
                troubles.row(
                    row,
                    Some(column),
                    "nothing says when this row was sent",
                    "write a day into the cell, or take the row out",
                );
                return false;
            }
        };
        let is_within = from <= day && day <= to;
        self.elsewhen += usize::from(!is_within);
        is_within
    }

    /// The group that a row is of.
    fn group(&self, row: &Row, troubles: &mut Troubles) -> Option<&'c str> {
        if let FormGroup::One(group) = &self.form.group {
            return Some(group);
        }
        let column = self.columns.group.as_ref()?;
        let group = self.groups.get(&plain(&row.cell(column).text())).copied();
        if group.is_none() {
            troubles.row(
                row,
                Some(column),
                "the answer that tells the group is none of those that survey.yaml names",
                "add its words to `answers` of the form's `group`",
            );
        }
        group
    }
}

/// Whether an answer counts: its group was asked, it is of the one of a pair whose answers are counted, and she was asked who
/// gave it. Where somebody answered who was not asked, that is told.
fn is_counted(
    Answered { question, column, answer, .. }: &Answered,
    all: &[Answered],
    group: &str,
    row: &Row,
    troubles: &mut Troubles,
) -> bool {
    let is_given = !matches!(answer, Answer::Skipped);
    if !question.asks(group) {
        if is_given {
            let help = format!("correct `asked_of` of `{}`", question.id);
            let what = "somebody answered who the survey says was not asked";
            troubles.row(row, Some(column), what, &help);
        }
        return false;
    }
    let is_of_pair = question.pairs_from.as_ref().is_some_and(|from| from.value == group);
    if question.unit != Unit::People && !is_of_pair {
        return false;
    }
    let Some(when) = question.asked_if.as_ref().filter(|when| !gave(all, when)) else { return true };
    if is_given {
        let help = format!("correct `asked_if` of `{}`: the form asked more people than that", question.id);
        let what =
            format!("somebody answered who did not answer `{}` so that she was asked", when.question.value);
        troubles.row(row, Some(column), &what, &help);
    }
    false
}

/// Whether somebody gave an answer to another question.
fn gave(answers: &[Answered], when: &When) -> bool {
    answers.iter().any(|Answered { question, answer, .. }| {
        question.id == when.question.value
            && matches!(answer, Answer::Options(chosen)
                if chosen.iter().any(|at| question.options[*at].id == when.option.value))
    })
}

/// Numbers of submissions met so far. They rise in an export, so that as a rule the last is enough.
#[derive(Default)]
struct Seen {
    last: Option<u64>,
    /// From the first on that does not rise.
    others: HashSet<u64>,
    all: Vec<(u64, u64)>,
}

impl Seen {
    /// Whether a number was met before. What is no whole number is nobody's.
    fn is_again(&mut self, cell: &Cell) -> bool {
        let Ok(number) = cell.text().trim().parse::<u64>() else { return false };
        if self.last.is_none_or(|last| number > last) {
            match self.all.last_mut() {
                Some((_, to)) if *to + 1 == number => *to = number,
                _ => self.all.push((number, number)),
            }
            self.last = Some(number);
            return false;
        }
        let is_known = self.all.iter().any(|(from, to)| (*from..=*to).contains(&number));
        is_known || !self.others.insert(number)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Seen};

    #[test]
    fn a_submission_is_met_again_by_its_number() {
        let mut seen = Seen::default();
        let mut again = |text: &str| seen.is_again(&Cell::of_text(text));
        assert!(!again("1") && !again("2") && !again("7") && !again("5"));
        assert!(again("2") && again("5") && again("7") && !again("anonymous") && !again("anonymous"));
        assert!(!again("8") && again("8"));
    }
}
