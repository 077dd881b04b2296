//! [`Editions`] -> a figure of one answer over time: a panel for each group, a row for each edition.

use super::{Chain, Editions, has_wave};
use crate::diagnostic::one_of;
use crate::evaluation::disclosure::{JudgedAnswer, Row, rows};
use crate::evaluation::published::figure::{mark, scale};
use crate::evaluation::published::table::answer_base_words;
use crate::evaluation::published::{
    Absence, FigureGroup, FigureKind, FigureRow, Link, Panel, Published, PublishedFigure, Side, Tongue,
    Unresolved, Words,
};
use crate::evaluation::survey::{Display, Question};
use crate::language::Language;
use crate::theme::Interface;
use std::collections::BTreeSet;

/// What a directive asks to be drawn over time.
#[derive(Clone, Copy, Debug)]
pub struct TrendRequest<'a> {
    /// The question.
    pub question: &'a str,
    /// What of it.
    pub link: Link<'a>,
    /// The wave, if named.
    pub wave: Option<&'a str>,
    /// The group, if named; otherwise all of which it is shown.
    pub group: Option<&'a str>,
}

/// What is drawn, found in the survey.
struct Drawn<'p> {
    question: &'p Question,
    chain: Chain<'p>,
    wave: &'p str,
    row: Row,
}

impl<'p> Editions<'p> {
    /// A figure of one answer in all of these editions. Editions in which its question had words that cannot be
    /// compared are left out, and a note says so.
    ///
    /// # Errors
    /// There is no such question, option, wave or group, or nothing of it can be drawn.
    pub fn trend(
        &self,
        request: &TrendRequest,
        interface: &Interface,
        first: &Language,
    ) -> Result<PublishedFigure, Unresolved> {
        let tongue = Tongue { interface, first };
        let known = self.survey.questions.iter().map(|question| question.id.as_str());
        let nothing = || Unresolved::Question(one_of(request.question, known.clone()));
        let question = self.survey.questions.iter().find(|question| question.id == request.question);
        let (question, last) = question.zip(self.list.last().copied()).ok_or_else(nothing)?;
        let row = row_of(question, request.link)?;
        let wave = last.wave(question, request.wave)?;
        let groups = self.groups(question, last, &row, request.group)?;
        let drawn = Drawn { question, chain: self.chain(question), wave, row };
        let mut absences = BTreeSet::new();
        let panels =
            groups.into_iter().map(|group| self.panel_of(&drawn, group, last, tongue, &mut absences));
        let panels = panels.collect();
        let mut notes = self.rewordings(&drawn.chain, tongue);
        notes.extend(self.breaks(&drawn.chain, tongue));
        notes.extend(self.corrected(&drawn.chain, tongue));
        let asked = last.question_title(question, wave, tongue);
        let answer = last.row_label(question, &drawn.row, tongue);
        let title = interface.say("figure.of", &[("question", &asked), ("answer", &answer)]);
        Ok(PublishedFigure { kind: FigureKind::Trend, title, panels, absences, notes })
    }

