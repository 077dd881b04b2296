//! A question -> what can be answered to it, point by point. Of a long scale the points that nothing published tells apart
//! are one item, all but two of them.

use crate::evaluation::survey::{Display, Question, TopOf};

/// What can be answered, or what an answer can be about.
pub(super) struct Point {
    pub(super) id: String,
    pub(super) exclusive: bool,
    /// First and last number, or the place among verbal points.
    pub(super) values: (i64, i64),
}

/// A scale of numbers up to this long has each of its points as an item.
const SHORT: i64 = 16;
/// The same where a mean is shown, for which every point counts.
const SHORT_WITH_MEAN: i64 = 200;

pub(super) fn points(question: &Question, group: &str) -> Vec<Point> {
    if !question.options.is_empty() {
        let options = question.options.iter().zip(1..);
        let offered = options.filter(|(option, _)| option.is_offered_to(group));
        let point = |(option, place): (&crate::evaluation::survey::Choice, i64)| Point {
            id: option.id.clone(),
            exclusive: option.exclusive,
            values: (place, place),
        };
        return offered.map(point).collect();
    }
    let ends = question.bounds.map(|(from, to)| (i64::from(from), i64::from(to)));
    let cuts = cuts(question);
    // A number without bounds is as large as it likes: some numbers above all that is declared stand for those.
    let (from, to) = ends.unwrap_or((0, cuts.last().copied().unwrap_or(0) + SHORT));
    let has_mean =
        question.show.values().flatten().any(|display| matches!(display, Display::Mean | Display::Range));
    let short = if has_mean { SHORT_WITH_MEAN } else { SHORT };
    if to - from < short {
        return (from..=to).map(|value| single(value, value)).collect();
    }
    let mut points = Vec::new();
    let starts: Vec<i64> =
        std::iter::once(from).chain(cuts.into_iter().filter(|cut| from < *cut && *cut <= to)).collect();
    for (place, start) in starts.iter().enumerate() {
        let end = starts.get(place + 1).map_or(to, |next| next - 1);
        points.extend((*start..=end).take(2).map(|value| single(value, value)));
        if start + 2 <= end {
            points.push(single(start + 2, end));
        }
    }
    points
}

/// What an answer is about that none of the themes was found in.
pub(super) const NO_THEME: &str = "no theme";

/// The themes of a free text that are of everybody who answered. Where an answer has one theme at the most, whoever has none
/// is among the rest.
pub(super) fn themes(question: &Question) -> Vec<Point> {
    let own = question.themes.iter().filter(|theme| theme.when.is_none());
    let point = |id: &str, values: (i64, i64)| Point { id: id.to_owned(), exclusive: false, values };
    let rest = question.has_one_theme.then(|| point(NO_THEME, (0, 1)));
    own.map(|theme| point(&theme.id, (0, 0))).chain(rest).collect()
}

fn single(from: i64, to: i64) -> Point {
    let id = if from == to { from.to_string() } else { format!("{from} to {to}") };
    Point { id, exclusive: false, values: (from, to) }
}

/// The numbers at which some declared split or range begins anew, rising.
fn cuts(question: &Question) -> Vec<i64> {
    let tops = question.tops.iter().filter_map(|top| match top.of {
        TopOf::Numbers(from, to) => Some((from, to)),
        TopOf::Points(_) => None,
    });
    let ranges = tops.chain(question.bins.iter().map(|bin| (bin.from, bin.to)));
    let mut cuts: Vec<i64> = ranges.flat_map(|(from, to)| [i64::from(from), i64::from(to) + 1]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}
