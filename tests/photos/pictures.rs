//! Pictures made for tests, byte by byte where no encoder would make them: plain drawings of nobody.

#![allow(dead_code, unreachable_pub, reason = "the tests and the benchmark use a part of it each")]

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};

/// A ground that changes from corner to corner, with a disc where a face would be. `seed` makes others of the kind.
pub fn drawing(width: u32, height: u32, seed: u32) -> RgbImage {
    let (across, down) = (width as i64, height as i64);
    let radius = across.min(down) / 4;
    RgbImage::from_fn(width, height, |x, y| {
        let (dx, dy) = (i64::from(x) - across / 2, i64::from(y) - down * 2 / 5);
        if dx * dx + dy * dy < radius * radius {
            Rgb([208, 168, (120 + seed * 7 % 60) as u8])
        } else {
            Rgb([(x * 200 / width) as u8, (y * 200 / height) as u8, ((x ^ y ^ seed) & 31) as u8 + 90])
        }
    })
}

pub fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 92).encode_image(picture).expect("a JPEG");
    bytes
}

pub fn png(picture: &RgbImage) -> Vec<u8> {
    raw_png(picture.as_raw(), picture.dimensions(), ExtendedColorType::Rgb8)
}

pub fn raw_png(pixels: &[u8], (width, height): (u32, u32), colours: ExtendedColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(pixels, width, height, colours).expect("a PNG");
    bytes
}

pub fn webp(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height) = picture.dimensions();
    WebPEncoder::new_lossless(&mut bytes)
        .encode(picture.as_raw(), width, height, ExtendedColorType::Rgb8)
        .expect("a WebP");
    bytes
}

/// Puts segments after a JPEG's start.
pub fn with_segments(jpeg: &[u8], segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    for (marker, data) in segments {
        bytes.extend([0xFF, *marker]);
        bytes.extend((data.len() as u16 + 2).to_be_bytes());
        bytes.extend(data);
    }
    bytes.extend(&jpeg[2..]);
    bytes
}

/// A PNG's chunk.
pub fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut named = name.to_vec();
    named.extend(data);
    let mut chunk = (data.len() as u32).to_be_bytes().to_vec();
    chunk.extend(&named);
    chunk.extend(crc(&named).to_be_bytes());
    chunk
}

/// Puts chunks after a PNG's header.
pub fn with_chunks(png: &[u8], chunks: &[Vec<u8>]) -> Vec<u8> {
    const HEADER: usize = 8 + 25;
    [&png[..HEADER], &chunks.concat(), &png[HEADER..]].concat()
}

/// The data of a PNG's first chunk of this name.
pub fn chunk_of(png: &[u8], name: &[u8; 4]) -> Vec<u8> {
    let at = png.windows(4).position(|window| window == name).expect("such a chunk");
    let length = u32::from_be_bytes(png[at - 4..at].try_into().expect("four bytes")) as usize;
    png[at + 4..at + 4 + length].to_vec()
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    };
    !bytes.iter().fold(!0, step)
}

/// Bytes as zlib keeps what it does not compress.
pub fn zlib(data: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x78, 0x01];
    let mut blocks = data.chunks(0xFFFF).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        bytes.push(u8::from(blocks.peek().is_none()));
        bytes.extend([length.to_le_bytes(), (!length).to_le_bytes()].concat());
        bytes.extend(block);
    }
    if data.is_empty() {
        bytes.extend([1, 0, 0, 0xFF, 0xFF]);
    }
    let (a, b) = data.iter().fold((1u32, 0u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65521;
        (a, (b + a) % 65521)
    });
    bytes.extend((b << 16 | a).to_be_bytes());
    bytes
}

/// A PNG whose rows come in seven passes, each finer than the one before.
pub fn interlaced(picture: &RgbImage) -> Vec<u8> {
    const PASSES: [[u32; 4]; 7] =
        [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];
    let (width, height) = picture.dimensions();
    let mut rows = Vec::new();
    for [left, top, across, down] in PASSES {
        for y in (top..height).step_by(down as usize) {
            rows.push(0);
            for x in (left..width).step_by(across as usize) {
                rows.extend(picture.get_pixel(x, y).0);
            }
        }
    }
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 1]].concat();
    let chunks = [chunk(b"IHDR", &header), chunk(b"IDAT", &zlib(&rows)), chunk(b"IEND", b"")];
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunks.concat()].concat()
}

