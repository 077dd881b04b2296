//! The name of a file -> its media type.

/// Types by ending; texts are UTF-8, as the program and its authors write them.
const TYPES: [(&str, &str); 33] = [
    ("avif", "image/avif"),
    ("bib", "application/x-bibtex; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("gif", "image/gif"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("ics", "text/calendar; charset=utf-8"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("ris", "application/x-research-info-systems; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain; charset=utf-8"),
    ("vcf", "text/vcard; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("webm", "video/webm"),
    ("webmanifest", "application/manifest+json"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xml", "application/xml; charset=utf-8"),
    ("zip", "application/zip"),
];

/// The media type of a file; one that is not known is bytes to be saved.
pub(super) fn media_type(path: &str) -> &'static str {
    let name = crate::path::file_name(path);
    if name == "atom.xml" {
        return "application/atom+xml; charset=utf-8";
    }
    let Some((_, ending)) = name.rsplit_once('.') else { return "application/octet-stream" };
    let known = TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending));
    known.map_or("application/octet-stream", |(_, media)| media)
}

/// Whether a browser shows a file as a page.
pub(super) fn is_page(path: &str) -> bool {
    media_type(path).starts_with("text/html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_what_their_names_say() {
        assert!(is_page("about/index.html") && !is_page("html"));
        assert_eq!(media_type("files/Form.PDF"), "application/pdf");
        assert_eq!(media_type("cy/atom.xml"), "application/atom+xml; charset=utf-8");
        assert_eq!(media_type("CNAME"), "application/octet-stream");
        assert!(TYPES.is_sorted_by_key(|(ending, _)| *ending));
    }
}
