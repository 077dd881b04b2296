//! The default theme, compiled into the program.

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        /// Path within the site, and text, of each file of the default theme.
        pub const FILES: &[(&str, &str)] =
            &[$((concat!("themes/default/", $path), include_str!(concat!("../../themes/default/", $path)))),*];
    };
}

files![
    "assets/directory.js",
    "assets/search.js",
    "assets/theme.css",
    "i18n/cy.yaml",
    "i18n/en.yaml",
    "templates/actions.html",
    "templates/bar.html",
    "templates/base.html",
    "templates/events.html",
    "templates/facets.html",
    "templates/figure.html",
    "templates/footer.html",
    "templates/head.html",
    "templates/header.html",
    "templates/home.html",
    "templates/mentor.html",
    "templates/mentors.html",
    "templates/missing.html",
    "templates/news.html",
    "templates/page.html",
    "templates/people.html",
    "templates/person.html",
    "templates/questionnaire.html",
    "templates/quotes.html",
    "templates/redirect.html",
    "templates/report.html",
    "templates/reports.html",
    "templates/search.html",
    "templates/shortlist.html",
    "templates/similar.html",
    "templates/table.html",
];
