//! A judged release -> tables, numbers and words that pages may show.

use super::disclosure::{Cell, Judged, JudgedAnswer, Policy, PolicyName, Row, row_name, rows, wave_names};
use super::release::{Base, Decimal, Statistic, Value};
use super::survey::{Display, EVERYONE, Labelled, Question, ReportFacts, Survey, TopOf, words_of};
use crate::diagnostic::one_of;
use crate::language::Language;
use crate::theme::Interface;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// Text that may be shown: a number that was judged, or the words that stand instead of one. Only this file makes
/// them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Words(String);

impl Words {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a cell holds words and not a number: each kind is explained once under a table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Absence {
    /// The instrument did not ask this group.
    NotAsked,
    /// Kept back by the policy.
    Withheld,
    /// The source does not give it.
    Unpublished,
}

impl Absence {
    /// The interface string that explains it.
    pub fn note(self) -> &'static str {
        match self {
            Absence::NotAsked => "note.not-asked",
            Absence::Withheld => "note.withheld",
            Absence::Unpublished => "note.unpublished",
        }
    }
}

/// A table of one question (or of respondents, or of the flow), in one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublishedTable {
    /// The question's id, which also names its CSV.
    pub id: String,
    /// The question's words.
    pub title: String,
    /// The header of the first column.
    pub row_header: String,
    /// The groups.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<TableRow>,
    /// What words in it need explaining.
    pub absences: BTreeSet<Absence>,
}

/// A column of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// The group's words.
    pub label: String,
    /// "n = 9", where one number holds for the column.
    pub n: Option<Words>,
}

/// A row of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableRow {
    /// Its header.
    pub label: String,
    /// Text, and whether it is a number.
    pub cells: Vec<(Words, bool)>,
}

/// How a number stands in a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Style {
    /// "9".
    #[default]
    Digits,
    /// "nine".
    Words,
    /// "8 of 9".
    Of,
    /// "89%".
    Percent,
}

/// What a directive asks for.
#[derive(Clone, Debug)]
pub struct Reference<'a> {
    /// The question.
    pub question: &'a str,
    /// What of it.
    pub link: Link<'a>,
    /// The wave, if named.
    pub wave: Option<&'a str>,
    /// The group, if named.
    pub group: Option<&'a str>,
    /// How it is to stand.
    pub style: Style,
}

/// What of a question is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Link<'a> {
    /// `question.option`.
    Option(&'a str),
    /// `question:top`.
    Top(&'a str),
    /// The mean.
    Mean,
    /// From the smallest to the largest.
    Range,
}

/// Why there is no such number: what is wrong, and the way out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unresolved {
    /// No such question.
    Question(String),
    /// No such option or top.
    Option(String),
    /// No such group, or one must be named.
    Group(String),
    /// No such wave, or one must be named.
    Wave(String),
    /// The release does not hold it.
    Value(String),
}

/// What may be shown of one edition.
pub struct Published {
    judged: Judged,
    facts: ReportFacts,
    groups: Vec<Labelled>,
    waves: Vec<Labelled>,
    questions: Vec<Question>,
}

impl fmt::Debug for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Published({})", self.edition())
    }
}

/// A question's cells in one wave, before they become a table or a CSV.
struct Grid<'s> {
    groups: Vec<&'s str>,
    bases: Vec<Option<Base>>,
    rows: Vec<(Row, TableRow)>,
    absences: BTreeSet<Absence>,
}

/// The languages a page is written in: its own, and the site's first.
#[derive(Clone, Copy)]
struct Tongue<'a> {
    interface: &'a Interface,
    first: &'a Language,
}

impl Tongue<'_> {
    fn text(&self, text: &crate::config::Text) -> String {
        text.get(self.interface.language(), self.first).value.clone()
    }

    fn say(&self, key: &str) -> String {
        self.interface.say(key, &[])
    }
}

impl Published {
    pub(super) fn new(survey: &Survey, judged: Judged) -> Published {
        Published {
            judged,
            facts: survey.report.clone(),
            groups: survey.groups.clone(),
            waves: survey.waves.clone(),
            questions: survey.questions.clone(),
        }
    }

