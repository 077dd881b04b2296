//! What may be published of one edition, as a release says it. Made by [`suppress`](super::suppress) alone.

/// A release before it is text.
pub(super) struct Figures {
    /// Wave, group and how many answered.
    pub(super) respondents: Vec<(String, String, Base)>,
    /// In the order of the survey: question, wave where it has several, group.
    pub(super) answers: Vec<Given>,
    /// Themes of texts that were coded, in the same order.
    pub(super) themes: Vec<GivenThemes>,
}

/// The themes of one question, wave and group.
pub(super) struct GivenThemes {
    pub(super) question: String,
    /// Where the question has several.
    pub(super) wave: Option<String>,
    pub(super) group: String,
    /// Themes with their values; none where all are withheld.
    pub(super) values: Option<Vec<(String, Figure)>>,
    /// Why something of it is withheld.
    pub(super) why: Vec<String>,
}

/// One question, wave and group.
pub(super) struct Given {
    pub(super) question: String,
    /// Where the question has several.
    pub(super) wave: Option<String>,
    pub(super) group: String,
    /// Where it differs from the wave's.
    pub(super) answered: Option<Base>,
    pub(super) shape: Shape,
    /// Why something of it is withheld, in words about rules and numbers who answered.
    pub(super) why: Vec<String>,
}

/// How many answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Base {
    Known(u32),
    Rounded { value: u32, to: u32 },
    Low,
}

/// What is given of the answers.
pub(super) enum Shape {
    /// One word for all of it.
    Withheld,
    Parts(Vec<Part>),
}

/// One display.
pub(super) enum Part {
    /// `counts`, `tops` or `bins`: ids and their values.
    Values(&'static str, Vec<(String, Figure)>),
    /// `most`: the most common bin.
    Most(String),
    /// `mean`, `min` or `max`.
    Statistic(&'static str, Figure),
}

/// One value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Figure {
    Count(u32),
    Few,
    NearlyAll,
    Withheld,
    Rounded {
        value: u32,
        to: u32,
    },
    /// Without its sign.
    Percent(String),
    /// A theme that somebody spoke of.
    Mentioned,
    /// A decimal as it is printed.
    Decimal(String),
}
