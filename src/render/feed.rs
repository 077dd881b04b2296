//! News and reports -> an Atom feed (RFC 4287) a language, with the whole text of each.

use crate::html::escape;
use crate::path::Address;
use crate::render::plain::plain;
use crate::render::xml::allowed;
use crate::site::{Site, SitePage, feed_address, issued, prefixed};

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

fn last_change(page: &SitePage) -> Option<jiff::civil::Date> {
    let front = &page.page.front;
    front.updated.max(issued(page.page))
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
    let body = plain(&page.body, site.project.theme.interface(&page.page.language));
    let root = base.absolute(&Address::page([]));
    let host = root.strip_suffix(&format!("{}/", base.path())).unwrap_or(&root);
    let body = body
        .replace("href=\"/", &format!("href=\"{host}/"))
        .replace("src=\"/", &format!("src=\"{host}/"))
        .replace("href=\"#", &format!("href=\"{address}#"));
    format!(
        "<entry>\n<title>{}</title>\n<id>{}</id>\n<link href=\"{}\"/>\n<published>{published}T00:00:00Z</published>\n\
         <updated>{updated}T00:00:00Z</updated>\n{summary}<content type=\"html\">{}</content>\n</entry>\n",
        escape(&front.title.value),
        escape(&address),
        escape(&address),
        escape(&body),
    )
}
