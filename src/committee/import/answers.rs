//! A row of an export -> who sent it and when, in which roles, with which consent, and what the record would say.

use super::columns::Columns;
use super::field::Field;
use super::mapping::{Mapping, Question, Roles};
use super::terms::{self, Unknown, Words};
use super::value::Value;
use crate::committee::private::bare;
use crate::config::Vocabulary;
use crate::directory::Purpose;
use crate::forms::{Cell, Column, Content, DateOrder, Export, NoMoment, Row, plain, tidy};
use crate::yaml::edit;
use jiff::civil::{Date, DateTime};
use std::collections::BTreeMap;

/// What stands in addresses beside letters and digits. Of anything else it is not sure that two addresses are one.
const IN_ADDRESSES: &str = "@.-_+'&=#!$%*?^~{}|`";

/// Something in the export that keeps a person from being imported.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Trouble {
    /// The row it is in, to tell it in the order of the export.
    pub(super) row: usize,
    /// Where and what.
    pub(super) message: String,
    /// What to do.
    pub(super) help: String,
}

/// Who sent an answer, and when.
pub(super) struct Sender<'e> {
    pub(super) row: &'e Row,
    /// Her address as she wrote it.
    pub(super) address: String,
    /// When she sent it.
    pub(super) sent: DateTime,
    /// Her name, for telling people with one address apart.
    pub(super) name: String,
}

/// What she agreed to or not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Consent {
    /// On this day, to this wording.
    Given(Date, String),
    /// Not, or not any more.
    Not,
}

/// What makes the answers of rows out.
pub(super) struct Reader<'e> {
    export: &'e Export,
    mapping: &'e Mapping,
    columns: &'e Columns<'e>,
    words: BTreeMap<Field, Words>,
    today: Date,
}

