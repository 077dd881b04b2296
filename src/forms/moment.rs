//! A cell -> the day and time it means. Nothing is guessed: a text needs to be told the order of its parts.

use super::Cell;
use super::cell::Value;
use jiff::civil::{Date, DateTime};

/// How dates are written in an export whose dates are texts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateOrder {
    /// Month, day, year: `7/27/26`.
    MonthFirst,
    /// Day, month, year: `27/07/2026`.
    DayFirst,
    /// Year, month, day: `2026-07-27`.
    Iso,
}

/// Why a cell gives no day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoMoment {
    /// Nothing is written there.
    Empty,
    /// It is a text, and nothing says in which order its parts are.
    OrderUnknown,
    /// It is none in that order.
    NotADate,
}

impl Cell {
    /// The day and time that a cell means.
    ///
    /// # Errors
    /// Why it means none.
    pub fn moment(&self, order: Option<DateOrder>) -> Result<DateTime, NoMoment> {
        match &self.0 {
            Value::Moment(moment) => Ok(*moment),
            // A date whose cell lost its format; between 2010 and 2099, or it is another number.
            Value::Number(serial) if (40_179.0..73_051.0).contains(serial) => {
                from_serial(*serial).ok_or(NoMoment::NotADate)
            }
            Value::Text(_) | Value::Empty if self.is_empty() => Err(NoMoment::Empty),
            Value::Text(text) => {
                let order = order.ok_or(NoMoment::OrderUnknown)?;
                from_text(text, order).ok_or(NoMoment::NotADate)
            }
            _ => Err(NoMoment::NotADate),
        }
    }
}

/// Days since 30 December 1899, as spreadsheets count them.
pub(super) fn from_serial(serial: f64) -> Option<DateTime> {
    if !(1.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let seconds = (serial * 86_400.0).round() as i64;
    let start = Date::new(1899, 12, 30).ok()?.at(0, 0, 0, 0);
    start.checked_add(jiff::Span::new().try_seconds(seconds).ok()?).ok()
}

fn from_text(text: &str, order: DateOrder) -> Option<DateTime> {
    let text = text.trim();
    let (day, time) = text.split_once([' ', 'T', ',']).unwrap_or((text, ""));
    let parts: Vec<&str> = day.split(['/', '.', '-']).collect();
    let [first, second, third] = parts[..] else { return None };
    let (year, month, day) = match order {
        DateOrder::MonthFirst => (third, first, second),
        DateOrder::DayFirst => (third, second, first),
        DateOrder::Iso => (first, second, third),
    };
    let digits = |part: &str| -> Option<i16> {
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten()
    };
    let year = match (year.len(), order) {
        (4, _) => digits(year)?,
        (2, DateOrder::MonthFirst | DateOrder::DayFirst) => 2000 + digits(year)?,
        _ => return None,
    };
    let date = Date::new(year, digits(month)?.try_into().ok()?, digits(day)?.try_into().ok()?).ok()?;
    from_time(date, time.trim_start_matches([',', ' ']))
}

/// `14:03:22`, `2:03 PM`, `14:03:22.5`, `14:03:22Z`, or nothing.
fn from_time(date: Date, text: &str) -> Option<DateTime> {
    let lower = text.trim().to_lowercase();
    if lower.is_empty() {
        return Some(date.at(0, 0, 0, 0));
    }
    let clock = lower.trim_end_matches(|c: char| c.is_alphabetic() || c == '.' || c.is_whitespace());
    let half = lower[clock.len()..].replace('.', "");
    let mut parts = clock.split(['.', ':']);
    let mut number = || parts.next().map_or(Some(0), |part| part.parse::<i8>().ok());
    let (hour, minute, second) = (number()?, number()?, number()?);
    let hour = match (half.trim(), hour) {
        ("pm", 1..=11) => hour + 12,
        ("am", 12) => 0,
        ("am" | "pm" | "z" | "", hour) => hour,
        _ => return None,
    };
    DateTime::new(date.year(), date.month(), date.day(), hour, minute, second, 0).ok()
}
