//! A [`Tally`] and a policy -> [`Figures`]: the only door out of private counts.
//!
//! Which display a question gets depends on what `show` declares, the policy and the numbers who answered. Only then is a
//! count looked at, and only to choose the symbol that stands for it. Nothing is tried until it fits: that would leak.

use super::codes;
use super::edition::Chosen;
use super::figures::{Base, Figure, Figures, Given, Part, Shape};
use super::sector;
use super::tally::{Counted, Tally};
use super::themes;
use crate::evaluation::disclosure::{Policy, PolicyName};
use crate::evaluation::{Choice, Display, EVERYONE, Question, QuestionKind, TopOf, Unit, When};

/// What may be published of an edition.
pub(super) fn release(chosen: &Chosen, tally: &Tally, is_coded: bool) -> Figures {
    let mut figures =
        Figures { respondents: respondents(chosen, tally), answers: Vec::new(), themes: Vec::new() };
    for question in chosen.questions() {
        for wave in waves(question) {
            for (group, displays) in groups(chosen, question) {
                if !displays.is_empty() {
                    figures.answers.push(given(chosen, tally, question, wave, group, displays));
                }
            }
        }
    }
    if is_coded {
        for question in codes::coded(chosen) {
            for wave in waves(question) {
                for group in themes::shown_of(chosen, question) {
                    let given = themes::themes(chosen, tally, &figures, question, wave, group);
                    figures.themes.push(given);
                }
            }
        }
    }
    figures
}

/// The waves of a question; one without name where the survey has none.
fn waves(question: &Question) -> Vec<&str> {
    if question.waves.is_empty() { vec![""] } else { question.waves.iter().map(String::as_str).collect() }
}

/// What is shown of each group, in the order of the survey's groups; everyone comes last.
fn groups<'q>(chosen: &Chosen, question: &'q Question) -> Vec<(&'q str, &'q [Display])> {
    let order = |group: &str| chosen.survey().groups.iter().position(|known| known.id == group);
    let mut groups: Vec<(&str, &[Display])> =
        question.show.iter().map(|(group, displays)| (group.as_str(), displays.as_slice())).collect();
    groups.sort_by_key(|(group, _)| order(group).unwrap_or(usize::MAX));
    groups
}

/// Wave and group of all who were asked anything.
fn respondents(chosen: &Chosen, tally: &Tally) -> Vec<(String, String, Base)> {
    let survey = chosen.survey();
    let waves: Vec<&str> = match &survey.waves[..] {
        [] => vec![""],
        waves => waves.iter().map(|wave| wave.id.as_str()).collect(),
    };
    let mut all = Vec::new();
    for wave in waves {
        for group in survey.strata() {
            let is_asked = |question: &Question| {
                question.asks(group)
                    && (question.waves.is_empty() || question.waves.iter().any(|of| of == wave))
            };
            if chosen.questions().any(is_asked) {
                all.push((
                    wave.to_owned(),
                    group.to_owned(),
                    sector::base(chosen.policy, tally.respondents(wave, group)),
                ));
            }
        }
    }
    all
}

fn given(
    chosen: &Chosen,
    tally: &Tally,
    question: &Question,
    wave: &str,
    group: &str,
    displays: &[Display],
) -> Given {
    let strata: Vec<&str> =
        chosen.survey().strata_of(group).into_iter().filter(|stratum| question.asks(stratum)).collect();
    let counted = tally.counted(&question.id, wave, &strata);
    let whole: u32 = strata.iter().map(|stratum| tally.respondents(wave, stratum)).sum();
    // Of everyone, and of pairs, a release says nowhere else how many they are.
    let is_told = question.asked_if.is_none()
        && group != EVERYONE
        && strata == [group]
        && question.unit == Unit::People
        && counted.answered == whole;
    let policy = chosen.policy;
    let is_exempt = policy.exceptions.iter().any(|exception| exception.covers(wave, &question.id, group));
    let mut shown = Shown { policy, question, group, counted: &counted, why: Vec::new() };
    let named = |answered, why, shape| Given {
        question: question.id.clone(),
        wave: (question.waves.len() > 1).then(|| wave.to_owned()),
        group: group.to_owned(),
        answered,
        why,
        shape,
    };
    if policy.name == PolicyName::SmallSurvey
        && !is_exempt
        && let Some(when) = &question.asked_if
        && !is_asked_openly(chosen, tally, when, wave, &strata, counted.answered)
    {
        let why = format!(
            "how many answered is how many gave `{}.{}`, and that is a range",
            when.question.value, when.option.value
        );
        return named(None, vec![why], Shape::Withheld);
    }
    let shape = match policy.name {
        PolicyName::SmallSurvey if !is_exempt => shown.held(displays),
        PolicyName::Hesa | PolicyName::Ofs if !is_exempt => shown.by_sector(displays),
        _ => shown.whole(displays),
    };
    named((!is_told).then(|| sector::base(policy, counted.answered)), shown.why, shape)
}

/// Whether the number who answered what only some were asked is one that may be told: it is a count of those who gave the
/// answer on which they were asked, and that count is no range.
fn is_asked_openly(
    chosen: &Chosen,
    tally: &Tally,
    when: &When,
    wave: &str,
    strata: &[&str],
    answered: u32,
) -> bool {
    let Some(before) = chosen.questions().find(|question| question.id == when.question.value) else {
        return false;
    };
    let Some(at) = before.options.iter().position(|option| option.id == when.option.value) else {
        return false;
    };
    let counted = tally.counted(&before.id, wave, strata);
    let band = chosen.policy.band;
    let is_open = |count: u32| count >= band && count <= counted.answered.saturating_sub(band);
    is_open(counted.option(at)) && is_open(answered)
}