    /// Ids of a question and of all whose answers may be set beside its own.
    pub fn comparable(&self, question: &str) -> Vec<&'p str> {
        let named = self.survey.questions.iter().find(|known| known.id == question);
        let chain = named.map(|question| self.chain(question).questions).unwrap_or_default();
        chain.into_iter().map(|question| question.id.as_str()).collect()
    }

    /// The groups of which the survey shows this row; the one that is named must be among them.
    fn groups(
        &self,
        question: &'p Question,
        last: &'p Published,
        row: &Row,
        wanted: Option<&str>,
    ) -> Result<Vec<&'p str>, Unresolved> {
        let columns = last.columns(question);
        let shows = |group: &&str| {
            let displays = question.show.get(*group).map(Vec::as_slice).unwrap_or_default();
            displays.iter().any(|display| rows(question, group, display).contains(row))
        };
        let fitting: Vec<&str> = columns.into_iter().filter(shows).collect();
        match wanted {
            Some(group) => match fitting.iter().find(|known| **known == group) {
                Some(group) => Ok(vec![*group]),
                None => Err(Unresolved::Group(one_of(group, fitting))),
            },
            None if fitting.is_empty() => Err(Unresolved::Kind(
                "`show` in survey.yaml declares nothing of the kind: name an option (question.option), a top (question:top), or a question with a mean".to_owned(),
            )),
            None => Ok(fitting),
        }
    }

    fn panel_of(
        &self,
        drawn: &Drawn,
        group: &str,
        last: &Published,
        tongue: Tongue,
        absences: &mut BTreeSet<Absence>,
    ) -> Panel {
        let is_mean = drawn.row == Row::Mean;
        let row = |published: &&Published| {
            let (answer, words, absence) = answer_of(published, drawn, group, tongue.interface);
            absences.extend(absence);
            let edition = published.edition();
            let label = match answer_base_words(answer, tongue.interface) {
                Some(n) => tongue.interface.say("figure.group", &[("group", edition), ("n", n.as_str())]),
                None => edition.to_owned(),
            };
            let question = drawn.chain.asked_in(edition).unwrap_or(drawn.question);
            let mark = mark(question, answer, &drawn.row, words, tongue.interface);
            FigureRow { label, side: Side::Neutral, marks: vec![mark] }
        };
        Panel {
            title: last.group_label(group, tongue),
            groups: vec![FigureGroup {
                label: last.group_label(group, tongue),
                n: None,
                place: last.groups.iter().position(|known| known.id == group).unwrap_or(0),
            }],
            rows: self.list.iter().filter(|one| !self.is_cut_off(&drawn.chain, one)).map(row).collect(),
            scale: is_mean.then(|| scale(drawn.question)).flatten(),
        }
    }

    /// Whether an edition lies beyond words that cannot be compared.
    fn is_cut_off(&self, chain: &Chain, published: &Published) -> bool {
        let edition = published.edition();
        let is_before = |question: &Question| {
            question.asked.since.as_ref().is_some_and(|since| edition < since.value.as_str())
        };
        let begins = chain.before.and(chain.questions.first());
        begins.is_some_and(|first| is_before(first)) || chain.after.is_some_and(|after| !is_before(after))
    }
}

/// What an edition says: its answer, the words of the cell and what they leave unsaid.
fn answer_of<'p>(
    published: &'p Published,
    drawn: &Drawn,
    group: &str,
    interface: &Interface,
) -> (Option<&'p JudgedAnswer>, Words, Option<Absence>) {
    let asked = drawn.chain.asked_in(published.edition()).filter(|question| has_wave(question, drawn.wave));
    let Some(question) = asked else {
        return (None, Words(interface.say("value.not-asked", &[])), Some(Absence::NotAsked));
    };
    let answer = published.judged.answer(&question.id, drawn.wave, group);
    let cell = published.cell(question, group, &drawn.row, answer, interface);
    (answer, cell.words, cell.absence)
}

/// The row that is named.
fn row_of(question: &Question, link: Link) -> Result<Row, Unresolved> {
    let known = |id: &str, ids: &[&str], row: Row| match ids.contains(&id) {
        true => Ok(row),
        false => Err(Unresolved::Option(one_of(id, ids.iter().copied()))),
    };
    match link {
        Link::Option(id) if question.bins.iter().any(|bin| bin.id == id) => Ok(Row::Bin(id.to_owned())),
        Link::Option(id) => {
            let ids: Vec<&str> = question.options.iter().map(|option| option.id.as_str()).collect();
            known(id, &ids, Row::Option(id.to_owned()))
        }
        Link::Top(id) => {
            let ids: Vec<&str> = question.tops.iter().map(|top| top.id.as_str()).collect();
            known(id, &ids, Row::Top(id.to_owned()))
        }
        Link::Mean | Link::Range | Link::Most => {
            let has_mean = question.show.values().any(|displays| displays.contains(&Display::Mean));
            if has_mean && scale(question).is_some() {
                return Ok(Row::Mean);
            }
            Err(Unresolved::Kind(format!(
                "say what of it: question=\"{0}.option\" for an answer, question=\"{0}:top\" for a declared top",
                question.id
            )))
        }
    }
}
