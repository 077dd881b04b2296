//! A judged release -> [`PublishedFigure`]: rows and marks that may be drawn; `mark` makes these. What
//! is hidden has words and no number.

mod mark;

pub(super) use mark::{mark, scale};

use super::table::answer_base_words;
use super::{Absence, Published, TableCell, Tongue, Unresolved, Words};
use crate::diagnostic::one_of;
use crate::evaluation::disclosure::{JudgedAnswer, Row};
use crate::evaluation::survey::{Display, Question, QuestionKind, words_of};
use crate::language::Language;
use crate::theme::Interface;
use mark::side;
use std::collections::BTreeSet;

/// How figures are drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FigureKind {
    /// A bar for each answer and group.
    Bars,
    /// Points of a verbal scale to both sides of a line, the neutral ones apart.
    Likert,
    /// A dot for each group's mean, on the scale.
    Dots,
    /// A declared top against the rest of those who answered.
    Split,
    /// Steps on the way into the scheme.
    Flow,
    /// A bar for each theme with a number, a frame for each that was mentioned.
    Themes,
    /// One answer in several editions.
    Trend,
}

impl FigureKind {
    /// All, in the order of the documentation.
    pub const ALL: [FigureKind; 7] = [
        FigureKind::Bars,
        FigureKind::Likert,
        FigureKind::Dots,
        FigureKind::Split,
        FigureKind::Flow,
        FigureKind::Themes,
        FigureKind::Trend,
    ];

    /// The name in directives.
    pub fn name(self) -> &'static str {
        match self {
            FigureKind::Bars => "bars",
            FigureKind::Likert => "likert",
            FigureKind::Dots => "dots",
            FigureKind::Split => "split",
            FigureKind::Flow => "flow",
            FigureKind::Themes => "themes",
            FigureKind::Trend => "trend",
        }
    }

    /// The kind of a name.
    pub fn find(name: &str) -> Option<FigureKind> {
        FigureKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether what is shown of a group can be drawn so.
    fn fits(self, question: &Question, displays: &[Display]) -> bool {
        match self {
            FigureKind::Bars => displays.iter().any(|d| matches!(d, Display::Counts | Display::Bins)),
            FigureKind::Likert => question.kind == QuestionKind::Scale && displays.contains(&Display::Counts),
            FigureKind::Dots => scale(question).is_some() && displays.contains(&Display::Mean),
            FigureKind::Split => displays.iter().any(|display| matches!(display, Display::Top(_))),
            FigureKind::Flow | FigureKind::Themes | FigureKind::Trend => false,
        }
    }
}

/// What a directive asks to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct FigureRequest<'a> {
    /// How.
    pub kind: FigureKind,
    /// The wave, if named.
    pub wave: Option<&'a str>,
    /// The group, if named; otherwise all that can be drawn so.
    pub group: Option<&'a str>,
}

/// A figure of one or more questions (or of the flow), in one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublishedFigure {
    /// How it is drawn.
    pub kind: FigureKind,
    /// The first question's words.
    pub title: String,
    /// One for each question, unit of the flow, or group over time.
    pub panels: Vec<Panel>,
    /// What words in it need explaining.
    pub absences: BTreeSet<Absence>,
    /// What else has to be known to read it.
    pub notes: Vec<String>,
}

/// What is drawn of one question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Panel {
    /// The question's words.
    pub title: String,
    /// The groups, in the survey's order.
    pub groups: Vec<FigureGroup>,
    /// Answers in the survey's order, never in that of their values.
    pub rows: Vec<FigureRow>,
    /// The ends of the scale that means stand on.
    pub scale: Option<(u32, u32)>,
}

/// A group of a panel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FigureGroup {
    /// The group's words.
    pub label: String,
    /// "n = 9", where it is known.
    pub n: Option<Words>,
    /// Its place among the survey's groups, which decides how it looks.
    pub place: usize,
}

/// An answer, and what each group has of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FigureRow {
    /// The answer's words.
    pub label: String,
    /// Where a point of a verbal scale stands.
    pub side: Side,
    /// A mark for each group of the panel.
    pub marks: Vec<Mark>,
}

/// The side of a verbal scale that a point is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// Before the middle.
    Against,
    /// The middle, or no point of a scale.
    Neutral,
    /// After the middle.
    For,
}

