//! A WebP -> its header, then its rows.

use super::kind::Kind;
use super::refusal::Refusal;
use super::square::{Header, Reducer, orientation};
use image::codecs::webp::WebPDecoder;
use image::{ImageDecoder, RgbImage};
use std::io::Cursor;

const DAMAGED: Refusal = Refusal::Damaged(Kind::WebP);

/// A byte a channel, the decoder's own copy, and what it unpacks them from.
const BYTES_A_PIXEL: u64 = 9;

/// Reads the header.
pub(super) fn header(bytes: &[u8]) -> Result<Header, Refusal> {
    let length = bytes.get(4..8).and_then(|length| length.try_into().ok()).map(u32::from_le_bytes);
    if length.is_none_or(|length| u64::from(length) + 8 > bytes.len() as u64) {
        return Err(Refusal::CutShort);
    }
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|_| DAMAGED)?;
    if decoder.has_animation() {
        return Err(Refusal::Animated(Kind::WebP));
    }
    let (width, height) = decoder.dimensions();
    let exif = decoder.exif_metadata().ok().flatten();
    let memory = u64::from(width) * u64::from(height) * BYTES_A_PIXEL;
    Ok(Header { width, height, orientation: orientation(exif.as_deref()), memory, end: None })
}

/// Decodes a picture whose header was read.
pub(super) fn decode(bytes: &[u8], header: &Header) -> Result<(RgbImage, Option<Vec<u8>>), Refusal> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|_| DAMAGED)?;
    let profile = decoder.icc_profile().ok().flatten();
    let channels = usize::from(decoder.color_type().channel_count());
    let mut pixels = vec![0; header.width as usize * header.height as usize * channels];
    if decoder.total_bytes() != pixels.len() as u64 {
        return Err(DAMAGED);
    }
    decoder.read_image(&mut pixels).map_err(|_| DAMAGED)?;
    let mut reducer = Reducer::new(header);
    for (y, row) in pixels.chunks_exact(header.width as usize * channels).enumerate() {
        reducer.row(y, row, channels);
    }
    Ok((reducer.finish().ok_or(DAMAGED)?, profile))
}
