//! A page's Content-Security-Policy -> the same with leave for the preview's own script, style and stream.

/// What the preview needs of its own origin.
const NEEDED: [&str; 3] = ["script-src", "style-src", "connect-src"];
const OWN: &str = "'self'";

/// Adds the page's own origin to what may run, style and connect; everything else stays as strict as it is. Directives that
/// narrow one of these (`script-src-elem`) are widened too, since browsers heed the narrowest.
pub(super) fn with_preview(policy: &str) -> String {
    let directives: Vec<(String, Vec<&str>)> = policy
        .split(';')
        .filter_map(|directive| {
            let mut words = directive.split_ascii_whitespace();
            Some((words.next()?.to_ascii_lowercase(), words.collect()))
        })
        .collect();
    let default =
        directives.iter().find(|(name, _)| name == "default-src").map(|(_, sources)| sources.clone());
    let mut out: Vec<String> = Vec::new();
    let write = |name: &str, sources: &[&str]| format!("{name} {}", sources.join(" ")).trim_end().to_owned();
    for (name, sources) in &directives {
        let is_needed = NEEDED.contains(&name.trim_end_matches("-elem"));
        out.push(if is_needed { write(name, &widened(sources)) } else { write(name, sources) });
    }
    for name in NEEDED {
        // Without a directive of its own, and without a default, everything is allowed.
        if let (None, Some(default)) = (directives.iter().find(|(other, _)| other == name), &default) {
            out.push(write(name, &widened(default)));
        }
    }
    out.join("; ")
}

fn widened<'a>(sources: &[&'a str]) -> Vec<&'a str> {
    let mut sources: Vec<&str> =
        sources.iter().copied().filter(|source| !source.eq_ignore_ascii_case("'none'")).collect();
    if !sources.contains(&OWN) {
        sources.push(OWN);
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strict_policy_lets_the_preview_in_and_nobody_else() {
        assert_eq!(
            with_preview("default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'"),
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; script-src 'self'; connect-src 'self'"
        );
    }

    #[test]
    fn what_the_default_allows_stays_allowed() {
        assert_eq!(
            with_preview("Default-Src https://a.example; SCRIPT-SRC-ELEM 'none'"),
            "default-src https://a.example; script-src-elem 'self'; script-src https://a.example 'self'; style-src https://a.example 'self'; connect-src https://a.example 'self'"
        );
    }

    #[test]
    fn no_policy_forbids_nothing() {
        assert_eq!(with_preview(""), "");
        assert_eq!(
            with_preview("img-src 'self';; upgrade-insecure-requests"),
            "img-src 'self'; upgrade-insecure-requests"
        );
    }
}
