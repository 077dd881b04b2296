//! A colour as it is written -> how well it stands out from another.
//!
//! Contrast as WCAG 2.2 defines it: of the relative luminances of two sRGB colours.

/// A colour without transparency, in sRGB.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rgb([u8; 3]);

impl Rgb {
    /// Red, green and blue.
    pub const fn new(channels: [u8; 3]) -> Rgb {
        Rgb(channels)
    }

    /// `#rrggbb`, as `site.yaml` has it.
    pub fn read(text: &str) -> Option<Rgb> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Rgb([part(0)?, part(2)?, part(4)?]))
    }

    /// As stylesheets have it: `#rrggbb`, `#rgb`, `black`, `white`, `rgb(1, 2, 3)`. `None` for what is transparent, a
    /// colour of the system, or otherwise not to be told from the text alone.
    pub fn of_css(text: &str) -> Option<Rgb> {
        let text = text.trim().to_ascii_lowercase();
        if let Some(digits) = text.strip_prefix('#').filter(|digits| digits.len() == 3 && digits.is_ascii()) {
            let doubled: String = digits.chars().flat_map(|digit| [digit, digit]).collect();
            return Rgb::read(&format!("#{doubled}"));
        }
        if let Some(inner) = text.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')')) {
            let mut channels = inner.split([',', ' ']).filter(|part| !part.is_empty()).map(str::parse::<u8>);
            let mut next = || channels.next()?.ok();
            let colour = Rgb([next()?, next()?, next()?]);
            return channels.next().is_none().then_some(colour);
        }
        match text.as_str() {
            "black" => Some(Rgb([0; 3])),
            "white" => Some(Rgb([255; 3])),
            _ => Rgb::read(&text),
        }
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b] = self.0.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// From 1 to 21.
    pub fn contrast(self, other: Rgb) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The same colour made darker on a light ground, lighter on a dark one, in steps of a hundredth until it stands out.
    pub fn readable_on(self, ground: Rgb, needed: f64) -> Rgb {
        let towards = if ground.luminance() > 0.18 { 0_u16 } else { 255 };
        let mixed = |step: u16| {
            Rgb(self.0.map(|channel| {
                let mixed = (u16::from(channel) * (100 - step) + towards * step) / 100;
                u8::try_from(mixed).unwrap_or(u8::MAX)
            }))
        };
        let end = Rgb([u8::try_from(towards).unwrap_or_default(); 3]);
        (0..=100).map(mixed).find(|colour| colour.contrast(ground) >= needed).unwrap_or(end)
    }
}

impl std::fmt::Display for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::Rgb;

    #[test]
    fn colours_are_read_as_stylesheets_have_them() {
        for (text, colour) in [
            ("#5b2a86", Some("#5b2a86")),
            ("#FFF", Some("#ffffff")),
            ("rgb(0, 128, 255)", Some("#0080ff")),
            ("rgb(0 128 255)", Some("#0080ff")),
            ("rgb(0 128 255 / 50%)", None),
            ("#5b2a8680", None),
            ("transparent", None),
            ("CanvasText", None),
            ("white", Some("#ffffff")),
        ] {
            assert_eq!(Rgb::of_css(text).map(|colour| colour.to_string()).as_deref(), colour, "{text}");
        }
    }

    #[test]
    fn a_colour_is_moved_away_from_its_ground() {
        for ground in ["#fdfcfa", "#17131b"].map(|text| Rgb::read(text).expect("a colour")) {
            for colour in ["#808080", "#f2ad7e", "#5b2a86"].map(|text| Rgb::read(text).expect("a colour")) {
                assert!(colour.readable_on(ground, 4.5).contrast(ground) >= 4.5);
            }
        }
    }
}