/// What may be drawn of one cell. Only what is shown in full has a number, so that nothing drawn can give away what is
/// not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mark {
    /// An exact count, and the number it is a part of.
    Count {
        /// The count.
        count: u32,
        /// The number who answered.
        of: u32,
        /// "9 of 10".
        words: Words,
    },
    /// A place on the scale, or of a percentage between 0 and 100, in thousandths.
    Place {
        /// Thousandths from the beginning.
        thousandths: u32,
        /// "4.6".
        words: Words,
    },
    /// Somebody said so: drawn as a frame, the same for all.
    Mentioned(Words),
    /// Hidden to protect people: drawn the same whatever the words.
    Hidden(Words),
    /// Nothing to draw: not asked, not published, or a value without a base.
    Absent(Words),
}

impl Mark {
    /// What it says.
    pub fn words(&self) -> &Words {
        match self {
            Mark::Count { words, .. }
            | Mark::Place { words, .. }
            | Mark::Mentioned(words)
            | Mark::Hidden(words)
            | Mark::Absent(words) => words,
        }
    }
}

impl Published {
    /// A figure of questions.
    ///
    /// # Errors
    /// A question, wave or group that there is not, or a kind that does not fit; with the place of the question.
    pub fn figure(
        &self,
        questions: &[&str],
        request: FigureRequest,
        interface: &Interface,
        first: &Language,
    ) -> Result<PublishedFigure, (usize, Unresolved)> {
        let tongue = Tongue { interface, first };
        let mut panels = Vec::new();
        let mut absences = BTreeSet::new();
        if questions.is_empty() {
            return Err((0, Unresolved::Question(one_of("", self.drawable()))));
        }
        for (at, id) in questions.iter().enumerate() {
            if *id == "flow" && !self.judged.release().flow.is_empty() {
                if request.kind != FigureKind::Flow {
                    return Err((at, Unresolved::Kind("draw it as `flow`".to_owned())));
                }
                panels.extend(self.flow_panels(tongue));
                continue;
            }
            if let Some(question) = self.themed_question(id) {
                if request.kind != FigureKind::Themes {
                    return Err((at, Unresolved::Kind("draw it as `themes`".to_owned())));
                }
                let more = self.theme_panels(question, request, tongue, &mut absences);
                panels.extend(more.map_err(|unresolved| (at, unresolved))?);
                continue;
            }
            let panel =
                self.panel(id, request, tongue, &mut absences).map_err(|unresolved| (at, unresolved))?;
            panels.push(panel);
        }
        let themed = questions.first().and_then(|id| self.themes_caption(id, interface, first));
        let title = themed.or_else(|| panels.first().map(|panel| panel.title.clone())).unwrap_or_default();
        Ok(PublishedFigure { kind: request.kind, title, panels, absences, notes: Vec::new() })
    }

    fn drawable(&self) -> Vec<&str> {
        self.table_ids().into_iter().filter(|id| *id != "respondents").collect()
    }

    fn panel(
        &self,
        id: &str,
        request: FigureRequest,
        tongue: Tongue,
        absences: &mut BTreeSet<Absence>,
    ) -> Result<Panel, Unresolved> {
        let question = self
            .questions
            .iter()
            .find(|question| question.id == id)
            .ok_or_else(|| self.unknown(id, self.drawable()))?;
        let wave = self.wave(question, request.wave)?;
        let groups = self.drawn_groups(question, request)?;
        let answers: Vec<Option<&JudgedAnswer>> =
            groups.iter().map(|group| self.judged.answer(id, wave, group)).collect();
        let rows = figure_rows(question, request.kind, &groups, &answers);
        let row = |row: &Row| FigureRow {
            label: self.row_label(question, row, tongue),
            side: side(question, row),
            marks: groups
                .iter()
                .zip(&answers)
                .map(|(group, answer)| {
                    let TableCell { words, absence, .. } =
                        self.cell(question, group, row, *answer, tongue.interface);
                    absences.extend(absence);
                    mark(question, *answer, row, words, tongue.interface)
                })
                .collect(),
        };
        let rows = rows.iter().map(row).collect();
        let group = |(group, answer): (&&str, &Option<&JudgedAnswer>)| FigureGroup {
            label: self.group_label(group, tongue),
            n: answer_base_words(*answer, tongue.interface),
            place: self.groups.iter().position(|known| known.id == **group).unwrap_or(0),
        };
        Ok(Panel {
            title: self.question_title(question, wave, tongue),
            groups: groups.iter().zip(&answers).map(group).collect(),
            rows,
            scale: (request.kind == FigureKind::Dots).then(|| scale(question)).flatten(),
        })
    }

