//! News and reports -> an Atom feed (RFC 4287) a language, with the whole text of each.

use crate::html::escape;
use crate::render::plain::plain;
use crate::render::xml::allowed;
use crate::render::{correction, view};
use crate::site::{Site, SitePage, feed_address, issued, prefixed};
use crate::theme::Interface;
use jiff::civil::Date;

/// Path and text of each feed.
pub(super) fn feeds(site: &Site) -> Vec<(String, String)> {
    let first = site.project.first_language();
    let mut feeds = Vec::new();
    for (language, list) in &site.feeds {
        let config = &site.project.site;
        let own = feed_address(language, first);
        let home = prefixed(language, first, &[]);
        let pages: Vec<&SitePage> = list.iter().map(|at| &site.pages[*at]).collect();
        let updated = pages.iter().filter_map(|page| last_change(page)).max().unwrap_or_default();
        let title = &config.title.get(language, first).value;
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">\n\
             <title>{}</title>\n<id>{}</id>\n<link rel=\"self\" href=\"{}\"/>\n<link href=\"{}\"/>\n\
             <updated>{updated}T00:00:00Z</updated>\n<author><name>{}</name></author>\n",
            escape(title),
            escape(&config.base.absolute(&own)),
            escape(&config.base.absolute(&own)),
            escape(&config.base.absolute(&home)),
            escape(&config.organisation.get(language, first).value),
        );
        for page in pages {
            text.push_str(&entry(site, page));
        }
        text.push_str("</feed>\n");
        feeds.push((own.output_path(), allowed(&text).into_owned()));
    }
    feeds
}

fn last_change(page: &SitePage) -> Option<Date> {
    let corrections = page.report.iter().flat_map(|report| report.published.corrections());
    let corrected = corrections.map(|correction| correction.date).max();
    page.page.front.updated.max(issued(page.page)).max(corrected)
}

/// The text of a page; of a report also what was corrected, and how its figures are protected.
fn content(site: &Site, page: &SitePage) -> String {
    let first = site.project.first_language();
    let interface = site.project.theme.interface(&page.page.language);
    let body = plain(&page.body, interface);
    let Some(report) = &page.report else { return body };
    let notices = correction::notices(report.published, &page.body, interface, first);
    let mut html: String = notices.iter().map(|notice| told(notice, interface)).collect();
    html.push_str(&body);
    let policy = interface.say(report.published.policy_key(), &[]);
    let method = interface.say("report.method", &[]);
    html.push_str(&format!(
        "<p>{} <a href=\"#report-method\">{}</a></p>\n",
        escape(&policy),
        escape(&method)
    ));
    html
}

/// The notice of a correction.
fn told(notice: &view::Correction, interface: &Interface) -> String {
    let mut html =
        format!("<p><strong>{}</strong> {}</p>\n", escape(&notice.sentence), escape(notice.reason));
    if notice.changed.is_empty() {
        return html;
    }
    html.push_str(&format!("<p>{}</p>\n<ul>\n", escape(&interface.say("correction.changed", &[]))));
    for changed in &notice.changed {
        let table = changed
            .table
            .as_ref()
            .map(|table| format!(" (<a href=\"{}\">{}</a>)", escape(&table.href), escape(&table.label)));
        html.push_str(&format!("<li>{}{}</li>\n", escape(&changed.name), table.unwrap_or_default()));
    }
    html.push_str("</ul>\n");
    html
}

fn entry(site: &Site, page: &SitePage) -> String {
    let base = &site.project.site.base;
    let front = &page.page.front;
    let address = base.absolute(&page.page.address);
    let published = issued(page.page).unwrap_or_default();
    let updated = last_change(page).unwrap_or(published);
    let summary = front
        .summary
        .as_ref()
        .map(|summary| format!("<summary>{}</summary>\n", escape(&summary.value)))
        .unwrap_or_default();
    // Readers show an entry away from the page, so links have to be whole.
    let body = content(site, page);
    let host = base.host();
    let body = body
        .replace("href=\"/", &format!("href=\"{host}/"))
        .replace("src=\"/", &format!("src=\"{host}/"))
        .replace("href=\"#", &format!("href=\"{address}#"));
    format!(
        "<entry>\n<title>{}</title>\n<id>{}</id>\n<link href=\"{}\"/>\n<published>{published}T00:00:00Z</published>\n\
         <updated>{updated}T00:00:00Z</updated>\n{summary}<content type=\"html\">{}</content>\n</entry>\n",
        escape(&front.title.value),
        escape(&base.permanent(&page.page.address)),
        escape(&address),
        escape(&body),
    )
}
