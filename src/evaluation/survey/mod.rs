//! `evaluations/<survey>/survey.yaml` -> [`Survey`]: the instrument, and what of it will be shown.
//!
//! What is displayed is declared here, before the answers are seen; the release is held against it. The types stand in
//! this file; `read` makes them from YAML, with `scale`, `question`, `asked` and `theme` for their parts.

mod asked;
mod column;
mod follow_up;
mod form;
mod id;
mod in_flow;
mod question;
mod read;
mod reader;
mod scale;
mod theme;

pub use asked::{Asked, Replaces};
pub use column::Headers;
pub use form::{Form, FormGroup};
pub(super) use id::words_of;
pub use in_flow::InFlow;
pub(super) use question::KINDS;
pub(super) use read::{collected, counts, flow, read};

use super::disclosure::Policy;
use crate::config::{Author, Text};
use crate::source::{FileId, Span, Spanned};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The pseudo-group of all who were asked.
pub const EVERYONE: &str = "everyone";

/// A questionnaire with its groups and waves.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Its folder's name.
    pub id: String,
    /// `survey.yaml`.
    pub file: FileId,
    /// Its title.
    pub title: Text,
    /// Groups in the order written.
    pub groups: Vec<Labelled>,
    /// Waves in the order written; empty where there is only one occasion.
    pub waves: Vec<Labelled>,
    /// Groups that were not there from the beginning, with their first edition.
    pub since: BTreeMap<String, Spanned<String>>,
    /// Groups that are part of another, with that one.
    pub parts: BTreeMap<String, Spanned<String>>,
    /// Questions in the order written.
    pub questions: Vec<Question>,
    /// Exports of its forms.
    pub forms: Vec<Form>,
    /// Headers of columns that are knowingly not read.
    pub ignored: Vec<Spanned<String>>,
    /// What the office knows of each edition.
    pub editions: BTreeMap<String, Edition>,
    /// The policy that releases are made under.
    pub policy: Option<Policy>,
    /// What a report says about itself.
    pub report: ReportFacts,
}

impl Survey {
    /// The survey as it was in an edition: without groups that came later.
    pub fn at(&self, edition: &str) -> Cow<'_, Survey> {
        let later: BTreeSet<&str> = self
            .since
            .iter()
            .filter(|(_, since)| since.value.as_str() > edition)
            .map(|(group, _)| group.as_str())
            .collect();
        if later.is_empty() {
            return Cow::Borrowed(self);
        }
        let is_there = |group: &str| !later.contains(group);
        let mut survey = self.clone();
        survey.groups.retain(|group| is_there(&group.id));
        survey.parts.retain(|group, whole| is_there(group) && is_there(&whole.value));
        for question in &mut survey.questions {
            question.asked_of.retain(|group| is_there(group));
            question.unions.retain(|group| is_there(group));
            question.show.retain(|group, _| is_there(group));
            question.show_themes.retain(|group, _| is_there(group));
            for asked in question.options.iter_mut().filter_map(|option| option.asked_of.as_mut()) {
                asked.retain(|group| is_there(group));
            }
        }
        Cow::Owned(survey)
    }

    /// The groups that somebody can be of: those that are no union of others.
    pub fn strata(&self) -> impl Iterator<Item = &str> {
        let groups = self.groups.iter().map(|group| group.id.as_str());
        groups.filter(|group| self.parts.values().all(|whole| whole.value != *group))
    }

    /// The groups that have one of some groups for a part.
    fn unions_of(&self, groups: &[String]) -> Vec<String> {
        let is_union = |group: &&str| self.parts.values().any(|whole| whole.value == *group);
        let unions = self.groups.iter().map(|group| group.id.as_str()).filter(is_union);
        let has_part =
            |union: &&str| self.strata_of(union).iter().any(|part| groups.iter().any(|group| group == part));
        unions.filter(has_part).map(str::to_owned).collect()
    }

    /// The groups that are part of one, or the group itself where it is no union.
    pub fn strata_of<'s>(&'s self, group: &str) -> Vec<&'s str> {
        let is_of = |stratum: &str| {
            let mut own = Some(stratum);
            // A group is part of one other at the most, and no chain of them is longer than the list of groups.
            for _ in 0..=self.parts.len() {
                if own == Some(group) {
                    return true;
                }
                own = own.and_then(|own| self.parts.get(own)).map(|whole| whole.value.as_str());
            }
            false
        };
        self.strata().filter(|stratum| group == EVERYONE || is_of(stratum)).collect()
    }
}

