//! A judged cell -> the mark that stands for it on its scale.

use super::{Mark, Side};
use crate::evaluation::disclosure::{Cell, JudgedAnswer, Row};
use crate::evaluation::published::Words;
use crate::evaluation::release::{Base, Decimal, Statistic, Value};
use crate::evaluation::survey::{Question, QuestionKind};
use crate::theme::Interface;

/// The ends of the scale that a mean stands on.
pub(in crate::evaluation::published) fn scale(question: &Question) -> Option<(u32, u32)> {
    let points = u32::try_from(question.options.len()).unwrap_or(0);
    let verbal = (question.kind == QuestionKind::Scale && points > 1).then_some((1, points));
    question.bounds.or(verbal)
}

/// The middle is the point that the scale declares, or else the middle one of an odd number.
pub(super) fn side(question: &Question, row: &Row) -> Side {
    let Row::Option(id) = row else { return Side::Neutral };
    let place = |id: &str| question.options.iter().position(|option| option.id == id);
    let (Some(at), count) = (place(id), question.options.len()) else { return Side::Neutral };
    // Twice the place, so that the middle of an even number lies between two points.
    let middle = question.middle.as_deref().and_then(place).map_or(count.saturating_sub(1), |at| 2 * at);
    match (2 * at).cmp(&middle) {
        std::cmp::Ordering::Less => Side::Against,
        std::cmp::Ordering::Equal => Side::Neutral,
        std::cmp::Ordering::Greater => Side::For,
    }
}

pub(in crate::evaluation::published) fn mark(
    question: &Question,
    answer: Option<&JudgedAnswer>,
    row: &Row,
    words: Words,
    interface: &Interface,
) -> Mark {
    let Some((answer, cell)) = answer.and_then(|answer| Some((answer, answer.cells.get(row)?))) else {
        return Mark::Absent(words);
    };
    match (cell, answer.base_of(row)) {
        (Cell::Value(Value::Count(count)), Base::Known(of)) if of > 0 => {
            let places = [("count", count.to_string()), ("base", of.to_string())];
            let words =
                interface.say("value.of", &places.each_ref().map(|(key, text)| (*key, text.as_str())));
            Mark::Count { count: (*count).min(of), of, words: Words(words) }
        }
        (Cell::Value(Value::Percent(percent)), _) => {
            Mark::Place { thousandths: thousandths(percent, 0, 100), words }
        }
        (Cell::Statistic(Statistic::Number(number)), _) => match scale(question) {
            Some((from, to)) => Mark::Place { thousandths: thousandths(number, from, to), words },
            None => Mark::Absent(words),
        },
        (Cell::Value(Value::Mentioned), _) => Mark::Mentioned(words),
        (Cell::Value(Value::Few | Value::NearlyAll | Value::Withheld), _)
        | (Cell::Statistic(Statistic::Withheld), _) => Mark::Hidden(words),
        _ => Mark::Absent(words),
    }
}

/// Where a number stands between two others, in thousandths; what lies outside stands at the end.
fn thousandths(number: &Decimal, from: u32, to: u32) -> u32 {
    let one = 10u128.pow(number.places);
    let length = u128::from(to.saturating_sub(from)) * one;
    if length == 0 {
        return 0;
    }
    let from = u128::from(from) * one;
    let at = u128::from(number.scaled).saturating_sub(from).min(length);
    u32::try_from(at * 1000 / length).unwrap_or(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str, scaled: u64, places: u32) -> Decimal {
        Decimal { text: text.to_owned(), scaled, places }
    }

    #[test]
    fn a_mean_stands_between_the_ends_of_its_scale() {
        assert_eq!(thousandths(&decimal("4.6", 46, 1), 1, 5), 900);
        assert_eq!(thousandths(&decimal("1", 1, 0), 1, 5), 0);
        assert_eq!(thousandths(&decimal("5.00", 500, 2), 1, 5), 1000);
        assert_eq!(thousandths(&decimal("83", 83, 0), 0, 100), 830);
    }

    #[test]
    fn what_lies_outside_its_scale_stands_at_the_end() {
        assert_eq!(thousandths(&decimal("9", 9, 0), 1, 5), 1000);
        assert_eq!(thousandths(&decimal("0.5", 5, 1), 1, 5), 0);
        assert_eq!(thousandths(&decimal("3", 3, 0), 5, 5), 0);
    }
}
