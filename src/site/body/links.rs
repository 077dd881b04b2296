//! Links and images of a text -> addresses of the site, or findings of those that lead nowhere.

use super::{Resolver, numbered};
use crate::content::{Kind, Page};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest, one_of};
use crate::html::{encode_url, escape};
use crate::language::Language;
use crate::output::WrittenLink;
use crate::path::{Address, folder};
use crate::site::Context;
use crate::site::register::Target;
use crate::source::Span;

/// Broken links of one text that get a suggestion each.
const SUGGESTIONS: usize = 20;

impl Resolver<'_, '_, '_> {
    pub(super) fn link(&mut self, written: &str, span: Span) {
        let target = self.context.register.target(self.context.project, written, self.folder, self.language);
        let mut language = None;
        let href = match target {
            Target::Elsewhere(href) => Some(href),
            Target::Fragment(fragment) => {
                self.check_fragment(self.page, &fragment, span);
                Some(format!("#{}", encode_url(&fragment)))
            }
            Target::Page { address, fragment, page, other, .. } => {
                language = other;
                let mut href = self.context.project.site.base.href(&address);
                if let Some(fragment) = fragment {
                    self.check_fragment(page.map(|at| &self.context.project.pages[at]), &fragment, span);
                    href.push('#');
                    href.push_str(&encode_url(&fragment));
                }
                Some(href)
            }
            Target::NotPublic { why, .. } => {
                self.push(
                    Diagnostic::new(
                        Code::LinkNotPublic,
                        span,
                        format!("`{written}` is not public today ({why}): the link becomes plain text"),
                    )
                    .help("nothing need be done; take the link out if it is gone for good"),
                );
                None
            }
            Target::Unknown(unknown) => {
                self.unknown_links += 1;
                let finding =
                    Diagnostic::new(Code::LinkToNowhere, span, format!("`{written}` leads nowhere"));
                let few = self.unknown_links <= SUGGESTIONS;
                self.push(if few { finding.help(self.context.register.suggest(&unknown)) } else { finding });
                None
            }
        };
        self.open.push(href.is_some());
        if let Some(href) = href {
            let html = match language {
                Some(language) => format!("<a href=\"{}\" hreflang=\"{language}\">", escape(&href)),
                None => format!("<a href=\"{}\">", escape(&href)),
            };
            self.body.links.push(WrittenLink { href, span });
            self.html(&html);
        }
    }

    /// A fragment of a Markdown page is one of its headings or tables; of other pages the finished output tells.
    fn check_fragment(&mut self, page: Option<&Page>, fragment: &str, span: Span) {
        let Some(page) = page else { return };
        let mut ids: Vec<String> = page.body.headings.iter().map(|heading| heading.id.clone()).collect();
        ids.extend(numbered::numbered(&page.body).map(|thing| thing.fragment()));
        if page.front.kind == Kind::Report
            || fragment.starts_with("fn")
            || ids.iter().any(|id| id == fragment)
        {
            return;
        }
        let help = one_of(fragment, ids.iter().map(String::as_str));
        self.push(
            Diagnostic::new(Code::FragmentToNowhere, span, format!("the page has no heading `#{fragment}`"))
                .help(help),
        );
    }

    pub(super) fn image(&mut self, target: &str, alt: &str, span: Span) {
        if alt.trim().is_empty() {
            self.push(
                Diagnostic::new(
                    Code::ImageWithoutText,
                    span,
                    "the image has no words for those who do not see it",
                )
                .help("say in the brackets what it shows: ![The committee at its first meeting](/files/…)"),
            );
        }
        if let Some(address) = image(self.context, self.folder, self.language, target, span, self.found) {
            let href = encode_url(&self.context.project.site.base.href(&address));
            self.html(&format!("<img src=\"{}\" alt=\"{}\" loading=\"lazy\">", escape(&href), escape(alt)));
            self.body.links.push(WrittenLink { href, span });
        }
    }
}

/// The address of an image a page names; its absence is a finding.
pub(in crate::site) fn image_address(
    context: Context,
    page: &Page,
    written: &str,
    span: Span,
    found: &mut Diagnostics,
) -> Option<Address> {
    image(context, folder(&page.key), &page.language, written, span, found)
}

fn image(
    context: Context,
    folder: &str,
    language: &Language,
    written: &str,
    span: Span,
    found: &mut Diagnostics,
) -> Option<Address> {
    match context.register.target(context.project, written, folder, language) {
        Target::Page { address, page: None, .. } => Some(address),
        Target::Elsewhere(_) => {
            found.push(
                Diagnostic::new(Code::MissingImage, span, "the image lies on another host")
                    .note("a page of this site asks nobody else for anything, so that nobody else learns who reads it")
                    .help("put the image in content/files/ and write /files/…"),
            );
            None
        }
        _ => {
            let files: Vec<String> = context
                .sources
                .below("content/files/")
                .map(|(_, file)| format!("/{}", &file.path["content/".len()..]))
                .collect();
            let near = nearest(written, files.iter().map(String::as_str));
            let help = near
                .map_or("put the image in content/files/ and write /files/…".to_owned(), |near| {
                    format!("did you mean `{near}`?")
                });
            found.push(
                Diagnostic::new(Code::MissingImage, span, format!("there is no image `{written}`"))
                    .help(help),
            );
            None
        }
    }
}