/// A lossless WebP with chunks round it.
pub fn with_webp_chunks(
    webp: &[u8],
    flags: u8,
    (width, height): (u32, u32),
    chunks: &[(&[u8; 4], Vec<u8>)],
) -> Vec<u8> {
    let mut extended = vec![flags, 0, 0, 0];
    extended.extend(&(width - 1).to_le_bytes()[..3]);
    extended.extend(&(height - 1).to_le_bytes()[..3]);
    let mut inner = b"WEBP".to_vec();
    let mut push = |name: &[u8], data: &[u8]| {
        inner.extend(name);
        inner.extend((data.len() as u32).to_le_bytes());
        inner.extend(data);
        inner.extend(std::iter::repeat_n(0, data.len() % 2));
    };
    push(b"VP8X", &extended);
    let length = u32::from_le_bytes(webp[16..20].try_into().expect("four bytes")) as usize;
    push(&webp[12..16], &webp[20..20 + length]);
    for (name, data) in chunks {
        push(*name, data);
    }
    [b"RIFF".as_slice(), &(inner.len() as u32).to_le_bytes(), &inner].concat()
}

/// An Exif block: orientation, a description, where it was taken, and a thumbnail.
pub fn exif(orientation: u16, words: &str, thumbnail: &[u8]) -> Vec<u8> {
    // Tag, type (2 text, 3 short, 4 long, 5 fraction), count, and bytes that stand elsewhere if there are over four.
    type Entry = (u16, u16, u32, Vec<u8>);
    fn directory(at: u32, entries: &[Entry], next: bool) -> Vec<u8> {
        let mut fixed = (entries.len() as u16).to_le_bytes().to_vec();
        let end = at + 2 + 12 * entries.len() as u32 + 4;
        let mut beyond = Vec::new();
        for (tag, kind, count, value) in entries {
            fixed.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
            fixed.extend(count.to_le_bytes());
            if value.len() <= 4 {
                let mut value = value.clone();
                value.resize(4, 0);
                fixed.extend(value);
            } else {
                fixed.extend((end + beyond.len() as u32).to_le_bytes());
                beyond.extend(value);
                beyond.extend(std::iter::repeat_n(0, value.len() % 2));
            }
        }
        let after = if next { end + beyond.len() as u32 } else { 0 };
        fixed.extend(after.to_le_bytes());
        [fixed, beyond].concat()
    }
    let text = |tag: u16, text: &str| (tag, 2, text.len() as u32 + 1, [text.as_bytes(), b"\0"].concat());
    let degrees =
        |whole: u32| [whole, 1, 30, 1, 0, 1].iter().flat_map(|part| part.to_le_bytes()).collect::<Vec<u8>>();
    let main = |gps: u32| {
        let entries = [
            text(0x010E, &format!("{words} description")),
            text(0x010F, &format!("{words} camera")),
            (0x0112, 3, 1, orientation.to_le_bytes().to_vec()),
            (0x8825, 4, 1, gps.to_le_bytes().to_vec()),
        ];
        directory(8, &entries, true)
    };
    let first = 8 + main(0).len() as u32;
    let shown = |at: u32, from: u32| {
        directory(
            at,
            &[
                (0x0103, 3, 1, 6u16.to_le_bytes().to_vec()),
                (0x0201, 4, 1, from.to_le_bytes().to_vec()),
                (0x0202, 4, 1, (thumbnail.len() as u32).to_le_bytes().to_vec()),
            ],
            false,
        )
    };
    let thumb = [shown(first, first + shown(first, 0).len() as u32), thumbnail.to_vec()].concat();
    let gps_at = first + thumb.len() as u32;
    let gps = directory(
        gps_at,
        &[
            text(0x0001, "N"),
            (0x0002, 5, 3, degrees(53)),
            text(0x0003, "W"),
            (0x0004, 5, 3, degrees(1)),
            text(0x001D, &format!("{words} date")),
        ],
        false,
    );
    [b"II*\0\x08\0\0\0".to_vec(), main(gps_at), thumb, gps].concat()
}

/// The four corners of a picture as it is stored when a camera was held so that it is to be shown with red at its top left,
/// green at its top right, blue at its bottom left and grey at its bottom right (Exif orientation 1 to 8).
pub fn turned(side: u32, orientation: u16) -> RgbImage {
    const SHOWN: [[u8; 3]; 4] = [[220, 30, 30], [30, 200, 30], [30, 30, 220], [128, 128, 128]];
    RgbImage::from_fn(side, side, |x, y| {
        let (right, low) = (x >= side / 2, y >= side / 2);
        // Where a stored pixel is shown, by the definition of each value.
        let (right, low) = match orientation {
            1 => (right, low),
            2 => (!right, low),
            3 => (!right, !low),
            4 => (right, !low),
            5 => (low, right),
            6 => (!low, right),
            7 => (!low, !right),
            8 => (low, !right),
            _ => unreachable!("eight orientations"),
        };
        Rgb(SHOWN[usize::from(right) + 2 * usize::from(low)])
    })
}
