//! The themes that come with the program, compiled into it.

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        /// Path within the site, and text, of each file of the themes that come with the program.
        pub const FILES: &[(&str, &str)] =
            &[$((concat!("themes/", $path), include_str!(concat!("../../themes/", $path)))),*];
    };
}

/// Name of each theme, and what it looks like.
pub const THEMES: [(&str, &str); 2] = [
    ("default", "one column of text, serif headings, rules and white space"),
    (
        "campus",
        "a university's house style: the menu on a coloured bar, headings without serifs, a wider page",
    ),
];

files![
    "campus/assets/extra.css",
    "campus/i18n/cy.yaml",
    "campus/i18n/en.yaml",
    "campus/templates/footer.html",
    "campus/templates/header.html",
    "default/assets/directory.js",
    "default/assets/search.js",
    "default/assets/theme.css",
    "default/i18n/cy.yaml",
    "default/i18n/en.yaml",
    "default/templates/actions.html",
    "default/templates/bar.html",
    "default/templates/base.html",
    "default/templates/events.html",
    "default/templates/facets.html",
    "default/templates/figure.html",
    "default/templates/footer.html",
    "default/templates/head.html",
    "default/templates/header.html",
    "default/templates/home.html",
    "default/templates/mentor.html",
    "default/templates/mentors.html",
    "default/templates/missing.html",
    "default/templates/news.html",
    "default/templates/page.html",
    "default/templates/people.html",
    "default/templates/person.html",
    "default/templates/questionnaire.html",
    "default/templates/quotes.html",
    "default/templates/redirect.html",
    "default/templates/report.html",
    "default/templates/reports.html",
    "default/templates/search.html",
    "default/templates/shortlist.html",
    "default/templates/similar.html",
    "default/templates/table.html",
];
