//! The logo that `site.yaml` names -> where it is served and how large it is, or a finding.

use super::Context;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::html::{Token, tokens};
use crate::path::Address;
use crate::photo;
use crate::source::FileId;

/// Everybody fetches it with the first page.
const MOST_BYTES: usize = 50_000;
/// It is shown less than half as high; on fine screens that many are needed.
const LEAST_HIGH: u32 = 64;
/// How many times as long as high, or as high as long.
const MOST_STRETCH: u32 = 12;

/// The logo of a site.
#[derive(Debug)]
pub struct Logo {
    /// Where it is served.
    pub address: Address,
    /// In pixels, or in the units of a drawing: what counts is the proportion.
    pub width: u32,
    /// The same.
    pub height: u32,
}

/// Looks at the file.
pub(super) fn logo(context: Context, copies: &[(Address, FileId)], found: &mut Diagnostics) -> Option<Logo> {
    let typed = &context.project.site.logo.as_ref()?.file;
    let name = typed.value.trim_start_matches('/');
    let path = format!("content/{name}");
    // A takedown does without a file that has findings.
    if context.sources.find(&path).is_some_and(|(id, _)| context.left_out.files.contains(&id)) {
        return None;
    }
    let mut refuse = |code, message: String, help: String| {
        found.push(Diagnostic::new(code, typed.span, message).help(help));
        None
    };
    let Some((address, id)) = copies.iter().find(|(_, id)| context.sources.file(*id).path == path) else {
        let all: Vec<&str> = copies
            .iter()
            .filter_map(|(_, id)| context.sources.file(*id).path.strip_prefix("content/"))
            .collect();
        return match (context.sources.find(&path), nearest(name, all)) {
            (Some(_), _) => refuse(
                Code::MissingImage,
                format!("{path} is not served, so it cannot be the logo"),
                format!("move it to content/files/, and write files/{}", crate::path::file_name(name)),
            ),
            (None, Some(near)) => refuse(
                Code::MissingImage,
                format!("there is no file {path}"),
                format!("did you mean `{near}`?"),
            ),
            (None, None) => refuse(
                Code::MissingImage,
                format!("there is no file {path}"),
                "put it into content/files/, and write its path within content/: files/logo.svg".to_owned(),
            ),
        };
    };
    let bytes = context.sources.bytes(*id).ok()?;
    let drawing = || std::str::from_utf8(&bytes).ok().and_then(drawing);
    let pixels = photo::dimensions(&bytes);
    let Some((width, height)) = pixels.or_else(drawing) else {
        return refuse(
            Code::Logo,
            format!("{name} is no picture that browsers show, or does not say how large it is"),
            "take an SVG with a viewBox, or a PNG, JPEG or WebP".to_owned(),
        );
    };
    if bytes.len() > MOST_BYTES {
        return refuse(
            Code::Logo,
            format!(
                "{name} has {} KB, and everybody fetches it with the first page",
                bytes.len().div_ceil(1000)
            ),
            format!(
                "make it smaller than {} KB: 200 pixels high are enough, and an SVG is often smaller still",
                MOST_BYTES / 1000
            ),
        );
    }
    if pixels.is_some() && height < LEAST_HIGH {
        return refuse(
            Code::Logo,
            format!("{name} is {height} pixels high, and would look blurred"),
            format!("take one of {LEAST_HIGH} pixels or more, 200 for example, or an SVG"),
        );
    }
    if width > height.saturating_mul(MOST_STRETCH) || height > width.saturating_mul(MOST_STRETCH) {
        return refuse(
            Code::Logo,
            format!("{name} is {width} by {height}: too long for the head of a page"),
            "cut it so that its longer side is no more than 12 times the other".to_owned(),
        );
    }
    Some(Logo { address: address.clone(), width, height })
}

/// How large a drawing (SVG) says it is.
fn drawing(text: &str) -> Option<(u32, u32)> {
    let attributes = tokens(text).find_map(|token| match token {
        Token::Open { name: "svg", attributes } => Some(attributes),
        _ => None,
    })?;
    let (mut width, mut height, mut shown) = (None, None, None);
    for attribute in attributes {
        let pixels = || attribute.value.trim().trim_end_matches("px").trim().parse::<f64>().ok();
        match &*attribute.name.to_ascii_lowercase() {
            "width" => width = pixels(),
            "height" => height = pixels(),
            "viewbox" => {
                let numbers: Vec<f64> = attribute
                    .value
                    .split([' ', ','])
                    .filter(|part| !part.is_empty())
                    .filter_map(|part| part.parse().ok())
                    .collect();
                shown = <[f64; 4]>::try_from(numbers).ok().map(|[_, _, width, height]| (width, height));
            }
            _ => {}
        }
    }
    let (width, height) = width.zip(height).or(shown)?;
    // Small drawings are told larger: only the proportion counts.
    let larger = if width.min(height) < 100.0 { 100.0 / width.min(height) } else { 1.0 };
    let whole = |length: f64| {
        let length = (length * larger).round();
        (1.0..=100_000.0).contains(&length).then_some(length as u32)
    };
    whole(width).zip(whole(height))
}

#[cfg(test)]
mod tests {
    use super::drawing;

    #[test]
    fn drawings_say_how_large_they_are() {
        for (svg, size) in [
            ("<svg width=\"200\" height=\"100\"/>", Some((200, 100))),
            ("<?xml version=\"1.0\"?><svg viewBox=\"0 0 300 150\" width=\"100%\">", Some((300, 150))),
            ("<svg viewBox='0,0,24,48'>", Some((100, 200))),
            ("<svg>", None),
            ("<svg viewBox=\"0 0 0 0\">", None),
            ("<svg viewBox=\"0 0 NaN inf\">", None),
            ("<html>", None),
        ] {
            assert_eq!(drawing(svg), size, "{svg}");
        }
    }
}
