//! The keys of a person's file, each with what it holds: the one table that the reader, the schema and
//! `mentors set` are made from.

use super::Pathway;
use crate::config::Facet;
use crate::yaml::{Blank, Key};

/// What a key of a person holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    Id,
    Text,
    /// A text, or a map of texts by language.
    Localised,
    Texts,
    /// One id of a list of the vocabulary.
    Term(Facet),
    /// Ids of a list of the vocabulary.
    Terms(Facet),
    Languages,
    Roles,
    Number,
    Boolean,
    Date,
    Pathway,
    Status,
    Photo,
    Links,
    Consent,
    Waivers,
    NamedElsewhere,
}

const fn key(name: &'static str, example: &'static str, about: &'static str) -> Key {
    Key { name, example, blank: Blank::Text, also: &[], about }
}

/// A key whose value is a whole number.
const fn number(key: Key) -> Key {
    Key { blank: Blank::Number, ..key }
}

/// A key whose value is a day.
const fn day(key: Key) -> Key {
    Key { blank: Blank::Date, ..key }
}

/// A key whose value is more than a text, with its openings.
const fn shape(blank: &'static str, fill: &'static str, key: Key) -> Key {
    Key { blank: Blank::Shape(blank, fill), ..key }
}

/// A key whose value is a list.
const fn list(key: Key) -> Key {
    shape("[…]", "with what is true of her in place of …", key)
}

/// A key of a consent to one purpose.
const fn agreed(key: Key) -> Key {
    shape("{given: YYYY-MM-DD, wording: …}", AGREED, key)
}

const AGREED: &str =
    "with the day on which she agreed, and the wording she agreed to; if she has not agreed, ask her first";

const fn also(words: &'static [&'static str], key: Key) -> Key {
    Key { also: words, ..key }
}

/// Every key of a person.
pub(crate) const PERSON: [(Key, Shape); 27] = [
    (
        key(
            "id",
            "amara",
            "The last part of her address. In a file of one person it is the file's name and may be left out.",
        ),
        Shape::Id,
    ),
    (
        also(
            &["full_name", "title"],
            key("name", "Dr Sample Amara", "Her name as it is shown, with her title."),
        ),
        Shape::Text,
    ),
    (
        also(
            &["surname", "last_name"],
            key(
                "sort_name",
                "Amara, Sample",
                "How lists sort her. Without it, the last word of her name first.",
            ),
        ),
        Shape::Text,
    ),
    (key("pronouns", "she/her", "Her pronouns."), Shape::Text),
    (
        also(
            &["position", "job", "job_title"],
            key("post", "Senior Lecturer in Public Health", "Her post, as text or by language."),
        ),
        Shape::Localised,
    ),
    (
        also(
            &["university", "affiliation", "employer", "organisation", "location", "institutions"],
            key("institution", "leeds", "Where she works: an id of vocabulary.yaml."),
        ),
        Shape::Term(Facet::Institution),
    ),
    (
        also(
            &["grade", "level", "career_stage"],
            key("stage", "lecturer", "How far she is in her career: an id of vocabulary.yaml."),
        ),
        Shape::Term(Facet::Stage),
    ),
    (
        shape(
            "…",
            "with clinical or non-clinical in place of …",
            key("pathway", "clinical", "Whether she works clinically."),
        ),
        Shape::Pathway,
    ),
    (
        also(
            &["areas", "specialty", "fields", "subjects"],
            list(key("disciplines", "[public-health]", "What she works on: ids of vocabulary.yaml.")),
        ),
        Shape::Terms(Facet::Discipline),
    ),
    (
        also(
            &["keywords"],
            list(key("interests", "[Birth cohorts]", "What interests her, in her own words.")),
        ),
        Shape::Texts,
    ),
    (
        also(
            &["topics", "support", "helps_with"],
            list(key("offers", "[promotion, grants]", "What she helps with: ids of vocabulary.yaml.")),
        ),
        Shape::Terms(Facet::Offer),
    ),
    (
        also(
            &["ideal_mentee", "looking_for"],
            key("seeks", "A lecturer who prepares for promotion.", "For whom she is there, in a sentence."),
        ),
        Shape::Localised,
    ),
    (
        list(key(
            "languages",
            "[en, cy]",
            "The languages she speaks, by code: en for English, cy for Welsh.",
        )),
        Shape::Languages,
    ),
    (
        list(key(
            "roles",
            "[mentor]",
            "What she does in the scheme. Mentors are listed and have a page, mentees are never listed.",
        )),
        Shape::Roles,
    ),
    (
        also(
            &["places", "slots", "max_mentees"],
            number(key("capacity", "2", "How many mentees she takes in all; 0 is full.")),
        ),
        Shape::Number,
    ),
    (
        also(
            &["matched", "num_mentee", "num_of_mentees", "mentees", "filled"],
            number(key(
                "taken",
                "1",
                "How many mentees she has now; not more than capacity. Without the line all her places are shown as free.",
            )),
        ),
        Shape::Number,
    ),
    (
        also(
            &["biography", "about", "description", "profile"],
            key(
                "bio",
                "I work on birth cohorts.",
                "What she says of herself, in Markdown, as text or by language.",
            ),
        ),
        Shape::Localised,
    ),
    (
        also(
            &["image", "picture", "portrait"],
            shape(
                "{file: …}",
                "with the name of the file in photos/ in place of …",
                key("photo", "{file: amara.jpg}", "Her photo: a file in photos/ beside this one."),
            ),
        ),
        Shape::Photo,
    ),
    (
        also(
            &["website", "url", "orcid", "link"],
            shape(
                "{orcid: …}",
                "with her ORCID iD, four groups of four, in place of …",
                key("links", "{orcid: 0000-0000-0000-0000}", "Where else she is found."),
            ),
        ),
        Shape::Links,
    ),
    (
        also(
            &["state", "active"],
            shape(
                "…",
                "with registered, listed, paused or withdrawn in place of …, as the committee decided",
                key(
                    "status",
                    "listed",
                    "What the committee decided: only who is listed, with her consent, is public.",
                ),
            ),
        ),
        Shape::Status,
    ),
    (day(key("until", "2027-03-01", "A paused profile is listed again from this day.")), Shape::Date),
    (day(key("on", "2026-11-21", "The day on which she withdrew.")), Shape::Date),
    (
        shape(
            "{profile: {given: YYYY-MM-DD, wording: …}}",
            AGREED,
            key(
                "consent",
                "{profile: {given: 2026-01-10, wording: v3}}",
                "What she agreed to, purpose by purpose: the day, and the wording she agreed to.",
            ),
        ),
        Shape::Consent,
    ),
    (
        also(
            &["review", "expires"],
            day(key("review_by", "2027-01-10", "The day on which her profile is due for review.")),
        ),
        Shape::Date,
    ),
    (
        shape(
            "…",
            "with true or false in place of …",
            key("noindex", "true", "Whether search engines are asked to leave her page out."),
        ),
        Shape::Boolean,
    ),
    (
        list(key(
            "named_elsewhere",
            "[author]",
            "Why her name may stand in texts although her profile is gone.",
        )),
        Shape::NamedElsewhere,
    ),
    (
        shape(
            "[{field: …, rule: …, reason: …}]",
            "with the key of the text, the rule and the reason",
            key(
                "waive",
                "[{field: bio, rule: phone, reason: The number of the clinic}]",
                "Rules of the filter for personal data that are not to hold for a field, each with a reason.",
            ),
        ),
        Shape::Waivers,
    ),
];

