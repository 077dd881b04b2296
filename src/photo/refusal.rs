//! Why a file cannot become a portrait -> a finding with its own remedy.

use super::kind::{Kind, Other};
use super::{LEAST, MOST_BYTES, MOST_PIXELS, MOST_SIDE};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use std::io;

/// Why a file cannot become a portrait.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Refusal {
    /// No byte in it.
    Empty,
    /// No file: a pipe or a device.
    NoFile,
    /// A symbolic link.
    Link,
    /// The system does not give it out.
    Unread(io::ErrorKind),
    /// Another format.
    Format(Other),
    /// A film of several pictures.
    Animated(Kind),
    /// Its end is missing.
    CutShort,
    /// It cannot be decoded.
    Damaged(Kind),
    /// A JPEG as only medicine, archives and experiments have it.
    RareJpeg,
    /// More than [`MOST_BYTES`].
    Heavy(u64),
    /// Its shorter side is below [`LEAST`].
    Small(u32, u32),
    /// Longer than [`MOST_SIDE`], or more than [`MOST_PIXELS`].
    Large(u32, u32),
    /// More than four times as long as broad.
    Long(u32, u32),
    /// It would take more memory to decode than there is for photos.
    Dense(u32, u32),
    /// Another program wrote it while it was read.
    Changed,
}

impl Refusal {
    /// The finding at the line that names the file.
    pub(super) fn diagnostic(self, name: &str, span: Span) -> Diagnostic {
        let (code, message, help) = self.words();
        Diagnostic::new(code, span, format!("{name} {message}")).help(help)
    }

    /// The same of a photo that is not shown today.
    pub(super) fn warning(self, name: &str, span: Span, why: &str) -> Diagnostic {
        let (_, message, help) = self.words();
        Diagnostic::new(Code::PhotoUnready, span, format!("{name} {message}"))
            .note(format!(
                "it is not shown today ({why}); on the day that it is to be shown, this will stop the build"
            ))
            .help(help)
    }

    fn words(self) -> (Code, String, String) {
        let smaller = "open it in any picture program and save it as a JPEG of about 1000 by 1000 pixels";
        let own = |code: Code, message: &str, help: &str| (code, message.to_owned(), help.to_owned());
        match self {
            Refusal::Format(other) => {
                let (what, help) = format(other);
                (Code::PhotoFormat, format!("is {what}"), help.to_owned())
            }
            Refusal::Animated(kind) => (
                Code::PhotoFormat,
                format!("is an animated {}, and portraits do not move", kind.name()),
                "save one picture of it as a JPEG".to_owned(),
            ),
            Refusal::RareJpeg => {
                own(Code::PhotoFormat, "is a rare kind of JPEG that cannot be read here", smaller)
            }
            Refusal::Empty => own(Code::PhotoDamaged, "is empty", "copy the photo again"),
            Refusal::NoFile => {
                own(Code::PhotoDamaged, "is no ordinary file", "put the photo itself in its place")
            }
            Refusal::Link => own(
                Code::PhotoDamaged,
                "is a symbolic link and is not read",
                "put the photo itself in its place",
            ),
            Refusal::Unread(why) => (
                Code::PhotoDamaged,
                format!("cannot be read: {why}"),
                "see that whoever builds the site may read the file, or copy the photo again".to_owned(),
            ),
            Refusal::CutShort => own(
                Code::PhotoDamaged,
                "is cut short: its end is missing",
                "copy or download it again, or ask her to send it again",
            ),
            Refusal::Damaged(kind) => (
                Code::PhotoDamaged,
                format!("is damaged: it begins as a {} and cannot be read as one", kind.name()),
                "open it in any picture program, look at it, and save it again as a JPEG; or ask for it again"
                    .to_owned(),
            ),
            Refusal::Changed => {
                own(Code::PhotoDamaged, "was written to while it was read", "build again")
            }
            Refusal::Heavy(bytes) => (
                Code::PhotoSize,
                format!("has {} MiB; photos may have {}", bytes.div_ceil(1 << 20), MOST_BYTES >> 20),
                smaller.to_owned(),
            ),
            Refusal::Small(width, height) => (
                Code::PhotoSize,
                format!("has {width} by {height} pixels, too few for a portrait"),
                format!("ask for the photo as it was taken: at least {LEAST} pixels on its shorter side, better 1000"),
            ),
            Refusal::Large(width, height) => (
                Code::PhotoSize,
                format!(
                    "says that it has {width} by {height} pixels; photos may have {} million, and {MOST_SIDE} on a side",
                    MOST_PIXELS / 1_000_000
                ),
                smaller.to_owned(),
            ),
            Refusal::Long(width, height) => (
                Code::PhotoSize,
                format!("has {width} by {height} pixels: a square of it would show little of her"),
                "cut it to her face and shoulders, about as broad as high".to_owned(),
            ),
            Refusal::Dense(width, height) => (
                Code::PhotoSize,
                format!("has {width} by {height} pixels in a form that takes too much memory to open"),
                smaller.to_owned(),
            ),
        }
    }
}

/// What it is instead, and the way out.
fn format(other: Other) -> (&'static str, &'static str) {
    let save = "open it in any picture program and save it as a JPEG";
    match other {
        Other::Svg => ("a drawing (SVG), not a photo", "use a photo; a drawing can be exported as a PNG"),
        Other::Heic => (
            "a photo as iPhones save it (HEIC), which most browsers do not show",
            "save it as a JPEG: on a Mac open it in Preview and choose Export, on Windows open it in Photos and choose Save as; \
             or set the phone to Settings, Camera, Formats, Most Compatible",
        ),
        Other::Avif => ("an AVIF picture, which cannot be read here", save),
        Other::Gif => ("a GIF, which is for drawings and films", "use the photo it was made from, as a JPEG"),
        Other::Tiff => ("a TIFF, or a camera's raw picture, which browsers do not show", save),
        Other::Bmp => ("a Windows bitmap (BMP), which cannot be read here", save),
        Other::JpegXl => ("a JPEG XL picture, which most browsers do not show", save),
        Other::Video => ("a film, not a photo", "use a photo; of a Live Photo, the still picture"),
        Other::Pdf => ("a PDF, not a photo", "export the picture in it as a JPEG"),
        Other::WebPage => (
            "a web page, not a photo",
            "the address was saved instead of the picture: open it in a browser and save the picture itself",
        ),
        Other::Archive => {
            ("a document or an archive, not a photo", "take the picture out of it and save it as a JPEG")
        }
        Other::Pointer => {
            ("the stand-in that git leaves for a large file, not the photo", "run: git lfs pull")
        }
        Other::Unknown => ("no picture that can be read here", "use a JPEG, PNG or WebP"),
    }
}
