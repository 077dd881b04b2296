//! One question of one group, its private counts and the policy -> the displays that may stand, with a symbol in each place.

use super::figures::{Figure, Part, Shape};
use super::sector;
use super::tally::Counted;
use crate::evaluation::disclosure::Policy;
use crate::evaluation::{Choice, Display, Question, QuestionKind};

/// One question, wave and group on its way to a release.
pub(super) struct Shown<'s> {
    pub(super) policy: &'s Policy,
    pub(super) question: &'s Question,
    pub(super) group: &'s str,
    pub(super) counted: &'s Counted,
    pub(super) why: Vec<String>,
}

impl Shown<'_> {
    /// Everything as it is, where nothing is to be hidden.
    pub(super) fn whole(&mut self, displays: &[Display]) -> Shape {
        if self.counted.answered == 0 {
            self.why.push("nobody answered".to_owned());
            return Shape::Withheld;
        }
        Shape::Parts(self.parts(displays, &|count| Figure::Count(count), true))
    }

    /// What `small-survey` lets be shown (`docs/disclosure.md`).
    pub(super) fn held(&mut self, displays: &[Display]) -> Shape {
        let (n, policy) = (self.counted.answered, self.policy);
        if n < policy.min_group {
            self.why.push(format!("{n} answered, and min_group is {}", policy.min_group));
            return Shape::Withheld;
        }
        if self.options_to_show().is_none() && displays.contains(&Display::Counts) {
            self.why.push(format!(
                "nobody chose more than {} of {} options, and ranges of several would add up",
                self.question.max_choices.unwrap_or_default(),
                self.options().count()
            ));
            return Shape::Withheld;
        }
        let allowed: Vec<bool> = displays.iter().map(|display| self.is_allowed(display)).collect();
        // A single answer shows one thing: the first that is declared and may be shown.
        let one = allowed.iter().position(|allowed| *allowed);
        let keep = |at: usize| match self.question.kind.has_one_answer() {
            true => one == Some(at),
            false => allowed[at],
        };
        if !(0..displays.len()).any(keep) {
            self.why.push(self.reason(displays));
            return Shape::Withheld;
        }
        let mut parts = Vec::new();
        for (at, display) in displays.iter().enumerate() {
            if keep(at) {
                let (low, high) = (policy.band, n.saturating_sub(policy.band));
                let symbol = |count: u32| match count {
                    count if count < low => Figure::Few,
                    count if count > high => Figure::NearlyAll,
                    count => Figure::Count(count),
                };
                if *display == Display::Mean && !self.is_mean_open() {
                    self.why.push(
                        "the mean is too near to an end of its scale, or the scale too short".to_owned(),
                    );
                    parts.extend(self.hidden(display));
                    continue;
                }
                self.last_is_hidden(display);
                parts.extend(self.parts(std::slice::from_ref(display), &symbol, false));
            } else {
                self.why.push(format!("{} is withheld: one display of a single answer", name(display)));
                parts.extend(self.hidden(display));
            }
        }
        merged(parts)
    }

    /// What a sector's rule lets be shown, to the letter.
    pub(super) fn by_sector(&mut self, displays: &[Display]) -> Shape {
        let (n, policy) = (self.counted.answered, self.policy);
        if n == 0 {
            self.why.push("nobody answered".to_owned());
            return Shape::Withheld;
        }
        let mut parts = Vec::new();
        for display in displays {
            let may_stand = match display {
                Display::Mean => n >= sector::least_of_mean(policy),
                Display::Range => false,
                Display::Counts | Display::Top(_) | Display::Bins => true,
            };
            if may_stand {
                parts.extend(self.parts(
                    std::slice::from_ref(display),
                    &|count| sector::count(policy, count, n),
                    false,
                ));
            } else {
                self.why.push(self.reason(std::slice::from_ref(display)));
                parts.extend(self.hidden(display));
            }
        }
        merged(parts)
    }

    /// Whether a display may be shown of a group this large, whatever was answered.
    fn is_allowed(&self, display: &Display) -> bool {
        match display {
            Display::Counts if self.question.kind.has_one_answer() => self.options().count() == 2,
            Display::Counts | Display::Top(_) => true,
            Display::Mean => self.counted.answered >= self.policy.mean_base,
            Display::Range => false,
            Display::Bins => self.question.bins.len() == 1,
        }
    }

    fn reason(&self, displays: &[Display]) -> String {
        let n = self.counted.answered;
        match displays {
            [Display::Mean] => {
                format!(
                    "{}, and a mean needs {}",
                    sector::told(self.policy, n),
                    sector::least_of_mean(self.policy)
                )
            }
            [Display::Range] => "the lowest and the highest answer are one person's own".to_owned(),
            [Display::Counts] => {
                "the counts of several answers of which each gave one; declare a top".to_owned()
            }
            _ => "nothing of what `show` declares may be shown".to_owned(),
        }
    }

    /// Says so where the last option is never shown.
    fn last_is_hidden(&mut self, display: &Display) {
        let last = self.options().last().map(|(_, option)| option.id.clone());
        if *display == Display::Counts
            && self.options_to_show().is_some_and(|shown| shown < self.options().count())
            && let Some(last) = last
        {
            let why = format!("`{last}`, the last option, is never shown: with it ranges could add up");
            self.why.push(why);
        }
    }

    /// How many options of a question that allows several are shown, from the first on; none where it is not shown at all. It
    /// depends on the form alone. Where each had to tick something, or nobody could tick more than a number, ranges can
    /// add up to exact numbers, whatever the number of people (`docs/disclosure.md`): of three options or more the last is
    /// never shown, so that what is missing may be there; and of a limit below what is left nothing is.
    fn options_to_show(&self) -> Option<usize> {
        let count = self.options().count();
        let limit = self.question.max_choices.and_then(|most| usize::try_from(most).ok());
        let is_limited = limit.is_some_and(|most| most < count);
        let is_exempt = self.question.kind != QuestionKind::ChooseAll || count < 3;
        match (self.question.required || is_limited, limit) {
            (false, _) => Some(count),
            _ if is_exempt => Some(count),
            (true, Some(most)) if most + 1 < count => None,
            (true, _) => Some(count - 1),
        }
    }

    /// The options that the group was offered.
    fn options(&self) -> impl Iterator<Item = (usize, &Choice)> {
        let group = self.group;
        self.question.options.iter().enumerate().filter(move |(_, option)| option.is_offered_to(group))
    }

    fn parts(&self, displays: &[Display], symbol: &dyn Fn(u32) -> Figure, is_open: bool) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut tops = Vec::new();
        for display in displays {
            match display {
                Display::Counts => {
                    // Two that exclude all others would add up: at most one of them is shown.
                    let mut exclusive = self.options().filter(|(_, option)| option.exclusive);
                    let shown = exclusive.next().map(|(at, _)| at);
                    let most = self.options_to_show().unwrap_or(0);
                    let value = |(place, (at, option)): (usize, (usize, &Choice))| {
                        let is_second = option.exclusive && shown != Some(at);
                        let is_hidden = self.policy.is_audited() && !is_open && (is_second || place >= most);
                        let figure =
                            if is_hidden { Figure::Withheld } else { symbol(self.counted.option(at)) };
                        (option.id.clone(), figure)
                    };
                    let values = self.options().enumerate().map(value).collect();
                    parts.push(Part::Values("counts", values));
                }
                Display::Top(id) => tops.push((id.clone(), symbol(self.top(id)))),
                Display::Mean => parts.push(Part::Statistic("mean", self.mean())),
                Display::Range => parts.extend([
                    Part::Statistic("min", self.extreme(self.counted.numbers.keys().next())),
                    Part::Statistic("max", self.extreme(self.counted.numbers.keys().next_back())),
                ]),
                Display::Bins => {
                    let bins = self.question.bins.iter();
                    let counts: Vec<(&str, u32)> =
                        bins.map(|bin| (bin.id.as_str(), self.counted.between(bin.from, bin.to))).collect();
                    if is_open && let Some(most) = most(&counts) {
                        parts.push(Part::Most(most.to_owned()));
                    }
                    let values = counts.iter().map(|(id, count)| ((*id).to_owned(), symbol(*count)));
                    parts.push(Part::Values("bins", values.collect()));
                }
            }
        }
        if !tops.is_empty() {
            parts.push(Part::Values("tops", tops));
        }
        parts
    }

    /// The same with a word in every place.
    fn hidden(&self, display: &Display) -> Vec<Part> {
        let word = || Figure::Withheld;
        match display {
            Display::Counts => {
                vec![Part::Values(
                    "counts",
                    self.options().map(|(_, option)| (option.id.clone(), word())).collect(),
                )]
            }
            Display::Top(id) => vec![Part::Values("tops", vec![(id.clone(), word())])],
            Display::Mean => vec![Part::Statistic("mean", word())],
            Display::Range => vec![Part::Statistic("min", word()), Part::Statistic("max", word())],
            Display::Bins => Vec::new(),
        }
    }
}

/// The most common bin, where one is.
fn most<'b>(counts: &[(&'b str, u32)]) -> Option<&'b str> {
    let largest = counts.iter().map(|(_, count)| *count).max().filter(|count| *count > 0)?;
    let mut of_it = counts.iter().filter(|(_, count)| *count == largest);
    let (id, _) = of_it.next()?;
    of_it.next().is_none().then_some(*id)
}
fn name(display: &Display) -> String {
    match display {
        Display::Counts => "counts".to_owned(),
        Display::Top(id) => format!("`{id}`"),
        Display::Mean => "the mean".to_owned(),
        Display::Range => "the range".to_owned(),
        Display::Bins => "bins".to_owned(),
    }
}
/// One line for all that has one name.
fn merged(parts: Vec<Part>) -> Shape {
    let mut merged: Vec<Part> = Vec::new();
    for part in parts {
        if let Part::Values(name, values) = part {
            let same = merged.iter_mut().find_map(|other| match other {
                Part::Values(other, known) if *other == name => Some(known),
                _ => None,
            });
            match same {
                Some(known) => known.extend(values),
                None => merged.push(Part::Values(name, values)),
            }
        } else {
            merged.push(part);
        }
    }
    Shape::Parts(merged)
}
