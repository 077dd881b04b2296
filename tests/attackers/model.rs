//! What both attackers are handed: the questions of a survey, who answered, and what is published of it.

use std::collections::BTreeSet;

/// What is hidden, and whether anything is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rule {
    SmallSurvey,
    AsPublished,
    Hesa,
    Ofs,
}

/// The numbers of a policy.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    pub rule: Rule,
    pub band: i64,
    pub width: i64,
    pub insider: i64,
    pub coalition: usize,
    pub min_group: i64,
    pub mean_base: i64,
    pub percentage_base: i64,
}

#[derive(Clone, Debug)]
pub struct Attack {
    pub id: String,
    pub survey: String,
    pub release: String,
    pub quotes: String,
    pub policy: Policy,
    pub questions: Vec<Question>,
}

/// How many answered, as it is published.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Base {
    Known(i64),
    Rounded { value: i64, to: i64 },
    Low,
}

/// How a question is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// One of several options.
    One,
    /// A point of a scale of numbers, from the first.
    Scale(i64),
    /// Any number of options.
    Many,
    /// In words, of which themes are made.
    Text,
}

/// One question with what is published of it.
#[derive(Clone, Debug)]
pub struct Question {
    pub id: String,
    pub kind: Kind,
    /// Options, points or themes.
    pub options: usize,
    pub required: bool,
    pub most: Option<usize>,
    /// The last option stands alone.
    pub exclusive: bool,
    /// The option for answers in one's own words, and how many of each group are quoted.
    pub other: Option<(usize, Vec<i64>)>,
    /// Declared ranges of points, by their places.
    pub bins: Vec<(usize, usize)>,
    /// How many of each group answered.
    pub bases: Vec<Base>,
    /// Of all groups together, or of each.
    pub everyone: bool,
    /// What is published of each group, or of everyone.
    pub shown: Vec<Shown>,
}

impl Question {
    pub fn option(&self, place: usize) -> String {
        match self.kind {
            Kind::Scale(from) => (from + place as i64).to_string(),
            _ => format!("o{place}"),
        }
    }

    /// Whether each gave one answer.
    pub fn one(&self) -> bool {
        matches!(self.kind, Kind::One | Kind::Scale(_))
    }

    /// The first point and the last.
    pub fn ends(&self) -> (i64, i64) {
        let from = if let Kind::Scale(from) = self.kind { from } else { 0 };
        (from, from + self.options as i64 - 1)
    }

    /// The places that a cell counts.
    pub fn places(&self, cell: &Cell) -> BTreeSet<usize> {
        match *cell {
            Cell::Option(option) => BTreeSet::from([option]),
            Cell::Top(from) => (from..self.options).collect(),
            Cell::Bin(bin) => (self.bins[bin].0..=self.bins[bin].1).collect(),
            Cell::Mean | Cell::Min | Cell::Max | Cell::Most => BTreeSet::new(),
        }
    }

    /// How many people a cell counts.
    pub fn count(&self, cell: &Cell, counts: &[i64]) -> i64 {
        self.places(cell).into_iter().map(|place| counts[place]).sum()
    }

    /// The sum of all answers on a scale.
    pub fn sum(&self, counts: &[i64]) -> i64 {
        counts.iter().zip(self.ends().0..).map(|(count, value)| count * value).sum()
    }

    /// The lowest or the highest point that somebody gave.
    pub fn end(&self, is_min: bool, counts: &[i64]) -> Option<i64> {
        let mut given = (0..self.options).filter(|place| counts[*place] > 0);
        let place = if is_min { given.next() } else { given.next_back() };
        place.map(|place| self.ends().0 + place as i64)
    }
}

/// What is published of a group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shown {
    Withheld,
    Cells(Vec<(Cell, Word)>),
}

/// A cell: the sum of some options, or a statistic.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cell {
    Option(usize),
    /// From this option on.
    Top(usize),
    /// One of the declared ranges.
    Bin(usize),
    /// Of the declared ranges the most common.
    Most,
    Mean,
    Min,
    Max,
}

/// What stands in a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Word {
    Count(i64),
    Few,
    NearlyAll,
    Mentioned,
    Percent(i64),
    Rounded {
        value: i64,
        to: i64,
    },
    /// Tenths.
    Mean(i64),
    MeanWithheld,
    /// The lowest or the highest answer.
    End(i64),
    /// The most common range.
    Bin(usize),
    Hidden,
    Unpublished,
}

impl Word {
    /// Whether it says how many gave any answer, or which range most did.
    pub fn counts_any(&self) -> bool {
        !matches!(self, Word::Hidden | Word::Unpublished | Word::Mean(_) | Word::MeanWithheld | Word::End(_))
    }

    pub fn name(&self) -> &'static str {
        match self {
            Word::Count(_) => "count",
            Word::Few => "few",
            Word::NearlyAll => "nearly all",
            Word::Mentioned => "mentioned",
            Word::Percent(_) => "percent",
            Word::Rounded { .. } => "rounded",
            Word::Mean(_) => "mean",
            Word::MeanWithheld => "mean withheld",
            Word::End(_) => "end",
            Word::Bin(_) => "most",
            Word::Hidden => "hidden",
            Word::Unpublished => "unpublished",
        }
    }
}

/// Half rounded up, by whole numbers alone.
pub fn rounded(times: i64, sum: i64, n: i64) -> i64 {
    let (whole, rest) = (times * sum / n, times * sum % n);
    if 2 * rest >= n { whole + 1 } else { whole }
}

/// The nearest multiple of a step, of two the larger.
pub fn nearest(count: i64, step: i64) -> i64 {
    (0..).map(|times| times * step).find(|multiple| 2 * count < 2 * multiple + step).expect("there is one")
}

impl Policy {
    pub fn is_audited(self) -> bool {
        self.rule == Rule::SmallSurvey
    }

    /// The range that a count is in, if it is in one.
    pub fn range(self, count: i64, n: i64) -> Option<Word> {
        if count < self.band { Some(Word::Few) } else { (count > n - self.band).then_some(Word::NearlyAll) }
    }

    /// Whether a mean may be shown: whether all sums that look like this one may.
    pub fn shows_mean(self, sum: i64, n: i64, (from, to): (i64, i64)) -> bool {
        let k = self.coalition as i64;
        let spread = to - from;
        let (low, high) = (k * to + (n - k) * from + spread, k * from + (n - k) * to - spread);
        let mut like = (n * from..=n * to).filter(|other| rounded(10, *other, n) == rounded(10, sum, n));
        spread >= 2 && like.all(|sum| low <= sum && sum <= high)
    }

    /// How many may have answered where this is published of it.
    pub fn sizes(self, base: Base) -> Vec<i64> {
        match base {
            Base::Known(n) => vec![n],
            Base::Rounded { value, to } => (0..=value + to).filter(|n| nearest(*n, to) == value).collect(),
            Base::Low => (0..self.percentage_base).collect(),
        }
    }
}
