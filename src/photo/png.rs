//! A PNG -> its header, by a walk over its chunks; then its rows, one at a time.

use super::kind::Kind;
use super::refusal::Refusal;
use super::square::{Header, Reducer, orientation};
use ::png::{Decoder, DecodingError, Limits, Transformations};
use image::RgbImage;
use std::io::Cursor;

const DAMAGED: Refusal = Refusal::Damaged(Kind::Png);

/// What the decoder may hold beside a picture: rows, and a colour profile that is compressed.
const MOST_BESIDE: usize = 8 << 20;

/// Reads the header, and goes on to the end.
pub(super) fn header(bytes: &[u8]) -> Result<Header, Refusal> {
    let mut exif = None;
    let mut size = None;
    let mut has_data = false;
    let mut rest = bytes.get(8..).unwrap_or_default();
    loop {
        let ([length, name], after) = start(rest).ok_or(Refusal::CutShort)?;
        let length = u32::from_be_bytes(length) as usize;
        let data = after.get(..length).ok_or(Refusal::CutShort)?;
        // The checksum too.
        rest = after.get(length + 4..).ok_or(Refusal::CutShort)?;
        match &name {
            b"IHDR" => size = Some(read_size(data).ok_or(DAMAGED)?),
            _ if size.is_none() => return Err(DAMAGED),
            b"IDAT" => has_data = true,
            b"acTL" => return Err(Refusal::Animated(Kind::Png)),
            b"eXIf" => exif = Some(data),
            b"IEND" => break,
            _ => {}
        }
    }
    let (Some((width, height, interlaced)), true) = (size, has_data) else { return Err(DAMAGED) };
    let memory = if interlaced { u64::from(width) * u64::from(height) * 4 } else { u64::from(width) * 16 };
    Ok(Header {
        width,
        height,
        orientation: orientation(exif),
        memory: memory + MOST_BESIDE as u64,
        end: None,
    })
}

/// A chunk's length and name.
fn start(bytes: &[u8]) -> Option<([[u8; 4]; 2], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (name, rest) = rest.split_first_chunk::<4>()?;
    Some(([*length, *name], rest))
}

fn read_size(data: &[u8]) -> Option<(u32, u32, bool)> {
    let ([width, height], rest) = start(data)?;
    let (width, height) = (u32::from_be_bytes(width), u32::from_be_bytes(height));
    (width > 0 && height > 0).then_some((width, height, *rest.get(4)? != 0))
}

/// Decodes a picture whose header was read. What it inflates to beyond its rows is never asked for.
pub(super) fn decode(bytes: &[u8], header: &Header) -> Result<(RgbImage, Option<Vec<u8>>), Refusal> {
    rows(bytes, header).map_err(|_| DAMAGED)?.ok_or(DAMAGED)
}

type Decoded = Option<(RgbImage, Option<Vec<u8>>)>;

fn rows(bytes: &[u8], header: &Header) -> Result<Decoded, DecodingError> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MOST_BESIDE });
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info()?;
    let info = reader.info();
    if (info.width, info.height) != (header.width, header.height) {
        return Ok(None);
    }
    let (interlaced, profile) = (info.interlaced, info.icc_profile.as_ref().map(|profile| profile.to_vec()));
    let channels = reader.output_color_type().0.samples();
    let length = header.width as usize * channels;
    let mut reducer = Reducer::new(header);
    if interlaced {
        // Its rows come in seven passes: it has to be held whole.
        let mut pixels = vec![0; length * header.height as usize];
        reader.next_frame(&mut pixels)?;
        for (y, row) in pixels.chunks_exact(length).enumerate() {
            reducer.row(y, row, channels);
        }
    } else {
        let mut row = vec![0; length];
        for y in 0..header.height as usize {
            if reader.read_row(&mut row)?.is_none() {
                return Ok(None);
            }
            reducer.row(y, &row, channels);
        }
    }
    Ok(reducer.finish().map(|square| (square, profile)))
}
