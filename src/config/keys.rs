//! The keys of `site.yaml` and `vocabulary.yaml`, each with what it holds: the table that the readers and the schemas are
//! made from. Parts that choose among words of their own describe their keys themselves.

use super::consent::{Purpose, WORDING};
use super::hosting::HOSTING;
use super::scheme::SCHEME;
use crate::yaml::{Described, Form, Format, Holds, key, required, words};

/// `content/site.yaml`.
pub static SITE: Format = Format {
    what: "site.yaml",
    keys: &[
        required(key("title", Holds::Localised, "AIMMS Mentoring", "The site's name.")),
        required(key(
            "base_url",
            Holds::Like(Form::Address),
            "\"https://www.example.org/\"",
            "The address that the site will have, in full.",
        )),
        required(key(
            "languages",
            Holds::List(&Holds::Like(Form::Language)),
            "[en, cy]",
            "The languages of the site; the addresses of the first have no prefix.",
        )),
        required(key(
            "organisation",
            Holds::Localised,
            "A university",
            "Who runs the scheme. It stands in every footer.",
        )),
        required(key(
            "contact",
            Holds::Map(&CONTACT),
            "{email: scheme@example.org}",
            "How to reach the scheme.",
        )),
        key("tagline", Holds::Localised, "Mentoring in medicine", "A few words after the title."),
        key("notice", Holds::Localised, "\"Applications close on Friday.\"", "A sentence above every page."),
        key(
            "draft",
            Holds::Boolean,
            "true",
            "Whether the whole site is a draft: every page says so, and search engines are asked to stay away.",
        ),
        key("menu", MENU, "[about.md, {label: Find a mentor, link: /mentors/}]", "The main menu, in order."),
        key("footer", MENU, "[policies/privacy.md]", "Links at the foot of every page."),
        key(
            "logo",
            Holds::Either(&[Holds::Text, Holds::Map(&LOGO)]),
            "{file: files/crest.svg, alt: A university}",
            "A sign at the head of every page: the path of its file within content/.",
        ),
        key("colours", Holds::Map(&COLOURS), "{accent: \"#5b2a86\"}", "Colours of your own."),
        key(
            "scheme",
            Holds::Map(&SCHEME),
            "{kind: mentoring}",
            "The scheme that the site is for. With it the site needs the pages that law asks of a scheme.",
        ),
        key(
            "consent",
            Holds::Each(&words(&Purpose::ALL), &Holds::Map(&WORDING)),
            "{profile: {current: v3, text: policies/consent-v3.md}}",
            "For each purpose the wording of the consent that is in force.",
        ),
        key("directory", Holds::Map(&DIRECTORY), "{grace_days: 30}", "How the directory of people is made."),
        key(
            "theme",
            Holds::Like(Form::Id),
            "ours",
            "The name of a folder in themes/, for a look of your own.",
        ),
        key("time_zone", Holds::Text, "Europe/London", "The time zone that times of events are of."),
        key("hosting", Holds::Map(&HOSTING), "{for: netlify}", "How the site is served."),
    ],
};

/// `contact`.
pub(super) static CONTACT: Format = Format {
    what: "contact",
    keys: &[
        required(key("email", Holds::Text, "scheme@example.org", "The scheme's own e-mail address.")),
        key(
            "also",
            Holds::List(&Holds::Text),
            "[dpo@example.org]",
            "Addresses of offices that pages may name besides.",
        ),
        key(
            "form",
            Holds::Either(&[Holds::Like(Form::Address), Holds::Map(&FORM)]),
            "\"https://forms.example.org/abc\"",
            "The address of a form in which people ask for a mentor.",
        ),
    ],
};

/// `contact.form`, where its fields are known.
pub(super) static FORM: Format = Format {
    what: "contact.form",
    keys: &[
        required(key(
            "link",
            Holds::Like(Form::Address),
            "\"https://forms.example.org/abc\"",
            "The form's whole address.",
        )),
        key(
            "fields",
            Holds::Map(&FORM_FIELDS),
            "{first: r1a2b3c}",
            "The names of its fields in that address.",
        ),
    ],
};

