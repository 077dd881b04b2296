//! The files of new sites, compiled into the program.

macro_rules! files {
    ($folder:literal: $($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../starters/", $folder, "/", $path)))),*]
    };
}

/// Path and text of a file.
pub(super) type Text = (&'static str, &'static str);

/// What every site begins with.
pub(super) const ALL: &[Text] = files![
    "all":
    "README.md",
    "content/contact.md",
    "content/policies/accessibility.md",
    "github/workflows/website.yml",
    "gitignore",
    "hosting/crontab",
    "netlify.toml",
];

/// What the site of a scheme begins with whose mentees choose.
pub(super) const AIMMS: &[Text] = files![
    "aimms":
    "content/about.md",
    "content/for-mentees.md",
    "content/for-mentors.md",
    "content/index.md",
    "content/matching.md",
    "content/mentors/sample-one.yaml",
    "content/mentors/sample-two.yaml",
    "content/news/welcome.md",
    "content/policies/code-of-conduct.md",
    "content/policies/consent-v1.md",
    "content/policies/participant-information.md",
    "content/policies/privacy.md",
    "content/site.yaml",
    "content/vocabulary.yaml",
];

/// What that of a reverse scheme begins with: no list of mentors.
pub(super) const REVERSE: &[Text] = files![
    "reverse":
    "content/about.md",
    "content/for-mentees.md",
    "content/for-mentors.md",
    "content/how-it-works.md",
    "content/index.md",
    "content/news/welcome.md",
    "content/policies/code-of-conduct.md",
    "content/policies/consent-v1.md",
    "content/policies/participant-information.md",
    "content/policies/privacy.md",
    "content/site.yaml",
];

/// What that of a reciprocal scheme begins with.
pub(super) const RECIPROCAL: &[Text] = files![
    "reciprocal":
    "content/about.md",
    "content/for-mentees.md",
    "content/for-mentors.md",
    "content/how-it-works.md",
    "content/index.md",
    "content/mentors/sample-one.yaml",
    "content/mentors/sample-two.yaml",
    "content/news/welcome.md",
    "content/policies/code-of-conduct.md",
    "content/policies/consent-v1.md",
    "content/policies/participant-information.md",
    "content/policies/privacy.md",
    "content/site.yaml",
    "content/vocabulary.yaml",
];

/// A site with every component, to make a theme by.
pub(super) const STYLE: &[Text] = files![
    "style":
    "README.md",
    "content/evaluations/circle/actions.yaml",
    "content/evaluations/circle/quotes.yaml",
    "content/evaluations/circle/releases/2025.2.yaml",
    "content/evaluations/circle/releases/2025.yaml",
    "content/evaluations/circle/releases/2026.yaml",
    "content/evaluations/circle/reports/2025.md",
    "content/evaluations/circle/reports/2026.md",
    "content/evaluations/circle/survey.yaml",
    "content/evaluations/panel/releases/2025.yaml",
    "content/evaluations/panel/reports/2025.md",
    "content/evaluations/panel/survey.yaml",
    "content/events/coming.md",
    "content/events/past.md",
    "content/files/crest.svg",
    "content/files/picture.svg",
    "content/index.cy.md",
    "content/index.md",
    "content/mentors/amara.yaml",
    "content/mentors/bina.yaml",
    "content/mentors/chen.yaml",
    "content/mentors/dora.yaml",
    "content/mentors/esi.yaml",
    "content/news/first.md",
    "content/news/second.md",
    "content/policies/consent.md",
    "content/publications/article.md",
    "content/references.bib",
    "content/site.yaml",
    "content/style.md",
    "content/vocabulary.yaml",
];

/// The README's part about mentors, where they are listed and where they are not.
pub(super) const LISTED: &str = include_str!("../../starters/mentors-listed.md");
pub(super) const UNLISTED: &str = include_str!("../../starters/mentors-unlisted.md");