impl<'e> Reader<'e> {
    pub(super) fn new(
        export: &'e Export,
        mapping: &'e Mapping,
        columns: &'e Columns<'e>,
        vocabulary: &Vocabulary,
        today: Date,
    ) -> Reader<'e> {
        let fields = columns.fields.iter().map(|(field, _)| *field).filter(|field| field.has_terms());
        let words = fields.map(|field| (field, Words::of(field, mapping, vocabulary))).collect();
        Reader { export, mapping, columns, words, today }
    }

    fn trouble(&self, row: &Row, column: &Column, what: &str, help: impl Into<String>) -> Trouble {
        Trouble {
            row: row.number,
            message: format!("{}: {what}", self.export.place(row, column)),
            help: help.into(),
        }
    }

    /// Her address in a row.
    pub(super) fn address(&self, row: &Row) -> Result<String, Trouble> {
        let email = self.columns.email;
        let address = bare(&row.cell(email).text());
        let is_address = address
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
            && address.chars().all(|c| c.is_alphanumeric() || IN_ADDRESSES.contains(c));
        if !is_address {
            let what =
                if address.is_empty() { "no e-mail address" } else { "this is not one e-mail address" };
            return Err(self.trouble(
                row,
                email,
                what,
                "people are known by their address: ask her, and correct it in a copy of the export",
            ));
        }
        Ok(address)
    }

    /// Who sent a row, of whom the address is known.
    pub(super) fn sender(&self, row: &'e Row, address: String) -> Result<Sender<'e>, Trouble> {
        let sent = self.sent(row)?;
        let name = self.columns.fields.iter().find(|(field, _)| *field == Field::Name);
        let name = name.map_or(String::new(), |(_, column)| tidy(&row.cell(column).text()));
        Ok(Sender { row, address, sent, name })
    }

    fn sent(&self, row: &Row) -> Result<DateTime, Trouble> {
        let column = self.columns.completed;
        let mend = "correct `dates:` in private/registration.yaml, or the date in a copy of the export";
        let (what, help) = match row.cell(column).moment(self.mapping.dates) {
            // A day ahead may be the clock of another time zone.
            Ok(sent) if self.today.tomorrow().is_ok_and(|tomorrow| sent.date() > tomorrow) => {
                ("this lies in the future", mend)
            }
            Ok(sent) => return Ok(sent),
            Err(NoMoment::Empty) => (
                "nothing says when this was sent",
                "the day on which she sent it is the day of her consent: write it into a copy of the export",
            ),
            Err(NoMoment::OrderUnknown) => (
                "this date is a text",
                "say how dates are written in private/registration.yaml: `dates: mdy` (7/27/26), `dates: dmy` (27/07/26) or `dates: iso` (2026-07-27)",
            ),
            Err(NoMoment::NotADate) => match self.mapping.dates {
                Some(DateOrder::MonthFirst) => ("this is no date with the month first", mend),
                Some(DateOrder::DayFirst) => ("this is no date with the day first", mend),
                _ => ("this is no date with the year first", mend),
            },
        };
        Err(self.trouble(row, column, what, help))
    }

    /// What keeps her name from being known.
    pub(super) fn name_trouble(&self, row: &Row) -> Option<Trouble> {
        let name = self.columns.fields.iter().find(|(field, _)| *field == Field::Name);
        name.and_then(|(_, column)| self.answer(row, column).err())
    }

    /// The roles she asks for.
    pub(super) fn roles(&self, row: &Row) -> Result<Vec<&'static str>, Trouble> {
        let (Some(Roles::Asked { answers, .. }), Some(column)) = (&self.mapping.roles, self.columns.roles)
        else {
            return Ok(vec!["mentor"]);
        };
        let cell = self.answer(row, column)?;
        if cell.is_empty() {
            let what = "nothing says whether she offers to be a mentor";
            return Err(self.trouble(row, column, what, "ask her, and write it into a copy of the export"));
        }
        let whole = plain(&cell.text());
        if let Some(roles) = answers.get(&whole) {
            return Ok(roles.clone());
        }
        let mut roles = Vec::new();
        for part in cell.parts() {
            let Some(of_part) = answers.get(&plain(&part)) else {
                let help = format!(
                    "add it to `mentor:`, `mentee:` or `both:` under `roles:` in private/registration.yaml: [{}]",
                    edit::scalar(&part)
                );
                return Err(self.trouble(
                    row,
                    column,
                    &format!("\"{}\" is no answer that gives a role", shown(&part)),
                    help,
                ));
            };
            roles.extend(of_part);
        }
        roles.sort_unstable_by_key(|role| *role == "mentee");
        roles.dedup();
        Ok(roles)
    }

    /// What she agreed to, for every purpose that the form asks about, and what cannot be read of it.
    pub(super) fn consent(&self, sender: &Sender) -> (Vec<(Purpose, Consent)>, Vec<Trouble>) {
        let (mut answers, mut troubles) = (Vec::new(), Vec::new());
        for ((purpose, question), (_, column)) in self.mapping.consent.iter().zip(&self.columns.consent) {
            match self.consent_to(sender, question, column) {
                Ok(answer) => answers.push((*purpose, answer)),
                Err(trouble) => troubles.push(trouble),
            }
        }
        (answers, troubles)
    }

    fn consent_to(&self, sender: &Sender, question: &Question, column: &Column) -> Result<Consent, Trouble> {
        let cell = self.answer(sender.row, column)?;
        let whole = cell.text();
        let is_answer = [&question.yes, &question.no].iter().any(|answers| answers.contains(&plain(&whole)));
        let typed = if is_answer { vec![whole.into_owned()] } else { cell.parts() };
        let parts: Vec<String> = typed.iter().map(|part| plain(part)).collect();
        // Boxes for several purposes may be one question: what is an answer to another purpose says nothing about this.
        let of_others = |part: &String| {
            let same = self.mapping.consent.iter().zip(&self.columns.consent);
            same.filter(|(_, (_, other))| other.at == column.at)
                .any(|((_, other), _)| other.yes.contains(part) || other.no.contains(part))
        };
        let is_known =
            |part: &String| question.yes.contains(part) || question.no.contains(part) || of_others(part);
        if let Some(part) = typed.iter().find(|part| !is_known(&plain(part))) {
            let help = format!(
                "if it means consent, add it to `yes:` of that question in private/registration.yaml, else to `no:`: [{}]",
                edit::scalar(part)
            );
            return Err(self.trouble(
                sender.row,
                column,
                &format!("\"{}\" is neither a yes nor a no", shown(part)),
                help,
            ));
        }
        let is_given = parts.iter().any(|part| question.yes.contains(part))
            && !parts.iter().any(|part| question.no.contains(part));
        if !is_given {
            return Ok(Consent::Not);
        }
        let day = sender.sent.date();
        let wording = question.wording(day).ok_or_else(|| {
            self.trouble(sender.row, column, &format!("no wording is known of {day}"), "write since when each wording was in the form: `wording: {v3: 2026-09-01}` in private/registration.yaml")
        })?;
        Ok(Consent::Given(day, wording.to_owned()))
    }

    /// What the record would say by the form, for every field that the form asks about. All that is wrong is told.
    pub(super) fn fields(
        &self,
        row: &Row,
        is_mentor: bool,
    ) -> Result<BTreeMap<Field, Option<Value>>, Vec<Trouble>> {
        let mut values = BTreeMap::new();
        let mut troubles = Vec::new();
        let asked = self.columns.fields.iter().map(|(field, column)| (*field, Some(*column)));
        let unasked = self.mapping.otherwise.keys().map(|field| (*field, None));
        for (field, column) in asked.chain(unasked) {
            let otherwise = self.mapping.otherwise.get(&field).map(|word| Value::Text(word.clone()));
            let Some(column) = column else {
                values.entry(field).or_insert(otherwise);
                continue;
            };
            match self.value(field, row, column) {
                Ok(value) => {
                    let value = value.or(otherwise);
                    let is_needed = Field::NEEDED.contains(&field) && (field != Field::Capacity || is_mentor);
                    if value.is_none() && is_needed {
                        troubles.push(self.trouble(
                            row,
                            column,
                            &format!("no answer, and no profile is without {}", field.name()),
                            "ask her, and write it into a copy of the export",
                        ));
                    }
                    values.insert(field, value);
                }
                Err(more) => troubles.extend(more),
            }
        }
        if troubles.is_empty() { Ok(values) } else { Err(troubles) }
    }

    /// The answer in a cell. What a formula gives, or could not give, is nobody's answer to anything.
    fn answer<'r>(&self, row: &'r Row, column: &Column) -> Result<&'r Cell, Trouble> {
        let help = "write the text itself into a copy of the export";
        let cell = row.cell(column);
        match cell.content() {
            Content::Formula => {
                let what = "a formula, and what it gives is not what she answered";
                Err(self.trouble(row, column, what, help))
            }
            Content::Fault => {
                let what = format!("the spreadsheet could not work this out ({})", cell.text());
                Err(self.trouble(row, column, &what, help))
            }
            _ => Ok(cell),
        }
    }

    fn value(&self, field: Field, row: &Row, column: &Column) -> Result<Option<Value>, Vec<Trouble>> {
        let cell = self.answer(row, column).map_err(|trouble| vec![trouble])?;
        if cell.is_empty() {
            return Ok(None);
        }
        let text = tidy(&cell.text());
        let words = self.words.get(&field);
        let unknown = |unknown: Unknown| self.unknown(field, row, column, &unknown);
        Ok(Some(match field {
            Field::Institution | Field::Stage | Field::Pathway => {
                let words = words.map_or(Ok(text.clone()), |words| words.one(text.trim_end_matches(';')));
                Value::Text(words.map_err(|word| vec![unknown(word)])?)
            }
            Field::Disciplines | Field::Offers | Field::Languages => {
                let parts = cell.parts();
                let all = words.map_or(Ok(parts.clone()), |words| words.all(&parts));
                // A code that has no name in the list is a language all the same.
                let all = all.or_else(|missing| match field {
                    Field::Languages => {
                        parts.iter().map(|part| terms::language(part)).collect::<Option<_>>().ok_or(missing)
                    }
                    _ => Err(missing),
                });
                Value::List(all.map_err(|words| words.into_iter().map(unknown).collect::<Vec<_>>())?)
            }
            Field::Capacity => {
                let by_terms = words.and_then(|words| words.one(&text).ok());
                let number = by_terms.or_else(|| terms::number(&text));
                Value::Text(
                    number
                        .ok_or_else(|| vec![unknown(Unknown { typed: text, near: None, ids: Vec::new() })])?,
                )
            }
            Field::Interests => {
                let items =
                    cell.text().split([';', '\n']).map(tidy).filter(|item| !item.is_empty()).collect();
                Value::List(items)
            }
            Field::Bio => Value::Text(paragraphs(&cell.text())),
            Field::Orcid => {
                let bare = text.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
                let ends_in_x = bare.len() == 19 && bare.ends_with('x');
                Value::Text(if ends_in_x { bare.to_uppercase() } else { bare.to_owned() })
            }
            _ => Value::Text(text),
        }))
    }

    fn unknown(&self, field: Field, row: &Row, column: &Column, unknown: &Unknown) -> Trouble {
        let typed = shown(&unknown.typed);
        let name = field.place().0;
        let (what, word) = match (field, &unknown.near) {
            (Field::Capacity, _) => (format!("\"{typed}\" is not one number of places"), "2"),
            (_, Some(near)) => (
                format!("\"{typed}\" is not in the list of {}; nearest is `{near}`", list(field)),
                near.as_str(),
            ),
            (_, None) if unknown.ids.is_empty() => {
                (format!("\"{typed}\" is not in the list of {}", list(field)), "ID")
            }
            (_, None) => {
                let ids = unknown.ids.join(", ");
                (format!("\"{typed}\" is not in the list of {} ({ids})", list(field)), "ID")
            }
        };
        let add = format!("{name}: {}", edit::map([(unknown.typed.as_str(), word)]));
        let new = match field.facet() {
            Some(_) => ", or add a new word to content/vocabulary.yaml first",
            None => "",
        };
        self.trouble(
            row,
            column,
            &what,
            format!("say what it stands for under `terms:` in private/registration.yaml: {add}{new}"),
        )
    }
}

/// What the words of a field are called together.
fn list(field: Field) -> &'static str {
    match (field.facet(), field) {
        (Some(facet), _) => facet.list(),
        (None, Field::Pathway) => "pathways",
        (None, _) => "languages",
    }
}

/// A free text with its paragraphs: no white space at the ends of lines, no more than one empty line.
fn paragraphs(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.trim().lines().map(str::trim) {
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// A text of the form on one line of a message: short, and without characters that change how the line is read.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 90;
    let is_mark =
        |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}');
    let line: String = tidy(text).chars().filter(|c| !c.is_control() && !is_mark(*c)).collect();
    if line.chars().count() <= LONGEST {
        return line;
    }
    let start: String = line.chars().take(LONGEST).collect();
    format!("{}… ({} words)", start.trim_end(), line.split(' ').count())
}
