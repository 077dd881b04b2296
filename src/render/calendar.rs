//! Events -> iCalendar files (RFC 5545): one beside each event, and one a language of all that is coming up, to be
//! subscribed to.

use crate::content::{Event, Moment};
use crate::site::{Site, SitePage, calendar_address, event_address};
use jiff::ToSpan;
use jiff::tz::TimeZone;

/// Bytes of a line, beyond which it goes on in the next.
const LINE: usize = 75;

/// Path and text of each file.
pub(super) fn files(site: &Site) -> Vec<(String, String)> {
    let first = site.project.first_language();
    let mut files = Vec::new();
    for (language, events) in &site.events {
        let title = &site.project.site.title.get(language, first).value;
        let coming = events.coming.iter().map(|at| &site.pages[*at]);
        files.push((calendar_address(language, first).output_path(), calendar(site, Some(title), coming)));
    }
    for page in site.pages.iter().filter(|page| page.page.front.event.is_some()) {
        let own = std::iter::once(page);
        files.push((event_address(&page.page.address).output_path(), calendar(site, None, own)));
    }
    files
}

fn calendar<'p, 's: 'p>(
    site: &Site,
    name: Option<&str>,
    pages: impl Iterator<Item = &'p SitePage<'s>>,
) -> String {
    let mut file = String::new();
    let mut line = |property: &str, value: &str| fold(&format!("{property}:{value}"), &mut file);
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Mentorpress//Mentorpress//EN");
    line("CALSCALE", "GREGORIAN");
    if let Some(name) = name {
        // RFC 7986, and what calendars understood before it.
        line("NAME", &escaped(name));
        line("X-WR-CALNAME", &escaped(name));
    }
    for page in pages {
        let front = &page.page.front;
        let Some(event) = &front.event else { continue };
        let address = site.project.site.base.absolute(&page.page.address);
        let zone = &site.project.site.time_zone;
        line("BEGIN", "VEVENT");
        line("UID", &escaped(&address));
        let changed = front.updated.max(front.reviewed).max(front.date).or(front.publish);
        let changed = changed.unwrap_or(event.starts.day).strftime("%Y%m%d");
        line("DTSTAMP", &format!("{changed}T000000Z"));
        let (starts, ends) = span(event, zone);
        line(&format!("DTSTART{}", starts.0), &starts.1);
        if let Some(ends) = ends {
            line(&format!("DTEND{}", ends.0), &ends.1);
        }
        line("SUMMARY", &escaped(&front.title.value));
        if let Some(summary) = front.summary() {
            line("DESCRIPTION", &escaped(summary));
        }
        if let Some(place) = &event.place {
            line("LOCATION", &escaped(place));
        }
        line("URL", &address);
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    file
}

/// A property's parameters and its value.
type Value = (&'static str, String);

/// When an event begins and ends. Of whole days the end is the day after the last.
fn span(event: &Event, zone: &TimeZone) -> (Value, Option<Value>) {
    let whole = |day: jiff::civil::Date| (";VALUE=DATE", day.strftime("%Y%m%d").to_string());
    match event.starts.time {
        None => {
            let after = event.ends.and_then(|ends| ends.day.checked_add(1.day()).ok());
            (whole(event.starts.day), after.map(whole))
        }
        Some(_) => (instant(event.starts, zone), event.ends.map(|ends| instant(ends, zone))),
    }
}

/// A moment in UTC, which every calendar shows in the time of its reader.
fn instant(moment: Moment, zone: &TimeZone) -> Value {
    let local = moment.day.to_datetime(moment.time.unwrap_or_default());
    match local.to_zoned(zone.clone()) {
        Ok(zoned) => ("", zoned.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string()),
        // Beyond the years that time zones are known for: as clocks there show it.
        Err(_) => ("", local.strftime("%Y%m%dT%H%M%S").to_string()),
    }
}

/// A text as the value of a property.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Puts a line on the end of a file, folded where it is long, but never within a character.
fn fold(line: &str, file: &mut String) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LINE {
            file.push_str("\r\n ");
            length = 1;
        }
        file.push(c);
        length += c.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let text = format!("SUMMARY:{}", "Cyfarfod â mentoriaid; ".repeat(20));
        let mut file = String::new();
        fold(&text, &mut file);
        assert!(file.split("\r\n").all(|line| line.len() <= LINE), "{file}");
        assert_eq!(file.replace("\r\n ", "").trim_end_matches("\r\n"), text);
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne\u{7}"), "a\\, b\\; c\\\\d\\ne");
    }
}