/// An id with its words.
#[derive(Clone, Debug)]
pub struct Labelled {
    /// The id.
    pub id: String,
    /// The words.
    pub label: Text,
}

/// How a question is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QuestionKind {
    /// One of several options.
    ChooseOne,
    /// Any number of options.
    ChooseAll,
    /// A point of a verbal scale.
    Scale,
    /// Stars.
    Stars,
    /// A point of a scale of numbers.
    Score,
    /// A number.
    Number,
    /// Free text.
    Text,
    /// About the person: age, role, ethnicity; never crossed with anything.
    About,
    /// No question of a form: themes gathered from sessions, interviews or written accounts.
    Gathered,
}

impl QuestionKind {
    /// The name in `survey.yaml`.
    pub fn name(self) -> &'static str {
        match self {
            QuestionKind::ChooseOne => "choose-one",
            QuestionKind::ChooseAll => "choose-all",
            QuestionKind::Scale => "scale",
            QuestionKind::Stars => "stars",
            QuestionKind::Score => "score",
            QuestionKind::Number => "number",
            QuestionKind::Text => "text",
            QuestionKind::About => "about",
            QuestionKind::Gathered => "gathered",
        }
    }

    /// Whether answers are numbers, or points in an order, of which there is a mean.
    pub fn has_numbers(self) -> bool {
        matches!(self, QuestionKind::Scale | QuestionKind::Stars | QuestionKind::Score | QuestionKind::Number)
    }

    /// Whether each respondent gives one answer, so that counts of all answers sum to those who answered.
    pub fn has_one_answer(self) -> bool {
        !matches!(self, QuestionKind::ChooseAll | QuestionKind::Text | QuestionKind::Gathered)
    }

    /// Whether what was said is words, of which themes are shown and nothing else.
    pub fn is_free_text(self) -> bool {
        matches!(self, QuestionKind::Text | QuestionKind::Gathered)
    }
}

/// What a question counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// People.
    People,
    /// Pairs of mentor and mentee.
    Pairs,
}

/// One thing that is shown of a question's answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Display {
    /// A count for each option.
    Counts,
    /// A count of those at the top of the scale, by the top's name.
    Top(String),
    /// The mean.
    Mean,
    /// The smallest and the largest answer.
    Range,
    /// The most frequent bin, and counts of single bins.
    Bins,
}

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// Where it is declared.
    pub span: Span,
    /// Waves it was asked in; empty where the survey has none.
    pub waves: Vec<String>,
    /// Its words.
    pub ask: Text,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What it counts.
    pub unit: Unit,
    /// The group by whose answers pairs are counted.
    pub pairs_from: Option<Spanned<String>>,
    /// The headers of its column in exports.
    pub headers: Headers,
    /// The answer to another question on which it was asked.
    pub asked_if: Option<When>,
    /// Answers that are counted on the way into the scheme too.
    pub in_flow: Vec<InFlow>,
    /// Its options, or the points of its scale.
    pub options: Vec<Choice>,
    /// Smallest and largest number, of stars, scores and numbers.
    pub bounds: Option<(u32, u32)>,
    /// The neutral point of a verbal scale, where it declares one.
    pub middle: Option<String>,
    /// Declared splits of a scale.
    pub tops: Vec<Top>,
    /// Declared ranges of a number.
    pub bins: Vec<Bin>,
    /// The editions it was asked in.
    pub asked: Asked,
    /// The groups asked; none of them has parts.
    pub asked_of: Vec<String>,
    /// Groups of which a part was asked.
    pub unions: Vec<String>,
    /// What is shown of each group, or of everyone.
    pub show: BTreeMap<String, Vec<Display>>,
    /// At most so many options could be chosen.
    pub max_choices: Option<u32>,
    /// At least one option had to be chosen.
    pub required: bool,
    /// The codebook of a free text.
    pub themes: Vec<Theme>,
    /// An answer is given one theme at the most.
    pub has_one_theme: bool,
    /// What is shown of its themes, of each group or of everyone.
    pub show_themes: BTreeMap<String, ThemesShown>,
    /// What its themes speak of, in order; empty where they are not told apart so.
    pub levels: Vec<Labelled>,
}

