//! An export in the long form, one answer a line (`respondent,question,answer`) -> rows as of any export: the common door
//! for what Qualtrics, REDCap, Google Forms, LimeSurvey and Jisc export, each in its own shape.
//!
//! All is read once for the questions, which become the columns. Then the lines of one respondent become a row, so they
//! have to stand together. Where respondents stand in ascending order it is plain that nobody comes twice; else a hash and
//! the line are kept of each, about 40 bytes. Nothing of who a respondent is goes on.

use super::header::{Column, Columns};
use super::lines::Lines;
use super::row::{Layout, Row, Wanted};
use super::{MOST_COLUMNS, MOST_IN_A_CELL, plain};
use crate::failure::Failure;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

/// The headers that a file in the long form has, and no others.
const HEADERS: [&str; 3] = ["respondent", "question", "answer"];

/// How a file in the long form is arranged.
#[derive(Clone, Copy)]
pub(super) struct Long {
    respondent: usize,
    question: usize,
    answer: usize,
    is_ascending: bool,
}

impl Long {
    /// Whether an export is in the long form.
    pub(super) fn find(columns: &Columns) -> Option<Long> {
        let [Some(respondent), Some(question), Some(answer)] =
            HEADERS.map(|header| columns.iter().find(|column| column.key() == header))
        else {
            return None;
        };
        (columns.len() == HEADERS.len()).then_some(Long {
            respondent: respondent.at,
            question: question.at,
            answer: answer.at,
            is_ascending: false,
        })
    }

    /// The columns that have to be read of each line.
    pub(super) fn wanted(&self) -> Wanted {
        Wanted::places(&[self.respondent, self.question, self.answer])
    }

    /// Reads all lines, for the questions and the order of respondents.
    pub(super) fn survey(
        &mut self,
        lines: &mut Lines,
        mut line: Row,
        name: &str,
    ) -> Result<Columns, Failure> {
        let mut questions = Questions::default();
        let mut columns: Vec<Column> = Vec::new();
        let mut before = String::new();
        let mut order = Order::default();
        while lines.next(&mut line)? {
            self.check(&line, name)?;
            let text = line.cells[1].text();
            if questions.find(&text).is_none() {
                let column = Column::question(columns.len(), &text, line.number);
                if columns.len() == MOST_COLUMNS {
                    return Err(Failure::refused(
                        format!("{name} has more than {MOST_COLUMNS} questions by row {}", line.number),
                        "the columns are `respondent`, `question` and `answer`, whatever their order: see that they have the right headers",
                    ));
                }
                questions.add(&column);
                columns.push(column);
            }
            let respondent = line.cells[0].text();
            let respondent = respondent.trim();
            if respondent != before {
                order.add(&before, respondent);
                before.clear();
                before.push_str(respondent);
            }
        }
        self.is_ascending = order.is_ascending();
        Ok(Columns(columns))
    }

    fn check(&self, line: &Row, name: &str) -> Result<(), Failure> {
        for (cell, header) in line.cells.iter().zip(&HEADERS[..2]) {
            if cell.text().trim().is_empty() {
                return Err(Failure::refused(
                    format!("row {} of {name} has no {header}", line.number),
                    "in the long form every line has a respondent, a question and an answer",
                ));
            }
        }
        Ok(())
    }
}

/// Whether respondents were in an order in which nobody can come twice.
struct Order {
    by_number: bool,
    by_text: bool,
}

impl Default for Order {
    fn default() -> Order {
        Order { by_number: true, by_text: true }
    }
}

impl Order {
    fn add(&mut self, before: &str, next: &str) {
        let number = |text: &str| text.parse::<u64>().ok().filter(|number| number.to_string() == text);
        self.by_text &= before < next;
        self.by_number &=
            before.is_empty() || matches!((number(before), number(next)), (Some(a), Some(b)) if a < b);
    }

    fn is_ascending(&self) -> bool {
        self.by_text || self.by_number
    }
}

/// Where the column of a question is, by its text.
#[derive(Default)]
struct Questions {
    by_key: HashMap<String, usize>,
    /// The same for texts as they stand there, of which few are met again and again.
    met: HashMap<String, usize>,
}

impl Questions {
    fn of(columns: &Columns) -> Questions {
        let mut questions = Questions::default();
        columns.iter().for_each(|column| questions.add(column));
        questions
    }

    fn add(&mut self, column: &Column) {
        self.by_key.insert(column.key().to_owned(), column.at);
    }

