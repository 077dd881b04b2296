//! The keys of a page's front matter, each with what it holds: the table that the reader and the schema are made from.

use super::kind::KINDS;
use crate::config::AUTHOR;
use crate::yaml::{Form, Format, Holds, key, required, words};

const DATE: Holds = Holds::Like(Form::Date);
const MOMENT: Holds = Holds::Like(Form::Moment);

/// The front matter of a page.
pub static PAGE: Format = Format {
    what: "front matter",
    keys: &[
        required(key("title", Holds::Text, "About the scheme", "The page's title.")),
        key(
            "summary",
            Holds::Text,
            "Who it is for, and how it came about.",
            "A sentence or two: the lead paragraph, and what search engines and lists say of the page.",
        ),
        key("kind", Holds::Word(&words(&KINDS)), "news", "What kind of page it is."),
        key("date", DATE, "2026-11-21", "The day of a piece of news, which needs one, or of a report."),
        key("draft", Holds::Boolean, "true", "Whether the page is kept off the site."),
        key("publish", DATE, "2027-01-10", "The first day on which the page is public."),
        key("expires", DATE, "2027-03-01", "The first day on which it is not."),
        key("reviewed", DATE, "2026-11-02", "When somebody last read it against what the scheme does."),
        key("prepared", DATE, "2026-01-10", "When an accessibility statement was first prepared."),
        key("updated", DATE, "2026-11-02", "The last change of substance."),
        key(
            "translates",
            DATE,
            "2026-11-02",
            "The day that stood as updated in the page that this one translates.",
        ),
        key("aliases", Holds::List(&Holds::Text), "[/about-us/]", "Former addresses that lead here."),
        key(
            "link",
            Holds::Like(Form::Address),
            "\"https://www.example.org/\"",
            "What the page is about elsewhere.",
        ),
        key("weight", Holds::Number, "1", "Among news of one day the smaller comes first."),
        key(
            "image",
            Holds::Text,
            "/files/meeting.jpg",
            "A picture in files/ that stands where a link to the page is shared.",
        ),
        key(
            "starts",
            MOMENT,
            "2027-02-04 12:30",
            "When an event begins; only of kind event, which needs it.",
        ),
        key("ends", MOMENT, "13:30", "When an event ends."),
        key("place", Holds::Text, "Online", "Where an event is."),
        key("numbered", Holds::Boolean, "true", "Whether headings are numbered."),
        key(
            "publication",
            Holds::Map(&PUBLICATION),
            "{authors: [{family: Author}], journal: A Journal, published: 2025-04-29}",
            "The article that a page of kind publication is about, which needs it.",
        ),
    ],
};

/// `publication`.
pub(super) static PUBLICATION: Format = Format {
    what: "publication",
    keys: &[
        required(key(
            "authors",
            Holds::List(&Holds::Map(&AUTHOR)),
            "[{family: Author, given: Sample B.}]",
            "Who wrote it, in order.",
        )),
        required(key("journal", Holds::Text, "A Journal", "The journal's title.")),
        required(key("published", DATE, "2025-04-29", "The day it was published.")),
        key("volume", Holds::Text, "\"20\"", "The volume."),
        key("issue", Holds::Text, "\"4\"", "The issue."),
        key("article", Holds::Text, "e0123456", "The article's number, or its pages."),
        key("issn", Holds::Text, "1234-5678", "The journal's ISSN."),
        key("doi", Holds::Text, "10.1234/sample", "The article's DOI."),
        key("accepted", DATE, "2025-01-20", "The day it was accepted."),
        key("deposited", DATE, "2025-05-06", "The day it was put into a repository."),
        key(
            "versions",
            Holds::OneOrMore(&Holds::Text),
            "[Accepted manuscript, Version of record]",
            "The versions there are.",
        ),
        key(
            "repository",
            Holds::Map(&REPOSITORY),
            "{name: A repository, item: \"500093\"}",
            "Where else it is kept.",
        ),
        key("licence", Holds::Text, "CC BY 4.0", "Its licence."),
    ],
};

/// `publication.repository`.
pub(super) static REPOSITORY: Format = Format {
    what: "a repository",
    keys: &[
        required(key("name", Holds::Text, "A repository", "The repository's name.")),
        key("item", Holds::Text, "\"500093\"", "The number of the item there."),
        key(
            "link",
            Holds::Like(Form::Address),
            "\"https://repository.example.org/500093\"",
            "Its address there.",
        ),
    ],
};
