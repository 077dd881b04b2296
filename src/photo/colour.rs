//! A picture's own colours -> sRGB, which is what a picture without a profile is taken for.

use image::RgbImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Converts by the picture's colour profile. One that cannot be read, or is of grey or ink, changes nothing: the decoder
/// has made RGB of those already.
pub(super) fn to_srgb(square: RgbImage, profile: Option<&[u8]>) -> RgbImage {
    let converted = profile.and_then(|profile| convert(&square, profile));
    converted.unwrap_or(square)
}

fn convert(square: &RgbImage, profile: &[u8]) -> Option<RgbImage> {
    let from = ColorProfile::new_from_slice(profile).ok()?;
    if from.color_space != DataColorSpace::Rgb {
        return None;
    }
    let to = ColorProfile::new_srgb();
    let transform =
        from.create_transform_8bit(Layout::Rgb, &to, Layout::Rgb, TransformOptions::default()).ok()?;
    let mut pixels = vec![0; square.as_raw().len()];
    transform.transform(square.as_raw(), &mut pixels).ok()?;
    RgbImage::from_raw(square.width(), square.height(), pixels)
}