/// Keys that everybody has who has not withdrawn; a mentor has `capacity` too.
pub(in crate::directory) const REQUIRED: [&str; 7] =
    ["name", "post", "institution", "stage", "roles", "consent", "review_by"];

/// The keys alone.
pub(super) static KEYS: [Key; PERSON.len()] = {
    let mut keys = [PERSON[0].0; PERSON.len()];
    let mut at = 0;
    while at < keys.len() {
        keys[at] = PERSON[at].0;
        at += 1;
    }
    keys
};

/// The purposes of consent, in the order of [`Purpose::ALL`](crate::config::Purpose::ALL).
pub(in crate::directory) static CONSENT: [Key; 5] = [
    agreed(key("profile", "{given: 2026-01-10, wording: v3}", "Her profile on the public site.")),
    agreed(key("photo", "{given: 2026-01-10, wording: v3}", "Her photo on it.")),
    agreed(key(
        "social",
        "{given: 2026-01-10, wording: v3}",
        "A card with her name where a link to her profile is shared.",
    )),
    agreed(key("search", "{given: 2026-01-10, wording: v3}", "Data about her for search engines.")),
    agreed(key("code", "{given: 2026-01-10, wording: v3}", "The code of conduct; nothing is shown of it.")),
];

/// Consent to one purpose.
pub(in crate::directory) static GIVEN: [Key; 3] = [
    also(&["date", "on"], day(key("given", "2026-01-10", "The day on which she agreed."))),
    also(&["version"], key("wording", "v3", "The version of the wording that she agreed to.")),
    day(key("withdrawn", "2026-11-21", "The day from which it holds no more.")),
];

/// A photo.
pub(in crate::directory) static PHOTO: [Key; 2] =
    [key("file", "amara.jpg", "Its name in photos/."), key("credit", "Sample Photographer", "Who took it.")];

/// Links.
pub(in crate::directory) static LINKS: [Key; 2] = [
    key("orcid", "0000-0000-0000-0000", "Her ORCID iD, in four groups of four."),
    key("profile", "\"https://www.example.org/people/amara\"", "The address of her page elsewhere, in full."),
];

/// A rule that is not to hold.
pub(in crate::directory) static WAIVER: [Key; 3] = [
    key("field", "bio", "The key with the text."),
    key("rule", "phone", "The rule."),
    key("reason", "The number of the clinic", "Why."),
];

/// Words of `pathway`.
pub(in crate::directory) const PATHWAYS: [(&str, Pathway); 2] =
    [("clinical", Pathway::Clinical), ("non-clinical", Pathway::NonClinical)];

/// Words of `named_elsewhere`.
pub(in crate::directory) const NAMED_ELSEWHERE: [(&str, ()); 3] =
    [("author", ()), ("founder", ()), ("news", ())];
