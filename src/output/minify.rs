//! HTML -> smaller HTML that reads the same.
//!
//! The package treats `div`, `nav`, `section` and their like as layout and drops white space between inline
//! elements in them; themes are written with that in mind (`docs/themes.md`), and the tests compare the text of every
//! page before and after. It recurses over nested elements, so pages nested deeper than any theme needs are left as
//! they are.

/// Elements inside one another above which a page is not minified.
const MAX_DEPTH: usize = 256;

/// Minifies a page.
pub fn minify(page: String) -> Vec<u8> {
    if depth(&page) > MAX_DEPTH {
        return page.into_bytes();
    }
    // Scripts and styles are files of their own, closing tags and html/head stay: nothing here bends the standard.
    let mut cfg = minify_html::Cfg::new();
    cfg.keep_closing_tags = true;
    cfg.keep_html_and_head_opening_tags = true;
    minify_html::minify(page.as_bytes(), &cfg)
}

/// The deepest nesting of elements.
fn depth(page: &str) -> usize {
    const VOID: [&str; 8] = ["meta", "link", "br", "hr", "img", "input", "col", "wbr"];
    let bytes = page.as_bytes();
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    for (at, _) in page.match_indices('<') {
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(first) if first.is_ascii_alphabetic() => {
                let name = &page[at + 1..];
                let name = &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()];
                if !VOID.iter().any(|void| void.eq_ignore_ascii_case(name)) {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
            }
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_stays_the_same() {
        let page = "<!doctype html><html lang=\"en\"><head><title>T</title></head><body>\n <p>One  <b>two</b> <i>three</i></p>\n<ul>\n<li><a href=\"/\">A</a> <span>1</span></li>\n</ul></body></html>";
        let small = String::from_utf8(minify(page.to_owned())).expect("UTF-8");
        assert!(small.len() < page.len());
        assert_eq!(crate::html::text(page), crate::html::text(&small));
        assert!(small.contains("</p>") && small.contains("<head>"), "{small}");
    }

    #[test]
    fn deep_pages_are_left_alone() {
        let page = format!("{}x{}", "<div>".repeat(20_000), "</div>".repeat(20_000));
        assert_eq!(minify(page.clone()), page.into_bytes());
    }
}
