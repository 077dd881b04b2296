//! Rows of pixels -> a square in the middle of them, upright, at two sizes.
//!
//! Rows are averaged in blocks as they come, so that a picture need never be held whole for it.

use super::SIZES;
use super::refusal::Refusal;
use super::{LEAST, MEMORY, MOST_PIXELS, MOST_SIDE, MOST_STRETCH};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageResult, RgbImage};

/// Blocks are as large as leaves at least so many of them a side: a good filter does the rest.
const ENOUGH: u32 = 2 * SIZES[1];

/// How much of JPEG's quality; faces at this size look the same above it.
const QUALITY: u8 = 82;

/// What a picture says of itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Header {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) orientation: Orientation,
    /// What decoding it takes beside the file.
    pub(super) memory: u64,
    /// Where its data ends, if it is told in one go: what follows is no part of it.
    pub(super) end: Option<usize>,
}

impl Header {
    /// Refuses what is no portrait by its size alone.
    pub(super) fn judge(&self) -> Result<(), Refusal> {
        let (width, height) = (self.width, self.height);
        let (short, long) = (width.min(height), width.max(height));
        if long > MOST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(Refusal::Large(width, height));
        }
        if short < LEAST {
            return Err(Refusal::Small(width, height));
        }
        if long > short * MOST_STRETCH {
            return Err(Refusal::Long(width, height));
        }
        Ok(())
    }

    /// Refuses what takes more memory to decode, with a file of this length, than there is for photos.
    pub(super) fn fits(&self, length: u64) -> Result<(), Refusal> {
        let fits = self.memory + length <= MEMORY;
        if fits { Ok(()) } else { Err(Refusal::Dense(self.width, self.height)) }
    }
}