    /// The groups of which the kind can show something; the one that is named must be among them.
    fn drawn_groups<'s>(
        &'s self,
        question: &'s Question,
        request: FigureRequest,
    ) -> Result<Vec<&'s str>, Unresolved> {
        let shown = self.columns(question);
        let wanted: Vec<&str> = match request.group {
            None => shown,
            Some(group) => match shown.iter().find(|shown| **shown == group) {
                Some(group) => vec![*group],
                None => return Err(Unresolved::Group(one_of(group, shown))),
            },
        };
        let fits = |kind: FigureKind, group: &str| {
            question.show.get(group).is_some_and(|displays| kind.fits(question, displays))
        };
        let drawn: Vec<&str> = wanted.iter().copied().filter(|group| fits(request.kind, group)).collect();
        if !drawn.is_empty() {
            return Ok(drawn);
        }
        let fitting: Vec<String> = FigureKind::ALL
            .into_iter()
            .filter(|kind| wanted.iter().any(|group| fits(*kind, group)))
            .map(|kind| format!("`{}`", kind.name()))
            .collect();
        Err(Unresolved::Kind(if fitting.is_empty() {
            "no kind of figure fits it: show it with ::table".to_owned()
        } else {
            format!("draw it as {}", fitting.join(" or "))
        }))
    }

    /// One panel a unit. Its steps are counts of the office and none is hidden, so the longest bar is the largest step.
    fn flow_panels(&self, tongue: Tongue) -> Vec<Panel> {
        let flow = &self.judged.release().flow;
        let mut units: Vec<&str> = Vec::new();
        for (unit, _, _) in flow {
            if !units.contains(&unit.as_str()) {
                units.push(unit);
            }
        }
        let panel = |unit: &str| {
            let steps = || flow.iter().filter(|(other, _, _)| other == unit);
            let of = steps().map(|(_, _, count)| count.value).max().unwrap_or(0);
            Panel {
                title: words_of(unit),
                groups: vec![FigureGroup { label: tongue.say("column.people"), n: None, place: 0 }],
                rows: steps()
                    .map(|(_, step, count)| FigureRow {
                        label: words_of(step),
                        side: Side::Neutral,
                        marks: vec![Mark::Count {
                            count: count.value,
                            of,
                            words: Words(count.value.to_string()),
                        }],
                    })
                    .collect(),
                scale: None,
            }
        };
        units.into_iter().map(panel).collect()
    }
}

/// The rows that a kind draws, in the survey's order.
fn figure_rows(
    question: &Question,
    kind: FigureKind,
    groups: &[&str],
    answers: &[Option<&JudgedAnswer>],
) -> Vec<Row> {
    let displays: Vec<&Display> =
        groups.iter().filter_map(|group| question.show.get(*group)).flatten().collect();
    let options = || question.options.iter().map(|option| Row::Option(option.id.clone()));
    match kind {
        FigureKind::Bars => {
            let counts = displays.contains(&&Display::Counts).then(options).into_iter().flatten();
            let given = |row: &Row| answers.iter().flatten().any(|answer| answer.cells.contains_key(row));
            let bins = question.bins.iter().map(|bin| Row::Bin(bin.id.clone())).filter(given);
            counts.chain(bins).collect()
        }
        FigureKind::Likert => options().collect(),
        FigureKind::Dots => vec![Row::Mean],
        FigureKind::Split => {
            let shown =
                |id: &str| displays.iter().any(|display| matches!(display, Display::Top(top) if top == id));
            question.tops.iter().filter(|top| shown(&top.id)).map(|top| Row::Top(top.id.clone())).collect()
        }
        FigureKind::Flow | FigureKind::Themes | FigureKind::Trend => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in FigureKind::ALL {
            assert_eq!(FigureKind::find(kind.name()), Some(kind));
        }
    }
}
