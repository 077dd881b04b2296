//! A [`Site`]'s reports -> the files that stand beside their pages, each a pure function of the judged figures and
//! the finished text: `json` the figures for programs, `xlsx` the tables, `docx` the whole report; and a CSV a table.

mod docx;
mod json;
mod xlsx;

use crate::config::Author;
use crate::failure::Failure;
use crate::path::Address;
use crate::render::{method, view};
use crate::site::{Format, Report, Site, SitePage, data_address, download_address};
use crate::theme::Interface;
use rayon::prelude::*;

/// Paths and bytes of all downloads.
///
/// # Errors
/// A format's package refuses what it was given.
pub(super) fn files(site: &Site) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let downloads: Vec<Download> = site.pages.iter().filter_map(|page| Download::of(site, page)).collect();
    let files: Vec<Vec<(String, Vec<u8>)>> =
        downloads.par_iter().map(Download::files).collect::<Result<_, Failure>>()?;
    Ok(files.into_iter().flatten().collect())
}

/// A report on its way into files.
struct Download<'a> {
    site: &'a Site<'a>,
    page: &'a SitePage<'a>,
    report: &'a Report<'a>,
    interface: &'a Interface,
}

impl<'a> Download<'a> {
    fn of(site: &'a Site<'a>, page: &'a SitePage<'a>) -> Option<Download<'a>> {
        let report = page.report.as_ref()?;
        let interface = site.project.theme.interface(&page.page.language);
        Some(Download { site, page, report, interface })
    }

    fn files(&self) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let first = self.site.project.first_language();
        let page = &self.page.page.address;
        let published = self.report.published;
        let mut files = Vec::new();
        for id in published.table_ids() {
            if let Some(csv) = published.csv(id, self.interface, first) {
                files.push((data_address(page, id).output_path(), csv.into_bytes()));
            }
        }
        for format in Format::ALL {
            let bytes = match format {
                Format::Docx => docx::docx(self),
                Format::Xlsx => xlsx::xlsx(self),
                Format::Json => json::json(self),
            };
            let address = download_address(page, self.report.survey, published.edition(), format);
            let bytes = bytes.map_err(|reason| {
                Failure::refused(
                    format!("{address} cannot be made: {reason}"),
                    "this is a mistake of the program: please report it",
                )
            })?;
            files.push((address.output_path(), bytes));
        }
        Ok(files)
    }

    fn say(&self, key: &str) -> String {
        self.interface.say(key, &[])
    }

    /// How the figures were protected, and where they come from.
    fn method(&self) -> view::Method<'_> {
        let first = self.site.project.first_language();
        method::method(self.report.published, &self.report.title, self.interface, first)
    }

    fn title(&self) -> &str {
        &self.page.page.front.title.value
    }

    fn authors(&self) -> String {
        let authors = &self.report.published.facts().authors;
        authors.iter().map(Author::name).collect::<Vec<_>>().join(", ")
    }

    /// Who publishes it: the report's institution, or else the organisation of the site.
    fn publisher(&self) -> &str {
        let language = &self.page.page.language;
        let organisation = &self.site.project.site.organisation;
        let institution = self.report.published.facts().institution.as_deref();
        institution.unwrap_or(&organisation.get(language, self.site.project.first_language()).value)
    }

    fn absolute(&self, address: &Address) -> String {
        self.site.project.site.base.absolute(address)
    }

    /// The day that stands in a file's properties: the report's own, so that a file is the same whenever it is made.
    fn day(&self) -> (i16, i8, i8) {
        let date = self.page.page.front.date.unwrap_or(jiff::civil::date(2000, 1, 1));
        (date.year(), date.month(), date.day())
    }

    /// Whether the page's language is written from right to left.
    fn is_right_to_left(&self) -> bool {
        self.page.page.language.is_right_to_left()
    }
}
