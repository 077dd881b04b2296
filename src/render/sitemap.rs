//! Addresses -> `sitemap.xml` and `robots.txt`, for search engines.

use crate::html::escape;
use crate::path::Address;
use crate::site::Site;

/// Path and text of the two files. Pages that ask not to be found are in neither.
pub(super) fn files(site: &Site) -> Vec<(String, String)> {
    let base = &site.project.site.base;
    let mut addresses: Vec<&Address> = site.pages.iter().map(|page| &page.page.address).collect();
    if !site.project.site.directory_noindex {
        addresses.extend(site.lists.iter().filter(|list| list.number == 1).map(|list| &list.address));
        addresses
            .extend(site.profiles.iter().filter(|page| !page.profile.noindex()).map(|page| &page.address));
    }
    addresses.extend(site.indexes.iter().map(|index| &index.address));
    addresses.sort();
    addresses.dedup();
    let mut sitemap = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    if !site.project.drafts {
        for address in addresses {
            sitemap.push_str(&format!("<url><loc>{}</loc></url>\n", escape(&base.absolute(address))));
        }
    }
    sitemap.push_str("</urlset>\n");
    let robots = if site.project.drafts {
        "User-agent: *\nDisallow: /\n".to_owned()
    } else {
        format!("User-agent: *\nDisallow:\nSitemap: {}\n", base.absolute(&Address::file("sitemap.xml")))
    };
    vec![("sitemap.xml".to_owned(), sitemap), ("robots.txt".to_owned(), robots)]
}
