//! A date in another order, or of no calendar -> the days that may have been meant.

use jiff::civil::Date;

/// What to do where nobody can tell which day was meant.
pub(super) const WAY: &str = "write the day as year-month-day: YYYY-MM-DD";

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The days that may have been meant.
pub(super) struct Meant {
    /// Each behind the words that say when; these are empty where there is no doubt.
    pub(super) days: Vec<(String, Date)>,
    /// What to do if it was none of these.
    pub(super) otherwise: &'static str,
}

/// The days that a text may mean.
///
/// # Errors
/// What to do, where it means none.
pub(super) fn meant(typed: &str) -> Result<Meant, String> {
    let parts: Option<Vec<i16>> = typed
        .split(['/', '.', '-', ' '])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect();
    let Some(&[first, second, third]) = parts.as_deref() else { return Err(WAY.to_owned()) };
    let sure = |day| Ok(Meant { days: vec![(String::new(), day)], otherwise: "" });
    // The year stands first or last; of the other two the month stands in the middle, unless it was written the other way.
    let (year, day) = match (first >= 1000, third >= 1000) {
        (true, false) => (first, third),
        (false, true) => (third, first),
        _ => {
            return Err(
                "write the year with four digits, and the day as year-month-day: YYYY-MM-DD".to_owned()
            );
        }
    };
    let month = second;
    match (date(year, month, day), date(year, day, month)) {
        (Some(usual), Some(other)) if usual != other && third == year => Ok(Meant {
            days: vec![
                (format!("if {} is meant (day first), ", words(usual)), usual),
                (format!("if {} is meant (month first), ", words(other)), other),
            ],
            otherwise: "",
        }),
        (Some(usual), _) => sure(usual),
        (None, Some(other)) => Ok(Meant {
            days: vec![(
                format!("there is no {} month; if {} is meant, ", ordinal(month), words(other)),
                other,
            )],
            otherwise: "; if it is a slip, write the right day as year-month-day",
        }),
        (None, None) => {
            let why = match date(year, month, 1) {
                Some(first) => {
                    format!("{} {year} has {} days", name(first), first.days_in_month())
                }
                None => format!("there is no {} month", ordinal(month)),
            };
            Err(format!("{why}: write the right day as year-month-day"))
        }
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// "13 October 2027".
fn words(date: Date) -> String {
    format!("{} {} {}", date.day(), name(date), date.year())
}

fn name(date: Date) -> &'static str {
    usize::try_from(date.month())
        .ok()
        .and_then(|month| MONTHS.get(month.checked_sub(1)?))
        .copied()
        .unwrap_or_default()
}

fn ordinal(number: i16) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