    fn find(&mut self, text: &str) -> Option<usize> {
        if let Some(at) = self.met.get(text) {
            return Some(*at);
        }
        let at = self.by_key.get(&plain(text)).copied()?;
        if self.met.len() < MOST_COLUMNS * 2 {
            self.met.insert(text.to_owned(), at);
        }
        Some(at)
    }
}

/// Respondents as rows.
pub(super) struct Rows<'b> {
    lines: Lines<'b>,
    long: Long,
    questions: Questions,
    line: Row,
    /// Whether `line` holds what is still to be dealt with.
    is_ahead: bool,
    respondent: String,
    hashes: RandomState,
    /// The first line of everybody, where nothing else tells who came already.
    met: HashMap<u64, usize>,
    name: String,
}

impl<'b> Rows<'b> {
    pub(super) fn new(lines: Lines<'b>, line: Row, long: Long, columns: &Columns, name: &str) -> Rows<'b> {
        Rows {
            lines,
            long,
            questions: Questions::of(columns),
            line,
            is_ahead: false,
            respondent: String::new(),
            hashes: RandomState::new(),
            met: HashMap::new(),
            name: name.to_owned(),
        }
    }

    /// How many bytes of the file were read, of how many.
    pub(super) fn bytes(&self) -> Option<(u64, u64)> {
        self.lines.bytes()
    }

    /// Reads the lines of the next respondent; `false` where there is none.
    pub(super) fn next(&mut self, row: &mut Row) -> Result<bool, Failure> {
        if !self.is_ahead && !self.lines.next(&mut self.line)? {
            return Ok(false);
        }
        row.begin(self.line.number);
        self.respondent.clear();
        self.respondent.push_str(self.line.cells[0].text().trim());
        row.note_respondent(&self.respondent);
        self.refuse_return()?;
        loop {
            self.long.check(&self.line, &self.name)?;
            self.put(row)?;
            self.is_ahead = self.lines.next(&mut self.line)?;
            if !self.is_ahead || self.line.cells[0].text().trim() != self.respondent {
                row.finish();
                return Ok(true);
            }
        }
    }

    fn put(&mut self, row: &mut Row) -> Result<(), Failure> {
        let [_, question, answer] = &self.line.cells[..] else { return Ok(()) };
        let Some(at) = self.questions.find(&question.text()) else { return Ok(()) };
        if answer.is_empty() {
            return Ok(());
        }
        let Some(room) = row.room(at) else { return Ok(()) };
        room.add_part(answer);
        if room.bytes() > MOST_IN_A_CELL * 4 {
            return Err(Failure::refused(
                format!("{} has too much for one answer by row {}", self.name, self.line.number),
                "in the long form a respondent has one line for a question, or one for each option",
            ));
        }
        row.note_line(at, self.line.number);
        Ok(())
    }

    /// Refuses a respondent whose lines do not stand together.
    fn refuse_return(&mut self) -> Result<(), Failure> {
        if self.long.is_ascending {
            return Ok(());
        }
        let hash = self.hashes.hash_one(&self.respondent);
        match self.met.insert(hash, self.line.number) {
            None => Ok(()),
            Some(first) => Err(Failure::refused(
                format!(
                    "the respondent of row {} of {} was there before, from row {first} on",
                    self.line.number, self.name
                ),
                "sort the file by respondent, so that all lines of one stand together; if these are two people, give them different numbers",
            )),
        }
    }
}

/// How long a row of the long form is: as many cells as there are questions.
pub(super) fn layout(wanted: &Wanted, columns: &Columns) -> Arc<Layout> {
    Layout::new(wanted, columns, columns.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_ascending(respondents: &[&str]) -> bool {
        let mut order = Order::default();
        let mut before = "";
        for next in respondents {
            order.add(before, next);
            before = next;
        }
        order.is_ascending()
    }

    #[test]
    fn orders_in_which_nobody_can_come_twice() {
        for (respondents, expected) in [
            (&["9", "10", "11"][..], true),
            (&["R_a", "R_b"], true),
            (&["1", "2", "1"], false),
            (&["b", "a"], false),
            // As numbers one comes twice, and as texts nobody does.
            (&["01", "1"], true),
            (&["2", "10", "010"], false),
            (&[], true),
        ] {
            assert_eq!(is_ascending(respondents), expected, "{respondents:?}");
        }
    }
}
