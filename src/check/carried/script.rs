//! A script, stylesheet or drawing that is published as it lies -> what in it remembers a reader, or asks another host.

/// What a script remembers a reader by.
const MEMORY: [&str; 8] = [
    "document.cookie",
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "cookieStore",
    "caches.open",
    "serviceWorker",
    "navigator.sendBeacon",
];

/// What a script uses that remembers.
pub(super) fn remembers<'t>(name: &str, text: &'t str) -> Vec<&'t str> {
    if !is(name, &["js", "mjs", "html", "htm", "svg"]) {
        return Vec::new();
    }
    let used = MEMORY.iter().filter_map(|word| text.find(word).map(|at| &text[at..at + word.len()]));
    used.collect()
}

/// Addresses of other hosts that a stylesheet or drawing would ask for by itself.
pub(super) fn asks<'t>(name: &str, text: &'t str) -> Vec<&'t str> {
    let mut asked = Vec::new();
    let mut look = |openings: &[&str]| {
        for opening in openings {
            for (at, _) in text.match_indices(opening) {
                let rest = text[at + opening.len()..].trim_start().trim_start_matches(['"', '\'', '(']);
                let end = rest.find(['"', '\'', ')', ';', ' ', '\n', '>']).unwrap_or(rest.len());
                let address = &rest[..end];
                if ["http:", "https:", "//"].iter().any(|start| address.starts_with(start)) {
                    asked.push(address);
                }
            }
        }
    };
    if is(name, &["css"]) {
        look(&["url(", "@import"]);
    } else if is(name, &["svg"]) {
        look(&["<image href=", "<image xlink:href=", "<use href=", "<use xlink:href=", "url(", "src="]);
    } else if is(name, &["js", "mjs"]) {
        look(&[
            "fetch(",
            "import(",
            "import ",
            "from ",
            "new WebSocket(",
            "new EventSource(",
            "importScripts(",
        ]);
    }
    asked
}

fn is(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::{asks, remembers};

    #[test]
    fn what_asks_and_what_remembers_is_found() {
        assert_eq!(
            remembers("a.js", "localStorage.x = 1; document.cookie"),
            ["document.cookie", "localStorage"]
        );
        assert!(remembers("a.txt", "localStorage").is_empty());
        assert_eq!(
            asks("a.css", "@import \"https://x.org/a.css\"; b { background: url(//y.org/b.png) }").len(),
            2
        );
        assert!(asks("a.css", "b { background: url(\"b.png\") }").is_empty());
        assert_eq!(asks("a.js", "fetch('https://x.org/')"), ["https://x.org/"]);
        assert!(asks("a.js", "fetch(link.href)").is_empty());
        assert_eq!(
            asks(
                "a.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"https://x.org/a.png\"/></svg>"
            ),
            ["https://x.org/a.png"]
        );
    }
}
