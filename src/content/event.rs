//! `starts`, `ends` and `place` of a page's front matter -> [`Event`]: when people meet, and where.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::yaml::{self, Fields, Node};
use jiff::civil::{Date, Time};

/// A day, perhaps with a time of that day: as clocks show it in the site's time zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// The time, to the minute.
    pub time: Option<Time>,
}

/// Something that people come together for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// When it begins.
    pub starts: Moment,
    /// When it ends, if that is known.
    pub ends: Option<Moment>,
    /// Where it is.
    pub place: Option<String>,
}

impl Event {
    /// The last day it is on: the day after, it is over.
    pub fn last_day(&self) -> Date {
        self.ends.map_or(self.starts.day, |ends| ends.day)
    }
}

/// Reads an event; nothing where its beginning is missing or cannot be read.
pub(super) fn read(fields: &Fields, found: &mut Diagnostics) -> Option<Event> {
    let starts = fields.need("starts", found).and_then(|node| moment(node, None, found));
    let ends = fields.filled("ends", found).and_then(|node| Some((moment(node, starts, found)?, node)));
    let place = fields.get("place").and_then(|node| yaml::text(node, found)).map(|place| place.value);
    let starts = starts?;
    let mut wrong = |node: &Node, message: &str, help: String| {
        found.push(Diagnostic::new(Code::BadDate, node.span, message).help(help));
        None
    };
    let ends = ends.and_then(|(ends, node)| match (starts.time, ends.time) {
        (Some(_), None) => wrong(
            node,
            "the event begins at a time, and ends on a day",
            format!("write the time too: {} 14:00", ends.day),
        ),
        (None, Some(_)) => wrong(
            node,
            "the event begins on a day, and ends at a time",
            format!("write a time for `starts` too, or the day alone: {}", ends.day),
        ),
        _ if ends < starts => wrong(
            node,
            "the event would end before it begins",
            format!("it begins on {}: write when it ends after that", said(starts)),
        ),
        _ => Some(ends),
    });
    Some(Event { starts, ends, place })
}

/// `2027-02-04`, or with the time that it is.
fn said(moment: Moment) -> String {
    match moment.time {
        Some(time) => format!("{} {}", moment.day, time.strftime("%H:%M")),
        None => moment.day.to_string(),
    }
}

/// Reads `2027-02-04` or `2027-02-04 12:30`; a time alone is of the day on which the event begins.
fn moment(node: &Node, begin: Option<Moment>, found: &mut Diagnostics) -> Option<Moment> {
    let typed = yaml::text(node, &mut Diagnostics::new()).map(|text| text.value);
    let typed = typed.as_deref().map(str::trim).unwrap_or_default();
    let (day, time) = match typed.split_once([' ', 'T']) {
        Some((day, time)) => (day, Some(time.trim_start())),
        None if typed.contains(':') => ("", Some(typed)),
        // A day, or what else is wrong with it is told as of any other date.
        None => return yaml::date(node, found).map(|day| Moment { day, time: None }),
    };
    let day = match (day, begin) {
        ("", Some(begin)) => Some(begin.day),
        _ => day.parse().ok(),
    };
    let moment = day.zip(time.and_then(clock)).map(|(day, time)| Moment { day, time: Some(time) });
    if moment.is_none() {
        found.push(
            Diagnostic::new(Code::BadDate, node.span, format!("`{typed}` is not a day with the time on it"))
                .help("write year-month-day, a space, and the time of 24 hours: 2027-02-04 12:30"),
        );
    }
    moment
}

/// `12:30`, `9:05`.
fn clock(typed: &str) -> Option<Time> {
    let (hour, minute) = typed.split_once(':')?;
    let digits = |text: &str, lengths: &[usize]| {
        (lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse().ok())
            .flatten()
    };
    Time::new(digits(hour, &[1, 2])?, digits(minute, &[2])?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_of_24_hours() {
        let said = |typed| clock(typed).map(|time| time.strftime("%H:%M").to_string());
        assert_eq!(said("9:05").as_deref(), Some("09:05"));
        assert_eq!(said("23:59").as_deref(), Some("23:59"));
        for typed in ["24:00", "12:60", "12.30", "12:3", "+1:30", "12:30:00", "12:30 pm", ":30", "٣:٣٠"] {
            assert_eq!(said(typed), None, "{typed}");
        }
    }
}
