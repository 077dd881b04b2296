//! A page's language and its words -> texts, days and counts as readers see them.

use super::view;
use crate::config::Text;
use crate::content::{Event, Moment};
use crate::directory::State;
use crate::language::Language;
use crate::theme::Interface;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A page's language and its words.
#[derive(Clone, Copy)]
pub(super) struct Voice<'s> {
    pub(super) language: &'s Language,
    pub(super) first: &'s Language,
    pub(super) interface: &'s Interface,
}

impl<'s> Voice<'s> {
    pub(super) fn text(&self, text: &'s Text) -> &'s str {
        &text.get(self.language, self.first).value
    }

    /// The same text with its language where that is not the page's.
    pub(super) fn text_in(&self, text: &'s Text) -> (&'s str, Option<&'s str>) {
        let (text, language) = text.get_in(self.language, self.first);
        (&text.value, self.other(language))
    }

    /// A language that a page has to name, because it is not the page's own.
    pub(super) fn other(&self, language: &'s Language) -> Option<&'s str> {
        (language != self.language).then(|| language.code())
    }

    pub(super) fn day(&self, date: Date) -> view::Day {
        view::Day { iso: date.to_string(), text: self.interface.day(date) }
    }

    /// When an event is. The time zone is named as clocks there are called on that day.
    pub(super) fn when(&self, event: &Event, zone: &TimeZone) -> view::When {
        let clock = |moment: Moment| moment.time.map(|time| time.strftime("%H:%M").to_string());
        let at = |moment: Moment| {
            let day = self.interface.day(moment.day);
            match clock(moment) {
                Some(time) => self.interface.say("event.at", &[("day", &day), ("time", &time)]),
                None => day,
            }
        };
        let starts = event.starts;
        let mut text = at(starts);
        if let Some(ends) = event.ends.filter(|ends| *ends != starts) {
            let to = if ends.day == starts.day { clock(ends).unwrap_or_default() } else { at(ends) };
            text = self.interface.say("event.range", &[("from", &text), ("to", &to)]);
        }
        let local = starts.day.to_datetime(starts.time.unwrap_or_default());
        if starts.time.is_some()
            && let Ok(zoned) = local.to_zoned(zone.clone())
        {
            let zone = zoned.strftime("%Z").to_string();
            text = self.interface.say("event.zone", &[("when", &text), ("zone", &zone)]);
        }
        let time = clock(starts).map(|time| format!("T{time}")).unwrap_or_default();
        view::When { iso: format!("{}{time}", starts.day), text }
    }

    /// Names of languages, but for the site's first, which goes without saying.
    pub(super) fn languages(&self, languages: &[Language]) -> Vec<String> {
        let named = languages.iter().filter(|language| *language != self.first);
        named.map(|language| self.language_name(language)).collect()
    }

    /// The name of a language; its code, where the theme has no name for it.
    pub(super) fn language_name(&self, language: &Language) -> String {
        let key = format!("language.{language}");
        if self.interface.has(&key) { self.interface.say(&key, &[]) } else { language.to_string() }
    }

    pub(super) fn places(&self, state: State) -> view::Places {
        match state {
            State::Free(n) => {
                view::Places { state: "free", text: self.interface.count("places.free", n as usize, &[]) }
            }
            State::Full => view::Places { state: "full", text: self.interface.say("places.full", &[]) },
        }
    }
}

impl Voice<'_> {
    /// A language's name in itself: "Cymraeg".
    pub(super) fn languages_own_name(&self) -> String {
        self.language_name(self.language)
    }
}
