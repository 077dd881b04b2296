//! The parts of a record that a form can say, by their names.

use crate::config::Facet;
use crate::directory::Purpose;

/// What a column gives.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Field {
    Name,
    SortName,
    Pronouns,
    Post,
    Institution,
    Stage,
    Pathway,
    Disciplines,
    Interests,
    Offers,
    Seeks,
    Languages,
    Roles,
    Capacity,
    Bio,
    Orcid,
    WebPage,
    Consent(Purpose),
}

/// What has words of the vocabulary, or others that the form's have to be turned into.
pub(super) const TERMS: [&str; 7] =
    ["institution", "stage", "pathway", "disciplines", "offers", "languages", "capacity"];

impl Field {
    /// Those that `columns:` may name, by their names there.
    pub(super) const COLUMNS: [(&'static str, Field); 16] = [
        ("name", Field::Name),
        ("sort_name", Field::SortName),
        ("pronouns", Field::Pronouns),
        ("post", Field::Post),
        ("institution", Field::Institution),
        ("stage", Field::Stage),
        ("pathway", Field::Pathway),
        ("disciplines", Field::Disciplines),
        ("interests", Field::Interests),
        ("offers", Field::Offers),
        ("seeks", Field::Seeks),
        ("languages", Field::Languages),
        ("capacity", Field::Capacity),
        ("bio", Field::Bio),
        ("orcid", Field::Orcid),
        ("web_page", Field::WebPage),
    ];

    /// Those without which there is no record of a mentor.
    pub(super) const NEEDED: [Field; 5] =
        [Field::Name, Field::Post, Field::Institution, Field::Stage, Field::Capacity];

    /// The field of a [`name`](Field::name).
    pub(super) fn find(name: &str) -> Option<Field> {
        let consents = Purpose::ALL.map(|(_, purpose)| Field::Consent(purpose));
        let columns = Field::COLUMNS.map(|(_, field)| field);
        columns.into_iter().chain([Field::Roles]).chain(consents).find(|field| field.name() == name)
    }

    /// The key of the record, and the key within its map where it is one of several.
    pub(super) fn place(self) -> (&'static str, Option<&'static str>) {
        match self {
            Field::Orcid => ("links", Some("orcid")),
            Field::WebPage => ("links", Some("profile")),
            Field::Roles => ("roles", None),
            Field::Consent(purpose) => {
                ("consent", Purpose::ALL.iter().find(|(_, other)| *other == purpose).map(|(name, _)| *name))
            }
            other => {
                (Field::COLUMNS.iter().find(|(_, field)| *field == other).map_or("", |(name, _)| *name), None)
            }
        }
    }

    /// The name in messages, on the command line and in `private/imported.yaml`: `post`, `consent.photo`.
    pub(super) fn name(self) -> String {
        match self.place() {
            (key, None) => key.to_owned(),
            (key, Some(inner)) => format!("{key}.{inner}"),
        }
    }

    /// The list of the vocabulary that its words come from.
    pub(super) fn facet(self) -> Option<Facet> {
        match self {
            Field::Institution => Some(Facet::Institution),
            Field::Stage => Some(Facet::Stage),
            Field::Disciplines => Some(Facet::Discipline),
            Field::Offers => Some(Facet::Offer),
            _ => None,
        }
    }

    /// Those whose answers `terms:` may translate.
    pub(super) fn has_terms(self) -> bool {
        TERMS.contains(&self.place().0)
    }

    /// Whether its value is a text, and no list or map.
    pub(super) fn is_text(self) -> bool {
        !matches!(
            self,
            Field::Disciplines
                | Field::Interests
                | Field::Offers
                | Field::Languages
                | Field::Roles
                | Field::Consent(_)
        )
    }

    /// Whether its value stands in the record without quotes although it is digits.
    pub(super) fn is_number(self) -> bool {
        self == Field::Capacity
    }
}