/// `contact.form.fields`.
pub(super) static FORM_FIELDS: Format = Format {
    what: "contact.form.fields",
    keys: &[
        key("first", Holds::Text, "r1a2b3c", "The field that takes the first choice."),
        key("second", Holds::Text, "r4d5e6f", "The field that takes the second choice."),
        key("third", Holds::Text, "r7a8b9c", "The field that takes the third choice."),
        key("all", Holds::Text, "entry.42", "The field that takes all names in one text."),
    ],
};

const MENU: Holds = Holds::List(&Holds::Either(&[Holds::Text, Holds::Map(&MENU_ENTRY)]));

/// An entry of a menu that has words of its own.
pub(super) static MENU_ENTRY: Format = Format {
    what: "a menu entry",
    keys: &[
        required(key("label", Holds::Localised, "Find a mentor", "The words of the entry.")),
        required(key("link", Holds::Text, "/mentors/", "A page, an address of the site, or one elsewhere.")),
    ],
};

/// `logo`, where it says something else than the organisation's name.
pub(super) static LOGO: Format = Format {
    what: "logo",
    keys: &[
        required(key("file", Holds::Text, "files/crest.svg", "The path of its file within content/.")),
        key("alt", Holds::Localised, "A university", "What it says to those who do not see it."),
    ],
};

/// `colours`.
pub(super) static COLOURS: Format = Format {
    what: "colours",
    keys: &[
        key("accent", Holds::Like(Form::Colour), "\"#5b2a86\"", "Links, headings and marks."),
        key("mentee", Holds::Like(Form::Colour), "\"#00617a\"", "Mentees in charts."),
        key("mentor", Holds::Like(Form::Colour), "\"#8a3b12\"", "Mentors in charts."),
    ],
};

/// `directory`.
pub(super) static DIRECTORY: Format = Format {
    what: "directory",
    keys: &[
        key(
            "mentors",
            Holds::Text,
            "../scheme-private/mentors",
            "The folder of people's files, if it is not content/mentors.",
        ),
        key("grace_days", Holds::Number, "60", "Days after its review date for which a profile stays."),
        key("page_size", Holds::Number, "1000", "How many people one page of a list holds."),
        key(
            "noindex",
            Holds::Boolean,
            "true",
            "Whether search engines are asked to leave out the whole directory.",
        ),
        key("similar", Holds::Number, "3", "How many similar mentors a profile names."),
    ],
};

/// `content/vocabulary.yaml`.
pub static VOCABULARY: Format = Format {
    what: "vocabulary.yaml",
    keys: &[
        key("institutions", INSTITUTIONS, "{leeds: University of Leeds}", "Where people work."),
        key("disciplines", TERMS, "{public-health: Public health}", "What they work on."),
        key("offers", TERMS, "{promotion: Promotion}", "What mentors help with."),
        key("stages", TERMS, "{senior-lecturer: Senior lecturer}", "How far people are in their careers."),
    ],
};

const TERMS: Holds = Holds::ById(&Holds::Either(&[Holds::Localised, Holds::Map(&TERM)]));
const INSTITUTIONS: Holds = Holds::ById(&Holds::Either(&[Holds::Localised, Holds::Map(&INSTITUTION)]));

const LABEL: Described =
    required(key("label", Holds::Localised, "Public health", "The words that readers see."));

/// A term that is a map.
pub(super) static TERM: Format = Format { what: "a term", keys: &[LABEL] };

/// An institution that is a map.
pub(super) static INSTITUTION: Format = Format {
    what: "a term",
    keys: &[
        LABEL,
        key("website", Holds::Like(Form::Address), "\"https://www.example.org/\"", "Its website, in full."),
        key("joined", Holds::Text, "2020", "When it joined; not shown yet."),
    ],
};

/// Somebody who wrote something.
pub static AUTHOR: Format = Format {
    what: "an author",
    keys: &[
        required(key(
            "family",
            Holds::Text,
            "Author",
            "The family name, or the whole name of an organisation.",
        )),
        key("given", Holds::Text, "Sample B.", "Given names."),
    ],
};
