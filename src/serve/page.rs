//! A page of the site -> the page as the preview sends it: with the script that loads it again, and leave for that script.

use super::policy::with_preview;
use crate::html::{Token, decode, escape, tokens};
use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::LazyLock;

/// What loads a page again and shows findings over it.
pub(super) static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    let style = serde_json::to_string(STYLE).unwrap_or_default();
    include_str!("assets/preview.js").replacen("\"STYLE\"", &style, 1)
});
/// How findings look.
pub(super) const STYLE: &str = include_str!("assets/preview.css");

/// Where the preview's own files are. No site can have a file there: `.mentorpress` is the name of the file by which the
/// program knows a folder that it made.
pub(super) const RESERVED: &str = "/.mentorpress/";

/// A text -> a short name of its content, to see whether it has changed. It guards nothing.
pub(super) fn digest(bytes: &[u8]) -> String {
    let mut hash = DefaultHasher::new();
    bytes.hash(&mut hash);
    format!("{:016x}", hash.finish())
}

/// The element that runs the script; it tells which state of the page this is.
pub(super) fn element(state: &str) -> String {
    let version = digest(SCRIPT.as_bytes());
    format!("<script src=\"{RESERVED}preview.js?{version}\" data-state=\"{}\" async></script>", escape(state))
}

/// Puts the script at the end of a page, where it moves nothing. What the page's own policy says is adapted; bytes that
/// are no UTF-8 stay as they are.
pub(super) fn with_script(page: &[u8], state: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(page.len() + 512);
    match std::str::from_utf8(page) {
        Ok(page) => {
            let mut from = 0;
            for (range, policy) in policies(page) {
                out.extend_from_slice(&page.as_bytes()[from..range.start]);
                out.extend_from_slice(policy.as_bytes());
                from = range.end;
            }
            out.extend_from_slice(&page.as_bytes()[from..]);
        }
        Err(_) => out.extend_from_slice(page),
    }
    out.extend_from_slice(element(state).as_bytes());
    out
}

/// Where the policies of a page stand in it, quotes included, and what is to stand there.
fn policies(page: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    for token in tokens(page) {
        let Token::Open { name, attributes } = token else { continue };
        // What follows in the body is heeded by no browser.
        if name.eq_ignore_ascii_case("body") {
            break;
        }
        if !name.eq_ignore_ascii_case("meta") {
            continue;
        }
        let value = |wanted: &str| {
            attributes
                .clone()
                .find(|attribute| attribute.name.eq_ignore_ascii_case(wanted))
                .map(|it| it.value)
        };
        let is_policy =
            value("http-equiv").is_some_and(|what| what.eq_ignore_ascii_case("content-security-policy"));
        if let (true, Some(policy)) = (is_policy, value("content").filter(|policy| !policy.is_empty())) {
            let start = policy.as_ptr() as usize - page.as_ptr() as usize;
            let range = start..start + policy.len();
            let is_quoted = matches!(page.as_bytes()[start - 1], b'"' | b'\'');
            // A page may end before the quotes do.
            let range = if is_quoted { range.start - 1..(range.end + 1).min(page.len()) } else { range };
            found.push((range, format!("\"{}\"", escape(&with_preview(&decode(policy))))));
        }
    }
    found
}

/// What stands in the place of every page until the site could be built once.
pub(super) fn waiting(told: &super::finding::Told, state: &str) -> String {
    let count = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
    let mut list = String::new();
    // Writing to a String cannot fail.
    for finding in &told.findings {
        let kind = if finding.is_error { "error" } else { "warning" };
        _ = write!(list, "<li class=\"{kind}\"><p class=\"what\">");
        if !finding.code.is_empty() {
            _ = write!(list, "<code>{kind}[{}]</code> ", escape(&finding.code));
        }
        _ = write!(list, "{}</p>", escape(&finding.message));
        if !finding.place.is_empty() {
            _ = write!(list, "<p><code>{}</code></p>", escape(&finding.place));
        }
        for (label, text) in [("note", &finding.note), ("help", &finding.help)] {
            if let Some(text) = text {
                _ = write!(list, "<p class=\"{label}\"><b>{label}:</b> {}</p>", escape(text));
            }
        }
        list.push_str("</li>");
    }
    let more = match told.more() {
        0 => String::new(),
        more => format!("<p>… and {more} more, in the terminal.</p>"),
    };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{errors}: nothing to show yet</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"{RESERVED}preview.css\">\n</head>\n\
         <body class=\"waiting\">\n<main>\n<h1>{errors}: there is nothing to show yet</h1>\n\
         <p>The site appears here by itself as soon as it can be built.</p>\n<ol>{list}</ol>\n{more}\n</main>\n{}\n</body>\n</html>\n",
        element(state),
        errors = count(told.errors, "error"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(page: &str) -> String {
        String::from_utf8(with_script(page.as_bytes(), "s")).expect("UTF-8")
    }

    #[test]
    fn the_script_stands_at_the_end_and_may_run() {
        let page = "<!doctype html><head><meta http-equiv=Content-Security-Policy content=\"default-src 'none'\"><title>A</title></head><body>B</body></html>\n";
        let sent = sent(page);
        assert!(sent.starts_with("<!doctype html><head><meta http-equiv=Content-Security-Policy content=\"default-src &#39;none&#39;; script-src &#39;self&#39;; style-src &#39;self&#39;; connect-src &#39;self&#39;\"><title>A</title></head><body>B</body></html>\n<script src=\"/.mentorpress/preview.js?"), "{sent}");
        assert!(sent.ends_with("data-state=\"s\" async></script>"));
    }

    #[test]
    fn what_is_no_policy_of_the_page_stays() {
        for page in [
            "<title><meta http-equiv=\"Content-Security-Policy\" content=\"a\"></title>",
            "<body><meta http-equiv=\"Content-Security-Policy\" content=\"a\">",
            "<meta http-equiv=refresh content=\"0\"><meta http-equiv=Content-Security-Policy content=\"\">",
            "",
        ] {
            assert!(sent(page).starts_with(page), "{page}");
        }
        assert!(
            sent("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'")
                .starts_with("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src")
        );
        assert!(with_script(b"\xff<meta", "s").starts_with(b"\xff<meta"));
        assert!(
            sent("<meta content=a http-equiv=content-security-policy>")
                .starts_with("<meta content=\"a\" http")
        );
    }
}
