//! The first bytes of a file -> what it is. Its name is not asked: names of photos lie.

/// Pictures that can become portraits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Jpeg,
    Png,
    WebP,
}

impl Kind {
    /// The name people know it by.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Jpeg => "JPEG",
            Kind::Png => "PNG",
            Kind::WebP => "WebP",
        }
    }

    /// Endings of names that say so, the usual one first.
    pub(super) fn endings(self) -> &'static [&'static str] {
        match self {
            Kind::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Kind::Png => &["png"],
            Kind::WebP => &["webp"],
        }
    }
}

/// What else may lie among photos.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Other {
    Svg,
    Heic,
    Avif,
    Gif,
    Tiff,
    Bmp,
    JpegXl,
    Video,
    Pdf,
    WebPage,
    Archive,
    Pointer,
    Unknown,
}

/// How many bytes are enough to tell.
pub(super) const ENOUGH: usize = 4096;

/// Tells what a file is by its first bytes ([`ENOUGH`] of them, or all).
pub(super) fn kind(start: &[u8]) -> Result<Kind, Other> {
    let brand = start.get(4..8).filter(|name| *name == b"ftyp").and_then(|_| start.get(8..12));
    match start {
        [0xFF, 0xD8, 0xFF, ..] => return Ok(Kind::Jpeg),
        _ if start.starts_with(b"\x89PNG\r\n\x1a\n") => return Ok(Kind::Png),
        _ if start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP".as_slice()) => {
            return Ok(Kind::WebP);
        }
        _ => {}
    }
    let known: [(&[u8], Other); 11] = [
        (b"GIF87a", Other::Gif),
        (b"GIF89a", Other::Gif),
        (b"II*\0", Other::Tiff),
        (b"MM\0*", Other::Tiff),
        (b"BM", Other::Bmp),
        (b"\xFF\x0A", Other::JpegXl),
        (b"\0\0\0\x0CJXL ", Other::JpegXl),
        (b"\x1A\x45\xDF\xA3", Other::Video),
        (b"%PDF", Other::Pdf),
        (b"PK\x03\x04", Other::Archive),
        (b"version https://git-lfs", Other::Pointer),
    ];
    Err(match brand {
        Some(b"avif" | b"avis") => Other::Avif,
        Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => Other::Heic,
        Some(_) => Other::Video,
        None => known
            .iter()
            .find(|(first, _)| start.starts_with(first))
            .map_or_else(|| text(start), |known| known.1),
    })
}

/// A drawing or a page, which begin with text of any kind.
fn text(start: &[u8]) -> Other {
    let text = String::from_utf8_lossy(start).to_lowercase();
    let first = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    if !first.starts_with('<') {
        Other::Unknown
    } else if first.starts_with("<!doctype html") || first.starts_with("<html") {
        Other::WebPage
    } else if text.contains("<svg") {
        Other::Svg
    } else {
        Other::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_what_a_file_is() {
        assert_eq!(kind(b"\xFF\xD8\xFF\xE0"), Ok(Kind::Jpeg));
        assert_eq!(kind(b"RIFF\x10\0\0\0WEBPVP8 "), Ok(Kind::WebP));
        assert_eq!(kind(b"\0\0\0\x18ftypheic"), Err(Other::Heic));
        assert_eq!(kind(b"\0\0\0\x18ftypisom"), Err(Other::Video));
        assert_eq!(kind(b"\xEF\xBB\xBF<?xml version='1.0'?><!-- x -->\n<SVG>"), Err(Other::Svg));
        assert_eq!(kind(b"<!DOCTYPE html><svg>"), Err(Other::WebPage));
        assert_eq!(kind(b"hello"), Err(Other::Unknown));
        assert_eq!(kind(b""), Err(Other::Unknown));
    }
}
