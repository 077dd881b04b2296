//! A JPEG -> its header, by a walk over its segments; then its rows.

use super::BEYOND;
use super::kind::Kind;
use super::refusal::Refusal;
use super::square::{Header, Reducer, orientation};
use image::RgbImage;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

const DAMAGED: Refusal = Refusal::Damaged(Kind::Jpeg);

/// The frame's segment: sizes, and how its components are sampled.
struct Frame {
    width: u32,
    height: u32,
    progressive: bool,
    /// Horizontal and vertical factor of each component.
    sampling: Vec<(u64, u64)>,
}

/// Reads the header, and goes on to the end: one that is missing is refused, not shown grey.
pub(super) fn header(bytes: &[u8]) -> Result<Header, Refusal> {
    let mut frame = None;
    let mut exif = None;
    // How many components the first scan has.
    let mut scanned = None;
    let mut at = 2;
    let end = loop {
        at += bytes
            .get(at..)
            .and_then(|rest| rest.iter().position(|byte| *byte == 0xFF))
            .ok_or(Refusal::CutShort)?;
        while bytes.get(at) == Some(&0xFF) {
            at += 1;
        }
        let marker = *bytes.get(at).ok_or(Refusal::CutShort)?;
        at += 1;
        match marker {
            // Stuffed zeroes and restarts within a scan; a second start.
            0x00 | 0x01 | 0xD0..=0xD8 => continue,
            0xD9 => break at - 2,
            _ => {}
        }
        let length = bytes.get(at..at + 2).ok_or(Refusal::CutShort)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        if length < 2 {
            return Err(DAMAGED);
        }
        let segment = bytes.get(at + 2..at + length).ok_or(Refusal::CutShort)?;
        match marker {
            0xC0..=0xC2 if frame.is_none() => frame = Some(read_frame(marker == 0xC2, segment)?),
            0xC4 | 0xC8 | 0xCC => {}
            0xC3..=0xCF if frame.is_none() => return Err(Refusal::RareJpeg),
            0xDA => scanned = scanned.or(segment.first().map(|count| usize::from(*count))),
            0xE1 if exif.is_none() => exif = segment.strip_prefix(b"Exif\0\0"),
            _ => {}
        }
        at += length;
    };
    let (Some(frame), Some(scanned)) = (frame, scanned) else { return Err(DAMAGED) };
    // The decoder takes one component for another where a plain JPEG tells them one after the other.
    if !frame.progressive && scanned < frame.sampling.len() {
        return Err(Refusal::RareJpeg);
    }
    let (memory, end) = (frame.memory(), (!frame.progressive).then_some(end));
    let Frame { width, height, .. } = frame;
    Ok(Header { width, height, orientation: orientation(exif), memory, end })
}

fn read_frame(progressive: bool, segment: &[u8]) -> Result<Frame, Refusal> {
    let [depth, h1, h0, w1, w0, count, components @ ..] = segment else { return Err(DAMAGED) };
    let (components, _) = components.as_chunks::<3>();
    let sampling: Vec<(u64, u64)> = components
        .iter()
        .take(usize::from(*count))
        .map(|[_, factors, _]| (u64::from(factors >> 4), u64::from(factors & 15)))
        .collect();
    if *depth != 8 {
        return Err(Refusal::RareJpeg);
    }
    let (width, height) = (u16::from_be_bytes([*w1, *w0]), u16::from_be_bytes([*h1, *h0]));
    let sound = sampling.iter().all(|(h, v)| (1..=4).contains(h) && (1..=4).contains(v));
    if width == 0 || height == 0 || sampling.is_empty() || !sound {
        return Err(DAMAGED);
    }
    Ok(Frame { width: width.into(), height: height.into(), progressive, sampling })
}

impl Frame {
    /// The decoded picture, and where it comes finer and finer, two bytes for each sample of each component.
    fn memory(&self) -> u64 {
        let (width, height) = (u64::from(self.width), u64::from(self.height));
        let most = |side: fn(&(u64, u64)) -> u64| self.sampling.iter().map(side).max().unwrap_or(1);
        let (h, v) = (most(|factors| factors.0), most(|factors| factors.1));
        let blocks = width.div_ceil(8 * h) * height.div_ceil(8 * v);
        let samples: u64 = self.sampling.iter().map(|(h, v)| blocks * h * v * 64).sum();
        let shown = if self.sampling.len() == 1 { 1 } else { 3 };
        width * height * shown + if self.progressive { 2 * samples } else { 0 }
    }
}

/// Decodes a picture whose header was read.
pub(super) fn decode(mut bytes: Vec<u8>, header: &Header) -> Result<(RgbImage, Option<Vec<u8>>), Refusal> {
    // A decoder that comes to the end mark too early goes on as if there were zeros, without a word; where the bytes
    // themselves end it gives up, if it is told to be strict. It looks some bytes ahead.
    if let Some(end) = header.end {
        bytes.truncate(end);
        bytes.extend([0; BEYOND]);
    }
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(header.width as usize)
        .set_max_height(header.height as usize);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&bytes[..]), options);
    decoder.decode_headers().map_err(|_| DAMAGED)?;
    let (colours, channels) = match decoder.input_colorspace() {
        Some(ColorSpace::Luma) => (ColorSpace::Luma, 1),
        _ => (ColorSpace::RGB, 3),
    };
    let options = decoder.options().jpeg_set_out_colorspace(colours);
    decoder.set_options(options);
    let length = header.width as usize * header.height as usize * channels;
    if decoder.output_buffer_size() != Some(length) {
        return Err(DAMAGED);
    }
    let profile = decoder.icc_profile();
    let mut pixels = vec![0; length];
    decoder.decode_into(&mut pixels).map_err(|_| DAMAGED)?;
    let mut reducer = Reducer::new(header);
    for (y, row) in pixels.chunks_exact(header.width as usize * channels).enumerate() {
        reducer.row(y, row, channels);
    }
    Ok((reducer.finish().ok_or(DAMAGED)?, profile))
}