/// The orientation that an Exif block asks for; upright where it says nothing that can be read.
pub(super) fn orientation(exif: Option<&[u8]>) -> Orientation {
    let exif = exif.map(|exif| exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
    exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}

/// Averages blocks of the square that will be shown.
pub(super) struct Reducer {
    left: usize,
    top: usize,
    /// Pixels of a block's side, and blocks of the square's.
    block: usize,
    size: usize,
    /// One row of blocks.
    sums: Vec<[u32; 3]>,
    pixels: Vec<u8>,
}

impl Reducer {
    pub(super) fn new(header: &Header) -> Reducer {
        let side = header.width.min(header.height);
        let block = (side / ENOUGH).max(1);
        let size = side / block;
        let (left, top) = corner(header, size * block);
        let size = size as usize;
        Reducer {
            left: left as usize,
            top: top as usize,
            block: block as usize,
            size,
            sums: vec![[0; 3]; size],
            pixels: Vec::with_capacity(size * size * 3),
        }
    }

    /// Takes row `y` of a picture with 1 to 4 channels: grey, grey and alpha, RGB, RGB and alpha. Rows come in order.
    pub(super) fn row(&mut self, y: usize, row: &[u8], channels: usize) {
        if y < self.top || y >= self.top + self.size * self.block {
            return;
        }
        match channels {
            1 => self.add::<1>(row, |[grey]| [*grey; 3]),
            2 => self.add::<2>(row, |[grey, alpha]| [on_white(*grey, *alpha); 3]),
            3 => self.add::<3>(row, |rgb| *rgb),
            _ => self.add::<4>(row, |[r, g, b, alpha]| [r, g, b].map(|c| on_white(*c, *alpha))),
        }
        if (y - self.top + 1).is_multiple_of(self.block) {
            let area = (self.block * self.block) as u32;
            for sum in &mut self.sums {
                self.pixels.extend(sum.map(|channel| ((channel + area / 2) / area) as u8));
                *sum = [0; 3];
            }
        }
    }

    fn add<const N: usize>(&mut self, row: &[u8], rgb: impl Fn(&[u8; N]) -> [u8; 3]) {
        let (pixels, _) = row.as_chunks::<N>();
        let pixels = pixels.get(self.left..).unwrap_or_default();
        for (sum, block) in self.sums.iter_mut().zip(pixels.chunks_exact(self.block)) {
            for pixel in block {
                let [r, g, b] = rgb(pixel);
                sum[0] += u32::from(r);
                sum[1] += u32::from(g);
                sum[2] += u32::from(b);
            }
        }
    }

    /// The square, once all rows have come; `None` if some did not.
    pub(super) fn finish(self) -> Option<RgbImage> {
        RgbImage::from_raw(self.size as u32, self.size as u32, self.pixels)
    }
}

/// A transparent pixel as it looks on white paper.
fn on_white(channel: u8, alpha: u8) -> u8 {
    let (channel, alpha) = (u32::from(channel), u32::from(alpha));
    ((channel * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}

/// Where the square begins in the picture as it is stored.
///
/// As it is shown, it is in the middle of a broad picture; of a high one a third of what is cut goes at the top, because
/// faces are above the middle.
fn corner(header: &Header, side: u32) -> (u32, u32) {
    let (width, height) = (header.width, header.height);
    let turned = matches!(
        header.orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let (shown_width, shown_height) = if turned { (height, width) } else { (width, height) };
    let (x, y) = ((shown_width - side) / 2, (shown_height - side) / 3);
    match header.orientation {
        Orientation::NoTransforms => (x, y),
        Orientation::FlipHorizontal => (width - side - x, y),
        Orientation::Rotate180 => (width - side - x, height - side - y),
        Orientation::FlipVertical => (x, height - side - y),
        Orientation::Rotate90FlipH => (y, x),
        Orientation::Rotate90 => (y, height - side - x),
        Orientation::Rotate270FlipH => (width - side - y, height - side - x),
        Orientation::Rotate270 => (width - side - y, x),
    }
}

/// The square upright, as baseline JPEG in both sizes, with nothing but the picture in it.
pub(super) fn encode(square: RgbImage, orientation: Orientation) -> ImageResult<[Vec<u8>; 2]> {
    let mut square = DynamicImage::ImageRgb8(square);
    square.apply_orientation(orientation);
    let [small, large] = SIZES.map(|size| {
        // Its weights are fractions that every processor works out alike.
        let scaled = square.resize_exact(size, size, FilterType::CatmullRom).into_rgb8();
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        encoder.encode(&scaled, size, size, ExtendedColorType::Rgb8).map(|()| bytes)
    });
    Ok([small?, large?])
}

/// What the squares of each size begin with, whatever they show: everything before the first pixel.
pub(super) fn beginnings() -> Vec<Vec<u8>> {
    let squares = encode(RgbImage::new(1, 1), Orientation::NoTransforms).into_iter().flatten();
    let beginning = |mut square: Vec<u8>| {
        let scan = square.windows(2).position(|marker| marker == [0xFF, 0xDA])?;
        let length = square.get(scan + 2..scan + 4)?;
        square.truncate(scan + 2 + usize::from(u16::from_be_bytes([length[0], length[1]])));
        Some(square)
    };
    squares.filter_map(beginning).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_high_picture_is_cut_more_at_its_foot() {
        let header = |orientation| Header { width: 300, height: 600, orientation, memory: 0, end: None };
        assert_eq!(corner(&header(Orientation::NoTransforms), 300), (0, 100));
        assert_eq!(corner(&header(Orientation::Rotate180), 300), (0, 200));
        assert_eq!(corner(&header(Orientation::Rotate90), 300), (0, 150));
    }

    #[test]
    fn blocks_are_averaged_on_white() {
        let header = Header {
            width: 1280,
            height: 1300,
            orientation: Orientation::NoTransforms,
            memory: 0,
            end: None,
        };
        let mut reducer = Reducer::new(&header);
        for y in 0..1300 {
            // Columns of black and of nothing: half grey.
            let row: Vec<u8> = (0..1280).flat_map(|x| [0, 0, 0, if x % 2 == 0 { 255 } else { 0 }]).collect();
            reducer.row(y, &row, 4);
        }
        let square = reducer.finish().expect("every row came");
        assert_eq!((square.width(), square.height()), (640, 640));
        assert!(square.pixels().all(|pixel| pixel.0 == [128; 3]));
    }
}