/// One question, wave and group on its way to a release.
struct Shown<'s> {
    policy: &'s Policy,
    question: &'s Question,
    group: &'s str,
    counted: &'s Counted,
    why: Vec<String>,
}

impl Shown<'_> {
    /// Everything as it is, where nothing is to be hidden.
    fn whole(&mut self, displays: &[Display]) -> Shape {
        if self.counted.answered == 0 {
            self.why.push("nobody answered".to_owned());
            return Shape::Withheld;
        }
        Shape::Parts(self.parts(displays, &|count| Figure::Count(count), true))
    }

    /// What `small-survey` lets be shown (`docs/disclosure.md`).
    fn held(&mut self, displays: &[Display]) -> Shape {
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
    fn by_sector(&mut self, displays: &[Display]) -> Shape {
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

    /// How many are in a declared split.
    fn top(&self, id: &str) -> u32 {
        let Some(top) = self.question.tops.iter().find(|top| top.id == id) else { return 0 };
        match &top.of {
            TopOf::Numbers(from, to) => self.counted.between(*from, *to),
            TopOf::Points(points) => {
                let options = self.question.options.iter().enumerate();
                let of_top = options.filter(|(_, option)| points.contains(&option.id));
                of_top.map(|(at, _)| self.counted.option(at)).sum()
            }
        }
    }

    /// The mean to the policy's decimals, halves going up, without floating point.
    fn mean(&self) -> Figure {
        let n = i128::from(self.counted.answered);
        if n == 0 {
            return Figure::Withheld;
        }
        decimal(self.sum(), n, self.policy.mean_decimals)
    }

    /// Whether no sum that rounds to the mean tells people who took part what all others answered (`docs/disclosure.md`):
    /// with k of them on a scale from a to b, all such sums lie between `k b + (n - k) a + (b - a)` and
    /// `k a + (n - k) b - (b - a)`.
    fn is_mean_open(&self) -> bool {
        let ends = match self.question.options.len() {
            0 => self.question.bounds.map(|(from, to)| (i128::from(from), i128::from(to))),
            points => Some((1, points as i128)),
        };
        // Without ends, a number may be anything, and the rule says nothing.
        let Some((a, b)) = ends.filter(|(a, b)| b - a >= 2) else { return false };
        let (n, k) = (i128::from(self.counted.answered), i128::from(self.policy.coalition));
        let low = k * b + (n - k) * a + (b - a);
        let high = k * a + (n - k) * b - (b - a);
        // Sums, in hundredths or in whole points, whose mean rounds as this one does, halves up.
        let step = if self.question.kind == QuestionKind::Number { 100 } else { 1 };
        let unit = 10_i128.pow(self.policy.mean_decimals);
        let sum = self.sum() * step / 100;
        let shown = (2 * sum * unit + n * step).div_euclid(2 * n * step);
        let edge = |double: i128| -(-n * step * double).div_euclid(2 * unit);
        let (least, most) = (edge(2 * shown - 1), edge(2 * shown + 1) - 1);
        low * step <= least && most <= high * step
    }

    /// The sum of all answers in hundredths; points of a verbal scale count from 1.
    fn sum(&self) -> i128 {
        match self.question.options.is_empty() {
            true => self.counted.sum(),
            false => self
                .counted
                .options
                .iter()
                .map(|(at, count)| (*at as i128 + 1) * 100 * i128::from(*count))
                .sum(),
        }
    }

    fn extreme(&self, number: Option<&i64>) -> Figure {
        number.map_or(Figure::Withheld, |number| Figure::Decimal(plain_decimal(*number)))
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

/// A sum of hundredths, divided among `n` and rounded to `places`, halves away from zero.
fn decimal(hundredths: i128, n: i128, places: u32) -> Figure {
    let unit = 10_i128.pow(places);
    let (numerator, denominator) = (hundredths.abs() * unit, n * 100);
    let rounded = (2 * numerator + denominator) / (2 * denominator);
    let sign = if hundredths < 0 && rounded > 0 { "-" } else { "" };
    let (whole, part) = (rounded / unit, rounded % unit);
    Figure::Decimal(match places {
        0 => format!("{sign}{whole}"),
        places => format!("{sign}{whole}.{part:0>width$}", width = places as usize),
    })
}

/// A number of hundredths as people write it.
fn plain_decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
    match part {
        0 => format!("{sign}{whole}"),
        part => format!("{sign}{whole}.{}", format!("{part:02}").trim_end_matches('0')),
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

#[cfg(test)]
mod tests {
    use super::{Figure, decimal, plain_decimal};

    #[test]
    fn halves_go_up_and_nothing_is_a_float() {
        let mean = |sum, n| match decimal(sum, n, 1) {
            Figure::Decimal(text) => text,
            _ => String::new(),
        };
        assert_eq!(mean(4100, 9), "4.6");
        assert_eq!(mean(1500, 4), "3.8");
        assert_eq!(mean(3500, 13), "2.7");
        assert_eq!(mean(25, 100), "0.0");
        assert_eq!([plain_decimal(500), plain_decimal(450), plain_decimal(-5)], ["5", "4.5", "-0.05"]);
    }
}