impl Question {
    /// Whether a group was asked this question at all.
    pub fn asks(&self, group: &str) -> bool {
        group == EVERYONE || self.asked_of.iter().chain(&self.unions).any(|asked| asked == group)
    }
}

/// What is shown of the themes of a free text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ThemesShown {
    /// Which of them somebody spoke of.
    Mentioned,
    /// How many spoke of each.
    Counts,
}

/// A theme of a free text.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Its id.
    pub id: String,
    /// Its words.
    pub label: Text,
    /// The level that it speaks of.
    pub level: Option<String>,
    /// The answer whose givers it comes from.
    pub when: Option<When>,
}

/// An answer to another question.
#[derive(Clone, Debug)]
pub struct When {
    /// The question.
    pub question: Spanned<String>,
    /// The option.
    pub option: Spanned<String>,
}

/// An option, or a point of a scale.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its words.
    pub label: Text,
    /// Groups that were offered it, where not all were, and those that have such a group for a part.
    pub asked_of: Option<Vec<String>>,
    /// Whoever chose it could choose no other.
    pub exclusive: bool,
    /// It stands for answers in one's own words.
    pub is_other: bool,
    /// Its words in the form, where they are others than its label.
    pub in_form: Vec<Spanned<String>>,
}

impl Choice {
    /// Whether a group was offered this option.
    pub fn is_offered_to(&self, group: &str) -> bool {
        group == EVERYONE
            || self.asked_of.as_ref().is_none_or(|asked| asked.iter().any(|asked| asked == group))
    }
}

/// A declared split of a scale.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Top {
    /// Its name.
    pub id: String,
    /// What belongs to it.
    pub of: TopOf,
}

/// What belongs to a split.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TopOf {
    /// Points of a verbal scale.
    Points(Vec<String>),
    /// Numbers from, to.
    Numbers(u32, u32),
}

/// A declared range of a number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bin {
    /// Its name.
    pub id: String,
    /// Smallest number in it.
    pub from: u32,
    /// Largest number in it.
    pub to: u32,
}

/// What the office knows of an edition, to hold the release against.
#[derive(Clone, Default, Debug)]
pub struct Edition {
    /// When answers were collected, as written.
    pub collected: Vec<Spanned<String>>,
    /// Earlier editions whose answers are in it too.
    pub includes: Vec<Spanned<String>>,
    /// Wave (empty where there is one occasion), group and how many were invited.
    pub invited: Vec<(String, String, Spanned<u32>)>,
    /// Unit, step and count.
    pub flow: Vec<(String, String, Spanned<u32>)>,
    /// Thing and count.
    pub tallies: Vec<(String, Spanned<u32>)>,
    /// Questions that were gathered, with their themes that came up.
    pub gathered: Vec<(Spanned<String>, Vec<Spanned<String>>)>,
}

/// What a report says about itself.
#[derive(Clone, Default, Debug)]
pub struct ReportFacts {
    /// In order.
    pub authors: Vec<Author>,
    /// Who publishes it.
    pub institution: Option<String>,
    /// Its number in a series.
    pub number: Option<String>,
    /// Search words.
    pub keywords: Vec<String>,
    /// The number of its ethics approval, as written.
    pub ethics: Option<String>,
    /// Who paid.
    pub funding: Option<String>,
    /// Declared interests.
    pub interests: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// Its own DOI.
    pub doi: Option<String>,
    /// Related works.
    pub related: Vec<String>,
}
