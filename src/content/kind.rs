//! The word `kind` of a front matter -> what kind of page it is.

/// What kind of page it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// An ordinary page.
    Page,
    /// A piece of news, listed under `/news/` and in the feed.
    News,
    /// Something that people come together for, listed under `/events/` and in the calendar.
    Event,
    /// A published article.
    Publication,
    /// The narrative of an evaluation report.
    Report,
    /// The privacy notice.
    PrivacyNotice,
    /// The code of conduct.
    CodeOfConduct,
    /// The participant information sheet.
    ParticipantInformation,
    /// The accessibility statement.
    AccessibilityStatement,
}

/// Kinds of page.
pub(super) const KINDS: [(&str, Kind); 9] = [
    ("page", Kind::Page),
    ("news", Kind::News),
    ("event", Kind::Event),
    ("publication", Kind::Publication),
    ("report", Kind::Report),
    ("privacy-notice", Kind::PrivacyNotice),
    ("code-of-conduct", Kind::CodeOfConduct),
    ("participant-information", Kind::ParticipantInformation),
    ("accessibility-statement", Kind::AccessibilityStatement),
];

impl Kind {
    /// The word in the front matter.
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|(_, kind)| *kind == self).map_or("page", |(name, _)| name)
    }
}