    /// The edition's name.
    pub fn edition(&self) -> &str {
        &self.judged.release().edition.value
    }

    /// What the report says about itself.
    pub fn facts(&self) -> &ReportFacts {
        &self.facts
    }

    /// The policy it was judged by.
    pub fn policy(&self) -> &Policy {
        self.judged.policy()
    }

    /// Interface keys of the checks that ran.
    pub fn checks(&self) -> Vec<&'static str> {
        self.judged.checks().collect()
    }

    /// When answers were collected, in words; "not reported" where it is not.
    pub fn collected(&self, interface: &Interface) -> String {
        match &self.judged.release().collected[..] {
            [] => interface.say("value.unreported", &[]),
            [day] => interface.day_or_month(&day.value),
            [from, .., to] => interface.say(
                "date.range",
                &[("from", &interface.day_or_month(&from.value)), ("to", &interface.day_or_month(&to.value))],
            ),
        }
    }

    /// Ids that `::table` knows: the questions with anything to show, and the two tables that are not of questions.
    pub fn table_ids(&self) -> Vec<&str> {
        let shown = self
            .questions
            .iter()
            .filter(|question| question.show.values().any(|displays| !displays.is_empty()));
        shown.map(|question| question.id.as_str()).chain(["respondents", "flow"]).collect()
    }

    /// The tables of an id, in one language; several for a question of several waves and for a flow of several units.
    pub fn tables(&self, id: &str, interface: &Interface, first: &Language) -> Option<Vec<PublishedTable>> {
        let tongue = Tongue { interface, first };
        match id {
            "respondents" => Some(vec![self.respondents_table(tongue)]),
            "flow" => Some(self.flow_tables(tongue)),
            _ => {
                let question = self.questions.iter().find(|question| question.id == id)?;
                let tables: Vec<PublishedTable> = wave_names(question)
                    .into_iter()
                    .map(|wave| self.question_table(question, wave, tongue))
                    .collect();
                Some(tables)
            }
        }
    }

    /// A number bound in running text.
    ///
    /// # Errors
    /// The survey or the release does not have it; the text says what to write instead.
    pub fn number(&self, reference: &Reference, interface: &Interface) -> Result<Words, Unresolved> {
        let (question, wave, group) = self.locate(reference.question, reference.wave, reference.group)?;
        let answer = self.judged.answer(&question.id, wave, group).ok_or_else(|| {
            Unresolved::Value(format!("the release gives nothing of `{}` for `{group}`", question.id))
        })?;
        let row = match reference.link {
            Link::Option(id) => {
                let ids: Vec<&str> = question
                    .options
                    .iter()
                    .map(|option| option.id.as_str())
                    .chain(question.bins.iter().map(|bin| bin.id.as_str()))
                    .collect();
                if !ids.contains(&id) {
                    return Err(Unresolved::Option(one_of(id, ids.iter().copied())));
                }
                if question.bins.iter().any(|bin| bin.id == id) {
                    Row::Bin(id.to_owned())
                } else {
                    Row::Option(id.to_owned())
                }
            }
            Link::Top(id) => {
                let ids: Vec<&str> = question.tops.iter().map(|top| top.id.as_str()).collect();
                if !ids.contains(&id) {
                    return Err(Unresolved::Option(one_of(id, ids.iter().copied())));
                }
                Row::Top(id.to_owned())
            }
            Link::Mean => Row::Mean,
            Link::Range => return self.range(answer, question, group, interface),
        };
        let cell = answer.cells.get(&row);
        if let (None, Row::Option(id)) = (cell, &row)
            && question.options.iter().any(|option| option.id == *id && !option.is_offered_to(group))
        {
            return Err(Unresolved::Value(format!("`{id}` was not offered to `{group}`")));
        }
        let cell = cell.ok_or_else(|| {
            let name = row_name(&row);
            Unresolved::Value(format!("`show` declares no `{name}` of `{}` for `{group}`", question.id))
        })?;
        let base = match answer.base {
            Base::Known(n) => Some(n),
            Base::NotReported => None,
        };
        self.in_prose(cell, base, reference.style, interface)
    }

    fn range(
        &self,
        answer: &JudgedAnswer,
        question: &Question,
        group: &str,
        interface: &Interface,
    ) -> Result<Words, Unresolved> {
        let end = |row: &Row| match answer.cells.get(row) {
            Some(Cell::Statistic(Statistic::Number(number))) => Some(number.text.clone()),
            _ => None,
        };
        match (end(&Row::Min), end(&Row::Max)) {
            (Some(min), Some(max)) => {
                Ok(Words(interface.say("value.range", &[("min", &min), ("max", &max)])))
            }
            _ => Err(Unresolved::Value(format!(
                "the release has no minimum and maximum of `{}` for `{group}`",
                question.id
            ))),
        }
    }

    /// The number who answered in a wave and group, as `:respondents[wave]{group=…}`.
    ///
    /// # Errors
    /// There is no such wave or group.
    pub fn respondents(
        &self,
        wave: &str,
        group: Option<&str>,
        style: Style,
        interface: &Interface,
    ) -> Result<Words, Unresolved> {
        let waves: Vec<&str> = self.waves.iter().map(|wave| wave.id.as_str()).collect();
        let wave = if waves.is_empty() { "" } else { wave };
        if !waves.is_empty() && !waves.contains(&wave) {
            return Err(Unresolved::Wave(one_of(wave, waves.iter().copied())));
        }
        let group = match group {
            Some(group) => group,
            None => match &self.groups[..] {
                [only] => &only.id,
                _ => return Err(self.name_a_group()),
            },
        };
        if !self.groups.iter().any(|known| known.id == group) {
            return Err(Unresolved::Group(one_of(group, self.groups.iter().map(|group| group.id.as_str()))));
        }
        match self.judged.base(wave, group) {
            Some(Base::Known(n)) => {
                Ok(Words(if style == Style::Words { interface.number_word(n) } else { n.to_string() }))
            }
            Some(Base::NotReported) => Ok(Words(interface.say("value.unreported", &[]))),
            None => Err(Unresolved::Value(format!(
                "the release does not say how many of `{group}` answered in `{wave}`"
            ))),
        }
    }

    fn name_a_group(&self) -> Unresolved {
        let groups: Vec<&str> = self.groups.iter().map(|group| group.id.as_str()).collect();
        Unresolved::Group(format!("name the group: {{group={}}}", groups.join("} or {group=")))
    }

    /// A step on the way into the scheme, `unit.step`.
    ///
    /// # Errors
    /// There is no such step.
    pub fn flow(&self, step: &str, style: Style, interface: &Interface) -> Result<Words, Unresolved> {
        let flow = &self.judged.release().flow;
        let names: Vec<String> = flow.iter().map(|(unit, step, _)| format!("{unit}.{step}")).collect();
        match flow.iter().zip(&names).find(|(_, name)| *name == step) {
            Some(((_, _, count), _)) => Ok(Words(number_text(count.value, style, interface))),
            None => Err(Unresolved::Option(one_of(step, names.iter().map(String::as_str)))),
        }
    }

    /// A count of things.
    ///
    /// # Errors
    /// There is no such count.
    pub fn tally(&self, thing: &str, style: Style, interface: &Interface) -> Result<Words, Unresolved> {
        let tallies = &self.judged.release().tallies;
        match tallies.iter().find(|(name, _)| name == thing) {
            Some((_, count)) => Ok(Words(number_text(count.value, style, interface))),
            None => Err(Unresolved::Option(one_of(thing, tallies.iter().map(|(name, _)| name.as_str())))),
        }
    }

    /// The question, wave and group that a reference means.
    fn locate<'s>(
        &'s self,
        id: &str,
        wave: Option<&str>,
        group: Option<&str>,
    ) -> Result<(&'s Question, &'s str, &'s str), Unresolved> {
        let question = self.questions.iter().find(|question| question.id == id).ok_or_else(|| {
            Unresolved::Question(one_of(id, self.questions.iter().map(|question| question.id.as_str())))
        })?;
        let waves = wave_names(question);
        let wave = match (wave, &waves[..]) {
            (None, [only]) => only,
            (None, _) => {
                return Err(Unresolved::Wave(format!(
                    "name the wave: {{wave={}}}",
                    waves.join("} or {wave=")
                )));
            }
            (Some(_), [""]) => {
                return Err(Unresolved::Wave("this survey has only one wave: take `wave` out".to_owned()));
            }
            (Some(wave), _) => waves
                .iter()
                .find(|name| **name == wave)
                .ok_or_else(|| Unresolved::Wave(one_of(wave, waves.iter().copied())))?,
        };
        let shown: Vec<&str> = question
            .show
            .iter()
            .filter(|(_, displays)| !displays.is_empty())
            .map(|(group, _)| group.as_str())
            .collect();
        let group = match (group, &shown[..]) {
            (None, [only]) => only,
            (None, _) => {
                return Err(Unresolved::Group(format!(
                    "name the group: {{group={}}}",
                    shown.join("} or {group=")
                )));
            }
            (Some(group), _) => {
                let found = shown.iter().find(|name| **name == group);
                match found {
                    Some(name) => name,
                    None if self.groups.iter().any(|known| known.id == group) => {
                        return Err(Unresolved::Value(format!("nothing of `{id}` is shown for `{group}`")));
                    }
                    None => return Err(Unresolved::Group(one_of(group, shown.iter().copied()))),
                }
            }
        };
        Ok((question, wave, group))
    }

    /// A cell within a sentence.
    fn in_prose(
        &self,
        cell: &Cell,
        base: Option<u32>,
        style: Style,
        interface: &Interface,
    ) -> Result<Words, Unresolved> {
        let (count, base) = match (cell, base) {
            (Cell::Value(Value::Count(count)), base) => (*count, base),
            _ => return Ok(self.words(cell, base, interface).0),
        };
        let of =
            |n: u32| interface.say("value.of", &[("count", &count.to_string()), ("base", &n.to_string())]);
        let text = match (style, base) {
            (Style::Digits | Style::Words, _) => number_text(count, style, interface),
            (Style::Of, Some(n)) => of(n),
            (Style::Percent, Some(n)) if n > 0 => {
                let policy = self.policy();
                if policy.is_judged() && n < policy.percentage_base {
                    return Err(Unresolved::Value(format!(
                        "the policy allows percentages of {} people or more, and {n} answered",
                        policy.percentage_base
                    )));
                }
                let percent = (200 * u64::from(count) + u64::from(n)) / (2 * u64::from(n));
                interface.say("value.percent", &[("n", &percent.to_string())])
            }
            _ => return Err(Unresolved::Value("the number who answered is not reported".to_owned())),
        };
        Ok(Words(text))
    }

    /// A cell as it stands in a table: its text, whether it is a number, and what absence it is.
    fn words(&self, cell: &Cell, base: Option<u32>, interface: &Interface) -> (Words, bool, Option<Absence>) {
        let band = self.policy().band;
        let say = |key: &str, places: &[(&str, &str)]| Words(interface.say(key, places));
        match cell {
            Cell::Value(Value::Count(count)) => (Words(count.to_string()), true, None),
            Cell::Value(Value::Few) => (say("value.few", &[("band", &band.to_string())]), false, None),
            Cell::Value(Value::NearlyAll) => {
                let from = base.unwrap_or(0).saturating_sub(band.saturating_sub(1));
                (say("value.nearly-all", &[("from", &from.to_string())]), false, None)
            }
            Cell::Value(Value::Rounded { value, .. }) => {
                (say("value.rounded", &[("n", &value.to_string())]), true, None)
            }
            Cell::Value(Value::Percent(percent)) => {
                (say("value.percent", &[("n", &percent.text)]), true, None)
            }
            Cell::Value(Value::Mentioned) => (say("value.mentioned", &[]), false, None),
            Cell::Value(Value::Withheld) | Cell::Statistic(Statistic::Withheld) => {
                (say("value.withheld", &[]), false, Some(Absence::Withheld))
            }
            Cell::Value(Value::Unpublished) | Cell::Statistic(Statistic::Unpublished) => {
                (say("value.unpublished", &[]), false, Some(Absence::Unpublished))
            }
            Cell::Statistic(Statistic::Number(Decimal { text, .. })) => (Words(text.clone()), true, None),
            Cell::Bin(id) => (Words(words_of(id)), false, None),
        }
    }

    /// The groups that a question's table has columns for.
    fn columns<'s>(&'s self, question: &'s Question) -> Vec<&'s str> {
        if question.show.contains_key(EVERYONE) {
            return vec![EVERYONE];
        }
        self.groups
            .iter()
            .map(|group| group.id.as_str())
            .filter(|group| question.show.contains_key(*group))
            .collect()
    }

    fn group_label(&self, group: &str, tongue: Tongue) -> String {
        match self.groups.iter().find(|known| known.id == group) {
            Some(known) => tongue.text(&known.label),
            None => tongue.say("column.everyone"),
        }
    }

    fn question_table(&self, question: &Question, wave: &str, tongue: Tongue) -> PublishedTable {
        let grid = self.grid(question, wave, tongue);
        let column = |(group, base): (&&str, &Option<Base>)| Column {
            label: self.group_label(group, tongue),
            n: match base {
                Some(Base::Known(n)) => {
                    Some(Words(tongue.interface.say("column.n", &[("n", &n.to_string())])))
                }
                _ => None,
            },
        };
        let mut title = tongue.text(&question.ask);
        if question.waves.len() > 1
            && let Some(label) = self.waves.iter().find(|known| known.id == wave)
        {
            title = format!("{title} ({})", tongue.text(&label.label));
        }
        PublishedTable {
            id: question.id.clone(),
            title,
            row_header: tongue.say(if question.options.is_empty() {
                "column.statistic"
            } else {
                "column.option"
            }),
            columns: grid.groups.iter().zip(&grid.bases).map(column).collect(),
            rows: grid.rows.into_iter().map(|(_, row)| row).collect(),
            absences: grid.absences,
        }
    }

    /// The cells of a question in one wave. Rows come in the order options, tops, bins, statistics: the union over
    /// the groups, whose displays may differ.
    fn grid<'s>(&'s self, question: &'s Question, wave: &str, tongue: Tongue) -> Grid<'s> {
        let groups = self.columns(question);
        let displays: Vec<&Display> = question.show.values().flatten().collect();
        let mut order: Vec<Row> = Vec::new();
        if displays.contains(&&Display::Counts) {
            order.extend(question.options.iter().map(|option| Row::Option(option.id.clone())));
        }
        let shown =
            |id: &str| displays.iter().any(|display| matches!(display, Display::Top(top) if top == id));
        order.extend(question.tops.iter().filter(|top| shown(&top.id)).map(|top| Row::Top(top.id.clone())));
        for display in [Display::Bins, Display::Mean, Display::Range] {
            if displays.contains(&&display) {
                order.extend(rows(question, EVERYONE, &display));
            }
        }
        let answers: Vec<Option<&JudgedAnswer>> =
            groups.iter().map(|group| self.judged.answer(&question.id, wave, group)).collect();
        let given = |row: &Row| answers.iter().flatten().any(|answer| answer.cells.contains_key(row));
        // A bin that no group gives is not a row.
        order.retain(|row| !matches!(row, Row::Bin(_) | Row::Most) || given(row));
        let mut absences = BTreeSet::new();
        let mut table = Vec::new();
        for row in order {
            let mut cells = Vec::new();
            for (group, answer) in groups.iter().zip(&answers) {
                let (words, number, absence) = self.cell(question, group, &row, *answer, tongue.interface);
                absences.extend(absence);
                cells.push((words, number));
            }
            let label = self.row_label(question, &row, tongue);
            table.push((row, TableRow { label, cells }));
        }
        Grid {
            bases: answers.iter().map(|answer| answer.map(|answer| answer.base)).collect(),
            groups,
            rows: table,
            absences,
        }
    }

    fn cell(
        &self,
        question: &Question,
        group: &str,
        row: &Row,
        answer: Option<&JudgedAnswer>,
        interface: &Interface,
    ) -> (Words, bool, Option<Absence>) {
        if let Some(answer) = answer
            && let Some(cell) = answer.cells.get(row)
        {
            let base = match answer.base {
                Base::Known(n) => Some(n),
                Base::NotReported => None,
            };
            return self.words(cell, base, interface);
        }
        let offered = match row {
            Row::Option(id) => {
                question.options.iter().any(|option| option.id == *id && option.is_offered_to(group))
            }
            _ => true,
        };
        if question.asks(group) && offered {
            (Words(interface.say("value.unpublished", &[])), false, Some(Absence::Unpublished))
        } else {
            (Words(interface.say("value.not-asked", &[])), false, Some(Absence::NotAsked))
        }
    }

    fn row_label(&self, question: &Question, row: &Row, tongue: Tongue) -> String {
        let interface = tongue.interface;
        let option = |id: &str| {
            question.options.iter().find(|option| option.id == id).map(|option| tongue.text(&option.label))
        };
        let numbers = |from: u32, to: u32| {
            let top = question.bounds.map(|(_, to)| to);
            if from == to {
                from.to_string()
            } else if top == Some(to) {
                interface.say("statistic.or-more", &[("n", &from.to_string())])
            } else {
                interface.say("value.range", &[("min", &from.to_string()), ("max", &to.to_string())])
            }
        };
        match row {
            Row::Option(id) => option(id).unwrap_or_else(|| words_of(id)),
            Row::Top(id) => match question.tops.iter().find(|top| top.id == *id).map(|top| &top.of) {
                Some(TopOf::Numbers(from, to)) => numbers(*from, *to),
                Some(TopOf::Points(points)) => {
                    let labels: Vec<String> = points.iter().filter_map(|point| option(point)).collect();
                    labels
                        .into_iter()
                        .reduce(|first, second| {
                            interface
                                .say("statistic.or", &[("first", &first), ("second", &lower_first(&second))])
                        })
                        .unwrap_or_else(|| words_of(id))
                }
                None => words_of(id),
            },
            Row::Bin(id) => question
                .bins
                .iter()
                .find(|bin| bin.id == *id)
                .map_or_else(|| words_of(id), |bin| numbers(bin.from, bin.to)),
            Row::Most => tongue.say("statistic.most"),
            Row::Mean => tongue.say("statistic.mean"),
            Row::Min => tongue.say("statistic.min"),
            Row::Max => tongue.say("statistic.max"),
        }
    }

    /// The CSV of a table's id: `option`, then a column a group (`wave` before them where a question has several), ids
    /// and digits or words; the last row of each wave is the number who answered. UTF-8, RFC 4180.
    pub fn csv(&self, id: &str, interface: &Interface, first: &Language) -> Option<String> {
        let tongue = Tongue { interface, first };
        let mut lines: Vec<Vec<String>> = Vec::new();
        match id {
            "respondents" => {
                let table = self.respondents_table(tongue);
                let groups = self.answering_groups().into_iter().map(str::to_owned);
                lines.push(std::iter::once("wave".to_owned()).chain(groups).collect());
                let waves = self.waves.iter().map(|wave| wave.id.as_str()).chain(["answered"]);
                for (wave, row) in waves.zip(&table.rows) {
                    lines.push(
                        std::iter::once(wave.to_owned())
                            .chain(row.cells.iter().map(|(words, _)| words.0.clone()))
                            .collect(),
                    );
                }
            }
            "flow" => {
                lines.push(["unit", "step", "count"].map(str::to_owned).to_vec());
                for (unit, step, count) in &self.judged.release().flow {
                    lines.push(vec![unit.clone(), step.clone(), count.value.to_string()]);
                }
            }
            _ => {
                let question = self.questions.iter().find(|question| question.id == id)?;
                self.question_lines(question, tongue, &mut lines);
            }
        }
        let text = |line: &Vec<String>| {
            line.iter().map(|field| csv_field(field)).collect::<Vec<_>>().join(",") + "\r\n"
        };
        Some(lines.iter().map(text).collect())
    }

    fn question_lines(&self, question: &Question, tongue: Tongue, lines: &mut Vec<Vec<String>>) {
        let several = question.waves.len() > 1;
        let groups = self.columns(question).into_iter().map(str::to_owned);
        lines.push(
            std::iter::once("option".to_owned())
                .chain(several.then(|| "wave".to_owned()))
                .chain(groups)
                .collect(),
        );
        for wave in wave_names(question) {
            let grid = self.grid(question, wave, tongue);
            let line = |first: String| std::iter::once(first).chain(several.then(|| wave.to_owned()));
            for (row, table_row) in &grid.rows {
                let first = match row {
                    Row::Option(_) | Row::Bin(_) | Row::Top(_) => row_name(row).to_owned(),
                    _ => table_row.label.clone(),
                };
                lines.push(
                    line(first).chain(table_row.cells.iter().map(|(words, _)| words.0.clone())).collect(),
                );
            }
            let answered = grid.bases.iter().map(|base| match base {
                Some(Base::Known(n)) => n.to_string(),
                _ => tongue.say("value.unreported"),
            });
            lines.push(line("answered".to_owned()).chain(answered).collect());
        }
    }

    fn answering_groups(&self) -> Vec<&str> {
        let has_base = |group: &&str| self.judged.bases().any(|(_, other, _)| other == *group);
        self.groups.iter().map(|group| group.id.as_str()).filter(has_base).collect()
    }

    fn respondents_table(&self, tongue: Tongue) -> PublishedTable {
        let groups = self.answering_groups();
        let waves: Vec<(&str, String)> = if self.waves.is_empty() {
            vec![("", tongue.say("column.answered"))]
        } else {
            self.waves.iter().map(|wave| (wave.id.as_str(), tongue.text(&wave.label))).collect()
        };
        let cell = |wave: &str, group: &str| match self.judged.base(wave, group) {
            Some(Base::Known(n)) => (Words(n.to_string()), true),
            _ => (Words(tongue.say("value.unreported")), false),
        };
        PublishedTable {
            id: "respondents".to_owned(),
            title: tongue.say("column.answered"),
            row_header: tongue.say("column.wave"),
            columns: groups
                .iter()
                .map(|group| Column { label: self.group_label(group, tongue), n: None })
                .collect(),
            rows: waves
                .into_iter()
                .map(|(wave, label)| TableRow {
                    label,
                    cells: groups.iter().map(|group| cell(wave, group)).collect(),
                })
                .collect(),
            absences: BTreeSet::new(),
        }
    }

    /// One table a unit: women, pairs.
    fn flow_tables(&self, tongue: Tongue) -> Vec<PublishedTable> {
        let flow = &self.judged.release().flow;
        let mut units: Vec<&str> = Vec::new();
        for (unit, _, _) in flow {
            if !units.contains(&unit.as_str()) {
                units.push(unit);
            }
        }
        let rows = |unit: &str| {
            let steps = flow.iter().filter(|(other, _, _)| other == unit);
            steps
                .map(|(_, step, count)| TableRow {
                    label: words_of(step),
                    cells: vec![(Words(count.value.to_string()), true)],
                })
                .collect()
        };
        units
            .into_iter()
            .map(|unit| PublishedTable {
                id: "flow".to_owned(),
                title: words_of(unit),
                row_header: tongue.say("column.step"),
                columns: vec![Column { label: words_of(unit), n: None }],
                rows: rows(unit),
                absences: BTreeSet::new(),
            })
            .collect()
    }

    /// The policy's words for the reader: an interface key.
    pub fn policy_key(&self) -> &'static str {
        match self.policy().name {
            PolicyName::SmallSurvey => "policy.small-survey",
            PolicyName::AsPublished => "policy.as-published",
        }
    }
}

fn number_text(n: u32, style: Style, interface: &Interface) -> String {
    if style == Style::Words { interface.number_word(n) } else { n.to_string() }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}

/// A field of RFC 4180; a text that a spreadsheet would run as a formula is prefixed with an apostrophe.
fn csv_field(text: &str) -> String {
    let text =
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
