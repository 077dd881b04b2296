//! A picture's bytes -> what they carry besides the picture. Colour profiles and what a decoder needs are passed over.

/// What a camera or telephone writes of where a picture was taken.
pub(super) const PLACE: &str = "a place";

/// What a picture carries, in words; nothing of what is no JPEG, PNG, WebP or GIF.
pub(super) fn metadata(bytes: &[u8]) -> Vec<&'static str> {
    let mut carried = match bytes {
        [0xFF, 0xD8, 0xFF, ..] => jpeg(bytes),
        _ if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => png(bytes),
        _ if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP".as_slice()) => webp(bytes),
        _ if bytes.starts_with(b"GIF8") => gif(bytes),
        _ => Vec::new(),
    };
    carried.sort_unstable();
    carried.dedup();
    carried
}

/// EXIF data, and the place if it has one.
fn exif(data: &[u8]) -> Vec<&'static str> {
    let mut carried = vec!["EXIF"];
    let data = data.strip_prefix(b"Exif\0\0").unwrap_or(data);
    if has_place(data).unwrap_or(false) {
        carried.push(PLACE);
    }
    carried
}

/// Whether the first directory of a TIFF header has a pointer to GPS data (tag 0x8825).
fn has_place(data: &[u8]) -> Option<bool> {
    let is_little = data.starts_with(b"II");
    let two = |at: usize| {
        let bytes: [u8; 2] = data.get(at..at + 2)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let four: [u8; 4] = data.get(4..8)?.try_into().ok()?;
    let start = if is_little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) };
    let start = usize::try_from(start).ok()?;
    let count = usize::from(two(start)?);
    Some((0..count).any(|entry| two(start.saturating_add(2 + entry * 12)) == Some(0x8825)))
}

fn jpeg(bytes: &[u8]) -> Vec<&'static str> {
    let mut carried = Vec::new();
    let mut rest = &bytes[2..];
    while let [0xFF, marker, after @ ..] = rest {
        match marker {
            0xFF => {
                rest = &rest[1..];
                continue;
            }
            // The picture itself, or its end.
            0xDA | 0xD9 => break,
            0x01 | 0xD0..=0xD8 => {
                rest = after;
                continue;
            }
            _ => {}
        }
        let Some(length) = after.first_chunk::<2>().map(|length| usize::from(u16::from_be_bytes(*length)))
        else {
            break;
        };
        let Some(data) = after.get(2..length.max(2)) else { break };
        match marker {
            0xE1 if data.starts_with(b"Exif\0") => carried.extend(exif(data)),
            0xE1 => carried.push("XMP"),
            0xED => carried.push("IPTC"),
            0xFE if !data.is_empty() => carried.push("a comment"),
            _ => {}
        }
        rest = &after[length.max(2)..];
    }
    carried
}

fn png(bytes: &[u8]) -> Vec<&'static str> {
    let mut carried = Vec::new();
    let mut rest = &bytes[8..];
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let Some((name, after)) = after.split_first_chunk::<4>() else { break };
        let Some(data) = after.get(..length) else { break };
        match name {
            b"eXIf" => carried.extend(exif(data)),
            b"iTXt" if data.starts_with(b"XML:com.adobe.xmp") => carried.push("XMP"),
            b"tEXt" | b"zTXt" | b"iTXt" => carried.push("a text"),
            b"tIME" => carried.push("a time"),
            _ => {}
        }
        let Some(next) = after.get(length.saturating_add(4)..) else { break };
        rest = next;
    }
    carried
}

fn webp(bytes: &[u8]) -> Vec<&'static str> {
    let mut carried = Vec::new();
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let Some((name, after)) = rest.split_first_chunk::<4>() {
        let Some((length, after)) = after.split_first_chunk::<4>() else { break };
        let length = u32::from_le_bytes(*length) as usize;
        let Some(data) = after.get(..length) else { break };
        match name {
            b"EXIF" => carried.extend(exif(data)),
            b"XMP " => carried.push("XMP"),
            _ => {}
        }
        let Some(next) = after.get(length.saturating_add(length % 2)..) else { break };
        rest = next;
    }
    carried
}

/// Comments and XMP stand in extensions: `21 FE …`, `21 FF 0B XMP DataXMP …`.
fn gif(bytes: &[u8]) -> Vec<&'static str> {
    let has = |pattern: &[u8]| bytes.windows(pattern.len()).any(|window| window == pattern);
    if has(b"\x21\xFF\x0BXMP DataXMP") { vec!["XMP"] } else { Vec::new() }
}
